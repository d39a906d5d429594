"""Faces, sizes and colours of the parts of a paper, as styles and themes really come to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from notices.inspection.case import SIGNED, TEXT, Case, heading, marked, split
from notices.inspection.finding import FindingLevel, Flaw, PaperRule, rule
from notices.inspection.model import Para, Run
from notices.inspection.office import ROLES, Role, size_name
from notices.inspection.parts import Part

_CHINESE: Final = re.compile("[\u3400-\u9fff]")
_QUOTES: Final = re.compile("[“”‘’—…]")
Stretch = tuple[Para, tuple[Run, ...]]
"""A paragraph, and the runs of it that are meant."""


def _stretches(case: Case, role: Role) -> Iterator[Stretch]:
    """What of a paper plays a role. Text after a heading on the same line is text."""
    if role == "text":
        for para in case.of(*TEXT, *SIGNED):
            ordinal = re.match("\\s*第[^条]{1,6}条", para.text) if case.part(para) == "article" else None
            runs = split(para.runs, ordinal.end())[1] if ordinal else para.runs  # 第一条 stands out in any face
            yield from [(para, runs)] if not para.boxed else []
        yield from ((para, rest) for para in case.of("level-1", "level-2") if (rest := heading(para)[1]))
    elif role in {"level-1", "level-2"}:
        yield from ((para, heading(para)[0]) for para in case.of(role))
    else:
        parts: dict[Role, tuple[Part, ...]] = {
            "title": ("title",),
            "attachment-mark": ("attachment-mark",),
            "imprint": ("copies", "printed"),
        }
        yield from ((para, para.runs) for para in case.of(*parts[role]))


def _face_flaw(case: Case, role: Role) -> Iterator[Flaw]:
    found: Counter[str] = Counter()
    paras: dict[int, Para] = {}
    for para, runs in _stretches(case, role):
        for run in runs:
            count = len(_CHINESE.findall(run.text))
            if count and run.east and not case.office.fits(role, run.east) and not _counted(case, para, run):
                found[run.east] += count
                paras[para.number] = para
    if found:
        faces = "、".join(f"{face}（{count} 字）" for face, count in found.most_common(4))
        said = case.office.face(role)
        bold = case.measured and role == "title" and all("Bold" in face for face in found)
        remedy = "装上小标宋再导出：现在用粗宋体代替" if bold else f"把{ROLES[role]}改为{said}"
        level: FindingLevel | None = "note" if bold else None
        yield Flaw(f"{ROLES[role]}用{said}", faces, remedy, tuple(paras.values()), level=level)


def _counted(case: Case, para: Para, run: Run) -> bool:
    """Whether it is a counted sentence in its level's face: offices set those in either."""
    part = case.part(para)
    level: Role | None = "level-1" if part == "level-1" else "level-2" if part == "level-2" else None
    return level is not None and not heading(para)[0] and case.office.fits(level, run.east)


def _size_flaw(case: Case, role: Role) -> Iterator[Flaw]:
    found: Counter[float] = Counter()
    paras: dict[int, Para] = {}
    wanted = case.office.size(role)
    for para, runs in _stretches(case, role):
        for run in runs:
            if run.text.strip() and run.size is not None and abs(run.size - wanted) > 0.3:
                found[run.size] += len(run.text)
                paras[para.number] = para
    if found:
        sizes = "、".join(f"{size_name(size)}" for size, _ in found.most_common(4))
        said = f"{case.office.size_name(role)}（{wanted:g} 磅）"
        yield Flaw(f"{ROLES[role]}用{said}", sizes, f"把{ROLES[role]}的字号改为{said}", tuple(paras.values()))


def _both(role: Role, clause: str, face: str, size: str) -> tuple[PaperRule, PaperRule]:
    """The rules of a role's face and size."""

    def faces(case: Case) -> Iterator[Flaw]:
        return _face_flaw(case, role)

    def sizes(case: Case) -> Iterator[Flaw]:
        return _size_flaw(case, role)

    faces.__doc__, sizes.__doc__ = face, size
    return rule(f"{role}-face", "should", clause)(faces), rule(f"{role}-size", "should", clause)(sizes)


