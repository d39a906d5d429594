"""What is to be confirmed is known from the value, never looked for in the printed text."""

import pytest

from notices.app.build import Product, _attachment
from notices.document.blocks import Chapter, Paragraph, Span, Title, open_values, plain, spans
from notices.errors import ProblemsError
from notices.forms.catalogue import Catalogue
from notices.library import Library
from notices.marks import parts, unmarked, waiting, what
from notices.papers.compose import compose
from notices.papers.coverage import checked
from notices.papers.fixed_words import words_that_bind
from notices.profile import yamlfile


def test_a_marked_value_is_a_span_that_says_what_it_waits_for():
    text = spans(f"截止日期为{waiting('报送日期')}。")
    assert [(one.text, one.face, one.pending) for one in text] == [
        ("截止日期为", "body", ""),
        ("【待定：报送日期】", "pending", "报送日期"),
        ("。", "body", ""),
    ]


def test_the_same_characters_without_the_mark_are_words():
    assert spans("【待定：报送日期】") == (Span("【待定：报送日期】"),)


def test_a_value_cut_short_still_waits():
    assert parts("甲" + waiting("成文日期")[:7]) == [("甲", False), ("【待定：成文", True)]
    assert what("【待定：成文") == "成文"


def test_open_values_of_blocks_in_reading_order():
    blocks = (Title(("题",), spans(waiting("标题"))), Chapter("章", ("章名",)), Paragraph(spans("甲" + waiting("乙"))))
    assert list(open_values(blocks)) == ["标题", "章名", "乙"]


def test_a_pending_value_goes_through_jinja_and_markdown(profile_file, workspace):
    text = profile_file.read_text("utf-8").replace("date: 2024-05-31", "date: {pending: 报送日期}")
    profile_file.write_text(text, "utf-8")
    library = Library.at(workspace)
    made = compose(library.load("testland"), "notice", library)
    assert made.document.draft
    spans_ = [span for block in made.document.blocks if isinstance(block, Paragraph) for span in block.text]
    (one,) = [span for span in spans_ if span.pending]
    assert (one.text, one.pending) == ("【待定：报送日期】", "报送日期")
    assert "deadlines.city-to-province" in {mention.key for mention in one.facts}
    assert made.pendings == (("deadlines.city-to-province.date", "报送日期"),)


def own_template(workspace, old, new):
    path = workspace / "templates/testland/notice.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = Library.at(None).template("notice.md.j2").read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return Library.at(workspace)


def test_what_a_template_says_is_open_is_open(workspace):
    library = own_template(workspace, "{% import", '{{ waiting("会签意见") }}\n\n{% import')
    made = checked(library, library.load("testland"))["notice"]
    assert made.document.draft
    assert made.pendings == (("testland/notice.md.j2", "会签意见"),)


def test_a_template_may_not_write_the_brackets_itself(workspace):
    library = own_template(workspace, "{% import", "【待定：会签意见】\n\n{% import")
    (problem,) = words_that_bind(library, "testland/notice.md.j2")
    assert problem.rule == "fixed-words"
    assert "waiting" in problem.hint
    with pytest.raises(ProblemsError, match="手写了【待定】"):
        checked(library, library.load("testland"))


def test_a_profile_may_not_write_the_brackets_itself(profile_file, workspace):
    text = profile_file.read_text("utf-8").replace("addressees: [", "disclosure: 【待定：公开属性】\n    addressees: [")
    profile_file.write_text(text, "utf-8")
    with pytest.raises(ProblemsError, match="手写了【待定】") as caught:
        Library.at(workspace).load("testland")
    (problem,) = caught.value.problems
    assert problem.key == "papers.notice.disclosure"
    assert problem.line > 1
    assert "pending" in problem.hint


def test_a_form_may_not_write_the_brackets_itself(workspace):
    path = workspace / "templates/forms/park-requirements.yaml"
    path.parent.mkdir(parents=True)
    text = Library.at(None).template("forms/park-requirements.yaml").read_text("utf-8")
    path.write_text(text.replace('{{ waiting("按正式文本核定") }}', "【待定：按正式文本核定】"), "utf-8")
    with pytest.raises(ProblemsError, match="手写了【待定】") as caught:
        Catalogue(Library.at(workspace)).form("park-requirements")
    assert "waiting" in caught.value.problems[0].hint


@pytest.mark.slow
def test_the_open_values_of_attachments_are_those_of_their_spans(library, editions):
    seen = 0
    for edition in editions.values():
        for sheet in Catalogue(library).sheets(edition):
            made = _attachment(sheet, library)
            assert isinstance(made, Product)
            found = list(open_values(made.document.blocks))
            assert [what for _, what in made.pendings] == found
            assert made.document.draft is bool(found)
            seen += len(found)
    assert seen > 300


def test_no_mark_reaches_a_document(library, editions):
    for edition in editions.values():
        for one in checked(library, edition).values():
            for block in one.document.blocks:
                text = plain(block.text) if isinstance(block, Paragraph) else ""
                assert text == unmarked(text)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id: a\nstatus: draft\nx: [1", "draft"),
        ("id: a\nx: {status: no}\nstatus: 'in-force'\n", "in-force"),
        ("x: status\ny: draft\n", None),
        ("status: {a: 1}\n", None),
    ],
)
def test_one_key_is_read_without_the_rest(tmp_path, text, said):
    path = tmp_path / "a.yaml"
    path.write_text(text, "utf-8")
    assert yamlfile.told(path, "a.yaml", "status") == said
