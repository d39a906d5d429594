"""A profile held against its source: what stands there is found, what does not never is, in every kind of file."""

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pypdf
import pytest
from conftest import ROOT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st

from notices.checks.cites import CITE
from notices.cli import main
from notices.document.blocks import (
    AttachmentList,
    Document,
    Heading,
    Masthead,
    Note,
    Paragraph,
    Salutation,
    Signature,
    Title,
    spans,
)
from notices.errors import ProblemsError
from notices.library import SHIPPED, Library
from notices.ooxml.archive import WORD
from notices.rendering.renderer import Press
from notices.verify import check, readers, tables, word
from notices.verify import office as older
from notices.verify.clauses import parse
from notices.verify.demands import demand
from notices.verify.match import Passage, judge
from notices.verify.terms import Demand, Term
from notices.verify.texts import plain
from notices.verify.wording import listing, replaced, unbound
from notices.verify.zones import SourceText
from notices.wording.spelling import amounts, bare, days, tidy
from notices.wording.words import figure

DATA = Path(__file__).with_name("data") / "verify"
SOURCE = (DATA / "source.txt").read_text("utf-8")


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    (folder / "provinces/testland").mkdir(parents=True)
    shutil.copyfile(DATA / "profile.yaml", folder / "provinces/testland/2024.yaml")
    return folder


@pytest.fixture(scope="module")
def edition(office):
    return Library.at(office).load("testland")


@pytest.fixture(scope="module")
def held(edition):
    """``held(text)``: the profile against a source text."""
    return lambda text: check.verify(edition, plain("source.txt", text.encode()))


def status(report):
    return {one.key: one.status for one in report.verdicts}


def changed(old, new, count=1):
    assert SOURCE.count(old) >= 1, old
    return SOURCE.replace(old, new, count)


def test_every_fact_of_a_sound_profile_is_found_and_nothing_is_missed(held):
    report = held(SOURCE)
    assert len(report.verdicts) == 25
    assert set(status(report).values()) == {"found"}
    assert (report.missed, report.surplus, report.absent) == ((), (), ())
    assert report.sound


def test_the_passage_and_the_share_of_the_words_are_told(held):
    found = {one.key: one.judgement for one in held(SOURCE).verdicts}
    cap = found["third-party.cap"]
    assert "不超过15项" in cap.exact
    assert "不得超过15项" in cap.passage
    assert 0.6 < found["conditions.park.province"].score < 1


FIGURES = [
    ("3000吨标准煤以上", "4000吨标准煤以上", "conditions.factory.certificate"),
    ("（含3000吨标准煤）", "（含4000吨标准煤）", "conditions.factory.certificate"),
    ("50％", "60％", "conditions.park.share"),
    ("超过 50％", "达到 50％", "conditions.park.share"),
    ("超过 50％", "不超过 50％", "conditions.park.share"),
    ("创建了3家", "创建了4家", "conditions.park.province"),
    ("或1家", "或2家", "conditions.park.national"),
    ("创建了3家省级绿色制造单位或1家", "创建了1家省级绿色制造单位或3家", "conditions.park.national"),
    ("5月31日", "6月30日", "deadlines.city-to-province"),
    ("2024年5月31日", "2025年5月31日", "deadlines.city-to-province"),
    ("5月31日前", "5月31日后", "deadlines.city-to-province"),
    ("每年4月15日", "每年4月16日", "deadlines.dynamic-table"),
    ("每年4月15日", "2024年4月15日", "deadlines.dynamic-table"),
    ("不少于7个工作日", "不少于5个工作日", "deadlines.publicity"),
    ("不少于7个工作日", "少于7个工作日", "deadlines.publicity"),
    ("15项", "25项", "third-party.cap"),
    ("不得超过15项", "超过15项", "third-party.cap"),
    ("三年内不予", "五年内不予", "third-party.blacklist"),
    ("近三年有", "近五年有", "exclusions"),
    ("一式两份", "一式三份", "materials.summary"),
    ("17号", "18号", "papers.notice"),
    ("2024年4月3日\n", "2024年4月8日\n", "papers.notice"),
    ("1234567", "1234568", "contacts.office"),
    ("9号", "8号", "references.plan"),
    ("2. 绿色工业园区评价要求", "3. 绿色工业园区评价要求", "attachments.park-requirements"),
    ("（附件1）", "（附件2）", "deadlines.city-to-province"),
]
WORDS = [
    ("不予采信", "予以采信", "third-party.blacklist"),
    ("未正常经营", "正常经营", "exclusions.items.not-operating"),
    ("不得申报", "可以申报", "exclusions"),
    ("较大及以上", "重大及以上", "exclusions.items.accident"),
    ("为准", "为参考", "exclusions.items.accident"),
    ("，原则上应", "，应", "conditions.factory.certificate"),
    ("优先推荐", "推荐", "priorities.factory.benchmark"),
    ("鼓励各市", "各市", "levels.city-list"),
    ("信用中国", "某网站", "exclusions.items.accident"),
    ("推荐汇总表》", "汇总表》", "deadlines.city-to-province"),
    ("依法设立并", "原则上依法设立并", "conditions.factory.entity"),
    ("标杆水平", "先进水平", "priorities.factory.benchmark"),
    ("独立法人资格", "独立经营资格", "conditions.factory.entity"),
    ("弄虚作假的", "出现差错的", "third-party.blacklist"),
    ("动态管理表。公示", "年度报表。公示", "deadlines.dynamic-table"),
    ("具有法定边界", "不具有法定边界", "conditions.park.boundary"),
]


