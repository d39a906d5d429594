"""A notice nobody has seen becomes a draft: every sentence is accounted for, nothing is claimed that it does not say."""

import datetime as dt
import json
import re
import subprocess

import docx
import pytest
import yaml
from conftest import ROOT
from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import MultiCellRange

from notices import cli
from notices.document.blocks import lines_of
from notices.errors import Exit, ProblemsError
from notices.importing import account
from notices.importing.edition import Order, imported
from notices.importing.state import Asked
from notices.library import Library
from notices.papers.coverage import checked
from notices.renewal import sheet
from notices.verify.readers import read
from notices.wording.spelling import tidy

LIBRARY = Library.at(None)
DAY = dt.date(2026, 1, 5)
NOTICE = """\
甲省工业和信息化厅关于组织开展2026年度省级绿色制造名单推荐工作的通知
甲工信节能〔2026〕15号
各市（州）工业和信息化局，省直管县工业和信息化局：
为贯彻落实《工业领域碳达峰实施方案》，推进工业绿色发展，现组织开展2026年度省级绿色制造名单推荐工作，有关事项通知如下：
一、申报条件
（一）绿色工厂
申报单位应为从事实际生产的制造型企业。近一年每名职工参加节能培训不少于12学时。
（二）绿色工业园区
园区应具备统一管理机构，工业增加值占比不低于60%。
二、不得申报的情形
近三年有下列情形之一的企业或园区，不得申报：
1.失信被执行人；
2.发生较大及以上安全（含网络安全、数据安全）、质量、环境污染等事故以及偷漏税等违法违规行为的（参照“信用中国”）；
3.三次以上拒绝节能监察的。
三、工作要求
请各市（州）工业和信息化局于2026年5月29日17:30前将推荐文件、推荐汇总表（附件1，一式两份）报送我厅。电子版同步发送至邮箱。
联系人：张三丰、李四光；电话：0999-2234567、0999-7654321；邮箱：green@example.gov.cn
附件：1.推荐汇总表
2.绿色工业园区评价要求
甲省工业和信息化厅
2026年3月20日
（此件公开发布）
"""


def take(tmp_path, text, **asked):
    source = tmp_path / "source.txt"
    source.parent.mkdir(exist_ok=True)
    source.write_text(text, "utf-8")
    return imported(LIBRARY, source, tmp_path, Order("jia", DAY, Asked(**asked)))


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return take(tmp_path_factory.mktemp("import"), NOTICE)


@pytest.mark.parametrize(
    ("key", "field", "value"),
    [
        ("papers.notice", "number", "甲工信节能〔2026〕15号"),
        ("papers.notice", "issued", dt.date(2026, 3, 20)),
        ("papers.notice", "title", "甲省工业和信息化厅关于组织开展{year}年度省级绿色制造名单推荐工作的通知"),
        ("papers.notice", "addressees", ("各市（州）工业和信息化局", "省直管县工业和信息化局")),
        ("papers.notice", "disclosure", "此件公开发布"),
        ("deadlines.city-to-province", "date", dt.date(2026, 5, 29)),
        ("deadlines.city-to-province", "time", "17:30"),
        ("deadlines.city-to-province", "by", "city"),
        ("deadlines.city-to-province", "to", "province"),
        ("materials.summary", "copies", 2),
        ("exclusions.items.accident", "severity", "larger"),
        ("exclusions.items.accident", "evidence", ("信用中国",)),
        ("exclusions.items.accident", "evidence_role", "refers"),
        ("exclusions.items.dishonest", "confirm", None),
        ("conditions.park.management", "confirm", None),
        ("contacts.office", "email", "green@example.gov.cn"),
    ],
)
def test_what_is_understood_is_typed(made, key, field, value):
    assert getattr(made.profile.by_id[key], field) == value


def test_a_threshold_has_the_sources_own_value_and_bound(made):
    limit = made.profile.by_id["conditions.park.industrial-share"].limit
    assert (limit.op, str(limit.value), limit.unit) == (">=", "60", "%")


def test_several_people_have_their_telephones(made):
    people = made.profile.by_id["contacts.office"].people
    assert [(one.person, one.phone) for one in people] == [("张三丰", ("0999-2234567",)), ("李四光", ("0999-7654321",))]


def test_who_issues_it_is_read_off_its_name(made):
    authority = made.profile.authority
    assert (authority.name, authority.region, authority.level) == ("甲省工业和信息化厅", "甲省", "省级")
    assert (authority.whole, authority.area, authority.area_codes) == ("全省", "市（州）", ("0999",))


