"""What stands under a paper's text: 附件说明, 署名, 成文日期, 附注 (7.3.4 to 7.3.6), and the imprint (7.4)."""

from __future__ import annotations

import re
from typing import Final

from notices.inspection import signs
from notices.inspection.draft import Draft, Lines

_IMPRINT: Final = 12
"""Paragraphs at a paper's end among which the imprint is looked for."""
_SIGNERS: Final = 12
"""Issuers that sign a paper together."""


class Foot:
    """Reads feet. ``strict``: of an attachment, where a date alone is no foot without somebody who signs."""

    def __init__(self, draft: Draft, *, strict: bool = False) -> None:
        self._draft, self._strict = draft, strict

    def imprint(self) -> int:
        """Put the imprint down; where it begins, else the paper's length. In a table or not."""
        draft = self._draft
        filled = [n for n in range(len(draft.paras)) if draft.texts[n]]
        tail = filled[-_IMPRINT:]
        printed = next((n for n in reversed(tail) if signs.PRINTED.search(draft.texts[n])), None)
        copies = [n for n in tail if signs.COPIES.match(draft.texts[n])]
        if printed is None and not (copies and self._alone(copies[0], filled)):
            return len(draft.paras)
        first = min([*copies, *([printed] if printed is not None else [])])
        for n in [n for n in tail if n >= first]:
            if n == printed:
                draft.replace(n, "printed", 0.95, "以日期和“印发”结尾")
            elif signs.PRINT_RUN.match(draft.texts[n]):
                draft.replace(n, "other", 0.6, "印数")
            elif printed is not None and n > printed:
                draft.put(n, "other", 0.4, "在版记之后，认不出是什么")
            elif printed is not None and not copies_go_on(draft.texts[n]) and signs.organ(draft.texts[n]):
                draft.replace(n, "printed", 0.8, "印发日期之上的印发机关")
            elif printed is not None or signs.COPIES.match(draft.texts[n]):
                draft.replace(n, "copies", 0.9, "以“抄送：”起头，或接着它")
        return self._with_issuer(tail, first, printed)

    def _alone(self, n: int, filled: Lines) -> bool:
        """Whether 抄送 of a letter is no cell among others: forms have such cells, too."""
        cell = self._draft.paras[n].cell
        others = [self._draft.paras[each].cell for each in filled if each != n]
        return cell is None or not any(other is not None and other[0] == cell[0] for other in others)

    def _with_issuer(self, tail: Lines, first: int, printed: int | None) -> int:
        """An issuer of the imprint on a line of its own, over a bare day of printing."""
        draft = self._draft
        bare = (
            printed is not None and not (signs.PRINTED.search(draft.texts[printed]) or [""])[0].partition("年")[0][:-4]
        )
        above = [n for n in tail if n < first]
        if bare and printed == first and above and signs.organ(draft.texts[above[-1]]):
            draft.replace(above[-1], "printed", 0.8, "印发日期之上的印发机关")
            return above[-1]
        return first

    def read(self, lines: Lines) -> tuple[int, int]:
        """Put the foot of a text down: where it begins, and where what is after it begins; both ends without one."""
        if not lines:
            return 0, 0
        end = lines[-1] + 1
        date = self._date(lines)
        signers = self._signers(lines, date)
        top = min([*signers, *([date] if date is not None else [])], default=end)
        listed = [] if self._strict else self._listed([n for n in lines if n < top])
        first = min([top, *listed])
        after = (date if date is not None else signers[-1] if signers else end - 1) + 1
        after = self._notes([n for n in lines if n >= after], after)
        if not self._strict:  # a web page has the list of attachments after the date
            below = self._listed([n for n in lines if n >= after])
            after = below[-1] + 1 if below else after
        if listed and first < top:
            self._draft_rest(lines, listed, top)
        return first, after

    def _draft_rest(self, lines: Lines, listed: Lines, top: int) -> None:
        """What stands between 附件说明 and the signature: contacts, names nobody could read."""
        for n in lines:
            if listed[-1] < n < top and self._draft.free(n):
                self._draft.put(n, "body", 0.5, "在附件说明和署名之间")

    def _date(self, lines: Lines) -> int | None:
        """The day of issue: alone on its line, or behind who signs; after the first sentence of the text."""
        draft = self._draft
        told = [n for n in lines if draft.free(n)]
        start = next((place for place, n in enumerate(told) if signs.ended(draft.texts[n])), 0)
        days = [n for n in told[start:] if draft.free(n) and _dated(draft.texts[n])]
        signed = [n for n in days if self._signers(told, n) or not signs.DATE.fullmatch(draft.texts[n])]
        if self._strict:
            signed = [n for n in signed if n >= told[-1] - 3]
        found = next(iter(signed), None if self._strict else next(iter(days[-1:]), None))
        if found is None:
            return None
        text = draft.texts[found]
        sure = 0.95 if signs.DATE.fullmatch(text) and found in signed else 0.8
        if signs.LOOSE_DATE.fullmatch(text):
            sure = 0.6
        if signs.DATE.fullmatch(text) or signs.LOOSE_DATE.fullmatch(text):
            draft.put(found, "date", sure, "单独一行的日期" + ("，上面是署名" if found in signed else ""))
        return found

    def _signers(self, lines: Lines, date: int | None) -> list[int]:
        """Who signs: names of issuers over the date, or with it on one line; without a date the last line of all."""
        draft = self._draft
        if date is None:
            last = lines[-1]
            if self._strict or len(lines) < 2 or not draft.free(last) or not signs.organ(draft.texts[last]):
                return []
            draft.put(last, "signature", 0.6, "最后一行是机关名称，没有日期")
            return [last]
        found = (
            [] if signs.DATE.fullmatch(draft.texts[date]) or signs.LOOSE_DATE.fullmatch(draft.texts[date]) else [date]
        )
        above = [n for n in lines if n < date]
        for n in reversed(above[-_SIGNERS:]):
            below = found[0] if found else date
            tabled = any(draft.part(each) == "table" for each in range(n, below))
            person = not signs.organ(draft.texts[n]) and any(signs.organ(draft.texts[each]) for each in found)
            if tabled or person or not _signs(draft.paras[n].text, draft.texts[n]):
                break
            found.insert(0, n)
        if draft.part(date) is None and date in found:
            draft.put(date, "signature", 0.85, "署名和日期在一行")
        if draft.part(date) in {"date", "signature"}:
            for n in found:
                known = signs.organ(draft.texts[n])
                draft.put(n, "signature", 0.95 if known else 0.65, "日期之上的机关名称" if known else "在日期之上")
        return found

    def _notes(self, lines: Lines, after: int) -> int:
        """附注 under the date, in brackets; it may take several paragraphs. Where what follows it begins."""
        draft = self._draft
        opened = False
        for n in lines[:6]:
            text = draft.texts[n]
            if signs.NOTE.fullmatch(text) and not opened and not signs.level(text):
                draft.put(n, "note", 0.9, "日期之下，在括号里")
            elif opened or (text.startswith("（") and not signs.level(text)):
                draft.put(n, "note", 0.75, "日期之下的括号，分了几段")
                opened = not text.endswith("）")
            elif re.match("联系(?:人|电话|方式)", text):
                draft.put(n, "note", 0.6, "日期之下的联系人，没有括号")
            else:
                return n
            after = n + 1
        return after

    def _listed(self, lines: Lines) -> list[int]:
        """附件说明: from 附件： to the last name of the list."""
        draft = self._draft
        for place, n in enumerate(lines):
            text = draft.texts[n]
            if not draft.free(n):
                continue
            if signs.LISTED.match(text):
                return self._names(lines[place:])
            if signs.LISTED_EACH.match(text) and not re.search("[。；]", text):
                each = [one for one in lines[place:] if signs.LISTED_EACH.match(draft.texts[one])]
                draft.put_all(each, "attachment-note", 0.8, "一行一个附件名称")
                return each
        return []

    def _names(self, lines: Lines) -> list[int]:
        draft = self._draft
        found = [lines[0]]
        draft.put(lines[0], "attachment-note", 0.95, "以“附件：”起头")
        for n in lines[1:]:
            item = re.match(rf"[-·•]?(?:{len(found)}|{len(found) + 1})[.．、：]", draft.texts[n])
            alone = signs.LISTED.fullmatch(draft.texts[lines[0]]) is not None and "：" not in draft.texts[n]
            if not draft.free(n) or not (item or alone) or re.search("。", draft.texts[n]):
                break
            draft.put(n, "attachment-note", 0.9 if item else 0.7, "接着“附件：”的名称")
            found.append(n)
        return found


def _dated(text: str) -> bool:
    """Whether a line is a day, or who signs with a day behind."""
    if signs.DATE.fullmatch(text) or signs.LOOSE_DATE.fullmatch(text):
        return True
    match = signs.DATE.search(text)
    return match is not None and match.end() == len(text) and signs.organ(text[: match.start()])


def _signs(text: str, solid: str) -> bool:
    """Whether a line may be who signs: an issuer, several side by side, or a person with his office."""
    beside = [signs.solid(part) for part in re.split(r"[\s　]{2,}", text.strip())]
    if signs.organ(solid) or (len(beside) > 1 and all(map(signs.organ, beside))):
        return True
    if signs.ended(solid) or signs.level(solid) or signs.LISTED.match(solid) or signs.ITEM.match(solid):
        return False
    return len(solid) <= 16 and bool(signs.OFFICE.match(solid) or re.fullmatch(r"[\u4e00-\u9fff×]{2,12}", solid))


def copies_go_on(text: str) -> bool:
    """Whether a line of an imprint belongs to the copies: it names several, or begins or ends as they do."""
    return bool(signs.COPIES.match(text)) or bool(re.search("[，、。；]", text))
