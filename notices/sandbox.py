"""The sandbox every template runs in: somebody else's program, which must neither reach out nor run on.

Loops are counted, not timed: equal input ends equally on any machine. Each body of a template (of a loop, a macro, a
block, the template itself) pays for what stands in it whenever it is entered, each filter and method for the size of
what it is given, all from one budget. An environment therefore serves one rendering.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any

from jinja2 import TemplateSyntaxError, nodes, pass_context
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

STEPS = 1_000_000
"""What one rendering may cost; an empty turn of a loop costs one."""
LONGEST = 100_000
"""Characters of a text, or entries of a list, that a template may make."""
PRINTED = 20_000_000
"""Characters a rendering may print, what it captures counted as well."""
_WIDEST = 10_000
"""A width, indent or number of digits a template may ask for."""
_SOURCE = 8_000_000
"""Characters of one template's source."""

_PAY, _WEIGH, _JOIN = "#pay", "#weigh", "#join"
"""Filters no template can write, put into its tree when it is compiled."""
_WIDE = frozenset({"batch", "center", "format", "indent", "round", "slice", "tojson", "truncate", "wordwrap"})
_WIDE_FORMAT = re.compile(r"\d{5}|\*|\{[^{}]*\{")
"""A width of five digits, or one that is itself a value, in a format string."""


