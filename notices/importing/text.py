"""The draft as the YAML a person would write: over what it extends, each difference said, nothing taken over unsaid."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

_LEFT = frozenset({"note", "cite", "label"})
"""What a fact that has none of its own goes without saying: nothing states it."""


def over(base: Mapping[str, Any], own: Mapping[str, Any], depth: int = 0) -> dict[str, Any]:
    """What must be written over ``base`` so that ``own`` is the outcome: ``null`` for what it has not."""
    made: dict[str, Any] = {}
    for name, value in own.items():
        there = base.get(name)
        alike = (
            isinstance(value, Mapping) and isinstance(there, Mapping) and ("pending" in value) == ("pending" in there)
        )
        if alike:
            made[name] = over(there, value, depth + 1)  # type: ignore[arg-type]
            if not made[name] and depth > 1:
                made.pop(name)
        elif name not in base or there != value or name == "cite":
            made[name] = value
    made |= {name: None for name in base if name not in own and name not in _LEFT}
    return made


class _Dumper(yaml.SafeDumper):
    """Lists of words on one line, everything else in blocks; lists are indented under their key."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 - as PyYAML calls it
        """A profile has no anchors: what two facts share is written twice."""
        return True


def _listed(dumper: yaml.SafeDumper, data: list[Any]) -> yaml.Node:
    plain = all(isinstance(one, str | int) for one in data)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=plain)


_Dumper.add_representer(list, _listed)
_Dumper.add_representer(type(None), lambda dumper, _: dumper.represent_scalar("tag:yaml.org,2002:null", "null"))


def yaml_text(head: str, data: Mapping[str, Any]) -> str:
    """A profile's file: the comment it begins with, then its sections."""
    return head + yaml.dump(dict(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000)
