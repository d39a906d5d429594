"""A form with every kind of field, in a workspace of its own; data to fill it with, right and wrong."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from hypothesis import strategies as st
from stdnum.cn import uscc

from notices.forms.catalogue import Catalogue, Sheet
from notices.forms.data.records import Record
from notices.forms.model import Field
from notices.library import Library

KINDS = """\
name: 各种栏目
basis: 测试
page: landscape
fields:
  unit: {label: 单位名称, required: true, width: 8}
  t-text: {label: 文字栏}
  t-long: {label: 长文栏, type: long, width: 10}
  t-integer: {label: 整数栏, type: integer, unit: 家}
  t-number: {label: 数栏, type: number, unit: 吨}
  t-percent: {label: 比例栏, type: percent}
  t-date: {label: 日期栏, type: date}
  t-month: {label: 月份栏, type: month}
  t-year: {label: 年份栏, type: year}
  t-code: {label: 代码栏, type: code}
  t-industry: {label: 行业栏, type: industry}
  t-phone: {label: 电话栏, type: phone}
  t-email: {label: 邮箱栏, type: email}
  t-url: {label: 网址栏, type: url}
  t-choice: {label: 单选栏, type: choice, choices: [1级, 标杆水平, 其他]}
  t-choices: {label: 多选栏, type: choices, choices: [甲类, 乙类, 丙类]}
  t-yesno: {label: 是否栏, type: yesno}
  item: {label: 项目}
parts:
  - grid: [[unit, %(first)s], %(rest)s]
  - table: all
    name: 明细
    columns: [number, %(all)s]
  - table: fixed
    name: 给定行
    columns: [item, t-number, t-text]
    rows: [{item: 第一项}, {item: 第二项}, {item: 第三项}]
"""
LIST = """\
name: 汇总表
basis: 测试
page: landscape
fields:
  firm: {label: 企业名称, required: true, width: 8}
  firm-code: {label: 统一社会信用代码, type: code, required: true}
  rated: {label: 得分, type: number, least: 0, most: 100, required: true}
  share: {label: 占比, type: percent}
  listed: {label: 列入年度, type: year}
  day: {label: 日期, type: date}
  trade: {label: 行业代码, type: industry}
  call: {label: 电话, type: phone}
  mail: {label: 邮箱, type: email}
  grade: {label: 等级, type: choice, choices: [1级, 2级]}
  words: {label: 说明, type: long, width: 6}
parts:
  - table: firms
    name: 企业
    small: true
    columns: [number, firm, firm-code, rated, share, listed, day, trade, call, mail, grade, words]
"""
SUMMARY = """\
name: 分表
basis: 测试
fields:
  office: {label: 推荐单位, required: true}
  firm: {label: 企业名称, required: true, width: 8}
  size: {label: 人数, type: integer}
parts:
  - line: [office]
  - {table: factory, name: 工厂表, for: [factory], columns: [number, firm, size]}
  - {table: park, name: 园区表, for: [park], columns: [number, firm, size]}
"""
COLUMNS = [
    "企业名称",
    "统一社会信用代码",
    "得分",
    "占比（%）",
    "列入年度",
    "日期",
    "行业代码",
    "电话",
    "邮箱",
    "等级",
    "说明",
]
KEYS = ["firm", "firm-code", "rated", "share", "listed", "day", "trade", "call", "mail", "grade", "words"]
TYPES = (
    *("text", "long", "integer", "number", "percent", "date", "month", "year", "code"),
    *("industry", "phone", "email", "url", "choice", "choices", "yesno"),
)


def code(number: int) -> str:
    """A sound 统一社会信用代码."""
    body = f"91459900{number:09d}"
    return body + uscc.calc_check_digit(body)


def row(number: int) -> list[str]:
    """A sound row of the list, as texts."""
    start = [f"第{number}制造有限公司", code(number), f"{number % 100}.5", "52", "2023", "2024-05-31", "3011"]
    return [*start, "0779-6100118", f"a{number}@example.com", "1级", f"说明{number}"]


def office(folder: Path, profile: Path) -> Path:
    """A workspace with the forms above as attachments 1 (list), 2 (kinds), 3 (parts)."""
    (folder / "provinces/testland").mkdir(parents=True)
    (folder / "templates/forms").mkdir(parents=True)
    text = profile.read_text("utf-8").replace(
        "  summary: {title: 推荐汇总表, cite: 附件}\n",
        "  summary: {title: 企业汇总表, cite: 附件, kind: table, forms: [list]}\n"
        "  kinds: {title: 各种栏目表, cite: 附件, kind: report, forms: [kinds]}\n"
        "  parts: {title: 分表汇总, cite: 附件, kind: table, forms: [parts]}\n",
    )
    (folder / "provinces/testland/2024.yaml").write_text(text, "utf-8")
    names = [f"t-{kind}" for kind in TYPES]
    pairs = ", ".join(f"[{a}, {b}]" for a, b in zip(names[1::2], [*names[2::2], ""], strict=True) if b)
    last = f"[{names[-1]}]"
    kinds = KINDS % {"first": names[0], "rest": f"{pairs}, {last}", "all": ", ".join(names)}
    for name, form in (("kinds", kinds), ("list", LIST), ("parts", SUMMARY)):
        (folder / f"templates/forms/{name}.yaml").write_text(form, "utf-8")
    return folder


def sheet(folder: Path, number: int) -> Sheet:
    """One of the workspace's attachments."""
    library = Library.at(folder)
    return Catalogue(library).sheet(library.load("testland"), str(number))


