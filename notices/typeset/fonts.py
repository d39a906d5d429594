"""The faces of an official document: which are installed, which stand in, and what each character measures.

GB/T 9704-2012 names the faces (5.2.2 仿宋, 7.2.4 and 7.3.1 小标宋, 7.3.3 黑体 and 楷体, 7.5 宋体). None of them may be
shipped, so every role has an ordered chain: the office's own fonts, then the free Fandol faces, then Noto CJK.
The first one present is used; a character it lacks comes from the next face that has it.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

from notices.errors import MissingPartError
from notices.typeset.glyphs import Glyphs, UnreadableFontError, place_in_collection

Role: TypeAlias = Literal["body", "hei", "kai", "title", "song", "latin"]
"""What a face is for; ``latin`` sets ASCII digits and letters, the standard being silent about them."""

ROLES: tuple[Role, ...] = ("body", "hei", "kai", "title", "song", "latin")

ROLE_NAMES: dict[Role, str] = {
    "body": "正文（仿宋）",
    "hei": "一级标题（黑体）",
    "kai": "二级标题（楷体）",
    "title": "标题和发文机关标志（小标宋）",
    "song": "页码（宋体）",
    "latin": "数字和字母（Times）",
}
"""What a user knows each role by."""


@dataclass(frozen=True, slots=True)
class _Offer:
    """A family, the file names it is known by (lower case) and whether it is what the standard asks for."""

    family: str
    files: tuple[str, ...]
    own: bool = False


_NOTO_SERIF = _Offer("Noto Serif CJK SC", ("notoserifcjk-regular.ttc", "notoserifcjksc-regular.otf"))
_NOTO_SANS = _Offer("Noto Sans CJK SC", ("notosanscjk-regular.ttc", "notosanscjksc-regular.otf"))
_NOTO_BOLD = _Offer("Noto Serif CJK SC Bold", ("notoserifcjk-bold.ttc", "notoserifcjksc-bold.otf"))

_OFFERS: dict[Role, tuple[_Offer, ...]] = {
    "body": (
        _Offer("仿宋_GB2312", ("simfang_gb2312.ttf", "仿宋_gb2312.ttf", "fangsong_gb2312.ttf"), own=True),
        _Offer("仿宋", ("simfang.ttf",), own=True),
        _Offer("华文仿宋", ("stfangso.ttf", "stfangsong.ttf"), own=True),
        _Offer("FandolFang", ("fandolfang-regular.otf",)),
        _NOTO_SERIF,
        _NOTO_SANS,
    ),
    "hei": (
        _Offer("黑体", ("simhei.ttf",), own=True),
        _Offer("FandolHei", ("fandolhei-regular.otf",)),
        _NOTO_SANS,
        _NOTO_SERIF,
    ),
    "kai": (
        _Offer("楷体_GB2312", ("simkai_gb2312.ttf", "楷体_gb2312.ttf", "kaiti_gb2312.ttf"), own=True),
        _Offer("楷体", ("simkai.ttf",), own=True),
        _Offer("FandolKai", ("fandolkai-regular.otf",)),
        _NOTO_SERIF,
        _NOTO_SANS,
    ),
    "title": (
        _Offer("方正小标宋简体", ("fzxbsjw.ttf", "fzxbsjw--gb1-0.ttf", "方正小标宋简体.ttf", "fzxbsj.ttf"), own=True),
        _Offer("方正小标宋_GBK", ("方正小标宋_gbk.ttf", "fzxbsk.ttf", "fzxbsk--gbk1-0.ttf"), own=True),
        _Offer("FandolSong Bold", ("fandolsong-bold.otf",)),
        _NOTO_BOLD,
        _NOTO_SERIF,
    ),
    "song": (
        _Offer("宋体", ("simsun.ttc", "simsun.ttf"), own=True),
        _Offer("FandolSong", ("fandolsong-regular.otf",)),
        _NOTO_SERIF,
        _NOTO_SANS,
    ),
    "latin": (
        _Offer("Times New Roman", ("times.ttf", "times new roman.ttf"), own=True),
        _Offer("Liberation Serif", ("liberationserif-regular.ttf",)),
        _NOTO_SERIF,
    ),
}

_WANTED = frozenset(name for offers in _OFFERS.values() for offer in offers for name in offer.files)


@dataclass(frozen=True, slots=True)
class FontFace:
    """One face on disk. ``number`` is its place in a collection; ``own`` tells the office's face from a stand-in."""

    family: str
    path: Path
    number: int = 0
    own: bool = False


