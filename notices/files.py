"""Writing files: beside their place and moved into it, so that what was good stays good."""

from __future__ import annotations

import contextlib
import errno
import glob
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from notices.errors import OutputError

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_CAUSES = {
    errno.EACCES: ("没有写入权限", "换一个文件夹（--out），或请管理员授权"),
    errno.EPERM: ("没有写入权限", "换一个文件夹（--out），或请管理员授权"),
    errno.EROFS: ("文件系统是只读的", "换一个文件夹（--out）"),
    errno.ENOSPC: ("磁盘已满", "清理磁盘后重试"),
    errno.EDQUOT: ("磁盘配额已用完", "清理磁盘后重试"),
    errno.ENOTDIR: ("路径中有一段是文件，不是文件夹", "换一个文件夹（--out）"),
    errno.EEXIST: ("同名的文件已经存在", "换一个文件夹（--out）"),
    errno.EISDIR: ("同名的文件夹已经存在", "移走它，或换一个文件夹（--out）"),
    errno.ENAMETOOLONG: ("文件名太长", "换一个短的路径（--out）"),
    errno.EBUSY: ("文件正被占用", "在 Word 或 WPS 里关闭它后重试"),
}


def write(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path``, whole or not at all, and on the disk before its name is.

    What runs killed before left beside it, for the same name, is cleared away.

    Raises:
        OutputError: why it could not be written; ``path`` is as it was.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _clear(path)
        handle, temporary = _temporary(path)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.chmod(temporary, 0o644)  # noqa: PTH101 - mkstemp makes it private
            os.replace(temporary, path)  # noqa: PTH105
        temporary = None
        settle(path.parent)
    except OSError as error:
        raise refused(path, error) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


_SUFFIX = ".notices-tmp"
"""What a file is called while it is written, besides its own name: nobody else's ends so."""
PATIENCE = 600
"""Tenths of a second one run waits for another in the same folder."""


_TRIES = 20
"""New files tried before giving up: one is lost only to a run that clears up in the very moment it is made."""


def _prefix(path: Path) -> str:
    return f".{path.name[:60]}."


def _temporary(path: Path) -> tuple[int, str]:
    """A new file beside ``path``, open and locked: another run that clears up has not taken it for a stray."""
    for _ in range(_TRIES):
        handle, name = tempfile.mkstemp(prefix=_prefix(path), suffix=_SUFFIX, dir=path.parent)
        if _lock(handle) and os.path.lexists(name):
            return handle, name
        os.close(handle)
    raise OSError(errno.EBUSY, os.strerror(errno.EBUSY), str(path))


def settle(folder: Path) -> None:
    """Have the names of a folder on the disk, where folders can be opened."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear(path: Path) -> None:
    """Remove what killed runs left for this name: ours by its ending, and locked by nobody who still writes it."""
    for stray in path.parent.glob(glob.escape(_prefix(path)) + "*" + _SUFFIX):
        with contextlib.suppress(OSError), stray.open("rb") as file:
            if _lock(file.fileno()):
                stray.unlink(missing_ok=True)


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only run that writes together what belongs together in a folder; others wait.

    Raises:
        OutputError: another run has not ended for a minute, or the folder cannot be used.
    """
    if fcntl is None:  # no locks of folders there: as without
        yield
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise refused(folder, error) from None
    try:
        wait_for(handle, f"另一个 notices 正在写 {folder}\n    → 等它结束，或换一个文件夹（--out）")
        yield
    finally:
        os.close(handle)


def wait_for(handle: int, busy: str) -> None:
    """Lock an open file or folder; whoever closes it, or ends, lets it go. Threads of one process wait, too.

    Raises:
        OutputError: somebody has held it for a minute; ``busy`` says what.
    """
    for _ in range(PATIENCE):
        if _lock(handle):
            return
        time.sleep(0.1)
    raise OutputError(busy)


def _lock(handle: int) -> bool:
    """Whether a file or folder could be locked; where the file system has no locks, it could."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True


def refused(path: Path, error: OSError) -> OutputError:
    """The message for a file that could not be written."""
    cause, hint = _CAUSES.get(error.errno or 0, (error.strerror or str(error), "检查这个路径"))
    return OutputError(f"写不了 {path}：{cause}\n    → {hint}；这个位置原有的文件没有改动")
