"""Values changed and changes taken back: the page afterwards, or the form as it was typed with what is wrong."""

from __future__ import annotations

from starlette.responses import Response

from notices.workbench.desk import Desk, Page
from notices.workbench.tasks.edition import changing, days, news
from notices.workbench.tasks.edition.changing import Saved
from notices.workbench.tasks.edition.seen import Wanted
from notices.workbench.views.edition import page


async def change(desk: Desk) -> Response:
    """What a form of the page changes."""
    form = [(name, value) for name, value in desk.form.multi_items() if isinstance(value, str)]
    saved = await desk.work(changing.saved, page.own(desk), desk.part("name"), form, desk.user.name, desk.now())
    return await _answer(desk, saved)


async def add(desk: Desk) -> Response:
    """A new entry of a section; it is chosen, to be filled in."""
    name, new, who = desk.part("name"), (desk.text("section"), desk.text("label")), desk.user.name
    return await _answer(desk, await desk.work(changing.added, page.own(desk), name, new, who, desk.now()))


async def take_back(desk: Desk) -> Response:
    """A change that is not to stand."""
    number = desk.text("number")
    wanted = int(number) if number.isdecimal() and len(number) < 9 else 0
    name, who = desk.part("name"), desk.user.name
    return await _answer(desk, await desk.work(changing.taken_back, page.own(desk), name, wanted, who, desk.now()))


async def _answer(desk: Desk, saved: Saved) -> Response:
    wanted = Wanted(page.tab(desk.text("tab")), saved.key or desk.text("fact"), saved=saved)
    status = 200 if saved.done else 409 if saved.conflicts else 422
    return await page.shown(desk, wanted, status, pages=saved.done or not desk.live)


async def day(desk: Desk) -> Response:
    """What whoever chooses a day should know of it: a rest day, the working days beside it, the month."""
    on = desk.asked("on")
    return desk.show("edition_day", at=desk.asked("at"), chosen=on, found=await desk.work(days.month, on))


async def others(desk: Desk) -> Response:
    """What others changed since this page was made."""
    revision = desk.asked("revision")
    found = await desk.work(news.since, page.own(desk), desk.part("name"), revision)
    return desk.show("edition_news", name=desk.part("name"), revision=revision, news=found)


PAGES = (
    Page("/edition/{name}/change", change, post=True, role="drafts"),
    Page("/edition/{name}/add", add, post=True, role="drafts"),
    Page("/edition/{name}/back", take_back, post=True, role="drafts"),
    Page("/edition/{name}/day", day),
    Page("/edition/{name}/news", others),
)
