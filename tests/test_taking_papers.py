"""Back from the office, the papers of every edition: what moved keeps its facts, what binds is told, nothing is silent."""

import io
import shutil
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from conftest import ROOT
from returned import below, changed, inserted, moved, plain, struck, swap, without

import notices
from notices.errors import ProblemsError
from notices.profile.yamlfile import parse
from notices.taking.office import read
from notices.taking.reasons import COUNTED
from notices.taking.state import bare
from notices.verify import office as older

JILIN, GUANGXI, GUIZHOU, MENGGU, NATION = (
    *("jilin@2024", "guangxi@2024", "guizhou@2024", "inner-mongolia@2022", "national@2023"),
)


@pytest.fixture(scope="module")
def built():
    """The papers, built once each."""
    made = {}

    def one(name, kind="notice"):
        if (name, kind) not in made:
            made[name, kind] = notices.open().edition(name).write(kind, "docx")
        return made[name, kind]

    return one


@pytest.fixture
def take(tmp_path, built):
    """An edition of one's own, its paper changed, taken and written; what was taken, and the data before and after."""

    def taken(name, *steps, kind="notice", paper=None):
        identity, _, year = name.partition("@")
        shutil.copytree(ROOT / "provinces" / identity, tmp_path / "provinces" / identity, dirs_exist_ok=True)
        workspace, path = notices.open(tmp_path), tmp_path / "provinces" / identity / f"{year}.yaml"
        before = parse(path.read_text("utf-8"), "").data
        returned = changed(paper or built(name, kind), *steps)
        done = workspace.take(returned, name, kind)
        if done.taken:
            workspace.apply(done)
        now = notices.open(tmp_path).edition(name)
        ours, theirs = (
            [bare(one.text) for one in read("", file).paras] for file in (now.write(kind, "docx"), returned)
        )
        assert (ours == theirs) == done.whole, "what is called whole is whole, and nothing else"
        return done, before, parse(path.read_text("utf-8"), "").data, now.profile

    return taken


EVERY = [(name, "notice") for name in (JILIN, GUIZHOU, MENGGU, NATION, "national@2024", "national@2025")]


@pytest.mark.parametrize(("name", "kind"), [*EVERY, (GUIZHOU, "rules")])
def test_a_paper_nobody_changed_has_nothing_to_take(built, name, kind):
    done = notices.open().take(built(name, kind), name, kind)
    assert (done.taken, done.listed) == ((), ())


WEIGHTY = [
    (JILIN, "推荐时应充分征求", "推荐时可充分征求", "应→可", "review.consult", "may", ()),
    (JILIN, "原则上应从省级", "应从省级", "去掉 原则上", "levels.listed-in-province", "must", ()),
    (MENGGU, "可优先推荐申报", "应优先推荐申报", "可→应", "levels.city-preferred", "must", ("优先",)),
    (MENGGU, "不应参与编写", "可参与编写", "不应→可", "third-party.independence", "must", ("可",)),
    (NATION, "推荐名额不限", "推荐名额各不超过3家", "新增 不超过", "quotas.open", "must", ("不超过",)),
]


@pytest.mark.parametrize(("name", "old", "new", "weight", "key", "strength", "binds"), WEIGHTY)
def test_words_that_bind_are_told_apart(take, name, old, new, weight, key, strength, binds):
    done, _, after, profile = take(name, swap(old, new))
    assert [one.weight for one in done.weighty] == [weight]
    fact = profile.by_id[key]
    section, _, rest = key.partition(".")
    unsaid = strength == "must" and name != JILIN  # there the inherited fact says otherwise
    assert after[section][rest].get("strength") == (None if unsaid else strength)
    assert (fact.strength, fact.binds) == (strength, binds)


@pytest.mark.parametrize(("old", "new"), [("不得申报：", "可以申报："), ("6月10日前", "6月10日后")])
def test_what_binds_and_is_no_word_is_listed_with_the_line_to_change(take, old, new):
    done, *_ = take(JILIN, swap(old, new))
    (left,) = done.listed
    assert "改的是约束" in left.reason
    assert left.weight
    assert left.near.startswith("provinces/jilin/2024.yaml:")


def test_no_value_is_taken_beside_what_binds_and_is_not(take):
    steps = swap("6月10日前", "6月10日后"), swap("一式两份", "一式三份"), swap("0431-88914475", "0431-88914476")
    done, before, after, _ = take(JILIN, *steps)
    assert after == before | {"contacts": {"office": before["contacts"]["office"] | {"phone": "0431-88914476"}}}
    assert [one.after for one in done.listed] == ["后", "一式三份"]


