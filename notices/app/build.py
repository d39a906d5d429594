"""From editions to files: which documents, where they land, and the manifest that says what each came from."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, TypeVar

from notices import __version__, files, programmes
from notices.document.blocks import AttachmentList, Document, Format, open_values, plain
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.library import Edition, Library
from notices.papers.bundle import bound, imprint_even
from notices.papers.compose import Composed
from notices.papers.coverage import checked
from notices.profile import PaperKind
from notices.profile.yamlfile import content
from notices.rendering.renderer import Press, attachment, own_form, withheld
from notices.writers.table import TABLES, sets_faces

if TYPE_CHECKING:
    from notices.forms.catalogue import Catalogue, Sheet

_Result = TypeVar("_Result")

MANIFEST = "manifest.json"
JobKind: TypeAlias = Literal["notice", "rules", "forms", "bundle"]


@dataclass(frozen=True)
class Job:
    """One document of one edition to make: a paper, an attachment (``sheet``), or all bound together.

    ``even``: its imprint stands on an even page.
    """

    edition: Edition
    kind: JobKind
    sheet: Sheet | None = None
    even: bool = False

    @property
    def name(self) -> str:
        """``guangxi-2024/notice``, ``guangxi-2024/forms/01-summary``."""
        profile = self.edition.profile
        inside = f"forms/{self.sheet.name}" if self.sheet else self.kind
        return f"{profile.id}-{profile.year}/{inside}"

    def outputs(self, wanted: Sequence[Format], library: Library) -> tuple[Format, ...]:
        """Which of the wanted formats it is made in.

        Only attachments that are tables are spreadsheets; one on the office's own Word form is nothing else besides.
        """
        spread = self.sheet is not None and self.sheet.attachment.kind in {"table", "list"}
        own = self.sheet is not None and own_form(library, self.sheet) is not None
        kept = {"docx", TABLES} if own else set(wanted)
        return tuple(one for one in wanted if one in kept and (one != TABLES or spread))


@dataclass(frozen=True)
class Product:
    """What a job prints, and what it came from."""

    document: Document
    templates: tuple[str, ...]
    pendings: tuple[tuple[str, str], ...]
    attached: frozenset[str] = frozenset()
    """By their names, the attachments that ``pendings`` tells of."""
    supplied: tuple[tuple[str, str], ...] = ()
    """(附件3, title) of attachments the office adds itself; a bundle lacks their pages."""


@dataclass(frozen=True)
class Made:
    """What one job made: the documents' place and what is still to be confirmed."""

    job: Job
    files: tuple[Path, ...]
    pendings: tuple[tuple[str, str], ...]
    attached: frozenset[str] = frozenset()
    warnings: tuple[Problem, ...] = ()


def jobs(library: Library, wanted: Sequence[str], kinds: Collection[JobKind], *, even: bool = False) -> list[Job]:
    """The jobs for editions by name (none: every edition there is), of the kinds they have; ``even``: of all imprints.

    Raises:
        NotFoundError: an unknown edition, or one that lacks the only kind wanted. ProblemsError: all problems.
    """
    editions = _editions(library, list(dict.fromkeys(wanted)) or library.editions())
    shelf = _shelf(library) if "forms" in kinds else None
    by_edition = _gathered([partial(_jobs, edition, shelf, kinds) for edition in editions])
    found = [job for made in by_edition for job in made]
    lacking = [e for e, made in zip(editions, by_edition, strict=True) if not made]
    if not found or (wanted and lacking):
        has = "；".join(f"{e.profile.edition} 有 {'、'.join(e.profile.papers)}" for e in lacking)
        raise NotFoundError(f"没有 {'、'.join(kinds)} 这种文件：{has}")
    return [replace(job, even=even) for job in found]


def _shelf(library: Library) -> Catalogue:
    from notices.forms.catalogue import Catalogue  # noqa: PLC0415 - papers alone need no forms

    return Catalogue(library)


def _jobs(edition: Edition, shelf: Catalogue | None, kinds: Collection[JobKind]) -> list[Job]:
    found = [Job(edition, paper) for paper in edition.profile.papers if paper in kinds]
    if shelf is not None:
        found += [Job(edition, "forms", sheet) for sheet in shelf.sheets(edition)]
    if "bundle" in kinds and "notice" in edition.profile.papers:
        found.append(Job(edition, "bundle"))
    return found


