"""A font file cut down to the glyphs a document draws, by HarfBuzz, and numbered so that every reader agrees.

WeasyPrint opens the library and declares most of what is used here; what it does not declare is declared below.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from functools import cache
from mmap import ACCESS_READ, mmap
from typing import Any, NamedTuple

from weasyprint.text.ffi import ffi, harfbuzz, harfbuzz_subset
from weasyprint.text.fonts import get_hb_object_data

from notices.errors import MissingPartError
from notices.fonts import FontFace

ffi.cdef(
    """
    typedef ... hb_map_t;
    typedef ... hb_subset_plan_t;
    hb_blob_t * hb_blob_create (const char *data, unsigned int length, int mode, void *user_data, void *destroy);
    hb_face_t * hb_face_create (hb_blob_t *blob, unsigned int index);
    hb_codepoint_t hb_map_get (const hb_map_t *map, hb_codepoint_t key);
    hb_subset_plan_t * hb_subset_plan_create_or_fail (hb_face_t *face, const hb_subset_input_t *input);
    hb_face_t * hb_subset_plan_execute_or_fail (hb_subset_plan_t *plan);
    hb_map_t * hb_subset_plan_old_to_new_glyph_mapping (const hb_subset_plan_t *plan);
    void hb_subset_plan_destroy (hb_subset_plan_t *plan);
    """,
    override=True,
)

_READONLY = 1  # HB_MEMORY_MODE_READONLY
_CHARSET, _ROS = 15, 12 << 8 | 30  # operators of a CFF font's dictionary; only a CID-keyed one has the second
_DROPPED = (
    b"BASE", b"DSIG", b"EBDT", b"EBLC", b"EBSC", b"GDEF", b"GPOS", b"GSUB", b"JSTF", b"LTSH", b"PCLT", b"SVG ",
)  # fmt: skip
"""Tables that say how to choose glyphs, which is done, or that no PDF reader looks at."""


class Subset(NamedTuple):
    """A font file, and the place in it of every glyph asked for."""

    content: bytes
    places: dict[int, int]


class _Source:
    """A face as HarfBuzz reads it: straight from the file, page by page."""

    def __init__(self, face: FontFace) -> None:
        with face.path.open("rb") as file:
            self._data = mmap(file.fileno(), 0, access=ACCESS_READ)
        blob = harfbuzz.hb_blob_create(ffi.from_buffer(self._data), len(self._data), _READONLY, ffi.NULL, ffi.NULL)
        self.face = ffi.gc(harfbuzz.hb_face_create(blob, face.number), harfbuzz.hb_face_destroy)
        harfbuzz.hb_blob_destroy(blob)


@cache
def _source(face: FontFace) -> _Source:
    return _Source(face)


def subset(face: FontFace, glyphs: Iterable[int]) -> Subset:
    """The face with these glyphs alone, numbered anew.

    Raises:
        MissingPartError: the file cannot be read or cut, or HarfBuzz lacks its subsetting library.
    """
    if harfbuzz_subset is None:
        hint = "Debian、Ubuntu：apt-get install libharfbuzz-subset0；macOS：brew install harfbuzz"
        raise MissingPartError(f"缺少程序库 libharfbuzz-subset，不能把字体嵌入 PDF；{hint}")
    wanted = sorted(set(glyphs))
    plan = harfbuzz_subset.hb_subset_plan_create_or_fail(_read(face).face, _order(wanted))
    if plan == ffi.NULL:
        raise _uncut(face)
    plan = ffi.gc(plan, harfbuzz_subset.hb_subset_plan_destroy)
    cut = harfbuzz_subset.hb_subset_plan_execute_or_fail(plan)
    if cut == ffi.NULL:
        raise _uncut(face)
    content = get_hb_object_data(ffi.gc(cut, harfbuzz.hb_face_destroy))
    if not content:
        raise _uncut(face)
    numbers = harfbuzz_subset.hb_subset_plan_old_to_new_glyph_mapping(plan)
    return Subset(_numbered_in_order(content), {glyph: harfbuzz.hb_map_get(numbers, glyph) for glyph in wanted})


def _read(face: FontFace) -> _Source:
    try:
        return _source(face)
    except (OSError, ValueError) as error:
        raise MissingPartError(f"字体文件读不出：{face.path}（{error}）；请重新安装这个字体") from error


def _uncut(face: FontFace) -> MissingPartError:
    return MissingPartError(f"字体文件不能嵌入 PDF：{face.path}；请重新安装这个字体")


def _order(glyphs: list[int]) -> Any:  # noqa: ANN401 - a pointer of HarfBuzz
    """What HarfBuzz is asked for. Hints for coarse screens go; each glyph's outline is written out in full."""
    order = ffi.gc(harfbuzz_subset.hb_subset_input_create_or_fail(), harfbuzz_subset.hb_subset_input_destroy)
    flags = harfbuzz_subset.HB_SUBSET_FLAGS_DESUBROUTINIZE | harfbuzz_subset.HB_SUBSET_FLAGS_NO_HINTING
    harfbuzz_subset.hb_subset_input_set_flags(order, flags)
    dropped = harfbuzz_subset.hb_subset_input_set(order, harfbuzz_subset.HB_SUBSET_SETS_DROP_TABLE_TAG)
    tags = sorted(harfbuzz.hb_tag_from_string(name, len(name)) for name in _DROPPED)
    for numbers, into in ((glyphs, harfbuzz_subset.hb_subset_input_glyph_set(order)), (tags, dropped)):
        harfbuzz.hb_set_add_sorted_array(into, ffi.new("hb_codepoint_t[]", numbers), len(numbers))
    return order


