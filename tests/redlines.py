"""Small Word files for the redline's tests, made by hand so that every element in them is known."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

STYLES = f"""<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/></w:style>
<w:style w:type="paragraph" w:styleId="2"><w:name w:val="公文正文"/><w:basedOn w:val="a"/></w:style></w:styles>"""


def t(text, rpr=""):
    return f'<w:r>{f"<w:rPr>{rpr}</w:rPr>" if rpr else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content="", style="", extra=""):
    """A paragraph; a plain text becomes one run."""
    inner = content if content.startswith("<") else t(content) if content else ""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p>{f'<w:pPr>{named}{extra}</w:pPr>' if named or extra else ''}{inner}</w:p>"


def tbl(*rows, columns=None):
    """A table; every row a list of cells, every cell XML of its blocks or plain text."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc><w:tcPr/>{c if c.startswith('<') else p(c)}</w:tc>" for c in row) + "</w:tr>"
        for row in rows
    )
    grid = "<w:gridCol/>" * (columns or max(map(len, rows)))
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{made}</w:tbl>"


def docx(*blocks, parts=None, links=(), styles=STYLES, body=None):
    """A package around blocks; ``parts`` are more parts by name, ``links`` (id, kind, target, external?)."""
    inner = "".join(blocks) if body is None else body
    names = {
        "styles.xml": ("styles", styles),
        **{n: (n.split("/")[-1].split(".")[0], d) for n, d in (parts or {}).items()},
    }
    types = "".join(
        f'<Override PartName="/word/{n}" ContentType="{_WORD}.{kind}+xml"/>'
        for n, (kind, _) in names.items()
        if n.endswith(".xml")
    )
    relations = "".join(
        f'<Relationship Id="rId{kind}" Type="{R}/{kind}" Target="{n}"/>'
        for n, (kind, _) in names.items()
        if n.endswith(".xml") and "/" not in n
    ) + "".join(
        f'<Relationship Id="{i}" Type="{R}/{kind}" Target="{target}"{" TargetMode=" + chr(34) + "External" + chr(34) if out else ""}/>'
        for i, kind, target, out in links
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/><Override PartName="/word/document.xml" ContentType="{_WORD}.document.main+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><w:body>{inner}<w:sectPr/></w:body></w:document>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **{f"word/{n}": data for n, (_, data) in names.items()},
    }
    return zipped(files)


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), data)
    return out.getvalue()


def document_xml(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read("word/document.xml").decode()