@pytest.mark.parametrize(("old", "new", "key"), FIGURES + WORDS)
def test_a_changed_figure_or_word_is_not_found(held, old, new, key):
    report = held(changed(old, new))
    assert status(report)[key] in {"missing", "elsewhere"}
    assert not report.sound


@given(st.integers(1, 99999), st.sampled_from(["50％", "15项", "3000吨标准煤以上", "7个工作日", "三年内", "3家"]))
def test_no_other_number_is_ever_taken_for_the_right_one(held, number, place):
    value = re.sub(r"^[\d三]+", str(number), place)
    if figure(re.match(r"\d+", value)[0]) == figure(re.match(r"[\d三]+", place)[0]):
        return
    assert not held(changed(place, value)).sound


SPELT = [
    ("超过 50％", "超过百分之五十"),
    ("三年内", "3年内"),
    ("近三年", "近3年"),
    ("7个工作日", "七个工作日"),
    ("2024年5月31日前", "2024 年 5 月 31 日前"),
    ("2024年5月31日前", "5月31日前"),
    ("3000吨标准煤", "3，000 吨标准煤"),
    ("3000吨标准煤", "0.3万吨标准煤"),
    ("3家", "三家"),
    ("一式两份", "一式2份"),
    ("2024年4月3日\n", "二〇二四年四月三日\n"),
    ("云工信节能〔2024〕17号", "云工信节能[2024]17号"),
]


@pytest.mark.parametrize(("old", "new"), SPELT)
def test_a_value_is_found_in_any_spelling(held, old, new):
    report = held(changed(old, new))
    assert {key for key, one in status(report).items() if one != "found"} == set()


@pytest.mark.parametrize("number", range(len([line for line in SOURCE.splitlines() if line.strip()])))
def test_a_line_that_is_gone_is_reported(held, number):
    lines = [line for line in SOURCE.splitlines() if line.strip()]
    gone = lines[number]
    report = held("\n\n".join(lines[:number] + lines[number + 1 :]))
    if re.search(r"^(索引号|成文日期|## |（[一二]）)", gone):  # what a web page says, and headings: no clause by itself
        assert report.verdicts
    else:
        assert not report.sound, gone


def test_a_list_left_open_says_so_in_its_source(edition):
    fact = edition.profile.exclusions.model_copy(update={"open_ended": True})
    opened = replace(edition, profile=edition.profile.model_copy(update={"exclusions": fact}))
    for end, lacking in (("等。", ()), ("。", ("没有“营生产等”",))):
        text = changed("未正常经营生产的。", f"未正常经营生产{end}")
        report = check.verify(opened, plain("source.txt", text.encode()))
        (verdict,) = [one for one in report.verdicts if one.key == "exclusions"]
        assert verdict.judgement.lacking == lacking


def test_a_clause_nobody_cites_is_named_with_its_text(held):
    text = changed("三、动态管理", "三、保密要求\n\n申报单位应当遵守保密规定。\n\n四、动态管理")
    report = held(text)
    first = report.missed[0]
    assert (first.name, first.para.text) == (
        "四",
        "已列入名单的单位应于每年4月15日前填报动态管理表。公示时间不少于7个工作日。鼓励各市发布本地区名单。",
    )
    assert {one.elsewhere for one in report.verdicts if one.key == "deadlines.publicity"} == {"四"}


