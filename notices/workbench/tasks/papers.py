"""Any official document: what is wrong with its page, and a right one from it; two Word files as one."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import notices
from notices.app.inspecting import Checked, InspectionShape
from notices.errors import NotFoundError, ProblemsError
from notices.inspection import report
from notices.inspection.finding import FindingLevel
from notices.inspection.parts import NAMES, Placed
from notices.recast import account
from notices.recast.build import Given
from notices.recast.make import Wishes
from notices.redline.resolve import Resolution

SHAPES: tuple[InspectionShape, ...] = ("docx", "html", "json")
"""What findings can be kept as; ``docx`` is a copy of a Word file with comments."""
PARTS: tuple[tuple[str, str], ...] = tuple((part, name) for part, name in NAMES.items() if part != "empty")
"""What a paragraph may be taken for: key and name."""


def check(folder: Path | None, name: str, content: bytes, rules: bytes, level: str) -> dict[str, Any]:
    """A paper held against the page: ``report`` (as of ``inspection.report``), ``sound``, ``word`` (it is one).

    Raises:
        ProblemsError: the file, or the office's own rules, cannot be read.
    """
    made = _checked(folder, name, content, rules, level)
    return {"report": report.report([made.inspection]), "sound": made.sound, "word": bool(made.word)}


def check_file(folder: Path | None, name: str, content: bytes, rules: bytes, shape: str) -> tuple[str, bytes]:
    """The findings as a file: its name and its bytes.

    Raises:
        NotFoundError: no such format, or comments in what is no Word file.
    """
    if shape not in SHAPES:
        raise NotFoundError(f"没有 {shape} 这种格式；可用：{'、'.join(SHAPES)}")
    made = _checked(folder, name, content, rules, "note")
    return f"{Path(name).stem}-检查.{shape}", made.write(shape)


def _checked(folder: Path | None, name: str, content: bytes, rules: bytes, level: str) -> Checked:
    workspace, wanted = notices.open(folder), cast("FindingLevel", level)
    if not rules:
        return workspace.check(content, name=name, level=wanted)
    with tempfile.TemporaryDirectory() as place:
        own = Path(place) / "本机关的规定.yaml"
        own.write_bytes(rules)
        return workspace.check(content, name=name, rules=own, level=wanted)


def typeset(
    folder: Path | None, name: str, content: bytes, given: Mapping[str, Any], parts: Mapping[int, str]
) -> dict[str, Any]:
    """Any text on the official page; ``parts`` are what somebody says paragraphs are, by number.

    ``paragraphs`` (``number, part, name, sure, why, text``) stand there in any case; ``files`` by format, ``lines``,
    ``proven``, ``moved``, ``lost`` and ``official`` only when it could be set, else ``problems``.

    Raises:
        ProblemsError: it cannot be read at all.
    """
    seen: list[Placed] = []

    def correct(placed: Sequence[Placed]) -> tuple[Placed, ...]:
        chosen = [_put(one, parts) for one in placed]
        seen.extend(chosen)
        return tuple(chosen)

    wishes = Wishes(
        Given(tuple(given["mark"]), given["number"], given["layout"] or None, given["sealed"]),
        given["existing"] or None,
        given["punctuation"],
        given["leave_out"],
    )
    try:
        made = notices.open(folder).typeset(name, content, ("docx", "pdf"), wishes=wishes, correct=correct)
    except ProblemsError as error:
        if not seen:
            raise
        return {"paragraphs": [account.paragraph(one) for one in seen if _told(one)], "problems": error.problems}
    return {
        "paragraphs": [account.paragraph(one) for one in made.recast.placed if _told(one)],
        "problems": (),
        "files": made.files,
        "lines": tuple(account.lines(made.recast)),
        "proven": made.proven,
        "moved": made.moved,
        "lost": any(one.lost for one in made.recast.leavings),
        "official": made.recast.official,
    }


def _put(one: Placed, parts: Mapping[int, str]) -> Placed:
    part = parts.get(one.para.number, one.part)
    if part == one.part or part not in NAMES:
        return one
    return replace(one, part=part, sure=1.0, why="您选的")


def _told(one: Placed) -> bool:
    return bool(one.para.text.strip()) and one.para.cell is None


def redline(  # noqa: PLR0913 - as the library
    folder: Path | None,
    sides: tuple[bytes | str, bytes | str],
    names: tuple[str, str],
    *,
    author: str,
    date: dt.date | None,
    existing: str,
    front: bool,
) -> dict[str, Any]:
    """Two Word files (bytes), or two editions (names), as one with tracked changes.

    ``said, proven, facts, figures, changes, more, remarks`` are for reading; ``files`` by format.

    Raises:
        NotFoundError: no such edition. ProblemsError: a file cannot be compared.
    """
    made = notices.open(folder).redline(
        *sides,
        author=author or None,
        date=date,
        existing=cast("Resolution | None", existing or None),
        front=front,
    )
    if isinstance(sides[0], bytes):
        made = replace(made, names=names)
    found = made.redline
    return {
        "said": found.said,
        "proven": found.proven,
        "facts": found.summary.facts,
        "figures": found.summary.figures,
        "changes": found.summary.changes,
        "more": found.summary.more,
        "remarks": [str(remark) for remark in found.remarks],
        "names": made.names,
        "files": {shape: made.write(shape) for shape in ("docx", "pdf", "html")},
    }
