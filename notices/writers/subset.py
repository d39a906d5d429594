"""A font file cut down to the glyphs a document draws, by HarfBuzz, and numbered so that every reader agrees."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

import uharfbuzz as harfbuzz

from notices.errors import MissingPartError
from notices.typeset.fonts import FontFace, glyphs

_HOW = (
    # Hints for coarse screens go; each glyph's outline is written out in full.
    harfbuzz.SubsetFlags.NO_HINTING
    | harfbuzz.SubsetFlags.DESUBROUTINIZE
    # A CID-keyed face keeps a list of identifiers beside its glyphs. PDF readers do not agree whether a text's numbers
    # are identifiers or places; where both are the same there is nothing to disagree on.
    | harfbuzz.SubsetFlags.CFF_IDENTITY_CHARSET
)
_DROPPED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GDEF", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Tables that say how to choose glyphs, which is done, or that no PDF reader looks at."""


class Subset(NamedTuple):
    """A font file, and the place in it of every glyph asked for."""

    content: bytes
    places: dict[int, int]


_KEPT = harfbuzz.SubsetFlags.NO_HINTING | harfbuzz.SubsetFlags.NOTDEF_OUTLINE


@lru_cache(maxsize=64)
def web_font(face: FontFace, chars: frozenset[str]) -> bytes:
    """A face with these characters alone, as a browser takes it: without what would choose other glyphs for them.

    Raises:
        MissingPartError: the file cannot be read or cut.
    """
    order = harfbuzz.SubsetInput()
    order.flags = _KEPT
    order.unicode_set.update(map(ord, sorted(chars)))
    order.drop_table_tag_set.update(int.from_bytes(name.encode(), "big") for name in _DROPPED)
    try:
        content: bytes = harfbuzz.SubsetPlan(glyphs(face).face, order).execute().blob.data
    except (harfbuzz.HarfBuzzError, RuntimeError) as error:
        raise _uncut(face, error) from error
    return content


def subset(face: FontFace, wanted: Iterable[int]) -> Subset:
    """The face with these glyphs alone, numbered anew.

    Raises:
        MissingPartError: the file cannot be read or cut.
    """
    order = harfbuzz.SubsetInput()
    order.flags = _HOW
    numbers = sorted(set(wanted))
    order.glyph_set.update(numbers)
    order.drop_table_tag_set.update(int.from_bytes(name.encode(), "big") for name in _DROPPED)
    try:
        plan = harfbuzz.SubsetPlan(glyphs(face).face, order)
        content: bytes = plan.execute().blob.data
    except (harfbuzz.HarfBuzzError, RuntimeError) as error:
        raise _uncut(face, error) from error
    places = plan.old_to_new_glyph_mapping
    return Subset(content, {glyph: places[glyph] for glyph in numbers})


def _uncut(face: FontFace, error: Exception) -> MissingPartError:
    return MissingPartError(f"字体文件不能嵌入：{face.path}（{error}）；请重新安装这个字体")
