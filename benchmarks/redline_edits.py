"""Edits of a Word file, of many kinds: what an author, an office program or a converter does to it between two drafts."""

# ruff: noqa: ARG001 - every edit is called alike

from __future__ import annotations

import copy
import io
import random
import zipfile
from collections.abc import Callable
from typing import Any

from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MAIN = "word/document.xml"
Parts = dict[str, Any]
Edit = Callable[[Any, Parts, random.Random], bool]
_EDITS: dict[str, Edit] = {}


def edited(content: bytes, kind: str, seed: int) -> bytes | None:
    """A copy with one edit, or nothing where a file has nothing for that kind."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts: Parts = {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}
    if _MAIN not in parts:
        return None
    root = etree.fromstring(parts[_MAIN])
    body = root.find(f"{W}body")
    chance = random.Random(seed)  # noqa: S311 - no secret
    kinds = [chance.choice(KINDS[:-1]) for _ in range(8)] if kind == "several" else [kind]
    if body is None:
        return None
    done = [_EDITS[each](body, parts, chance) for each in kinds]
    if True not in done:
        return None
    parts[_MAIN] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def _edit(edit: Callable[..., bool]) -> Callable[..., bool]:
    _EDITS[edit.__name__] = edit
    return edit


def _make(xml: str) -> Any:
    return etree.fromstring(xml.replace(">", f' xmlns:w="{W[1:-1]}">', 1))


def _p(text: str) -> Any:
    return _make(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")


def _run(inner: str) -> Any:
    return _make(f"<w:r>{inner}</w:r>")


def _some(nodes: Any, chance: random.Random) -> Any:
    found = list(nodes)
    return chance.choice(found) if found else None


def _paras(body: Any) -> list[Any]:
    return [node for node in body.findall(f"{W}p") if node.find(f".//{W}sectPr") is None]


def _texts(parent: Any) -> list[Any]:
    return [node for node in parent.iter(f"{W}t") if node.text and len(node.text) > 3]


def _change(node: Any) -> bool:
    if node is None:
        return False
    words = node.text.split(" ")
    words[len(words) // 2] = "改2024年"
    node.text = " ".join(words)
    return True


@_edit
def word(body: Any, parts: Parts, chance: random.Random) -> bool:
    return _change(_some(_texts(body), chance))


@_edit
def cell(body: Any, parts: Parts, chance: random.Random) -> bool:
    return _change(_some((t for tc in body.iter(f"{W}tc") for t in _texts(tc)), chance))


@_edit
def insert(body: Any, parts: Parts, chance: random.Random) -> bool:
    body.insert(chance.randrange(max(1, len(body))), _p("新加的一段，2025年3月1日起施行。"))
    return True


@_edit
def append(body: Any, parts: Parts, chance: random.Random) -> bool:
    _paras(body)[-1].addnext(_p("最后加的一段。")) if _paras(body) else body.insert(0, _p("只有一段。"))
    return True


@_edit
def delete(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some(_paras(body)[:-1], chance)
    return node is not None and (body.remove(node) or True)


@_edit
def delete_last(body: Any, parts: Parts, chance: random.Random) -> bool:
    return len(_paras(body)) > 1 and (body.remove(_paras(body)[-1]) or True)


@_edit
def move(body: Any, parts: Parts, chance: random.Random) -> bool:
    nodes = _paras(body)
    if len(nodes) < 4:
        return False
    nodes[0].addprevious(chance.choice(nodes[2:]))
    return True


@_edit
def halves(body: Any, parts: Parts, chance: random.Random) -> bool:
    nodes = _paras(body)
    for node in nodes[len(nodes) // 2 : -1]:
        nodes[0].addprevious(node)
    return len(nodes) > 6


@_edit
def third(body: Any, parts: Parts, chance: random.Random) -> bool:
    nodes = _paras(body)
    for node in nodes[: len(nodes) // 3]:
        body.remove(node)
    return len(nodes) > 4


@_edit
def split(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some((p for p in _paras(body) if len(p.findall(f"{W}r")) > 1), chance)
    if node is None:
        return False
    twin = _make("<w:p></w:p>")
    for run in node.findall(f"{W}r")[1:]:
        twin.append(run)
    node.addnext(twin)
    return True


@_edit
def merge(body: Any, parts: Parts, chance: random.Random) -> bool:
    nodes = [
        p
        for p in _paras(body)
        if p.getnext() is not None and p.getnext().tag == f"{W}p" and p.getnext() in _paras(body)
    ]
    node = _some(nodes, chance)
    if node is None:
        return False
    following = node.getnext()
    node.extend(child for child in list(following) if child.tag != f"{W}pPr")
    body.remove(following)
    return True


@_edit
def row_in(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some(body.iter(f"{W}tr"), chance)
    return node is not None and (node.addnext(copy.deepcopy(node)) or True)


@_edit
def row_out(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some((r for r in body.iter(f"{W}tr") if len(r.getparent().findall(f"{W}tr")) > 1), chance)
    return node is not None and (node.getparent().remove(node) or True)


@_edit
def table_in(body: Any, parts: Parts, chance: random.Random) -> bool:
    grid = "<w:tblPr/><w:tblGrid><w:gridCol/><w:gridCol/></w:tblGrid>"
    cells = "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>格{n}</w:t></w:r></w:p></w:tc>" for n in range(2))
    body.insert(len(body) // 2, _make(f"<w:tbl>{grid}<w:tr>{cells}</w:tr></w:tbl>"))
    return True


@_edit
def table_out(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some(body.findall(f"{W}tbl"), chance)
    return node is not None and (body.remove(node) or True)


@_edit
def column_out(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some(
        (t for t in body.iter(f"{W}tbl") if all(len(r.findall(f"{W}tc")) > 1 for r in t.findall(f"{W}tr"))), chance
    )
    if node is None:
        return False
    for row in node.findall(f"{W}tr"):
        row.remove(row.findall(f"{W}tc")[-1])
    return True


@_edit
def bold(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some((r for r in body.iter(f"{W}r") if r.find(f"{W}t") is not None and r.find(f"{W}rPr") is None), chance)
    return node is not None and (node.insert(0, _make("<w:rPr><w:b/></w:rPr>")) or True)


@_edit
def centred(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some((p for p in body.iter(f"{W}p") if p.find(f"{W}pPr") is None), chance)
    return node is not None and (node.insert(0, _make('<w:pPr><w:jc w:val="center"/></w:pPr>')) or True)


@_edit
def restyled(body: Any, parts: Parts, chance: random.Random) -> bool:
    used = sorted({node.get(f"{W}val") for node in body.iter(f"{W}pStyle")})
    node = _some(body.iter(f"{W}pStyle"), chance)
    return len(used) > 1 and (node.set(f"{W}val", chance.choice(used)) or True)


@_edit
def unlinked(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some((h for h in body.iter(f"{W}hyperlink") if h.getparent().tag == f"{W}p"), chance)
    if node is None:
        return False
    for child in list(node):
        node.addprevious(child)
    node.getparent().remove(node)
    return True


@_edit
def link_text(body: Any, parts: Parts, chance: random.Random) -> bool:
    return _change(_some((t for h in body.iter(f"{W}hyperlink") for t in _texts(h)), chance))


@_edit
def code(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some((n for n in body.iter(f"{W}instrText") if n.text and n.text.strip()), chance)
    return node is not None and (setattr(node, "text", node.text.rstrip() + " \\x ") or True)


@_edit
def field_out(body: Any, parts: Parts, chance: random.Random) -> bool:
    """All fields become their text."""
    nodes = [r for r in body.iter(f"{W}r") if r.find(f"{W}fldChar") is not None or r.find(f"{W}instrText") is not None]
    for node in nodes:
        node.getparent().remove(node)
    return bool(nodes)


@_edit
def field_in(body: Any, parts: Parts, chance: random.Random) -> bool:
    """A field around some paragraphs."""
    nodes = _paras(body)
    if len(nodes) < 3 or list(body.iter(f"{W}fldChar")):
        return False
    first = chance.randrange(len(nodes) - 2)
    last = chance.randrange(first + 1, len(nodes))
    mark = '<w:fldChar w:fldCharType="{}"/>'
    at = 0 if nodes[first].find(f"{W}pPr") is None else 1
    codes = [mark.format("begin"), '<w:instrText> TOC \\o "1-3" </w:instrText>', mark.format("separate")]
    for offset, inner in enumerate(codes):
        nodes[first].insert(at + offset, _run(inner))
    nodes[last].append(_run(mark.format("end")))
    return True


@_edit
def in_field(body: Any, parts: Parts, chance: random.Random) -> bool:
    """A word, and a new paragraph, inside a field over paragraphs."""
    marks = [n for n in body.iter(f"{W}fldChar") if n.get(f"{W}fldCharType") in {"begin", "end"}]
    inner, depth = [], 0
    nodes = list(body.iter(f"{W}fldChar", f"{W}p"))
    for node in nodes if marks else ():
        if node.tag == f"{W}p":
            inner += [node] if depth else []
        else:
            depth += {"begin": 1, "end": -1}.get(node.get(f"{W}fldCharType"), 0)
    node = _some(inner, chance)
    if node is None:
        return False
    node.addprevious(_p("目录里新加的一行\t3"))
    _change(_some(_texts(node), chance))
    return True


@_edit
def picture_out(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some(
        (r for r in body.iter(f"{W}r") if r.find(f"{W}drawing") is not None or r.find(f"{W}pict") is not None), chance
    )
    return node is not None and (node.getparent().remove(node) or True)


@_edit
def picture_in(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some((p for p in _paras(body) if next(p.iter(f"{W}drawing", f"{W}pict"), None) is not None), chance)
    return node is not None and (node.addnext(copy.deepcopy(node)) or True)


@_edit
def note_out(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some(body.iter(f"{W}footnoteReference", f"{W}endnoteReference"), chance)
    return node is not None and (node.getparent().remove(node) or True)


@_edit
def note_text(body: Any, parts: Parts, chance: random.Random) -> bool:
    for name in ("word/footnotes.xml", "word/endnotes.xml"):
        if name in parts:
            root = etree.fromstring(parts[name])
            if _change(_some(_texts(root), chance)):
                parts[name] = etree.tostring(root)
                return True
    return False


@_edit
def control_out(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some(body.iter(f"{W}sdt"), chance)
    if node is None or node.find(f"{W}sdtContent") is None:
        return False
    for child in list(node.find(f"{W}sdtContent")):
        node.addprevious(child)
    node.getparent().remove(node)
    return True


@_edit
def control_in(body: Any, parts: Parts, chance: random.Random) -> bool:
    """A content control around a paragraph; now and then the last."""
    nodes = _paras(body)
    node = nodes[-1] if nodes and chance.random() < 0.5 else _some(nodes, chance)
    if node is None:
        return False
    control = _make('<w:sdt><w:sdtPr><w:tag w:val="t"/></w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>')
    node.addprevious(control)
    control[-1].append(node)
    return True


@_edit
def cell_control(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some((p for p in body.iter(f"{W}p") if p.getparent().tag == f"{W}tc"), chance)
    if node is None:
        return False
    control = _make('<w:sdt><w:sdtPr><w:tag w:val="c"/></w:sdtPr><w:sdtContent></w:sdtContent></w:sdt>')
    node.addprevious(control)
    control[-1].append(node)
    return True


@_edit
def margins(body: Any, parts: Parts, chance: random.Random) -> bool:
    node = _some(body.iter(f"{W}pgMar"), chance)
    return node is not None and (node.set(f"{W}top", "2222") or True)


@_edit
def remark(body: Any, parts: Parts, chance: random.Random) -> bool:
    """A comment and an instruction of XML among paragraphs and in a text."""
    body.insert(len(body) // 2, etree.Comment("note"))
    node = _some(_texts(body), chance)
    if node is not None:
        node.append(etree.Comment("inside"))
        node[-1].tail = "后文"
    body.insert(0, etree.ProcessingInstruction("app", "x"))
    return True


@_edit
def several(body: Any, parts: Parts, chance: random.Random) -> bool:
    return False


KINDS = list(_EDITS)
