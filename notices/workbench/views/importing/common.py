"""What the pages of importing share: whose imports, who writes and when, how long reading may take."""

from __future__ import annotations

from notices.errors import NotFoundError
from notices.history.log import Hand
from notices.workbench.desk import Desk
from notices.workbench.tasks.importing.boxes import Box

MOST = 24 * 1024 * 1024
"""Bytes of a form with a file."""
READING = 180.0
"""Seconds for reading a file: LibreOffice has two minutes of them."""
DECIDING = 60.0
"""Seconds for carrying decisions out in a draft."""


def box(desk: Desk) -> Box:
    """The imports of whoever asks. Raises NotFoundError: there is no folder of one's own to keep them in."""
    if desk.folder is None:
        raise NotFoundError("工作台开着程序自带的内容，没有自己的文件夹可写；请在自己的文件夹里启动")
    return Box(desk.folder, desk.user.name if desk.bench.accounts is not None else "")


def hand(desk: Desk) -> Hand:
    """Who changes something, and when."""
    return Hand(desk.user.name, desk.now())
