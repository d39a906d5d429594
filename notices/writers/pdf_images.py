"""Pictures in a PDF file: JPEG as it is, everything else as its points, each picture once."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Iterator

import pydyf
from PIL import Image

from notices.errors import Problem, ProblemsError
from notices.typeset.model import PlacedFigure, PlacedPage

_SPACES = {"L": "/DeviceGray", "RGB": "/DeviceRGB"}


class Images:
    """The pictures of one file, by the name pages call them."""

    def __init__(self) -> None:
        self._known: dict[str, pydyf.Stream] = {}

    def __iter__(self) -> Iterator[tuple[str, pydyf.Stream]]:
        return iter(self._known.items())

    def __bool__(self) -> bool:
        return bool(self._known)

    @staticmethod
    def name(figure: PlacedFigure) -> str:
        """What pages call a picture: equal ones are one."""
        return f"Im{hashlib.sha256(figure.content).hexdigest()[:16]}"

    def meet(self, sheet: PlacedPage, file: pydyf.PDF) -> None:
        """Put the pictures of a page into the file.

        Raises:
            ProblemsError: one that cannot be read.
        """
        for figure in sheet.figures:
            name = self.name(figure)
            if name not in self._known:
                try:
                    self._known[name] = _stream(figure.content)
                except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
                    hint = "在画图软件里打开，另存成 PNG 或 JPEG，再插入"
                    raise ProblemsError([Problem("图片", 0, 0, "", f"图片读不出来（{error}）", hint)]) from None
                file.add_object(self._known[name])


def _stream(content: bytes) -> pydyf.Stream:
    """A picture as an object. What shows through is white behind it: paper."""
    with Image.open(io.BytesIO(content)) as image:
        extra = {"Type": "/XObject", "Subtype": "/Image", "Width": image.width, "Height": image.height}
        extra["BitsPerComponent"] = 8
        if image.format == "JPEG" and image.mode in _SPACES:
            extra |= {"ColorSpace": _SPACES[image.mode], "Filter": "/DCTDecode"}
            return _Ready(content, extra)
        seen = image.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        flat = Image.alpha_composite(paper, seen).convert("RGB")
    extra |= {"ColorSpace": "/DeviceRGB", "Filter": "/FlateDecode"}
    return _Ready(zlib.compress(flat.tobytes(), 6), extra)


class _Ready(pydyf.Stream):  # type: ignore[misc]  # pydyf has no types
    """A stream whose bytes are packed already."""

    def __init__(self, content: bytes, extra: dict[str, object]) -> None:
        super().__init__(extra=extra | {"Length": len(content)})
        self._content = content

    @property
    def data(self) -> bytes:
        """The object as the file has it."""
        head = pydyf.Dictionary(self.extra).data
        return b"\n".join((head, b"stream", self._content, b"endstream"))
