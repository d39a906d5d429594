"""Rolling an edition on to another year: a new file, never over one that is there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from notices import files
from notices.errors import Exit, NoticesError
from notices.library import Edition, Library
from notices.profile import yamlfile
from notices.renewal import draft
from notices.renewal.carry import Open, Roll, notes, open_values


class RollError(NoticesError):
    """An edition that cannot be rolled on to that year."""

    exit_code = Exit.USAGE


@dataclass(frozen=True)
class Rolled:
    """A new edition: its file, what it extends, what is to be confirmed, and what else to look at."""

    edition: str
    path: Path
    base: Edition
    items: tuple[Open, ...]
    notes: tuple[tuple[str, str], ...]


def roll(library: Library, wanted: str, to: int, workspace: Path) -> Rolled:
    """Write ``provinces/<id>/<to>.yaml`` in the workspace.

    Raises:
        NotFoundError: no such edition, or one named for the year.
        RollError: the edition is there already, or ``to`` is not after any edition.
        ProblemsError: the edition before has problems. OutputError: the file cannot be written.
    """
    base = _base(library, wanted, to)
    identity = base.profile.id
    path = workspace / "provinces" / identity / f"{to}.yaml"
    standing = path if path.exists() else library.file(identity, str(to))
    if standing is not None:
        raise RollError(
            f"已经有 {identity}@{to}：{standing}，没有改动\n    → 接着确认：notices confirm {identity}@{to}"
        )
    if unsettled := [key for key, value in base.profile.pendings() if value.was is not None]:
        told = f"{base.profile.edition} 是续写的，还有 {len(unsettled)} 项没有确认（如 {unsettled[0]}）"
        raise RollError(f"{told}\n    → 先确认它（notices confirm {base.profile.edition}），再续写下一年")
    step = Roll(library, base, to)
    items = open_values(step)
    text = draft.text(step, items)
    _proven(library, path, text)
    files.write(path, text.encode())
    return Rolled(f"{identity}@{to}", path, base, items, (*_passed(library, base, to), *notes(step)))


def _base(library: Library, wanted: str, to: int) -> Edition:
    """The edition named, or the newest before ``to``."""
    identity, _, year = wanted.partition("@")
    if year:
        base = library.resolve(wanted)
        if int(year) >= to:
            raise RollError(f"--to {to} 不在 {wanted} 之后\n    → 写比 {year} 大的年份")
        return library.load(base)
    newest = library.resolve(wanted)  # an unknown id is answered with the nearest
    names = [name for name in library.editions() if name.partition("@")[0] == identity]
    before = [name for name in names if int(name.partition("@")[2]) < to]
    before = [name for name in library.settled(identity) if name in before] or before
    if f"{identity}@{to}" in names and not before:
        raise RollError(f"已经有 {identity}@{to}：{library.find(f'{identity}@{to}')}，没有改动")
    if not before:
        raise RollError(
            f"{identity} 没有早于 {to} 年的版本；现有：{'、'.join(names) or newest}\n    → --to 写以后的年份"
        )
    return library.load(max(before))


def _passed(library: Library, base: Edition, to: int) -> tuple[tuple[str, str], ...]:
    """Editions nearer than the base, as drafts are: what is built on is said."""
    identity, year = base.profile.id, base.profile.year
    names = (name.partition("@") for name in library.editions())
    nearer = sorted(int(found) for own, _, found in names if own == identity and year < int(found) < to)
    if not nearer:
        return ()
    told = "、".join(f"{identity}@{one}" for one in nearer)
    latest = f"{identity}@{nearer[-1]}"
    text = f"以 {base.profile.edition} 为底；更近的 {told} 没有用作底（草稿不作底）"
    return (("extends", f"{text}；要用，删去新文件，写 notices roll {latest} --to {to}"),)


def _proven(library: Library, path: Path, text: str) -> None:
    """What is about to be written must read back as a sound edition.

    Raises:
        ProblemsError: what is wrong with it.
    """
    name = f"provinces/{path.parent.name}/{path.name}"
    library.sound(library.whole(yamlfile.parse(text, name), path), path, name)
