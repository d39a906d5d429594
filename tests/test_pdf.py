"""The PDF measured as printed, its text read back, and what is refused."""

from __future__ import annotations

import hashlib
import io
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pdfplumber
import pypdf
import pypdfium2
import pytest
from conftest import ROOT
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from hypothesis import example, given, settings
from hypothesis import strategies as st
from papers import LETTER, NOTICE, PURE, RULES, paper, para, squeezed
from pypdf import PdfReader
from test_fonts import collection

from notices.document.blocks import Heading, Span, Title, spans, text_lines
from notices.errors import MissingPartError, ProblemsError
from notices.typeset import fonts as fonts_module
from notices.typeset.fonts import ROLES, FontFace, find_fonts, glyphs
from notices.typeset.page import PAGE, mm
from notices.typeset.pages import typeset
from notices.writers import pdf
from notices.writers.subset import subset

FONTS = find_fonts((ROOT / ".fonts",))
MM = 72 / 25.4


@pytest.fixture(scope="module")
def printed():
    """Each paper as pdfplumber reads it."""
    files = {document.kind: pdfplumber.open(io.BytesIO(pdf.write(document, FONTS))) for document in PAPERS}
    yield files
    for file in files.values():
        file.close()


FULL = paper(para(PURE * 6), kind="full")
PAPERS = (NOTICE, LETTER, RULES, FULL)


def text_of(data):
    """All characters of a file in the order they are drawn, page furniture left out."""
    with pdfplumber.open(io.BytesIO(data)) as file:
        return "".join(squeezed(c["text"]) for page in file.pages for c in page.chars if is_text(c))


def is_text(char):
    return char["top"] > 20 * MM and char["bottom"] < 266 * MM


def rows(page):
    """The lines of body type on a page, from the top: lists of characters."""
    found = {}
    for char in page.chars:
        if is_text(char) and char["text"].strip():
            found.setdefault(round(page.height - char["matrix"][5], 1), []).append(char)
    return [sorted(chars, key=lambda c: c["x0"]) for _, chars in sorted(found.items())]


def bars(page):
    return sorted(
        ((r["x0"] / MM, r["top"] / MM, r["x1"] / MM, r["bottom"] / MM) for r in page.rects), key=lambda r: r[1]
    )


def words(chars):
    return "".join(char["text"] for char in chars)


# What was set is what is printed


@pytest.mark.parametrize("document", PAPERS, ids=lambda d: d.kind)
def test_every_character_is_drawn_where_it_was_set(document, printed):
    sheets = typeset(document, FONTS)
    assert len(printed[document.kind].pages) == len(sheets)
    for page, sheet in zip(printed[document.kind].pages, sheets, strict=True):
        expected = []
        for line in sheet.lines:
            for fragment in line.fragments:
                x = fragment.x
                for char in fragment.text:
                    expected.append((char, x, line.baseline))
                    x += glyphs(fragment.face).advance(char) * fragment.size + fragment.spacing
        drawn = [(c["text"], c["matrix"][4], page.height - c["matrix"][5]) for c in page.chars if c["text"].strip()]
        wanted = [each for each in expected if each[0].strip()]
        assert [char for char, _, _ in drawn] == [char for char, _, _ in wanted]
        assert max(abs(a[1] - b[1]) for a, b in zip(drawn, wanted, strict=True)) < 0.5 * MM
        assert max(abs(a[2] - b[2]) for a, b in zip(drawn, wanted, strict=True)) < 0.01


def _by_pdfium(content):
    with pypdfium2.PdfDocument(content) as file:
        return [page.get_textpage().get_text_range() for page in file]


def _by_pypdf(content):
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]


@pytest.mark.parametrize("document", [NOTICE, RULES, FULL], ids=lambda d: d.kind)
@pytest.mark.parametrize("reader", [_by_pdfium, _by_pypdf])
def test_other_readers_give_the_text_back(document, reader):
    content = pdf.write(replace(document, draft=False), FONTS)
    pages = [squeezed(page).replace(f"—{n}—", "") for n, page in enumerate(reader(content), 1)]
    assert "".join(pages) == squeezed("".join(text_lines(document)))


