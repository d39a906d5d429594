"""Word files nobody here made: links, fields, notes, lists, content controls, pictures, and what is refused."""

import io
import re
import zipfile

import pytest
from lxml import etree
from redlines import STYLES, W, document_xml, docx, p, t, tbl, zipped

from notices.errors import ProblemsError
from notices.ooxml import package
from notices.ooxml.archive import WORD
from notices.ooxml.xml import MC
from notices.redline import proof
from notices.redline.make import redline
from notices.redline.resolve import resolve

END = p("末段")


def lines(content, verdict=None):
    return [(line.style, line.text) for line in proof.lines(package.read(content, "x"), verdict)]


def proven(old, new):
    made = redline(old, new)
    assert lines(made.content, "accept") == lines(new)
    assert lines(made.content, "reject") == lines(old)
    assert made.changed
    return made


def part(content, name):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name).decode() if name in archive.namelist() else ""


def link(inner, identity="rL"):
    return f'<w:hyperlink r:id="{identity}">{inner}</w:hyperlink>'


def linked(target, text):
    return docx(p(t("请登录") + link(t(text)) + t("填报")), END, links=[("rL", "hyperlink", target, True)])


def test_a_link_to_elsewhere_is_a_change_though_its_words_are_the_same():
    made = proven(linked("https://a.example/", "平台"), linked("https://b.example/", "平台"))
    xml, relations = document_xml(made.content), part(made.content, "word/_rels/document.xml.rels")
    struck = re.search(r'<w:hyperlink r:id="(\w+)"><w:del ', xml)
    assert struck
    assert re.search(rf'Id="{struck[1]}"[^>]*Target="https://a.example/"', relations)


def test_a_link_that_stays_stays():
    made = proven(
        linked("https://a.example/", "平台"),
        docx(
            p(t("可登录") + link(t("平台")) + t("填报")), END, links=[("rL", "hyperlink", "https://a.example/", True)]
        ),
    )
    assert document_xml(made.content).count("<w:hyperlink") == 1


def complex_field(code, said):
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{t(said)}<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def test_a_field_is_struck_and_inserted_whole():
    made = proven(
        docx(p(t("见第") + complex_field("REF 甲", "三") + t("条")), END),
        docx(p(t("见第") + complex_field("REF 乙", "三") + t("条")), END),
    )
    xml = document_xml(made.content)
    for mark, code in (("del", "delInstrText"), ("ins", "instrText")):
        inside = re.search(rf"<w:{mark} .*?</w:{mark}>", xml)[0]
        assert inside.count("fldChar ") == 3
        assert f"<w:{code}" in inside


def test_a_field_with_another_result_is_a_change():
    one, two = (docx(p(t("见第") + complex_field("REF 甲", said) + t("条")), END) for said in ("三", "四"))
    assert proven(one, two).tally["改动的段"] == 1


def test_a_simple_field_can_be_struck():
    one = p(t("共") + f'<w:fldSimple w:instr="NUMPAGES">{t("5")}</w:fldSimple>' + t("页"))
    made = proven(docx(one, END), docx(p("共若干页"), END))
    assert "<w:delInstrText" in document_xml(made.content)


def test_nested_fields_are_read_to_their_own_end():
    inner = complex_field("IF 1", "甲").replace(" IF 1 ", " IF ") + t("乙")
    outer = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + inner + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    proven(docx(p(t("前面") + outer + t("后面")), END), docx(p(t("前面") + t("后面的话")), END))


def toc(*entries):
    first = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    ends = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    made = [t(each) for each in entries]
    made[0], made[-1] = first + made[0], made[-1] + ends
    return "".join(map(p, made))


def test_an_equal_table_of_contents_stays_untouched():
    kept = proven(docx(toc("第一章", "第二章"), p("正文甲甲"), END), docx(toc("第一章", "第二章"), p("正文乙乙"), END))
    assert document_xml(kept.content).count("fldChar ") == 3
    assert "field=" not in document_xml(kept.content)


def codes(made, verdict):
    """The marks of fields once all changes are accepted or rejected."""
    root = etree.fromstring(document_xml(made.content).encode())
    resolve(root, verdict)
    return [node.get(f"{{{W}}}fldCharType") or node.text for node in root.iter(f"{{{W}}}fldChar", f"{{{W}}}instrText")]


