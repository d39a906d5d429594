"""What stands over a paper's text: 版头, 标题, 主送机关 (GB/T 9704-2012, 7.2 to 7.3.2), of letters and orders, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from notices.inspection import signs
from notices.inspection.draft import Draft, Lines
from notices.inspection.parts import Part

_DEEP: Final = 25
"""Paragraphs with text among which a head is looked for."""
_LONGEST: Final = 400
"""Characters of the longest line of a head."""
_TITLE_LINES, _TITLE_LENGTH = 6, 120
_SIGNS: Final[tuple[tuple[re.Pattern[str], Part, str], ...]] = (
    (signs.COPY_NUMBER, "copy-number", "六位数字，在最前面"),
    (signs.SECRECY, "secrecy", "密级和保密期限的字样"),
    (signs.URGENCY, "urgency", "紧急程度的字样"),
    (signs.NUMBER, "number", "机关代字、年份、序号"),
)


class Head:
    """Reads the head of one paper off its first lines."""

    def __init__(self, draft: Draft, lines: Lines) -> None:
        self._draft, self._lines = draft, lines
        self._first = lines[:_DEEP]

    def read(self) -> int:
        """Put the head down; where the text begins, by its place in the paper."""
        if not self._lines:
            return 0
        self._lone()
        title = self._title()
        self._mark(title)
        below: Lines = [n for n in self._lines if n > (title[-1] if title else -1)]
        below = self._under(title, below)
        end = self._addressees(title, below)
        for n in self._lines:
            if n >= end:
                break
            if self._draft.free(n):
                why = "网页上的说明" if signs.META.match(self._draft.texts[n]) else "在标题前后，认不出是什么"
                self._draft.put(n, "other", 0.4, why)
        return end

    def _lone(self) -> None:
        """Elements a line of its own tells: 份号, 密级, 紧急程度, 发文字号, 签发人."""
        draft = self._draft
        for place, n in enumerate(self._first):
            text = draft.texts[n]
            if len(text) > _LONGEST:
                continue
            if signs.STRONG_TITLE.search(text) and place > 8:
                break
            number, _, signer = text.partition("签发人：")
            if signs.SIGNER.match(text):
                draft.put(n, "signer", 0.95, "以“签发人：”起头")
            elif signer and signs.NUMBER.fullmatch(number):
                draft.put(n, "number", 0.95, "发文字号，同一行有签发人")
            elif signs.SECRECY.fullmatch(text) and signs.URGENCY.search(text):
                draft.put(n, "secrecy", 0.8, "密级和紧急程度在一行")
            else:
                for pattern, part, why in _SIGNS:
                    if pattern.fullmatch(text):
                        draft.put(n, part, 0.95, why)
                        break

    def _title(self) -> list[int]:
        """The lines of the title: those that end as titles do, best with an addressee under them."""
        found = list(self._endings())
        addressed = [lines for lines in found if self._next_speaks(lines[-1])]
        strong = [lines for lines in found if signs.STRONG_TITLE.search(self._draft.joined(lines))]
        chosen = next(iter([*addressed, *strong, *found]), None)
        if chosen is not None:
            sure = 0.95 if chosen in strong else 0.85 if chosen in addressed else 0.7
            self._draft.put_all(
                chosen, "title", sure, "以文种结尾" + ("，下面是主送机关" if chosen in addressed else "")
            )
            return chosen
        return self._untold()

    def _endings(self) -> Iterator[list[int]]:
        """Lines that end as a title does, with those before them that belong to it."""
        draft = self._draft
        for n in self._first:
            text = draft.texts[n]
            if not draft.free(n):
                continue
            if len(text) > _LONGEST:
                break
            if draft.paras[n].align == "center" and signs.STRONG_TITLE.search(text.removesuffix("。")):
                text = text.removesuffix("。")  # a title closed like a sentence
            if signs.level(text) or "。" in text:
                break  # the text has begun
            if not signs.TITLE.search(text) or signs.ended(text) or signs.META.match(text) or len(text) > 100:
                continue
            if signs.FILE_MARK.search(text) and "关于" not in text and self._counted_below(n):
                continue  # a mark: 会议纪要, 部令
            yield self._upwards(n)

    def _upwards(self, last: int) -> list[int]:
        """A title's last line with the lines above it: next to each other, no sentences, alike."""
        draft, lines = self._draft, [last]
        while lines[0] > 0 and len(lines) < _TITLE_LINES:
            n = lines[0] - 1
            text = draft.texts[n]
            whole = draft.joined([n, *lines])
            if not text or not draft.free(n) or signs.ended(text) or signs.META.match(text) or "：" in text:
                break
            if signs.FILE_MARK.search(text) or len(whole) > _TITLE_LENGTH or signs.STRONG_TITLE.search(text):
                break
            if signs.STRONG_TITLE.match(draft.joined(lines)) and not signs.organ(text):
                break  # 关于…的通知 is whole; only who issues it may stand over it
            if not self._alike(n, last):
                break
            lines.insert(0, n)
        return lines

    def _alike(self, n: int, other: int) -> bool:
        """Whether two paragraphs may be lines of one title by their looks: size and place, where both are known."""
        one, two = (self._draft.paras[each] for each in (n, other))
        sizes = [max((run.size or 0 for run in para.runs), default=0) for para in (one, two)]
        return not (all(sizes) and abs(sizes[0] - sizes[1]) > 2)

    def _untold(self) -> list[int]:
        """A title that no word tells: what stands over an addressee, else what looks like one."""
        draft = self._draft
        free = [n for n in self._first if draft.free(n)]
        speaks = next((place for place, n in enumerate(free) if _speaks(draft.texts[n]) >= 0.8), None)
        over = [n for n in free[:speaks] if not signs.META.match(draft.texts[n])] if speaks else []
        if 0 < len(over) <= _TITLE_LINES and not any(signs.ended(draft.texts[n]) for n in over):
            lines = [n for n in over if not signs.FILE_MARK.search(draft.texts[n])]
            draft.put_all(lines, "title", 0.7, "在主送机关之上")
            return lines
        for n in free[:4]:
            para, text = draft.paras[n], draft.texts[n]
            if signs.FILE_MARK.search(text) and self._counted_below(n):
                continue  # a mark, which is larger than a title
            large = max((run.size or 0 for run in para.runs), default=0) >= 18
            named = re.search("^title$|标题$", para.style, re.IGNORECASE) is not None
            if len(text) <= 60 and not signs.ended(text) and not signs.level(text) and (large or named):
                draft.put(n, "title", 0.6, "字号大" if large else "样式是标题")
                return [n]
        if len(free) > 1 and speaks is None:
            text = draft.texts[free[0]]
            plain = 4 <= len(text) <= 40 and not signs.ended(text) and "：" not in text
            if plain and not signs.level(text) and not signs.META.match(text) and signs.ended(draft.texts[free[1]]):
                draft.put(free[0], "title", 0.5, "第一行，不成句")
                return [free[0]]
        return []

    def _mark(self, title: list[int]) -> None:
        """发文机关标志: over the number, or a line that ends with 文件, 令 or 纪要."""
        draft = self._draft
        numbers = [n for n in self._first if draft.part(n) == "number"]
        top = title[0] if title else len(draft.paras)
        before = [n for n in self._first if draft.free(n) and n < top]
        for place, n in enumerate(before):
            text = draft.texts[n]
            following = next((each for each in self._first if each > n), n)
            if (
                signs.FILE_MARK.search(text)
                and not re.search("关于|[：。]", text)
                and (title or self._counted_below(n))
            ):
                draft.put(n, "mark", 0.95, "以“文件”“令”“纪要”结尾，在标题之上")
                draft.put_all(_organs(draft, before[:place]), "mark", 0.85, "机关名称，在标志的上一行")
                if signs.COUNTED.fullmatch(draft.texts[following]):
                    draft.put(following, "number", 0.9, "标志之下的令号、期号")
            elif signs.organ(text) and any(n < number for number in numbers):
                number = next(number for number in numbers if number > n)
                between = [each for each in self._first if n < each < number]
                names = (draft.texts[each] for each in between if draft.free(each))
                if all(signs.organ(name) or name == signs.FILE for name in names):
                    draft.put(n, "mark", 0.8, "机关名称，在发文字号之上")
            elif text == signs.FILE and place and draft.part(before[place - 1]) == "mark":
                draft.put(n, "mark", 0.9, "“文件”，在几个机关名称旁边")

    def _counted_below(self, n: int) -> bool:
        """Whether a counted number follows (第12号, 第3期), or the number of a paper: then the line is a mark."""
        following = next((each for each in self._first if each > n), None)
        if following is None:
            return False
        text = self._draft.texts[following]
        return bool(signs.COUNTED.fullmatch(text)) or self._draft.part(following) == "number"

    def _under(self, title: list[int], below: Lines) -> Lines:
        """What stands under the title in brackets or after a dash, and a number that follows it."""
        draft = self._draft
        for place, n in enumerate(below[:3] if title else []):
            text = draft.texts[n]
            if not draft.free(n):
                continue
            if signs.COUNTED.fullmatch(text):
                draft.put(n, "number", 0.8, "标题之下的编号")
            elif re.fullmatch("（.{2,60}）|【.+】", text) and not signs.level(text):
                draft.put(n, "subtitle", 0.85, "标题下括号里的说明")
            elif re.match("[—-]{2}", text) and not signs.ended(text):
                draft.put(n, "subtitle", 0.7, "标题下破折号引出的说明")
            else:
                return below[place:]
        return [n for n in below if draft.free(n)]

    def _addressees(self, title: list[int], below: Lines) -> int:
        """主送机关, which may take several paragraphs; where the text begins."""
        draft = self._draft
        end = below[0] if below else (self._lines[-1] + 1)
        for place, n in enumerate(below[:4]):
            sure = _speaks(draft.texts[n])
            if not sure:
                if not re.search("[，、；]$", draft.texts[n]) or not signs.NAMES.search(draft.texts[n]):
                    break  # no list of names that goes on: the text has begun
                continue
            draft.put_all(below[: place + 1], "addressee", sure if title else sure - 0.15, "以冒号结尾的机关名称")
            end = below[place + 1] if place + 1 < len(below) else self._lines[-1] + 1
            for more in below[place + 1 : place + 3]:
                if _speaks(draft.texts[more]) < 0.9:
                    break
                draft.put(more, "addressee", 0.8, "又一行以冒号结尾的机关名称")
                end = more + 1
            break
        return end

    def _next_speaks(self, n: int) -> bool:
        """Whether one of the next lines is an addressee, with nothing but brackets and numbers between."""
        draft = self._draft
        for each in [one for one in self._lines if one > n][:4]:
            text = draft.texts[each]
            if _speaks(text) >= 0.8:
                return True
            if draft.free(each) and not re.fullmatch("（.*）", text) and not re.search("[，、；]$", text):
                return False
        return False


def _speaks(text: str) -> float:
    """How sure it is that a line names whom a paper is for, 0 where it does not."""
    if not text.endswith("：") or len(text) > 400 or re.search("[。！？]", text) or text.count("：") > 1:
        return 0.0
    if signs.NO_ADDRESSEE.search(text) or signs.level(text):
        return 0.0
    return 0.95 if signs.NAMES.search(text) else 0.55 if len(text) <= 20 else 0.0


def _organs(draft: Draft, lines: Lines) -> Iterator[int]:
    """Of the lines over a mark those that name an issuer, from the mark upwards until one does not."""
    for n in reversed(lines):
        if not signs.organ(draft.texts[n]) and not re.search("(?:省|市|区|县|自治区)$", draft.texts[n]):
            return
        yield n
