"""The documentation of the rules, made of their docstrings: ``docs/lint-rules.md``."""

from __future__ import annotations

from notices.lints.case import Lint
from notices.lints.catalog import LINTS

_SEVERITY = {"error": "错误", "warning": "提醒"}
_HEAD = """\
# 检查规则

`notices lint` 除了检查配置的结构和各条事实是否相符，还按下面的规则检查。
有“错误”时退出码是 1，`notices build --final` 不生成；“提醒”由人判断：
确实如此、已经核对的，在 `source.accepted` 里写上规则编号和键，就不再提醒，
如 `notice-period deadlines.city-to-province.date`。
它不为下一版继承，不再有这一项时会要求删去。

例子是在一份完整、没有问题的 2024 年配置（testland）上改动的几行；
“testland/2023”这样的键表示另一版。每个例子都在测试里运行。

本页由 `notices lint-rules -o docs/lint-rules.md` 生成，不要手工修改。
"""


def page() -> str:
    """The page, Markdown."""
    table = [
        "| 编号 | 轻重 | 检查什么 |",
        "|---|---|---|",
        *(f"| [{rule.id}](#{rule.id}) | {_SEVERITY[rule.severity]} | {_title(rule)} |" for rule in LINTS),
    ]
    sections = [f"## {rule.id}\n\n{_SEVERITY[rule.severity]}：{rule.doc}" for rule in LINTS]
    return "\n".join((_HEAD, *table, "", "\n\n".join(sections))) + "\n"


def _title(rule: Lint) -> str:
    return rule.doc.partition("\n")[0].rstrip("。")
