"""A copy of a Word file with a comment at each finding, everything else of it as it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from notices.inspection.finding import LEVELS, Finding
from notices.inspection.word import elements
from notices.ooxml import package as packages
from notices.ooxml.relations import Adoption, Links, Relationship, unsign
from notices.ooxml.xml import Element, R, pack, q, run, serialise, w

AUTHOR: Final = "notices"
_PART: Final = "word/comments.xml"
_TYPE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"


def commented(name: str, content: bytes, findings: Sequence[Finding]) -> bytes:
    """The file with a comment at the first paragraph of each finding; one of the whole file stands at the beginning.

    Args:
        name: what messages call it.
        content: the bytes of a ``.docx``.
        findings: what was found in it.
    """
    package = packages.read(content, name)
    parts = dict(package.parts)
    unsign(parts)
    root = package.xml(package.main)
    part = package.related("comments") or _PART
    comments = package.xml(part) if part in parts else w("comments")
    first = _free(comments, root)
    paras = list(elements(root))
    for number, finding in enumerate(findings, first):
        at = finding.places[0].para if finding.places else 1
        comments.append(_comment(number, finding))
        if paras:
            _mark(paras[min(max(at, 1), len(paras)) - 1], number)
    links = Links(parts, package.main)
    if part not in package.parts:
        links.add(Relationship(f"{R}/comments", part, external=False))
        parts[packages.rels_of(package.main)] = links.serialise()
    parts |= {package.main: serialise(root), part: serialise(comments)}
    Adoption(package, parts).declare(part, _TYPE)
    return pack(parts)


def _free(comments: Element, root: Element) -> int:
    """The first number no comment has."""
    taken = [node.get(q("id"), "0") for tree in (comments, root) for node in tree.iter(*_NUMBERED)]
    return max((int(one) for one in taken if one.lstrip("-").isdigit()), default=-1) + 1


_NUMBERED: Final = tuple(map(q, ("comment", "commentRangeStart", "commentReference")))


def _comment(number: int, finding: Finding) -> Element:
    return w("comment", *_paragraphs(finding), id=number, author=AUTHOR, initials="N")


def _paragraphs(finding: Finding) -> Iterator[Element]:
    more = [f"共 {len(finding.places)} 段"] if len(finding.places) > 1 else []
    lines = (
        f"{LEVELS[finding.level]}：{finding.found}",
        f"应当：{finding.expected}",
        f"怎么改：{finding.remedy}",
        "；".join((*([finding.where] if not finding.places else []), *more, finding.source, finding.rule)),
    )
    yield from (w("p", run(line)) for line in lines)


def _mark(para: Element, number: int) -> None:
    """Put a comment's range round a paragraph's content, and its reference behind it."""
    start, end = w("commentRangeStart", id=number), w("commentRangeEnd", id=number)
    properties = para.find(q("pPr"))
    para.insert(0 if properties is None else para.index(properties) + 1, start)
    para.append(end)
    para.append(w("r", w("commentReference", id=number)))
