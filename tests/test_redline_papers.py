"""The 花脸稿, the summary in front and the command: what a person gets to see."""

import io
import re

import pypdf
import pytest
from click.testing import CliRunner
from redlines import W, document_xml, docx, p, t, tbl

from notices.app import redlining
from notices.commands.redline import redline as command
from notices.library import SHIPPED
from notices.ooxml import package
from notices.redline import proof
from notices.redline.make import redline
from notices.redline.page import page
from notices.redline.paper import paper
from notices.redline.summary import MEASURE, ROOM, changes
from notices.redline.view import view
from notices.typeset.fonts import find_fonts
from notices.wording.titles import width

OLD = docx(
    p("一、工作要求", "1"),
    p("请于2024年5月31日前报送材料一式一份。"),
    p("移动的这一段话在前面。"),
    p("要删去的一段完整的话。"),
    tbl(["企业名称", "统一社会信用代码"], ["绿色工厂的行业分类", "按国民经济行业分类填写"], ["旧行一", "旧行二"]),
    p("末段"),
)
NEW = docx(
    p("一、工作要求", "1"),
    p("请于2025年6月30日前报送材料一式两份。"),
    tbl(
        ["企业名称", "统一社会信用代码"],
        ["绿色工厂的行业分类", "按国民经济行业分类填写"],
        ["新行一是别的", "新行二也是"],
        ["又加一行", "内容另写"],
    ),
    p("新增加的一段<话>&。"),
    p("移动的这一段话在前面。"),
    p("末段"),
)
NAMES = ("旧件.docx", "新件.docx")


@pytest.fixture(scope="module")
def made():
    return redline(OLD, NEW, names=NAMES, front=True)


def lines(content, verdict=None, **options):
    return [(line.place, line.style, line.text) for line in proof.lines(package.read(content, "x"), verdict, **options)]


def test_the_summary_stands_in_front_and_survives_both_verdicts(made):
    for verdict, wanted in (("accept", NEW), ("reject", OLD)):
        assert lines(made.content, verdict, summary=True) == lines(wanted)
        assert lines(made.content, verdict)[0][2] == "修改情况摘要"
    xml = document_xml(made.content)
    assert re.search(r'<w:sectPr><w:pgSz w:w="11906" w:h="16838"/>.*?<w:pgNumType w:start="0"/></w:sectPr>', xml)


def test_the_summary_says_the_changes_in_words(made):
    said = "\n".join(made.summary.lines())
    assert "〔一、工作要求〕“2024年5月31日”改为“2025年6月30日”；“一式一份”改为“一式两份”" in said
    assert said.index("数字和日期：") < said.index("“2024年5月31日”改为") < said.index("其他修改：")
    assert "移动一段：“移动的这一段话在前面。”" in said
    assert "删去“要删去的一段完整的话。”" in said
    assert "删去表格一行：“旧行一 旧行二”" in said
    assert "原稿：旧件.docx" in said


def test_the_summary_keeps_to_one_page():
    many = [p(f"第{n}段原来写的是{n}号事项及其说明，") for n in range(200)]
    more = [p(f"第{n}段现在改成了{n + 1000}号事项及其说明，" + "很长" * 40) for n in range(200)]
    told = redline(docx(*many), docx(*more)).summary
    shown = list(told.lines())
    assert len(shown) <= ROOM
    assert all(width(line) <= MEASURE + 3 for line in shown)
    assert any(re.fullmatch(r"另有 \d{3} 处修改，见正文。", line) for line in shown)
    assert len(list(changes(redline(docx(*many), docx(*more)).view))) == told.more + len(told.changes) + len(
        told.figures
    )


def test_a_file_that_has_a_summary_can_be_compared_again(made):
    settled = redline(made.content, made.content, existing="accept", front=True)
    assert not settled.changed


def test_the_page_stands_alone_and_marks_everything(made):
    html = page(made.view, made.summary, NAMES, front=True).decode()
    assert "<del>2024年5月31日</del><ins>2025年6月30日</ins>" in html
    assert "<ins>新增加的一段&lt;话&gt;&amp;。</ins>" in html
    assert html.count("移走1") == html.count("移来1") == 1
    assert '<tr class="ins">' in html
    assert '<tr class="del">' in html
    assert "图例" in html
    assert not re.search(r"(src|href)=|url\(|@import|<script", html)


def test_the_page_without_its_marks_is_the_new_text():
    kept = [
        "".join(w.text for w in line.words if w.mark not in {"del", "from"})
        for line in view(package.read(redline(OLD, NEW).content, "x")).lines()
        if line.mark not in {"del", "from"}
    ]
    wanted = [text for _, _, text in lines(NEW)]
    assert [each for each in kept if each] == wanted


