"""Recognised pieces to a document: which block each becomes. What has no block of its own stays as text, and is told.

Nothing is invented: a masthead without a mark is not printed, a list of attachments or an imprint that the page would
print otherwise than the file has it stays text.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias, cast

from notices.document import blocks as doc
from notices.document.blocks import Block, Document, Layout, spans
from notices.inspection import signs
from notices.inspection.parts import Part, Placed
from notices.recast import foot, levels
from notices.recast.proof import Printed
from notices.recast.source import Piece, Source, SourceFigure, SourceItem, SourceTable, Turn, inked
from notices.recast.tables import table
from notices.typeset.page import PAGE
from notices.wording.columns import cells
from notices.wording.titles import balanced

LayoutWish: TypeAlias = Literal["document", "letter", "plain"]
_LONGEST: Final = 200
"""Characters a title can have: ten lines of it."""
_HEAD: Final[tuple[Part, ...]] = ("copy-number", "secrecy", "urgency", "mark", "number", "signer")
_UPPER: Final[tuple[Part, ...]] = ("copy-number", "secrecy", "urgency")
_LOWER: Final[tuple[Part, ...]] = ("mark", "number", "signer")
_FOOT: Final[tuple[Part, ...]] = ("copies", "printed")
_PLAIN: Final = re.compile(r"[12]\d{3}年\d{1,2}月\d{1,2}日")


@dataclass(frozen=True, slots=True)
class Given:
    """What an officer gives besides the file: a mark and a number it lacks, the layout, room for a seal."""

    mark: tuple[str, ...] = ()
    number: str = ""
    layout: LayoutWish | None = None
    sealed: bool = False


@dataclass(frozen=True)
class Built:
    """The document; what stands on its pages in order; what of the file was dropped; what became mere text, and why."""

    document: Document
    printed: tuple[Printed, ...]
    dropped: tuple[Piece, ...]
    marked: Mapping[int, str]
    told: tuple[str, ...] = ()


def build(source: Source, placed: Mapping[int, Placed], given: Given) -> Built:
    """The document of a source whose pieces were recognised, ``placed`` by their numbers."""
    maker = _Maker(source, placed, given)
    maker.run()
    title = next(("".join(block.lines) for block in maker.blocks if isinstance(block, doc.Title)), "")
    signatures = [block for block in maker.blocks if isinstance(block, doc.Signature)]
    issuers = signatures[0].issuers if signatures else ()
    document = Document(
        kind="typeset",
        title=title or source.name.rpartition(".")[0] or source.name,
        author=doc.plain(issuers[0]).strip() if issuers else "".join(maker.mark_lines).removesuffix("文件"),
        layout=maker.layout,
        blocks=tuple(maker.blocks),
        dated=_day(doc.plain(signatures[0].date)) if signatures else None,
    )
    return Built(document, tuple(maker.printed), tuple(maker.dropped), maker.marked, tuple(maker.told))


@dataclass
class _Maker:
    source: Source
    placed: Mapping[int, Placed]
    given: Given
    blocks: list[Block] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    dropped: list[Piece] = field(default_factory=list)
    marked: dict[int, str] = field(default_factory=dict)
    told: list[str] = field(default_factory=list)
    layout: Layout = "plain"
    mark_lines: tuple[str, ...] = ()
    form: doc.HeadForm = "file"

    def run(self) -> None:
        """Make the blocks: the head first, the flow as it stands, the imprint at the end."""
        items = [item for item in self.source.items if not (isinstance(item, Piece) and not inked(item.text))]
        head = self._of(items, _HEAD)
        below = self._of(items, _FOOT)
        imprint = foot.imprint(*([piece.text for piece in below if self._part(piece) == part] for part in _FOOT))
        self.layout = self._chosen(head, imprint)
        taken = {piece.number for piece in self._masthead(head)}
        if below and (why := _unprintable(imprint, self.layout)):
            self._text(below, why)
            imprint = None
        taken |= {piece.number for piece in below} if imprint is not None else set()
        flow = [item for item in items if not self._taken(item, taken)]
        if self.blocks and flow and flow[0] == Turn(landscape=True):
            flow = flow[1:]
            self.told.append("原文一开头就是横排，有版头的公文首页竖排，改为竖排；到下一处转向为止")
        self._flow(flow)
        if imprint is not None:
            self._put(imprint, [piece for part in _FOOT for piece in below if self._part(piece) == part])

    def _of(self, items: Sequence[SourceItem], parts: Sequence[Part]) -> list[Piece]:
        """The pieces that were recognised as some parts, those of a table only where all of it is."""
        found: list[Piece] = []
        for item in items:
            pieces = [item] if isinstance(item, Piece) else _filled(item) if isinstance(item, SourceTable) else []
            if pieces and all(self._part(piece) in parts for piece in pieces):
                found += pieces
        return found

    def _part(self, piece: Piece) -> Part:
        return self.placed[piece.number].part

    @staticmethod
    def _taken(item: SourceItem, taken: set[int]) -> bool:
        pieces = [item] if isinstance(item, Piece) else _filled(item) if isinstance(item, SourceTable) else []
        return bool(pieces) and all(piece.number in taken for piece in pieces)

    def _chosen(self, head: Sequence[Piece], imprint: doc.Imprint | None) -> Layout:
        """The layout: as asked; a letter's without 文件 in its mark and with 函 in its number or title."""
        if self.given.layout is not None:
            return self.given.layout
        marks = [piece.text for piece in head if self._part(piece) == "mark"] or list(self.given.mark)
        said = "".join(piece.text for piece in head if self._part(piece) == "number") + self.given.number
        title = "".join(piece.text for piece in self.source.pieces() if self._part(piece) == "title")
        if not marks and imprint is None:
            return "plain"
        letter = re.search("函[〔（\\[(]", said) or signs.solid(title).endswith(("函", "函）"))
        named = re.search("(?:文件|令|纪要)$", signs.solid("".join(marks)))
        printed = imprint is not None and doc.plain(imprint.printed)
        return "letter" if marks and letter and not named and not printed else "document"

    def _masthead(self, head: Sequence[Piece]) -> list[Piece]:
        """Put the masthead down; the pieces it takes. Without a mark a number is text."""
        marks, numbers, signers = ([piece for piece in head if self._part(piece) == part] for part in _LOWER)
        upper = [piece for piece in head if self._part(piece) in _UPPER]
        if marks and self.given.mark:
            self._text(marks, "已用 --mark 给出标志，文件里的这一行作正文排")
            marks = []
        lines = self._marked(marks) or self.given.mark
        if not lines or self.layout == "plain":
            why = "没有发文机关标志（可用 --mark 给出）" if not lines else "版式是 plain，没有版头"
            self._text(head, f"{why}，作正文排")
            if self.given.number or self.given.mark:
                self.told.append(f"给出的标志、文号没有印：{why}")
            return []
        if self.layout == "letter":
            self._text(signers, "信函不是上行文，没有签发人的位置（GB/T 9704-2012 10.1），作正文排")
            signers = []
        form = doc.head_form(signs.solid("".join(lines))) if self.layout == "document" else "file"
        if form == "minutes":
            self.told.append("标准对纪要只定标志和出席名单（10.3），没有印红线；编号、红线照本机关的做法在 Word 里加")
        number = [] if self.given.number else numbers[:1]
        self._text(numbers[len(number) :] + signers[1:], "版头里只有一处，这一行作正文排")
        said, signed = self._numbered(number, signers[:1])
        self.mark_lines = lines
        self.form = form
        self.blocks.append(doc.Masthead(lines, said, tuple(map(self._upper, upper)), signed, form))
        self.printed += [piece.number for piece in upper]
        self.printed += [piece.number for piece in marks] or list(lines)
        self.printed += [piece.number for piece in number] or ([self.given.number] if self.given.number else [])
        self.printed += [piece.number for piece in signers[:1]]
        return [*upper, *marks, *number, *signers[:1]]

    def _marked(self, marks: Sequence[Piece]) -> tuple[str, ...]:
        """The lines of a mark; 文件 beside several issuers goes behind the last of them."""
        lines: list[str] = []
        for text in (piece.text.strip() for piece in marks):
            if lines and signs.solid(text) == signs.FILE:
                lines[-1] += text
                if len(lines) > 1:
                    self.told.append("联合行文的“文件”排在最后一个机关名称之后；要居右、上下居中的，在 Word 里调整")
            else:
                lines.append(text)
        return tuple(lines)

    def _upper(self, piece: Piece) -> doc.Text:
        """密级 and 紧急程度 are 黑体, 份号 is not (7.2.1 to 7.2.3)."""
        return spans(piece.text.strip(), "body" if self._part(piece) == "copy-number" else "hei")

    def _numbered(self, number: Sequence[Piece], signers: Sequence[Piece]) -> tuple[doc.Text, doc.Text]:
        """发文字号, and 签发人 that may stand in the same line of the file."""
        text = number[0].text.strip() if number else self.given.number
        said, mark, name = text.partition("签发人") if self.layout == "document" else (text, "", "")
        signed = "".join((mark, name, *(piece.text.strip() for piece in signers)))
        lead = re.match(r"签发人\s*[：:]\s*", signed)
        cut = lead.end() if lead else 0
        return spans(said.strip()), (*spans(signed[:cut]), *spans(signed[cut:], "kai"))

    def _flow(self, items: Sequence[SourceItem]) -> None:
        at = 0
        while at < len(items):
            item = items[at]
            if isinstance(item, Piece):
                group = self._group(items, at)
                self._blocks(group)
                at += len(group)
                continue
            if isinstance(item, SourceTable):
                self._put(table(item), list(_printed_order(item)))
            elif isinstance(item, Turn):
                self._put(doc.Section(item.landscape), [])
            elif isinstance(item, SourceFigure):
                self._put(doc.Figure(item.content, item.width, item.height, item.alt), [])
            at += 1

    def _group(self, items: Sequence[SourceItem], at: int) -> list[Piece]:
        """A piece with those after it that make one block: lines of a title, who signs with the date."""
        group = [cast("Piece", items[at])]
        for item in (items[n] for n in range(at + 1, len(items))):
            if not isinstance(item, Piece):
                break
            if not _joins(group[-1], self._part(group[-1]), self._part(item)):
                break
            group.append(item)
        return group

    def _blocks(self, group: list[Piece]) -> None:
        maker = _MAKERS.get(self._part(group[0]))
        if maker is None:
            for piece in group:
                self._as_text([piece], _REASONS.get(self._part(piece), ""))
            return
        maker(self, group)

    def _text(self, pieces: Sequence[Piece], why: str) -> None:
        """Note that pieces stay mere text."""
        for piece in pieces if why else ():
            self.marked.setdefault(piece.number, why)

    def _as_text(self, pieces: Sequence[Piece], why: str) -> None:
        """Put pieces as mere text."""
        self._text(pieces, why)
        for piece in pieces:
            self._put(doc.Paragraph(spans(piece.text)), [piece])

    def _put(self, block: Block, pieces: Sequence[Piece]) -> None:
        self.blocks.append(block)
        self.printed += [piece.number for piece in pieces if inked(piece.text)]

    def title(self, group: list[Piece]) -> None:
        """A title in lines of our own, broken between words."""
        if sum(len(piece.text) for piece in group) > _LONGEST:
            self._as_text(group, "太长，不像标题，作正文排")
            return
        if self._part(group[0]) == "attachment-title" and not isinstance(
            self.blocks[-1] if self.blocks else None, doc.AttachmentLabel | doc.Section | None
        ):
            turns = [block.landscape for block in self.blocks if isinstance(block, doc.Section)]
            self.blocks.append(doc.Section(bool(turns) and turns[-1]))  # an attachment begins a page (7.3.7)
        text = re.sub(r"(?<=[^!-~])\s+|\s+(?=[^!-~])", "", _joined(group))
        self._put(doc.Title(balanced(text)), group)

    def subtitle(self, group: list[Piece]) -> None:
        """What stands under a title goes with it; under anything else it is text."""
        last = self.blocks[-1] if self.blocks else None
        if isinstance(last, doc.Title) and not last.subtitle:
            self.blocks[-1] = doc.Title(last.lines, spans(_joined(group)))
            self.printed += [piece.number for piece in group]
            return
        self._as_text(group, "标题已有说明，作正文排")

    def addressee(self, group: list[Piece]) -> None:
        """主送机关 in one paragraph."""
        self._put(doc.Salutation(spans(_joined(group))), group)

    def level(self, group: list[Piece]) -> None:
        """A numbered paragraph: a heading, or a text that begins with one."""
        for piece in group:
            self._put(levels.block(piece.text, self._part(piece)), [piece])

    def attachments(self, group: list[Piece]) -> None:
        """附件说明, where the page prints it as the file has it."""
        made = foot.attachments([piece.text for piece in group])
        if made is not None:
            self._put(made, group)
            return
        self._as_text(group, "附件说明的序号或标点与版面印出的不同，作正文排（--punctuation 只改标点）")

    def signature(self, group: list[Piece]) -> None:
        """Who signs, and the day."""
        names = [piece.text for piece in group if self._part(piece) == "signature"]
        date = next((piece.text for piece in group if self._part(piece) == "date"), "")
        by_name = self.form == "order" and any(signs.OFFICE.match(signs.solid(name)) for name in names)
        self._put(foot.signature(names, date, sealed=self.given.sealed, by_name=by_name), group)

    def attendance(self, group: list[Piece]) -> None:
        """出席, 请假 and 列席 of minutes, one after another."""
        self._put(foot.attendance([piece.text for piece in group]), group)

    def note(self, group: list[Piece]) -> None:
        """附注."""
        for piece in group:
            self._put(doc.Note(spans(piece.text)), [piece])

    def label(self, group: list[Piece]) -> None:
        """附件 at the head of an attachment: one line."""
        for piece in group:
            if cells(piece.text) > 2 * PAGE.cells:
                self._as_text([piece], "太长，不像附件标识，作正文排")
            else:
                self._put(doc.AttachmentLabel(piece.text), [piece])

    def chapter(self, group: list[Piece]) -> None:
        """章."""
        for piece in group:
            self._put(doc.Chapter(piece.text), [piece])

    def drop(self, group: list[Piece]) -> None:
        """What the page prints itself."""
        self.dropped += group


