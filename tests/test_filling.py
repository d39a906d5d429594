"""A sheet while it is being filled in: wrong cells named where they stand, the rest judged, nothing rested on them."""

import datetime as dt

import pytest
from conftest import ROOT

from notices.app import judging
from notices.checklist.filling import Typed, filling, taken
from notices.errors import ProblemsError
from notices.forms import workbook
from notices.library import Library

DAY = dt.date(2024, 9, 1)
STRONG = ROOT / "applicants" / "01-strong-factory.yaml"


@pytest.fixture(scope="module")
def desk():
    return judging.desk(Library.at(None), None, "guizhou@2024", "factory", as_of=DAY)


def read(desk, typed):
    return filling(typed, desk.sheet, DAY)


def changed(typed, **values):
    return Typed({**typed.values, **{name.replace("_", "-"): text for name, text in values.items()}}, typed.tables)


def verdicts(desk, found):
    return {key: one.verdict for key, one in desk.outcome(found.applicant, found.unread).findings.items()}


def test_what_is_typed_is_judged_as_the_file_is(desk):
    typed, wrong = taken(STRONG, desk.sheet)
    assert wrong == ()
    found = read(desk, typed)
    assert (found.faults, found.unread) == ({}, frozenset())
    of_file = desk.outcome(judging.read(desk, STRONG).applicants[0])
    assert desk.outcome(found.applicant, found.unread) == of_file
    assert of_file.standing == "may"


def test_a_wrong_cell_is_named_and_only_what_looks_at_it_is_open(desk):
    typed, _ = taken(STRONG, desk.sheet)
    before = verdicts(desk, read(desk, typed))
    found = read(desk, changed(typed, annual_energy_consumption="很多"))
    assert list(found.faults) == ["annual-energy-consumption"]
    assert "应是数" in found.faults["annual-energy-consumption"]
    after = verdicts(desk, found)
    assert {key for key in before if before[key] != after[key]} == {"conditions.factory.energy-system-certificate"}
    assert (
        desk.outcome(found.applicant, found.unread).findings["conditions.factory.energy-system-certificate"].reason
        == "所填的有误，改正后再判断"
    )


@pytest.mark.parametrize(
    ("row", "cell"),
    [
        ({"record-kind": "失信被执行人", "record-date": "2024-02-31"}, "record-date"),
        ({"record-date": "2024-02-01"}, "record-kind"),
        ({"record-kind": "没有这一种", "record-date": "2024-02-01"}, "record-kind"),
        ({"record-kind": "失信被执行人", "record-date": "2024-03-01", "resolved": "2024-02-01"}, "resolved"),
        ({"record-kind": "失信被执行人", "record-date": "2024-10-01"}, "record-date"),
    ],
)
def test_a_record_that_cannot_be_read_clears_nobody(desk, row, cell):
    typed, _ = taken(STRONG, desk.sheet)
    found = read(desk, Typed(typed.values, {**typed.tables, "records": [{}, row]}))
    assert list(found.faults) == [f"records[1].{cell}"]
    after = verdicts(desk, found)
    looking = [item.key for item in desk.judged if "record_date" in item.asks]
    assert looking
    assert {after[key] for key in looking} == {"unknown"}


def test_a_certificate_that_cannot_be_read_proves_nothing(desk):
    typed, _ = taken(STRONG, desk.sheet)
    rows = [dict(row) for row in typed.tables["certificates"]]
    rows[3]["expires"] = "下个月"
    found = read(desk, Typed(typed.values, {**typed.tables, "certificates": rows}))
    assert list(found.faults) == ["certificates[3].expires"]
    assert verdicts(desk, found)["conditions.factory.energy-system-certificate"] == "unknown"


def test_nothing_typed_is_nothing_known(desk):
    found = read(desk, Typed())
    assert (found.faults, found.unread) == ({}, frozenset())
    assert set(verdicts(desk, found).values()) <= {"unknown", "authority"}


def test_other_words_for_yes_are_told_and_stop_nothing(desk):
    typed, _ = taken(STRONG, desk.sheet)
    found = read(desk, changed(typed, manufacturing="√"))
    assert found.faults == {}
    assert "读作“是”" in found.notes["manufacturing"]
    assert found.applicant.record.values["manufacturing"] == "是"


def test_an_excel_sheet_fills_the_fields_and_names_the_cells_it_cannot(desk, tmp_path):
    record = judging.read(desk, STRONG).applicants[0].record
    path = tmp_path / "本厂.xlsx"
    path.write_bytes(workbook.write(desk.sheet, [record]))
    typed, wrong = taken(path, desk.sheet)
    assert wrong == ()
    assert read(desk, typed).applicant.record == record
    from openpyxl import load_workbook  # noqa: PLC0415

    book = load_workbook(path)
    row = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "统一社会信用代码")
    row[1].value = "91520900MA7Y33010X"
    book.save(path)
    typed, wrong = taken(path, desk.sheet)
    assert "code" not in typed.values
    assert typed.values["name"] == "黔屏州云台水泥有限公司"
    assert [f"{row[1].coordinate}" in str(one) and "校验码" in one.message for one in wrong] == [True]


def test_a_share_stays_a_share():
    desk = judging.desk(Library.at(None), None, "jilin@2024", "park", as_of=dt.date(2024, 6, 10))
    typed, wrong = taken(ROOT / "applicants" / "02-park-at-the-limit.yaml", desk.sheet)
    assert (wrong, typed.values["industrial-added-value-share"]) == ((), "50%")
    again = filling(Typed({"industrial-added-value-share": "0.5%"}), desk.sheet, DAY)
    assert str(again.applicant.record.values["industrial-added-value-share"]) == "0.5"
    doubtful = filling(Typed({"industrial-added-value-share": "0.5"}), desk.sheet, DAY)
    assert "看不出" in doubtful.faults["industrial-added-value-share"]


def test_a_file_of_several_or_of_none_fills_nothing(desk, tmp_path):
    path = tmp_path / "两家.yaml"
    path.write_text("- {name: 甲厂}\n- {name: 乙厂}\n", "utf-8")
    with pytest.raises(ProblemsError, match="有 2 家"):
        taken(path, desk.sheet)
    path = tmp_path / "空.xlsx"
    path.write_bytes(workbook.write(desk.sheet))
    with pytest.raises(ProblemsError, match="没有申报单位"):
        taken(path, desk.sheet)
