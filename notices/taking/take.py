"""Taking a paper that came back into its profile: change after change, each proven by composing the paper again.

A change counts as taken only where the paper composed with it is nearer to what came back than without it, and the
file has no error it had not before. What still differs in the end is listed, with the reason; nothing is dropped.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from notices.errors import NotFoundError, Problem, ProblemsError, WordingError
from notices.library import Library
from notices.lints.linting import lint_files
from notices.profile import PaperKind
from notices.renewal.own import OwnFile
from notices.taking import origin, paragraphs, proposals
from notices.taking.changes import Change, changes, counted
from notices.taking.draft import Proposal, Write
from notices.taking.office import OfficePara, Remark, Returned, Tracked
from notices.taking.patch import patched
from notices.taking.probe import Atom
from notices.taking.state import Desk, State, bare, distance
from notices.taking.values import reread

_MOST: Final = 400
"""Changes a paper may come back with; one with more is another paper."""


@dataclass(frozen=True, slots=True)
class TakenChange:
    """A change that was taken, or (``kind`` listed) could not be, and why."""

    kind: str
    where: str
    before: str
    after: str
    context: str
    change: Change
    writes: tuple[PlacedWrite, ...] = ()
    reason: str = ""

    @property
    def name(self) -> tuple[object, ...]:
        """What it is known by when it is declined."""
        return self.change.name

    @property
    def tracked(self) -> tuple[Tracked, ...]:
        """The tracked changes it was made with."""
        return self.change.tracked


@dataclass(frozen=True, slots=True)
class PlacedWrite:
    """What would be written, and where: the line of the value as it stands, in whichever file."""

    write: Write
    file: str
    line: int


@dataclass(frozen=True)
class Taken:
    """What a paper that came back comes to: the changes, the file as it would be, and whether that is all."""

    own: OwnFile
    """The edition's file as it would be."""
    kind: PaperKind
    source: str
    taken: tuple[TakenChange, ...]
    listed: tuple[TakenChange, ...]
    remarks: tuple[Remark, ...]
    notes: tuple[str, ...]

    @property
    def edition(self) -> str:
        """Whose paper it is."""
        return self.own.edition

    @property
    def whole(self) -> bool:
        """Whether the paper built again says what came back."""
        return not self.listed


KINDS: Final = {
    "value": "值",
    "words": "词句",
    "placed": "新增",
    "removed": "删去",
    "moved": "移动",
    "listed": "没有取回",
}


def take(
    library: Library,
    wanted: str,
    returned: Returned,
    kind: PaperKind = "notice",
    declined: Collection[tuple[object, ...]] = (),
) -> Taken:
    """What would be written so that the edition's paper says what came back.

    Args:
        library: where the edition is.
        wanted: the edition, ``guangxi@2025``.
        returned: the paper, read.
        kind: which paper of the edition it is.
        declined: names of changes that are not wanted.

    Raises:
        NotFoundError: no such edition or paper.
        ProblemsError: the edition has errors; the file is not its paper.
    """
    file = OwnFile.of(library, wanted)
    papers = library.load(file.edition).profile.papers
    if kind not in papers:
        raise NotFoundError(f"{file.edition} 没有 {kind} 这种文件；有：{'、'.join(papers)}")
    state = Desk(file, kind).state(file.own)
    origin.refuse_foreign(state, returned)
    run = _sound(state, returned, dict.fromkeys(declined, "没有选用"))
    notes = (*returned.notes, *_gone_notes(returned), *_blank_notes(run.state, returned))
    taken, listed = tuple(run.taken), tuple(run.left())
    return Taken(run.file, kind, returned.name, taken, listed, returned.remarks, notes)


def _sound(state: State, returned: Returned, declined: dict[tuple[object, ...], str]) -> _Run:
    """The changes taken: none that leaves half a sentence, none that lint finds an error in."""
    linted = False
    while True:
        run = _Run(state, returned, declined, linted=linted)
        run.all()
        halves = {name: _HALF for name in run.halves() if name not in declined}
        if halves:
            declined |= halves
        elif not linted and run.unsound():
            linted = True  # again, each change linted by itself
        else:
            return run


def apply(done: Taken, workspace: Path) -> None:
    """Write the file.

    Raises:
        ProblemsError: it is not the office's own, or was changed meanwhile. OutputError: it cannot be written.
    """
    done.own.belongs(workspace, f"papers.{done.kind}")
    done.own.written()


