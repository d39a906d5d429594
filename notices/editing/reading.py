"""What somebody writes in a field, as the file is to have it."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from notices.editing.kinds import FieldKind, Kind
from notices.editing.shown import Around, is_day, listed, reads, waits
from notices.errors import near
from notices.profile.yamlfile import illegal_character
from notices.taking.values import annual_days, clock, dates, measured, written
from notices.wording.spelling import tidy
from notices.wording.words import figure

_WAITS: Final = re.compile(r"【待定：(?P<what>[^】]+)】")
_FIGURE: Final = re.compile(r"-?\d+(\.\d+)?")


class MisreadError(Exception):
    """A field cannot be read: what is wrong, what to write instead, and at which part below it."""

    def __init__(self, message: str, hint: str, below: str = "") -> None:
        super().__init__(message)
        self.message, self.hint, self.below = message, hint, below


def read(kind: Kind, given: Any, held: Any, around: Around) -> Any:  # noqa: ANN401 - YAML data
    """What the file is to have; None for nothing. ``held`` is what it has now.

    Raises:
        MisreadError: it is no value of this kind.
    """
    if given is None or (isinstance(given, str | list | tuple | Mapping) and not given):
        return None
    _refuse(given)
    if kind.kind != "list" and (open_ := _open(kind, given, held)) is not None:
        return open_
    match kind.kind:
        case "list":
            return _list(kind, given, held, around)
        case "map" | "table":
            return _parts(kind, given, held, around)
        case "limit" | "duration":
            return _bounded(kind, given, held, around)
        case "person":
            return _person(kind, given, held, around)
        case "confirm":
            raise MisreadError("这一处不填值", "确认整条，或改它的文字")
        case "flag":
            return _flag(given)
    return _scalar(kind, given, held, around)


def _refuse(given: Any) -> None:  # noqa: ANN401
    if not isinstance(given, str | bool | int | float | Decimal | dt.date | list | tuple | Mapping):
        raise MisreadError("这样的值读不了", "写成文字")
    char = illegal_character(given.replace("\r\n", "\n")) if isinstance(given, str) else None
    if char is not None:
        raise MisreadError(f"有印不出来的字符 U+{ord(char):04X}", "删去它，重新输入")


def _open(kind: Kind, given: Any, held: Any) -> dict[str, str] | None:  # noqa: ANN401
    """The mark of a value to be confirmed: the one that stands there, or a new one."""
    if waits(given):
        open_ = {str(name): str(value) for name, value in given.items() if value is not None}
    elif isinstance(given, str) and (match := _WAITS.fullmatch(given.strip())):
        open_ = {"pending": match["what"]}
        if waits(held) and held["pending"] == match["what"]:
            return dict(held)
    else:
        return None
    if not kind.waits:
        raise MisreadError("这一项不能待定", "写上值")
    return open_


def _scalar(kind: Kind, given: Any, held: Any, around: Around) -> Any:  # noqa: ANN401
    shown = given.isoformat() if isinstance(given, dt.date) else str(given)
    text = shown.replace("\r\n", "\n").strip()
    if not text:
        return None
    if reader := _READERS.get(kind.kind):
        return reader(kind, text, around)
    if "\n" in text and not (isinstance(held, str) and "\n" in held):
        raise MisreadError("这一项只写一行", "去掉换行")
    return text


def _plain(text: str) -> str:
    """In half-width characters."""
    return unicodedata.normalize("NFKC", text)


def _date(_: Kind, text: str, around: Around) -> str:
    for one in dates(text.removesuffix("前"), around.year):
        return one.isoformat()
    raise MisreadError(f"“{text}”不是日期，或没有这一天", "写成 2025年5月31日 或 2025-05-31")


def _annual(_: Kind, text: str, __: Around) -> str:
    plain = re.sub(r"^(\d{1,2})-(\d{1,2})$", r"\1月\2日", _plain(text))
    for one in annual_days(plain.removeprefix("每年").removesuffix("前")):
        if is_day(f"2024-{one}"):  # a leap year: 02-29 is a day some years
            return one
    raise MisreadError(f"“{text}”不是每年的一天", "写成 4月15日")


def _time(_: Kind, text: str, __: Around) -> str:
    hour = "24:00" if _plain(text) in {"24:00", "24点"} else clock(_plain(text))
    if hour is None:
        raise MisreadError(f"“{text}”不是几点几分", "写成 17:30，24 小时制")
    return hour


def _phone(_: Kind, text: str, __: Around) -> str:
    plain = re.sub("[—–－―‐‑]", "-", _plain(text)).replace(" ", "")
    return re.sub(r"^\((0\d{2,3})\)-?", r"\1-", plain)


def _narrow(_: Kind, text: str, __: Around) -> str:
    return _plain(text).replace(" ", "")


def _number(kind: Kind, text: str, _: Around) -> int | str:
    number = Decimal(tidy(text)) if _FIGURE.fullmatch(tidy(text)) else figure(tidy(text))
    if number is None or (kind.kind == "whole" and number != int(number)):
        raise MisreadError(f"“{text}”不是{'整数' if kind.kind == 'whole' else '数字'}", "只写数字，如 50")
    return written(number)


def _choice(kind: Kind, text: str, around: Around) -> str:
    choices = around.choices(kind)
    if text in choices:
        return text
    named = [value for value, name in choices.items() if name == text]
    if len(named) == 1:
        return named[0]
    wanted = "、".join(dict.fromkeys(choices.values()))
    raise MisreadError(f"没有“{text}”这一项", f"{near(text, choices.values())}可选：{wanted or '（还没有可选的）'}")


_READERS: Final[Mapping[FieldKind, Callable[[Kind, str, Around], Any]]] = {
    "date": _date,
    "annual": _annual,
    "time": _time,
    "number": _number,
    "whole": _number,
    "choice": _choice,
    "phone": _phone,
    "email": _narrow,
    "url": _narrow,
    "postcode": _narrow,
}


def _flag(given: Any) -> bool:  # noqa: ANN401
    found = {"是": True, "true": True, "on": True, "1": True, "否": False, "false": False, "off": False, "0": False}
    if isinstance(given, bool):
        return given
    if str(given).strip().lower() not in found:
        raise MisreadError(f"“{given}”不是“是”或“否”", "选“是”或“否”")
    return found[str(given).strip().lower()]


def _list(kind: Kind, given: Any, held: Any, around: Around) -> Any:  # noqa: ANN401
    item = kind.item or Kind("text")
    wanted = [one.strip() for one in given.split("\n")] if isinstance(given, str) else given
    if not isinstance(wanted, list | tuple):  # one alone
        wanted = [wanted]
    old = {reads(item, one, around): one for one in listed(held)}
    made = []
    for number, one in enumerate((one for one in wanted if one), 1):
        kept = old.get(one) if isinstance(one, str) else None
        try:
            made.append(kept if kept is not None else read(item, one, None, around))
        except MisreadError as error:
            raise MisreadError(f"第 {number} 项：{error.message}", error.hint, error.below) from None
    alone = kind.alone and len(made) == 1 and not isinstance(held, list)
    return (made[0] if alone else made) if made else None


def _parts(kind: Kind, given: Any, held: Any, around: Around) -> Any:  # noqa: ANN401
    """Named parts, each of its own kind; what is not given stays."""
    if not isinstance(given, Mapping):
        raise MisreadError("这一项由几部分组成", "逐部分填写")
    made = dict(held) if isinstance(held, Mapping) and not waits(held) else {}
    for name, one in given.items():
        part = kind.part(str(name))
        if part is None:
            known = {one.name for one in kind.parts}
            raise MisreadError(f"没有 {name} 这一部分", near(str(name), known) or "删去它", str(name))
        try:
            value = read(part, one, made.get(name), around)
        except MisreadError as error:
            below = f"{name}.{error.below}" if error.below else str(name)
            raise MisreadError(error.message, error.hint, below) from None
        if value is None:
            made.pop(str(name), None)
        else:
            made[str(name)] = value
    return made or None


def _bounded(kind: Kind, given: Any, held: Any, around: Around) -> Any:  # noqa: ANN401
    """A bound, a number and a unit: by its parts, or as it reads; what a text does not say stays as it was."""
    if isinstance(given, Mapping):
        return _parts(kind, given, held, around)
    text = str(given).strip()
    before: dict[str, Any] = dict(held) if isinstance(held, Mapping) and not waits(held) else {}
    unit = kind.part("unit")
    assert unit is not None  # noqa: S101 - both models have one
    units = dict.fromkeys((*([str(before["unit"])] if "unit" in before else ()), *around.choices(unit)))
    found = measured(text, units)
    if found is None and "unit" in before:  # 60, 不低于60
        found = measured(text + str(before["unit"]), [str(before["unit"])])
    if found is None:
        raise MisreadError(f"“{text}”读不出限度、数字和单位", f"写成 不低于60% 的样子；单位：{'、'.join(units)}")
    op, value, spelt = found
    after = before | {"value": written(value), "unit": spelt} | ({"op": op} if op else {})
    if kind.kind == "duration" and after.get("op") == "==" and "op" not in before:
        del after["op"]
    return after


_PHONE: Final = re.compile(r"[\d（）()—–－-]{7,}")


def _person(kind: Kind, given: Any, held: Any, around: Around) -> Any:  # noqa: ANN401
    """A name, telephones and an address of mail, in whatever order: 张三 0771-1234567."""
    if isinstance(given, Mapping):
        return _parts(kind, given, held, around)
    words = re.split(r"[\s、，,；;]+", str(given).strip())
    mails = [one for one in words if "@" in one]
    phones = [one for one in words if _PHONE.fullmatch(one)]
    names = [one for one in words if one not in {*mails, *phones}]
    if len(names) > 1 or len(mails) > 1:
        raise MisreadError(f"“{given}”不像一位联系人", "一行一位：姓名 电话 邮箱，如 张三 0771-1234567")
    told: dict[str, Any] = {"person": "".join(names), "phone": phones, "email": "".join(mails)}
    return _parts(kind, told, None, around)
