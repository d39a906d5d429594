"""Working days: facts everyone knows, what holds for all days, and years nobody can know yet."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.errors import NotFoundError
from notices.wording.workdays import add_workdays, is_workday, known_years, workday_before, workdays_between

D = dt.date.fromisoformat
DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2026, 6, 30))

WORK = [  # weekends the State Council made workdays
    "2024-02-04",
    "2024-02-18",
    "2024-04-07",
    "2024-04-28",
    "2024-05-11",
    "2024-09-14",
    "2024-09-29",
    "2024-10-12",
    "2025-01-26",
    "2025-02-08",
    "2025-04-27",
    "2025-09-28",
    "2025-10-11",
    "2026-02-14",
    "2026-02-28",
]
REST = [  # weekdays off
    "2024-01-01",
    "2024-02-12",
    "2024-04-04",
    "2024-05-01",
    "2024-06-10",
    "2024-09-16",
    "2024-10-07",
    "2025-01-01",
    "2025-01-28",
    "2025-02-04",
    "2025-04-04",
    "2025-05-05",
    "2025-06-02",
    "2025-10-08",
    "2026-02-17",
    "2026-10-01",
]


@pytest.mark.parametrize("day", WORK)
def test_make_up_workdays_count(day):
    assert D(day).weekday() >= 5
    assert is_workday(D(day))


@pytest.mark.parametrize("day", REST)
def test_holidays_on_weekdays_do_not(day):
    assert D(day).weekday() < 5
    assert not is_workday(D(day))


def test_plain_days():
    assert is_workday(D("2024-04-03"))
    assert not is_workday(D("2024-06-01"))


def test_the_working_day_before():
    assert workday_before(D("2024-06-10")) == D("2024-06-07")
    assert workday_before(D("2025-10-08")) == D("2025-09-30")
    assert workday_before(D("2024-10-12")) == D("2024-10-12"), "a workday is its own"


def test_counting_over_a_holiday():
    assert add_workdays(D("2024-09-30"), 1) == D("2024-10-08")
    assert add_workdays(D("2024-10-11"), 1) == D("2024-10-12"), "a make-up Saturday"
    assert add_workdays(D("2024-10-08"), -1) == D("2024-09-30")
    assert add_workdays(D("2024-06-09"), 0) == D("2024-06-09")
    assert workdays_between(D("2024-04-03"), D("2024-04-10")) == 4
    assert workdays_between(D("2024-04-10"), D("2024-04-03")) == -4


@pytest.mark.parametrize("day", ["2003-12-30", "2099-01-02"])
def test_a_year_the_calendar_does_not_know_is_refused(day):
    for call in (is_workday, workday_before, lambda date: add_workdays(date, 1), lambda date: add_workdays(date, -1)):
        with pytest.raises(NotFoundError, match=day[:4] if call in (is_workday, workday_before) else "年"):
            call(D(day))


def test_the_years_end_where_the_calendar_ends():
    years = known_years()
    assert {2024, 2025, 2026} <= set(years)
    assert years == tuple(range(years[0], years[-1] + 1))
    assert is_workday(dt.date(years[-1], 3, 3)) in (True, False)
    with pytest.raises(NotFoundError):
        is_workday(dt.date(years[-1] + 1, 1, 1))
    with pytest.raises(NotFoundError):
        add_workdays(dt.date(years[-1], 12, 31), 1)


@given(DAYS, st.integers(0, 40))
def test_going_and_counting_agree(day, n):
    assert workdays_between(day, add_workdays(day, n)) == n
    assert n == 0 or is_workday(add_workdays(day, n))


@given(DAYS, DAYS)
def test_counting_back_is_counting_forth(a, b):
    assert workdays_between(a, b) == -workdays_between(b, a)


@given(DAYS)
def test_the_day_before_is_the_last_workday(day):
    found = workday_before(day)
    assert found <= day
    assert is_workday(found)
    assert not any(is_workday(found + dt.timedelta(days=n)) for n in range(1, (day - found).days + 1))
