"""A form in one edition's hands: its facts in the rows, its words for levels, what is ours told from what is its own."""

import re
from pathlib import Path

import pytest

from notices.document.blocks import Document, open_values, text_lines
from notices.errors import ProblemsError
from notices.forms import layout
from notices.forms.catalogue import Catalogue
from notices.forms.cells import TO_FILL
from notices.forms.data.records import Record
from notices.forms.editions import suited
from notices.forms.model import Form, GridPart, TablePart
from notices.forms.wording import Wording, places, spreads
from notices.library import Library
from notices.wording.speaker import Speaker

LIBRARY = Library.at(None)
SHELF = Catalogue(LIBRARY)
EDITIONS = ("national@2023", "guangxi@2024", "guizhou@2024", "inner-mongolia@2022", "jilin@2024")
REQUIREMENTS = ("third-party-requirements", "park-requirements", "supply-chain-requirements")
MARK = "〔参考〕"


def printed(edition: str, key: str) -> Document:
    return layout.document(SHELF.sheet(LIBRARY.load(edition), key), LIBRARY)


def lines(edition: str, key: str) -> list[str]:
    return list(text_lines(printed(edition, key)))


def own_parts(said: list[str]) -> str:
    """What stands unmarked: neither under a marked heading of the first level nor behind a marked paragraph."""
    kept, skipping = [], False
    for line in said:
        if re.match("[一二三四五六七八九十]+、", line):
            skipping = MARK in line
        elif MARK in line:
            skipping = True
        if not skipping:
            kept.append(line)
    return "\n".join(kept)


@pytest.mark.parametrize(
    ("edition", "key"),
    [(e, k) for e in ("national@2023", "guangxi@2024") for k in REQUIREMENTS]
    + [("jilin@2024", k) for k in REQUIREMENTS[1:]],
)
def test_what_is_ours_in_a_requirement_is_marked_on_the_page(edition: str, key: str) -> None:
    said = lines(edition, key)
    assert sum(MARK in line for line in said) >= 4
    assert any("其余部分与该文件一致" in line for line in said)
    own = own_parts(said)
    for words in ("清洁生产审核", "行业影响力；", "首次会议", "满分100分", "计算书", "财务管理制度"):
        assert words not in own
    profile = LIBRARY.load(edition).profile
    stated = [profile.third_party[k] for k in ("responsibility", "cap", "blacklist")] if "third" in key else []
    for rule in stated:
        assert Speaker(profile).say(rule)[-20:] in own
    if not stated:
        assert profile.exclusions
        assert all(Speaker(profile).exclusion(item) in own for item in profile.exclusions.refusals.values())


@pytest.mark.parametrize("edition", ["national@2023", "guangxi@2024"])
def test_a_number_no_source_gives_is_to_be_confirmed(edition: str) -> None:
    text = "".join(lines(edition, "third-party-requirements"))
    for number in ("10人", "5人", "五年", "50%"):
        assert number not in text
    assert text.count("【待定：人数】") == 2
    assert "近【待定：年数】年" in text


def test_numbers_an_edition_states_are_its_own() -> None:
    profile = LIBRARY.load("inner-mongolia@2022").profile
    form = suited(SHELF.form("third-party-requirements"), profile)
    sheet = SHELF.sheet(LIBRARY.load("national@2023"), "third-party-requirements")
    theirs = LIBRARY.load("inner-mongolia@2022")
    other = type(sheet)(theirs, sheet.key, sheet.label, sheet.number, sheet.attachment, (form,))
    text = own_parts(list(text_lines(layout.document(other, LIBRARY))))
    assert "中级职称以上专职人员不少于10人" in text
    assert "高级职称人员不少于5人" in text
    assert "【待定" not in text


