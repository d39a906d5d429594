"""What a template may name: the values of a profile, read-only, and functions. Never a model or a method of ours."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, Final

from jinja2.exceptions import SecurityError
from markupsafe import Markup

from notices.errors import WordingError
from notices.marks import waiting
from notices.papers.sandbox import Function, ReadOnly
from notices.profile import Category, Exclusions, Paper, Pending, Profile, Rule
from notices.profile.model import Authority, Rules
from notices.profile.values import Model
from notices.wording.speaker import Speaker
from notices.wording.words import bound, chinese, copies, day, joined, month_day, number, pending, reference, years

_ALSO: Final[Mapping[type[Model], frozenset[str]]] = {
    Authority: frozenset({"in_title"}),
    Exclusions: frozenset({"refusals", "removals"}),
    Paper: frozenset({"drafted"}),
    Profile: frozenset({"edition", "offered"}),
}
"""Properties that can be read besides the fields of a model."""


def context(speaker: Speaker) -> dict[str, Any]:
    """What a template may name: ``p`` the profile, ``a`` its authority, ``year``, and functions."""
    profile, sight = speaker.profile, _Sight(speaker)
    values = {"p": sight.seen(profile), "a": sight.seen(profile.authority), "year": profile.year}
    functions = _functions(speaker).items()
    return values | {name: Function(name, exposed(name, call, sight.seen)) for name, call in functions}


class FactText(str):
    """A text of a fact, as a template may print it; ``key`` of its fact, whose words it then is."""

    __slots__ = ("key",)
    key: str


class _Sight:
    """Values as a template sees them: models as views, texts of facts with the keys of their facts."""

    def __init__(self, speaker: Speaker) -> None:
        self._speaker = speaker

    def seen(self, value: object) -> Any:  # noqa: ANN401 - what a template gets
        if isinstance(value, Model):
            key = self._speaker.key(value)
            return ReadOnly(value, _names(type(value)), partial(self._told, key) if key else self.seen)
        if isinstance(value, Mapping):
            return {key: self.seen(child) for key, child in value.items()}
        if isinstance(value, list | tuple):
            return type(value)(map(self.seen, value))
        return value

    def _told(self, key: str, value: object) -> Any:  # noqa: ANN401
        if not isinstance(value, str | Pending):
            return self.seen(value)
        text = FactText(pending(value) if isinstance(value, Pending) else value)
        text.key = key
        return text


def _functions(speaker: Speaker) -> dict[str, Callable[..., Any]]:
    profile = speaker.profile
    sections = _rules_of(type(profile))

    def rules(section: str, category: Category | None = None) -> list[Rule]:
        """Rules of a section, those for one category, or (with ``None``) all."""
        if section not in sections:
            raise KeyError(section)
        return [rule for rule in getattr(profile, section).values() if category is None or category in rule.applies]

    def section(name: str) -> list[Rule]:
        """Rules of a section, then of the programme's own sections that stand behind it."""
        key = name.replace("_", "-")
        behind = [own for own, one in profile.programme.own.items() if one.after == key]
        return [*rules(name), *(rule for own in behind for rule in profile.rules(own).values())]

    return {
        "facts": lambda: list(profile.facts()),
        "say": speaker.say,
        "phrase": speaker.phrase,
        "predicate": speaker.predicate,
        "category_name": speaker.category,
        "noun": lambda key: profile.programme.categories[key].noun,
        "lead": speaker.lead,
        "submitted": speaker.submitted,
        "etc": speaker.etc,
        "ought": speaker.ought,
        "also": speaker.also,
        "either": speaker.either,
        "barred": speaker.barred,
        "articles": speaker.articles,
        "deadline": speaker.deadline,
        "handed": speaker.handed,
        "handed_alike": speaker.handed_alike,
        "barred_heading": speaker.barred_heading,
        "exclusion": speaker.exclusion,
        "rules": rules,
        "section": section,
        "offered": lambda: [speaker.category(key) for key in profile.offered],
        "ref": speaker.ref,
        "actor": speaker.actor,
        "attachment": speaker.attachment,
        "attachments": speaker.attachments,
        "occasion": speaker.occasion,
        "attached": speaker.attachment_titles,
        "channel": speaker.channel,
        "when": speaker.when,
        "material": speaker.material,
        "contact": speaker.contact,
        "contact_lines": speaker.contact_lines,
        "waiting": waiting,
        "clause": lambda name: Markup("\ue100{}\ue101").format(name),
        "bound": bound,
        "chinese": chinese,
        "copies": copies,
        "day": day,
        "joined": lambda items, **options: joined(map(str, items), **options),
        "month_day": month_day,
        "number": number,
        "reference": reference,
        "years": years,
    }


@lru_cache
def _rules_of(kind: type[Profile]) -> frozenset[str]:
    """The sections of rules a template may ask for."""
    return frozenset(name for name, field in kind.model_fields.items() if field.annotation == Rules)


@lru_cache
def _names(kind: type[Model]) -> frozenset[str]:
    return frozenset(kind.model_fields).union(*(names for one, names in _ALSO.items() if issubclass(kind, one)))


def bare(value: object) -> Any:  # noqa: ANN401 - what a function of ours takes
    """What a view shows, for what a template hands to a function."""
    if isinstance(value, ReadOnly):
        return value.opened()
    if isinstance(value, list | tuple):
        return type(value)(map(bare, value)) if type(value) in {list, tuple} else value
    return value


def exposed(name: str, function: Callable[..., Any], seen: Callable[[object], Any]) -> Callable[..., Any]:
    """A function of ours as a template calls it: takes views, gives views, and fails in the reader's language."""

    def called(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as the function beneath
        try:
            return seen(function(*map(bare, args), **{key: bare(value) for key, value in kwargs.items()}))
        except KeyError as error:
            raise SecurityError(f"{name}：没有 {error.args[0] if error.args else ''} 这个编号") from None
        except WordingError as error:
            raise SecurityError(f"{name}：{error}") from error
        except (AttributeError, TypeError, ValueError) as error:
            raise SecurityError(f"{name} 不能这样用：核对括号里的值") from error

    return called
