"""What is known of a draft while it is made: who speaks, what is named, what became of each part of the source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from notices.errors import Problem, ProblemsError
from notices.importing import acting, head, names
from notices.importing.known import Knowledge
from notices.importing.sentences import SourceSentence, sentences
from notices.profile import Profile
from notices.verify.clauses import parse
from notices.verify.texts import ReadText
from notices.wording.spelling import tidy

INTRODUCTION = "引言"
_FRAMED = frozenset({"标题", "发文字号", "主送机关", "附件", "联系人", "附注", "落款", "成文日期"})


@dataclass(frozen=True)
class Asked:
    """What the user says besides: the year, who issues it; and known rules that are not to be taken (id, edition)."""

    year: int | None = None
    name: str = ""
    refused: frozenset[tuple[str, str]] = frozenset()


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
        self.kind, self.asked = kind, asked
        self.known = Knowledge(tuple(one for one in known.facts if (one.key, one.edition) not in asked.refused))
        self.clauses = parse(text.paras)
        self.head = head.head(self.clauses, asked.name)
        self.year = asked.year or self.head.year or 0
        if not self.year:
            hint = "加上 --year，如 --year 2025"
            raise ProblemsError([Problem(text.name, 0, 0, "", "标题和成文日期里都没有年度", hint)])
        self.source = [one for one in sentences(self.clauses) if one.node not in _FRAMED]
        self.contact, codes = head.contacts(self.clauses)
        self.called = self._called()
        self.categories = self._categories()
        whole = "".join(para.text for para in text.paras)
        self.data: dict[str, Any] = {
            "id": identity,
            "year": self.year,
            "source": {"title": self.head.title or text.name, "checked": ""},
            "authority": head.authority(self.head, whole, codes),
            "papers": {self.head.kind: head.paper(self.head)},
            "actors": {"applicant": "申报单位"},
            "categories": self.categories,
        }
        self.profile = self._provisional()
        self.data["actors"] = acting.actors(self.source, self.profile)
        self.profile = self._provisional()
        self.names = names.names(self.source, self.clauses, known, {k: v["name"] for k, v in self.categories.items()})
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
        assert self.kind.PROGRAMME  # noqa: S101 - the shipped class is of a programme
        data = {**self.data, "source": {"title": "-", "checked": "2000-01-01"}, "year": self.year}
        return self.kind.model_validate(data, context=self.kind.PROGRAMME.known)

    def _called(self) -> dict[str, list[str]]:
        """Every name a category has in any edition."""
        assert self.kind.PROGRAMME  # noqa: S101 - the shipped class is of a programme
        found = {key: [item.name] for key, item in self.kind.PROGRAMME.categories.items()}
        for one in self.known.facts:
            for key, offer in one.profile.categories.items():
                if isinstance(offer.name, str) and offer.name not in found.setdefault(key, []):
                    found[key].append(offer.name)
        return found

    def _categories(self) -> dict[str, Any]:
        """The categories the source speaks of, by the names it has for them."""
        made: dict[str, Any] = {}
        heads = {tidy(head) for one in self.source for head in one.heads}
        for key, found in self.called.items():
            there = [name for name in found if any(name in one.text for one in self.source)]
            if there:
                name = next((one for one in there if any(one in head for head in heads)), there[0])
                clause = next((s.clause for s in self.source if any(name in h for h in s.heads[-1:])), None)
                clause = clause or next(s.clause for s in self.source if name in s.text)
                made[key] = {"name": name, "cite": clause}
        return made or {key: {"name": names[0], "offered": False} for key, names in self.called.items()}
