"""Values as YAML spells them on one line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from notices.errors import ProblemsError
from notices.profile.yamlfile import parse


def scalar(value: str) -> str:
    """A text as a YAML scalar that reads back as itself wherever it stands: bare when it can be, else quoted."""
    return value if _bare(value) else quoted(value)


def quoted(value: str) -> str:
    """A text between quotation marks."""
    return json.dumps(value, ensure_ascii=False)


def flow(value: Any) -> str:  # noqa: ANN401 - plain YAML data
    """Texts, whole numbers, nothing, and lists and mappings of them, on one line."""
    if value is None:
        return "null"
    if isinstance(value, int):
        return str(value).lower()  # true and false, too
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{name}: {flow(child)}' for name, child in value.items())}}}"
    return scalar(value) if isinstance(value, str) else f"[{', '.join(map(flow, value))}]"


def _bare(value: str) -> bool:
    """Whether a text is itself without quotes, both on a line of its own and inside braces."""
    if value != value.strip() or "\n" in value:
        return False
    try:
        line, braces = parse(f"a:\n  b: {value}\n", "").data, parse(f"a: {{b: {value}, c: 1}}\n", "").data
    except ProblemsError:
        return False
    return line == {"a": {"b": value}} and braces == {"a": {"b": value, "c": 1}}
