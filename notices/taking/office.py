"""The Word file that came back: its paragraphs as they read now, and what is tracked and remarked in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import PurePath
from typing import Final, NamedTuple

from notices.errors import Problem, ProblemsError
from notices.ooxml import package
from notices.ooxml.relations import Links
from notices.ooxml.xml import Element, R, W
from notices.papers.annotate import AUTHOR
from notices.typeset.page import DRAFT
from notices.verify import office
from notices.verify.numbering import Numbers, numbers_of

_N: Final = f"{{{W}}}"
_FALLBACK: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_COMES: Final = frozenset({f"{_N}ins", f"{_N}moveTo"})
_GOES: Final = frozenset({f"{_N}del", f"{_N}moveFrom"})
_FORMATS: Final = tuple(f"{_N}{kind}Change" for kind in ("pPr", "rPr", "sectPr", "tblPr", "trPr", "tcPr"))
_PICTURES: Final = (
    f"{_N}drawing",
    f"{_N}pict",
    f"{_N}object",
    "{http://schemas.openxmlformats.org/officeDocument/2006/math}oMath",
)
LABEL: Final = re.compile(r"(?:\S+号)?附件\s*\d*")
"""What stands over an attachment; over one that goes alone, the notice's number, too (7.3.7)."""
_SIGNS: Final = {f"{_N}tab": " ", f"{_N}ptab": " ", f"{_N}br": "", f"{_N}cr": "", f"{_N}noBreakHyphen": "-"}
"""A line broken by hand means nothing in Chinese."""


@dataclass(frozen=True, slots=True)
class Tracked:
    """A tracked change: who, when, whether the text came or went."""

    author: str
    date: str
    comes: bool
    text: str

    def __str__(self) -> str:
        """插入“…”（张三，2025-04-01）."""
        who = "，".join(filter(None, (self.author, self.date[:10])))
        return f"{'插入' if self.comes else '删除'}“{self.text}”" + (f"（{who}）" if who else "")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment: who, what, and the text it is on."""

    author: str
    date: str
    text: str
    on: str


class CellPlace(NamedTuple):
    """Where in a file's tables a cell stands, each counted from 1; a cell over several columns stands in the first."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class OfficePara:
    """A paragraph with its tracked changes accepted; ``number`` counts from 1 through the file, blank ones too."""

    number: int
    text: str
    tracked: tuple[Tracked, ...] = ()
    cell: CellPlace | None = None


@dataclass(frozen=True, slots=True)
class Returned:
    """What was read: the paper's paragraphs, the remarks, and what was not looked at."""

    name: str
    paras: tuple[OfficePara, ...]
    remarks: tuple[Remark, ...] = ()
    notes: tuple[str, ...] = ()
    attached: tuple[OfficePara, ...] = ()
    """What stands from 附件1 on, as far as the imprint; blank cells, too."""
    gone: tuple[Tracked, ...] = ()
    """Tracked deletions of which no paragraph is left to show them."""


@dataclass
class _Reading:
    """What a paragraph adds up to while it is read."""

    kept: list[str] = field(default_factory=list)
    tracked: list[Tracked] = field(default_factory=list)

    def take(self, text: str, mark: Element | None) -> None:
        if mark is None or mark.tag in _COMES:
            self.kept.append(text)
        if mark is None or not text:
            return
        one = Tracked(mark.get(f"{_N}author", ""), mark.get(f"{_N}date", ""), mark.tag in _COMES, text)
        last = self.tracked[-1] if self.tracked else None
        if last is not None and replace(last, text="") == replace(one, text=""):
            self.tracked[-1] = replace(last, text=last.text + text)
        else:
            self.tracked.append(one)


def read(name: str, content: bytes) -> Returned:
    """The file's paragraphs, tracked changes accepted.

    Raises:
        ProblemsError: no Word file, a locked, old, broken or empty one.
    """
    older = PurePath(name).suffix.lower() in office.SUFFIXES
    content = office.as_docx(name, content) if older else content
    opened = package.read(content, name)
    body = opened.xml(opened.main).find(f"{_N}body")
    numbers = numbers_of(opened)
    paras, gone = _paragraphs(body, numbers)
    paras = [*_edges(opened, "header"), *paras]
    if not any(para.text for para in paras):
        hint = "是扫描件的，先识别成文字；没有放错的，在 Word 里看看文字是不是在图片里"
        raise ProblemsError([Problem(name, 0, 0, "", "文件里没有文字", hint)])
    kept, attached = _parted(paras)
    notes = [office.CONVERTED] if older else []
    if any(next(body.iter(tag), None) is not None for tag in _FORMATS):
        notes.append("有格式的修订：格式由版式定，没有看")
    for kind, said in (("footnotes", "脚注"), ("endnotes", "尾注")):
        root = opened.xml(opened.related(kind))
        if root is not None and "".join(node.text or "" for node in root.iter(f"{_N}t")).strip():
            notes.append(f"文件里有{said}：没有看，要的写进正文")
    if numbers.unknown:
        notes.append(f"有 {numbers.unknown} 段的自动编号认不出格式，序号没有读到")
    if pictures := sum(1 for tag in _PICTURES for _ in body.iter(tag)):
        notes.append(f"有 {pictures} 处图、公式或嵌入的文件：里面的字没有看")
    if any(re.search("[\u4e00-\u9fff]", one.text) for one in _edges(opened, "footer")):
        notes.append("页脚里有文字：没有看，要的写进正文")
    remarks = tuple(_remarks(opened.xml(opened.related("comments")), body))
    return Returned(name, tuple(kept), remarks, tuple(notes), tuple(attached), tuple(gone))


