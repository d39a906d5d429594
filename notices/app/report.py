"""What ``show`` prints: plain records first (the JSON), then the same as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from notices.inherited import undecided
from notices.library import Edition, Library
from notices.profile import Fact
from notices.wording.describe import Describer
from notices.wording.words import shown


def facts(library: Library, edition: Edition) -> list[dict[str, Any]]:
    """A record a fact: ``id, section, label, text, value, cite, source, file, line, inherited, undecided, parts``.

    ``source`` names the edition whose clause ``cite`` is; ``undecided`` the one a fact is taken from without anybody
    having decided it, else null. ``value`` holds the typed fields; ``parts`` says of each key written down for the fact
    where it stands and whether that is the edition's ``own`` file.
    """
    describer = Describer(edition.profile)
    open_ = {one.key: one.base for one in undecided(library, edition)}
    return [_fact(edition, describer, key, fact, open_.get(key)) for key, fact in edition.profile.facts()]


def facts_text(edition: Edition, records: Sequence[Mapping[str, Any]]) -> str:
    """The facts by section, each with its clause and where it stands."""
    profile = edition.profile
    lines = [
        f"{profile.edition}  {profile.authority.named}",
        f"来源：{shown(profile.source.title)}（{shown(profile.source.checked)} 核对）",
    ]
    lines += [f"原文笔误：{slip}" for slip in profile.source.slips]
    section = ""
    for record in records:
        if record["section"] != section:
            section = record["section"]
            lines.append(f"\n【{profile.programme.sections[section].label}】")
        cite = f"〔沿用 {record['undecided']}，未确认〕" if record["undecided"] else ""
        cite += f"〔{record['source']} {'、'.join(record['cite'])}〕" if record["cite"] else ""
        label = f"{record['label']}：" if record["label"] and record["label"] != record["text"] else ""
        lines.append(f"  {label}{record['text']} {cite}\n      {record['id']}  {record['file']}:{record['line']}")
        lines += _mixed(record["parts"])
    return "\n".join(lines)


def _mixed(parts: Sequence[Mapping[str, Any]]) -> list[str]:
    """For an override: which parts are its own, and where the others come from."""
    own = [part["part"] for part in parts if part["own"]]
    inherited = [f"{part['part']} {part['file']}:{part['line']}" for part in parts if not part["own"]]
    return [f"      本版写的：{'、'.join(own)}；继承的：{'、'.join(inherited)}"] if own and inherited else []


def _fact(edition: Edition, describer: Describer, key: str, fact: Fact, undecided: str | None) -> dict[str, Any]:
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
        "undecided": undecided,
        "parts": [
            {"part": part, "own": place.file == edition.file, "file": place.file, "line": place.line}
            for part, place in edition.parts(key).items()
        ],
        "note": fact.note,
    }


def _values(fact: Fact) -> Iterator[tuple[str, Any]]:
    dumped = fact.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    return ((name, value) for name, value in dumped.items() if name not in {"label", "cite", "note", "say", "items"})
