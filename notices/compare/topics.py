"""What a difference is about: a topic of the programme, and in which of four lists it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from notices.profile.programme import Group, Programme

if TYPE_CHECKING:
    from notices.compare.facts import ComparedFact

__all__ = ["GROUPS", "Group", "concerns", "topics"]

GROUPS: dict[Group, str] = {"rules": "规定", "dates": "时限", "contacts": "联系方式", "papers": "文件"}


def topics(programme: Programme) -> dict[str, str]:
    """The names of a programme's topics, in the order a reader wants them."""
    return {key: topic.name for key, topic in programme.topics.items()}


def concerns(programme: Programme, key: str, value: Mapping[str, Any], wanted: frozenset[str]) -> bool:
    """Whether a fact is about a wanted topic, or has a figure where a topic takes in every rule with one."""
    if not wanted or programme.sections[key.partition(".")[0]].topic in wanted:
        return True
    return value.get("limit") is not None and any(
        programme.topics[name].figures for name in wanted if name in programme.topics
    )


def ordered(programme: Programme, entry: ComparedFact) -> bool:
    """Whether stricter and looser mean anything here: not for purposes, definitions, preferences and benefits."""
    return programme.sections[entry.section].ordered
