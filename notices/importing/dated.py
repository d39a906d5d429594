"""What must be done by a day, and what is handed in with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from notices.checks.wording import binds_in
from notices.importing.acting import own_key, receiver, subject
from notices.importing.known import KnownFact, most_like
from notices.importing.names import Names
from notices.importing.sentences import SourcePart, SourceSentence
from notices.profile import Profile
from notices.verify.wording import alike, pairs_of
from notices.wording.spelling import tidy
from notices.wording.words import figure

_DAY = (
    r"(?P<day>(?:(?P<yearly>每年(?:度)?)|(?:(?P<y>20\d{2})\s*年))?\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日)"
    r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?\s*(?P<hour>(?:下午|上午)?\s*\d{1,2}\s*(?:[:：]\s*\d{2}|[时点]\s*(?:\d{1,2}分)?)(?:整)?)?"
)
_BY = re.compile(rf"(?:于|在|截至|截止到?|截止时间为?)?\s*{_DAY}\s*(?P<before>下班前|之前|以前|前|止|截止)")
_UNTIL = re.compile(rf"(?:截止(?:时间|日期)?(?:为|到|至|是|[:：])?|不迟于|不晚于)\s*{_DAY}()")
_ELECTRONIC = re.compile(r"^[^。；]{0,8}电子[^。；]{0,12}(?:发送|发至|报送|报至|提交|上传|传至)")
CARRIED = "carried"
"""In place of an edition: what is handed in by a deadline is not to be told apart."""
_HANDED = re.compile(
    r"^(?:[，,]?)(?:将|把)(?P<what>.{2,160}?)(?=(?:一并)?(?:通过|统一)?(?:报送|报至|报我|上报|报省|报自治区|提交|报送至|送至|寄送|(?<!申)报(?![告表])))"
)


@dataclass
class Dated:
    """A deadline with the materials handed in by it, and what of the source it was made of."""

    key: str
    data: dict[str, Any]
    sentence: int
    parts: list[SourcePart]
    materials: dict[str, dict[str, Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Means:
    """What deadlines are read by: who speaks, what is named, what is known, the year of the notice."""

    profile: Profile
    names: Names
    materials: Sequence[KnownFact]
    deadlines: Sequence[KnownFact]
    year: int
    issued: str = ""
    refused: Collection[tuple[str, str]] = ()
    called: dict[str, str] = field(default_factory=dict)
    """Parties the source names in words of its own, by the ids given to them."""


def dated(source: Sequence[SourceSentence], means: Means) -> list[Dated]:
    """Every deadline of a source, in order."""
    found: list[Dated] = []
    taken: set[str] = set()
    for n, sentence in enumerate(source):
        for match in (*_BY.finditer(sentence.text), *_UNTIL.finditer(sentence.text)):
            if made := _one(n, source, match, means, taken):
                taken |= {made.key, *made.materials}
                found.append(made)
                break
    return found


def _one(n: int, source: Sequence[SourceSentence], match: re.Match[str], means: Means, taken: set[str]) -> Dated | None:
    sentence, profile = source[n], means.profile
    before, after = sentence.text[: match.start()], sentence.text[match.end() :].strip("，,。；; ")
    lead = re.split("[，,：:]", before)[-1]
    found = subject(tidy(lead), profile) or subject(tidy(before), profile)
    by = found[0] if found else _called(lead, means) or _presumed(profile)
    if not after or by is None:
        return None
    own = own_key(profile)
    to = receiver(sentence.text, profile) or (own if re.search("我[厅局委部]", after) else None)
    key = _key((by, to or own), after, means.deadlines, taken)
    data: dict[str, Any] = {"label": _label(after, key), "by": by, **({"to": to} if to and to != by else {})}
    made = Dated(key, data | _when(match, means), n, _parts(sentence, match))
    _handed(made, source, after, means, taken)
    made.data["say"] = means.names.placed(made.data["say"])
    if binds := list(binds_in(made.data["say"], "")):
        made.data["binds"] = binds
    made.data["cite"] = sentence.clause
    return made


def _when(match: re.Match[str], means: Means) -> dict[str, Any]:
    """The day, and the hour where one is named."""
    month, day = int(match["m"]), int(match["d"])
    made: dict[str, Any] = {}
    if not match["yearly"] and _astray(match, month, day, means):
        read = f"{match['y'] or means.year}-{month:02}-{day:02}"
        why = f"原文写的是“{match['day'].strip()}”，早于成文日期，或者没有这一天"
        made["date"] = {"pending": "截止日期", "was": read, "why": why}
    elif match["yearly"]:
        made["annual"] = f"{month:02}-{day:02}"
    else:
        made["date"] = f"{match['y'] or means.year}-{month:02}-{day:02}"
        made |= {} if match["y"] else {"note": f"原文只写“{month}月{day}日”，年份按 {means.year} 年"}
    if match["hour"] and (hour := _hour(match["hour"])):
        made["time"] = hour
    return made


def _astray(match: re.Match[str], month: int, day: int, means: Means) -> bool:
    """Whether a day cannot be a deadline of this notice: there is none, or it is before the notice was issued."""
    try:
        read = dt.date(int(match["y"] or means.year), month, day)
    except ValueError:
        return True
    return bool(means.issued) and read.isoformat() < means.issued


def _handed(made: Dated, source: Sequence[SourceSentence], after: str, means: Means, taken: set[str]) -> None:
    """What is handed in, told apart where it is a list; and what is done with it."""
    sentence = source[made.sentence]
    made.data["say"] = after
    found = _HANDED.match(after)
    if not found or (made.key, CARRIED) in means.refused:
        return
    around = "".join(one.text for one in source if one.clause == sentence.clause)
    made.materials = _materials(found["what"], sentence.clause, means, taken, around)
    if not made.materials:
        return
    made.data["say"] = after[found.end() :]
    following = source[made.sentence + 1] if made.sentence + 1 < len(source) else None
    if following and following.clause == sentence.clause and _ELECTRONIC.search(following.text):
        made.data["say"] += "，" + following.text.strip("。；; ")
        made.parts += following.parts
    elif "电子" not in sentence.text:  # said elsewhere, and printed there
        for item in made.materials.values():
            item["form"] = [one for one in item.get("form", ()) if one != "电子"]


def _called(lead: str, means: Means) -> str | None:
    """A party no class of parties has a word for, as the source calls it."""
    named = re.sub(r"^\s*请|(?:应|须|要)?(?:于|在)?\s*$", "", lead).strip()
    if not 2 <= len(named) <= _LONGEST_NAME:
        return None
    key = next((key for key, words in means.called.items() if words == named), f"party-{len(means.called) + 1}")
    means.called[key] = named
    return key


_LONGEST_NAME = 20
"""Characters of the longest words for a party."""


def _presumed(profile: Profile) -> str | None:
    """Who is meant where a sentence names nobody: those the notice is sent to."""
    usual = ("city", "county", "region", "province", "applicant")
    return next((key for key in usual if key in profile.actors and key != own_key(profile)), None)


_USUAL = {
    ("city", "province"): "city-to-province",
    ("applicant", "city"): "applicant-to-city",
    ("province", "ministry"): "province-to-ministry",
    ("county", "city"): "county-to-city",
    ("applicant", "county"): "applicant-to-county",
    ("applicant", "province"): "applicant-to-province",
}
_LIKE = 0.5
"""The share of words a deadline must have in common with a known one to have its id."""


def _key(between: tuple[str, str], say: str, known: Sequence[KnownFact], taken: set[str]) -> str:
    """The id other profiles have for such a deadline: for one in such words, else for one between such parties."""
    words = pairs_of(say)
    shares = {one.name: alike(words, pairs_of(one.text)) for one in known}
    best = max(shares, key=lambda name: shares[name], default="")
    name = best if shares.get(best, 0) >= _LIKE else _USUAL.get(between, f"{between[0]}-deadline")
    wanted, count = f"deadlines.{name}", 1
    while wanted in taken:
        count += 1
        wanted = f"deadlines.{name}-{count}"
    return wanted


def _label(say: str, key: str) -> str:
    word = re.search("(报送|提交|填报|申报|推荐|上报|审核|公示|登录)", say)
    return f"{word[1]}截止" if word else key.partition(".")[2]


def _hour(text: str) -> str:
    found = re.search(r"(下午)?\s*(\d{1,2})\s*(?:[:：]\s*(\d{2})|[时点]\s*(?:(\d{1,2})分)?)", text)
    if found is None:
        return ""
    hour = int(found[2]) + (12 if found[1] and int(found[2]) < 12 else 0)
    return f"{hour:02}:{int(found[3] or found[4] or 0):02}"


def _parts(sentence: SourceSentence, match: re.Match[str]) -> list[SourcePart]:
    """The parts from the one with the day to the end of the sentence."""
    day = tidy(match["day"])
    first = next((n for n, part in enumerate(sentence.parts) if day in tidy(part.text)), 0)
    return sentence.parts[first:]


def _materials(text: str, clause: str, means: Means, taken: set[str], around: str) -> dict[str, dict[str, Any]]:
    """What is handed in: each with its copies, its form, the attachments that are its forms."""
    made: dict[str, dict[str, Any]] = {}
    electronic, paper = bool(re.search("电子(?:版|档|文档|材料)", around)), bool(re.search("一式|纸质", around))
    for piece in _pieces(text):
        inside = "".join(re.findall(r"[（(]([^（）()]*)[）)]", piece))
        name = re.sub(r"[（(][^（）()]*[）)]|[《》]", "", piece)
        name = re.sub(r"(?:纸质版?|电子版?)?\s*各?一式[一二两三四五六七八九十\d]+份", "", name).strip()
        if len(tidy(name)) < 2:
            return {}
        key = _material(name, means.materials, {*taken, *made})
        item: dict[str, Any] = {"label": name[:16], "name": name}
        count = re.search(r"一式([一二两三四五六七八九十\d]+)份", piece)
        forms = [*(["纸质"] if count or paper else []), *(["电子"] if electronic else [])]
        if forms:
            item["form"] = forms
        if count:
            item["copies"] = int(figure(count[1].replace("两", "二")) or 1)
        numbers = [
            int(number)
            for match in re.findall(r"附件\s*([\d、,，和及\s-]+)", inside)
            for number in re.findall(r"\d+", match)
        ]
        placed = [one for number in numbers if (one := means.names.attachment(number))]
        if placed:
            item["attachments"] = placed
        made[key] = {**item, "cite": clause}
    return made


def _pieces(text: str) -> Iterator[str]:
    """A list parted by 、 和 及 以及, brackets left whole."""
    depth, start = 0, 0
    for n, char in enumerate(text):
        depth += (char in "（(《") - (char in "）)》")
        if depth == 0 and (char == "、" or (text.startswith(("和", "及"), n) and n > start + 3)):
            yield text[start:n]
            start = n + 1
    yield text[start:]


_SAME = 0.75
"""The share of words the name of a material must have in common with a known one to have its id."""


def _material(name: str, known: Sequence[KnownFact], taken: set[str]) -> str:
    words = pairs_of(name)
    free = (one for one in known if one.key not in taken)
    best, share = most_like(free, lambda one: alike(words, pairs_of(str(one.data.get("name", "")))))
    if best and share >= _SAME:
        return best.key
    count = sum(key.startswith("materials.") for key in taken) + 1
    while f"materials.material-{count}" in taken:
        count += 1
    return f"materials.material-{count}"
