"""What ``show`` prints: plain records first (the JSON), then the same as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notices.library import Edition
from notices.marks import unmarked
from notices.profile import Deadline, Exclusion, Exclusions, Fact, Material, Paper, Pending, Rule
from notices.profile.facts import Attachment, Channel, Offer, Reference
from notices.profile.people import Contact
from notices.speaker import Speaker
from notices.words import day, joined, pending, reference, said, years

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
EVIDENCE = {"self": "自评价", "third-party": "第三方评价", "either": "自评价或第三方评价", "both": "自评价和第三方评价"}


def facts(edition: Edition) -> list[dict[str, Any]]:
    """A record a fact: ``id, section, label, text, value, cite, source, file, line, inherited, parts``.

    ``source`` names the edition whose clause ``cite`` is; ``value`` holds the typed fields; ``parts`` says of each key
    written down for the fact where it stands and whether that is the edition's ``own`` file.
    """
    speaker = Speaker(edition.profile)
    return [_fact(edition, speaker, key, fact) for key, fact in edition.profile.facts()]


def text_of(fact: Fact, speaker: Speaker) -> str:  # noqa: C901 - one case a kind of fact
    """A fact in words."""
    match fact:
        case Rule():
            return speaker.phrase(fact) if fact.say else fact.label or ""
        case Exclusion():
            return speaker.exclusion(fact)
        case Exclusions():
            return f"近{years(fact.lookback)}有所列情形的{fact.subjects}，不得{joined(fact.bars)}"
        case Deadline():
            return f"{speaker.when(fact)} {speaker.actor(fact.by)}{speaker.say(fact)}"
        case Material():
            return speaker.material(fact)
        case Contact():
            return speaker.contact(fact)
        case Channel():
            return f"{fact.name} {said(fact.url)}".rstrip()
        case Reference():
            return reference(fact)
        case Offer():
            how = f"（{EVIDENCE[fact.evidence]}）" if fact.evidence else ""
            return f"{fact.name}{how}" if fact.offered else f"{fact.name}（不开展）"
        case Attachment():
            return said(fact.title)
        case Paper():
            number = pending(fact.number) if isinstance(fact.number, Pending) else fact.number
            return " ".join(part for part in (speaker.title(fact.drafted), number, day(fact.issued)) if part)
        case _:
            return fact.label or ""


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


def _fact(edition: Edition, speaker: Speaker, key: str, fact: Fact) -> dict[str, Any]:
    at = edition.origin(key)
    cited = edition.origin(f"{key}.cite")
    return {
        "id": key,
        "section": key.partition(".")[0],
        "label": fact.label,
        "text": unmarked(text_of(fact, speaker)),
        "value": dict(_values(fact)),
        "cite": list(fact.cite),
        "source": _edition_of(cited.file),
        "file": at.file,
        "line": at.line,
        "inherited": cited.file != edition.file,
        "parts": [
            {"part": part, "own": place.file == edition.file, "file": place.file, "line": place.line}
            for part, place in edition.parts(key).items()
        ],
        "note": fact.note,
    }


def _values(fact: Fact) -> Iterator[tuple[str, Any]]:
    dumped = fact.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return ((name, value) for name, value in dumped.items() if name not in {"label", "cite", "note", "say", "items"})


def _edition_of(file: str) -> str:
    identity, _, year = file.removesuffix(".yaml").rpartition("/")
    return f"{identity.rpartition('/')[2]}@{year}"
