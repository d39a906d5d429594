"""Back from the office: whatever is changed in a paper is taken into its profile, or listed; nothing is lost."""

import json
import re
import shutil

import docx
import pytest
import yaml
from click.testing import CliRunner
from conftest import ROOT
from returned import below, changed, moved, plain, remarked, swap, tracked, without

import notices
from notices import cli
from notices.commands import taking
from notices.errors import Exit, ProblemsError
from notices.papers.annotate import annotated
from notices.papers.coverage import checked
from notices.profile.yamlfile import parse
from notices.renewal.own import OwnFile
from notices.taking import reasons
from notices.taking.changes import changes
from notices.taking.office import read
from notices.taking.patch import patched
from notices.taking.state import Desk, bare, distance

NAME = "guangxi@2024"


@pytest.fixture(scope="module")
def built():
    return notices.open().edition(NAME).write("notice", "docx")


@pytest.fixture
def office(tmp_path):
    """A workspace with a notice of its own."""
    shutil.copytree(ROOT / "provinces" / "guangxi", tmp_path / "provinces" / "guangxi")
    return notices.open(tmp_path)


def own(office):
    return parse((office.path / "provinces/guangxi/2024.yaml").read_text("utf-8"), "")


def held(data, key):
    for part in key:
        data = data[part]
    return data


def again(office, returned):
    """How far the paper, built again from the file, is from what came back."""
    document = notices.open(office.path).edition(NAME).write("notice", "docx")
    ours, theirs = read("ours", document), read("theirs", returned)
    return [bare(para.text) for para in ours.paras], [bare(para.text) for para in theirs.paras]


