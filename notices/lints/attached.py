"""Attachments: those the text names are there, and those that are there are named."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notices.checks import Finding
from notices.lints.case import Case, lint

_NAMED = re.compile(r"附件(\d{1,2})(?!\d)")


@lint("attachment-absent", "error")
def attachment_absent(case: Case) -> Iterator[Finding]:
    """文中提到的附件都有。

    看印出来的文字：写着“附件3”，却只有两个附件；写着“见附件”，却没有附件。别的文件的附件（如“工信部节〔2024〕13号，附件2”）不算。

    通过：

    ```yaml
    attachments: {summary: {title: 推荐汇总表}}
    duties: {form: {label: 填表, say: 按照附件的格式填写, cite: 二}}
    ```

    不通过：

    ```yaml
    attachments: {summary: {title: 推荐汇总表}}
    duties: {form: {label: 填表, say: 按照附件3的格式填写, cite: 二}}
    ```
    """
    text = case.text
    for item in case.profile.references.values():
        if isinstance(item.part, str) and isinstance(item.number, str):
            text = text.replace(f"{item.number}，{item.part}", "")
    labels = {label for label, _ in case.profile.attached().values()}
    labels |= {str(paper.attachment_label) for paper in case.profile.papers.values() if paper.attachment_label}
    for name in dict.fromkeys(match[0] for match in _NAMED.finditer(text)):
        if name not in labels:
            known = "、".join(labels) or "没有附件"
            yield Finding("attachments", f"文中提到{name}，却没有这个附件（现有：{known}）", "补上附件，或改正文字")
    if not labels and (match := re.search(r"(?:见|按照|依据|填写)附件", text)):
        yield Finding("attachments", f"文中写着“{match[0]}”，却没有附件", "补上附件，或改正文字")


@lint("attachment-unnamed", "warning")
def attachment_unnamed(case: Case) -> Iterator[Finding]:
    """每个附件在正文里都提到。

    正文不提的附件，收文的人不知道拿它做什么。提到编号（附件2）、名称，或笼统的“附件”，都算提到。

    通过：

    ```yaml
    deadlines: {city-to-province: {say: "将《推荐汇总表》（{attachment:summary}）报送我厅"}}
    ```

    不通过：

    ```yaml
    deadlines: {city-to-province: {say: 将有关材料报送我厅}}
    ```
    """
    body = case.body
    if not body or re.search(r"附件(?!\d)", body):
        return
    for key, (label, item) in case.profile.attached().items():
        if not re.search(rf"{label}(?!\d)", body) and item.drafted not in body:
            yield Finding(
                f"attachments.{key}", f"正文没有提到{label}《{item.drafted}》", "在正文里提到它，或删去这个附件"
            )
