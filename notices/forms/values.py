"""What may stand in a field: text as typed, or a cell's value, to a checked value; and how it is printed."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import TypeAlias

from stdnum.cn import uscc
from stdnum.exceptions import InvalidChecksum, ValidationError

from notices.forms.model import Field
from notices.profile.yamlfile import illegal_character
from notices.wording.words import day

Value: TypeAlias = str | int | Decimal | dt.date | tuple[str, ...]
"""What a field holds; an empty field has no value at all."""

Raw: TypeAlias = str | int | float | Decimal | bool | dt.date | dt.datetime | list[object] | None
"""What a reader hands over: YAML data, a cell's value, a piece of text."""

_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_NUMBER = re.compile(r"[-+]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?")
_PHONE = re.compile(r"0\d{2,3}-\d{7,8}(-\d{1,6})?|1[3-9]\d{9}|[48]00-?\d{3}-?\d{4}")
_BRACKETS = re.compile(r"\((0\d{2,3})\)-?")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_URL = re.compile(r"https?://[^\s<>]+")
_MOST_DIGITS = 15
"""Excel keeps fifteen digits of a number; longer codes arrive mangled."""
_MOST_CHARACTERS = 32_767
"""What a cell of a workbook holds."""

# GB/T 4754-2017: 97 divisions 01-97; a division of the manufacturing section C is 13-43.
_INDUSTRY = re.compile(r"[A-T]?(\d{2,4})")
_DIVISIONS = range(1, 98)


