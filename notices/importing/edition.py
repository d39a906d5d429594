"""``notices import``: a source read, drafted, held against itself until nothing is claimed that it does not say."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from notices import files, programmes
from notices.errors import Problem, ProblemsError
from notices.importing.dated import CARRIED
from notices.importing.draft import Draft, drafted
from notices.importing.known import knowledge
from notices.importing.state import Asked
from notices.importing.text import over, yaml_text
from notices.library import ID, Edition, Library
from notices.papers.coverage import checked
from notices.profile import Profile
from notices.profile.inherit import passed_on
from notices.verify.check import Verification, verify
from notices.verify.readers import read
from notices.verify.texts import ReadText, trouble
from notices.wording.spelling import tidy

_ROUNDS = 6
"""Times a draft is held against its source: each time what does not hold becomes words."""
_HEAD = """\
# yaml-language-server: $schema=../schema.json
# 由 notices import 从“{name}”拟出的草稿。写了 confirm 的是原文的话，还没有归成有数值的规定：核对、改写后删去 confirm。
# 原文没有写、国家版有的，都写成 null。核对进度：notices verify {edition} --source 来源文件
"""


@dataclass(frozen=True)
class Order:
    """Whose notice is drafted, what the user says of it, when it was read, whose rules are not looked for."""

    identity: str
    read_on: dt.date
    asked: Asked = field(default_factory=Asked)
    without: Collection[str] = ()


@dataclass(frozen=True)
class Imported:
    """What came of an import; ``text`` is the file, ``path`` where it is, or would be within the user's folder."""

    edition: str
    path: Path
    draft: Draft
    verification: Verification
    profile: Profile
    text: str


def imported(library: Library, source: Path, folder: Path, order: Order, *, force: bool = False) -> Imported:
    """Draft ``folder/provinces/<identity>/<year>.yaml`` from a source file, and write it.

    Args:
        library: what is known: the editions whose rules are looked for.
        source: the file of the notice.
        folder: the user's folder.
        order: whose notice it is, and what the user says besides.
        force: write over a file that is there.

    Raises:
        ProblemsError: the source cannot be read or is no notice, the year is not to be found, the file is there.
    """
    made = held(library, read(source), order)
    path = folder / made.path
    if path.exists() and not force:
        raise trouble(str(path), "已经有这个文件，没有覆盖", "换一个 --id，或加 --force 用新的草稿替换")
    files.write(path, made.text.encode())
    schema = folder / "provinces" / "schema.json"
    if not schema.exists():
        files.write(schema, (library.roots[-1] / "provinces" / "schema.json").read_bytes())
    return replace(made, path=path)


def held(library: Library, text: ReadText, order: Order) -> Imported:
    """The draft of a source that was read, held against it; nothing is written in the user's folder.

    Raises:
        ProblemsError: as :func:`imported`, but for the file that is there.
    """
    if not ID.fullmatch(order.identity):
        raise trouble(order.identity, "编号只用小写字母和短横", "例：--id jia-sheng")
    draft, data, written = _settled(library, text, order)
    place = Path("provinces") / order.identity / f"{data['year']}.yaml"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        files.write(folder / place, written.encode())
        mine = Library((folder, *library.roots))
        edition = mine.read(folder / place)
        made = verify(edition, text, mine)
    return Imported(edition.profile.edition, place, draft, made, edition.profile, written)


@dataclass(frozen=True)
class _Trial:
    """A draft read as an edition, and what is wrong with it; no edition where it cannot be read."""

    library: Library
    edition: Edition | None
    problems: Sequence[Problem] = ()


def _settled(library: Library, text: ReadText, order: Order) -> tuple[Draft, dict[str, Any], str]:
    """The draft that claims nothing its source does not say."""
    kind, asked = programmes.shipped(library), order.asked
    known = knowledge(library, {order.identity, *order.without})
    with tempfile.TemporaryDirectory() as folder:
        for _ in range(_ROUNDS):
            draft = drafted(text, kind, known, order.identity, asked)
            data = _whole(draft, order.read_on)
            written = _written(library, data, text.name)
            tried = _tried(library, Path(folder), data, written)
            fresh = set(_doubted(tried, draft, text)) - asked.refused
            dropped = set(_unfit(tried, draft)) - asked.dropped if not fresh else set()
            if not fresh and not dropped:
                break
            asked = replace(asked, refused=asked.refused | fresh, dropped=asked.dropped | dropped)
    if tried.edition is None:
        raise ProblemsError(tried.problems)
    return draft, data, written


