"""The documentation of the rules, made of their docstrings: ``docs/check-rules.md``."""

from __future__ import annotations

from typing import Final

from notices.inspection.catalog import GROUPS
from notices.inspection.finding import LEVELS, SUITE, PaperRule

_HEAD: Final = """\
# 公文格式检查的规则

`notices check` 按下面的规则检查 Word 和 PDF 公文。轻重有三级：
“必须改”是标准明确的要求，有一处就以退出码 1 结束；“应当改”是标准写了“一般”“推荐”或可以调整的，和写法上的错误；
“供参考”是惯例，标准没有要求。条款没有写文件名的，都是 GB/T 9704-2012《党政机关公文格式》。
GB/T 33476.2-2016《党政机关电子公文格式规范 第2部分：显现》说文字处理软件怎样做到；
它的条款号依据公开的转录文本，没有见到原本。

`--only 编号` 只查几条，`--level must` 只看必须改的。
机关有自己规定的，写成 YAML 用 `--rules` 给出（[怎样写](检查公文.md)）。

本页由 `notices check-rules -o docs/check-rules.md` 生成，不要手工修改。
"""


def page() -> str:
    """The page, Markdown: a table a group."""
    sections = [f"## {name}\n\n{_table(rules)}" for name, rules in GROUPS]
    return "\n".join((_HEAD, "\n\n".join(sections))) + "\n"


def _table(rules: tuple[PaperRule, ...]) -> str:
    rows = (f"| `{one.id}` | {LEVELS[one.level]} | {_clause(one)} | {_told(one)} |" for one in rules)
    return "\n".join(("| 编号 | 轻重 | 条款 | 检查什么 |", "|---|---|---|---|", *rows))


def _clause(rule: PaperRule) -> str:
    return f"{rule.clause}；{SUITE} {rule.suite}" if rule.suite else rule.clause


def _told(rule: PaperRule) -> str:
    return "".join(rule.doc.split("\n")).replace("|", r"\|")
