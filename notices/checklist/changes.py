"""Where the edition before asked something else: the changes of the rules a checklist holds."""

from __future__ import annotations

import re

from notices.checklist.items import Checklist
from notices.checklist.sections import ChecklistSection
from notices.compare.diff import Change, Half
from notices.compare.editions import Sides
from notices.library import Library
from notices.wording.clauses import clauses

_VERDICTS = {
    "changed": "有变化",
    "stricter": "从严",
    "looser": "放宽",
    "only-right": "上一版没有",
    "only-left": "本版没有",
}


def before(library: Library, edition: str) -> str | None:
    """The newest edition of the same authority for an earlier year."""
    identity, _, year = edition.partition("@")
    years = [name for name in library.editions() if name.startswith(f"{identity}@") and name.partition("@")[2] < year]
    return max(years, default=None)


def earlier(checklist: Checklist, library: Library) -> ChecklistSection | None:
    """What differs from the edition before, item by item; None where there is none."""
    edition = checklist.edition.profile.edition
    older = before(library, edition)
    if older is None:
        return None
    shelf = Sides(library)
    left, right = shelf.sides((older, edition))
    wanted = {item.key: item for item in checklist.items}
    sections = {key.partition(".")[0] for key in wanted}
    if left.profile.programme.key != right.profile.programme.key:
        return None  # another programme under the same id: its rules are of another kind
    changes = [
        change
        for change in shelf.diff(left, right)
        if change.verdict != "same" and (change.id in wanted or _gone(change, checklist, sections))
    ]
    year = older.partition("@")[2]
    rows = tuple(
        (
            str(number),
            change.label,
            _VERDICTS[change.verdict],
            _told(change.left),
            _told(change.right),
            _why(change, year),
        )
        for number, change in enumerate(changes, 1)
    )
    heads = ("序号", "事项", "结论", f"{year}年", "本版", "说明")
    lead = f"与{year}年版逐条比较；没有列出的规定与{year}年相同。"
    return ChecklistSection("earlier", "与上一版的不同", lead, heads, (2.4, 5.6, 3.6, 15.0, 15.0, 9.0), rows)


_QUOTED = re.compile("：“.*?” → “.*?”(?=；|$)")
"""Words of both editions in a reason: the columns beside it have them whole."""


def _row(change: Change, year: str) -> tuple[str, ...]:
    sides = (_told(change.left), _told(change.right))
    return (change.label, _VERDICTS[change.verdict], *sides, _why(change, year))


def _why(change: Change, year: str) -> str:
    """The reason as this page needs it: one side is named by its year, the other is this edition."""
    if change.left is None or change.right is None:
        return "—"
    return _QUOTED.sub("", change.reason).replace("左边", f"{year}年版").replace("右边", "本版")


def _gone(change: Change, checklist: Checklist, sections: set[str]) -> bool:
    """A rule of this category that only the edition before had."""
    if change.verdict != "only-left" or change.left is None or change.id.partition(".")[0] not in sections:
        return False
    applies = change.left.value.get("for") or ()
    return not applies or checklist.category in applies


def _told(half: Half | None) -> str:
    if half is None:
        return "—"
    return f"{half.text}（{clauses(half.cite)}）" if half.cite else half.text
