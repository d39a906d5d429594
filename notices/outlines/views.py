"""How an outline puts a fact: the views its places may name, each with what it takes and what it says."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

from notices.profile import Contact, Deadline, Exclusion, Exclusions, Fact, Material, Rule
from notices.profile.facts import Attachment, Channel, Offer, Reference
from notices.wording.speaker import Speaker
from notices.wording.words import joined

Kinds: TypeAlias = tuple[type[Fact], ...]


@dataclass(frozen=True, slots=True)
class View:
    """One way to put facts. ``takes`` are the kinds of the facts, ``many`` whether it takes several."""

    said: str
    """What it prints, for whoever writes an outline."""
    takes: Kinds
    read: Callable[[Speaker, Sequence[Any]], str]
    many: bool = False
    then: Kinds = ()
    """The kinds of those behind the first, where they are others."""


def _one(call: Callable[[Speaker, Any], str]) -> Callable[[Speaker, Sequence[Any]], str]:
    return lambda speaker, facts: call(speaker, facts[0])


def _carrying(speaker: Speaker, facts: Sequence[Any]) -> str:
    *first, last = (speaker.handed(item, named=True) for item in facts[1:])
    carried = f"{joined(first)}和{last}" if first else last
    return speaker.deadline(facts[0], carrying=carried)


def _following(speaker: Speaker, facts: Sequence[Any]) -> str:
    return speaker.deadline(facts[0], carrying="下列材料" + speaker.handed_alike(facts[1:]))


VIEWS: Final[dict[str, View]] = {
    "say": View("只写内容", (Rule, Exclusion, Deadline), _one(Speaker.say)),
    "does": View("写适用情形和内容，不写由谁", (Rule,), _one(Speaker.predicate)),
    "occasion": View("只写适用情形", (Rule,), _one(Speaker.occasion)),
    "ought": View("“应当”", (Rule,), Speaker.ought, many=True),
    "should": View("“应”", (Rule,), lambda speaker, rules: speaker.ought(rules, short=True), many=True),
    "also": View("“且”，各条都要符合", (Rule,), Speaker.also, many=True),
    "either": View("“或者”，符合其一即可", (Rule,), Speaker.either, many=True),
    "lead": View("几条共同的“优先……”，只写一次", (Rule,), Speaker.lead, many=True),
    "led": View("“优先……”后面的内容", (Rule,), _one(lambda speaker, rule: speaker.predicate(rule, led=True))),
    "etc": View("列举未尽的“等”", (Rule, Exclusions), _one(Speaker.etc)),
    "time": View("只写时间", (Deadline,), _one(Speaker.when)),
    "duly": View("由谁应于何时做什么", (Deadline,), _one(lambda speaker, item: speaker.deadline(item, ought=True))),
    "carrying": View("由谁于何时将哪些材料报送", (Deadline,), _carrying, many=True, then=(Material,)),
    "following": View("由谁于何时将下列材料报送", (Deadline,), _following, many=True, then=(Material,)),
    "manner": View("材料的形式和份数", (Material,), _one(Speaker.handed)),
    "uncounted": View(
        "材料的名称和附件，份数另写",
        (Material,),
        _one(lambda speaker, item: speaker.handed(item, named=True, copied=False)),
    ),
    "whole": View("材料的名称、附件、形式和份数", (Material,), _one(Speaker.material)),
    "submitted": View(
        "这些材料都通过平台提交", (Material,), lambda speaker, items: speaker.submitted(items, "platform"), many=True
    ),
    "heading": View("负面清单的标题", (Exclusions,), _one(Speaker.barred_heading)),
    "articles": View("这些事实出自第几条", (Rule, Exclusions), Speaker.articles, many=True),
}
"""The views by name, in the order they are documented."""


NAMES: Final[Kinds] = (Offer, Reference, Attachment, Channel)
"""What is called by a name: several of them are listed, not said as sentences."""
_Usual: TypeAlias = Callable[[Speaker, str, Any, Rule | Deadline | None], str]
USUAL: Final[dict[type[Fact], _Usual]] = {
    Rule: lambda speaker, _, fact, previous: speaker.phrase(fact, previous),
    Deadline: lambda speaker, _, fact, previous: speaker.deadline(fact, previous),
    Material: lambda speaker, _, fact, __: speaker.handed(fact, named=True),
    Exclusions: lambda speaker, _, fact, __: speaker.barred(fact, all_listed=True),
    Exclusion: lambda speaker, _, fact, __: speaker.exclusion(fact),
    Contact: lambda speaker, _, fact, __: speaker.contact(fact),
    Offer: lambda speaker, key, _, __: speaker.category(key),
    Reference: lambda speaker, name, _, __: speaker.ref(name),
    Attachment: lambda speaker, name, _, __: speaker.attachment(name),
    Channel: lambda speaker, name, _, __: speaker.channel(name),
}
"""How each kind of fact is said where no view is named: by whom it is spoken, its name, itself, what came before."""


def usual(speaker: Speaker, key: str, fact: Fact, previous: Rule | Deadline | None) -> str:
    """A fact as it is said where no view is named."""
    return USUAL[type(fact)](speaker, key.partition(".")[2], fact, previous)
