"""Start the workbench: an address with a key for one officer, or accounts for an office."""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import logging
import socket
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import uvicorn

from notices.errors import NotFoundError, OutputError
from notices.workbench.app import application
from notices.workbench.desk import Bench
from notices.workbench.guard.sessions import FREE_TRIES_OF_ADDRESS, Key, Sessions, Throttle
from notices.workbench.guard.users import Accounts
from notices.workbench.pool import Pool

LOCAL = ("127.0.0.1", "localhost", "[::1]", "::1")
"""Hosts nobody else reaches."""
PORT = 8765
_REASONS = {
    errno.EADDRINUSE: "已经有程序在用",
    errno.EADDRNOTAVAIL: "本机没有这个地址",
    errno.EACCES: "没有权限",
}
_TRIED = 20
"""Ports that are tried, from :data:`PORT` on, when none is wanted."""


@dataclass(frozen=True)
class Wanted:
    """How it is to be started."""

    folder: Path | None
    host: str = "127.0.0.1"
    port: int | None = None
    users: Path | None = None
    certificate: Path | None = None
    private_key: Path | None = None
    names: tuple[str, ...] = ()
    """Names the machine is known under, where the host is none itself (0.0.0.0)."""
    workers: int | None = None
    today: Callable[[], dt.date] = dt.date.today


def serve(wanted: Wanted, tell: Callable[[str], None], opened: Callable[[str], None] | None = None) -> None:
    """Run until it is interrupted. ``tell`` prints a line; ``opened`` is given the address when it answers.

    Raises:
        NotFoundError: accounts are needed and there are none. ProblemsError: their file is not fit.
        OutputError: the port is taken.
    """
    if wanted.host not in LOCAL and wanted.users is None:
        raise NotFoundError(
            f"--host {wanted.host} 别的机器也能打开，要有账号：用 --users 文件（notices user 文件 姓名 建立）"
        )
    accounts = Accounts(wanted.users) if wanted.users else None
    if accounts:
        accounts.check()
    if wanted.certificate:
        _certified(wanted.certificate, wanted.private_key)
    bound = _bound(wanted.host, wanted.port)
    port = bound.getsockname()[1]
    scheme = "https" if wanted.certificate else "http"
    at = f"{scheme}://{_named(wanted)}:{port}/"
    key = None if accounts else Key(lambda new: tell(f"再开一个浏览器用：{at}enter?key={new}"))
    bench = Bench(
        folder=wanted.folder,
        pool=Pool(wanted.workers),
        sessions=Sessions(),
        names=Throttle(),
        addresses=Throttle(FREE_TRIES_OF_ADDRESS),
        key=key,
        accounts=accounts,
        cookie=f"notices-{port}",
        today=wanted.today,
        secure=wanted.certificate is not None,
    )
    address = f"{at}enter?key={key.current}" if key else at
    _run(bench, wanted, bound, lambda: _ready(address, wanted, tell, opened))


def _certified(certificate: Path, private_key: Path | None) -> None:
    """Raises NotFoundError: the certificate or its key cannot be used."""
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER).load_cert_chain(certificate, private_key)
    except (ssl.SSLError, OSError) as error:
        hint = "两个都要是 PEM 格式，而且是一对；私钥写在 --private-key"
        raise NotFoundError(f"证书 {certificate} 用不了：{error.strerror or error}\n    → {hint}") from None


def _ready(address: str, wanted: Wanted, tell: Callable[[str], None], opened: Callable[[str], None] | None) -> None:
    tell(f"工作台在这里：{address}")
    if wanted.users is None:
        tell("这个网址只能用一次；数据都在本机。停止：按 Ctrl-C")
    elif wanted.certificate is None and wanted.host not in LOCAL:
        tell("请注意：没有证书（--certificate），密码在网上不加密；只在可信的内网里用。停止：按 Ctrl-C")
    if opened:
        opened(address)


class _Server(uvicorn.Server):
    """Says when it answers."""

    def __init__(self, config: uvicorn.Config, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._ready = ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._ready()


def _run(bench: Bench, wanted: Wanted, bound: socket.socket, ready: Callable[[], None]) -> None:
    logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)  # the application tells what it may
    config = uvicorn.Config(
        application(bench, _hosts(wanted)),
        log_config=None,
        access_log=False,
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=3,
        timeout_keep_alive=30,
        limit_concurrency=400,
        ssl_certfile=wanted.certificate,
        ssl_keyfile=wanted.private_key,
    )
    with contextlib.suppress(KeyboardInterrupt), bound:
        _Server(config, ready).run([bound])


def _hosts(wanted: Wanted) -> tuple[str, ...]:
    if wanted.host in LOCAL:
        return LOCAL
    return (*LOCAL, wanted.host, *wanted.names) if wanted.host != "0.0.0.0" or wanted.names else ("*",)  # noqa: S104


def _named(wanted: Wanted) -> str:
    return next(iter(wanted.names), wanted.host)


def _bound(host: str, port: int | None) -> socket.socket:
    """A socket at the wanted port; without one at the first that is free."""
    tried = [port] if port is not None else [*range(PORT, PORT + _TRIED), 0]
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    for number in tried:
        bound = socket.socket(family, socket.SOCK_STREAM)
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            bound.bind((host.strip("[]"), number))
        except OSError as error:
            bound.close()
            reason = _REASONS.get(error.errno or 0, error.strerror)
        else:
            return bound
    raise OutputError(f"{host} 的端口 {port} 打不开：{reason}\n    → 换一个端口（--port），或停掉占用它的程序")
