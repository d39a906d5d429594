"""Whose paper it is that came back: this edition's, another's, or a stranger's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from notices.document.blocks import Title
from notices.errors import Problem, ProblemsError
from notices.library import Library
from notices.papers.compose import compose
from notices.profile import PaperKind
from notices.redline import align
from notices.taking.office import Returned
from notices.taking.probe import lines as lines_of_paper
from notices.taking.state import State, bare

_STRANGE: Final = 0.3
"""A file that shares less with the paper did not come from it."""


def refuse_foreign(state: State, returned: Returned) -> None:
    """Refuse a file that is not this paper, come back.

    One that has this paper's title is this paper, however much of it was changed: last year's may be nearer to it than
    a draft full of values to be confirmed.

    Raises:
        ProblemsError: it is the paper of another edition, or of nobody here.
    """
    file, kind = state.desk.file, state.desk.kind
    theirs = [bare(para.text) for para in returned.paras]
    own = alike([bare(line.text) for line in state.lines], theirs)
    if own == 1 or any(line.block is Title and bare(line.text) in theirs for line in state.lines):
        return
    nearest, most = ("", kind), own
    for other, other_kind, text in _papers(file.library, file.edition, kind):
        if (found := alike(text, theirs)) > most:
            nearest, most = (other, other_kind), found
    if nearest[0]:
        message = (
            f"这不是 {file.edition} 的 {kind}，像是 {nearest[0]} 的 {nearest[1]}："
            f"相同的文字，后者占 {most:.0%}，前者占 {own:.0%}"
        )
        hint = f"用 notices take 文件 {nearest[0]} --kind {nearest[1]}，或换一份文件"
        raise ProblemsError([Problem(returned.name, 0, 0, "", message, hint)])
    if own < _STRANGE:
        message = f"这不像是由 {file.edition} 生成、又改回来的文件：相同的文字只占 {own:.0%}"
        hint = "检查是否放错了文件；别人起草的文件，用 notices import 读成一份草稿"
        raise ProblemsError([Problem(returned.name, 0, 0, "", message, hint)])


def _papers(library: Library, name: str, kind: PaperKind) -> Iterator[tuple[str, PaperKind, list[str]]]:
    for other in library.editions():
        try:
            edition = library.load(other)
            for other_kind in edition.profile.papers:
                if (other, other_kind) != (name, kind):
                    made = compose(edition, other_kind, library).document
                    yield other, other_kind, [bare(line) for line in lines_of_paper(made)]
        except ProblemsError:
            continue  # what cannot be built has not come back


def alike(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """The share of characters that stand in paragraphs the two have in common, or in like ones."""
    total = sum(map(len, ours)) + sum(map(len, theirs))
    if not total:
        return 1.0
    pairs = align.equal(list(ours), list(theirs))
    same = sum(2 * len(ours[i]) for i, _ in pairs)
    for a, b, c, d in align.between(pairs, len(ours), len(theirs)):
        for i, j in align.similar(ours[a:b], theirs[c:d]) if a < b and c < d else ():
            one, two = ours[a + i], theirs[c + j]
            same += round((len(one) + len(two)) * align.likeness(one, two))
    return same / total
