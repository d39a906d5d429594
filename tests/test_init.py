"""A new workspace: what is asked, what the name tells, another authority beside the first, and the lazy path refused."""

import re

import pytest
from click.testing import CliRunner

from notices import cli
from notices.app.workspace import NO_LEVEL, Office, WorkspaceError, create, derived
from notices.commands import setup
from notices.errors import Exit, ProblemsError
from notices.inherited import undecided
from notices.library import Library
from notices.profile import Pending
from notices.renewal.confirm import confirm, waiting

NAME = "甲省工业和信息化厅"
TOLD = ("--name", NAME, "--area", "市（州）", "--area-code", "0799", "--addressee", "各市（州）工业和信息化局")
MADE_UP = {
    "source.title": "甲省工业和信息化厅的通知",
    "source.checked": "2025-04-08",
    "papers.notice.number": "甲工信节〔2025〕12号",
    "papers.notice.issued": "2025-04-08",
    "papers.notice.imprint.issuer": "办公室",
    "papers.notice.imprint.printed": "2025-04-08",
    "deadlines.city-to-province.date": "2025-05-29",
    "contacts.office.office": "节能处",
    "contacts.office.person": "钱某一",
    "contacts.office.phone": "0799-5550125",
    "attachments.summary.title": "推荐汇总表",
}


def run(capsys, *arguments):
    code = cli._run([str(one) for one in arguments])
    told = capsys.readouterr()
    return int(code), told.out, told.err


@pytest.mark.parametrize(
    ("name", "region", "level", "whole", "itself"),
    [
        ("甲省工业和信息化厅", "甲省", "省级", "全省", "我厅"),
        ("乙族自治区工业和信息化厅", "乙族自治区", "自治区级", "全区", "我厅"),
        ("丙市经济和信息化委员会", "丙市", "市级", "全市", "我委"),
        ("甲省丁市工业和信息化局", "甲省丁市", "市级", "全市", "我局"),
        ("甲省市场监督管理局", "甲省", "省级", "全省", "我局"),
        ("戊自治州发展和改革委", "戊自治州", "州级", "全州", "我委"),
    ],
)
def test_what_a_name_tells(name, region, level, whole, itself):
    assert derived(name) == {"region": region, "level": level, "whole": whole, "itself": itself}
    assert derived("某中心") == {}


def test_what_is_told_stands_in_the_profile_and_what_is_not_is_open(tmp_path, capsys):
    code, _, err = run(capsys, "init", tmp_path / "jia", "--year", 2025, *TOLD)
    assert (code, "辖区 甲省、级别 省级、全辖区 全省、自称 我厅" in err, "没有写的" in err) == (0, True, False)
    profile = Library.at(tmp_path / "jia").load("jia").profile
    authority, notice = profile.authority, profile.papers["notice"]
    assert (authority.name, authority.region, authority.level) == (NAME, "甲省", "省级")
    assert (authority.area, authority.area_codes) == ("市（州）", ("0799",))
    assert notice.title.suggest == f"{NAME}关于开展{{year}}年度省级绿色制造名单申报工作的通知"
    assert (notice.mark, notice.subject) == ((f"{NAME}文件",), "省级绿色制造名单申报工作")
    assert profile.deadlines["city-to-province"].label == "报送截止"
    code, _, err = run(capsys, "init", tmp_path / "yi", "--year", 2025)
    missing = "--name、--region、--level、--area、--area-code、--addressee"
    assert (code, f"没有写的，先作待定或空着：{missing}\n" in err) == (0, True)
    profile = Library.at(tmp_path / "yi").load("yi").profile
    assert isinstance(profile.papers["notice"].subject, Pending)
    assert isinstance(profile.authority.area, Pending)


def test_a_letter_has_no_imprint_and_a_list_may_have_no_level(tmp_path, capsys):
    options = (*TOLD, "--level", NO_LEVEL, "--verb", "推荐", "--layout", "letter")
    assert run(capsys, "init", tmp_path / "jia", "--year", 2025, *options)[0] == 0
    library = Library.at(tmp_path / "jia")
    profile = library.load("jia").profile
    notice = profile.papers["notice"]
    assert (profile.authority.level, notice.subject, notice.imprint) == (None, "绿色制造名单推荐工作", None)
    assert notice.mark == (NAME,)
    assert not [item for item in waiting(library, "jia")[1] if "imprint" in item["key"]]
    ask = ("checklist", "jia", "--category", "factory", "--format", "md", "--out", tmp_path / "out")
    code, _, err = run(capsys, "--workspace", tmp_path / "jia", *ask)
    assert (code, "条规定沿用 national@2023，没有人确认，未必是本机关的规定" in err) == (0, True)
    (made,) = (tmp_path / "out").rglob("*.md")
    assert "2025年度绿色工厂申报核对清单" in made.read_text("utf-8")


def test_a_second_authority_comes_to_a_workspace_and_leaves_the_first_alone(tmp_path, capsys):
    assert run(capsys, "init", tmp_path, "--id", "jia", "--year", 2025, *TOLD)[0] == 0
    first = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, out, _ = run(capsys, "init", tmp_path, "--id", "yi", "--year", 2025, "--name", "乙市工业和信息化局")
    assert (code, out.split()) == (0, [str(tmp_path / "provinces/yi/2025.yaml")])
    assert {path: path.read_bytes() for path in first} == first
    assert {"jia@2025", "yi@2025"} <= set(Library.at(tmp_path).editions())
    for identity, told in (("jia", "没有覆盖"), ("guangxi", "自带的发文机关"), ("Jia_1", "不能用")):
        code, _, err = run(capsys, "init", tmp_path, "--id", identity, "--year", 2025)
        assert (code, told in err) == (Exit.USAGE, True)


