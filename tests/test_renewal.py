"""Next year's edition: rolled, confirmed and final, for every authority shipped; and what may go wrong on the way."""

import datetime as dt
import re
import shutil

import pytest
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st

from notices import cli, files
from notices.app.final import assure
from notices.document.blocks import text_lines
from notices.errors import Exit, NotFoundError, ProblemsError
from notices.forms import layout
from notices.forms.catalogue import Catalogue
from notices.library import Library
from notices.papers.coverage import checked
from notices.profile import Pending, yamlfile
from notices.profile.scalars import scalar
from notices.renewal import edit
from notices.renewal.confirm import confirm, waiting
from notices.renewal.roll import RollError, roll
from notices.renewal.years import moved, same_day, suggested
from notices.wording.words import day

YEAR = 2025
MADE_UP = {
    "answers": "national@2023",
    "issued": "2025-04-08",
    "issuer": "综合办公室",
    "printed": "2025-04-09",
    "person": "钱某一",
    "email": "lszz2025@example.gov.cn",
    "office": "绿色发展处",
}
DATES = {"applicant-to-city": "2025-05-15", "city-to-province": "2025-05-29", "dynamic-table": "2025-04-24"}
OWN = ("guangxi", "jilin", "guizhou", "inner-mongolia")


def run(capsys, *arguments):
    """The command line in this process: exit code, standard output, standard error."""
    code = cli._run([str(one) for one in arguments])
    told = capsys.readouterr()
    return int(code), told.out, told.err


def value_for(item, profile):
    """A value nobody could mistake for the old one; the suggestion where the old one may stay."""
    key = item["key"]
    last = key.rpartition(".")[2]
    if key == "papers.notice.number":
        return "测工信绿〔2025〕77号"
    if key.startswith("deadlines."):
        return DATES[key.split(".")[1]]
    if last == "phone":
        return f"{(*profile.authority.area_codes, '0771')[0]}-5550125"
    if item["suggest"] is None and last == "number":
        return "测工信绿〔2025〕76号"
    return MADE_UP.get(last) or item["suggest"]


def settle(folder, name):
    """Confirm everything of an edition; how many values that were."""
    library = Library.at(folder)
    profile = library.load(name).profile
    _, items = waiting(library, name)
    for item in items:
        confirm(library, name, item["key"], value_for(item, profile), folder)
    return len(items)


def gone(profile, extra=()):
    """What must not stand in next year's papers any more."""
    for paper in profile.papers.values():
        yield from (one for one in (paper.number,) if isinstance(one, str))
        printed = paper.imprint.printed if paper.imprint else None
        yield from (day(one) for one in (paper.issued, printed) if isinstance(one, dt.date))
    yield from (day(one.date) for one in profile.deadlines.values() if isinstance(one.date, dt.date))
    for contact in profile.contacts.values():
        yield from (one for one in (contact.person, contact.phone, contact.email) if isinstance(one, str))
    yield from extra


def text_of(library, edition):
    return "\n".join(line for one in checked(library, edition).values() for line in text_lines(one.document))


def without_cited(text, profile, old):
    """The text less the numbers and titles of what it cites, and less what is meant to name the old year."""
    known = [
        part for item in profile.references.values() for part in (item.number, item.title) if isinstance(part, str)
    ]
    kept = [item.title for item in profile.attachments.values() if str(old) in item.title]
    kept += [f"对{old}年发布的"]  # every third year, what was listed three years ago
    for part in sorted((*known, *kept), key=len, reverse=True):
        text = text.replace(part, "")
    return text


