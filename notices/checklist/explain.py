"""Why an item got its verdict: every value of the chain with the file and line it stands in."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from notices.checklist.advice import certificates_of, facts_of, records_of
from notices.checklist.intake import VOUCHED, Applicant
from notices.checklist.items import GROUP_WORDS, JUDGED, Checklist, Item
from notices.checklist.outcome import Outcome, word
from notices.checklist.places import in_table
from notices.checklist.sections import CONSEQUENCE
from notices.checklist.verdict import ItemFinding
from notices.errors import NotFoundError
from notices.forms.data.records import Row
from notices.forms.model import Form
from notices.forms.values import shown
from notices.marks import unmarked
from notices.profile import Exclusion, Exclusions, Rule
from notices.wording.words import bound, day

_PARTS: Mapping[str, str] = {
    "say": "内容",
    "limit": "限值",
    "span": "时间",
    "severity": "等级",
    "test": "判断方法",
    "strength": "效力",
}
"""Parts of a rule that decide, each perhaps from another file than the rest."""


@dataclass(frozen=True)
class Explainer:
    """Tells the chain of values for the items of a checklist."""

    checklist: Checklist
    form: Form

    def item(self, wanted: str) -> Item:
        """The item meant by its id, the end of its id, or its label.

        Raises:
            NotFoundError: none, or several; the message names the nearest.
        """
        judged = [item for item in self.checklist.items if item.group in JUDGED]
        exact = [item for item in judged if wanted == item.key]
        found = exact or [item for item in judged if item.key.endswith(f".{wanted}") or item.label == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            raise NotFoundError(f"“{wanted}”可指几项，写全编号：{'、'.join(item.key for item in found)}")
        names = {name: item.key for item in judged for name in (item.key, item.key.rpartition(".")[2], item.label)}
        near = dict.fromkeys(names[name] for name in difflib.get_close_matches(wanted, names, n=5, cutoff=0.4))
        offer = f"是不是 {'、'.join(near)}" if near else f"可用：{'、'.join(item.key for item in judged)}"
        raise NotFoundError(f"核对清单里没有“{wanted}”这一项；{offer}")

    def lines(self, item: Item, applicant: Applicant, outcome: Outcome) -> Iterator[str]:
        """The chain for one item and applicant; the verdict and its reason are those the page prints."""
        yield from map(unmarked, self._chain(item, applicant, outcome.findings[item.key]))

    def _chain(self, item: Item, applicant: Applicant, finding: ItemFinding) -> Iterator[str]:
        yield f"{item.key}　{item.label}（{GROUP_WORDS[item.group]}）"
        yield f"申报单位：{applicant.name or '（未填名称）'} {applicant.code}　{applicant.place}".replace(" 　", "　")
        yield f"判断日：{day(self.checklist.settled())}{self._period(item)}"
        for key, rule in self._rules(item):
            yield from self._rule(key, rule)
            yield from self._values(rule, applicant)
        yield f"比较：{finding.reason}"
        yield f"结论：{word(item.group, finding.verdict)}" + (
            f"（{CONSEQUENCE[item.weight]}）" if finding.verdict != "met" and CONSEQUENCE.get(item.weight) else ""
        )

    def _period(self, item: Item) -> str:
        period = self.checklist.period
        if item.group != "exclusions" or self.checklist.edition.profile.exclusions is None:
            return ""
        return f"；回看期：{day(period.start)}至{day(period.end)}（{period.basis}）{self._at('exclusions.lookback')}"

    def _rules(self, item: Item) -> Iterator[tuple[str, Rule | Exclusion]]:
        """The item's rule, and those of its group where one is enough."""
        facts = self.checklist.edition.profile.by_id
        own = facts[item.key]
        group = own.any_of if isinstance(own, Rule) else None
        section = item.key.partition(".")[0]
        for other in self.checklist.items:
            fact = facts[other.key]
            same = group is not None and isinstance(fact, Rule) and fact.any_of == group
            if isinstance(fact, Rule | Exclusion) and (other is item or (same and other.key.startswith(f"{section}."))):
                yield other.key, fact

    def _rule(self, key: str, rule: Rule | Exclusion) -> Iterator[str]:
        text = next(item.text for item in self.checklist.items if item.key == key)
        yield f"规定：{text}{self._at(key)}"
        cite = rule.cite or self._whole_cite(rule)
        yield f"  依据：{'、'.join(cite) or '没有写条款'}{self._at(f'{key}.cite') if rule.cite else ''}"
        origin = self.checklist.edition.origin
        for part, name in _PARTS.items():
            if getattr(rule, part, None) is None or origin(f"{key}.{part}") == origin(key):
                continue
            said = f"：{self._said(rule, part)}" if part in {"limit", "span"} else ""
            if part in {"limit", "span", "test"} or origin(f"{key}.{part}").file != origin(key).file:
                yield f"  {name}{said}{self._at(f'{key}.{part}')}"

    def _whole_cite(self, rule: Rule | Exclusion) -> tuple[str, ...]:
        whole = self.checklist.edition.profile.exclusions
        return whole.cite if isinstance(rule, Exclusion) and isinstance(whole, Exclusions) else ()

    @staticmethod
    def _said(rule: Rule | Exclusion, part: str) -> str:
        if part == "limit" and isinstance(rule, Rule) and rule.limit:
            return f"{rule.limit.fact} {bound(rule.limit)}"
        return bound(rule.span) if rule.span else ""

    def _at(self, key: str) -> str:
        """`` 〔file:line〕``, and whom it is inherited from."""
        edition = self.checklist.edition
        origin = edition.origin(key)
        inherited = "，继承" if origin.file != edition.file else ""
        return f"　〔{origin.file}:{origin.line}{inherited}〕"

    def _values(self, rule: Rule | Exclusion, applicant: Applicant) -> Iterator[str]:
        for fact in facts_of(rule):
            yield self._value(fact.replace("_", "-"), applicant)
        if kinds := certificates_of(rule):
            yield from self._rows("certificates", "certificate", kinds, applicant)
        if kinds := records_of(rule):
            yield from self._rows("records", "record-kind", kinds, applicant)

    def _value(self, name: str, applicant: Applicant) -> str:
        field = self.form.fields.get(name)
        label = field.heading if field else name
        value = applicant.record.values.get(name)
        if field is None or value is None:
            return f"  填报：{label} 没有填写"
        return f"  填报：{label} {shown(field, value)}　〔{applicant.places.get(name, applicant.place)}〕"

    def _rows(self, table: str, column: str, kinds: tuple[str, ...], applicant: Applicant) -> Iterator[str]:
        rows = applicant.record.tables.get(table, ())
        found = [(number, row) for number, row in enumerate(rows) if row.get(column) in kinds]
        for number, row in found:
            at = applicant.places.get(in_table(table, number, column), applicant.place)
            yield f"  填报：{self._cells(row)}　〔{at}〕"
        if not found:
            yield f"  填报：{len(rows)} 行里没有 {'、'.join(kinds)}"
        yield self._value(VOUCHED[table], applicant)

    def _cells(self, row: Row) -> str:
        return "，".join(
            f"{self.form.fields[name].label} {shown(self.form.fields[name], v)}" for name, v in row.items()
        )
