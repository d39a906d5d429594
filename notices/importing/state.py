"""What is known of a draft while it is made: who speaks, what is named, what became of each part of the source."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from notices.errors import Problem, ProblemsError
from notices.importing import acting, head, names, odd
from notices.importing.known import Knowledge
from notices.importing.sentences import SourceSentence, sentences, wide
from notices.profile import Profile, Rule
from notices.verify.clauses import parse
from notices.verify.texts import ReadText
from notices.wording.spelling import tidy

WORDS = "words"
"""In place of an edition: a rule that is the source's own words and no more."""
INTRODUCTION, FIRST = "引言", "第一条"
_FRAMED = frozenset({"标题", "发文字号", "主送机关", "附件", "联系人", "附注", "落款", "成文日期"})


@dataclass(frozen=True)
class Asked:
    """What the user says besides: the year, who issues it; and known rules that are not to be taken (id, edition)."""

    year: int | None = None
    name: str = ""
    refused: frozenset[tuple[str, str]] = frozenset()
    dropped: frozenset[str] = frozenset()
    """Ids of facts that no profile may hold as the source has them."""


class Drafting:
    """One draft in the making.

    ``data`` is the profile so far, ``stated`` the keys each sentence states (by its place in ``source``), ``whole``
    the outline's part for keys that are put in a way of their own, ``taken`` the edition each known rule was taken
    from, ``carrying`` the deadline each material is handed in by.
    """

    def __init__(self, text: ReadText, kind: type[Profile], known: Knowledge, identity: str, asked: Asked) -> None:
        """Read the frame of a source.

        Raises:
            ProblemsError: the source does not say of which year it is.
        """
        assert kind.PROGRAMME  # noqa: S101 - the shipped class is of a programme
        self.kind, self.programme, self.asked = kind, kind.PROGRAMME, asked
        self.known = Knowledge(tuple(one for one in known.facts if (one.key, one.edition) not in asked.refused))
        self.rules = list(self.known.of(Rule))
        self.clauses = parse([replace(para, text=wide(para.text)) for para in text.paras])
        self.head = head.head(self.clauses, asked.name)
        odd.refuse_several(text.name, ((para.line, para.text) for para in text.paras))
        self.year = odd.year(text, asked.year or self.head.year)
        self.source = [one for one in sentences(self.clauses) if one.node not in _FRAMED]
        self.notes = list(odd.oddities(text, self.head, self.source))
        self.contact, codes = head.contacts(self.clauses)
        self.called = self._called()
        self.categories = self._categories()
        if not self.categories:
            classes = "、".join(called[0] for called in self.called.values())
            message = f"没有提到{self.programme.list_name}的任何一类：{classes}"
            raise ProblemsError([Problem(text.name, 0, 0, "", message, odd.ANOTHERS)])
        words = {self.programme.name, *self.programme.terms, *chain.from_iterable(self.called.values())}
        odd.refuse_another(text, self.head.title, self.source, INTRODUCTION, words)
        whole = "".join(para.text for para in text.paras)
        self.data: dict[str, Any] = {
            "id": identity,
            "year": self.year,
            "source": {"title": self.head.title or text.name, "checked": ""},
            "authority": head.authority(self.head, whole, codes),
            "papers": {self.head.kind: head.paper(self.head, self.year)},
            "actors": {"applicant": "申报单位"},
            "categories": self.categories,
        }
        self.profile = self._provisional()
        self.data["actors"] = acting.actors(self.source, self.profile, self.head.addressees)
        self.data["authority"]["itself"] = self.data["actors"][acting.own_key(self.profile)]
        self.profile = self._provisional()
        self.names = names.names(self.source, self.clauses, known, {key: self.category(key) for key in self.categories})
        self.stated: dict[int, list[str]] = {}
        self.whole: dict[str, Any] = {}
        self.taken: dict[str, str] = {}
        self.carrying: dict[str, str] = {}

    def about(self, sentence: SourceSentence) -> list[str]:
        """The category a sentence stands under; none where its headings name none, or several."""
        for text in reversed(sentence.heads):
            found = [key for key in self.categories if any(name in text for name in self.called[key])]
            if len(found) == 1:
                return found
        return []

    def opens(self, sentence: SourceSentence) -> bool:
        """Whether a sentence is of the introduction.

        Where nothing is numbered, that is the first paragraph alone; of a set of rules it is the first article.
        """
        if self.head.kind == "rules":
            return sentence.node == FIRST
        if len(sentence.heads) > 0:  # under a heading of its own
            return False
        numbered = any(node.level for node in self.clauses.nodes.values())
        return sentence.node == INTRODUCTION and (numbered or sentence.clause in {INTRODUCTION, f"{INTRODUCTION}第1段"})

    def state(self, n: int, key: str, at: int | None = None) -> None:
        """A sentence states a fact: behind what it states already, or at a place among it."""
        keys = self.stated.setdefault(n, [])
        if key not in keys:
            keys.insert(len(keys) if at is None else at, key)

    def ids(self) -> set[str]:
        """The ids of all rules so far."""
        return {
            f"{section}.{name}" for section, table in self.data.items() if isinstance(table, dict) for name in table
        }

    def _provisional(self) -> Profile:
        """A profile of who speaks: what reads sentences must know whom they name."""
        data = {**self.data, "source": {"title": "-", "checked": "2000-01-01"}}
        return self.kind.model_validate(data, context=self.programme.known)

    def _called(self) -> dict[str, list[str]]:
        """Every name a category has in any edition."""
        found = {key: [item.name] for key, item in self.programme.categories.items()}
        for key, besides in self.programme.verify.categories.items():
            found[key] += besides
        for one in self.known.facts:
            for key, offer in one.profile.categories.items():
                if isinstance(offer.name, str) and offer.name not in found.setdefault(key, []):
                    found[key].append(offer.name)
        return found

    def _categories(self) -> dict[str, Any]:
        """The categories the source speaks of, by the names it has for them."""
        made: dict[str, Any] = {}
        heads = {tidy(head) for one in self.source for head in one.heads}
        texts = [re.sub("《[^》]*》", "", one.text) for one in self.source]
        if not any(name in text for names in self.called.values() for name in names for text in texts):
            texts = [one.text for one in self.source]  # named in the titles of documents alone
        for key, found in self.called.items():
            there = [name for name in found if any(name in text for text in texts)]
            if there:
                name = next((one for one in there if any(one in head for head in heads)), there[0])
                clause = next((s.clause for s in self.source if any(name in h for h in s.heads[-1:])), None)
                clause = clause or next(s.clause for s, text in zip(self.source, texts, strict=True) if name in text)
                made[key] = {"name": name, "cite": clause}
        if not made and any(self.programme.name in one.text for one in self.source):
            self.notes.append("原文没有写明是哪几类，各类都列为待定，不开展的写 offered: false")
            asked = {key: {"pending": f"是否开展{names[0]}", "suggest": names[0]} for key, names in self.called.items()}
            return {key: {"name": name} for key, name in asked.items()}
        return made

    def category(self, key: str) -> str:
        """What the source calls a category, or what it is likely to be called."""
        name = self.categories[key]["name"]
        return str(name["suggest"]) if isinstance(name, dict) else str(name)
