"""What a profile's rules ask of an applicant, checked against the forms an applicant fills."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from notices.checklist.facts import fact_name
from notices.checklist.items import JUDGED, commissioned
from notices.errors import Problem, ProblemsError, Severity
from notices.forms.catalogue import Catalogue
from notices.forms.model import Field, Form
from notices.library import Edition, Library
from notices.profile import Category, Exclusion, Programme, Rule
from notices.profile.values import Test

KINDS: Mapping[Literal["certificate", "record"], str] = {"certificate": "certificate", "record": "record-kind"}
"""The columns that say which certificate, which record."""

_SECTIONS = frozenset({*JUDGED, "scope", "procedure"})
_FIGURES = frozenset({"integer", "number", "percent"})
_Found: TypeAlias = tuple[str, str, str, Severity]


def form_of(shelf: Catalogue, programme: Programme, category: Category) -> Form:
    """The form an applicant of a category fills.

    Raises:
        NotFoundError: there is none. ProblemsError: it has problems.
    """
    return shelf.form(programme.form_of(category))


def facts_of(form: Form) -> dict[str, Field]:
    """The facts a form asks for, by the name a rule calls them."""
    return {fact_name(name): form.fields[name] for name in form.record()}


def choices_of(form: Form, column: str) -> tuple[str, ...]:
    """What may stand in a column of one of the form's tables; nothing when it has no such column."""
    stands = any(cell.field == column for table in form.tables() for cell in table.cells())
    return form.fields[column].choices if stands else ()


def problems_of(library: Library, edition: Edition) -> list[Problem]:
    """Facts, answers, certificates and records that rules name and no form asks for."""
    shelf, profile = Catalogue(library), edition.profile
    try:
        forms = {category: form_of(shelf, profile.programme, category) for category in profile.offered}
    except ProblemsError as error:
        return list(error.problems)
    found: dict[tuple[str, str], Problem] = {}
    for key, rule in profile.facts():
        if not isinstance(rule, Rule | Exclusion) or key.partition(".")[0] not in _SECTIONS:
            continue
        for category in _concerned(rule, profile.offered):
            if key.startswith("third-party.") and not commissioned(profile, category):
                continue
            for place, message, hint, severity in _Asked(forms[category]).of(rule):
                where = f"{key}.{place}"
                problem = Problem(*edition.origin(where), where, message, hint, severity, rule="applicant")
                found.setdefault((where, message), problem)
    return list(found.values())


def _concerned(rule: Rule | Exclusion, offered: tuple[Category, ...]) -> tuple[Category, ...]:
    applies = rule.applies if isinstance(rule, Rule) else ()
    return tuple(category for category in offered if not applies or category in applies)


@dataclass(frozen=True)
class _Asked:
    """The rules of one category against its form. Findings are (place in the rule, message, hint, severity)."""

    form: Form

    def of(self, rule: Rule | Exclusion) -> Iterator[_Found]:
        if isinstance(rule, Rule) and rule.limit is not None:
            yield from self._figure("limit.fact", rule.limit.fact, rule.limit.unit, "warning")
        if rule.test is not None:
            yield from self._test(rule.test)

    def _test(self, test: Test) -> Iterator[_Found]:
        if test.fact is not None:
            yield from self._answers("test", test.fact, test.answers)
        if test.only is not None:
            yield from self._answers("test.only", test.only.fact, test.only.answers)
        if test.months is not None:
            yield from self._figure("test.months", test.months, "个月", "error")
        yield from self._listed("test.certificate", "证书", test.certificate, KINDS["certificate"])
        for place in ("accidents", "records", "doubtful"):
            yield from self._listed(f"test.{place}", "记录种类", getattr(test, place), KINDS["record"])

    def _field(self, place: str, fact: str, severity: Severity) -> Iterator[_Found]:
        if fact not in facts_of(self.form):
            name = f"templates/forms/{self.form.key}.yaml"
            message = f"申报单位没有填写 {fact} 的栏目，只能列为待核"
            yield place, message, f"在 {name} 里加上栏目 {fact.replace('_', '-')}，或改用已有的", severity

    def _answers(self, place: str, fact: str, answers: tuple[str, ...]) -> Iterator[_Found]:
        yield from self._field(f"{place}.fact", fact, "error")
        field = facts_of(self.form).get(fact)
        if field is None:
            return
        possible = ("是", "否") if field.type == "yesno" else field.choices
        if twice := [answer for n, answer in enumerate(answers) if answer in answers[:n]]:
            yield f"{place}.is", f"“{'、'.join(twice)}”写了两遍", "删去一个，或改成要写的那一个", "error"
        for answer in answers:
            if answer not in possible:
                hint = f"可填：{'、'.join(possible)}" if possible else "要用是否、单选或者多选的栏目"
                yield f"{place}.is", f"栏目“{field.label}”不会填“{answer}”", hint, "error"

    def _figure(self, place: str, fact: str, unit: str, missing: Severity) -> Iterator[_Found]:
        yield from self._field(place, fact, missing)
        field = facts_of(self.form).get(fact)
        if field is None:
            return
        own = "%" if field.type == "percent" else field.unit or ""
        if field.type not in _FIGURES:
            yield place, f"栏目“{field.label}”不是数，不能比较", "要用整数、数或者百分数的栏目", "error"
        elif own != unit:
            yield place, f"栏目“{field.label}”的单位是“{own}”，与“{unit}”不同", "两处用同一单位", "error"

    def _listed(self, place: str, what: str, names: tuple[str, ...], column: str) -> Iterator[_Found]:
        possible = choices_of(self.form, column)
        for name in names:
            if name not in possible:
                yield place, f"{what}里没有“{name}”", f"可用：{'、'.join(possible)}", "error"
