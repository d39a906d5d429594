"""A report on the terminal and as records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate, takewhile
from typing import Any

from notices.verify.check import FactCheck, Verification
from notices.wording.columns import aligned, cells

STATUS = {"found": "找到", "elsewhere": "在别处", "missing": "没找到", "pending": "待定"}


def record(report: Verification) -> dict[str, Any]:
    """All of a report as plain data."""
    return {
        "edition": report.edition,
        "title": report.title,
        "source": report.source,
        "sound": report.sound,
        "counts": _counts(report),
        "facts": [_fact(one) for one in report.verdicts],
        "missed": [{"clause": one.name, "line": one.para.line, "text": one.para.text} for one in report.missed],
        "surplus": [
            {"clause": one.clause, "line": one.line, "what": one.what, "text": one.sentence, "sure": one.sure}
            for one in report.surplus
        ],
        "absent": list(report.absent),
        "inherited": [{"id": key, "file": file} for key, file in report.inherited],
        "uncited": list(report.uncited),
        "notes": list(report.notes),
    }


def _counts(report: Verification) -> dict[str, int]:
    counted = Counter(one.status for one in report.verdicts)
    return {status: counted[status] for status in STATUS}  # type: ignore[index]


def _fact(one: FactCheck) -> dict[str, Any]:
    found = one.judgement
    return {
        "id": one.key,
        "label": one.label,
        "cite": list(one.cite),
        "file": one.file,
        "line": one.line,
        "sourceLine": one.source_line or None,
        "status": one.status,
        "elsewhere": one.elsewhere or None,
        "lacking": list(found.lacking),
        "exact": list(found.exact),
        "score": found.score,
        "passage": found.passage,
        "remarks": list(found.remarks),
    }


def text(report: Verification, *, everything: bool = False, width: int = 60) -> str:
    """What does not hold, in full; with ``everything`` each fact that holds too, on a line."""
    lines = [f"{report.edition} 对照 {report.source}（{report.title}）"]
    counts = "，".join(f"{STATUS[status]} {count}" for status, count in _counts(report).items() if count)
    lines.append(f"有条款的事实 {len(report.verdicts)} 条：{counts or '无'}")
    shown = [one for one in report.verdicts if everything or one.status in {"missing", "elsewhere"}]
    if shown:
        rows: list[tuple[str, ...]] = [("事实", "条款", "结果", "文字", "原文")]
        rows += [_row(one, width) for one in shown]
        lines += ["", aligned(rows)]
    lines += [part for one in shown for part in _why(one)]
    lines += _listed("原文里没有这些条款（配置列出或引用了）", report.absent)
    missed = [f"{one.name}（第 {one.para.line} 行）：{_cut(one.para.text, width)}" for one in report.missed]
    surplus = [
        f"{one.clause}（第 {one.line} 行）{one.what}：{_cut(one.sentence, width)}" for one in report.surplus if one.sure
    ]
    lines += _listed("原文这些条款没有事实引用", missed)
    lines += _listed("条款里有、事实里没有", surplus)
    words = [f"{one.clause}（第 {one.line} 行）{one.what}" for one in report.surplus if not one.sure]
    lines += _listed("提示：条款里有、事实里没有的词，不影响结论", words)
    if report.inherited:
        files = "、".join(f"{file}（{count} 条）" for file, count in Counter(f for _, f in report.inherited).items())
        lines += ["", f"继承的事实对照各自的来源核对，不在此列：{files}"]
    lines += _listed("没有注明条款", report.uncited)
    lines += _listed("说明", report.notes)
    lines += ["", "结论：" + ("每条事实都在所引条款里，原文没有遗漏的条款" if report.sound else "有不符之处，见上")]
    return "\n".join(lines)


def _row(one: FactCheck, width: int) -> tuple[str, ...]:
    found = one.judgement
    return one.key, "、".join(one.cite), _status(one), f"{found.score:.0%}", _cut(found.passage, width)


def _status(one: FactCheck) -> str:
    return f"{STATUS[one.status]}：{one.elsewhere}" if one.elsewhere else STATUS[one.status]


def _why(one: FactCheck) -> list[str]:
    if one.status not in {"missing", "elsewhere"}:
        return []
    at = f"，原文第 {one.source_line} 行起" if one.source_line else ""
    return [f"  {one.key}：{'；'.join(one.judgement.lacking) or '条款不存在'}（{one.file}:{one.line}{at}）"]


def _listed(title: str, items: Sequence[str]) -> list[str]:
    return ["", f"{title}：", *(f"  {item}" for item in items)] if items else []


def _cut(passage: str, width: int) -> str:
    """The beginning of a passage, as wide as the terminal allows."""
    plain = " ".join(passage.split())
    ends = accumulate(map(cells, plain))
    fits = sum(1 for _ in takewhile(lambda end: end < width, ends))
    return plain if fits == len(plain) else plain[:fits] + "…"
