"""Any official document: what is wrong with its page, and a right one from it."""

from __future__ import annotations

from typing import Any

from starlette.responses import Response

from notices.inspection.finding import LEVELS
from notices.workbench.desk import Desk, Page
from notices.workbench.tasks import papers
from notices.workbench.views.reports import Chosen, shown

MOST = 40 * 1024 * 1024
"""Bytes of a file that is handed in."""
LONG = 120.0
"""Seconds a paper of some hundred pages has."""
_PART = "part-"


async def start(desk: Desk) -> Response:
    """Which file."""
    return desk.show("papers", levels=LEVELS, most=MOST // 1024 // 1024)


async def check(desk: Desk) -> Response:
    """Hold a file against the page."""
    name, content = await desk.upload("paper")
    rules = (await desk.upload("rules"))[1] if _chosen(desk, "rules") else b""
    level = _one_of(desk, "level", tuple(LEVELS)) or "note"
    found = await desk.work_for(LONG, papers.check, desk.folder, name, content, rules, level)
    kept, own = desk.keep(name, content), desk.keep("rules.yaml", rules) if rules else ""
    report = shown(found["report"], Chosen())
    return desk.show("papers_checked", name=name, found=found, shown=report, kept=kept, rules=own, shapes=papers.SHAPES)


async def check_file(desk: Desk) -> Response:
    """The findings to keep."""
    name, content = desk.kept(desk.part("identity"))
    rules = desk.kept(desk.asked("rules"))[1] if desk.asked("rules") else b""
    made = await desk.work_for(LONG, papers.check_file, desk.folder, name, content, rules, desk.part("shape"))
    return desk.file(*made)


async def typeset(desk: Desk) -> Response:
    """Set a file, or a text that is pasted in."""
    if desk.text("pasted").strip():
        name, content = "粘贴的文字.txt", desk.text("pasted").encode()
    else:
        name, content = await desk.upload("paper")
    return await _set(desk, desk.keep(name, content))


async def again(desk: Desk) -> Response:
    """Set it again, with what paragraphs are said to be."""
    return await _set(desk, desk.part("identity"))


async def _set(desk: Desk, identity: str) -> Response:
    name, content = desk.kept(identity)
    given = _given(desk)
    made = await desk.work_for(LONG, papers.typeset, desk.folder, name, content, given, _parts(desk))
    stem = name.rpartition(".")[0] or name
    files = {shape: desk.keep(f"{stem}-公文.{shape}", held) for shape, held in made.pop("files", {}).items()}
    return desk.show(
        "papers_set", name=name, made=made, files=files, given=given, identity=identity, parts=papers.PARTS
    )


def _given(desk: Desk) -> dict[str, Any]:
    return {
        "mark": [line.strip() for line in desk.text("mark").splitlines() if line.strip()],
        "number": desk.text("number").strip(),
        "layout": _one_of(desk, "layout", ("document", "letter", "plain")),
        "existing": _one_of(desk, "existing", ("accept", "reject")),
        **{name: desk.text(name) == "1" for name in ("sealed", "punctuation", "leave_out")},
    }


def _one_of(desk: Desk, name: str, allowed: tuple[str, ...]) -> str:
    return value if (value := desk.text(name)) in allowed else ""


def _parts(desk: Desk) -> dict[int, str]:
    """What paragraphs are said to be: their number and a part."""
    fields = ((name.removeprefix(_PART), desk.text(name)) for name in desk.form if name.startswith(_PART))
    return {int(number): part for number, part in fields if number.isdecimal() and len(number) < 7 and part}


def _chosen(desk: Desk, name: str) -> bool:
    """Whether a file was chosen in a field that may stay empty."""
    return bool(getattr(desk.form.get(name), "filename", ""))


PAGES = (
    Page("/papers", start),
    Page("/papers/check", check, post=True, most=MOST),
    Page("/papers/check/{identity}/{shape}", check_file),
    Page("/papers/typeset", typeset, post=True, most=MOST),
    Page("/papers/typeset/{identity}", again, post=True, most=MOST),
)