def test_a_clause_more_is_enough_to_fail(held):
    report = held(SOURCE.replace("联系人及电话", "四、保密要求\n\n申报单位应当遵守保密规定。\n\n联系人及电话"))
    assert set(status(report).values()) == {"found"}
    assert [one.name for one in report.missed] == ["四"]
    assert not report.sound


def test_a_sentence_more_in_a_cited_clause_is_named(held):
    report = held(changed("鼓励各市发布", "获评单位须在厂区显著位置悬挂标牌并接受社会公众监督。鼓励各市发布"))
    assert set(status(report).values()) == {"found"}
    assert [(one.clause, one.what) for one in report.surplus] == [("三", "这一句")]
    assert not report.sound


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [("填报动态管理表", "填报6份动态管理表", "6"), ("应于每年", "不应于每年", "不应"), ("应通过", "应未通过", "未通")],
)
def test_a_number_or_a_negation_no_fact_has_is_named(held, old, new, what):
    report = held(changed(old, new))
    assert any(what in one.what for one in report.surplus)


def test_a_word_no_fact_has_is_pointed_at(held):
    report = held(changed("能源管理体系认", "环境管理体系认"))
    assert [(one.clause, one.what, one.sure) for one in report.surplus] == [("一（一）", "“环境”", False)]
    assert "“环境”" in tables.text(report)


def test_lines_a_page_has_parted_are_joined(held):
    narrow = re.sub(r"([^\n]{30}[一-鿿])(?=[一-鿿][^\n]{8})", r"\1\n", SOURCE)
    assert narrow.count("\n") > SOURCE.count("\n") + 5
    assert {key for key, one in status(held(narrow)).items() if one != "found"} == set()


def rendered(wanted):
    lines = [line for line in SOURCE.splitlines() if line.strip()]
    body = [line for line in lines[5:] if not line.startswith(("联系人", "附件", "2. 绿色工业园区评价", "（此件"))]
    blocks = [Masthead(("云岭省工业和信息化厅文件",), spans("云工信节能〔2024〕17号"))]
    blocks += [Title((lines[2],)), Salutation(spans(lines[4]))]
    for line in "".join(text if re.search(r"体系认$", text) else f"{text}\n" for text in body[:-2]).splitlines():
        head = re.match(r"## |（[一二]）", line)
        blocks.append(
            Heading(2 if line.startswith("（") else 1, spans(line.removeprefix("## ")))
            if head
            else Paragraph(spans(line))
        )
    blocks += [
        Paragraph(spans("联系人及电话：张三，0771-1234567")),
        AttachmentList((spans("推荐汇总表"), spans("绿色工业园区评价要求"))),
    ]
    blocks += [Signature((spans(body[-2]),), spans(body[-1])), Note(spans("（此件公开发布）"))]
    document = Document("notice", lines[2], "", "document", tuple(blocks))
    return Press(Library.at(None), (wanted,), (SHIPPED / ".fonts",)).bytes_of(document, wanted)


@pytest.mark.parametrize("wanted", ["docx", "html", "pdf", "md"])
def test_our_own_papers_are_read_back_whole(edition, tmp_path, wanted):
    path = tmp_path / f"source.{wanted}"
    path.write_bytes(rendered(wanted))
    report = check.verify(edition, readers.read(path))
    assert {key: one for key, one in status(report).items() if one != "found"} == {}
    assert report.sound


def test_shipped_rules_are_found_in_the_paper_made_from_them(editions, library, tmp_path):
    from notices.papers.coverage import checked  # noqa: PLC0415

    for name, edition in editions.items():
        if "rules" not in edition.profile.papers:
            continue
        path = tmp_path / f"{name}.docx"
        document = checked(library, edition)["rules"].document
        path.write_bytes(Press(library, ("docx",)).bytes_of(document, "docx"))
        report = check.verify(edition, readers.read(path))
        assert len(report.verdicts) > 100
        assert report.sound, [(one.key, one.judgement.lacking) for one in report.verdicts if one.status != "found"]
        return
    pytest.fail("no shipped edition has rules")


