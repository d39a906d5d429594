r"""Names of files and folders out of data: good on every system, and told apart on every system.

What becomes of a name, in this order:

1. It is composed (NFC): what looks the same is written the same.
2. Left out: ``\\ / : * ? " < > |``, dots, blanks, control and invisible characters, halves of characters. So nothing
   ends in a dot or a blank, hides itself, climbs to another folder or has an ending of its own.
3. Cut to 40 characters and 160 bytes, composed or not, so that a code, a number and an ending still fit in 255 bytes.
4. A name that Windows keeps for a device (``CON``, ``PRN``, ``AUX``, ``NUL``, ``COM1``, ``LPT1`` and their like) gets
   a ``_`` at its end.
5. Names that differ only in case or in how accents are written are one name on Windows or macOS: from the second on
   they get ``-2``, ``-3``, in the order of the data.
"""

from __future__ import annotations

import re
import unicodedata

_UNFIT = re.compile(r'[\\/:*?"<>|\s.]+')
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
"""Kinds of characters nobody sees: controls, marks of direction, halves of pairs, blanks."""
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|CLOCK\$|(?:COM|LPT)\d)", re.IGNORECASE)
MOST_CHARACTERS, MOST_BYTES = 40, 160


def plain(text: str) -> str:
    """Text as part of a name: what no system refuses; empty when nothing of it is left."""
    composed = _UNFIT.sub("", unicodedata.normalize("NFC", text))
    seen = "".join(char for char in composed if unicodedata.category(char) not in _UNSEEN)
    kept = unicodedata.normalize("NFC", seen)[:MOST_CHARACTERS]  # what stood between two may have kept them apart
    while _size(kept) > MOST_BYTES:
        kept = kept[:-1]
    return kept


def _size(name: str) -> int:
    """Bytes a name takes at most: some systems take the accents off it."""
    return max(len(unicodedata.normalize(form, name).encode()) for form in ("NFC", "NFD"))


def fit(name: str) -> str:
    """A whole name, of parts that are plain: never a device's, never empty."""
    if not name:
        return "unnamed"
    return f"{name}_" if _DEVICES.fullmatch(unicodedata.normalize("NFKC", name)) else name


def alike(name: str) -> str:
    """What a name is to a system that tells neither case nor ways of writing apart."""
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
    return unicodedata.normalize("NFC", folded.upper().casefold())  # ı and i, by NTFS's way of comparing


class Apart:
    """Names given out so far: no two are alike."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def name(self, wanted: str) -> str:
        """The name, or where one like it is taken, with the first number that makes it another."""
        base = fit(wanted)
        name, count = base, 1
        while alike(name) in self._taken:
            count += 1
            name = f"{base}-{count}"
        self._taken.add(alike(name))
        return name
