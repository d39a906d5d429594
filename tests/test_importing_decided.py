"""What somebody decides of a draft: confirmed, noted, moved, left out; the draft stays one that can be built."""

from dataclasses import replace

import pytest
from test_importing import DAY, LIBRARY, NOTICE

from notices.app.edition import EditionHandle
from notices.errors import ProblemsError
from notices.importing import outlined
from notices.importing.deciding import Decision, Piece, Sketch, decided, problems, sections
from notices.importing.edition import Order, held
from notices.profile.yamlfile import parse
from notices.verify.texts import plain
from notices.verify.word import read as read_word

SAID = "申报单位要建立绿色采购的内部规程。鼓励园区选用再生包装。具体安排如下："


@pytest.fixture(scope="module")
def made():
    text = NOTICE.replace("三、工作要求\n", f"三、工作要求\n{SAID}\n")
    return Sketch.of(held(LIBRARY, plain("来源.txt", text.encode()), Order("jia", DAY)))


@pytest.fixture(scope="module")
def listed(made):
    return made.pieces


def at(listed, words):
    return next(n for n, one in enumerate(listed) if words in one.text)


def data(made, *decisions):
    text = decided(LIBRARY, made, decisions)
    assert problems(LIBRARY, made.path, text) == ()
    return text, parse(text, "").data


def test_the_pieces_are_the_source_in_order(made, listed):
    assert made.path.as_posix() == "provinces/jia/2026.yaml"
    assert [one.line for one in listed] == sorted(one.line for one in listed)
    assert at(listed, "内部规程") < at(listed, "再生包装") < at(listed, "2026年5月29日")
    assert decided(LIBRARY, made, ()) == made.text


def test_words_that_are_right_are_confirmed(made, listed):
    number = at(listed, "12学时")
    section, _, name = listed[number].keys[0].partition(".")
    before = parse(made.text, "").data[section][name]
    _, after = data(made, Decision(number, "right"))
    assert "confirm" in before
    assert after[section][name] == {key: value for key, value in before.items() if key != "confirm"}


def test_what_is_to_be_looked_at_says_why(made, listed):
    _, after = data(made, Decision(at(listed, "2026年5月29日"), "look", note="问清几点"))
    deadline = after["deadlines"]["city-to-province"]
    assert deadline["confirm"] == {"pending": "核对这一条", "why": "问清几点"}
    assert after["materials"]["summary"]["note"] == "要看：问清几点", "a material is not confirmed as a whole"


def test_words_move_to_another_section(made, listed):
    number = at(listed, "再生包装")
    old = listed[number].keys[0]
    text, after = data(made, Decision(number, section="incentives"))
    new = next(name for name in after["incentives"] if name.startswith("words"))
    assert "再生包装" in after["incentives"][new]["say"]
    assert f"incentives.{new}" in text
    assert old not in text
    assert sum(1 for value in after["incentives"].values() if value) == 1, "what the nation says there stays refused"


def test_what_is_left_out_goes_with_its_reason(made, listed):
    number = at(listed, "内部规程")
    text, after = data(made, Decision(number, "omit", note="与本省办法重复"))
    assert text.split("\n")[3].startswith("# 不收 三")
    assert "与本省办法重复" in text.split("\n")[3]
    assert "内部规程" not in str(after)
    assert "再生包装" in str(after)


def test_what_was_nothing_can_be_put_into_a_section(made, listed):
    lead = next(n for n, one in enumerate(listed) if one.fate in {"left", "frame"} and one.may_move)
    _, after = data(made, Decision(lead, "right", section="duties"))
    assert any(listed[lead].text[:6] in str(rule) for rule in after["duties"].values())


def test_every_single_piece_can_be_left_out(made, listed):
    may = [n for n, one in enumerate(listed) if one.may_go]
    assert len(may) > 8
    for number in may:
        data(made, Decision(number, "omit"))


