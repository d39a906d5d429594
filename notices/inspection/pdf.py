"""A PDF to a :class:`~notices.inspection.model.Paper`: where every line stands on its page, in which face and size.

Lines are put together again as paragraphs by where they begin and end; text that stands between upright lines is a
table's. What stands in the head margin, and page numbers, are the page's own. Nothing of the file is run.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final, NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTContainer, LTCurve, LTImage, LTItem, LTLine, LTPage, LTRect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from notices.errors import ProblemsError
from notices.inspection.model import Align, Foot, Paper, Para, Rule, Run, Sheet, Table
from notices.inspection.strokes import Stroke, coloured, lines_of
from notices.typeset.page import PAGE, mm
from notices.verify.texts import trouble

_HEAD: Final = mm(26)
"""What stands higher is a head."""
_THIN: Final = 5.0
"""Points; a shape that is thicker is no line."""
_SCANNED: Final = "先用文字识别（OCR）软件转成可以选中文字的 PDF，或检查原来的 Word 文件"
_TEXT: Final = 14.0
"""Points: text is as large as this at least."""
_A_TEXT: Final = 50
"""Lines of a text that is no table with notes."""
_SMALL: Final = 12.5
"""What is no larger may be a table's."""
_NUMBERED: Final = re.compile(r"\d{1,2}[.．、]|[（(]|[一二三四五六七八九十]{1,3}、|附件")
_MOST_PAGES: Final = 2_000


class _Page(NamedTuple):
    width: float
    height: float
    strokes: list[Stroke]
    rules: list[Rule]
    uprights: list[tuple[float, float, float]]
    """Upright lines: how far from the left, their upper and lower end."""
    pictures: int


def read(name: str, content: bytes) -> Paper:
    """The paper a PDF shows.

    Raises:
        ProblemsError: not a PDF, a broken or a locked one, a scan, one of too many pages.
    """
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        pages = list(_pages(name, content))
    except RecursionError:
        raise trouble(name, "PDF 的结构一层套一层，太深了", "用浏览器打开后另存") from None
    except ProblemsError:
        raise
    except Exception as error:  # noqa: BLE001 - a broken file makes the library fail in any way
        if "Password" in type(error).__name__:
            raise trouble(name, "PDF 有密码，打不开", "去掉密码后再试") from None
        raise trouble(name, f"PDF 读不出来（{type(error).__name__}）", "重新下载，或用浏览器打开后另存") from None
    if not pages:
        raise trouble(name, "PDF 里没有页", "检查文件是否完好")
    empty = [number for number, page in enumerate(pages, 1) if not page.strokes]
    if len(empty) == len(pages):
        raise trouble(name, f"{len(pages)} 页都没有文字，是扫描件或图片", _SCANNED)
    remarks = [f"第 {'、'.join(map(str, empty[:20]))} 页没有文字（空白页、扫描页或图片），没有检查"] if empty else []
    pictured = [number for number, page in enumerate(pages, 1) if page.pictures and page.strokes]
    if pictured:
        remarks.append(f"第 {'、'.join(map(str, pictured[:20]))} 页有图片，图片里的文字、表格没有检查")
    return _paper(name, pages, tuple(remarks))


def _pages(name: str, content: bytes) -> Iterator[_Page]:
    manager = PDFResourceManager()
    device = PDFPageAggregator(manager, laparams=None)
    interpreter = PDFPageInterpreter(manager, device)
    for number, page in enumerate(PDFPage.get_pages(io.BytesIO(content)), 1):
        if number > _MOST_PAGES:
            raise trouble(name, f"PDF 超过 {_MOST_PAGES} 页", "拆成几份再检查")
        interpreter.process_page(page)
        layout = device.get_result()
        yield _page(number, layout)


def _page(number: int, layout: LTPage) -> _Page:
    """What stands on a page, measured from its upper left corner."""
    height = layout.height
    flat = list(_flat(layout))
    rules: list[Rule] = []
    uprights: list[tuple[float, float, float]] = []
    for item in flat:
        if isinstance(item, LTLine | LTRect | LTCurve):
            wide, tall = item.x1 - item.x0, item.y1 - item.y0
            stroke = item.linewidth or 0.0
            colour = coloured(item.non_stroking_color if item.fill else item.stroking_color)
            if wide > 10 and tall < _THIN:
                thick = max(tall, 0.0 if item.fill and tall else stroke)
                rules.append(Rule(number, item.x0, item.x1, height - item.y1, thick, colour))
            elif tall > 8 and wide < _THIN:
                uprights.append((item.x0, height - item.y1, height - item.y0))
            elif wide > 10 and tall > 8 and (item.stroke or not item.fill):  # a box drawn round a cell
                uprights += [(x, height - item.y1, height - item.y0) for x in (item.x0, item.x1)]
    pictures = sum(isinstance(item, LTImage) for item in flat)
    return _Page(layout.width, height, list(lines_of(flat, height)), rules, uprights, pictures)


