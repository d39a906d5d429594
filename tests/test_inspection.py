"""``notices check``: our own papers, bad input, reports, comments in a copy, an office's own rules."""

from __future__ import annotations

import copy
import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace

import docx
import pypdf
import pytest
from click.testing import CliRunner
from conftest import ROOT
from docx.oxml.ns import qn
from PIL import Image
from planting import Sheet, paper, spans, typed

import notices
from notices.cli import cli
from notices.document import blocks as b
from notices.errors import NotFoundError, ProblemsError
from notices.inspection import catalog, inspect, office, page, reader, word
from notices.inspection.faces import family
from notices.inspection.notes import commented
from notices.ooxml.xml import pack, unpack

AGREED = {"unfilled", "title-face", "mark-face", "imprint-even", "title-shape"}
"""What a person agrees with.

Values to be confirmed, faces this machine has none of, an imprint on an odd page, and a title of two lines of nineteen
characters each, which no other break between words makes fit.
"""


@pytest.fixture(scope="module")
def faulty(sound):
    sheet = Sheet(sound)
    sheet.say("〔2024〕8号", "[2024]8号")
    sheet.look("优先推荐", "<w:i/>")
    return sheet.bytes()


def dot():
    """A picture."""
    out = io.BytesIO()
    Image.new("RGB", (80, 50), "red").save(out, "PNG")
    out.seek(0)
    return out


def told(content, name="件.docx"):
    return inspect.inspected(reader.read(name, content)[0])


def rules(content, name="件.docx"):
    return {one.rule for one in told(content, name).findings}


@pytest.mark.slow
@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_our_own_papers_give_no_finding_a_person_would_not_agree_with(editions, form):
    for name in list(editions)[:: 1 if form == "docx" else 3]:
        edition = notices.open().edition(name)
        for kind in edition.profile.papers:
            assert rules(edition.write(kind, form), f"{kind}.{form}") <= AGREED, (name, kind)


def test_findings_are_told_with_clause_place_and_remedy(faulty):
    found = told(faulty)
    assert [(one.rule, one.level, one.source) for one in found.findings] == [
        ("number-brackets", "must", "GB/T 9704-2012 7.2.5"),
        ("text-italic", "should", "GB/T 9704-2012 5.2.2"),
    ]
    assert found.findings[0].where == "约第 1 页第 2 段“[2024]”"
    assert not found.sound
    assert (found.count("must"), found.count("should"), found.count("note")) == (1, 1, 0)


def test_only_and_level_narrow_what_is_told(faulty):
    read = reader.read("件.docx", faulty)[0]
    assert {one.rule for one in inspect.inspected(read, only={"text-italic"}).findings} == {"text-italic"}
    assert {one.rule for one in inspect.inspected(read, least="must").findings} == {"number-brackets"}


def test_a_whole_text_in_the_wrong_face_is_one_finding(sound):
    sheet = Sheet(sound)
    for style in ("公文正文", "主送机关", "附件说明", "发文机关署名", "成文日期", "附注"):
        sheet.style(style, '<w:rFonts w:eastAsia="宋体"/>', "rPr")
    found = told(sheet.bytes()).findings
    assert [one.rule for one in found] == ["text-face"]
    assert len(found[0].places) >= 10
    assert "等" in found[0].where


def test_a_masthead_in_a_table_is_held_against_what_can_be_told_of_it():
    document = docx.Document()
    for text in ("甲省财政厅文件", "甲财[2024]12号"):
        document.add_table(1, 1).cell(0, 0).text = text
    for text in ("关于报送节水名单的通知", "各市财政局：", "现将名单下发。", "甲省财政厅", "2024年4月3日"):
        document.add_paragraph(text)
    out = io.BytesIO()
    document.save(out)
    found = rules(out.getvalue())
    assert {"number-brackets", "mark-colour", "red-line"} <= found
    assert not {"number-gap", "title-gap", "mark-place", "number-place"} & found, "a table's rows hide it"