def _numbered_in_order(content: bytes) -> bytes:
    """The file with its glyphs' identifiers equal to their places.

    A CID-keyed face keeps a list of identifiers beside its glyphs. PDF readers do not agree whether a text's numbers
    are identifiers or places; where both are the same there is nothing to disagree on.
    """
    (count,) = struct.unpack_from(">H", content, 4)
    entries = struct.iter_unpack(">4s4xL4x", content[12 : 12 + 16 * count])
    offsets: dict[bytes, int] = dict(entries)
    table = offsets.get(b"CFF ")
    if table is None:
        return content
    top = _top_dict(content[table:])
    charset = top.get(_CHARSET, 0)
    if _ROS not in top or charset <= 2:
        return content
    (glyphs,) = struct.unpack_from(">H", content, offsets[b"maxp"] + 4)
    order = _charset(glyphs)
    return content[: table + charset] + order + content[table + charset + len(order) :]


def _charset(glyphs: int) -> bytes:
    """Identifiers 1, 2, 3 …, in the form that is never longer than the list it stands in for."""
    if glyphs <= 2:
        return struct.pack(">BH", 0, 1)[: 2 * glyphs - 1]
    if glyphs <= 0x101:
        return struct.pack(">BHB", 1, 1, glyphs - 2)
    return struct.pack(">BHH", 2, 1, glyphs - 2)


def _top_dict(table: bytes) -> dict[int, int]:
    """The operators of a CFF table's font dictionary, each with its last whole number."""
    _, _, names_end = _index(table, table[2])
    at, end, _ = _index(table, names_end)
    number, found = 0, {}
    while at < end:
        code = table[at]
        at += 1
        if code == 12:
            code = 12 << 8 | table[at]
            at += 1
        elif code == 28:
            number, at = struct.unpack_from(">h", table, at)[0], at + 2
            continue
        elif code == 29:
            number, at = struct.unpack_from(">l", table, at)[0], at + 4
            continue
        elif code == 30:  # a decimal fraction; its last half byte is F
            while table[at] & 0xF != 0xF:
                at += 1
            at += 1
            continue
        elif code >= 32:  # whole numbers of one byte, and of two: none that is asked for is this small
            at += code >= 247
            continue
        found[code] = number
    return found


def _index(table: bytes, at: int) -> tuple[int, int, int]:
    """Where the first item of an index begins and ends, and where the index ends."""
    (count,) = struct.unpack_from(">H", table, at)
    if not count:
        return at + 2, at + 2, at + 2
    size = table[at + 2]
    base = at + 2 + (count + 1) * size
    ends = [int.from_bytes(table[at + 3 + n * size : at + 3 + (n + 1) * size], "big") for n in (1, count)]
    return base + 1, base + ends[0], base + ends[1]