def _whole(draft: Draft, read_on: dt.date) -> dict[str, Any]:
    """The draft's data with what a profile says of its source."""
    data = dict(draft.data)
    cited = set(clauses_in(data))
    names = dict.fromkeys(name for node in draft.clauses.nodes for name in (node, *draft.clauses.names_in(node)))
    listed = [name for name in names if name in cited]
    data["source"] = {**data["source"], "checked": read_on.isoformat(), "clauses": listed}
    return data


def clauses_in(value: object) -> Iterator[str]:
    """Every clause that plain data cites."""
    if isinstance(value, dict):
        found = value.get("cite", ())
        yield from [found] if isinstance(found, str) else found
        for child in value.values():
            yield from clauses_in(child)


def _tried(library: Library, folder: Path, data: dict[str, Any], written: str) -> _Trial:
    path = folder / "provinces" / data["id"] / f"{data['year']}.yaml"
    files.write(path, written.encode())
    mine = Library((folder, *library.roots))
    try:
        edition = mine.read(path)
    except ProblemsError as error:
        return _Trial(mine, None, error.problems)
    try:
        checked(mine, edition)
    except ProblemsError as error:
        return _Trial(mine, edition, error.problems)
    return _Trial(mine, edition)


def _unfit(tried: _Trial, draft: Draft) -> Iterator[str]:
    """Facts of the source's own words that no profile may hold so: they are left out, and told."""
    keys = {key for sentence in draft.source for part in sentence.parts for key in part.keys}
    for one in tried.problems:
        if tried.edition is None or one.rule in {"unstated", "altered", "misread", "unfounded"}:
            yield from (key for key in keys if one.key == key or one.key.startswith(f"{key}."))


def _doubted(tried: _Trial, draft: Draft, text: ReadText) -> Iterator[tuple[str, str]]:
    """The known rules that do not hold in this source, whole: they become its own words."""
    named = {key for key in draft.taken for one in tried.problems if one.key.startswith(key)}
    yield from _refusals(named, draft)
    if tried.edition is None or named:
        return
    made = verify(tried.edition, text, tried.library)
    wrong = {one.key for one in made.verdicts if one.status not in {"found", "pending"}}
    for one in made.surplus:
        if one.sure:
            wrong |= {
                key
                for sentence in draft.source
                if tidy(one.sentence).strip("。;") in tidy(sentence.text)
                for part in sentence.parts
                for key in part.keys
            }
    yield from _refusals({key for key in wrong if draft.taken.get(key) != CARRIED}, draft)


def _refusals(keys: Collection[str], draft: Draft) -> Iterator[tuple[str, str]]:
    """What is not to be taken again: a known rule of an edition, or the materials of a deadline, all of them."""
    for key in sorted(set(keys) & draft.taken.keys()):
        yield draft.carrying.get(key, key), draft.taken[key]


def _written(library: Library, data: dict[str, Any], name: str) -> str:
    """The file: over the national line, which hands nothing on unsaid."""
    edition = f"{data['id']}@{data['year']}"
    national = library.national_line(edition)
    head = _HEAD.format(name=name, edition=edition)
    first: dict[str, Any] = {"id": data["id"], "year": data["year"]}
    rest = {key: value for key, value in data.items() if key not in first}
    if national:
        base_file = library.find(national)
        base = passed_on(library.tree(base_file)[0], base_file, Path(data["id"]) / "x.yaml").data
        kept = {
            key: value for key, value in base.items() if key not in {"id", "year", "extends", "source", "programme"}
        }
        first["extends"] = national.replace("@", "/")
        rest = over(kept, rest)
    return yaml_text(head, {**first, "status": "draft", **rest})