def _gathered(steps: Iterable[Callable[[], _Result]]) -> list[_Result]:
    """The results of all steps, or the problems of all of them at once."""
    results: list[_Result] = []
    problems: list[Problem] = []
    for step in steps:
        try:
            results.append(step())
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(list(dict.fromkeys(problems)))
    return results


def _editions(library: Library, wanted: Iterable[str]) -> list[Edition]:
    names: list[str] = []
    missing: list[str] = []
    for name in wanted:
        try:
            names.append(library.resolve(name))
        except NotFoundError as error:
            missing.append(str(error))
    if missing:
        raise NotFoundError("\n".join(missing))
    return _gathered([partial(library.load, name) for name in dict.fromkeys(names)])


def build(
    press: Press, wanted: Sequence[Job], out: Path, *, sealed: bool = False, notes: bool = False
) -> Iterator[Made]:
    """Render every job's files, one job a step, and write them all at the end with the manifest.

    With ``notes`` each paper in Word has a copy beside it with where every paragraph comes from.
    Nothing is written before everything is composed, proven and rendered, so that files of two runs never mix.

    Raises:
        ProblemsError: all problems of all jobs. OutputError: a file that could not be written.
    """
    products = _products(press.library, wanted, sealed=sealed)
    entries: dict[str, Any] = {}
    contents: dict[Path, bytes] = {}
    for job, product in zip(wanted, products, strict=True):
        made: list[Path] = []
        for output in job.outputs(press.formats, press.library):
            path = out / f"{job.name}.{output}"
            content = _content(press, job, product, output)
            new = {path: content}
            if notes and output == "docx" and job.kind in job.edition.profile.papers:
                new[out / f"{job.name}.annotated.docx"] = _annotated(content, job, product)
            for each, written in new.items():
                entries[each.relative_to(out).as_posix()] = _entry(press, job, product, output, written)
            contents |= new
            made += new
        told = withheld(press.library, job.sheet, press.formats) if job.sheet else []
        told += [_lacking(job, label, title) for label, title in product.supplied]
        yield Made(job, tuple(made), product.pendings, product.attached, tuple(told))
    for path, content in contents.items():
        files.write(path, content)
    _write_manifest(out, entries)


def rendered(press: Press, job: Job, output: Format, *, sealed: bool = False, draft: bool = False) -> bytes:
    """One document of one edition in one format; nothing is written. ``draft``: marked as one whatever it says.

    Raises:
        ProblemsError: everything wrong with the edition's papers, or with the form.
    """
    (product,) = _products(press.library, [job], sealed=sealed)
    if draft:
        product = replace(product, document=replace(product.document, draft=True))
    return _content(press, job, product, output)


def _lacking(job: Job, label: str, title: str) -> Problem:
    message = f"{label}《{title}》由本单位另附，没有装订在内"
    return Problem(job.edition.file, 0, 0, "", message, f"印发时自行附上，放在{label}的位置", severity="warning")


def waiting(made: Iterable[Made]) -> dict[str, Counter[str]]:
    """What is still to be confirmed by edition: a profile's open values by name, an attachment's places by its file.

    What a bundle prints is counted once with the papers and attachments it binds.
    """
    counts: dict[str, Counter[str]] = {}
    for one in made:
        found = counts.setdefault(one.job.edition.profile.edition, Counter())
        found |= Counter(f"附件 {key}" if key in one.attached else what for key, what in one.pendings)
    return {edition: +found for edition, found in counts.items() if +found}


def _content(press: Press, job: Job, product: Product, output: Format) -> bytes:
    if job.sheet is not None:
        return attachment(press, job.sheet, product.document, output)
    assert output != TABLES  # noqa: S101 - only attachments have this output
    return press.bytes_of(product.document, output)


def _annotated(content: bytes, job: Job, product: Product) -> bytes:
    from notices.papers.annotate import annotated  # noqa: PLC0415 - python-docx is slow to import

    return annotated(content, product.document, job.edition)


def _products(library: Library, wanted: Sequence[Job], *, sealed: bool) -> list[Product]:
    """What every job prints, each edition's papers proven to state all its facts."""
    editions = {job.edition.profile.edition: job.edition for job in wanted}
    proven = _gathered([partial(checked, library, edition, sealed=sealed) for edition in editions.values()])
    papers = dict(zip(editions, proven, strict=True))
    made = _gathered([partial(_product, library, job, papers[job.edition.profile.edition]) for job in wanted])
    return [
        replace(one, document=imprint_even(one.document)) if job.even else one
        for job, one in zip(wanted, made, strict=True)
    ]


