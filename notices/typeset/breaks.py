"""Marks a line may not begin or end with. Nothing is imported here: what sets no faces needs them, too."""

from __future__ import annotations

NO_START = frozenset("，。、；：？！）》〉」』】〕〗”’…—～·％‰℃°″′々※,.;:!?)]}%．｝］＞＝＋")
"""Characters no line begins with (GB/T 15834: 标点位置)."""

NO_END = frozenset("（《〈「『【〔〖“‘([{￥＄｛［＜±")
"""Characters no line ends with."""