class BadValueError(Exception):
    """A value that may not stand in its field. ``str()`` says why, ``hint`` what to write."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


def parsed(field: Field, raw: Raw) -> Value | None:
    """The checked value of a field; None when it is empty.

    Raises:
        BadValueError: it is not one.
    """
    if raw is None or (isinstance(raw, str) and not raw.strip()):
        return None
    value = _PARSERS[field.type](field, raw)
    if value == ():
        return None
    if isinstance(value, int | Decimal):
        _within(field, Decimal(value))
    return value


def shown(field: Field, value: Value | None) -> str:
    """A value as it is printed in a form."""
    match value:
        case None:
            return ""
        case dt.date() if field.type == "month":
            return f"{value.year}年{value.month}月"
        case dt.date():
            return day(value)
        case Decimal():
            return f"{value:f}"
        case tuple():
            return "、".join(value)
        case _:
            return str(value)


def _text(field: Field, raw: Raw) -> str:
    if not isinstance(raw, str | int | float | Decimal) or isinstance(raw, bool):
        raise BadValueError(f"应是文字，实为“{_said(raw)}”", "在 Excel 里把单元格设为文本；在 YAML 里加引号")
    if not isinstance(raw, str):
        return _digits(raw)
    text = "\n".join(
        line.strip() for line in raw.replace("\t", " ").replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
    )
    if field.type != "long":
        text = " ".join(text.split("\n"))
    bad = illegal_character(text.replace("\n", ""))
    if bad is not None:
        raise BadValueError(f"含有不能印刷的字符 U+{ord(bad):04X}", "删除这个看不见的字符")
    most = int(field.most) if field.most is not None else _MOST_CHARACTERS
    if len(text) > most:
        raise BadValueError(f"有 {len(text)} 个字，最多 {most} 个", "删减到规定字数")
    return text


def _digits(raw: float | Decimal) -> str:
    """A number that stands for a code or a phone number, digit by digit."""
    number = _decimal(raw)
    text = f"{number.to_integral_value():f}" if number == number.to_integral_value() else f"{number:f}"
    if len(text.lstrip("-")) > _MOST_DIGITS:
        raise BadValueError(
            f"单元格是数字 {text}，超过 {_MOST_DIGITS} 位的末尾已被 Excel 改掉", "把单元格设为文本后重新填写"
        )
    return text


def _number(field: Field, raw: Raw) -> Decimal:
    if isinstance(raw, bool) or not isinstance(raw, str | int | float | Decimal):
        raise BadValueError(f"应是数，实为“{_said(raw)}”", "只写数字，单位已在列名里")
    text = (
        unicodedata.normalize("NFKC", str(raw)).strip().removesuffix("%" if field.type == "percent" else "\0").strip()
    )
    try:
        number = _decimal(raw) if isinstance(raw, float) else Decimal(text.replace(",", ""))
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite() or (isinstance(raw, str) and not _NUMBER.fullmatch(text)):
        raise BadValueError(f"应是数，实为“{_said(raw)}”", "只写数字，单位已在列名里")
    if len(number.as_tuple().digits) > _MOST_DIGITS or not -_MOST_DIGITS <= number.adjusted() < _MOST_DIGITS:
        raise BadValueError(f"数字太长：{text[:30]}", f"最多 {_MOST_DIGITS} 位有效数字")
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _decimal(raw: float | Decimal) -> Decimal:
    """A number as Excel shows it: the file has 92.30000000000001 where 92.3 was typed."""
    return Decimal(f"{raw:.{_MOST_DIGITS}g}") if isinstance(raw, float) else Decimal(raw)


def _said(raw: object) -> str:
    """A value in a message: a day without its midnight, and not too long."""
    text = f"{raw:%Y-%m-%d}" if isinstance(raw, dt.datetime) and raw.time() == dt.time() else str(raw)
    return text if len(text) <= 30 else f"{text[:30]}…"


def _integer(field: Field, raw: Raw) -> int:
    number = _number(field, raw)
    if number != number.to_integral_value():
        raise BadValueError(f"应是整数，实为 {number}", "不写小数")
    return int(number)


def _within(field: Field, number: Decimal) -> None:
    least = field.least if field.least is not None else Decimal(0) if field.type == "percent" else None
    most = field.most if field.most is not None else Decimal(100) if field.type == "percent" else None
    unit = "%" if field.type == "percent" else (field.unit or "")
    if least is not None and number < least:
        raise BadValueError(f"{number}{unit} 太小", f"应不小于 {least}{unit}")
    if most is not None and number > most:
        raise BadValueError(f"{number}{unit} 太大", f"应不大于 {most}{unit}")


def _date(_: Field, raw: Raw) -> dt.date:
    if isinstance(raw, dt.datetime):
        return raw.date()
    if isinstance(raw, dt.date):
        return raw
    match = _DATE.fullmatch(_flat(raw))
    if match is None:
        number = isinstance(raw, int | float) and not isinstance(raw, bool)
        hint = "把单元格设为日期格式，或写成 2024-05-31" if number else "例如 2024-05-31"
        raise BadValueError(f"应是日期，实为“{_said(raw)}”", hint)
    return _day(*(int(part) for part in match.groups() if part))


def _month(_: Field, raw: Raw) -> dt.date:
    if isinstance(raw, dt.date):
        return dt.date(raw.year, raw.month, 1)
    match = _MONTH.fullmatch(_flat(raw))
    if match is None:
        raise BadValueError(f"应是年月，实为“{_said(raw)}”", "例如 2024-05")
    return _day(int(match[1]), int(match[2]), 1)


def _day(year: int, month: int, day: int) -> dt.date:
    try:
        return dt.date(year, month, day)
    except ValueError:
        raise BadValueError(f"没有这一天：{year}-{month}-{day}", "例如 2024-05-31") from None


def _year(_: Field, raw: Raw) -> int:
    if isinstance(raw, dt.date):
        return raw.year
    text = _flat(raw).removesuffix("年").removesuffix("度").removesuffix("年")
    if not re.fullmatch(r"(19|20)\d\d", text):
        raise BadValueError(f"应是年份，实为“{_said(raw)}”", "例如 2024")
    return int(text)


def _code(field: Field, raw: Raw) -> str:
    text = unicodedata.normalize("NFKC", _text(field, raw)).replace(" ", "").upper()
    try:
        return str(uscc.validate(text))
    except InvalidChecksum:
        raise BadValueError(f"统一社会信用代码 {text} 的校验码不对", "对照营业执照逐位核对") from None
    except ValidationError:
        raise BadValueError(f"统一社会信用代码 {text} 不对（{len(text)} 位）", "应为 18 位数字和大写字母") from None


def _industry(field: Field, raw: Raw) -> str:
    """A code of GB/T 4754-2017 by its shape: section letter perhaps, then two to four digits."""
    text = unicodedata.normalize("NFKC", _text(field, raw)).upper()
    if not isinstance(raw, str):  # a number has lost the zero it began with, if it had one
        if len(text) == 3:
            raise BadValueError(f"单元格是数字 {text}，分不清是 {text} 还是 0{text}", "把单元格设为文本后重新填写")
        text = text.zfill(2)
    match = _INDUSTRY.fullmatch(text)
    if match is None or int(match[1][:2]) not in _DIVISIONS:
        raise BadValueError(
            f"行业代码 {text} 不符合 GB/T 4754 的形式", "写大类（2 位）、中类（3 位）或小类（4 位）代码，如 3011"
        )
    return text


def _phone(field: Field, raw: Raw) -> str:
    text = unicodedata.normalize("NFKC", _text(field, raw)).replace(" ", "").replace("—", "-").replace("–", "-")
    text = _BRACKETS.sub(r"\1-", text).replace("转", "-").replace("+86-", "").replace("+86", "")
    numbers = [part for part in re.split(r"[、,;/，；]", text) if part]
    if not numbers or not all(_PHONE.fullmatch(part) for part in numbers):
        raise BadValueError(f"电话 {text} 不对", "写区号-号码（如 0771-8095256）或 11 位手机号")
    return "、".join(numbers)


def _email(field: Field, raw: Raw) -> str:
    return _matching(field, raw, _EMAIL, "邮箱", "应如 name@example.com")


def _url(field: Field, raw: Raw) -> str:
    return _matching(field, raw, _URL, "网址", "应以 https:// 开头")


def _matching(field: Field, raw: Raw, pattern: re.Pattern[str], name: str, hint: str) -> str:
    text = unicodedata.normalize("NFKC", _text(field, raw)).strip()
    if not pattern.fullmatch(text):
        raise BadValueError(f"{name} {text[:40]} 不对", hint)
    return text


def _choice(field: Field, raw: Raw) -> str:
    return _chosen(field, [_text(field, raw)])[0]


def _choices(field: Field, raw: Raw) -> tuple[str, ...]:
    parts = raw if isinstance(raw, list) else re.split(r"[、,，;；\n]", _text(field, raw))
    return _chosen(field, [str(part) for part in parts if str(part).strip()])


def _chosen(field: Field, names: list[str]) -> tuple[str, ...]:
    """The choices named, each as the form writes it: a full-width １级 or 1 级 is 1级."""
    known = {_flat(choice): choice for choice in field.choices}
    unknown = [name.strip() for name in names if _flat(name) not in known]
    if unknown:
        raise BadValueError(f"没有“{_said('、'.join(unknown))}”这一项", f"可填：{'、'.join(field.choices)}")
    return tuple(dict.fromkeys(known[_flat(name)] for name in names))


_YES = frozenset({"是", "√", "✓", "✔", "☑", "y", "yes", "true", "对"})
_NO = frozenset({"否", "×", "✗", "✘", "x", "n", "no", "false", "不是"})
_HAVE = {"有": "是", "无": "否", "没有": "否"}
_ASIDE = re.compile(r"(.+?)\((.+)\)")
"""否（无）: an answer, and the same in other words."""


def _yesno(field: Field, raw: Raw) -> str:
    """Yes or no in the words of whoever fills it in; 有 and 无 only where the field asks what there is."""
    if isinstance(raw, bool):
        return "是" if raw else "否"
    text = _flat(raw).lower()
    aside = _ASIDE.fullmatch(text)
    answers = {_answer(field, aside[1]), _answer(None, aside[2])} if aside else {_answer(field, text)}
    answer = answers.pop() if len(answers) == 1 else None
    if answer is None:
        raise BadValueError(f"应填是或否，实为“{_said(raw)}”", "填“是”或“否”")
    return answer


def _answer(field: Field | None, word: str) -> str | None:
    if word in _HAVE:
        return _HAVE[word] if field is None or field.label.startswith(("有", "具有", "具备")) else None
    return "是" if word in _YES else "否" if word in _NO else None


def reread(field: Field, raw: Raw, value: Value | None) -> str:
    """What is said where a yes or no was given in other words; empty where it was not."""
    if field.type != "yesno" or value is None or not isinstance(raw, str) or raw.strip() == value:
        return ""
    return f"“{_said(raw.strip())}”{READ_AS}“{value}”"


READ_AS = "读作"
"""Between what was written and what it is taken for."""


def _flat(raw: object) -> str:
    text = str(int(raw)) if isinstance(raw, float) and raw.is_integer() else str(raw)
    return unicodedata.normalize("NFKC", text).replace(" ", "")


_PARSERS: dict[str, Callable[[Field, Raw], Value]] = {
    "index": _integer,
    "text": _text,
    "long": _text,
    "integer": _integer,
    "number": _number,
    "percent": _number,
    "date": _date,
    "month": _month,
    "year": _year,
    "code": _code,
    "industry": _industry,
    "phone": _phone,
    "email": _email,
    "url": _url,
    "choice": _choice,
    "choices": _choices,
    "yesno": _yesno,
}
