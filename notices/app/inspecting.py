"""Files held against the page of GB/T 9704-2012: values, and the bytes of a report."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias, get_args

from notices.errors import NotFoundError, near
from notices.inspection import catalog, inspect, office, reader, report
from notices.inspection.finding import FindingLevel
from notices.inspection.inspect import Inspection
from notices.library import Library
from notices.profile import yamlfile

InspectionShape: TypeAlias = Literal["text", "json", "html", "docx"]
SHAPES: tuple[InspectionShape, ...] = get_args(InspectionShape)


@dataclass(frozen=True)
class Checked:
    """What came of one file: ``inspection`` holds the findings, ``word`` is the Word file they are of, if any."""

    library: Library
    inspection: Inspection
    word: bytes

    @property
    def sound(self) -> bool:
        """Whether nothing must be mended."""
        return self.inspection.sound

    def write(self, shape: InspectionShape = "html") -> bytes:
        """The report, or as ``docx`` a copy of the file with a comment at each finding.

        Raises:
            NotFoundError: comments are wanted in what is no Word file.
        """
        if shape == "docx":
            return self.commented()
        return written(self.library, [self], shape)

    def commented(self) -> bytes:
        """A copy of the Word file with a comment at each finding."""
        from notices.inspection.notes import commented  # noqa: PLC0415 - only where it is wanted

        name = self.inspection.paper.name
        if not self.word:
            raise NotFoundError(f"{name} 不是 Word 文件，不能加批注；用 --format html")
        return commented(name, self.word, self.inspection.findings)


def checked(  # noqa: PLR0913 - each narrows what is told
    library: Library,
    name: str,
    content: bytes,
    *,
    rules: Path | None = None,
    only: Collection[str] = (),
    level: FindingLevel = "note",
) -> Checked:
    """A file held against the rules.

    Args:
        library: where templates of reports are.
        name: what messages call the file; its ending says what it is.
        content: its bytes.
        rules: an office's own figures (YAML).
        only: ids of the rules wanted, none for all.
        level: the lowest level wanted.

    Raises:
        NotFoundError: no such rule. ProblemsError: the file or the office's own cannot be read.
    """
    for one in only:
        if one not in catalog.IDS:
            raise NotFoundError(f"没有这条规则：{one}；{near(one, catalog.IDS)}全部规则见 notices check-rules")
    own = office.read(rules, catalog.IDS) if rules is not None else None
    paper, word = reader.read(name, content)
    return Checked(library, inspect.inspected(paper, own, frozenset(only), level), word)


def content(path: Path) -> bytes:
    """The bytes of a file to inspect.

    Raises:
        ProblemsError: it cannot be read, or is too large.
    """
    return yamlfile.content(path, path.name, reader.MOST)


def records(found: Sequence[Checked]) -> list[dict[str, Any]]:
    """Plain data, a record a file."""
    return report.records([one.inspection for one in found])


def text(found: Sequence[Checked]) -> str:
    """For a terminal."""
    return report.lines([one.inspection for one in found])


def written(library: Library, found: Sequence[Checked], shape: InspectionShape) -> bytes:
    """One report of several files."""
    if shape == "json":
        return f"{json.dumps(records(found), ensure_ascii=False, indent=2)}\n".encode()
    if shape == "text":
        return f"{text(found)}\n".encode()
    from notices.rendering.renderer import Press  # noqa: PLC0415 - only a page needs it
    from notices.reports import table as reports  # noqa: PLC0415 - as above

    means = Press(library, ("html",), library.font_folders).means
    return reports.written(report.report([one.inspection for one in found]), "html", means)