ONE = ["begin", "TOC", "separate", "end"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (toc("第一章", "第二章"), toc("第一章", "第三章")),
        (toc("第一章", "第二章", "第三章"), toc("第一章", "第三章")),
        (toc("第一章", "第二章"), toc("前言", "第一章", "第二章", "附则")),
        (p("第一章") + p("第二章"), toc("第一章", "第二章")),
        (toc("第一章", "第二章"), ""),
        (toc("第一章", "第二章"), toc("第一章", "第二章").replace(">TOC<", ">INDEX<")),
        (toc("甲章", "乙章"), toc("甲章", "乙章") + p("中间") + toc("甲章", "乙章")),
    ],
)
def test_a_field_over_paragraphs_is_a_field_on_both_sides(old, new):
    for one, two in ((old, new), (new, old)):
        made = proven(docx(one, END), docx(two, END))
        for verdict, side in (("reject", one), ("accept", two)):
            expected = ["INDEX" if "INDEX" in side and each == "TOC" else each for each in ONE * side.count('"begin"')]
            assert codes(made, verdict) == expected


@pytest.mark.parametrize("said", [("第一章", "第二章"), ("第一章", "")])
def test_a_link_inside_a_field_stays_a_link_on_both_sides(said):
    before, _, behind = complex_field("TOC", "甲").partition(t("甲"))
    sides = [p(before + (link(t(each), "rL") if each else t("无")) + behind) for each in said]
    for one, two in (sides, reversed(sides)):
        links = [("rL", "hyperlink", "https://a.example/", True)]
        made = proven(docx(one, END, links=links), docx(two, END, links=links))
        for verdict, side in (("reject", one), ("accept", two)):
            root = etree.fromstring(document_xml(made.content).encode())
            resolve(root, verdict)
            linked_text = "".join(root.xpath("//w:hyperlink//w:t/text()", namespaces={"w": W}))
            assert linked_text == ("".join(re.findall("第.章", side)))


def notes(*texts):
    inner = "".join(f'<w:footnote w:id="{n}">{p(text)}</w:footnote>' for n, text in enumerate(texts, 1))
    separator = '<w:footnote w:type="separator" w:id="-1"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    return {"footnotes.xml": f'<w:footnotes xmlns:w="{W}">{separator}{inner}</w:footnotes>'}


def ref(identity):
    return f'<w:r><w:footnoteReference w:id="{identity}"/></w:r>'


def test_footnotes_are_compared_inside():
    old = docx(p(t("应当报送") + ref(1) + t("材料")), END, parts=notes("近三年指2021年至2023年"))
    new = docx(p(t("应当报送") + ref(1) + t("材料")), END, parts=notes("近三年指2022年至2024年"))
    made = proven(old, new)
    assert "2021年" in "".join(re.findall(r"<w:delText[^>]*>([^<]*)", part(made.content, "word/footnotes.xml")))
    assert "<w:del " not in document_xml(made.content)


def test_a_struck_footnote_comes_along_even_to_a_file_without_notes():
    made = proven(
        docx(p(t("应当报送") + ref(1) + t("材料")), END, parts=notes("只在旧件")), docx(p("应当报送材料"), END)
    )
    assert "只在旧件" in part(made.content, "word/footnotes.xml")
    assert "footnotes+xml" in part(made.content, "[Content_Types].xml")


def test_a_struck_footnote_keeps_its_own_text_beside_the_new_ones():
    old = docx(p(t("应当报送") + ref(1) + t("材料")), p("别处没有注"), END, parts=notes("旧件的注"))
    new = docx(p("应当报送材料"), p(t("别处没有注") + ref(1)), END, parts=notes("新件的注"))
    notes_xml = part(proven(old, new).content, "word/footnotes.xml")
    assert [notes_xml.count(text) for text in ("旧件的注", "新件的注")] == [1, 1]


def control(inner, tag, *, inline=True):
    kind = "<w:text/>" if inline else ""
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/><w:dataBinding w:xpath="/x"/>{kind}</w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


