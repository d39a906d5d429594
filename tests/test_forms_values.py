"""Values of fields: what is taken, how it is printed, what is refused and with which words."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from formsheets import TYPES, VALUES, code, equal, field
from hypothesis import given
from hypothesis import strategies as st

from notices.forms.values import BadValueError, parsed, shown


@pytest.mark.parametrize("kind", TYPES)
@given(data=st.data())
def test_what_is_printed_is_read_back_as_the_same_value(kind, data):
    value = data.draw(VALUES[kind])
    here = field(kind)
    once = parsed(here, list(value) if isinstance(value, tuple) else value)
    assert once is not None
    again = parsed(here, shown(here, once))
    assert equal(once, again), (once, shown(here, once), again)


@pytest.mark.parametrize("kind", TYPES)
@given(raw=st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.none()))
def test_anything_at_all_is_a_value_or_refused_with_a_reason_and_a_hint(kind, raw):
    here = field(kind)
    try:
        value, refused = parsed(here, raw), None
    except BadValueError as error:
        value, refused = None, error
    if refused is not None:
        assert str(refused)
        assert refused.hint
        return
    printed = shown(here, value)
    assert (value is None) == (printed == "")
    assert "\0" not in printed


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("raw", [None, "", " ", "　", "\n"])
def test_nothing_is_no_value(kind, raw):
    assert parsed(field(kind), raw) is None


NOON = dt.datetime(2024, 5, 31, 12)  # noqa: DTZ001 - cells have no zone
DAY = NOON.replace(hour=0)
GOOD = [
    ("number", "3,260", Decimal(3260)),
    ("number", "９２．5", Decimal("92.5")),
    ("number", "+90", Decimal(90)),
    ("number", " 7 ", Decimal(7)),
    ("number", 92.30000000000001, Decimal("92.3")),
    ("number", 0.1 + 0.2, Decimal("0.3")),
    ("integer", "1,200", 1200),
    ("integer", 12.0, 12),
    ("percent", "52%", Decimal(52)),
    ("percent", "５２％", Decimal(52)),
    ("percent", 100, Decimal(100)),
    ("date", "2024.5.31", dt.date(2024, 5, 31)),
    ("date", "2024年5月31日", dt.date(2024, 5, 31)),
    ("date", "2024/05/31", dt.date(2024, 5, 31)),
    ("date", "20240531", dt.date(2024, 5, 31)),
    ("date", "２０２４-５-３１", dt.date(2024, 5, 31)),
    ("date", NOON, dt.date(2024, 5, 31)),
    ("month", "2024年5月", dt.date(2024, 5, 1)),
    ("month", DAY, dt.date(2024, 5, 1)),
    ("year", "2024年度", 2024),
    ("year", 2024.0, 2024),
    ("code", f" {code(1)[:8]} {code(1)[8:]} ".lower(), code(1)),
    ("industry", 3011, "3011"),
    ("industry", "c3011", "C3011"),
    ("industry", "３０１１", "3011"),
    ("industry", "0111", "0111"),
    ("industry", 7, "07"),
    ("phone", "（0779）6100118", "0779-6100118"),
    ("phone", "0779—6100118转8001", "0779-6100118-8001"),
    ("phone", "+86 139 0779 0012", "13907790012"),
    ("phone", 13907790012, "13907790012"),
    ("phone", "400-800-1234", "400-800-1234"),
    ("phone", "0779-6100118/13907790012", "0779-6100118、13907790012"),
    ("choice", "１级", "1级"),
    ("choice", " 1 级", "1级"),
    ("choices", "丙类，甲类；甲类", ("丙类", "甲类")),
    ("yesno", True, "是"),
    ("text", "=1+1", "=1+1"),
    ("text", "两\r\n行", "两 行"),
    ("long", "两\r\n行", "两\n行"),
    ("text", 530000, "530000"),
    ("text", 91.5, "91.5"),
]


@pytest.mark.parametrize(("kind", "raw", "value"), GOOD)
def test_what_people_write_is_understood(kind, raw, value):
    assert equal(parsed(field(kind), raw), value)


BAD = [
    ("number", "1e5", "应是数"),
    ("number", "NaN", "应是数"),
    ("number", float("nan"), "应是数"),
    ("number", float("inf"), "应是数"),
    ("number", "32,60", "应是数"),
    ("number", "92分", "应是数"),
    ("number", "52%", "应是数"),
    ("number", "约90", "应是数"),
    ("number", True, "应是数"),
    ("number", DAY, "“2024-05-31”"),
    ("number", "1234567890123456", "太长"),
    ("number", 1e28, "太长"),
    ("number", 1e-300, "太长"),
    ("integer", 10**15, "太长"),
    ("integer", "1.5", "整数"),
    ("percent", "101", "太大"),
    ("percent", "-1%", "太小"),
    ("date", "2024-02-30", "没有这一天"),
    ("date", "5月31日", "应是日期"),
    ("date", 45443, "应是日期"),
    ("month", "2024-13", "没有这一天"),
    ("year", "24", "应是年份"),
    ("code", code(1)[:-1], "17 位"),
    ("code", 914599000000000010, "末尾已被 Excel 改掉"),
    ("industry", "30111", "GB/T 4754"),
    ("industry", "Z301", "GB/T 4754"),
    ("industry", "9811", "GB/T 4754"),
    ("industry", 111, "分不清"),
    ("phone", "12345", "电话"),
    ("phone", "07796100118", "电话"),
    ("email", "甲@乙", "邮箱"),
    ("url", "www.a.cn", "网址"),
    ("choice", "二级", "没有“二级”"),
    ("choices", "甲类、丁类", "没有“丁类”"),
    ("yesno", "有", "是或否"),
    ("text", "厂\x07", "U+0007"),
    ("text", "厂\u200b", "U+200B"),
    ("text", "\u202e厂", "U+202E"),
    ("text", True, "应是文字"),
    ("text", ["甲"], "应是文字"),
    ("long", "字" * 40_000, "最多 32767"),
]


@pytest.mark.parametrize(("kind", "raw", "words"), BAD)
def test_what_cannot_be_is_refused_and_the_message_says_why(kind, raw, words):
    with pytest.raises(BadValueError) as caught:
        parsed(field(kind), raw)
    assert words in str(caught.value)
    assert caught.value.hint
    assert len(str(caught.value)) < 120


@given(st.integers(0, 10**9 - 1), st.integers(0, 16), st.sampled_from("0123456789ABCDEFGHJKLMNPQRTUWXY"))
def test_one_wrong_character_of_a_code_is_found(number, place, char):
    sound = code(number)
    assert parsed(field("code"), sound) == sound
    wrong = sound[:place] + char + sound[place + 1 :]
    if wrong != sound:
        with pytest.raises(BadValueError):
            parsed(field("code"), wrong)


def test_limits_of_the_field_hold():
    limited = field("number", least=0, most=100, unit="分")
    assert parsed(limited, "100") == 100
    for raw, words in (("-0.1", "-0.1分 太小"), ("100.5", "100.5分 太大")):
        with pytest.raises(BadValueError, match=words):
            parsed(limited, raw)
    with pytest.raises(BadValueError, match="最多 3 个"):
        parsed(field("text", most=3), "四个字了")
