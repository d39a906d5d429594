"""Families of faces, however they are named: 仿宋_GB2312, FangSong and 方正仿宋_GBK are all 仿宋."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, Literal, TypeAlias

Family: TypeAlias = Literal["fang", "hei", "kai", "song", "title", "other"]

FAMILIES: Final[dict[Family, str]] = {
    "title": "小标宋",
    "fang": "仿宋",
    "kai": "楷体",
    "hei": "黑体",
    "song": "宋体",
    "other": "别的字体",
}
"""What a family is called, told in this order: 仿宋 is no 宋体, 小标宋 neither."""
_SIGNS: Final[tuple[tuple[Family, str], ...]] = (
    (
        "other",
        r"雅黑|yahei|等线|dengxian|圆体|隶|行楷|行书|魏碑|琥珀|美黑|超黑|粗黑|大黑|粗宋|雅宋|姚体|舒体|彩云|粗圆",
    ),
    ("title", r"标宋|xbs|xiaobiaosong|biaosong"),
    ("fang", r"仿宋|fang ?song|fandolfang|fzfs"),
    ("kai", r"楷|kai|fzkt"),
    (
        "hei",
        r"黑体|simhei|heiti|fandolhei|fzhei|fzht|思源黑|noto ?sans ?(?:cjk|sc)|source ?han ?sans|wenquanyi",
    ),
    ("song", r"宋|song|simsun|fzss|noto ?serif ?(?:cjk|sc)|source ?han ?serif|mincho|ming"),
)


@lru_cache(maxsize=1000)
def family(face: str) -> Family:
    """The family of a face by its name; what no sign tells is another."""
    name = re.sub(r"^[A-Z]{6}\+", "", face).lower()
    return next((kind for kind, signs in _SIGNS if re.search(signs, name)), "other")
