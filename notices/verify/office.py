"""Files of older word processors (.doc, .wps, .rtf, .odt), read by way of LibreOffice where it is installed."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from notices.ooxml import package
from notices.verify.texts import ReadText, trouble

SUFFIXES = frozenset({".doc", ".wps", ".rtf", ".odt"})
_LONGEST = 120
"""Seconds LibreOffice may take for one file."""
CONVERTED = "这个文件是经 LibreOffice 转换后读的"
"""What a reader of the result must know."""


def read(name: str, content: bytes) -> ReadText:
    """The text of such a file.

    Raises:
        ProblemsError: LibreOffice is not installed, or makes nothing of the file.
    """
    from notices.verify.word import read as read_word  # noqa: PLC0415 - python-docx is slow to import

    text = read_word(name, as_docx(name, content))
    return ReadText(name, text.paras, (*text.notes, CONVERTED))


def as_docx(name: str, content: bytes) -> bytes:
    """Such a file as Word's of today.

    Raises:
        ProblemsError: it asks for a password, LibreOffice is not installed, or makes nothing of it.
    """
    package.refuse_locked(content, name)
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise trouble(name, "旧格式的文件要装有 LibreOffice 才能读", "装上 LibreOffice，或先另存为 .docx")
    with tempfile.TemporaryDirectory() as folder:
        suffix = Path(name).suffix.lower()
        source = Path(folder, f"source{suffix if suffix in SUFFIXES else '.doc'}")
        source.write_bytes(content)
        command = [program, "--headless", f"-env:UserInstallation=file://{folder}/profile", "--convert-to", "docx"]
        try:
            subprocess.run(  # noqa: S603 - the program found on the path, with files of our own
                [*command, "--outdir", f"{folder}/out", str(source)], capture_output=True, timeout=_LONGEST, check=False
            )
        except subprocess.TimeoutExpired:
            raise trouble(name, f"LibreOffice {_LONGEST} 秒没有转换完", "先另存为 .docx") from None
        made = Path(folder, "out", "source.docx")
        if not made.is_file():
            raise trouble(name, "LibreOffice 读不出这个文件", "检查文件是否完好、有没有密码；先另存为 .docx")
        return made.read_bytes()
