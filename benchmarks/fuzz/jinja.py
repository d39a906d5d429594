"""Templates out of a grammar: expressions and statements over what a template may name, and over what it may not."""

from __future__ import annotations

import random
import re

from benchmarks.fuzz import mutators

_NAMES = (
    *(
        "p",
        "a",
        "year",
        "p.id",
        "p.papers.notice",
        "p.deadlines['city-to-province']",
        "p.categories",
        "p.contacts.office",
        "p.offered",
    ),
    *(
        "p.deadlines",
        "p.source",
        "p.edition",
        "p.exclusions",
        "loop",
        "self",
        "x",
        "y",
        "varargs",
        "caller",
        "none",
        "true",
    ),
    *(
        "nothing",
        "namespace",
        "dict",
        "range",
        "cycler",
        "joiner",
        "lipsum",
        "p.attachments.summary",
        "p.papers.notice.issued",
    ),
)
_FUNCTIONS = (
    *(
        "facts",
        "say",
        "phrase",
        "exclusion",
        "rules",
        "offered",
        "ref",
        "actor",
        "attachment",
        "attachments",
        "occasion",
    ),
    *(
        "attached",
        "channel",
        "when",
        "material",
        "contact",
        "contact_lines",
        "clause",
        "bound",
        "chinese",
        "copies",
        "day",
    ),
    *("joined", "month_day", "number", "reference", "years", "range", "dict", "namespace"),
)
_FILTERS = (
    *(
        "join",
        "list",
        "length",
        "first",
        "last",
        "upper",
        "lower",
        "string",
        "int",
        "float",
        "default",
        "d",
        "sort",
        "unique",
    ),
    *(
        "map",
        "select",
        "reject",
        "selectattr",
        "rejectattr",
        "groupby",
        "dictsort",
        "items",
        "max",
        "min",
        "sum",
        "slice",
    ),
    *(
        "batch",
        "reverse",
        "round",
        "replace",
        "trim",
        "truncate",
        "wordcount",
        "wordwrap",
        "indent",
        "center",
        "format",
    ),
    *(
        "tojson",
        "escape",
        "safe",
        "title",
        "capitalize",
        "attr",
        "pprint",
        "random",
        "xmlattr",
        "urlize",
        "filesizeformat",
        "e",
    ),
)
_ATTRIBUTES = (
    *(
        "name",
        "title",
        "date",
        "value",
        "label",
        "cite",
        "say",
        "by",
        "to",
        "values",
        "items",
        "keys",
        "get",
        "upper",
        "format",
    ),
    *(
        "strftime",
        "year",
        "month",
        "isoformat",
        "split",
        "replace",
        "join",
        "startswith",
        "index",
        "previtem",
        "first",
        "last",
    ),
    *(
        "__class__",
        "__dict__",
        "__init__",
        "model_dump",
        "_of",
        "opened",
        "parse_raw",
        "copy",
        "pop",
        "append",
        "person",
        "phone",
    ),
)
_TESTS = (
    "defined",
    "none",
    "string",
    "mapping",
    "sequence",
    "equalto(1)",
    "in [1]",
    "callable",
    "odd",
    "divisibleby(0)",
    "sameas(p)",
)
_ENDS = ("", "\n", "\n\n", "。", " ")


def expression(rng: random.Random, depth: int = 0) -> str:  # noqa: C901, PLR0912 - one case a kind of expression
    """A random expression."""

    def more() -> str:
        return expression(rng, depth + 1)

    if depth > 4:
        return rng.choice(_NAMES)
    match rng.randrange(16):
        case 0 | 1:
            return rng.choice(_NAMES)
        case 2:
            return rng.choice(
                ("0", "1", "-1", "10**6", "999999999999", "1.5", "1e308", "[]", "{}", "''", "()", "[1, 2]")
            )
        case 3:
            return repr(mutators.text_of(rng)[:200])
        case 4 | 5:
            return f"{more()}.{rng.choice(_ATTRIBUTES)}"
        case 6:
            return f"{more()}[{more()}]"
        case 7 | 8:
            return f"{rng.choice(_FUNCTIONS)}({', '.join(more() for _ in range(rng.randrange(3)))})"
        case 9 | 10:
            inside = ", ".join(more() for _ in range(rng.randrange(3)))
            return f"({more()}|{rng.choice(_FILTERS)}{f'({inside})' if inside else ''})"
        case 11:
            return f"({more()} {rng.choice(('+', '-', '*', '/', '//', '%', '**', '~', '==', '<', 'in', 'and', 'or'))} {more()})"
        case 12:
            return f"({more()} is {rng.choice(('', 'not '))}{rng.choice(_TESTS)})"
        case 13:
            return f"({more()} if {more()} else {more()})"
        case 14:
            return f"[{', '.join(more() for _ in range(rng.randrange(4)))}]"
        case _:
            return f"{more()}({', '.join(more() for _ in range(rng.randrange(3)))})"


def statement(rng: random.Random, depth: int = 0) -> str:  # noqa: C901 - one case a kind of statement
    """A random piece of a template."""

    def inner() -> str:
        return statement(rng, depth + 1) if depth < 4 else "甲"

    match rng.randrange(16):
        case 0 | 1 | 2 | 3 | 4:
            return "{{ " + expression(rng) + " }}" + rng.choice(_ENDS)
        case 5:
            return f"{{% for x in {expression(rng)} %}}{inner()}{{% endfor %}}"
        case 6:
            return f"{{% if {expression(rng)} %}}{inner()}{{% else %}}{inner()}{{% endif %}}"
        case 7:
            return f"{{% set x = {expression(rng)} %}}{inner()}"
        case 8:
            return f"{{% macro m(x, y=1) %}}{inner()}{{% endmacro %}}{{{{ m({expression(rng)}) }}}}"
        case 9:
            return f"{{% for x in range({rng.choice((3, 1_000, 60_000, 10**9))}) %}}{inner()}{{% endfor %}}"
        case 10:
            return rng.choice(
                ("{% include 'notice.md.j2' %}", "{% include '../x' %}", "{% import 'x' as y %}", "{% extends p.id %}")
            )
        case 11:
            return rng.choice(("# ", "## ", "### ", "1. ", "- ", "> ", "|", "```\n")) + mutators.text_of(rng)[
                :400
            ].replace("{", "")
        case 12:
            return mutators.text_of(rng)
        case 13:
            return f"{{% set x = namespace(n=[]) %}}{{% for y in range(900) %}}{{% set x.n = x.n + [{expression(rng)}] %}}{{% endfor %}}"
        case 14:
            return ("{% if true %}" * (deep := rng.choice((5, 18, 30, 99)))) + inner() + "{% endif %}" * deep
        case _:
            return inner() + rng.choice(_ENDS) + inner()


def mutated(text: str, rng: random.Random) -> str:
    """A template with bytes, lines, or what stands in its braces changed."""
    match rng.randrange(8):
        case 0:
            return mutators.many(text.encode("utf-8", "surrogateescape"), rng).decode("utf-8", "surrogateescape")
        case 1:
            return mutators.lines(text, rng)
        case 2 | 3 | 4:
            spans = [match.span() for match in re.finditer(r"\{\{.*?\}\}|\{%.*?%\}", text)]
            start, end = rng.choice(spans or [(0, 0)])
            return text[:start] + rng.choice((statement(rng), "", text[start:end] * 2)) + text[end:]
        case _:
            places = [match.end() for match in re.finditer(r"\{% block \w+ %\}\n|\n\n", text)]
            at = rng.choice(places or [0])
            return text[:at] + statement(rng) + rng.choice(_ENDS) + text[at:]
