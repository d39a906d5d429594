"""A notice read into a draft that waits: taken in, decided on, kept."""

from __future__ import annotations

import datetime as dt
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import notices
from notices import files
from notices.app import listing
from notices.editing import changing
from notices.errors import ProblemsError
from notices.history.log import Hand
from notices.history.record import Told
from notices.importing import deciding
from notices.importing.account import FATES
from notices.importing.deciding import ANSWERS, Decision, Piece, Sketch
from notices.importing.edition import Order, held
from notices.importing.state import Asked
from notices.importing.whose import authorities, identity_of, issuer
from notices.library import ID, Library
from notices.profile.yamlfile import illegal_character, parse
from notices.verify.readers import read
from notices.verify.texts import ReadText
from notices.workbench.tasks.importing.boxes import Box, Record, for_a_page, trouble
from notices.workbench.tasks.importing.shown import shown, worded, words_of

UNNAMED = "my-office"
"""The id while nobody has chosen one and the name tells none."""
LONGEST_NOTE = 200
"""Characters of a note."""


def take_in(box: Box, called: str, content: bytes, told: Record, today: dt.date) -> str:
    """Read a file and keep the draft; its id. ``told``: ``at, identity, year, name``, what is empty is read.

    Raises:
        ProblemsError: it cannot be read, or is no notice; nothing is kept then. OutputError: no place.
    """
    record = box.begin("notice", called, content, told)
    try:
        _draft(box, record, today)
    except BaseException:
        box.delete(record["id"])
        raise
    return str(record["id"])


def again(box: Box, identity: str, told: Record, today: dt.date) -> int:
    """Draft it anew under another id, name or year; how many decisions do not fit any more and are gone.

    Raises:
        NotFoundError: no such import. ProblemsError: it cannot be drafted so; all is as it was.
    """
    with box.held(identity, "notice") as record:
        before = record["decisions"]
        was = _sketch(box.made(identity)).pieces if before else ()
        record.update(told)
        now = {(one.clause, one.text, one.fate): str(n) for n, one in enumerate(_draft(box, record, today).pieces)}
        same = {number: was[int(number)] for number in before if int(number) < len(was)}
        fits = {
            now[key]: before[number] for number, one in same.items() if (key := (one.clause, one.text, one.fate)) in now
        }
        record["decisions"] = fits
    return len(before) - len(fits)


def _draft(box: Box, record: Record, today: dt.date) -> Sketch:
    library = notices.open(box.workspace).library
    try:
        text = _read(record, box.source(record))
        name = record["name"] or issuer(text)
        identity = record["identity"] or identity_of(library, name) or UNNAMED
        year = int(record["year"]) if record["year"] else None
        if not ID.fullmatch(identity):
            raise trouble("编号", "编号只用小写拼音字母和短横", "例：jia-sheng")
        made = held(library, text, Order(identity, today, Asked(year, record["name"])))
    except ProblemsError as error:
        raise for_a_page(error, record["called"]) from None
    sketch = Sketch.of(made)
    record |= {"identity": identity, "name": name, "year": str(made.profile.year), "edition": made.edition}
    record["open"] = len(listing.pendings(parse(made.text, record["called"])))
    box.write(record, {"sketch": _plain(sketch), "shown": shown(library, made)})
    return sketch


