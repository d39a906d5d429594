"""Comparisons as they are shown: terminal, JSON, Markdown, HTML, Excel, Word, PDF; and the two commands."""

import io
import itertools
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import click
import docx
import jsonschema
import openpyxl
import pypdf
import pytest
from click.testing import CliRunner
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from notices import programmes
from notices.app.comparison import difference, overview
from notices.commands import compare
from notices.compare import grid, records
from notices.compare.editions import Sides
from notices.compare.matrix import MARKS, matrix
from notices.compare.matters import matters_from
from notices.document.blocks import Table, plain
from notices.document.placement import columns_of
from notices.errors import NotFoundError, ProblemsError
from notices.library import SHIPPED, Library
from notices.profile import Pending
from notices.profile.model import Authority
from notices.profile.yamlfile import parse
from notices.rendering.renderer import Press
from notices.reports import html, md, model, pages, terminal, xlsx
from notices.wording.columns import cells

NAMES = ("national", "guangxi", "guizhou", "inner-mongolia", "jilin")


@pytest.fixture(scope="module")
def shelf(library):
    return Sides(library)


@pytest.fixture(scope="module")
def pair(shelf):
    return shelf.sides(["guangxi", "jilin"])


@pytest.fixture(scope="module")
def changes(shelf, pair):
    return shelf.diff(*pair)


@pytest.fixture(scope="module")
def table(pair, changes, shelf):
    return grid.of_diff(*pair, changes, matters=shelf.matters)


def sheet(found, name="对照"):
    return next(one for one in found.tables if one.name == name)


@pytest.fixture(scope="module")
def means(library):
    return Press(library, (), (SHIPPED / ".fonts",)).means


@pytest.fixture(scope="module")
def wide(shelf):
    return matrix(shelf, NAMES)


@pytest.fixture(scope="module")
def every(library):
    """All shipped authorities, as ``notices matrix`` shows them without names."""
    return overview(library).matrix


def row(found, key):
    return next(row for row in found.rows if row.id == key)


# the matrix


def test_the_matrix_marks_each_authority_against_the_national_line(wide):
    def marks(key):
        return [cell.marks for cell in row(wide, key).cells]

    assert marks("exclusions.items.accident") == [(), ("same",), ("looser",), ("looser",), ("changed",)]
    assert marks("exclusions.subjects")[4] == ("stricter",)
    assert marks("third-party.cap") == [(), ("same",), ("changed",), ("silent",), ("silent",)]
    assert marks("third-party.staff") == [(), (), (), ("added",), ()]
    assert marks("deadlines.city-to-province")[2] == ("added", "pending")
    assert marks("conditions.park.industrial-share")[2] == ("pending",), (
        "the national figure of 2024 is to be confirmed"
    )
    assert {mark for line in wide.rows for cell in line.cells for mark in cell.marks} == set(MARKS) - {
        "inherited",
        "unseen",
    }


def test_the_matrix_says_which_national_edition_it_is_marked_against(wide):
    assert wide.lines == (None, "national@2023", "national@2024", "national@2023", "national@2023")
    told = [note for note in grid.of_matrix(wide).notes if note.startswith("对照国家")]
    assert told == [
        "对照国家2023年版的：广西壮族自治区2024年、内蒙古自治区2022年、吉林省2024年；其中内蒙古自治区2022年早于它，仅供参照。",
        "对照国家2024年版的：贵州省2024年（征求意见稿）。",
    ]


def test_every_rule_of_every_edition_stands_in_the_matrix(wide):
    for number, edition in enumerate(wide.sides):
        told = {line.cells[number].half.id for line in wide.rows if line.cells[number].half}
        assert told == set(edition.own)
    assert len(wide.rows) == len({line.id for line in wide.rows})


def test_a_matrix_of_topics(shelf):
    found = matrix(shelf, NAMES, ["deadlines"])
    assert {line.topic for line in found.rows} == {"deadlines"}
    figures = {line.id for line in matrix(shelf, NAMES, ["thresholds"]).rows}
    assert {"conditions.park.industrial-share", "third-party.cap"} <= figures
    assert "exclusions.lookback" not in figures


def test_every_section_has_one_topic():
    programme = programmes.shipped(Library.at(None)).PROGRAMME
    assert set(programme.order) == set(programme.sections)
    assert {section.topic for section in programme.sections.values()} == set(programme.topics)
    order = programme.order
    assert order.index("green-code") == order.index("management") + 1