AIM = "outlines.notice"
VALUES = [
    (swap("2024年5月31日", "2024年6月14日"), "deadlines city-to-province date", "2024-06-14"),
    (swap("2024年4月10日", "2024年4月19日"), "deadlines dynamic-table date", "2024-04-19"),
    (swap("2024年5月31日前", "2024年5月31日17:30前"), "deadlines city-to-province time", "17:30"),
    (swap("2024年4月3日", "2024年4月8日"), "papers notice issued", "2024-04-08"),
    (swap("268号", "300号"), "papers notice number", "桂工信能源〔2024〕300号"),
    (swap("超过50%", "超过60%"), "conditions park.industrial-share limit", {"value": 60}),
    (swap("超过50%", "不低于50%"), "conditions park.industrial-share limit", {"op": ">="}),
    (swap("超过50%", "不低于60%"), "conditions park.industrial-share limit", {"value": 60, "op": ">="}),
    (swap("超过50%", "超过50.5%"), "conditions park.industrial-share limit", {"value": "50.5"}),
    (swap("不得超过15项", "不得超过20项"), "third-party cap limit", {"value": 20}),
    (swap("三年内不予", "五年内不予"), "third-party blacklist span", {"value": 5}),
    (swap("近三年有", "近五年有"), "exclusions lookback", {"value": 5}),
    (swap("一式一份", "一式三份"), "materials application copies", 3),
    (swap("一式一份", "一式两份"), "materials application copies", 2),
    (swap("0771-8095256", "0771-8095257"), "contacts office phone", "0771-8095257"),
    (swap("欧阳朋", "李四"), "contacts office person", "李四"),
    (swap("欧阳朋，0771-8095256", "李四，0771-1234567"), "contacts office person", "李四"),
    (swap("gx21308@163.com", "lvse@gxi.gov.cn"), "contacts submission email", "lvse@gxi.gov.cn"),
    (below("联系人及电话", "电子邮箱：a@gxi.gov.cn"), "contacts office email", "a@gxi.gov.cn"),
    (swap("green.miit.gov.cn", "green.gx.gov.cn"), "channels platform url", "https://green.gx.gov.cn"),
    (swap("绿色制造名单申报省级专栏", "省级专栏"), "channels platform column", "省级专栏"),
    (
        swap("关于开展2024年度", "关于做好2024年度"),
        "papers notice title",
        "自治区工业和信息化厅关于做好{year}年度自治区绿色制造名单申报工作的通知",
    ),
    (
        swap("信息化局，各有关", "信息化局，各县工业和信息化局，各有关"),
        "papers notice addressees",
        ["各市工业和信息化局", "各县工业和信息化局", "各有关园区、企业和单位"],
    ),
    (swap("各市工业和信息化局，", ""), "papers notice addressees", ["各有关园区、企业和单位"]),
    (swap("此件公开发布", "此件依申请公开"), "papers notice disclosure", "此件依申请公开"),
    (
        below("此件公开发布", "抄送：自治区发展改革委，自治区生态环境厅。"),
        "papers notice imprint copies",
        ["自治区发展改革委", "自治区生态环境厅"],
    ),
    (
        swap("【待定：印发机关】", "自治区工业和信息化厅办公室"),
        "papers notice imprint issuer",
        "自治区工业和信息化厅办公室",
    ),
    (swap("【待定：印发日期】", "2024年4月9日"), "papers notice imprint printed", "2024-04-09"),
    (
        swap("2.绿色制造第三方评价工作", "2.绿色制造第三方机构评价工作"),
        "attachments third-party-requirements title",
        "绿色制造第三方机构评价工作要求",
    ),
    (
        swap("机械、汽车、纺织", "机械、汽车、纺织、轻工"),
        "scope supply-chain.selection items",
        ["电子电器", "机械", "汽车", "纺织", "轻工", "通信"],
    ),
    (
        swap("机械、汽车、纺织", "机械、纺织"),
        "scope supply-chain.selection items",
        ["电子电器", "机械", "纺织", "通信"],
    ),
    (
        swap("“信用中国”和“", "“信用中国”和“信用广西”和“"),
        "exclusions items accident evidence",
        ["信用中国", "信用广西", "国家企业信用信息公示系统"],
    ),
]
WORDS = [
    (swap("具有法定边界", "具有明确的边界"), "conditions park.boundary say", "具有明确的边界和范围"),
    (
        swap("按照《绿色工业园区评价要求》", "依据《绿色工业园区评价要求》"),
        "evaluation park.requirements say",
        "依据{ref:park-requirements}（{attachment:park-requirements}）进行评价",
    ),
    (swap("要严格把控推荐质量", "要从严把控推荐质量"), "duties quality say", "要从严把控推荐质量"),
    (swap("各市要严格把控", "各市可以严格把控"), "duties quality strength", "may"),
    (
        swap("按照《绿色工业园区评价要求》（附件3）进行", "按照附件3进行"),
        "evaluation park.requirements say",
        "按照{attachment:park-requirements}进行评价",
    ),
    (
        swap("填报2024年度动态管理表", "按时填报2024年度动态管理表"),
        "management dynamic-table say",
        "要组织已列入绿色制造名单的单位按时填报{year}年度动态管理表",
    ),
    (swap("申报程序及要求", "申报程序和要求"), (AIM, 2, "heading"), "申报程序和要求"),
    (
        swap("绿色工业园区建设重点是", "绿色工业园区的建设重点是"),
        (AIM, 1, "parts", 1, "parts", 1, "lead"),
        "{categories.park}的建设重点是符合下列条件的园区：",
    ),
    (
        swap("发送至邮箱", "发送到邮箱"),
        (AIM, 2, "parts", 1),
        "请{deadlines.city-to-province}，{manner:materials.application}，{materials.application-electronic.name}发送到邮箱{contacts.submission.email}。",
    ),
    (
        swap("评价；未发布", "评价。未发布"),
        (AIM, 1, "parts", 2, "parts", 1),
        "{evaluation.supply-chain.sector}。{evaluation.supply-chain.general}。",
    ),
]
PLACED = [
    (
        (swap("把控推荐质量。", "把控推荐质量。各市应于每季度末向我厅报告进展。"),),
        "duties added-1",
        {"label": "应于每季度末向我厅报告进展", "by": "city", "say": "应于每季度末向我厅报告进展"},
    ),
    (
        (swap("其出具的评价结果。", "其出具的评价结果。鼓励评价机构公开承诺。"),),
        "third-party added-1",
        {"label": "鼓励评价机构公开承诺", "strength": "encourage", "say": "鼓励评价机构公开承诺"},
    ),
    (
        (below("绿色工厂创建工作。", "各市应当于每年年底前报送创建情况。"),),
        "scope factory.added-1",
        {
            "label": "应当于每年年底前报送创建情况",
            "for": ["factory"],
            "by": "city",
            "say": "应当于每年年底前报送创建情况",
            "binds": ["前"],
        },
    ),
    (
        (
            swap("5.为省级及以上工业园区。", "5.为省级及以上工业园区；"),
            below("5.为省级及以上", "6.能耗强度不高于全区平均水平。"),
        ),
        "conditions park.added-1",
        {
            "label": "能耗强度不高于全区平均水平",
            "for": ["park"],
            "strength": "does",
            "say": "能耗强度不高于全区平均水平",
            "binds": ["不高于"],
        },
    ),
    (
        (swap("6.失信被执行人等。", "6.失信被执行人；"), below("6.失信被执行人", "7.环境信用评价为黑牌的等。")),
        "exclusions items added-1",
        {"say": "环境信用评价为黑牌的"},
    ),
    ((below("4.绿色供应链管理", "5.申报承诺书"),), "attachments added-1", {"title": "申报承诺书", "kind": "document"}),
    ((below("填报动态管理表。根据", "特此通知。"),), (AIM, 5, "parts", 2), "特此通知。"),
    (
        (
            swap("三、有关激励政策", "四、有关激励政策"),
            swap("四、第三方评价机构有关", "五、第三方评价机构有关"),
            swap("五、绿色制造名单动态", "六、绿色制造名单动态"),
            below("6.失信被执行人等。", "三、工作要求", "各市要加强组织领导。", "各市要强化政策宣传。"),
        ),
        (AIM, 3),
        {"heading": "工作要求", "parts": [["duties.added-1"], ["duties.added-2"]]},
    ),
]
REMOVED = [
    ((without("按照《绿色工业园区评价要求》"),), "evaluation.park.requirements"),
    ((swap("发生重大安全、质量、环境污染等事故的，各市要及时上报我厅。", ""),), "management.report-accident"),
    ((without("4.具备统一管理机构"), swap("5.为省级", "4.为省级")), "conditions.park.management"),
    ((swap("鼓励国家低碳工业园区试点单位开展绿色工业园区建设工作；", ""),), "priorities.park.low-carbon-pilot"),
]
CAP = (
    "为提高评价质量，同一法人的评价机构承担的本批次绿色制造名单的评价项目（包括绿色工厂、绿色工业园区、绿色供应链管理企业）"
    "总计不得超过15项。"
)
MOVED = [
    ((moved("按照《绿色工业园区评价要求》", "请参照《工业和信息化部办公厅"),), (AIM, 1, "parts", 1, "parts", 1)),
    (
        (
            swap(
                "绿色制造水平关键指标不符合绿色制造评价要求的，我厅将组织现场评估。发生重大安全、质量、环境污染等事故的，各市要及时上报我厅。",
                "发生重大安全、质量、环境污染等事故的，各市要及时上报我厅。绿色制造水平关键指标不符合绿色制造评价要求的，我厅将组织现场评估。",
            ),
        ),
        (AIM, 5, "parts", 0),
    ),
    (
        (swap(CAP, ""), swap("要严格把控推荐质量。", "要严格把控推荐质量。" + CAP)),
        (AIM, 4, "parts", 0),
    ),
]
TRACKED = [
    (tracked("2024年5月31日", "2024年6月14日"), "deadlines city-to-province date", "2024-06-14"),
    (tracked("超过50%", "不低于60%"), "conditions park.industrial-share limit", {"value": 60, "op": ">="}),
    (tracked("欧阳朋", "李四"), "contacts office person", "李四"),
    (tracked("具有法定边界", "具有明确的边界"), "conditions park.boundary say", "具有明确的边界和范围"),
]


