"""The parts of an official paper (GB/T 9704-2012, clause 7), and how sure it is which part a paragraph is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from notices.inspection.model import Para

Part: TypeAlias = Literal[
    "copy-number",  # 份号
    "secrecy",  # 密级和保密期限
    "urgency",  # 紧急程度
    "mark",  # 发文机关标志
    "number",  # 发文字号
    "signer",  # 签发人
    "title",  # 标题
    "subtitle",  # 标题下的说明，如（征求意见稿）
    "addressee",  # 主送机关
    "level-1",  # 一、
    "level-2",  # （一）
    "level-3",  # 1.
    "level-4",  # （1）
    "chapter",  # 第一章
    "article",  # 第一条
    "body",  # 正文
    "attachment-note",  # 附件说明
    "attendance",  # 出席、请假、列席名单（纪要）
    "signature",  # 发文机关署名
    "date",  # 成文日期
    "note",  # 附注
    "attachment-mark",  # 附件1
    "attachment-title",  # 附件标题
    "table",  # 表格里的段
    "copies",  # 抄送机关（版记）
    "printed",  # 印发机关和印发日期（版记）
    "page-number",  # 页码（正文里打的）
    "empty",  # 空行
    "other",  # 认不出的
]
"""What a paragraph is: the elements of clause 7, 结构层次 1 to 4 (7.3.3), and what is none of them."""

NAMES: Final[dict[Part, str]] = {
    "copy-number": "份号",
    "secrecy": "密级",
    "urgency": "紧急程度",
    "mark": "发文机关标志",
    "number": "发文字号",
    "signer": "签发人",
    "title": "标题",
    "subtitle": "标题说明",
    "addressee": "主送机关",
    "level-1": "一级",
    "level-2": "二级",
    "level-3": "三级",
    "level-4": "四级",
    "chapter": "章",
    "article": "条",
    "body": "正文",
    "attachment-note": "附件说明",
    "attendance": "出席名单",
    "signature": "署名",
    "date": "成文日期",
    "note": "附注",
    "attachment-mark": "附件标识",
    "attachment-title": "附件标题",
    "table": "表格",
    "copies": "抄送机关",
    "printed": "印发机关和日期",
    "page-number": "页码",
    "empty": "空行",
    "other": "认不出",
}
"""What people call them; 一级 to 四级 are the levels of clause 7.3.3."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A paragraph and what it was taken for. ``sure`` is 0 to 1; ``why`` says by what, in Chinese."""

    para: Para
    part: Part
    sure: float
    why: str
