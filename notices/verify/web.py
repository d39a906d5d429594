"""HTML to paragraphs: what a browser would show, block by block."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from notices.verify.texts import Text, decoded
from notices.verify.zones import Para

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
        " h5 h6 header hr html legend li main nav ol p pre section table tbody td tfoot th thead tr ul option",
    )
)
_HIDDEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "select", "button"})
_VOID = frozenset({"br", "hr", "img", "input", "meta", "link", "wbr", "source", "col", "area", "base", "embed"})


def read(name: str, content: bytes) -> Text:
    """The text of a web page that was saved."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", content[:4096], re.IGNORECASE)
    text, notes = decoded(name, content, declared[1].decode("ascii") if declared else "")
    page = _Page()
    page.feed(text)
    page.close()
    page.end()
    return Text(name, tuple(page.paras), notes)


class _Page(HTMLParser):
    """Text gathered until a block begins or ends."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.paras: list[Para] = []
        self._held: list[str] = []
        self._hidden: list[str] = []
        self._line = 1

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        style = re.sub(r"\s", "", dict(attrs).get("style") or "")
        if tag in _HIDDEN or "display:none" in style or (self._hidden and tag == self._hidden[-1]):
            if tag not in _VOID:
                self._hidden.append(tag)
        elif tag == "br":
            self.end(whole=False)
        elif tag in _BLOCKS:
            self.end()

    def handle_endtag(self, tag: str) -> None:
        if self._hidden and tag == self._hidden[-1]:
            self._hidden.pop()
        elif tag in _BLOCKS:
            self.end()

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            if not self._held:
                self._line = self.getpos()[0]
            self._held.append(data)

    def end(self, *, whole: bool = True) -> None:
        """What was gathered is a paragraph."""
        text = " ".join("".join(self._held).split())
        if text:
            self.paras.append(Para(text, self._line, whole))
        self._held = []