_Make: TypeAlias = Callable[[_Maker, list[Piece]], None]
_MAKERS: Final[Mapping[Part, _Make]] = {
    "title": _Maker.title,
    "attachment-title": _Maker.title,
    "subtitle": _Maker.subtitle,
    "addressee": _Maker.addressee,
    **dict.fromkeys(cast("tuple[Part, ...]", ("level-1", "level-2", "level-3", "level-4", "article")), _Maker.level),
    "chapter": _Maker.chapter,
    "attachment-note": _Maker.attachments,
    "signature": _Maker.signature,
    "date": _Maker.signature,
    "attendance": _Maker.attendance,
    "note": _Maker.note,
    "attachment-mark": _Maker.label,
    "page-number": _Maker.drop,
}
_REASONS: Final[Mapping[Part, str]] = {
    "other": "认不出是什么，作正文排",
}


def _joins(last: Piece, part: Part, following: Part) -> bool:
    """Whether a piece makes one block with the one before it."""
    if part == "signature":
        return following in {"signature", "date"}
    if part == "addressee" and signs.solid(last.text).endswith("："):
        return False
    return following == part and part in _RUNS


_RUNS: Final[frozenset[Part]] = frozenset(
    {"title", "attachment-title", "subtitle", "attachment-note", "addressee", "attendance"}
)


