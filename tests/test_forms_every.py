"""Every form every edition uses, filled in every field: printed, written to Excel, read back the same."""

import datetime as dt
from decimal import Decimal

import pytest
from stdnum.cn import uscc

from notices.document.blocks import text_lines
from notices.forms import layout, workbook
from notices.forms.catalogue import Catalogue
from notices.forms.data import reading
from notices.forms.data.records import Record
from notices.forms.values import shown
from notices.forms.wording import LINK, spreads
from notices.library import Library
from notices.rendering.renderer import Press

TEXTS = (
    "安澜市工业和信息化局",
    "北河精密铸造有限公司",
    "铸造及热处理",
    "完成余热回收改造，年节能约三百吨标准煤",
    "符合",
)


def code(number: int) -> str:
    stem = f"91450100MA{number:07d}"
    return stem + uscc.calc_check_digit(stem)


def value(field, number):
    """A likely value of a field."""
    least = field.least if field.least is not None else Decimal(0)
    most = field.most if field.most is not None else least + 1000
    samples = {
        "integer": int(min(least + 12 + number, most)),
        "number": min(least + Decimal("86.5"), most),
        "percent": Decimal("52.3"),
        "date": dt.date(2024, 5, 1 + number % 28),
        "month": dt.date(2023, 1 + number % 12, 1),
        "year": 2023,
        "code": code(number),
        "industry": "3311",
        "phone": "0779-6100118",
        "email": "office@example.com",
        "url": "https://example.com/report",
        "yesno": "是",
    }
    if field.type == "choice":
        return field.choices[number % len(field.choices)]
    if field.type == "choices":
        return field.choices[:2]
    if field.type in {"text", "long"}:
        text = (
            "本单位按照绿色制造的要求组织生产，持续改进管理。" * 8
            if field.type == "long"
            else TEXTS[number % len(TEXTS)]
        )
        return text[: int(most)] if field.most is not None else text
    return samples[field.type]


def filled(sheet):
    """A record with every field of a form and three rows in each growing table."""
    form = sheet.only()
    found = spreads(form, sheet.edition.profile)
    values = {c.key: value(c.field, n) for spread in found if not spread.key for n, c in enumerate(spread.columns)}
    tables = {}
    for spread in (one for one in found if one.key):
        columns = [column for column in spread.columns if column is not LINK]
        count = len(spread.rows) or 3
        rows = []
        for number in range(count):
            given = spread.rows[number] if spread.rows else {}
            rows.append({c.key: value(c.field, number + 1) for c in columns if c.key not in given and not c.given})
        tables[spread.key] = tuple(rows)
    return Record(values, tables)


def sheets(library):
    """Every attachment of every edition, each form by itself."""
    shelf = Catalogue(library)
    for name in library.editions():
        edition = library.load(name)
        for sheet in shelf.sheets(edition):
            for n, form in enumerate(sheet.forms, 1):
                yield shelf.sheet(edition, f"{sheet.number}.{n}" if len(sheet.forms) > 1 else str(sheet.number)), form


LIBRARY = Library.at(None)
SEEN: dict[str, object] = {}
for _sheet, _form in sheets(LIBRARY):
    SEEN.setdefault(_form.key, _sheet)


def test_all_forms_that_editions_use_are_tried():
    assert len(SEEN) >= 21
    unused = set(Catalogue(LIBRARY).names()) - set(SEEN)
    others = {name for name in unused if not name.startswith("applicant")}
    assert others <= {"factory-self-report-2025", "product-third-party-report"}


@pytest.mark.parametrize("key", sorted(SEEN))
def test_a_filled_form_is_printed_and_read_back(key, tmp_path):
    sheet = SEEN[key]
    record = filled(sheet)
    path = tmp_path / "filled.xlsx"
    path.write_bytes(workbook.write(sheet, (record,)))
    found = [spread for spread in spreads(sheet.only(), sheet.edition.profile) if spread.columns]
    if not any(c for spread in found for c in spread.columns if not c.given and c is not LINK):
        assert key.endswith("requirements")  # nothing to fill in
    else:
        (again,) = reading.read(path, sheet).records
        assert dict(again.values) == dict(record.values)
        assert {k: tuple(map(dict, rows)) for k, rows in again.tables.items()} == record.tables
    document = layout.document(sheet, LIBRARY, record)
    text = "".join(text_lines(document))
    fields = sheet.only().fields
    for name, one in record.values.items():
        if fields[name].type not in {"choice", "choices", "yesno"}:
            assert shown(fields[name], one).replace("\n", "") in text, name
    press = Press(LIBRARY, ("docx",))
    assert press.bytes_of(document, "docx") == press.bytes_of(document, "docx")


@pytest.mark.slow
def test_a_form_whose_layout_is_ours_says_so_on_the_page(library):
    """Nobody takes a layout of ours for the authority's: the line stands under every such form, and under no other."""
    seen = 0
    for name in library.editions():
        for sheet in Catalogue(library).sheets(library.load(name)):
            text = "".join(text_lines(layout.document(sheet, library)))
            ours = sum(form.layout == "ours" for form in sheet.forms)
            assert text.count("参考格式：官方表样未公布") == ours, sheet.name
            seen += ours
    assert seen > 30
