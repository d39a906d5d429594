"""Coming in and going out: the key of the address, or a name and a password; the name beside one's changes."""

from __future__ import annotations

import asyncio

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from notices.workbench import render
from notices.workbench.desk import Bench, Desk, Page
from notices.workbench.guard.users import LONGEST_NAME, User, owner

_MOST = 4096
"""Bytes of the form with a name and a password."""
_SECONDS = 30.0
"""What a browser has to send it."""


async def enter(bench: Bench, request: Request) -> Response:
    """The key of the address; where there are accounts, a name and a password."""
    if bench.accounts is not None:
        return await _log_in(bench, request)
    key = request.query_params.get("key", "")
    if request.method == "GET" and key and bench.key and bench.key.opens(key):
        return _in(bench, owner())
    told = "这个网址已经用过，或者不是这一次启动给出的" if key else "请用启动工作台的窗口里最后给出的网址打开"
    return HTMLResponse(render.page("enter", message=told, accounts=False, name=""), 403)


async def _log_in(bench: Bench, request: Request) -> Response:
    assert bench.accounts is not None  # noqa: S101 - see enter
    if request.method == "GET":
        return HTMLResponse(render.page("enter", message="", accounts=True, name=""))
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > _MOST:  # whoever says no length may send without end
        return HTMLResponse(render.page("enter", message="太长", accounts=True, name=""), 413)
    async with asyncio.timeout(_SECONDS), request.form(max_files=0, max_fields=4, max_part_size=_MOST) as form:
        name, password = (str(form.get(field, "")).strip() for field in ("name", "password"))
    address = request.client.host if request.client else ""
    if wait := max(bench.names.wait(name), bench.addresses.wait(address)):
        told = f"错了几次，请等 {wait:.0f} 秒再试"
        return HTMLResponse(render.page("enter", message=told, accounts=True, name=name), 429)
    user = bench.accounts.enter(name, password)
    if user is None:
        bench.names.failed(name)
        bench.addresses.failed(address)
        return HTMLResponse(render.page("enter", message="姓名或密码不对", accounts=True, name=name), 403)
    bench.names.passed(name)
    return _in(bench, user)


def _in(bench: Bench, user: User) -> Response:
    response = Response(status_code=303, headers={"Location": "/"})
    cookie = bench.sessions.begin(user)
    response.set_cookie(bench.cookie, cookie, httponly=True, samesite="strict", secure=bench.secure, path="/")
    return response


async def account(desk: Desk) -> Response:
    """Who one is here."""
    return desk.show("account", message="", longest=LONGEST_NAME)


async def rename(desk: Desk) -> Response:
    """On one's own machine: the name that stands beside changes."""
    name = desk.text("name").strip()
    if desk.bench.accounts is not None or not name or not name.isprintable() or len(name) > LONGEST_NAME:
        return desk.show("account", 422, message=f"姓名要有，{LONGEST_NAME} 字以内", longest=LONGEST_NAME)
    desk.session.user = User(name, desk.user.role)
    return desk.go("/account")


async def leave(desk: Desk) -> Response:
    """Go out."""
    desk.bench.sessions.end(desk.request.cookies.get(desk.bench.cookie, ""))
    response = desk.go("/enter")
    response.delete_cookie(desk.bench.cookie, path="/")
    return response


async def kept(desk: Desk) -> Response:
    """A file that was made a step before."""
    name, content = desk.kept(desk.part("identity"))
    return desk.file(name, content, shown=desk.asked("shown") == "1")


async def forget(desk: Desk) -> Response:
    """Forget all files of this session at once."""
    desk.session.shelf.clear()
    return desk.go("/account")


PAGES = (
    Page("/kept/{identity}", kept),
    Page("/account/forget", forget, post=True),
    Page("/account", account),
    Page("/account/name", rename, post=True),
    Page("/account/leave", leave, post=True),
)
