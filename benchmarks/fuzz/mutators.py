"""Mutators that know nothing of the format: bytes, text, and values that have hurt somebody before."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

HIDDEN = (
    *("\u202e", "\u202a", "\u2066", "\u200b", "\u200d", "\ufeff", "\u00ad", "\u2028", "\u2029", "\u0085", "\x00"),
    *("\x01", "\x07", "\x1b", "\x7f", "\x0b", "\x0c", "\ue000", "\uf8ff", "\ufffe", "\uffff", "\ufdd0", "\u0378"),
    *("\U000e0041", "\U000f0000", "\U0010ffff", "\ufff9", "\u2060", "\u180e", "\ue100", "\ue101"),
)
"""Characters no page can print: bidi, zero-width, controls, private use, non-characters."""
ODD = (
    *(
        "\u3000",
        "\u00a0",
        "\u200a",
        "\u0301",
        "\u20e3",
        "𠮷",
        "㐀",
        "\U0001f600",
        "ﬁ",
        "½",
        "①",
        "Ⅷ",
        "０",
        "〇",
        "٣",
        "é",
        "ß",
    ),
    *(
        "\\",
        '"',
        "'",
        "<",
        ">",
        "&",
        "|",
        "*",
        "_",
        "`",
        "#",
        "{",
        "}",
        "%",
        "$",
        "~",
        "^",
        "=",
        "+",
        "-",
        "@",
        "\t",
        "\n",
    ),
    *("\r", "\u2000", "\ufe0f", "𝟑", "㎡", "℃", "́", "ｱ", "…", "—", "“", "”", "《", "》", "【", "】", "〔", "〕"),
)
NUMBERS = (
    *("0", "-0", "-1", "1", "2", "100", "101", "9999", "10000", "2147483648", "-9223372036854775809"),
    *("999999999999999999", "1" * 19, "9" * 400, "1e5", "1E400", "1e-400", "-1e99999", "NaN", "nan", ".nan", ".inf"),
    *(
        "-.inf",
        "Infinity",
        "0x10",
        "0o17",
        "0b1",
        "1_000",
        "1,000",
        "007",
        "+5",
        "5.",
        ".5",
        "50.00",
        "50.000000000001",
    ),
    *("3/4", "50%", "五十", "３０００", "١٢", "1 000", "--1", "2024.0", "１"),
)
DATES = (
    *("2024-02-30", "0000-01-01", "0001-01-01", "9999-12-31", "10000-01-01", "2024-13-01", "2024-5-1", "24-05-01"),
    *("2024-05-31T00:00:00", "2024-05-31T23:59:59Z", "2024-W01-1", "20240531", "2024-02-29", "2023-02-29", "12:30"),
    *("2024年5月31日", "04-15", "02-30", "13-01", "2024/05/31", "1582-10-10", "2024-05"),
)
WORDS = (
    *("", " ", "null", "~", "true", "no", "yes", "On", "{", "}", "{}", "{{", "}}", "{year}", "{value}", "{limit}"),
    *("{ref:plan}", "{ref:nothing}", "{attachment:summary}", "{attachment:nothing}", "{0}", "{0.__class__}", "{a b}"),
    *("{{ 7*7 }}", "{% raw %}", "{# x", "<b>", "</p>", "<script>", "&amp;", "&#0;", "&#xFFFE;", "&#8238;", "# 标题"),
    *("1. 项", "- 项", "* 项", "> 引", "```", "    缩进", "|a|b|", "[a](b)", "![a](b)", "**", "__x__", "\\", "---"),
    *(
        "第一条",
        "一、",
        "（一）",
        "../../etc/passwd",
        "/etc/passwd",
        "con",
        "a/b",
        "a\\b",
        "=1+1",
        "+cmd|x",
        "@SUM(A1)",
    ),
    *(
        "http://a b",
        "javascript:x",
        "%s",
        "%(a)s",
        "$x",
        "factory",
        "park",
        "summary",
        "office",
        "引言",
        "一",
        "甲" * 300,
    ),
    *("甲" * 20_000, "a" * 5_000, "，" * 500, "甲 " * 2_000, "\n" * 50, "附件1", "附件99", "《", "》", "《甲", "乙》"),
)


def text_of(rng: random.Random) -> str:
    """A value out of the collections above, now and then with something hidden in it."""
    kind = rng.choice((NUMBERS, DATES, WORDS, WORDS, ("甲乙丙",), ("标准",)))
    text = rng.choice(kind)
    if rng.random() < 0.25:
        at = rng.randint(0, len(text))
        text = text[:at] + rng.choice(rng.choice((HIDDEN, ODD))) + text[at:]
    return text


def touched(text: str, rng: random.Random) -> str:
    """A text with something small done to it."""
    at = rng.randint(0, len(text))
    match rng.randrange(7):
        case 0:
            return text[:at] + rng.choice(HIDDEN) + text[at:]
        case 1:
            return text[:at] + rng.choice(ODD) + text[at:]
        case 2:
            return text[:at] + text[at + rng.randint(1, 4) :]
        case 3:
            return text[:at] + text_of(rng) + text[at:]
        case 4:
            return text + text
        case 5 if any(char.isdigit() for char in text):
            place = rng.choice([index for index, char in enumerate(text) if char.isdigit()])
            return text[:place] + str((int(text[place]) + rng.randint(1, 9)) % 10) + text[place + 1 :]
        case _:
            return text_of(rng)


def _flip(raw: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([raw[at] ^ (1 << rng.randrange(8))]) + raw[at + 1 :]


def _set(raw: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(raw))
    return raw[:at] + bytes([rng.choice((0, 1, 9, 10, 13, 27, 32, 34, 60, 127, 128, 194, 254, 255))]) + raw[at + 1 :]


def _cut(raw: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(raw))
    return raw[:at] + raw[at + rng.choice((1, 1, 2, 3, 8, 40, 400)) :]


def _end(raw: bytes, rng: random.Random) -> bytes:
    return raw[: rng.randrange(len(raw))]


def _insert(raw: bytes, rng: random.Random) -> bytes:
    at = rng.randrange(len(raw) + 1)
    return raw[:at] + rng.choice((rng.randbytes(rng.randint(1, 8)), rng.choice(HIDDEN).encode())) + raw[at:]


def _double(raw: bytes, rng: random.Random) -> bytes:
    at, size = rng.randrange(len(raw)), rng.choice((1, 4, 20, 100, 1000))
    return raw[:at] + raw[at : at + size] * rng.choice((2, 2, 3, 10)) + raw[at + size :]


def _swap(raw: bytes, rng: random.Random) -> bytes:
    a, b = sorted((rng.randrange(len(raw)), rng.randrange(len(raw))))
    size = min(rng.choice((1, 4, 20, 100)), b - a)
    return raw[:a] + raw[b : b + size] + raw[a + size : b] + raw[a : a + size] + raw[b + size :]


_BYTES = (_flip, _set, _cut, _end, _insert, _double, _swap, _flip, _cut)


def many(raw: bytes, rng: random.Random) -> bytes:
    """One to a few changes of bytes."""
    for _ in range(rng.choice((1, 1, 1, 2, 3, 8))):
        if raw:
            raw = rng.choice(_BYTES)(raw, rng)
    return raw


def lines(text: str, rng: random.Random) -> str:
    """A change of whole lines, or of what ends and begins them."""
    rows = text.split("\n")
    a, b = rng.randrange(len(rows)), rng.randrange(len(rows))
    match rng.randrange(10):
        case 0:
            rows[a], rows[b] = rows[b], rows[a]
        case 1:
            rows.insert(a, rows[b])
        case 2:
            del rows[a]
        case 3:
            rows[a] = " " * rng.randint(1, 5) + rows[a]
        case 4:
            rows[a] = rows[a].lstrip()
        case 5:
            rows[a] = "\t" + rows[a]
        case 6:
            rows[a] = rows[a].translate(str.maketrans({":": "：", ",": "，", "[": "［", '"': "”"}))
        case 7:
            return rng.choice(("\r\n", "\r", "\u2028", "\x0b", "\n\n", "\n \n")).join(rows)
        case 8:
            rows[a] += rng.choice(("#", " # x", "…", " {", " [", " }", ":", ": a", " &a", " *a", "|", ">"))
        case _:
            rows[a] = touched(rows[a], rng)
    return "\n".join(rows)


def encoded(text: str, rng: random.Random) -> bytes:
    """In another encoding, or with marks of one."""
    form = rng.choice(("utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-32", "big5", "latin-1", "utf-7"))
    return text.encode(form, "replace")


def choose(rng: random.Random, weighted: Sequence[tuple[float, Callable[[], bytes]]]) -> bytes:
    """One of several ways, by weight."""
    return rng.choices([way for _, way in weighted], [weight for weight, _ in weighted])[0]()
