"""What an edition rests on: is it still in force, still offered, given a ground, read again?"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from notices.checks import Finding, said
from notices.compare import relaxing
from notices.errors import ProblemsError
from notices.lints.case import Case, lint
from notices.profile import Pending, yamlfile


@lint("superseded", "error")
def superseded(case: Case) -> Iterator[Finding]:
    """引用的文件和标准在成文时仍然有效。

    `ends` 是停止使用的日期，`replaced_by` 是代替它的。成文日期待定时，按年度的第一天核对；
    不注年号的标准指最新版，不检查。

    通过：

    ```yaml
    references: {plan: {number: 测政发〔2023〕9号, ends: 2025-12-31, replaced_by: 测政发〔2025〕3号}}
    ```

    不通过：

    ```yaml
    references: {plan: {number: 测政发〔2023〕9号, ends: 2024-01-31, replaced_by: 测政发〔2024〕3号}}
    ```
    """
    day = case.issued or dt.date(case.profile.year, 1, 1)
    spoken = "".join(said(fact) for _, fact in case.profile.facts())
    for key, item in case.profile.references.items():
        cited = item.cite or f"{{ref:{key}}}" in spoken
        dated = item.kind != "standard" or re.search(r"[-—]\d{4}$", str(item.number))
        settled = not isinstance(item.number, Pending) and item.number != item.replaced_by
        if not (item.ends and item.ends <= day and cited and dated and settled):
            continue
        by = f"，由 {item.replaced_by} 代替" if item.replaced_by else ""
        message = f"{item.number or item.title} 已于 {item.ends} 停止使用{by}"
        yield Finding(f"references.{key}.number", message, "改引现行的文件；仍要引用的，把 ends 写成 null")


@lint("answers", "error")
def answers(case: Case) -> Iterator[Finding]:
    """所依据的国家通知（`answers`）确实有。

    写错了，就没有国家的期限和规定可以对照，比较、日程都会落到别的年份。

    通过：

    ```yaml
    answers: national@2023
    ```

    不通过：

    ```yaml
    answers: national@1999
    ```
    """
    wanted = case.profile.answers
    known = [name for name in case.library.editions() if name.startswith(f"{case.profile.programme.national}@")]
    if isinstance(wanted, str) and wanted not in known:
        yield Finding("answers", f"没有国家通知 {wanted}", f"现有：{'、'.join(known)}")


@lint("category-withdrawn", "warning")
def category_withdrawn(case: Case) -> Iterator[Finding]:
    """开展的类别，国家名单也有。

    对照所依据（`answers`）的国家通知；没有写的，对照不晚于本年度的最近一版。
    绿色设计产品自 2023 年、绿色供应链管理企业自 2025 年不再由国家开展。本级仍可开展，但要让申报单位知道不能推荐到国家。

    通过：

    ```yaml
    answers: national@2023
    categories: {factory: {name: 绿色工厂}, park: {name: 绿色工业园区}}
    ```

    不通过：

    ```yaml
    answers: national@2023
    categories: {product: {name: 绿色设计产品, cite: 一}}
    ```
    """
    if case.national is None or case.national.profile.year > case.profile.year:
        return
    line = case.national.profile
    for key in case.profile.offered:
        if key not in line.offered:
            message = f"{line.year} 年国家名单没有{case.profile.categories[key].name}这一类（{line.edition}）"
            yield Finding(
                f"categories.{key}", message, "本级仍开展的，写明只列入本级名单；不再开展的，写 offered: false"
            )


@lint("relaxes", "warning")
def relaxes(case: Case) -> Iterator[Finding]:
    """比国家规定放宽的，写明依据（`relaxes`）。

    对照所依据或继承的国家通知，逐条比较宽严；比较的方法见 `notices diff`。写了依据、实际没有放宽的，也会提醒。

    通过：

    ```yaml
    answers: national@2023
    conditions: {park.industrial-share: {limit: {value: 60}}}
    exclusions: {items: {accident: {relaxes: 测试省安全生产条例第九条}}}
    ```

    不通过：

    ```yaml
    answers: national@2023
    conditions: {park.industrial-share: {limit: {value: 40}}}
    ```
    """
    for problem in relaxing.problems_of(case.library, case.edition):
        yield Finding(problem.key, problem.message, problem.hint)


@lint("source-unread", "warning")
def source_unread(case: Case) -> Iterator[Finding]:
    """来源在某一天以后重新核对过（`notices lint --read-since 日期` 才检查）。

    `source.checked` 是核对原文的日期。继承来的规定，看它所在那一版的日期。

    通过：

    ```yaml
    source: {checked: 2026-11-20}
    ```

    不通过：

    ```yaml
    source: {checked: 2024-05-01}
    ```
    """
    if case.since is None:
        return
    counts = Counter(case.edition.origin(key).file for key, _ in case.profile.facts())
    for path in case.edition.sources:
        name = case.library.name_of(path)
        checked = _checked(path, name)
        if checked and checked < case.since and counts[name]:
            message = f"{counts[name]} 条规定来自 {name}，原文核对于 {checked}，早于 {case.since}"
            yield Finding("source.checked", message, "重新核对原文，再改 source.checked")


def _checked(path: Path, name: str) -> dt.date | None:
    """When the source of one of the edition's files was read; None for a file without a source of its own."""
    try:
        source = yamlfile.read(path, name).data.get("source")
        return dt.date.fromisoformat(str(source["checked"])) if isinstance(source, dict) else None
    except (ProblemsError, ValueError, KeyError):
        return None
