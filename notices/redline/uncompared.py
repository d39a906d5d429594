"""What a redline did not compare word by word, said part by part: nothing is passed over in silence."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree  # type: ignore[import-untyped]

from notices.ooxml.package import Package
from notices.ooxml.relations import Links
from notices.ooxml.xml import Element, R, W, bare, q
from notices.redline.reading import digest
from notices.redline.styles import canonical


@dataclass(frozen=True, slots=True)
class Remark:
    """One kind of thing that was not compared, and how the two files stand in it."""

    what: str
    how: str
    differs: bool = False
    """Whether the two files are not one in it."""

    def __str__(self) -> str:
        return f"{self.what}：{self.how}"


_SAME, _OTHER = "两件相同", "两件不同，以新件为准，没有标修订"
_UNITS = {
    "drawing": "图片、图形、文本框",
    "pict": "图片、图形、文本框",
    "AlternateContent": "图片、图形、文本框",
    "object": "嵌入的对象",
    "oMath": "公式",
    "ruby": "拼音指南",
    "altChunk": "嵌入的外部文件",
}
_CLERICAL = [q(name) for name in ("rsids", "rsidRoot", "zoom", "proofState")]
"""Settings that say how a file was last looked at, not how it reads."""
_TABLE_FORMATS = ("tblPr", "tblGrid", "trPr", "tcPr")
_FILES = (
    ("批注", r"word/comments\w*\.xml"),
    ("文档设置", r"word/settings\.xml"),
    ("主题", r"word/theme/.*\.xml"),
    ("默认格式和样式表", r"word/styles\.xml"),
    ("宏和控件", r"word/(vbaProject\.bin|activeX/.*)"),
    ("自定义数据", r"customXml/item\d+\.xml"),
    ("数字签名", r"_xmlsignatures/.*"),
)


def remarks(old: Package, new: Package) -> list[Remark]:
    """What of two files is not compared. What neither has is not mentioned."""
    return [
        *_heads(old, new),
        *_files(old, new),
        *_section(old, new),
        *_bookmarks(old, new),
        *_tables(old, new),
        *_units(old, new),
        *_strange(old, new),
    ]


def _verdict(what: str, old: object, new: object, same: str = _SAME) -> Remark:
    return Remark(what, same if old == new else _OTHER, old != new)


def _files(old: Package, new: Package) -> Iterator[Remark]:
    for what, pattern in _FILES:
        ours, theirs = (_contents(package, pattern) for package in (new, old))
        if not (ours or theirs) or (what == "默认格式和样式表" and ours == theirs):
            continue
        if what == "数字签名":
            sides = "两件" if ours and theirs else "新件" if ours else "旧件"
            yield Remark(what, f"{sides}有，结果文件不再带有签名")
        else:
            yield _verdict(what, theirs, ours)


def _heads(old: Package, new: Package) -> Iterator[Remark]:
    """Headers and footers, as each section uses them."""
    for what, name in (("页眉", "headerReference"), ("页脚", "footerReference")):
        ours, theirs = (list(_used(package, name)) for package in (new, old))
        if ours or theirs:
            yield _verdict(what, theirs, ours)


def _used(package: Package, name: str) -> Iterator[tuple[int, str, str]]:
    links = Links(package.parts, package.main)
    for number, section in enumerate(package.xml(package.main).iter(q("sectPr"))):
        for reference in section.findall(q(name)):
            link = links.items.get(reference.get(f"{{{R}}}id", ""))
            root = package.xml(link.target) if link is not None else None
            if link is not None and root is not None:
                yield number, reference.get(q("type"), ""), digest(root, Links(package.parts, link.target))


def _contents(package: Package, pattern: str) -> list[bytes]:
    """The parts whose names fit, in what they say, whatever their numbers."""
    found = []
    for name, data in package.parts.items():
        if re.fullmatch(pattern, name):
            found.append(canonical(bare(data), _CLERICAL) if name.endswith(".xml") else data)
    return sorted(found)


def _section(old: Package, new: Package) -> Iterator[Remark]:
    def sections(package: Package) -> list[bytes]:
        found = []
        for node in package.xml(package.main).iter(q("sectPr")):
            for reference in [child for child in node if str(child.tag).endswith("Reference")]:
                node.remove(reference)
            found.append(canonical(node, [q("sectPrChange")]))
        return found

    ours, theirs = sections(new), sections(old)
    if ours or theirs:
        yield _verdict("分节和页面设置", theirs, ours)


def _bookmarks(old: Package, new: Package) -> Iterator[Remark]:
    """Bookmarks people named: those an office program makes by itself begin with an underscore."""

    def named(package: Package) -> set[str]:
        nodes = package.xml(package.main).iter(q("bookmarkStart"))
        return {name for node in nodes if not (name := node.get(q("name"), "")).startswith("_")}

    ours, theirs = named(new), named(old)
    if ours != theirs:
        yield _verdict("书签", theirs, ours)


def _tables(old: Package, new: Package) -> Iterator[Remark]:
    """Formats of tables: borders, widths, heights. Their texts and rows are compared."""

    def formats(package: Package) -> set[bytes]:
        root = package.xml(package.main)
        return {canonical(node) for node in root.iter(*map(q, _TABLE_FORMATS))}

    ours, theirs = formats(new), formats(old)
    if ours or theirs:
        yield _verdict("表格的边框、宽度等格式", theirs, ours, "两件所用的相同")


def _units(old: Package, new: Package) -> Iterator[Remark]:
    """Things compared as a whole: equal or not, never inside."""
    ours, theirs = _digests(new), _digests(old)
    for what in dict.fromkeys(_UNITS.values()):
        if what in ours or what in theirs:
            one, two = theirs.get(what, Counter()), ours.get(what, Counter())
            said = "内容相同" if one == two else "内容有不同，不同的整个删去、整个增加"
            if what == "嵌入的外部文件":
                said = "没有比对，以新件为准"
            counts = f"旧件 {sum(one.values())} 个、新件 {sum(two.values())} 个"
            yield Remark(what, f"{counts}，只作整体比对，{said}", one != two)


def _digests(package: Package) -> dict[str, Counter[str]]:
    found: dict[str, Counter[str]] = {}
    links = Links(package.parts, package.main)
    seen: set[Element] = set()
    for node in package.xml(package.main).iter(*(f"{{*}}{name}" for name in _UNITS)):
        what = _UNITS[etree.QName(node).localname]
        if any(above in seen for above in node.iterancestors()):
            continue
        seen.add(node)
        found.setdefault(what, Counter())[digest(node, links)] += 1
    return found


def _strange(old: Package, new: Package) -> Iterator[Remark]:
    """Things beside paragraphs that are neither tables nor marks of a place: not looked into at all."""
    for side, package in (("旧件", old), ("新件", new)):
        parents = package.xml(package.main).iter(*map(q, ("body", "tc", "sdtContent")))
        nodes = (node for parent in parents for node in parent if isinstance(node.tag, str))
        count = sum(not node.tag.startswith(f"{{{W}}}") and bool("".join(node.itertext()).strip()) for node in nodes)
        if count:
            yield Remark("段落以外的内容", f"{side}有 {count} 处，没有比对")
