"""Days: in order, on working days, with time enough."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from notices.checks import Finding
from notices.errors import NotFoundError
from notices.lints.case import Case, lint
from notices.profile import Pending
from notices.profile.values import in_year
from notices.wording.workdays import is_workday, workday_before, workdays_between

LEAST = 10
"""Working days between the day of issue and a deadline that are thought enough: two weeks."""


@lint("deadline-rest-day", "warning")
def deadline_rest_day(case: Case) -> Iterator[Finding]:
    """截止日期是工作日。

    截止在周末或放假期间，材料没有人收。调休上班的周末算工作日，调休放假的工作日不算。放假安排还没有公布的年份不推算，只提醒没有核对。
    `annual` 的日期按本年度核对。

    通过：

    ```yaml
    deadlines: {city-to-province: {date: 2024-10-12}} # 星期六，国庆调休上班
    ```

    不通过：

    ```yaml
    deadlines: {city-to-province: {date: 2024-06-10}} # 星期一，端午节放假
    ```
    """
    for key, item in case.profile.deadlines.items():
        field, date = "date", item.date if isinstance(item.date, dt.date) else None
        if item.annual:
            field, date = "annual", in_year(item.annual, case.profile.year)
        if date is None:
            continue
        at = f"deadlines.{key}.{field}"
        try:
            if not is_workday(date):
                yield Finding(at, f"截止日期 {date} 是休息日", f"改到工作日，如此前的 {workday_before(date)}")
        except NotFoundError as error:
            yield Finding(at, f"没有核对 {date} 是不是工作日：{error}", "放假安排公布后再核对")


@lint("deadline-order", "error")
def deadline_order(case: Case) -> Iterator[Finding]:
    """期限逐级向后：下一级报给上一级，上一级再往上报。

    申报单位的期限不晚于市级，市级不晚于省级，省级不晚于所依据的国家通知。次序反了，中间一级没有材料可审。

    通过：

    ```yaml
    actors: {applicant: 申报单位}
    deadlines:
      applicant-to-city: {by: applicant, say: 提交申报材料, date: 2024-05-10, cite: 二}
      city-to-province: {date: 2024-05-31}
    ```

    不通过：

    ```yaml
    actors: {applicant: 申报单位}
    deadlines:
      applicant-to-city: {by: applicant, say: 提交申报材料, date: 2024-06-14, cite: 二}
      city-to-province: {date: 2024-05-31}
    ```
    """
    dated = {key: (d, d.date) for key, d in case.profile.deadlines.items() if isinstance(d.date, dt.date)}
    for key, (lower, date) in dated.items():
        for other, (upper, limit) in dated.items():
            first = lower.to is None and lower.by == "applicant" and upper.by != "applicant" and upper.to
            if (lower.to == upper.by or first) and date > limit:
                message = f"{date} 晚于上一级的期限 {limit}（deadlines.{other}）"
                yield Finding(f"deadlines.{key}.date", message, "先由下一级报送，再由上一级往上报；核对两个日期")
    limit_date = _national_limit(case)
    for key, (lower, date) in dated.items():
        if limit_date and lower.to == "province" and date > limit_date:
            message = f"{date} 晚于国家通知的期限 {limit_date}（{case.profile.answers}）"
            yield Finding(f"deadlines.{key}.date", message, "省级还要审核推荐，本级期限要早于国家的期限")


def _national_limit(case: Case) -> dt.date | None:
    """The day by which provinces recommend this year, where the edition answers this year's national notice."""
    line = case.national.profile if case.national else None
    if line is None or line.year != case.profile.year or case.profile.answers != line.edition:
        return None
    item = line.deadlines.get("province-to-ministry")
    if item is None or isinstance(item.date, Pending):
        return None
    return item.date or (in_year(item.annual, line.year) if item.annual else None)


@lint("notice-period", "warning")
def notice_period(case: Case) -> Iterator[Finding]:
    """从成文到截止，至少十个工作日。

    市县要转发，企业要编写材料、委托评价。不到两周，基层来不及办。

    通过：

    ```yaml
    papers: {notice: {issued: 2024-04-03}}
    deadlines: {city-to-province: {date: 2024-04-30}}
    ```

    不通过：

    ```yaml
    papers: {notice: {issued: 2024-04-03}}
    deadlines: {city-to-province: {date: 2024-04-10}}
    ```
    """
    for key, item in case.profile.deadlines.items():
        if not case.issued or not isinstance(item.date, dt.date) or item.date < case.issued:
            continue
        try:
            days = workdays_between(case.issued, item.date)
        except NotFoundError:  # deadline-rest-day says that the year is not known
            continue
        if days < LEAST:
            message = f"从成文 {case.issued} 到截止 {item.date} 只有 {days} 个工作日，不到 {LEAST} 个"
            yield Finding(f"deadlines.{key}.date", message, "推后期限，或提前印发")
