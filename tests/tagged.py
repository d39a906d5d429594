"""The structure of a PDF file, read back and held to what must be true of every one."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET

from pypdf import PdfReader
from pypdf.generic import ContentStream

ARTIFACTS, SHOWING = "/Artifact", (b"Tj", b"f")
PRINTED = 4


def kids(element):
    found = element.get("/K", [])
    return [each.get_object() for each in (found if isinstance(found, list) else [found])]


def walk(element):
    yield element
    for each in kids(element):
        if not isinstance(each, int) and each.get("/S"):
            yield from walk(each)


def checked(content):
    """The elements of a file in order, once everything that holds for every file was looked at."""
    reader = PdfReader(io.BytesIO(content))
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"]
    assert catalog["/Lang"] == "zh-CN"
    assert reader.outline
    assert reader.metadata.title
    assert len(reader.trailer["/ID"]) == 2
    ET.fromstring(catalog["/Metadata"].get_object().get_data().decode("utf-8"))  # noqa: S314 - our own
    assert all(profile[36:40] == b"acsp" for profile in profiles(catalog))
    tree = catalog["/StructTreeRoot"]
    (root,) = kids(tree)
    numbers = tree["/ParentTree"]["/Nums"]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    pages = {page.indirect_reference.idnum: page for page in reader.pages}
    drawn = set()
    for page in reader.pages:
        assert page["/Tabs"] == "/S"
        open_ = []
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"BDC", b"BMC"):
                assert not open_, "one stretch inside another"
                open_.append(operands)
                if operands[0] != ARTIFACTS:
                    number = operands[1]["/MCID"]
                    assert owners[page["/StructParents"]][number].get_object()["/S"] == operands[0]
                    drawn.add((page.indirect_reference.idnum, number))
            elif operator == b"EMC":
                open_.pop()
            assert operator not in SHOWING or open_, "drawn, and neither tagged nor an artifact"
    elements = list(walk(root))
    told, leading = set(), set()
    for element in elements:
        for each in kids(element):
            if isinstance(each, int) or "/MCID" in each:
                inside = isinstance(each, int)
                place = (element if inside else each).raw_get("/Pg").idnum, each if inside else each["/MCID"]
                assert place not in told
                assert owners[pages[place[0]]["/StructParents"]][place[1]].get_object() == element
                told.add(place)
            elif each.get("/Type") == "/OBJR":
                leading.add((each.raw_get("/Pg").idnum, each.raw_get("/Obj").idnum))
                assert owners[each["/Obj"]["/StructParent"]].get_object() == element
                assert element["/S"] == "/Link"
            else:
                assert each["/P"].get_object() == element
    assert told == drawn
    assert leading == set(areas(reader))
    ranked(elements)
    return reader, elements


def profiles(catalog):
    """The colours a file is meant in; a report that WeasyPrint prints says none."""
    for intent in catalog.get("/OutputIntents", ()):
        yield intent["/DestOutputProfile"].get_object().get_data()


def areas(reader):
    """Where a page leads somewhere, each with a word on it."""
    for page in reader.pages:
        for each in page.get("/Annots", ()):
            area = each.get_object()
            assert area["/Contents"]
            assert area["/F"] == PRINTED
            assert ("/A" in area) != ("/Dest" in area)
            yield page.indirect_reference.idnum, each.idnum


def ranked(elements):
    """No rank of headings is left out, no row of a table is shorter than others; pictures have words, heads a reach."""
    assert all(element.get("/Alt") for element in elements if element["/S"] == "/Figure")
    heads = [element for element in elements if element["/S"] == "/TH"]
    assert all("/ID" in head or "/Scope" in head["/A"].get_object() for head in heads)
    ranks = [int(element["/S"][2:]) for element in elements if element["/S"][1:2] == "H"]
    assert all(after <= before + 1 for before, after in zip([0, *ranks], ranks, strict=False))
    for grid in (element for element in elements if element["/S"] == "/Table"):
        lines = [line for part in kids(grid) for line in (kids(part) if part["/S"] != "/TR" else [part])]
        reach = [
            sum(cell.get("/A", {}).get("/ColSpan", 1) * cell.get("/A", {}).get("/RowSpan", 1) for cell in kids(line))
            for line in lines
        ]
        assert sum(reach) % len(reach) == 0, "rows of unequal length"


def words(reader, elements):
    """The text in the order of the tree, each stretch as pypdf reads it between its operators."""
    shown = {}
    for page in reader.pages:
        number, font = None, None
        fonts = {name: unicode(each.get_object()) for name, each in page["/Resources"]["/Font"].items()}
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator == b"BDC":
                number = operands[1].get("/MCID")
            elif operator == b"Tf":
                font = fonts[operands[0]]
            elif operator == b"Tj" and number is not None:
                codes = operands[0].original_bytes
                text = "".join(font[codes[n : n + 2]] for n in range(0, len(codes), 2))
                key = page.indirect_reference.idnum, number
                shown[key] = shown.get(key, "") + text
    yield from _said(elements[0], shown)


def _said(element, shown):
    for each in kids(element):
        if isinstance(each, int):
            yield shown[element.raw_get("/Pg").idnum, each]
        elif "/MCID" in each:
            yield shown[each.raw_get("/Pg").idnum, each["/MCID"]]
        elif each.get("/S"):
            yield from _said(each, shown)


def unicode(font):
    """The character of every code of a font."""
    lines = font["/ToUnicode"].get_data().decode().splitlines()
    pairs = [line[1:-1].split("> <") for line in lines if "> <" in line and line != "<0000> <ffff>"]
    return {bytes.fromhex(code): bytes.fromhex(char).decode("utf-16-be") for code, char in pairs}
