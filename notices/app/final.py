"""What stands between an edition and its final print: anything to be confirmed, any error lint finds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from notices.app.build import Job
from notices.document.blocks import open_values
from notices.errors import Problem, ProblemsError
from notices.forms import layout
from notices.forms.catalogue import Catalogue
from notices.inherited import clauses_listed, undecided
from notices.library import Edition, Library
from notices.lints.linting import lint_files
from notices.papers.coverage import checked
from notices.profile import Pending
from notices.wording.describe import Describer

_SHOWN = 5
"""Open values of a form that are named; a form has many, and is gone through as a whole."""
_HINT = "确认后再定稿：notices confirm {edition} {key} 值"


def assure(library: Library, jobs: Iterable[Job]) -> None:
    """Let only what is finished through.

    Raises:
        ProblemsError: everything that is still open, in every edition and attachment wanted.
    """
    wanted = tuple(jobs)
    editions = {job.edition.profile.edition: job.edition for job in wanted}
    problems = [problem for edition in editions.values() for problem in _edition(library, edition)]
    problems += [problem for job in wanted for problem in _attachments(library, job)]
    if problems:
        raise ProblemsError(problems)


def _edition(library: Library, edition: Edition) -> Iterator[Problem]:
    profile = edition.profile
    waiting = list(profile.pendings())
    for key, value in waiting:
        hint = _HINT.format(edition=profile.edition, key=key)
        yield Problem(*edition.origin(key), key, f"待定：{_told(value)}", hint, rule="final")
    open_ = [*_undecided(library, edition), *_unlisted(library, edition)]
    yield from open_
    found = [problem for problem in lint_files(library, [edition.sources[0]]) if problem.severity == "error"]
    yield from found
    if waiting or open_ or found:
        return
    for kind, paper in checked(library, edition).items():
        for template, what in paper.pendings:
            hint = "改掉模板里的 waiting(…)"
            yield Problem(f"templates/{template}", 0, 0, f"papers.{kind}", f"待定：{what}", hint, rule="final")


def _undecided(library: Library, edition: Edition) -> Iterator[Problem]:
    """What was taken over from another authority and nobody decided, each with what it says."""
    describer = Describer(edition.profile)
    for one in undecided(library, edition):
        text = one.fact if isinstance(one.fact, str) else describer.text(one.fact)
        message = f"沿用 {one.base} 的“{text}”（{one.at.file}:{one.at.line}），没有人确认"
        accept = f"notices confirm {edition.profile.edition} {one.key} --accept --by 姓名 --on 日期"
        hint = f"在本文件里：原文有的补 cite，没有的写 null；沿用的：{accept}"
        yield Problem(*edition.origin("extends"), one.key, message, hint, rule="final")


def _unlisted(library: Library, edition: Edition) -> Iterator[Problem]:
    """An edition of whose source no clause is listed: nothing could tell that one was left out."""
    if not clauses_listed(library, edition):
        message = "没有列出原文的条款"
        hint = "在 source.clauses 里依次列出原文（或自己的定稿）的全部条款，每一条都要有事实引用"
        yield Problem(*edition.origin("source.clauses"), "source.clauses", message, hint, rule="final")


def _told(value: Pending) -> str:
    suggest = f"；建议：{value.suggest}" if value.suggest else ""
    return value.pending + suggest


def _attachments(library: Library, job: Job) -> Iterator[Problem]:
    """What the attachments a job prints still leave open."""
    bundled = job.kind == "bundle"
    sheets = [sheet for sheet in Catalogue(library).sheets(job.edition) if sheet.label] if bundled else [job.sheet]
    for sheet in sheets:
        if sheet is None:
            continue
        found = list(dict.fromkeys(open_values(layout.document(sheet, library).blocks)))
        if found:
            more = f"等 {len(found)} 项" if len(found) > _SHOWN else ""
            message = f"附件“{sheet.title}”里有待定：{'、'.join(found[:_SHOWN])}{more}"
            hint = "核对后改这张表，或在自己的 templates/forms/ 里放一份"
            yield Problem(f"templates/forms/{sheet.forms[0].key}.yaml", 0, 0, "", message, hint, rule="final")