def test_an_unknown_edition_is_named(shelf):
    with pytest.raises(NotFoundError, match="guangxi"):
        matrix(shelf, ["guangx"])


# JSON


def test_the_json_is_as_its_schema_says(changes, wide):
    jsonschema.validate(records.changes(changes), records.DIFF_SCHEMA)
    jsonschema.validate(records.matrix(wide), records.MATRIX_SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(records.changes([replace(changes[0], verdict="worse")]), records.DIFF_SCHEMA)


@pytest.mark.parametrize(("name", "schema"), [("diff", records.DIFF_SCHEMA), ("matrix", records.MATRIX_SCHEMA)])
def test_the_schemas_are_documented_as_they_are(name, schema):
    path = ROOT / "docs" / f"{name}.schema.json"
    assert json.loads(path.read_text("utf-8")) == schema


# the grid: groups apart


def test_rules_dates_contacts_papers_and_words_stand_apart(table, changes):
    names = [one.name for one in table.tables]
    assert names == ["要点", "宽严", "对照", "仅左边有", "仅右边有", "仅表述不同"]
    kinds = [part.title.partition("·")[0] for part in sheet(table).parts]
    assert list(dict.fromkeys(kinds)) == ["规定", "时限", "联系方式", "文件"]
    shown = [row.key for one in table.tables[2:] for row in one.rows]
    assert sorted(shown) == sorted(c.id for c in changes if c.verdict != "same" or c.wording)
    assert {row.key for row in sheet(table, "仅表述不同").rows} == {c.id for c in changes if c.wording}


def test_what_matters_most_comes_first_and_is_declared(shelf, table, changes):
    lines = list(sheet(table, "要点").rows)
    assert all(len(cell.text) <= 24 for line in lines for cell in line.cells), "a line each: the summary is one page"
    assert len(lines) == shelf.matters.most
    told = [line.cells[0].text for line in lines]
    assert told[0] == "不得申报和移出"
    assert [name.name for name in shelf.matters.first if name.name in told] == list(dict.fromkeys(told))
    ways = {line.cells[0].text: [cell.text for cell in line.cells[1:]] for line in sheet(table, "宽严").rows}
    assert "限制对象" in ways["负面清单"][1]
    mirrored = [(matter.name, change.id) for matter, change in shelf.matters.ranked(tuple(reversed(changes)))]
    assert mirrored == [(matter.name, change.id) for matter, change in shelf.matters.ranked(changes)]
    assert matters_from(parse("first: [{name: 甲, ids: quotas}]", "f"), "f").ranked(changes) == ()


@pytest.mark.parametrize(
    ("text", "line", "key", "message"),
    [
        ("most: 3\nfirst: 甲\n", 2, "first", "应是列表，实为 甲"),
        ("first:\n  - {name: 甲}\n", 2, "first[0].ids", "缺少必填的键"),
        ("most: 3\neach: 0\n", 2, "each", "0 太小"),
    ],
)
def test_a_wrong_order_of_matters_is_refused_with_its_place_in_chinese(text, line, key, message):
    with pytest.raises(ProblemsError) as caught:
        matters_from(parse(text, "matters.yaml"), "matters.yaml")
    (problem,) = caught.value.problems
    assert (problem.line, problem.key, problem.message) == (line, key, message)


def test_a_reader_is_told_which_national_rules_an_edition_rests_on(library):
    assert "依据的国家规定是2024年版" in difference(library, "national@2023", "guizhou").report().notes[0]
    (draft,) = difference(library, "national@2024", "guizhou").warnings
    assert "没有读到" in draft


def test_no_id_and_no_form_of_a_place_reaches_a_reader(shelf, table):
    for report in (table, grid.of_matrix(matrix(shelf, NAMES))):
        for one in report.tables:
            for line in one.rows:
                text = " ".join(cell.lines + cell.why for cell in line.cells)
                bare = re.sub(r"\S*@\S*\.com|https?://\S+", "", text)
                assert not re.search(r"[{}]|@20|[a-z]\.[a-z]", bare), text


def test_a_relaxation_is_marked_in_diff_and_matrix(shelf, wide):
    guizhou, mongolia = shelf.sides(["guizhou", "inner-mongolia"])
    found = grid.of_diff(guizhou, mongolia, shelf.diff(guizhou, mongolia))
    (line,) = [row for row in sheet(found).rows if row.key == "exclusions.items.accident"]
    assert [mark.text for mark in line.marks] == ["有变化", "左边放宽国家规定"]
    assert "左边放宽国家规定" in line.cells[-1].text
    (cell,) = [row.cells[3] for row in grid.of_matrix(wide).tables[0].rows if row.key == "exclusions.items.accident"]
    assert [mark.text for mark in cell.marks] == ["放宽"]
    assert "依据" in cell.why


# terminal


@given(st.text(st.sampled_from("甲乙丙丁，。（）〔〕“”a b1—【】"), max_size=80), st.integers(4, 40))
def test_wrapping_loses_nothing_and_keeps_the_width(text, width):
    lines = terminal.wrapped(text, width)
    assert "".join(lines) == text
    assert all(cells(line) <= width + 10 for line in lines)
    assert all(cells(line) <= width for line in lines if not re.search("[，。（）〔〕“”【】]", line))


def test_columns_are_aligned_where_chinese_is_two_wide(table):
    lines = terminal.text(replace(table, blocks=(sheet(table),)), 160).split("\n")
    starts = set()
    for line in (line for line in lines if line.startswith("事项")):
        starts.add(tuple(cells(line[: match.start()]) for match in re.finditer(r"(?<=  )\S", line)))
    assert len(starts) == 1
    (columns,) = starts
    assert len(columns) == 4
    inside = [line for line in lines if line.startswith("边界和范围")]
    assert inside
    for line in inside:
        assert cells(line[: line.index("[有变化]")]) == columns[0]
    assert max(map(cells, lines[lines.index(next(line for line in lines if line.startswith("事项"))) :])) <= 162


def test_colour_only_where_it_is_wanted(table):
    assert "\x1b[" not in terminal.text(table, 160)
    coloured = terminal.text(table, 160, colour=True)
    assert "\x1b[31m[从严]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == terminal.text(table, 160)


def test_a_narrow_terminal_gets_blocks(table):
    text = terminal.text(table, 60)
    assert "■ 主要功能  conditions.park.function" in text
    assert max(map(cells, text.split("\n")[6:])) <= 70


# Markdown and HTML


def changed(report, text):
    """The report with another text in the last cell of its first row."""
    found = sheet(report)
    first = found.parts[0].rows[0]
    row = replace(first, cells=(*first.cells[:-1], model.ReportCell(text)))
    part = replace(found.parts[0], rows=(row, *found.parts[0].rows[1:]))
    return replace(report, blocks=(replace(found, parts=(part, *found.parts[1:])),))


def test_markdown_tables_keep_their_columns(table):
    text = md.write(changed(replace(table, notes=("a *c* <d>",)), "a|b *c* <d>"))
    assert r"a \*c\* &lt;d&gt;" in text
    assert r"| a\|b \*c\* &lt;d&gt; |" in text
    rows = [line for line in text.split("\n") if line.startswith("|")]
    assert len(rows) > 50
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in rows} == {6}


