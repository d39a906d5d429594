"""Profile and template to Document. Pure: reads templates, writes nothing, knows no clock."""

from __future__ import annotations

import datetime as dt
import re
import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

import jinja2
from markupsafe import Markup

from notices import outlines, renamed
from notices.document.blocks import (
    AttachmentLabel,
    AttachmentList,
    Block,
    Document,
    Imprint,
    Masthead,
    Note,
    Salutation,
    Signature,
    Text,
    Title,
    lines_of,
    open_values,
    spans,
)
from notices.document.mentions import BrokenMentionError, Mentions
from notices.errors import Problem, ProblemsError, WordingError
from notices.inherited import undecided
from notices.library import Edition, Library
from notices.marks import unmarked
from notices.outlines import numbering
from notices.outlines.numbering import BodyPart, Scheme, protect
from notices.papers.context import FactText, bare, context
from notices.papers.sandbox import Folders, Sandbox
from notices.profile import Paper, PaperKind, Pending, Profile
from notices.profile.yamlfile import illegal_character
from notices.wording.speaker import Speaker
from notices.wording.titles import balanced
from notices.wording.words import day, pending, said, unconfirmed

_SCHEMES: Final[dict[PaperKind, Scheme]] = {"notice": "notice", "rules": "rules"}
"""How the headings of a kind of document are numbered."""

_UNTITLED: Final = "（还没有标题）"
_DRAFTED: Final = "标题是拟写的，"
"""Before the mark of a title to be confirmed: without it, the mark reads as a subtitle."""

HOLE: Final = 0xE200
"""The first of the characters that stand, in the text of a form, where a part that is not text goes."""


@dataclass(frozen=True, slots=True)
class Composed:
    """A document and what it came from."""

    document: Document
    templates: tuple[str, ...]
    """The template's name, as ``guangxi/notice.md.j2``; none where the profile's outline made it."""
    pendings: tuple[tuple[str, str], ...]
    """(key, what) of each value to be confirmed; one a template prints by itself has the template's name for key."""


def compose(edition: Edition, kind: PaperKind, library: Library, *, sealed: bool = False) -> Composed:
    """The document of one kind of an edition.

    Raises:
        ProblemsError: a template that cannot be rendered, or a reference to a clause that is not there.
    """
    profile = edition.profile
    paper = profile.papers[kind]
    name = template_name(profile, kind, library)
    mentions = Mentions()
    speaker = Speaker(profile, mentions, paper)
    body = _body(library, name, speaker, kind, mentions) if name else _outlined(edition, speaker, kind, mentions)
    head, foot = _head(profile, paper, speaker), _foot(profile, paper, speaker, sealed=sealed)
    document = Document(
        kind=kind,
        title=speaker.title(paper.drafted),
        author=profile.authority.named,
        layout=paper.layout,
        blocks=(*head, *body, *foot),
        dated=paper.issued if isinstance(paper.issued, dt.date) else None,
    )
    waiting = {key: value.pending for key, value in profile.pendings()}
    printed = tuple(open_values(document.blocks))
    own = any(key.startswith(("answers", "authority.", f"papers.{kind}.")) for key in waiting)  # not all is printed
    others = dict.fromkeys((name or f"outlines.{kind}", what) for what in printed if what not in waiting.values())
    taken = [(one.key, f"沿用 {one.base}、没有人确认的规定") for one in undecided(library, edition)]
    made = replace(document, draft=own or bool(printed) or bool(taken))
    return Composed(made, (name,) if name else (), (*waiting.items(), *others, *taken))


def template_name(profile: Profile, kind: PaperKind, library: Library) -> str | None:
    """The template of a kind of document: an office's own, else the generic one; None where an outline makes it."""
    own = f"{profile.id}/{kind}.md.j2"
    if library.template(own):
        return own
    return None if kind in profile.outlines else f"{kind}.md.j2"


def _value(value: object) -> Text:
    return spans(pending(value) if isinstance(value, Pending) else str(value or ""))


