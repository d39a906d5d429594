"""What notices say in many ways, each way a kind: days, materials, platforms, parties, lists, levels, headings, articles."""

import datetime as dt
import re

import pytest
from test_importing import take

from notices.document.blocks import lines_of
from notices.importing import account
from notices.library import Library
from notices.papers.coverage import checked

HEAD = """\
丙市工业和信息化局关于开展2026年度市级绿色工厂申报工作的通知
丙工信〔2026〕8号
各县（市、区）工信局，经开区管委会：
为培育绿色制造标杆，现组织开展2026年度市级绿色工厂申报工作，有关事项通知如下：
"""
TAIL = """\
联 系 人：王 五  0999-2345678
丙市工业和信息化局
2026年3月10日
"""


def profile(tmp_path, body, head=HEAD, tail=TAIL, **asked):
    made = take(tmp_path, head + body + tail, **asked)
    assert account.counts(made)["left"] == 0, "every part of the source became something"
    mine = Library.at(made.path.parents[2])
    checked(mine, mine.load(made.edition))
    return made


def only(table):
    (one,) = table.values()
    return one


def holding(made, words):
    """The key and the rule that hold words of the source."""
    ((key, fact),) = [(key, one) for key, one in made.profile.facts() if words in str(getattr(one, "say", ""))]
    return key, fact


# where words belong

SECTIONS = [
    ("一、申报对象\n在丙市注册的工业企业，未获得省级称号。", "在丙市注册", "conditions"),
    ("一、名额\n每个县推荐名额由我局另行通知。", "推荐名额", "quotas"),
    ("一、其他\n申报单位应登录申报系统填写内容，并上传盖章的扫描材料。", "上传盖章", "procedure"),
    ("一、其他\n我局组织专家评审，评审结果向社会公示。", "向社会公示", "review"),
    ("一、其他\n对列入名单的企业给予资金支持。", "给予资金支持", "incentives"),
    ("一、其他\n列入名单的企业发生更名的，应及时报告。", "应及时报告", "management"),
    ("一、其他\n第三方评价机构应独立开展工作，对评价结论负责。", "应独立开展工作", "third-party"),
    ("一、其他\n各县（市、区）工信局要高度重视，加强宣传培训。", "加强宣传培训", "duties"),
    ("一、其他\n申报单位可自行开展自评价，或者委托机构开展评价工作。", "委托机构开展评价", "evaluation"),
    ("一、其他\n同等条件下优先推荐链主企业。", "优先推荐链主企业", "priorities"),
]


@pytest.mark.parametrize(("body", "words", "section"), SECTIONS)
def test_words_stand_in_the_section_they_speak_of(tmp_path, body, words, section):
    key, _ = holding(profile(tmp_path, body + "\n"), words)
    assert key.partition(".")[0] == section


def test_a_sentence_of_two_sections_becomes_a_rule_of_each(tmp_path):
    body = "一、要求\n各县（市、区）工信局要加强宣传，认真组织培训，对列入名单的企业开展动态管理和跟踪复核。\n"
    made = profile(tmp_path, body)
    keys = {holding(made, words)[0].partition(".")[0] for words in ("加强宣传", "跟踪复核")}
    assert keys == {"duties", "management"}
    assert {holding(made, words)[1].by for words in ("加强宣传", "跟踪复核")} == {"county"}


# what need not be asked, and what must

SETTLED = [
    ("各县（市、区）工信局要认真组织宣传培训。", True),
    ("各县（市、区）工信局要组织宣传培训不少于3次。", False),  # a figure is a value
    ("各县（市、区）工信局不得变相收取费用，要加强宣传。", False),  # a ban is one
    ("组织宣传培训，激发企业积极性，各县要加强指导。", False),  # nobody has said who
    ("各县（市、区）工信局要加强宣传，可组织现场观摩。", False),  # bound twice, otherwise
]


@pytest.mark.parametrize(("sentence", "sure"), SETTLED)
def test_only_words_with_nothing_to_measure_go_unasked(tmp_path, sentence, sure):
    made = profile(tmp_path, f"一、工作要求\n{sentence}\n")
    rules = [one for key, one in made.profile.facts() if key.startswith("duties.")]
    assert rules
    assert all(one.confirm is None for one in rules) is sure


