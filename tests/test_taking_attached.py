"""The attachments that came back with a notice: every cell and paragraph is compared, every change is listed."""

import copy
import shutil

import pytest
from conftest import ROOT
from returned import changed, filled, remarked, swap, tracked

import notices
from notices.ooxml.xml import q
from notices.taking.attached import attachments
from notices.taking.office import read

NAME = "guangxi@2024"
FORMS = "templates/forms"


@pytest.fixture(scope="module")
def bundles():
    made = {}

    def bundle(name=NAME, kind="bundle"):
        if (name, kind) not in made:
            made[name, kind] = notices.open().edition(name).write(kind, "docx")
        return made[name, kind]

    return bundle


@pytest.fixture
def office(tmp_path):
    shutil.copytree(ROOT / "provinces" / "guangxi", tmp_path / "provinces" / "guangxi")
    return notices.open(tmp_path)


def table(body, number):
    return list(body.iter(q("tbl")))[number - 1]


def in_cell(number, row, column, text):
    """A cell of a table of the file filled in."""

    def step(body):
        cell = list(list(table(body, number).iter(q("tr")))[row - 1].iter(q("tc")))[column - 1]
        filled(next(cell.iter(q("p"))), text)

    return step


def row_more(number):
    """The last row of a table twice."""

    def step(body):
        last = list(table(body, number).iter(q("tr")))[-1]
        last.addnext(copy.deepcopy(last))

    return step


def row_less(number):
    """The last row of a table out."""

    def step(body):
        last = list(table(body, number).iter(q("tr")))[-1]
        last.getparent().remove(last)

    return step


def column_less(number):
    """The last cell of each row out."""

    def step(body):
        for row in table(body, number).iter(q("tr")):
            row.remove(list(row.iter(q("tc")))[-1])

    return step


def told(done):
    return [(one.where, one.before, one.after) for one in done.listed]


@pytest.mark.slow
@pytest.mark.parametrize("name", notices.open().editions())
def test_attachments_nobody_changed_have_no_changes(bundles, name):
    if "notice" not in notices.open().edition(name).loaded.profile.papers:
        pytest.skip("no notice")
    returned = read("a.docx", bundles(name))
    done = notices.open().take(bundles(name), name)
    assert (done.taken, done.listed) == ((), ())
    compared = [note for note in done.notes if note.startswith("逐格比过的附件")]
    assert bool(compared) == bool(list(attachments(returned.attached)))


CHANGES = [
    (swap("联系电话：", "手机："), ("附件1表1第1行第4列", "联系电话", "手机")),
    (in_cell(2, 3, 2, "甲公司"), ("附件1表2第3行第2列", "", "甲公司")),
    (row_more(2), ("附件1表2第9行（改稿）", "", "（空行）")),
    (row_less(2), ("附件1表2第8行", "（空行）", "")),
    (swap("推荐汇总表", "推荐一览表"), None),
    (tracked("联系电话", "手机"), ("附件1表1第1行第4列", "联系电话", "手机")),
]


@pytest.mark.parametrize(("step", "change"), CHANGES)
def test_a_change_of_an_attachment_is_told_with_its_place(office, bundles, step, change):
    done = office.take(changed(bundles(), step), NAME)
    assert done.listed or done.taken
    assert not change or told(done) == [change]


def test_who_tracked_a_change_of_a_cell_is_told(office, bundles):
    (one,) = office.take(changed(bundles(), tracked("联系电话", "手机")), NAME).listed
    assert [str(each) for each in one.tracked] == [
        "删除“联系电话”（张三，2025-04-01）",
        "插入“手机”（张三，2025-04-01）",
    ]


def test_a_row_of_other_cells_is_told_whole(office, bundles):
    done = office.take(changed(bundles(), column_less(2)), NAME)
    assert [one.where for one in done.listed] == [f"附件1表2第{n}行" for n in range(1, 9)]
    assert done.listed[0].before.startswith("序号 | 市 | 工厂名称")
    assert done.listed[0].before.startswith(f"{done.listed[0].after} | ")


def test_the_form_to_change_is_named_with_its_line(office, bundles):
    done = office.take(changed(bundles(), swap("联系电话：", "手机："), swap("工业增加值占比", "工业占比")), NAME)
    (one,) = (each for each in done.listed if each.where.startswith("附件1"))
    path, _, line = one.near.rpartition(":")
    assert path.startswith(FORMS)
    assert "联系电话" in (ROOT / path).read_text("utf-8").splitlines()[int(line) - 1]


def test_a_rule_printed_in_an_attachment_names_the_rule(bundles):
    def step(body):  # the notice says it before its attachments do
        said = [one for one in body.iter(q("t")) if "失信被执行人" in (one.text or "")]
        said[-1].text = said[-1].text.replace("失信被执行人", "失信联合惩戒对象")

    (one,) = notices.open().take(changed(bundles("jilin@2024"), step), "jilin@2024").listed
    assert (one.before, one.after) == ("被执行人", "联合惩戒对象")
    assert one.near.endswith(" exclusions.items.dishonest")
    assert "正文里的同一句也跟着变" in one.reason


def test_what_the_notice_takes_and_its_attachment_does_not_is_told(office, bundles):
    """The attachment is built from the same rule: as it came back, it says what the notice no longer does."""
    done = office.take(changed(bundles(), swap("不得超过15项", "不得超过20项")), NAME)
    assert [one.kind for one in done.taken] == ["value"]
    assert [(one.before, one.after) for one in done.listed] == [("20", "15")]
    assert not done.whole


def test_an_attachment_by_itself_is_compared(office):
    alone = notices.open().edition(NAME).form(1)
    assert office.take(alone, NAME).listed == ()
    done = office.take(changed(alone, swap("联系电话：", "手机：")), NAME)
    assert told(done) == [("附件1表1第1行第4列", "联系电话", "手机")]
    assert "改稿只有附件，没有正文" in done.notes


def test_a_number_over_an_attachment_is_told(bundles):
    def step(body):
        label = next(one for one in body.iter(q("t")) if one.text == "附件5")
        label.text = "附件9"

    done = notices.open().take(changed(bundles("jilin@2024"), step), "jilin@2024")
    assert told(done) == [("附件5", "附件5", "附件9")]


def test_an_attachment_that_is_gone_is_told(office, bundles):
    def gone(body):
        label = next(one for one in body.iter(q("p")) if "".join(t.text or "" for t in one.iter(q("t"))) == "附件2")
        nodes = list(body)
        for node in nodes[nodes.index(label) :]:
            text = "".join(t.text or "" for t in node.iter(q("t")))
            if text == "附件3":
                break
            body.remove(node)

    done = office.take(changed(bundles(), gone), NAME)
    assert ("附件2", "绿色制造第三方评价工作要求", "") in told(done)


def test_a_remark_on_a_cell_is_told(office, bundles):
    assert office.take(remarked(bundles(), "附件1", "表头改一下"), NAME).remarks[0].text == "表头改一下"
