"""The pen: who changes when, and what a struck element needs to be at home in the new package."""

from __future__ import annotations

import copy
from collections import Counter
from dataclasses import dataclass, field
from itertools import count

from notices.ooxml.relations import Adoption, Links
from notices.ooxml.xml import Element, q, w
from notices.redline.notes import Notes
from notices.redline.ranges import without_ranges

_IDENTITIES = (
    "{http://schemas.microsoft.com/office/word/2010/wordml}paraId",
    "{http://schemas.microsoft.com/office/word/2010/wordml}textId",
)


@dataclass
class Pen:
    """Makes marks of revision, each with its own number. ``date`` is ``2024-04-03T00:00:00Z``, or nobody knows it."""

    author: str
    date: str | None
    adoption: Adoption
    theirs: Links
    ours: Links
    notes: Notes
    numbers: count[int] = field(default_factory=lambda: count(1))
    tally: Counter[str] = field(default_factory=Counter)
    """What was marked, by kind."""
    terms: tuple[str, ...] = ()
    """Words of a programme, kept whole."""

    def mark(self, tag: str, **attributes: object) -> Element:
        """A ``w:ins``, ``w:del``, ``w:rPrChange`` ... with a new number, the author and the date."""
        return w(tag, id=next(self.numbers), author=self.author, date=self.date, **attributes)

    def brought(self, element: Element) -> Element:
        """A copy of an old element that may stand in the new package."""
        twin = without_ranges(copy.deepcopy(element))
        self.adoption.translate(twin, self.theirs, self.ours)
        self.notes.adopt(twin)
        for node in twin.iter():
            for name in _IDENTITIES:
                node.attrib.pop(name, None)
            if isinstance(node.tag, str) and node.tag.endswith("}docPr"):
                node.set("id", str(1_000_000 + next(self.numbers)))
        return twin

    def mark_properties(self, properties: Element | None, tag: str) -> Element:
        """A paragraph's properties with its mark inserted, struck or moved."""
        properties = w("pPr") if properties is None else properties
        mark = properties.find(q("rPr"))
        if mark is None:
            mark = w("rPr")
            later = [node for node in properties if node.tag in {q("sectPr"), q("pPrChange")}]
            later[0].addprevious(mark) if later else properties.append(mark)
        mark.insert(0, self.mark(tag))
        return properties
