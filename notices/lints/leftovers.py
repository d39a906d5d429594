"""What was left standing from the editions before."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from notices.checks import Finding
from notices.lints.case import Case, lint
from notices.profile import Profile
from notices.profile.values import suggested
from notices.wording.words import PLACEHOLDER, day

EDITIONS = 3
"""So many editions with the same contact are asked about."""
_AROUND = 12
"""Characters shown on either side of what was found."""


@lint("contact-unchanged", "warning")
def contact_unchanged(case: Case) -> Iterator[Finding]:
    """联系人和电话连续三版没有变，核对一次。

    人员三年里多有调整。三版都一样，常常是照搬下来，没有人核对过。

    通过：

    ```yaml
    contacts: {office: {person: 李四, phone: 0771-7654321}}
    testland/2023: {contacts: {office: {person: 张三, phone: 0771-1234567}}}
    testland/2022: {contacts: {office: {person: 张三, phone: 0771-1234567}}}
    ```

    不通过：

    ```yaml
    contacts: {office: {person: 张三, phone: 0771-1234567}}
    testland/2023: {contacts: {office: {person: 张三, phone: 0771-1234567}}}
    testland/2022: {contacts: {office: {person: 张三, phone: 0771-1234567}}}
    ```
    """
    earlier = case.before[: EDITIONS - 1]
    if len(earlier) < EDITIONS - 1:
        return
    for key, item in case.profile.contacts.items():
        names = [person.person for person in item.everyone if isinstance(person.person, str)]
        others = [one.profile.contacts.get(key) for one in earlier]
        if names and all(other and other.everyone == item.everyone for other in others):
            years = "、".join(str(one.profile.year) for one in reversed(earlier))
            message = f"联系人{'、'.join(names)}与 {years} 年相同，连续 {EDITIONS} 版没有变"
            yield Finding(
                f"contacts.{key}.{'people' if item.people else 'person'}", message, "打电话核对；没有变的，不用改"
            )


@lint("leftover-year", "warning")
def leftover_year(case: Case) -> Iterator[Finding]:
    """文中没有上一版的年份。

    看印出来的全部文字。引用文件的名称、文号里的年份，和本版自己写的文字，不算留下的。

    通过：

    ```yaml
    testland/2023: {}
    duties: {report: {label: 总结, say: "报送{year}年工作总结", cite: 二}}
    ```

    不通过：

    ```yaml
    extends: testland/2023
    testland/2023: {duties: {report: {label: 总结, say: 报送2023年工作总结, cite: 二}}}
    ```
    """
    if not case.before:
        return
    old = case.before[0].profile.year
    text = case.text
    for known in sorted(_deliberate(case), key=len, reverse=True):
        text = text.replace(known, "□" * len(known))
    for match in re.finditer(rf"(?<!\d){old}(?!\d)", text):
        before, after = text[max(0, match.start() - _AROUND) : match.start()], text[match.end() :][:_AROUND]
        shown = f"{before.rpartition(chr(10))[2]}{match[0]}{after.partition(chr(10))[0]}"
        yield Finding("year", f"文中还有上一版的年份：…{shown}…", "用 {year}，或改成本年度的写法")


def _deliberate(case: Case) -> Iterator[str]:
    """Texts that may hold the year: what is cited, and what this edition itself writes."""
    for item in case.profile.references.values():
        yield suggested(item.title)
        if isinstance(item.number, str):
            yield item.number
    for key, fact in case.profile.facts():
        for field in ("say", "when", "title", "name"):
            text = getattr(fact, field, None)
            if isinstance(text, str) and case.own(f"{key}.{field}"):
                yield from (part for part in PLACEHOLDER.sub("\0", text).split("\0") if part)


@lint("leftover-value", "error")
def leftover_value(case: Case) -> Iterator[Finding]:
    """文中没有上一版的发文字号、成文日期、印发日期和截止日期。

    这几样每年都变；和上一版一样，就是忘了改。

    通过：

    ```yaml
    testland/2023: {deadlines: {city-to-province: {date: 2023-05-31}}}
    deadlines: {city-to-province: {date: 2024-05-31}}
    ```

    不通过：

    ```yaml
    testland/2023: {deadlines: {city-to-province: {date: 2023-05-31}}}
    deadlines: {city-to-province: {say: 于2023年5月31日前报送我厅}}
    ```
    """
    text = case.text
    for one in case.before[:1]:
        for what, value in _yearly(one.profile):
            if value in text:
                message = f"文中还有 {one.profile.edition} 的{what}：{value}"
                yield Finding("year", message, "改成本年度的；用 notices show 找出写在哪里")


def _yearly(profile: Profile) -> Iterator[tuple[str, str]]:
    for paper in profile.papers.values():
        printed = paper.imprint.printed if paper.imprint else None
        if isinstance(paper.number, str):
            yield "发文字号", paper.number
        yield from ((what, day(d)) for what, d in (("成文日期", paper.issued), ("印发日期", printed)) if _is_day(d))
    for item in profile.deadlines.values():
        if _is_day(item.date):
            yield "截止日期", day(item.date)


def _is_day(value: object) -> bool:
    return isinstance(value, dt.date)