def _read(record: Record, content: bytes) -> ReadText:
    """The text of the file, under the name it was sent with."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, f"source{record['ending']}")
        path.write_bytes(content)
        return replace(read(path), name=record["called"])


def account(box: Box, identity: str) -> dict[str, Any]:
    """An import for its page: ``record``; ``shown`` and ``pieces``, none where reading was cut off; ``sections``.

    Each piece has ``number, decision`` besides what it is, and ``gone_with``: the words of another that is left out
    and stated the same fact. ``authorities`` are those there are, by id; ``standing``
    says whose edition of that name there is already: ``own``, ``shipped``, or empty.

    Raises:
        NotFoundError: no such import. ProblemsError: its record cannot be read.
    """
    record = box.record(identity, "notice")
    library = notices.open(box.workspace).library
    found: dict[str, Any] = {
        "record": record,
        "fates": {fate: words for fate, (words, _) in FATES.items()},
        "shown": None,
        "pieces": [],
        "sections": deciding.sections(library),
        "authorities": authorities(library),
        "standing": _standing(library, box, record),
    }
    try:
        made = box.made(identity)
    except ProblemsError:
        return found
    pieces = _sketch(made).pieces
    nothing = {"answer": "", "section": "", "note": ""}
    found["shown"] = made["shown"]
    out = {
        key: one for one in _decisions(record["decisions"]) if one.answer == "omit" for key in pieces[one.piece].keys
    }
    for number, one in enumerate(pieces):
        elsewhere = next((out[key].piece for key in one.keys if key in out and out[key].piece != number), None)
        found["pieces"].append(
            {**asdict(one), "why": worded(one.why), "number": number, "may_move": one.may_move, "may_go": one.may_go}
            | {"decision": record["decisions"].get(str(number), nothing)}
            | {"gone_with": "" if elsewhere is None else pieces[elsewhere].text}
        )
    return found


def _standing(library: Library, box: Box, record: Record) -> str:
    path = library.file(record["identity"], record["year"]) if record["identity"] else None
    if path is None:
        return ""
    return "own" if path.is_relative_to(box.workspace.resolve()) else "shipped"


def decide(box: Box, identity: str, piece: int, change: dict[str, str]) -> None:
    """Decide of a piece: ``answer, section, note``, as many as change.

    Raises:
        NotFoundError: no such import. ProblemsError: the draft cannot be built so; nothing is changed.
    """
    library = notices.open(box.workspace).library
    with box.held(identity, "notice") as record:
        sketch = _sketch(box.made(identity))
        nothing = {"answer": "", "section": "", "note": ""}
        made = {**record["decisions"].get(str(piece), nothing), **change}
        made["note"] = " ".join(made["note"].split())
        _fit(library, sketch, piece, made)
        decisions = {**record["decisions"], str(piece): made}
        if not made["answer"] and not made["section"]:
            del decisions[str(piece)]
        text = deciding.decided(library, sketch, _decisions(decisions))
        record["decisions"] = decisions
        record["open"] = len(listing.pendings(parse(text, record["called"])))


def _fit(library: Library, sketch: Sketch, piece: int, made: dict[str, str]) -> None:
    """Refuse what the page does not offer.

    Raises:
        ProblemsError: what is wrong with it.
    """
    known = made["section"] in {"", *deciding.sections(library)} and made["answer"] in {"", *ANSWERS}
    if not 0 <= piece < len(sketch.pieces) or not known:
        raise trouble("这一处", "没有这样的决定", "刷新页面再做一次")
    one = sketch.pieces[piece]
    if made["answer"] == "omit" and not made["note"]:
        raise trouble(one.clause, "不收要写原因", "在“原因”里写几个字，留给核对的人")
    if made["answer"] == "look" and not made["note"]:
        raise trouble(one.clause, "要看什么没有写", "写几个字，确认的人会看到")
    if len(made["note"]) > LONGEST_NOTE or illegal_character(made["note"]):
        raise trouble(one.clause, f"说明要在 {LONGEST_NOTE} 字以内，不能有控制字符", "写短一些")
    if made["answer"] == "omit" and not one.may_go:
        raise trouble(one.clause, "这一处不能单独不收：它引出下面各项，或者不是一条规定", "逐项决定下面的各项")


def keep(box: Box, identity: str, hand: Hand) -> str:
    """Write the draft into the office's folder, with who and when in its history; the edition.

    Raises:
        NotFoundError: no such import. ProblemsError: there is such an edition already; it is as it was.
    """
    workspace = notices.open(box.workspace)
    with box.held(identity, "notice") as record:
        sketch = _sketch(box.made(identity))
        content = deciding.decided(workspace.library, sketch, _decisions(record["decisions"])).encode()
        path = box.workspace / sketch.path
        with files.alone(box.workspace / "provinces"):
            if path.exists() and path.read_bytes() != content:
                raise trouble(
                    f"{record['name']} {record['year']} 年",
                    "已经有这一版，没有覆盖",
                    "改“编号”或“年度”，重新读一遍，再留下",
                )
            files.write(path, content)
        schema = box.workspace / "provinces" / "schema.json"
        if not schema.exists():
            files.write(schema, (workspace.library.roots[-1] / "provinces" / "schema.json").read_bytes())
        _noted(box, record, sketch, hand)
        record["kept"] = record["edition"]
    return str(record["kept"])


def _noted(box: Box, record: Record, sketch: Sketch, hand: Hand) -> None:
    """Who imported it, and what was left out, as the first record of the edition's history."""
    told = [Told("", "导入", None, f"从“{record['called']}”读成草稿")]
    for one in _decisions(record["decisions"]):
        if one.answer == "omit":
            piece = sketch.pieces[one.piece]
            told.append(Told("", f"不收 {piece.clause}", piece.text, one.note))
    library = notices.open(box.workspace).library
    with changing.held(library, box.workspace, record["edition"], hand) as (file, journal):
        if not journal.records:
            journal.write(file.text, told, hand)


def open_of(box: Box, edition: str) -> dict[str, Any]:
    """What is open in an edition that was kept: ``waiting`` (``of, what, words, was, suggest, why``), ``authority``.

    Raises:
        NotFoundError: no such edition any more. ProblemsError: it cannot be read.
    """
    library = notices.open(box.workspace).library
    tree, _ = library.tree(library.find(edition))
    record = listing.record(edition, tree)
    profile = library.load(edition).profile
    waiting = []
    for one in record["pending"]:
        whole = one["key"].removesuffix(".confirm")
        fact = next((fact_ for key, fact_ in profile.facts() if whole == key or whole.startswith(f"{key}.")), None)
        words = words_of(profile, fact) if fact and whole != one["key"] else ""
        waiting.append({**one, "why": worded(one["why"] or ""), "of": fact.label or "" if fact else "", "words": words})
    return {"waiting": waiting, "authority": record["authority"], "year": edition.partition("@")[2]}


def _decisions(held_: dict[str, dict[str, str]]) -> list[Decision]:
    return [Decision(int(number), **one) for number, one in held_.items()]  # type: ignore[arg-type]


def _plain(sketch: Sketch) -> Record:
    return {"path": sketch.path.as_posix(), "text": sketch.text, "pieces": [asdict(one) for one in sketch.pieces]}


def _sketch(made: Record) -> Sketch:
    """A sketch as it was kept.

    Raises:
        ProblemsError: it is none.
    """
    try:
        kept = made["sketch"]
        pieces = tuple(
            Piece(**{**one, "keys": tuple(one["keys"]), "heads": tuple(one["heads"])}) for one in kept["pieces"]
        )
        return Sketch(Path(kept["path"]), kept["text"], pieces)
    except (KeyError, TypeError):
        raise trouble("导入", "这一份导入的记录读不出来", "删除它，再导入一次") from None
