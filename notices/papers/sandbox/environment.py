"""The sandbox every template runs in: somebody else's program, which must neither reach out nor run on.

Loops are counted, not timed: equal input ends equally on any machine. Each body of a template (of a loop, a macro, a
block, the template itself) pays for what stands in it whenever it is entered, each filter and method for the size of
what it is given and makes, all from one budget. An environment therefore serves one rendering.

What can be reached is a list of what is allowed, never of what is not (:meth:`Sandbox.member`): values of a view,
methods of texts and lists that make nothing but texts and numbers, a loop's own counters, a file's macros, and
functions by name (:class:`Function`). Nothing prints an address, a clock or the order of a set.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import wraps
from typing import Any

from jinja2 import TemplateSyntaxError, Undefined, nodes, pass_context
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, Context, LoopContext, Macro, TemplateReference, markup_join, str_join
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Namespace

from notices.papers.sandbox.allowed import EVERY_ENTRY, FILTERS, MEMBERS, MOST_SOURCE, Function, ReadOnly
from notices.papers.sandbox.limits import JOIN, PAY, WEIGH, charge

STEPS = 1_000_000
"""What one rendering may cost; an empty turn of a loop costs one."""
LONGEST = 100_000
"""Characters of a text, or entries of a list, that a template may make."""
PRINTED = 20_000_000
"""Characters a rendering may print, what it captures counted as well."""
_WIDEST = 10_000
"""A width, indent or number of digits a template may ask for."""

_WIDE = frozenset({"batch", "center", "format", "indent", "round", "slice", "tojson", "truncate", "wordwrap"})
_WIDE_FORMAT = re.compile(r"\d{5}|\*|\{[^{}]*\{")
"""A width of five digits, or one that is itself a value, in a format string."""


_HUGE = 10**18
"""A whole number a template may compute up to."""
_MADE = 20
"""Characters or entries that cost one step when a template makes them."""


class EndlessError(SecurityError):
    """A template that would run on, or grow, beyond any document."""


class _Context(Context):
    """Jinja's own, whose ``super`` prints no address."""

    def super(self, name: str, current: Callable[[Context], Iterator[str]]) -> Any:  # noqa: ANN401 - as inherited
        """The block that this one stands for."""
        found = super().super(name, current)
        return Function("super", found, found) if isinstance(found, BlockReference) else found


