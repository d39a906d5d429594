"""What an office asks otherwise than the standard: its faces, sizes and margins, and the rules it does not hold to.

A YAML file says it, the same for all papers of the office; without one the figures are those of GB/T 9704-2012.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Final, Literal, TypeAlias

from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import PydanticCustomError

from notices.checks.validation import translated
from notices.errors import Problem, ProblemsError, near
from notices.inspection.faces import FAMILIES, Family, family
from notices.inspection.finding import FindingLevel
from notices.profile import yamlfile
from notices.profile.values import Model, Str, Words
from notices.typeset.page import PAGE, mm

Role: TypeAlias = Literal["title", "text", "level-1", "level-2", "attachment-mark", "imprint", "page-number"]
Side: TypeAlias = Literal["top", "bottom", "left", "right"]
SizeName: TypeAlias = Literal["一号", "小一", "二号", "小二", "三号", "小三", "四号", "小四", "五号"]

ROLES: Final[Mapping[Role, str]] = MappingProxyType(
    {
        "title": "标题",
        "text": "正文",
        "level-1": "一级标题",
        "level-2": "二级标题",
        "attachment-mark": "“附件”及序号",
        "imprint": "版记",
        "page-number": "页码",
    }
)
"""What each role is called."""
_FAMILIES: Final[dict[Role, Family]] = {
    "title": "title",
    "text": "fang",
    "level-1": "hei",
    "level-2": "kai",
    "attachment-mark": "hei",
    "imprint": "fang",
    "page-number": "song",
}
_SIZES: Final[dict[SizeName, float]] = {
    "一号": 26.0,
    "小一": 24.0,
    "二号": 22.0,
    "小二": 18.0,
    "三号": 16.0,
    "小三": 15.0,
    "四号": 14.0,
    "小四": 12.0,
    "五号": 10.5,
}
_SIZE_OF: Final[dict[Role, SizeName]] = dict.fromkeys(_FAMILIES, "三号") | {  # type: ignore[assignment]
    "title": "二号",
    "imprint": "四号",
    "page-number": "四号",
}
MARGINS: Final[Mapping[Side, float]] = MappingProxyType({"top": 37.0, "bottom": 35.0, "left": 28.0, "right": 26.0})
"""Millimetres (5.2.1): 天头 and 订口 as stated, the others what the type area of 156 by 225 leaves."""


def _length(value: object) -> float:
    """Millimetres; strict YAML leaves what is not whole as text."""
    try:
        found = float(value) if isinstance(value, int | str) and not isinstance(value, bool) else -1.0
    except ValueError:
        found = -1.0
    if not 0 <= found <= 200:
        raise PydanticCustomError("notice_number", "应是毫米数，0 到 200")
    return found


Length: TypeAlias = Annotated[float, BeforeValidator(_length)]


class Office(Model):
    """An office's own page. What is left out is as in the standard."""

    name: Str = Field(default="", description="谁的规定", min_length=0, pattern="")
    margins: dict[Side, Length] = Field(default_factory=dict, description="页边距，毫米：top、bottom、left、right")
    faces: dict[Role, Annotated[Words, Field(min_length=1)]] = Field(
        default_factory=dict, description="各处可用的字体，按名称"
    )
    sizes: dict[Role, SizeName] = Field(default_factory=dict, description="各处的字号，如 小二")
    lines: int = Field(default=22, ge=10, le=50, description="每面行数")
    chars: int = Field(default=28, ge=10, le=60, description="每行字数")
    off: Words = Field(default=(), description="不查的规则，写编号")
    levels: dict[str, FindingLevel] = Field(default_factory=dict, description="改变轻重：must、should、note")

    def margin(self, side: Side) -> float:
        """A margin in millimetres."""
        return self.margins.get(side, MARGINS[side])

    @property
    def width(self) -> float:
        """The width of the type area, in points."""
        return PAGE.width - mm(self.margin("left") + self.margin("right"))

    def fits(self, role: Role, face: str) -> bool:
        """Whether a face may be used for a role."""
        if role in self.faces:
            return face in self.faces[role]
        return family(face) == _FAMILIES[role]

    def face(self, role: Role) -> str:
        """What a role is set in, in words."""
        return "或".join(self.faces[role]) if role in self.faces else FAMILIES[_FAMILIES[role]]

    def size(self, role: Role) -> float:
        """The size of a role, in points."""
        return _SIZES[self.sizes.get(role, _SIZE_OF[role])]

    def size_name(self, role: Role) -> str:
        """The same in words."""
        return self.sizes.get(role, _SIZE_OF[role])


def size_name(points: float) -> str:
    """A size as an officer knows it: 三号（16 磅）."""
    name = next((name for name, size in _SIZES.items() if abs(size - points) < 0.3), "")
    return f"{name}（{points:g} 磅）" if name else f"{points:g} 磅"


def _told(problem: Problem) -> Problem:
    """An unknown key is answered with those there are; what has no answer of its own, with where it is explained."""
    if problem.message == "不认识的键":
        keys = tuple(Office.model_fields)
        return replace(problem, hint=f"{near(problem.key, keys)}可用的键：{'、'.join(keys)}")
    if "结构定义" in problem.hint:
        return replace(problem, hint="写法和例子见 docs/检查公文.md")
    return problem


def read(path: Path, rules: Collection[str]) -> Office:
    """An office's rules from its file.

    Args:
        path: the YAML file.
        rules: ids of all rules there are.

    Raises:
        ProblemsError: everything wrong with it, each with line, key and remedy.
    """
    tree = yamlfile.read(path, path.name)
    try:
        office = Office.model_validate(tree.data)
    except ValidationError as error:
        raise ProblemsError(map(_told, translated(error, tree, path.name, Office))) from None
    named: list[tuple[yamlfile.Key, str]] = [(("off", at), name) for at, name in enumerate(office.off)]
    named += [(("levels", name), name) for name in office.levels]
    unknown = [
        Problem(
            *tree.origins[key],
            yamlfile.dotted(key),
            f"没有这条规则：{name}",
            f"{near(name, rules)}全部规则见 notices check-rules",
        )
        for key, name in named
        if name not in rules
    ]
    if unknown:
        raise ProblemsError(unknown)
    return office
