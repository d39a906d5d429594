"""The application: which page answers which address, and what happens before and after it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import re
import time
import traceback
from collections.abc import AsyncIterator, Awaitable, Callable, Collection
from dataclasses import replace

from starlette.applications import Starlette
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from notices.errors import NotFoundError, NoticesError, Problem, ProblemsError
from notices.workbench import render
from notices.workbench.desk import Bench, Desk, Page
from notices.workbench.guard.sessions import Session
from notices.workbench.guard.shield import Shield, TooBigError
from notices.workbench.guard.users import ROLES
from notices.workbench.views import account, calendar, checklist, comparing, edition, editions, importing, papers

LOG = logging.getLogger("notices.workbench")
_VIEWS = (editions, edition, importing, checklist, comparing, calendar, papers, account)
PAGES: tuple[Page, ...] = tuple(page for view in _VIEWS for page in view.PAGES)
_SECONDS = 300.0
"""What a browser has to send a form."""
_FIELDS = 5000
"""Fields of one form: a sheet of facts has hundreds."""


def application(bench: Bench, hosts: Collection[str]) -> Starlette:
    """The workbench; ``hosts`` are the names it is asked for under, ``*`` for any."""

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            bench.jobs.close()
            bench.pool.close()

    routes = [
        Route("/static/{name}", _static),
        Route("/enter", _entering(bench, account.enter), methods=["GET", "POST"]),
        *(Route(page.path, _guarded(bench, page), methods=["POST"] if page.post else ["GET"]) for page in PAGES),
    ]
    handlers: dict[object, Callable[[Request, Exception], Awaitable[Response]]] = {
        HTTPException: _wrong,
        TooBigError: _too_big,
        TimeoutError: _too_slow,
    }
    made = Starlette(
        routes=routes,
        middleware=[Middleware(Shield, hosts=hosts)],
        exception_handlers=handlers,
        lifespan=lifespan,
    )
    made.router.redirect_slashes = False  # an address is one of ours or none
    return made


def _guarded(bench: Bench, page: Page) -> Callable[[Request], Awaitable[Response]]:
    """A page behind its guard: somebody who came in, whose role is enough, with a form that is ours."""

    async def answer(request: Request) -> Response:
        began = time.perf_counter()
        response = await _whole(lambda: _answered(bench, page, request), request)
        spent = 1000 * (time.perf_counter() - began)
        LOG.info("%s %s %d %.0f ms", request.method, page.path, response.status_code, spent)  # never what was sent
        return response

    return answer


async def _answered(bench: Bench, page: Page, request: Request) -> Response:
    session = _session(bench, request)
    if session is None:
        return _outside(request)
    desk = Desk(bench, request, session, FormData())
    if not session.user.may(page.role):
        told = f"这一步要“{ROLES[page.role]}”的权限，您的是“{ROLES[session.user.role]}”；请管理账号的人改"
        return _problem(desk, 403, told)
    try:
        if not page.post:
            return await page.view(desk)
        if not _same_origin(request):
            return _problem(desk, 403, "这张表不是从工作台的页面上交来的，没有处理")
        async with _form(request, page.most) as form:
            desk.form = form
            if not session.owns(desk.text("token") or request.headers.get("x-token", "")):
                return _problem(desk, 403, "这张表不是从工作台的页面上交来的，没有处理；请刷新页面再做一次")
            return await page.view(desk)
    except ProblemsError as error:
        return _problem(desk, 422, "有几处要先改好", error.problems)
    except NotFoundError as error:
        return _problem(desk, 404, str(error))
    except NoticesError as error:
        return _problem(desk, 422, str(error))


def _session(bench: Bench, request: Request) -> Session | None:
    """The session of a request; its user as the accounts have it now."""
    name = request.cookies.get(bench.cookie, "")
    session = bench.sessions.find(name)
    if session is None or bench.accounts is None:
        return session
    user = bench.accounts.find(session.user.name)
    if user is None:
        bench.sessions.end(name)
        return None
    session.user = user
    return session


@contextlib.asynccontextmanager
async def _form(request: Request, most: int) -> AsyncIterator[FormData]:
    length = request.headers.get("content-length", "")
    if not length.isdecimal() or int(length) > most:
        raise TooBigError
    async with asyncio.timeout(_SECONDS), request.form(max_files=20, max_fields=_FIELDS, max_part_size=most) as form:
        yield form


def _same_origin(request: Request) -> bool:
    """A browser says where a form comes from; what says nothing is no page of somebody else's in a browser."""
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "same-origin")
    return site in {"same-origin", "none"} and origin in {None, f"{request.url.scheme}://{request.headers.get('host')}"}


def _outside(request: Request) -> Response:
    if request.method == "GET" and request.headers.get("x-live") != "1":
        return Response(status_code=303, headers={"Location": "/enter"})
    return PlainTextResponse("要重新登录；您填的还在这一页上，另开一页登录后再交\n", 401)


def _problem(desk: Desk, status: int, message: str, problems: Collection[Problem] = ()) -> Response:
    """What went wrong, as a page; for the page's script as a part of it."""
    told = [replace(one, hint=_OPTION.sub("", _COMMAND.sub("", one.hint))) for one in problems]
    name = "problem_part" if desk.live else "problem"
    return desk.show(name, status, message=_COMMAND.sub("", message), problems=told)


_COMMAND = re.compile(r"（[^（）]*notices [a-z][^（）]*）|[^，。；（）\n]*?(?:用|参照) notices [a-z][^。；\n]*")
_OPTION = re.compile(r"（--[a-z-]+）")
"""What a message of the library advises at a shell, which nobody here has. Of a message itself only commands go: an
option may be a name somebody gave."""


def _entering(
    bench: Bench, view: Callable[[Bench, Request], Awaitable[Response]]
) -> Callable[[Request], Awaitable[Response]]:
    async def answer(request: Request) -> Response:
        if request.method == "POST" and not _same_origin(request):
            return PlainTextResponse("这张表不是从工作台的页面上交来的\n", 403)
        return await _whole(lambda: view(bench, request), request)

    return answer


async def _static(request: Request) -> Response:
    found = render.statics().get(request.path_params["name"])
    if found is None:
        return PlainTextResponse("没有这个文件\n", 404)
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(found.content, media_type=found.media_type, headers=headers)


async def _wrong(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    told = {404: "没有这一页", 405: "这一页不能这样打开"}.get(status, "没有看懂这个请求")
    return HTMLResponse(render.page("outside", message=told), status)


async def _too_big(_: Request, __: Exception) -> Response:
    return HTMLResponse(render.page("outside", message="文件或表太大，没有接收"), 413)


async def _too_slow(_: Request, __: Exception) -> Response:
    return HTMLResponse(render.page("outside", message="等得太久，没有收完"), 408)


async def _whole(answered: Callable[[], Awaitable[Response]], request: Request) -> Response:
    """An answer in any case: what nobody foresaw is a page, too, and is not told with the words it came with."""
    try:
        return await answered()
    except (HTTPException, TooBigError, TimeoutError):
        raise
    except Exception as error:  # noqa: BLE001 - the boundary
        return _bug(request, error)


def _bug(request: Request, error: Exception) -> Response:
    frames = "".join(traceback.format_tb(error.__traceback__))  # what the error says may hold what somebody handed in
    LOG.error("%s %s\n%s%s", request.method, request.url.path, frames, type(error).__name__)
    told = "程序自身出了错，什么都没有改；请把终端里最后几行发给维护的人"
    return HTMLResponse(render.page("outside", message=told), 500)