MOVED = [
    (JILIN, [moved("（三）加强总结推广", "（一）按时报送材料")], 2),
    (
        JILIN,
        [
            swap("2.工业增加值占比超过50%", "2.具有法定边界和范围"),
            swap("3.具有法定边界和范围", "3.工业增加值占比超过50%"),
        ],
        0,
    ),
    (GUIZHOU, [moved("3.属于在产业链发挥", "4.积极创建绿色工厂")], 2),
    (
        JILIN,
        [
            swap("1.以产品制造和能源供给为主要功能", "1.工业增加值占比超过50%"),
            swap("2.工业增加值占比超过50%", "2.以产品制造和能源供给为主要功能"),
        ],
        0,
    ),
    (
        JILIN,
        [
            swap("开展过工业节能诊断服务的单位，在同等条件下优先纳入省级绿色制造名单。", ""),
            below("（二）做好推荐衔接", "开展过工业节能诊断服务的单位，在同等条件下优先纳入省级绿色制造名单。"),
        ],
        0,
    ),
    (
        JILIN,
        [
            without("优先推荐绿色工厂数量多"),
            swap("评价报告模板参考附件5。", "评价报告模板参考附件5。优先推荐绿色工厂数量多、占比高的工业园区。"),
        ],
        0,
    ),
    (MENGGU, [moved("3.我厅将根据工作需要", "（8）评价机构人员应熟悉")], 2),
]


@pytest.mark.parametrize(("name", "steps", "numbers"), MOVED)
def test_what_moved_is_the_facts_it_was(take, name, steps, numbers):
    done, before, after, _ = take(name, *steps)
    assert {one.kind for one in done.taken} == {"moved"}
    assert [one.reason for one in done.listed] == [COUNTED] * numbers  # the office did not count anew
    outlines = before.pop("outlines"), after.pop("outlines")
    assert before == after
    assert outlines[0] != outlines[1]


def test_no_fact_goes_whose_words_stand_elsewhere_in_what_came_back(take):
    words = "5.被列入工业节能监察整改名单且未按要求完成整改的；"
    done, before, after, _ = take(NATION, without(words), below("2023年7月21日", words))
    assert before == after
    assert [one.reason[:4] for one in done.listed] == ["改回来的", "提纲里没"]


def test_no_line_goes_that_stands_elsewhere_in_what_came_back(take):
    done, before, after, _ = take(JILIN, moved("联系人及电话", "2.工业增加值占比"))
    assert before == after
    assert [one.where for one in done.listed] == ["一第7段之后", "三第4段"]


def test_an_articles_number_is_no_word(take):
    article, other = "第十七条　开展绿色制造评价", "“企业绿码”反映企业"
    _, before, after, _ = take(GUIZHOU, moved(article, other), kind="rules")
    facts = [{name: one for name, one in data.items() if name != "outlines"} for data in (before, after)]
    assert facts[0] == facts[1]
    assert "第十七条" not in str(after["outlines"])


def test_what_the_other_paper_states_leaves_this_one_alone(take):
    done, before, after, _ = take(GUIZHOU, without("鼓励第三方机构公布其开展"))
    assert [one.kind for one in done.taken] == ["removed"]
    assert before.pop("outlines") != after.pop("outlines")
    assert before == after


def test_an_article_is_placed_as_one(take):
    step = below("第三十六条", "第三十七条　各市（州）可以制定奖励办法。")
    later = (
        swap("第三十七条　本实施", "第三十八条　本实施"),
        swap("第三十八条　本实施细则自", "第三十九条　本实施细则自"),
    )
    done, _, after, _ = take(GUIZHOU, step, *later, kind="rules")
    assert done.whole
    assert after["outlines"]["rules"][4]["parts"][4] == {"article": [["duties.added-1"]]}
    assert after["duties"]["added-1"]["say"] == "各市（州）可以制定奖励办法"


@pytest.mark.parametrize("text", ["3.各地应加强宣传。", "（四）各地应加强宣传。"])
def test_a_number_is_no_word_of_a_rule(take, text):
    done, before, after, _ = take(JILIN, below("优先推荐绿色工厂数量多", text))
    assert before == after
    assert [one.reason for one in done.listed] == ["提纲里没有地方放：自己写进提纲，写成规定"]


def test_a_new_item_is_for_the_category_it_stands_under(take):
    done, _, after, _ = take(GUIZHOU, below("申报绿色供应链管理企业的", "1.近三年连续盈利；"))
    assert {one.reason for one in done.listed} == {COUNTED}
    assert after["conditions"]["added-1"]["for"] == ["supply-chain"]
    assert after["outlines"]["notice"][1]["parts"][3]["parts"][0]["items"][0] == "conditions.added-1"


def test_a_sentence_more_is_no_word_of_another(take):
    done, before, after, _ = take(
        GUIZHOU, swap("第二章　培育要求", "第二章　培育要求。各单位要加强组织领导。"), kind="rules"
    )
    assert (before, len(done.listed)) == (after, 1)


def test_two_open_values_of_one_line_are_told_apart(take):
    steps = swap("【待定：印发机关】", "贵州省工业和信息化厅办公室"), swap("【待定：印发日期】", "2024年7月4日")
    done, _, after, _ = take(GUIZHOU, *steps)
    assert [bare(one.before) for one in done.taken] == ["【待定：印发机关】【待定：印发日期】"], (
        "no half of a mark is shown"
    )
    imprint = after["papers"]["notice"]["imprint"]
    assert (imprint["issuer"], imprint["printed"]) == ("贵州省工业和信息化厅办公室", "2024-07-04")


