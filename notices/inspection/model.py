"""A paper as it stands in somebody's file: its pages as set up, its paragraphs as they really look.

Word files and PDFs are read into the same shapes. Lengths are points (1/72 inch), measured from the left and the top.
What a file does not say is None; nothing here is judged. All types are frozen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Align: TypeAlias = Literal["left", "center", "right", "both", "distribute"]

LineRule: TypeAlias = Literal["exact", "least", "times"]
"""How :attr:`Para.line` is meant: points exactly, points at least, or a multiple of the face's own line."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that look alike. Faces, size and colour are what styles, themes and defaults really come to.

    ``east`` is the face of Chinese characters, ``west`` that of letters and digits; empty where nothing says it.
    ``colour`` is RRGGBB; ``scale`` the width of a character in hundredths; ``spacing`` points added after each.
    """

    text: str
    east: str = ""
    west: str = ""
    size: float | None = None
    bold: bool = False
    italic: bool = False
    underline: bool = False
    colour: str = "000000"
    scale: float = 100.0
    spacing: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph as measured on its page: its ink from ``left`` to ``right``, its ``base`` line."""

    text: str
    page: int
    left: float
    right: float
    base: float
    size: float


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line, as the red one under the document number: from ``left`` to ``right`` at ``top``, ``width`` thick."""

    page: int
    left: float
    right: float
    top: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. ``number`` counts the file's paragraphs from 1, those of tables and text boxes too.

    An automatic number is part of the text (the first run). ``first`` is the first line's indent against ``left``,
    negative where it hangs; ``line`` goes with ``rule``. ``page`` is the page it begins on, None where only a
    typesetter could say. ``cell`` is table, row and column from 1; ``boxed`` says that it stands in a text box.
    ``lines`` is empty for a file that was not measured.
    """

    number: int
    runs: tuple[Run, ...]
    align: Align = "left"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float | None = None
    rule: LineRule = "times"
    style: str = ""
    outline: int | None = None
    sheet: int = 0
    page: int | None = None
    cell: tuple[int, int, int] | None = None
    boxed: bool = False
    breaks: bool = False
    lines: tuple[Line, ...] = ()

    @property
    def text(self) -> str:
        """Its characters, an automatic number with them."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Foot:
    """A footer: on which pages it stands, and its paragraphs; ``field`` says that it prints the page's number."""

    pages: Literal["odd", "even", "first", "all"]
    paras: tuple[Para, ...]
    field: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages set up alike (a section of a Word file; pages of one size in a PDF).

    ``pitch`` is the line grid's distance and ``chars`` the characters a line of the grid, None without such a grid.
    """

    width: float
    height: float
    top: float | None = None
    bottom: float | None = None
    left: float | None = None
    right: float | None = None
    foot: float | None = None
    pitch: float | None = None
    chars: float | None = None
    feet: tuple[Foot, ...] = ()

    @property
    def landscape(self) -> bool:
        """Whether it lies on its side."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Paper:
    """A file: ``kind`` docx or pdf; ``remarks`` say what was not read, and what in it is never run (macros, OLE)."""

    name: str
    kind: Literal["docx", "pdf"]
    sheets: tuple[Sheet, ...]
    paras: tuple[Para, ...]
    rules: tuple[Rule, ...] = ()
    pages: int | None = None
    remarks: tuple[str, ...] = ()
