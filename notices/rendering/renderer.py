"""The press: documents and attachments to the bytes of files. Fonts are looked for once, heavy writers are late."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from notices.document.blocks import Document, Format
from notices.errors import Problem, ProblemsError
from notices.library import Library
from notices.profile.yamlfile import content
from notices.writers import table

if TYPE_CHECKING:
    from notices.forms.catalogue import Sheet
    from notices.forms.data.records import Record
    from notices.typeset.fonts import FontSet


class Press:
    """Turns documents into files of the wanted formats. Fonts are looked for once."""

    def __init__(self, library: Library, formats: Sequence[Format], fonts: Sequence[Path] = ()) -> None:
        self.library, self.formats = library, tuple(dict.fromkeys(formats))
        self.folders = tuple(fonts)
        self.fonts = self._fonts() if any(map(table.sets_faces, self.formats)) else None
        self.means = table.Means(self._template, lambda: self.fonts or self._fonts())

    def _fonts(self) -> FontSet:
        from notices.typeset.fonts import find_fonts  # noqa: PLC0415 - only some formats need them

        return find_fonts(self.folders)

    def bytes_of(self, document: Document, wanted: Format) -> bytes:
        """One document in one format.

        Raises:
            MissingPartError: a library the format needs is not there. ProblemsError: texts that cannot be printed.
        """
        return table.written(document, wanted, self.means)

    def _template(self, name: str) -> bytes:
        path = self.library.template(name)
        if path is None:
            raise ProblemsError([Problem(f"templates/{name}", 0, 0, "", "缺少这个模板", "重新安装，或从原处复制一份")])
        return content(path, self.library.name_of(path))


def own_form(library: Library, sheet: Sheet) -> Path | None:
    """The office's own Word file for an attachment of one form, if it has one; it takes the place of our layout."""
    from notices.forms.word import filling  # noqa: PLC0415 - papers alone need no forms

    return filling.find(library, sheet) if len(sheet.forms) == 1 else None


def attachment(press: Press, sheet: Sheet, document: Document, output: Format, record: Record | None = None) -> bytes:
    """One attachment in one format, blank without a record; in Word on the office's own form where it has one.

    Raises:
        ProblemsError: the office's form cannot be filled, or a text cannot be printed.
    """
    from notices.forms.data.records import BLANK  # noqa: PLC0415
    from notices.forms.word import filling  # noqa: PLC0415 - as above

    record = BLANK if record is None else record
    own = own_form(press.library, sheet)
    if output == "docx" and own is not None:
        return filling.fill(filling.content(press.library, own), sheet, record, press.library.name_of(own))
    if output == table.TABLES:
        from notices.forms import workbook  # noqa: PLC0415 - openpyxl is slow to import

        return workbook.write(sheet, () if record is BLANK else (record,))
    return press.bytes_of(document, output)


def withheld(library: Library, sheet: Sheet, wanted: Sequence[Format]) -> list[Problem]:
    """What is not made because the office has its own Word form: another format would be another form."""
    own = own_form(library, sheet)
    others = [output for output in wanted if output not in {"docx", table.TABLES}]
    if own is None or not others:
        return []
    message = f"附件 {sheet.name} 用的是本单位的 Word 表，没有另出 {'、'.join(others)}"
    return [Problem(library.name_of(own), 0, 0, "", message, "用 Word 打开后另存为 PDF", severity="warning")]