@pytest.mark.parametrize("words", ["近一年每名职工参加节能培训不少于12学时", "三次以上拒绝节能监察"])
def test_what_is_not_understood_stands_as_words_to_be_confirmed(made, words):
    (fact,) = [one for _, one in made.profile.facts() if words in str(getattr(one, "say", ""))]
    assert fact.confirm is not None
    assert getattr(fact, "test", None) is None


def test_every_sentence_is_accounted_for(made):
    parts = [part for sentence in made.draft.source for part in sentence.parts]
    assert len(parts) >= 15
    assert [part.text for part in parts if part.fate == "left"] == []
    told = tidy("".join(part.text for part in parts))  # numbers before items are not theirs to say
    body = NOTICE.partition("：\n")[2].partition("联系人：")[0]
    for line in body.splitlines():
        assert tidy(re.sub(r"^(?:[一二三]、|（[一二]）|\d\.(?=失信))", "", line)) in told or tidy(line[2:]) in told


def test_what_the_source_does_not_state_is_written_as_not_stated(made):
    text = made.path.read_text("utf-8")
    assert "park.boundary: null" in text
    assert "quotas: null" in text
    national = {key for key, fact in LIBRARY.load("national@2023").profile.facts() if fact.cite}
    inherited = [key for key in national & made.profile.by_id.keys() if not made.profile.by_id[key].cite]
    assert inherited == []


def test_the_draft_builds_and_is_clean(made):
    mine = Library.at(made.path.parents[2])
    papers = checked(mine, mine.load(made.edition))
    text = "".join(line for block in papers["notice"].document.blocks for line in lines_of(block))
    for words in (
        "2026年5月29日17:30前",
        "工业增加值占比不低于60%",
        "张三丰",
        "近三年有下列情形之一的企业或园区，不得申报",
    ):
        assert words in text
    assert made.verification.missed == ()
    assert [one.key for one in made.verification.verdicts if one.status not in {"found", "pending"}] == []


def test_equal_sources_give_equal_files(tmp_path):
    one = take(tmp_path / "a", NOTICE) if (tmp_path / "a").mkdir() is None else None
    two = take(tmp_path / "b", NOTICE) if (tmp_path / "b").mkdir() is None else None
    assert one.path.read_bytes() == two.path.read_bytes()


@pytest.mark.parametrize(("name", "typed"), [("guangxi@2024", 0.5), ("jilin@2024", 0.4), ("national@2023", 0.5)])
def test_an_edition_left_out_comes_back_from_its_own_paper(tmp_path, name, typed):
    edition = LIBRARY.load(name)
    document = next(iter(checked(LIBRARY, edition).values())).document
    source = tmp_path / "source.txt"
    source.write_text("\n".join(line for block in document.blocks for line in lines_of(block)), "utf-8")
    order = Order("other", DAY, Asked(edition.profile.year), (edition.profile.id,))
    made = imported(LIBRARY, source, tmp_path, order)
    counts = account.counts(made)
    assert counts["left"] == 0
    assert counts["typed"] / (counts["typed"] + counts["worded"]) >= typed
    assert made.verification.missed == ()
    wanted, own = edition.profile.exclusions, made.profile.exclusions
    assert wanted.items.keys() == own.items.keys()
    assert {key: item.severity for key, item in wanted.items.items()} == {k: i.severity for k, i in own.items.items()}
    assert {one.date for one in edition.profile.deadlines.values()} >= {
        one.date for one in made.profile.deadlines.values()
    }


ODD = [
    (NOTICE.replace("2026", ""), "没有年度"),
    (NOTICE + NOTICE.replace("15号", "16号"), "像是有几份文件"),
    (re.sub("绿色工厂|绿色工业园区|绿色制造", "专精特新", NOTICE), "没有提到"),
]


@pytest.mark.parametrize(("text", "message"), ODD)
def test_what_is_no_such_notice_is_refused(tmp_path, text, message):
    with pytest.raises(ProblemsError, match=message):
        take(tmp_path, text)
    assert not (tmp_path / "provinces").exists()


TOLD = [
    (NOTICE.partition("\n")[2].partition("\n")[2].partition("\n")[2], {"year": 2026}, "像是新闻稿或节选"),
    (NOTICE.replace("2026年3月20日", "2020年3月20日"), {}, "核对是不是原文写错"),
]


