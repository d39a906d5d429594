"""Chinese text cut into words: jieba's dictionary, read from the installed package and from nowhere else.

jieba itself keeps what it has read in a file of the shared temporary folder and loads it with ``marshal``, whoever put
it there. Here the dictionary is read afresh in each process, as a plain table of words, which takes less time than
the table of all their beginnings jieba would make.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from functools import cache
from typing import Any

_LONGEST = 16
"""Characters of the longest word of the dictionary."""


class _Frequencies(dict[str, int]):
    """How often each word is met; any short text counts as the beginning of a word, as jieba asks for."""

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and len(text) <= _LONGEST

    def __missing__(self, text: str) -> int:
        return 0


def segmenter(terms: Iterable[str], frequency: int) -> Any:  # noqa: ANN401 - jieba has no types
    """A tokenizer of jieba's that takes ``terms`` for words of the given frequency."""
    import jieba  # noqa: PLC0415 - slow to import, only for texts that need cutting

    jieba.setLogLevel(logging.ERROR)
    made = jieba.Tokenizer()
    made.FREQ, made.total = _Frequencies(_dictionary()), sum(_dictionary().values())
    made.initialized = True
    for term in terms:
        made.add_word(term, freq=frequency)
    return made


@cache
def _dictionary() -> dict[str, int]:
    import jieba  # noqa: PLC0415 - as above

    with jieba.get_module_res("dict.txt") as file:
        lines = file.read().decode("utf-8").splitlines()
    return {word: int(count) for word, count, *_ in (line.split(" ") for line in lines)}
