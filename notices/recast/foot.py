"""What stands under a text, as blocks that print it character by character as the file has it, or not at all."""

from __future__ import annotations

import re
from collections.abc import Sequence

from notices.document.blocks import AttachmentList, Attendance, Imprint, Signature, imprint_lines, lines_of, spans
from notices.inspection import signs
from notices.recast.source import inked

_ITEM = re.compile(r"(?:^|\s)(\d{1,2})[.．、]\s*")


def attachments(texts: Sequence[str]) -> AttachmentList | None:
    """附件说明; None where its numbers or marks are not those the page prints."""
    whole = "\n".join(texts)
    if not (lead := re.match(r"\s*附件：\s*", whole)):
        return None
    rest = whole[lead.end() :]
    parts = _ITEM.split(rest)
    names = [re.sub(r"\s*\n\s*", "", part).strip() for part in parts[2::2]] if not parts[0].strip() else [rest.strip()]
    if len(names) == 1 and "\n" in names[0]:  # several without numbers, or one broken by hand: nobody can tell
        return None
    made = AttachmentList(tuple(spans(name) for name in names)) if all(names) and names else None
    return made if made is not None and inked("".join(lines_of(made))) == inked(whole) else None


def signature(names: Sequence[str], date: str, *, sealed: bool, by_name: bool = False) -> Signature:
    """署名 and 成文日期; a day behind the name is set on a line of its own, names side by side under one another.

    ``by_name``: offices and names that stand beside each other are told apart by two characters (7.3.5.3).
    """
    if not date and names and (place := located(_DAY_LAST, names[-1])):
        names, date = [*names[:-1], names[-1][: place[0]]], names[-1][place[0] :]
    if by_name:
        beside = ["　　".join(name.split(maxsplit=1)) for name in names]
        return Signature(tuple(spans(name) for name in beside if name), spans(date.strip()), signed=True)
    apart = [part.strip() for name in names for part in re.split(r"\s{2,}", name.strip()) if part.strip()]
    whole = apart if all(signs.organ(signs.solid(part)) for part in apart) else [name.strip() for name in names]
    return Signature(tuple(spans(name) for name in whole if name), spans(date.strip()), sealed)


def attendance(texts: Sequence[str]) -> Attendance:
    """出席, 请假 and 列席, each word with its colon in 黑体 (10.3)."""
    cut = [re.split("(?<=[：:])", text.strip(), maxsplit=1) for text in texts]
    return Attendance(tuple((*spans(label, "hei"), *spans("".join(rest).strip())) for label, *rest in cut))


def imprint(copies: Sequence[str], printed: Sequence[str]) -> Imprint | None:
    """版记; None where there is none, or the page would print it otherwise. Without ``printed`` it has copies only."""
    whole, day = "".join(copies), "　".join(text.strip() for text in printed)
    sent = re.fullmatch(r"\s*抄送：(.*?)。\s*", whole, re.DOTALL)
    place = located(_PRINTED_LAST, day)
    if (whole and not sent) or (day and not place) or not (whole or day):
        return None
    made = Imprint(
        spans(day[: place[0]].strip()) if place else (),
        spans(re.sub(r"\s*印\s*发\s*$", "", day[place[0] :])) if place else (),
        (spans(sent[1].strip()),) if sent else (),
    )
    lines = imprint_lines(made) if place else imprint_lines(made)[:-1]
    return made if inked("".join(lines)) == inked(whole + day) else None


_DAY_LAST = re.compile(rf"(?:{signs.DATE.pattern})$")
_PRINTED_LAST = re.compile(rf"(?:{signs.DATE.pattern}|【待定：[^】]*】)印发$")


def located(pattern: re.Pattern[str], text: str) -> tuple[int, int] | None:
    """Where a pattern of texts without blanks stands in one that may have them, None where it does not."""
    kept = [n for n, char in enumerate(text) if not char.isspace()]
    match = pattern.search("".join(text[n] for n in kept))
    return (kept[match.start()], kept[match.end() - 1] + 1) if match else None
