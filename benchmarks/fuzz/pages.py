"""Sources as web pages and PDF files, made from plain text and changed."""

from __future__ import annotations

import random
import re
from html import escape

from benchmarks.fuzz import mutators


def html(text: str) -> str:
    """A web page of lines."""
    body = "\n".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>通知</title></head>\n<body><div>\n{body}\n</div></body></html>\n'


_JUNK = (
    *(
        "<![foo[x]]>",
        "<!--",
        "-->",
        "<!DOCTYPE",
        "<![CDATA[甲]]>",
        "<?php x",
        "<script>",
        "</script>",
        "<style>",
        "<table>",
    ),
    *(
        "<tr><td colspan=99999999>",
        "<td rowspan=-1>",
        "</td></tr></table>",
        "<p",
        "<a href='",
        "<a href=x",
        "</",
        "<",
        "&",
    ),
    *("&#0;", "&#xFFFFFFFF;", "&#x110000;", "&#8238;", "&nosuch;", "&lt;p&gt;", "<br>", "<br/><br/>", "<div hidden>"),
    *(
        "<span style='display:none'>",
        "<svg><p>",
        "<math>",
        "<template>",
        "<noscript>",
        "<iframe>",
        "<textarea>",
        "<select>",
    ),
    *(
        "<meta charset=gbk>",
        "<base href=//x>",
        "<ol start=9><li>",
        "</body>",
        "</html>",
        "<plaintext>",
        "<frameset>",
        "\x00",
    ),
)


def broken_html(page: str, rng: random.Random) -> bytes:
    """A page changed."""
    return mutators.choose(
        rng,
        (
            (3, lambda: mutators.many(page.encode(), rng)),
            (1, lambda: mutators.lines(page, rng).encode("utf-8", "surrogatepass")),
            (0.7, lambda: mutators.encoded(page, rng)),
            (6, lambda: _tags(page, rng).encode("utf-8", "surrogatepass")),
        ),
    )


def _tags(page: str, rng: random.Random) -> str:
    tags = [match.span() for match in re.finditer(r"<[^>]*>", page)]
    start, end = rng.choice(tags)
    match rng.randrange(7):
        case 0:
            return page[:start] + page[end:]
        case 1:
            return page[:end] + rng.choice(_JUNK) + page[end:]
        case 2:
            return page[:end] + rng.choice(_JUNK) * rng.choice((2, 30, 1_000)) + page[end:]
        case 3:
            name = rng.choice(("div", "span", "b", "table", "ul><li", "font", "p", "blockquote"))
            return page[:end] + f"<{name}>" * rng.choice((10, 200, 1_200, 6_000)) + page[end:]
        case 4:
            junk = " ".join(
                f'{rng.choice(("id", "style", "on", "x"))}{n}="{mutators.text_of(rng)}"'
                for n in range(rng.choice((1, 50)))
            )
            return page[: end - 1] + " " + junk + page[end - 1 :]
        case 5:
            at = rng.randrange(len(page))
            return page[:at] + rng.choice(_JUNK) + page[at:]
        case _:
            other = rng.choice(tags)
            return page[:start] + page[slice(*other)] + page[end:]


def pdf(text: str) -> bytes:
    """A small PDF of lines: one font without a file, its characters named by a table, nothing compressed."""
    rows = [line for line in text.split("\n") if line.strip()]
    chars = sorted(set("".join(rows)))
    number = {char: index + 1 for index, char in enumerate(chars)}
    table = "".join(
        f"{len(chars[at : at + 100])} beginbfchar\n"
        + "".join(f"<{number[char]:04x}> <{char.encode('utf-16-be').hex()}>\n" for char in chars[at : at + 100])
        + "endbfchar\n"
        for at in range(0, len(chars), 100)
    )
    cmap = (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CMapName /X def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{table}endcmap\nend\nend\n"
    )
    pages = [rows[at : at + 40] for at in range(0, len(rows), 40)]
    first = 6
    bodies = {
        1: "<< /Type /Catalog /Pages 2 0 R >>",
        2: f"<< /Type /Pages /Kids [{' '.join(f'{first + 2 * n} 0 R' for n in range(len(pages)))}] /Count {len(pages)} >>",
        3: "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>",
        4: "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>",
        5: _stream(cmap),
    }
    for n, page in enumerate(pages):
        shown = "\n".join(
            f"BT /F1 12 Tf 1 0 0 1 {84 if row or n else 60} {780 - 18 * row} Tm <{''.join(f'{number[char]:04x}' for char in line)}> Tj ET"
            for row, line in enumerate(page)
        )
        bodies[first + 2 * n] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 2000 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {first + 2 * n + 1} 0 R >>"
        )
        bodies[first + 2 * n + 1] = _stream(shown)
    return _assembled({key: body.encode("latin-1") for key, body in sorted(bodies.items())})


