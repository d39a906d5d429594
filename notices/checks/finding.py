"""What a check of a profile finds, and what it looks at."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple, TypeAlias

from notices.errors import Severity
from notices.profile import Profile
from notices.profile.values import Fact
from notices.profile.yamlfile import Origin


class Finding(NamedTuple):
    """What a check found: the dotted key, what is wrong, what to do."""

    key: str
    message: str
    hint: str
    severity: Severity = "error"


Check: TypeAlias = Callable[[Profile, Mapping[str, Origin]], Iterator[Finding]]


def said(fact: Fact) -> str:
    """What a fact says, 适用情形 and all, with its places unfilled."""
    texts = (getattr(fact, "when", None), getattr(fact, "say", None))
    return "".join(text for text in texts if isinstance(text, str))
