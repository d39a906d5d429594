"""From the text of a notice to the data of a profile: everything it says is a fact, words to be confirmed, or told."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from notices.importing import acting, dated, head, names, negatives, outline, pairing, placing
from notices.importing.known import Knowledge, KnownFact
from notices.importing.sentences import SourcePart, SourceSentence, sentences
from notices.profile import Profile
from notices.profile.facts import Exclusion, Material, Rule
from notices.verify.clauses import Clauses, parse
from notices.verify.texts import ReadText
from notices.wording.binding import weighty
from notices.wording.spelling import tidy
from notices.wording.words import PLACEHOLDER

_FRAMED = frozenset({"标题", "发文字号", "主送机关", "附件", "联系人", "附注", "落款", "成文日期"})
_FRAME = re.compile(
    r"(?:通知|要求|事项|通告|公告)如下|特此(?:通知|公告)|现(?:就|将).{0,40}(?:有关|如下)|(?:决定|现|特)?组织开展.{0,40}(?:工作|申报|推荐)"
    r"|(?:决定|现)?开展.{0,40}(?:推荐|申报|遴选)(?:工作)?|(?:符合|满足|具备)(?:以下|下列).{0,10}(?:条件|要求)?[:：]?$|^(?:具体|有关)?.{0,12}如下[:：]?$"
)

_LEAD = re.compile(r"如下[:：]?$|特此(?:通知|公告)|^[^。；]{0,40}[:：]$")
"""What leads to a list or ends a notice, and states nothing of its own."""


@dataclass
class Draft:
    """The data of a profile drafted from a source, and what became of every part of the source."""

    data: dict[str, Any]
    source: list[SourceSentence]
    clauses: Clauses
    taken: dict[str, str] = field(default_factory=dict)
    """The edition each known rule was taken from, by its id here."""
    carrying: dict[str, str] = field(default_factory=dict)
    """The deadline each material is handed in by."""


def drafted(text: ReadText, kind: type[Profile], known: Knowledge, identity: str, asked: Asked) -> Draft:
    """Draft the profile a source states, of a programme's class, by what is ``known``.

    Raises:
        ProblemsError: the source does not say of which year it is, or is no notice.
    """
    return _Drafting(text, kind, known, identity, asked).draft()


@dataclass(frozen=True)
class Asked:
    """What the user says besides: the year, who issues it; and known rules that are not to be taken (id, edition)."""

    year: int | None = None
    name: str = ""
    refused: frozenset[tuple[str, str]] = frozenset()


class _Drafting:
    """One draft in the making."""

    def __init__(self, text: ReadText, kind: type[Profile], known: Knowledge, identity: str, asked: Asked) -> None:
        self.text, self.kind, self.asked = text, kind, asked
        self.known = Knowledge(tuple(one for one in known.facts if (one.key, one.edition) not in asked.refused))
        self.clauses = parse(text.paras)
        self.head = head.head(self.clauses, asked.name)
        self.year = asked.year or self.head.year or 0
        self.source = [one for one in sentences(self.clauses) if one.node not in _FRAMED]
        self.contact, codes = head.contacts(self.clauses)
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

    def draft(self) -> Draft:
        """All of it."""
        self._negative()
        self._dated()
        self._rules()
        intro = self._intro()
        self._words()
        self._tables()
        shown = {key: str(item["name"]) for key, item in self.categories.items()}
        self.data["outlines"] = {
            self.head.kind: outline.outline(self.clauses, self.source, self.stated, self.whole, shown, intro)
        }
        return Draft(self.data, self.source, self.clauses, self.taken, self.carrying)

    def _provisional(self) -> Profile:
        """A profile of who speaks: what reads sentences must know whom they name."""
        assert self.kind.PROGRAMME  # noqa: S101 - the shipped class is of a programme
        data = {**self.data, "source": {"title": "-", "checked": "2000-01-01"}, "year": self.year or 2024}
        return self.kind.model_validate(data, context=self.kind.PROGRAMME.known)

    def _categories(self) -> dict[str, Any]:
        """The categories the source speaks of, by the names it has for them."""
        programme = self.kind.PROGRAMME
        assert programme  # noqa: S101 - as above
        called: dict[str, list[str]] = {key: [item.name] for key, item in programme.categories.items()}
        for one in self.known.facts:
            for key, offer in one.profile.categories.items():
                if isinstance(offer.name, str) and offer.name not in called[key]:
                    called[key].append(offer.name)
        made: dict[str, Any] = {}
        heads = {tidy(head) for one in self.source for head in one.heads}
        for key, found in called.items():
            there = [name for name in found if any(name in one.text for one in self.source)]
            if there:
                name = next((one for one in there if any(one in head for head in heads)), there[0])
                clause = next((s.clause for s in self.source if any(name in h for h in s.heads[-1:])), None)
                clause = clause or next(s.clause for s in self.source if name in s.text)
                made[key] = {"name": name, "cite": clause}
        return made or {key: {"name": item.name, "offered": False} for key, item in programme.categories.items()}

    def _about(self, sentence: SourceSentence) -> list[str]:
        """The category a sentence stands under."""
        for text in reversed(sentence.heads):
            found = [key for key, item in self.categories.items() if str(item["name"]).removeprefix("绿色") in text]
            if len(found) == 1:
                return found
        return []

    def _state(self, n: int, key: str, at: int | None = None) -> None:
        keys = self.stated.setdefault(n, [])
        if key not in keys:
            keys.insert(len(keys) if at is None else at, key)

    def _negative(self) -> None:
        items = [one for one in self.known.of(Exclusion)]
        found = negatives.negative(self.source, items)
        if found is None:
            return
        self.data["exclusions"] = found.data
        owners = {id(part): n for n, one in enumerate(self.source) for part in one.parts}
        for part, key in found.parts:
            item = found.data if key == "exclusions" else found.data["items"][key.removeprefix("exclusions.items.")]
            part.typed(key)
            part.fate = "worded" if "confirm" in item else "typed"
            part.why = str(item["confirm"]["why"]) if "confirm" in item else ""
        self.taken |= found.taken
        first = min((owners[id(part)] for part, _ in found.parts), default=0)
        self._state(first, "exclusions")
        self.whole["exclusions"] = {"lead": "{exclusions}：", "items": "exclusions.items.*"}

    def _dated(self) -> None:
        materials = list(self.known.of(Material))
        for one in dated.dated(self._open(), self.profile, self.names, materials, self.year, self.asked.refused):
            n = self.source.index(self._open_at[one.sentence])
            self.data.setdefault("deadlines", {})[one.key.partition(".")[2]] = one.data
            for part in one.parts:
                part.typed(one.key)
            self._state(n, one.key)
            for key, item in one.materials.items():
                self.data.setdefault("materials", {})[key.partition(".")[2]] = item
                for part in one.parts:
                    part.typed(key)
            if one.carried:
                self.taken |= {key: dated.CARRIED for key in (one.key, *one.materials)}
                self.carrying |= dict.fromkeys(one.materials, one.key)
                self.whole[one.key] = f"{{carrying:{one.key} {' '.join(one.materials)}}}。"

    def _open(self) -> list[SourceSentence]:
        self._open_at = [one for one in self.source if one.open and one.node != "引言"]
        return self._open_at

    def _rules(self) -> None:
        """Known rules that the source states."""
        rules = [one for one in self.known.of(Rule) if one.section not in {"implements", "basis", "definitions"}]
        listed = self.clauses.find("附件")
        left = [n for n, one in enumerate(self.source) if one.open]
        found = pairing.paired(
            [self.source[n] for n in left],
            rules,
            [self._about(self.source[n]) for n in left],
            listed.text if listed else "",
        )
        kept = []
        for one in found:
            sentence = self.source[left[one.first]]
            data = self._own(one.known, sentence)
            if data is None or not any(part.fate == "left" for part in one.parts):
                continue
            self.data.setdefault(one.known.section, {})[one.known.name] = data
            self._state(left[one.first], one.known.key)
            self.taken[one.known.key] = one.known.edition
            kept.append(one)
        pairing.settled(kept)
        for one in kept:  # a rule no part of which it has enough of stands beside what is kept as words
            if not any(one.known.key in part.keys for part in one.parts):
                self.data[one.known.section].pop(one.known.name)
                self.stated[left[one.first]].remove(one.known.key)

    def _own(self, known: KnownFact, sentence: SourceSentence) -> dict[str, Any] | None:
        """A known rule with this source's ids; None where it names something this source has not."""
        data = {
            name: value for name, value in known.data.items() if name not in {"cite", "note", "relaxes", "document"}
        }
        for name in ("say", "when"):
            if isinstance(data.get(name), str):
                placed = self._translated(data[name], known)
                if placed is None:
                    return None
                data[name] = placed
        if "by" in data:
            by = acting.doer(known.demand.phrase, sentence.text, self.profile)
            by = by if by in self.profile.actors else data["by"] if data["by"] in self.profile.actors else None
            data.pop("by")
            data |= {"by": by} if by else {}
        about = self._about(sentence)
        if "for" in data:
            data["for"] = [key for key in data["for"] if key in self.categories]
            if not data["for"]:
                return None
        if known.section == "conditions" and re.search("重点[是为]", sentence.text):
            data["strength"] = "focus"
        elif data.get("strength") == "focus":
            data.pop("strength")
        del about
        return {**data, "cite": sentence.clause}

    def _translated(self, text: str, known: KnownFact) -> str | None:
        lost = False

        def place(match: re.Match[str]) -> str:
            nonlocal lost
            name, arg = match["name"], match["arg"] or ""
            if name == "ref":
                item = known.profile.references[arg]
                key = self.names.reference(str(item.title))
                self.names.used |= {key} if key else set()
                lost |= key is None
                return f"{{ref:{key}}}"
            if name == "channel":
                key = next(iter(self.names.channels), None)
                lost |= key is None
                return f"{{channel:{key}}}"
            if name == "actor":
                lost |= arg not in self.data["actors"]
            if name == "attachment":
                lost |= arg not in self.names.attachments
            return match[0]

        without = re.sub(
            r"[（(]见?\{attachment:([^}]+)\}[）)]",
            lambda m: m[0] if m[1] in self.names.attachments else "",
            text,
        )
        made = PLACEHOLDER.sub(place, without)
        return None if lost else made

    def _intro(self) -> str:
        """The introduction, with places for what it carries out, what it rests on, what it is for."""
        made = ""
        for n, sentence in enumerate(self.source):
            if sentence.node != "引言":
                continue
            for part in sentence.parts:
                made += self._introduced(n, sentence, part)
        return made

    def _introduced(self, n: int, sentence: SourceSentence, part: SourcePart) -> str:
        text = re.sub(r"\s+", "", part.text)
        end = text[-1:] if text[-1:] in "，,：:；;。" else ""
        keys = [key for key in part.keys if key in self.stated.get(n, ())]
        if keys:
            return "，".join(f"{{{key}}}" for key in keys) + (end or "，")
        if "《" in text:
            placed = self._carried(text, sentence.clause, part)
            if placed:
                return placed
        framed = text.replace(f"{self.year}年", "{year}年")
        if _FRAME.search(tidy(text)) and not weighty(framed.replace("{year}", "")):
            part.fate = "frame"
            return framed
        name = f"intro-{len(self.data.get('aims', {})) + 1}"
        self.data.setdefault("aims", {})[name] = {
            **placing.rule(re.sub("^为", "", text.rstrip("，,。；;：:")), self.profile, self.names, "目的"),
            "cite": sentence.clause,
        }
        self.data["aims"][name].pop("by", None)
        self.data["aims"][name].pop("strength", None)
        words = self.data["aims"][name]
        words.pop("binds", None)
        if binds := list(placing.binds_in(words["say"], "must")):
            words["binds"] = binds
        part.fate, part.keys = "worded", [f"aims.{name}"]
        self._state(n, f"aims.{name}")
        lead = "为" if text.startswith("为") else ""
        return f"{lead}{{aims.{name}}}{end or '，'}"

    def _carried(self, text: str, clause: str, part: SourcePart) -> str:
        """A part that names documents: each becomes a fact of its own, the words between stay."""
        section = "basis" if re.search("根据|按照|依据|参照", text) else "implements"
        keys: list[str] = []

        def document(match: re.Match[str]) -> str:
            key = self.names.reference(match[1])
            if key is None:
                return match[0]
            self.names.used.add(key)
            keys.append(f"{section}.{key}")
            label = "依据" if section == "basis" else "落实的文件"
            self.data.setdefault(section, {})[key] = {"label": label, "say": f"{{ref:{key}}}", "cite": clause}
            return f"{{{section}.{key}}}"

        made = names._NAMED.sub(document, text)
        if not keys or weighty(re.sub(r"\{[^}]*\}", "", made)):
            for key in keys:
                self.data[section].pop(key.partition(".")[2], None)
            return ""
        part.fate, part.keys = "typed", keys
        return made

    def _words(self) -> None:
        """What is left, as words in the section they belong to."""
        rules = list(self.known.of(Rule))
        for n, sentence in enumerate(self.source):
            runs: list[list[SourcePart]] = []
            for part in sentence.parts:
                if part.fate != "left":
                    runs.append([])
                elif runs:
                    runs[-1].append(part)
                else:
                    runs = [[part]]
            for run in filter(None, runs):
                self._told(n, sentence, run, rules)

    def _told(self, n: int, sentence: SourceSentence, run: Sequence[SourcePart], rules: Sequence[KnownFact]) -> None:
        """A run of parts: what in it is like a known rule, under that rule's id; the rest as words of its own."""
        taken = {f"{section}.{name}" for section, table in self.data.items() if isinstance(table, dict) for name in table}
        near = placing.nearest(run, rules, self._about(sentence), taken)
        if near is None:
            self._worded(n, sentence, run, rules)
            return
        if near.first:
            self._told(n, sentence, run[: near.first], rules)
        self._worded(n, sentence, run[near.first : near.last + 1], rules, near)
        if near.last + 1 < len(run):
            self._told(n, sentence, run[near.last + 1 :], rules)

    def _worded(
        self,
        n: int,
        sentence: SourceSentence,
        run: Sequence[SourcePart],
        rules: Sequence[KnownFact],
        near: placing.Near | None = None,
    ) -> None:
        text = re.sub(r"\s+", "", "".join(part.text for part in run))
        if _LEAD.search(tidy(text)) or len(tidy(text)) < 4:
            for part in run:
                part.fate = "frame"
            return
        section = near.known.section if near else placing.section(text, sentence.heads, rules, self._about(sentence))
        about = self._about(sentence)
        prefix = f"{about[0]}." if len(about) == 1 else ""
        table = self.data.setdefault(section, {})
        name = near.known.name if near else f"{prefix}words-{len(table) + 1}"
        made = placing.rule(text, self.profile, self.names, self._label(sentence, text))
        if near:
            made["label"] = near.known.data.get("label", made["label"])
        sure = near is not None and near.share >= placing.SURE and placing.plain(near.known)
        if sure and made.get("strength", "must") == near.known.data.get("strength", "must") and not re.search(r"\d", made["say"]):
            made.pop("confirm")
        made = {"label": made.pop("label"), **({"for": about} if about else {}), **made, "cite": sentence.clause}
        table[name] = made
        key = f"{section}.{name}"
        for part in run:
            part.fate, part.keys = "worded" if "confirm" in made else "typed", [key]
        self._state(n, key, self._order(n, sentence, run))

    def _order(self, n: int, sentence: SourceSentence, run: Sequence[SourcePart]) -> int:
        """Where among what the sentence states a run of its parts stands."""
        first = sentence.parts.index(run[0])
        before = {key for part in sentence.parts[:first] for key in part.keys}
        keys = self.stated.get(n, [])
        return max((at + 1 for at, key in enumerate(keys) if key in before), default=0)

    @staticmethod
    def _label(sentence: SourceSentence, text: str) -> str:
        head = sentence.heads[-1] if sentence.heads else ""
        return re.sub(r"\s", "", head)[:12] or re.split("[，,（(]", text)[0][:12]

    def _tables(self) -> None:
        """What the facts name: documents, platforms, attachments, contacts, categories."""
        used = set(re.findall(r"\{ref:([^}]+)\}", str(self.data)))
        self.data["references"] = {key: item for key, item in self.names.references.items() if key in used}
        said = set(re.findall(r"\{channel:([^}]+)\}", str(self.data)))
        self.data["channels"] = {key: item for key, item in self.names.channels.items() if key in said}
        if self.names.attachments:
            self.data["attachments"] = self.names.attachments
        if self.contact:
            self.data["contacts"] = {"office": self.contact}
            self.whole["contacts.office"] = ["contacts.office"]
