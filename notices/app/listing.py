"""What ``list`` prints: every edition, its documents and what is to be confirmed.

It reads the profiles' trees and builds no model, so that it answers at once; ``lint`` and ``build`` check them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notices.profile.yamlfile import Key, Tree, dotted
from notices.wording.columns import aligned


def record(edition: str, tree: Tree) -> dict[str, Any]:
    """One edition: ``edition, authority, status, file, source (its title), documents, pending``."""
    data = tree.data
    year, papers = data.get("year"), data.get("papers")
    return {
        "edition": edition,
        "authority": _shown(_at(data, "authority", "name")),
        "status": data.get("status", "in-force"),
        "file": tree.origins[("id",)].file if ("id",) in tree.origins else None,
        "source": _shown(_at(data, "source", "title")),
        "documents": [_document(kind, paper, year) for kind, paper in papers.items()]
        if isinstance(papers, dict)
        else [],
        "pending": pendings(tree),
    }


def pendings(tree: Tree) -> list[dict[str, Any]]:
    """Values to be confirmed, in order: ``key, what, was, suggest, why, file, line``.

    Of a fact that is only to be read again, ``suggest`` are the words it has, and ``why`` names their clause.
    """
    return [
        {"key": dotted(key), "what": value["pending"], "was": value.get("was")}
        | {"suggest": value.get("suggest") or _drafted(tree.data, key)}
        | {"why": "；".join(filter(None, (_read(tree.data, key), value.get("why")))) or None}
        | {"file": tree.origins[key].file, "line": tree.origins[key].line}
        for key, value in _pendings(tree.data, ())
    ]


_MAIN = {"attachments": "title", "forms": "title", "references": "title"}
"""What a confirmed text is the text of, by section; elsewhere the rule's phrase."""


def main_text(place: Key) -> Key:
    """The text a ``confirm`` is about."""
    return (*place[:-1], _MAIN.get(str(place[0]), "say"))


def _drafted(data: object, key: Key) -> str | None:
    """The words a ``confirm`` stands beside, where they are settled."""
    text = _at(data, *map(str, main_text(key))) if key[-1] == "confirm" else None
    return text if isinstance(text, str) else None


def _read(data: object, key: Key) -> str | None:
    """Where in the source the words a ``confirm`` stands beside are to be read again."""
    cite = _at(data, *map(str, key[:-1]), "cite") if key[-1] == "confirm" else None
    names = cite if isinstance(cite, list) else [cite] if isinstance(cite, str) else []
    return f"对照原文 {'、'.join(map(str, names))}" if names else None


def text(records: Sequence[Mapping[str, Any]]) -> str:
    """The records as an aligned table, then what each was read from, then what is to be confirmed."""
    rows = [("版本", "发文机关", "文件", "发文字号", "成文日期", "待定")]
    rows += [
        (
            one["edition"],
            one["authority"] or "",
            paper["kind"],
            paper["number"] or "—",
            paper["issued"] or "—",
            _count(one),
        )
        for one in records
        for paper in one["documents"]
    ]
    read = [(one["edition"], _STATUS.get(one["status"], one["status"]), one["source"] or "—") for one in records]
    lines = [aligned(rows), "", aligned([("版本", "状态", "来源文件"), *read])]
    for one in records:
        if one["pending"]:
            lines.append(f"\n{one['edition']} 待定：")
            lines += [f"  {item['what']}  （{item['key']}，{item['file']}:{item['line']}）" for item in one["pending"]]
    return "\n".join(lines)


_STATUS = {"in-force": "", "consultation": "征求意见稿", "draft": "草稿"}


def _count(one: Mapping[str, Any]) -> str:
    return str(len(one["pending"]))


def _document(kind: str, paper: object, year: object) -> dict[str, Any]:
    drafted = _at(paper, "title")
    drafted = drafted.get("suggest") if isinstance(drafted, dict) else drafted
    title = str(drafted or "").replace("{year}", str(year)) + str(_at(paper, "subtitle") or "")
    return {
        "kind": kind,
        "title": title,
        "number": _shown(_at(paper, "number")),
        "issued": _shown(_at(paper, "issued")),
    }


def _shown(value: object) -> str | None:
    if isinstance(value, dict):
        return f"【待定：{value.get('pending')}】"
    return None if value is None else str(value)


def _at(data: object, *names: str) -> Any:  # noqa: ANN401 - plain YAML data
    for name in names:
        data = data.get(name) if isinstance(data, dict) else None
    return data


def _pendings(value: object, key: Key) -> Iterator[tuple[Key, dict[str, Any]]]:
    if isinstance(value, dict):
        if isinstance(value.get("pending"), str):
            yield key, value
        else:
            for name, child in value.items():
                yield from _pendings(child, (*key, name))
    elif isinstance(value, list):
        for index, child in enumerate(value):
            yield from _pendings(child, (*key, index))
