"""The found faces as style of a page to be printed: named by their files, so that no others are embedded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from notices.typeset.fonts import ROLES, FontFace, FontSet, Role


class Faces:
    """The faces of a set, each under a name of our own."""

    def __init__(self, fonts: FontSet) -> None:
        self.fonts = fonts
        faces = dict.fromkeys(face for role in ROLES for face in fonts.chain(role))
        self._names = {face: f"face{number}" for number, face in enumerate(faces)}

    def stack(self, role: Role) -> str:
        """The families of a role: Latin letters, but of a title, then its own faces, then every other."""
        latin = [] if role == "title" else self.fonts.chain("latin")[:1]  # the figures of a title are of its own face
        first = [*latin, *self.fonts.chain(role)]
        return ", ".join(dict.fromkeys(self._names[face] for face in (*first, *self._names)))

    def style(self, places: Sequence[tuple[str, Role]]) -> str:
        """Style that names the files, and sets each place (a selector) in a role, whatever other style says."""
        rules = [
            f'@font-face {{ font-family: {name}; src: url("{_uri(face)}") }}' for face, name in self._names.items()
        ]
        rules += [f"{place} {{ font-family: {self.stack(role)} !important }}" for place, role in places]
        return "\n".join(rules) + "\n"

    def lacking(self, text: str) -> tuple[str, ...]:
        """The characters of a text that no face has: they would be printed as empty boxes."""
        return tuple(char for char in sorted(set(text)) if self._lacks(char))

    def _lacks(self, char: str) -> bool:
        return ord(char) > 127 and not char.isspace() and not self.fonts.face_for("body", char)


def _uri(face: FontFace) -> str:
    return Path(face.path).resolve().as_uri()