@rule("text-colour", "must", "5.2.4")
def text_colour(case: Case) -> Iterator[Flaw]:
    """没有特别说明的文字都是黑色；红色的只有发文机关标志、分隔线和印章。"""
    coloured = {
        one.para.number: one.para
        for one in case.placed
        if one.part != "mark" and not marked(one.para) and _coloured(one.para)
    }
    if coloured:
        colours = Counter(run.colour for para in coloured.values() for run in para.runs if run.colour != "000000")
        found = "、".join(f"#{colour}" for colour, _ in colours.most_common(3))
        yield Flaw("黑色", found, "选中后把字体颜色改为黑色（自动）", tuple(coloured.values()))


def _coloured(para: Para) -> bool:
    return any(run.text.strip() and run.colour != "000000" for run in para.runs)


@rule("text-italic", "should", "5.2.2")
def text_italic(case: Case) -> Iterator[Flaw]:
    """正文用正体 3 号仿宋，不用斜体。"""
    slanted = [p for p in case.of(*TEXT, "title") if any(r.italic and _CHINESE.search(r.text) for r in p.runs)]
    if slanted:
        yield Flaw("正体", "斜体", "取消斜体", tuple(slanted))


@rule("text-underline", "note", "惯例")
def text_underline(case: Case) -> Iterator[Flaw]:
    """正文一般不加下划线；留着填写的空白除外。"""
    lined = [p for p in case.of(*TEXT, "title") if any(r.underline and _CHINESE.search(r.text) for r in p.runs)]
    if lined:
        yield Flaw("不加下划线", "有下划线", "取消下划线", tuple(lined))


@rule("text-bold", "note", "惯例")
def text_bold(case: Case) -> Iterator[Flaw]:
    """正文一般不加粗；三级标题加粗是不少机关的习惯，标准没有要求。"""
    bold = [p for p in case.of("body", "addressee", *SIGNED) if any(r.bold and _CHINESE.search(r.text) for r in p.runs)]
    if bold:
        yield Flaw("不加粗", "有加粗的字", "确实要突出的保留，其余取消加粗", tuple(bold))


@rule("text-scale", "note", "惯例")
def text_scale(case: Case) -> Iterator[Flaw]:
    """字不拉宽、不压扁（字符缩放 100%），字距不人为加大。"""
    odd = [p for p in case.of(*TEXT, "title") if any(r.text.strip() and _stretched(r) for r in p.runs)]
    if odd:
        yield Flaw("缩放 100%，字距标准", "字符缩放或字距改过", "在“字体—高级”里恢复标准", tuple(odd))


def _stretched(run: Run) -> bool:
    return abs(run.scale - 100) > 0.5 or abs(run.spacing) > 1.01


@rule("quotes-face", "note", "惯例")
def quotes_face(case: Case) -> Iterator[Flaw]:
    """引号、破折号、省略号按中文字体排，各占应占的位置；落到西文字体里会变窄、靠错边。"""
    paras = list(_with_western_quotes(case.of(*TEXT, "title", "level-1", "level-2")))
    if paras and not case.measured:
        remedy = "选中这些标点，把“西文字体”也设为中文字体，或删去后用中文输入法重打"
        yield Flaw("中文字体", "用了西文字体", remedy, tuple(paras))


def _with_western_quotes(paras: Iterable[Para]) -> Iterator[Para]:
    for para in paras:
        for run in para.runs:
            western = run.west and run.east and run.west != run.east and not _CHINESE.search(run.west)
            if _QUOTES.search(run.text) and western and not run.chinese:
                yield para
                break


_PAIRS: Final = (
    ("title", "7.3.1", "标题一般用 2 号小标宋体字。", "标题用 2 号字（22 磅）。"),
    ("text", "7.3.3", "正文一般用 3 号仿宋体字；主送机关、附件说明、署名、日期、附注同。", "正文用 3 号字（16 磅）。"),
    ("level-1", "7.3.3", "第一层“一、”用黑体。", "一级标题用 3 号字（16 磅）。"),
    ("level-2", "7.3.3", "第二层“（一）”用楷体。", "二级标题用 3 号字（16 磅）。"),
    ("attachment-mark", "7.3.7", "“附件”二字和序号用 3 号黑体字。", "“附件”二字和序号用 3 号字（16 磅）。"),
    ("imprint", "7.4", "版记一般用 4 号仿宋体字。", "版记用 4 号字（14 磅）。"),
)
RULES: Final = (
    *(one for role, clause, face, size in _PAIRS for one in _both(role, clause, face, size)),  # type: ignore[arg-type]
    *(text_colour, text_italic, text_underline, text_bold, text_scale, quotes_face),
)
