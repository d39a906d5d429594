"""The pages a Word file sets up, section by section, their headers and footers, and what of the file is not read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final, TypeAlias

from notices.inspection.looks import flag, number
from notices.inspection.model import Foot, Para, Sheet
from notices.ooxml.package import Package
from notices.ooxml.relations import Links
from notices.ooxml.xml import Element, R, q

_A4: Final = (595.3, 841.9)
_KINDS: Final = {"default": "all", "even": "even", "first": "first"}
_NO_GRID: Final = frozenset({"", "default"})
_CHARS: Final = frozenset({"linesAndChars", "snapToChars"})
_CODE: Final = re.compile(r"\s*PAGE(?:\s|$)", re.IGNORECASE)


Paras: TypeAlias = Callable[[str], list[Para]]
"""Reads the paragraphs of a part."""


def read(package: Package, marks: Sequence[Element], paras: Paras, body: float) -> tuple[Sheet, ...]:
    """The sheets of a file; a section without a header or footer of its own has that of the one before.

    Args:
        package: the file.
        marks: its ``w:sectPr``, in order.
        paras: reads a header or footer.
        body: the size of its text where nothing else is said, which a grid of characters counts by.
    """
    links = Links(package.parts, package.main).items
    odd_even = flag(package.xml(package.related("settings")), "evenAndOddHeaders")
    given: dict[tuple[str, str], str] = {}
    feet: dict[tuple[str, str], Foot] = {}
    made = []
    for mark in marks:
        for node in mark.iter(q("headerReference"), q("footerReference")):
            link = links.get(node.get(f"{{{R}}}id", ""))
            if link is not None and link.target in package.parts:
                given[node.tag, node.get(q("type"), "default")] = link.target
        wanted = ["default", *(["even"] if odd_even else []), *(["first"] if flag(mark, "titlePg") else [])]
        margins: dict[str, list[Foot]] = {q("headerReference"): [], q("footerReference"): []}
        for tag, found in margins.items():
            for kind in wanted:
                part = given.get((tag, kind))
                if part is None:
                    continue
                if (part, kind) not in feet:
                    feet[part, kind] = _foot(package, part, kind, paras, odd_even=odd_even)
                found.append(feet[part, kind])
        made.append(_sheet(mark, margins, body, odd_even=odd_even))
    return tuple(made or [_sheet(None, {}, body, odd_even=False)])


def _foot(package: Package, part: str, kind: str, paras: Paras, *, odd_even: bool) -> Foot:
    root = package.xml(part)
    codes = [node.get(q("instr"), "") for node in root.iter(q("fldSimple"))]
    codes += ["".join(node.text or "" for node in para.iter(q("instrText"))) for para in root.iter(q("p"))]
    pages = "odd" if odd_even and kind == "default" else _KINDS[kind]
    return Foot(pages, tuple(paras(part)), any(_CODE.match(code) for code in codes))  # type: ignore[arg-type]


def _sheet(mark: Element | None, margins: dict[str, list[Foot]], body: float, *, odd_even: bool) -> Sheet:
    size = _numbers(mark, "pgSz", "w", "h")
    edges = _numbers(mark, "pgMar", "top", "bottom", "left", "right", "gutter", "footer", "header")
    width, height = size.get("w", _A4[0]), size.get("h", _A4[1])
    left, right = edges.get("left"), edges.get("right")
    grid = None if mark is None else mark.find(q("docGrid"))
    kind = "" if grid is None else grid.get(q("type"), "")
    pitch = _numbers(mark, "docGrid", "linePitch").get("linePitch") if kind not in _NO_GRID else None
    chars, more = None, 0.0
    if kind in _CHARS and left is not None and right is not None:
        more = _signed("0" if grid is None else grid.get(q("charSpace"), "0")) / 4096
        chars = (width - left - right) / max(body + more, 1.0)
    return Sheet(
        width,
        height,
        edges.get("top"),
        edges.get("bottom"),
        None if left is None else left + edges.get("gutter", 0.0),
        right,
        edges.get("footer"),
        pitch,
        chars,
        tuple(margins.get(q("footerReference"), ())),
        tuple(margins.get(q("headerReference"), ())),
        odd_even,
        round(_numbers(mark, "cols", "num").get("num", 0.05) * 20),
        more,
        edges.get("header"),
    )


def _numbers(mark: Element | None, tag: str, *names: str) -> dict[str, float]:
    """Measures of a child of a section, in points; what is no number is left out."""
    node = None if mark is None else mark.find(q(tag))
    said = {} if node is None else {name: number(node.get(q(name), "")) for name in names}
    return {name: twips / 20 for name, twips in said.items() if twips is not None}


def _signed(text: str) -> int:
    """A whole number; some programs write a negative one as if it had no sign."""
    value = int(text) if text.lstrip("-").isdigit() else 0
    return value - 2**32 if value >= 2**31 else value


def remarks(package: Package, root: Element, hidden: int, unknown: int) -> Iterator[str]:
    """What of a file is not read, and what is never run; each a sentence in Chinese."""
    names = package.parts
    if any(name.endswith("vbaProject.bin") for name in names):
        yield "文件带有宏，没有运行"
    if embedded := sum("/embeddings/" in name or "/activeX/" in name for name in names):
        yield f"文件里嵌有 {embedded} 个别的文件或控件（OLE），没有打开"
    if next(root.iter(q("altChunk")), None) is not None:
        yield "文件里套着另一份文件（altChunk），其中的文字没有读"
    for kind, said in (("footnoteReference", "脚注"), ("endnoteReference", "尾注")):
        if count := sum(1 for _ in root.iter(q(kind))):
            yield f"有 {count} 条{said}，{said}的文字没有检查"
    if hidden:
        yield f"有 {hidden} 个字设为隐藏，印不出来，没有检查"
    if unknown:
        yield f"有 {unknown} 段的自动编号认不出格式，序号按阿拉伯数字读"
