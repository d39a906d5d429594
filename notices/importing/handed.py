"""What a source says is handed in: each thing with its copies, its form and the attachments that are its forms."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from notices.importing.known import KnownFact, most_like
from notices.importing.names import Names
from notices.verify.wording import alike, pairs_of
from notices.wording.spelling import tidy
from notices.wording.words import figure

_COUNT: Final = "[一二两三四五六七八九十\\d]+"
_COPIES: Final = re.compile(rf"一式({_COUNT})份")
_FORM: Final = re.compile(rf"(?:纸质(?:版|件|材料)?)?[各为]?一式{_COUNT}份|纸质(?:版|件)?|电子(?:版|档|文档)?")
_ATTACHED: Final = re.compile(r"(?:格式)?[详见]*附件\s*([\d、,，和及至\s-]+)")
_ELECTRONIC: Final = re.compile("电子(?:版|档|文档|材料|件|扫描)")
_NAMED: Final = re.compile(
    r"(?:表|报告|文件|材料|资料|申报书|申请书|计划书|方案|推荐函|公函|意见|证明|光盘|承诺书|清单|说明|复印件|扫描件|原件|执照|证书|许可证)$"
)
"""How the name of something handed in ends."""
_SAME: Final = 0.75
"""The share of words the name of a material must have in common with a known one to have its id."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a list of materials stands: the clause by its name, and its text."""

    clause: str
    text: str


def materials(
    text: str, place: Place, names: Names, known: Sequence[KnownFact], taken: Collection[str]
) -> dict[str, dict[str, Any]]:
    """The materials a list names, by id; none where a piece of it is no name."""
    made: dict[str, dict[str, Any]] = {}
    electronic, paper = bool(_ELECTRONIC.search(place.text)), bool(re.search("一式|纸质", place.text))
    pieces = [re.sub(r"^(?:以?及|连同|会同|并附|附上?)|等$", "", piece).strip() for piece in _pieces(text)]
    for piece in pieces:
        inside = re.findall(r"[（(]([^（）()]*)[）)]", piece)
        name = re.sub(r"[《》]", "", _without(piece))
        if len(tidy(name)) < 2 or re.search("[，,；;。]", re.sub(r"[（(][^（）()]*[）)]", "", name)):
            return {}
        key = _material(name, known, {*taken, *made})
        item: dict[str, Any] = {"label": name[:16], "name": name}
        count = _COPIES.search(piece)
        forms = [*(["纸质"] if count or paper else []), *(["电子"] if electronic else [])]
        if forms:
            item["form"] = forms
        if count:
            item["copies"] = int(figure(count[1].replace("两", "二")) or 1)
        placed = [one for number in _numbers("；".join(inside)) if (one := names.attachment(number))]
        if placed:
            item["attachments"] = placed
        made[key] = {**item, "cite": place.clause}
    return made


def listed(pieces: str) -> bool:
    """Whether each thing of a list has the name of something handed in."""
    every = [re.sub(r"[（(][^（）()]*[）)]|[《》]|等$", "", one) for one in _pieces(pieces)]
    return bool(every) and all(_NAMED.search(one.strip()) for one in every)


def _without(piece: str) -> str:
    """The name of a piece: without what is told of it in values; what no value holds stays in its bracket."""

    def bracket(match: re.Match[str]) -> str:
        parts = re.split("([，,；;、])", match[1])
        kept = ["" if _FORM.fullmatch(one.strip()) else _ATTACHED.sub("", one) for one in parts]
        left = re.sub("^[，,；;、]+|[，,；;、]+$", "", re.sub("([，,；;、])(?=[，,；;、])", "", "".join(kept))).strip()
        return f"（{left}）" if left else ""

    name = re.sub(r"[（(]([^（）()]*)[）)]", bracket, piece)
    return re.sub(rf"(?:纸质版?|电子版?)?\s*各?一式{_COUNT}份|(?<=[表告书件料])(?:纸质|电子)版$", "", name).strip()


def _numbers(text: str) -> Iterator[int]:
    """The numbers of attachments, each of a span: 附件1、3, 附件5-7."""
    for match in _ATTACHED.findall(text):
        for first, last in re.findall(r"(\d+)(?:\s*[-至]\s*(\d+))?", match):
            yield from range(int(first), int(last or first) + 1)


def _least(text: str, n: int) -> int:
    """The characters a name must have before 和 or 及, which may be part of it; 连同 is none."""
    return 3 if text.startswith(_AND[:2], n) else 1


_AND: Final = ("和", "及", "以及", "连同", "会同")


def _pieces(text: str) -> Iterator[str]:
    """A list parted by 、 和 及 以及, brackets left whole."""
    depth, start = 0, 0
    for n, char in enumerate(text):
        depth += (char in "（(《“") - (char in "）)》”")
        parted = char == "、" or (text.startswith(_AND, n) and n > start + _least(text, n) and text[n - 1] != "以")
        if depth == 0 and parted:
            yield text[start:n]
            start = n + (0 if text.startswith(_AND[2:], n) else 1)
    yield text[start:]


def _material(name: str, known: Sequence[KnownFact], taken: Collection[str]) -> str:
    words = pairs_of(re.sub(r"[（(][^（）()]*[）)]", "", name))
    free = (one for one in known if one.key not in taken)
    best, share = most_like(free, lambda one: alike(words, pairs_of(str(one.data.get("name", "")))))
    if best and share >= _SAME:
        return best.key
    count = sum(key.startswith("materials.") for key in taken) + 1
    while f"materials.material-{count}" in taken:
        count += 1
    return f"materials.material-{count}"
