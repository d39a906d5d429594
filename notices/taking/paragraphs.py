"""The ways to take a paragraph that is gone, moved or new, in the body of a paper and in its frame."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from notices.document.blocks import AttachmentList, Imprint, Note, Paragraph, Salutation
from notices.profile import Contact
from notices.profile.yamlfile import Key
from notices.taking import outline
from notices.taking.changes import Change
from notices.taking.draft import Draft, Proposal
from notices.taking.numbers import unnumbered
from notices.taking.proposals import dropped, stated_beside
from notices.taking.sentences import STEM, paragraphs_in
from notices.taking.state import Line, State, bare

_CONTACT = {
    "电子邮箱": "email",
    "邮箱": "email",
    "传真": "fax",
    "地址": "address",
    "邮编": "postcode",
    "联系电话": "phone",
    "电话": "phone",
}


def _alike(one: str, other: str) -> bool:
    """Whether two paragraphs say the same, numbers and the marks at their ends left out."""
    return bare(unnumbered(one)).rstrip("；。") == bare(unnumbered(other)).rstrip("；。")


def gone(state: State, change: Change, others: Sequence[Change]) -> Iterator[Proposal]:
    """The ways to take a line that is gone: moved elsewhere, else taken out."""
    line = state.probed[change.line]
    for other in others:
        if other.kind == "new" and _alike(other.after, line.text):
            yield from _moved(state, change, other)
    if not line.body:
        yield from _frame_gone(state, change)
        return
    keys = {atom.key for atom in line.atoms if atom.key[0] == "contacts"}
    if keys and len(keys) == len({atom.key for atom in line.atoms}):
        draft = Draft(state)
        for key in sorted(keys, key=str):
            draft.put(key, None)
        yield draft.proposal("removed")
    if state.desk.kind in state.edition.profile.outlines:
        yield from _taken_out(state, line)


def runs_in(parts: list[Any], place: outline.Place, line: Line) -> bool:
    """Whether a heading and the one paragraph under it are one line."""
    return line.block is Paragraph and len(outline.at(parts, place.path)["parts"]) == 1


def _taken_out(state: State, line: Line) -> Iterator[Proposal]:
    """A line of the body out of the outline, and the facts only it stated."""
    draft = Draft(state)
    parts = draft.outline()
    place = outline.place_of(parts, state.edition.profile, line)
    if place is None or place.role == "lead" or (place.role == "heading" and not runs_in(parts, place, line)):
        return
    held = outline.at(parts, place.path)
    keys = {one.key for one in line.facts}
    if place.role == "item":
        items = outline.items_of(held)
        if not items[place.index].endswith(".*"):
            old, held["items"] = held["items"], items[: place.index] + items[place.index + 1 :]
            draft.outlined((*place.path, "items"), old, held["items"])
    elif place.role == "facts" and any(key.startswith("contacts.") for key in keys) and len(held) > 1:
        held[:] = [one for one in held if one not in keys]
    else:
        draft.outlined(place.path, held, None)
        outline.take_out(parts, place.path)
    for key in dropped(state, line, keys):
        draft.drop(key)
    yield draft.proposal("moved" if keys and keys <= stated_beside(state, line) else "removed")


def _moved(state: State, change: Change, other: Change) -> Iterator[Proposal]:
    """A part of the outline put where its paragraph stands now."""
    if state.desk.kind not in state.edition.profile.outlines:
        return
    profile = state.edition.profile
    line = state.probed[change.line]
    before = next((n for n in range(other.line - 1, -1, -1) if state.lines[n].body and n != change.line), None)
    draft = Draft(state)
    parts = draft.outline()
    place = outline.place_of(parts, profile, line)
    target = outline.place_of(parts, profile, state.probed[before]) if before is not None else None
    if place is None or (before is not None and target is None):
        return
    if place.role not in {"text", "facts"} and not (place.role == "heading" and runs_in(parts, place, line)):
        return
    where: tuple[Key, int] = ((), 0)
    if before is not None and target is not None:
        inside = target.role == "heading" and runs_in(parts, target, state.probed[before])
        where = outline.behind(replace(target, role="text") if inside else target)
    made = outline.at(parts, place.path)
    marker: dict[str, object] = {}
    outline.insert(parts, where, marker)
    path = next(path for path, one in outline.walk(parts) if one is made)
    outline.take_out(parts, path)
    put = next(path for path, one in outline.walk(parts) if one is marker)
    outline.at(parts, put[:-1])[put[-1]] = made
    draft.outlined(place.path, made, None)
    draft.outlined(put, None, made)
    yield draft.proposal("moved")


def _frame_gone(state: State, change: Change) -> Iterator[Proposal]:
    line = state.probed[change.line]
    kind = state.desk.kind
    if line.block is AttachmentList:
        for atom in line.atoms:
            if atom.key[0] == "attachments":
                yield Draft(state).drop(".".join(map(str, atom.key[:-1]))).proposal("removed")
    elif line.block is Note:
        yield Draft(state).put(("papers", kind, "disclosure"), None).proposal("removed")
    elif line.block is Imprint and line.where == "抄送":
        yield Draft(state).put(("papers", kind, "imprint", "copies"), []).proposal("removed")
    elif line.block is Salutation:
        yield Draft(state).put(("papers", kind, "addressees"), []).proposal("removed")
    elif {atom.key for atom in line.atoms} == {("papers", kind, "subtitle")}:
        yield Draft(state).put(("papers", kind, "subtitle"), None).proposal("removed")
    elif any(atom.at is None and atom.key[-1] == "title" for atom in line.atoms):  # （待定） under a title confirmed
        suggested = getattr(state.edition.profile.papers[kind].title, "suggest", None)
        if suggested:
            yield Draft(state).put(("papers", kind, "title"), suggested).proposal("value")


def new(state: State, change: Change, others: Sequence[Change]) -> Iterator[Proposal]:
    """The ways to take a paragraph that came: moved from elsewhere, of the frame, else placed in the body."""
    for other in others:
        if other.kind == "gone" and _alike(other.before, change.after):
            yield from _moved(state, other, change)
    around = [state.lines[n] for n in (change.line - 1, change.line) if 0 <= n < len(state.lines)]
    if (framed := _frame_new(state, change)) is not None:
        yield from framed
        return
    near = next((one.key for line in around for one in line.facts if one.key.startswith("contacts.")), "")
    if near and re.match(r"\w+[:：]|.*(?:\d{7}|@)", change.after):
        yield from _reached(state, near, change.after)
    elif any(line.body for line in around):
        run = [one for one in others if one.kind == "new" and one.line == change.line and one.paras >= change.paras]
        yield from paragraphs_in(state, change.line, [one.after for one in run])


def _frame_new(state: State, change: Change) -> list[Proposal] | None:
    """The ways to take what stands outside the body: copies, a note, an attachment; None for what does not."""
    text, kind = change.after, state.desk.kind
    paper = state.edition.profile.papers[kind]
    before = state.lines[change.line - 1] if change.line else None
    if match := re.fullmatch(r"抄送[:：]\s*(.+?)。?", text):
        names = [part.strip() for part in match[1].split("，")]
        key = ("papers", kind, "imprint", "copies")
        return [Draft(state).put(key, names).proposal("value")] if paper.imprint else []
    if (match := re.fullmatch(r"（(.*公开.*)）", text)) and not paper.disclosure:
        return [Draft(state).put(("papers", kind, "disclosure"), match[1]).proposal("value")]
    listed = before is not None and before.block is AttachmentList and re.match(r"\d+[.．]", text)
    if (listed or re.match("附件[:：]", text)) and not text.endswith("。"):
        title = unnumbered(re.sub(r"^附件[:：]\s*", "", text))
        draft = Draft(state)
        draft.add(("attachments",), STEM, {"title": title, "kind": "document"}, _attachment(state, change.line - 1))
        return [draft.proposal("placed")]
    return None


def _reached(state: State, near: str, text: str) -> Iterator[Proposal]:
    """One more way to reach a contact, where it has none of the kind."""
    match = re.fullmatch(r"(\w+)[:：]\s*(\S+)", text)
    field = _CONTACT.get(match[1], "") if match else ""
    contact = state.edition.profile.by_id.get(near)
    if match and field and isinstance(contact, Contact) and getattr(contact, field) is None:
        yield Draft(state).put(("contacts", near.partition(".")[2], field), match[2]).proposal("value")


def _attachment(state: State, n: int) -> str:
    return next((str(atom.key[1]) for atom in state.probed[n].atoms if atom.key[0] == "attachments"), "")
