"""What must be done by a day, and what is handed in with it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from notices.checks.wording import binds_in
from notices.importing.acting import own_key, receiver, subject
from notices.importing.known import KnownFact
from notices.importing.names import Names
from notices.importing.sentences import SourcePart, SourceSentence
from notices.profile import Profile
from notices.verify.wording import pairs_of
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
    r"^(?:[，,]?)(?:将|把)(?P<what>.{2,160}?)(?=(?:一并)?(?:通过|统一)?(?:报送|报至|报我|上报|报省|报自治区|提交|报送至|送至|寄送|报))"
)


@dataclass
class Dated:
    """A deadline with the materials handed in by it, and what of the source it was made of."""

    key: str
    data: dict[str, Any]
    sentence: int
    parts: list[SourcePart]
    before: str
    """What the sentence says before the day, of somebody else."""
    materials: dict[str, dict[str, Any]] = field(default_factory=dict)
    carried: bool = False


def dated(
    source: Sequence[SourceSentence], profile: Profile, names: Names, known: Sequence[KnownFact], year: int,
    refused: Collection[tuple[str, str]] = (),
) -> list[Dated]:
    """Every deadline of a source, in order."""
    found: list[Dated] = []
    taken: set[str] = set()
    for n, sentence in enumerate(source):
        for match in _days(sentence.text):
            made = _one(n, source, match, profile, names, known, year, taken, refused)
            if made:
                taken |= {made.key, *made.materials}
                found.append(made)
                break
    return found


def _days(text: str) -> Iterator[re.Match[str]]:
    yield from _BY.finditer(text)
    yield from _UNTIL.finditer(text)


def _one(  # noqa: PLR0913 - one place puts it together
    n: int,
    source: Sequence[SourceSentence],
    match: re.Match[str],
    profile: Profile,
    names: Names,
    known: Sequence[KnownFact],
    year: int,
    taken: set[str],
    refused: Collection[tuple[str, str]],
) -> Dated | None:
    sentence = source[n]
    text = sentence.text
    before, after = text[: match.start()], text[match.end() :].strip("，,。；; ")
    lead = re.split("[，,：:]", before)[-1]
    found = subject(tidy(lead), profile) or subject(tidy(before), profile)
    by = found[0] if found else _presumed(sentence, profile)
    to = receiver(text, profile)
    own = own_key(profile)
    if to is None and re.search(r"我[厅局委部]", after):
        to = own
    if not after or by is None:
        return None
    key = _key(by, to, text, own, taken)
    data: dict[str, Any] = {"label": _label(after, key)}
    data |= {"by": by} | ({"to": to} if to and to != by else {})
    month, day = int(match["m"]), int(match["d"])
    if match["yearly"]:
        data["annual"] = f"{month:02}-{day:02}"
    else:
        data["date"] = f"{match['y'] or year}-{month:02}-{day:02}"
        if not match["y"]:
            data["note"] = f"原文只写“{month}月{day}日”，年份按 {year} 年"
    if match["hour"] and (hour := _hour(match["hour"])):
        data["time"] = hour
    made = Dated(key, data, n, _parts(sentence, match), _other(before, found, lead))
    handed = _HANDED.match(after)
    if handed and (key, CARRIED) not in refused:
        around = "".join(one.text for one in source if one.clause == sentence.clause)
        made.materials = _materials(handed["what"], sentence, names, known, taken, around)
        made.carried = bool(made.materials)
    say = after[handed.end() :] if handed and made.carried else after
    following = source[n + 1] if n + 1 < len(source) and source[n + 1].clause == sentence.clause else None
    if made.carried and following and _ELECTRONIC.search(following.text):
        say += "，" + following.text.strip("。；; ")
        made.parts += following.parts
    elif made.carried and "电子" not in sentence.text:
        for item in made.materials.values():
            item["form"] = [one for one in item.get("form", ()) if one != "电子"]
    data["say"] = names.placed(say)
    if binds := list(binds_in(data["say"], "")):
        data["binds"] = binds
    data["cite"] = sentence.clause
    return made


def _presumed(sentence: SourceSentence, profile: Profile) -> str | None:
    """Who is meant where a sentence names nobody: those the notice is sent to."""
    del sentence
    return next(
        (
            key
            for key in ("city", "county", "region", "province", "applicant")
            if key in profile.actors and key != own_key(profile)
        ),
        None,
    )


def _key(by: str, to: str | None, text: str, own: str, taken: set[str]) -> str:
    """The id other profiles have for such a deadline."""
    usual = {
        ("city", "province"): "city-to-province",
        ("applicant", "city"): "applicant-to-city",
        ("province", "ministry"): "province-to-ministry",
        ("county", "city"): "county-to-city",
        ("applicant", "county"): "applicant-to-county",
        ("applicant", "province"): "applicant-to-province",
    }
    name = usual.get((by, to or own), "")
    if "动态管理" in text:
        name = "dynamic-table"
    elif by == "third-party" or "评价机构年度" in text:
        name = "third-party-return"
    name = name or f"{by}-deadline"
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


def _other(before: str, found: tuple[str, int] | None, lead: str) -> str:
    rest = before[: len(before) - len(lead)]
    del found
    return rest.strip("，, ")


def _materials(
    text: str, sentence: SourceSentence, names: Names, known: Sequence[KnownFact], taken: set[str], around: str
) -> dict[str, dict[str, Any]]:
    """What is handed in: each with its copies, its form, the attachments that are its forms."""
    made: dict[str, dict[str, Any]] = {}
    electronic, paper = bool(re.search("电子(?:版|档|文档|材料)", around)), bool(re.search("一式|纸质", around))
    for piece in _pieces(text):
        inside = "".join(re.findall(r"[（(]([^（）()]*)[）)]", piece))
        name = re.sub(r"[（(][^（）()]*[）)]|[《》]", "", piece)
        name = re.sub(r"(?:纸质版?|电子版?)?\s*各?一式[一二两三四五六七八九十\d]+份", "", name).strip()
        if len(tidy(name)) < 2:
            return {}
        key = _material(name, known, {*taken, *made})
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
        placed = [one for number in numbers if (one := names.attachment(number))]
        if placed:
            item["attachments"] = placed
        made[key] = {**item, "cite": sentence.clause}
    return made


def _pieces(text: str) -> Iterator[str]:
    """A list parted by 、 和 及 以及, brackets left whole."""
    depth, start = 0, 0
    for n, char in enumerate(text):
        depth += (char in "（(《") - (char in "）)》")
        if depth == 0 and (char == "、" or text.startswith(("和", "及"), n) and n > start + 3):
            yield text[start:n]
            start = n + 1
    yield text[start:]


def _material(name: str, known: Sequence[KnownFact], taken: set[str]) -> str:
    words = pairs_of(name)
    best, most = "", 0.0
    for one in known:
        other = pairs_of(str(one.data.get("name", "")))
        share = 2 * len(words & other) / max(len(words) + len(other), 1)
        if share > most and f"materials.{one.name}" not in taken:
            best, most = one.name, share
    if best and most >= 0.75:
        return f"materials.{best}"
    count = sum(key.startswith("materials.") for key in taken) + 1
    while f"materials.material-{count}" in taken:
        count += 1
    return f"materials.material-{count}"
