"""From editions to files: which documents, where they land, and the manifest that says what each came from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from notices import __version__, files
from notices.compose import Composed
from notices.coverage import checked
from notices.document import Document, Format
from notices.errors import MissingPartError, NotFoundError, Problem, ProblemsError
from notices.library import Edition, Library
from notices.profile import PaperKind
from notices.writers import docx, html, md

if TYPE_CHECKING:
    from notices.fonts import FontSet

MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Job:
    """One document of one edition to make."""

    edition: Edition
    kind: PaperKind

    @property
    def name(self) -> str:
        """``guangxi-2024/notice``."""
        profile = self.edition.profile
        return f"{profile.id}-{profile.year}/{self.kind}"


@dataclass(frozen=True)
class Made:
    """What one job made: the documents' place and what is still to be confirmed."""

    job: Job
    files: tuple[Path, ...]
    pendings: tuple[tuple[str, str], ...]


def jobs(library: Library, wanted: Sequence[str], kind: PaperKind | None) -> list[Job]:
    """The jobs for editions by name (none: every edition there is), of one kind or of all they have.

    Raises:
        NotFoundError: an unknown edition, or none of them issues that kind. ProblemsError: all problems of all files.
    """
    editions = _editions(library, list(dict.fromkeys(wanted)) or library.editions())
    found = [Job(edition, paper) for edition in editions for paper in edition.profile.papers if kind in {None, paper}]
    lacking = [job for job in editions if kind and kind not in job.profile.papers]
    if kind and (not found or (wanted and lacking)):
        has = "；".join(f"{e.profile.edition} 有 {'、'.join(e.profile.papers)}" for e in lacking)
        raise NotFoundError(f"没有 {kind} 这种文件：{has}")
    return found


def _editions(library: Library, wanted: Iterable[str]) -> list[Edition]:
    editions: list[Edition] = []
    problems: list[Problem] = []
    missing: list[str] = []
    for name in wanted:
        try:
            editions.append(library.load(name))
        except ProblemsError as error:
            problems += error.problems
        except NotFoundError as error:
            missing.append(str(error))
    if missing:
        raise NotFoundError("\n".join(missing))
    if problems:
        raise ProblemsError(problems)
    return list({edition.profile.edition: edition for edition in editions}.values())


class Press:
    """Turns documents into files of the wanted formats. Fonts are looked for once."""

    def __init__(self, library: Library, formats: Sequence[Format], fonts: Sequence[Path] = ()) -> None:
        self.library, self.formats = library, tuple(dict.fromkeys(formats))
        self.folders = tuple(fonts)
        self.fonts = self._fonts() if "pdf" in self.formats else None

    def _fonts(self) -> FontSet:
        from notices.fonts import find_fonts  # noqa: PLC0415 - fontTools is slow to import

        return find_fonts(self.folders)

    def bytes_of(self, document: Document, wanted: Format) -> bytes:
        """One document in one format."""
        return self._writer(document, wanted)(document)

    def _writer(self, document: Document, wanted: Format) -> Callable[[Document], bytes]:
        if wanted == "docx":
            return partial(docx.write, base=self._template(f"word/{document.layout}.docx"))
        if wanted == "html":
            return partial(html.write, css=self._template("web.css").decode())
        if wanted == "md":
            return md.write
        return partial(_pdf_writer(), fonts=self.fonts or self._fonts())

    def _template(self, name: str) -> bytes:
        path = self.library.template(name)
        if path is None:
            raise ProblemsError([Problem(f"templates/{name}", 0, 0, "", "缺少这个模板", "重新安装，或从原处复制一份")])
        return path.read_bytes()


def _pdf_writer() -> Callable[..., bytes]:
    """The PDF writer, imported late: WeasyPrint is slow to import and needs system libraries.

    Raises:
        MissingPartError: they are not there.
    """
    try:
        from notices.writers import pdf  # noqa: PLC0415
    except (ImportError, OSError) as error:
        hint = "运行 notices doctor 看缺什么；只要 Word 可加 --format docx"
        raise MissingPartError(f"PDF 排印需要的程序库不能用：{error}\n    → {hint}") from None
    return pdf.write


def build(press: Press, wanted: Sequence[Job], out: Path, *, sealed: bool = False) -> Iterator[Made]:
    """Render every job's files, one job a step, and write them all at the end with the manifest.

    Nothing is written before everything is composed, proven and rendered, so that files of two runs never mix.

    Raises:
        ProblemsError: all problems of all jobs. OutputError: a file that could not be written.
    """
    composed = _composed(press.library, wanted, sealed=sealed)
    entries: dict[str, Any] = {}
    contents: dict[Path, bytes] = {}
    for job, one in zip(wanted, composed, strict=True):
        made = []
        for wanted_format in press.formats:
            path = out / f"{job.name}.{wanted_format}"
            content = press.bytes_of(one.document, wanted_format)
            contents[path] = content
            entries[path.relative_to(out).as_posix()] = _entry(press, job, one, wanted_format, content)
            made.append(path)
        yield Made(job, tuple(made), one.pendings)
    for path, content in contents.items():
        files.write(path, content)
    _write_manifest(out, entries)


def _composed(library: Library, wanted: Sequence[Job], *, sealed: bool) -> list[Composed]:
    by_edition: dict[str, dict[PaperKind, Composed]] = {}
    problems: list[Problem] = []
    for job in wanted:
        name = job.edition.profile.edition
        if name in by_edition:
            continue
        try:
            by_edition[name] = checked(library, job.edition, sealed=sealed)
        except ProblemsError as error:
            by_edition[name] = {}
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return [by_edition[job.edition.profile.edition][job.kind] for job in wanted]


def _entry(press: Press, job: Job, composed: Composed, wanted: Format, content: bytes) -> dict[str, Any]:
    template = press.library.template(composed.template)
    return {
        "edition": job.edition.profile.edition,
        "kind": job.kind,
        "title": composed.document.title,
        "sha256": _sha(content),
        "profile": [{"file": press.library.name_of(p), "sha256": _sha(p.read_bytes())} for p in job.edition.sources],
        "template": {
            "file": f"templates/{composed.template}",
            "sha256": _sha(template.read_bytes()) if template else "",
        },
        "fonts": press.fonts.families() if wanted == "pdf" and press.fonts else {},
        "pending": [{"key": key, "what": what} for key, what in composed.pendings],
    }


def _write_manifest(out: Path, entries: dict[str, Any]) -> None:
    """What was made now, and what earlier runs made that is still there unchanged."""
    path = out / MANIFEST
    kept = {name: entry for name, entry in _known(path).items() if name not in entries and _same(out / name, entry)}
    listing = {"generator": f"notices {__version__}", "files": dict(sorted({**kept, **entries}.items()))}
    files.write(path, (json.dumps(listing, ensure_ascii=False, indent=2) + "\n").encode())


def _known(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_bytes())["files"]
    except (OSError, ValueError, KeyError, TypeError):  # none yet, or not ours: it is written anew
        return {}
    return found if isinstance(found, dict) else {}


def _same(path: Path, entry: object) -> bool:
    return isinstance(entry, dict) and path.is_file() and _sha(path.read_bytes()) == entry.get("sha256")


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
