"""How numbers, telephones and addresses are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from notices.checks import Finding, said
from notices.lints.case import Case, lint
from notices.profile import Contact

_ANY_NUMBER = re.compile(r"[\[［(（【〔]\s*(?:19|20)\d{2}\s*[\]］)）】〕]\s*(?:第|字)?\s*\d+\s*号")
_NUMBER = re.compile(r"〔\d{4}〕[1-9]\d*号")
_EMAIL = re.compile(
    r"[A-Za-z0-9_](?:[A-Za-z0-9._+-]*[A-Za-z0-9_+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,}"
)


@lint("document-number", "error")
def document_number(case: Case) -> Iterator[Finding]:
    """发文字号用六角括号，序号不加“第”、不补零（GB/T 9704-2012 7.2.5）。

    本文件的字号由类型把关；这一条看引用的文件和文字里写的字号。

    通过：

    ```yaml
    references: {plan: {number: 测政发〔2023〕9号}}
    ```

    不通过：

    ```yaml
    references: {plan: {number: "测政发[2023]第09号"}}
    ```
    """
    texts = [(f"references.{key}.number", item.number) for key, item in case.profile.references.items()]
    spoken = [(f"{key}.say", said(fact)) for key, fact in case.profile.facts()]
    for key, text in [*texts, *spoken]:
        for match in _ANY_NUMBER.finditer(text) if isinstance(text, str) else ():
            if not _NUMBER.fullmatch(match[0]):
                hint = "写成 〔2024〕13号 的样子：六角括号，不加“第”，不补零"
                yield Finding(key, f"发文字号写法不对：{match[0]}", hint)


@lint("mark-name", "warning")
def mark_name(case: Case) -> Iterator[Finding]:
    """发文机关标志里是发文机关的名称。

    标志由发文机关全称或规范化简称组成，可以加“文件”（GB/T 9704-2012 7.2.4）；联合行文的，里面有本机关。

    通过：

    ```yaml
    papers: {notice: {mark: 测试省工业和信息化厅文件}}
    ```

    不通过：

    ```yaml
    papers: {notice: {mark: 测试省农业农村厅文件}}
    ```
    """
    authority = case.profile.authority
    names = [name for name in (authority.name, authority.short) if isinstance(name, str)]
    for kind, paper in case.profile.papers.items():
        lines = [line for line in paper.mark if isinstance(line, str)]
        words = "".join(lines)
        if names and lines and len(lines) == len(paper.mark) and not any(name in words for name in names):
            message = f"发文机关标志“{words}”里没有发文机关的名称 {names[0]}"
            yield Finding(f"papers.{kind}.mark", message, "用全称或规范化简称；名称错的改 authority.name")


@lint("phone-area-code", "error")
def phone_area_code(case: Case) -> Iterator[Finding]:
    """固定电话的区号属于本辖区。

    区号列在 `authority.area_codes`；没有列的，不检查。手机号码不检查。抄了外省的电话，多半就错在这里。

    通过：

    ```yaml
    authority: {area_codes: ["0771", "0772"]}
    contacts: {office: {phone: 0771-1234567}}
    ```

    不通过：

    ```yaml
    authority: {area_codes: ["0771", "0772"]}
    contacts: {office: {phone: 0431-1234567}}
    ```
    """
    known = case.profile.authority.area_codes
    for key, item in case.profile.contacts.items():
        for phone in (number for person in item.everyone for number in person.phone):
            area = phone.partition("-")[0] if isinstance(phone, str) and phone.startswith("0") else ""
            if area and known and area not in known:
                message = f"区号 {area} 不在{case.profile.authority.region}"
                yield Finding(
                    f"contacts.{key}.{_where(item)}",
                    message,
                    f"本辖区的区号（authority.area_codes）：{'、'.join(known)}；缺的补在那里，电话抄错的改电话",
                )


def _where(item: Contact) -> str:
    return "people" if item.people else "phone"


@lint("email-form", "error")
def email_form(case: Case) -> Iterator[Finding]:
    """电子邮箱写得对：半角字母数字，一个 @，没有连着的点，域名完整。

    通过：

    ```yaml
    contacts: {office: {email: gxt.jn@example.gov.cn}}
    ```

    不通过：

    ```yaml
    contacts: {office: {email: 张三..a@example.com}}
    ```
    """
    for key, item in case.profile.contacts.items():
        found = (("email", item.email), *(("people", person.email) for person in item.people))
        for field, email in found:
            if not isinstance(email, str) or (_EMAIL.fullmatch(email) and ".." not in email):
                continue
            yield Finding(f"contacts.{key}.{field}", f"邮箱写法不对：{email}", "应如 name@example.com，用半角字符")


_TITLE = re.compile("《[^《》]*》")
_DOUBLED = re.compile(
    r"([\u4e00-\u9fff]{2,8})\1|(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,12})[、和或]\2(?![\u4e00-\u9fff])"
)
"""A word twice in a row, a member twice side by side in an enumeration."""


@lint("doubled", "error")
def doubled(case: Case) -> Iterator[Finding]:
    """一个词不连写两遍，并列的各项不重复。

    看印出来的正文，书名号里照录的标题不看。多半是改了一处、忘了另一处：“推荐推荐”“绿色园区、绿色园区”。

    通过：

    ```yaml
    duties: {report: {label: 总结, say: 报送工作总结和工作计划, cite: 二}}
    ```

    不通过：

    ```yaml
    duties: {report: {label: 总结, say: 报送工作总结工作总结, cite: 二}}
    ```
    """
    texts = {key: said(fact) for key, fact in case.profile.facts()}
    for match in _DOUBLED.finditer(_TITLE.sub("《》", case.body)):
        stated = next((f"{key}.say" for key, text in texts.items() if match[0] in text), "outlines")
        yield Finding(stated, f"重复了：“{match[0]}”", "删去一个，或按原文改成另一项")