def _paragraphs(body: Element, numbers: Numbers) -> tuple[list[OfficePara], list[Tracked]]:
    """Every paragraph; one whose mark was struck goes on in the next."""
    found: list[OfficePara] = []
    gone: list[Tracked] = []
    held = _Reading()
    places = dict(_places(body))
    for count, element in enumerate(body.iter(f"{_N}p"), 1):
        above = list(element.iterancestors())
        if any(one.tag == _FALLBACK for one in above):
            continue
        _walk(element, None, held)
        marks = element.find(f"{_N}pPr/{_N}rPr")
        if marks is not None and any(marks.find(tag) is not None for tag in _GOES):
            continue
        text = _tidy(numbers.of(element) + "".join(held.kept))
        cell = next((places[one] for one in above if one in places), None)
        found.append(OfficePara(count, text, tuple(held.tracked), cell))
        gone += held.tracked if not text else []
        held = _Reading()
    if held.kept or held.tracked:
        found.append(OfficePara(0, _tidy("".join(held.kept)), tuple(held.tracked)))
        gone += held.tracked if not found[-1].text else []
    return found, gone


def _places(body: Element) -> Iterator[tuple[Element, CellPlace]]:
    """Where each cell stands, those of tables in tables as well."""
    for number, table in enumerate(body.iter(f"{_N}tbl"), 1):
        for row, line in enumerate(table.iterchildren(f"{_N}tr"), 1):
            column = 1
            for cell in line.iterchildren(f"{_N}tc"):
                yield cell, CellPlace(number, row, column)
                span = cell.find(f"{_N}tcPr/{_N}gridSpan")
                across = "" if span is None else span.get(f"{_N}val", "")
                column += int(across) if re.fullmatch("[1-9][0-9]?", across) else 1


def _edges(opened: package.Package, kind: str) -> Iterator[OfficePara]:
    """What stands in the headers (a letter has its head there) or footers, those of first pages first."""
    links = Links(opened.parts, opened.main).items
    used = sorted(opened.xml(opened.main).iter(f"{_N}{kind}Reference"), key=lambda one: one.get(f"{_N}type") != "first")
    found: dict[str, OfficePara] = {}
    for one in used:
        link = links.get(one.get(f"{{{R}}}id", ""))
        root = opened.xml(link.target) if link is not None else None
        for element in () if root is None else root.iter(f"{_N}p"):
            held = _Reading()
            _walk(element, None, held)
            text = _tidy("".join(held.kept))
            if text and text != DRAFT:
                found.setdefault(text, OfficePara(0, text, tuple(held.tracked)))
    yield from found.values()


def _walk(parent: Element, mark: Element | None, into: _Reading) -> None:
    for node in parent:
        if node.tag in {f"{_N}p", f"{_N}pPr", f"{_N}rPr", _FALLBACK}:
            continue
        if node.tag in {f"{_N}t", f"{_N}delText"}:
            into.take(node.text or "", mark)
        elif node.tag in _SIGNS:
            into.take(_SIGNS[node.tag], mark)
        else:
            _walk(node, node if node.tag in _GOES or (mark is None and node.tag in _COMES) else mark, into)


def _tidy(text: str) -> str:
    """The text with blanks as one, and none at its ends."""
    return re.sub(r"[\s\u200b\ufeff]+", " ", text).strip()


def _parted(paras: list[OfficePara]) -> tuple[list[OfficePara], list[OfficePara]]:
    """The paper itself, and what stands from 附件1 on, as far as the imprint; a file may hold attachments alone."""
    written = [para for para in paras if para.text]
    labels = (n for n, para in enumerate(written) if not para.cell and LABEL.fullmatch(para.text))
    start = next((n for n in labels if n or written[0].text != "附件"), None)  # rules have it over them, too
    if start is None:
        return written, []
    end = next((n for n in range(len(written) - 1, start, -1) if re.search("抄送|印发$", written[n].text)), None)
    rest = written[end:] if end is not None and end >= len(written) - 2 else []
    if rest and written[len(written) - len(rest) - 1].text.startswith("抄送"):
        rest = written[len(written) - len(rest) - 1 :]
    below = paras[paras.index(written[start]) :]
    return [*written[:start], *rest], below[: below.index(rest[0])] if rest else below


def _remarks(comments: Element | None, body: Element) -> Iterator[Remark]:
    """The comments in the order of the file, but for those an annotated copy was built with."""
    if comments is None:
        return
    marked: dict[str, list[str]] = {}
    open_: list[str] = []
    for node in body.iter(f"{_N}commentRangeStart", f"{_N}commentRangeEnd", f"{_N}t", f"{_N}commentReference"):
        identity = node.get(f"{_N}id", "")
        if node.tag == f"{_N}commentRangeStart":
            marked.setdefault(identity, [])
            open_.append(identity)
        elif node.tag == f"{_N}commentRangeEnd":
            open_ = [one for one in open_ if one != identity]
        elif node.tag == f"{_N}commentReference":
            marked.setdefault(identity, [])
        else:
            for one in open_:
                marked[one].append(node.text or "")
    by_id = {node.get(f"{_N}id", ""): node for node in comments.iter(f"{_N}comment")}
    for identity in dict.fromkeys([*marked, *by_id]):
        node = by_id.get(identity)
        if node is None or (node.get(f"{_N}author") == AUTHOR and not node.get(f"{_N}date")):
            continue
        lines = ("".join(t.text or "" for t in p.iter(f"{_N}t")) for p in node.iter(f"{_N}p"))
        text = " ".join(filter(None, lines))
        on = _tidy("".join(marked.get(identity, ())))
        yield Remark(node.get(f"{_N}author", ""), node.get(f"{_N}date", ""), text, on)
