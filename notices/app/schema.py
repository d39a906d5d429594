"""The JSON Schema of a profile, for editors that complete and check YAML while it is written."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

from notices.forms.model import Form
from notices.profile import Profile, Programme
from notices.profile.values import CHOICES

HEADER = "# yaml-language-server: $schema={path}"
"""The first line of a profile, with the schema's path as seen from it."""


def schema(kind: type[Profile]) -> dict[str, Any]:
    """The schema of one profile file; ``kind`` is the class of its programme's profiles.

    A file that extends another states only what differs: nothing but ``id`` and ``year`` is required in it, and
    ``null`` removes what is inherited.
    """
    programme = kind.PROGRAMME
    title = f"{programme.list_name}年度配置" if programme else "年度配置"
    return _for_editors(kind, title, "../schema.json", ["id", "year"], programme)


def form_schema(kind: type[Profile]) -> dict[str, Any]:
    """The schema of one form file, ``templates/forms/<name>.yaml``, with the categories of a programme."""
    return _for_editors(Form, "通知附件的表格", "schema.json", [], kind.PROGRAMME)


def programme_schema() -> dict[str, Any]:
    """The schema of one programme file, ``templates/programmes/<name>.yaml``."""
    made = _for_editors(Programme, "项目", "schema.json", [], None)
    del made["properties"]["key"]
    return made


def _for_editors(
    model: type[BaseModel], title: str, path: str, required: list[str], programme: Programme | None
) -> dict[str, Any]:
    known = programme.known if programme else {}
    loose: dict[str, Any] = _loosened(_chosen(model.model_json_schema(by_alias=True, mode="validation"), known))
    loose["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    loose["title"] = title
    loose["$comment"] = "写在 YAML 第一行：" + HEADER.format(path=path)
    loose["required"] = required
    return loose


def _chosen(node: Any, known: Mapping[str, tuple[str, ...]]) -> Any:  # noqa: ANN401 - JSON
    """The schema with the values a programme knows where one of them is wanted."""
    if isinstance(node, list):
        return [_chosen(child, known) for child in node]
    if not isinstance(node, dict):
        return node
    made = {key: _chosen(child, known) for key, child in node.items() if key != CHOICES}
    if values := known.get(str(node.get(CHOICES))):
        made = {key: value for key, value in made.items() if key not in {"minLength", "type"}}
        made |= {"enum": list(values), "type": "string"}
    return made


def _loosened(node: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(node, list):
        return [_loosened(child) for child in node]
    if not isinstance(node, dict):
        return node
    result = {key: _loosened(child) for key, child in node.items() if key not in {"required", "minProperties"}}
    if isinstance(result.get("properties"), dict) and node.get("type") == "object":
        result["properties"] = {name: _nullable(child) for name, child in result["properties"].items()}
    if isinstance(result.get("patternProperties"), dict):
        result["patternProperties"] = {name: _nullable(child) for name, child in result["patternProperties"].items()}
    if isinstance(result.get("additionalProperties"), dict):
        result["additionalProperties"] = _nullable(result["additionalProperties"])
    return result


def _nullable(node: dict[str, Any]) -> dict[str, Any]:
    options = node.get("anyOf", [])
    if {"type": "null"} in options:
        return node
    about: dict[str, Any] = {key: node[key] for key in ("title", "description", "default") if key in node}
    rest = {key: value for key, value in node.items() if key not in about}
    return {"anyOf": [rest, {"type": "null"}], **about}