def test_a_content_control_filled_otherwise_stays_and_lets_go_of_its_data():
    made = proven(
        docx(p(t("联系人：") + control(t("张三"), "人")), END), docx(p(t("联系人：") + control(t("李四"), "人")), END)
    )
    xml = document_xml(made.content)
    assert xml.count("<w:sdt>") == 1
    assert re.search(r"<w:sdtContent><w:del .*张三.*<w:ins .*李四.*</w:sdtContent>", xml)
    assert "dataBinding" not in xml


def test_content_controls_around_paragraphs():
    made = proven(
        docx(control(p("甲甲甲甲"), "块", inline=False), END),
        docx(control(p("甲甲乙乙") + p("丙丙"), "块", inline=False), END),
    )
    assert document_xml(made.content).count("<w:sdt>") == 1
    lone = proven(docx(p("甲甲"), END), docx(control(p("甲甲"), "块", inline=False), p("丁"), END))
    assert any("内容控件" in str(remark) for remark in lone.remarks)


def picture(identity, name):
    return f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="{name}"/><a:blip r:embed="{identity}"/></wp:inline></w:drawing></w:r>'


def pictured(data, name="图"):
    return docx(
        p(t("附图") + picture("rP", name)),
        END,
        parts={"media/image1.png": data},
        links=[("rP", "image", "media/image1.png", False)],
    )


def test_pictures_are_compared_by_what_they_are():
    same = redline(pictured("一幅图"), pictured("一幅图", "改了名"))
    assert not same.changed
    made = proven(pictured("一幅图"), pictured("另一幅"))
    assert sorted(part(made.content, f"word/media/{n}") for n in ("image1.png", "image1_old1.png")) == [
        "一幅图",
        "另一幅",
    ]
    assert any("只作整体比对" in str(remark) for remark in made.remarks)


def listed(level_text, number="1"):
    numbering = f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:lvlText w:val="{level_text}"/></w:lvl></w:abstractNum><w:num w:numId="{number}"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    item = f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
    return docx(
        p("第一项的内容", extra=item),
        p("只在这里的一项" + level_text, extra=item),
        END,
        parts={"numbering.xml": numbering},
    )


def test_lists_are_told_apart_by_what_they_look_like_not_by_number():
    same = redline(listed("%1.", "1"), listed("%1.", "7"))
    assert not same.changed
    made = proven(listed("%1."), listed("（%1）"))
    numbering = part(made.content, "word/numbering.xml")
    assert numbering.count("<w:abstractNum ") == 2
    assert numbering.rindex("<w:abstractNum ") < numbering.index("<w:num ")
    assert "<w:pPrChange" in document_xml(made.content)


def test_bookmarks_and_comments_ride_along_and_say_nothing():
    def noted(text):
        edge = '<w:bookmarkStart w:id="5" w:name="书签"/><w:commentRangeStart w:id="6"/>'
        return docx(
            p(
                edge
                + t(text)
                + '<w:commentRangeEnd w:id="6"/><w:r><w:commentReference w:id="6"/></w:r><w:bookmarkEnd w:id="5"/>'
            ),
            END,
        )

    xml = document_xml(proven(noted("甲甲，乙乙"), noted("甲甲，丙丙")).content)
    assert [xml.count(each) for each in ("bookmarkStart", "bookmarkEnd", "commentReference")] == [1, 1, 1]


def test_a_table_of_other_columns_is_replaced_as_a_whole():
    made = proven(docx(tbl(["甲", "乙"]), END), docx(tbl(["甲", "乙", "丙"]), END))
    assert document_xml(made.content).count("<w:trPr>") == 2


def test_a_merged_cell_is_not_compared_with_a_plain_one():
    wide = (
        '<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
        + p("合并的格")
        + "</w:tc></w:tr></w:tbl>"
    )
    proven(docx(wide, END), docx(tbl(["合并", "的格"]), END))


REVISED = docx(
    '<w:p><w:r><w:t>甲</w:t></w:r><w:ins w:id="1" w:author="x"><w:r><w:t>乙</w:t></w:r></w:ins><w:del w:id="2" w:author="x"><w:r><w:delText>丙</w:delText></w:r></w:del></w:p>',
    END,
)


def test_files_that_already_have_changes_are_refused_or_settled():
    with pytest.raises(ProblemsError, match="已有修订：删除 1 处、插入 1 处"):
        redline(REVISED, docx(p("甲"), END))
    accepted = redline(REVISED, docx(p("甲丁"), END), existing="accept")
    rejected = redline(REVISED, docx(p("甲丁"), END), existing="reject")
    assert lines(accepted.content, "reject")[0][1] == "甲乙"
    assert lines(rejected.content, "reject")[0][1] == "甲丙"


