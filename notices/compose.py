"""Profile and template to Document. Pure: reads templates, writes nothing, knows no clock."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import jinja2
from markupsafe import Markup

from notices import markdown
from notices.document import (
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
    outline,
    spans,
)
from notices.errors import Problem, ProblemsError
from notices.library import Edition, Library
from notices.profile import Category, Paper, PaperKind, Pending, Profile, Rule
from notices.sandbox import Sandbox
from notices.titles import balanced
from notices.words import (
    Speaker,
    bound,
    chinese,
    copies,
    day,
    joined,
    month_day,
    number,
    pending,
    reference,
    unconfirmed,
    years,
)
from notices.yamlfile import illegal_character


@dataclass(frozen=True, slots=True)
class Composed:
    """A document and what it came from."""

    document: Document
    template: str
    """The template's name, as ``guangxi/notice.md.j2``."""
    pendings: tuple[tuple[str, str], ...]
    """(key, what) of each value to be confirmed."""


def compose(edition: Edition, kind: PaperKind, library: Library, *, sealed: bool = False) -> Composed:
    """The document of one kind of an edition.

    Raises:
        ProblemsError: a template that cannot be rendered, or a reference to a clause that is not there.
    """
    profile = edition.profile
    paper = profile.papers[kind]
    name = template_name(profile, kind, library)
    speaker = Speaker(profile)
    body = _body(library, name, speaker, kind)
    waiting = tuple((key, value.pending) for key, value in profile.pendings())
    head, foot = _head(profile, paper, speaker), _foot(profile, paper, speaker, sealed=sealed)
    document = Document(
        kind=kind,
        title=speaker.title(paper.drafted),
        author=profile.authority.name,
        layout=paper.layout,
        blocks=(*head, *body, *foot),
    )
    text = outline(document)
    draft = any(mark in text for mark in ("【待定：", "某某"))  # 某某: the sample's name, not yet replaced
    draft = draft or isinstance(profile.answers, Pending)  # no page prints it
    return Composed(replace(document, draft=draft), name, waiting)


def template_name(profile: Profile, kind: str, library: Library) -> str:
    """The authority's own template for a kind of document, else the generic one."""
    own = f"{profile.id}/{kind}.md.j2"
    return own if library.template(own) else f"{kind}.md.j2"


def _value(value: object) -> Text:
    return spans(pending(value) if isinstance(value, Pending) else str(value or ""))


def _head(profile: Profile, paper: Paper, speaker: Speaker) -> tuple[Block, ...]:
    blocks: list[Block] = []
    if paper.layout != "plain":
        mark = paper.mark or (profile.authority.name + ("文件" if paper.layout == "document" else ""),)
        blocks.append(Masthead(mark, _value(paper.number)))
    if paper.attachment_label:
        blocks.append(AttachmentLabel(paper.attachment_label))
    title = speaker.title(paper.drafted)
    subtitle = pending(paper.title) if isinstance(paper.title, Pending) else paper.subtitle
    terms = (profile.authority.name, profile.authority.in_title, profile.authority.level)
    blocks.append(Title(balanced(title, terms), subtitle))
    if paper.addressees:
        blocks.append(Salutation(spans("，".join(paper.addressees) + "：")))
    return tuple(blocks)


def _foot(profile: Profile, paper: Paper, speaker: Speaker, *, sealed: bool) -> tuple[Block, ...]:
    if paper.layout == "plain":
        return ()
    blocks: list[Block] = []
    names = tuple(speaker.title(item.title) + unconfirmed(item) for _, item in speaker.attachment_titles())
    if names:
        blocks.append(AttachmentList(names))
    blocks.append(Signature((spans(profile.authority.name),), spans(day(paper.issued)), sealed))
    if paper.disclosure:
        blocks.append(Note(spans(f"（{paper.disclosure}）")))
    imprint = paper.imprint
    if imprint and (paper.layout == "document" or imprint.copies):
        blocks.append(Imprint(_value(imprint.issuer), spans(day(imprint.printed)), imprint.copies))
    return tuple(blocks)


def _body(library: Library, name: str, speaker: Speaker, kind: str) -> tuple[Block, ...]:
    source = _rendered(environment(library), name, _context(speaker))
    return _numbered(source, name, "rules" if kind == "rules" else "notice")


def written(library: Library, speaker: Speaker, source: str, name: str) -> tuple[Block, ...]:
    """The blocks of a text that is kept in data: Jinja over the profile, then Markdown, as a notice's body is made.

    Args:
        library: where templates the text imports are looked for.
        speaker: the edition's words.
        source: the text.
        name: the file it stands in, under ``templates/``, for messages.

    Raises:
        ProblemsError: the text cannot be rendered or set.
    """
    return _numbered(_rendered(environment(library), name, _context(speaker), source), name, "notice")


