"""Before the workbench's pages: keys, accounts, roles, forms that are ours, headers, limits of time and size."""

import pickle
import re
import socket
import time
from concurrent.futures import ThreadPoolExecutor

import anyio
import pytest
from starlette.routing import request_response
from workbenches import asked, office

from notices.errors import NotFoundError, OutputError, Problem, ProblemsError
from notices.workbench.app import _COMMAND, _OPTION, PAGES, _guarded
from notices.workbench.desk import Page
from notices.workbench.guard import users
from notices.workbench.guard.sessions import LASTS, Key, Sessions, Throttle
from notices.workbench.guard.users import User
from notices.workbench.pool import SECONDS, Pool, TaskStoppedError
from notices.workbench.serve import Wanted, serve

GETS = [page for page in PAGES if not page.post]
POSTS = [page for page in PAGES if page.post]


def filled(path):
    """An address of a pattern."""
    return re.sub(r"\{[^}]*\}", "x", path)


def test_nobody_sees_a_page_without_the_key(workers):
    made = asked(workers)
    for page in GETS:
        answer = made.client.get(filled(page.path))
        assert (answer.status_code, answer.headers["location"]) == (303, "/enter"), page.path
    assert made.client.get("/enter", params={"key": "wrong"}).status_code == 403


def test_the_key_opens_one_browser_and_the_next_key_another(workers):
    made = asked(workers)
    first = made.bench.key.current
    assert made.client.get("/enter", params={"key": first}).status_code == 303
    assert made.client.get("/").status_code == 200
    stranger = asked(workers)
    stranger.bench.key, stranger.bench.sessions = made.bench.key, made.bench.sessions
    assert stranger.client.get("/enter", params={"key": first}).status_code == 403
    assert stranger.client.get("/enter", params={"key": made.keys[-1]}).status_code == 303


