"""Many applicants in the workbench: a job in its own process, its progress, stop and resume, its sum, its archive."""

import io
import json
import re
import zipfile

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook
from playwright.sync_api import expect
from test_workbench_checklist import HOSTILE, entered
from workbenches import audited, office, running, wide

from applicants import applicant, desk, record
from notices.checklist.intake import Intake
from notices.cli import cli
from notices.forms import workbook
from notices.forms.data.records import Record
from notices.workbench import batch, jobs
from notices.workbench.guard import users
from notices.workbench.views.checklist import many

WANTED = {"edition": "guizhou@2024", "category": "factory", "level": "province", "as_of": "2024-09-01", "each": ""}
CITIES = ("贵阳市", "遵义市", "安顺市")


def sheet(count, wrong=()):
    """A sheet of so many applicants; the code of some is wrong."""
    made = []
    for number in range(count):
        own = record(number, area=CITIES[number % 3], manufacturing="否" if number % 4 == 0 else "是")
        if number in wrong:
            own = Record({**own.values, "code": "91520900MA0000000X"}, own.tables)
        made.append(own)
    return workbook.write(desk().sheet, made, many=True)


@pytest.fixture(autouse=True)
def in_this_process(request, monkeypatch):
    """Jobs are done here and at once, but in a browser: a process of its own takes its time to begin."""
    if "page" not in request.fixturenames:
        monkeypatch.setattr(jobs.Jobs, "_begin", lambda _, folder, workspace: batch.work(folder, workspace))