@pytest.mark.parametrize(("edition", "key"), [("inner-mongolia@2022", "list-2019"), ("jilin@2024", "published-list")])
def test_a_list_nobody_has_filled_in_is_a_draft(edition: str, key: str) -> None:
    blank = printed(edition, key)
    assert TO_FILL in list(text_lines(blank))
    assert list(open_values(blank.blocks))
    assert blank.draft
    sheet = SHELF.sheet(LIBRARY.load(edition), key)
    row = {"name": "北河精密铸造有限公司", "region": "安澜市"}
    filled = layout.document(sheet, LIBRARY, Record(tables={"factory": (row,)}))
    assert not any(TO_FILL in line for line in text_lines(filled))
    assert not filled.draft


@pytest.mark.parametrize("key", ["park-requirements", "park-self-report", "park-third-party-report"])
def test_groups_and_values_of_the_park_are_told_to_be_unverified(key: str) -> None:
    form = suited(SHELF.form(key), LIBRARY.load("guizhou@2024").profile)
    rows = next(part.rows for part in form.tables() if len(part.rows) == 31)
    assert all("pending" in type(row["group"]).__name__.lower() for row in rows)
    notes = "".join(note for part in form.parts for note in getattr(part, "notes", ()))
    assert "分组" in notes
    assert "未核实" in notes
    if key == "park-requirements":
        assert form.fields["lead"].label == "引领值（未核实）"


@pytest.mark.parametrize(
    ("edition", "column", "listed"),
    [
        ("national@2023", "地市", "省级名单入选年度"),
        ("guangxi@2024", "市", "市级名单入选年度"),
        ("inner-mongolia@2022", "盟市", "盟市级名单入选年度"),
        ("jilin@2024", "市（州）", "市级名单入选年度"),
    ],
)
def test_the_summary_names_the_place_and_the_list_below(edition: str, column: str, listed: str) -> None:
    sheet = SHELF.sheet(LIBRARY.load(edition), "summary")
    factory = next(s for s in spreads(sheet.only(), sheet.edition.profile) if s.key == "factory")
    heads = [one.heading for one in factory.columns]
    assert heads[0] == column
    assert listed in heads
    assert heads.index("是否重点用能行业") + 1 == heads.index("能效水平")


def tables(form: Form) -> dict[str, TablePart]:
    return {part.table: part for part in form.tables()}


@pytest.mark.parametrize("key", ["dynamic-factory", "dynamic-park", "dynamic-supply-chain"])
@pytest.mark.parametrize("edition", ["national@2023", "guangxi@2024", "guizhou@2024"])
def test_compliance_rows_are_the_negative_list_of_the_edition(edition: str, key: str) -> None:
    loaded = LIBRARY.load(edition)
    rows = [row["matter"] for row in tables(SHELF.sheet(loaded, key).only())["compliance"].rows]
    items = loaded.profile.exclusions
    assert items
    assert len(rows) == len(items.items)
    assert all(
        str(row).startswith(Speaker(loaded.profile).exclusion(item))
        for row, item in zip(rows, items.items.values(), strict=True)
    )
    assert str(rows[-1]).endswith("等") == items.open_ended
    assert any("未正常经营生产" in str(row) for row in rows)
    text = "".join(lines(edition, key))
    assert f"适用于{items.subjects}" in text


def test_guizhou_reports_what_its_own_rule_lists() -> None:
    text = "".join(lines("guizhou@2024", "dynamic-park"))
    assert text.index("被动态调整出绿色制造名单的") < text.index("发生重大及以上安全")
    assert text.index("拒不按时填报动态管理表") < text.index("所提交材料或数据存在造假等问题")


def test_without_a_negative_list_the_rows_are_blank() -> None:
    profile = LIBRARY.load("guizhou@2024").profile.model_copy(update={"exclusions": None})
    part = tables(suited(SHELF.form("dynamic-park"), profile))["compliance"]
    assert part.rows == ()
    assert part.blank >= 6


LEVELS = re.compile("省级|自治区级|市级|盟市级")


