"""The printed words of a fact against the clauses it cites."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from notices.profile import Deadline, Fact, Material, Profile, Rule
from notices.verify.parties import misdirected
from notices.verify.printed import PrintedFact
from notices.verify.weighing import Slip, unended, unlimited, weighed
from notices.verify.wording import best_window
from notices.wording.spelling import tidy
from notices.wording.words import PLACEHOLDER, shown


def compared(profile: Profile, fact: Fact, papers: Iterable[PrintedFact], cited: Iterable[str]) -> tuple[str, ...]:
    """What the papers print otherwise than the clauses have it, and who does it, to whom, in which form."""
    whole = "\n".join(cited)
    subjects = tuple("|".join(map(re.escape, words)) for words in profile.programme.verify.subjects.values())
    told = [str(slip) for one in papers for slip in _slips(one, whole, subjects)]
    if isinstance(fact, Rule | Deadline):
        told += misdirected(profile, fact.by, getattr(fact, "to", None), _phrase(fact), whole)
    if isinstance(fact, Material):
        told += misformed(profile, fact, whole)
    return tuple(dict.fromkeys(told))


def _phrase(fact: Rule | Deadline) -> tuple[str, ...]:
    return tuple(part for part in PLACEHOLDER.sub("\0", shown(fact.say)).split("\0") if part)


def _slips(one: PrintedFact, whole: str, subjects: tuple[str, ...]) -> Iterator[Slip]:
    window, _ = best_window((one.words,), whole)
    if len(window) > _LONGEST:  # all sentences of a long clause together: the best of them by itself
        sentences = re.findall("[^。；;\n]+[。；;]?", window)
        window = max(sentences, key=lambda sentence: best_window((one.words,), sentence)[1])[:_LONGEST]
    if window:
        yield from weighed(one.words, window, subjects)
        yield from unlimited(one.words, window, one.before)
        yield from unended(one.words, window)


_LONGEST: Final = 2_000
"""Characters of source that words are weighed against at once."""
_WAYS: Final = ("纸质", "电子")
_PLATFORM: Final = re.compile("平台.{0,30}(?:提交|上报|报送)|(?:提交|上报).{0,20}平台")
_BOTH: Final = re.compile("一式.{1,2}份|同步|随附|同时|另附")
"""With 电子 beside it, it is asked for besides paper."""


def misformed(profile: Profile, fact: Material, whole: str) -> Iterator[str]:
    """A form the clauses ask for and the material has not.

    Where the clauses speak of paper and electronic, materials that cite the same clause may share them out: one is the
    paper, another the electronic version; otherwise each has what the clause asks for.
    """
    plain = tidy(whole)
    forms = [{way for way in _WAYS if any(way in shown(form) for form in one.form)} for one in _beside(profile, fact)]
    shared = len(forms) > 1 and all(len(one) == 1 for one in forms) and len(set().union(*forms)) > 1
    own = {way for way in _WAYS if any(way in shown(form) for form in fact.form)}
    if not {*own, *fact.form} and not any(way in plain for way in _WAYS) and _PLATFORM.search(plain):
        yield "没有写形式，原文是通过平台提交，补上 form"
    asked = [way for way in _WAYS if way in plain]
    if "电子" in plain and _BOTH.search(plain):
        asked = list(_WAYS)
    for way in asked if not shared else ():
        if way not in own:
            have = "、".join(map(shown, fact.form)) or "没有写"
            yield f"形式印的是“{have}”，原文还要{way}：“{_sentence(plain, way)}”，补上 form"
    begins = tidy(shown(fact.name))
    named = next((way for way in reversed(_WAYS) if begins.startswith(way)), "")
    if shared and named and named not in own:
        yield f"形式印的是“{'、'.join(map(shown, fact.form))}”，原文是“{begins}”，改 form"


def _beside(profile: Profile, fact: Material) -> list[Material]:
    return [one for one in profile.materials.values() if set(one.cite) & set(fact.cite)]


def _sentence(plain: str, way: str) -> str:
    found = re.search(f"[^。;,]*{way}[^。;,]*", plain)
    return found[0] if found else plain[:20]