class TestOffice:
    def read(self, tmp_path, text):
        path = tmp_path / "规定.yaml"
        path.write_text(text, "utf-8")
        return office.read(path, catalog.IDS)

    def test_its_own_margins_faces_sizes_and_levels_count(self, tmp_path, sound):
        own = self.read(
            tmp_path,
            "margins: {top: 30}\nfaces: {text: [宋体]}\nsizes: {title: 小二}\noff: [title-size]\nlevels: {text-face: note}\n",
        )
        found = inspect.inspected(reader.read("件.docx", sound)[0], own).findings
        assert {(one.rule, one.level) for one in found} == {
            ("margin-top", "must"),
            ("text-face", "note"),
        }

    def test_a_margin_of_its_own_is_what_is_set_in_the_file(self, tmp_path, sound):
        """No half of the room between lines goes off it, as off the standard's 37 mm."""
        own = self.read(tmp_path, "margins: {top: 39.5, bottom: 37.5}\n")
        found = inspect.inspected(reader.read("件.docx", sound)[0], own, only={"margin-top"}).findings
        assert [one.expected for one in found] == ["上边距 39.5±1 毫米"]

    def test_an_empty_file_is_the_standard(self, tmp_path, sound):
        assert inspect.inspected(reader.read("件.docx", sound)[0], self.read(tmp_path, "name: 某厅\n")).findings == ()

    def test_all_that_is_wrong_with_it_comes_at_once_with_line_and_remedy(self, tmp_path):
        text = "margins: {top: 3x, upper: 3}\noff: [tittle-face]\nfaces: {text: []}\nfoo: 1\nsizes: {title: 大号}\n"
        with pytest.raises(ProblemsError) as caught:
            self.read(tmp_path, text)
        problems = caught.value.problems
        assert {(one.line, one.key) for one in problems} == {
            *((1, "margins.top"), (1, "margins.upper"), (3, "faces.text"), (4, "foo"), (5, "sizes.title")),
        }
        assert all(one.hint for one in problems)
        with pytest.raises(ProblemsError, match="title-face"):
            self.read(tmp_path, "off: [tittle-face]\n")


class TestComments:
    def test_a_copy_has_a_comment_at_each_finding_and_the_text_is_as_it_was(self, faulty):
        found = told(faulty).findings
        made = commented("件.docx", faulty, found)
        document = docx.Document(io.BytesIO(made))
        said = [comment.text for comment in document.comments]
        assert len(said) == len(found)
        assert "六角括号" in said[0]
        assert "7.2.5" in said[0]
        marked = next(p for p in document.element.body.iter(qn("w:p")) if p.find(qn("w:commentRangeStart")) is not None)
        assert "[2024]" in "".join(marked.itertext(qn("w:t")))
        before, after = (reader.read("件.docx", content)[0] for content in (faulty, made))
        assert [para.runs for para in before.paras] == [para.runs for para in after.paras]
        assert after.comments == len(found)

    def test_comments_there_were_stay(self, faulty):
        document = docx.Document(io.BytesIO(faulty))
        document.add_comment(document.paragraphs[3].runs, "原来的批注", author="甲")
        out = io.BytesIO()
        document.save(out)
        made = commented("件.docx", out.getvalue(), told(faulty).findings)
        said = [comment.text for comment in docx.Document(io.BytesIO(made)).comments]
        assert said[0] == "原来的批注"
        assert len(said) == 3

    def test_equal_input_gives_equal_bytes(self, faulty):
        found = told(faulty).findings
        assert commented("件.docx", faulty, found) == commented("件.docx", faulty, found)