def test_a_form_that_is_not_ours_is_not_looked_at(bench):
    assert POSTS
    for page in POSTS:
        address = filled(page.path)
        assert bench.client.post(address, data={"name": "x"}).status_code == 403, page.path
        elsewhere = {"Origin": "http://elsewhere.test"}
        assert bench.post(address, {"name": "x"}, headers=elsewhere).status_code == 403, page.path
        assert bench.post(address, {"name": "x"}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403


def test_every_answer_carries_the_policy(bench):
    for address in ("/", "/enter", "/no-such-page", "/static/bench.css", "/static/../../pyproject.toml"):
        headers = bench.client.get(address).headers
        assert "default-src 'none'" in headers["content-security-policy"], address
        assert headers["x-content-type-options"] == "nosniff"
    assert "unsafe" not in bench.client.get("/").headers["content-security-policy"]


def test_a_name_that_is_not_the_servers_is_refused(bench):
    assert bench.client.get("/", headers={"Host": "evil.test"}).status_code == 421
    assert bench.client.get("/", headers={"Host": "bench.test:8765"}).status_code == 200


def test_what_is_too_big_is_not_taken(bench):
    assert bench.client.post("/account/name", content=b"x", headers={"Content-Length": str(10**9)}).status_code == 413
    assert bench.post("/account/name", {"name": "x" * 2_000_000}).status_code == 413


def test_roles_allow_what_they_allow(workers, tmp_path):
    file = tmp_path / "users.yaml"
    users.put(file, "王芳", "reads", "one good sentence")
    made = asked(workers, office(tmp_path / "office"), file)
    answer = made.client.post("/enter", data={"name": "王芳", "password": "one good sentence"})
    assert answer.status_code == 303
    assert made.client.get("/").status_code == 200
    above = [page for page in PAGES if page.role != "reads"]
    for page in above:
        address = filled(page.path)
        answer = made.post(address) if page.post else made.client.get(address)
        assert answer.status_code == 403, page.path
    users.strike(file, "王芳")
    assert made.client.get("/").status_code == 303, "who is struck from the file is out"


def test_wrong_passwords_make_one_wait(workers, tmp_path):
    file = tmp_path / "users.yaml"
    users.put(file, "王芳", "reads", "one good sentence")
    made = asked(workers, None, file)
    answers = [made.client.post("/enter", data={"name": "王芳", "password": "wrong"}).status_code for _ in range(6)]
    assert answers == [403] * 5 + [429]
    right = {"name": "王芳", "password": "one good sentence"}
    assert made.client.post("/enter", data=right).status_code == 429, "even the right one, for a while"


def test_the_wait_doubles_and_ends():
    now = [0.0]
    throttle = Throttle(clock=lambda: now[0])
    waits = []
    for _ in range(16):
        throttle.failed("x")
        waits.append(throttle.wait("x"))
    assert waits == [0] * 4 + [2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]
    now[0] = 901
    assert throttle.wait("x") == 0
    throttle.passed("x")
    throttle.failed("x")
    assert throttle.wait("x") == 0


def test_sessions_end_when_they_are_not_used():
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    name = sessions.begin(User("甲", "reads"))
    now[0] = LASTS - 1
    assert sessions.find(name)
    now[0] += LASTS + 1
    assert sessions.find(name) is None


def test_a_key_is_told_and_used_once():
    told = []
    key = Key(told.append)
    assert not key.opens("")
    assert key.opens(key.current)
    assert told == [key.current]


@pytest.mark.parametrize(
    ("name", "password"), [("", "long enough pass"), ("a\nb", "long enough pass"), ("甲", "short")]
)
def test_unfit_accounts_are_refused(tmp_path, name, password):
    with pytest.raises(ProblemsError):
        users.put(tmp_path / "users.yaml", name, "reads", password)
    assert not (tmp_path / "users.yaml").exists()


@pytest.mark.parametrize(
    "text",
    [
        "users: 3\n",
        "users: [{name: 甲}]\n",
        "users: [{name: 甲, role: boss, password: $argon2id$x}]\n",
        "[]\n",
        "a: [\n",
    ],
)
def test_an_unfit_file_of_accounts_is_told(tmp_path, text):
    file = tmp_path / "users.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(ProblemsError):
        users.Accounts(file).check()
    assert users.Accounts(file).find("甲") is None


def test_passwords_are_hashed(tmp_path):
    file = tmp_path / "users.yaml"
    users.put(file, "甲", "drafts", "one good sentence")
    assert "one good" not in file.read_text("utf-8")
    assert file.stat().st_mode & 0o077 == 0
    assert users.Accounts(file).enter("甲", "one good sentence") == User("甲", "drafts")
    assert users.Accounts(file).enter("甲", "one good sentencE") is None
    assert users.Accounts(file).enter("乙", "one good sentence") is None


def test_other_machines_need_accounts():
    with pytest.raises(NotFoundError, match="账号"):
        serve(Wanted(None, host="192.0.2.1"), print)


def asleep():
    """A task that does not end."""
    time.sleep(60)


def greedy():
    """A task that wants all memory."""
    return len(bytearray(40 * 1024**3))


def held(sign):
    """A task that ends when a file is there: 1; 0 where it waited in vain."""
    for _ in range(600):
        if sign.exists():
            return 1
        time.sleep(0.05)
    return 0


def good():
    """A task."""
    return 7


@pytest.mark.parametrize("task", [asleep, greedy])
def test_a_task_out_of_bounds_is_ended_and_the_next_goes_on(workers, task):
    async def both():
        with pytest.raises(TaskStoppedError):
            await workers.run(task, 0.5)
        return await workers.run(good, 20.0)

    with ThreadPoolExecutor(1) as apart:  # a browser of another test may have a loop running in this thread
        assert apart.submit(anyio.run, both).result() == 7


def test_long_tasks_leave_a_worker_to_the_others(tmp_path):
    pool = Pool(2)

    async def several():
        ended = []

        async def one(task, limit, *args):
            ended.append(await pool.run(task, limit, *args))

        async with anyio.create_task_group() as group:
            for _ in range(4):
                group.start_soon(one, held, SECONDS + 20, tmp_path / "sign")
            await one(good, 20.0)
            (tmp_path / "sign").touch()
        return ended

    try:
        with ThreadPoolExecutor(1) as apart:  # as above
            assert apart.submit(anyio.run, several).result() == [7, 1, 1, 1, 1]
    finally:
        pool.close()


@pytest.mark.parametrize("length", [{}, {"Content-Length": "4097"}])
def test_a_log_in_that_says_no_length_or_too_much_is_not_read(workers, tmp_path, length):
    file = tmp_path / "users.yaml"
    users.put(file, "王芳", "reads", "one good sentence")
    made = asked(workers, None, file)

    def body():
        yield b"name=x&password=y"

    kind = {"Content-Type": "application/x-www-form-urlencoded"}
    assert made.client.post("/enter", content=body(), headers=kind | length).status_code == 413


def test_nobody_is_advised_to_use_a_shell(bench):
    told = bench.client.get("/edition/nowhere").text
    assert "没有名为 nowhere 的配置" in told
    assert "notices" not in re.sub(r"<head>.*?</head>", "", told, flags=re.DOTALL)


def test_what_is_advised_at_a_shell_is_left_out_and_nothing_else():
    assert (
        _COMMAND.sub("", "没有名为 x 的配置；是不是要找：a。用 notices list 查看全部")
        == "没有名为 x 的配置；是不是要找：a。"
    )
    assert _COMMAND.sub("", "在自己的文件夹里启动（notices init 建一个，再 notices serve）") == "在自己的文件夹里启动"
    assert _COMMAND.sub("", "参照 notices init 生成的样例") == ""
    assert _OPTION.sub("", "换一个文件夹（--out），或请管理员授权") == "换一个文件夹，或请管理员授权"
    assert _OPTION.sub("", "a--b（1）.docx") == "a--b（1）.docx"


def test_wrong_passwords_of_many_names_make_an_address_wait(workers, tmp_path):
    file = tmp_path / "users.yaml"
    users.put(file, "王芳", "reads", "one good sentence")
    made = asked(workers, None, file)
    tries = [made.client.post("/enter", data={"name": f"n{n}", "password": "wrong"}).status_code for n in range(21)]
    assert tries == [403] * 20 + [429]


def test_what_goes_wrong_inside_is_logged_without_what_was_handed_in(bench, monkeypatch, caplog):
    async def broken(desk):
        raise ValueError(desk.text("name"))

    made = bench.client.app
    page = next(route for route in made.routes if route.path == "/account/name")
    monkeypatch.setattr(page, "app", request_response(_guarded(bench.bench, Page("/account/name", broken, post=True))))
    answer = bench.post("/account/name", {"name": "某某公司的秘密"})
    assert answer.status_code == 500
    assert "什么都没有改" in answer.text
    assert "ValueError" in caplog.text
    assert "秘密" not in caplog.text + answer.text


def test_what_keeps_it_from_starting_is_said(tmp_path):
    file = tmp_path / "users.yaml"
    with pytest.raises(NotFoundError, match="没有账号文件"):
        serve(Wanted(None, users=file), print)
    (tmp_path / "c.pem").write_text("no certificate")
    with pytest.raises(NotFoundError, match="证书"):
        serve(Wanted(None, certificate=tmp_path / "c.pem"), print)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(OutputError, match="已经有程序在用"):
            serve(Wanted(None, port=taken.getsockname()[1]), print)


def test_problems_come_back_from_a_worker_whole():
    error = ProblemsError([Problem("a.yaml", 1, 2, "k", "一处", "改")])
    back = pickle.loads(pickle.dumps(error))  # noqa: S301 - our own
    assert (back.problems, str(back)) == (error.problems, str(error))
