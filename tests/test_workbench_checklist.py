"""The checklist of one applicant in the workbench: chosen, filled in, judged as one types, kept, taken away, deleted."""

import datetime as dt
import io
import re
import zipfile

import pytest
from conftest import ROOT
from openpyxl import load_workbook
from workbenches import asked, office

from notices.app import judging
from notices.library import Library
from notices.workbench.guard import users

STRONG = ROOT / "applicants" / "01-strong-factory.yaml"
GUIZHOU = {"edition": "guizhou@2024", "category": "factory", "level": "province"}
CONFIRMED = {**GUIZHOU, "as_of": "2024-09-01"}


def begun(bench, **wanted):
    """A new sheet; its address."""
    answer = bench.post("/checklist/one", wanted or CONFIRMED)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def typed(bench, address, values, **more):
    """What the page's script sends, and the answer to it."""
    own = {"by": "a", "seen": "", "as_of": "2024-09-01"} | {f"v.{name}": text for name, text in values.items()}
    return bench.post(address, own | more, headers={"X-Live": "1"})


def said(text, field):
    """What stands at a field."""
    found = re.search(rf'id="e\.{re.escape(field)}">(.*?)</span>\n', text, re.DOTALL)
    return re.sub("<[^>]*>", "", found[1]) if found else None


def verdict(text, label):
    """The verdict and the reason of an item."""
    found = re.search(rf'"verdict">([^<]*)</span> <b>\d+　{re.escape(label)}</b>.*?<p>(.*?)</p>', text, re.DOTALL)
    return found[1], re.sub("<[^>]*>", "", found[2])


def test_every_edition_can_be_chosen_and_filled_in(bench):
    page = bench.client.get("/checklist").text
    names = re.findall(r'<option value="([a-z-]+)"', page[page.index("c.authority") : page.index("c.year")])
    assert len(names) >= 10
    without = []
    for name in names:
        part = bench.client.get("/checklist", params={"authority": name}, headers={"X-Live": "1"}).text
        assert "<html" not in part
        if "做不出核对清单" in part:
            without.append(name)
            continue
        wanted = {key: re.search(rf'name="{key}" value="([^"]*)"', part)[1] for key in GUIZHOU}
        assert wanted["edition"].startswith(f"{name}@")
        address = begun(bench, **wanted)
        answer = bench.client.get(address)
        assert answer.status_code == 200, wanted
        assert 'id="v.name"' in answer.text
    library = Library.at(None)
    assert without == [one for one in names if not library.load(library.resolve(one)).profile.offered]


def test_the_fields_stand_in_the_groups_of_the_checklist(bench):
    page = bench.client.get(begun(bench)).text
    parts = re.findall(r"<legend>(.*?)</legend>", page)
    assert parts == ["判断日期", "单位", "申报条件", "名单层级", "评价和申报", "不得申报的情形", "对第三方机构的要求"]
    spare = page.index("这一版的各项没有用到的")
    assert page.index('id="v.annual-energy-consumption"') < spare < page.index('id="v.outdated-equipment"')
    assert "吨标准煤" in page
    assert "applied-category" not in page, "what is applied for was chosen already"


def test_each_field_is_asked_once(bench):
    page = bench.client.get(begun(bench)).text
    ids = re.findall(r' id="([^"]*)"', page)
    assert sorted(set(ids)) == sorted(ids)


def test_verdicts_follow_what_is_typed(bench):
    address = begun(bench)
    before = typed(bench, address, {}).text
    assert verdict(before, "实际生产") == ("待核", "没有填写“从事实际生产的制造型企业” 去填：实际生产")
    after = typed(bench, address, {"manufacturing": "是"}).text
    assert verdict(after, "实际生产") == ("符合", "“从事实际生产的制造型企业”填的是“是”")
    assert "<html" not in after
    assert verdict(typed(bench, address, {"manufacturing": "否"}).text, "实际生产")[0] == "不符合"


def test_a_wrong_cell_is_told_at_its_field_and_the_rest_judged(bench):
    address = begun(bench)
    wrong = {"annual-energy-consumption": "很多", "manufacturing": "是", "code": "91520900MA7Y33010X"}
    text = typed(bench, address, wrong).text
    assert said(text, "v.annual-energy-consumption") == "应是数，实为“很多”；只写数字，单位已在列名里"
    assert "校验码" in said(text, "v.code")
    assert said(text, "v.manufacturing") == ""
    assert verdict(text, "实际生产")[0] == "符合"
    assert verdict(text, "能源管理体系认证")[1].startswith("所填的有误，改正后再判断")
    whole = bench.post(address, {"by": "a", "seen": "", **{f"v.{name}": text for name, text in wrong.items()}}).text
    assert re.search(r'value="很多"[^>]*aria-invalid="true"', whole)


