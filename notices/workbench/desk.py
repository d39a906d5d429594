"""What a view is given: who asks, the form they sent (looked at already), and ways to work, show and send."""

from __future__ import annotations

import datetime as dt
import urllib.parse
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import ParamSpec, TypeAlias, TypeVar

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from notices.errors import NotFoundError, Problem, ProblemsError
from notices.workbench import render
from notices.workbench.faces import Faces
from notices.workbench.guard.sessions import Key, Session, Sessions, Throttle
from notices.workbench.guard.users import Accounts, Role, User
from notices.workbench.jobs import Jobs
from notices.workbench.pool import SECONDS, Pool

P = ParamSpec("P")
R = TypeVar("R")

_MEDIA = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "pdf": "application/pdf",
    "zip": "application/zip",
    "ics": "text/calendar; charset=utf-8",
    "json": "application/json",
    "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
    "yaml": "application/yaml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@dataclass
class Bench:
    """What the server has, for as long as it runs."""

    folder: Path | None
    """The workspace; None: the shipped editions alone, which nobody can change."""
    pool: Pool
    sessions: Sessions
    names: Throttle
    """Of names that log in; ``addresses`` of where they do."""
    addresses: Throttle
    key: Key | None
    """Opens a browser where there are no accounts."""
    accounts: Accounts | None
    cookie: str
    today: Callable[[], dt.date]
    secure: bool = False
    """Whether it is asked over TLS."""
    faces: Faces = field(default_factory=Faces)
    """What pages are set in."""
    jobs: Jobs = field(default_factory=lambda: Jobs("notices.workbench.batch"))
    """What takes long, in processes of its own."""


@dataclass
class Desk:
    """One request of somebody who has come in."""

    bench: Bench
    request: Request
    session: Session
    form: FormData

    @property
    def user(self) -> User:
        """Who asks."""
        return self.session.user

    @property
    def folder(self) -> Path | None:
        """The workspace."""
        return self.bench.folder

    @property
    def live(self) -> bool:
        """Whether the page's script asks, which needs only the parts that change."""
        return self.request.headers.get("x-live") == "1"

    @staticmethod
    def now() -> dt.datetime:
        """When a change is made, with the zone of the machine."""
        return dt.datetime.now(dt.UTC).astimezone()

    def part(self, name: str) -> str:
        """A part of the address by its name in the pattern."""
        return str(self.request.path_params[name])

    def asked(self, name: str, otherwise: str = "") -> str:
        """What the address asks for after its question mark."""
        return self.request.query_params.get(name, otherwise)

    def text(self, name: str, otherwise: str = "") -> str:
        """A field of the form as text."""
        value = self.form.get(name, otherwise)
        return value if isinstance(value, str) else otherwise

    def texts(self, name: str) -> list[str]:
        """All that a field of the form holds."""
        return [value for value in self.form.getlist(name) if isinstance(value, str)]

    async def upload(self, name: str) -> tuple[str, bytes]:
        """A file of the form: what it was called (for messages and its ending; never a path), and its bytes.

        Raises:
            NotFoundError: no file was chosen.
        """
        file = self.form.get(name)
        if not isinstance(file, UploadFile) or not file.filename:
            raise NotFoundError("没有选文件")
        called = file.filename.replace("\\", "/").rpartition("/")[2][-100:]
        return "".join(char if char.isprintable() else "?" for char in called), await file.read()

    async def work(self, task: Callable[P, R], /, *args: P.args, **given: P.kwargs) -> R:
        """What a task gives back, done in a worker within :data:`SECONDS`. Raises what it raises."""
        return await self.bench.pool.run(task, SECONDS, *args, **given)

    async def work_for(self, limit: float, task: Callable[P, R], /, *args: P.args, **given: P.kwargs) -> R:
        """The same with a limit of its own, in seconds."""
        return await self.bench.pool.run(task, limit, *args, **given)

    def keep(self, name: str, content: bytes) -> str:
        """Keep a file for the next step of this session, in memory alone; the id :meth:`kept` finds it by."""
        return self.session.shelf.put(name, content)

    def kept(self, identity: str) -> tuple[str, bytes]:
        """A file of this session: its name and its bytes.

        Raises:
            NotFoundError: there is none any more.
        """
        found = self.session.shelf.get(identity)
        if found is None:
            raise NotFoundError("这份文件已经不在了（工作台不留文件）；请再交一次")
        return found

    def show(self, template: str, /, status: int = 200, **values: object) -> HTMLResponse:
        """A page, with the frame around it."""
        return HTMLResponse(self.written(template, **values), status)

    def written(self, template: str, /, **values: object) -> str:
        """A page, or a part of one, as text."""
        return render.page(
            template,
            user=self.user,
            accounts=self.bench.accounts is not None,
            own=self.bench.folder is not None,
            token=self.session.token,
            here=self.request.url.path,
            **values,
        )

    @staticmethod
    def go(address: str) -> RedirectResponse:
        """Go on to a page of ours after a form."""
        return RedirectResponse(address, 303)

    @staticmethod
    def file(name: str, content: bytes, *, shown: bool = False) -> Response:
        """A file to keep; ``shown`` in the browser instead, which only a PDF may be."""
        ending = name.rpartition(".")[2]
        how = "inline" if shown and ending == "pdf" else "attachment"
        called = f"{how}; filename*=UTF-8''{urllib.parse.quote(name, safe='')}"
        return Response(
            content, media_type=_MEDIA.get(ending, "application/octet-stream"), headers={"Content-Disposition": called}
        )


def read_day(text: str, of: str, field: str) -> dt.date:
    """A day as a form sends it, 2025-05-31; ``of`` is what messages call it.

    Raises:
        ProblemsError: it is no day.
    """
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        problem = Problem(of, 0, 0, field, f"{text[:20]} 不是日期", "写成 2025-05-31 的样子")
        raise ProblemsError([problem]) from None


View: TypeAlias = Callable[[Desk], Awaitable[Response]]


@dataclass(frozen=True)
class Page:
    """An address and who may ask for it. ``post``: it takes a form, of at most ``most`` bytes."""

    path: str
    view: View
    post: bool = False
    role: Role = "reads"
    most: int = 1024 * 1024
