"""The attachments of a notice that came back, held against those it would be built with: every change is listed.

What is printed in them are the forms' own data, and facts of the edition; neither is a value the paper's text tells.
Both sides are read from Word files by the same reader, so that nothing but what was changed differs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from typing import Final

from notices.app.build import Job, rendered
from notices.errors import ProblemsError
from notices.forms.catalogue import Catalogue, Sheet, supplied
from notices.library import Edition, Library
from notices.redline import align
from notices.rendering.renderer import Press
from notices.taking.changes import Change, weight, within
from notices.taking.office import LABEL, OfficePara, Returned, read
from notices.taking.reasons import COUNTED
from notices.taking.run import TakenChange
from notices.taking.state import bare
from notices.wording.speaker import Speaker

_FORM: Final = "附件照表的数据印：在自己的 templates/forms/ 里放一份同名的表，在那里改"
_FACT: Final = "附件的这里照配置里的规定印：改那一条，正文里的同一句也跟着变"
_RULES: Final = "附件是另一种文件：单独存成一份，用 notices take 取回（--kind rules）"
_MORE: Final = "配置没有这个附件：先写进配置的 attachments"
_LESS: Final = "改稿里没有这个附件：不要的从配置的 attachments 里删去"
_TELLING: Final = 4
"""Characters by which a rule is known where it is printed."""
_BETWEEN: Final = " | "
"""Between the cells of a row that is told whole."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A paragraph of an attachment, or a row of a table with its cells; ``where`` is its place there."""

    where: str
    cells: tuple[OfficePara, ...]

    @property
    def key(self) -> tuple[str, ...]:
        """What it is known by."""
        return tuple(bare(cell.text) for cell in self.cells)

    @property
    def row(self) -> bool:
        """Whether it is a row of a table."""
        return self.cells[0].cell is not None

    @property
    def text(self) -> str:
        """All of it, a row with a stroke between its cells."""
        return _BETWEEN.join(self.key) if any(self.key) else "（空行）"


@dataclass(frozen=True, slots=True)
class Attached:
    """One attachment of a file."""

    label: str
    pieces: tuple[Piece, ...]

    @property
    def title(self) -> str:
        """What stands under its label."""
        return self.pieces[0].text if self.pieces else ""


def attachments(paras: Sequence[OfficePara]) -> Iterator[Attached]:
    """What stands from each 附件1 on to the next."""
    starts = [n for n, para in enumerate(paras) if not para.cell and LABEL.fullmatch(para.text)]
    for start, end in pairwise([*starts, len(paras)]):
        label = re.sub(r"^.*(?=附件)|\s", "", paras[start].text)
        yield Attached(label, tuple(_pieces(paras[start + 1 : end])))


def _pieces(paras: Sequence[OfficePara]) -> Iterator[Piece]:
    """Paragraphs that say something, and rows, blank ones too: tables and paragraphs are counted from 1."""
    tables: dict[int, int] = {}
    count = 0
    for place, run in groupby(paras, lambda one: one.cell and one.cell[:2]):
        if place is None:
            for para in run:
                if para.text:
                    count += 1
                    yield Piece(f"第{count}段", (para,))
        else:
            number = tables.setdefault(place[0], len(tables) + 1)
            cells = [_joined(list(one)) for _, one in groupby(run, lambda one: one.cell)]
            yield Piece(f"表{number}第{place[1]}行", tuple(cells))


def _joined(paras: Sequence[OfficePara]) -> OfficePara:
    """The paragraphs of a cell as one."""
    text = "\n".join(para.text for para in paras if para.text)
    return replace(paras[0], text=text, tracked=tuple(one for para in paras for one in para.tracked))