def journey(identity, tmp_path, capsys):
    """Roll, be refused, confirm, be final; the text of the papers, and the old and the new profile."""
    code, out, _ = run(capsys, "--workspace", tmp_path, "roll", identity, "--to", YEAR)
    path = tmp_path / "provinces" / identity / f"{YEAR}.yaml"
    assert (code, out.strip()) == (0, str(path))
    library = Library.at(tmp_path)
    old = library.load(next(name for name in Library.at(None).editions() if name.startswith(f"{identity}@"))).profile
    name = f"{identity}@{YEAR}"
    draft = library.load(name)
    assert draft.profile.year == YEAR
    assert [doc.document.draft for kind, doc in checked(library, draft).items() if kind == "notice"] == [True]
    build = ("--workspace", tmp_path, "build", name, "--format", "md,docx", "--out", tmp_path / "out")
    code, _, err = run(capsys, *build, "--final")
    assert code == Exit.PROBLEMS
    assert all(f"{key}: 待定" in err for key, _ in draft.profile.pendings())
    assert not (tmp_path / "out").exists()
    assert settle(tmp_path, name) >= 19
    code, out, err = run(capsys, *build, "--final")
    assert (code, err) == (0, "")
    assert (tmp_path / "out" / f"{identity}-{YEAR}" / "notice.docx").exists()
    new = Library.at(tmp_path).load(name)
    text = "\n".join(one.read_text("utf-8") for one in sorted((tmp_path / "out").rglob("*.md")))
    assert "待定" not in text
    assert "草稿" not in text
    return text, old, new


def assert_nothing_old(text, old, new):
    left = [value for value in gone(old) if value in text]
    assert left == []
    assert str(old.year) not in without_cited(text, new.profile, old.year)
    assert f"{YEAR}年" in text
    printed = [value for value in ("钱某一", "-5550125", "测工信绿〔2025〕77号", "2025年4月8日") if value not in text]
    assert printed == []


@pytest.mark.slow
def test_guangxi_2025(tmp_path, capsys):
    text, old, new = journey("guangxi", tmp_path, capsys)
    assert_nothing_old(text, old, new)
    assert "lszz2025@example.gov.cn" in text
    assert "2025年5月29日前" in text


def test_jilin_2025(tmp_path, capsys):
    text, old, new = journey("jilin", tmp_path, capsys)
    assert_nothing_old(text, old, new)
    assert "绿色发展处" in text


@pytest.mark.slow
def test_guizhou_2025(tmp_path, capsys):
    text, old, new = journey("guizhou", tmp_path, capsys)
    assert_nothing_old(text, old, new)
    assert "测工信绿〔2025〕76号" in text
    assert (tmp_path / "out/guizhou-2025/rules.md").exists()


@pytest.mark.slow
def test_inner_mongolia_2025(tmp_path, capsys):
    text, old, new = journey("inner-mongolia", tmp_path, capsys)
    assert_nothing_old(text, old, new)
    assert "对2022年发布的" in text
    assert "2019" not in text


@pytest.mark.parametrize("identity", OWN)
def test_attachments_carry_the_new_year(identity, tmp_path):
    library = Library.at(None)
    made = roll(library, identity, YEAR, tmp_path)
    library = Library.at(tmp_path)
    edition = library.load(made.edition)
    texts = {
        sheet.name: "\n".join(text_lines(layout.document(sheet, library)))
        for sheet in Catalogue(library).sheets(edition)
    }
    assert texts
    old = made.base.profile.year
    left = {
        name for name, text in texts.items() if re.search(rf"(?<!\d){old}年", without_cited(text, edition.profile, old))
    }
    assert left == set()


@pytest.mark.parametrize("identity", OWN)
def test_the_roll_lists_every_kind_that_cannot_be_carried_over(identity, tmp_path):
    made = roll(Library.at(None), identity, YEAR, tmp_path)
    old, keys = made.base.profile, {".".join(map(str, item.key)) for item in made.items}
    wanted = {"answers"}
    wanted |= {f"deadlines.{key}.date" for key, one in old.deadlines.items() if one.date}
    wanted |= {f"attachments.{key}.confirm" for key in old.attachments}
    wanted |= {
        f"contacts.{key}.{f}" for key, c in old.contacts.items() for f in ("person", "phone", "email") if getattr(c, f)
    }
    attached = {one.title for one in old.attachments.values()}
    wanted |= {
        f"references.{key}.{'number' if r.number else 'confirm'}"
        for key, r in old.references.items()
        if r.cite and (r.number or r.title not in attached)
    }
    asked = [one.was for one in made.items if one.key[-1] == "confirm"]
    assert len(asked) == len(set(asked)), "each paper once"
    wanted |= {f"papers.notice.{f}" for f in ("number", "issued", "imprint.issuer", "imprint.printed")}
    wanted |= {key for key, _ in old.pendings()}
    assert wanted <= keys
    assert all(item.why for item in made.items)
    new = Library.at(tmp_path).load(made.edition).profile
    assert {key for key, _ in new.pendings()} == keys
    assert made.path.read_text("utf-8").count("pending:") == len(keys)


