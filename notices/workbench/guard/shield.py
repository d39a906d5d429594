"""What stands before every page: the host it was asked for under, how much it is sent, the headers it answers with."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

POLICY = "; ".join(
    (
        "default-src 'none'",
        *(f"{kind}-src 'self'" for kind in ("script", "style", "img", "font", "connect")),
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Content-Security-Policy: nothing but what this server sends itself, and no script or style within a page."""
HEADERS = {  # a browser told no-referrer would send forms of ours with the origin "null"
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
BIGGEST = 64 * 1024 * 1024
"""Bytes of any request; a page may allow less."""


class TooBigError(Exception):
    """A request that goes on past its limit."""


@dataclass(frozen=True)
class Shield:
    """The outermost layer of the application."""

    app: ASGIApp
    hosts: Collection[str]
    """Names the server is asked for under, with or without a port; ``*`` is any. Others are pages of somebody who
    made a name of theirs point here."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        answer = self._guarded(send)
        if not self._known(headers.get("host", "")):
            await PlainTextResponse("这台服务器没有这个名称\n", 421)(scope, receive, answer)
            return
        if not _fits(headers.get("content-length")):
            await PlainTextResponse(f"内容超过 {BIGGEST // 1024 // 1024} MB，没有接收\n", 413)(scope, receive, answer)
            return
        await self.app(scope, _counted(receive), answer)

    def _known(self, host: str) -> bool:
        return "*" in self.hosts or host in self.hosts or host.rpartition(":")[0] in self.hosts

    @staticmethod
    def _guarded(send: Send) -> Send:
        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return answer


def _fits(length: str | None) -> bool:
    return length is None or (length.isdecimal() and int(length) <= BIGGEST)


def _counted(receive: Receive) -> Receive:
    """A request without a length, or a wrong one, is cut off at the limit."""
    taken = 0

    async def next_message() -> Message:
        nonlocal taken
        message = await receive()
        if message["type"] == "http.request":
            taken += len(message.get("body", b""))
            if taken > BIGGEST:
                raise TooBigError
        return message

    return next_message
