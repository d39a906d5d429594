"""Mutation of Word and Excel files: the container, its parts, and the XML in them."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile

from benchmarks.fuzz import mutators

Parts = list[tuple[str, bytes]]


def opened(raw: bytes) -> Parts:
    """The parts of a package, in order."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def packed(parts: Parts) -> bytes:
    """A package of parts; equal parts give equal bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts:
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            archive._didModify = True  # type: ignore[attr-defined]  # noqa: SLF001
            info.compress_type = zipfile.ZIP_DEFLATED if len(content) > 100_000 else zipfile.ZIP_STORED
            if name in archive.NameToInfo:
                del archive.NameToInfo[name]  # two parts of one name are wanted, the warning is not
            archive.writestr(info, content)
    return out.getvalue()


def slim(raw: bytes) -> bytes:
    """A package without its picture and what else no reader looks at."""
    unread = rb"<Relationship [^>]*(?:thumbnail|customXml)[^>]*/>"
    return packed(
        [
            (name, re.sub(unread, b"", content) if name.endswith(".rels") else content)
            for name, content in opened(raw)
            if "thumbnail" not in name and "customXml" not in name
        ]
    )


def mutated(raw: bytes, rng: random.Random, main: str) -> bytes:
    """The package changed; ``main`` names the part that most changes go to."""
    if rng.random() < 0.15:
        return _container(raw, rng)
    parts = opened(raw)
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        _change(parts, rng, main)
        if not parts:
            break
    return packed(parts)


def _container(raw: bytes, rng: random.Random) -> bytes:
    match rng.randrange(5):
        case 0:
            return mutators.many(raw, rng)
        case 1:
            return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(600)
        case 2:  # a header that says something else of size, flags or method
            at = rng.choice([match.start() for match in re.finditer(b"PK\x01\x02", raw)] or [0])
            field, value = rng.choice(((8, 1), (10, 99), (10, 12), (20, 1), (24, 2**31 - 1), (24, 0), (42, 2**31)))
            size = 2 if field < 16 else 4
            return raw[: at + field] + struct.pack("<I", value)[:size] + raw[at + field + size :]
        case 3:
            return raw[: rng.randrange(len(raw))]
        case _:
            return rng.choice((b"", b"PK", rng.randbytes(100), raw + raw, raw[4:], b"<html>" + raw))


def _change(parts: Parts, rng: random.Random, main: str) -> None:
    heavy = [index for index, (name, _) in enumerate(parts) if name == main]
    index = rng.choice(heavy) if heavy and rng.random() < 0.75 else rng.randrange(len(parts))
    name, content = parts[index]
    match rng.randrange(20):
        case 0:
            del parts[index]
        case 1:
            parts.append((name, content[: len(content) // 2]))
        case 2:
            other = rng.randrange(len(parts))
            parts[index], parts[other] = (name, parts[other][1]), (parts[other][0], content)
        case 3:
            parts[index] = (rng.choice((name.upper(), "/" + name, "../" + name, name.replace("/", "\\"), "x")), content)
        case 4 | 5:
            parts[index] = (name, mutators.many(content, rng))
        case 6 if rng.random() < 0.1:
            parts.append((f"{name}.bin", bytes(5_000_000)))
        case 7:
            parts[index] = (name, b"")
        case _:
            text = content.decode("utf-8", "replace")
            parts[index] = (name, _markup(text, rng).encode("utf-8", "surrogatepass"))


DOCTYPES = (
    '<!DOCTYPE a [<!ENTITY x "甲">]>',
    '<!DOCTYPE a SYSTEM "file:///etc/passwd">',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>',
)


def _markup(text: str, rng: random.Random) -> str:  # noqa: C901 - one case a kind of change
    tags = [(match.start(), match.end()) for match in re.finditer(r"<[^>]*>", text)]
    words = [(match.start(1), match.end(1)) for match in re.finditer(r">([^<>]+)<", text)]
    values = [(match.start(1), match.end(1)) for match in re.finditer(r'="([^"]*)"', text)]
    pairs = [
        match.span() for match in re.finditer(r"<((?:w:)?[a-zA-Z]+)\b[^<>]*>(?:(?!</?\1\b).)*?</\1>", text[:60_000])
    ]
    match rng.randrange(14):
        case 0 | 1 | 2 | 3 if words:
            start, end = rng.choice(words)
            return text[:start] + _escaped(mutators.touched(text[start:end], rng), rng) + text[end:]
        case 4 | 5 if values:
            start, end = rng.choice(values)
            return text[:start] + _escaped(mutators.text_of(rng), rng).replace('"', "'") + text[end:]
        case 6 if tags:
            start, end = rng.choice(tags)
            return text[:start] + text[end:]
        case 7 if tags:
            start, end = rng.choice(tags)
            return text[:end] + text[start:end] * rng.choice((1, 3, 50, 400)) + text[end:]
        case 8 if pairs:
            start, end = rng.choice(pairs)
            return text[:end] + text[start:end] * rng.choice((1, 3, 50, 400)) + text[end:]
        case 9 if pairs:
            start, end = rng.choice(pairs)
            return text[:start] + text[end:]
        case 10 if len(pairs) > 1:
            (a, b), (c, d) = sorted(rng.sample(pairs, 2))
            return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:] if b <= c else text[:a] + text[b:]
        case 11:
            head = text.find("?>") + 2 if text.startswith("<?xml") else 0
            return text[:head] + rng.choice(DOCTYPES) + text[head:].replace("</w:t>", "&x;</w:t>", 1)
        case 12 if pairs:
            start, end = rng.choice(pairs)
            name = re.match(r"<([\w:]+)", text[start:]).group(1)  # type: ignore[union-attr]
            deep = rng.choice((5, 60, 300, 3_000))
            return text[:start] + f"<{name}>" * deep + text[start:end] + f"</{name}>" * deep + text[end:]
        case 13:
            return re.sub(
                r'encoding="[^"]*"', f'encoding="{rng.choice(("utf-16", "gbk", "x", "utf-7"))}"', text, count=1
            )
        case _:
            return mutators.touched(text, rng)


def _escaped(text: str, rng: random.Random) -> str:
    if rng.random() < 0.15:
        return text
    return text.replace("&", "&amp;").replace("<", "&lt;")


def words_of(raw: bytes, tag: str = "w:t") -> str:
    """All text a package holds in elements of one name, in every part, read by patterns alone."""
    found = []
    for name, content in opened(raw):
        if name.endswith(".xml"):
            found += re.findall(rf"<{tag}(?: [^>]*)?>([^<]*)</{tag}>", content.decode("utf-8", "replace"))
    return "".join(found).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