def test_no_party_is_taken_for_who_acts_where_it_only_names_another(tmp_path):
    _, fact = holding(profile(tmp_path, "一、工作要求\n各县推荐申报的对象应对标先进，持续加强管理。\n"), "应对标先进")
    assert fact.by is None


def test_a_condition_is_the_occasion_of_what_follows_it(tmp_path):
    _, fact = holding(profile(tmp_path, "一、审核\n经初审合格的，我局组织专家评审。\n"), "组织专家评审")
    assert (fact.when, fact.by) == ("经初审合格的", "city")


# days

DAYS = [
    ("请各县（市、区）工信局于4月30日前将推荐文件、推荐汇总表报送我局。", "2026-04-30", "county", 2),
    ("各县（市、区）工信局初审后，将推荐文件（一式两份）、推荐汇总表于4月30日前报送我局。", "2026-04-30", "county", 2),
    ("请于4月30日下班前向我局报送推荐文件、推荐汇总表、申报书。", "2026-04-30", "county", 3),
    ("申报企业须于4月30日前将申报书连同营业执照复印件报送我局，我局将组织现场核查。", "2026-04-30", "applicant", 2),
    ("申报系统关闭时间为2026年4月30日。", "2026-04-30", "applicant", 0),
    ("请督促列入市级名单的企业于4月30日前完成填报。", "2026-04-30", "listed-unit", 0),
]


@pytest.mark.parametrize(("sentence", "day", "by", "materials"), DAYS)
def test_a_day_has_who_must_have_done_what(tmp_path, sentence, day, by, materials):
    made = profile(tmp_path, f"一、时间安排\n{sentence}\n").profile
    deadline = only(made.deadlines)
    assert (deadline.date, deadline.by) == (dt.date.fromisoformat(day), by)
    assert (deadline.confirm is not None) is ("督促" in sentence)
    assert len(made.materials) == materials


def test_what_somebody_else_does_then_is_not_due_by_the_day(tmp_path):
    made = profile(
        tmp_path, "一、安排\n请各县（市、区）工信局于4月30日前将推荐文件报送我局，我局将组织专家评审。\n"
    ).profile
    assert only(made.deadlines).say == "报送我局"
    assert only(made.review).by == "city"


def test_what_is_done_before_with_other_things_stays(tmp_path):
    body = "一、安排\n各县（市、区）工信局要将意愿强的企业列入培育名单，并于4月30日前将汇总表报送我局。\n"
    made = profile(tmp_path, body)
    holding(made, "列入培育名单")
    assert [one.name for one in made.profile.materials.values()] == ["汇总表"]


def test_two_days_with_an_act_each_are_two(tmp_path):
    body = "一、安排\n请各县（市、区）工信局于4月10日前将名单报送我局，并于5月20日前将总结报告报送我局。\n"
    days = [one.date for one in profile(tmp_path, body).profile.deadlines.values()]
    assert days == [dt.date(2026, 4, 10), dt.date(2026, 5, 20)]


@pytest.mark.parametrize(
    "sentence",
    ["网上申报时间为2026年4月1日至4月30日。", "列入名单的企业于每年1月15日前、7月15日前填报能耗情况。"],
)
def test_a_span_of_days_and_days_that_share_an_act_are_asked_for(tmp_path, sentence):
    deadline = only(profile(tmp_path, f"一、时间安排\n{sentence}\n").profile.deadlines)
    assert "分开写" in deadline.confirm.why


def test_how_long_a_list_is_public_is_a_deadline(tmp_path):
    made = profile(tmp_path, "一、公示\n我局在网站公示拟定名单，公示时间不少于7个工作日。\n").profile
    span = only(made.deadlines).span
    assert (span.value, span.unit, span.op) == (7, "工作日", ">=")


def test_the_end_of_the_working_day_is_kept_as_a_note(tmp_path):
    made = profile(tmp_path, "一、安排\n请各县（市、区）工信局于4月30日下班前将推荐文件报送我局。\n").profile
    assert "下班前" in only(made.deadlines).note


# materials


