"""Why a change is not taken, and where it is to be made by hand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from notices.profile.yamlfile import dotted
from notices.taking import outline
from notices.taking.changes import Change, changes, counted, says, weight
from notices.taking.numbers import unnumbered
from notices.taking.office import OfficePara
from notices.taking.probe import Atom
from notices.taking.state import State, bare, distance
from notices.taking.values import Values, reread

HALF: Final = "同一句里还有取不回的改动，这一处也不取：只取一半，句子就成了谁也没写过的话"
COUNTED: Final = "序号和附件号由程序编，不是一个值"
_PRINTED: Final = "这里是程序按规定印的（序号、附件号、年度、连接的词），不是一个值"


def against(before: State, made: State, paras: Sequence[OfficePara], change: Change) -> str:
    """What speaks against a sound paper that was to take a change; empty: nothing."""
    theirs, ours = ("".join(bare(one.text) for one in side) for side in (paras, made.lines))
    stated = {one.key for line in made.lines for one in line.facts}
    lost = [line.text[one.start : one.end] for line in before.lines for one in line.facts if one.key not in stated]
    lost += [unnumbered(change.before).rstrip("；。")] if change.kind == "gone" else []
    if any(bare(words) in theirs and bare(words) not in ours for words in lost):
        return "改回来的文件里还有这句话：是移动，没有能移过去"
    was, left = {one.name for one in changes(before.lines, paras)}, changes(made.lines, paras)
    half = change.kind == "edit" and any(one.name == change.name for one in left)
    if not half and distance(made.lines, paras) < distance(before.lines, paras):
        return ""
    news = [made.lines[min(one.line, len(made.lines) - 1)].where for one in left if one.name not in was]
    where = f"（{'、'.join(list(dict.fromkeys(news))[:3])}）" if news else ""
    return f"照这样改，文件的别处也会跟着变{where}，和改回来的文件对不上"


def near(state: State, change: Change) -> str:
    """The fact, or the part of the outline, a difference is in: ``provinces/…/2024.yaml:96 duties.quality``."""
    if change.kind == "new":
        return ""
    line = state.probed[change.line]
    end = max(change.end, change.start + 1)
    key = next((one.key for one in line.facts if one.start < end and change.start < one.end), "")
    around = [one for one in line.atoms if one.start < end and change.start <= one.end]
    if not key and around:
        key = dotted(min(around, key=lambda one: one.end - one.start).key)
    elif not key and line.body and state.desk.kind in state.edition.profile.outlines:
        parts = state.tree.data["outlines"][state.desk.kind]
        place = outline.place_of(parts, state.edition.profile, line, change.start)
        key = dotted(("outlines", state.desk.kind, *place.path)) if place else ""
    at = state.edition.origin(key) if key else None
    return f"{at.file}:{at.line} {key}" if at else ""


def why(state: State, paras: Sequence[OfficePara], change: Change, tried: str) -> str:
    """Why a difference is left; ``tried`` is what spoke against the likeliest way to take it."""
    told = _of_itself(state, change) if change.kind == "edit" else ""
    if change.kind == "new" and any(paras[n].cell for n in change.paras):
        told = "在表格里：附件和表在附件的数据里改"
    here = state.lines[min(change.line, len(state.lines) - 1)]
    if not told and not tried and state.desk.kind not in state.edition.profile.outlines and here.body:
        told = "这些话在模板里，没有提纲可改：改 templates/ 里的模板"
    if told or tried:
        return told or tried
    if change.kind == "gone":
        return "改稿里没有这一行，文件里不能没有"
    if change.kind == "new":
        return "提纲里没有地方放：自己写进提纲，写成规定"
    return "改的是约束，不是措辞：规定本身要先定" if weight(change.before, change.after) else "认不出是哪一项"


def _of_itself(state: State, change: Change) -> str:
    """What a difference inside a line tells by itself."""
    atoms = state.probed[change.line].atoms
    if not says(change):
        return "只改了标点，句子之间的标点由程序按提纲连"
    if counted(state.lines[change.line].text, change):
        return COUNTED
    around = [one for one in atoms if one.at is None and one.start <= change.start and change.end <= one.end]
    said = [
        (list(_values(state, one, change, change.before)), list(_values(state, one, change, change.after)))
        for one in around
    ]
    if any(own and own == new for own, new in said):
        return "值没有变，写法由程序定：文件里印成这样"
    if said and not any(new for _, new in said):
        return f"“{change.after}”读不成这一项的值"
    if state.desk.kind in state.edition.profile.outlines and not any(
        one.start <= change.end and change.start <= one.end for one in atoms
    ):
        return _PRINTED
    return ""


def _values(state: State, atom: Atom, change: Change, said: str) -> Iterator[Values]:
    """What a value would be if its line said so where a change stands."""
    text = state.lines[change.line].text
    return reread(state.edition.profile, atom.key, text[atom.start : change.start] + said + text[change.end : atom.end])
