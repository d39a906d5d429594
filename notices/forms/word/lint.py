"""What is wrong with an office's Word form, all at once and before anything is rendered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from jinja2 import Environment, TemplateSyntaxError

from notices.errors import Problem, ProblemsError, Severity
from notices.forms.catalogue import Sheet
from notices.forms.word import names
from notices.forms.word.names import Names
from notices.forms.word.read import TagReader
from notices.forms.word.tags import TAG, Tag, TagLine, lines, opened, tags, trees
from notices.ooxml.xml import Element, local, parse, q

_HALF = re.compile(r"\{[{%#]|[}%#]\}")
_WIDE = re.compile(r"(?=.?[｛｝％])([{｛][{｛]|[}｝][}｝]|[{｛][%％]|[%％][}｝])")
_QUOTES = re.compile(r"[“”‘’＂＇]")
_LEVELS = {"tr": "一行", "tc": "一个单元格", "p": "一个段落", "r": "一处文字"}
_FOR = re.compile(r"for ([\w, ]+?) in\b")
_SEEN = 30
"""Characters of a paragraph a message quotes."""
_DEEPEST = 10
"""Loops and conditions in one another."""
_OPENING = {"for": "endfor", "if": "endif"}
_SYNTAX = {
    "for": "{%% %s %%}{%% endfor %%}",
    "if": "{%% %s %%}{%% endif %%}",
    "elif": "{%% if 1 %%}{%% %s %%}{%% endif %%}",
}


def lint(template: bytes, sheet: Sheet, file: str) -> list[Problem]:
    """Every problem of a Word form of an attachment's one form: errors, and warnings of what it does not print.

    Args:
        template: bytes of a ``.docx`` with tags.
        sheet: the attachment; one with a single form.
        file: the template's name in messages.
    """
    try:
        parts = opened(template, file)
    except ProblemsError as error:
        return list(error.problems)
    known = names.names(sheet)
    found, used = _examined(parts, known, file)
    return [*found, *_unprinted(known, used, file)]


def used_names(template: bytes, sheet: Sheet, file: str) -> set[str]:
    """The fields (``unit``), tables (``[factory]``) and columns (``[factory]name``) a Word form names.

    Raises:
        ProblemsError: the errors of the template.
    """
    found, used = _examined(opened(template, file), names.names(sheet), file)
    if errors := [problem for problem in found if problem.severity == "error"]:
        raise ProblemsError(errors)
    return used


def _examined(parts: dict[str, bytes], known: Names, file: str) -> tuple[list[Problem], set[str]]:
    found: list[Problem] = []
    used: set[str] = set()
    for name, root in trees(parts).items():
        part = _Part(file, known)
        part.read(list(lines(name, root)))
        found += [*part.problems, *_hidden(root, file)]
        used |= part.used
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in parts and _HALF.search("".join(parse(parts[name]).itertext())):
            message, hint = "脚注、尾注里不能写标签", "把标签移到正文"
            found.append(Problem(file, 0, 0, "脚注", message, hint, rule="word"))
    return list(dict.fromkeys(found)), used


@dataclass
class _Part:
    """One part being read."""

    file: str
    known: Names
    problems: list[Problem] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
    loose: set[str] = field(default_factory=set)
    """Names of rows in loops that are broken themselves: nothing can be said of them."""
    broken: set[Tag] = field(default_factory=set)

    def read(self, found: Sequence[TagLine]) -> None:
        """Look at every line by itself, then at loops and conditions, then at names."""
        kept: list[Tag] = []
        for line in found:
            self._marks(line)
            kept += [tag for tag in tags(line) if tag.kind != "#" and (self._sound(tag) or self._loosened(tag))]
        source = list(self._balanced(kept))
        env = Environment(autoescape=True)
        try:
            tree = env.parse("\n".join(text for _, text in source))
        except (TemplateSyntaxError, RecursionError) as error:
            if source:
                number = getattr(error, "lineno", 1)
                self._say(source[min(number, len(source)) - 1][0], "标签写得不对", "检查标签是否成对")
            return
        reader = TagReader(self.known, lambda at, *said: self._say(source[at - 1][0], *said), self.loose)
        reader.block(tree.body)
        self.used = reader.used

    def _say(self, tag: Tag, message: str, hint: str, severity: Severity = "error") -> None:
        self._note(tag.line, f"{message}：{tag.text}", hint, severity)

    def _note(self, line: TagLine, message: str, hint: str, severity: Severity = "error") -> None:
        text = line.text.strip()
        seen = text if len(text) <= _SEEN else f"{text[:_SEEN]}……"
        quoted = "" if message.endswith(text) else f"（本段：“{seen}”）"
        self.problems.append(Problem(self.file, 0, 0, line.where, message + quoted, hint, severity, rule="word"))

    def _marks(self, line: TagLine) -> None:
        """Braces that make no tag."""
        rest = TAG.sub("", line.text)
        if wide := _WIDE.search(rest):
            self._note(line, f"标签用了全角括号 {wide[1]}", "换成半角的 {{ }}、{% %}")
        elif half := _HALF.search(rest):
            self._note(line, f"标签没有写完整：{rest[half.start() :][:_SEEN]}", "标签要在一个段落里开头和结尾")

    def _sound(self, tag: Tag) -> bool:
        """Whether a tag can be read by itself; what is wrong with it is said."""
        before = len(self.problems)
        if tag.torn:
            self._say(tag, "标签被换行、制表符或域隔断", "整个删掉，不换行重新输入")
        elif len(tag.pieces) > 1:
            self._say(tag, "标签被 Word 分成几段，已按一个标签用", "可以不改；要改就整个删掉重新输入", "warning")
            before += 1
        if _QUOTES.search(tag.text):
            self._say(tag, "标签里有中文引号", "换成半角的 ' 或 \"（Word 选项里关掉“直引号替换为弯引号”）")
        elif "\ue000" in tag.text or "\ue001" in tag.text:
            self._say(tag, "标签里有不能印刷的字符", "整个删掉重新输入")
        elif reason := _unreadable(tag):
            self._say(tag, *reason)
        return len(self.problems) == before

    def _loosened(self, tag: Tag) -> bool:
        """Whether a tag that cannot be read begins something: then its end is not said to be one too many."""
        word = tag.inside.partition(" ")[0]
        if tag.kind != "%" or word not in _OPENING:
            return False
        self.broken.add(tag)
        self.loose |= {name.strip() for names in _FOR.findall(tag.inside) for name in names.split(",")}
        return True

    def _balanced(self, found: Sequence[Tag]) -> Iterator[tuple[Tag, str]]:
        """The tags as source, a line each, with loops and conditions that end; what does not is said."""
        open_: list[tuple[str, Tag]] = []
        ends: list[str] = []
        for tag in found:
            word = tag.inside.partition(" ")[0]
            if tag.kind == "{":
                yield tag, f"{{{{ {tag.inside} }}}}"
                continue
            if tag.level and tag.level != "r" and not _alone(tag):
                hint = f"{tag.level} 标签代表{_LEVELS[tag.level]}，要单独占{_LEVELS[tag.level]}"
                self._say(tag, "标签旁边的文字会丢", hint)
            if word in _OPENING:
                open_.append((word, tag))
                if len(open_) == _DEEPEST + 1:
                    self._say(tag, f"标签套了 {_DEEPEST} 层以上", "把里层的 for、if 移到外面")
                ends.append("endif" if tag in self.broken else _OPENING[word])
                yield tag, "{% if 1 %}" if tag in self.broken else f"{{% {tag.inside} %}}"
                continue
            if not open_ or (word not in {"else", "elif"} and _OPENING[open_[-1][0]] != word):
                self._say(tag, "标签多余，或与前面的不成对", "每个 for 对一个 endfor，每个 if 对一个 endif")
                continue
            self._same_place(open_[-1][1], tag)
            if word.startswith("end"):
                open_.pop()
            yield tag, f"{{% {ends.pop() if word.startswith('end') else tag.inside} %}}"
        for word, tag in reversed(open_):
            self._say(tag, f"标签没有结束，缺 {_OPENING[word]}", f"在后面加上 {{%{tag.level} {_OPENING[word]} %}}")
            yield tag, f"{{% {ends.pop()} %}}"

    def _same_place(self, first: Tag, tag: Tag) -> None:
        if first.level != tag.level:
            self._say(tag, f"标签与 {first.text} 的写法不同", f"写成 {{%{first.level} {tag.inside} %}}")
        elif _home(first) is not _home(tag):
            where = {"": "同一段落", "r": "同一段落", "p": "正文的同一层或同一单元格", "tr": "同一表格", "tc": "同一行"}
            hint = f"两个标签要在{where[tag.level]}里；跨段落用 {{%p … %}}，跨行用 {{%tr … %}}"
            self._say(tag, f"标签与 {first.text} 不在一处", hint)


def _unreadable(tag: Tag) -> tuple[str, str] | None:
    """What keeps a tag from being understood, and what to write."""
    word = tag.inside.partition(" ")[0]
    if not tag.inside or tag.inside[0] in "-+" or tag.inside[-1] in "-+":
        return "标签写得不对", "写成 {{ 栏目名 }}，不加减号"
    if tag.kind == "{" and tag.level:
        return f"印文字的标签不写 {tag.level}", f"写成 {{{{ {tag.inside} }}}}"
    if tag.kind == "{":
        return None if _parses(f"{{{{ {tag.inside} }}}}") else ("标签写得不对", "写成 {{ 栏目名 }} 或 {{ row.列名 }}")
    if tag.inside in {"else", "endfor", "endif"}:
        return None
    if word not in _SYNTAX:
        return f"不认识的标签 {word}", "可用：for、if、elif、else、endfor、endif"
    if tag.level in {"tr", "tc"} and tag.around(tag.level) is None:
        return f"{tag.level} 标签不在表格里", "表格外用 {%p … %}"
    example = "{%tr for row in 表名 %}" if word == "for" else "{% if 栏目名 %}"
    return None if _parses(_SYNTAX[word] % tag.inside) else ("标签写得不对", f"写成 {example}")


def _parses(source: str) -> bool:
    try:
        Environment(autoescape=True).parse(source)
    except (TemplateSyntaxError, RecursionError):
        return False
    return True


def _home(tag: Tag) -> Element | None:
    """The element in which a loop or condition has to begin and end."""
    if tag.level in {"tr", "tc"}:
        around = tag.around(tag.level)
        return None if around is None else around.getparent()
    return tag.line.element.getparent() if tag.level == "p" else tag.line.element


def _alone(tag: Tag) -> bool:
    around = tag.line.element if tag.level == "p" else tag.around(tag.level)
    return around is None or "".join(leaf.text or "" for leaf in around.iter(q("t"))).strip() == tag.text


def _hidden(root: Element, file: str) -> Iterator[Problem]:
    """Tags where no text is filled in: fields, deleted text, shapes, alternative texts."""
    for element in root.iter():
        texts = [*element.attrib.values(), *([] if element.tag == q("t") else [element.text or ""])]
        if hidden := next((text for text in texts if _HALF.search(text)), None):
            name = local(element) if isinstance(element.tag, str) else ""
            place = {"delText": "修订删去的文字", "instrText": "域代码"}.get(name, "图形或属性")
            yield Problem(
                file, 0, 0, place, f"这里不能写标签：{hidden[:_SEEN]}", "接受修订；把标签写在普通文字里", rule="word"
            )


def _unprinted(known: Names, used: set[str], file: str) -> Iterator[Problem]:
    """Fields, tables and columns without a tag."""

    def lost(where: str, message: str, tag: str) -> Problem:
        return Problem(file, 0, 0, where, f"{message}，填的内容会丢", f"加上 {tag}", "warning", rule="word")

    for name, label in known.labels.items():
        if name not in used:
            yield lost("", f"没有印栏目“{label}”", f"{{{{ {names.identifier(name)} }}}}")
    for grid in known.offered:
        key = f"[{grid.part.table}]"
        if key not in used:
            loop = f"{{%tr for row in {names.identifier(grid.part.table)} %}} … {{%tr endfor %}}"
            yield lost("", f"没有印表“{grid.said}”", loop)
            continue
        missing = {name: label for name, label in grid.labels.items() if key + name not in used}
        if missing:
            wanted = "、".join(f"{{{{ row.{names.identifier(name)} }}}}" for name in missing)
            yield lost(f"表“{grid.said}”", f"没有印列：{'、'.join(missing.values())}", wanted)
