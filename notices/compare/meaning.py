"""What a phrase says, apart from how it says it.

Two phrases with equal :func:`matter` state one rule in other words. That is proven by removing what carries no rule:
spelling, order of enumerated parts, particles, the few pairs of words official documents use for one another, and
whatever a typed value already states. Words that differ in law (参照 and 按照, 部门 and 部委, 可 and 应) stay apart.
What cannot be proven equal this way is not equal, unless a person has read both and listed them in
``templates/compare/same.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from notices.compare.facts import ComparedFact, Side
from notices.compare.spelling import folded
from notices.errors import Problem, ProblemsError
from notices.profile.values import suggested
from notices.profile.yamlfile import Tree
from notices.wording.words import BOUNDS, PLACEHOLDER, shown

Matter = tuple[str, ...]
Same = Mapping[str, Sequence[frozenset[Matter]]]
"""By fact id: groups of phrases a person has found to state one rule."""

_BOUNDS = "|".join(
    (
        *(one.before for one in BOUNDS.values() if one.before),
        *(one.after + (r"(?:\(含[^()]*\))?" if op == ">=" else "") for op, one in BOUNDS.items() if one.after),
        r"\(含[^()]*\)",
    )
)
"""Words that bound a typed value, which is compared as such."""
_DUTY = (
    r"应当|必须|原则上|(?<![供相适响效对反])应(?![急用对])|(?<![必急])须|(?<!必)需(?!求)"
    r"|(?<![主重摘纲])要(?![求点件素])|(?<![申聘邀])请(?![示求])"
)
_SAME_WORDS = (
    (r"以上\(含\)", "及以上"),
    (r"按照|依照|依据|根据", "按"),
    (r"具备", "具有"),
    (r"众多", "多"),
    (r"或者", "或"),
    (r"市场监督管理|市场监督|市场监管", "市场监管"),
    (r"当地|本地区|本地", "本地"),
    (r"其它", "其他"),
    (r"以及|并且|和|与|(?<!以)及(?!以上|以下|时|其)", "、"),
    (r"进行|开展|的|所|并(?!购)|\"", ""),
)
_WHERE_TO_LOOK = re.compile(r"\((?:标准)?可登录[^()]*查看\)")
_PARTS = re.compile(r"[、,;:.]+")


def matter(phrase: str, entry: ComparedFact, side: Side, *, listed: bool = False) -> Matter:
    """The parts of a phrase that say something, in one order.

    Typed values are left out, they are compared as such; things listed too, unless ``listed`` asks for them.
    """
    if listed:
        phrase = phrase.replace("{items}", side.words.filled("{items}", entry.fact))
    typed = any(entry.value(name) is not None for name in ("limit", "span"))
    return _bare(_named(phrase, side), side.names, suggested(side.profile.authority.itself), typed)


def term(text: str) -> str:
    """A word or title in one form for all its spellings."""
    return "、".join(_bare(text, (), "我厅", typed=False))


def titles(phrase: str, side: Side) -> frozenset[str]:
    """The documents a phrase names."""
    return frozenset(re.findall(r"《([^《》]+)》", folded(_named(phrase, side))))


def _named(phrase: str, side: Side) -> str:
    """The phrase with its places filled by names; places of typed values become empty, those of attachments go."""

    def put(match: re.Match[str]) -> str:
        name, key = match["name"], match["arg"] or ""
        if name == "ref":
            document = side.profile.references.get(key)
            return f"《{shown(document.title)}》" if document else match[0]
        if name == "channel":
            platform = side.profile.channels.get(key)
            return shown(platform.name) if platform else match[0]
        if name == "actor":
            return shown(side.profile.actors.get(key, match[0]))
        return {"attachment": "\N{SYMBOL FOR NULL}", "year": "本年"}.get(name, "")

    return PLACEHOLDER.sub(put, phrase).replace(f"{side.year}年度", "本年年度")


@lru_cache(maxsize=8192)
def _bare(text: str, names: tuple[str, ...], itself: str, typed: bool) -> Matter:  # noqa: FBT001 - part of the cache's key
    for name in names:
        text = text.replace(name, itself)
    text = re.sub(r"我(?:部|厅|局|委)", "本机关", text.replace(itself, "本机关"))
    text = re.sub("\\((?:见|格式见)?\N{SYMBOL FOR NULL}\\)", "", folded(text)).replace("\N{SYMBOL FOR NULL}", "附件")
    text = _WHERE_TO_LOOK.sub("", text)
    if typed:
        text = re.sub(_BOUNDS, "", text)
    text = re.sub(_DUTY, "", text)
    for pattern, word in _SAME_WORDS:
        text = re.sub(pattern, word, text)
    return tuple(sorted(part for part in _PARTS.split(text) if part and part != "()"))


_GRADES = re.compile(r"[ⅠⅡⅢⅣⅤ]级|特别重大|重大|较大|一般|及?以上|发生|突发|事故|事件|情形|的|\{[^{}]*\}")


def kinds(phrase: str) -> tuple[str, ...]:
    """The kinds of events a phrase lists, without their grades: 生产安全, 质量, 环境污染, 违法违规行为."""
    found = (_GRADES.sub("", part) for part in re.split(r"以及|[（）()、，和及与含等]", phrase))
    return tuple(dict.fromkeys(filter(None, found)))


def spoken(text: str, side: Side) -> Matter:
    """The parts of a phrase as it is printed, for finding it among those a person has read."""
    return _bare(text, side.names, suggested(side.profile.authority.itself), typed=False)


def same_from(tree: Tree) -> Same:
    """The phrases a person has read as the same, from what a file holds: ``{id: [[phrase, phrase], ...]}``.

    Raises:
        ProblemsError: an entry that is not a list of lists of texts.
    """
    wrong = [key for key, value in tree.data.items() if not _grouped(value)]
    if wrong:
        hint = "写成：编号下一级是若干组，每组至少两句文字"
        raise ProblemsError(Problem(*tree.origins[(key,)], key, "不是成组的文字", hint) for key in wrong)
    return {
        key: [frozenset(_bare(text, (), "我厅", typed=False) for text in group) for group in value]
        for key, value in tree.data.items()
        if isinstance(value, list)
    }


def _grouped(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(group, list) and len(group) > 1 and all(isinstance(text, str) and text.strip() for text in group)
        for group in value
    )


def words_apart(left: str, right: str) -> str:
    """What each of two texts says that the other does not, part by part; for reading."""
    if max(len(left), len(right)) <= _WHOLE:
        return f"“{left}” → “{right}”"
    here, there = (_split(text) for text in (left, right))
    lost = [part for part in here if folded(part) not in set(map(folded, there))]
    gained = [part for part in there if folded(part) not in set(map(folded, here))]
    return f"“{_short('，'.join(lost))}” → “{_short('，'.join(gained))}”"


_WHOLE, _MOST = 44, 80
"""Characters up to which a text is told whole, and at most."""


def _split(text: str) -> list[str]:
    return [part for part in re.split(r"[，、；。](?![^（]*）)", text) if part.strip()]


def _short(text: str) -> str:
    return text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