def test_a_wrong_cell_of_a_table_is_told_at_the_cell(bench):
    address = begun(bench)
    row = {"r.records.1.record-kind": "失信被执行人", "r.records.1.record-date": "昨天"}
    text = typed(bench, address, {"records-checked": "2024-08-20"}, **row).text
    assert said(text, "r.records.1.record-date").startswith("应是日期")
    assert verdict(text, "失信被执行人")[0] == "待核"


def test_a_contradiction_names_both_fields(bench):
    text = typed(bench, begun(bench), {"operating-normally": "是", "standstill-months": "40"}).text
    found = text[text.index('id="clashes"') : text.index('id="verdicts"')]
    assert "填报前后不一致" in found
    assert set(re.findall(r'href="#(v\.[a-z-]*)"', found)) == {"v.operating-normally", "v.standstill-months"}
    assert 'data-fields="v.operating-normally v.standstill-months"' in text


def test_by_which_day_is_said(bench):
    address = begun(bench, edition="guangxi@2024", category="factory", level="province")
    page = bench.client.get(address).text
    own = judging.desk(Library.at(None), None, "guangxi@2024", "factory").checklist.day
    assert f"按申报截止日 {own.year}年{own.month}月{own.day}日判断" in page
    text = typed(bench, address, {}, as_of="2030-01-02").text
    assert "按 2030年1月2日判断。" in text
    assert "在申报截止日之后" in text
    wrong = typed(bench, address, {}, as_of="2030-02-31").text
    assert said(wrong, "as_of").startswith("没有这一天")
    assert f"按申报截止日 {own.year}年" in wrong
    undecided = bench.client.get(begun(bench, **GUIZHOU)).text
    assert "申报截止日待定，先按今天（2025年3月3日）判断" in undecided


def test_what_is_typed_is_kept_and_goes_on_later(own_bench):
    address = begun(own_bench)
    typed(own_bench, address, {"name": "甲厂", "green-list-levels": "市级"}, **{"r.records.2.record-kind": "行政处罚"})
    page = own_bench.client.get(address).text
    assert 'value="甲厂"' in page
    assert re.search(r'value="市级" checked', page)
    assert re.search(r'id="r.records.2.record-kind".*?<option selected>行政处罚', page, re.DOTALL)
    assert "甲厂" in own_bench.client.get("/checklist").text
    (file,) = own_bench.bench.folder.rglob("workbench/desk/*/*.yaml")
    assert "甲厂" in file.read_text("utf-8")
    assert file.parent.stat().st_mode & 0o077 == 0, "for its owner alone"


def test_deleted_is_gone_at_once(own_bench):
    address = begun(own_bench)
    assert own_bench.post(f"{address}/delete").headers["location"] == "/checklist"
    assert list(own_bench.bench.folder.rglob("workbench/desk/*/*.yaml")) == []
    assert own_bench.client.get(address).status_code == 404
    assert typed(own_bench, address, {"name": "甲厂"}).status_code == 404, "what is typed on brings nothing back"
    assert list(own_bench.bench.folder.rglob("workbench/desk/*/*.yaml")) == []


def test_without_a_workspace_it_lasts_as_long_as_the_session(bench):
    address = begun(bench)
    assert "只在这次登录里" in typed(bench, address, {"name": "甲厂"}).text
    assert "甲厂" in bench.client.get(address).text
    bench.post("/account/leave")
    bench.client.get("/enter", params={"key": bench.bench.key.current})
    assert bench.client.get(address).status_code == 404


def entered(workers, place, file, name):
    made = asked(workers, place, file)
    assert made.client.post("/enter", data={"name": name, "password": "one good sentence"}).status_code == 303
    return made


