"""The changes of a paper that came back, taken one after another, each proven by composing the paper again.

A change counts as taken only where the paper composed with it is nearer to what came back than without it, and the
file has no error it had not before. What still differs in the end is listed, with the reason; nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, NamedTuple

from notices.errors import Problem, ProblemsError, WordingError
from notices.renewal.own import OwnFile, lint_errors
from notices.taking import paragraphs, proposals, reasons
from notices.taking.changes import Change, changes, same_sentence, says, weight
from notices.taking.draft import Proposal, Write
from notices.taking.office import Returned, Tracked
from notices.taking.patch import patched
from notices.taking.state import State, distance

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
    weight: str = ""
    """The words that bind it takes out of the paper and puts into it, as 不得→可以."""
    along: tuple[str, ...] = ()
    """Other differences it settles."""
    near: str = ""
    """Of one that is listed: the fact to be changed by hand, and where it stands."""

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


class _Made(NamedTuple):
    """A proposal tried: the paper and the file that come of it, and how far the paper is from what came back."""

    proposal: Proposal
    state: State
    file: OwnFile
    far: int


class Run:
    """The changes of one paper, taken one after another."""

    def __init__(
        self, state: State, returned: Returned, declined: dict[tuple[object, ...], str], *, linted: bool
    ) -> None:
        self.state, self.returned, self.file = state, returned, state.desk.file
        self.taken: list[TakenChange] = []
        self._linted = linted
        self._declined = frozenset(declined)
        self._reasons = dict(declined)

    @cached_property
    def _errors(self) -> frozenset[Problem]:
        """What lint finds in the file as it stands."""
        return lint_errors(self.state.desk.file)

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
        paras = self.returned.paras
        for change in changes(self.state.lines, self.returned.paras):
            tried = self._reasons.get(change.name, "")
            reason = tried if change.name in self._declined else reasons.why(self.state, paras, change, tried)
            yield replace(self._told(change), reason=reason, near=reasons.near(self.state, change))

    def halves(self) -> Iterator[tuple[object, ...]]:
        """Words taken of sentences that are not taken whole: the paper would say what nobody wrote.

        A value may be taken where words are left, but not where what binds is: 6月14日前 is not 6月14日后.
        """
        paras = self.returned.paras
        left = [one for one in changes(self.state.lines, paras) if one.kind == "edit" and says(one)]
        binding = [one for one in left if weight(one.before, one.after)]
        for one in self.taken:
            against = {"words": left, "value": binding}.get(one.kind, []) if one.change.kind == "edit" else []
            if any(same_sentence(one.change, other, paras) for other in against):
                yield one.name

    def unsound(self) -> bool:
        """Whether lint finds an error in the file that was not there."""
        return bool(self.taken and lint_errors(self.file) - self._errors)

    def _next(self, tried: Collection[tuple[object, ...]]) -> Change | None:
        found = changes(self.state.lines, self.returned.paras)
        if len(found) > _MOST:
            return None
        return next((one for one in found if one.name not in tried), None)

    def _take(self, change: Change) -> bool:
        why: list[str] = []
        seen: list[object] = []
        best: _Made | None = None
        for proposal in self._proposals(change):
            if proposal.data in seen:
                continue
            seen.append(proposal.data)
            made = self._tried(proposal, change, why)
            if made is not None and (best is None or made.far < best.far):
                best = made
                if self._settled(made.state, change):
                    break
        if best is None:
            self._reasons[change.name] = why[0] if why else ""
            return False
        told = self._told(change, best.proposal, best.state)
        self.state, self.file = best.state, best.file
        self.taken.append(told)
        return True

    def _settled(self, state: State, change: Change) -> bool:
        """Whether a state leaves nothing of a change."""
        return all(one.name != change.name for one in changes(state.lines, self.returned.paras))

    def _proposals(self, change: Change) -> Iterator[Proposal]:
        others = changes(self.state.lines, self.returned.paras)
        if change.kind == "edit":
            yield from proposals.edits(self.state, change, self.returned.paras)
        elif change.kind == "gone":
            yield from paragraphs.gone(self.state, change, others)
        else:
            yield from paragraphs.new(self.state, change, others)

    def _tried(self, proposal: Proposal, change: Change, why: list[str]) -> _Made | None:
        """What a proposal comes to; None, and the reason, where it cannot be or lead no nearer."""
        try:
            made = self.state.desk.tried(self.state, proposal.data)
            file = self.file.changed(patched(self.file.bare, proposal.data, self.file.name))
        except ProblemsError as error:
            wrong = next((one for one in error.problems if one.severity == "error"), error.problems[0])
            why.append(wrong.message + (f"（{wrong.key}）" if wrong.key else ""))
            return None
        except (WordingError, KeyError) as error:
            why.append(str(error))
            return None
        if self._linted and (new := sorted(lint_errors(file) - self._errors)):
            why.append(f"检查通不过：{new[0].message}")
            return None
        if refused := reasons.against(self.state, made, self.returned.paras, change):
            why.append(refused)
            return None
        return _Made(proposal, made, file, distance(made.lines, self.returned.paras))

    def _told(self, change: Change, proposal: Proposal | None = None, made: State | None = None) -> TakenChange:
        lines, paras = self.state.lines, self.returned.paras
        line = lines[min(change.line, len(lines) - 1)]
        where = line.where if change.kind != "new" else f"{lines[change.line - 1].where if change.line else '开头'}之后"
        context = line.text if change.kind != "new" else ""
        told = TakenChange("listed", where, change.before, change.after, context, change)
        if proposal is None or made is None:
            end = line.text[change.end :] if change.kind == "edit" else ""
            start = line.text[: change.start] if change.kind == "edit" else ""
            return replace(told, weight=weight(f"{start}{change.before}{end}", f"{start}{change.after}{end}"))
        still = {one.name for one in changes(made.lines, paras)}
        before, after = ("\n".join(line.text for line in one.lines) for one in (self.state, made))
        gone = [one for one in changes(lines, paras) if one.name not in still and one.name != change.name]
        return replace(
            told,
            kind=proposal.kind,
            writes=tuple(map(self._placed, proposal.writes)),
            weight="" if proposal.kind == "moved" else weight(before, after),
            along=tuple(f"{lines[min(one.line, len(lines) - 1)].where}：{one}" for one in gone if says(one)),
        )

    def _placed(self, write: Write) -> PlacedWrite:
        at = self.state.edition.origin(write.key)
        return PlacedWrite(write, at.file, at.line)