@pytest.mark.parametrize("edition", EDITIONS)
def test_choices_of_levels_are_the_editions_own(edition: str) -> None:
    profile = LIBRARY.load(edition).profile
    words = places(profile)
    own = {words["province-level"], words["city-level"]}
    seen = set()
    for sheet in SHELF.sheets(LIBRARY.load(edition)):
        for form in sheet.forms:
            wording = Wording(form, profile)
            used = {n for p in form.parts if isinstance(p, GridPart) for row in p.grid for n in row}
            used |= {column.field for part in form.tables() for column in part.cells()}
            for name in used:
                choices = wording.field(name).choices
                assert len(set(choices)) == len(choices)
                levels = {m[0] for choice in choices if (m := re.fullmatch("(\\w+级)(及以下)?", choice))}
                bare = {level.removesuffix("及以下") for level in levels} - {"国家级"}
                seen |= {level for level in bare if LEVELS.fullmatch(level)}
    assert seen <= own, seen - own
    assert seen == own


def test_levels_of_an_authority_below_the_province() -> None:
    profile = LIBRARY.load("jilin@2024").profile
    authority = profile.authority.model_copy(update={"level": "市级", "area": "县（市、区）"})
    words = places(profile.model_copy(update={"authority": authority}))
    assert (words["province-level"], words["city-level"], words["lower-level"]) == ("省级", "市级", "县级")
    assert words["district"] == "县（市、区）"


@pytest.mark.parametrize(
    ("edition", "sector"), [("inner-mongolia@2022", False), ("guizhou@2024", True), ("jilin@2024", True)]
)
def test_sector_standards_are_named_where_the_edition_names_them(edition: str, sector: bool) -> None:  # noqa: FBT001
    text = "".join(lines(edition, "factory-report"))
    assert ("行业标准" in text) == sector
    assert "评价依据《绿色工厂评价通则》" in text


@pytest.mark.parametrize(
    ("edition", "words"),
    [("national@2023", "的第三方评价和审核"), ("jilin@2024", "的自评价和审核"), ("guangxi@2024", "企业的评价和审核")],
)
def test_requirements_apply_to_the_ways_of_evaluation_the_edition_knows(edition: str, words: str) -> None:
    assert words in "".join(lines(edition, "supply-chain-requirements"))
    assert words.removeprefix("企业") in "".join(lines(edition, "park-requirements"))
    if edition != "jilin@2024":
        assert "自评价" not in "".join(lines(edition, "third-party-requirements"))


def test_forms_a_province_does_not_have_are_not_made() -> None:
    made = {
        edition: {form.key for s in SHELF.sheets(LIBRARY.load(edition)) for form in s.forms} for edition in EDITIONS
    }
    assert "product-third-party-report" not in made["inner-mongolia@2022"]
    assert "product-self-report" in made["inner-mongolia@2022"]
    for edition in ("inner-mongolia@2022", "jilin@2024", "guangxi@2024"):
        assert "third-party-return" not in made[edition]
    for edition in ("inner-mongolia@2022", "jilin@2024"):
        assert not any(key.startswith("dynamic") for key in made[edition])
    assert "dynamic-park" in made["guangxi@2024"]
    assert {"third-party-return", "dynamic-park"} <= made["guizhou@2024"] & made["national@2023"]
    assert "绿色制造示范单位名单" in "".join(lines("inner-mongolia@2022", "published-list"))


@pytest.mark.parametrize("facts", ["third-party", "management"])
def test_a_table_of_facts_says_which_of_them(tmp_path: Path, facts: str) -> None:
    form = tmp_path / "templates" / "forms" / "own.yaml"
    form.parent.mkdir(parents=True)
    part = f"  - {{table: items, columns: [number, clause], facts: {facts}}}\n"
    form.write_text("name: 我的表\nbasis: 自拟\nparts:\n" + part, "utf-8")
    with pytest.raises(ProblemsError) as raised:
        Catalogue(Library.at(tmp_path)).form("own")
    (problem,) = [one for one in raised.value.problems if "没有写 keys" in one.message]
    assert (problem.file, problem.line) == ("templates/forms/own.yaml", 4)
    assert "keys: [entity" in problem.hint