def _head(profile: Profile, paper: Paper, speaker: Speaker) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if paper.layout != "plain":
        mark = paper.mark or (f"{profile.authority.name}{'文件' if paper.layout == 'document' else ''}",)
        blocks.append(Masthead(tuple(unmarked(said(line)) for line in mark), _value(paper.number)))
    if paper.attachment_label:
        blocks.append(AttachmentLabel(unmarked(said(paper.attachment_label))))
    title, subtitle = speaker.title(paper.drafted), paper.subtitle
    if isinstance(paper.title, Pending):
        title = title if paper.title.suggest else _UNTITLED
        subtitle = f"{said(subtitle)}（{_DRAFTED if paper.title.suggest else ''}{pending(paper.title)}）"
    authority = profile.authority
    terms = tuple(filter(None, (authority.named, authority.in_title, authority.level)))
    blocks.append(Title(balanced(title, terms, words=profile.programme.terms), spans(said(subtitle))))
    if paper.addressees:
        blocks.append(Salutation(spans("，".join(map(said, paper.addressees)) + "：")))
    return tuple(blocks)


def _foot(profile: Profile, paper: Paper, speaker: Speaker, *, sealed: bool) -> tuple[Block, ...]:
    if paper.layout == "plain":
        return ()
    blocks: list[Block] = []
    names = tuple(spans(speaker.title(said(item.title)) + unconfirmed(item)) for _, item in speaker.attachment_titles())
    if names:
        blocks.append(AttachmentList(names))
    blocks.append(Signature((spans(said(profile.authority.name)),), spans(day(paper.issued)), sealed))
    if paper.disclosure:
        blocks.append(Note(spans(f"（{paper.disclosure}）")))
    imprint = paper.imprint
    if imprint and (paper.layout == "document" or imprint.copies):
        blocks.append(
            Imprint(
                _value(imprint.issuer), spans(day(imprint.printed)), tuple(spans(said(name)) for name in imprint.copies)
            )
        )
    return tuple(blocks)


def _body(library: Library, name: str, speaker: Speaker, kind: PaperKind, mentions: Mentions) -> tuple[Block, ...]:
    source = _rendered(environment(library, speaker), name, context(speaker))
    return _numbered(source, f"templates/{name}", _SCHEMES[kind], said=mentions)


def _outlined(edition: Edition, speaker: Speaker, kind: PaperKind, mentions: Mentions) -> tuple[Block, ...]:
    key = f"outlines.{kind}"
    try:
        parts = outlines.body(speaker, edition.profile.outlines[kind])
    except WordingError as error:
        hint = "换一种写法，或改这几条事实"
        raise ProblemsError([Problem(*edition.origin(key), key, str(error), hint, rule="outline")]) from None
    return _numbered(parts, edition.file, _SCHEMES[kind], said=mentions)


def written(library: Library, speaker: Speaker, source: str, name: str, holes: int = 0) -> tuple[Block, ...]:
    """The blocks of a text that is kept in data: Jinja over the profile, then Markdown, as a notice's body is made.

    Args:
        library: where templates the text imports are looked for.
        speaker: the edition's words.
        source: the text.
        name: the file it stands in, under ``templates/``, for messages.
        holes: how many characters from :data:`HOLE` on stand in it for parts that are not text.

    Raises:
        ProblemsError: the text cannot be rendered or set.
    """
    text = _rendered(environment(library, speaker), name, context(speaker), source)
    return _numbered(text, f"templates/{name}", "notice", holes)


def _numbered(
    source: str | Sequence[BodyPart], file: str, scheme: Scheme, holes: int = 0, said: Mentions | None = None
) -> tuple[Block, ...]:
    """The blocks of a text in Markdown, or of the parts of an outline."""
    try:
        blocks = _blocks(source, scheme, said)
    except numbering.UnknownReferenceError as error:
        raise _template_problem(file, 0, f"引用的条款 {error} 不存在", "给被引用的标题加上 {#名称}") from None
    except numbering.UnknownBlockError as error:
        raise _template_problem(
            file, 0, f"公文版式没有 {error.args[0]} 这种段落：{error.args[1]}", "改成标题、段落或编号"
        ) from None
    except BrokenMentionError as error:
        message = f"事实的文字被截断了，或者含有不能印刷的字符 {error}"
        hint = "事实的文字整个印出，不用 truncate、replace 之类改动；删除看不见的字符"
        raise _template_problem(file, 0, message, hint) from None
    except numbering.TooManyError as error:
        raise _template_problem(file, 0, str(error), "分成几级标题，或分成几份文件") from None
    except RecursionError:
        raise _template_problem(file, 0, "编号一层套一层，太深了", "公文里的编号最多四级") from None
    text = "".join(line for block in blocks for line in lines_of(block))
    text = text.translate(dict.fromkeys(range(HOLE, HOLE + holes)))
    if (char := illegal_character(text)) is not None:
        raise _template_problem(file, 0, f"含有不能印刷的字符 U+{ord(char):04X}", "删除这个看不见的字符")
    return blocks