def test_dates_are_suggested_on_working_days(tmp_path):
    made = roll(Library.at(None), "guangxi", YEAR, tmp_path)
    suggestions = {".".join(map(str, item.key)): (item.was, item.suggest) for item in made.items}
    assert suggestions["deadlines.city-to-province.date"] == ("2024-05-31", "2025-05-30"), (
        "a Saturday of the Dragon Boat days"
    )
    assert suggestions["papers.notice.issued"] == ("2024-04-03", "2025-04-03")
    assert suggestions["papers.notice.number"] == ("桂工信能源〔2024〕268号", "桂工信能源〔2025〕\u3000号")
    assert suggestions["answers"][0] == "national@2023"


def test_what_nothing_marks_is_told(workspace, profile_file):
    text = profile_file.read_text("utf-8") + "materials: {form: {name: 2024年汇总表, cite: 二}}\n"
    text = text.replace("将《推荐汇总表》", "将2024年汇总表、《推荐汇总表》").replace(
        "id: testland", "id: testland\nstatus: consultation"
    )
    profile_file.write_text(text, "utf-8")
    made = roll(Library.at(workspace), "testland", YEAR, workspace)
    assert [key for key, _ in made.notes if "contacts" not in key] == ["materials.form.name", "categories", "status"]
    assert made.notes[0][1] == "2024年汇总表"


def test_a_draft_is_no_base_unless_named(tmp_path):
    assert roll(Library.at(None), "national", 2026, tmp_path / "a").base.profile.edition == "national@2023"
    assert roll(Library.at(None), "national@2025", 2026, tmp_path / "b").base.profile.edition == "national@2025"


def test_a_superseded_standard_is_suggested_anew(tmp_path):
    made = roll(Library.at(None), "guangxi", 2026, tmp_path)
    (item,) = [one for one in made.items if one.key == ("references", "gb36132", "number")]
    assert item.suggest == "GB/T 36132-2025"
    assert "2025-12-31" in item.why


def test_shifting_days():
    assert same_day(dt.date(2024, 2, 29), 1) == dt.date(2025, 2, 28)
    assert suggested(dt.date(2023, 10, 12), 1)[0] == dt.date(2024, 10, 12), "a make-up Saturday is a working day"
    assert suggested(dt.date(2024, 10, 5), 1)[0] == dt.date(2025, 9, 30)
    day, why = suggested(dt.date(2024, 5, 1), 75)
    assert day == dt.date(2099, 5, 1)
    assert "2099 年放假调休安排还没有公布，是不是工作日待核" in why
    assert suggested(dt.date(2024, 5, 2), 75)[0] == dt.date(2099, 5, 1), "a Saturday"


@given(st.integers(1, 9))
def test_years_in_texts_move_and_numbers_do_not(years):
    assert moved("对2019年发布、2021—2025年的", years) == f"对{2019 + years}年发布、{2021 + years}—{2025 + years}年的"
    assert moved("电话0771-2019123，12019吨，GB/T 36132-2018", years) == "电话0771-2019123，12019吨，GB/T 36132-2018"


QUOTA = """
quotas:
  factory:
    label: 工厂名额
    say: 2024年推荐绿色工厂{limit}
    limit: {fact: recommended_factories, op: "<=", value: 12, unit: 家}
    cite: 一
  open: {label: 园区名额, say: 2024年园区推荐名额不限, cite: 一}
"""


