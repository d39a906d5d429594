"""What a PDF file says of itself as XMP, and the colours it is meant in: sRGB, by a profile that is made, not kept."""

from __future__ import annotations

import re
from functools import cache
from hashlib import md5

import pydyf
from markupsafe import escape
from PIL import ImageCms

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">
{about}
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""
_TITLE = '<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt></dc:title>'
_CREATOR = "<dc:creator><rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq></dc:creator>"
_ACCESSIBLE = "<pdfuaid:part>1</pdfuaid:part>"
_SRGB = "sRGB IEC61966-2.1"
_MADE = slice(24, 36)
"""Where a colour profile has the moment it was made (ICC.1, 7.2.8)."""
_DAY = (2000, 1, 1, 0, 0, 0)


def describe(file: pydyf.PDF, title: str, author: str, producer: str, *, accessible: bool) -> None:
    """Put metadata and output intent into a file; ``accessible`` says that it keeps to PDF/UA-1."""
    about = [_TITLE.format(escape(title))] + ([_CREATOR.format(escape(author))] if author else [])
    about += [_ACCESSIBLE] if accessible else []
    xmp = _XMP.format(about="\n".join(about), producer=escape(producer))
    metadata = pydyf.Stream([xmp.encode()], {"Type": "/Metadata", "Subtype": "/XML"})
    profile = pydyf.Stream([srgb()], {"N": 3}, compress=True)
    file.add_object(metadata)
    file.add_object(profile)
    intent = {
        "Type": "/OutputIntent",
        "S": "/GTS_PDFA1",
        "OutputConditionIdentifier": pydyf.String(_SRGB),
        "Info": pydyf.String(_SRGB),
        "DestOutputProfile": profile.reference,
    }
    file.catalog["Metadata"] = metadata.reference
    file.catalog["OutputIntents"] = pydyf.Array([pydyf.Dictionary(intent)])
    file.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    file.catalog["Lang"] = pydyf.String("zh-CN")


@cache
def srgb() -> bytes:
    """The colour profile; the moment it was made is left out, so that equal files stay equal."""
    content = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    content[_MADE] = b"".join(number.to_bytes(2, "big") for number in _DAY)
    return bytes(content)


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