def test_headers_and_styles_are_said_not_to_be_compared():
    said = [str(each) for each in redline(headed("页眉"), docx(END)).remarks]
    assert "页眉：两件不同，以新件为准，没有标修订" in said


def test_characters_outside_the_basic_plane_and_odd_spaces():
    proven(docx(p("𠮷野　家\u00a0 x"), END), docx(p("𠮷野家\u2003 y\u200b"), END))


SOUND = docx(p("甲"), END)


def without(name, content=SOUND):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist() if n != name})


def instead(name, data, content=SOUND):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return zipped({n: archive.read(n) for n in archive.namelist()} | {name: data})


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * (WORD.xml + 1))
    return out.getvalue()


def crowd():
    return zipped({f"word/x{n}.xml": "" for n in range(WORD.parts + 1)})


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (b"hello", "打不开压缩包"),
        (SOUND[:200], "打不开压缩包"),
        (OLE, "旧格式"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "有打开密码"),
        (b"%PDF-1.7", "PDF"),
        (b"{\\rtf1", "RTF"),
        (b"<html>", "网页"),
        (without("word/document.xml"), "缺少正文"),
        (without("[Content_Types].xml"), "不是完整的"),
        (zipped({"xl/workbook.xml": "<x/>"}), "Excel"),
        (bomb(), "展开后太大"),
        (crowd(), "展开后太大"),
        (instead("word/document.xml", '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'), "DTD"),
        (instead("word/styles.xml", '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16")), "DTD"),
        (instead("word/document.xml", "<x"), "不是合格的 XML"),
        (instead("word/document.xml", "<x>" * 3000 + "</x>" * 3000), "层次太深"),
        (instead("word/document.xml", "<x/>"), "不是 Word 的格式"),
        (instead("word/document.xml", f'<w:document xmlns:w="{W}"/>'), "没有 w:body"),
        (instead("../evil.xml", "<x/>"), "不正常的名称"),
    ],
)
def test_what_is_not_a_sound_docx_is_refused_in_chinese(content, said):
    for pair in ((content, SOUND), (SOUND, content)):
        with pytest.raises(ProblemsError, match=said):
            redline(*pair)


def test_a_wrong_redline_is_never_given_back(monkeypatch):
    from notices.redline import blocks  # noqa: PLC0415

    monkeypatch.setattr(blocks, "_untouched", lambda *_: True)  # a writer that loses every change
    with pytest.raises(proof.ProofError, match="全部拒绝修订后第 1 段"):
        redline(docx(p("甲甲，乙乙"), END), docx(p("甲甲，丙丙"), END))


def test_the_schema_order_of_what_is_written():
    made = proven(
        docx(p(t("绿色制造名单", "<w:b/>"), "1"), END), docx(p(t("绿色制造标准", "<w:i/>"), "2"), p("新的一段话"), END)
    )
    tree = etree.fromstring(document_xml(made.content).encode())
    for properties in tree.iter(f"{{{W}}}pPr"):
        order = [etree.QName(child).localname for child in properties]
        assert order == sorted(order, key=("pStyle", "rPr", "sectPr", "pPrChange").index)
    numbers = [n.get(f"{{{W}}}id") for n in tree.iter() if n.get(f"{{{W}}}author")]
    assert len(numbers) == len(set(numbers)) > 3


def held(inner, tag="甲"):
    return f'<w:sdt><w:sdtPr><w:tag w:val="{tag}"/></w:sdtPr><w:sdtContent>{inner}</w:sdtContent></w:sdt>'


@pytest.mark.parametrize(
    "block",
    [
        held(p("尾段")),
        tbl([held(p("一格")), held(p("二格"))]),
        tbl(["一格", "二格"]).replace("</w:tr>", '</w:tr><w:bookmarkEnd w:id="7"/>', 1),
        p(t("甲") + "<!-- 注 --><?app x?>" + t("乙")) + "<!-- 注 -->",
        '<w:altChunk r:id="rL"/>',
    ],
)
def test_a_file_against_itself_has_no_change(block):
    one = docx(p('<w:bookmarkStart w:id="7" w:name="b"/>' + t("首段")), block)
    made = redline(one, one)
    assert not made.changed
    assert document_xml(made.content).count("<w:sdt>") == block.count("<w:sdt>")
    assert document_xml(made.content).count("bookmarkEnd") == 1