@pytest.mark.parametrize(("text", "asked", "message"), TOLD)
def test_what_is_odd_is_told(tmp_path, text, asked, message):
    assert any(message in line for line in account.lines(take(tmp_path, text, **asked)))


@pytest.mark.parametrize("wrong", ["2026年1月29日", "2026年2月30日"])
def test_a_day_that_cannot_be_is_asked_for(tmp_path, wrong):
    made = take(tmp_path, NOTICE.replace("2026年5月29日", wrong))
    date = made.profile.deadlines["city-to-province"].date
    assert date.pending
    assert wrong in date.why


def test_a_file_that_is_there_stays(tmp_path):
    made = take(tmp_path, NOTICE)
    before = made.path.read_bytes()
    with pytest.raises(ProblemsError, match="没有覆盖"):
        take(tmp_path, NOTICE.replace("15号", "16号"))
    assert made.path.read_bytes() == before


def test_a_word_file_says_the_same(tmp_path):
    document = docx.Document()
    for line in NOTICE.splitlines():
        document.add_paragraph(line)
    document.save(tmp_path / "source.docx")
    made = imported(LIBRARY, tmp_path / "source.docx", tmp_path, Order("jia", DAY))
    text = take(tmp_path / "t", NOTICE) if (tmp_path / "t").mkdir() is None else None
    assert made.profile == text.profile


def test_an_old_word_file_needs_libreoffice(tmp_path, monkeypatch):
    source = tmp_path / "old.doc"
    source.write_bytes(b"\xd0\xcf\x11\xe0 not one")
    monkeypatch.setattr("shutil.which", lambda _: None)
    with pytest.raises(ProblemsError, match="LibreOffice"):
        read(source)
    monkeypatch.setattr("shutil.which", lambda _: "soffice")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: None)
    with pytest.raises(ProblemsError, match="读不出这个文件"):
        read(source)


def test_the_command_says_where_everything_went(tmp_path, capsys):
    (tmp_path / "source.txt").write_text(NOTICE, "utf-8")
    arguments = ["--workspace", tmp_path, "import", tmp_path / "source.txt", "--id", "jia", "--checked", "2026-01-05"]
    reports = [tmp_path / "where.json", tmp_path / "where.html"]
    for number, path in enumerate(reports):
        with pytest.raises(SystemExit) as ended:
            cli.main([str(one) for one in (*arguments, "--report", path, *(["--force"] if number else []))])
        assert ended.value.code == Exit.DONE
    said = capsys.readouterr().out
    assert "没有归入 0 处" in said
    assert "provinces/jia/2026.yaml" in said
    told = json.loads(reports[0].read_text("utf-8"))
    assert {part["fate"] for part in told["parts"]} >= {"typed", "worded", "heading"}
    page = reports[1].read_text("utf-8")
    assert "近一年每名职工参加节能培训不少于12学时" in page
    assert "照原文，待核对" in page


def test_an_unknown_report_is_refused(made):
    with pytest.raises(ProblemsError, match="不认识的格式"):
        account.written(LIBRARY, made, ".odt")


def test_a_draft_is_written_to_its_workspace_alone(made):
    assert made.profile.id == "jia"
    assert not list((ROOT / "provinces").glob("jia/*"))


def test_a_source_that_names_no_category_asks_for_each(tmp_path):
    text = re.sub("（[一二]）绿色.*\n", "", NOTICE).replace("绿色工厂", "单位").replace("绿色工业园区", "园区")
    made = take(tmp_path, text)
    assert {item.name.pending[:4] for item in made.profile.categories.values()} == {"是否开展"}
    assert any("没有写明是哪几类" in line for line in account.lines(made))
    mine = Library.at(tmp_path)
    assert checked(mine, mine.load(made.edition))


# what further authorities' notices do otherwise

UNNUMBERED = """\
市工业和信息化局关于组织申报2026年度乙市绿色工厂的通知
各区工业和信息化主管部门，各有关单位：
为加快推进我市绿色制造体系建设，现开展2026年度乙市绿色工厂申报工作。
请各区工业和信息化主管部门组织有关单位申报。
各区工业和信息化主管部门于2026年11月13日前将推荐文件、企业自评价报告、第三方评价报告报送市工业和信息化局。
特此通知。
2026年10月24日
"""


@pytest.fixture(scope="module")
def unnumbered(tmp_path_factory):
    return take(tmp_path_factory.mktemp("import"), UNNUMBERED).profile


