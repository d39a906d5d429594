"""Faces: which is chosen, what is said when one is missing, and that our reading of a font file is right."""

import shutil

import pytest
from conftest import ROOT
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont

from notices.errors import Exit, MissingPartError
from notices.typeset import fonts as fonts_module
from notices.typeset.fonts import ROLES, find_fonts, glyphs

FONTS = ROOT / ".fonts"

pytestmark = pytest.mark.usefixtures("only")


@pytest.fixture
def only(monkeypatch):
    """No fonts but those of the directories a test gives."""
    monkeypatch.setattr(fonts_module, "_system_directories", lambda: ())
    monkeypatch.delenv("NOTICES_FONTS", raising=False)


@pytest.fixture
def folder(tmp_path):
    target = tmp_path / "fonts"
    shutil.copytree(FONTS, target, ignore=shutil.ignore_patterns("Noto*"))
    return target


def test_every_role_has_a_face_and_stand_ins_are_told_from_the_offices_own(folder):
    found = find_fonts((folder,))
    assert found.families() == {
        "body": "FandolFang",
        "hei": "FandolHei",
        "kai": "FandolKai",
        "title": "FandolSong Bold",
        "song": "FandolSong",
        "latin": "Liberation Serif",
    }
    assert [role for role, _ in found.substitutes()] == list(ROLES)


def test_the_offices_own_face_comes_first_whatever_the_case_of_its_name(folder):
    shutil.copyfile(FONTS / "FandolHei-Regular.otf", folder / "SimFang_GB2312.TTF")
    found = find_fonts((folder,))
    assert [face.family for face in found.chain("body")] == ["仿宋_GB2312", "FandolFang"]
    assert found.chosen("body").own
    assert "body" not in dict(found.substitutes())


def test_a_character_the_first_face_lacks_comes_from_the_next_that_has_it(folder):
    shutil.copyfile(FONTS / "LiberationSerif-Regular.ttf", folder / "simfang.ttf")
    found = find_fonts((folder,))
    assert found.face_for("body", "A").family == "仿宋"
    assert found.face_for("body", "绿").family == "FandolFang"
    assert found.face_for("hei", "ħ").family == "仿宋", "no face of the role: another role's"
    assert found.face_for("body", "\U0001f600") is None


def test_earlier_directories_count_and_the_environment_names_more(folder, tmp_path, monkeypatch):
    other = tmp_path / "other"
    other.mkdir()
    shutil.copyfile(FONTS / "FandolKai-Regular.otf", other / "simkai.ttf")
    monkeypatch.setenv("NOTICES_FONTS", str(other))
    assert find_fonts((folder,)).chosen("kai").path == other / "simkai.ttf"
    assert find_fonts((folder,)).chosen("body").path == folder / "FandolFang-Regular.otf"
    shutil.copyfile(FONTS / "FandolFang-Regular.otf", other / "FandolFang-Regular.otf")
    assert find_fonts((other, folder)).chosen("body").path.parent == other


def test_one_message_names_every_missing_role_and_what_would_do(tmp_path):
    with pytest.raises(MissingPartError) as caught:
        find_fonts((tmp_path / "nowhere",))
    message = str(caught.value)
    for part in ("仿宋", "黑体", "楷体", "小标宋", "宋体", "simfang.ttf", "fzxbsjw.ttf", "make setup", "NOTICES_FONTS"):
        assert part in message
    assert caught.value.exit_code == Exit.ENVIRONMENT


def test_one_missing_role_is_named_alone(folder):
    (folder / "FandolKai-Regular.otf").unlink()
    with pytest.raises(MissingPartError, match="楷体") as caught:
        find_fonts((folder,))
    assert "黑体" not in str(caught.value)


@pytest.mark.parametrize("content", [b"no font", b"", b"OTTO" + bytes(100)])
def test_a_broken_font_file_is_named(folder, content):
    (folder / "FandolKai-Regular.otf").write_bytes(content)
    face = find_fonts((folder,)).chosen("kai")
    with pytest.raises(MissingPartError, match=r"FandolKai-Regular\.otf"):
        glyphs(face)


@pytest.mark.parametrize("role", ROLES)
def test_characters_and_widths_are_those_of_the_font(role):
    face = find_fonts((FONTS,)).chosen(role)
    read = glyphs(face)
    with TTFont(face.path) as font:
        table, metrics, units = font.getBestCmap(), font["hmtx"].metrics, font["head"].unitsPerEm
        assert len(table) > 2000
        for code, name in table.items():
            assert read.glyph(chr(code)) == font.getGlyphID(name), hex(code)
            assert read.advance(chr(code)) == metrics[name][0] / units, hex(code)
        lacking = [code for code in range(0x20000) if code not in table and read.glyph(chr(code))]
        assert lacking == []


def test_ink_is_what_is_drawn():
    read = glyphs(find_fonts((FONTS,)).chosen("title"))
    low, high = read.ink("一")
    assert 0.2 < low < high < 0.6
    assert read.ink(" ") == (0.0, 0.0)
    assert read.ink("一国")[1] > high


@pytest.mark.parametrize("role", ROLES)
def test_ink_is_that_of_the_outline_and_not_of_its_control_points(role):
    face = find_fonts((FONTS,)).chosen(role)
    read = glyphs(face)
    with TTFont(face.path) as font:
        shapes, names, units = font.getGlyphSet(), font.getBestCmap(), font["head"].unitsPerEm
        for char in "国绿灘氛怨笺缜—（，。；】工g8OJ@&":
            if ord(char) in names:
                pen = BoundsPen(shapes)
                shapes[names[ord(char)]].draw(pen)
                assert read.ink(char) == pytest.approx((pen.bounds[1] / units, pen.bounds[3] / units), abs=1e-6), char


def test_a_font_with_a_chinese_name_is_read(folder):
    (folder / "FandolSong-Bold.otf").rename(folder / "方正小标宋简体.ttf")
    face = find_fonts((folder,)).chosen("title")
    assert face.own
    assert glyphs(face).advance("绿") == 1.0


def collection(path):
    """A collection of two small faces, the second the Chinese one, where 绿 is twice as wide."""
    members = []
    for family, width in (("Noto Serif CJK JP", 500), ("Noto Serif CJK SC", 1000)):
        builder = FontBuilder(1000, isTTF=True)
        builder.setupGlyphOrder([".notdef", "green"])
        builder.setupCharacterMap({ord("绿"): "green", 0x20BB7: "green"})
        pen = TTGlyphPen(None)
        for x, y in ((100, 0), (100, 700), (width - 100, 700), (width - 100, 0)):
            (pen.lineTo if pen.points else pen.moveTo)((x, y))
        pen.closePath()
        shape = pen.glyph()
        builder.setupGlyf({".notdef": shape, "green": shape})
        builder.setupHorizontalMetrics({".notdef": (width, 100), "green": (width, 100)})
        builder.setupHorizontalHeader(ascent=880, descent=-120)
        builder.setupNameTable({"familyName": family, "styleName": "Regular"})
        builder.setupOS2()
        builder.setupPost()
        members.append(builder.font)
    made = TTCollection()
    made.fonts = members
    made.save(path)


def test_the_chinese_face_of_a_collection_is_taken(folder):
    collection(folder / "NotoSerifCJK-Regular.ttc")
    (folder / "FandolFang-Regular.otf").unlink()
    face = find_fonts((folder,)).chosen("body")
    assert (face.family, face.number) == ("Noto Serif CJK SC", 1)
    assert glyphs(face).advance("绿") == 1.0
    assert glyphs(face).glyph("\U00020bb7"), "characters beyond the first plane are found, too"