def keyed(key):
    if isinstance(key, str):
        return tuple(key.split())
    return (*key[0].split("."), *key[1:])


def taken_and_written(office, returned, kind):
    done = office.take(returned, NAME)
    assert done.listed == ()
    assert {one.kind for one in done.taken} == {kind}
    before = parse((office.path / "provinces/guangxi/2024.yaml").read_text("utf-8"), "")
    office.apply(done)
    ours, theirs = again(office, returned)
    assert ours == theirs
    return before.data, own(office).data, done


TOGETHER = [
    ("value", [VALUES[n] for n in (0, 3, 4, 5, 9, 10, 11, 12, 14, 17, 18, 20, 21, 22, 24, 26, 28, 29, 31)]),
    ("value", [VALUES[n] for n in (1, 2, 6, 13, 15, 19, 23, 25, 27, 30)]),
    ("value", [VALUES[7], VALUES[16]]),
    ("value", [VALUES[8]]),
    ("words", [WORDS[n] for n in (0, 1, 2, 5, 6, 7, 8, 9)]),
    ("words", [WORDS[3], WORDS[4]]),
]
"""Changes that stand in one paper."""


def test_every_change_stands_in_some_paper():
    assert sorted(id(one) for _, some in TOGETHER for one in some) == sorted(id(one) for one in VALUES + WORDS)