def test_facts_of_another_source_are_not_held_against_this_one(editions):
    edition = next(one for one in editions.values() if one.profile.extends and one.profile.answers is None)
    report = check.verify(edition, plain("x.txt", SOURCE.encode()))
    names = {one.key for one in report.verdicts} | {key for key, _ in report.inherited} | set(report.uncited)
    assert {key for key, fact in edition.profile.facts() if fact.cite} <= names
    assert all(file != edition.file for _, file in report.inherited)


# Files


def test_gbk_is_read_whole_and_said_so(edition, tmp_path):
    path = tmp_path / "source.txt"
    path.write_bytes(SOURCE.encode("gb18030"))
    report = check.verify(edition, readers.read(path))
    assert report.sound
    assert any("GBK" in note for note in report.notes)
    page = f'<meta charset="gb2312"><p>{"</p><p>".join(SOURCE.splitlines())}</p>'
    (tmp_path / "source.html").write_bytes(page.encode("gb18030"))
    found = readers.read(tmp_path / "source.html")
    assert "".join(para.text for para in found.paras).count("绿色") == SOURCE.count("绿色")


@given(st.text(st.characters(codec="gb18030", exclude_categories=["Cc", "Cs", "Co", "Cn"]), min_size=1))
def test_no_character_of_a_text_file_is_lost(text):
    assert "\n".join(para.text for para in plain("x", text.encode()).paras) == text.removeprefix("\ufeff")


def test_bytes_in_no_encoding_are_refused():
    with pytest.raises(ProblemsError, match="看不出文字的编码"):
        plain("x.txt", b"\xff\xff\x00\x81")


def scan(pages=2, text=""):
    writer = pypdf.PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(595, 842)
    out = io.BytesIO()
    if text:
        writer.append(io.BytesIO(rendered("pdf")))
    writer.write(out)
    return out.getvalue()


def test_a_scan_is_refused_and_a_scanned_page_named(tmp_path):
    path = tmp_path / "scan.pdf"
    path.write_bytes(scan())
    with pytest.raises(ProblemsError, match="2 页都没有文字，是扫描件"):
        readers.read(path)
    path.write_bytes(scan(1, "text"))
    assert any("第 1 页没有文字" in note for note in readers.read(path).notes)


def rendered_docx_without_body():
    out, made = io.BytesIO(), io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as whole, zipfile.ZipFile(out, "w") as broken:
        for name in whole.namelist():
            content = whole.read(name)
            broken.writestr(name, content[:40] if name == "word/document.xml" else content)
    return out.getvalue()


LOCKED = b"\xd0\xcf\x11\xe0" + bytes(508) + "EncryptedPackage".encode("utf-16-le") + bytes(64)
"""What a Word file with a password is: a compound file that holds the other, locked."""


def docx_of_pictures():
    paper = docx.Document()
    paper.add_picture(io.BytesIO((ROOT / "docs/pictures/guangxi.png").read_bytes()))
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.xls", b"\xd0\xcf\x11\xe0", "不认识的文件类型"),
        ("a.docx", b"not a zip", "不是可以读的 Word 文件"),
        ("c.docx", LOCKED, "文件有打开密码"),
        ("c.doc", LOCKED, "文件有打开密码"),
        ("c.wps", LOCKED, "文件有打开密码"),
        ("d.docx", docx_of_pictures(), "没有文字（有 1 处图或文本框"),
        ("b.docx", rendered_docx_without_body(), "不是可以读的 Word 文件"),
        ("a.pdf", b"%PDF-1.4 broken", "PDF 读不出来"),
        ("a.txt", b"  \n", "没有文字"),
        ("none.txt", None, "读不到文件"),
    ],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path, name, content, told):
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(ProblemsError, match=told):
        readers.read(path)