class Page(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.tags = []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.tags.append((tag, dict(attributes)))


def test_the_page_stands_alone_filters_and_prints(table, means):
    found = changed(replace(table, title="甲<乙>"), "<script>&")
    text = html.made(found, means).decode()
    page = Page(text)
    assert not re.search(r"(?:src|href)=|@import|url\(|https?://[^g]", text.replace("https://green.miit.gov.cn", ""))
    assert "&lt;script&gt;&amp;" in text
    assert "<title>甲&lt;乙&gt;</title>" in text
    boxes = {attributes["value"] for tag, attributes in page.tags if tag == "input"}
    rows = [attributes for tag, attributes in page.tags if tag == "tr" and "data-topic" in attributes]
    assert len(rows) == sum(bool(row.key) for one in found.tables for row in one.rows)
    assert means.template("compare/page.js").decode() in text
    for attributes in rows:
        assert attributes["data-topic"] in boxes
        assert set(attributes["data-marks"].split()) <= boxes
    assert "@page { size: A4 landscape" in text
    assert "table-header-group" in text


# Excel, Word, PDF


def test_the_workbook_is_frozen_filtered_and_holds_every_row(table):
    content = xlsx.write(table)
    assert content == xlsx.write(table)
    page = openpyxl.load_workbook(io.BytesIO(content))["对照"]
    rows = list(page.iter_rows(values_only=True))
    lines = list(sheet(table).rows)
    assert len(rows) == len(lines) + 1
    assert [one[-1] for one in rows[1:]] == [line.key for line in lines]
    assert page.freeze_panes == "B2"
    assert page.auto_filter.ref == f"A1:I{len(rows)}"
    assert page.print_title_rows == "$1:$1"
    assert all(page.cell(2, n).alignment.wrap_text for n in range(1, 10))
    assert all(page.column_dimensions[letter].width >= 10 for letter in "ABCDEFGHI")


def test_a_workbook_holds_no_formula(table):
    content = xlsx.write(changed(table, "=1+1"))
    cell = openpyxl.load_workbook(io.BytesIO(content))["对照"]["E2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


def test_the_document_is_landscape_and_its_tables_have_heads(table, wide):
    for found in (table, grid.of_matrix(wide)):
        document = pages.document(found.narrow())
        tables = [block for block in document.blocks if isinstance(block, Table)]
        assert document.layout == "report", "a report's page lies"
        assert len(tables) == len(found.narrow().tables)
        for one in tables:
            assert one.head
            columns_of(one.head, len(one.widths))
            columns_of(one.rows, len(one.widths))


def test_many_editions_go_on_in_further_tables(wide):
    def more(whole):
        return (whole[0], *whole[1:] * 3)

    many = replace(
        wide,
        sides=more(wide.sides),
        lines=more(wide.lines),
        rows=tuple(replace(line, cells=more(line.cells)) for line in wide.rows),
    )
    found = grid.of_matrix(many)
    tables = [block for block in pages.document(found.narrow()).blocks if isinstance(block, Table)]
    assert [len(one.widths) for one in tables] == [6, 6, 6], "four beside the national line, which leads each"
    assert all(sum(one.widths) == pytest.approx(100) for one in tables)
    heads = [[plain(cell.lines[0]) for cell in one.head[0].cells] for one in tables]
    assert {tuple(one[:2]) for one in heads} == {("事项", "全国2023年")}


def test_a_part_on_paper_leaves_out_what_none_of_its_own_columns_says(every):
    (table,) = grid.of_matrix(every).tables
    cut = table.cut()
    assert len(cut) == 5
    told = {(row.key, cell) for row in table.rows for cell in row.cells[2:] if not cell.blank}
    kept = {(row.key, cell) for one in cut for row in one.rows for cell in row.cells[2:] if not cell.blank}
    assert kept == told
    assert all(any(not cell.blank for cell in row.cells[2:]) for one in cut for row in one.rows)
    assert sum(len(tuple(one.rows)) for one in cut) < 0.6 * len(cut) * len(tuple(table.rows))


# a draft's silence


def test_what_a_draft_does_not_say_is_unseen_and_never_unstated(every):
    drafts = [n for n, side in enumerate(every.sides) if side.profile.status == "draft"]
    assert len(drafts) == 5
    for line in every.rows:
        for n, cell in enumerate(line.cells):
            assert "silent" not in cell.marks or n not in drafts
            assert "unseen" not in cell.marks or n in drafts
    assert "unseen" in row(every, "exclusions.lookback").cells[drafts[0]].marks
    assert "不等于没有规定" in "".join(grid.of_matrix(every).notes)


def test_a_comparison_with_a_draft_says_so(library):
    (told,) = difference(library, "guangxi", "henan").warnings
    assert told.startswith("注意：河南省2023年（草稿）没有列出的规定")
    assert difference(library, "guangxi", "jilin").warnings == ()


# who is stricter on what


def test_the_first_page_sums_up_each_authority_on_each_matter(every, shelf):
    first, ways, whole = grid.of_matrix(every, shelf.matters).tables
    assert (first.name, ways.name, whole.name) == ("一览", "宽严", "对照")
    assert [line.cells[0].text for line in first.rows] == [side.heading for side in every.sides[1:]]
    lines = {line.cells[0].text: dict(zip(first.heads, line.cells, strict=True)) for line in first.rows}
    assert lines["贵州省2024年（征求意见稿）"]["不得申报和移出"].lines.startswith("[从严]\n[放宽]\n严1 宽1 ")
    assert lines["内蒙古自治区2022年"]["门槛"].lines == "[放宽]\n宽1"
    assert lines["厦门市2024年（草稿）"]["不得申报和移出"].lines == "[未见]\n未见10"
    assert lines["天津市2019年"]["奖励"].lines == "—"
    for line in first.rows:
        assert all(cell.marks or cell.text == "—" for cell in line.cells[1:]), "words, not colour alone"


def test_the_counts_of_the_first_page_are_those_of_the_cells(every, shelf):
    first = grid.of_matrix(every, shelf.matters).tables[0]
    ruled = [line for line in every.rows if any(one.covers(line.id, halves(line)) for one in shelf.matters.first)]
    for n, line in enumerate(first.rows, 1):
        told = sum(int(count) for cell in line.cells[1:] for count in re.findall(r"\d+", cell.text))
        own = [mark for one in ruled for mark in one.cells[n].marks if mark not in {"inherited", "pending"}]
        assert told == len(own)


def halves(line):
    return [cell.half for cell in line.cells if cell.half]


def test_who_is_stricter_is_told_rule_by_rule(every, shelf):
    ways = grid.of_matrix(every, shelf.matters).tables[1]
    told = {line.cells[0].text: [cell.text for cell in line.cells[1:]] for line in ways.rows}
    assert told["工业增加值占比"] == ["—", "省级：内蒙古自治区2022年"]
    marked = [line for line in every.rows if any({"stricter", "looser"} & {*cell.marks} for cell in line.cells)]
    assert len(list(ways.rows)) == len(marked) >= 5


def test_authorities_of_one_rank_stand_together_the_highest_first(every, shelf, means):
    assert list(dict.fromkeys(every.ranks)) == ["国家级", "省级", "市级", "县级"]
    assert [rank for rank, _ in itertools.groupby(every.ranks)] == ["国家级", "省级", "市级", "县级"]
    first, _, whole = grid.of_matrix(every, shelf.matters).tables
    assert [part.title for part in first.parts] == ["省级", "市级", "县级"]
    assert [name for name, _ in whole.grouped()] == ["", "省级", "市级", "县级"]
    on_paper = [(one.lead, one.heads[2:]) for one in whole.cut()]
    assert [lead for lead, _ in on_paper] == ["省级", "省级（续）", "省级（续）", "市级", "县级"]
    assert [head for _, heads in on_paper for head in heads] == [side.heading for side in every.sides[1:]]
    page = html.made(grid.of_matrix(every, shelf.matters), means).decode()
    assert re.findall(r'name="group" value="([^"]+)"', page) == ["省级", "市级", "县级"]
    assert [int(n) for n in re.findall(r'colspan="(\d+)" data-over', page)] == [11, 2, 1]
    assert "省级<br>北京市2021年" in md.write(grid.of_matrix(every))
    order = [side.edition for side in matrix(shelf, ["xiamen", "jilin", "national@2023", "guangxi"]).sides]
    assert order == ["national@2023", "jilin@2024", "guangxi@2024", "xiamen@2024"], "as named within a rank"


@pytest.mark.parametrize(
    ("region", "rank", "ranked"),
    [
        ("全国", None, "国家级"),
        ("甲省", None, "省级"),
        ("乙族自治区", None, "省级"),
        ("丙市", None, "市级"),
        ("丙市", "省级", "省级"),
        ("甲省丁市", None, "市级"),
        ("戊族自治州", None, "市级"),
        ("丙市己区", None, "县级"),
        ("甲省丁市庚县", None, "县级"),
        ("某处", None, None),
        (Pending(pending="辖区全称"), None, None),
    ],
)
def test_the_name_of_a_region_tells_a_rank_where_none_is_stated(region, rank, ranked):
    assert Authority(name="某局", region=region, rank=rank).ranked == ranked


def test_one_authority_alone_has_no_summary(shelf):
    assert [one.name for one in grid.of_matrix(matrix(shelf, NAMES[:2]), shelf.matters).tables] == ["对照"]


def test_a_terminal_names_those_that_say_nothing_together(every):
    text = terminal.text(grid.of_matrix(every), 120)
    assert "  [未规定]北京市2021年、黑龙江省2023年、天津市2019年、浙江省2022年、成都市2022年" in text
    assert "年：—" not in text


def test_authorities_can_be_chosen_on_the_page(every, means):
    page = html.made(grid.of_matrix(every), means).decode()
    names = [side.heading for side in every.sides[1:]]
    assert re.findall(r'name="column" value="\d+"> ([^<]+)</label>', page) == names
    cells_of = re.findall(r'<td data-column="(\d+)" data-group="[^"]+"( data-blank)?', page)
    assert len(cells_of) == len(names) * len(every.rows)
    blank = sum(cell.half is None and not cell.marks for line in every.rows for cell in line.cells[1:])
    assert sum(bool(flag) for _, flag in cells_of) == blank > 0
    assert 'name="column"' not in html.made(grid.of_diff(*every.sides[:2], ()), means).decode()


def test_a_workbook_of_many_is_scrolled_not_squeezed(every, shelf):
    book = openpyxl.load_workbook(io.BytesIO(xlsx.write(grid.of_matrix(every, shelf.matters))))
    assert book.sheetnames == ["一览", "宽严", "对照", "说明"]
    sheet_of = book["对照"]
    assert sheet_of.freeze_panes == "C2", "what it is about and the national line stay in sight"
    assert min(sheet_of.column_dimensions[chr(66 + n)].width for n in range(len(every.sides))) >= 18


# the commands


@click.group()
@click.pass_context
def cli(context):
    context.obj = ROOT


cli.add_command(compare.diff)
cli.add_command(compare.matrix)


def run(*arguments):
    return CliRunner().invoke(cli, [str(part) for part in arguments])


def test_diff_prints_and_gives_json():
    told = run("diff", "guangxi", "jilin")
    assert told.exit_code == 0
    assert "晚 10 天" in told.stdout
    found = json.loads(run("diff", "guangxi", "jilin", "--format", "json").stdout)
    (submission,) = [one for one in found if one["id"] == "deadlines.city-to-province"]
    assert submission["verdict"] == "looser"
    assert submission["left"]["value"]["date"] == "2024-05-31"
    assert submission["right"]["cite"] == ["三（一）"]


def test_diff_with_itself_says_that_nothing_differs():
    told = run("diff", "guangxi@2024", "guangxi")
    assert told.exit_code == 0
    assert re.search(r"共 (\d+) 项：相同 \1。", told.stdout)
    assert "【规定" not in told.stdout
    assert "【规定·条件和门槛】" in run("diff", "guangxi", "guangxi", "--all").stdout


def test_topics_and_formats_are_checked():
    told = run("diff", "guangxi", "jilin", "--topic", "dates")
    assert told.exit_code != 0
    assert "deadlines" in str(told.exception)
    assert run("matrix", "-o", "x.doc").exit_code == 2
    found = json.loads(run("diff", "guangxi", "jilin", "--topic", "deadlines，contacts", "--format", "json").stdout)
    assert {one["topic"] for one in found} == {"deadlines", "contacts"}


@pytest.mark.parametrize("suffix", compare.FORMATS[1:])
def test_both_commands_write_every_format(tmp_path, suffix):
    for name, arguments in (("diff", ["guangxi", "jilin"]), ("matrix", ["guangxi", "jilin"])):
        path = tmp_path / f"{name}.{suffix}"
        done = run(name, *arguments, "--topic", "exclusions,deadlines", "-o", path)
        assert done.exit_code == 0, done.output
        first = path.read_bytes()
        assert first
        run(name, *arguments, "--topic", "exclusions,deadlines", "-o", path)
        assert path.read_bytes() == first


def test_word_and_pdf_say_what_the_grid_says(tmp_path):
    for suffix in ("docx", "pdf"):
        assert run("diff", "guangxi", "jilin", "--topic", "deadlines", "-o", tmp_path / f"d.{suffix}").exit_code == 0
    word = docx.Document(str(tmp_path / "d.docx"))
    (table,) = [one for one in word.tables if one.rows[0].cells[-1].text == "说明"]
    assert [cell.text for cell in table.rows[0].cells] == [
        "事项",
        "结论",
        "左：广西壮族自治区2024年",
        "右：吉林省2024年",
        "说明",
    ]
    assert word.sections[-1].page_width > word.sections[-1].page_height
    assert "w:tblHeader" in table.rows[0]._tr.xml
    page = pypdf.PdfReader(tmp_path / "d.pdf").pages[0]
    size = page.mediabox
    assert size.width > size.height or page.rotation in {90, 270}
    assert "晚10天" in re.sub(r"\s", "", page.extract_text())


def test_what_is_not_in_force_says_so(wide):
    (heads,) = [one.heads for one in grid.of_matrix(wide).tables]
    assert heads[3].endswith("（征求意见稿）")
    assert [one for one in heads if "稿" in one] == [heads[3]]