def test_quotas_are_open(workspace, profile_file):
    profile_file.write_text(profile_file.read_text("utf-8") + QUOTA, "utf-8")
    library = Library.at(workspace)
    roll(library, "testland", YEAR, workspace)
    found = {item["key"]: item for item in waiting(library, "testland@2025")[1]}
    assert found["quotas.factory.limit.value"]["was"] == "12"
    assert found["quotas.factory.confirm"]["suggest"] == "2025年推荐绿色工厂{limit}"
    assert found["quotas.open.confirm"]["suggest"] == "2025年园区推荐名额不限"
    confirm(library, "testland@2025", "quotas.factory.limit.value", "15", workspace)
    confirm(library, "testland@2025", "quotas.factory", None, workspace)
    confirm(library, "testland@2025", "quotas.open", "2025年园区限报3家", workspace)
    profile = library.load("testland@2025").profile
    assert (profile.quotas["factory"].limit.value, profile.quotas["factory"].confirm) == (15, None)
    assert profile.quotas["open"].say == "2025年园区限报3家"
    assert "不超过15家" in text_of(library, library.load("testland@2025"))


def test_a_confirmed_text_replaces_the_draft_or_lets_it_stand(workspace, profile_file):
    own = "conditions:\n  factory.energy:\n    confirm: {pending: 原文} # 甲\n    cite: 一\n  park.industrial-share:\n    confirm:\n      pending: 原文 # 乙\n    cite: 一\n"
    path = profile_file.parent / "2025.yaml"
    path.write_text("id: testland\nyear: 2025\nextends: testland/2024\n" + own, "utf-8")
    library = Library.at(workspace)
    assert "【待定：原文】" in text_of(library, library.load("testland@2025"))
    confirm(library, "testland@2025", "conditions.factory.energy", "年综合能源消费量不低于{value}", workspace)
    confirm(library, "testland@2025", "conditions.park.industrial-share", None, workspace)
    text = path.read_text("utf-8")
    assert '    say: "年综合能源消费量不低于{value}" # 甲\n    binds: [不低于]\n    cite: 一\n' in text
    assert text.endswith("  park.industrial-share:\n    # 乙\n    cite: 一\n")
    conditions = library.load("testland@2025").profile.conditions
    assert [conditions[key].say for key in conditions] == ["年综合能源消费量不低于{value}", "工业增加值占比{limit}"]


def test_a_plain_edit_settles_a_value_too(workspace):
    library = Library.at(workspace)
    path = roll(library, "testland", YEAR, workspace).path
    text = path.read_text("utf-8")
    path.write_text(re.sub(r"issued:\n(      .*\n)+?(?=    \S)", "issued: 2025-04-02\n", text), "utf-8")
    assert library.load("testland@2025").profile.papers["notice"].issued == dt.date(2025, 4, 2)
    assert "papers.notice.issued" not in {item["key"] for item in waiting(library, "testland@2025")[1]}


# What may go wrong


def test_an_edition_that_is_there_is_never_overwritten(workspace):
    library = Library.at(workspace)
    path = roll(library, "testland", YEAR, workspace).path
    path.write_bytes(path.read_bytes() + b"# mine\n")
    before = path.read_bytes()
    for wanted in ("testland", "testland@2024"):
        with pytest.raises(RollError, match="已经有 testland@2025"):
            roll(library, wanted, YEAR, workspace)
    assert path.read_bytes() == before


def test_a_shipped_edition_is_not_rolled_over(tmp_path):
    with pytest.raises(RollError, match="已经有 guangxi@2024"):
        roll(Library.at(None), "guangxi", 2024, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_years_that_are_not_after_the_edition(tmp_path, capsys):
    for wanted, to, told in (
        ("guangxi", 2020, "没有早于 2020"),
        ("guangxi@2024", 2023, "不在"),
        ("guangxi@2024", 2024, "不在"),
    ):
        code, _, err = run(capsys, "--workspace", tmp_path, "roll", wanted, "--to", to)
        assert (code, told in err) == (Exit.USAGE, True), err
    code, _, err = run(capsys, "--workspace", tmp_path, "roll", "guangxy", "--to", YEAR)
    assert (code, "guangxi" in err) == (Exit.USAGE, True)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("identity", "dated"), [("guangxi", 3), ("jilin", 2), ("guizhou", 0), ("inner-mongolia", 2)])