@pytest.mark.parametrize(("kind", "some"), TOGETHER)
def test_values_and_words(office, built, kind, some):
    _, data, done = taken_and_written(office, changed(built, *(step for step, _, _ in some)), kind)
    assert len(done.taken) >= len(some)
    assert [held(data, keyed(key)) for _, key, _ in some] == [value for _, _, value in some]


@pytest.mark.parametrize("some", [PLACED[:7], PLACED[7:]])
def test_what_is_new(office, built, some):
    _, data, _ = taken_and_written(office, changed(built, *(step for steps, _, _ in some for step in steps)), "placed")
    assert [held(data, keyed(key)) for _, key, _ in some] == [value for _, _, value in some]


def test_facts_taken_out(office, built):
    taken_and_written(office, changed(built, *(step for steps, _ in REMOVED for step in steps)), "removed")
    assert not {fact for _, fact in REMOVED} & set(notices.open(office.path).edition(NAME).profile.by_id)


@pytest.mark.parametrize(("steps", "key"), MOVED)
def test_what_moved(office, built, steps, key):
    before, after, done = taken_and_written(office, changed(built, *steps), "moved")
    assert held(before, keyed(key)) != held(after, keyed(key))
    facts = notices.open().edition(NAME).profile.by_id
    assert list(notices.open(office.path).edition(NAME).profile.by_id) == list(facts)
    assert not any(
        write.write.new is None and not write.write.key.startswith("outlines")
        for one in done.taken
        for write in one.writes
    )


def test_tracked_changes(office, built):
    done = office.take(changed(built, *(step for step, _, _ in TRACKED)), NAME)
    assert done.whole
    office.apply(done)
    assert [held(own(office).data, keyed(key)) for _, key, _ in TRACKED] == [value for _, _, value in TRACKED]
    for change in done.taken:
        assert {(one.author, one.date[:10], one.comes) for one in change.tracked} == {
            ("张三", "2025-04-01", True),
            ("张三", "2025-04-01", False),
        }


MANY = [
    *(VALUES[n][0] for n in (0, 3, 7, 9, 10, 12, 14, 15, 17)),
    WORDS[0][0],
    WORDS[6][0],
    *PLACED[0][0],
    *REMOVED[1][0],
]


@pytest.mark.slow
def test_many_at_once_comments_and_order_stay(office, built):
    path = office.path / "provinces/guangxi/2024.yaml"
    lines = path.read_text("utf-8").splitlines()
    returned = changed(built, *MANY)
    done = office.take(returned, NAME)
    assert done.whole
    office.apply(done)
    assert again(office, returned)[0] == again(office, returned)[1]
    after = path.read_text("utf-8").splitlines()
    assert [one for one in lines if "#" in one] == [one for one in after if "#" in one]
    assert list(yaml.safe_load("\n".join(after))) == list(yaml.safe_load("\n".join(lines)))
    assert len(set(lines) - set(after)) < 25, "lines nobody changed stay as they are"