def _flat(container: Iterable[LTItem]) -> Iterator[LTItem]:
    for item in container:
        if isinstance(item, LTContainer):
            yield from _flat(item)
        else:
            yield item


def _paper(name: str, pages: Sequence[_Page], remarks: tuple[str, ...]) -> Paper:
    sheets: list[Sheet] = []
    on: list[int] = []
    for page in pages:
        if not sheets or (round(sheets[-1].width), round(sheets[-1].height)) != (round(page.width), round(page.height)):
            sheets.append(Sheet(page.width, page.height))
        on.append(len(sheets) - 1)
    texts = _Texts()
    numbers: list[Para] = []
    heads: list[Para] = []
    for number, page in enumerate(pages, 1):
        for stroke in page.strokes:
            line = stroke.line(number)
            alone = Para(0, stroke.runs, sheet=on[number - 1], page=number, lines=(line,))
            if stroke.base < _HEAD:
                heads.append(alone)
            elif stroke.is_number and stroke.base > page.height - PAGE.height + PAGE.top + PAGE.text_height:
                numbers.append(alone)
            else:
                texts.add(_Place(stroke, number, on[number - 1], _cell(stroke, page)))
    texts.settle()
    edges = texts.edges(sheets)
    foot = (Foot("all", tuple(numbers), field=True),) if numbers else ()
    head = (Foot("all", tuple(heads), field=False),) if heads else ()
    made = tuple(
        replace(one, left=left, right=one.width - right, feet=foot, heads=head)
        for one, (left, right) in zip(sheets, edges, strict=True)
    )
    tables = tuple(Table(1, 1, 1, one.sheet) for one in texts.places if one.cell)[:1]
    rules = tuple(rule for page in pages for rule in page.rules)
    return Paper(name, "pdf", made, tuple(texts.paras(edges)), rules, tables=tables, pages=len(pages), remarks=remarks)


def _cell(stroke: Stroke, page: _Page) -> bool:
    """Whether a line stands between upright lines, as the text of a table does."""
    beside = {round(x) for x, top, bottom in page.uprights if top - 2 <= stroke.base <= bottom + 2}
    return len(beside) >= 2 and min(beside) - 2 <= stroke.left and stroke.right <= max(beside) + 2


class _Place(NamedTuple):
    stroke: Stroke
    page: int
    sheet: int
    cell: bool


