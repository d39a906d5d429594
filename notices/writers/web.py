"""Every page of ours is a Jinja template under ``templates/reports/``: what stands in it is escaped, unless it is ours.

These templates are the product's own and are taken from it alone, never from an office's folder: they run outside the
sandbox. An office changes the style (``templates/web.css``, ``templates/compare/page.css``), not the page.
"""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from notices import marks
from notices.library import SHIPPED


def page(template: str, **values: object) -> str:
    """A page, or a part of one, from ``templates/reports/<template>.j2``."""
    return _environment().get_template(f"{template}.j2").render(values)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(SHIPPED / "templates" / "reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    made.filters |= {"shut": shut, "kind": _kind, "pieces": marks.parts, "percent": _percent, "hundredth": hundredth}
    return made


def shut(text: str) -> Markup:
    """A style sheet or a script inside its element: neither is parsed as text, only its own end tag could leave it."""
    return Markup(text.replace("</", "<\\/"))  # noqa: S704 - see above


def _kind(thing: object) -> str:
    return type(thing).__name__


def hundredth(number: float) -> str:
    """A length to a hundredth: 12.5, 3."""
    return f"{number:.2f}".rstrip("0").rstrip(".")


def _percent(share: float, places: int) -> str:
    return f"{100 * share:.{places}f}%"