def test_materials_under_a_heading_of_their_own(tmp_path):
    body = "一、申报材料\n1.绿色工厂申报书（附件1，一式三份）。\n2.营业执照复印件。\n3.第三方评价报告，须加盖骑缝章。\n"
    made = profile(tmp_path, body, tail="附件：1.绿色工厂申报书\n" + TAIL.replace("联 系 人", "联系人")).profile
    found = {one.name: one for one in made.materials.values()}
    assert list(found) == ["绿色工厂申报书", "营业执照复印件", "第三方评价报告"]
    assert (found["绿色工厂申报书"].copies, found["绿色工厂申报书"].form) == (3, ("纸质",))
    assert found["绿色工厂申报书"].attachments == tuple(made.attachments)


def test_what_a_bracket_says_that_no_value_holds_stays_in_the_name(tmp_path):
    body = "一、安排\n请各县（市、区）工信局于4月30日前将申报书（一式两份，A4纸胶装）、汇总表报送我局。\n"
    made = profile(tmp_path, body).profile
    names = {one.name: one.copies for one in made.materials.values()}
    assert names == {"申报书（A4纸胶装）": 2, "汇总表": None}


# platforms, documents, attachments, contacts


def test_a_platform_stands_in_its_place(tmp_path):
    body = "一、申报\n申报企业登录丙市绿色制造服务平台（https://green.example.gov.cn）填写内容。\n"
    made = profile(tmp_path, body).profile
    assert only(made.channels).url == "https://green.example.gov.cn"
    assert any("{channel:" in str(getattr(one, "say", "")) for _, one in made.facts())


def test_attachments_without_a_list_are_called_what_the_text_calls_them(tmp_path):
    made = profile(tmp_path, "一、其他\n申报企业如实填写《能耗情况表》（附件2)，由各县审核。\n").profile
    first, second = made.attachments.values()
    assert first.title.pending == "附件1的名称"
    assert (second.title, second.confirm.pending) == ("能耗情况表", "核对附件名称")


@pytest.mark.parametrize("listed", ["附件1 申报书\n附件2 汇总表\n", "附：1.申报书.docx\n2.汇总表.pdf\n"])
def test_lists_of_attachments_are_written_in_many_ways(tmp_path, listed):
    made = profile(tmp_path, "一、其他\n各县要认真组织。\n", tail=listed + TAIL.replace("联 系 人", "联系人")).profile
    assert [one.title for one in made.attachments.values()] == ["申报书", "汇总表"]


def test_a_document_called_for_short_by_nobody_is_no_reference(tmp_path):
    made = profile(tmp_path, "一、其他\n各县要对照《通知》要求认真组织。\n").profile
    assert "通知" not in [one.title for one in made.references.values()]


def test_a_name_with_a_blank_in_it_is_a_name(tmp_path):
    office = profile(tmp_path, "一、其他\n各县要认真组织。\n").profile.by_id["contacts.office"]
    assert (office.person, office.phone) == ("王五", "0999-2345678")


# who is spoken to

ADDRESSED = [
    ("各区县经信委，各镇人民政府：", "各区县经信委"),
    ("各县（市）区经信局、开发区经贸局：", "各县（市）区经信局、开发区经贸局"),
]


@pytest.mark.parametrize(("line", "called"), ADDRESSED)
def test_those_a_city_writes_to_are_one_party(tmp_path, line, called):
    head = re.sub("各县（市、区）工信局.*", line, HEAD)
    sentence = f"一、要求\n{called}需对申报材料认真审核，并于4月30日前将推荐文件报送我局。\n"
    made = profile(tmp_path, sentence, head=head).profile
    assert made.actors["county"] == called
    assert only(made.deadlines).by == "county"


def test_an_office_by_its_name_is_none_of_those_of_its_class(tmp_path):
    body = (
        "一、要求\n各县（市、区）工信局要认真组织。\n请戊县经信局深入现场核查情况，并于4月30日前将核查报告报送我局。\n"
    )
    made = profile(tmp_path, body).profile
    assert made.actors[only(made.deadlines).by] == "戊县经信局"
    assert any("戊县经信局深入现场" in str(getattr(one, "say", "")) for _, one in made.facts())