@pytest.mark.parametrize("year", [2027, 2028])
def test_a_year_whose_holidays_are_not_known_is_rolled_to_and_said(identity, dated, year, tmp_path):
    made = roll(Library.at(None), identity, year, tmp_path)
    days = [one for one in made.items if one.suggest and re.fullmatch(rf"{year}-\d\d-\d\d", one.suggest)]
    assert len(days) == dated
    assert not [told for _, told in made.notes if re.search("[{}]", told)], "no place of a phrase reaches a reader"
    assert all("是不是工作日待核" in one.why for one in days)
    assert all(dt.date.fromisoformat(one.suggest).weekday() < 5 for one in days)


def test_what_is_passed_over_as_a_base_is_said(tmp_path):
    (told,) = [text for key, text in roll(Library.at(None), "national", 2026, tmp_path).notes if key == "extends"]
    assert "national@2023 为底" in told
    assert "national@2024、national@2025" in told
    assert "extends" not in dict(roll(Library.at(None), "national@2025", 2026, tmp_path / "b").notes)


def test_a_rest_day_is_said_and_a_value_can_be_confirmed_again(workspace):
    library, key = Library.at(workspace), "deadlines.city-to-province.date"
    roll(library, "testland", YEAR, workspace)
    (first,) = confirm(library, "testland@2025", key, "2025-05-31", workspace).remarks
    assert "2025-05-31 是休息日（星期六）；此前最近的工作日是 2025-05-30，此后最近的是 2025-06-03" in first
    (again,) = confirm(library, "testland@2025", key, "2025-05-30", workspace).remarks
    assert "确认过，原来是 2025-05-31，改成 2025-05-30" in again
    assert "date: 2025-05-30" in (workspace / "provinces/testland/2025.yaml").read_text("utf-8")
    with pytest.raises(NotFoundError, match="写明新的值"):
        confirm(library, "testland@2025", key, None, workspace)


def test_a_rolled_edition_is_settled_before_it_is_rolled_on(workspace):
    library = Library.at(workspace)
    roll(library, "testland", YEAR, workspace)
    with pytest.raises(RollError, match="先确认它"):
        roll(library, "testland", 2026, workspace)
    settle(workspace, "testland@2025")
    assert roll(library, "testland", 2026, workspace).base.profile.edition == "testland@2025"


def test_what_is_shipped_is_not_changed_by_confirm(tmp_path):
    path = Library.at(None).find("guangxi@2024")
    before = path.read_bytes()
    with pytest.raises(ProblemsError, match="不能改"):
        confirm(Library.at(tmp_path), "guangxi@2024", "papers.notice.imprint.issuer", "办公室", tmp_path)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("papers.notice.number", "测工信[2025]01号", "格式不对"),
        ("papers.notice.issued", "2025-02-30", "没有这一天"),
        ("contacts.office.phone", "电话", "格式不对"),
        ("deadlines.city-to-province.date", "  ", "没有建议的值"),
    ],
)
def test_a_value_that_does_not_fit_changes_nothing(workspace, key, value, told):
    library = Library.at(workspace)
    path = roll(library, "testland", YEAR, workspace).path
    before = path.read_bytes()
    with pytest.raises(ProblemsError, match=told):
        confirm(library, "testland@2025", key, value, workspace)
    assert path.read_bytes() == before


def test_days_that_contradict_each_other_are_refused(workspace):
    library = Library.at(workspace)
    roll(library, "testland", YEAR, workspace)
    confirm(library, "testland@2025", "papers.notice.issued", "2025-04-08", workspace)
    with pytest.raises(ProblemsError, match="早于成文日期"):
        confirm(library, "testland@2025", "deadlines.city-to-province.date", "2025-04-01", workspace)