class _Texts:
    """The lines of all pages in order, and the paragraphs they make."""

    def __init__(self) -> None:
        self.places: list[_Place] = []

    def add(self, place: _Place) -> None:
        """One more line."""
        self.places.append(place)

    def settle(self) -> None:
        """Small print beside text of the usual size is a table's: its notes, and cells no line is drawn round."""
        usual, tables = self.usual(), any(one.cell for one in self.places)
        printed = sum(one.stroke.size == usual and not one.cell for one in self.places)
        small = usual >= _TEXT or (tables and printed < _A_TEXT)
        self.places = [one._replace(cell=one.cell or (small and one.stroke.size <= _SMALL)) for one in self.places]

    def usual(self) -> float:
        """The size of most characters that stand in no table."""
        sizes: Counter[float] = Counter()
        for one in self.places:
            sizes[one.stroke.size] += 0 if one.cell else len(one.stroke.text)
        return max(sizes, key=lambda size: sizes[size], default=PAGE.size)

    def edges(self, sheets: Sequence[Sheet]) -> list[tuple[float, float]]:
        """Left and right edge of the text of each sheet; on one that lies they are where they should be."""
        turned = PAGE.turned()
        lying = (turned.left, turned.left + turned.text_width)
        return [lying if one.landscape else self._upright(sheets, one.width) for one in sheets]

    def _upright(self, sheets: Sequence[Sheet], width: float) -> tuple[float, float]:
        """The edges as most lines of the text's size have them; where they should be for want of lines."""
        size = self.usual()
        lines = (one for one in self.places if not one.cell and not sheets[one.sheet].landscape)
        body = [one.stroke for one in lines if one.stroke.size == size]
        rights = sorted(stroke.right for stroke in body if stroke.right - stroke.left > width / 2)
        if len(rights) < 3:
            return PAGE.left, PAGE.left + PAGE.text_width
        lefts = Counter(round(stroke.left) for stroke in body)
        least = max(2, len(body) // 50)
        near = min((left for left in lefts if sum(lefts[left + n] for n in (-1, 0, 1)) >= least), default=PAGE.left)
        if abs(near - PAGE.left - 2 * size) < 4:  # nothing but first lines
            near = PAGE.left
        left = min((stroke.left for stroke in body if abs(stroke.left - near) <= 1.5), default=near)
        return left, _crowded(rights)

    def pitch(self) -> float:
        """The distance of two lines most neighbours have."""
        steps = [
            round(two.stroke.base - one.stroke.base, 1)
            for one, two in pairwise(self.places)
            if one.page == two.page and 12 < two.stroke.base - one.stroke.base < 60 and not one.cell
        ]
        return max(set(steps), key=steps.count) if steps else PAGE.line

    def paras(self, edges: Sequence[tuple[float, float]]) -> Iterator[Para]:
        """Paragraphs, numbered from 1."""
        pitch = self.pitch()
        held: list[_Place] = []
        number = 0
        for one in self.places:
            if held and not _goes_on(held, one, edges[held[0].sheet], pitch):
                number += 1
                yield _para(number, held, edges[held[0].sheet], pitch)
                held = []
            held.append(one)
        if held:
            yield _para(number + 1, held, edges[held[0].sheet], pitch)


def _crowded(rights: Sequence[float]) -> float:
    """Where most lines end; punctuation that hangs over the edge makes some longer."""
    counts = Counter(round(right) for right in rights)
    near = max(counts, key=lambda right: (sum(counts[right + n] for n in (-1, 0, 1)), right))
    return max(right for right in rights if abs(right - near) <= 1.5)


def _goes_on(held: Sequence[_Place], one: _Place, edges: tuple[float, float], pitch: float) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    left, right = edges
    last, first = held[-1], held[0]
    if one.cell or last.cell or one.sheet != last.sheet or abs(one.stroke.size - last.stroke.size) > 0.6:
        return False
    step = one.stroke.base - last.stroke.base
    large = one.stroke.size > 19
    if one.page == last.page and step > (1.4 * one.stroke.size * 1.4 if large else 1.35 * pitch):
        return False
    if large:  # a title's lines stand in the middle
        return _middle(last.stroke, left, right) and _middle(one.stroke, left, right)
    size = one.stroke.size
    full = last.stroke.right > right - 1.6 * size
    indent = one.stroke.left - left
    stands = 1.5 * size < first.stroke.left - left < 8 * size  # further in it is who signs
    hanging = stands and one.stroke.left - first.stroke.left > 0.4 * size
    if hanging and _NUMBERED.match(one.stroke.text):
        return False
    return full and (indent < 1.2 * size or hanging or (len(held) > 1 and abs(one.stroke.left - last.stroke.left) < 2))


def _middle(stroke: Stroke, left: float, right: float) -> bool:
    return abs((stroke.left - left) - (right - stroke.right)) < stroke.size


def _para(number: int, held: Sequence[_Place], edges: tuple[float, float], pitch: float) -> Para:
    left, right = edges
    strokes = [one.stroke for one in held]
    lines = tuple(one.stroke.line(one.page) for one in held)
    align = _align(strokes, left, right)
    runs: list[Run] = []
    for at, stroke in enumerate(strokes):
        joint = [replace(stroke.runs[0], text="\n")] if at and align == "center" and stroke.runs else []
        runs += [*joint, *stroke.runs]
    begin = strokes[1].left - left if len(strokes) > 1 and align != "center" else 0.0
    begin = 0.0 if abs(begin) < 1.0 else begin
    first = strokes[0].left - left - begin if align in {"left", "both"} else 0.0
    away = right - strokes[-1].right if align == "right" else 0.0
    cell = (1, number, 1) if held[0].cell else None
    sheet, page = held[0].sheet, held[0].page
    return Para(
        number, tuple(runs), align, first, begin, away, line=pitch, rule="exact", sheet=sheet, page=page, cell=cell,
        lines=lines,
    )  # fmt: skip


def _align(strokes: Sequence[Stroke], left: float, right: float) -> Align:
    """How lines stand: in the middle when every one has as much room on both sides, and no sentence by chance."""
    large = strokes[0].size > 19
    by_chance = abs(strokes[0].left - left - 2 * strokes[0].size) < 0.5 * strokes[0].size
    by_chance = not large and (by_chance or _NUMBERED.match(strokes[0].text) is not None)
    if all(_middle(one, left, right) and (large or one.left - left > 1.5 * one.size) for one in strokes):
        return "both" if by_chance else "center"
    if len(strokes) == 1 and strokes[0].left > (left + right) / 2 and abs(strokes[0].right - right) < 2:
        return "right"
    return "both" if len(strokes) > 1 else "left"
