"""An office's own Word form: what its tags may say, every fault found before anything renders, every letter kept."""

import io
import time
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from notices.errors import ProblemsError
from notices.forms.catalogue import Catalogue
from notices.forms.data.records import BLANK, Record
from notices.forms.word import filling
from notices.forms.word.lint import lint
from notices.library import Library
from notices.lints.linting import lint_files, profile_files, strays

FORM = """
name: 推荐汇总表
basis: 测试
fields:
  unit: {label: 推荐单位（盖章）}
  level: {label: 级别, type: choice, choices: [国家级, 省级]}
  intro: {label: 单位简介, type: long}
  number: {label: 序号, type: index}
  name: {label: 单位名称}
  remark: {label: 备注, type: long}
  items: {label: 项数, type: integer, unit: 项}
  item: {label: 指标}
  value: {label: 指标值}
parts:
  - line: [unit, level]
  - prose: intro
  - {table: green-factory, name: 绿色工厂, columns: [number, {field: name, label: 工厂名称}, remark, items], blank: 3}
  - table: indicators
    name: 指标表
    columns: [item, value]
    rows: [{item: 能耗}, {item: {pending: 水耗}}]
"""
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FULL = (
    "{{ 推荐单位 }}，{{ level }}，{{ intro }}",
    [["{%tr for row in green_factory %}"], ["{{ row.number }}", "{{ row.工厂名称 }}", "{{ row.备注 }}{{ row.items }}"], ["{%tr endfor %}"]],
    [["{%tr for row in 指标表 %}"], ["{{ row.item }}", "{{ row.value }}"], ["{%tr endfor %}"]],
)  # fmt: skip
"""A template that prints everything."""


@pytest.fixture(scope="module")
def library(tmp_path_factory):
    folder = tmp_path_factory.mktemp("office")
    (folder / "templates/forms").mkdir(parents=True)
    (folder / "templates/forms/summary.yaml").write_text(FORM, "utf-8")
    source = Path(__file__).with_name("data").joinpath("testland.yaml").read_text("utf-8")
    (folder / "provinces/testland").mkdir(parents=True)
    (folder / "provinces/testland/2024.yaml").write_text(source, "utf-8")
    return Library.at(folder)


@pytest.fixture(scope="module")
def sheet(library):
    return Catalogue(library).sheet(library.load("testland"), "summary")