@dataclass(frozen=True, slots=True)
class FontSet:
    """For every role the faces present, the chosen one first."""

    body: tuple[FontFace, ...]
    hei: tuple[FontFace, ...]
    kai: tuple[FontFace, ...]
    title: tuple[FontFace, ...]
    song: tuple[FontFace, ...]
    latin: tuple[FontFace, ...]

    def chain(self, role: Role) -> tuple[FontFace, ...]:
        """All faces of a role, the chosen one first."""
        chain: tuple[FontFace, ...] = getattr(self, role)
        return chain

    def chosen(self, role: Role) -> FontFace:
        """The face a role is set in."""
        return self.chain(role)[0]

    def families(self) -> dict[str, str]:
        """The family each role is set in, for a manifest."""
        return {role: self.chosen(role).family for role in ROLES}

    def substitutes(self) -> tuple[tuple[Role, FontFace], ...]:
        """The roles not set in the office's own face, each with its stand-in."""
        return tuple((role, self.chosen(role)) for role in ROLES if not self.chosen(role).own)

    def face_for(self, role: Role, char: str) -> FontFace | None:
        """The first face that has the character: of the role's chain, else of any other role's; None if no face has."""
        for each in (role, *ROLES):
            for face in self.chain(each):
                if glyphs(face).glyph(char):
                    return face
        return None


def find_fonts(directories: tuple[Path, ...] = ()) -> FontSet:
    """The faces found in the given directories, in ``NOTICES_FONTS`` and where the system keeps its fonts.

    Raises:
        MissingPartError: a role has no face at all; one message names every such role and what would serve.
    """
    extra = tuple(Path(part) for part in os.environ.get("NOTICES_FONTS", "").split(os.pathsep) if part)
    return _font_set((*directories, *extra, *_system_directories()))


@cache
def _font_set(directories: tuple[Path, ...]) -> FontSet:
    found = _scan(directories)
    chains = {role: tuple(_present(_OFFERS[role], found)) for role in ROLES}
    missing = [role for role in ROLES if not chains[role]]
    if missing:
        raise MissingPartError(_missing_message(missing))
    return FontSet(**chains)


def _present(offers: tuple[_Offer, ...], found: dict[str, Path]) -> Iterator[FontFace]:
    for offer in offers:
        path = next((found[name] for name in offer.files if name in found), None)
        if path is not None:
            yield FontFace(offer.family, path, _number_in(path, offer.family), offer.own)


def _missing_message(missing: list[Role]) -> str:
    lines = [
        f"  {ROLE_NAMES[role]}：需要 {'、'.join(name for offer in _OFFERS[role] for name in offer.files)} 之一"
        for role in missing
    ]
    return "\n".join(
        (
            "缺少字体，无法排版：",
            *lines,
            "请安装单位正版的公文字体，或运行 make setup 取得 Fandol 与 Liberation 字体；",
            "字体放在别处时，用环境变量 NOTICES_FONTS 指出所在目录。",
        )
    )


def _scan(directories: tuple[Path, ...]) -> dict[str, Path]:
    """Known font files by lower-case name; where two directories hold the same name, the earlier one counts."""
    found: dict[str, Path] = {}
    for directory in directories:
        for folder, subfolders, names in os.walk(directory):
            subfolders.sort()
            for name in sorted(names):
                if name.lower() in _WANTED:
                    found.setdefault(name.lower(), Path(folder, name))
    return found


def _system_directories() -> tuple[Path, ...]:
    home = Path(os.path.expanduser("~"))  # noqa: PTH111 - Path.home() raises where nobody has a home
    if sys.platform == "win32":
        return (
            Path(os.environ.get("LOCALAPPDATA", home), "Microsoft", "Windows", "Fonts"),
            Path(os.environ.get("WINDIR", "C:/Windows"), "Fonts"),
        )
    if sys.platform == "darwin":
        return (home / "Library/Fonts", Path("/Library/Fonts"), Path("/System/Library/Fonts"))
    share = Path("/usr/share")
    return (
        home / ".fonts",
        home / ".local/share/fonts",
        share / "fonts",
        Path("/usr/local/share/fonts"),
        *sorted(share.glob("texmf*/fonts")),
        share / "texlive/texmf-dist/fonts/opentype/public/fandol",
    )


def _number_in(path: Path, family: str) -> int:
    """The place of a family in a collection: a Noto file holds the Japanese, Korean and Chinese faces."""
    if path.suffix.lower() != ".ttc" or not family.startswith("Noto"):
        return 0
    try:
        return place_in_collection(path, family.removesuffix(" Bold"))
    except UnreadableFontError as error:
        raise _unreadable(path, error) from error


@cache
def glyphs(face: FontFace) -> Glyphs:
    """The measures of a face. A font file does not change while a program runs, so each is read once.

    Raises:
        MissingPartError: the file cannot be read.
    """
    try:
        return Glyphs(face.path, face.number)
    except UnreadableFontError as error:
        raise _unreadable(face.path, error) from error


def _unreadable(path: Path, error: Exception) -> MissingPartError:
    return MissingPartError(f"字体文件读不出：{path}（{error}）；请重新安装这个字体")