def test_an_office_that_leaves_out_its_place_is_named_by_the_title(unnumbered):
    authority = unnumbered.authority
    assert (authority.name, authority.short) == ("乙市工业和信息化局", "市工业和信息化局")
    assert (authority.region, authority.level, authority.whole) == ("乙市", "市级", "全市")


def test_without_numbers_the_first_paragraph_alone_introduces(unnumbered):
    assert not [key for key, one in unnumbered.aims.items() if one.cite != ("引言第1段",)]
    (deadline,) = unnumbered.deadlines.values()
    assert (deadline.date, deadline.by, deadline.cite) == (dt.date(2026, 11, 13), "county", ("引言第3段",))


def test_a_report_that_is_handed_in_is_no_verb(unnumbered):
    assert [one.name for one in unnumbered.materials.values()] == ["推荐文件", "企业自评价报告", "第三方评价报告"]
    assert [one.say for one in unnumbered.deadlines.values()] == ["报送市工业和信息化局"]


def test_an_issuer_that_is_not_named_is_not_taken_for_the_ministry(tmp_path):
    text = (
        NOTICE.replace("甲省工业和信息化厅关于", "关于")
        .replace("\n甲省工业和信息化厅\n", "\n")
        .replace("甲工信", "工信")
    )
    authority = take(tmp_path, text).profile.authority
    assert authority.name.pending == "发文机关全称"
    assert (authority.region.pending, authority.whole.pending) == ("辖区全称", "全省、全市或全区")
    assert authority.level == "省级", "as its title says of the list"


def test_a_telephone_without_its_areas_code_is_asked_for_and_nobody_elses_taken(tmp_path):
    asked = "联系人：张三丰，2234567；李四光，13900000000；邮箱：green@example.gov.cn"
    people = take(tmp_path, re.sub("联系人：.*", asked, NOTICE)).profile.by_id["contacts.office"].people
    assert [one.person for one in people] == ["张三丰", "李四光"]
    ((first,), (second,)) = [one.phone for one in people]
    assert (first.pending, first.why) == ("联系电话", "原文写的是 2234567，没有区号")
    assert second == "13900000000"


@pytest.mark.parametrize(
    ("called", "key"),
    [("各区", "county"), ("各区（市）县", "county"), ("各地工信部门", "region"), ("各地区", "region")],
)
def test_those_below_are_known_by_further_names(tmp_path, called, key):
    made = take(tmp_path, NOTICE.replace("请各市（州）工业和信息化局于", f"请{called}于"))
    assert made.profile.by_id["deadlines." + next(iter(made.profile.deadlines))].by == key
    assert made.profile.actors[key] == called


def said(tmp_path, text, **asked):
    """What the command says of a source."""
    return "\n".join(account.lines(take(tmp_path, text, **asked)))


ANOTHERS = re.sub("绿色工厂|绿色工业园区|绿色制造", "专精特新", NOTICE)


def test_a_notice_of_another_programme_that_names_this_one_by_the_way_is_refused(tmp_path):
    text = ANOTHERS.replace("二、不得申报的情形", "（三）获得绿色工厂称号的优先。\n二、不得申报的情形")
    with pytest.raises(ProblemsError, match=r"像是别的项目的通知：《.*专精特新.*》，只有第 10 行提到本项目"):
        take(tmp_path, text)
    named = text.replace("推进工业绿色发展", "完善绿色制造体系")
    assert take(tmp_path, named)  # its introduction names the programme: a title may be wider


def test_two_notices_without_numbers_are_two(tmp_path):
    one = NOTICE.replace("甲工信节能〔2026〕15号\n", "")
    two = one.replace("各市（州）工业和信息化局，省直管县工业和信息化局：", "各县（市、区）工业和信息化局：")
    with pytest.raises(ProblemsError, match=r"像是有几份文件：第 2 行 .*第 \d+ 行 各县"):
        take(tmp_path, one + two)


@pytest.mark.parametrize(("year", "told"), [("2204", "读到的年度是 2204"), ("1926", "读到的年度是 1926")])
def test_a_year_no_notice_has_is_asked_for(tmp_path, year, told):
    text = NOTICE.replace("2026年度", "").replace("2026年3月20日", f"{year}年3月20日")
    with pytest.raises(ProblemsError, match=told) as raised:
        take(tmp_path, text)
    assert "--year" in raised.value.problems[0].hint