def test_keys_that_are_not_open_are_answered(workspace):
    library = Library.at(workspace)
    roll(library, "testland", YEAR, workspace)
    with pytest.raises(NotFoundError, match=r"papers\.notice\.number"):
        confirm(library, "testland@2025", "papers.notice.numbr", "x", workspace)
    with pytest.raises(NotFoundError, match="没有待定"):
        confirm(library, "testland@2025", "authority.name", "x", workspace)


def test_a_value_inherited_open_is_said_to_stand_elsewhere(workspace, profile_file):
    text = profile_file.read_text("utf-8").replace("issuer: 测试省工业和信息化厅办公室", "issuer: {pending: 印发机关}")
    profile_file.write_text(text, "utf-8")
    (profile_file.parent / "2025.yaml").write_text("id: testland\nyear: 2025\nextends: testland/2024\n", "utf-8")
    with pytest.raises(ProblemsError, match=r"testland/2024\.yaml"):
        confirm(Library.at(workspace), "testland@2025", "papers.notice.imprint.issuer", "办公室", workspace)


def test_the_command_lists_asks_and_reports(workspace, capsys):
    at = ("--workspace", workspace)
    assert run(capsys, *at, "roll", "testland", "--to", YEAR)[0] == 0
    code, out, _ = run(capsys, *at, "confirm", "testland@2025")
    assert (code, "建议：2025-05-30" in out, "上一版：2024-05-31" in out) == (0, True, True)
    assert run(capsys, *at, "confirm", "testland@2025", "papers.notice.number")[0] == Exit.USAGE
    assert (
        run(capsys, *at, "confirm", "testland@2025", "papers.notice.number", "测〔2025〕1号", "--suggested")[0]
        == Exit.USAGE
    )
    code, out, err = run(capsys, *at, "confirm", "testland@2025", "papers.notice.number", "测工信〔2025〕1号")
    assert (code, "测工信〔2025〕1号" in out, "还有" in err) == (0, True, True)
    code, _, err = run(capsys, *at, "confirm", "testland@2025", "deadlines.city-to-province.date", "--suggested")
    assert code == 0
    assert Library.at(workspace).load("testland@2025").profile.deadlines["city-to-province"].date == dt.date(
        2025, 5, 30
    )


def test_final_refuses_a_lint_error_as_well(workspace, profile_file):
    from notices.app.build import jobs  # noqa: PLC0415

    library = Library.at(workspace)
    assure(library, jobs(library, ["testland"], ["notice"]))
    profile_file.write_text(
        profile_file.read_text("utf-8").replace("level: 省级", 'level: 省级\n  area_codes: ["0431"]'), "utf-8"
    )
    with pytest.raises(ProblemsError, match="phone-area-code"):
        assure(library, jobs(library, ["testland"], ["notice"]))


def test_final_refuses_open_places_in_attachments(workspace):
    from notices.app.build import jobs  # noqa: PLC0415

    library = Library.at(workspace)
    wanted = jobs(library, ["national@2023"], ["forms"])
    with pytest.raises(ProblemsError, match="里有待定") as raised:
        assure(library, wanted)
    told = [one.message for one in raised.value.problems if "里有待定" in one.message]
    assert len(told) == len({text.partition("里有")[0] for text in told}) <= len(wanted), "a form, a message"


# The edit itself


ODD = """\
# 手工改过的文件：缩进不一
id:   testland   # 编号
papers:
     notice:
             number:   # 等办公室给号
                   # 去年 1 号
                   pending:  发文字号   # 甲
                   was: '测〔2024〕1号'

                   why: "每年另编"   # 乙
             issued:  {pending: 成文日期, # 丙
                       was: 2024-04-03}
             title: >
               折叠的
               标题
# 末尾
contacts: {office: {person: {pending: 联系人}, phone: 0771-1234567}}  # 丁
"""