def _stream(content: str) -> str:
    return f"<< /Length {len(content)} >>\nstream\n{content}\nendstream"


def _assembled(bodies: dict[int, bytes], trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.7\n", {}
    for key, body in bodies.items():
        places[key] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (key, body)
    start, most = len(out), max(bodies) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % most
    out += b"".join(b"%010d 00000 n \n" % places.get(key, 0) for key in range(1, most))
    return out + b"trailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (most, trailer, start)


def broken_pdf(raw: bytes, rng: random.Random) -> bytes:
    """A PDF changed: bytes, numbers and names in its objects, the objects, its end."""
    return mutators.choose(rng, ((3, lambda: mutators.many(raw, rng)), (6, lambda: _objects(raw, rng))))


_OPERANDS = (
    b"-1",
    b"0",
    b"99999999999",
    b"1e9",
    b"null",
    b"[]",
    b"<<>>",
    b"true",
    b"(x)",
    b"/X",
    b"1 0 R",
    b"2 0 R",
    b"5 0 R",
    b"999 0 R",
)
_TRAILERS = (
    b"/Encrypt 4 0 R ",
    b"/Prev 9 ",
    b"/Prev 0 ",
    b"/XRefStm 9 ",
    b"/Info 1 0 R ",
    b"/ID [<00> <00>] ",
    b"/Size -1 ",
)
_FILTERS = (
    b"/FlateDecode",
    b"/LZWDecode",
    b"/ASCIIHexDecode",
    b"/ASCII85Decode",
    b"/RunLengthDecode",
    b"/Crypt",
    b"[/FlateDecode /FlateDecode]",
)


def _objects(raw: bytes, rng: random.Random) -> bytes:
    found = re.findall(rb"(\d+) 0 obj\n(.*?)\nendobj\n", raw, re.DOTALL)
    bodies = {int(key): body for key, body in found}
    trailer = b""
    for _ in range(rng.choice((1, 1, 1, 2, 4))):
        key = rng.choice(list(bodies))
        body = bodies[key]
        head = body.partition(b"stream")[0]
        numbers = [match.span() for match in re.finditer(rb"-?\b\d+(?: 0 R)?\b", head)]
        names = [match.span() for match in re.finditer(rb"/\w+", head)]
        match rng.randrange(9):
            case 0 | 1 if numbers:
                a, b = rng.choice(numbers)
                bodies[key] = body[:a] + rng.choice(_OPERANDS) + body[b:]
            case 2 if names:
                a, b = rng.choice(names)
                bodies[key] = (
                    body[:a] + rng.choice((b"/X", b"/Type", b"/Kids", b"/Contents", b"/Filter", b"/W")) + body[b:]
                )
            case 3 if len(bodies) > 1:
                del bodies[key]
            case 4:
                bodies[key] = bodies[rng.choice(list(bodies))]
            case 5:
                bodies[key] = mutators.many(body, rng)
            case 6:
                bodies[key] = body.replace(b"<< ", b"<< /Filter " + rng.choice(_FILTERS) + b" ", 1)
            case 7:
                trailer = rng.choice(_TRAILERS)
            case _:
                bodies[key] = body.replace(
                    b" Tj",
                    rng.choice((b" TJ", b" '", b" Do", b' "', b" Tj Q Q", b" Tj q", b" sh")),
                    rng.choice((1, 99)),
                )
    return _assembled(bodies, trailer)