def test_notes_and_pictures_are_shown():
    inner = f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="1">{p("注的旧文字")}</w:footnote></w:footnotes>'
    ref = '<w:r><w:footnoteReference w:id="1"/></w:r>'
    one = docx(p(t("正文") + ref), p("末"), parts={"footnotes.xml": inner})
    two = docx(p(t("正文") + ref), p("末"), parts={"footnotes.xml": inner.replace("旧", "新")})
    result = redline(one, two)
    html = page(result.view, result.summary, NAMES).decode()
    assert "<sup>注1</sup>" in html
    assert re.search(r'class="note">.*<del>[^<]*旧', html)


def test_the_pdf_holds_every_word_and_is_the_same_each_time(made):
    fonts = find_fonts((SHIPPED / ".fonts",))
    one = paper(made.view, made.summary, NAMES, fonts, front=True)
    reader = pypdf.PdfReader(io.BytesIO(one))
    assert any(isinstance(each, list) for each in reader.outline), "headings below the title of the summary"
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = "".join(sheet.extract_text() for sheet in reader.pages)
    bare = "".join(text.split())
    for wanted in ("2024年5月31日", "2025年6月30日", "要删去的一段完整的话", "图例", "修改情况摘要", "新行一是别的"):
        assert wanted in bare
    assert one == paper(made.view, made.summary, NAMES, fonts, front=True)


def run(*arguments, obj):
    return CliRunner().invoke(command, list(map(str, arguments)), obj=obj, standalone_mode=False)


@pytest.fixture
def pair(tmp_path):
    old, new = tmp_path / "旧件.docx", tmp_path / "新件.docx"
    old.write_bytes(OLD)
    new.write_bytes(NEW)
    return old, new


@pytest.mark.parametrize("form", ["docx", "html", "pdf"])
def test_the_command_writes_what_was_asked_for(pair, tmp_path, form):
    path = tmp_path / f"结果.{form}"
    result = run(*pair, "-o", path, "--summary", obj=tmp_path)
    assert result.exception is None, result.exception
    assert result.stdout.strip() == str(path)
    assert "全部接受得新稿的正文，全部拒绝得旧稿的正文" in result.stderr
    assert path.read_bytes()[:4] == {"docx": b"PK\x03\x04", "html": b"<!DO", "pdf": b"%PDF"}[form]


def test_the_command_takes_author_and_date(pair, tmp_path):
    path = tmp_path / "x.docx"
    assert run(*pair, "-o", path, "--author", "处室", "--date", "2025-01-02", obj=tmp_path).exception is None
    assert 'w:author="处室" w:date="2025-01-02T00:00:00Z"' in document_xml(path.read_bytes())


def test_the_command_refuses_in_chinese(pair, tmp_path):
    cases = (
        ((tmp_path / "没有.docx", pair[1]), "没有这个文件"),
        ((*pair, "-o", pair[0]), "结果会盖掉"),
        ((*pair, "-o", tmp_path / "x.txt"), "扩展名"),
        ((*pair, "--date", "昨天"), "日期写成"),
        ((*pair, "--author", "甲\x01"), "作者不能"),
        (("nowhere", pair[1]), "没有名为 nowhere 的配置"),
    )
    for arguments, said in cases:
        error = run(*arguments, obj=tmp_path).exception
        assert error is not None
        assert said in str(getattr(error, "message", "") or error)
    assert pair[0].read_bytes() == OLD


def test_the_same_file_twice_has_no_changes(pair, tmp_path):
    result = run(pair[0], pair[0], "-o", tmp_path / "x.docx", obj=tmp_path)
    assert result.exception is None
    assert "两件没有差别" in result.stderr


def test_a_signature_stands_on_the_right_and_the_list_of_attachments_is_no_heading():
    sign = p("某某厅甲", extra='<w:ind w:left="5054"/>')
    one, two = (docx(p(f"附件：1.{each}"), p("附件1"), sign, p("末")) for each in ("旧表", "新表"))
    html = page(redline(one, two).view, redline(one, two).summary, NAMES).decode()
    assert re.search(r'<p class="right">某某厅甲', html)
    assert re.search(r'<p class="body changed">附件：1', html)
    assert re.search(r'<p class="body heading"[^>]*>附件1', html)


def test_an_edition_is_called_by_its_title(library):
    side = redlining.of_edition(library, "guangxi@2024", "notice")
    assert re.fullmatch(r"2024年\d+月\d+日《.*通知》", side.name)