def test_a_note_that_ends_with_a_table_has_no_change_against_itself():
    ended = {
        name: part.replace("注</w:t></w:r></w:p>", f"注</w:t></w:r></w:p>{tbl(['一格'])}")
        for name, part in notes("注").items()
    }
    assert "</w:tbl></w:footnote>" in ended["footnotes.xml"]
    one = docx(p(t("正文") + ref(1)), END, parts=ended)
    assert not redline(one, one).changed


@pytest.mark.parametrize(("before", "expected"), [("", ["正文", "末段"]), ("甲", ["甲正文", "末段"])])
def test_a_settled_control_that_loses_all_its_paragraphs_goes_with_them(before, expected):
    mark = '<w:pPr><w:rPr><w:del w:id="9"/></w:rPr></w:pPr>'
    gone = f'<w:p>{mark}<w:del w:id="8"><w:r><w:delText>旧目录</w:delText></w:r></w:del></w:p>'
    joined = f"<w:p>{mark}{t(before)}</w:p>" if before else ""
    root = etree.fromstring(document_xml(docx(joined, held(gone) + f"<w:p>{mark}</w:p>", p("正文"), END)).encode())
    resolve(root, "accept")
    assert [paragraph.xpath("string()") for paragraph in root.iter(f"{{{W}}}p")] == expected
    assert root.find(f".//{{{W}}}sdt") is None


def test_a_style_one_file_names_and_does_not_have_is_none_of_the_others():
    defined = STYLES.replace(
        "</w:styles>", '<w:style w:type="paragraph" w:styleId="Z"><w:name w:val="Title"/></w:style></w:styles>'
    )
    made = proven(docx(p("甲", style="Z"), END), docx(p("乙"), END, styles=defined))
    assert [style for style, _ in lines(made.content, "reject")] == ["normal", "normal"]


def test_what_nothing_leads_to_is_no_part_of_a_document():
    made = redline(instead("8854.xml", b"PK no xml"), instead("word/8854.xml", b"PK no xml", docx(p("乙"), END)))
    assert made.changed
    with pytest.raises(ProblemsError, match="不是合格的 XML"):
        redline(instead("word/_rels/document.xml.rels", b"PK no xml"), SOUND)


@pytest.mark.parametrize(
    "other",
    [p("尾段"), held(held(p("尾段"), "乙")), held(p("尾段改"), "丙"), tbl(["尾段"]), p("首") + held(p("尾段改"))],
)
def test_a_file_that_ends_with_a_content_control_can_be_compared(other):
    for one, two in ((held(p("尾段")), other), (other, held(p("尾段")))):
        proven(docx(p("首段甲"), one), docx(p("首段乙"), two))


def test_blanks_around_a_text_count_only_where_it_says_so():
    loose = "<w:p><w:r><w:t>\n\t\t甲 \n</w:t></w:r>{}<w:r><w:t xml:space='preserve'> 乙</w:t></w:r></w:p>"
    made = proven(docx(loose.format(""), END), docx(loose.format(t("改")), END))
    assert lines(made.content, "reject")[0] == ("normal", "甲 乙")
    assert lines(made.content, "accept")[0] == ("normal", "甲改 乙")
    assert "\n\t\t甲" not in document_xml(made.content)


def test_xml_comments_inside_a_text_do_not_cut_it():
    made = proven(docx(p("前文后文"), END), docx(p(t("前文") + "").replace("前文", "前文<!-- 注 -->加后文"), END))
    assert "加" in document_xml(made.content)


