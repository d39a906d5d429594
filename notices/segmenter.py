"""Chinese text cut into words: jieba's dictionary, read from the installed package and from nowhere else.

jieba itself keeps what it has read in a file of the shared temporary folder and loads it with ``marshal``, whoever put
it there. Here the dictionary is read afresh in each process, and of the dictionary that is known only the words that
begin with a character of the text: a title needs one in a hundred.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterable
from functools import cache
from typing import Any

_LONGEST = 16
"""Characters of the longest word of the dictionary."""

KNOWN = 0x1394096D
"""Checksum of the dictionary of jieba 0.42.1. From 一 on its words stand in the order of their first characters."""
_KNOWN_TOTAL = 60101967
"""How often all its words are met."""


class _Dictionary:
    """The dictionary's lines, ``word count class`` each; one that is not known is read from end to end."""

    def __init__(self, content: bytes) -> None:
        known = zlib.crc32(content) == KNOWN
        self._content = content
        self._start = content.index("\n一".encode()) + 1 if known else len(content)
        self.unordered = self._words(0, self._start)
        self.total = _KNOWN_TOTAL if known else sum(self.unordered.values())

    def beginning_with(self, char: str) -> dict[str, int]:
        """The words of the ordered part that begin with a character, and how often each is met."""
        first = char.encode(errors="replace")
        start = self._place(first)
        end = start
        while self._content.startswith(first, end):
            end = self._content.index(b"\n", end) + 1
        return self._words(start, end)

    def _words(self, start: int, end: int) -> dict[str, int]:
        lines = (line.split(" ") for line in self._content[start:end].decode().splitlines())
        return {word: int(count) for word, count, *_ in lines}

    def _place(self, char: bytes) -> int:
        """Where the first line begins whose first character is not before this one."""
        low, high = self._start, len(self._content)
        while low < high:
            middle = self._content.rfind(b"\n", low, (low + high) // 2) + 1 or low
            if self._content[middle : middle + len(char)] < char:
                low = self._content.index(b"\n", middle) + 1
            else:
                high = middle
        return low


class _Frequencies(dict[str, int]):
    """How often each word is met; any short text counts as the beginning of a word, as jieba asks for."""

    def __init__(self, dictionary: _Dictionary) -> None:
        super().__init__(dictionary.unordered)
        self._dictionary = dictionary
        self._met = set[str]()

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and len(text) <= _LONGEST

    def __missing__(self, text: str) -> int:
        """A beginning of a word: jieba looks every beginning of a word up here before it asks for anything else."""
        if text[:1] in self._met:
            return 0
        self._met.add(text[:1])
        for word, count in self._dictionary.beginning_with(text[:1]).items():
            self.setdefault(word, count)  # a term of ours keeps its own
        return self.get(text, 0)


def segmenter(terms: Iterable[str], frequency: int) -> Any:  # noqa: ANN401 - jieba has no types
    """A tokenizer of jieba's that takes ``terms`` for words of the given frequency."""
    import jieba  # noqa: PLC0415 - only for texts that need cutting

    jieba.setLogLevel(logging.ERROR)
    made = jieba.Tokenizer()
    made.FREQ, made.total = _Frequencies(_dictionary()), _dictionary().total
    made.initialized = True
    for term in terms:
        made.add_word(term, freq=frequency)
    return made


@cache
def _dictionary() -> _Dictionary:
    import jieba  # noqa: PLC0415 - as above

    with jieba.get_module_res("dict.txt") as file:
        return _Dictionary(file.read())
