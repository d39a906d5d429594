"""docxtpl, held on a short lead: a sandbox, and every failure said with the tag it means."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import Any, NoReturn
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError

from notices.errors import Problem, ProblemsError
from notices.ooxml.xml import BadXml, parse, q, text_parts, unpack
from notices.papers.sandbox import EndlessError, Sandbox

_UNREADABLE = (BadZipFile, NotImplementedError, PackageNotFoundError, BadXml, KeyError, ValueError)
_ENGINE_FAILURES = (SyntaxError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError)
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}")
_HALF_TAG = re.compile(r"(\{[{%#]|[}%#]\}).*")


_MOST_RENDERED = 4
_RENDERED: dict[tuple[bytes, str], dict[str, bytes]] = {}
"""Bases carried out lately, by what they were given."""


class _Sandbox(Sandbox):
    """Jinja for strangers' bases: texts, ``if``, ``for`` and ``length``; no calls, arithmetic or globals.

    It remembers the source it compiled last, because docxtpl's errors do not say which tag they mean.
    """

    intercepted_binops = frozenset(Sandbox.default_binop_table)

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.equip({"length": _count, "count": _count})
        self.source = ""

    def from_string(self, source: Any, *args: Any, **kwargs: Any) -> Template:  # noqa: ANN401 - as inherited
        """Compile, and remember what."""
        self.source = str(source)
        return super().from_string(source, *args, **kwargs)

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401, ARG002 - as inherited
        """Nothing may be called."""
        return False

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> NoReturn:  # noqa: ANN401, ARG002
        """Nothing may be computed: ``'a' * 10**9`` is a program too."""
        raise SecurityError(f"operator {operator!r}")


def shared(base: bytes, context: Mapping[str, Any]) -> dict[str, bytes]:
    """What :func:`render` gives, made once for documents that give a base the same.

    For a context of slots, true and false only, whose ``repr`` tells all of it; never for the values of a form.
    """
    key = (base, repr(sorted(context.items())))
    if key not in _RENDERED:
        parts = render(base, context)
        while len(_RENDERED) >= _MOST_RENDERED:
            _RENDERED.pop(next(iter(_RENDERED)), None)
        _RENDERED[key] = parts
    return dict(_RENDERED[key])


def render(base: bytes, context: Mapping[str, Any]) -> dict[str, bytes]:
    """The parts of a base with its tags carried out.

    Args:
        base: bytes of a ``.docx``.
        context: what the tags may name.

    Raises:
        ProblemsError: the base cannot be read, or a tag is broken, unknown or forbidden.
    """
    template, sandbox, out = DocxTemplate(io.BytesIO(base)), _Sandbox(), io.BytesIO()
    try:
        template.init_docx()
        problems = list(_broken_tags(unpack(base)))
    except _UNREADABLE as error:
        raise problem("不是可读的 Word 文件（.docx）", f"用 Word 另存为 .docx 再试（{error}）") from error
    if problems:
        raise ProblemsError(problems)
    try:
        template.render(context, sandbox, autoescape=True)
        template.save(out)
    except TemplateError as error:
        raise _tag_problem(error, sandbox.source, context) from error
    except RecursionError as error:
        raise problem("标签一层套一层，没有尽头", "检查自己调用自己的宏") from error
    except _ENGINE_FAILURES as error:
        hint = f"检查标签是否成对、是否在表格或段落里放全（{error}）"
        raise problem(f"填不进去：{_shown(_tags(sandbox.source))}", hint) from error
    return unpack(out.getvalue())


def _count(rows: object) -> int:
    """How many there are of a list; a text is a slot here, whose length says nothing."""
    if not isinstance(rows, list | tuple):
        raise SecurityError("只数表的行数")
    return len(rows)


def problem(message: str, hint: str = "") -> ProblemsError:
    """One problem of the base document."""
    return ProblemsError([Problem("Word 底稿", 0, 0, "", message, hint)])


def _broken_tags(parts: Mapping[str, bytes]) -> Iterator[Problem]:
    """Tags that docxtpl would swallow, or would ruin the file with, without an error."""
    for name in text_parts(parts):
        for paragraph in parse(parts[name]).iter(q("p")):
            line = "".join(leaf.text or "" for leaf in paragraph.iter(q("t")))
            if half := _HALF_TAG.search(_TAG.sub("", line)):
                yield Problem("Word 底稿", 0, 0, "", f"标签写得不对：{half[0]}", "标签要在一个段落里开头和结尾")
            if len(own := re.findall(r"\{[{%]p .*?[}%]\}", line)) > 1:
                yield Problem("Word 底稿", 0, 0, "", f"标签写得不对：{_shown(own)}", "一个段落只能有一个 p 标签")


def _tag_problem(error: TemplateError, source: str, context: Mapping[str, Any]) -> ProblemsError:
    """Jinja's error with the tag it means, in the office's language."""
    kinds: tuple[tuple[type[TemplateError], str], ...] = (
        (TemplateSyntaxError, "标签写得不对"),
        (EndlessError, "标签没完没了，已经停下"),
        (SecurityError, "标签里有不允许的写法"),
        (UndefinedError, "标签用了没有的名字"),
    )
    said = next((text for kind, text in kinds if isinstance(error, kind)), "标签有错")
    hint = f"可用的名字：{'、'.join(sorted(context))}（{error}）"
    if isinstance(error, EndlessError):
        hint = f"{error}；检查一层套一层的循环"
    return problem(f"{said}：{_shown(_tags_of(error, source))}", hint)


def _tags_of(error: TemplateError, source: str) -> list[str]:
    """Tags on the line Jinja means, else those before it, else all, that hold a word its message quotes."""
    lines = source.splitlines()
    number = getattr(error, "lineno", None) or _line_in_template(error)
    here = _tags(lines[number - 1]) if 0 < number <= len(lines) else []
    words = re.findall(r"'([^' ]+)'", str(error))

    def quoted(tags: list[str]) -> list[str]:
        return [tag for tag in tags if any(word in tag for word in words)]

    return quoted(here) or here or quoted(_tags(source))[-1:] or _tags(source)


def _line_in_template(error: BaseException) -> int:
    """The template line an error was raised on; Jinja puts it into the traceback."""
    found, step = 0, error.__traceback__
    while step:
        if step.tb_frame.f_code.co_filename == "<template>":
            found = step.tb_lineno
        step = step.tb_next
    return found


def _tags(source: str) -> list[str]:
    """The tags in a piece of a part, as a person wrote them."""
    return _TAG.findall(re.sub(r"<[^>]+>", "", source.replace("</w:p>", "\n")))


def _shown(tags: list[str]) -> str:
    return "、".join(dict.fromkeys(tags)) or "（没有找到标签）"
