"""Rows out of files people fill in: Excel and CSV, each cell with its place; whatever cannot be trusted is said."""

from __future__ import annotations

import codecs
import csv
import io
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from datetime import time, timedelta
from decimal import Decimal
from itertools import chain, islice
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import column_index_from_string, get_column_letter, range_boundaries
from openpyxl.utils.exceptions import InvalidFileException

from notices.errors import Problem, ProblemsError
from notices.forms.data.rows import HEAD, RawCell, RawRow, RawSheet, Rows
from notices.ooxml import archive
from notices.ooxml.xml import has_doctype
from notices.profile import yamlfile

MOST_FILE = 100_000_000
"""Bytes of a file as it lies on the disk."""
MOST_ROWS = 200_000
LAST_ROW, LAST_COLUMN = 1_048_576, 500
"""Where a filled cell may stand: Excel's last row, and far beyond the widest form."""
MOST_MERGED, MOST_JOINED = 2_000, 500_000
"""Merged ranges of a sheet, and the cells in them."""
_PIECE = 1 << 20
"""Bytes of a file that are looked at together."""
_SAVE_AGAIN = "用 Excel 或 WPS 打开，另存为 .xlsx 再试"
_BROKEN = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, RuntimeError, EOFError),
    *(KeyError, IndexError, AttributeError, ValueError, TypeError, SyntaxError),
)
"""What openpyxl and zipfile raise for a package that is not what it should be."""


def read(path: Path) -> tuple[RawSheet, ...]:
    """The visible sheets of an Excel file, or the one table of a CSV file.

    Rows are read as they are asked for: what is wrong far down is only raised there.

    Raises:
        ProblemsError: the file cannot be read, or is not safe to; also from the rows.
    """
    kind = path.suffix.lower()
    if kind == ".xlsx":
        return _workbook(path, content(path))
    if kind in {".csv", ".tsv", ".txt"}:
        return (RawSheet("", Rows(_csv(path, content(path)))),)
    if kind in {".xls", ".et", ".xlsm", ".xlsb", ".ods"}:
        raise _refused(path, f"不能读 {kind} 文件", "用 Excel 或 WPS 另存为 .xlsx（Excel 工作簿）")
    raise _refused(path, f"不认识的文件类型 {kind or '（没有扩展名）'}", "用 .yaml、.csv 或 .xlsx")


