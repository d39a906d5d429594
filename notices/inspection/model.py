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
    ``chinese`` says that quotation marks and dashes, which both faces have, are set in ``east``; ``grid``, that the
    page's grid of characters adds its own to each.
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
    chinese: bool = True
    grid: bool = True


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
    """A line drawn on a page, as the red one under the document number: its upper edge, and how thick it is."""

    page: int
    left: float
    right: float
    top: float
    width: float
    colour: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A border of a paragraph, or a line drawn at it (``drawn``): ``width`` thick, ``space`` away from the text.

    ``kind`` is Word's word for how it looks (``single``, ``thickThinSmallGap``); ``length`` is known of drawn ones.
    """

    side: Literal["top", "bottom", "left", "right", "drawn"]
    width: float
    colour: str
    kind: str = "single"
    space: float = 0.0
    length: float | None = None


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph. ``number`` counts the file's paragraphs from 1, those of tables and text boxes too.

    An automatic number is part of the text (the first run). ``first`` is the first line's indent against ``left``,
    negative where it hangs; ``line`` goes with ``rule``; ``snap`` says whether its lines keep the page's grid.
    ``page`` is the page it begins on, None where only a typesetter could say; ``breaks``, that it begins a new one.
    ``cell`` is table, row and column from 1; ``boxed`` says that it stands in a text box, ``pictures`` how many
    pictures in it, ``high`` how high those in its lines are; ``keep``, that it stays with the next; ``apart``, that
    Chinese and letters or digits keep a quarter of a character between them. ``lines`` is empty for a file that was not
    measured.
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
    snap: bool = True
    edges: tuple[Edge, ...] = ()
    pictures: int = 0
    lines: tuple[Line, ...] = ()
    high: float = 0.0
    keep: bool = False
    apart: bool = False

    @property
    def text(self) -> str:
        """Its characters, an automatic number with them."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: ``floats`` where it is placed on the page and not in the text, ``at_foot`` at the type area's foot.

    ``repeated`` rows head every page; ``bars`` are the lines above it, below it and between its rows. ``widths`` are
    its columns', ``heights`` the least its rows have, ``whole`` the rows (from 1) that no page's end parts. A
    cell keeps ``padding`` free beside its text, and above and below it.
    """

    number: int
    rows: int
    columns: int
    sheet: int = 0
    width: float | None = None
    repeated: int = 0
    floats: bool = False
    at_foot: bool = False
    bars: tuple[Edge, ...] = ()
    widths: tuple[float, ...] = ()
    heights: tuple[float, ...] = ()
    whole: frozenset[int] = frozenset()
    padding: tuple[float, float] = (10.8, 0.0)


@dataclass(frozen=True, slots=True)
class Foot:
    """A footer, or a header: on which pages, and its paragraphs, which no number counts.

    ``field`` says that it prints the page's number.
    """

    pages: Literal["odd", "even", "first", "all"]
    paras: tuple[Para, ...]
    field: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """Pages set up alike (a section of a Word file; pages of one size in a PDF).

    ``pitch`` is the line grid's distance and ``chars`` the characters a line of the grid, None without such a grid;
    ``between`` is what the grid adds to each character. ``foot`` is a footer's lower edge over the paper's, ``head`` a
    header's upper edge under it; ``odd_even`` says that left pages have feet of their own.
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
    heads: tuple[Foot, ...] = ()
    odd_even: bool = False
    columns: int = 1
    between: float = 0.0
    head: float | None = None

    @property
    def landscape(self) -> bool:
        """Whether it lies on its side."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Paper:
    """A file: ``kind`` docx or pdf; ``remarks`` say what was not read, and what in it is never run (macros, OLE).

    ``changes`` counts tracked changes still open (the text is read as if they were accepted), ``comments`` remarks.
    ``about`` says that the pages of paragraphs were counted, not read.
    """

    name: str
    kind: Literal["docx", "pdf"]
    sheets: tuple[Sheet, ...]
    paras: tuple[Para, ...]
    rules: tuple[Rule, ...] = ()
    tables: tuple[Table, ...] = ()
    pages: int | None = None
    changes: int = 0
    comments: int = 0
    remarks: tuple[str, ...] = ()
    about: bool = False
