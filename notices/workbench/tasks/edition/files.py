"""The files of an edition: what there is to keep, and each of them made when it is asked for."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import notices
from notices.app import build, final
from notices.errors import NotFoundError
from notices.forms.catalogue import Catalogue

if TYPE_CHECKING:
    from notices.api import Workspace

FileKind: TypeAlias = Literal["paper", "bundle", "form", "redline", "archive"]
PAPERS = {"notice": "通知", "rules": "细则"}
_PRINTED = ("docx", "pdf")
_MADE = (1980, 1, 1, 0, 0, 0)
"""When every file of an archive was made, it says: equal editions give equal archives."""


@dataclass(frozen=True)
class KeptFile:
    """A file that can be kept: ``name`` is its place in the address, ``called`` what it is saved as."""

    kind: FileKind
    name: str
    label: str
    title: str
    called: str
    formats: tuple[str, ...]

    @property
    def final(self) -> bool:
        """Whether there is a final print of it besides the draft."""
        return self.kind in {"paper", "bundle", "archive"}


def listed(folder: Path | None, name: str) -> list[KeptFile]:
    """Everything there is to keep of an edition, in the order of the page.

    Raises:
        ProblemsError: the edition cannot be read, or a form of it.
    """
    return list(_listed(notices.open(folder), name))


def _listed(workspace: Workspace, name: str) -> Iterator[KeptFile]:
    handle = workspace.edition(name)
    profile, papers = handle.profile, handle.profile.papers
    whole = f"{profile.authority.in_title}{profile.year}年"
    for kind, paper in papers.items():
        title = paper.drafted.replace("{year}", str(profile.year))
        yield KeptFile("paper", kind, PAPERS[kind], title, title, _PRINTED)
    sheets = Catalogue(workspace.library).sheets(handle.loaded)
    if "notice" in papers and any(sheet.label for sheet in sheets):
        yield KeptFile("bundle", "bundle", "合订本", "通知和全部附件订在一起", f"{whole}通知和附件", _PRINTED)
    for sheet in sheets:
        label, title = sheet.label or "另用的表", sheet.headed(filled=False)
        formats = build.Job(sheet.edition, "forms", sheet).outputs((*_PRINTED, "xlsx"), workspace.library)
        yield KeptFile("form", f"form-{sheet.number}", label, title, f"{label} {title}", formats)
    if (before := earlier(workspace, name)) is not None:
        for kind in (one for one in papers if one in workspace.edition(before).profile.papers):
            title = f"{PAPERS[kind]}：比 {before.partition('@')[2]} 年改了什么"
            yield KeptFile("redline", f"redline-{kind}", "修订对照", title, f"{whole}{PAPERS[kind]}修订对照", _PRINTED)
    yield KeptFile("archive", "all", "全部文件", "以上公文和附件打成一个压缩包", f"{whole}全部文件", ("zip",))


def earlier(workspace: Workspace, name: str) -> str | None:
    """The edition of the same authority before this one; None where there is none."""
    identity, _, year = name.partition("@")
    before = [one for one in workspace.library.settled(identity) if one.partition("@")[2] < year]
    return before[-1] if before else None


def made(folder: Path | None, name: str, wanted: str, *, final_print: bool = False) -> tuple[str, bytes]:
    """A file by its name and format (``notice.docx``): what it is saved as, and its bytes.

    Papers carry the marks of a draft, unless their final print is wanted.

    Raises:
        NotFoundError: there is no such file. ProblemsError: what stands between the edition and its final print;
        everything wrong with it.
    """
    workspace = notices.open(folder)
    every = list(_listed(workspace, name))
    called, _, output = wanted.rpartition(".")
    found = next((one for one in every if one.name == called and output in one.formats), None)
    if found is None or (final_print and not found.final):
        raise NotFoundError("没有这个文件；回到这一版的页面，在“下载”里选")
    held = every if found.kind == "archive" else [found]
    if final_print:
        kinds: Any = [one.name for one in held if one.kind in {"paper", "bundle"}]
        final.assure(workspace.library, build.jobs(workspace.library, [name], kinds))
    if found.kind == "archive":
        return _saved(found, "zip", final_print), _archive(workspace, name, held, final_print)
    return _saved(found, output, final_print), _bytes(workspace, name, found, output, final_print)


def _bytes(workspace: Workspace, name: str, one: KeptFile, output: str, final_print: bool) -> bytes:  # noqa: FBT001
    handle, shape, kind = workspace.edition(name), output, one.name
    if one.kind == "form":
        return handle.form(one.name.removeprefix("form-"), output)
    if one.kind == "redline":
        before = earlier(workspace, name)
        assert before is not None  # noqa: S101 - the list has it only then
        return workspace.redline(before, name, kind=kind.removeprefix("redline-")).write(shape)  # type: ignore[arg-type]
    return handle.write(kind, output, draft=not final_print)  # type: ignore[arg-type]


def _archive(workspace: Workspace, name: str, every: list[KeptFile], final_print: bool) -> bytes:  # noqa: FBT001
    """All papers, the bundle and the attachments, in all their formats."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for one in every:
            for output in one.formats if one.kind in {"paper", "bundle", "form"} else ():
                entry = zipfile.ZipInfo(_saved(one, output, final_print), _MADE)
                content = _bytes(workspace, name, one, output, final_print)
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def _saved(one: KeptFile, output: str, final_print: bool) -> str:  # noqa: FBT001
    """What a file is saved as: nothing in it that a disk does not bear."""
    state = "（草稿）" if one.final and not final_print else ""
    return "".join(c if c.isalnum() or c in "（）—- " else "_" for c in f"{one.called[:80]}{state}") + f".{output}"
