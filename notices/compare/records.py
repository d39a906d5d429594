"""What ``--format json`` gives, and the schema that says so."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from notices.compare.diff import Change, Half
from notices.compare.matrix import MARKS, Matrix
from notices.compare.topics import GROUPS
from notices.marks import unmarked
from notices.profile.model import RANKS

VERDICTS = {
    "same": "相同",
    "changed": "有变化",
    "only-left": "仅左边有",
    "only-right": "仅右边有",
    "stricter": "从严",
    "looser": "放宽",
}
"""Of the right edition, seen from the left one."""


def changes(found: Iterable[Change]) -> list[dict[str, Any]]:
    """A record a fact, as :data:`DIFF_SCHEMA` says."""
    return [
        {
            "id": change.id,
            "topic": change.topic,
            "group": change.group,
            "label": change.label,
            "verdict": change.verdict,
            "reason": unmarked(change.reason),
            "contested": change.contested,
            "wording": change.wording or None,
            "left": _half(change.left),
            "right": _half(change.right),
        }
        for change in found
    ]


def matrix(found: Matrix) -> dict[str, Any]:
    """Editions and rules, as :data:`MATRIX_SCHEMA` says."""
    return {
        "editions": [
            {
                "edition": side.edition,
                "authority": side.authority,
                "rank": side.profile.authority.ranked,
                "against": line,
            }
            for side, line in zip(found.sides, found.lines, strict=True)
        ],
        "rules": [
            {
                "id": row.id,
                "topic": row.topic,
                "label": row.label,
                "cells": [
                    {
                        "edition": side.edition,
                        "marks": list(cell.marks),
                        "reason": unmarked(cell.reason),
                        "says": _half(cell.half),
                    }
                    for side, cell in zip(found.sides, row.cells, strict=True)
                ],
            }
            for row in found.rows
        ],
    }


def _half(half: Half | None) -> dict[str, Any] | None:
    if half is None:
        return None
    return {
        "id": half.id,
        "value": dict(half.value),
        "text": unmarked(half.text),
        "cite": list(half.cite),
        "source": half.source,
        "inherited": half.inherited,
        "place": half.place,
        "relaxes": {"how": half.relaxes, "ground": half.ground} if half.relaxes else None,
    }


_TEXT = {"type": "string"}
_SAYS: dict[str, Any] = {
    "type": ["object", "null"],
    "description": "一边的规定；这一边没有时是 null",
    "required": ["id", "value", "text", "cite", "source", "inherited", "place", "relaxes"],
    "additionalProperties": False,
    "properties": {
        "id": _TEXT | {"description": "这一版里的编号"},
        "value": {"type": "object", "description": "有类型的值，同配置里的键"},
        "text": _TEXT | {"description": "印出的文字"},
        "cite": {"type": "array", "items": _TEXT, "description": "原文条款"},
        "source": _TEXT | {"description": "条款是哪一版的，如 national@2023"},
        "inherited": {"type": "boolean", "description": "继承自上一级，本版原文没有另写"},
        "place": _TEXT | {"description": "文件:行"},
        "relaxes": {
            "type": ["object", "null"],
            "description": "怎样放宽了国家规定，依据是什么；没有放宽是 null",
            "required": ["how", "ground"],
            "additionalProperties": False,
            "properties": {"how": _TEXT, "ground": _TEXT},
        },
    },
}
_COMMON: dict[str, Any] = {
    "id": _TEXT | {"description": "这一条规定的编号，两边按它配对；某一版里编号不同的，见那一边的 id"},
    "topic": _TEXT | {"description": "主题的编号，见所属项目的 topics（templates/programmes/）"},
    "label": _TEXT,
}

DIFF_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "notices diff --format json",
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "topic", "group", "label", "verdict", "reason", "contested", "wording", "left", "right"],
        "additionalProperties": False,
        "properties": _COMMON
        | {
            "group": {"enum": list(GROUPS), "description": "规定、时限、联系方式、文件分开列"},
            "verdict": {"enum": list(VERDICTS), "description": "从左边看右边"},
            "reason": _TEXT | {"description": "为什么，附两边的值"},
            "contested": {"type": "boolean", "description": "一边的原文有两种读得通的读法，不作宽严判断"},
            "wording": {"type": ["string", "null"], "description": "规定相同而措辞不同时的说明"},
            "left": _SAYS,
            "right": _SAYS,
        },
    },
}
MATRIX_SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "notices matrix --format json",
    "type": "object",
    "required": ["editions", "rules"],
    "additionalProperties": False,
    "properties": {
        "editions": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["edition", "authority", "rank", "against"],
                "additionalProperties": False,
                "properties": {
                    "edition": _TEXT,
                    "authority": _TEXT,
                    "rank": {"enum": [*RANKS, None], "description": "发文机关的层级；看不出的是 null"},
                    "against": {"type": ["string", "null"], "description": "标记是对照哪一版国家规定作的"},
                },
            },
        },
        "rules": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "topic", "label", "cells"],
                "additionalProperties": False,
                "properties": _COMMON
                | {
                    "cells": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["edition", "marks", "reason", "says"],
                            "additionalProperties": False,
                            "properties": {
                                "edition": _TEXT,
                                "marks": {"type": "array", "items": {"enum": list(MARKS)}},
                                "reason": _TEXT,
                                "says": _SAYS,
                            },
                        },
                    }
                },
            },
        },
    },
}