def begun(bench, content, name="报名表.xlsx", **more):
    """A job; its address."""
    answer = bench.post("/checklist/many", WANTED | more, files={"file": (name, content)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def ended(bench, address):
    """Its part of the page, once it has ended."""
    text = bench.client.get(address, headers={"X-Live": "1"}).text
    assert "<html" not in text
    assert "data-poll" not in text
    return text


def folder_of(bench, address):
    (found,) = bench.bench.folder.glob(f"workbench/desk/*/{address.rpartition('/')[2]}")
    return found


def archived(bench, address):
    answer = bench.client.get(f"{address}/archive")
    assert answer.status_code == 200
    package = zipfile.ZipFile(io.BytesIO(answer.content))
    return {name: package.read(name) for name in package.namelist()}


def test_a_sheet_is_judged_summed_and_packed(own_bench):
    address = begun(own_bench, sheet(12, wrong=(5,)), each="html")
    text = ended(own_bench, address)
    assert "做好了" in text
    assert "共 12 家；判断了 11 家" in text
    assert "没有判断的" in text
    assert "校验码不对" in text
    assert re.search(r"基本信息!\w+8 统一社会信用代码", text) or "统一社会信用代码" in text
    for city in CITIES:
        assert f"<td>{city}</td>" in text
    files = archived(own_bench, address)
    assert sum(name.endswith("/checklist.html") for name in files) == 11
    assert {name.rpartition("/")[2] for name in files if "summary" in name} == {
        "summary.html",
        "summary.pdf",
        "summary.xlsx",
    }
    assert not any("journal" in name or "tmp" in name for name in files)
    assert "报名表.xlsx" in own_bench.client.get("/checklist").text


@pytest.mark.slow
def test_the_files_are_those_the_command_makes(own_bench, tmp_path):
    content = sheet(9, wrong=(2,))
    address = begun(own_bench, content, each="docx")
    ended(own_bench, address)
    path = tmp_path / "情况表.xlsx"
    path.write_bytes(content)
    place = ["--workspace", str(own_bench.bench.folder)]
    options = ["--category", "factory", "--as-of", "2024-09-01", "--level", "province", "--format", "docx,pdf"]
    CliRunner().invoke(
        cli, [*place, "checklist", "guizhou@2024", *options, "--applicant", str(path), "--out", str(tmp_path)]
    )
    made = archived(own_bench, address)
    for name, content in made.items():
        assert (tmp_path / name).read_bytes() == content, name
    assert len(made) == 8 + 3


@pytest.mark.slow
def test_a_stopped_job_goes_on_where_it_was(own_bench):
    address = begun(own_bench, sheet(40), each="html")
    folder = folder_of(own_bench, address)
    ended(own_bench, address)
    whole = archived(own_bench, address)
    own_bench.bench.jobs.stop(folder)
    place = folder / "made" / "guizhou-2024" / "checklist-factory"
    journal = place / "journal.jsonl"
    lines = journal.read_text("utf-8").splitlines(keepends=True)
    journal.write_text("".join(lines[:25]), "utf-8")
    kept = {place / json.loads(line)["folder"] / "checklist.html" for line in lines[:25]}
    for path in place.glob("*/checklist.html"):
        if path not in kept:
            path.unlink()
    stood = {path: path.stat().st_mtime_ns for path in kept}
    jobs.write(folder, jobs.STATUS, {"stage": "judging", "done": 25, "total": 40, "of": 1})
    (folder / "archive.zip").unlink()
    text = own_bench.client.get(address).text
    assert "停下了，做完 25 / 40 家" in text
    assert own_bench.client.get(f"{address}/archive").status_code == 404
    own_bench.post(f"{address}/resume")
    assert "做好了" in ended(own_bench, address)
    assert archived(own_bench, address) == whole
    assert {path: path.stat().st_mtime_ns for path in kept} == stood, "what stood was not made again"


def test_deleted_are_data_and_results(own_bench):
    address = begun(own_bench, sheet(6))
    folder = folder_of(own_bench, address)
    own_bench.post(f"{address}/delete")
    assert not folder.exists()
    assert own_bench.bench.jobs.state(folder) == ""
    for path in (address, f"{address}/archive", f"{address}/summary/xlsx"):
        assert own_bench.client.get(path).status_code == 404


@pytest.mark.slow
def test_what_a_kill_cut_off_is_seen_and_can_be_deleted(own_bench, monkeypatch):
    address = begun(own_bench, sheet(4), each="html")
    folder = folder_of(own_bench, address)
    with monkeypatch.context() as cut:
        cut.setattr("shutil.rmtree", lambda _: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            many._dropped(folder)
    assert "报名表.xlsx" in own_bench.client.get("/checklist").text
    for path in folder.glob("情况表.*"):
        path.unlink()
    (folder / jobs.STATUS).unlink(missing_ok=True)
    own_bench.post(f"{address}/resume")
    assert "情况表没有收完" in ended(own_bench, address)
    own_bench.post(f"{address}/delete")
    assert not folder.exists()


def test_one_at_a_time_for_each_user_the_others_wait(own_bench, monkeypatch):
    begins = []

    def begin(own, folder, _):
        begins.append(folder)
        own._running[folder] = None

    monkeypatch.setattr(jobs.Jobs, "_begin", begin)
    addresses = [begun(own_bench, sheet(2)) for _ in range(3)]
    folders = [folder_of(own_bench, one) for one in addresses]
    own = own_bench.bench.jobs
    assert begins == folders[:1]
    assert [own.state(one) for one in folders] == ["running", "waiting", "waiting"]
    assert "前面还有 2 批" in own_bench.client.get(addresses[2]).text
    own.start(folders[1], own_bench.bench.folder)
    assert own.before(folders[2]) == 2, "one that waits already is not put in line again"
    own_bench.post(f"{addresses[1]}/stop")
    assert "停下了" in own_bench.client.get(addresses[1]).text
    another = own_bench.bench.folder / "workbench" / "desk" / "another" / "1"
    third = another.parents[1] / "third" / "1"
    own.start(another, own_bench.bench.folder)
    own.start(third, own_bench.bench.folder)
    assert begins == [folders[0], another], "two at once, of two users"
    del own._running[folders[0]]
    own._next()
    assert begins == [folders[0], another, folders[2]]
    assert own.state(third) == "waiting"


def test_nobody_sees_the_jobs_of_another(workers, tmp_path):
    file, place = tmp_path / "users.yaml", office(tmp_path / "office")
    for name in ("甲", "乙"):
        users.put(file, name, "reads", "one good sentence")
    mine, other = (entered(workers, place, file, name) for name in ("甲", "乙"))
    address = begun(mine, sheet(3), name="甲的报名表.xlsx")
    ended(mine, address)
    for path in ("", "/archive", "/summary/xlsx", "/summary/html"):
        assert mine.client.get(address + path).status_code == 200
        assert other.client.get(address + path).status_code == 404
    for step in ("stop", "resume", "delete"):
        assert other.post(f"{address}/{step}").status_code == 404
    assert "甲的报名表" not in other.client.get("/checklist").text
    assert mine.client.get(address).status_code == 200


def test_without_a_workspace_it_says_what_it_needs(bench):
    answer = bench.post("/checklist/many", WANTED, files={"file": ("a.xlsx", sheet(2))})
    assert answer.status_code == 404
    assert "在自己的文件夹里启动" in answer.text
    assert "notices init" not in answer.text, "nobody is sent to a shell"
    assert "上传，开始做" not in bench.client.get("/checklist").text


@pytest.mark.parametrize("kind", sorted(HOSTILE))
@pytest.mark.slow
def test_a_hostile_sheet_is_answered_plainly(own_bench, kind):
    name, made, said = HOSTILE[kind]
    answer = own_bench.post("/checklist/many", WANTED, files={"file": (name, made(own_bench))})
    assert answer.status_code == (422 if said == "这里只收" else 303)
    text = ended(own_bench, answer.headers["location"]) if answer.status_code == 303 else answer.text
    assert said in text
    assert kind in {"huge", "formula"} or answer.status_code == 422 or "没有做成" in text
    assert "Traceback" not in text
    assert len(text) < 20_000, "what is long is cut short"
    assert own_bench.client.get("/checklist").status_code == 200


@pytest.mark.parametrize(
    "more", [{"each": "exe"}, {"category": "nothing"}, {"edition": "../x"}, {"as_of": "昨天"}, {"level": "x"}]
)
def test_what_is_not_offered_begins_no_job(own_bench, more):
    answer = own_bench.post("/checklist/many", WANTED | more, files={"file": ("a.xlsx", sheet(2))})
    assert answer.status_code in {404, 422}
    assert list(own_bench.bench.folder.glob("workbench/desk/*/*")) == []


@pytest.mark.slow
def test_a_sheet_of_all_categories_is_judged_category_by_category(own_bench):
    book = load_workbook(io.BytesIO(sheet(6)))
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if any(cell.value == "申报类别" for cell in row))
    column = next(cell.column for cell in head if cell.value == "申报类别")
    for number, row in enumerate(page.iter_rows(min_row=head[0].row + 1)):
        row[column - 1].value = ("绿色工厂", "绿色供应链管理企业")[number % 2]
    book.save(out := io.BytesIO())
    address = begun(own_bench, out.getvalue(), category="")
    text = ended(own_bench, address)
    assert "各地各类别情况" in text
    assert re.search(r"<td>贵阳市</td><td>绿色工厂</td>", text)
    assert any(name.startswith("guizhou-2024/checklist/summary") for name in archived(own_bench, address))
    assert own_bench.client.get(f"{address}/summary/xlsx").status_code == 200


def test_a_csv_takes_its_tables_along(own_bench):
    head = "单位名称,从事实际生产的制造型企业,证书已全部列在下表\n"
    own = f"{head}甲厂,是,是\n".encode()
    held = "填报单位,证书,有效期至\n甲厂,能源管理体系,2026-01-03\n".encode()
    both = [("file", ("报名.csv", own)), ("file", ("报名-证书.csv", held))]
    answer = own_bench.post("/checklist/many", WANTED, files=both)
    assert answer.status_code == 303, answer.text
    text = ended(own_bench, answer.headers["location"])
    assert "判断了 1 家" in text
    assert "没有证书、记录表" not in text
    two = [("file", ("a.csv", own)), ("file", ("b.csv", own))]
    assert "选了 2 张情况表" in own_bench.post("/checklist/many", WANTED, files=two).text


def test_how_far_it_is_is_told(tmp_path):
    status = batch.Status(tmp_path)
    status.reads(Intake("x", [applicant(number) for number in range(100)]), "绿色工厂", 1, 1)
    status.step(10)
    status._began -= 10
    status._noted = float("-inf")
    status.step(20)
    told = jobs.read(tmp_path, jobs.STATUS)
    assert (told["done"], told["total"]) == (30, 100)
    assert 0 < told["rate"] <= 2, "what stood already is no work of this run"
    assert told["left"] == pytest.approx(70 / told["rate"])


@pytest.mark.parametrize(
    ("error", "said"), [(MemoryError(), "要的内存太多"), (KeyError("虚构的厂"), "程序自身出了错（KeyError，")]
)
@pytest.mark.slow
def test_what_nobody_foresaw_is_told_without_its_words(own_bench, monkeypatch, error, said):
    def broken(*_):
        raise error

    monkeypatch.setattr(batch, "_packed", broken)
    address = begun(own_bench, sheet(2))
    text = ended(own_bench, address)
    assert said in text
    assert "虚构的厂" not in text
    monkeypatch.undo()
    monkeypatch.setattr(jobs.Jobs, "_begin", lambda _, folder, workspace: batch.work(folder, workspace))
    own_bench.post(f"{address}/resume")
    assert "做好了" in ended(own_bench, address)


def test_nothing_of_the_applicants_is_logged(own_bench, caplog):
    caplog.set_level("DEBUG")
    address = begun(own_bench, sheet(3), name="不可说.xlsx")
    ended(own_bench, address)
    told = "\n".join(one.getMessage() for one in caplog.records if one.name.startswith("notices"))
    assert "/checklist/many/{id}" in told
    assert "不可说" not in told
    assert "虚构" not in told


@pytest.mark.slow
def test_many_in_a_browser_stopped_and_taken_up_again(page, served, tmp_path):
    file = tmp_path / "报名表.xlsx"
    file.write_bytes(sheet(1500, wrong=(3, 900)))
    page.goto(f"{served.root}/checklist?edition=guizhou@2024&category=factory")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("做什么").select_option("html")
    page.get_by_label("判断日期").fill("2024-09-01")
    page.get_by_role("button", name="上传，开始做").click()
    expect(page.locator("progress[value]")).to_be_visible(timeout=60_000)
    expect(page.locator("#progress")).to_contain_text("/ 1,498 家", timeout=60_000)
    expect(page.locator("#progress")).to_contain_text("校验码不对")
    assert audited(page) == []
    page.get_by_role("button", name="停下").click()
    expect(page.locator("#progress")).to_contain_text("停下了", timeout=60_000)
    assert audited(page) == []
    page.get_by_role("button", name="接着做").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#progress")).to_contain_text("做好了", timeout=180_000)
    assert audited(page) == []
    page.set_viewport_size({"width": 390, "height": 800})
    assert wide(page) <= 0
    with page.expect_download() as took:
        page.get_by_role("link", name="全部文件").click()
    names = zipfile.ZipFile(took.value.path()).namelist()
    assert sum(name.endswith("checklist.html") for name in names) == 1498


@pytest.mark.slow
def test_a_killed_server_ends_its_job_which_is_taken_up_again(page, served, tmp_path, chromium):
    file = tmp_path / "报名表.xlsx"
    file.write_bytes(sheet(1500))
    page.goto(f"{served.root}/checklist?edition=guizhou@2024&category=factory")
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_label("做什么").select_option("html")
    page.get_by_label("判断日期").fill("2024-09-01")
    page.get_by_role("button", name="上传，开始做").click()
    expect(page.locator("progress[value]")).to_be_visible(timeout=60_000)
    address = page.url.removeprefix(served.root)
    served.kill()
    again = running(tmp_path / "office")
    try:
        other = chromium.new_context().new_page()
        other.goto(again.address)
        other.goto(f"{again.root}{address}")
        expect(other.locator("#progress")).to_contain_text("停下了")
        other.get_by_role("button", name="接着做").click()
        expect(other.locator("#progress")).to_contain_text("做好了", timeout=180_000)
        expect(other.locator("#progress")).to_contain_text("判断了 1500 家")
        other.context.close()
    finally:
        again.kill()
