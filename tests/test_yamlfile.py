"""The strict reader: every problem at once, each with its place."""

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices.errors import ProblemsError
from notices.profile.yamlfile import MAX_BYTES, Origin, dotted, parse, read, told


def problems(text):
    with pytest.raises(ProblemsError) as caught:
        parse(text, "x.yaml")
    return [(p.line, p.column, p.key, p.message) for p in caught.value.problems]


def test_types_only_what_is_meant():
    """Dates, decimals, octals, sexagesimals, yes and no stay text; whole numbers, true, false and null are typed."""
    data = parse("a: no\nb: 0755\nc: 12:30\nd: 1.10\ne: 2024-05-31\nf: 15\ng: true\nh: ~\ni: '15'\n", "x").data
    expected = {"a": "no", "b": "0755", "c": "12:30", "d": "1.10", "e": "2024-05-31", "f": 15, "g": True, "h": None}
    assert data == {**expected, "i": "15"}


def test_every_value_has_its_place():
    origins = parse("a:\n  b: x\n  c:\n    - 1\n    - 2\n", "x.yaml").origins
    assert origins[("a", "b")] == Origin("x.yaml", 2, 6)
    assert origins[("a", "c", 1)] == Origin("x.yaml", 5, 7)


def test_all_problems_of_a_file_at_once():
    assert problems("a: 1\na: 2\nb: &x [1]\nc: *x\nd: !t 3\n") == [
        (2, 1, "a", "键重复，第 1 行附近已经写过"),
        (3, 4, "c", "用了锚点引用（&、*）或嵌套过深"),
        (5, 4, "d", "不支持标签 !t"),
    ]


@pytest.mark.parametrize(
    ("text", "line", "hint"),
    [
        ("a：1\nb: 2\n", 2, "半角冒号"),
        ("a:\n\t- 1\n", 2, "不能用 Tab"),
        ("a: [1\n", 2, "引号是否成对"),
        ("- 1\n", 1, "notices init"),
        ("", 1, "notices init"),
    ],
)
def test_syntax_errors_say_where_and_what_to_do(text, line, hint):
    with pytest.raises(ProblemsError) as caught:
        parse(text, "x.yaml")
    (problem,) = caught.value.problems
    assert problem.line == line
    assert hint in problem.hint


@pytest.mark.parametrize("text", ["a: x\x0by\n", 'a: "x\\x0by"\n', 'a: "\\uE001"\n', "a\ufff9b: x\n", '"\\u202e": x\n'])
def test_characters_that_cannot_be_printed_are_refused(text):
    ((line, _, _, message),) = problems(text)
    assert line == 1
    assert "U+" in message


def test_a_gbk_file_is_named_as_such(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes("id: x\nname: 广西\n".encode("gbk"))
    with pytest.raises(ProblemsError, match="不是 UTF-8"):
        read(path, "a.yaml")


def test_a_byte_order_mark_is_no_trouble(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfid: x\n")
    assert read(path, "a.yaml").data == {"id": "x"}


def test_dotted():
    assert dotted(("a", "b", 0, "c")) == "a.b[0].c"


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 40000 + "]" * 40000,
        "a: " + "{b: " * 40000,
        "- " * 40000,
        "\n".join(" " * n + "a:" for n in range(5000)),
    ],
)
def test_nesting_that_would_bring_the_parser_down_is_refused(text):
    assert [message for _, _, _, message in problems(text)] == ["嵌套过深"]


@given(st.text())
def test_any_text_is_read_or_refused_with_problems(text):
    """Never any other exception."""
    try:
        parse(text, "x.yaml")
    except ProblemsError as error:
        assert error.problems  # noqa: PT017


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("name: 甲\ntitle: 乙\ufffe", 2, "U+FFFE"),
        ("name: 甲\ntitle: 乙\uffff", 2, "U+FFFF"),
        ("name: 甲\ntitle: 乙\u202e", 2, "U+202E"),
        ("name: 甲\n\ncount: " + "1" * 5000, 3, "5000 位"),
        ("name:\n" + " [ # ]\n" * 40000, 151, "嵌套过深"),
        ("name:\n" + " [ ']',\n" * 400, 151, "嵌套过深"),
        ("name:\n" + ' { "}" :\n' * 400, 151, "嵌套过深"),
        ("name: " + "[" * 40000, 1, "嵌套过深"),
    ],
)
def test_what_would_bring_the_reader_down_is_named(text, line, said):
    with pytest.raises(ProblemsError) as caught:
        parse(text, "a.yaml")
    assert caught.value.problems
    assert (caught.value.problems[0].line, said in caught.value.problems[0].message) == (line, True)


def test_brackets_in_a_text_are_no_nesting():
    text = "  附件见 [目录\n" * 400
    assert parse("name: |\n" + text, "a.yaml").data["name"].count("[") == 400


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "large"])
def test_only_files_of_a_bearable_size_are_read(tmp_path, kind):
    path = tmp_path / "a.yaml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as file:
            file.truncate(MAX_BYTES + 1)
    with pytest.raises(ProblemsError, match=r"不是文件|超过"):
        read(path, "a.yaml")


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("id: a\nstatus: draft\n", "draft"),
        ('id: a\n"status": draft\n', "draft"),
        ('id: a\n"sta\\x74us": draft\n', "draft"),
        ("{id: a, status: draft}", "draft"),
        ("? status\n: draft\n", "draft"),
        ("id: a\n", None),
        ("a: {status: draft}\n", None),
        ("a: status\nb: draft\n", None),
    ],
)
def test_one_key_is_told_however_it_is_written(tmp_path, text, status):
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    assert told(path, "a.yaml", "status") == status
