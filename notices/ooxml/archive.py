"""The zip file around a Word or Excel file of somebody else's, looked at before anything of it is unpacked.

``zipfile`` never unpacks more than an entry declares: a part that is larger than it says fails its check sum. So what
the entries declare is what the file can cost, and one table says how much of it each kind of file may.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may declare: parts, bytes of all parts unpacked, bytes of one XML part (0: any)."""

    parts: int
    total: int
    xml: int = 0
    times: int = 0
    """How many times the bytes of the file itself all parts may be, once they are many (0: any)."""


WORD = Limits(parts=5_000, total=256 * MEGABYTE, xml=64 * MEGABYTE)
"""A paper to compare or to read."""
FORM = Limits(parts=2_000, total=64 * MEGABYTE, xml=8 * MEGABYTE)
"""An office's own Word form: it is filled once for every unit."""
WORKBOOK = Limits(parts=5_000, total=288 * MEGABYTE, times=200)
"""An Excel file of data: fifty thousand rows of twenty columns take about 60 MB, in one part."""
_MANY = 10 * MEGABYTE
"""Fewer bytes than this may be packed as tight as they like."""


def entries(content: bytes) -> list[zipfile.ZipInfo]:
    """What a zip file declares, folders left out.

    Raises:
        zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError: it is none, or damaged.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return [entry for entry in archive.infolist() if not entry.is_dir()]


def excess(content: bytes, found: Sequence[zipfile.ZipInfo], limits: Limits) -> str:
    """What of a file is more than it may be, in words; empty where nothing is."""
    total = sum(entry.file_size for entry in found)
    largest = max((entry.file_size for entry in found if is_xml(entry.filename)), default=0)
    if limits.times and total > max(_MANY, limits.times * len(content)):
        return f"展开后有 {_megabytes(total)}，是文件的 {total // len(content):,} 倍，可能是压缩炸弹"
    if len(found) > limits.parts or total > limits.total or largest > (limits.xml or total):
        said = f"{len(found)} 个部分，展开后 {_megabytes(total)}，最大的 XML {_megabytes(largest)}"
        most = f"，单个 XML {_megabytes(limits.xml)}" if limits.xml else ""
        return f"展开后太大：{said}；上限是 {limits.parts} 个部分、{_megabytes(limits.total)}{most}"
    return ""


def oddity(found: Sequence[zipfile.ZipInfo]) -> tuple[str, str]:
    """What no office program writes into a zip file, and what to do; empty where there is nothing of it."""
    again = "用 Word、Excel 或 WPS 打开，另存一份再试"
    names = [entry.filename for entry in found]
    if any(entry.flag_bits & 1 for entry in found):
        return "压缩包加了密码，读不了", "去掉密码再试"
    if len(set(names)) < len(names):
        return "压缩包里有同名的部分，不知道以哪一个为准", again
    if strange := [each for each in names if each.startswith("/") or ".." in each.split("/") or "\\" in each]:
        return f"压缩包里有不正常的名称：{strange[0]}", again
    return "", ""


def is_xml(name: str) -> bool:
    """Whether a part is XML, by its name."""
    return name.lower().endswith((".xml", ".rels"))


def _megabytes(size: int) -> str:
    return f"{size / MEGABYTE:,.0f} MB"