def test_a_day_that_cannot_be_is_told_with_its_key(tmp_path):
    told = said(tmp_path, NOTICE.replace("2026年5月29日", "2016年5月29日"))
    assert "原文像是写错、印成待定的 1 处：deadlines.city-to-province.date（原文写的是“2016年5月29日”" in told
    assert "像是写错" not in said(tmp_path / "right", NOTICE)


@pytest.mark.parametrize("words", ["……", "（略）", "点击查看原文"])
def test_what_was_left_out_of_a_copy_is_told_with_its_line(tmp_path, words):
    told = said(tmp_path, NOTICE.replace("不低于60%。", f"不低于60%。{words}"))
    assert f"原文有省略（第 9 行“{words}”）" in told


@pytest.mark.parametrize("mark", ["甲省\n工业和信息化厅文件", "甲省工业和信息化厅"])
def test_a_mark_over_the_title_is_no_part_of_it(tmp_path, mark):
    title = "甲省工业和信息化厅关于组织开展2026年度省级\n绿色制造名单推荐工作的通知\n"
    below = NOTICE.partition("15号\n")[2]
    made = take(tmp_path, f"{mark}\n甲工信节能〔2026〕15号\n{title}{below}")
    assert made.profile.source.title == title.replace("\n", "")


def test_the_words_of_a_draft_are_read_and_settled_in_a_sheet(tmp_path):
    """Nobody types again what the source says: the sheet shows the words and their clause, and offers them."""
    imported_ = take(tmp_path, NOTICE)
    library = Library.at(tmp_path)
    (tmp_path / "open.xlsx").write_bytes(sheet.made(library, imported_.edition))
    book = load_workbook(tmp_path / "open.xlsx")
    rows = {row[0].value: row for row in book.active.iter_rows(min_row=4) if str(row[0].value).endswith(".confirm")}
    assert len(rows) >= 2
    texts = {rule.say for rule in imported_.profile.by_id.values() if hasattr(rule, "say")}
    for row in rows.values():
        assert row[sheet.SUGGEST].value in texts
        assert row[sheet.WHY].value.startswith("对照原文 ")
        row[sheet.CHOICE].value = sheet.TAKE_SUGGESTED
    offered = {str(one.sqref) for one in book.active.data_validations.dataValidation if "采用建议" in one.formula1}
    assert all(any(f"F{row[0].row}" in MultiCellRange(one) for one in offered) for row in rows.values())
    book.save(tmp_path / "open.xlsx")
    done = sheet.apply(library, imported_.edition, tmp_path / "open.xlsx", tmp_path)
    assert set(done.settled) == set(rows)
    profile = Library.at(tmp_path).load(imported_.edition).profile
    assert not [key for key, _ in profile.pendings() if key.endswith(".confirm")]


@pytest.mark.parametrize("line", ["您的位置：首页 > 通知公告", "【项目申报】", ""])
def test_where_a_title_stands_on_a_page_is_no_part_of_it(tmp_path, line):
    made = take(tmp_path, line + ("\n" if "：" in line else "") + NOTICE)
    assert made.profile.source.title == NOTICE.partition("\n")[0]


@pytest.mark.parametrize(
    ("name", "region", "whole"),
    [
        ("甲市国家高新区工业和信息化局", "甲市国家高新区", "全区"),
        ("乙国家高新区工业和信息化局", "乙国家高新区", "全区"),
        ("丙县工业和信息化局", "丙县", "全县"),
        ("工业和信息化部办公厅", "全国", "全国"),
        ("某协会", None, None),
    ],
)
def test_an_office_of_a_zone_or_a_county_is_not_taken_for_the_nations(tmp_path, name, region, whole):
    text = (
        NOTICE.replace("甲省工业和信息化厅关于", "关于")
        .replace("\n甲省工业和信息化厅\n", "\n")
        .replace("省级绿色", "绿色")
    )
    found = yaml.safe_load(take(tmp_path, text, name=name).path.read_text("utf-8"))["authority"]
    asked = {"region": {"pending": "辖区全称"}, "whole": {"pending": "全省、全市或全区"}}
    assert found["region"] == (region or asked["region"])
    assert found["whole"] == (whole or asked["whole"])


def test_an_issuer_that_is_not_read_is_asked_for_by_its_option(tmp_path):
    text = NOTICE.replace("甲省工业和信息化厅关于", "关于").replace("\n甲省工业和信息化厅\n", "\n")
    assert "没有读到发文机关：加 --name" in said(tmp_path, text)
    assert "没有读到发文机关" not in said(tmp_path / "told", text, name="甲省工业和信息化厅")