def _product(library: Library, job: Job, papers: dict[PaperKind, Composed]) -> Product:
    if job.sheet:
        return _attachment(job.sheet, library)
    if job.kind != "bundle":
        paper = papers[job.kind]  # type: ignore[index]
        return Product(paper.document, paper.templates, paper.pendings)
    from notices.forms import layout  # noqa: PLC0415 - as above
    from notices.forms.catalogue import supplied  # noqa: PLC0415

    notice = papers["notice"]
    sheets = [sheet for sheet in _shelf(library).sheets(job.edition) if sheet.label]
    own = job.edition.profile.papers
    lists = (block for block in notice.document.blocks if isinstance(block, AttachmentList))
    listed = {plain(name) for block in lists for name in block.names}  # 7.3.7: what the notice calls its attachments
    others: list[Composed] = [
        paper for kind, paper in papers.items() if own[kind].attachment_label and paper.document.title in listed
    ]
    attached = [_attachment(sheet, library) for sheet in sheets]
    pages = [*(other.document.blocks for other in others), *(layout.blocks(sheet, library) for sheet in sheets)]
    document = bound(notice.document, pages)
    draft = document.draft or any(o.document.draft for o in others) or any(a.document.draft for a in attached)
    templates = [name for one in (notice, *others) for name in one.templates]
    templates += (name for one in attached for name in one.templates)
    waiting = (*notice.pendings, *(pending for one in attached for pending in one.pendings))
    names = frozenset(sheet.name for sheet in sheets)
    document = replace(document, draft=draft)
    return Product(document, tuple(dict.fromkeys(templates)), waiting, names, supplied(job.edition))


def _attachment(sheet: Sheet, library: Library) -> Product:
    from notices.forms import layout  # noqa: PLC0415 - as above

    document = layout.document(sheet, library)
    waiting = tuple((sheet.name, what) for what in open_values(document.blocks))
    own = own_form(library, sheet)
    parts = [f"forms/{form.key}.yaml" for form in sheet.forms]
    if own is not None:
        parts.append(library.name_of(own).removeprefix("templates/"))
    return Product(document, tuple(parts), waiting, frozenset({sheet.name}))


def _entry(press: Press, job: Job, product: Product, output: Format, content: bytes) -> dict[str, Any]:
    found = [(name, press.library.template(name)) for name in product.templates]
    templates = [
        {"file": f"templates/{name}", "sha256": _sha(path.read_bytes()) if path else ""} for name, path in found
    ]
    programme = programmes.files(press.library, job.edition.profile.programme)
    return {
        "edition": job.edition.profile.edition,
        "kind": job.kind,
        "title": product.document.title,
        "sha256": _sha(content),
        "profile": [{"file": press.library.name_of(p), "sha256": _sha(p.read_bytes())} for p in job.edition.sources],
        "programme": [{"file": press.library.name_of(p), "sha256": _sha(p.read_bytes())} for p in programme],
        "templates": templates,
        "fonts": press.fonts.families() if sets_faces(output) and press.fonts else {},
        **(
            {"supplied": [dict(zip(("label", "title"), one, strict=True)) for one in product.supplied]}
            if product.supplied
            else {}
        ),
        "pending": [{"key": key, "what": what} for key, what in product.pendings],
    }


def _write_manifest(out: Path, entries: dict[str, Any]) -> None:
    """What was made now, and what earlier runs, or others at the same time, made that is still there unchanged."""
    path = out / MANIFEST
    with files.alone(out):
        kept = {name: entry for name, entry in _known(path).items() if name not in entries and _same(out / name, entry)}
        listing = {"generator": f"notices {__version__}", "files": dict(sorted({**kept, **entries}.items()))}
        files.write(path, (json.dumps(listing, ensure_ascii=False, indent=2) + "\n").encode())


def _known(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(content(path, MANIFEST))["files"]
    except (
        ProblemsError,
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ):  # none yet, or not ours: it is written anew
        return {}
    return found if isinstance(found, dict) else {}


def _same(path: Path, entry: object) -> bool:
    return isinstance(entry, dict) and path.is_file() and _sha(path.read_bytes()) == entry.get("sha256")


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