LISTED = [
    (swap("我厅现组织全区开展2024年度", "我厅现组织全区开展2025年度"), "提纲的固定文字"),
    (swap("各市要严格把控", "各市、县要严格把控"), "别处也会跟着变"),
    (swap("二、申报程序", "三、申报程序"), "序号"),
    (swap("（附件3）", "（附件9）"), "附件号"),
    (swap("2024年5月31日", "2024年2月31日"), "读不成这一项的值"),
    (swap("近三年有", "近两年有"), "二第3段"),
    (swap("“信用中国”和", "“信用中国”“信用广西”和"), "程序按规定印"),
    (swap("0771-8095256", "8095256转3"), "格式不对"),
    (swap("2024年4月10日", "4月10日"), "写法由程序定"),
    (swap("园区建设重点是", "园区应重点建设"), "同一句里"),
    (without("附件：1."), "附件"),
]


@pytest.mark.parametrize(("step", "reason"), LISTED)
def test_what_cannot_be_taken_is_listed_with_a_reason(office, built, step, reason):
    path = office.path / "provinces/guangxi/2024.yaml"
    was = path.read_text("utf-8")
    done = office.take(changed(built, step), NAME)
    assert done.listed
    assert all(one.reason for one in done.listed)
    assert any(reason in one.reason for one in done.listed)
    assert done.own.text == was or done.taken


def test_an_identical_file_has_nothing_to_take(office, built):
    done = office.take(built, NAME)
    assert (done.taken, done.listed, done.own.text) == ((), (), done.own.was)


def test_styles_lost_it_still_works(office, built):
    done = office.take(plain(changed(built, VALUES[0][0], WORDS[0][0])), NAME)
    assert [one.kind for one in done.taken] == ["words", "value"]
    assert done.whole


def test_tracked_and_plain_changes_beside_each_other(office, built):
    done = office.take(changed(built, TRACKED[0][0], VALUES[5][0]), NAME)
    assert {bool(one.tracked) for one in done.taken} == {True, False}
    assert done.whole


def test_remarks_are_told_with_what_they_are_on(office, built):
    done = office.take(remarked(built, "要严格把控推荐质量", "请法规处核"), NAME)
    assert [(one.author, one.text) for one in done.remarks] == [("李处", "请法规处核")]
    assert "严格把控推荐质量" in done.remarks[0].on


def test_our_own_annotated_copy_has_no_remarks(office, built, library):
    edition = library.load(NAME)
    copy = annotated(built, checked(library, edition)["notice"].document, edition)
    assert office.take(copy, NAME).remarks == ()


@pytest.mark.parametrize("name", ["jilin@2024", "national@2023"])
def test_anothers_paper_is_named(office, name):
    returned = notices.open().edition(name).write("notice", "docx")
    with pytest.raises(ProblemsError, match=f"像是 {name}"):
        office.take(returned, NAME)


def test_last_years_paper_is_named(office, built):
    office.roll("guangxi", 2025)
    with pytest.raises(ProblemsError, match="像是 guangxi@2024"):
        notices.open(office.path).take(built, "guangxi@2025")


def strangers():
    made = docx.Document()
    for text in ("关于召开年度总结会议的通知", "各科室：", "定于周五下午召开会议，请准时参加。"):
        made.add_paragraph(text)
    return made


def test_a_strangers_paper_is_refused(office, tmp_path):
    path = tmp_path / "会议.docx"
    strangers().save(path)
    with pytest.raises(ProblemsError, match="不像是由"):
        office.take(path.read_bytes(), NAME)


BROKEN = [
    (b"", "空的"),
    (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "旧格式"),
    (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "密码"),
    (b"%PDF-1.7", "PDF"),
    (b"PK\x03\x04broken", "docx"),
]


