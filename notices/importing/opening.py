"""The introduction of a notice: what it carries out, what it rests on, what it is for, and the words between."""

from __future__ import annotations

import re
from dataclasses import dataclass

from notices.checks.wording import binds_in
from notices.importing import acting, placing, sections
from notices.importing.names import NAMED
from notices.importing.provisions import acts
from notices.importing.sentences import SourcePart, SourceSentence
from notices.importing.state import WORDS, Drafting
from notices.wording.binding import weighty
from notices.wording.spelling import tidy

_FRAME = re.compile(
    r"(?:通知|要求|事项|通告|公告)如下|如下(?:工作)?(?:要求|事项|安排)$|特此(?:通知|公告)|现(?:就|将).{0,40}(?:有关|如下)"
    r"|^经(?:审核|会议)?研究$|^(?:其中|近期|同时|此外|现予以公布)$|^并将.{0,12}如下$|^请按照.{0,8}要求.{0,12}工作$|制定本(?:实施)?(?:细则|办法)|^转发(?:给)?你们|请.{0,12}(?:遵照|贯彻|认真)执行"
    r"|(?:决定|现|特)?组织开展.{0,40}(?:工作|申报|推荐)|现组织申报.{2,40}$|(?:决定|现|并)?(?:同步|启动|开展)+.{0,40}(?:推荐|申报|遴选|创建|动态管理)(?:工作)?"
)
"""What a notice says of itself."""


def opening(draft: Drafting) -> str:
    """The introduction as an outline has it, with places for its facts."""
    made = ""
    for n, sentence in enumerate(draft.source):
        if draft.opens(sentence):
            purpose = asked = False
            for part in sentence.parts:
                begun = tidy(part.text)
                purpose = begun.startswith("为") or (purpose and not _ENDED.match(begun))
                asked = asked or bool(_ASKS.match(begun))
                made += _part(draft, n, sentence, part, _Mood(purpose, asked))
    return made


_RESTS = re.compile("现?将|为|根据|按照|依据|参照|贯彻|落实|深入|依照|以|《|[^，]{2,20}《")
_ENDED = re.compile("现|根据|按照|依据|参照|请|经|决定|并|要|转发|希望|各")
"""How a part begins that says no purpose any more: 为……，……，根据……"""


_ASKS = re.compile("(?:并)?请(?!按照.{0,8}要求.{0,12}工作)|要")
"""How what an introduction asks for already begins; all of the sentence after it is asked for."""


@dataclass(frozen=True, slots=True)
class _Mood:
    """Whether a part says what a notice is for, and whether it asks somebody for something."""

    purpose: bool
    asked: bool


def _part(draft: Drafting, n: int, sentence: SourceSentence, part: SourcePart, mood: _Mood) -> str:
    text = re.sub(r"\s+", "", part.text)
    end = text[-1:] if text[-1:] in "，,：:；;。" else ""
    if keys := [key for key in part.keys if key in draft.stated.get(n, ())]:
        return ("为" if text.startswith("为") else "") + "，".join(f"{{{key}}}" for key in keys) + (end or "，")
    if (
        "《" in text
        and not mood.asked
        and _RESTS.match(tidy(text))
        and (placed := _carried(draft, text, sentence.clause, part))
    ):
        return placed
    framed = text.replace(f"{draft.year}年", "{year}年")
    if not mood.asked and _FRAME.search(tidy(text).strip(",。:;")) and not weighty(framed.replace("{year}", "")):
        part.fate = "frame"
        return framed
    if f"aims.intro-{len(draft.data.get('aims', {})) + 1}" in draft.asked.dropped:
        return ""
    stripped = re.sub("^为", "", text.rstrip("，,。；;：:"))
    if mood.asked or (acts(text) and not mood.purpose and not _RESTS.match(tidy(text))):
        key = _asked(draft, text, sentence.clause)
    elif "《" in text and _RESTS.match(tidy(text)):
        key = _rests(draft, stripped, sentence.clause)
    else:
        key = _aim(draft, stripped, sentence.clause, sure=mood.purpose and not weighty(stripped))
    part.fate = "typed" if draft.taken.get(key) else "worded"
    part.keys = [key]
    draft.state(n, key)
    return f"{'为' if text.startswith('为') else ''}{{{key}}}{end or '，'}"


def _aim(draft: Drafting, text: str, clause: str, *, sure: bool) -> str:
    """A part of the introduction as words of its own; an aim binds nobody, and nobody in particular has it.

    ``sure``: the source says that it is an aim, and it has nothing to measure.
    """
    aims = draft.data.setdefault("aims", {})
    name = f"intro-{len(aims) + 1}"
    say = draft.names.placed(text)
    aims[name] = {"label": "目的", "say": say, "confirm": {"pending": placing.CHECK}, "cite": clause}
    if binds := list(binds_in(say, "must")):
        aims[name]["binds"] = binds
    key = f"aims.{name}"
    if sure and (key, WORDS) not in draft.asked.refused:
        aims[name].pop("confirm")
        draft.taken[key] = WORDS
    return key


def _asked(draft: Drafting, text: str, clause: str) -> str:
    """What an introduction asks for already, as words in the section they belong to."""
    by = placing.doer(text, draft.profile)
    around = sections.Around((), "office" if by in acting.OFFICES else by)
    section = sections.placed(text, around, draft.rules).section
    table = draft.data.setdefault(section, {})
    name = f"words-{len(table) + 1}"
    table[name] = {**placing.rule(text, draft.profile, draft.names, ""), "cite": clause}
    return f"{section}.{name}"


def _rests(draft: Drafting, text: str, clause: str) -> str:
    """A part that names documents with more than their names: words of its own in the section of what it rests on."""
    section = _bears(text)
    table = draft.data.setdefault(section, {})
    name = f"words-{len(table) + 1}"
    say = draft.names.placed(text)
    table[name] = {"label": "依据" if section == "basis" else "落实的文件", "say": say, "cite": clause}
    table[name]["confirm"] = {"pending": placing.CHECK}
    if binds := list(binds_in(say, "must")):
        table[name]["binds"] = binds
    return f"{section}.{name}"


def _bears(text: str) -> str:
    """Whether documents are what a notice rests on, or what it carries out."""
    return "basis" if re.search("根据|按照|依据|参照|转发", text) else "implements"


def _carried(draft: Drafting, text: str, clause: str, part: SourcePart) -> str:
    """A part that names documents: each becomes a fact of its own, the words between stay. Empty: they may not."""
    section = _bears(text)
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