def test_nobody_sees_the_sheets_of_another(workers, tmp_path):
    file, place = tmp_path / "users.yaml", office(tmp_path / "office")
    names = ["王芳", "../王芳", "王芳 "[:2] + "?", "a/b", "a b"]
    for name in names:
        users.put(file, name, "reads", "one good sentence")
    benches = [entered(workers, place, file, name) for name in names]
    addresses = [begun(one) for one in benches]
    for number, one in enumerate(benches):
        typed(one, addresses[number], {"name": f"第{number}厂"})
        for other, address in enumerate(addresses):
            expected = 200 if other == number else 404
            for path in (address, f"{address}/file/html"):
                assert one.client.get(path).status_code == expected, (number, other)
            if other != number:
                assert typed(one, address, {"name": "乙"}).status_code == 404
                assert one.post(f"{address}/delete").status_code == 404
        listed = one.client.get("/checklist").text
        assert re.findall(r"第\d厂", listed) == [f"第{number}厂"] * listed.count(f"第{number}厂")
    assert {path.parent.parent for path in place.rglob("*.yaml") if "provinces" not in path.parts} == {
        place / "workbench" / "desk"
    }


@pytest.mark.parametrize("name", ["%2e%2e", "..%2f..%2fusers", "users", "x", "0" * 16, "%00" * 16, "A" * 16])
def test_no_address_reaches_a_file(own_bench, name):
    (own_bench.bench.folder / "workbench" / "desk").mkdir(parents=True)
    (own_bench.bench.folder / "workbench" / "desk" / "users.yaml").write_text("values: {}\n", "utf-8")
    assert own_bench.client.get(f"/checklist/one/{name}").status_code == 404


def test_two_windows_lose_nothing(bench):
    address = begun(bench)
    typed(bench, address, {"name": "甲厂"}, by="first")
    assert "已存" in typed(bench, address, {"name": "甲厂一"}, by="first").text
    second = typed(bench, address, {"name": "乙厂"}, by="second", seen="")
    assert "在另一个窗口里改过" in second.text
    assert 'value="甲厂一"' in bench.client.get(address).text
    stands = typed(bench, address, {"name": "乙厂"}, by="second", seen="", over="yes")
    assert "在另一个窗口里改过" not in stands.text
    assert 'value="乙厂"' in bench.client.get(address).text
    assert "在另一个窗口里改过" in typed(bench, address, {"name": "甲厂二"}, by="first").text


def test_a_window_opened_on_what_another_had_written_is_told_of_what_that_writes_later(bench):
    address = begun(bench)
    typed(bench, address, {"name": "甲厂"}, by="first")
    seen = re.search(r'name="seen" value="([^"]*)"', bench.client.get(address).text)[1]
    assert "已存" in typed(bench, address, {"name": "甲厂", "contact": "张三"}, by="second", seen=seen).text
    typed(bench, address, {"name": "甲厂一"}, by="first", over="yes")
    later = typed(bench, address, {"name": "甲厂", "contact": "李四"}, by="second", seen=seen).text
    assert "在另一个窗口里改过" in later
    fresh = re.search(r'name="seen" value="([^"]*)"', bench.client.get(address).text)[1]
    typed(bench, address, {"name": "甲厂二"}, by="first")
    assert "在另一个窗口里改过" in typed(bench, address, {"name": "乙厂"}, by="third", seen=fresh).text
    assert 'value="甲厂二"' in bench.client.get(address).text


def uploaded(bench, address, name, content):
    return bench.post(f"{address}/take", files={"file": (name, content)})


@pytest.mark.parametrize("output", ["docx", "html", "xlsx", "pdf"])
def test_the_file_is_the_one_the_command_makes(bench, output):
    address = begun(bench)
    assert uploaded(bench, address, "甲.yaml", STRONG.read_bytes()).status_code == 200
    day = {"as_of": dt.date(2024, 9, 1), "formats": (output,)}
    desk = judging.desk(Library.at(None), None, "guizhou@2024", "factory", level="province", **day)
    ((_, wanted),) = desk.files(desk.outcome(judging.read(desk, STRONG).applicants[0]))
    answer = bench.client.get(f"{address}/file/{output}")
    assert answer.content == wanted
    assert "%E9%BB%94" in answer.headers["content-disposition"]
    blank = bench.client.get(f"/checklist/blank/{output}", params=CONFIRMED)
    ((_, wanted),) = desk.files()
    assert blank.content == wanted