class Comparison:
    """The attachments of one edition against those that came back with its notice."""

    def __init__(self, library: Library, edition: Edition, returned: Returned) -> None:
        self.library, self.edition = library, edition
        self._theirs = list(attachments(returned.attached))

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What was compared, and what could not be."""
        if not self._theirs:
            return ()
        if isinstance(self._ours, str):
            return (f"附件没有比：{self._ours}",)
        apart = {label for label, _ in supplied(self.edition)}
        labels = [one.label for one in self._theirs]
        same = "、".join(label for label in labels if label not in apart)
        notes = [f"逐格比过的附件：{same}"] if same else []
        if others := "、".join(label for label in labels if label in apart):
            notes.append(f"{others} 由本单位另附，不由程序生成：没有比")
        return tuple(notes)

    def changes(self) -> Iterator[TakenChange]:
        """Every difference, in the order of the file."""
        ours = [] if not self._theirs or isinstance(self._ours, str) else self._ours
        apart = {label for label, _ in supplied(self.edition)}
        theirs = [one for one in self._theirs if one.label not in apart]
        alone = len(theirs) == 1 < len(ours)  # one attachment that goes by itself lacks no others
        for one, two in _pairs(ours, theirs) if not isinstance(self._ours, str) else ():
            if one and two:
                yield from self._changes(one, two)
            elif two:
                yield _listed(two.label, "", two.title, (_MORE, ""))
            elif one and not alone:
                yield _listed(one.label, one.title, "", (_LESS, ""))

    @cached_property
    def _ours(self) -> list[Attached] | str:
        """What we print; a text where it cannot be."""
        try:
            press = Press(self.library, ("docx",))
            made = rendered(press, Job(self.edition, "bundle"), "docx")
            return list(attachments(read(self.edition.file, made).attached))
        except ProblemsError as error:
            return f"按现在的配置生成不了（{error.problems[0].message}）"

    def _changes(self, ours: Attached, theirs: Attached) -> Iterator[TakenChange]:
        if ours.label != theirs.label:
            yield _listed(ours.label, ours.label, theirs.label, (COUNTED, ""))
        for one, two in _paired(ours.pieces, theirs.pieces):
            if one is None or two is None:
                piece = one or two
                assert piece  # noqa: S101 - one of the two is there
                before, after = ("" if side is None else side.text for side in (one, two))
                where = f"{ours.label}{piece.where}" if one else f"{theirs.label}{piece.where}（改稿）"
                yield _listed(where, before, after, self._why(ours.label, before), piece.cells)
            elif one.key != two.key:
                yield from self._inside(ours.label, one, two)

    def _inside(self, label: str, ours: Piece, theirs: Piece) -> Iterator[TakenChange]:
        """The changed words of each cell; a row of other cells is told whole."""
        if [cell.cell and cell.cell.column for cell in ours.cells] != [
            cell.cell and cell.cell.column for cell in theirs.cells
        ]:
            yield _listed(f"{label}{ours.where}", ours.text, theirs.text, self._why(label, ours.text), theirs.cells)
            return
        for one, two in zip(ours.cells, theirs.cells, strict=True):
            where = f"{label}{ours.where}{f'第{one.cell.column}列' if one.cell else ''}"
            reason, near = self._why(label, one.text) if bare(one.text) != bare(two.text) else ("", "")
            for change in within(0, one.text, 0, two):
                told = TakenChange("listed", where, change.before, change.after, one.text, change)
                yield replace(told, reason=reason, near=near, weight=weight(one.text, two.text))

    def _why(self, label: str, text: str) -> tuple[str, str]:
        """Why a change is not taken, and where what it changes stands."""
        said = bare(text)
        for key, words in self._facts:
            if len(words) >= _TELLING and words in said:
                at = self.edition.origin(key)
                return _FACT, f"{at.file}:{at.line} {key}"
        sheet = self._sheets.get(label)
        return (_FORM, self._line(sheet, said)) if sheet else (_RULES, "")

    @cached_property
    def _sheets(self) -> dict[str, Sheet]:
        return {sheet.label: sheet for sheet in Catalogue(self.library).sheets(self.edition) if sheet.label}

    @cached_property
    def _facts(self) -> list[tuple[str, str]]:
        """What forms print of an edition's facts, by their keys: the negative list and other rules in their words."""
        profile, speaker = self.edition.profile, Speaker(self.edition.profile)
        items = profile.exclusions.items if profile.exclusions else {}
        found = [(f"exclusions.items.{key}", speaker.exclusion(item)) for key, item in items.items()]
        for section in ("third_party", "management"):
            table = getattr(profile, section)
            found += [(f"{section.replace('_', '-')}.{key}", speaker.say(rule)) for key, rule in table.items()]
        return [(key, bare(words)) for key, words in found]

    def _line(self, sheet: Sheet, said: str) -> str:
        """The form a text stands in, with its line where it stands there as it is printed."""
        said = re.sub(r"^\d+[.．]|[：:]$", "", said)  # counted, and put in front of what is filled in
        files = [self.library.template(f"forms/{name}.yaml") for form in sheet.forms for name in (form.key, "fields")]
        for path in filter(None, dict.fromkeys(files)):
            for n, line in enumerate(path.read_text("utf-8").splitlines(), 1):
                if said and said in bare(line):
                    return f"{self.library.name_of(path)}:{n}"
        return self.library.name_of(files[0]) if files and files[0] else ""