def test_word_numbers_tracked_changes_and_tables_are_read(tmp_path):
    made = docx.Document()
    numbering = made.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    level = OxmlElement("w:lvl")
    level.set(qn("w:ilvl"), "0")
    for tag, value in (("start", "1"), ("numFmt", "chineseCounting"), ("lvlText", "%1、")):
        part = OxmlElement(f"w:{tag}")
        part.set(qn("w:val"), value)
        level.append(part)
    abstract.append(level)
    numbering.insert(0, abstract)
    number = OxmlElement("w:num")
    number.set(qn("w:numId"), "91")
    held = OxmlElement("w:abstractNumId")
    held.set(qn("w:val"), "90")
    number.append(held)
    numbering.append(number)
    for text in ("总则", "附则"):
        properties = made.add_paragraph(text)._p.get_or_add_pPr().get_or_add_numPr()
        properties.get_or_add_numId().val = 91
        properties.get_or_add_ilvl().val = 0
    paragraph = made.add_paragraph("应当")
    for tag, inner, text in (("w:ins", "w:t", "按时"), ("w:del", "w:delText", "随时"), ("w:moveFrom", "w:t", "移走")):
        change, run, words = OxmlElement(tag), OxmlElement("w:r"), OxmlElement(inner)
        words.text = text
        run.append(words)
        change.append(run)
        paragraph._p.append(change)
    made.add_table(1, 1).cell(0, 0).text = "表里的字"
    path = tmp_path / "a.docx"
    made.save(path)
    found = readers.read(path)
    assert [para.text for para in found.paras] == ["一、总则", "二、附则", "应当按时", "表里的字"]
    assert any("修订" in note for note in found.notes)


def test_pictures_of_a_web_page_are_counted(tmp_path):
    path = tmp_path / "a.html"
    path.write_text("<p>通知</p><noscript><img></noscript><table><td><img src='1.png'></table><img>", "utf-8")
    assert readers.read(path).notes == ("网页里有 2 张图，图里的文字没有读",)


def test_an_old_word_file_is_read_as_one_whatever_it_is_called(tmp_path, monkeypatch):
    made = io.BytesIO()
    paper = docx.Document()
    paper.add_paragraph("通知")
    paper.save(made)
    monkeypatch.setattr(older, "as_docx", lambda *_: made.getvalue())
    path = tmp_path / "a.docx"
    path.write_bytes(b"\xd0\xcf\x11\xe0")
    assert readers.read(path).notes == (older.CONVERTED,)


def test_a_web_page_gives_what_a_browser_shows(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><head><title>不算</title><script>var x='不算'</script></head><body><div>第一段&nbsp;文字</div>"
        "<p>甲<b>乙</b>丙<br>丁</p><p style='display: none'>不算</p><table><tr><td>一</td><td>二</td></tr></table></body>",
        "utf-8",
    )
    assert [para.text for para in readers.read(path).paras] == ["第一段 文字", "甲乙丙", "丁", "一", "二"]


# Clauses and spellings


def names(text):
    return parse([SourceText(line, n) for n, line in enumerate(text.splitlines(), 1)]).names()


def test_rules_by_article_paragraph_and_item():
    text = "办法\n第一章 总则\n第一条 目的。\n第二条 下列条件：\n1.甲；\n2.乙。\n第三条 一段。\n二段。\n第四条 末。"
    assert names(text) == ("标题", "第一条", "第二条", "第二条1", "第二条2", "第三条第1段", "第三条第2段", "第四条")
    found = parse([SourceText(line, n) for n, line in enumerate(text.splitlines(), 1)])
    assert found.find("第二条").text == "第二条 下列条件：\n1.甲；\n2.乙。"
    assert found.find("第三条第2段").text == "二段。"
    assert found.find("第五条") is None
    assert found.find("第三条第3段") is None


def test_a_paragraph_is_counted_without_numbers_or_among_all_parts():
    text = "各市：\n为此，通知如下：\n一、范围\n（一）工厂。甲类。\n（二）园区。乙类。\n近三年有下列情况的，不得申报。\n二、其他\n丙。"
    found = parse([SourceText(line, n) for n, line in enumerate(text.splitlines(), 1)])
    assert found.find("一第3段").text == found.find("一第1段").text == "近三年有下列情况的，不得申报。"
    assert found.find("一（二）").text == "（二）园区。乙类。"


@given(st.integers(1, 9999))
def test_chinese_numbers_are_read_as_they_are_written(number):
    digits, places = "零一二三四五六七八九", ("", "十", "百", "千")
    text = "".join(
        digits[int(d)] + places[len(str(number)) - n - 1] if d != "0" else "零" for n, d in enumerate(str(number))
    )
    text = re.sub("零+", "零", text).rstrip("零")
    assert figure(text) == number
    assert [one.value for one in amounts(f"不少于{text}家", "家")] == [number]


@given(st.dates())
def test_dates_are_read_in_every_spelling(date):
    for text in (f"{date.year:04}年{date.month}月{date.day}日", date.isoformat()):
        assert [one.means(date) for one in days(text)] == [True]


