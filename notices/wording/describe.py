"""One text of a fact, for everything that shows facts one by one: ``show``, comparisons."""

from __future__ import annotations

from notices.profile import Contact, Deadline, Exclusion, Exclusions, Fact, Material, Paper, Pending, Rule
from notices.profile.facts import Attachment, Channel, Offer, Reference
from notices.wording.speaker import Speaker
from notices.wording.words import (
    EVIDENCE_WORDS,
    day,
    joined,
    pending,
    reference,
    said,
    shown,
    titled,
    unconfirmed,
    years,
)


class Describer(Speaker):
    """Facts in the words of the notice, each on its own: documents and platforms are named, never introduced."""

    def ref(self, key: str) -> str:
        """《title》 of a reference by id."""
        return shown(titled(self.profile.references[key]))

    def channel(self, key: str) -> str:
        """The name of a platform."""
        return shown(self.profile.channels[key].name)

    def text(self, fact: Fact) -> str:
        """A fact in words, without marks."""
        return shown(self._text(fact))

    def _text(self, fact: Fact) -> str:  # noqa: C901 - one case a kind of fact
        match fact:
            case Rule():
                return self.phrase(fact) if fact.say else fact.label or ""
            case Exclusion():
                return self.exclusion(fact)
            case Exclusions():
                return f"近{years(fact.lookback)}有所列情形的{fact.subjects}，不得{joined(fact.bars)}"
            case Deadline():
                return f"{self.when(fact)} {self.actor(fact.by)}{self.say(fact)}"
            case Material():
                return self.material(fact)
            case Contact():
                return self.contact(fact)
            case Channel():
                return " ".join(filter(None, map(said, (fact.name, fact.url, fact.column))))
            case Reference():
                return reference(fact)
            case Offer():
                how = f"（{EVIDENCE_WORDS[fact.evidence]}）" if fact.evidence else ""
                return f"{fact.name}{how if fact.offered else '（不开展）'}"
            case Attachment():
                return self.title(fact.drafted) + unconfirmed(fact)
            case Paper():
                return self._paper(fact)
            case _:
                return fact.label or ""

    def _paper(self, paper: Paper) -> str:
        number = pending(paper.number) if isinstance(paper.number, Pending) else paper.number
        return " ".join(filter(None, (self.paper_title(paper), number, day(paper.issued))))

    def paper_title(self, paper: Paper) -> str:
        """The title with its year; one that is to be confirmed as it is drafted, with the mark."""
        return self.title(paper.drafted) + (pending(paper.title) if isinstance(paper.title, Pending) else "")