def _unprintable(imprint: doc.Imprint | None, layout: Layout) -> str:
    """Why an imprint stays text; empty where the page prints it."""
    if imprint is None:
        return "版记的写法与版面印出的不同，作正文排（--punctuation 只改标点）"
    printed = bool(doc.plain(imprint.printed))
    if layout == "plain":
        return "版式是 plain，没有版记，作正文排"
    if printed and layout == "letter":
        return "信函的版记只有抄送机关，作正文排（GB/T 9704-2012 10.1）"
    if not printed and layout == "document":
        return "版记缺印发机关和印发日期，作正文排"
    return ""


def _joined(pieces: Sequence[Piece]) -> str:
    """Several lines as one text; words of letters keep a blank between them."""
    text = ""
    for piece in pieces:
        apart = re.search(r"[!-~]$", text) and re.match(r"[!-~]", piece.text)
        text += (" " if apart else "") + piece.text
    return text


def _filled(item: SourceTable) -> list[Piece]:
    return [piece for piece in item.pieces() if inked(piece.text)]


def _printed_order(item: SourceTable) -> Iterator[Piece]:
    return (piece for piece in item.pieces() if inked(piece.text))


def _day(text: str) -> dt.date | None:
    """A day as a file's property, None where it cannot be read."""
    solid = signs.solid(text)
    if not _PLAIN.fullmatch(solid):
        return None
    year, month, day = map(int, re.findall(r"\d+", solid))
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