def test_an_office_that_forwards_a_notice_is_named_alone(tmp_path):
    head = HEAD.replace("丙市工业和信息化局关于开展", "丙市工业和信息化局转发丁省工业和信息化厅关于开展")
    made = profile(tmp_path, "一、要求\n各县要认真组织。\n", head=head, tail="2026年3月10日\n").profile
    assert (made.authority.name, made.authority.itself) == ("丙市工业和信息化局", "我局")


# levels and headings


def test_a_paper_of_nothing_but_small_numbers(tmp_path):
    body = "1.各县（市、区）工信局要认真组织申报。\n2.申报企业要如实填写材料。\n"
    made = profile(tmp_path, body)
    cited = {clause for _, one in made.profile.facts() for clause in one.cite}
    assert {"1", "2"} <= cited


def test_a_heading_without_a_number_stands_over_what_follows(tmp_path):
    body = "申报条件\n①在丙市注册的工业企业。\n②有专职能源管理人员。\n一、工作要求\n各县（市、区）工信局要认真组织。\n"
    made = profile(tmp_path, body)
    for words in ("在丙市注册的工业企业", "专职能源管理人员"):
        assert holding(made, words)[0].startswith("conditions.")
    mine = Library.at(made.path.parents[2])
    text = [
        line for block in checked(mine, mine.load(made.edition))["notice"].document.blocks for line in lines_of(block)
    ]
    assert any(line.endswith("申报条件") for line in text)


def test_a_heading_that_is_a_sentence_is_told_once(tmp_path):
    made = profile(tmp_path, "一、申报对象\n（一）申报对象为在丙市注册的工业企业。\n（二）申报对象应有管理制度。\n")
    parts = [part for one in made.draft.source for part in one.parts if "在丙市注册" in part.text]
    assert [part.fate == "heading" for part in parts] == [False]


def test_a_bracket_behind_a_full_stop_belongs_to_its_sentence(tmp_path):
    body = "一、安排\n请各县（市、区）工信局于4月30日前将申请书报送我局。（纸质材料一式两份，附光盘）\n"
    made = profile(tmp_path, body).profile
    assert "附光盘" in only(made.deadlines).say


# what must not be claimed


def test_a_name_alone_states_nothing(tmp_path):
    made = profile(tmp_path, "一、绿色工厂\n1.丙市第一机械公司\n2.丙市第二机械公司\n").profile
    rules = [one for key, one in made.facts() if "机械公司" in str(getattr(one, "say", ""))]
    assert len(rules) == 2
    assert all(one.confirm for one in rules)


def test_an_attachment_in_the_same_file_is_no_part_of_the_notice(tmp_path):
    annex = "附件\n入选名单\n一、第一批\n1.丙市第一机械公司\n"
    made = profile(tmp_path, "一、要求\n各县要认真组织。\n", tail=TAIL + annex)
    assert made.profile.by_id["contacts.office"].person == "王五"
    assert made.profile.papers["notice"].issued == dt.date(2026, 3, 10)
    assert not [1 for one in made.draft.source for part in one.parts if "机械公司" in part.text]


def test_words_before_a_day_are_not_lost(tmp_path):
    body = "一、要求\n列入名单的企业应于每年1月15日对上一年度、7月15日前对半年度能耗进行填报。\n"
    deadline = only(profile(tmp_path, body).profile.deadlines)
    assert "1月15日对上一年度" in deadline.say
    assert (deadline.annual, deadline.date, deadline.by) == ("07-15", None, "listed-unit")
    assert "日期前面还有话" in deadline.confirm.why


def test_a_short_aim_is_not_another_like_it(tmp_path):
    head = HEAD.replace("为培育绿色制造标杆", "为加快推动工业绿色发展")
    made = profile(tmp_path, "一、要求\n各县要认真组织。\n", head=head).profile
    assert [one.say for one in made.aims.values()] == ["加快推动工业绿色发展"]


def test_an_office_that_names_no_place_is_not_the_countrys(tmp_path):
    tail = TAIL.replace("丙市工业和信息化局", "经济发展局")
    head = HEAD.replace("丙市工业和信息化局关于", "关于")
    made = profile(tmp_path, "一、要求\n各县要认真组织。\n", head=head, tail=tail).profile
    assert made.authority.region.pending == "辖区全称"


