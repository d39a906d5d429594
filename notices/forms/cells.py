"""Texts into cells: as many characters as a cell takes, and where the rest goes (附页)."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache

from notices.document.blocks import (
    Align,
    Block,
    Cell,
    Chapter,
    Heading,
    Paragraph,
    Section,
    Span,
    Table,
    TableRow,
    spans,
    waiting,
)
from notices.forms.model import Form
from notices.forms.wording import OFFICE
from notices.profile import Attachment
from notices.typeset.page import Page
from notices.wording.titles import width

_SURE = 0.97
"""Of a cell's room: lines end before a mark or a number that may not be divided."""
SHORT = 150
"""Characters that go into any cell of a page."""
_HEAD = 5
"""Lines of a landscape page for the head of its table."""
_NARROWEST = 8.0
"""Characters on a line of a long text, however narrow its column was meant to be."""
_STOPS = "。；！？\n"


@dataclass(slots=True)
class Overflow:
    """Texts longer than their cells, gathered while a form is laid out. They go on a page of their own at its end."""

    rest: list[tuple[str, str]] = field(default_factory=list)

    def fitted(self, label: str, text: str, points: float, page: Page, *, small: bool) -> str:
        """The text: a cell grows to the height of its page. Of a longer one what a page holds, with where the rest is.

        Args:
            label: what the cell is called on the added page.
            text: what is to stand in it.
            points: the width its column has at least.
            page: the page it stands on.
            small: whether it is set small.
        """
        if len(text) < SHORT:
            return text
        size, pitch = (page.table_small, page.table_small_line) if small else (page.table_size, page.table_line)
        lines = int((page.lines * page.line - 2 * page.table_down) / pitch) - _HEAD * page.landscape
        room = max(_NARROWEST, (points - 2 * page.table_across) / size) * _SURE
        if sum(max(1, -int(-width(part) // room)) for part in text.split("\n")) <= lines:
            return text
        self.rest.append((label, text))
        pointer = f"（全文见附页{len(self.rest)}）"
        return _start(text, room * lines - width(pointer) - 1) + pointer

    def blocks(self, *, landscape: bool) -> tuple[Block, ...]:
        """The added page: every text in full, under the number its cell refers to."""
        if not self.rest:
            return ()
        found: list[Block] = [Section(landscape), Chapter("附　页")]
        for number, (label, text) in enumerate(self.rest, 1):
            found.append(Heading(3, spans(f"附页{number}　{label}")))
            found += (Paragraph(spans(line)) for line in text.split("\n") if line)
        return tuple(found)


def _start(text: str, room: float) -> str:
    """The beginning of a text that fits, rather up to the end of a sentence."""
    flat = text.replace("\n", "")
    used = 0.0
    end = 0
    for char in flat:
        used += width(char)
        if used > room:
            break
        end += 1
    stop = max(flat.rfind(mark, 0, end) for mark in _STOPS) + 1
    return flat[: stop if stop > end // 2 else end]


@lru_cache(maxsize=2000)
def cell(text: str, align: Align = "center", *, across: int = 1, down: int = 1, head: bool = False) -> Cell:
    """A cell of a text; a line break begins a new paragraph in it. Long tables say the same in many cells."""
    face = "hei" if head else "body"
    return Cell(tuple(spans(part, face) for part in text.split("\n")), align, across, down)  # type: ignore[arg-type]


def labelled(text: str, *, across: int = 1, head: bool = False) -> Cell:
    """A cell that names what stands beside it, or under it."""
    return replace(cell(text, across=across, head=head), label=True)


def unruled(texts: tuple[str, ...], *, small: bool = False, widths: tuple[float, ...] = ()) -> Table:
    """Texts side by side without rules."""
    row = TableRow(tuple(cell(text, "left") for text in texts))
    return Table(widths or (1.0,) * len(texts), (row,), small=small, ruled=False)


OURS = "（参考格式：官方表样未公布，栏目按通知条文和公开资料拟定，以主管部门印发的表样为准。）"
"""Under a form whose layout is ours, so that nobody takes it for the authority's."""


def reference(form: Form) -> tuple[Table, ...]:
    """The line under a form whose layout is ours: 参考格式, and where it comes from."""
    if form.layout != "ours":
        return ()
    return (Table((1.0,), (TableRow((Cell((spans(OURS),), "left"),)),), small=True, ruled=False),)


TO_FILL = "【待定：名单内容待填，按正式发布的名单逐个单位填写】"


def to_fill(attachment: Attachment, *, empty: bool) -> tuple[Paragraph, ...]:
    """At the head of a list nobody has filled in: an empty list is a draft, never complete."""
    return (Paragraph((waiting(TO_FILL),)),) if attachment.kind == "list" and empty else ()


def unmarked_text(block: Block) -> Block:
    """A text of a form in what somebody has filled in: what waits for the office says so without its mark."""
    if not isinstance(block, Paragraph | Heading):
        return block
    return replace(block, text=tuple(Span(OFFICE) if span.pending else span for span in block.text))