def test_a_title_and_a_number_to_be_confirmed(take):
    done, _, after, _ = take(MENGGU, without("【待定：标题】"), swap("【待定：发文字号】", "内工信节综字〔2022〕100号"))
    assert done.whole
    assert after["papers"]["notice"]["title"].startswith("内蒙古自治区")
    assert after["papers"]["notice"]["number"] == "内工信节综字〔2022〕100号"
    line = done.own.text.split("papers:")[1].splitlines()[2]
    assert line.endswith("通知 # 原文没有标题行，据引言拟写"), "the comment beside the key stays"


def test_a_subtitle_struck_and_a_chapters_heading(take):
    steps = without("（征求意见稿）"), swap("第五章　配套机制", "第五章　支持政策")
    done, _, after, _ = take(GUIZHOU, *steps, kind="rules")
    assert done.whole
    assert "subtitle" not in after["papers"]["rules"]
    assert after["outlines"]["rules"][4]["heading"] == "支持政策"


def test_a_list_that_is_closed(take):
    done, _, after, _ = take(NATION, swap("6.失信被执行人等。", "6.失信被执行人。"))
    assert done.whole
    assert "open_ended" not in after["exclusions"]


def test_a_letters_head_stands_in_its_header(take, built):
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(built(NATION))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace("202号".encode(), "210号".encode()))
    done, _, after, _ = take(NATION, paper=out.getvalue())
    assert done.whole
    assert after["papers"]["notice"]["number"] == "工信厅节函〔2023〕210号"
    lost = notices.open().take(plain(built(NATION)), NATION)
    assert [one.where for one in lost.listed] == ["发文机关标志", "发文字号"]


def test_paragraphs_struck_and_inserted_are_told_with_their_author(take):
    struck_one, new = struck("优先推荐绿色工厂数量多"), inserted("2.工业增加值占比", "2.有统一的能源管理平台；")
    done, *_ = take(JILIN, struck_one, new)
    told = {one.kind: [(each.author, each.comes) for each in one.tracked] for one in done.taken}
    assert told == {"removed": [("王五", False)], "placed": [("王五", True)]}


@pytest.mark.slow
def test_a_whole_draft_filled_in_is_its_own_though_last_years_paper_is_nearer(tmp_path, built):
    shutil.copytree(ROOT / "provinces/guangxi", tmp_path / "provinces/guangxi")
    notices.open(tmp_path).roll(GUANGXI, 2025)
    years = [swap("2024年度", "2025年度")] * 4
    days = (
        swap("2024年5月31日", "2025年5月30日"),
        swap("2024年4月10日", "2025年4月10日"),
        swap("2024年4月3日", "2025年4月2日"),
    )
    returned = changed(built(GUANGXI), *years, *days, swap("〔2024〕268号", "〔2025〕100号"))
    workspace = notices.open(tmp_path)
    done = workspace.take(returned, "guangxi@2025")
    assert done.whole
    workspace.apply(done)
    left = {key for key, _ in notices.open(tmp_path).edition("guangxi@2025").profile.pendings()}
    assert left == {"answers", "papers.notice.imprint.issuer", "papers.notice.imprint.printed"}


def test_another_kind_of_paper_is_named_with_its_option(built):
    with pytest.raises(ProblemsError, match="像是 guizhou@2024 的 rules") as raised:
        notices.open().take(built(GUIZHOU, "rules"), GUIZHOU)
    assert "--kind rules" in raised.value.problems[0].hint


def test_pictures_footers_and_tables_are_said(built):
    paper = docx.Document(io.BytesIO(built(JILIN)))
    paper.add_picture(io.BytesIO((ROOT / "docs/pictures/guangxi.png").read_bytes()))
    paper.sections[0].footer.paragraphs[0].add_run("内部资料")
    paper.add_table(1, 1).cell(0, 0).text = "名称"
    out = io.BytesIO()
    paper.save(out)
    done = notices.open().take(out.getvalue(), JILIN)
    assert [note[:2] for note in done.notes] == ["有 ", "页脚"]
    assert ["在表格里" in one.reason for one in done.listed] == [True]


def test_an_older_word_file_goes_by_way_of_libreoffice(monkeypatch, built):
    def converted(command, **_):
        assert command[-1].endswith("source.doc")
        folder = Path(command[command.index("--outdir") + 1])
        folder.mkdir()
        (folder / "source.docx").write_bytes(built(JILIN))

    monkeypatch.setattr("shutil.which", lambda _: "soffice")
    monkeypatch.setattr(subprocess, "run", converted)
    done = notices.open().take(b"\xd0\xcf\x11\xe0", JILIN, name="改稿.doc")
    assert (done.taken, done.listed, done.notes) == ((), (), (older.CONVERTED,))


def test_two_papers_in_one_file_are_named(built):
    paper, other = (docx.Document(io.BytesIO(built(name))) for name in (JILIN, "guangxi@2024"))
    for element in list(other.element.body)[:-1]:
        paper.element.body.insert(len(paper.element.body) - 1, element)
    out = io.BytesIO()
    paper.save(out)
    with pytest.raises(ProblemsError, match=r"像是有几份文件：第 .*号、第 .*号"):
        notices.open().take(out.getvalue(), JILIN)