class _Run:
    """The changes of one paper, taken one after another."""

    def __init__(
        self, state: State, returned: Returned, declined: dict[tuple[object, ...], str], *, linted: bool
    ) -> None:
        self.state, self.returned, self.file = state, returned, state.desk.file
        self.taken: list[TakenChange] = []
        self._linted = linted
        self._errors = _errors(self.file)
        self._declined = frozenset(declined)
        self._reasons = dict(declined)
        self._distance = distance(state.lines, returned.paras)

    def all(self) -> None:
        """Take what can be taken."""
        again = True
        while again:  # what could not be taken may be, once another has been
            again = False
            tried: set[tuple[object, ...]] = set(self._declined)
            while (change := self._next(tried)) is not None:
                tried.add(change.name)
                again = self._take(change) or again

    def left(self) -> Iterator[TakenChange]:
        """What still differs."""
        for change in changes(self.state.lines, self.returned.paras):
            reason = self._declined_why(change) or self._why(change) or self._reasons.get(change.name) or _UNKNOWN
            yield self._told(change, "listed", reason=reason)

    def halves(self) -> Iterator[tuple[object, ...]]:
        """Words taken of sentences that are not taken whole: the paper would say what nobody wrote."""
        left = [one for one in changes(self.state.lines, self.returned.paras) if one.kind == "edit" and _says(one)]
        paras = self.returned.paras
        for one in self.taken:
            if (
                one.kind == "words"
                and one.change.kind == "edit"
                and any(_same_sentence(one.change, other, paras) for other in left)
            ):
                yield one.name

    def unsound(self) -> bool:
        """Whether lint finds an error in the file that was not there."""
        return bool(_errors(self.file) - self._errors)

    def _next(self, tried: Collection[tuple[object, ...]]) -> Change | None:
        found = changes(self.state.lines, self.returned.paras)
        if len(found) > _MOST:
            return None
        return next((one for one in found if one.name not in tried), None)

    def _take(self, change: Change) -> bool:
        reasons: list[str] = []
        seen: list[object] = []
        best: tuple[int, int, State, Proposal, OwnFile] | None = None
        for number, proposal in enumerate(self._proposals(change)):
            if proposal.data in seen:
                continue
            seen.append(proposal.data)
            made = self._tried(proposal, reasons)
            if made is None:
                continue
            far = distance(made[0].lines, self.returned.paras)
            if far < self._distance and (best is None or far < best[0]):
                best = (far, number, made[0], proposal, made[1])
            if best is not None and (best[0] == 0 or self._settled(best[2], change)):
                break
            if far >= self._distance:
                reasons.append(_OTHERWISE)
        if best is None:
            telling = [one for one in reasons if one != _OTHERWISE] or reasons
            self._reasons[change.name] = telling[0] if telling else ""
            return False
        told = self._told(change, best[3].kind, best[3])
        self._distance, self.state, self.file = best[0], best[2], best[4]
        self.taken.append(told)
        return True

    def _settled(self, state: State, change: Change) -> bool:
        """Whether a state leaves nothing of a change."""
        return all(one.name != change.name for one in changes(state.lines, self.returned.paras))

    def _proposals(self, change: Change) -> Iterator[Proposal]:
        others = changes(self.state.lines, self.returned.paras)
        if change.kind == "edit":
            yield from proposals.edits(self.state, change, others, self.returned.paras)
        elif change.kind == "gone":
            yield from paragraphs.gone(self.state, change, others)
        else:
            yield from paragraphs.new(self.state, change, others)

    def _tried(self, proposal: Proposal, reasons: list[str]) -> tuple[State, OwnFile] | None:
        try:
            made = self.state.desk.tried(self.state, proposal.data)
            file = self.file.changed(patched(self.file.bare, proposal.data, self.file.name))
        except ProblemsError as error:
            wrong = [one for one in error.problems if one.severity == "error"] or [*error.problems]
            reasons.append(wrong[0].message + (f"（{wrong[0].key}）" if wrong[0].key else ""))
            return None
        except (WordingError, KeyError) as error:
            reasons.append(str(error))
            return None
        if self._linted and (new := sorted(_errors(file) - self._errors)):
            reasons.append(f"检查通不过：{new[0].message}")
            return None
        return made, file

    def _told(self, change: Change, kind: str, proposal: Proposal | None = None, *, reason: str = "") -> TakenChange:
        line = self.state.lines[min(change.line, len(self.state.lines) - 1)]
        where = line.where if change.kind != "new" else f"{_before(self.state, change.line)}之后"
        context = line.text if change.kind != "new" else ""
        writes = () if proposal is None else tuple(map(self._placed, proposal.writes))
        return TakenChange(kind, where, change.before, change.after, context, change, writes, reason)

    def _placed(self, write: Write) -> PlacedWrite:
        at = self.state.edition.origin(write.key)
        return PlacedWrite(write, at.file, at.line)

    def _why(self, change: Change) -> str:
        """What can be told of a difference by itself; empty where that says nothing."""
        state, paras = self.state, self.returned.paras
        if any(paras[n].table for n in change.paras) and change.kind == "new":
            return "在表格里：附件和表在附件的数据里改"
        if change.kind == "edit" and not _says(change):
            return "只改了标点，句子之间的标点由程序按提纲连"
        here = state.lines[min(change.line, len(state.lines) - 1)]
        if state.desk.kind not in state.edition.profile.outlines and here.body:
            return self._reasons.get(change.name) or "这些话在模板里，没有提纲可改：改 templates/ 里的模板"
        if change.kind == "edit" and counted(here.text, change):
            return "序号和附件号由程序编，不是一个值"
        if change.kind == "edit" and any(self._is_now(change, one) for one in state.probed[change.line].atoms):
            return "值已取回，写法由程序定：文件里印成这样"
        if change.kind == "edit" and not any(
            one.start <= change.end and change.start <= one.end for one in state.probed[change.line].atoms
        ):
            return "这里是程序按规定印的（序号、附件号、年度、连接的词），不是一个值"
        return ""

    def _declined_why(self, change: Change) -> str:
        return self._reasons[change.name] if change.name in self._declined else ""

    def _is_now(self, change: Change, atom: Atom) -> bool:
        """Whether a value says already what is written otherwise."""
        if atom.at is not None or not (atom.start <= change.start and change.end <= atom.end):
            return False
        text = self.state.lines[change.line].text
        said = text[atom.start : change.start] + change.after + text[change.end : atom.end]
        own = list(reread(self.state.edition.profile, atom.key, text[atom.start : atom.end]))
        return bool(own) and own == list(reread(self.state.edition.profile, atom.key, said))