@pytest.mark.parametrize(("content", "said"), BROKEN)
def test_what_is_no_word_file_says_so(office, content, said):
    with pytest.raises(ProblemsError, match=said):
        office.take(content, NAME)


def test_a_scan_says_so(office, tmp_path):
    path = tmp_path / "扫描.docx"
    docx.Document().save(path)
    with pytest.raises(ProblemsError, match="没有文字"):
        office.take(path.read_bytes(), NAME)


def test_a_shipped_edition_is_shown_and_not_written(built):
    workspace = notices.open()
    done = workspace.take(changed(built, VALUES[0][0]), NAME)
    assert done.taken
    with pytest.raises(notices.NoticesError):
        workspace.apply(done)


def test_another_authoritys_clause_is_not_written_as_ones_own(office):
    path = office.path / "provinces/guangxi/2024.yaml"
    text = re.sub(r"  park\.industrial-share: \{.*\}\n", "", path.read_text("utf-8"), count=1)
    path.write_text(text, "utf-8")
    workspace = notices.open(office.path)
    done = workspace.take(changed(workspace.edition(NAME).write("notice", "docx"), swap("超过50%", "超过60%")), NAME)
    workspace.apply(done)
    assert own(office).data["conditions"]["park.industrial-share"] == {"limit": {"value": 60}}


def test_a_reason_is_of_the_change_itself(office, built):
    returned = changed(built, PLACED[0][0][0], LISTED[0][0])
    assert ["2025" in one.reason for one in office.take(returned, NAME).listed] == [True]


def test_a_file_changed_meanwhile_is_left_alone(office, built):
    path = office.path / "provinces/guangxi/2024.yaml"
    done = office.take(changed(built, VALUES[0][0]), NAME)
    path.write_text(path.read_text("utf-8") + "# 另一人\n", "utf-8")
    was = path.read_bytes()
    with pytest.raises(ProblemsError, match="刚被别人改过"):
        office.apply(done)
    assert path.read_bytes() == was


def test_a_declined_change_is_left_out_and_listed(office, built):
    returned = changed(built, VALUES[0][0], VALUES[9][0])
    first = office.take(returned, NAME)
    some = office.take(returned, NAME, declined=[first.taken[0].name])
    assert len(some.taken) == len(first.taken) - 1
    assert [one.reason for one in some.listed] == ["没有选用"]


def test_the_rolled_years_open_values_are_settled_by_the_office(office):
    office.roll("guangxi", 2025)
    workspace = notices.open(office.path)
    returned = changed(
        workspace.edition("guangxi@2025").write("notice", "docx"),
        swap("【待定：成文日期】", "2025年4月8日"),
        swap("【待定：发文字号】", "桂工信能源〔2025〕77号"),
    )
    done = workspace.take(returned, "guangxi@2025")
    assert done.listed == ()
    workspace.apply(done)
    paper = notices.open(office.path).edition("guangxi@2025").profile.papers["notice"]
    assert (str(paper.issued), paper.number) == ("2025-04-08", "桂工信能源〔2025〕77号")


@pytest.mark.slow
def test_the_command_lists_then_writes(office, built, tmp_path, capsys):
    path = tmp_path / "改稿.docx"
    path.write_bytes(changed(built, VALUES[0][0]))
    base = ["--workspace", str(office.path), "take", str(path), NAME]

    def run(*more):
        code = cli._run([*base, *more])
        return int(code), *capsys.readouterr()

    code, out, err = run()
    assert code == 0
    line = own(office).origins["deadlines", "city-to-province", "date"].line
    assert f"provinces/guangxi/2024.yaml:{line}" in out
    assert "--apply" in err
    code, out, _ = run("--format", "json")
    assert json.loads(out)["changes"][0]["writes"][0]["key"] == "deadlines.city-to-province.date"
    code, out, _ = run("--format", "html")
    assert "<table" in out
    assert held(own(office).data, ("deadlines", "city-to-province", "date")) == "2024-05-31"
    code, _, err = run("--apply")
    assert (code, "已写进" in err) == (0, True)
    assert held(own(office).data, ("deadlines", "city-to-province", "date")) == "2024-06-14"
    path.write_bytes(changed(built, LISTED[0][0], VALUES[0][0]))
    assert run()[0] == Exit.PROBLEMS


