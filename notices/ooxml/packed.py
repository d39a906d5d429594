"""Long tables kept small: rows packed by the hundred, unpacked again as they are looked at."""

from __future__ import annotations

import pickle
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, islice
from typing import Any, Generic, TypeVar, overload

T = TypeVar("T")
FEW = 1000
"""Rows that stay as they are: no short table is worth packing."""
TOGETHER = 200
"""Rows packed in one piece: all that is unpacked at a time."""


class Packed(Sequence[T], Generic[T]):
    """A sequence that holds a few bytes an item. Each look at an item makes it anew, by ``shape``.

    What is packed never leaves the memory of the process: nobody else's bytes are ever unpacked.
    """

    __slots__ = ("_count", "_last", "_pieces", "_shape", "_together")

    def __init__(self, items: Iterable[Any], shape: Callable[[Any], T], together: int = TOGETHER) -> None:
        self._shape, self._together = shape, together
        self._count = 0
        self._pieces: list[bytes] = []
        self._last: tuple[int, list[Any]] = (-1, [])
        rest = iter(items)
        while piece := list(islice(rest, together)):
            self._count += len(piece)
            self._pieces.append(zlib.compress(pickle.dumps(piece, pickle.HIGHEST_PROTOCOL), 1))

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[T]:
        for number in range(len(self._pieces)):
            yield from map(self._shape, self._piece(number))

    def _piece(self, number: int) -> list[Any]:
        """Items packed together; those looked at last are at hand."""
        if self._last[0] != number:
            self._last = number, pickle.loads(zlib.decompress(self._pieces[number]))  # noqa: S301 - our own, see above
        return self._last[1]

    @overload
    def __getitem__(self, index: int) -> T: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[T]: ...
    def __getitem__(self, index: int | slice) -> T | Sequence[T]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(self._count)))
        number, place = divmod(range(self._count)[index], self._together)
        return self._shape(self._piece(number)[place])


class Plain:
    """A dataclass with slots that is packed by the hundred thousand: as the arguments that make it, in their order."""

    __slots__ = ()

    def __reduce__(self) -> tuple[type, tuple[Any, ...]]:
        names: tuple[str, ...] = self.__slots__
        return type(self), tuple([getattr(self, name) for name in names])


def packed(
    items: Iterable[Any], shape: Callable[[Any], T], *, few: int | None = None, together: int = TOGETHER
) -> Sequence[T]:
    """Each of ``items`` in its ``shape``: a tuple of few, many packed.

    Args:
        items: what can be pickled, the plainer the smaller; taken one after another.
        shape: makes of one what the sequence holds; equal things of equal ones.
        few: how many stay as they are, :data:`FEW` without it.
        together: how many are packed in one piece.
    """
    rest = iter(items)
    most = FEW if few is None else few
    first = list(islice(rest, most + 1))
    if len(first) <= most:
        return tuple(map(shape, first))
    return Packed(chain(first, rest), shape, together)


def same(item: T) -> T:
    """The shape of what is packed as it is."""
    return item