def _numbered(source: str, name: str, scheme: markdown.Scheme) -> tuple[Block, ...]:
    try:
        blocks = markdown.blocks(source, scheme)
    except markdown.UnknownReferenceError as error:
        raise _template_problem(name, 0, f"引用的条款 {error} 不存在", "给被引用的标题加上 {#名称}") from None
    except markdown.UnknownBlockError as error:
        raise _template_problem(
            name, 0, f"公文版式没有 {error.args[0]} 这种段落：{error.args[1]}", "改成标题、段落或编号"
        ) from None
    if (char := illegal_character("".join(map(str, blocks)))) is not None:
        raise _template_problem(name, 0, f"含有不能印刷的字符 U+{ord(char):04X}", "删除这个看不见的字符")
    return blocks


def environment(library: Library) -> Sandbox:
    """The one factory of template environments: sandboxed, strict, and values never read as Markdown or HTML."""
    return Sandbox(
        loader=jinja2.FileSystemLoader([str(folder) for folder in library.template_folders]),
        undefined=jinja2.StrictUndefined,
        autoescape=True,
        finalize=_finalize,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _finalize(value: object) -> object:
    if value is None:
        raise jinja2.UndefinedError("要印的值是空的")
    if isinstance(value, Pending):
        value = pending(value)
    if hasattr(value, "__html__") or isinstance(value, jinja2.Undefined):
        return value
    return Markup(markdown.protect(str(value)))  # noqa: S704 - protected text holds no markup


def _context(speaker: Speaker) -> dict[str, Any]:
    profile = speaker.profile

    def rules(section: str, category: Category | None = None) -> list[Rule]:
        """Rules of a section, those for one category, or (with ``None``) all."""
        found = getattr(profile, section).values()
        return [rule for rule in found if category is None or category in rule.applies]

    return {
        "p": profile,
        "a": profile.authority,
        "year": profile.year,
        "speak": speaker,
        "say": speaker.say,
        "phrase": speaker.phrase,
        "exclusion": speaker.exclusion,
        "rules": rules,
        "offered": lambda: [profile.categories[key].name for key in profile.offered],
        "ref": speaker.ref,
        "actor": speaker.actor,
        "attachment": speaker.attachment,
        "attachments": speaker.attachments,
        "occasion": speaker.occasion,
        "attached": speaker.attachment_titles,
        "channel": speaker.channel,
        "when": speaker.when,
        "material": speaker.material,
        "contact": speaker.contact,
        "contact_lines": speaker.contact_lines,
        "clause": lambda name: Markup("\ue100{}\ue101").format(name),
        "bound": bound,
        "chinese": chinese,
        "copies": copies,
        "day": day,
        "joined": lambda items, **options: joined(map(str, items), **options),
        "month_day": month_day,
        "number": number,
        "reference": reference,
        "years": years,
    }


def _rendered(env: jinja2.Environment, name: str, context: dict[str, Any], source: str | None = None) -> str:
    """A template of the folders by its name, or the ``source`` given."""
    try:
        template = env.get_template(name) if source is None else env.from_string(source)
        return template.render(context)
    except jinja2.TemplateSyntaxError as error:
        raise _template_problem(
            error.name or name, error.lineno, f"模板语法错误：{error.message}", "检查这一行的花括号"
        ) from None
    except jinja2.TemplateNotFound as error:
        raise _template_problem(name, 0, f"找不到模板 {error.name}", "放进 templates/ 里") from None
    except RecursionError as error:
        where, line = _frame(error, name)
        raise _template_problem(where, line, "模板一层套一层，没有尽头", "检查调用自己的宏、包含自己的模板") from None
    except Exception as error:  # a template is somebody's program: whatever it raises is reported with its line
        where, line = _frame(error, name)
        raise _template_problem(where, line, f"模板不能渲染：{error}", "核对名称和值") from error


def _frame(error: Exception, name: str) -> tuple[str, int]:
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".j2")]
    if not frames:
        return name, 0
    file = Path(frames[-1].filename).as_posix().rpartition("/templates/")[2]
    return file, frames[-1].lineno or 0


def _template_problem(name: str, line: int, message: str, hint: str) -> ProblemsError:
    return ProblemsError([Problem(f"templates/{name}", line, 1 if line else 0, "", message, hint, rule="template")])
