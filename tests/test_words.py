"""How typed values read in an official document."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.marks import unmarked
from notices.profile import Duration, Limit, Pending
from notices.wording.words import (
    BOUNDS,
    amount,
    bound,
    chinese,
    copies,
    day,
    day_of_week,
    figure,
    joined,
    month_day,
    years,
)


def test_chinese_numerals():
    assert [chinese(n) for n in (1, 10, 11, 20, 38, 99)] == ["一", "十", "十一", "二十", "三十八", "九十九"]
    more = {
        100: "一百",
        101: "一百零一",
        110: "一百一十",
        111: "一百一十一",
        1001: "一千零一",
        1010: "一千零一十",
        9999: "九千九百九十九",
    }
    assert {number: chinese(number) for number in more} == more
    for number in (0, 10_000, -1):
        with pytest.raises(ValueError, match=str(number)):
            chinese(number)


@given(st.integers(1, 9999))
def test_a_numeral_is_read_as_it_is_written(number):
    assert figure(chinese(number)) == number
    assert figure(str(number)) == figure(f"{number:,}") == number


def test_what_is_no_numeral_is_not_read():
    assert figure("两千万") == 20_000_000
    assert figure("二〇二四") == 2024
    assert [figure(text) for text in ("", "几十", "3点5")] == [None, None, None]


@pytest.mark.parametrize("op", [op for op in BOUNDS if op != "=="])
def test_a_bound_is_read_as_it_is_written(op):
    """Each word belongs to one bound; the nearest on the left of a figure is found first, 不超过 before 超过."""
    words = BOUNDS[op].written
    first = next(one for one, bound in BOUNDS.items() if bound.before and re.search(rf"(?:{bound.before})$", words))
    assert first == op


def test_the_day_of_a_week():
    assert "".join(day_of_week(dt.date(2024, 5, 27) + dt.timedelta(days=n)) for n in range(7)) == "一二三四五六日"
    assert month_day(dt.date(2024, 4, 5)) == "4月5日"


def test_dates_have_no_leading_zeros():
    assert day(dt.date(2024, 5, 8)) == "2024年5月8日"
    assert unmarked(day(Pending(pending="成文日期"))) == "【待定：成文日期】"
    assert month_day("04-05") == "4月5日"


@pytest.mark.parametrize(
    ("op", "value", "unit", "words"),
    [
        (">", "50", "%", "超过50%"),
        (">=", "50", "%", "不低于50%"),
        ("<", "90", "%", "低于90%"),
        ("<=", "15", "项", "不超过15项"),
        (">=", "10", "人", "不少于10人"),
        (">=", "0.5", "吨标准煤", "不低于0.5吨标准煤"),
        ("==", "5", "%", "5%"),
    ],
)
def test_less_than_never_becomes_a_bare_number(op, value, unit, words):
    limit = Limit(fact="x", op=op, value=Decimal(value), unit=unit)
    assert bound(limit) == words


def test_the_way_of_counting_follows_the_limit():
    limit = Limit(fact="x", op=">=", value=Decimal(3000), unit="吨标准煤", basis="电力折标系数按当量值")
    assert bound(limit) == "不低于3000吨标准煤（电力折标系数按当量值）"


def test_spans():
    assert bound(Duration(value=Decimal(7), unit="工作日", op=">=")) == "不少于7个工作日"
    assert amount(Duration(value=Decimal(12), unit="个月")) == "12个月"
    assert years(Duration(value=Decimal(3), unit="年")) == "三年"


def test_lists_take_no_comma_between_titles():
    assert joined(["甲", "乙"], open_ended=True) == "甲、乙等"
    assert joined(["《甲》", "《乙》"]) == "《甲》《乙》"
    assert (copies(1), copies(2), copies(3)) == ("一式一份", "一式两份", "一式三份")
