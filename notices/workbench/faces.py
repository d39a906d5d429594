"""The cut faces pages are set in, kept until a browser has fetched them: by name, the oldest given up first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

MOST = 64 * 1024 * 1024
"""Bytes of faces that are kept."""


class Faces:
    """Faces by name; a name is the hash of the bytes."""

    def __init__(self, most: int = MOST) -> None:
        self._most, self._size = most, 0
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    def keep(self, faces: Iterable[tuple[str, bytes]]) -> None:
        """Keep some more."""
        for name, content in faces:
            if name not in self._kept:
                self._kept[name] = content
                self._size += len(content)
        while self._size > self._most:
            _, gone = self._kept.popitem(last=False)
            self._size -= len(gone)

    def names(self) -> frozenset[str]:
        """All that are kept."""
        return frozenset(self._kept)

    def find(self, name: str) -> bytes | None:
        """A face by name; None where it is kept no more."""
        content = self._kept.get(name)
        if content is not None:
            self._kept.move_to_end(name)
        return content