class TestBadInput:
    def test_what_is_no_official_paper_is_told_so_in_one_finding(self):
        document = docx.Document()
        for text in ("今天天气很好。", "我们去了公园，看到许多花。", "晚上回家吃饭。"):
            document.add_paragraph(text)
        out = io.BytesIO()
        document.save(out)
        found = told(out.getvalue()).findings
        assert [(one.rule, one.level) for one in found] == [("no-paper", "must")]

    @pytest.mark.parametrize("form", ["docx", "pdf"])
    @pytest.mark.parametrize("first", ["各地规定对照表", "一、日程"])
    def test_a_report_on_lying_pages_is_no_official_paper(self, press, form, first):
        rows = tuple(b.TableRow(tuple(b.Cell((spans(text),)) for text in "甲乙丙")) for _ in range(30))
        blocks = (
            b.Title((first,)),
            b.Heading(1, spans("一、一览")),
            b.Paragraph(spans("说明。")),
            b.Table((1, 1, 1), rows),
        )
        made = press.bytes_of(b.Document("report", "对照表", "", "report", blocks), form)
        (found,) = told(made, f"表.{form}").findings
        assert (found.rule, found.level) == ("no-paper", "must")
        assert "附件" in found.remedy

    def test_an_attachment_on_a_lying_page_is_one(self, press):
        rows = tuple(b.TableRow(tuple(b.Cell((spans(text),)) for text in "甲乙丙")) for _ in range(5))
        blocks = (b.Section(landscape=True), b.AttachmentLabel("附件"), b.Title(("汇总表",)), b.Table((1, 1, 1), rows))
        assert rules(press.bytes_of(b.Document("form", "汇总表", "", "plain", blocks), "docx")) == set()

    def test_a_scan_in_a_word_file_is_told_so(self):
        document, out = docx.Document(), io.BytesIO()
        document.add_picture(dot())
        document.save(out)
        (found,) = told(out.getvalue()).findings
        assert "扫描件" in found.found
        assert "OCR" in found.remedy

    @pytest.mark.parametrize("form", ["docx", "pdf"])
    def test_a_picture_among_the_text_is_named_as_not_checked(self, press, form):
        whole = paper()
        made = press.bytes_of(
            replace(whole, blocks=(*whole.blocks[:5], b.Figure(dot().read(), 80, 50), *whole.blocks[5:])), form
        )
        read = reader.read(f"件.{form}", made)[0]
        assert any("图片里的文字、表格没有检查" in one for one in read.remarks)
        assert not reader.read(f"件.{form}", press.bytes_of(whole, form))[0].remarks

    def test_a_file_without_text_is_told_so(self):
        out = io.BytesIO()
        docx.Document().save(out)
        assert told(out.getvalue()).findings[0].found == "文件里没有文字"

    def test_macros_and_embedded_files_are_named_and_never_run(self, sound):
        parts = unpack(sound)
        more = {"word/vbaProject.bin": b"\0", "word/embeddings/oleObject1.bin": b"\0"}
        kinds = parts["[Content_Types].xml"].replace(
            b"</Types>", b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/></Types>'
        )
        read = reader.read("件.docx", pack(parts | more | {"[Content_Types].xml": kinds}))[0]
        assert any("宏" in one for one in read.remarks)
        assert any("OLE" in one for one in read.remarks)

    @pytest.mark.parametrize("name", ["照片.jpg", "表.xlsx", "版.ofd", "文.txt"])
    def test_other_kinds_of_files_are_refused_with_a_way_on(self, name):
        with pytest.raises(ProblemsError, match="docx"):
            reader.read(name, b"x")

    @pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + b"\0" * 500, b"%PDF-1.4\n%%EOF"])
    def test_a_broken_pdf_is_refused(self, content):
        with pytest.raises(ProblemsError):
            reader.read("件.pdf", content)

    def test_a_scan_is_told_so(self):
        writer = pypdf.PdfWriter()
        writer.add_blank_page(595, 842)
        out = io.BytesIO()
        writer.write(out)
        with pytest.raises(ProblemsError, match="扫描件"):
            reader.read("件.pdf", out.getvalue())

    def test_a_locked_pdf_is_told_so(self, press):
        writer = pypdf.PdfWriter(io.BytesIO(press.bytes_of(paper(), "pdf")))
        writer.encrypt("secret", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        with pytest.raises(ProblemsError, match="密码"):
            reader.read("件.pdf", out.getvalue())

    def test_a_bomb_is_not_unpacked(self):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("word/document.xml", b"0" * 80_000_000)
        with pytest.raises(ProblemsError, match="太大"):
            reader.read("件.docx", out.getvalue())

    def test_values_that_are_no_figures_do_no_harm(self, sound):
        parts = unpack(sound)
        body = parts["word/document.xml"].replace(b'w:w="11906"', b'w:w="wide"').replace(b'w:top="2098"', b'w:top=""')
        assert rules(pack(parts | {"word/document.xml": body})) <= {"paper-size", "margin-top", "grid-lines"}

    def test_a_file_of_five_hundred_pages_is_read(self, sound):
        sheet = Sheet(sound)
        para = sheet.para("优先推荐")
        for number in range(5_000):
            twin = copy.deepcopy(para)
            next(twin.iter(qn("w:t"))).text = f"第{number}家企业已经建成能源管理中心，" * 4
            para.addprevious(twin)
        assert rules(sheet.bytes()) == set()

    def test_a_lying_page_between_is_no_fault(self, press):
        whole = paper()
        at = next(n for n, block in enumerate(whole.blocks) if isinstance(block, b.AttachmentLabel))
        blocks = (
            *whole.blocks[:at],
            b.Section(landscape=True),
            *whole.blocks[at : at + 3],
            b.Section(),
            *whole.blocks[at + 3 :],
        )
        made = press.bytes_of(replace(whole, blocks=blocks), "docx")
        assert any(sheet.landscape for sheet in reader.read("件.docx", made)[0].sheets)
        assert rules(made) == set()


class TestForeign:
    def plain(self):
        """A notice as somebody types it with python-docx: everything is Word's own."""
        document = docx.Document()
        document.add_heading("关于开展节水工作的通知", 0)
        for text in ("各市水利局：", "为做好节水工作，现将有关事项通知如下。", "一、工作安排", "请于5月底前完成。"):
            document.add_paragraph(text)
        for text in ("测试省水利厅", "2024年05月03日"):
            document.add_paragraph(text)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def test_a_plain_word_file_is_told_what_it_lacks_once_each(self):
        found = told(self.plain()).findings
        assert len(found) == len({one.rule for one in found})
        assert {"paper-size", "margin-top", "title-place", "text-face", "body-indent", "date-form", "page-number"} <= {
            one.rule for one in found
        }

    def test_a_sound_notice_typed_in_word_is_not_complained_of(self):
        assert {(one.rule, one.found) for one in told(typed()).findings} == set()

    @pytest.mark.slow
    @pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
    def test_what_libreoffice_writes_of_our_paper_gives_nothing_but_what_it_lost(self, sound, tmp_path):
        (tmp_path / "a.docx").write_bytes(sound)
        command = ("soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/p", "--convert-to")
        done = subprocess.run(
            [*command, "docx:MS Word 2007 XML", "--outdir", f"{tmp_path}/out", f"{tmp_path}/a.docx"],
            capture_output=True, check=False, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0
        assert rules((tmp_path / "out/a.docx").read_bytes()) <= {"quotes-face"}

    @pytest.mark.skipif(shutil.which("pandoc") is None, reason="needs pandoc")
    def test_what_pandoc_writes_is_read(self, tmp_path):
        (tmp_path / "a.md").write_text(
            "# 关于开展工作的通知\n\n各市局：\n\n正文一段。\n\n测试省水利厅\n\n2024年4月3日\n", "utf-8"
        )
        subprocess.run(["pandoc", "a.md", "-o", "a.docx"], cwd=tmp_path, check=True)
        assert "title-place" in rules((tmp_path / "a.docx").read_bytes())


class TestCommand:
    @pytest.fixture
    def desk(self, tmp_path, monkeypatch, sound, faulty):
        monkeypatch.chdir(tmp_path)
        (tmp_path / "好.docx").write_bytes(sound)
        (tmp_path / "坏.docx").write_bytes(faulty)
        return tmp_path

    def run(self, *arguments):
        return CliRunner().invoke(cli, ["check", *arguments])

    @pytest.mark.usefixtures("desk")
    def test_a_sound_file_ends_with_nought_and_a_bad_one_with_one(self):
        assert self.run("好.docx").exit_code == 0
        done = self.run("坏.docx")
        assert done.exit_code == 1
        assert "必须改 [number-brackets]" in done.output
        assert "→ 改用六角括号" in done.output
        assert self.run("坏.docx", "--only", "text-italic").exit_code == 0

    @pytest.mark.usefixtures("desk")
    def test_what_was_narrowed_is_not_told_to_be_sound(self):
        assert self.run("好.docx").output.strip() == "好.docx：没有发现问题"
        assert "所选的规则" in self.run("坏.docx", "--only", "margin-top").output

    @pytest.mark.usefixtures("desk")
    def test_json_has_every_place(self):
        found = json.loads(self.run("好.docx", "坏.docx", "--format", "json").output)
        assert [(one["file"], one["sound"]) for one in found] == [("好.docx", True), ("坏.docx", False)]
        assert found[1]["findings"][0]["places"] == [{"paragraph": 2, "page": 1, "about": True, "words": "[2024]"}]

    def test_html_and_comments_are_files(self, desk):
        assert self.run("坏.docx", "-o", "查.html").exit_code == 1
        assert "必须改" in (desk / "查.html").read_text("utf-8")
        assert self.run("坏.docx", "好.docx", "--format", "docx").exit_code == 1
        assert (desk / "build/check-坏.docx").exists()
        assert list(docx.Document(desk / "build/check-好.docx").comments) == []

    def test_the_file_itself_is_never_written_over(self, desk):
        before = (desk / "坏.docx").read_bytes()
        assert self.run("坏.docx", "-o", "坏.docx").exit_code != 0
        assert (desk / "坏.docx").read_bytes() == before

    @pytest.mark.usefixtures("desk")
    def test_wrong_usage_is_told(self):
        assert self.run().exit_code == 2
        assert self.run("坏.docx", "-o", "查.odt").exit_code == 2
        assert isinstance(self.run("坏.docx", "--only", "nothing").exception, NotFoundError)
        assert isinstance(self.run("没有.docx").exception, ProblemsError)

    def test_comments_in_a_pdf_are_refused(self, desk, press):
        (desk / "件.pdf").write_bytes(press.bytes_of(paper(), "pdf"))
        assert isinstance(self.run("件.pdf", "--format", "docx").exception, NotFoundError)


def test_the_page_of_rules_is_the_code_s():
    made = page.page()
    assert (ROOT / "docs/check-rules.md").read_text("utf-8") == made, "notices check-rules -o docs/check-rules.md"
    assert all(f"`{one}`" in made for one in catalog.IDS)


def test_every_rule_has_an_id_of_its_own_and_a_sentence():
    assert len(catalog.RULES) == len(catalog.IDS)
    assert all(one.doc.endswith("。") for one in catalog.RULES)


@pytest.mark.parametrize(
    ("face", "kind"),
    [
        ("仿宋_GB2312", "fang"), ("FangSong", "fang"), ("方正仿宋_GBK", "fang"), ("STFangsong", "fang"), ("FZFSK--GBK1-0", "fang"),
        ("黑体", "hei"), ("SimHei", "hei"), ("方正黑体_GBK", "hei"), ("微软雅黑", "other"), ("Microsoft YaHei", "other"),
        ("楷体_GB2312", "kai"), ("KaiTi", "kai"), ("华文行楷", "other"), ("宋体", "song"), ("SimSun", "song"),
        ("方正小标宋简体", "title"), ("FZXBSJW--GB1-0", "title"), ("ABCDEF+FZXBSK", "title"), ("华文中宋", "song"), ("等线", "other"),
        ("Times New Roman", "other"),
    ],
)  # fmt: skip
def test_faces_belong_to_families_however_they_are_named(face, kind):
    assert family(face) == kind


def test_reading_never_names_a_paragraph_that_is_not_there(sound):
    read = word.read("件.docx", sound)
    assert [para.number for para in read.paras] == list(range(1, len(read.paras) + 1))