def content(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        ProblemsError: it cannot be read.
    """
    return yamlfile.content(path, path.name, MOST_FILE)


def _refused(path: Path, message: str, hint: str) -> ProblemsError:
    return ProblemsError([Problem(path.name, 0, 0, "", message, hint)])


def _workbook(path: Path, content: bytes) -> tuple[RawSheet, ...]:
    parts = _safe(path, content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns in English of what does not matter here
            merged = _merged(path, parts)
            book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
            shown = [page for page in book.worksheets if page.sheet_state == "visible"]
    except _BROKEN:
        raise _damaged(path) from None
    known = [(page, *merged.get(page.title, ((), ()))) for page in shown]
    return tuple(RawSheet(page.title, Rows(_some(path, page, joined)), unseen) for page, joined, unseen in known)


def _damaged(path: Path) -> ProblemsError:
    return _refused(path, "Excel 文件已损坏或不完整", _SAVE_AGAIN)


def _some(path: Path, page: Any, merged: tuple[str, ...]) -> Iterator[RawRow]:  # noqa: ANN401 - openpyxl has no types
    """The rows of a sheet, some hundreds at a time; only what openpyxl raises is taken for damage."""
    rows = _rows(path, page, merged)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                some = tuple(islice(rows, 500))
        except _BROKEN:
            raise _damaged(path) from None
        if not some:
            return
        yield from some


def _safe(path: Path, content: bytes) -> zipfile.ZipFile:
    """The package, once it is known not to be a bomb, locked, or tied to other files."""
    if content[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise _refused(path, "是加密的，或是旧式 .xls 文件", "取消密码，另存为 .xlsx")
    try:
        found = archive.entries(content)
        package = zipfile.ZipFile(io.BytesIO(content))
    except (*_BROKEN, OSError):  # a damaged list of parts may ask for any version of zip, too
        raise _refused(path, "不是 Excel 文件，或者已损坏", _SAVE_AGAIN) from None
    if more := archive.excess(content, found, archive.WORKBOOK):
        raise _refused(path, more, "只保留要填报的工作表，另存后再试")
    odd, remedy = archive.oddity(found)
    if odd:
        raise _refused(path, odd, remedy)
    names = [entry.filename for entry in found]
    linked = sorted(name for name in names if name.startswith("xl/externalLinks/"))
    if linked:
        raise _refused(path, "引用了别的工作簿（外部链接）", "在“数据—编辑链接”里断开链接，或选择性粘贴为数值")
    for name in names:
        if archive.is_xml(name) and _has_doctype(package, path, name):
            raise _refused(path, f"{name} 里有 DTD，不是 Excel 写出来的", _SAVE_AGAIN)
    return package


def _has_doctype(package: zipfile.ZipFile, path: Path, name: str) -> bool:
    """Looked for in every part, read piece by piece; a piece repeats the end of the one before."""
    end = b""
    try:
        with package.open(name) as part:
            while piece := part.read(_PIECE):
                if has_doctype(end + piece):
                    return True
                end = (end + piece)[-64:]
    except _BROKEN:
        raise _refused(path, f"Excel 文件已损坏（{name}）", _SAVE_AGAIN) from None
    return False


def _tags(package: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A part in pieces none of which cuts a tag."""
    rest = b""
    with package.open(name) as part:
        while piece := part.read(_PIECE):
            whole, end, left = piece.rpartition(b">")
            if end:
                yield rest + whole + end
                rest = left
            else:
                rest += piece
    yield rest


def _bounded(path: Path, content: bytes, name: str) -> None:
    """Refuse a sheet whose few bytes stand for endless rows, columns or merged cells.

    openpyxl makes every cell up to the one a file names, and every row.
    """
    for match in _ROW.finditer(content):
        if int(match[1][:9]) > LAST_ROW:
            raise _refused(path, f"{name} 的行号 {match[1][:12].decode()} 超出 {LAST_ROW}", _SAVE_AGAIN)
    far = next((match[1] for match in _FAR.finditer(content) if _beyond(match[1])), None)
    if far:
        raise _refused(path, f"{name} 的 {far.decode()} 列有单元格，最多 {LAST_COLUMN} 列", "删去右边用不到的列后另存")


def _beyond(letters: bytes) -> bool:
    return len(letters) > 3 or column_index_from_string(letters.decode()) > LAST_COLUMN


_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\sr\s*=\s*["\'](\d+)')
_FAR = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr\s*=\s*["\']([A-Z]{2,})\d')
"""Cells with a column of two letters or more."""


def _merged(path: Path, package: zipfile.ZipFile) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Merged ranges, and rows that are hidden, by sheet name; openpyxl does not give them while it streams rows."""
    relations = package.read("xl/_rels/workbook.xml.rels").decode()
    targets = {
        _attribute(tag, "Id"): _attribute(tag, "Target") for tag in re.findall(r"<Relationship\b[^>]*>", relations)
    }
    found: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {}
    for tag in re.findall(r"<(?:\w+:)?sheet\b[^>]*>", package.read("xl/workbook.xml").decode()):
        target = targets.get(_attribute(tag, r"\w+:id"), "").lstrip("/")
        part = target if target.startswith("xl/") else f"xl/{target}"
        if part in package.namelist():
            ranges: list[bytes] = []
            unseen: list[str] = []
            for content in _tags(package, part):
                _bounded(path, content, part)
                ranges += re.findall(rb'<(?:\w+:)?mergeCell\b[^>]*ref="([A-Z0-9:]+)"', content)
                unseen += (f"第{number.decode()}行" for number in _hidden(content))
            found[_unescaped(_attribute(tag, "name"))] = tuple(name.decode() for name in ranges), tuple(unseen)
    return found


def _hidden(content: bytes) -> Iterator[bytes]:
    """The numbers of rows a sheet hides, by a filter or by hand."""
    for tag in re.findall(rb"<(?:\w+:)?row\b[^>]*>", content):
        number = re.search(rb'\sr\s*=\s*["\'](\d+)', tag)
        if number and re.search(rb'\s(?:hidden|zeroHeight)\s*=\s*["\'](?:1|true)', tag):
            yield number[1]


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\s{name}="([^"]*)"', tag)
    return match[1] if match else ""


def _unescaped(text: str) -> str:
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, char)
    return text


def _rows(path: Path, page: Any, merged: tuple[str, ...]) -> Iterator[RawRow]:  # noqa: ANN401 - openpyxl has no types
    page.reset_dimensions()  # a sheet may claim a million columns
    joined = _joined(path, page.title, merged)
    count = 0
    for number, cells in enumerate(page.iter_rows(), 1):
        row = tuple(
            _cell(cell, f"{get_column_letter(column)}{number}", joined=(number, column) in joined)
            for column, cell in enumerate(cells, 1)
        )
        if any(one.value is not None or one.problem for one in row):
            count += 1
            if count > MOST_ROWS:
                raise _refused(path, f"工作表“{page.title}”超过 {MOST_ROWS} 行", "分成几个文件")
            yield RawRow(number, row)


def _joined(path: Path, name: str, merged: tuple[str, ...]) -> frozenset[tuple[int, int]]:
    """Cells of merged ranges below the head, as (row, column); huge ranges by their first rows."""
    found: set[tuple[int, int]] = set()
    for number, area in enumerate(merged, 1):
        left, top, right, bottom = range_boundaries(area)
        rows = range(top, min(bottom, top + 5000) + 1)
        found |= {(row, column) for row in rows for column in range(left, min(right, left + 200) + 1)}
        if number > MOST_MERGED or len(found) > MOST_JOINED or number * len(rows) * (right - left) > 20 * MOST_JOINED:
            raise _refused(path, f"工作表“{name}”合并的单元格太多", "取消合并，每格各填各的")
    return frozenset(found)


def _cell(cell: Any, place: str, *, joined: bool) -> RawCell:  # noqa: ANN401 - openpyxl has no types
    value = cell.value
    if joined:
        return RawCell(value, place, "是合并单元格", "取消合并，每格各填各的")
    match cell.data_type if value is not None else "":
        case "f":
            return RawCell(None, place, f"是公式 {str(value)[:30]}", "复制后选择性粘贴为数值")
        case "e":
            return RawCell(None, place, f"是错误值 {value}", "改成正确的内容，或清空")
        case "n" if "%" in (cell.number_format or "") and isinstance(value, int | float):
            return RawCell(f"{(Decimal(f'{value:.15g}') * 100).normalize():f}%", place)
    if isinstance(value, time | timedelta):
        return RawCell(None, place, "单元格是时间格式", "改成常规或文本格式，按列名重新填写")
    return RawCell(value if not isinstance(value, str) or value.strip() else None, place)


def _csv(path: Path, content: bytes) -> Iterator[RawRow]:
    encoding = _encoding(path, content)
    head = "\n".join("".join(islice(_text(content, encoding), HEAD)).splitlines()[:HEAD])
    mark = max(",\t;", key=head.count)
    reader = csv.reader(_text(content, encoding), delimiter=mark, strict=True)
    number = 1
    try:
        for count, row in enumerate(reader, 1):
            if count > MOST_ROWS:
                raise _refused(path, f"超过 {MOST_ROWS} 行", "分成几个文件")
            if any(value.strip() for value in row):
                places = (f"第{number}行第{column}列" for column in range(1, len(row) + 1))
                yield RawRow(number, tuple(RawCell(v.strip() or None, p) for v, p in zip(row, places, strict=True)))
            number = reader.line_num + 1
    except csv.Error:
        raise ProblemsError(
            [Problem(path.name, number, 1, "", "CSV 格式不对，从这一行起引号不成对", "检查这一行的英文引号")]
        ) from None


def _text(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def _encoding(path: Path, content: bytes) -> str:
    """UTF-8, or the GBK that Excel writes on a Chinese office's computer; UTF-16 with its mark."""
    for encoding in ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        starts = range(0, len(content), _PIECE)
        try:
            pieces = (decoder.decode(content[at : at + _PIECE]) for at in starts)
            if not any("\0" in text for text in chain(pieces, (decoder.decode(b"", final=True) for _ in "1"))):
                return encoding
        except UnicodeDecodeError:
            continue
    raise _refused(path, "看不出文字编码", "用记事本打开，另存为 UTF-8，或在 Excel 里另存为“CSV UTF-8”")
