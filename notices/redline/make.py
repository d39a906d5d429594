"""Two Word files to one with tracked changes, proven before it is given back."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import count

from notices.errors import Problem, ProblemsError
from notices.ooxml import package as packages
from notices.ooxml.package import Package, rels_of
from notices.ooxml.relations import Adoption, Links, unsign
from notices.ooxml.xml import Element, pack, q, serialise
from notices.redline import cover, fields, prepare, proof, ranges
from notices.redline.blocks import RevisionWriter
from notices.redline.notes import Notes
from notices.redline.resolve import Resolution, found, resolve, unresolvable
from notices.redline.revision import Pen
from notices.redline.story import story_of
from notices.redline.styles import Namesakes
from notices.redline.summary import ChangeSummary, counted, summary
from notices.redline.uncompared import Remark, remarks
from notices.redline.view import RedlineView, view

AUTHOR = "修订比对"
_STORIES = ("footnotes", "endnotes")


@dataclass(frozen=True)
class Redline:
    """The result: the file, what changed by kind, how many paragraphs were proven and what was not compared."""

    content: bytes
    tally: Counter[str]
    proven: int
    remarks: tuple[Remark, ...]
    view: RedlineView
    summary: ChangeSummary

    @property
    def said(self) -> str:
        """What changed, in figures, and that there is more where something not tracked differs."""
        return counted(self.tally, self.remarks)

    @property
    def changed(self) -> bool:
        """Whether there is any tracked change."""
        return any(self.tally.values())


def redline(  # noqa: PLR0913 - what a file needs to be compared, by name
    old: bytes,
    new: bytes,
    *,
    names: tuple[str, str] = ("旧件", "新件"),
    author: str = AUTHOR,
    date: str | None = None,
    existing: Resolution | None = None,
    front: bool = False,
    terms: tuple[str, ...] = (),
) -> Redline:
    """The new document with every difference from the old one as a tracked change.

    Args:
        old: bytes of a ``.docx``.
        new: bytes of a ``.docx``.
        names: what messages call them.
        author: who the changes are by.
        date: when they were made, ``2024-04-03``; without it the marks say nothing of it.
        front: put a one-page summary of the changes in front; accepting or rejecting them leaves it alone.
        terms: words of the programme, struck and inserted whole.
        existing: what to do with tracked changes the files already have; without a verdict they are refused.

    Raises:
        ProblemsError: a file cannot be compared. ProofError: the result would not give back both texts.
    """
    one, two = (_settled(packages.read(data, name), existing) for data, name in zip((old, new), names, strict=True))
    wanted = proof.lines(one), proof.lines(two)
    said = remarks(one, two)

    def made(*, plain: bool) -> Redline:
        parts, tally, more = _marked(one, two, author, date and f"{date}T00:00:00Z", terms, plain=plain)
        told = (*said, *more)
        seen = view(Package("结果", parts, two.main))
        front_page = summary(seen, tally, names, told)
        if front:
            parts[two.main] = cover.put(parts[two.main], front_page)
        content = pack(parts)
        proven = proof.prove(packages.read(content, "结果"), *wanted)
        return Redline(content, tally, proven, told, seen, front_page)

    try:
        return made(plain=False)
    except proof.ProofError:  # content controls have edges where paragraphs have marks: without them most can be said
        return made(plain=True)


def _settled(package: Package, existing: Resolution | None) -> Package:
    """The package without tracked changes of its own."""
    names = [package.main, *filter(None, map(package.related, _STORIES))]
    roots = {name: root for name in names if (root := package.xml(name)) is not None}
    total = sum((found(root) for root in roots.values()), Counter[str]())
    if not total:
        return package
    listed = "、".join(f"{name} {number} 处" for name, number in sorted(total.items()))
    if existing is None or any(map(unresolvable, roots.values())):
        hint = (
            "在 Word 里接受或拒绝全部修订后再比对"
            if existing
            else "加 --existing accept（先全部接受）或 --existing reject（先全部拒绝），或在 Word 里处理后再比对"
        )
        raise ProblemsError([Problem(package.name, 0, 0, "", f"文件里已有修订：{listed}，不知道以哪一种为准", hint)])
    for root in roots.values():
        resolve(root, existing)
    return Package(package.name, package.parts | {name: serialise(root) for name, root in roots.items()}, package.main)


def _marked(  # noqa: PLR0913 - what one redline takes
    old: Package, new: Package, author: str, date: str | None, terms: tuple[str, ...], *, plain: bool
) -> tuple[dict[str, bytes], Counter[str], list[Remark]]:
    parts = dict(new.parts)
    adoption = Adoption(old, parts)
    ours, theirs = Links(parts, new.main), Links(old.parts, old.main)
    notes = Notes(old, new, adoption, ours)
    names = Namesakes(old, new, adoption, ours)
    before = old.xml(old.main)
    after = new.xml(new.main, before)
    taken = prepare.prepare(before, after, plain=plain)
    names.translate(before)
    for part in notes.parts.values():
        if part.old is not None:
            names.translate(part.old)
        if part.old is not None and part.new is not None:
            taken += prepare.prepare(part.old, part.new, plain=plain)
    pen = Pen(author, date, adoption, theirs, ours, notes, count(_highest(after) + 1), terms=terms)
    writer = RevisionWriter(pen)
    body, section = after.find(q("body")), after.find(f"{q('body')}/{q('sectPr')}")
    made = writer.body(story_of(before.find(q("body")), theirs), story_of(body, ours))
    for child in list(body):
        body.remove(child)
    body.extend([*made, *([section] if section is not None else [])])
    _write_notes(notes, pen)
    parts[new.main] = serialise(_settled_tree(after, pen))
    names.finish()
    notes.finish()
    for links in (ours, *(part.ours for part in notes.parts.values())):
        if links.grown:
            parts[rels_of(links.part)] = links.serialise()
    unsign(parts)
    wrappers = [Remark(name, f"{times} 处，按其中的文字比对") for name, times in sorted(taken.items())]
    styles = [Remark("样式定义", f"“{name}”两件不同，以新件为准", differs=True) for name in names.redefined]
    return parts, +pen.tally, [*wrappers, *styles]


def _write_notes(notes: Notes, pen: Pen) -> None:
    """Notes whose references stayed, each compared with what it was."""
    for part in notes.parts.values():
        inner = replace(pen, theirs=part.theirs, ours=part.ours)
        for old, new in part.pairs:
            theirs, ours = part.note(part.old, old), part.note(part.new, new)
            if theirs is None or ours is None:
                continue
            made = RevisionWriter(inner).story(story_of(theirs, part.theirs), story_of(ours, part.ours))
            for child in list(ours):
                ours.remove(child)
            ours.extend(made)
        if part.new is not None:
            _settled_tree(part.new, pen)


def _settled_tree(root: Element, pen: Pen) -> Element:
    """The root as it is written: nothing of the comparison is left in it, and ranges and fields are whole."""
    fields.settle(root, pen)
    prepare.drop_ends(root)
    ranges.balance(root)
    return root


def _highest(root: Element) -> int:
    """The highest number an annotation (a bookmark, a comment) has; ranges of moves are numbered far above."""
    values = (node.get(q("id"), "") for node in root.iter() if isinstance(node.tag, str))
    return max((int(value) for value in values if value.isdecimal() and len(value) < 6), default=0)
