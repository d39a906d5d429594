"""Several categories in one run: every row judged in its own, summed up by city and category; one alone as before."""

import openpyxl
import pytest
from click.testing import CliRunner

from applicants import desk, record, sheet
from notices.checklist import intake
from notices.checklist.mixed import mixed
from notices.cli import cli
from notices.forms.data.checking import DataError
from notices.forms.data.records import Record

NAMES = {"factory": "绿色工厂", "park": "绿色工业园区", "supply-chain": "绿色供应链管理企业"}
DESKS = {category: desk(category=category) for category in NAMES}
CITIES = ("贵阳市", "贵州省贵阳市", "遵义")
BASE = ("checklist", "guizhou", "--as-of", "2024-09-01", "--format", "md")


def people(category, count=3, **more):
    """Applicants of a category: one of each city, the second barred."""
    own = DESKS[category].sheet.only().record()
    start = 1000 * (1 + list(NAMES).index(category))
    made = [
        record(start + n, area=CITIES[n % 3], operating_normally="否" if n == 1 else "是", **more) for n in range(count)
    ]
    named = [{**one.values, "name": f"{NAMES[category]}申报者{n}"} for n, one in enumerate(made)]
    return [
        Record({k: v for k, v in values.items() if k in own}, one.tables)
        for one, values in zip(made, named, strict=True)
    ]


