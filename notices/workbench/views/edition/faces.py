"""What the pages of an edition are set in: cut faces by name, and the style sheet that names them."""

from __future__ import annotations

import re

from starlette.responses import Response

from notices.errors import NotFoundError
from notices.workbench import render
from notices.workbench.desk import Desk, Page

_NAME = re.compile(r"f[0-9a-f]{8,64}")
_KEPT = {"Cache-Control": "private, max-age=31536000, immutable"}
"""A name is the hash of the bytes: what it names never changes."""


async def styles(desk: Desk) -> Response:
    """The faces an address names."""
    names = [name for name in desk.asked("of").split(".") if _NAME.fullmatch(name)]
    return Response(render.sheet("edition_faces", names=names), media_type="text/css", headers=_KEPT)


async def face(desk: Desk) -> Response:
    """One face.

    Raises:
        NotFoundError: it is kept no more; the page is to be opened again.
    """
    content = desk.bench.faces.find(desk.part("face"))
    if content is None:
        raise NotFoundError("这个字体已经不在了；请刷新页面")
    return Response(content, media_type="font/otf", headers=_KEPT)


PAGES = (
    Page("/faces.css", styles),
    Page("/face/{face}", face),
)
