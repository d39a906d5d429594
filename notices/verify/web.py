"""HTML to paragraphs: what a browser would show, block by block."""

from __future__ import annotations

import re
from typing import Any

from lxml import etree  # type: ignore[import-untyped]

from notices.verify.texts import ReadText, decoded, trouble
from notices.verify.zones import SourceText

_BLOCKS = frozenset(
    re.findall(
        r"\w+",
        "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4"
        " h5 h6 header hr html legend li main nav ol p pre section table tbody td tfoot th thead tr ul option",
    )
)
_HIDDEN = frozenset({"script", "style", "head", "noscript", "template", "svg", "select", "button"})


def read(name: str, content: bytes) -> ReadText:
    """The text of a web page that was saved."""
    declared = re.search(rb"charset\s*=\s*[\"']?\s*([\w-]+)", content[:4096], re.IGNORECASE)
    text, notes = decoded(name, content, declared[1].decode("ascii") if declared else "")
    page = _Page()
    root = _root(name, text)
    if root is not None:
        page.walk(root)
    page.end()
    if page.pictures:
        notes += (f"网页里有 {page.pictures} 张图，图里的文字没有读",)
    return ReadText(name, tuple(page.paras), notes)


def _root(name: str, text: str) -> Any:  # noqa: ANN401 - lxml elements have no types
    """The page as a tree. libxml2 reads what is broken in one pass; Python's own parser goes back for every piece."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(text.replace("\0", " ").encode("utf-8", "replace"), parser)
    except etree.XMLSyntaxError:  # nothing in it that is a page
        root = None
    if any("depth" in entry.message for entry in parser.error_log):  # libxml2 leaves out what is deeper
        raise trouble(name, "网页一层套一层，太深了", "在浏览器里打开，复制文字存为 .txt")
    return root


class _Page:
    """Text gathered until a block begins or ends."""

    def __init__(self) -> None:
        self.paras: list[SourceText] = []
        self.pictures = 0
        self._held: list[str] = []
        self._line = self._at = 1

    def walk(self, root: Any) -> None:  # noqa: ANN401
        """Everything a browser would show of a tree, without recursion: pages of strangers are deep."""
        steps = etree.iterwalk(root, events=("start", "end"))
        for event, node in steps:
            if event == "start":
                self._at = node.sourceline or self._at
                self._begin(node)
                if self._hides(node):
                    steps.skip_subtree()
                else:
                    self._data(node.text)
            else:
                if node.tag in _BLOCKS:
                    self.end()
                self._data(node.tail)

    @staticmethod
    def _hides(node: Any) -> bool:  # noqa: ANN401
        return node.tag in _HIDDEN or "display:none" in re.sub(r"\s", "", node.get("style") or "")

    def _begin(self, node: Any) -> None:  # noqa: ANN401
        if node.tag == "br":
            self.end(whole=False)
        elif node.tag == "img":
            self.pictures += 1
        elif node.tag in _BLOCKS:
            self.end()

    def _data(self, data: str | None) -> None:
        if data:
            if not self._held:
                self._line = self._at
            self._held.append(data)
            self._at += data.count("\n")

    def end(self, *, whole: bool = True) -> None:
        """What was gathered is a paragraph."""
        text = " ".join("".join(self._held).split())
        if text:
            self.paras.append(SourceText(text, self._line, whole))
        self._held = []