def test_a_folder_that_is_no_workspace_keeps_its_files(tmp_path):
    (tmp_path / "README.md").write_text("mine", "utf-8")
    with pytest.raises(WorkspaceError, match="没有覆盖"):
        create(tmp_path, Library.at(None), 2025, Office("jia"))
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_on_a_terminal_what_is_not_told_is_asked(tmp_path, monkeypatch):
    monkeypatch.setattr(setup, "_terminal", lambda: True)
    answers = "甲省工业和信息化厅\n\n\n盟市\n0799、0798\n各市局；各有关单位\n推荐\n信函\n"
    done = CliRunner().invoke(cli.cli, ["init", str(tmp_path / "jia"), "--year", "2025"], input=answers)
    assert done.exit_code == 0, done.output
    authority = Library.at(tmp_path / "jia").load("jia").profile.authority
    assert (authority.region, authority.level, authority.area) == ("甲省", "省级", "盟市")
    assert authority.area_codes == ("0799", "0798")
    notice = Library.at(tmp_path / "jia").load("jia").profile.papers["notice"]
    assert notice.addressees == ("各市局", "各有关单位")
    assert (notice.subject, notice.layout, notice.imprint) == ("省级绿色制造名单推荐工作", "letter", None)


def test_a_year_is_told_or_asked_for_and_never_taken_from_elsewhere(tmp_path, capsys, monkeypatch):
    code, _, err = run(capsys, "init", tmp_path / "jia", *TOLD)
    assert (code, "没有写年度" in err, (tmp_path / "jia").exists()) == (Exit.USAGE, True, False)
    monkeypatch.setattr(setup, "_terminal", lambda: True)
    done = CliRunner().invoke(cli.cli, ["init", str(tmp_path / "jia"), *TOLD], input="1926\n2026\n" + "\n" * 4)
    assert (done.exit_code, done.output.count("年度（如 2026）")) == (0, 2)
    assert Library.at(tmp_path / "jia").load("jia").profile.year == 2026


@pytest.mark.parametrize("name", ["甲：厅 # 一", "a: b", "“甲”省, 厅", "- 厅", "'甲' 厅"])
def test_any_name_is_written_so_that_it_reads_back(tmp_path, name):
    create(tmp_path, Library.at(None), 2025, Office("jia", name=name, addressees=[name]))
    tree, _ = Library.at(tmp_path).tree(tmp_path / "provinces/jia/2025.yaml")
    assert (tree.data["authority"]["name"], tree.data["papers"]["notice"]["addressees"]) == (name, [name])


@pytest.mark.parametrize("name", ["某某省工业和信息化厅", "{pending: x}", "甲\u200b省厅"])
def test_a_name_that_makes_no_profile_is_refused_and_nothing_is_written(tmp_path, name):
    with pytest.raises(ProblemsError, match=r"authority\.name"):
        create(tmp_path, Library.at(None), 2025, Office("jia", name=name))
    assert list(tmp_path.iterdir()) == []


def test_the_lazy_path_is_refused_with_what_nobody_decided(tmp_path, capsys):
    """Everything the tool lists as a value is settled, and nothing is asked of the source: no final notice."""
    assert run(capsys, "init", tmp_path, "--id", "jia", "--year", 2025, *TOLD)[0] == 0
    library = Library.at(tmp_path)
    for item in waiting(library, "jia")[1]:
        confirm(library, "jia", item["key"], MADE_UP.get(item["key"]), tmp_path)
    assert waiting(library, "jia")[1] == []
    build = ("--workspace", tmp_path, "build", "jia", "--format", "md", "--out", tmp_path / "out")
    code, _, err = run(capsys, *build, "--final")
    assert code == Exit.PROBLEMS
    open_ = [one.key for one in undecided(library, library.load("jia"))]
    assert len(open_) > 40
    assert [key for key in open_ if f" {key}: 沿用 national@2023" not in err] == []
    assert "source.clauses: 没有列出原文的条款" in err
    assert not (tmp_path / "out").exists()
    code, _, err = run(capsys, *build)
    assert (code, f"沿用 national@2023、没有人确认的规定（{len(open_)} 处）" in err) == (0, True)
    assert "草稿" in (tmp_path / "out/jia-2025/notice.md").read_text("utf-8"), "a print of it is a draft"


def test_unknown_keys_and_places_name_the_nearest_and_where_they_stand(tmp_path):
    create(tmp_path, Library.at(None), 2025, Office("jia"))
    path = tmp_path / "provinces/jia/2025.yaml"
    text = path.read_text("utf-8")
    path.write_text(text.replace("evaluation:", "evalution:").replace("  area:", "  aera:"), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        Library.at(tmp_path).load("jia")
    hints = {one.key: one.hint for one in caught.value.problems}
    assert ("是不是 evaluation？" in hints["evalution"], "是不是 area？" in hints["authority.aera"]) == (True, True)
    own = "evaluation: {route: {by: applicant}, supply-chain.sector: {say: '依据{ref:gb36132}评价', items: null}}"
    path.write_text(re.sub(r"evaluation: .*", own, text), "utf-8")
    with pytest.raises(ProblemsError) as caught:
        Library.at(tmp_path).load("jia")
    (found,) = [one for one in caught.value.problems if "{items}" in one.message]
    assert (found.key, found.file) == ("evaluation.supply-chain.sector.when", "provinces/national/2023.yaml")
