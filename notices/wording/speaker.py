"""A profile's facts as phrases: the one place where what a rule says, whom it binds and by when becomes words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from notices.document.mentions import Mentions
from notices.errors import WordingError
from notices.marks import unmarked
from notices.profile import Category, Exclusion, Exclusions, Paper, Profile, Rule
from notices.profile.facts import Attachment, Channel, Deadline, Material
from notices.profile.people import Contact
from notices.profile.values import Fact
from notices.wording.words import (
    PLACEHOLDER,
    SEVERITY_WORDS,
    amount,
    bound,
    bracketed,
    copies,
    day,
    forms_of,
    joined,
    month_day,
    parts_of,
    reference,
    said,
    unconfirmed,
    until,
    years,
)

_LEAD = re.compile(r"优先[\u4e00-\u9fff]{2}")


class Speaker:
    """Reads a profile's facts out as phrases, resolving the places in them.

    One speaker writes one document: an alias is introduced at the first mention of a reference, and used after it.
    With ``mentions`` every text it gives out is marked as the words of its fact; what is to be confirmed is marked
    for any document (``marked``), and plain for what is none.
    """

    def __init__(
        self,
        profile: Profile,
        mentions: Mentions | None = None,
        paper: Paper | None = None,
        *,
        marked: bool = False,
    ) -> None:
        """``paper`` is the document it is for: what it calls otherwise, and whom it names in full at first."""
        self.profile = profile
        self._marked = marked or mentions is not None
        self.called: Mapping[str, str] = paper.called if paper else {}
        self._mentions = mentions
        self._mentioned: set[str] = set()
        self._unnamed: dict[str, str] = dict(paper.introduces) if paper else {}
        self._attached = profile.attached()
        self._keys = {id(fact): key for key, fact in profile.facts()} if mentions is not None else {}

    def key(self, fact: object) -> str:
        """The key of a fact of this profile; empty for what is none."""
        return self._keys.get(id(fact), "")

    def stated(self, fact: object, text: str) -> str:
        """A text as the words of a fact, in this document's names; ``fact`` may be a key."""
        text = self._in_our_names(text if self._marked else unmarked(text))
        key = fact if isinstance(fact, str) else self.key(fact)
        return self._mentions.mark(key, text) if self._mentions is not None and key and text else text

    def _in_our_names(self, text: str) -> str:
        for name, ours in self.called.items():
            text = text.replace(name, ours)
        return text

    def ref(self, key: str) -> str:
        """A reference by id."""
        item = self.profile.references[key]
        text = reference(item, short=key in self._mentioned)
        self._mentioned.add(key)
        return self.stated(item, text)

    def attachment(self, key: str) -> str:
        """附件2 for an attachment's id."""
        return self.stated(self._attached[key][1], self._attached[key][0])

    def actor(self, key: str) -> str:
        """What the document calls one of the parties: at first by the full name it introduces them with."""
        name = self._in_our_names(said(self.profile.actors[key]))
        full = self._unnamed.pop(key, None)
        return f"{full}（以下统称“{name}”）" if full else name

    def channel(self, key: str) -> str:
        """A platform with its address, in full at the first mention."""
        item: Channel = self.profile.channels[key]
        if f"channel.{key}" in self._mentioned:
            return self.stated(item, said(item.alias or item.name))
        self._mentioned.add(f"channel.{key}")
        alias = f"以下简称{item.alias}" if item.alias else None
        return self.stated(item, bracketed(item.name, (item.url, item.column, alias)))

    def say(self, fact: Rule | Exclusion | Deadline) -> str:
        """The phrase of a fact, every place in it filled with the typed value.

        Raises:
            KeyError: a place that names nothing (:mod:`notices.checks.validation` reports it before).
        """
        return self.stated(fact, self.filled(said(fact.say), fact) + unconfirmed(fact))

    def phrase(self, rule: Rule, previous: Rule | Deadline | None = None) -> str:
        """A rule as it stands in a sentence: 适用情形，who, what.

        Who is not said again right after a rule ``previous`` of the same actor.
        """
        when = f"{self.occasion(rule)}，" if rule.when else ""
        known = previous is not None and previous.by == rule.by and not when
        who = self.actor(rule.by) if rule.by and not known else ""
        return self.stated(rule, when + who + self.say(rule))

    def predicate(self, rule: Rule, *, led: bool = False) -> str:
        """A rule without who; ``led``: without 优先推荐, which the sentence has said for all (:meth:`lead`)."""
        when = f"{self.occasion(rule)}，" if rule.when else ""
        say = _LEAD.sub("", said(rule.say)) if led else said(rule.say)
        return self.stated(rule, when + self.filled(say, rule) + unconfirmed(rule))

    def lead(self, rules: Sequence[Rule]) -> str:
        """优先推荐, said once for rules that all begin so.

        Raises:
            WordingError: they do not.
        """
        leads = {match[0] if (match := _LEAD.match(said(rule.say))) else "" for rule in rules}
        if len(leads) != 1 or leads == {""}:
            raise WordingError("这几条不是以同样的“优先……”开头的")
        return self._of_all(rules, leads.pop())

    def _of_all(self, facts: Sequence[Rule | Material], text: str) -> str:
        for fact in facts:
            text = self.stated(fact, text)
        return text

    def occasion(self, rule: Rule) -> str:
        """适用情形 of a rule, every place in it filled."""
        return self.stated(rule, self.filled(said(rule.when), rule))

    def etc(self, fact: Rule | Exclusions) -> str:
        """等 behind a list that is not complete."""
        return self.stated(fact, "等") if fact.open_ended else ""

    def ought(self, rules: Sequence[Rule], *, short: bool = False) -> str:
        """应当 (``short``: 应) before rules that bind; one that binds less says so itself, in its own words.

        Raises:
            WordingError: none of them binds.
        """
        binding = [rule for rule in rules if rule.strength in {"must", "does"}]
        if not binding:
            raise WordingError("这些规定没有一条是应当做到的")
        return self.stated(binding[0], "应" if short else "应当")

    def also(self, rules: Sequence[Rule]) -> str:
        """且 between conditions that must all hold.

        Raises:
            WordingError: one of them is an alternative.
        """
        if len(rules) < 2 or any(rule.any_of for rule in rules):
            raise WordingError("这些规定不是都要符合的")
        return self.stated(rules[-1], "且")

    def either(self, rules: Sequence[Rule]) -> str:
        """或者 before the last of several of which one is enough.

        Raises:
            WordingError: they are not alternatives of one group.
        """
        groups = {rule.any_of for rule in rules}
        if (len(groups) != 1 or None in groups) and {rule.strength for rule in rules} != {"prefer"}:
            raise WordingError("这些规定不是符合其一即可的")
        return self.stated(rules[-1], "或者")

    def barred(self, exclusions: Exclusions, *, all_listed: bool = False) -> str:
        """近三年有下列情形之一的企业，不得申报: how far back, who, and from what.

        Where ``all_listed`` items follow, also those that do not bar, it says which do: 下列第1至6项情形之一.
        """
        some = all_listed and exclusions.refusals != exclusions.items
        numbers = self.items(exclusions, "refuses") if some else ""
        *bars, last = exclusions.bars
        named = f"{'、'.join(bars)}和{last}{exclusions.bars_from}" if bars and exclusions.bars_from else ""
        lookback = f"近{years(exclusions.lookback)}有下列{numbers}情形之一的"
        return self.stated("exclusions", f"{lookback}{exclusions.subjects}，不得{named or joined(exclusions.bars)}")

    def barred_heading(self, exclusions: Exclusions) -> str:
        """不得申报的情形, 不得申报和移出名单的情形: what the negative list is called."""
        removes = "和移出名单" if exclusions.removals else ""
        return self.stated("exclusions", f"不得申报{removes}的情形")

    def removals(self) -> str:
        """Which items of the negative list take a unit off the list: 第2至8项.

        Raises:
            WordingError: none does.
        """
        if self.profile.exclusions is None or not self.profile.exclusions.removals:
            raise WordingError("负面清单里没有移出名单的情形")
        return self.items(self.profile.exclusions, "removes")

    def items(self, exclusions: Exclusions, consequence: str) -> str:
        """Which items of the negative list bar (``refuses``) or remove (``removes``): 第1至7项, 第1、3项."""
        some = exclusions.removals if consequence == "removes" else exclusions.refusals
        found = [n for n, key in enumerate(exclusions.items, 1) if key in some]
        running = len(found) > 2 and found[-1] - found[0] == len(found) - 1
        text = f"{found[0]}至{found[-1]}" if running else joined(map(str, found))
        return self.stated("exclusions", f"第{text}项")

    def articles(self, facts: Sequence[Rule | Exclusions]) -> str:
        """第十条、第十一条: the articles of the source some facts are cited from, in its order."""
        cited = [clause.partition("条")[0] + "条" for fact in facts for clause in fact.cite if clause.startswith("第")]
        order = dict.fromkeys(c.partition("条")[0] + "条" for c in self.profile.source.clauses if c.startswith("第"))
        return self.stated("source.clauses", joined(article for article in order if article in cited))

    def exclusion(self, item: Exclusion) -> str:
        """An item of the negative list with the record it is judged by."""
        sources = "和".join(f"“{name}”" for name in item.evidence)
        role = {"decides": f"（以{sources}为准）", "refers": f"（参照{sources}）", None: ""}[item.evidence_role]
        return self.stated(item, self.say(item) + role)

    def filled(self, text: str, fact: Fact) -> str:
        """A text of a fact with every place in it filled with the fact's typed value.

        Raises:
            KeyError: a place that names nothing.
        """
        places = self._places(fact)
        return PLACEHOLDER.sub(lambda match: places[match["name"]](match["arg"] or ""), text)

    def _places(self, fact: Fact) -> dict[str, Callable[[str], str]]:
        limit, span = getattr(fact, "limit", None), getattr(fact, "span", None)
        severity = getattr(fact, "severity", None)
        date, annual = getattr(fact, "date", None), getattr(fact, "annual", None)
        time = said(getattr(fact, "time", None))
        items = joined(getattr(fact, "items", ()), open_ended=getattr(fact, "open_ended", False))
        return {
            "limit": lambda _: bound(limit) if limit else "",
            "value": lambda _: amount(limit) if limit else "",
            "basis": lambda _: (limit.basis or "") if limit else "",
            "span": lambda _: bound(span) if span else "",
            "years": lambda _: years(span) if span else "",
            "severity": lambda _: SEVERITY_WORDS[severity] if severity else "",
            "items": lambda _: items,
            "date": lambda _: (day(date) if date else month_day(annual) if annual else "") + time,
            "year": lambda _: str(self.profile.year),
            "removals": lambda _: self.removals(),
            "ref": self.ref,
            "attachment": self.attachment,
            "actor": self.actor,
            "channel": self.channel,
        }

    def when(self, deadline: Deadline) -> str:
        """2024年5月31日17:30前, 每年4月15日前, or 不少于7个工作日."""
        if deadline.span:
            return self.stated(deadline, bound(deadline.span))
        return self.stated(deadline, until(deadline))

    def deadline(
        self, item: Deadline, previous: Rule | Deadline | None = None, *, ought: bool = False, carrying: str = ""
    ) -> str:
        """各市于2024年5月31日前将…报送我厅: who, by when, what.

        Who is not said again right after a rule ``previous`` of the same actor. ``ought`` says 应 besides; ``carrying``
        is what is handed in, said before what is done with it.
        """
        who = "" if previous is not None and previous.by == item.by else self.actor(item.by)
        time = self.when(item)
        what = f"将{carrying}{self.say(item)}" if carrying else self.say(item)
        return self.stated(item, f"{who}{'应' if ought else ''}于{time}{what}")

    def material(self, item: Material, category: Category | None = None) -> str:
        """推荐汇总表（附件1，纸质一式两份、电子）; for one ``category`` what it hands in, with its own attachments."""
        name = item.otherwise.get(category, item.name) if category else item.name
        forms = joined(forms_of(item.form, item.copies))
        return self.stated(item, bracketed(name, (self.attachments(item, category), forms)))

    def handed(self, item: Material, *, named: bool = False, copied: bool = True) -> str:
        """How a material is handed in: 纸质材料一式一份; ``named``: 评价报告（附件3，一式两份）, its form left out."""
        if not named:
            return self.stated(item, joined(item.form) + (copies(item.copies) if item.copies else ""))
        count = copies(item.copies) if item.copies and copied else None
        return self.stated(item, bracketed(item.name, (self.attachments(item), count)))

    def handed_alike(self, items: Sequence[Material]) -> str:
        """一式三份（随附电子版）, where all materials are handed in so; else empty."""
        ways = {(item.copies, item.form) for item in items}
        count, form = next(iter(ways)) if len(ways) == 1 else (None, ())
        if not count or set(map(said, form)) != {"纸质", "电子"}:
            return ""
        return self._of_all(items, f"{copies(count)}（随附电子版）")

    def category(self, key: Category) -> str:
        """What the edition calls one of its categories: 绿色工厂."""
        return self.stated(self.profile.categories[key], said(self.profile.categories[key].name))

    def submitted(self, items: Sequence[Material], actor: str) -> str:
        """通过绿色发展管理平台提交: how all of these materials are handed in.

        Raises:
            WordingError: one of them is not.
        """
        if any(item.form != ("平台提交",) for item in items):
            raise WordingError("这些材料不都是平台提交的")
        return self._of_all(items, f"通过{self.actor(actor)}提交")

    def attachments(self, item: Material, category: Category | None = None) -> str:
        """附件5、附件6: where a material's forms are; less those for other categories."""
        here = [key for key in item.attachments if key in self._attached]
        concern = [key for key in here if not category or category in (self._attached[key][1].applies or (category,))]
        return "、".join(map(self.attachment, concern))

    def contact(self, item: Contact) -> str:
        """One contact on one line: office, person, phone, email."""
        return self.stated(item, "，".join(parts_of(item)))

    def contact_lines(self, item: Contact) -> tuple[tuple[str, str], ...]:
        """(label, text) a line: whom to call, then where to write."""
        reach = {"email": None, "address": None, "postcode": None}
        call = "，".join(parts_of(item.model_copy(update=reach)))
        place = "，".join(parts_of(Contact.model_construct(address=item.address, postcode=item.postcode)))
        write = said(item.email)
        lines = (("联系人及电话", call), ("地址", place), ("电子邮箱", write))
        return tuple((label, self.stated(item, text)) for label, text in lines if text)

    def title(self, text: str) -> str:
        """A title with {year} filled in."""
        return text.replace("{year}", str(self.profile.year))

    def attachment_titles(self) -> tuple[tuple[str, Attachment], ...]:
        """(附件n, attachment) in order."""
        return tuple(self._attached.values())
