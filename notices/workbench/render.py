"""Pages and their files: Jinja templates of ``templates/workbench/``, and what stands in ``static/`` beside them."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from notices import marks
from notices.library import SHIPPED
from notices.wording.words import day

FOLDER = SHIPPED / "templates" / "workbench"
"""The product's own pages; an office's folder does not overlay them."""
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".png": "image/png"}


@dataclass(frozen=True)
class Static:
    """A style sheet or a script: read once, sent by name; ``mark`` is the same as long as its bytes are."""

    content: bytes
    media_type: str
    mark: str


@cache
def statics() -> dict[str, Static]:
    """Everything in ``static/`` by name. A request names one of these, never a path."""
    found = {}
    for path in sorted((FOLDER / "static").iterdir()):
        content = path.read_bytes()
        found[path.name] = Static(content, _TYPES[path.suffix], hashlib.sha256(content).hexdigest()[:12])
    return found


def page(template: str, /, **values: object) -> str:
    """A page from ``<template>.html.j2``; what is set in is escaped."""
    return _environment().get_template(f"{template}.html.j2").render(values)


def sheet(template: str, /, **values: object) -> str:
    """A style sheet from ``<template>.css.j2``."""
    return _environment().get_template(f"{template}.css.j2").render(values)


def static(name: str) -> str:
    """The address of a file of ``static/``, another one whenever its bytes are others."""
    return f"/static/{name}?{statics()[name].mark}"


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        auto_reload=False,  # an update of the program counts from its next start
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.globals["static"] = static
    made.filters |= {"day": _day, "left": _left, "iso": _iso, "pieces": marks.parts, "kind": _kind}
    return made


def _day(date: dt.date | None) -> str:
    return day(date) if date else "待定"


def _kind(thing: object) -> str:
    return type(thing).__name__


def _iso(date: str) -> str:
    """2024-04-03 as 2024年4月3日; what is no date as it is."""
    try:
        return day(dt.date.fromisoformat(date))
    except ValueError:
        return date


def _left(days: int) -> str:
    """今天、明天、还有 12 天。"""
    return {0: "今天", 1: "明天"}.get(days, f"还有 {days} 天")