def _blocks(source: str | Sequence[BodyPart], scheme: Scheme, said: Mentions | None) -> tuple[Block, ...]:
    if not isinstance(source, str):
        return numbering.numbered(source, scheme, said)
    from notices.outlines import markdown  # noqa: PLC0415 - an outline needs none of it

    return markdown.blocks(source, scheme, said)


def environment(library: Library, speaker: Speaker | None = None) -> Sandbox:
    """The one factory of template environments: sandboxed, strict, and values never read as Markdown or HTML."""
    return Sandbox(
        loader=Folders(library.template_folders),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=partial(_finalize, speaker),
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(speaker: Speaker | None, value: object) -> object:
    if value is None:
        raise jinja2.UndefinedError("要印的值是空的")
    value = bare(value)
    if isinstance(value, FactText) and speaker is not None:
        value = speaker.stated(value.key, str(value))
    if isinstance(value, Pending):
        value = pending(value)
    if isinstance(value, Markup | jinja2.Undefined):
        return value
    if not isinstance(value, str | int | Decimal | dt.date):
        raise jinja2.UndefinedError("要印的不是一个值：写明是哪一项，或用 joined 连起来")
    return Markup(protect(str(value)))  # noqa: S704 - protected text holds no markup


def _rendered(env: jinja2.Environment, name: str, context: dict[str, Any], source: str | None = None) -> str:
    """A template of the folders by its name, or the ``source`` given."""
    try:
        template = env.get_template(name) if source is None else env.from_string(source)
        return template.render(context)
    except jinja2.TemplateSyntaxError as error:
        message = f"模板语法错误：{_in_chinese(str(error.message))}"
        raise _template_problem(_below(error.name or name), error.lineno, message, "检查这一行的花括号") from None
    except jinja2.TemplateNotFound as error:
        raise _template_problem(_below(name), 0, f"找不到模板 {error.name}", "放进 templates/ 里") from None
    except RecursionError as error:
        where, line = _frame(error, name)
        raise _template_problem(where, line, "模板一层套一层，没有尽头", "检查调用自己的宏、包含自己的模板") from None
    except Exception as error:  # a template is somebody's program: whatever it raises is reported with its line
        where, line = _frame(error, name)
        hint = renamed.hint_for(str(error)) or "核对名称和值"
        raise _template_problem(where, line, f"模板不能渲染：{_in_chinese(str(error))}", hint) from error


_SAID = (
    (re.compile(r"'([^']*)' is undefined"), r"没有 \1 这个名称"),
    (re.compile(r"No (?:filter|test) named '([^']*)'\."), r"模板里不能用 \1"),
    (re.compile(r"Encountered unknown tag '([^']*)'\..*"), r"不认识的标记 \1"),
    (re.compile(r"expected token '([^']*)', got '([^']*)'"), r"这里应是 \1，却是 \2"),
    (re.compile(r"unexpected '([^']*)'"), r"多出了 \1"),
    (re.compile(r"[Uu]nexpected end of template.*|unexpected char .*"), "花括号、引号或标记没有写完整"),
    (re.compile(r"block '([^']*)' defined twice"), r"块 \1 写了两次"),
    (re.compile(r"[ -~]*[A-Za-z]{3}[ -~]*"), "写法不对"),
)
"""Jinja's messages as an office reads them; the last stands for all others."""


def _in_chinese(message: str) -> str:
    return next((pattern.sub(said, message) for pattern, said in _SAID if pattern.fullmatch(message)), message)


def _frame(error: Exception, name: str) -> tuple[str, int]:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    if not frames:
        return _below(name), 0
    return _below(frames[-1].filename), frames[-1].lineno or 0


def _below(file: str) -> str:
    """A template's file in messages, from its path or its name."""
    return "templates/" + Path(file).as_posix().rpartition("/templates/")[2]


def _template_problem(file: str, line: int, message: str, hint: str) -> ProblemsError:
    return ProblemsError([Problem(file, line, 1 if line else 0, "", message, hint, rule="template")])