def test_blanks_and_odd_characters_too_stand_where_they_were_set():
    usable = "".join(char for char in ODD if FONTS.face_for("body", char))
    document = paper(Heading(1, spans("一、" + usable)), para(usable), para(usable[::-1]), para("词 组  字 " * 40))
    with pdfplumber.open(io.BytesIO(pdf.write(document, FONTS))) as file:
        for page, sheet in zip(file.pages, typeset(document, FONTS), strict=True):
            expected = []
            for line in sheet.lines:
                for fragment in line.fragments:
                    x = fragment.x
                    for char in fragment.text:
                        advance = glyphs(fragment.face).advance(char) * fragment.size
                        expected.append((char, x, x + advance, line.baseline))
                        x += advance + fragment.spacing
            drawn = [(c["text"], c["matrix"][4], c["x1"], page.height - c["matrix"][5]) for c in page.chars]
            assert [each[0] for each in drawn] == [each[0] for each in expected]
            for got, wanted in zip(drawn, expected, strict=True):
                assert got[1:] == pytest.approx(wanted[1:], abs=0.01)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("count", [1, 2, 3, 250, 257, 258, 700])
def test_a_face_cut_down_keeps_its_shapes_and_counts_its_glyphs_in_order(role, count):
    """A text's numbers mean the same glyphs whether a reader takes them for identifiers or for places."""
    face = FONTS.chosen(role)
    whole = TTFont(io.BytesIO(face.path.read_bytes()), fontNumber=face.number)
    wanted = range(whole["maxp"].numGlyphs - 1, 0, -max(1, whole["maxp"].numGlyphs // count))[:count]
    content, places = subset(face, wanted)
    cut = TTFont(io.BytesIO(content))
    assert set(places) == set(wanted)
    if "CFF " in cut:
        charset = cut["CFF "].cff[0].charset
        assert charset == [".notdef", *(f"cid{n:05d}" for n in range(1, len(charset)))]
    for glyph, place in list(places.items())[:40]:
        assert outline(cut, place) == outline(whole, glyph)


def outline(font, glyph):
    shapes = font.getGlyphSet()
    pen = DecomposingRecordingPen(shapes)
    shapes[font.getGlyphName(glyph)].draw(pen)
    return pen.value


# Geometry (GB/T 9704-2012)


def test_the_paper_is_a4(printed):
    for file in printed.values():
        for page in file.pages:
            assert page.width / MM == pytest.approx(210, abs=0.1)
            assert page.height / MM == pytest.approx(297, abs=0.1)


def test_full_lines_reach_both_edges_of_the_text_area(printed):
    """Which lines are full is the typesetter's word; where they end is measured."""
    starts = []
    for document in (NOTICE, FULL):
        for page, sheet in zip(printed[document.kind].pages, typeset(document, FONTS), strict=True):
            measured = {round(chars[0]["matrix"][5]): chars for chars in rows(page)}
            for line in sheet.lines:
                if abs(line.fragments[-1].end - PAGE.right) > 0.01 or line.fragments[0].size != 16:
                    continue
                chars = measured[round(page.height - line.baseline)]
                starts.append(chars[0]["matrix"][4] / MM)
                assert chars[-1]["x1"] / MM == pytest.approx(184, abs=0.5), words(chars)
    assert len(starts) > 100
    assert sum(abs(start - 28) < 0.5 for start in starts) > 80
    assert sum(abs(start - 28 - 2 * 156 / 28) < 0.5 for start in starts) > 10


def test_a_full_page_has_22_lines_of_28_characters(printed):
    for page in printed["full"].pages[:-1]:
        lines = rows(page)
        assert len(lines) == 22
        assert {len(chars) for chars in lines[1:]} == {28}
        assert lines[0][0]["top"] / MM >= 37
        assert lines[-1][0]["bottom"] / MM <= 262
        pitch = (lines[-1][0]["top"] - lines[0][0]["top"]) / 21
        assert pitch == pytest.approx(28.95, abs=0.01)


def ink(page, top, bottom, test):
    """First and last row, in millimetres, of pixels that pass a test between two heights."""
    image = page.to_image(resolution=254, antialias=False).original.convert("RGB")
    found = [
        y
        for y in range(round(top * 10), round(bottom * 10))
        if any(test(image.getpixel((x, y))) for x in range(300, image.width - 300, 2))
    ]
    return found[0] / 10, found[-1] / 10


def red(pixel):
    return pixel[0] > 180 and pixel[1] < 90


def test_the_mark_stands_35_mm_below_the_text_areas_edge(printed):
    assert ink(printed["notice"].pages[0], 40, 120, red)[0] == pytest.approx(72, abs=0.3)


def test_the_red_rule_is_156_mm_wide_and_4_mm_under_the_number(printed):
    page = printed["notice"].pages[0]
    (rule,) = bars(page)
    assert rule[2] - rule[0] == pytest.approx(156, abs=0.1)
    assert rule[0] == pytest.approx(28, abs=0.1)
    number = next(chars for chars in rows(page) if "268号" in words(chars))
    assert rule[1] - max(char["bottom"] for char in number if char["text"] == "号") / MM == pytest.approx(4, abs=0.2)
    assert page.rects[0]["non_stroking_color"] == (1, 0, 0)


def test_page_numbers_stand_right_on_odd_left_on_even_pages_7_mm_under_the_text(printed):
    for n, page in enumerate(printed["full"].pages, 1):
        chars = [char for char in page.chars if char["top"] > 264 * MM and char["text"].strip()]
        assert words(chars) == f"—{n}—"
        assert {round(char["size"]) for char in chars} == {14}
        edge = 184 - chars[-1]["x1"] / MM if n % 2 else chars[0]["x0"] / MM - 28
        assert edge == pytest.approx(14 / MM, abs=0.3)
        dash = ink(page, 264, 280, lambda pixel: pixel[0] < 140)
        assert dash[0] <= 269 + 0.3
        top = ink_of_dash(page, chars[0])
        assert top == pytest.approx(269, abs=0.3)


def ink_of_dash(page, char):
    image = page.to_image(resolution=254, antialias=False).original.convert("L")
    x = round((char["x0"] + char["x1"]) / 2 / MM * 10)
    return next(y for y in range(2600, 2850) if image.getpixel((x, y)) < 200) / 10


def test_the_imprints_last_rule_ends_the_text_area(printed):
    first, between, last = bars(printed["notice"].pages[-1])
    assert last[3] == pytest.approx(262, abs=0.1)
    for bar, thickness in ((first, 0.35), (between, 0.25), (last, 0.35)):
        assert bar[2] - bar[0] == pytest.approx(156, abs=0.1)
        assert bar[3] - bar[1] == pytest.approx(thickness, abs=0.02)


def test_the_letters_figures(printed):
    page = printed["letter"].pages[0]
    assert ink(page, 15, 60, red)[0] == pytest.approx(30, abs=0.3)
    thick, thin, upper, lower = bars(page)
    for bar in (thick, thin, upper, lower):
        assert bar[2] - bar[0] == pytest.approx(170, abs=0.1)
        assert bar[0] == pytest.approx(20, abs=0.1)
    assert thick[3] - thick[1] > thin[3] - thin[1]
    assert lower[3] - lower[1] > upper[3] - upper[1]
    assert 297 - lower[3] == pytest.approx(20, abs=0.1)
    mark = ink(page, 15, thick[1] - 1, red)
    assert thick[1] - mark[1] == pytest.approx(4, abs=0.3)
    number = next(chars for chars in rows(page) if "16号" in words(chars))
    assert number[-1]["x1"] / MM == pytest.approx(184, abs=0.5)
    assert min(c["top"] for c in number if c["text"] == "号") / MM - thin[3] == pytest.approx(4.94, abs=0.2)
    assert upper[1] - max(c["bottom"] for c in page.chars if c["text"] == "的" and is_text(c)) / MM >= 4.8
    assert not [char for char in page.chars if char["top"] > 277 * MM]
    assert not bars(printed["letter"].pages[1])


def test_pending_text_is_highlighted_and_the_draft_marked(printed):
    pages = printed["notice"].pages
    yellow = [(page, r) for page in pages for r in page.rects if r["non_stroking_color"][2] < 0.9 and r["height"] > 10]
    assert yellow
    page, rect = yellow[0]
    under = words(
        c for c in page.chars if rect["x0"] - 1 <= c["x0"] <= rect["x1"] - 8 and abs(c["top"] - rect["top"]) < 4
    )
    assert under.startswith("【待定：")
    assert all("草稿·尚有待定事项" in words(page.chars) for page in pages)
    assert all("草稿" not in words(page.chars) for page in printed["rules"].pages)


# The file


def test_bookmarks_and_properties():
    reader = PdfReader(io.BytesIO(pdf.write(NOTICE, FONTS)))
    assert reader.metadata.title == NOTICE.title
    assert reader.metadata.author == NOTICE.author
    assert "/CreationDate" not in reader.metadata

    def flat(items, depth=1):
        for item in items:
            if isinstance(item, list):
                yield from flat(item, depth + 1)
            else:
                yield depth, item.title

    marks = list(flat(reader.outline))
    assert (2, "一、总体要求") in marks
    assert (3, "（一）推荐范围") in marks
    assert (1, "附件2　绿色工业园区评价要求及第三方评价机构现场评价报告编制大纲") in marks


SCRIPT = """
import hashlib, sys
sys.path.insert(0, sys.argv[1])
from papers import LETTER, NOTICE
from pathlib import Path
from notices.typeset.fonts import find_fonts
from notices.writers import pdf
fonts = find_fonts((Path(sys.argv[2]),))
if sys.argv[3] == "other first":
    pdf.write(LETTER, fonts)
print(hashlib.sha256(pdf.write(NOTICE, fonts)).hexdigest())
"""


def test_equal_documents_give_equal_files_in_every_process(tmp_path):
    elsewhere = tmp_path / "moved"
    shutil.copytree(ROOT / ".fonts", elsewhere)
    found = {hashlib.sha256(pdf.write(NOTICE, FONTS)).hexdigest()}
    for folder, order in ((ROOT / ".fonts", "other first"), (elsewhere, "alone")):
        command = [sys.executable, "-c", SCRIPT, ROOT / "tests", folder, order]
        run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
        found.add(run.stdout.strip())
    assert len(found) == 1


def test_no_temporary_folder_outlives_the_program(tmp_path):
    command = [sys.executable, "-c", SCRIPT, ROOT / "tests", ROOT / ".fonts", "alone"]
    subprocess.run(
        command, check=True, cwd=ROOT, capture_output=True, env={"TMPDIR": str(tmp_path), "PATH": "/usr/bin"}
    )
    assert list(tmp_path.iterdir()) == []


# Text


ODD = (
    "①⑴㎡²³½±×÷≤≥℃‰¥￥§†®→■□▲★☆♀ⅠⅡαβγΩωАБВàéñüß—–―·•・⼀一⼆二㈠㊣〇○◯ΩμµａＡ１％~～<b>&amp;</b>\"'`{}[]()!@#$^*_+=|\\;:/?.,"
    "ffi fi AVA To．﨎吉名\u00a0词\u3000组"
)


def test_odd_characters_and_characters_that_share_a_glyph_are_read_back():
    usable = "".join(char for char in ODD if FONTS.face_for("body", char))
    assert len(usable) > 120
    pairs = {glyphs(FONTS.face_for("body", c)).glyph(c) for c in "⼀一"}
    assert len(pairs) == 1, "the two characters share one glyph: the case this test is about"
    document = paper(Heading(1, spans("一、" + usable)), para(usable), para(usable[::-1]))
    assert text_of(pdf.write(document, FONTS)) == squeezed("".join(text_lines(document)))


LEGAL = sorted(
    char
    for char in map(chr, [*range(0x20, 0x500), *range(0x2010, 0x2700), *range(0x3000, 0x3100), *range(0x4E00, 0xA000)])
    if not pdf.unprintable(paper(para(char)), FONTS)
)


def test_no_face_but_the_chosen_ones_is_drawn():
    usable = "".join(char for char in ODD if FONTS.face_for("body", char))
    with pdfplumber.open(io.BytesIO(pdf.write(paper(para(usable), para("2024年é、ß")), FONTS))) as file:
        drawn = {char["fontname"].split("+")[1].rpartition("-")[0] for page in file.pages for char in page.chars}
    known = {f"{face.path.stem}-{face.number}" for role in ROLES for face in FONTS.chain(role)}
    assert drawn <= known


@settings(max_examples=20)
@given(st.lists(st.text(LEGAL, min_size=1, max_size=120).filter(str.strip), min_size=1, max_size=4))
@example(["</p><script>alert(1)</script>", "&lt;", "a  b", "{{ x }}", "%s"])
def test_any_legal_text_survives(texts):
    assert len(LEGAL) > 10000
    document = paper(Title((texts[0].strip()[:20],)), *map(para, texts))
    assert text_of(pdf.write(document, FONTS)) == squeezed("".join(text_lines(document)))


@pytest.mark.parametrize(
    ("char", "code"),
    [
        ("\U0001f600", "U+1F600"),
        ("\u200b", "U+200B"),
        ("\u0301", "U+0301"),
        ("א", "U+05D0"),
        ("\ue000", "U+E000"),
        ("\t", "U+0009"),
    ],
)
def test_a_character_that_cannot_be_printed_is_named_with_its_paragraph(char, code):
    document = paper(para("好"), para(f"企业{char}名单"), kind="notice")
    with pytest.raises(ProblemsError) as caught:
        pdf.write(document, FONTS)
    (problem,) = caught.value.problems
    assert (problem.file, problem.key) == ("notice", "第 2 段")
    assert code in problem.message
    assert "企业" in problem.hint


def test_every_unprintable_character_is_reported_at_once():
    with pytest.raises(ProblemsError) as caught:
        pdf.write(paper(para("\U0001f600\U0001f601"), para("\U0001f600")), FONTS)
    assert len(caught.value.problems) == 3


def test_a_face_of_a_collection_is_drawn(monkeypatch, tmp_path):
    monkeypatch.setattr(fonts_module, "_system_directories", lambda: ())
    folder = tmp_path / "fonts"
    shutil.copytree(ROOT / ".fonts", folder, ignore=shutil.ignore_patterns("Noto*", "FandolFang*"))
    collection(folder / "NotoSerifCJK-Regular.ttc")
    fonts = find_fonts((folder,))
    data = pdf.write(paper(para("绿绿")), fonts)
    with pdfplumber.open(io.BytesIO(data)) as file:
        first, second = (c for c in file.pages[0].chars if c["text"] == "绿")
        assert "NotoSerifCJK" in first["fontname"]
        assert second["x0"] - first["x0"] == pytest.approx(PAGE.cell, abs=0.1)


# What draws


def test_threads_draw_at_once_what_one_draws_alone():
    documents = [*PAPERS] * 3
    alone = [pdf.write(document, FONTS) for document in PAPERS] * 3
    with ThreadPoolExecutor(6) as threads:
        assert list(threads.map(lambda document: pdf.write(document, FONTS), documents)) == alone


def test_a_face_that_cannot_be_cut_is_named(tmp_path):
    content = bytearray((ROOT / ".fonts/FandolFang-Regular.otf").read_bytes())
    with TTFont(io.BytesIO(bytes(content))) as font:
        outlines = font.reader.tables["CFF "]
    content[outlines.offset : outlines.offset + 4000] = b"\xff" * 4000
    broken = tmp_path / "FandolFang-Regular.otf"
    broken.write_bytes(content)
    with pytest.raises(MissingPartError, match=r"FandolFang-Regular\.otf"):
        subset(FontFace("FandolFang", broken), [5, 6])


def test_papers_are_drawn_through_public_names_alone():
    """No name that begins with an underscore is taken from a library, and WeasyPrint is not loaded for a paper."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path; from papers import NOTICE;"
        "from notices.typeset.fonts import find_fonts; from notices.writers import pdf;"
        "assert pdf.write(NOTICE, find_fonts((Path(sys.argv[2]),)));"
        "print([name for name in ('weasyprint', 'cffi', 'fontTools') if name in sys.modules])"
    )
    command = [sys.executable, "-c", code, ROOT / "tests", ROOT / ".fonts"]
    assert subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT).stdout.strip() == "[]"
    for path in (*(ROOT / "notices/writers").glob("*.py"), ROOT / "notices/typeset/glyphs.py"):
        assert not re.search(r"\b(pydyf|harfbuzz|uharfbuzz)(\.\w+)*\._", path.read_text("utf-8")), path


WATCHED = """
import sys
sys.path.insert(0, sys.argv[1])
from papers import paper, para
from pathlib import Path
from notices.typeset.fonts import find_fonts
from notices.writers import pdf
fonts = find_fonts((Path(sys.argv[2]),))
seen = []
sys.addaudithook(lambda event, args: seen.append((event, str(args[0] if args else ""))))
pdf.write(paper(*map(para, sys.argv[3:])), fonts)
for event, what in seen[:]:
    code = what.endswith((".py", ".pyc", ".so"))
    if event.startswith(("socket.", "urllib.", "subprocess.", "tempfile.", "os.system")) or (event == "open" and not code):
        print(event, what)
"""


def test_nothing_but_the_chosen_faces_is_fetched():
    texts = ["file:///etc/hostname", "https://example.org/a", "notices-font:no", "data:,x", "<img src='/etc/hostname'>"]
    command = [sys.executable, "-c", WATCHED, ROOT / "tests", ROOT / ".fonts", *texts]
    run = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    assert run.stdout.splitlines() == [], "HarfBuzz reads the faces by itself; Python opens nothing"


def test_faces_of_spans_are_the_faces_printed():
    data = pdf.write(paper(para("正文"), Heading(1, (Span("一、", "hei"),))), FONTS)
    with pdfplumber.open(io.BytesIO(data)) as file:
        faces = {c["text"]: c["fontname"] for c in file.pages[0].chars}
    assert "FandolFang" in faces["正"]
    assert "FandolHei" in faces["一"]
    assert mm(25.4) == pytest.approx(72)
