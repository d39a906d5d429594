"""What no profile says and every applicant asks: where a record is looked up, what proves a fact, how long it takes.

An office keeps it in the file its programme names, ``templates/checklist.yaml``. Keys are the choices and fields of
the applicants' forms, so that a name that was changed in one place only is an error.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from typing import Literal, TypeAlias

from pydantic import Field, ValidationError

from notices import programmes
from notices.checklist.contradictions import DATES, Clash, strangers
from notices.checklist.questions import KINDS, choices_of, facts_of
from notices.checks.validation import translated
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.forms.catalogue import Catalogue
from notices.forms.model import Field as FormField
from notices.forms.model import Form, Sure
from notices.library import Library
from notices.profile import Programme, yamlfile
from notices.profile.values import Model, Only, Str, Words
from notices.profile.yamlfile import Key, Tree, dotted

ESTIMATE = "（估计）"
"""Printed after what is known by custom or by guess only."""

PackageKey: TypeAlias = Literal[
    "contents",
    "application",
    "identity",
    "commitment",
    "report",
    "conditions",
    "certificates",
    "records",
    "priorities",
    "other",
]
"""What the merged package is made of."""


class Known(Model):
    """One thing known. ``sure`` says how well: ``inferred`` is printed as an estimate."""

    sure: Sure = Field(description="stated 原文写明、found 有可靠来源、inferred 推断（印出时加“估计”）")

    def marked(self, text: str) -> str:
        """The text as it is printed."""
        return f"{text}{ESTIMATE}" if text and self.sure == "inferred" else text


class Lookup(Known):
    """Where a kind of record is looked up."""

    where: Words = Field(min_length=1, description="在哪些系统或者部门查")
    note: Str | None = Field(default=None, description="怎样查，容易漏什么")


class Proof(Known):
    """What proves a fact, or the certificate itself."""

    proof: Str = Field(description="用什么证明")
    from_: Str | None = Field(default=None, alias="from", description="由谁出具")


class Takes(Known):
    """About how long it takes to get."""

    about: Str = Field(description="大约多久，如 3—6 个月")
    note: Str | None = Field(default=None, description="时间花在哪里")


class MaterialLore(Known):
    """What a material proves, and who signs and seals it by custom."""

    proves: Str = Field(description="证明什么")
    seal: Str | None = Field(default=None, description="由谁签字、盖章")
    part: PackageKey | None = Field(
        default=None, description="申报单位的材料放在合并成册的哪一部分；主管部门另附的不写"
    )


class PackagePart(Known):
    """One part of the package all materials are merged into."""

    part: PackageKey
    title: Str
    holds: Str | None = Field(default=None, description="放什么、按什么次序")


class Lore(Model):
    """The words of the checklist that no profile holds."""

    lookups: dict[Str, Lookup] = Field(description="记录种类：在哪里查")
    obtain: dict[Str, Proof] = Field(description="证书种类，或者事实的栏目编号：用什么证明")
    takes: dict[Str, Takes] = Field(default={}, description="同 obtain 的键：大约多久")
    materials: dict[Str, MaterialLore] = Field(default={}, description="材料编号（各省同名）：证明什么、谁签章")
    package: tuple[PackagePart, ...] = Field(default=(), strict=False, description="合并成册的次序")
    contradictions: tuple[Clash, ...] = Field(default=(), strict=False, description="不能同时成立的两项填报")
    unlisted: Only | None = Field(default=None, description="填了什么就是不在名单里：移出名单的情形不用告诉它")
    undone: Only | None = Field(default=None, description="填了什么就是还没有做：提交申报前办好就行，不算不能申报")
    divisions: dict[Str, Words] = Field(
        default={}, description="行业名称里的词：行业代码（GB/T 4754）开头的两位，对不上的就是矛盾"
    )

    def proof(self, name: str) -> str:
        """What proves a fact or certificate and how long that takes, as printed; empty when nothing is known."""
        known, takes = self.obtain.get(_key(name)), self.takes.get(_key(name))
        parts = [known.marked(known.proof)] if known else []
        parts += [takes.marked(f"办理约需 {takes.about}")] if takes else []
        return "；".join(parts)


def _key(name: str) -> str:
    return name.replace("_", "-")


def lore(library: Library, programme: Programme) -> Lore:
    """The lore of a programme, of the user's folder or the shipped one, checked against its applicants' forms.

    Raises:
        NotFoundError: there is none. ProblemsError: all its problems.
    """
    path = library.template(programme.checklist)
    name = f"templates/{programme.checklist}"
    if path is None:
        raise NotFoundError(f"没有 {name}")
    tree = yamlfile.read(path, name)
    try:
        found = Lore.model_validate(tree.data)
    except ValidationError as error:
        raise ProblemsError(translated(error, tree, name)) from None
    shelf = Catalogue(library)
    problems = list(_strangers(found, [shelf.form(form) for form in programme.form_names()], tree))
    if problems:
        raise ProblemsError(problems)
    return found


def problems_of(library: Library) -> list[Problem]:
    """Every problem of the lore of every programme, and of the programmes' own files."""
    return [problem for name in programmes.names(library) for problem in _problems(library, name)]


