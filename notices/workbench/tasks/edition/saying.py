"""What files say in keys, said for the reader: editions by their authority and year, days as they are written."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from notices.app import listing
from notices.errors import NoticesError
from notices.library import NATIONAL
from notices.wording.words import day

if TYPE_CHECKING:
    from notices.api import Workspace

_EDITION = re.compile(r"\b[a-z]+(?:-[a-z]+)*[@/](?:\d{4}|[a-z]+(?:-[a-z]+)*)\b")
_DAY = re.compile(r"\b\d{4}-\d{2}-\d{2}\b")


class Saying:
    """The words of one workspace; what an edition is called is looked up once."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._called: dict[str, str] = {}

    def called(self, name: str) -> str:
        """What an edition is called: 工业和信息化部 2023 年; a base of many editions by what it is."""
        if name not in self._called:
            self._called[name] = self._look(name)
        return self._called[name]

    def _look(self, name: str) -> str:
        identity, _, year = name.replace("/", "@").partition("@")
        library = self._workspace.library
        if library.file(identity, year) is None or not year.isdecimal():
            return "各版共用的规定"
        try:
            record = listing.record(name, library.tree(library.find(f"{identity}@{year}"))[0])
        except NoticesError:
            return f"{year} 年的一版"
        return f"{record['authority']} {year} 年"

    def said(self, text: str | None) -> str:
        """A text with its editions and days as they are read."""
        named = _EDITION.sub(self._edition, text or "")
        return _DAY.sub(lambda found: _day(found[0]), named)

    def _edition(self, found: re.Match[str]) -> str:
        identity, _, name = found[0].replace("/", "@").partition("@")
        return found[0] if self._workspace.library.file(identity, name) is None else self.called(found[0])

    def national(self) -> tuple[tuple[str, str], ...]:
        """The national editions, each with what it is called: what an edition may rest on."""
        names = (name for name in self._workspace.editions() if name.startswith(f"{NATIONAL}@"))
        return tuple((name, self.called(name)) for name in names)


def _day(text: str) -> str:
    try:
        return day(dt.date.fromisoformat(text))
    except ValueError:
        return text
