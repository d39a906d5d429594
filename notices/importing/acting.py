"""The parties of a source: what it calls each, under the ids every profile has for them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Final

from notices.importing.sentences import SourceSentence
from notices.profile import Profile
from notices.verify import parties
from notices.wording.spelling import tidy

_KEYS: Final = {
    "申报单位": "applicant",
    "已列入名单的单位": "listed-unit",
    "工业和信息化部": "ministry",
    "各级主管部门": "region",
    "省级主管部门": "province",
    "市级主管部门": "city",
    "县级主管部门": "county",
    "第三方机构": "third-party",
}
"""Ids of parties by the class a text names (:mod:`notices.verify.parties`)."""

_BELOW: Final = {
    "ministry": ("province", "region", "city"),
    "province": ("city", "region", "county"),
    "city": ("county", "region"),
}
"""Those a notice of each is sent to."""
_AN_OFFICE: Final = re.compile("(?:部门|[局厅委]|管委会|街道)$")
_LONGEST: Final = 40
"""Characters of the longest words for a party."""
_GENERAL: Final = re.compile("各|有关|相关|所在|地方|本|我|[省市县]|自治区|盟市|工业和信息化|工信")
"""How the name of all offices of a class begins."""
NAMELESS: Final = "本机关"
"""What an authority calls itself where nothing else is known."""
OFFICES: Final = frozenset({"ministry", "region", "province", "city", "county"})
"""Ids of those who organise, review and hand on."""


def actors(source: Sequence[SourceSentence], profile: Profile, addressees: Sequence[str] = ()) -> dict[str, Any]:
    """Each party named as doing or receiving something, by what it is called most; and those it is addressed to."""
    called: dict[str, Counter[str]] = {}
    for sentence in source:
        plain = tidy(sentence.text)
        for party in (*(one for _, one in parties.subjects(plain, profile)), *parties.addressees(plain, profile)):
            words = party.words.replace("(", "（").replace(")", "）").strip("，,")
            called.setdefault(_KEYS[party.kind], Counter())[words] += 1
    made: dict[str, Any] = {
        key: min(names, key=lambda name: (not _GENERAL.match(name), -names[name], len(name)))
        for key, names in called.items()
    }
    own = own_key(profile)
    if profile.authority.itself != NAMELESS or own not in made:
        made[own] = profile.authority.itself
    offices = [one for one in addressees if _AN_OFFICE.search(one)]
    below = _BELOW.get(own, ())
    if offices and below and not made.keys() & set(below) and len("、".join(offices)) <= _LONGEST:
        made[below[0]] = "、".join(offices)
    made.setdefault("applicant", "申报单位")
    made.setdefault("third-party", "第三方评价机构")
    return {key: made[key] for key in _KEYS.values() if key in made}


def own_key(profile: Profile) -> str:
    """The id of the authority itself."""
    return _KEYS[parties.own(profile)]


def addressed(profile: Profile) -> str | None:
    """Who is meant where a text asks for something and names nobody: those the notice is sent to."""
    return next((key for key in _BELOW.get(own_key(profile), ()) if key in profile.actors), None)


def key_of(party: parties.Party) -> str:
    """The id of a party by its class."""
    return _KEYS[party.kind]


def subjects(text: str, profile: Profile) -> Iterator[tuple[int, parties.Party]]:
    """Each party that begins a part of a text, with its place."""
    return parties.subjects(text, profile)


_NAMES_ANOTHER: Final = re.compile(
    "[^,，;；]{0,12}的(?:对象|企业|单位|主体|产品|材料|名单|项目)(?:应|须|要|需|由|可|均)"
)
"""What follows a party that is not who acts: 各地推荐申报的对象应……"""


def particular(party: parties.Party, profile: Profile) -> bool:
    """Whether a party is one office by its name, and none of those a profile has under the id of its class."""
    key = key_of(party)
    called = tidy(str(profile.actors.get(key, "")))
    return (
        key in OFFICES and not _GENERAL.match(party.words) and party.words not in called and called not in party.words
    )


def subject(text: str, profile: Profile) -> tuple[str, int] | None:
    """The party a text begins with, by its id, and where what it does begins."""
    found = next(((at, one) for at, one in parties.subjects(text, profile)), None)
    if found is None or found[0] > 3:
        return None
    at, party = found
    if _NAMES_ANOTHER.match(text[at + len(party.words) :]) or particular(party, profile):
        return None
    return _KEYS[party.kind], at + len(party.words)


def doer(words: Sequence[str], text: str, profile: Profile) -> str | None:
    """Who does what a rule's words say, as the text has it."""
    found = parties.actor_of(words, text, profile)
    return _KEYS[found.kind] if found else None


def receiver(text: str, profile: Profile) -> str | None:
    """To whom something is handed in."""
    found = next(iter(parties.addressees(text, profile)), None)
    return _KEYS[found.kind] if found else None