def test_an_excel_sheet_fills_the_page(bench):
    address = begun(bench)
    sheet = bench.client.get("/checklist/sheet/one", params=GUIZHOU).content

    book = load_workbook(io.BytesIO(sheet))
    for row in book.worksheets[0].iter_rows():
        if row[0].value == "单位名称":
            row[1].value = "丙厂"
        if row[0].value == "统一社会信用代码":
            row[1].value = "123"
    book.save(out := io.BytesIO())
    typed(bench, address, {"contact": "张三", "name": "甲厂"}, **{"r.records.0.record-kind": "行政处罚"})
    page = uploaded(bench, address, "本厂.xlsx", out.getvalue()).text
    assert 'value="丙厂"' in page
    assert 'value="张三"' in page, "what the file does not say stays"
    assert "<option selected>行政处罚" in page, "and so does a table it does not have"
    assert "统一社会信用代码 123 不对" in page
    assert "1 处没有填进来" in page
    window = {key: re.search(rf'name="{key}" value="([^"]*)"', page)[1] for key in ("by", "seen")}
    assert "已存" in typed(bench, address, {"name": "丙厂"}, **window).text, "what is typed on goes on from the file"
    assert "在另一个窗口里改过" in typed(bench, address, {"name": "甲厂"}).text, "the page open before has not seen it"
    assert re.search(r"情况表.xlsx 基本信息!B\d+ 统一社会信用代码", page), "the cell is named"


def bomb():

    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet1.xml", b"0" * 400_000_000)
        package.writestr("[Content_Types].xml", "<Types/>")
    return made.getvalue()


def sheet_of(bench, change):

    book = load_workbook(io.BytesIO(bench.client.get("/checklist/sheet/one", params=GUIZHOU).content))
    row = next(row for row in book.worksheets[0].iter_rows() if row[0].value == "单位名称")
    change(row[1])
    book.save(out := io.BytesIO())
    return out.getvalue()


def put(value):
    return lambda cell: setattr(cell, "value", value)


HOSTILE = {
    "bomb": ("甲.xlsx", lambda _: bomb(), "只保留要填报的工作表"),
    "renamed pdf": ("甲.xlsx", lambda _: b"%PDF-1.7\n" + b"x" * 5000, "不是 Excel 文件"),
    "macros": ("甲.xlsm", lambda _: b"PK\3\4", "这里只收"),
    "old": ("甲.xls", lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "这里只收"),
    "no ending": ("甲", lambda _: b"", "这里只收"),
    "empty": ("甲.xlsx", lambda _: b"", "不是 Excel 文件"),
    "formula": ("甲.xlsx", lambda bench: sheet_of(bench, put("=HYPERLINK(1)")), "是公式"),
    "huge": ("甲.xlsx", lambda bench: sheet_of(bench, put("长" * 32_000)), "长长"),
    "yaml of tags": ("甲.yaml", lambda _: b"name: !!python/object:os.system x\n", "标签"),
    "yaml bomb": ("甲.yaml", lambda _: b"a: &a [x, x]\nb: &b [*a, *a]\n", "锚"),
    "binary csv": ("甲.csv", lambda _: bytes(range(256)) * 10, "编码"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_answered_plainly_and_nothing_is_lost(bench, kind):
    name, made, said_of_it = HOSTILE[kind]
    address = begun(bench)
    typed(bench, address, {"contact": "张三"})
    answer = uploaded(bench, address, name, made(bench))
    assert answer.status_code == (200 if kind in {"huge", "formula"} else 422)
    assert said_of_it in answer.text
    assert "Traceback" not in answer.text
    assert 'value="张三"' in bench.client.get(address).text


def test_what_is_typed_is_escaped(bench):
    address = begun(bench)
    text = typed(bench, address, {"name": '"><script>alert(1)</script>', "route": "<b>没有</b>"}).text
    assert "<script" not in text
    page = bench.client.get(address).text
    assert "<script>alert" not in page
    assert "<b>没有" not in page
    assert "没有“&lt;b&gt;没有&lt;/b&gt;”这一项" in said(text, "v.route")


def test_strange_fields_are_left_alone(bench):
    address = begun(bench)
    more = {"v.no-such-field": "1", "r.records.999.remark": "x", "r.no-table.0.x": "y", "v.../x": "z"}
    assert typed(bench, address, {"name": "甲厂"}, **more).status_code == 200
    assert bench.client.get(address).status_code == 200


def test_nothing_of_an_applicant_is_logged(bench, caplog):
    caplog.set_level("DEBUG")
    address = begun(bench)
    typed(bench, address, {"name": "不可说的厂", "code": "91520900MA7Y33010X"})
    uploaded(bench, address, "不可说的厂.xlsx", b"x")
    bench.client.get(f"{address}/file/html")
    told = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("notices"))
    assert "/checklist/one/{id}" in told
    assert "不可说" not in told
    assert "91520900" not in told
    assert address.rpartition("/")[2] not in told
