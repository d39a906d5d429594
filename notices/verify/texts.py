"""What a reader gives back, and text files: which encoding they are in. Nothing is guessed."""

from __future__ import annotations

from dataclasses import dataclass

from notices.errors import Problem, ProblemsError
from notices.verify.zones import SourceText


@dataclass(frozen=True, slots=True)
class ReadText:
    """What a file says, paragraph by paragraph, and what a reader of the result must know."""

    name: str
    paras: tuple[SourceText, ...]
    notes: tuple[str, ...] = ()


def plain(name: str, content: bytes) -> ReadText:
    """A text file, in UTF-8, UTF-16 with its mark, or GB 18030 (which GBK and GB 2312 are part of)."""
    text, notes = decoded(name, content)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return ReadText(name, tuple(SourceText(line, number) for number, line in enumerate(lines, 1)), notes)


def decoded(name: str, content: bytes, declared: str = "") -> tuple[str, tuple[str, ...]]:
    """Bytes as text, and which encoding was taken when it is not UTF-8.

    Raises:
        ProblemsError: no encoding fits all of it.
    """
    codecs = ["utf-8-sig", "gb18030"]
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        codecs = ["utf-16"]
    elif declared.lower() in {"gbk", "gb2312", "gb18030", "big5"}:
        codecs.insert(1, declared.lower() if declared.lower() == "big5" else "gb18030")
    for codec in codecs:
        try:
            text = content.decode(codec)
        except UnicodeDecodeError:
            continue
        if "\x00" in text or not _sensible(text):
            continue
        shown = {"gb18030": "GBK（GB 18030）"}.get(codec, codec.upper())
        note = f"文件不是 UTF-8 编码，按 {shown} 读出，全部 {len(text)} 个字符都能读"
        return text, () if codec == "utf-8-sig" else (note,)
    raise trouble(name, "看不出文字的编码：不是 UTF-8、UTF-16，也不是 GBK", "用记事本打开，另存为 UTF-8 编码")


def _sensible(text: str) -> bool:
    """Whether decoded text is text: what another encoding leaves are rare and private characters."""
    controls = sum(char < " " and char not in "\t\r\n\f\v" for char in text)
    private = sum("\ue000" <= char <= "\uf8ff" or char == "\ufffd" for char in text)
    return (controls + private) * 100 <= len(text)


def trouble(name: str, message: str, hint: str) -> ProblemsError:
    """One problem of the whole file."""
    return ProblemsError([Problem(name, 0, 0, "", message, hint)])
