"""The introduction of a notice: what it carries out, what it rests on, what it is for, and the words between."""

from __future__ import annotations

import re

from notices.checks.wording import binds_in
from notices.importing import placing
from notices.importing.names import NAMED
from notices.importing.sentences import SourcePart, SourceSentence
from notices.importing.state import Drafting
from notices.wording.binding import weighty
from notices.wording.spelling import tidy

_FRAME = re.compile(
    r"(?:通知|要求|事项|通告|公告)如下|特此(?:通知|公告)|现(?:就|将).{0,40}(?:有关|如下)"
    r"|(?:决定|现|特)?组织开展.{0,40}(?:工作|申报|推荐)|(?:决定|现)?开展.{0,40}(?:推荐|申报|遴选)(?:工作)?"
)
"""What a notice says of itself."""


def opening(draft: Drafting) -> str:
    """The introduction as an outline has it, with places for its facts."""
    made = ""
    for n, sentence in enumerate(draft.source):
        if draft.opens(sentence):
            made += "".join(_part(draft, n, sentence, part) for part in sentence.parts)
    return made


def _part(draft: Drafting, n: int, sentence: SourceSentence, part: SourcePart) -> str:
    text = re.sub(r"\s+", "", part.text)
    end = text[-1:] if text[-1:] in "，,：:；;。" else ""
    if keys := [key for key in part.keys if key in draft.stated.get(n, ())]:
        return "，".join(f"{{{key}}}" for key in keys) + (end or "，")
    if "《" in text and (placed := _carried(draft, text, sentence.clause, part)):
        return placed
    framed = text.replace(f"{draft.year}年", "{year}年")
    if _FRAME.search(tidy(text)) and not weighty(framed.replace("{year}", "")):
        part.fate = "frame"
        return framed
    if f"aims.intro-{len(draft.data.get('aims', {})) + 1}" in draft.asked.dropped:
        return ""
    key = _aim(draft, re.sub("^为", "", text.rstrip("，,。；;：:")), sentence.clause)
    part.fate, part.keys = "worded", [key]
    draft.state(n, key)
    return f"{'为' if text.startswith('为') else ''}{{{key}}}{end or '，'}"


def _aim(draft: Drafting, text: str, clause: str) -> str:
    """A part of the introduction as words of its own; an aim binds nobody, and nobody in particular has it."""
    aims = draft.data.setdefault("aims", {})
    name = f"intro-{len(aims) + 1}"
    say = draft.names.placed(text)
    aims[name] = {"label": "目的", "say": say, "confirm": {"pending": placing.CHECK}, "cite": clause}
    if binds := list(binds_in(say, "must")):
        aims[name]["binds"] = binds
    return f"aims.{name}"


def _carried(draft: Drafting, text: str, clause: str, part: SourcePart) -> str:
    """A part that names documents: each becomes a fact of its own, the words between stay. Empty: they may not."""
    section = "basis" if re.search("根据|按照|依据|参照", text) else "implements"
    found: dict[str, str] = {}

    def document(match: re.Match[str]) -> str:
        key = draft.names.reference(match[1])
        if key is None:
            return match[0]
        found[key] = f"{section}.{key}"
        return f"{{{section}.{key}}}"

    made = NAMED.sub(document, text)
    if not found or weighty(re.sub(r"\{[^}]*\}", "", made)):
        return ""
    label = "依据" if section == "basis" else "落实的文件"
    table = draft.data.setdefault(section, {})
    table |= {key: {"label": label, "say": f"{{ref:{key}}}", "cite": clause} for key in found}
    part.fate, part.keys = "typed", list(found.values())
    return made