@given(st.text(st.sampled_from("绿色１2ａB，。（）“”《》—- \u3000\t年%％.")))
def test_comparing_never_depends_on_blanks_or_width(text):
    assert bare(" ".join(tidy(text))) == bare(tidy(" ".join(text)))


# The command


def test_the_command_tells_and_exits(office, tmp_path, capsys):
    arguments = ["--workspace", str(office), "verify", "testland", "--source"]
    with pytest.raises(SystemExit) as done:
        main([*arguments, str(DATA / "source.txt")])
    assert done.value.code == 0
    assert "每条事实都在所引条款里" in capsys.readouterr().out
    path = tmp_path / "changed.txt"
    path.write_text(changed("15项", "16项"), "utf-8")
    with pytest.raises(SystemExit) as done:
        main([*arguments, str(path), "--json"])
    assert done.value.code == 1
    data = json.loads(capsys.readouterr().out)
    assert [one["id"] for one in data["facts"] if one["status"] == "missing"] == ["third-party.cap"]
    assert data["counts"] == {"found": 24, "elsewhere": 0, "missing": 1, "pending": 0}


def test_the_table_shows_what_is_wrong(held):
    shown = tables.text(held(changed("三年内不予", "五年内不予")))
    assert "third-party.blacklist：没有“3年”，原文是五年" in shown.replace("三年", "3年")
    assert "有不符之处" in shown


def test_a_word_source_that_unpacks_to_too_much_is_refused():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (WORD.xml + 1))
    with pytest.raises(ProblemsError, match="展开后太大"):
        word.read("bomb.docx", made.getvalue())


def test_a_source_of_another_shape_is_cut_as_well():
    """No 主送机关, items （一） without 一、, the contact in brackets under the date."""
    lines = [
        "云岭省工业和信息化厅关于开展绿色制造名单申报工作的通知",
        "云工信节能〔2024〕17号",
        "为推进工业绿色发展，现将有关事项通知如下：",
        "（一）申报条件",
        "1. 申报单位应具有独立法人资格。",
        "2. 工业增加值占比超过50%。",
        "（二）报送材料",
        "请各市于2024年5月31日前将申报材料报送我厅。",
        "云岭省工业和信息化厅",
        "2024年4月3日",
        "（联系人：张三，电话：0871-1234567）",
    ]
    found = parse([SourceText(line, number) for number, line in enumerate(lines, 1)])
    texts = {name: found.find(name).text for name in found.names()}
    assert texts["引言"] == lines[2]
    assert texts["（一）1"] == lines[4]
    assert lines[7] in texts["（二）"]
    assert lines[8] not in texts["（二）"]
    assert texts["联系人"] == lines[10]
    assert lines[8] in texts["落款"]
    assert "主送机关" not in texts
    assert all(CITE.fullmatch(unit.name) for unit in found.units())


LISTED = "申报范围涵盖电子电器、机械、汽车等行业。"


@pytest.mark.parametrize(
    ("members", "open_ended", "said"),
    [
        (("电子电器", "机械", "汽车"), True, []),
        (("电子电器", "机械"), True, ["原文还列有“汽车等行业”"]),
        (("机械", "汽车"), True, ["原文还列有“申报范围涵盖电子电器”"]),
        (("电子电器", "机械", "汽车"), False, ["原文的列举后面有“等”"]),
    ],
)
def test_a_list_is_whole_or_open_as_its_source(members, open_ended, said):
    found = listing(members, LISTED, open_ended=open_ended)
    assert [one[:5] for one in found] == [one[:5] for one in said]
    assert listing(("甲", "乙"), LISTED, open_ended=False) == [], "what is not listed there is told elsewhere"


@pytest.mark.parametrize(
    ("said", "source", "lacking"),
    [
        ("不得推荐", "不得推荐有下列情形的企业", []),
        ("不得推荐", "可以推荐有下列情形的企业", ["不得"]),
        ("应充分征求意见", "要充分征求意见", []),
        ("应充分征求意见", "可充分征求意见", ["应"]),
        ("评审后公布", "评审前公布", ["后"]),
        ("甲或者乙", "甲或乙", []),
    ],
)
def test_words_that_bind_stand_in_the_source_or_their_like(said, source, lacking):
    assert unbound((said,), source) == lacking


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("原则上应通过能源管理体系认证", []),
        ("原则上应通过能耗管理体系认证", ["“过能源管理”在原文是“过能耗管理”"]),
        ("原则上要通过能源管理体系认证", []),
    ],
)
def test_one_character_that_is_another_is_told(source, told):
    assert replaced(("原则上应通过能源管理体系认证",), source) == told