def custom(content, more):
    """The file with more parts."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return zipped({**files, **{name: files.get(name, "") + data for name, data in more.items()}})


def test_data_with_a_namespace_that_is_no_address_can_be_compared():
    data = '<p xmlns="urn:x"><v xmlns="082a67a4-94af">{}</v></p>'
    one, two = (custom(docx(p("甲"), END), {"customXml/item1.xml": data.format(value)}) for value in "12")
    said = {str(remark) for made in (redline(one, one), redline(one, two)) for remark in made.remarks}
    assert {"自定义数据：两件相同", "自定义数据：两件不同，以新件为准，没有标修订"} <= said


def signed(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    kind = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
    rels = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
    link = '<Relationship Id="rS" Type="{}" Target="{}"/>'
    sign = link.format(f"{kind}/origin", "_xmlsignatures/origin.sigs")
    files["_rels/.rels"] = files["_rels/.rels"].replace("</Relationships>", f"{sign}</Relationships>")
    override = '<Override PartName="/_xmlsignatures/sig1.xml" ContentType="application/x"/></Types>'
    files["[Content_Types].xml"] = files["[Content_Types].xml"].replace("</Types>", override)
    files |= {
        "_xmlsignatures/origin.sigs": "",
        "_xmlsignatures/_rels/origin.sigs.rels": rels.format(link.format(f"{kind}/signature", "sig1.xml")),
        "_xmlsignatures/sig1.xml": "<s/>",
    }
    return zipped(files)


def test_a_signature_goes_with_all_that_speaks_of_it():
    made = redline(docx(p("甲文"), END), signed(docx(p("乙文"), END)))
    with zipfile.ZipFile(io.BytesIO(made.content)) as archive:
        assert not any("signature" in name for name in archive.namelist())
        assert b"ignature" not in archive.read("_rels/.rels") + archive.read("[Content_Types].xml")
    assert any(remark.what == "数字签名" for remark in made.remarks)


def test_styles_whose_names_differ_in_case_alone_are_two():
    more = '<w:style w:type="paragraph" w:styleId="X"><w:name w:val="Heading 1"/></w:style></w:styles>'
    one = docx(p("甲", "1"), p("乙", "X"), END, styles=STYLES.replace("</w:styles>", more))
    two = docx(
        p("甲", "1"), p("乙", "X"), END, styles=STYLES.replace("</w:styles>", more.replace("/></w:s", "/> </w:s"))
    )
    assert not redline(one, one).changed
    assert not redline(one, two).changed


def test_marks_have_no_date_nobody_gave():
    made = redline(docx(p("甲文"), END), docx(p("乙文"), END))
    assert "w:ins " in document_xml(made.content)
    assert "w:date" not in document_xml(made.content)


def test_what_comes_over_may_be_ignored_where_it_could_be():
    names = f'xmlns:w="{W}" xmlns:mc="{MC}" xmlns:w14="urn:w14" mc:Ignorable="w14"'
    note = '<w:footnote w:id="1"><w:p w14:paraId="1"><w:r><w:t>注</w:t></w:r></w:p></w:footnote>'
    old = docx(p(t("甲文") + ref(1)), END, parts={"footnotes.xml": f"<w:footnotes {names}>{note}</w:footnotes>"})
    for new in (docx(p("乙文"), END), docx(p("乙文"), END, parts=notes())):
        assert 'Ignorable="w14"' in part(redline(old, new).content, "word/footnotes.xml")


def test_what_is_struck_has_no_bookmarks():
    box = '<w:r><w:pict><w:bookmarkStart w:id="1" w:name="b"/><w:t>{}</w:t><w:bookmarkEnd w:id="1"/></w:pict></w:r>'
    made = redline(docx(p(box.format("旧框")), END), docx(p(box.format("新框")), END))
    assert document_xml(made.content).count("bookmarkStart") == 1


def headed(text, margin="1000"):
    """A document whose text is always the same."""
    section = f'<w:sectPr><w:headerReference w:type="default" r:id="rIdheader"/><w:pgMar w:top="{margin}"/></w:sectPr>'
    head = f'<w:hdr xmlns:w="{W}">{p(text)}</w:hdr>'
    return docx(body=p("正文") + section, parts={"header.xml": head})


@pytest.mark.parametrize(
    ("new", "said"),
    [
        (headed("页眉甲"), "两件没有差别"),
        (headed("页眉乙"), "正文没有差别；不同的是页眉，没有标修订"),
        (headed("页眉甲", "2000"), "正文没有差别；不同的是分节和页面设置，没有标修订"),
    ],
)
def test_a_difference_that_is_not_tracked_is_no_sameness(new, said):
    made = redline(headed("页眉甲"), new)
    assert not made.changed
    assert made.said == said
    assert said in "".join(made.summary.lines())