@pytest.mark.parametrize(
    ("answers", "date", "limit"), [("n\ny\n", "2024-05-31", 20), ("a\n", "2024-06-14", 20), ("q\n", "2024-05-31", 15)]
)
def test_on_a_terminal_each_change_is_asked_about(office, built, tmp_path, monkeypatch, answers, date, limit):
    path = tmp_path / "改稿.docx"
    path.write_bytes(changed(built, VALUES[0][0], VALUES[9][0]))
    monkeypatch.setattr(taking, "_terminal", lambda: True)
    CliRunner().invoke(cli.cli, ["--workspace", str(office.path), "take", str(path), NAME], input=answers)
    profile = notices.open(office.path).edition(NAME).profile
    assert str(profile.deadlines["city-to-province"].date) == date
    assert profile.third_party["cap"].limit.value == limit


def test_all_the_rest_is_not_said_of_what_changes_what_binds(office, built, tmp_path, monkeypatch):
    path = tmp_path / "改稿.docx"
    path.write_bytes(changed(built, swap("近三年有", "近五年有"), WORDS[3][0], VALUES[0][0]))
    monkeypatch.setattr(taking, "_terminal", lambda: True)
    run = ["--workspace", str(office.path), "take", str(path), NAME]
    shown = CliRunner().invoke(cli.cli, run, input="a\nn\n")
    assert "约束的话变了：新增 可以" in shown.output
    profile = notices.open(office.path).edition(NAME).profile
    assert str(profile.deadlines["city-to-province"].date) == "2024-06-14"
    assert profile.exclusions.lookback.value == 5
    assert profile.duties["quality"].say == "要严格把控推荐质量"


PATCHES = [
    ("a: 1\nb: x # 注\n", {"a": 1, "b": "y"}, "a: 1\nb: y # 注\n"),
    ("a: {b: x, c: 1}\n", {"a": {"b": "x", "c": 1, "d": ["y", "z"]}}, "a: {b: x, c: 1, d: [y, z]}\n"),
    ("a:\n  - x\n  - z # 注\n", {"a": ["x", "y", "z"]}, "a:\n  - x\n  - y\n  - z # 注\n"),
    ("a:\n  - x # 注\n  - z\n", {"a": ["z"]}, "a:\n  # 注\n  - z\n"),
    ("a:\n  b: x\n\nc: 1\n", {"a": {"b": "x", "d": "y"}, "c": 1}, "a:\n  b: x\n  d: y\n\nc: 1\n"),
    ("a:\r\n  b: x\r\n", {"a": {"b": "y"}}, "a:\r\n  b: y\r\n"),
]


@pytest.mark.parametrize(("text", "wanted", "made"), PATCHES)
def test_yaml_is_changed_where_it_differs_and_nowhere_else(text, wanted, made):
    assert patched(text, wanted, "") == made


def test_a_comment_that_would_be_lost_is_refused():
    with pytest.raises(ProblemsError, match="写法特殊"):
        patched("a: [x, # 注\n  y]\n", {"a": ["x", "z"]}, "")


def test_distance_counts_what_differs(office, built):
    desk = Desk(OwnFile.of(office.library, NAME), "notice")
    state = desk.state(own(office))
    assert distance(state.lines, read("x", built).paras) == 0
    assert distance(state.lines, read("x", changed(built, swap("15项", "20项"))).paras) == 2


def test_a_change_is_not_taken_by_what_settles_another(office, built):
    state = Desk(OwnFile.of(office.library, NAME), "notice").state(own(office))
    paras = read("x", changed(built, VALUES[0][0], WORDS[0][0])).paras
    words, date = changes(state.lines, paras)
    data = own(office).data
    data["deadlines"]["city-to-province"]["date"] = "2024-06-14"
    made = state.desk.tried(state, data)
    assert reasons.against(state, made, paras, date) == ""
    assert "对不上" in reasons.against(state, made, paras, words)