def with_codes(edition, *codes):
    authority = edition.profile.authority.model_copy(update={"area_codes": codes})
    return replace(edition, profile=edition.profile.model_copy(update={"authority": authority}))


@pytest.mark.parametrize(
    ("codes", "number", "expected"),
    [
        (("0771",), "1234567", "found"),
        ((), "1234567", "missing"),
        (("0771",), "0772-1234567", "missing"),
        (("0771",), "91234567", "missing"),
    ],
)
def test_a_telephone_may_lack_the_areas_own_code(edition, codes, number, expected):
    text = plain("source.txt", changed("0771-1234567", number).encode())
    assert status(check.verify(with_codes(edition, *codes), text))["contacts.office"] == expected


def test_a_day_of_every_year_may_stand_second(held):
    said = "已列入名单的单位应于每年1月15日前自我声明、4月15日前填报动态管理表。"
    text = changed("已列入名单的单位应于每年4月15日前填报动态管理表。", said)
    assert status(held(text))["deadlines.dynamic-table"] == "found"
    assert status(held(text.replace("声明、4月", "声明。4月")))["deadlines.dynamic-table"] == "missing"


@pytest.mark.parametrize(("words", "expected"), [("（附件1）", True), ("（附件2）", False), ("", False)])
def test_an_attachment_may_be_numbered_where_it_is_named(edition, words, expected):
    fact = edition.profile.attachments["summary"]
    assert judge(demand(edition.profile, fact, {}), Passage({"二": f"将《推荐汇总表》{words}报送"})).found is expected


@pytest.mark.parametrize(("number", "expected"), [("4", False), ("5", True), ("6", True), ("7", True), ("8", False)])
def test_attachments_may_be_named_as_a_range(number, expected):
    wanted = Demand((Term((f"{number}.动态管理表",), attachment=number),))
    assert judge(wanted, Passage({"三": "报送动态管理表（附件5-7）。"})).found is expected


def test_an_attachments_title_has_the_editions_year(edition):
    dated = edition.profile.attachments["summary"].model_copy(update={"title": "{year}年推荐汇总表"})
    profile = edition.profile.model_copy(update={"attachments": {"summary": dated}})
    wanted = demand(profile, profile.deadlines["city-to-province"], {})
    text = Passage({"二": "各市要于2024年5月31日前，将《推荐汇总表》（附件）报送我厅（节能处）。"})
    assert judge(wanted, text, Passage({"附件": "附件：2024年推荐汇总表"})).found
    assert not judge(wanted, text, Passage({"附件": "附件：2023年推荐汇总表"})).found


def test_a_closing_word_is_no_clause(held):
    text = changed("未正常经营生产的。\n", "未正常经营生产的。\n\n特此通知。\n")
    assert held(text).missed == ()
    assert held(text.replace("特此通知。", "特此通知各市。")).missed != ()


def test_a_paragraph_that_ends_in_a_bracket_after_its_sentence_is_whole():
    def names(*lines):
        return parse([SourceText(line, n) for n, line in enumerate(("一、工作要求", *lines))]).names()

    assert names("请于5月31日前报送我厅。（纸质材料一式两份）", "我厅将组织评审。") == ("一第1段", "一第2段")
    assert names("请于5月31日前，将材料（纸质、电子）", "报送我厅。") == ("一",)


def test_a_blank_in_a_name_is_the_same_however_it_is_typed():
    assert bare("附件3：××盟市汇总表") == bare("附件 3: XX盟市汇总表")


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("2017年至2019年获评的国家级名单和2017年至2019年获评的省级名单", ()),
        ("2017年至2019年获评的国家级名单和2019年至2019年获评的省级名单", ("“2019”说了 3 次，原文只有 2 次",)),
    ],
)
def test_a_number_that_stands_where_another_belongs_is_told(phrase, told):
    """Both numbers stand in the source: that one is said once more than there tells that it took the other's place."""
    source = "复核2017年至2019年获评的国家级名单和2017年至2019年获评的省级名单。"
    lacking = judge(Demand((), phrase=(phrase,)), Passage({"一": source})).lacking
    assert tuple(one for one in lacking if "次" in one) == told
