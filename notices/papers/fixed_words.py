"""The fixed words of templates: none of them binds, none is a figure. A template joins facts and adds no duty.

Looked at in the source, so that each word is named with its file and line, whether or not a page prints it this year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import jinja2
from jinja2 import meta

from notices.errors import Problem
from notices.library import Library
from notices.papers.compose import environment
from notices.wording.binding import weighty

_LISTED = re.compile(r"(?m)^[ \t]*\d+\.(?=\s|$)")
"""1. before an item: Markdown's sign for a numbered list, never printed."""
_PARAGRAPH = re.compile(r"第\d+段")
"""第1段: part of the name of a clause, by which rules are fetched."""
_WAITING = "【待定"
_CHINESE = re.compile(r"[\u4e00-\u9fff]")


def words_that_bind(library: Library, name: str) -> list[Problem]:
    """Every word that binds, and every figure, in the fixed words of a template and of those it uses.

    A template that cannot be read or parsed is left to :func:`notices.papers.compose.compose`, which says why.
    """
    problems: list[Problem] = []
    env = environment(library)
    waiting, seen = [name], set[str]()
    while waiting:
        this = waiting.pop()
        if this in seen or env.loader is None:
            continue
        seen.add(this)
        try:
            source, _, _ = env.loader.get_source(env, this)
            waiting += [other for other in meta.find_referenced_templates(env.parse(source)) if other]
            problems += (_problem(this, line, word) for line, word in _found(env, source))
        except (jinja2.TemplateError, RecursionError):
            continue
    return problems


def _found(env: jinja2.Environment, source: str) -> Iterator[tuple[int, str]]:
    for line, kind, text in env.lex(source):
        if kind == "data":
            text = _LISTED.sub(lambda match: " " * len(match[0]), text)  # noqa: PLW2901
        elif kind != "string" or not _CHINESE.search(text):
            continue
        text = _PARAGRAPH.sub(lambda match: " " * len(match[0]), text)  # noqa: PLW2901
        found = [*weighty(text), *((match.start(), _WAITING) for match in re.finditer(_WAITING, text))]
        yield from ((line + text.count("\n", 0, at), word) for at, word in sorted(found))


def _problem(name: str, line: int, word: str) -> Problem:
    message = f"模板的固定文字里有“{word}”"
    if word == _WAITING:
        hint = '写成 {{ waiting("什么") }}，文件才知道还有待定的'
        return Problem(f"templates/{name}", line, 1, "", "模板里手写了【待定】", hint, rule="fixed-words")
    hint = "约束词、数字和日期由事实印出：写进配置，模板里用 say、phrase、deadline、ought、either、barred 等"
    return Problem(f"templates/{name}", line, 1, "", message, hint, rule="fixed-words")