def made(*content, header="", footer=""):
    """A Word file: a string is a paragraph, a tuple its runs, a list a table."""
    document = docx.Document()
    for one in content:
        if isinstance(one, list):
            table = document.add_table(len(one), max(map(len, one)))
            for row, texts in zip(table.rows, one, strict=True):
                for cell, text in zip(row.cells, texts, strict=False):
                    cell.text = text
        else:
            paragraph = document.add_paragraph()
            for run in (one,) if isinstance(one, str) else one:
                paragraph.add_run(run)
    for text, place in ((header, document.sections[0].header), (footer, document.sections[0].footer)):
        if text:
            place.paragraphs[0].text = text
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def changed(package, edit):
    """The package with its parts, a mapping, changed by ``edit``."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    edit(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def opened(package):
    return docx.Document(io.BytesIO(package))


def texts(package):
    return [paragraph.text for paragraph in opened(package).paragraphs]


def rows(package, table=0):
    return [[cell.text for cell in row.cells] for row in opened(package).tables[table].rows]


def errors(template, sheet):
    return [problem for problem in lint(template, sheet, "templates/forms/summary.docx") if problem.severity == "error"]


def test_every_kind_of_name_is_filled(sheet):
    template = made(
        "{{ label }} {{ title }} {{ year }} {{ authority }} {{ number }} {{ 发文字号 }}",
        *FULL,
        "{% if level == '国家级' %}甲{% elif '省' in level %}乙{% else %}丙{% endif %}{{ green_factory|length }}家",
        "{{ '有' if intro else '无' }} {{ indicators[0].value }} {{ row_less or '缺' }}".replace("row_less", "intro"),
        header="眉{{ unit }}",
        footer="脚{{ unit }}",
    )
    assert errors(template, sheet) == []
    record = Record(
        {"unit": "某市局", "level": "省级"},
        {"green-factory": ({"name": "一厂", "items": 3}, {"name": "二厂"}), "indicators": ({}, {"value": "5"})},
    )
    package = filling.fill(template, sheet, record)
    assert texts(package)[:2] == [
        "附件 推荐汇总表 2024 测试省工业和信息化厅 测工信〔2024〕1号 测工信〔2024〕1号",
        "某市局，省级，",
    ]
    assert texts(package)[2:] == ["乙2家", "无  缺"]
    assert rows(package) == [["1", "一厂", "3"], ["2", "二厂", ""]]
    assert rows(package, 1) == [["能耗", ""], ["【待定：水耗】", "5"]]
    section = opened(package).sections[0]
    assert (section.header.paragraphs[0].text, section.footer.paragraphs[0].text) == ("眉某市局", "脚某市局")
    assert opened(package).core_properties.title == "推荐汇总表"


def test_a_blank_form_has_empty_rows(sheet):
    package = filling.fill(made(*FULL), sheet, BLANK)
    assert texts(package)[0] == "，，"
    assert rows(package) == [["", "", ""]] * 3
    assert rows(package, 1) == [["能耗", ""], ["【待定：水耗】", ""]]


def test_a_form_without_tags_stays_as_it_is(sheet):
    package = filling.fill(made("推荐单位（盖章）：100%"), sheet, BLANK)
    assert texts(package) == ["推荐单位（盖章）：100%"]


def test_line_breaks_become_paragraphs_or_breaks(sheet):
    record = Record({"intro": "一\n二\n三", "unit": "甲\n乙"})
    package = filling.fill(made("{{ intro }}", "前{{ unit }}后"), sheet, record)
    assert texts(package) == ["一", "二", "三", "前甲\n乙后"]
    assert len(opened(package).element.body.findall(f".//{W}br")) == 1


LETTERS = st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"]), min_size=1)
NASTY = st.sampled_from(
    ["面积<90㎡ & 容积率>1.0", "{{ unit }}", "{% for x in y %}", "{%tr endfor %}", "{# #}", "{_{", "}_}", "%_}", "{%", "}}", "#}",
     "<w:t>", "</w:t></w:r>", "&amp;", "&#9;", "]]>", "“‘’”", "\"'", "\\1\\g<0>", "%s%(a)s", " 前后 ", "　全角　", "{{p x }}", "0"]
)  # fmt: skip
TEXT = st.one_of(NASTY, LETTERS, st.lists(NASTY | LETTERS, min_size=1, max_size=5).map("".join))


@pytest.mark.slow
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXT, TEXT, TEXT, st.lists(st.tuples(TEXT, TEXT), min_size=1, max_size=3))
def test_every_letter_comes_out(sheet, unit, intro, literal, entries):
    literal = "".join(char for char in literal if char not in "{}%#")
    template = made(f"{literal}{{{{ unit }}}}|{{{{ intro }}}}{literal}", "{{ intro }}", *FULL[1:])
    factory = tuple({"name": name, "remark": remark} for name, remark in entries)
    record = Record({"unit": unit, "intro": intro}, {"green-factory": factory})
    package = filling.fill(template, sheet, record)
    assert texts(package) == [f"{literal}{unit}|{intro}{literal}", intro]
    assert rows(package) == [[str(n), name, remark] for n, (name, remark) in enumerate(entries, 1)]


@pytest.mark.parametrize("literal", ["a{b}c", "{x", "x}", "50%", "#1#", "{", "}", "{ {", "\ue0000\ue001", "%"])
def test_the_forms_own_braces_stay(sheet, literal):
    template = made((literal, "甲"), literal, "{{ unit }}", literal)
    package = filling.fill(template, sheet, Record({"unit": "乙"}))
    assert texts(package) == [f"{literal}甲", literal, "乙", literal]


def test_equal_input_gives_equal_bytes_without_a_clock(sheet):
    template, record = made(*FULL), Record({"unit": "甲"})
    package = filling.fill(template, sheet, record)
    time.sleep(2.1)  # a zip counts in steps of two seconds
    assert filling.fill(template, sheet, record) == package
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        assert b"2012-07-01T00:00:00Z" in archive.read("docProps/core.xml")
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(archive.read(name))


def test_a_tag_word_has_torn_is_mended_and_said(sheet):
    template = made(("单位：{", "{ un", "it }", "}；{{ le", "vel }}", "。"))
    found = [p for p in lint(template, sheet, "x.docx") if "分成几段" in p.message]
    assert [p.severity for p in found] == ["warning", "warning"]
    assert "{{ unit }}" in found[0].message + found[1].message
    assert found[0].key == "正文第1段"
    package = filling.fill(template, sheet, Record({"unit": "甲{{", "level": "省级"}))
    assert texts(package) == ["单位：甲{{；省级。"]


def test_a_torn_tag_over_a_break_is_an_error(sheet):
    template = made("甲")
    paragraph = b"<w:p><w:r><w:t>{{ un</w:t></w:r><w:r><w:br/><w:t>it }}</w:t></w:r></w:p>"
    torn = changed(template, lambda p: p.update({"word/document.xml": p["word/document.xml"].replace(b"<w:body>", b"<w:body>" + paragraph)}))  # fmt: skip
    (problem,) = errors(torn, sheet)
    assert "隔断" in problem.message


ROWS = ["{%tr for row in green_factory %}"], ["{%tr endfor %}"]


def looped(*cells):
    return [ROWS[0], list(cells), ROWS[1]]


@pytest.mark.parametrize(
    ("content", "said", "hint"),
    [
        ("{{ untt }}", "没有名为 untt 的栏目", "unit"),
        ("{{ 推荐单伟 }}", "没有名为 推荐单伟 的栏目", "推荐单位"),
        (looped("{{ row.工厂名 }}"), "没有名为 工厂名 的列", "工厂名称"),
        ("{{ row.name }}", "没有名为 row 的栏目", "for row in"),
        ("{{ unit }", "没有写完整", "一个段落"),
        ("unit }}", "没有写完整", "一个段落"),
        ("100%}", "没有写完整", "一个段落"),
        ("{{ unit | }}", "标签写得不对", "栏目名"),
        ("{{ }}", "标签写得不对", "栏目名"),
        ("{{ unit.name }}", "不能再写 .name", "一行"),
        ("{{ unit.__class__ }}", "不能再写", "一行"),
        ("{{ ''.__class__.__mro__ }}", "不能再写", "一行"),
        ("{{ green_factory }}", "是一张表", "逐行"),
        ("{{ green_factory.name }}", "是一张表，要逐行读", "for row in"),
        ("{{ green_factory[0].name }}", "没有第 [0] 行", "for row"),
        ("{{ indicators[2].value }}", "没有第 [2] 行", "[1]"),
        ("{{ unit|upper }}", "不认识的过滤器 upper", "length"),
        ("{{ unit|length }}", "只数表的行数", "green_factory"),
        ("{{ range(9) }}", "不能调用", "栏目名"),
        ("{{ 9 ** 9 ** 9 }}", "不能用的写法", "栏目名"),
        ("{{ 'a' * 1000000000 }}", "不能用的写法", "栏目名"),
        ("{% macro m() %}{% endmacro %}", "不认识的标签 macro", "for"),
        ("{% include 'x' %}", "不认识的标签 include", "for"),
        ("{% set x = 1 %}", "不认识的标签 set", "for"),
        ("{% while true %}", "不认识的标签 while", "for"),
        ("{% for x in unit %}{% endfor %}", "逐行读一张表", "green_factory"),
        ("{% for x in 'abc' %}{% endfor %}", "逐行读一张表", "green_factory"),
        ("{% for x in green_factory recursive %}{% endfor %}", "recursive", "for row"),
        ("{% for a, b in green_factory %}{{ a }}{% endfor %}", "一个名字", "for row"),
        ("{% if unit > 3 %}甲{% endif %}", "不能这样比", "文字"),
        ("{% if unit == 3 %}甲{% endif %}", "不能这样比", "文字"),
        ("{% if unit %}甲", "没有结束，缺 endif", "endif"),
        ("甲{% endif %}", "多余", "endif"),
        ("{% for %}{% endfor %}", "标签写得不对", "for row in"),
        ("{%tr for row in green_factory %}", "不在表格里", "{%p"),
        ("{{p unit }}", "不写 p", "{{ unit }}"),
        ("{{ “unit” }}", "中文引号", "半角"),
        ("{% if level == ‘省级’ %}甲{% endif %}", "中文引号", "半角"),
        ("｛｛ unit ｝｝", "全角括号", "半角"),
        ("｛% if unit %｝", "全角括号", "半角"),
        ("{{ unit ｝｝", "全角括号", "半角"),
        ("甲{%p if unit %}", "旁边的文字会丢", "单独占一个段落"),
        ([["{%tr for row in green_factory %}", "甲"], ["{{ row.name }}"], ["{%tr endfor %}"]], "旁边的文字会丢", "占一行"),
        ([["{%tr for row in green_factory %}"], ["{{ row.name }}"], ["{% endfor %}"]], "写法不同", "{%tr endfor %}"),
        ([["{% for row in green_factory %}"], ["{{ row.name }}"], ["{% endfor %}"]], "不在一处", "{%tr"),
        ("{% if unit %}" * 40 + "{% endif %}" * 40, "套了 10 层以上", "移到外面"),
        ("{{ unit " * 3000, "没有写完整", "一个段落"),
        ("{{- unit }}", "标签写得不对", "减号"),
        ("{{ loop.index }}", "没有名为 loop", "之间"),
        (looped("{{ loop.cycle('a') }}"), "不能调用", ""),
        (looped("{{ row }}"), "不是文字", "row.name"),
        (looped("{{ row.name.upper() }}"), "不能调用", ""),
        ("{{ " + "(" * 400 + "unit" + ")" * 400 + " }}", "标签写得不对", ""),
    ],
)  # fmt: skip
def test_a_fault_is_named_with_its_place(sheet, content, said, hint):
    found = errors(made("首段", content), sheet)
    assert any(said in p.message and hint in p.hint for p in found), found
    for problem in found:
        assert problem.file == "templates/forms/summary.docx"
        assert problem.rule == "word"
        assert problem.key
        assert "Traceback" not in str(problem)
    with pytest.raises(ProblemsError) as caught:
        filling.fill(made("首段", content), sheet, BLANK, "templates/forms/summary.docx")
    assert set(caught.value.problems) == set(found)


def test_all_faults_are_found_at_once_where_they_are(sheet):
    template = made(
        "{{ 甲 }}",
        "这一段文字很长" * 6 + "{{ 乙 }}",
        "{{ “unit” }}",
        looped("{{ row.丙 }}"),
        header="{{ 丁 }}",
        footer="{% if %}",
    )
    found = errors(template, sheet)
    assert {p.key for p in found} == {"正文第1段", "正文第2段", "正文第3段", "表格1第2行", "页眉第1段", "页脚第1段"}
    (second,) = (p for p in found if p.key == "正文第2段")
    assert "（本段：“" + ("这一段文字很长" * 6)[:30] + "……”）" in second.message


@pytest.mark.parametrize("xml", ["<w:p><w:r><w:delText>{{ unit }}</w:delText></w:r></w:p>", "<w:p><w:r><w:instrText>{% if %}</w:instrText></w:r></w:p>", '<w:p w:rsidR="{{ unit }}"/>'])  # fmt: skip
def test_tags_out_of_the_text_are_errors(sheet, xml):
    def edit(parts):
        parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:body>", b"<w:body>" + xml.encode())

    assert any("这里不能写标签" in p.message for p in errors(changed(made("甲"), edit), sheet))


def test_what_is_never_printed_is_a_warning(sheet):
    assert lint(made(*FULL), sheet, "x.docx") == []
    found = lint(made("{{ unit }}", looped("{{ row.name }}")), sheet, "x.docx")
    assert {p.severity for p in found} == {"warning"}
    said = "\n".join(map(str, found))
    for part in ("栏目“级别”", "{{ level }}", "栏目“单位简介”", "没有印列：备注、项数", "{{ row.items }}", "没有印表“指标表”", "{%tr for row in indicators %}"):  # fmt: skip
        assert part in said
    assert "序号" not in said


def test_values_without_a_place_are_not_lost_silently(sheet):
    template = made("{{ unit }}", looped("{{ row.name }}"))
    record = Record({"unit": "甲", "level": "省级"}, {"green-factory": ({"name": "乙", "remark": "丙"},)})
    found = filling.lost(template, sheet, record)
    assert [("级别" in str(p), "备注" in str(p)) for p in sorted(found, key=str)].count((False, False)) == 0
    assert len(found) == 2
    assert filling.lost(made(*FULL), sheet, record) == []
    with pytest.raises(ProblemsError, match="表“绿色工厂”"):
        filling.fill(made("{{ unit }}"), sheet, record)


def test_a_character_word_cannot_keep_is_an_error(sheet):
    with pytest.raises(ProblemsError, match=r"U\+0007"):
        filling.fill(made("{{ unit }}"), sheet, Record({"unit": "甲\a"}))


def bomb():
    return changed(made("甲"), lambda parts: parts.update({"word/media/a.bin": bytes(80 * 2**20)}))


def macros(parts):
    parts["word/vbaProject.bin"] = b"x"


def doctype(parts):
    entity = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    parts["word/document.xml"] = parts["word/document.xml"].replace(b"<w:document", entity + b"<w:document", 1)


UNREADABLE = {
    "empty": (lambda: b"", "不是可读的 Word 文件"),
    "text": ("甲".encode, "不是可读的 Word 文件"),
    "cut off": (lambda: made("甲")[:3000], "不是可读的 Word 文件"),
    "doc renamed": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "旧版 .doc"),
    "rtf renamed": (lambda: b"{\\rtf1}", "RTF"),
    "bomb": (bomb, "展开后太大"),
    "large part": (
        lambda: changed(made("甲"), lambda p: p.update({"word/document.xml": b" " * 9 * 2**20})),
        "展开后太大",
    ),
    "many parts": (lambda: changed(made("甲"), lambda p: p.update({f"a/{n}": b"" for n in range(3000)})), "展开后太大"),
    "macros": (lambda: changed(made("甲"), macros), "宏"),
    "entities": (lambda: changed(made("甲"), doctype), "DOCTYPE"),
    "broken xml": (
        lambda: changed(made("甲"), lambda p: p.update({"word/document.xml": b"<w:document>"})),
        "不是可读的",
    ),
    "no document": (lambda: changed(made("甲"), lambda p: p.pop("word/document.xml")), "不是可读的"),
    "no types": (lambda: changed(made("甲"), lambda p: p.pop("[Content_Types].xml")), "不是可读的"),
}


@pytest.mark.parametrize(("template", "said"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unusable_file_is_one_clear_error(sheet, template, said):
    package = template()
    (problem,) = lint(package, sheet, "x.docx")
    assert said in problem.message
    assert problem.hint
    with pytest.raises(ProblemsError, match=said):
        filling.fill(package, sheet, BLANK)


@pytest.mark.slow
def test_a_template_that_never_ends_is_stopped(sheet):
    loops = "".join(f"{{% for {name} in green_factory %}}" for name in "abcdefgh") + "x" + "{% endfor %}" * 8
    record = Record({}, {"green-factory": tuple({"name": str(n)} for n in range(300))})
    begun = time.process_time()
    with pytest.raises(ProblemsError, match="没完没了") as caught:
        filling.fill(made(loops), sheet, record, "x.docx")
    assert caught.value.problems[0].file == "x.docx"
    assert time.process_time() - begun < 20


def test_a_large_form_is_filled_in_time(sheet):
    record = Record({}, {"green-factory": tuple({"name": f"工厂{n}", "remark": "备注" * 20} for n in range(600))})
    begun = time.process_time()
    assert len(rows(filling.fill(made(*FULL), sheet, record), 1)) == 2
    assert time.process_time() - begun < 20


def put(library, name, content):
    path = library.template_folders[0] / "forms" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_the_authoritys_own_file_comes_first(library, sheet):
    assert filling.find(library, sheet) is None
    common = put(library, "summary.docx", made("{{ unit }}"))
    assert filling.find(library, sheet) == common
    own = put(library, "testland/summary.docx", made("{{ nobody }}"))
    try:
        assert filling.find(library, sheet) == own
        assert filling.find(library, replace(sheet, forms=sheet.forms * 2)) is None
        put(library, "~$summary.docx", b"x")
        put(library, "sumary.docx", made("甲"))
        put(library, "summary.doc", b"x")
        found = lint_files(library, profile_files(library, []))
        mine = [p for p in found if p.file == "templates/forms/testland/summary.docx"]
        assert [p.key for p in mine if p.severity == "error"] == ["正文第1段"]
        assert not [p for p in found if p.file == "templates/forms/summary.docx"], "it is not used here"
        assert {p.file for p in strays(library)} == {"templates/forms/sumary.docx", "templates/forms/summary.doc"}
    finally:
        for path in (library.template_folders[0] / "forms").rglob("*.doc*"):
            path.unlink()


def test_repeated_paragraphs_do_not_share_words_identity(sheet):
    w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
    body = f'<w:p xmlns:w14="{w14}" w14:paraId="0A0B0C0D"><w:r><w:t>{{{{ intro }}}}</w:t></w:r></w:p>'.encode()
    template = changed(made(), lambda p: p.update({"word/document.xml": p["word/document.xml"].replace(b"<w:body>", b"<w:body>" + body)}))  # fmt: skip
    package = filling.fill(template, sheet, Record({"intro": "一\n二\n三"}))
    assert texts(package) == ["一", "二", "三"]
    found = [p.get(f"{{{w14}}}paraId") for p in opened(package).element.body.iter(f"{W}p")]
    assert found == ["0A0B0C0D", None, None]
