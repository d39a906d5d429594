"""Writing files: beside their place and moved into it, so that what was good stays good."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path

from notices.errors import OutputError

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
    """Put ``content`` at ``path``, whole or not at all.

    Raises:
        OutputError: why it could not be written; ``path`` is as it was.
    """
    temporary: str | None = None
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(temporary, 0o644)  # noqa: PTH101 - mkstemp makes it private
        os.replace(temporary, path)  # noqa: PTH105
        temporary = None
    except OSError as error:
        raise refused(path, error) from None
    finally:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)


def refused(path: Path, error: OSError) -> OutputError:
    """The message for a file that could not be written."""
    cause, hint = _CAUSES.get(error.errno or 0, (error.strerror or str(error), "检查这个路径"))
    return OutputError(f"写不了 {path}：{cause}\n    → {hint}；这个位置原有的文件没有改动")
