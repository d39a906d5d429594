"""What the tags of a Word form mean: every name is known, every value is used as what it is.

Only what is named here may stand in a tag. There are no calls, no arithmetic and no macros, so that a template which
reads well cannot fail, or run on, when it is rendered.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from jinja2 import nodes

from notices.forms.word.names import NamedTable, Names

_LOOP = ("index", "index0", "revindex", "revindex0", "length", "first", "last")
_LISTED = 12
"""Names a hint lists when none is near."""


@dataclass(frozen=True, slots=True)
class RowOf:
    """A row of a table."""

    grid: NamedTable


TagKind: TypeAlias = Literal["text", "number", "truth", "choices", "loop"] | NamedTable | RowOf | None
"""What an expression is; None when nothing can be said of it."""

Scope: TypeAlias = Mapping[str, TagKind]
Say: TypeAlias = Callable[[int, str, str], None]
"""Reports a line of the source, what is wrong and what to do."""


class TagReader:
    """Goes through the tree of a template. ``used`` gathers what it names."""

    def __init__(self, known: Names, say: Say, loose: set[str]) -> None:
        self.known, self._say, self._loose = known, say, loose
        self.used: set[str] = set()

    def block(self, body: Sequence[nodes.Node], scope: Scope | None = None) -> None:
        """Read statements, one after the other."""
        for node in body:
            self._statement(node, scope or {})

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for child in node.nodes:
                    if not isinstance(child, nodes.TemplateData):
                        self._printed(child, scope)
            case nodes.For():
                self._for(node, scope)
            case nodes.If():
                self._value(node.test, scope)
                for part in (node.body, node.elif_, node.else_):
                    self.block(part, scope)
            case _:
                self._say(node.lineno, "不认识的写法", "可用：for、if、elif、else、endfor、endif")

    def _printed(self, node: nodes.Expr, scope: Scope) -> None:
        match self._value(node, scope):
            case NamedTable() as grid:
                name = grid.part.table.replace("-", "_")
                self._say(node.lineno, f"“{grid.said}”是一张表，不能直接印", f"用 {{%tr for row in {name} %}} 逐行印")
            case RowOf() | "loop" | "choices" | "truth":
                self._say(
                    node.lineno, "这不是文字，不能直接印", "印一行里的列，如 {{ row.name }}；序号用 {{ loop.index }}"
                )
            case _:
                pass

    def _for(self, node: nodes.For, scope: Scope) -> None:
        kind = self._value(node.iter, scope)
        if kind is not None and not isinstance(kind, NamedTable):
            self._say(node.lineno, "for 要逐行读一张表", self._tables())
            kind = None
        inner = dict(scope) | {"loop": "loop"}
        if isinstance(node.target, nodes.Name) and not node.recursive:
            inner[node.target.name] = RowOf(kind) if kind else None
        else:
            self._say(node.lineno, "for 只用一个名字，不写 recursive", "写成 {%tr for row in 表名 %}")
            inner |= dict.fromkeys((name.name for name in node.target.find_all(nodes.Name)), None)
        if node.test is not None:
            self._value(node.test, inner)
        self.block(node.body, inner)
        self.block(node.else_, scope)

    def _value(self, node: nodes.Node, scope: Scope) -> TagKind:
        match node:
            case nodes.Const():
                return "text" if isinstance(node.value, str) else "number"
            case nodes.Name():
                return self._name(node, scope)
            case nodes.Getattr(node=nodes.Name(name=name)) if self._unknown(name, scope):
                hint = f"列写在 {{%tr for {name} in 表名 %}} 与 {{%tr endfor %}} 之间"
                self._say(node.lineno, f"没有名为 {name} 的栏目，也不在逐行读的表里", hint)
                return None
            case nodes.Getattr():
                return self._inside(node, self._value(node.node, scope), node.attr)
            case nodes.Getitem(arg=nodes.Const()):
                return self._item(node, self._value(node.node, scope))
            case nodes.Not() | nodes.And() | nodes.Or() | nodes.CondExpr() | nodes.Compare():
                return self._choice(node, scope)
            case nodes.List() | nodes.Tuple() if all(self._value(item, scope) == "text" for item in node.items):
                return "choices"
            case nodes.Filter(name="length" | "count") if node.node is not None:
                return self._length(node, scope)
            case _:
                self._refused(node)
                return None

    def _refused(self, node: nodes.Node) -> None:
        if isinstance(node, nodes.Filter):
            self._say(node.lineno, f"不认识的过滤器 {node.name}", "可用：表名|length（表的行数）")
        elif isinstance(node, nodes.Call):
            self._say(node.lineno, "标签里不能调用", "只写栏目名")
        else:
            self._say(node.lineno, "标签里有不能用的写法", "只写栏目名、列名，和 ==、!=、in、and、or、not")

    def _name(self, node: nodes.Name, scope: Scope) -> TagKind:
        if node.name in scope:
            return scope[node.name]
        if node.name in self.known.grids:
            grid = self.known.grids[node.name]
            self.used.add(f"[{grid.part.table}]")
            return grid
        if node.name in self.known.texts:
            self.used.add(self.known.texts[node.name])
            return "text"
        if node.name not in self._loose:
            self._say(node.lineno, f"没有名为 {node.name} 的栏目", _near(node.name, self.known.all))
        return None

    def _unknown(self, name: str, scope: Scope) -> bool:
        return name not in {*scope, *self.known.all, *self._loose}

    def _inside(self, node: nodes.Node, kind: TagKind, name: str) -> TagKind:
        match kind:
            case RowOf(grid) if name in grid.columns:
                self.used.add(f"[{grid.part.table}]{grid.columns[name]}")
                return "text"
            case RowOf(grid):
                self._say(node.lineno, f"表“{grid.said}”没有名为 {name} 的列", _near(name, tuple(grid.columns)))
            case "loop" if name in _LOOP:
                return "truth" if name in {"first", "last"} else "number"
            case "loop":
                self._say(node.lineno, f"没有 loop.{name}", f"可用：{'、'.join(f'loop.{one}' for one in _LOOP)}")
            case NamedTable() as grid:
                self._say(
                    node.lineno, f"“{grid.said}”是一张表，要逐行读", "写成 {%tr for row in 表名 %} … {{ row.列名 }}"
                )
            case None:
                pass
            case _:
                self._say(node.lineno, f"这里不能再写 .{name}", "只有表的一行和 loop 后面可以写点")
        return None

    def _item(self, node: nodes.Getitem, kind: TagKind) -> TagKind:
        key = node.arg.value if isinstance(node.arg, nodes.Const) else None
        if isinstance(key, str):
            return self._inside(node, kind, key)
        if not isinstance(kind, NamedTable) or not isinstance(key, int):
            if kind is not None:
                self._refused(node)
            return None
        count = len(kind.part.rows)
        if 0 <= key < count:
            return RowOf(kind)
        hint = f"给定的行从 [0] 到 [{count - 1}]" if count else "行数不定的表用 {%tr for row in 表名 %}"
        self._say(node.lineno, f"表“{kind.said}”没有第 [{key}] 行", hint)
        return None

    def _choice(self, node: nodes.Node, scope: Scope) -> TagKind:
        """Conditions, and one text or another."""
        match node:
            case nodes.Compare():
                return self._compared(node, scope)
            case nodes.CondExpr():
                self._value(node.test, scope)
                kinds = [self._value(one, scope) for one in (node.expr1, node.expr2) if one is not None]
                if node.expr2 is None:
                    self._say(node.lineno, "if 后面缺 else", "写成 {{ 甲 if 乙 else '' }}")
            case nodes.And() | nodes.Or():
                kinds = [self._value(node.left, scope), self._value(node.right, scope)]
            case nodes.Not():
                self._value(node.node, scope)
                return "truth"
            case _:  # pragma: no cover - the caller has seen to it
                return None
        return kinds[0] if len(set(map(str, kinds))) == 1 and not isinstance(kinds[0], NamedTable | RowOf) else "truth"

    def _compared(self, node: nodes.Compare, scope: Scope) -> TagKind:
        left = self._value(node.expr, scope)
        for operand in node.ops:
            right = self._value(operand.expr, scope)
            if left is not None and right is not None and operand.op not in _comparisons(left, right):
                hint = "印的值都是文字：只能用 ==、!=、in 与带引号的文字比，如 level == '国家级'"
                self._say(node.lineno, "这两样不能这样比", hint)
            left = right
        return "truth"

    def _length(self, node: nodes.Filter, scope: Scope) -> TagKind:
        kind = self._value(node.node, scope) if node.node else None
        if kind is not None and not isinstance(kind, NamedTable):
            self._say(node.lineno, f"{node.name} 只数表的行数", self._tables())
        return "number"

    def _tables(self) -> str:
        known = "、".join(dict.fromkeys(self.known.grids))
        return f"可用的表：{known}" if known else "这张表没有逐行的部分"


def _comparisons(left: TagKind, right: TagKind) -> tuple[str, ...]:
    match left, right:
        case "text", "text":
            return ("eq", "ne", "in", "notin")
        case "text", "choices":
            return ("in", "notin")
        case "number", "number":
            return ("eq", "ne", "lt", "lteq", "gt", "gteq")
        case _:
            return ()


def _near(name: str, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.5)
    if near:
        return f"是不是：{'、'.join(near)}"
    rest = "等" if len(known) > _LISTED else ""
    return f"可用：{'、'.join(known[:_LISTED])}{rest}"
