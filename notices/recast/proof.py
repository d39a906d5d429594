"""The proof that nothing was lost or changed: the file read once more, every change applied, against what was written.

Blanks are left out of account: a page sets its own. It shares nothing with the readers but the list of changes, each of
which names what stood where: one that does not fit the file fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TypeAlias

from notices.errors import NoticesError
from notices.recast.source import Edit, Origin, Source, inked

Printed: TypeAlias = int | str
"""What stands on the page, in order: a piece by its number, or words given besides the file."""


class LossError(NoticesError):
    """A character would be lost or changed; nothing is written."""


def prove(
    source: Source,
    read_again: Iterable[tuple[Origin, str]],
    pieces: Mapping[int, str],
    printed: Sequence[Printed],
    written: str,
) -> int:
    """How many characters of the file stand on the page.

    Args:
        source: the text as it was read, with every change of the reading.
        read_again: the paragraphs of the file by another reader.
        pieces: the texts of pieces as they are set, what was dropped left out.
        printed: what stands on the page, in order.
        written: the text of the file that was written.

    Raises:
        LossError: the first place where something is lost or changed.
    """
    _same("读入", "".join(map(inked, (piece.text for piece in source.pieces()))), applied(read_again, source.edits))
    numbers = [one for one in printed if isinstance(one, int)]
    if sorted(numbers) != sorted(pieces):
        odd = next(one for one in {*numbers, *pieces} if numbers.count(one) != (one in pieces))
        raise _loss(f"第 {odd} 段没有排，或排了两次")
    _same("写出", inked(written), "".join(inked(pieces[one] if isinstance(one, int) else one) for one in printed))
    return sum(len(inked(text)) for text in pieces.values())


def applied(texts: Iterable[tuple[Origin, str]], edits: Sequence[Edit]) -> str:
    """The inked characters of texts after changes.

    Raises:
        LossError: a change names what does not stand there.
    """
    first: dict[Origin, list[Edit]] = {}
    for edit in edits:
        if edit.first:
            first.setdefault(edit.origin, []).append(edit)
    starts: dict[Origin, int] = {}
    parts: list[str] = []
    length = 0
    for origin, text in texts:
        starts[origin] = length
        parts.append(_put(inked(text), [(edit.at, edit) for edit in first.get(origin, ())]))
        length += len(parts[-1])
    return _put("".join(parts), [(starts[edit.origin] + edit.at, edit) for edit in edits if not edit.first])


def _put(whole: str, edits: Iterable[tuple[int, Edit]]) -> str:
    """A text after changes, each with its place."""
    made: list[str] = []
    at = 0
    for place, edit in sorted(edits, key=lambda pair: pair[0]):
        if place < at or not whole.startswith(edit.old, place):
            raise _loss(f"“{edit.why}”一处对不上：应有“{edit.old}”")
        made += (whole[at:place], edit.new)
        at = place + len(edit.old)
    return "".join([*made, whole[at:]])


def _same(when: str, got: str, wanted: str) -> None:
    if got == wanted:
        return
    pairs = zip_longest(got, wanted)
    at = next(n for n, (one, two) in enumerate(pairs) if one != two)
    raise _loss(f"{when}时第 {at + 1} 字不同：应为“{wanted[at : at + 20]}”，得到“{got[at : at + 20]}”")


def _loss(message: str) -> LossError:
    return LossError(f"自检没有通过，没有写出文件：{message}\n    → 请把这份文件和所用的命令反馈给我们")
