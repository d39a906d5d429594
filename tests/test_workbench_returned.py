"""A paper that came back, in the workbench: its changes chosen, written with who and when, told where they cannot be."""

import io
import re

import docx
import pytest
from returned import changed, swap
from test_workbench_importing import files, said, send
from workbenches import office

import notices
from notices.history import log
from notices.workbench.tasks.importing.boxes import Box

PAPER = {"paper": "guangxi@2024 notice"}
FILE = "provinces/guangxi/2024.yaml"
DAY = swap("2024年5月31日", "2024年6月14日")
BINDS = swap("要严格把控推荐质量", "可严格把控推荐质量")
FORBIDS = swap("不得推荐", "可以推荐")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The paper of the office's edition."""
    return notices.open(office(tmp_path_factory.mktemp("office"))).edition("guangxi@2024").write("notice", "docx")


def came_back(made, content):
    answer = send(made, "/import/returned/file", "改稿.docx", content, PAPER)
    assert answer.status_code == 303, said(answer.text)
    return answer.headers["location"]


def ticks(page):
    """The numbers of the changes, and whether each is chosen."""
    return {
        match[1]: "checked" in match[0]
        for match in re.finditer(r'<input type="checkbox"[^>]*value="(\d+)"[^>]*>', page)
    }


def test_each_change_is_beside_what_it_would_do_and_nothing_is_written(own_bench, built):
    before = (own_bench.bench.folder / FILE).read_bytes()
    place = came_back(own_bench, changed(built, DAY, BINDS, FORBIDS))
    page = own_bench.client.get(place).text
    assert "<del>2024年5月31日</del>" in page
    assert "<ins>2024年6月14日</ins>" in page
    assert "哪一天截止：2024年5月31日 → 2024年6月14日" in said(page)
    assert "约束：" in page
    assert "改的是约束，不是措辞" in page
    assert not re.search(r"deadlines|provinces/|@2024", said(page))
    assert (own_bench.bench.folder / FILE).read_bytes() == before


def test_what_binds_is_not_chosen_by_itself(own_bench, built):
    page = own_bench.client.get(came_back(own_bench, changed(built, DAY, BINDS))).text
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    weighty = [row for row in rows if "约束：" in row and "checkbox" in row]
    assert len(weighty) == 1
    assert "checked" not in weighty[0]
    assert list(ticks(page).values()).count(True) == len(ticks(page)) - 1


def test_only_what_was_chosen_is_written_with_who(own_bench, built):
    place = came_back(own_bench, changed(built, DAY, BINDS))
    chosen = [number for number, on in ticks(own_bench.client.get(place).text).items() if on]
    own_bench.post("/account/name", {"name": "王芳"})
    assert own_bench.post(f"{place}/take", {"change": chosen}).status_code == 303
    page = said(own_bench.client.get(place).text)
    assert "写进了 1 处，没有选的 1 处没有写" in page
    folder = own_bench.bench.folder
    text = (folder / FILE).read_text("utf-8")
    assert "date: 2024-06-14" in text
    assert "可严格把控" not in text
    record = log.history(folder, "guangxi@2024", folder / FILE, lambda *_: ())[0]
    assert (record.who, record.told[0].before, record.told[0].after) == ("王芳", "2024年5月31日", "2024年6月14日")


def test_what_binds_can_be_chosen(own_bench, built):
    place = came_back(own_bench, changed(built, DAY, BINDS))
    own_bench.post(f"{place}/take", {"change": list(ticks(own_bench.client.get(place).text))})
    assert "可严格把控推荐质量" in (own_bench.bench.folder / FILE).read_text("utf-8")
    assert "请核对约束的话" in own_bench.client.get(place).text


def test_an_edition_changed_meanwhile_loses_nothing(own_bench, built):
    place = came_back(own_bench, changed(built, DAY, BINDS))
    path = own_bench.bench.folder / FILE
    text = path.read_text("utf-8")
    assert text.count("桂工信能源〔2024〕268号") >= 1
    path.write_text(text.replace("date: 2024-05-31", "date: 2024-06-03"), "utf-8")
    every = list(ticks(own_bench.client.get(place).text))
    assert own_bench.post(f"{place}/take", {"change": every}).status_code == 303
    page = said(own_bench.client.get(place).text)
    assert "什么都还没有写" in page
    assert "2024年6月3日 → 2024年6月14日" in page
    assert "date: 2024-06-03" in path.read_text("utf-8")
    own_bench.post(f"{place}/take", {"change": list(ticks(own_bench.client.get(place).text))})
    assert "date: 2024-06-14" in path.read_text("utf-8")


def test_a_change_elsewhere_stops_nothing(own_bench, built):
    place = came_back(own_bench, changed(built, DAY))
    path = own_bench.bench.folder / FILE
    path.write_text(f"{path.read_text('utf-8')}# 说明\n", "utf-8")
    own_bench.post(f"{place}/take", {"change": ["1"]})
    assert "写进了 1 处" in own_bench.client.get(place).text
    assert path.read_text("utf-8").endswith("# 说明\n")


def test_nothing_chosen_is_told(own_bench, built):
    place = came_back(own_bench, changed(built, DAY))
    answer = own_bench.post(f"{place}/take", {})
    assert (answer.status_code, "一处也没有选" in answer.text) == (422, True)


def test_it_is_looked_at_again_when_asked(own_bench, built):
    place = came_back(own_bench, changed(built, DAY))
    path = own_bench.bench.folder / FILE
    path.write_text(path.read_text("utf-8").replace("date: 2024-05-31", "date: 2024-06-14"), "utf-8")
    own_bench.post(f"{place}/look")
    assert "没有要取回的" in own_bench.client.get(place).text


def test_another_paper_is_told_by_its_name(own_bench):
    other = notices.open().edition("jilin@2024").write("notice", "docx")
    answer = send(own_bench, "/import/returned/file", "改稿.docx", other, PAPER)
    told = said(answer.text)
    assert answer.status_code == 422
    assert "像是 吉林省工业和信息化厅 2024 年的通知" in told
    assert not re.search("@2024|notice|--", told)
    assert Box(own_bench.bench.folder).listed() == []


def test_a_strangers_file_and_no_choice_are_told(own_bench):
    paper = docx.Document()
    paper.add_paragraph("会议纪要")
    paper.save(out := io.BytesIO())
    answer = send(own_bench, "/import/returned/file", "改稿.docx", out.getvalue(), PAPER)
    assert (answer.status_code, "这不像是由" in answer.text) == (422, True)
    for wanted in ("", "guangxi@2024", "guangxi@2024 letter", "no@2024 notice"):
        answer = send(own_bench, "/import/returned/file", "改稿.docx", out.getvalue(), {"paper": wanted})
        assert answer.status_code == 404, wanted
    assert files(own_bench.bench.folder / "workbench") == []


def test_it_waits_and_can_be_deleted(own_bench, built):
    place = came_back(own_bench, changed(built, DAY))
    assert place in own_bench.client.get("/import").text
    own_bench.post(f"/import/{place.rpartition('/')[2]}/delete")
    assert files(own_bench.bench.folder / "workbench") == []


def test_a_kind_of_import_is_shown_on_its_own_page(own_bench, built):
    place = came_back(own_bench, changed(built, DAY))
    identity = place.rpartition("/")[2]
    assert own_bench.client.get(f"/import/notice/{identity}").status_code == 404
    assert own_bench.post(f"/import/notice/{identity}/keep").status_code == 404
    assert own_bench.post(f"/import/notice/{identity}/decide", {"piece": "0", "what": "right"}).status_code == 404