def comments(text):
    return sorted(re.findall(r"#[^\n]*", text))


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_odd_indentation_comments_and_order_survive(newline):
    text = ODD.replace("\n", newline)
    made = edit.settled(text, ("papers", "notice", "number"), "测〔2025〕2号")
    made = edit.settled(made, ("papers", "notice", "issued"), "2025-04-08")
    made = edit.settled(made, ("contacts", "office", "person"), "钱某：一, {二}")
    assert "             number: 测〔2025〕2号   # 等办公室给号" in made.split(newline)
    assert "     notice:" in made.split(newline)
    assert [line.rstrip() for line in comments(made)] == [line.rstrip() for line in comments(text)]
    assert made.index("number") < made.index("issued") < made.index("contacts")
    data = yamlfile.parse(made, "x").data
    assert data["contacts"]["office"] == {"person": "钱某：一, {二}", "phone": "0771-1234567"}
    assert data["papers"]["notice"]["issued"] == "2025-04-08"
    untouched = [
        line for line in text.split(newline) if line.strip().startswith(("title", "折", "标题", "id", "# 末", "# 手"))
    ]
    assert all(line in made.split(newline) for line in untouched)


@given(
    st.integers(1, 7),
    st.integers(1, 9),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1).filter(str.strip),
    st.sampled_from(["", " # 注", "\n\n# 空行之后"]),
)
def test_any_value_at_any_indentation(first, second, flow, value, comment):
    outer, inner = " " * first, " " * (first + second)
    pending = "{pending: 号, was: 旧}" if flow else f"{comment}\n{inner}pending: 号{comment}\n{inner}was: 旧"
    text = f"a:\n{outer}b: {pending}\n{outer}c: 留下 # 尾\nd: 1\n"
    made = edit.settled(text, ("a", "b"), value)
    assert yamlfile.parse(made, "x").data == {"a": {"b": value, "c": "留下"}, "d": 1}
    if "#" not in value:
        assert [one.rstrip() for one in comments(made)] == [one.rstrip() for one in comments(text)]


@given(st.text(min_size=1))
def test_a_scalar_reads_back_as_it_was_or_is_refused(value):
    try:
        found = yamlfile.parse(f"a: {scalar(value)}\n", "x").data["a"]
    except ProblemsError:
        assert yamlfile.illegal_character(value) or any(
            ord(char) < 32 or 0xD800 <= ord(char) < 0xE000 for char in value
        )
        return
    assert found == value


def test_a_pair_is_taken_out_and_its_comments_stay():
    text = "a:\n  t: 题\n  confirm: # 甲\n    pending: 名 # 乙\n    # 丙\n    why: 因\n  z: 1\n"
    assert edit.removed(text, ("a", "confirm")) == "a:\n  t: 题\n  # 甲\n  # 乙\n  # 丙\n  z: 1\n"
    assert yamlfile.parse(edit.removed("a: {t: 题, confirm: {pending: 名}}\n", ("a", "confirm")), "").data == {
        "a": {"t": "题", "confirm": None}
    }
    last = "a:\n  t: 题\n  confirm:\n    pending: 名\n    why: 因"
    assert edit.removed(last, ("a", "confirm")).rstrip("\n") == "a:\n  t: 题"


@pytest.mark.parametrize("made", ["a: x\nb: 3 # 注\n", "a: x\nb: 2\n", "a: x\n", "a: [x\nb: 2 # 注\n"])
def test_a_change_that_touches_anything_else_is_refused(made):
    with pytest.raises(ProblemsError, match="没有改动"):
        edit._proven("a: 1\nb: 2 # 注\n", made, ("a",), "x")
    assert edit._proven("a: 1\nb: 2 # 注\n", "a: x\nb: 2 # 注\n", ("a",), "x")


@pytest.mark.parametrize(
    ("written", "made"),
    [
        ("[{pending: 主送机关}, 各园区]", "[各市局, 各园区]"),
        ("\n      - {pending: 主送机关} # 甲\n      - 各园区", "\n      - 各市局 # 甲\n      - 各园区"),
    ],
)
def test_an_open_item_of_a_list_is_listed_and_settled(workspace, profile_file, written, made):
    text = profile_file.read_text("utf-8").replace("[各市工业和信息化局]", written)
    profile_file.write_text(text, "utf-8")
    library = Library.at(workspace)
    assert [item["key"] for item in waiting(library, "testland")[1]] == ["papers.notice.addressees[0]"]
    confirm(library, "testland", "papers.notice.addressees[0]", "各市局", workspace)
    assert profile_file.read_text("utf-8") == text.replace(written, made)


