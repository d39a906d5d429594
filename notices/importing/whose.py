"""Whose notice a source is, before it is drafted: who issues it, and the id that authority has or is offered."""

from __future__ import annotations

from dataclasses import replace

from notices.app.workspace import proposed_id
from notices.errors import ProblemsError
from notices.importing.head import head
from notices.importing.sentences import wide
from notices.library import Library
from notices.verify.clauses import parse
from notices.verify.texts import ReadText


def issuer(text: ReadText) -> str:
    """Who issues a notice, in full; empty where it does not say."""
    return head(parse([replace(para, text=wide(para.text)) for para in text.paras])).name


def identity_of(library: Library, name: str) -> str:
    """The id of the authority of a name, else the one it is offered; empty where there is none, or another's it is."""
    known = authorities(library)
    for identity, called in known.items():
        if called == name:
            return identity
    offered = proposed_id(name)
    return "" if offered in known else offered


def authorities(library: Library) -> dict[str, str]:
    """Every authority by id, with what it is called in its newest edition; empty where that is open."""
    found: dict[str, str] = {}
    for edition in library.editions():
        try:
            authority = library.tree(library.find(edition))[0].data.get("authority")
        except ProblemsError:  # whoever opens it is told
            continue
        name = authority.get("name") if isinstance(authority, dict) else None
        found[edition.partition("@")[0]] = name if isinstance(name, str) else ""
    return found