def field(kind: str, **changes: object) -> Field:
    """A field of a type."""
    choices = {"choice": ["1级", "标杆水平"], "choices": ["甲类", "乙类", "丙类"]}.get(kind)
    return Field.model_validate(
        {"label": "栏", "type": kind} | ({"choices": tuple(choices)} if choices else {}) | changes
    )


_PLAIN = st.text("甲乙丙丁企业公司ABCxyz019=+-@#'\"，。；（）、% /\\", min_size=1, max_size=30)
TEXT = _PLAIN.map(lambda text: " ".join(text.split())).filter(bool)
LONG = st.lists(TEXT, min_size=1, max_size=4).map("\n".join)
DAYS = st.dates(dt.date(1949, 10, 1), dt.date(2099, 12, 31))
VALUES: dict[str, st.SearchStrategy] = {
    "text": TEXT,
    "long": LONG,
    "integer": st.integers(-(10**14), 10**14),
    "number": st.decimals(-(10**9), 10**9, allow_nan=False, places=4).map(lambda n: +n),
    "percent": st.decimals(0, 100, allow_nan=False, places=2),
    "date": DAYS,
    "month": DAYS.map(lambda day: day.replace(day=1)),
    "year": st.integers(1949, 2099),
    "code": st.integers(0, 10**9 - 1).map(code),
    "industry": st.sampled_from(["01", "0111", "3011", "C3011", "97", "301"]),
    "phone": st.sampled_from(
        ["0779-6100118", "13907790012", "010-68205340", "400-800-1234", "0779-6100118、13907790012"]
    ),
    "email": st.sampled_from(["a@b.cn", "x.y+z@mail.example.com"]),
    "url": st.sampled_from(["https://a.cn/b?c=d&e=f", "http://example.com"]),
    "choice": st.sampled_from(["1级", "标杆水平"]),
    "choices": st.lists(st.sampled_from(["甲类", "乙类", "丙类"]), min_size=1, unique=True).map(tuple),
    "yesno": st.sampled_from(["是", "否"]),
}
assert set(VALUES) == set(TYPES)


def equal(one: object, other: object) -> bool:
    """Equal values; a number is what it is, however its zeros are written."""
    if isinstance(one, int | Decimal) and isinstance(other, int | Decimal):
        return Decimal(one) == Decimal(other)
    return one == other and type(one) is type(other)


def same(one: Record, other: Record) -> bool:
    """Equal records; a given row left empty is as good as none."""
    tables = {name: _filled(one.tables.get(name, ())) for name in {*one.tables, *other.tables}}
    return _rows([one.values], [other.values]) and all(
        _rows(rows, _filled(other.tables.get(name, ()))) for name, rows in tables.items()
    )


def _filled(rows):
    last = max((n for n, row in enumerate(rows, 1) if row), default=0)
    return list(rows)[:last]


def _rows(ones, others):
    return len(ones) == len(others) and all(
        dict(a).keys() == dict(b).keys() and all(equal(a[key], b[key]) for key in a)
        for a, b in zip(ones, others, strict=True)
    )