def test_the_lead_of_the_negative_list_is_not_left_out_by_itself(made):
    lead = Piece("二", 11, "近三年有下列情形之一的，不得申报：", "typed", ("exclusions",), "", first=True)
    assert not lead.may_go
    assert decided(LIBRARY, replace(made, pieces=(lead,)), [Decision(0, "omit")]) == made.text


def test_a_document_goes_with_the_last_that_names_it(made, listed):
    number = at(listed, "工业领域碳达峰实施方案")
    _, after = data(made, Decision(number, "omit"))
    assert after["references"]["peaking-plan"] is None


def test_what_would_break_the_edition_is_refused(made, listed):
    """Words in a section nobody knows."""
    with pytest.raises(ProblemsError, match="no-such-section"):
        decided(LIBRARY, made, [Decision(at(listed, "内部规程"), section="no-such-section")])


def test_sections_are_those_of_rules_by_name():
    found = sections(LIBRARY)
    assert found["third-party"] == "第三方评价机构"
    assert not {"exclusions", "deadlines", "basis", "aims", "materials"} & found.keys()


@pytest.mark.parametrize(
    ("parts", "gone", "left"),
    [
        (["为{a.x}、{a.y}，{b.z}，特此通知。"], {"a.x"}, ["为{a.y}，{b.z}，特此通知。"]),
        (["为{a.x}、{a.y}，{b.z}，特此通知。"], {"a.x", "a.y"}, ["{b.z}，特此通知。"]),
        (["{a.x}，{b.z}。"], {"b.z"}, ["{a.x}。"]),
        ([["a.x", "b.z"], ["b.z"]], {"b.z"}, [["a.x"]]),
        ([{"heading": "一", "parts": [["a.x"]]}, ["b.z"]], {"a.x"}, [["b.z"]]),
        ([{"lead": "{e}：", "items": "e.items.*"}], {"e.items.one"}, [{"lead": "{e}：", "items": "e.items.*"}]),
        ([{"lead": "{e}：", "items": ["e.items.one"]}], {"e"}, []),
        (["{carrying:d.one m.a m.b}。"], {"m.a"}, ["{carrying:d.one m.b}。"]),
        ([{"article": ["{a.x}。", ["b.z"]]}], {"a.x"}, [{"article": [["b.z"]]}]),
    ],
)
def test_an_outline_without_facts(parts, gone, left):
    assert outlined.without(parts, gone) == left


def test_an_outline_with_other_names_and_neighbours():
    parts = [
        {"heading": "{a.x}", "parts": [["a.x", "b.z"], "按{ought:a.x a.xy}。"]},
        {"items": ["c.q"], "lead": "如下："},
    ]
    made = outlined.renamed(parts, {"a.x": "d.n"})
    assert made[0]["parts"] == [["d.n", "b.z"], "按{ought:d.n a.xy}。"]
    assert outlined.beside(made, "b.z", "e.w")
    assert outlined.beside(made, "c.q", "e.v")
    assert not outlined.beside(made, "no.such", "e.u")
    assert (made[0]["parts"][0], made[1]["items"]) == (["d.n", "b.z", "e.w"], ["c.q", "e.v"])


@pytest.mark.slow
def test_decisions_on_every_shipped_kind_of_notice_leave_it_sound():
    name = "jilin@2024"
    paper = EditionHandle(LIBRARY, None, name).write("notice", "docx")
    made = Sketch.of(held(LIBRARY, read_word("来源.docx", paper), Order("jia", DAY)))
    listed = made.pieces
    moved = [Decision(n, "right", section="duties") for n, one in enumerate(listed) if one.may_move]
    gone = [Decision(n, "omit", note="x") for n, one in enumerate(listed) if one.may_go and not one.may_move][::2]
    assert (len(moved) > 2, len(gone) > 5) == (True, True)
    text = decided(LIBRARY, made, [*moved, *gone])
    assert problems(LIBRARY, made.path, text) == ()
