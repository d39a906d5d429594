"""Requirements and reports: what they share agrees, what is unsure is marked, what an edition states is printed."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from notices.document.digest import outline
from notices.forms.catalogue import Catalogue, Sheet
from notices.forms.data.reading import read
from notices.forms.data.records import BLANK, Record
from notices.forms.editions import suited
from notices.forms.layout import document
from notices.forms.model import Form, TablePart
from notices.library import Library
from notices.profile import Attachment, Pending
from notices.wording.speaker import Speaker
from notices.wording.words import amount

LIBRARY = Library.at(None)
SHELF = Catalogue(LIBRARY)
DATA = Path(__file__).parent / "data/forms"
FORMS = (
    "third-party-requirements",
    "park-requirements",
    "supply-chain-requirements",
    "factory-self-report",
    "factory-self-report-2025",
    "factory-third-party-report",
    "park-self-report",
    "park-third-party-report",
    "supply-chain-self-report",
    "supply-chain-third-party-report",
    "product-self-report",
    "product-third-party-report",
    "factory-recheck-report",
    "park-recheck-report",
)
PAIRS = ("factory", "park", "supply-chain", "product")


def sheet(name: str, edition: str) -> Sheet:
    form = SHELF.form(name)
    loaded = LIBRARY.load(edition)
    return Sheet(loaded, name, "附件", 1, Attachment(title=form.name), (suited(form, loaded.profile),))


def text(name: str, edition: str, record: Record = BLANK) -> str:
    return outline(document(sheet(name, edition), LIBRARY, record))


def table(form: Form, name: str) -> TablePart:
    return next(part for part in form.tables() if part.table == name)


@pytest.mark.parametrize("edition", LIBRARY.editions())
@pytest.mark.parametrize("name", FORMS)
def test_every_form_can_be_printed_for_every_edition(name: str, edition: str) -> None:
    printed = text(name, edition)
    assert SHELF.form(name).name in printed
    assert "{" not in printed


@pytest.mark.parametrize("kind", PAIRS)
def test_both_reports_judge_the_same_rows(kind: str) -> None:
    own, other = SHELF.form(f"{kind}-self-report"), SHELF.form(f"{kind}-third-party-report")
    shared = {part.table for part in own.tables()} & {part.table for part in other.tables()}
    assert "evaluation" in shared
    assert "exclusions" in shared
    for name in shared:
        mine, theirs = table(own, name), table(other, name)
        common = mine.given & theirs.given
        cut = [[{k: row[k] for k in common & row.keys()} for row in part.rows] for part in (mine, theirs)]
        assert cut[0] == cut[1], name


@pytest.mark.parametrize(("name", "rows"), [("park-requirements", "indicators"), ("park-self-report", "evaluation")])
def test_unsure_park_indicators_are_marked(name: str, rows: str) -> None:
    given = table(SHELF.form(name), rows).rows
    assert len(given) == 31
    for row in given[:11]:
        assert not isinstance(row["item"], Pending)
        assert isinstance(row["group"], Pending)  # names and units were seen, the grouping was not
    for row in given[11:]:
        assert all(isinstance(row[key], Pending) for key in ("group", "item"))
        # that it is a share, or no figure at all, follows from the name
        assert isinstance(row["measure"], Pending) or row["measure"] in {"%", "—"}
    if "lead" in given[0]:
        assert all(isinstance(row["lead"], Pending) for row in given)


def test_weights_of_the_factory_report_are_marked() -> None:
    weights = [row["weight"] for row in table(SHELF.form("factory-self-report"), "totals").rows if "weight" in row]
    assert [w.suggest for w in weights if isinstance(w, Pending)] == ["20", "15", "15", "10", "10", "30"]


@pytest.mark.parametrize("name", ["supply-chain-requirements", "supply-chain-self-report"])
def test_supply_chain_scores_make_a_hundred(name: str) -> None:
    form = SHELF.form(name)
    rows = next(part.rows for part in form.tables() if "full" in part.given)
    assert len(rows) == 20
    assert sum(Decimal(str(row["full"])) for row in rows) == 100


@pytest.mark.parametrize("edition", LIBRARY.editions())
def test_third_party_requirements_print_what_the_edition_states(edition: str) -> None:
    stated = LIBRARY.load(edition).profile.third_party
    printed = text("third-party-requirements", edition)
    for key in ("staff", "senior-staff", "cap"):
        rule = stated.get(key)
        if rule is not None:
            assert rule.limit is not None
            assert amount(rule.limit) in printed
    assert ("【待定：" in printed) == ("senior-staff" not in stated)
    assert ("责任和监督" in printed) == bool(stated)


@pytest.mark.parametrize("name", [f"{kind}-self-report" for kind in PAIRS])
def test_reports_repeat_the_negative_list_of_the_edition(name: str) -> None:
    found = 0
    for edition in LIBRARY.editions():
        profile = LIBRARY.load(edition).profile
        if profile.exclusions is None:
            continue
        printed = text(name, edition)
        for item in profile.exclusions.refusals.values():
            assert Speaker(profile).exclusion(item) in printed
            found += 1
    assert found > 30


def test_review_report_lists_what_the_edition_reviews() -> None:
    reviewed = text("factory-recheck-report", "inner-mongolia@2022")
    assert "是否按时完成自我声明" in reviewed
    assert "不得" not in reviewed
    national = LIBRARY.load("national@2023").profile
    assert national.exclusions is not None
    printed = text("factory-recheck-report", "national@2023")
    assert all(Speaker(national).exclusion(item) in printed for item in national.exclusions.refusals.values())


@pytest.mark.parametrize(
    ("name", "edition"), [("factory-self-report", "inner-mongolia@2022"), ("park-third-party-report", "jilin@2024")]
)
def test_sample_data_fills_its_form(name: str, edition: str) -> None:
    filled = read(DATA / f"{name}.yaml", sheet(name, edition))
    assert len(filled.records) == 1
    assert not filled.warnings
    record = filled.records[0]
    required = [n for n in SHELF.form(name).record() if SHELF.form(name).fields[n].required]
    assert required
    assert not set(required) - record.values.keys()
    printed = text(name, edition, record)
    assert str(record.values["name"]) in printed


def test_a_narrative_stands_whole_in_its_place() -> None:
    record = read(DATA / "factory-self-report.yaml", sheet("factory-self-report", "inner-mongolia@2022")).records[0]
    intro = str(record.values["intro"])
    assert 850 < len(intro) < 1000
    printed = text("factory-self-report", "inner-mongolia@2022", record)
    assert "附页" not in printed
    assert intro.rsplit("\n", maxsplit=1)[-1][-20:] in printed
