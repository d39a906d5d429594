"""All rules a paper is held against, in the order of their documentation."""

from __future__ import annotations

from typing import Final

from notices.inspection.finding import PaperRule
from notices.inspection.rules import (
    attached,
    body,
    faces,
    figures,
    head,
    imprint,
    marks,
    measured,
    page,
    signed,
    special,
    title,
)

GROUPS: Final[tuple[tuple[str, tuple[PaperRule, ...]], ...]] = (
    ("页面、行字和页码", page.RULES),
    ("量得的位置（PDF）", measured.RULES),
    ("版头", head.RULES),
    ("标题和主送机关", title.RULES),
    ("字体、字号和颜色", faces.RULES),
    ("正文和层次", body.RULES),
    ("附件说明和附件", attached.RULES),
    ("署名、日期和附注", signed.RULES),
    ("版记、信函格式和表格", imprint.RULES),
    ("命令（令）和纪要", special.RULES),
    ("标点", marks.RULES),
    ("日期、数字和字号", figures.RULES),
)
"""The rules by what they are about."""

RULES: Final[tuple[PaperRule, ...]] = tuple(one for _, rules in GROUPS for one in rules)
IDS: Final[frozenset[str]] = frozenset(one.id for one in RULES)
