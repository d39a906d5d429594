"""Any file a text can be in, to a source, and the same file by the reader of the proof."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from notices.inspection.word import BROKEN, elements, of_package
from notices.ooxml import package as packages
from notices.ooxml.package import Package
from notices.ooxml.xml import Element, q, serialise
from notices.recast import around, text, word
from notices.recast.source import Leaving, Origin, Source
from notices.redline.resolve import Resolution, found, resolve, unresolvable
from notices.verify import office
from notices.verify.numbering import numbers_of
from notices.verify.readers import MOST_CHARACTERS, MOST_PARAGRAPHS
from notices.verify.texts import decoded, trouble

TEXTS: Final = frozenset({".txt", ".text"})
MARKDOWN: Final = frozenset({".md", ".markdown"})
SUFFIXES: Final = frozenset({".docx", *TEXTS, *MARKDOWN, *office.SUFFIXES})


@dataclass(frozen=True, slots=True)
class Read:
    """A source; its paragraphs, and the texts of its notes, by the readers of the proof."""

    source: Source
    again: tuple[tuple[Origin, str], ...]
    notes: tuple[str, ...] = ()


def read(name: str, content: bytes, existing: Resolution | None = None) -> Read:
    """A file by its bytes and the ending of its name.

    Args:
        name: its name.
        content: its bytes.
        existing: what to do with tracked changes; without a verdict they are refused.

    Raises:
        ProblemsError: not a file that can be set, and why.
    """
    suffix = Path(name).suffix.lower()
    if content.startswith(b"%PDF-") or suffix == ".pdf":
        hint = "用做出这份 PDF 的 Word 文件；没有的，先用文字识别（OCR）转成 Word，核对文字"
        raise trouble(name, "PDF 里没有段落，不能重新排版", hint)
    if suffix in TEXTS | MARKDOWN:
        made = _text(name, content, marked=suffix in MARKDOWN)
    elif suffix in office.SUFFIXES:
        made = _word(name, office.as_docx(name, content), existing)
        made = replace(made, source=replace(made.source, told=(office.CONVERTED, *made.source.told)))
    elif suffix in {".docx", ".docm", ".dotx"}:
        made = _word(name, content, existing)
    else:
        kinds = "、".join(sorted(SUFFIXES))
        raise trouble(name, f"不认识的文件类型 {suffix or '（没有扩展名）'}", f"用 {kinds}")
    _bounded(made.source)
    return made


def _text(name: str, content: bytes, *, marked: bool) -> Read:
    said, notes = decoded(name, content)
    said = said.replace("\r\n", "\n").replace("\r", "\n")
    source = text.read(name, said, marked=marked)
    again = tuple(((name, number), line) for number, line in enumerate(said.split("\n"), 1))
    return Read(replace(source, told=(*notes, *source.told)), again)


def _word(name: str, content: bytes, existing: Resolution | None) -> Read:
    package = _resolved(packages.read(content, name), existing)
    try:
        paras = of_package(package).paras
        heads = around.heads(package)
        numbers, said = _numbers(package)
        source = word.read(package, paras, numbers, heads)
        source = replace(source, leavings=(*source.leavings, *said))
        return Read(around.described(source, package), (*heads, *word.flat(package)), tuple(word.notes(package)))
    except BROKEN as error:
        hint = "用 Word 或 WPS 打开，另存为“Word 文档（.docx）”再试"
        raise trouble(name, f"文件的各部分对不上（{type(error).__name__}），读不下去", hint) from None


def _numbers(package: Package) -> tuple[tuple[str, ...], list[Leaving]]:
    """The automatic number of every paragraph, and what of them cannot be written out."""
    numbers = numbers_of(package)
    found: list[str] = []
    bullets = 0
    for node in elements(package.xml(package.main)):
        level = numbers.level(node)
        form = None if level is None else level.find(q("numFmt"))
        bullets += form is not None and form.get(q("val")) == "bullet"
        found.append(numbers.of(node))
    said = []
    if numbers.unknown:
        what = f"{numbers.unknown} 处自动编号的格式认不出，只能写成阿拉伯数字"
        said.append(Leaving(what, "全文", "在 Word 里把编号改成文字，再试"))
    if bullets:
        said.append(Leaving(f"{bullets} 处项目符号", "全文", "要保留的，写成文字", lost=False))
    return tuple(found), said


def _resolved(package: Package, existing: Resolution | None) -> Package:
    """The package without tracked changes."""
    parts = {package.main, package.related("footnotes"), package.related("endnotes")} & package.parts.keys()
    roots: Mapping[str, Element] = {part: package.xml(part) for part in sorted(parts)}
    changes = sum((found(root) for root in roots.values()), start=Counter[str]())
    if not changes:
        return package
    if any(map(unresolvable, roots.values())):
        raise trouble(package.name, "表格的单元格有修订，不能一并处理", "在 Word 里接受或拒绝这些修订，再试")
    if existing is None:
        said = "、".join(f"{kind} {count} 处" for kind, count in sorted(changes.items()))
        hint = "先在 Word 里处理；或用 --existing accept（全部接受）、--existing reject（全部拒绝）"
        raise trouble(package.name, f"文件里有没有处理的修订（{said}）", hint)
    for root in roots.values():
        resolve(root, existing)
    return replace(package, parts=package.parts | {part: serialise(root) for part, root in roots.items()})


def _bounded(source: Source) -> None:
    """Refuse what has no text at all, or more than a paper can have."""
    pieces = [piece for piece in source.pieces() if piece.text.strip()]
    length = sum(len(piece.text) for piece in pieces)
    if not pieces:
        scan = any(one.what.startswith("图") for one in source.leavings) or len(source.items) > len(
            list(source.pieces())
        )
        message = "文件里没有文字，只有图片：像是扫描件" if scan else "文件里没有文字"
        hint = "先用文字识别（OCR）软件转成文字，核对后再排" if scan else "检查是否放错了文件"
        raise trouble(source.name, message, hint)
    if len(pieces) > MOST_PARAGRAPHS or length > MOST_CHARACTERS:
        most = f"不超过 {MOST_PARAGRAPHS:,} 段、{MOST_CHARACTERS:,} 字"
        raise trouble(source.name, f"文件有 {len(pieces):,} 段、{length:,} 字，太长", f"一份公文{most}；拆成几份")
