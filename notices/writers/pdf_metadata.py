"""What a PDF file says of itself as XMP, the colours it is meant in, and the identifier made of its content."""

from __future__ import annotations

import re
from hashlib import md5

import pydyf
from markupsafe import escape

from notices import __version__
from notices.document.blocks import Document
from notices.writers.pdf_colours import NAME, srgb

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
{about}
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>'
_CREATOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"
_DATED = "<xmp:CreateDate>{0}</xmp:CreateDate>\n<xmp:ModifyDate>{0}</xmp:ModifyDate>"
_ACCESSIBLE = """<pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
"""Which part of ISO 14289 a file keeps to, and what that statement is (ISO 19005-2, 6.6.2.3.3)."""


def describe(file: pydyf.PDF, document: Document, *, accessible: bool) -> None:
    """Put properties, metadata and output intent into a file; ``accessible`` says that it keeps to PDF/UA-1.

    Its date is the document's, never that of the machine.
    """
    title, author, day = document.title or document.kind, document.author, document.dated
    producer = f"green-notices {__version__}"
    told = {"Producer": producer, "Title": title, "Author": author}
    file.info.update({name: pydyf.String(text) for name, text in told.items() if text})
    if day is not None:
        file.info["CreationDate"] = file.info["ModDate"] = pydyf.String(f"D:{day:%Y%m%d}")
    about = [_TITLE.format(escape(title))] + ([_CREATOR.format(escape(author))] if author else [])
    about += [_DATED.format(day.isoformat())] if day is not None else []
    about += [_ACCESSIBLE] if accessible else []
    xmp = _XMP.format(about="\n".join(about), producer=escape(producer))
    metadata = pydyf.Stream([xmp.encode()], {"Type": "/Metadata", "Subtype": "/XML"})
    profile = pydyf.Stream([srgb()], {"N": 3}, compress=True)
    file.add_object(metadata)
    file.add_object(profile)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String(NAME),
        "Info": pydyf.String(NAME),
        "DestOutputProfile": profile.reference,
    }
    file.catalog["Metadata"] = metadata.reference
    file.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
    file.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    file.catalog["Lang"] = pydyf.String("zh-CN")


def identified(content: bytes, start: int) -> bytes:
    """The file with an identifier made of its own content.

    Args:
        content: a file whose cross-references are a stream, its last object: nothing is moved by what is set in there.
        start: where that object begins.
    """
    digest = md5(content, usedforsecurity=False).hexdigest().encode()
    told = b"<</Type /XRef/ID [<%s> <%s>]" % (digest, digest)
    tail, count = re.subn(rb"<<\s*/Type\s*/XRef", lambda _: told, content[start:], count=1)
    if not count:
        raise ValueError("the cross-references of a PDF file are not where they were written")
    return content[:start] + tail
