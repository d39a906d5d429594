"""Chinese text cut into words: jieba's dictionary, read from the installed package and from nowhere else.

jieba itself keeps what it has read in a file of the shared temporary folder and loads it with ``marshal``, whoever put
it there. Here the dictionary is read afresh in each process, and of the dictionary that is known only the words that
begin with a character of the text: a title needs one in a hundred. Where every word of a text is in the dictionary, as
in most titles, jieba itself is not even imported: its choice of words is then a short sum.
"""

from __future__ import annotations

import logging
import re
import zlib
from collections.abc import Iterable
from functools import cache, cached_property
from importlib.util import find_spec
from itertools import pairwise
from math import log
from pathlib import Path
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


class Segmenter:
    """Cuts texts as jieba does, with words of ours beside those of its dictionary."""

    def __init__(self, terms: Iterable[str], frequency: int) -> None:
        self._frequencies = _Frequencies(_dictionary())
        own = dict.fromkeys(terms, frequency)
        self._frequencies.update(own)
        self._total = _dictionary().total + sum(own.values())

    def lcut(self, text: str, *, HMM: bool = True) -> list[str]:  # noqa: N803 - as jieba calls it
        """The words of a text in order, nothing left out; ``HMM`` guesses at words that are in no dictionary."""
        if _CHINESE.fullmatch(text):
            words = self._likeliest(text)
            if not HMM or not any(len(one) == len(other) == 1 for one, other in pairwise(words)):
                return words
        found: list[str] = self._jieba.lcut(text, HMM=HMM)
        return found

    def _likeliest(self, text: str) -> list[str]:
        """The most probable way to cut a text into words of the dictionary; of equal ones the one of longer words."""
        best: list[tuple[float, int]] = [(0.0, 0)] * (len(text) + 1)
        base = log(self._total)
        for start in range(len(text) - 1, -1, -1):
            ends = range(start + 1, min(len(text), start + _LONGEST) + 1)
            known = [(end, count) for end in ends if (count := self._frequencies[text[start:end]])]
            best[start] = max((log(count) - base + best[end][0], end) for end, count in known or [(start + 1, 1)])
        words: list[str] = []
        start = 0
        while start < len(text):
            end = best[start][1]
            words.append(text[start:end])
            start = end
        return words

    @cached_property
    def _jieba(self) -> Any:  # noqa: ANN401 - jieba has no types
        """The tokenizer of jieba's own, for texts with other characters or unknown words in them."""
        import jieba  # noqa: PLC0415 - only for texts that need it

        jieba.setLogLevel(logging.ERROR)
        made = jieba.Tokenizer()
        made.FREQ, made.total, made.initialized = self._frequencies, self._total, True
        return made


_CHINESE = re.compile("[\u4e00-\u9fd5]*")
"""What jieba takes for Chinese."""


@cache
def _dictionary() -> _Dictionary:
    package = find_spec("jieba")
    assert package is not None  # noqa: S101 - a dependency of this one
    assert package.origin is not None  # noqa: S101
    return _Dictionary(Path(package.origin).with_name("dict.txt").read_bytes())