class Sandbox(ImmutableSandboxedEnvironment):
    """Jinja without arithmetic that grows, on one budget. Made anew for each rendering."""

    intercepted_binops = frozenset({"*", "**", "%", "+", "-", "/", "//"})
    context_class = _Context

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 - as inherited
        self._left, self._room = STEPS, PRINTED
        self._finalize: Callable[[object], object] | None = options.pop("finalize", None)
        super().__init__(finalize=self._weighed, **options)
        self.globals.clear()
        own: dict[str, Callable[..., Any]] = {"range": self._range, "namespace": Namespace, "dict": dict}
        self.globals |= {name: Function(name, function) for name, function in own.items()}
        self.equip({name: self.filters[name] for name in FILTERS})
        tests: dict[str, Any] = {**self.tests}
        self.tests = {name: self._guarded(name, each) for name, each in tests.items()}

    def equip(self, filters: dict[str, Callable[..., Any]]) -> None:
        """Have these filters, and no others."""
        tolls: dict[str, Callable[..., Any]] = {PAY: self._paid, WEIGH: self._operand, JOIN: self._joined}
        self.filters = {name: self._guarded(name, each) for name, each in filters.items()}
        self.filters |= tolls

    def pay(self, steps: int) -> None:
        """Take steps from the budget.

        Raises:
            EndlessError: nothing is left.
        """
        self._left -= steps
        if self._left < 0:
            raise EndlessError("循环次数太多，或要处理的内容太多")

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ANN401, ARG002
        """Numbers, short texts and lists are added, numbers taken from each other; nothing else is computed."""
        if operator not in {"+", "-"}:
            raise SecurityError(f"模板里不用 {operator} 运算，数值写在配置里")
        if not all(isinstance(each, str | int | float | list | tuple) for each in (left, right)):
            raise SecurityError(f"{operator} 只用于数、文字和列表")
        return self._bearable(left + right if operator == "+" else left - right)

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401 - as inherited
        """``obj.attribute``, as :meth:`member` allows."""
        return self.member(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:  # noqa: ANN401 - as inherited
        """``obj[argument]``: an entry of a list or mapping, else as :meth:`member` allows."""
        if isinstance(obj, dict | list | tuple | str | range):
            try:
                return obj[argument]
            except (TypeError, LookupError):
                pass
        if isinstance(argument, str):
            return self.member(obj, argument)
        return self.undefined(obj=obj if isinstance(obj, Undefined) else None, name=str(argument))

    def member(self, obj: Any, name: str) -> Any:  # noqa: ANN401 - whatever it is
        """What ``obj`` calls ``name``: a view's value, a macro of a file, an allowed method; else undefined.

        Raises:
            SecurityError: that cannot be asked of anything.
        """
        if name.startswith("_"):
            raise SecurityError(f"模板里不能用 {name}")
        if isinstance(obj, ReadOnly) and obj.has(name):
            return obj.value(name)
        if isinstance(obj, TemplateReference | TemplateModule | Namespace):
            return self._named(obj, name)
        if isinstance(obj, Function) and isinstance(obj.owner, BlockReference) and name == "super":
            parent = obj.owner.super
            return Function("super", parent, parent) if isinstance(parent, BlockReference) else parent
        if any(isinstance(obj, kind) and name in names for kind, names in MEMBERS):
            value = getattr(obj, name)
            value = self.wrap_str_format(value) or value
            return Function(name, value, obj) if callable(value) and not _plain(value) else value
        if isinstance(obj, dict) and name in obj:
            return obj[name]
        if obj is None or isinstance(obj, Undefined | ReadOnly | dict | Namespace | LoopContext):
            return self.undefined(hint=None if isinstance(obj, Undefined) else f"没有 {name} 这一项", name=name)
        raise SecurityError(f"这里不能用 .{name}")

    def _named(self, obj: Any, name: str) -> Any:  # noqa: ANN401
        """A block of the template, a macro of another file, a value of a namespace."""
        try:
            found = obj[name] if isinstance(obj, TemplateReference) else getattr(obj, name)
        except (AttributeError, LookupError):
            return self.undefined(hint=f"没有 {name} 这一项", name=name)
        return Function(name, found, found) if isinstance(found, BlockReference) else found

    def is_safe_callable(self, obj: Any) -> bool:  # noqa: ANN401 - as inherited
        """Functions by name, macros, and a loop that calls itself."""
        return isinstance(obj, Function | Macro | LoopContext | Undefined)

    def call(self, context: Context, obj: Any, /, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401
        """Call something, and pay for it; methods of texts and numbers can be asked for no great width."""
        if not self.is_safe_callable(obj):
            raise SecurityError("只能调用模板说明里的函数和自己的宏")
        self.pay(1)
        if not isinstance(obj, Function):
            return super().call(context, obj, *args, **kwargs)
        given = (*args, *kwargs.values())
        if isinstance(obj.owner, str):
            self._narrow(obj.name, obj.owner, given)
        if not isinstance(obj.owner, BlockReference):
            self.pay(_effort((obj.owner, *given)))
        return self._bearable(super().call(context, obj, *args, **kwargs))

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
        if len(source) > MOST_SOURCE:
            raise TemplateSyntaxError("模板太大", 1, name, filename)
        return super()._parse(source, name, filename)

    def _generate(self, source: nodes.Template, *args: Any, **kwargs: Any) -> str:  # noqa: ANN401 - as inherited
        charge(source)
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
        self.pay(sum(map(_size, values)) // 50)
        return self._bearable((markup_join if context.eval_ctx.autoescape else str_join)(values))

    def _weighed(self, value: object) -> object:
        if not (_plain(value) or isinstance(value, Undefined)) and self._finalize is None:
            raise SecurityError("这里要印的不是一个值")
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
            self.pay(1 + _effort(given) + (_size(given[0]) if name in EVERY_ENTRY and given else 0))
            made = function(*args, **kwargs)
            return self._bearable(self._taken(made) if isinstance(made, Iterator) else made)

        return guarded

    def _taken(self, entries: Iterator[Any]) -> list[Any]:
        """What a filter gives one by one, as a list, each entry paid for."""
        found = []
        for entry in entries:
            self.pay(1)
            found.append(entry)
        return found

    def _narrow(self, name: str, subject: object, given: tuple[Any, ...]) -> None:
        wide = name.startswith("format") and isinstance(subject, str) and _WIDE_FORMAT.search(subject)
        if wide or any(isinstance(each, int | float) and abs(each) > _WIDEST for each in given):
            raise EndlessError(f"{name} 的宽度太大，或不是写定的数")

    def _bearable(self, made: Any) -> Any:  # noqa: ANN401 - whatever it is
        size = _size(made)
        if size > LONGEST:
            raise EndlessError("拼出的文字或列表太长")
        if isinstance(made, int | float) and abs(made) > _HUGE:
            raise EndlessError("算出的数太大")
        self.pay(size // _MADE)
        return made


def _plain(value: object) -> bool:
    """Whether a value can be printed: a text, a number, a day, or a list of such."""
    return value is None or isinstance(value, _PRINTED) or hasattr(value, "__html__")


_PRINTED: tuple[type, ...] = (str, int, float, Decimal, date, list, tuple, dict, ReadOnly)


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | bytes | list | tuple | dict | set | frozenset | range) else 0


def _effort(given: tuple[Any, ...]) -> int:
    """Steps for work on some values: as the product of the two largest, what ``replace`` and ``join`` make of them."""
    sizes = sorted((_size(each) for each in given), reverse=True)
    return (sizes[0] + 1) * ((sizes[1] if len(sizes) > 1 else 0) + 1) // 10 if sizes else 0
