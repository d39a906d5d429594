"""What a lint rule looks at, and what a rule is."""

from __future__ import annotations

import datetime as dt
import inspect
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

from notices.checks import Finding
from notices.document.blocks import AttachmentList, lines_of
from notices.errors import ProblemsError, Severity
from notices.library import Edition, Library
from notices.papers.compose import Composed
from notices.profile import PaperKind, Profile


@dataclass(frozen=True)
class Case:
    """One edition under examination: its papers as composed (none: they cannot be), and what it stands beside."""

    library: Library
    edition: Edition
    composed: Mapping[PaperKind, Composed] = field(default_factory=dict)
    since: dt.date | None = None
    """Sources must have been read again since this day; None asks nothing."""

    @property
    def profile(self) -> Profile:
        """The edition's profile."""
        return self.edition.profile

    @property
    def issued(self) -> dt.date | None:
        """The day the notice is issued, when it is known."""
        paper = self.profile.papers.get("notice")
        return paper.issued if paper and isinstance(paper.issued, dt.date) else None

    @property
    def text(self) -> str:
        """The text of all papers, a line a paragraph."""
        return "\n".join(line for one in self.composed.values() for b in one.document.blocks for line in lines_of(b))

    @property
    def body(self) -> str:
        """The text without the list of attachments."""
        blocks = (block for one in self.composed.values() for block in one.document.blocks)
        return "\n".join(line for b in blocks if not isinstance(b, AttachmentList) for line in lines_of(b))

    @cached_property
    def before(self) -> tuple[Edition, ...]:
        """The authority's earlier editions, newest first; those that cannot be read have problems of their own."""
        found = []
        for name in reversed(self.library.editions()):
            identity, _, year = name.partition("@")
            if identity == self.profile.id and int(year) < self.profile.year and (one := _loaded(self.library, name)):
                found.append(one)
        return tuple(found)

    @cached_property
    def national(self) -> Edition | None:
        """The national edition this one stands under (:meth:`notices.library.Library.national_line`)."""
        profile = self.profile
        named = (profile.answers, profile.extends)
        line = self.library.national_line(profile.edition, *named, nation=profile.programme.national)
        return _loaded(self.library, line) if line else None

    def own(self, key: str) -> bool:
        """Whether a value stands in the edition's own file, not in one it extends."""
        return self.edition.origin(key).file == self.edition.file


def _loaded(library: Library, name: str) -> Edition | None:
    try:
        return library.load(name)
    except ProblemsError:
        return None


LintCheck: TypeAlias = Callable[[Case], Iterator[Finding]]

_EXAMPLE = re.compile(r"^(通过|不通过)：\n\n```yaml\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Lint:
    """A rule: ``id`` and ``severity`` are shown with what it finds, the check's docstring documents it."""

    id: str
    severity: Severity
    check: LintCheck

    @property
    def doc(self) -> str:
        """The documentation: a title, what is asked and why, one passing and one failing example."""
        return inspect.cleandoc(self.check.__doc__ or "")

    @property
    def examples(self) -> dict[str, str]:
        """The examples by 通过 and 不通过: YAML laid over a sound profile."""
        return {match[1]: match[2] for match in _EXAMPLE.finditer(self.doc)}


def lint(identity: str, severity: Severity) -> Callable[[LintCheck], Lint]:
    """Make a rule of a check."""
    return lambda check: Lint(identity, severity, check)
