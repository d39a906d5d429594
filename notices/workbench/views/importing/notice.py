"""A notice that was read: each sentence beside what became of it, what is decided, and the keeping."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.responses import Response

from notices.errors import NotFoundError, ProblemsError
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks.importing import notice as tasks
from notices.workbench.views.importing import common

FILTERS = {
    "": "全部",
    "open": "还要决定",
    "typed": "已归成规定",
    "worded": "照原文，待核对",
    "left": "没有归入",
    "frame": "标题和引出的话",
    "decided": "已经决定",
}
"""Which pieces are shown."""
_SETTLED = ("right", "omit")


def fits(piece: Mapping[str, Any], wanted: str) -> bool:
    """Whether a piece is shown under a filter."""
    decided = any(piece["decision"][name] for name in ("answer", "section"))
    fate = piece["fate"]
    match wanted:
        case "open":
            return fate in {"worded", "left"} and piece["decision"]["answer"] not in _SETTLED
        case "decided":
            return decided
        case "frame":
            return fate in {"frame", "heading"}
        case "":
            return True
    return bool(fate == wanted)


def summed(pieces: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How many pieces each filter shows; how many of those that state something are ``settled``, of how many."""
    stated = [one for one in pieces if one["fate"] in {"typed", "worded", "left"}]
    settled = [one for one in stated if one["fate"] == "typed" or one["decision"]["answer"] in _SETTLED]
    counts = {wanted: sum(fits(one, wanted) for one in pieces) for wanted in FILTERS}
    return {"counts": counts, "stated": len(stated), "settled": len(settled)}


async def page(desk: Desk) -> Response:
    """The whole import."""
    found = await desk.work(tasks.account, common.box(desk), desk.part("identity"))
    if found["record"]["kept"]:
        return await _kept(desk, found["record"])
    return _shown(desk, found)


def _shown(desk: Desk, found: dict[str, Any], status: int = 200, problem: ProblemsError | None = None) -> Response:
    wanted = desk.asked("show")
    wanted = wanted if wanted in FILTERS else ""
    pieces = [one for one in found["pieces"] if fits(one, wanted)]
    values: dict[str, Any] = {**found, **summed(found["pieces"]), "listed_pieces": pieces, "wanted": wanted}
    lost = desk.asked("lost")
    said = f"有 {lost} 处的决定对不上新的草稿，去掉了，请再定一次" if lost.isdecimal() else ""
    return desk.show(
        "importing_notice", status, **values, filters=FILTERS, said=said, problems=problem.problems if problem else ()
    )


async def _kept(desk: Desk, record: Mapping[str, Any]) -> Response:
    try:
        found = await desk.work(tasks.open_of, common.box(desk), record["kept"])
    except NotFoundError:
        found = None
    return desk.show("importing_kept", record=record, found=found)


async def again(desk: Desk) -> Response:
    """Draft it anew under what was written above."""
    told = {name: desk.text(name).strip() for name in ("identity", "year", "name")}
    identity = desk.part("identity")
    box = common.box(desk)
    lost = await desk.work_for(common.READING, tasks.again, box, identity, told, desk.bench.today())
    return desk.go(f"/import/notice/{identity}" + (f"?lost={lost}" if lost else ""))


async def decide(desk: Desk) -> Response:
    """One decision; for the page's script its row and the sums."""
    identity, number = desk.part("identity"), desk.text("piece")
    box, problem = common.box(desk), None
    asked = _asked(desk)
    try:
        await desk.work_for(
            common.DECIDING, tasks.decide, box, identity, int(number) if number.isdecimal() else -1, asked
        )
    except ProblemsError as error:
        problem = error
    if not desk.live and problem is None:
        return desk.go(f"/import/notice/{identity}?show={desk.asked('show')}#row{number}")
    found = await desk.work(tasks.account, box, identity)
    if not desk.live:
        return _shown(desk, found, 422, problem)
    piece = next((one for one in found["pieces"] if str(one["number"]) == number), None)
    if piece is None:
        raise problem or NotFoundError("没有这一处；刷新页面再做一次")
    return desk.show(
        "importing_decided",
        piece=piece,
        **found,
        **summed(found["pieces"]),
        filters=FILTERS,
        wanted=desk.asked("show"),
        opened=bool(problem) or desk.text("what") in {"look", "omit", "move"},
        problems=problem.problems if problem else (),
        typed=asked,
    )


def _asked(desk: Desk) -> dict[str, str]:
    """What a button asks: an answer (pressed once more, none), or a section."""
    what = desk.text("what")
    if what == "move":
        return {"section": desk.text("section")}
    if what in {"right", "look", "omit"}:
        again = desk.text("was") == what
        note = desk.text("note") if what == "look" else desk.text("reason") if what == "omit" else ""
        return {"answer": "", "note": ""} if again else {"answer": what, "note": note}
    return {}


async def keep(desk: Desk) -> Response:
    """Write the draft into the office's folder."""
    identity, box = desk.part("identity"), common.box(desk)
    await desk.work_for(common.DECIDING, tasks.keep, box, identity, common.hand(desk))
    return desk.go(f"/import/notice/{identity}")


_ONE = "/import/notice/{identity}"
PAGES = (
    Page(_ONE, page, role="drafts"),
    Page(f"{_ONE}/again", again, post=True, role="drafts"),
    Page(f"{_ONE}/decide", decide, post=True, role="drafts"),
    Page(f"{_ONE}/keep", keep, post=True, role="drafts"),
)
