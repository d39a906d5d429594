"""The numbers Word writes before paragraphs by itself: 一、（一）1. stand in no text, only in numbering.xml."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from notices.ooxml.package import Package
from notices.wording.words import chinese

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
)
_SERIES = {
    "upperLetter": "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "lowerLetter": "abcdefghijklmnopqrstuvwxyz",
    "decimalEnclosedCircle": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedCircleChinese": "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳",
    "decimalEnclosedFullstop": "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛",
    "decimalEnclosedParen": "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇",
    "ideographTraditional": "甲乙丙丁戊己庚辛壬癸",
    "ideographZodiac": "子丑寅卯辰巳午未申酉戌亥",
}
"""Formats that count by a row of signs; past its end nobody knows how they go on."""
_ROMAN = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_DIGITS = {
    **dict.fromkeys(("decimal", "decimalHalfWidth"), "0123456789"),
    **dict.fromkeys(("ideographDigital", "japaneseDigitalTenThousand"), "〇一二三四五六七八九"),
    "decimalFullWidth": "０１２３４５６７８９",
}


class Numbers:
    """Counts as it goes: call :meth:`of` for every paragraph, in order.

    Args:
        styles: ``w:style`` elements by id.
        root: the root of the numbering part; None where there is none.
    """

    def __init__(self, styles: Mapping[str, Any], root: Any) -> None:  # noqa: ANN401 - lxml elements have no types
        self.unknown = 0
        self._counts: dict[tuple[str, int], int] = {}
        self._styles = styles
        abstract = {} if root is None else {one.get(f"{_W}abstractNumId"): one for one in root.iter(f"{_W}abstractNum")}
        self._lists = {} if root is None else {
            one.get(f"{_W}numId"): (_value(one, "abstractNumId"), abstract.get(_value(one, "abstractNumId")))
            for one in root.findall(f"{_W}num")
        }  # fmt: skip
        self._restarts = {} if root is None else {
            (one.get(f"{_W}numId"), int(level.get(f"{_W}ilvl"))): int(_value(level, "startOverride") or 1)
            for one in root.findall(f"{_W}num")
            for level in one.findall(f"{_W}lvlOverride")
            if level.find(f"{_W}startOverride") is not None
        }  # fmt: skip

    def level(self, paragraph: Any) -> Any:  # noqa: ANN401
        """The ``w:lvl`` of a paragraph's list, which says how it is set; None when it is in none."""
        found = self._properties(paragraph.find(f"{_W}pPr"), set())
        return self._form(*found) if found else None

    def of(self, paragraph: Any) -> str:  # noqa: ANN401
        """The number before a paragraph, empty when it has none."""
        found = self._properties(paragraph.find(f"{_W}pPr"), set())
        if found is None or (form := self._form(*found)) is None:
            return ""
        identity, level = found
        name, abstract = self._lists[identity]
        if (begins := self._restarts.pop((identity, level), None)) is not None:
            self._counts[name or "", level] = begins - 1
        count = self._next(name, level, int(_value(form, "start") or 1))
        shape = _value(form, "lvlText") or ""
        if _value(form, "numFmt") in {"bullet", "none"} or "%" not in shape:
            return ""
        return self._shown(name, abstract, shape, level, count)

    def _form(self, identity: str, level: int) -> Any:  # noqa: ANN401
        _, abstract = self._lists.get(identity, (None, None))
        levels = () if abstract is None else abstract.findall(f"{_W}lvl")
        return next((one for one in levels if one.get(f"{_W}ilvl") == str(level)), None)

    def _properties(self, holder: Any, seen: set[str]) -> tuple[str, int] | None:  # noqa: ANN401
        """(list, level) of a paragraph, its own or its style's; list 0 is none."""
        if holder is None:
            return None
        numbered = holder.find(f"{_W}numPr")
        identity = _value(numbered, "numId") if numbered is not None else None
        if identity:
            return None if identity == "0" else (identity, int(_value(numbered, "ilvl") or 0))
        style = _value(holder, "pStyle") or _value(holder.getparent(), "basedOn")
        if not style or style in seen or style not in self._styles:
            return None
        return self._properties(self._styles[style].find(f"{_W}pPr"), seen | {style})

    def _next(self, name: str | None, level: int, start: int) -> int:
        key = (name or "", level)
        self._counts[key] = self._counts.get(key, start - 1) + 1
        for other in [one for one in self._counts if one[0] == key[0] and one[1] > level]:
            del self._counts[other]
        return self._counts[key]

    def _shown(self, name: str | None, abstract: Any, shape: str, level: int, count: int) -> str:  # noqa: ANN401
        formats = {int(one.get(f"{_W}ilvl")): _value(one, "numFmt") for one in abstract.findall(f"{_W}lvl")}

        def put(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            number = count if at == level else self._counts.get((name or "", at), 1)
            said = _numeral(formats.get(at) or "decimal", number)
            if said is None:
                self.unknown += 1
            return str(number) if said is None else said

        return re.sub(r"%(\d)", put, shape)


def _numeral(form: str, number: int) -> str | None:
    """A number in one of Word's formats; None where we do not know how it is written."""
    if form in _CHINESE and 0 < number < 100:
        return chinese(number)
    if form in _DIGITS:
        return "".join(_DIGITS[form][int(digit)] for digit in str(number))
    if form == "decimalZero":
        return f"{number:02}"
    if form in _SERIES and 0 < number <= len(_SERIES[form]):
        return _SERIES[form][number - 1]
    if form in {"upperRoman", "lowerRoman"} and 0 < number < 40:
        said = "X" * (number // 10) + _ROMAN[number % 10]
        return said if form == "upperRoman" else said.lower()
    return None


def _value(element: Any, name: str) -> str | None:  # noqa: ANN401
    found = None if element is None else element.find(f"{_W}{name}")
    return None if found is None else found.get(f"{_W}val")


def numbers_of(package: Package) -> Numbers:
    """The numbers of a Word file's main part."""
    styles = package.xml(package.related("styles"))
    named = {} if styles is None else {one.get(f"{_W}styleId", ""): one for one in styles.iter(f"{_W}style")}
    return Numbers(named, package.xml(package.related("numbering")))