_UNKNOWN: Final = "认不出是哪一项：照文件改配置"
_OTHERWISE: Final = "照这样改，文件的别处也会跟着变，和改回来的文件对不上"


def _before(state: State, line: int) -> str:
    return state.lines[line - 1].where if line else "开头"


_HALF: Final = "同一句里还有取不回的改动，这一处也不取：只取一半，句子就成了谁也没写过的话"


def _says(change: Change) -> bool:
    return bool(bare(change.before + change.after).strip("。，、；："))


def _same_sentence(one: Change, other: Change, paras: Sequence[OfficePara]) -> bool:
    if one.paras != other.paras:
        return False
    text = paras[one.paras[0]].text
    low, high = sorted((one, other), key=lambda each: each.begin)
    return not re.search("[。；]", text[low.stop : high.begin])


def _errors(file: OwnFile) -> frozenset[Problem]:
    """Errors lint finds in an edition's file as it would be."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        place = root / "provinces" / file.path.parent.name / file.path.name
        place.parent.mkdir(parents=True)
        place.write_text(file.bare, "utf-8")
        found = lint_files(Library((root, *file.library.roots)), [place])
    return frozenset(replace(one, line=0, column=0) for one in found if one.severity == "error")


def _gone_notes(returned: Returned) -> Iterator[str]:
    yield from (f"整段的修订：{one}" for one in returned.gone)


def _blank_notes(state: State, returned: Returned) -> Iterator[str]:
    """Blanks are not compared: how many paragraphs differ in nothing else."""
    ours = {bare(line.text): line.text for line in state.lines}
    other = [p for p in returned.paras if (own := ours.get(bare(p.text))) and " ".join(own.split()) != p.text]
    if other:
        yield f"有 {len(other)} 段只是空格不同：空格由程序排，没有看"
