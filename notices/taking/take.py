"""A paper that came back, taken into its profile: what would be written, what could not be, and the writing of it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from notices.errors import NotFoundError
from notices.importing.odd import refuse_several
from notices.library import Library
from notices.profile import PaperKind
from notices.renewal.own import OwnFile
from notices.taking import origin
from notices.taking.attached import Comparison
from notices.taking.office import Remark, Returned
from notices.taking.reasons import HALF
from notices.taking.run import Run, TakenChange
from notices.taking.state import Desk, State, bare


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
    def weighty(self) -> tuple[TakenChange, ...]:
        """The changes taken that change what binds."""
        return tuple(one for one in self.taken if one.weight)

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
        ProblemsError: the edition has errors; the file is not its paper, or several.
    """
    file = OwnFile.of(library, wanted)
    papers = library.load(file.edition).profile.papers
    if kind not in papers:
        raise NotFoundError(f"{file.edition} 没有 {kind} 这种文件；有：{'、'.join(papers)}")
    refuse_several(returned.name, ((para.number, para.text) for para in returned.paras))
    state = Desk(file, kind).state(file.own)
    if not returned.paras:
        return _attachments_alone(state, returned)
    origin.refuse_foreign(state, returned)
    run = _sound(state, returned, dict.fromkeys(declined, "没有选用"))
    pages = Comparison(library, run.state.edition, returned)
    notes = (*pages.notes, *returned.notes, *_gone_notes(returned), *_blank_notes(run.state, returned))
    taken, listed = tuple(run.taken), (*run.left(), *pages.changes())
    return Taken(run.file, kind, returned.name, taken, listed, returned.remarks, notes)


def _attachments_alone(state: State, returned: Returned) -> Taken:
    """A file of attachments without the notice: there is nothing to take, and every change to list."""
    pages = Comparison(state.desk.file.library, state.edition, returned)
    notes = ("改稿只有附件，没有正文", *pages.notes, *returned.notes)
    file = state.desk.file
    return Taken(file, state.desk.kind, returned.name, (), tuple(pages.changes()), returned.remarks, notes)


def _sound(state: State, returned: Returned, declined: dict[tuple[object, ...], str]) -> Run:
    """The changes taken: none that leaves half a sentence, none that lint finds an error in."""
    linted = False
    while True:
        run = Run(state, returned, declined, linted=linted)
        run.all()
        halves = {name: HALF for name in run.halves() if name not in declined}
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


def _gone_notes(returned: Returned) -> Iterator[str]:
    yield from (f"整段的修订：{one}" for one in returned.gone)


def _blank_notes(state: State, returned: Returned) -> Iterator[str]:
    """Blanks are not compared: how many paragraphs differ in nothing else."""
    ours = {bare(line.text): line.text for line in state.lines}
    other = [p for p in returned.paras if (own := ours.get(bare(p.text))) and " ".join(own.split()) != p.text]
    if other:
        yield f"有 {len(other)} 段只是空格不同：空格由程序排，没有看"
