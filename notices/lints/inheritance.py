"""What an edition takes over from another authority: decided, fact by fact or section by section?"""

from __future__ import annotations

from collections.abc import Iterator

from notices import inherited
from notices.checks import Finding
from notices.errors import near
from notices.lints.case import Case, lint

_NAMED = 5
"""Facts that are named; there may be many, and `notices confirm` lists them all."""


@lint("undecided", "warning")
def undecided(case: Case) -> Iterator[Finding]:
    """从别的机关继承来的每一条，都有人决定过。

    决定过，就是下面三样之一：在本版注明自己的原文条款（`cite`）；在本版改写，或写 `null` 删去；写进 `source.taken`，
    说明谁、哪天确认沿用（`notices confirm 版本 编号 --accept --by 姓名 --on 日期`）。没有决定的，印出来是草稿，
    `notices build --final` 不生成。
    本机关自己的上一版决定过的，续写时算决定过；本版列出了自己原文的条款（`source.clauses`），就要按新的原文逐条注明。
    另行使用的表（`forms`）、表格的参考格式、没有提到的文件、平台和参与方，不算。

    通过：

    ```yaml
    extends: otherland/2023
    otherland/2023: {id: otherland, duties: {report: {label: 总结, say: 报送工作总结, cite: 二}}}
    actors: {city: 各市工业和信息化局, province: 我厅}
    references: {plan: {title: 测试规划, number: 测政发〔2023〕9号, cite: 引言}}
    implements: {plan: {cite: 引言}}
    categories: {factory: {cite: 一}, park: {cite: 一}}
    conditions: {factory.energy: null, park.industrial-share: null}
    exclusions: null
    attachments: {summary: {cite: 附件}}
    duties: {report: {cite: 二}}
    ```

    不通过：

    ```yaml
    extends: otherland/2023
    otherland/2023: {id: otherland, duties: {report: {label: 总结, say: 报送工作总结, cite: 二}}}
    ```
    """
    found = inherited.undecided(case.library, case.edition)
    if not found:
        return
    more = "……" if len(found) > _NAMED else ""
    listed = "、".join(one.key for one in found[:_NAMED])
    message = f"有 {len(found)} 条沿用 {found[0].base}，没有人确认：{listed}{more}"
    name = case.profile.edition
    hint = f"notices confirm {name} 列出全部；原文有的补 cite，没有的写 null，确认沿用的 --accept"
    yield Finding("extends", message, hint)


@lint("taken", "warning")
def taken(case: Case) -> Iterator[Finding]:
    """确认沿用的（`source.taken`），确实还从那一版沿用着。

    换了底本（`extends`）、后来注明了条款或改写了的，不再是沿用；编号写错的，也没有作用。

    通过：

    ```yaml
    extends: otherland/2023
    otherland/2023: {id: otherland, duties: {report: {label: 总结, say: 报送工作总结, cite: 二}}}
    source: {taken: {duties: {from: otherland@2023, by: 张三, on: 2024-03-01}}}
    ```

    不通过：

    ```yaml
    source: {taken: {duties.report: {from: otherland@2023, by: 张三, on: 2024-03-01}}}
    ```
    """
    open_ = tuple(inherited.inherited(case.library, case.edition))
    for entry in inherited.taken(case.library, case.edition):
        if any(entry.covers(one) for one in open_) or not case.own(f"source.taken.{entry.key}"):
            continue
        known = {key for one in open_ for key in (one.key, *inherited.above(one.key))}
        if entry.key in known:
            message, hint = f"{entry.key} 现在沿用的是 {open_[0].base}，不是 {entry.base}", "按现在的底本重新确认"
        else:
            message = f"没有从 {entry.base} 沿用的 {entry.key}"
            hint = f"{near(entry.key, sorted(known))}已经注明条款、改写或删去的，删去这一条"
        yield Finding(f"source.taken.{entry.key}", message, hint)