def _problems(library: Library, name: str) -> Iterator[Problem]:
    file = f"templates/{programmes.FOLDER}/{name}.yaml"
    try:
        programme = programmes.load(library, name).PROGRAMME
        assert programme is not None  # noqa: S101 - the class is a programme's
        file = f"templates/{programme.checklist}"
        lore(library, programme)
    except ProblemsError as error:
        yield from error.problems
    except NotFoundError as error:
        yield Problem(file, 0, 0, "", str(error), "恢复随程序提供的文件")


def _strangers(found: Lore, forms: list[Form], tree: Tree) -> Iterator[Problem]:
    """Keys that are no choice and no field, and kinds of record nobody says where to look up."""
    kinds = _ordered(kind for form in forms for kind in choices_of(form, KINDS["record"]))
    certificates = _ordered(kind for form in forms for kind in choices_of(form, KINDS["certificate"]))
    facts = _ordered(_key(fact) for form in forms for fact in facts_of(form))
    wanted: tuple[tuple[str, Mapping[str, Known], tuple[str, ...]], ...] = (
        ("lookups", found.lookups, kinds),
        ("obtain", found.obtain, (*certificates, *facts)),
        ("takes", found.takes, (*certificates, *facts)),
    )
    for section, known, possible in wanted:
        for key in known:
            if key not in possible:
                yield _stranger(tree, (section, key), key, possible)
    fields = {name: tuple(own) for name, own in _fields(forms).items()}
    for number, clash in enumerate(found.contradictions):
        for side, message, hint in strangers(clash, fields):
            place = ("contradictions", number, side)
            yield Problem(*tree.origins[place], dotted(place), message, hint)
        for side, name in (("fact", clash.fact), ("other", clash.other)):
            if name not in facts and name != _key(DATES):
                yield _stranger(tree, ("contradictions", number, side), name, facts)
    missing = [kind for kind in kinds if kind not in found.lookups]
    if missing:
        hint = "每一种写明在哪里查"
        yield Problem(*tree.origins[("lookups",)], "lookups", f"没有写在哪里查：{'、'.join(missing)}", hint)


def _fields(forms: list[Form]) -> dict[str, list[FormField]]:
    """The fields of the forms by their ids, each form's own."""
    found: dict[str, list[FormField]] = {}
    for form in forms:
        for name, field in facts_of(form).items():
            found.setdefault(_key(name), []).append(field)
    return found


def _stranger(tree: Tree, place: Key, name: str, possible: tuple[str, ...]) -> Problem:
    near = difflib.get_close_matches(name, possible, n=1, cutoff=0.4)
    hint = f"是不是 {near[0]}" if near else "写申报单位情况表里的记录种类、证书种类或者栏目编号"
    return Problem(*tree.origins[place], dotted(place), "申报单位情况表里没有这一项", hint)


def _ordered(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