def test_a_category_that_titles_alone_name_is_one(tmp_path):
    head = HEAD.replace("市级绿色工厂申报", "申报").replace(
        "为培育绿色制造标杆", "根据《关于推荐绿色工厂的通知》，为培育标杆"
    )
    made = profile(tmp_path, "一、要求\n各县要认真组织。\n", head=head).profile
    assert list(made.categories) == ["factory"]


# one who is barred, in one sentence


def test_a_ban_in_one_sentence_is_a_negative_list_of_one(tmp_path):
    exclusions = profile(
        tmp_path, "一、要求\n对近三年发生过较大安全、质量事故的企业一律不得推荐。\n"
    ).profile.exclusions
    assert (exclusions.lookback.value, exclusions.subjects, exclusions.bars) == (3, "企业", ("推荐",))
    item = only(exclusions.items)
    assert (item.severity, item.confirm.pending) == (None, "核对这一项"), "较大 alone is not 较大及以上"
    assert "较大安全" in item.say


# categories by other names


@pytest.mark.parametrize(("called", "key"), [("绿色低碳工厂", "factory"), ("绿色低碳工业园区", "park")])
def test_a_category_goes_by_other_names(tmp_path, called, key):
    made = profile(tmp_path, f"一、要求\n各县要认真组织{called}申报。\n", head=HEAD.replace("绿色工厂", called)).profile
    assert only({key: one.name for key, one in made.categories.items()}) == called
    assert key in made.categories


def test_a_category_that_only_a_title_names_is_not_offered(tmp_path):
    body = "一、要求\n各县要对照《丙市绿色工业园区管理办法》认真组织。\n"
    assert list(profile(tmp_path, body).profile.categories) == ["factory"]


# articles

RULES = """\
丁省绿色制造梯度培育实施细则
第一章 总则
第一条 为加快推行绿色制造，根据《丁省工业绿色发展规划》，制定本细则。
第二条 本细则所称绿色工厂，是指用地集约、生产洁净的企业。
第二章 动态管理
第三条 列入名单的绿色工厂应如实填报情况，接受监督。
第四章 附则
第四条 本细则由丁省工业和信息化厅负责解释。
"""


def test_articles_stand_under_their_chapters(tmp_path):
    made = take(tmp_path, RULES, year=2026, name="丁省工业和信息化厅")
    assert account.counts(made)["left"] == 0
    sections = [key.partition(".")[0] for key, one in made.profile.facts() if one.cite and getattr(one, "say", None)]
    assert sections == ["aims", "basis", "definitions", "management", "supplementary"]
    (parts,) = made.draft.data["outlines"].values()
    assert [part["heading"] for part in parts if "heading" in part] == ["总则", "动态管理", "附则"]
    mine = Library.at(made.path.parents[2])
    text = "".join(
        line for block in checked(mine, mine.load(made.edition))["rules"].document.blocks for line in lines_of(block)
    )
    assert "第一条　为加快推行绿色制造，根据《丁省工业绿色发展规划》，制定本细则" in text


@pytest.mark.parametrize(
    "text",
    [RULES, HEAD + "1.各县（市、区）工信局（含经开区），要（1)认真组织。（逾期不候）\n其他\n特此通知。\n" + TAIL],
)
def test_no_character_of_a_source_is_dropped(tmp_path, text):
    made = take(tmp_path, text, year=2026, name="丙市工业和信息化局")
    told = "".join(part.text for one in made.draft.source for part in one.parts)
    body = re.sub(
        "第[一二三四]+[章条]|1\\.",
        "",
        text.partition("制定本细则" if text is RULES else "：\n")[2].partition("联 系 人")[0],
    )
    assert sorted(set(re.findall("[\u4e00-\u9fff]", body)) - set(told)) == []


def test_what_is_due_is_never_called_by_a_key(tmp_path):
    body = "一、要求\n列入名单的企业应于2026年7月15日前对水平指标进行核对。\n"
    deadline = only(profile(tmp_path, body).profile.deadlines)
    assert deadline.label == "截止日期"
