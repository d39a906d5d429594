"""Mutation of YAML by its tree, and an own reading of it to hold the product against."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import yaml

from benchmarks.fuzz import mutators

_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_Dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
_NOTHING = frozenset({"", "~", "null", "true", "false"})


def mutated(text: str, rng: random.Random) -> bytes:
    """The file, changed: as bytes, as lines, in its encoding, and most of all by its tree."""
    return mutators.choose(
        rng,
        (
            (2, lambda: mutators.many(text.encode(), rng)),
            (2, lambda: mutators.lines(text, rng).encode("utf-8", "surrogatepass")),
            (0.2, lambda: mutators.encoded(text, rng)),
            (0.4, lambda: _nested(text, rng)),
            (7, lambda: _by_tree(text, rng)),
        ),
    )


def valued(text: str, rng: random.Random) -> bytes:
    """The file with one value changed, so that most of the results are read."""
    root = yaml.compose(text, Loader=_Loader)
    scalars = [node for node, _, _ in _nodes(root) if isinstance(node, yaml.ScalarNode)]
    one = rng.choice(scalars)
    one.value = mutators.touched(one.value, rng)
    one.style = rng.choice((None, None, '"', "'"))
    return _written(root)


def _nested(text: str, rng: random.Random) -> bytes:
    rows = text.split("\n")
    at, deep = rng.randrange(len(rows)), rng.choice((20, 29, 31, 100, 149, 151, 1000, 20_000))
    more = rng.choice(("[" * deep, "{a: " * deep, "- " * deep, "[ # ]\n" * deep, "? " * deep, "[" * deep + "]" * deep))
    rows[at] = rows[at].partition(":")[0] + ": " + more
    return "\n".join(rows).encode()


def _by_tree(text: str, rng: random.Random) -> bytes:
    root = yaml.compose(text, Loader=_Loader)
    for _ in range(rng.choice((1, 1, 1, 1, 2, 3))):
        _change(root, rng)
    return _written(root)


def _written(root: yaml.Node) -> bytes:
    try:
        return yaml.serialize(root, Dumper=_Dumper, allow_unicode=True).encode("utf-8", "surrogatepass")
    except (yaml.YAMLError, RecursionError, UnicodeError):  # the tree cannot be written: then as bytes without meaning
        return b"id: testland\nyear: [\n"


def _nodes(root: yaml.Node) -> Iterator[tuple[yaml.Node, Any, int]]:
    """Every node with the list it stands in and its place there."""
    stack, seen = [root], set()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for index, (_, value) in enumerate(node.value):
                yield value, node, index
                stack.append(value)
        elif isinstance(node, yaml.SequenceNode):
            for index, value in enumerate(node.value):
                yield value, node, index
                stack.append(value)


def _change(root: yaml.Node, rng: random.Random) -> None:  # noqa: C901, PLR0912 - one case a kind of change
    found = list(_nodes(root))
    if not found:
        return
    node, parent, index = rng.choice(found)
    mapping = isinstance(parent, yaml.MappingNode)

    def put(value: yaml.Node) -> None:
        parent.value[index] = (parent.value[index][0], value) if mapping else value

    match rng.randrange(16):
        case 0 | 1 | 2 | 3 if isinstance(node, yaml.ScalarNode):
            node.value = mutators.touched(node.value, rng)
            node.style = rng.choice((None, None, '"', "'", "|", ">"))
        case 4 | 5:
            put(_scalar(mutators.text_of(rng), rng))
        case 6:
            put(yaml.SequenceNode("tag:yaml.org,2002:seq", [node] * rng.choice((0, 1, 2)), flow_style=True))
        case 7:
            put(yaml.MappingNode("tag:yaml.org,2002:map", [(_scalar("value", rng), node)], flow_style=True))
        case 8:
            put(rng.choice(found)[0])  # the same node twice: an anchor, or a tree that bites its tail
        case 9 if mapping:
            parent.value.insert(rng.randint(0, len(parent.value)), (parent.value[index][0], rng.choice(found)[0]))
        case 10 if mapping:
            parent.value[index] = (_scalar(mutators.touched(str(parent.value[index][0].value), rng), rng), node)
        case 11:
            del parent.value[index]
        case 12:
            rng.shuffle(parent.value)
        case 13:
            node.tag = rng.choice(("!x", "!!python/object:os.system", "tag:yaml.org,2002:binary", "!", "!!set"))
        case 14 if mapping:
            names = (
                "pending",
                "note",
                "cite",
                "say",
                "limit",
                "span",
                "extends",
                "value",
                "for",
                "strength",
                "accepted",
            )
            name = rng.choice(
                (*names, "label", "status", "items", "fields", "parts", "<<", "__class__", "model_config")
            )
            parent.value.append((_scalar(name, rng), _scalar(mutators.text_of(rng), rng)))
        case _:
            wrapped = node
            for _ in range(rng.choice((2, 8, 28, 40, 120))):
                wrapped = yaml.SequenceNode("tag:yaml.org,2002:seq", [wrapped], flow_style=True)
            put(wrapped)


def _scalar(text: str, rng: random.Random) -> yaml.ScalarNode:
    return yaml.ScalarNode("tag:yaml.org,2002:str", text, style=rng.choice((None, None, '"', "'")))


def leaves(raw: bytes) -> list[tuple[str, str]] | None:
    """Every value with its path, two equal keys as two; ``None`` where the file cannot be read at all."""
    try:
        root = yaml.compose(raw.decode("utf-8-sig"), Loader=_Loader)
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError):
        return None
    return [(path, node.value) for node, path in _scalars(root)]


def pieces(value: str) -> list[str]:
    """What of a value must be seen as it is: without its places for other values, without its blanks."""
    parts = re.split(r"\{[^{}]*\}", value)
    return [squeezed for part in parts if (squeezed := squeeze(part))]


def squeeze(text: str) -> str:
    """Without blanks: what is printed may be broken and spaced otherwise."""
    return re.sub(r"\s+", "", text)


def lost(raw: bytes, base: bytes, shown: str, kept: frozenset[str], *, new: bool = True) -> str:
    """The first changed value of a file that was accepted and is not among what the product shows, or nothing.

    ``kept`` are the paths whose values the product shows for the unchanged file: only those must be there, and with ``new``
    the values of keys the file did not have.
    """
    now, before = leaves(raw), dict(leaves(base) or ())
    if now is None:
        return "accepted, though no YAML can be read from it"
    for path, value in now:
        if path.startswith((".actors.", ".source.")):  # who is never named, and what the source is, need not be shown
            continue
        if (path in kept or (new and path not in before)) and before.get(path) != value:
            for piece in pieces(value):
                if piece not in shown and not _same_number(piece, shown):
                    return f"{path}: {piece[:60]!r} is nowhere in what is shown"
    return ""


def _same_number(piece: str, shown: str) -> bool:
    """Whether a number written in another way is there: 050 as 50, full-width as half-width."""
    if not re.fullmatch(r"-?\d+(\.\d+)?", piece):
        return False
    return any(Decimal(one) == Decimal(piece) for one in re.findall(r"-?\d+(?:\.\d+)?", shown)[:5_000])


def kept(base: bytes, shown: Callable[[bytes], str | bool]) -> frozenset[str]:
    """The paths of a file whose values the product shows: found by changing one after another.

    ``shown`` is what the product shows of a file, or False where it refuses it. A value nobody may change to
    something else is not looked for.
    """
    seen: dict[str, bool] = {}
    count, before = len(leaves(base) or ()), str(shown(base))
    for index in range(count):
        for change in (lambda text: text + "探", _other_digit):
            root = yaml.compose(base.decode(), Loader=_Loader)
            node, path = _leaf(root, index)
            node.value = change(node.value)
            if said := shown(_written(root)):
                there = all(piece in str(said) and piece not in before for piece in pieces(node.value))
                seen[path] = seen.get(path, True) and there
                break
    return frozenset(path for path, all_seen in seen.items() if all_seen)


def _other_digit(text: str) -> str:
    return re.sub(r"\d(?=\D*$)", lambda match: str(int(match[0]) % 8 + 1), text)


def _leaf(root: yaml.Node, wanted: int) -> tuple[yaml.ScalarNode, str]:
    return _scalars(root)[wanted]


def _scalars(root: yaml.Node | None) -> list[tuple[yaml.ScalarNode, str]]:
    found: list[tuple[yaml.ScalarNode, str]] = []
    stack: list[tuple[yaml.Node | None, str]] = [(root, "")]
    while stack and len(found) < 5_000:
        node, path = stack.pop()
        if isinstance(node, yaml.MappingNode):
            stack += [(value, f"{path}.{key.value}") for key, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            stack += [(value, f"{path}[]") for value in node.value]
        elif isinstance(node, yaml.ScalarNode) and not (node.style is None and node.value.lower() in _NOTHING):
            found.append((node, path))
    return found
