"""What became of every sentence of a source, and what a profile made of it still waits for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from notices.errors import Problem, ProblemsError
from notices.importing import odd
from notices.importing.edition import Imported
from notices.importing.sentences import Fate, SourcePart
from notices.library import Library
from notices.reports import table as tables
from notices.reports.model import Mark, Part, Report, ReportCell, ReportRow, ReportTable, ReportText, Tone

FATES: Final[dict[Fate, tuple[str, Tone]]] = {
    "typed": ("已归成规定", "same"),
    "worded": ("照原文，待核对", "pending"),
    "frame": ("引出的话", "inherited"),
    "heading": ("标题", "inherited"),
    "left": ("没有归入", "absent"),
}
"""What became of a part of a source: in words, and how it looks."""


def written(library: Library, made: Imported, suffix: str) -> bytes:
    """The account as a file of the kind a suffix names.

    Raises:
        ProblemsError: no such kind.
    """
    form = suffix.lower().lstrip(".")
    if form == "json":
        return (json.dumps(record(made), ensure_ascii=False, indent=2) + "\n").encode()
    if form not in tables.FORMATS:
        message = f"不认识的格式 {suffix or '（没有扩展名）'}"
        raise ProblemsError([Problem(f"x{suffix}", 0, 0, "--report", message, f"用 json、{'、'.join(tables.FORMATS)}")])
    from notices.rendering.renderer import Press  # noqa: PLC0415 - only a file needs it

    means = Press(library, (form,), library.font_folders).means
    return tables.written(report(made), form, means)


def counts(made: Imported) -> dict[str, int]:
    """How many parts of the source became what."""
    found = Counter(part.fate for sentence in made.draft.source for part in sentence.parts)
    return {fate: found.get(fate, 0) for fate in FATES}


def record(made: Imported) -> dict[str, Any]:
    """The account as plain data: ``edition, file, source, counts, parts, doubts, missed, notes``.

    ``parts`` has an entry a part of a sentence: ``clause, line, text, fate, facts, why``; ``doubts`` one a fact the
    source does not bear out: ``fact, why``; ``missed`` the clauses nothing was made of.
    """
    return {
        "edition": made.edition,
        "file": made.path.as_posix(),
        "source": made.verification.source,
        "counts": counts(made),
        "parts": [
            {
                "clause": one.clause,
                "line": one.line,
                "text": part.text.strip(),
                "fate": part.fate,
                "facts": part.keys,
                "why": part.why,
            }
            for one in made.draft.source
            for part in one.parts
        ],
        "doubts": [{"fact": key, "why": why} for key, why in doubts(made)],
        "missed": missed(made),
        "notes": [*made.draft.notes, *made.verification.notes],
    }


def missed(made: Imported) -> list[str]:
    """The clauses no fact cites, headings and words that lead aside."""
    told = {one.clause for one in made.draft.source if all(part.fate in {"heading", "frame"} for part in one.parts)}
    return list(dict.fromkeys(unit.name for unit in made.verification.missed if unit.name not in told))


def doubts(made: Imported) -> Iterator[tuple[str, str]]:
    """Facts of the draft that the source does not bear out word for word, with what is lacking."""
    for one in made.verification.verdicts:
        if one.status not in {"found", "pending"}:
            yield one.key, "；".join(one.judgement.lacking)
    for more in made.verification.surplus:
        if more.sure:
            yield more.clause, f"原文还有{more.what}：{more.sentence}"


def report(made: Imported) -> Report:
    """The account as a report: each part of the source beside what became of it."""
    facts = made.profile.by_id
    rows = [
        ReportRow((ReportCell(one.clause), ReportCell(part.text.strip()), _fate(part), ReportCell(_named(part, facts))))
        for one in made.draft.source
        for part in one.parts
    ]
    table = ReportTable("来源", ("条款", "原文", "结果", "归成"), (12, 50, 14, 24), (Part("", rows),), centred=(0, 2))
    return Report("import", f"{made.profile.source.title}：逐句去处", tuple(lines(made)), (ReportText(""), table))


def _fate(part: SourcePart) -> ReportCell:
    words, tone = FATES[part.fate]
    return ReportCell("", marks=(Mark(words, tone),), why=part.why)


def _named(part: SourcePart, facts: Any) -> str:  # noqa: ANN401 - the profile's own mapping
    labels = (getattr(facts.get(key), "label", None) or key for key in part.keys)
    return "、".join(dict.fromkeys(map(str, labels)))


def lines(made: Imported) -> Iterator[str]:
    """What came of it, for a person: counts, what is open, what was not read."""
    found = counts(made)
    total = sum(found.values()) or 1
    stated = found["typed"] + found["worded"]
    yield (
        f"原文 {total} 处：归成规定 {found['typed']} 处，照原文待核对 {found['worded']} 处，"
        f"标题和引出的话 {found['heading'] + found['frame']} 处，没有归入 {found['left']} 处"
    )
    share = found["typed"] * 100 // (stated or 1)
    yield f"事实 {len(made.verification.verdicts)} 条，与原文逐字核对；不用再核对的占 {share}%"
    if wrong := list(odd.open_days(made.draft.data)):
        yield f"原文像是写错、印成待定的 {len(wrong)} 处：" + "；".join(f"{key}（{why}）" for key, why in wrong)
    doubted = list(doubts(made))
    if doubted:
        yield f"还要对照原文的 {len(doubted)} 处：" + "；".join(f"{key}（{why}）" for key, why in doubted)
    if clauses := missed(made):
        yield f"没有归入的条款：{'、'.join(clauses)}"
    yield from (*made.draft.notes, *made.verification.notes)
