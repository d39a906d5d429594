"""Document to Word: a base document (底稿) gives the page, the styles, masthead, imprint and footers.

An office restyles the base in Word. Tags in it say where texts go; the names a tag may use are the keys of
:func:`_context`. Equal documents on equal bases give equal bytes.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn
from zipfile import BadZipFile

from docx.opc.exceptions import PackageNotFoundError
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, Template, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.sandbox import ImmutableSandboxedEnvironment, SecurityError

from notices.document import Document, Imprint, Masthead, lines_of
from notices.errors import Problem, ProblemsError
from notices.writers.word.body import FACE_STYLES, PARAGRAPH_STYLES, body
from notices.writers.word.fill import BODY, Slots, fit_mark, style_ids
from notices.writers.word.ooxml import core_properties, pack, parse, serialise, unpack

BASES = {"document": "document.docx", "letter": "letter.docx", "plain": "plain.docx"}
"""The base document of each layout, under ``templates/word/``."""

_STYLES = "word/styles.xml"
_UNREADABLE = (BadZipFile, PackageNotFoundError, KeyError, ValueError)
_ENGINE_FAILURES = (SyntaxError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RecursionError)


def write(document: Document, base: bytes) -> bytes:
    """The Word file of a document.

    Args:
        document: what to print.
        base: bytes of a ``.docx`` with tags, see ``templates/word/``.

    Raises:
        ProblemsError: a text holds a character Word cannot keep, or the base is not usable; every problem is listed.
    """
    _refuse_control_characters(document)
    slots = Slots()
    context = _context(document, slots)
    parts = _render(base, context)
    styles = parse(parts[_STYLES])
    ids = style_ids(styles)
    _require_styles(ids)
    fit_mark(styles, [line for block in document.blocks if isinstance(block, Masthead) for line in block.mark])
    parts |= slots.fill(parts, body(document.blocks, ids), ids)
    parts[_STYLES] = serialise(styles)
    parts["docProps/core.xml"] = core_properties(document.title, document.author)
    return pack(parts)


def _context(document: Document, slots: Slots) -> dict[str, Any]:
    """Everything a base may name. Texts are slots: they can be placed and asked for, not taken apart."""
    masthead, imprint = _only(document, Masthead), _only(document, Imprint)
    context: dict[str, Any] = {"body": BODY, "draft": document.draft, "masthead": None, "imprint": None}
    if masthead:
        context["masthead"] = {
            "mark": [slots.keep("masthead.mark", line) for line in masthead.mark],
            "number": slots.keep("masthead.number", masthead.number),
        }
    if imprint:
        context["imprint"] = {"copies": slots.keep("imprint.copies", "，".join(imprint.copies))}
        if document.layout != "letter":  # a letter's imprint has copies only (10.1)
            context["imprint"] |= {
                "issuer": slots.keep("imprint.issuer", imprint.issuer),
                "printed": slots.keep("imprint.printed", imprint.printed),
            }
    return context


def _only(document: Document, kind: type[Any]) -> Any:  # noqa: ANN401 - the block of the type given
    found = [block for block in document.blocks if isinstance(block, kind)]
    if len(found) > 1:
        name = {Masthead: "版头", Imprint: "版记"}[kind]
        raise ProblemsError([Problem(document.kind, 0, 0, "", f"{name}只能有一个，这里有 {len(found)} 个")])
    return found[0] if found else None


class _Sandbox(ImmutableSandboxedEnvironment):
    """Jinja for strangers' bases: texts, ``if`` and ``for``; no calls, filters, arithmetic or globals.

    It remembers the source it compiled last, because docxtpl's errors do not say which tag they mean.
    """

    intercepted_binops = frozenset(ImmutableSandboxedEnvironment.default_binop_table)

    def __init__(self) -> None:
        super().__init__(undefined=StrictUndefined, autoescape=True)
        self.globals.clear()
        self.filters.clear()
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


def _render(base: bytes, context: Mapping[str, Any]) -> dict[str, bytes]:
    """The parts of the base with its tags carried out."""
    template, sandbox, out = DocxTemplate(io.BytesIO(base)), _Sandbox(), io.BytesIO()
    try:
        template.init_docx()
    except _UNREADABLE as error:
        raise _problem("不是可读的 Word 文件（.docx）", f"用 Word 另存为 .docx 再试（{error}）") from error
    try:
        template.render(context, sandbox, autoescape=True)
        template.save(out)
    except TemplateError as error:
        raise _tag_problem(error, sandbox.source, context) from error
    except _ENGINE_FAILURES as error:
        raise _problem(
            f"填不进去：{_shown(_tags(sandbox.source))}", f"检查标签是否成对、是否在表格或段落里放全（{error}）"
        ) from error
    return unpack(out.getvalue())


def _tag_problem(error: TemplateError, source: str, context: Mapping[str, Any]) -> ProblemsError:
    """Jinja's error with the tag it means, in the office's language."""
    kinds: tuple[tuple[type[TemplateError], str], ...] = (
        (TemplateSyntaxError, "标签写得不对"),
        (SecurityError, "标签里有不允许的写法"),
        (UndefinedError, "标签用了没有的名字"),
    )
    said = next((text for kind, text in kinds if isinstance(error, kind)), "标签有错")
    names = "、".join(sorted(context))
    return _problem(f"{said}：{_shown(_tags_of(error, source))}", f"可用的名字：{names}（{error}）")


def _problem(message: str, hint: str) -> ProblemsError:
    return ProblemsError([Problem("Word 底稿", 0, 0, "", message, hint)])


def _tags_of(error: TemplateError, source: str) -> list[str]:
    """Tags on the line Jinja means, else those before it, else all, that hold a word its message quotes."""
    lines = source.splitlines()
    number = getattr(error, "lineno", None) or _line_in_template(error)
    here = _tags(lines[number - 1]) if 0 < number <= len(lines) else []
    words = re.findall(r"'([^' ]+)'", str(error))
    quoted: Callable[[Iterable[str]], list[str]] = lambda tags: [tag for tag in tags if any(w in tag for w in words)]
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
    """The tags in a piece of a part, as a person wrote them; an unfinished one runs to the paragraph's end."""
    bare = re.sub(r"<[^>]+>", "", re.sub(r"</w:p>", "\n", source))
    return [tag.strip() for tag in re.findall(r"\{[{%#][^\n]*?(?:[}%#]\}|$)", bare, re.MULTILINE)]


def _shown(tags: list[str]) -> str:
    return "、".join(dict.fromkeys(tags)) or "（没有找到标签）"


def _require_styles(ids: Mapping[str, str]) -> None:
    missing = [name for name in (*PARAGRAPH_STYLES, *FACE_STYLES.values()) if name not in ids]
    if missing:
        raise _problem(f"缺少样式：{'、'.join(missing)}", "从自带的底稿复制这些样式，名称不要改")


def _refuse_control_characters(document: Document) -> None:
    """Refuse what XML or Word would drop or turn into something else: controls, line ends, lone surrogates."""
    texts = [document.title, document.author, *(line for block in document.blocks for line in lines_of(block))]
    problems = [
        Problem(document.kind, 0, 0, "", f"文字里有不能打印的字符 U+{ord(char):04X}：{_visible(text)}", "删去这个字符")
        for text in texts
        for char in dict.fromkeys(text)
        if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp") or char in "\ufffe\uffff"
    ]
    if problems:
        raise ProblemsError(problems)


def _visible(text: str) -> str:
    return "".join(char if char.isprintable() or char == "\u3000" else "�" for char in text)[:40]
