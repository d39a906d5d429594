"""Any official paper on the workbench: checked, set, two as one; what is handed in is never trusted."""

import io
import re
import zipfile

import pytest
from playwright.sync_api import expect
from workbenches import asked, audited, wide

import notices

TEXT = """关于开展自查工作的通知

各市工业和信息化局：

为做好有关工作，现将事项通知如下。

一、总体要求

请认真组织自查,按时报送结果。

广西壮族自治区工业和信息化厅

2025年3月3日
"""


@pytest.fixture(scope="module")
def word():
    return notices.open().edition("guangxi").write("notice", "docx")


@pytest.fixture(scope="module")
def pdf():
    return notices.open().edition("guangxi").write("notice", "pdf")


def kept(text, label):
    """The address of a file of an answer, by its link's words."""
    return re.search(rf'href="(/kept/[^"?]+)[^"]*"[^>]*>{label}', text)[1]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_paper_of_ours_has_nothing_to_mend(bench, word, pdf, kind):
    answer = bench.post("/papers/check", files={"paper": (f"通知.{kind}", word if kind == "docx" else pdf)})
    assert answer.status_code == 200
    assert "没有必须改的" in answer.text
    assert ("加了批注的 Word" in answer.text) == (kind == "docx")


def test_what_is_wrong_is_told_with_clause_and_place(bench, word):
    opened = zipfile.ZipFile(io.BytesIO(word))
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w") as made:
        for name in opened.namelist():
            held = opened.read(name)
            made.writestr(name, re.sub(rb'w:top="\d+"', b'w:top="600"', held) if name == "word/document.xml" else held)
    answer = bench.post("/papers/check", files={"paper": ("通知.docx", changed.getvalue())})
    assert "有必须改的地方" in answer.text
    assert "GB/T 9704-2012" in answer.text
    for shape, head in (("docx", b"PK"), ("html", b"<!DOCTYPE"), ("json", b"[")):
        address = re.search(rf'href="(/papers/check/[^/]+/{shape})"', answer.text)[1]
        assert bench.client.get(address).content.startswith(head)


def test_an_office_has_its_own_rules(bench, word):
    answer = bench.post("/papers/check", files={"paper": ("通知.docx", word), "rules": ("规定.yaml", b"a: [\n")})
    assert answer.status_code == 422
    assert "本机关的规定.yaml" in answer.text


def test_a_text_is_set_and_every_character_proven(bench):
    answer = bench.post("/papers/typeset", {"pasted": TEXT})
    assert "一字不少" in answer.text
    assert bench.client.get(kept(answer.text, "下载 Word")).content.startswith(b"PK")
    shown = bench.client.get(kept(answer.text, "看 PDF"), params={"shown": "1"})
    assert shown.content.startswith(b"%PDF")
    assert shown.headers["content-disposition"].startswith("inline")


def test_a_paragraph_can_be_said_to_be_another_part(bench):
    answer = bench.post("/papers/typeset", {"pasted": TEXT})
    again = re.search(r'action="(/papers/typeset/[^"]+)"', answer.text)[1]
    changed = bench.post(again, {"part-1": "body", "punctuation": "1"}).text
    assert re.search(r'id="part-1".*?<option value="body" selected>', changed, re.DOTALL)
    assert "，" in changed.partition('id="made"')[2]
    assert bench.post(again, {"part-1": "no-such-part", "part-x": "body"}).status_code == 200


def test_two_files_and_two_editions_become_one(bench, word):
    other = notices.open().edition("jilin").write("notice", "docx")
    files = {"old_file": ("旧.docx", word), "new_file": ("新.docx", other)}
    answer = bench.post("/compare/redline/made", {"author": "王芳", "date": "2025-03-03"}, files=files)
    assert "全部接受得新稿的正文" in answer.text
    assert b"w:ins " in zipfile.ZipFile(io.BytesIO(bench.client.get(kept(answer.text, "下载带修订标记")).content)).read(
        "word/document.xml"
    )
    named = bench.post("/compare/redline/made", {"old": "guangxi@2024", "new": "jilin@2024"})
    assert "已核对" in named.text
    assert bench.post("/compare/redline/made", {"old": "guangxi@2024", "new": "nowhere"}).status_code == 404
    assert bench.post("/compare/redline/made", {"date": "31.12."}, files=files).status_code == 422


def bomb():
    """A small file that unpacks to a gigabyte."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr("word/document.xml", b" " * 1_000_000_000)
    return made.getvalue()


HOSTILE = {
    "empty": ("a.docx", b""),
    "text called docx": ("a.docx", b"hello"),
    "bomb": ("a.docx", None),
    "broken pdf": ("a.pdf", b"%PDF-1.7\nbroken"),
    "a program": ("a.exe", b"MZ"),
    "a path": ("../../../../etc/passwd.docx", b"hello"),
    "no ending": ("a", b"hello"),
    "locked": ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000)),
}


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("address", ["/papers/check", "/papers/typeset"])
def test_what_is_no_paper_is_told_and_the_next_is_served(bench, address, name):
    called, content = HOSTILE[name]
    answer = bench.post(address, files={"paper": (called, bomb() if content is None else content)})
    assert answer.status_code in {404, 422}, answer.text[-2000:]
    assert "程序自身" not in answer.text
    assert "etc" not in answer.text
    assert bench.client.get("/papers").status_code == 200


def test_nothing_handed_in_is_told_so(bench):
    assert "没有选文件" in bench.post("/papers/check").text
    assert "没有选文件" in bench.post("/papers/typeset", {"pasted": "  "}).text
    assert bench.client.get("/kept/none").status_code == 404


def test_a_file_of_one_session_is_not_anothers(workers, bench):
    answer = bench.post("/papers/typeset", {"pasted": TEXT})
    address = kept(answer.text, "下载 Word")
    other = asked(workers)
    assert other.client.get("/enter", params={"key": other.bench.key.current}).status_code == 303
    other.bench.sessions._open.update(bench.bench.sessions._open)
    assert other.client.get(address).status_code == 404
    assert bench.client.get(address).status_code == 200
    bench.post("/account/forget")
    assert bench.client.get(address).status_code == 404


def test_papers_in_a_browser(page, tmp_path, word):
    file = tmp_path / "通知.docx"
    file.write_bytes(word)
    page.get_by_role("link", name="公文").click()
    assert audited(page) == []
    page.get_by_label("Word 或 PDF 文件").set_input_files(file)
    page.get_by_role("button", name="检查").click()
    expect(page.locator("#content")).to_contain_text("没有必须改的")
    assert audited(page) == []
    page.get_by_role("link", name="再查一份").click()
    page.get_by_label("或者把文字粘贴在这里").fill(TEXT)
    page.get_by_role("button", name="排版").click()
    expect(page.locator("#made")).to_contain_text("一字不少")
    link = page.get_by_role("link", name="下载 Word")
    before = link.get_attribute("href")
    page.get_by_label("第 1 段是").select_option("body")
    expect(link).not_to_have_attribute("href", before)
    expect(page.get_by_label("第 1 段是")).to_have_value("body")
    assert audited(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
