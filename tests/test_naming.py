"""Names out of data: good on Windows, macOS and Linux, told apart on each, the same every time."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.app.fill import _file_name
from notices.checklist.batch.run import folders
from notices.checklist.intake import Applicant
from notices.forms.data.records import Record
from notices.rendering.naming import Apart, fit, plain

DEVICES = ("CON", "prn", "Aux", "nul", "COM1", "com9", "LPT1", "lpt9", "COM¹", "CONIN$")
ODD = st.text(
    st.sampled_from(
        '甲乙éE\u0301ﬁßSsIıİK\u212aÅ\u212b\ufb2c\u1f82.。 \t\u3000/\\:*?"<>|\0\x1f\x7f\u200b\u202e\ud800👍𠀀con1¹'
    )
)
NAMES = st.one_of(st.sampled_from(DEVICES), st.sampled_from(DEVICES).map(lambda n: f" {n}.txt "), ODD, st.text())


def owned(name, code=""):
    return Applicant(Record({"name": name, "code": code}), "")


def keeps(name):
    """Whether every system keeps a name as it is."""
    stem = name.partition(".")[0]
    return (
        len(name) > 0
        and all(len(unicodedata.normalize(form, name).encode()) <= 255 for form in ("NFC", "NFD"))
        and not re.search(r'[\\/:*?"<>|\x00-\x1f\x7f]', name)
        and not name.endswith((".", " "))
        and name == unicodedata.normalize("NFC", name)
        and not re.fullmatch(r"(?i)con|prn|aux|nul|(com|lpt)[0-9¹²³]|conin\$|conout\$", stem)
    )


@given(st.lists(NAMES, max_size=12))
def test_folders_are_kept_by_every_system_and_never_the_same_on_any(names):
    made = folders([owned(name) for name in names])
    assert all(map(keeps, made)), made
    assert len({unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold()) for name in made}) == len(
        names
    )
    assert len({name.upper() for name in made}) == len(names)
    assert made == folders([owned(name) for name in names])


@given(NAMES, NAMES)
def test_codes_are_no_way_out_of_the_folder(code, name):
    (made,) = folders([owned(name, code)])
    assert keeps(made)
    assert len(Path(made).parts) == 1


@given(NAMES, st.sampled_from(("docx", "pdf", "xlsx")))
def test_files_of_filled_forms_are_kept_by_every_system(name, ending):
    record = Record({"name": name})
    assert keeps(f"{_file_name(7, record, [record] * 10)}.{ending}")


@pytest.mark.parametrize("name", DEVICES)
def test_devices_of_windows_are_no_names(name):
    (made,) = folders([owned(name)])
    assert made == f"{name}_"
    assert folders([owned(f" {name}. ")]) == (made,)


def test_one_name_written_in_two_ways_is_two_folders_that_macos_tells_apart():
    assert folders([owned("Caf\u00e9厂"), owned("Cafe\u0301厂"), owned("CAFÉ厂")]) == ("Café厂", "Café厂-2", "CAFÉ厂-3")


def test_a_number_that_tells_apart_is_not_anothers_name():
    assert folders([owned("甲"), owned("甲-2"), owned("甲")]) == ("甲", "甲-2", "甲-3")


def test_long_names_fit_with_all_that_is_added():
    made = folders([owned("𠀀" * 300, "9" * 18), owned("𠀀" * 300, "9" * 18)])
    assert made[0] == "9" * 18 + "-" + "𠀀" * 40
    assert len(made[1].encode()) < 255
    assert len(plain("\u1f82" * 300).encode()) < 160


def test_what_is_plain_stays_as_it_is():
    assert plain("甲乙（集团）有限公司-2号") == "甲乙（集团）有限公司-2号"
    assert fit("") == "unnamed"
    assert Apart().name("甲") == "甲"