class EndlessError(SecurityError):
    """A template that would run on, or grow, beyond any document."""


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without arithmetic that grows, on one budget. Made anew for each rendering."""

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as inherited
        self._left, self._room = STEPS, PRINTED
        self._finalize: Callable[[object], object] | None = options.pop("finalize", None)
        super().__init__(finalize=self._weighed, **options)
        self.globals["range"] = self._range
        self.globals.pop("lipsum", None)  # it prints by chance, and so does random
        self.filters.pop("random", None)
        self.equip(self.filters)
        tests: dict[str, Any] = {**self.tests}
        self.tests = {name: self._guarded(name, each) for name, each in tests.items()}

    def equip(self, filters: dict[str, Callable[..., Any]]) -> None:
        """Have these filters, and no others."""
        own: dict[str, Callable[..., Any]] = {_PAY: self._paid, _WEIGH: self._operand, _JOIN: self._joined}
        self.filters = {name: self._guarded(name, each) for name, each in filters.items()}
        self.filters |= own

    def pay(self, steps: int) -> None:
        """Take steps from the budget.

        Raises:
            EndlessError: nothing is left.
        """
        self._left -= steps
        if self._left < 0:
            raise EndlessError("循环次数太多，或要处理的内容太多")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002
        """Numbers and short texts are added; nothing else is computed."""
        if operator == "+":
            return self._bearable(left + right)
        raise SecurityError(f"模板里不用 {operator} 运算，数值写在配置里")

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call something, and pay for it; methods of texts and numbers can be asked for no great width."""
        if not self.is_safe_callable(obj):
            raise SecurityError(f"{obj!r} 不能调用")
        owner = getattr(getattr(obj, "__wrapped__", obj), "__self__", None)
        self.pay(1)
        if isinstance(owner, str | bytes | int | float):
            self._narrow(getattr(obj, "__name__", ""), owner, (*args, *kwargs.values()))
        if isinstance(owner, str | bytes | int | float | list | tuple | dict):
            self.pay(_effort((owner, *args, *kwargs.values())))
            return self._bearable(super().call(context, obj, *args, **kwargs))
        return super().call(context, obj, *args, **kwargs)

    def concat(self, pieces: Iterable[str]) -> str:
        """Join what is printed, piece by piece, while there is room."""
        done: list[str] = []
        for piece in pieces:
            self._room -= len(piece)
            if self._room < 0:
                raise EndlessError("印出的文字太多")
            done.append(piece)
        return "".join(done)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        if len(source) > _SOURCE:
            raise TemplateSyntaxError("模板太大", 1, name, filename)
        return super()._parse(source, name, filename)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - as inherited
        _charge(source)
        source.set_environment(self)
        return super()._generate(source, *args, **kwargs)

    def _range(self, *bounds: int) -> range:
        """``range``, paid for at once: not only loops go over it."""
        numbers = range(*bounds)
        try:
            self.pay(len(numbers))
        except OverflowError:
            self.pay(STEPS + 1)
        return numbers

    @pass_context
    def _paid(self, _: Context, value: object, steps: int) -> object:
        self.pay(max(1, steps))  # a template that found the filter's name might pay itself back
        return value

    @pass_context
    def _operand(self, _: Context, value: object) -> object:
        self.pay(_size(value) // 50)
        return value

    @pass_context
    def _joined(self, context: Context, values: list[Any]) -> Any:  # noqa: ANN401 - text or Markup
        return self._bearable((markup_join if context.eval_ctx.autoescape else str_join)(values))

    def _weighed(self, value: object) -> object:
        self.pay(_size(value) // 500)
        return self._finalize(value) if self._finalize else value

    def _guarded(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """A filter or test that pays by the size of what it is given, and makes nothing huge of it."""
        lead = 1 if hasattr(function, "jinja_pass_arg") else 0

        @wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
            given = (*args[lead:], *kwargs.values())
            if name in _WIDE and given:
                self._narrow(name, given[0], given[1:])
            self.pay(1 + _effort(given))
            return self._bearable(function(*args, **kwargs))

        return guarded

    def _narrow(self, name: str, subject: object, given: tuple[Any, ...]) -> None:
        wide = name.startswith("format") and isinstance(subject, str) and _WIDE_FORMAT.search(subject)
        if wide or any(isinstance(each, int | float) and abs(each) > _WIDEST for each in given):
            raise EndlessError(f"{name} 的宽度太大，或不是写定的数")

    def _bearable(self, made: Any) -> Any:  # noqa: ANN401 - whatever it is
        if _size(made) > LONGEST:
            raise EndlessError("拼出的文字或列表太长")
        return made


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | bytes | list | tuple | dict | set | frozenset) else 0


def _effort(given: tuple[Any, ...]) -> int:
    """Steps for work on some values: as the product of the two largest, what ``replace`` and ``join`` make of them."""
    sizes = sorted((_size(each) for each in given), reverse=True)
    return (sizes[0] + 1) * ((sizes[1] if len(sizes) > 1 else 0) + 1) // 10 if sizes else 0


def _charge(template: nodes.Template) -> None:
    """Put into every body, and loop's test, what it pays; weigh what is compared or cut; bound what ``~`` joins."""
    for loop in list(template.find_all(nodes.For)):
        if loop.test is not None:
            loop.test = nodes.And(_filter(nodes.Const(1, lineno=loop.lineno), _PAY, _weight([loop.test])), loop.test)
    for compare in list(template.find_all(nodes.Compare)):
        for operand in compare.ops:
            operand.expr = _filter(operand.expr, _WEIGH)
    for item in list(template.find_all(nodes.Getitem)):
        if isinstance(item.arg, nodes.Slice):
            item.node = _filter(item.node, _WEIGH)
    _join(template)
    bodies: list[Any] = [template, *template.find_all((nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block))]
    for node in bodies:
        toll = nodes.Output([_filter(nodes.Const(Markup(""), lineno=node.lineno), _PAY, _weight(node.body))])
        node.body.insert(0, toll.set_lineno(node.lineno))


def _join(node: nodes.Node) -> None:
    for name, value in list(node.iter_fields()):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, nodes.Node):
                _join(child)
        if isinstance(value, nodes.Concat):
            setattr(node, name, _joined(value))
        elif isinstance(value, list):
            setattr(node, name, [_joined(one) if isinstance(one, nodes.Concat) else one for one in value])


def _joined(node: nodes.Concat) -> nodes.Filter:
    return _filter(nodes.List(node.nodes, lineno=node.lineno), _JOIN)


def _filter(node: nodes.Expr, name: str, *numbers: int) -> nodes.Filter:
    made = nodes.Filter(node, name, [nodes.Const(number) for number in numbers], [], None, None)
    made.set_lineno(node.lineno)
    return made


def _weight(body: list[Any]) -> int:
    """Steps for one turn of a body: one, and one more for every eight nodes in it."""
    return 1 + sum(1 for part in body for _ in _walk(part)) // 8


def _walk(node: nodes.Node) -> Iterable[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)