def _listed(where: str, before: str, after: str, why: tuple[str, str], cells: Sequence[OfficePara] = ()) -> TakenChange:
    """A change told whole; ``why`` it is not taken, and what is to be changed by hand."""
    tracked = tuple(one for cell in cells for one in cell.tracked)
    change = Change("new" if not before else "gone", 0, (), 0, len(before), 0, len(after), before, after, tracked)
    return TakenChange("listed", where, before, after, before, change, (), why[0], weight(before, after), (), why[1])


def _pairs(ours: Sequence[Attached], theirs: Sequence[Attached]) -> list[tuple[Attached | None, Attached | None]]:
    """Which attachment is which: by title, since numbers move, then by label; what is left on either side alone."""
    left, right = list(ours), list(theirs)
    found: list[tuple[Attached | None, Attached | None]] = []
    for named in ("title", "label"):
        for one in list(left):
            two = next((each for each in right if bare(getattr(each, named)) == bare(getattr(one, named))), None)
            if two is not None:
                left.remove(one)
                right.remove(two)
                found.append((one, two))
    alone = [*((one, None) for one in left), *((None, two) for two in right)]
    return sorted(
        [*found, *alone], key=lambda pair: ours.index(pair[0]) if pair[0] else len(ours) + theirs.index(pair[1])
    )


def _paired(ours: Sequence[Piece], theirs: Sequence[Piece]) -> Iterator[tuple[Piece | None, Piece | None]]:
    """Pieces side by side: equal ones, similar ones between them, then rows of one table in their order."""
    pairs = align.equal([one.key for one in ours], [one.key for one in theirs])
    more: list[tuple[int, int]] = []
    for a, b, c, d in align.between(pairs, len(ours), len(theirs)):
        if a < b and c < d:
            texts = [["".join(one.key) for one in side] for side in (ours[a:b], theirs[c:d])]
            more += [(a + i, c + j) for i, j in align.similar(*texts)]
    pairs = sorted([*pairs, *more])
    more = []
    for a, b, c, d in align.between(pairs, len(ours), len(theirs)):
        sides = zip(ours[a:b], theirs[c:d], strict=False)
        more += [(a + n, c + n) for n, (one, two) in enumerate(sides) if one.row and two.row]
    pairs = sorted([*pairs, *more])
    for a, b, c, d in align.between(pairs, len(ours), len(theirs)):
        yield from ((one, None) for one in ours[a:b])
        yield from ((None, two) for two in theirs[c:d])
        if b < len(ours):
            yield ours[b], theirs[d]
