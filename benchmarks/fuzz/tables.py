"""Rows of data as CSV, Excel and YAML, and changed."""

from __future__ import annotations

import io
import random
import warnings
from collections.abc import Sequence

import openpyxl

from benchmarks.fuzz import mutators, packages

Rows = list[list[str]]


def csv(rows: Sequence[Sequence[str]], split: str = ",") -> str:
    """Rows as CSV, quoted where they must be."""

    def cell(text: str) -> str:
        return '"' + text.replace('"', '""') + '"' if any(c in text for c in f'{split}"\r\n') else text

    return "\n".join(split.join(cell(text) for text in row) for row in rows) + "\n"


def changed(rows: Rows, rng: random.Random) -> Rows:  # noqa: C901 - one case a kind of change
    """Rows with cells, rows and columns changed; the head is among them."""
    rows = [list(row) for row in rows]
    for _ in range(rng.choice((0, 1, 1, 1, 2, 4))):
        row = rng.randrange(len(rows))
        column = rng.randrange(max(1, len(rows[row])))
        match rng.randrange(12):
            case 0 | 1 | 2 | 3 if rows[row]:
                rows[row][min(column, len(rows[row]) - 1)] = mutators.text_of(rng)
            case 4 if rows[row]:
                place = min(column, len(rows[row]) - 1)
                rows[row][place] = mutators.touched(rows[row][place], rng)
            case 5:
                rows.insert(row, list(rng.choice(rows)))
            case 6 if len(rows) > 1:
                del rows[row]
            case 7:
                rows[row] = rows[row][:column]
            case 8:
                rows[row] += [mutators.text_of(rng) for _ in range(rng.choice((1, 2, 300)))]
            case 9:
                rows.insert(row, [""] * rng.choice((0, 1, 12)))
            case 10:
                for one in rows:
                    rng.shuffle(one) if rng.random() < 0.1 else one.insert(min(column, len(one)), "")
            case _:
                rng.shuffle(rows)
    return rows


def broken_csv(rows: Rows, rng: random.Random) -> bytes:
    """A CSV file changed: cells and rows, quotes, what parts cells, the encoding, bytes."""
    text = csv(changed(rows, rng), rng.choice((",", ",", ",", ",", ";", "\t", "，", "|")))
    return mutators.choose(
        rng,
        (
            (6, lambda: text.encode(rng.choice(("utf-8", "utf-8-sig", "gb18030")), "replace")),
            (2, lambda: mutators.many(text.encode(), rng)),
            (1, lambda: mutators.lines(text, rng).encode("utf-8", "replace")),
            (0.5, lambda: mutators.encoded(text, rng)),
        ),
    )


def filled(raw: bytes, sheet: str, first: int, rows: Sequence[Sequence[str]]) -> bytes:
    """An empty sheet of ours, filled: every row a mapping by heading is not needed, cells go by place."""
    book = openpyxl.load_workbook(io.BytesIO(raw))
    page = book[sheet] if sheet in book.sheetnames else book.active
    for number, row in enumerate(rows):
        for column, text in enumerate(row, 1):
            page.cell(first + number, column).value = text or None
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def broken_xlsx(raw: bytes, rng: random.Random) -> bytes:
    """An Excel file changed."""
    names = [name for name, _ in packages.opened(raw)]
    main = next((name for name in names if name.endswith("sharedStrings.xml")), names[0])
    sheet = rng.choice([name for name in names if "worksheets/sheet" in name] or names)
    return packages.mutated(raw, rng, rng.choice((main, sheet, sheet)))


def texts(raw: bytes) -> list[list[str]] | None:
    """The rows of every sheet as another library reads them; ``None`` where it cannot."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), data_only=True)
        return [
            ["" if value is None else str(value) for value in row]
            for page in book.worksheets
            for row in page.iter_rows(values_only=True)
        ]
    except Exception:  # noqa: BLE001 - a broken file may fail in any way, and then holds nothing to compare
        return None
