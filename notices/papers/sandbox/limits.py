"""What each body of a template pays when it is entered: filters put into its tree before it is compiled."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from jinja2 import nodes
from markupsafe import Markup

PAY: Final = "#pay"
WEIGH: Final = "#weigh"
JOIN: Final = "#join"
"""Names no template can write."""


def charge(template: nodes.Template) -> None:
    """Put into every body, and loop's test, what it pays; weigh what is compared or cut; bound what ``~`` joins."""
    for loop in list(template.find_all(nodes.For)):
        if loop.test is not None:
            loop.test = nodes.And(_filter(nodes.Const(1, lineno=loop.lineno), PAY, _weight([loop.test])), loop.test)
    for compare in list(template.find_all(nodes.Compare)):
        for operand in compare.ops:
            operand.expr = _filter(operand.expr, WEIGH)
    for item in list(template.find_all(nodes.Getitem)):
        if isinstance(item.arg, nodes.Slice):
            item.node = _filter(item.node, WEIGH)
    _join(template)
    bodies: list[Any] = [template, *template.find_all((nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block))]
    for node in bodies:
        toll = nodes.Output([_filter(nodes.Const(Markup(""), lineno=node.lineno), PAY, _weight(node.body))])
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
    return _filter(nodes.List(node.nodes, lineno=node.lineno), JOIN)


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
