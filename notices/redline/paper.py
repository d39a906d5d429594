"""The 花脸稿 as PDF: the same page, printed. It is a working paper, not an official one: no grid of 22 by 28."""

from __future__ import annotations

from notices.errors import MissingPartError, Problem, ProblemsError
from notices.redline.page import page
from notices.redline.summary import Summary
from notices.redline.view import View
from notices.typeset.fonts import ROLES, FontSet, Role


def paper(seen: View, told: Summary, names: tuple[str, str], fonts: FontSet, *, front: bool = False) -> bytes:
    """The PDF file.

    Raises:
        MissingPartError: the system libraries WeasyPrint needs are not there.
        ProblemsError: characters no face has; they would be printed as empty boxes.
    """
    try:
        from weasyprint import HTML  # noqa: PLC0415 - slow, and may not be installed in full
    except (ImportError, OSError) as error:
        hint = "运行 notices doctor 看缺什么；只要 Word 或网页可用 --format docx 或 html"
        raise MissingPartError(f"PDF 排印需要的程序库不能用：{error}\n    → {hint}") from None
    _refuse_unprintable(seen, fonts)
    html = page(seen, told, names, front=front, faces=_faces(fonts))
    return bytes(HTML(string=html.decode()).write_pdf())


def _faces(fonts: FontSet) -> str:
    """Style that names the files of the faces, each role's own first, then every other face for what it lacks."""
    faces = [face for role in ROLES for face in fonts.chain(role)]
    names = {face: f"face{number}" for number, face in enumerate(dict.fromkeys(faces))}
    files = ((name, face.path.resolve().as_uri()) for face, name in names.items())
    rules = [f'@font-face {{ font-family: {name}; src: url("{file}") }}' for name, file in files]

    def stack(role: Role) -> str:
        first = [*fonts.chain("latin")[:1], *fonts.chain(role)]
        return ", ".join(dict.fromkeys(names[face] for face in (*first, *faces)))

    places: tuple[tuple[str, Role], ...] = (("html", "body"), (".heading", "hei"), (".legend, .summary", "song"))
    rules += [f"{place} {{ font-family: {stack(role)} !important }}" for place, role in places]
    return "\n".join(rules) + "\n"


def _refuse_unprintable(seen: View, fonts: FontSet) -> None:
    lacking = {
        char: line.text[:30]
        for line in seen.lines()
        for char in line.text
        if char.isprintable() and not char.isspace() and not fonts.face_for("body", char)
    }
    if lacking:
        hint = "安装有这个字的字体，或改用 --format docx、html"
        raise ProblemsError(
            Problem("花脸稿", 0, 0, "", f"字符“{char}”（U+{ord(char):04X}）在所有可用字体里都没有：“{text}”", hint)
            for char, text in lacking.items()
        )
