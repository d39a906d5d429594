"""What ``show`` prints: plain records first (the JSON), then the same as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notices.library import Edition
from notices.profile import Fact
from notices.wording.describe import Describer

SECTIONS: dict[str, str] = {
    "papers": "文件",
    "channels": "平台",
    "references": "依据和引用文件",
    "categories": "类别",
    "implements": "落实的文件",
    "aims": "目的",
    "basis": "依据",
    "definitions": "定义",
    "levels": "层级",
    "scope": "范围",
    "conditions": "申报条件",
    "evaluation": "评价",
    "priorities": "优先",
    "exclusions": "负面清单",
    "procedure": "程序",
    "review": "审核和发布",
    "quotas": "名额",
    "materials": "材料",
    "deadlines": "时限",
    "third-party": "第三方评价机构",
    "management": "动态管理",
    "green-code": "企业绿码",
    "incentives": "激励政策",
    "duties": "工作要求",
    "supplementary": "附则",
    "contacts": "联系方式",
    "attachments": "附件",
    "forms": "另行使用的表",
}


def facts(edition: Edition) -> list[dict[str, Any]]:
    """A record a fact: ``id, section, label, text, value, cite, source, file, line, inherited, parts``.

    ``source`` names the edition whose clause ``cite`` is; ``value`` holds the typed fields; ``parts`` says of each key
    written down for the fact where it stands and whether that is the edition's ``own`` file.
    """
    describer = Describer(edition.profile)
    return [_fact(edition, describer, key, fact) for key, fact in edition.profile.facts()]


def facts_text(edition: Edition, records: Sequence[Mapping[str, Any]]) -> str:
    """The facts by section, each with its clause and where it stands."""
    profile = edition.profile
    lines = [
        f"{profile.edition}  {profile.authority.named}",
        f"来源：{profile.source.title}（{profile.source.checked} 核对）",
    ]
    lines += [f"原文笔误：{slip}" for slip in profile.source.slips]
    section = ""
    for record in records:
        if record["section"] != section:
            section = record["section"]
            lines.append(f"\n【{SECTIONS[section]}】")
        cite = f"〔{record['source']} {'、'.join(record['cite'])}〕" if record["cite"] else ""
        label = f"{record['label']}：" if record["label"] and record["label"] != record["text"] else ""
        lines.append(f"  {label}{record['text']} {cite}\n      {record['id']}  {record['file']}:{record['line']}")
        lines += _mixed(record["parts"])
    return "\n".join(lines)


def _mixed(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    """For an override: which parts are its own, and where the others come from."""
    own = [part["part"] for part in parts if part["own"]]
    inherited = [f"{part['part']} {part['file']}:{part['line']}" for part in parts if not part["own"]]
    return [f"      本版写的：{'、'.join(own)}；继承的：{'、'.join(inherited)}"] if own and inherited else []


def _fact(edition: Edition, describer: Describer, key: str, fact: Fact) -> dict[str, Any]:
    at = edition.origin(key)
    return {
        "id": key,
        "section": key.partition(".")[0],
        "label": fact.label,
        "text": describer.text(fact),
        "value": dict(_values(fact)),
        "cite": list(fact.cite),
        "source": edition.cited_from(key),
        "file": at.file,
        "line": at.line,
        "inherited": edition.inherits(key),
        "parts": [
            {"part": part, "own": place.file == edition.file, "file": place.file, "line": place.line}
            for part, place in edition.parts(key).items()
        ],
        "note": fact.note,
    }


def _values(fact: Fact) -> Iterator[tuple[str, Any]]:
    dumped = fact.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return ((name, value) for name, value in dumped.items() if name not in {"label", "cite", "note", "say", "items"})
