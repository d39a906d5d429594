"""What a difference is about: a topic, and whether it is a rule, a date, a contact or a paper's own particulars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:  # the command line asks for the topics' names alone
    from notices.compare.facts import Entry

Group: TypeAlias = Literal["rules", "dates", "contacts", "papers"]

TOPICS: dict[str, tuple[str, tuple[str, ...]]] = {
    "thresholds": ("条件和门槛", ("conditions", "quotas")),
    "exclusions": ("负面清单", ("exclusions",)),
    "deadlines": ("时限", ("deadlines",)),
    "scope": ("类别、范围和层级", ("categories", "scope", "levels")),
    "evaluation": ("评价", ("evaluation",)),
    "third-party": ("第三方评价机构", ("third-party",)),
    "priorities": ("优先", ("priorities",)),
    "process": ("程序、审核和发布", ("procedure", "review")),
    "materials": ("材料和平台", ("materials", "channels")),
    "attachments": ("附件和表格", ("attachments", "forms")),
    "management": ("动态管理", ("management", "green-code")),
    "incentives": ("激励政策", ("incentives",)),
    "duties": ("工作要求", ("duties", "supplementary")),
    "introduction": ("目的、依据和定义", ("implements", "aims", "basis", "definitions")),
    "references": ("引用文件", ("references",)),
    "contacts": ("联系方式", ("contacts",)),
    "papers": ("文件", ("papers",)),
}
"""Topics in the order a reader wants them: name, and the sections of a profile they take in."""

GROUPS: dict[Group, str] = {"rules": "规定", "dates": "时限", "contacts": "联系方式", "papers": "文件"}

SECTIONS_OF = {section: topic for topic, (_, sections) in TOPICS.items() for section in sections}
"""The topic of each section."""
_GROUP_OF: dict[str, Group] = {"deadlines": "dates", "contacts": "contacts", "papers": "papers"}
_UNORDERED = frozenset({"implements", "aims", "basis", "definitions", "priorities", "incentives", "green-code"})


def topic_of(entry: Entry) -> str:
    """The topic a fact belongs to."""
    return SECTIONS_OF[entry.section]


def group_of(topic: str) -> Group:
    """Which of the four lists a difference stands in."""
    return _GROUP_OF.get(topic, "rules")


def concerns(entry: Entry, wanted: frozenset[str]) -> bool:
    """Whether a fact is about a wanted topic; ``thresholds`` takes in every rule with a figure."""
    return not wanted or topic_of(entry) in wanted or ("thresholds" in wanted and entry.value("limit") is not None)


def ordered(entry: Entry) -> bool:
    """Whether stricter and looser mean anything here: not for purposes, definitions, preferences and benefits."""
    return entry.section not in _UNORDERED