def rows_of(path, name):
    lines = [line for line in openpyxl.load_workbook(path)[name].iter_rows(values_only=True) if any(line)]
    head = next(n for n, line in enumerate(lines) if {"单位名称", "园区名称", "填报单位"} & set(line))
    return lines[head], lines[head + 1 :]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sheet a category, and one with the rows and columns of all of them, interleaved."""
    made = tmp_path_factory.mktemp("units")
    for category, one in DESKS.items():
        penalty = (
            ({"record-kind": "失信被执行人", "record-date": one.checklist.settled()},) if category == "park" else ()
        )
        sheet(made / f"{category}.xlsx", people(category, records=penalty), one)
    heads, lines = ["申报类别"], []
    tables = {"证书": [], "记录": []}
    for category, called in NAMES.items():
        own, found = rows_of(made / f"{category}.xlsx", "基本信息")
        own = ["单位名称" if head == "园区名称" else head for head in own]
        heads += [head for head in own if head and head not in heads]
        lines += [dict(zip(own, line, strict=True)) | {"申报类别": called} for line in found]
        for name, kept in tables.items():
            head, found = rows_of(made / f"{category}.xlsx", name)
            kept.extend(found if kept else [head, *found])
    book = openpyxl.Workbook()
    book.active.title = "基本信息"
    book.active.append(heads)
    for line in (*lines[::3], *lines[1::3], *lines[2::3]):
        book.active.append([line.get(head) for head in heads])
    for name, kept in tables.items():
        page_ = book.create_sheet(name)
        for line in kept:
            page_.append(line)
    book.save(made / "mixed.xlsx")
    return made


def run(*arguments):
    done = CliRunner().invoke(cli, [str(one) for one in arguments])
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    return done


def tree(place):
    return {one.relative_to(place).as_posix(): one.read_bytes() for one in place.rglob("*") if one.is_file()}


@pytest.fixture(scope="module")
def out(folder, tmp_path_factory):
    """What a run over the one sheet makes."""
    made = tmp_path_factory.mktemp("out")
    done = run(*BASE, "--applicant", folder / "mixed.xlsx", "--out", made)
    assert done.exit_code == 0, done.output
    return made / "guizhou-2024"


def test_every_row_is_judged_in_its_own_category(out):
    for category, called in NAMES.items():
        found = [one for one in (out / f"checklist-{category}").iterdir() if one.is_dir()]
        assert len(found) == 3
        assert all(called in one.name for one in found)
    texts = {one: min((out / f"checklist-{one}").glob("*申报者0/checklist.md")).read_text("utf-8") for one in NAMES}
    assert {one: "失信被执行人，在回看期内" in text for one, text in texts.items()} == {
        "factory": False,
        "park": True,
        "supply-chain": False,
    }, "the rows of the shared sheet 记录 are those of whom they name"


def test_the_sum_is_by_city_and_category(out):
    book = openpyxl.load_workbook(out / "checklist" / "summary.xlsx")
    lines = list(book["概览"].iter_rows(values_only=True))
    head = next(n for n, line in enumerate(lines) if line[0] == "所在地区")
    assert lines[head][:3] == ("所在地区", "类别", "家数")
    found = {line[:2]: dict(zip(lines[head][2:], line[2:], strict=True)) for line in lines[head + 1 :]}
    assert found["合计", "合计"]["家数"] == 9
    assert found["合计", "合计"]["不能申报"] == 3 + 2, "a barred one each, and every park by its record"
    assert {pair: found[pair]["家数"] for pair in found if pair[0] == "贵阳市"} == {
        ("贵阳市", "合计"): 6,
        **{("贵阳市", name): 2 for name in NAMES.values()},
    }
    for name, category in zip(NAMES.values(), NAMES, strict=True):
        (listed,) = (sheet_ for sheet_ in book if sheet_.title == f"{name}各单位")
        row = next(n for n in range(1, 9) if listed.cell(n, 1).value == "序号")
        heads = [cell.value for cell in listed[row]]
        assert {item.label for item in DESKS[category].judged} <= set(heads)
        link = listed.cell(row + 1, heads.index("核对清单") + 1).hyperlink.target
        assert link.startswith(f"../checklist-{category}/")


def test_the_page_has_a_bar_a_category_and_everybody_once(out):
    text = (out / "checklist" / "summary.html").read_text("utf-8")
    assert all(f"{name} " in text for name in NAMES.values())
    assert "各地各类别情况" in text
    assert all(text.count(f"<td>{NAMES[category]}申报者{n}</td>") == 1 for category in NAMES for n in range(3))


def test_a_category_of_the_run_is_as_it_is_alone(folder, tmp_path):
    """Of a file a category each: the same bytes as three runs, and the sum besides."""
    pairs = [word for one in NAMES for word in ("--category", one, "--applicant", folder / f"{one}.xlsx")]
    assert run(*BASE, *pairs, "--out", tmp_path / "all").exit_code == 0
    for one in NAMES:
        alone = (*BASE, "--category", one, "--applicant", folder / f"{one}.xlsx", "--out", tmp_path / "alone")
        assert run(*alone).exit_code == 0
    together, apart = tree(tmp_path / "all"), tree(tmp_path / "alone")
    assert together.keys() - apart.keys() == {f"guizhou-2024/checklist/summary.{form}" for form in ("xlsx", "html")}
    assert {name: together[name] for name in apart} == apart


def test_a_run_goes_on_and_gives_the_same_bytes(out, folder):
    before = tree(out)
    done = run(*BASE, "--applicant", folder / "mixed.xlsx", "--out", out.parent, "--resume", "--jobs", "2")
    assert done.output.count("其中 3 家是上次做好的") == 3
    assert tree(out) == before


def spoiled(folder, tmp_path, change):
    book = openpyxl.load_workbook(folder / "mixed.xlsx")
    change(book)
    book.save(tmp_path / "m.xlsx")
    return run(*BASE, "--summary-only", "--applicant", tmp_path / "m.xlsx", "--out", tmp_path)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("绿色设计产品", "申报类别填的是“绿色设计产品”，这次核对的是绿色工厂、绿色工业园区、绿色供应链管理企业"),
        ("绿色工场", "申报类别填的是“绿色工场”"),
        (None, "没有填写申报类别，看不出按哪一类核对"),
    ],
)
def test_a_row_of_no_category_is_named_and_nobody_else_is_touched(folder, tmp_path, written, said):
    done = spoiled(
        folder,
        tmp_path,
        lambda book: book["基本信息"].cell(2, 1, written) if written else book["基本信息"].__setitem__("A2", None),
    )
    assert done.exit_code == 1
    assert f"基本信息!第2行: {said}" in done.output
    assert "共 9 家；判断了 8 家" in done.output
    assert done.output.count("基本信息!第2行") == 1, "by one of the categories only"


def test_a_stray_row_is_whose_name_is_nearly_its_own_whatever_their_category(folder, tmp_path):
    done = spoiled(
        folder, tmp_path, lambda book: book["记录"].append(["绿色供应链管理企业申报人2", "失信被执行人", "2024-01-05"])
    )
    assert done.exit_code == 1
    assert "都不能当作完整" not in done.output, "no other category doubts its table"
    assert "共 9 家；判断了 6 家" in done.output, "the three it may be of"


def test_a_column_no_category_knows_is_told_and_a_file_of_no_categories_too(folder, tmp_path):
    with pytest.raises(AssertionError, match="多出一列“星座”"):
        spoiled(folder, tmp_path, lambda book: book["基本信息"].cell(1, 99, "星座"))
    with pytest.raises(DataError, match="没有一家填写了申报类别"):
        intake.read(
            folder / "factory.xlsx",
            DESKS["factory"].sheet,
            DESKS["factory"].checklist.settled(),
            mixed=mixed({c: d.sheet for c, d in DESKS.items()})[0],
        )


def test_yaml_of_several_categories(tmp_path):
    (tmp_path / "u.yaml").write_text(
        "- {name: 甲厂, applied-category: 绿色工厂, manufacturing: 是}\n- {name: 乙园, 申报类别: park, park-boundary: 是}\n",
        "utf-8",
    )
    parts = mixed({category: one.sheet for category, one in DESKS.items()})
    found = {
        part.category: intake.read(
            tmp_path / "u.yaml", DESKS[part.category].sheet, DESKS[part.category].checklist.settled(), mixed=part
        )
        for part in parts
    }
    assert {category: [one.name for one in data.applicants] for category, data in found.items()} == {
        "factory": ["甲厂"],
        "park": ["乙园"],
        "supply-chain": [],
    }
    assert not any(data.problems for data in found.values())


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--applicant", "a.xlsx", "--applicant", "b.xlsx"), "各写一个 --category"),
        (("--category", "factory", "--category", "绿色工厂"), "同一类别写了两次"),
        (("--applicant", "a.xlsx", "--explain", "x"), "--explain 要写明一个 --category"),
    ],
)
def test_what_does_not_fit_together_is_told(arguments, said):
    done = CliRunner().invoke(cli, ["checklist", "guizhou", "--as-of", "2024-09-01", *arguments])
    assert said in done.output + str(done.exception)


def test_without_applicants_every_category_has_its_blank(tmp_path):
    assert run("checklist", "inner-mongolia", "--format", "md", "--out", tmp_path).exit_code == 0
    assert len(list(tmp_path.rglob("checklist.md"))) == 4


def test_two_products_of_one_unit_are_two_applications(tmp_path):
    made = desk(edition="inner-mongolia@2022", category="product", day=None)
    text = "- {name: 甲厂, code: 91150100MA0000012J, product-name: %s, product-model: %s}\n"
    (tmp_path / "u.yaml").write_text(text % ("A", "1") + text % ("A", "2"), "utf-8")
    data = intake.read(tmp_path / "u.yaml", made.sheet, made.checklist.settled())
    assert [said.message for said in data.problems if "重复" in said.message] == []
    (tmp_path / "u.yaml").write_text(text % ("A", "1") + text % ("A", "1"), "utf-8")
    data = intake.read(tmp_path / "u.yaml", made.sheet, made.checklist.settled())
    assert len(data.refused) == 2


def test_rows_of_another_category_are_not_searched_for_a_name_like_theirs(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "_near", lambda *_: pytest.fail("a search through all names, a row of a table"))
    names = [f"第{n}号工业园区" for n in range(10, 20)]
    lines = [f"{name},绿色工业园区" for name in names]
    (tmp_path / "u.csv").write_text("\n".join(["单位名称,申报类别", *lines, "甲厂,绿色工厂"]), "utf-8")
    (tmp_path / "u-记录.csv").write_text(f"填报单位,记录种类\n{names[0]},失信被执行人\n", "utf-8")
    part = mixed({category: one.sheet for category, one in DESKS.items()})[0]
    data = intake.read(tmp_path / "u.csv", DESKS["factory"].sheet, DESKS["factory"].checklist.settled(), mixed=part)
    assert [one.name for one in data.applicants] == ["甲厂"]
    assert data.loose == ()