def test_an_open_item_over_several_lines_is_refused_and_nothing_changes(workspace, profile_file):
    text = profile_file.read_text("utf-8").replace(
        "[各市工业和信息化局]", "\n      - pending: 主送机关\n        why: 待核"
    )
    profile_file.write_text(text, "utf-8")
    with pytest.raises(ProblemsError, match="分几行写"):
        confirm(Library.at(workspace), "testland", "papers.notice.addressees[0]", "各市局", workspace)
    assert profile_file.read_text("utf-8") == text


def test_a_key_that_is_not_there_is_refused():
    with pytest.raises(ProblemsError, match="没有这个键"):
        edit.settled("a: 1\n", ("b",), "x")


def test_a_file_with_a_byte_order_mark_keeps_it(workspace):
    library = Library.at(workspace)
    path = roll(library, "testland", YEAR, workspace).path
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    confirm(library, "testland@2025", "papers.notice.number", "测工信〔2025〕1号", workspace)
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf# yaml")
    assert raw.count(b"\n") == raw.count(b"\r\n")


def test_rolling_writes_the_same_bytes_each_time(tmp_path):
    files = [roll(Library.at(None), "guangxi", YEAR, tmp_path / name).path.read_bytes() for name in ("a", "b")]
    assert files[0] == files[1]


def test_a_hand_edited_shipped_copy_can_be_confirmed(tmp_path):
    target = tmp_path / "provinces/guangxi/2024.yaml"
    target.parent.mkdir(parents=True)
    shutil.copyfile(ROOT / "provinces/guangxi/2024.yaml", target)
    confirm(Library.at(tmp_path), "guangxi@2024", "papers.notice.imprint.issuer", "厅办公室", tmp_path)
    text = target.read_text("utf-8")
    assert "imprint: {issuer: 厅办公室, printed: {pending: 印发日期}} # 网上公开的原文没有版记" in text
    assert isinstance(Library.at(tmp_path).load("guangxi@2024").profile.papers["notice"].imprint.printed, Pending)


def test_no_other_years_file_is_to_be_changed_for_what_this_year_no_longer_relaxes(tmp_path, capsys):
    before = (ROOT / "provinces/guangxi/2024.yaml").read_text("utf-8")
    relaxed = before.replace("  park.factories: {cite:", "  park.factories: {relaxes: 依据, cite:", 1)
    assert relaxed != before
    files.write(tmp_path / "provinces/guangxi/2024.yaml", relaxed.encode())
    path = roll(Library.at(tmp_path), "guangxi", YEAR, tmp_path).path
    confirm(Library.at(tmp_path), "guangxi@2025", "answers", "national@2025", tmp_path)
    _, out, err = run(capsys, "--workspace", tmp_path, "lint", "guangxi@2025")
    assert "2024.yaml 是另一版，不要改；在 provinces/guangxi/2025.yaml 里给这一条写上 relaxes: null" in out + err
    rule = "\npriorities:\n  park.factories: {relaxes: null, cite: 一（二）}\n"
    path.write_text(path.read_text("utf-8") + rule, "utf-8")
    _, out, err = run(capsys, "--workspace", tmp_path, "lint", "guangxi@2025")
    assert "priorities.park.factories.relaxes" not in out + err


def test_an_open_value_alone_in_a_list_is_carried_on_as_the_list(workspace, profile_file):
    text = profile_file.read_text("utf-8")
    listed = re.sub(r"addressees:[^\n]*(\n\s+- [^\n]*)*", "addressees: [{pending: 主送机关}]", text)
    assert listed != text
    profile_file.write_text(listed, "utf-8")
    made = roll(Library.at(workspace), "testland", YEAR, workspace)
    assert ("papers", "notice", "addressees") in {item.key for item in made.items}
