"""What must be done by a day, and what is handed in with it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from notices.checks.wording import binds_in
from notices.importing import handed
from notices.importing.acting import addressed, key_of, own_key, particular, receiver, subject, subjects
from notices.importing.known import KnownFact
from notices.importing.names import Names
from notices.importing.sentences import SourcePart, SourceSentence
from notices.importing.sentences import commas as commas_in
from notices.profile import Profile
from notices.verify.wording import alike, pairs_of
from notices.wording.spelling import tidy

_DAY = (
    r"(?P<day>(?:(?P<yearly>每年(?:度)?)|(?:(?P<y>20\d{2})\s*年))?\s*(?P<m>\d{1,2})\s*月\s*(?P<d>\d{1,2})\s*日)"
    r"(?:[（(](?:星期|周)[一二三四五六日天][）)])?\s*(?P<hour>(?:下午|上午)?\s*\d{1,2}\s*(?:[:：]\s*\d{2}|[时点]\s*(?:\d{1,2}分)?)(?:整)?)?"
)
_BY = re.compile(
    rf"(?:请?(?:务必)?(?:于|在)|截至|截止到?|截止时间为?)?\s*{_DAY}\s*(?P<before>下班(?:之)?前|之前|以前|前|止|截止)"
)
_UNTIL = re.compile(rf"(?:截止(?:时间|日期)?(?:为|到|至|是|[:：])?|不迟于|不晚于)\s*{_DAY}(?P<before>)")
_CLOSED = re.compile(
    rf"(?P<what>[^，。；：,]{{2,24}}?)(?P<ends>截止|关闭|截稿)(?:时间|日期)?(?:为|是|[:：])\s*{_DAY}(?P<before>)$"
)
"""What closes on a day, and nothing behind it."""
_PERIOD = re.compile(
    r"(?P<what>[^，。；：,]{0,12}?(?:时间|期限|日期)(?:为|是|[:：])?)?(?:自|从|于)?"
    rf"(?P<start>(?:20\d{{2}}年)?\d{{1,2}}月\d{{1,2}}日)起?\s*(?:至|到|[-—–~～]+)\s*{_DAY}(?P<before>(?:止|截止|前)?)"
)
"""A span of days in which something is due: 申报时间为某日至某日."""
_PUBLIC = re.compile(
    r"(?:公示(?:时间|期限|期)?(?:为|[:：])?|公示)(?P<op>不少于|不低于|至少)?(?P<n>\d{1,2})(?:个)?(?P<unit>工作日|日|天)"
)
_ELECTRONIC = re.compile(r"^[^。；]{0,8}电子[^。；]{0,12}(?:发送|发至|报送|报至|提交|上传|传至)")
CARRIED = "carried"
"""In place of an edition: what is handed in by a deadline is not to be told apart."""
_SENT = "报送|报至|报我|上报|报省|报自治区|报市|提交|送至|送市|送区|寄送|反馈|(?<!申)报(?![告表])"
_HANDED = re.compile(
    rf"^[，,]?(?:将|把)(?P<what>.{{2,160}}?)(?=(?:一并|统一|同时)?(?:通过|经由?)[^，。]{{2,40}}?(?:{_SENT})|(?:一并|统一|同时)?(?:{_SENT}))"
)
_BEFORE = re.compile(r"(?:将|把)(?P<what>[^。；]{2,160})$")
"""What is handed in, where the day stands behind it."""
_LISTED = re.compile(r"^(?P<to>向[^，。；]{2,20}?)?(?P<verb>报送|提交|上报|反馈)(?P<what>[^。；，]{3,160})$")
"""What is handed in, named behind the verb."""


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
        for span in _spans(sentence.text):
            if made := _one(n, source, span, means, taken):
                taken |= {made.key, *made.materials}
                found.append(made)
        if made := _publicity(n, source, means, taken):
            taken.add(made.key)
            found.append(made)
    return found


@dataclass(frozen=True)
class _Span:
    """What one day of a sentence stands in: the match, what is said before it and behind it.

    ``several``: there is a day before it that something begins, or further days that have no act of their own.
    """

    match: re.Match[str]
    before: str
    after: str
    end: int
    """Where in the sentence what is said behind it ends."""
    several: bool = False


def _spans(text: str) -> Iterator[_Span]:
    """Each day something is due by, with its own act; a day that shares the act of another stays in its words."""
    if period := _PERIOD.search(text):
        begun = f"自{period['start']}起"
        said = re.sub("[为是：:]$", "", period["what"] or "") + begun + text[period.end() :].strip("，,。；; ")
        yield _Span(period, text[: period.start()], said, len(text), several=True)
        return
    found = sorted((*_BY.finditer(text), *_UNTIL.finditer(text)), key=lambda match: match.start())
    found = [one for n, one in enumerate(found) if n == 0 or one.start() >= found[n - 1].end()]
    if not found:
        if closed := _CLOSED.search(text.rstrip("。；; ")):
            yield _Span(closed, text[: closed.start()], closed["what"] + closed["ends"], len(text))
        return
    groups, cuts = [[found[0]]], [0]
    for one in found[1:]:
        cut = text.rfind("，", 0, one.start()) + 1
        if cut - groups[-1][-1].end() > _ACT_OF_ITS_OWN:
            groups.append([one])
            cuts.append(cut)
        else:
            groups[-1].append(one)
    for group, start, limit in zip(groups, cuts, [*cuts[1:], len(text)], strict=True):
        first = group[0]
        end = first.end() + _turn(text[first.end() : limit])
        after = text[first.end() : end].strip("，,。；; ")
        yield _Span(first, text[start : first.start()], after, end, len(group) > 1)


def _turn(text: str) -> int:
    """Where words turn to what somebody else does then: ……报送我局，我局将……"""
    found = re.search(r"，(?=(?:我[厅局委部]|[^，。；]{0,8}[厅局委])(?:将|依据|组织|根据))", text)
    return found.start() + 1 if found else len(text)


_ACT_OF_ITS_OWN = 5
"""Characters between two days that say what is due by the first."""


def _one(n: int, source: Sequence[SourceSentence], span: _Span, means: Means, taken: set[str]) -> Dated | None:
    sentence, profile, match = source[n], means.profile, span.match
    by = _actor(n, source, span, means)
    if not span.after or by is None:
        return None
    own = own_key(profile)
    to = receiver(sentence.text, profile) or (own if re.search("我[厅局委部]", span.after) else None)
    key = _key((by, to or own), span.after, means.deadlines, taken)
    data: dict[str, Any] = {"label": _label(span.after), "by": by, **({"to": to} if to and to != by else {})}
    made = Dated(key, data | _when(match, means), n, _parts(sentence, span))
    _handed(made, source, span, means, taken)
    made.data["say"] = means.names.placed(made.data["say"])
    if over := _left_over(span, made, means):
        made.data["say"] = f"{over}，{made.data['say']}"
        made.data["confirm"] = {"pending": "核对截止日期", "why": "日期前面还有话，分开写"}
    if binds := list(binds_in(made.data["say"], "")):
        made.data["binds"] = binds
    if _TOLD.search(span.before):
        made.data["confirm"] = {"pending": "核对截止日期", "why": "原文由别人通知、督促，核对由谁做"}
    if span.several:
        made.data["confirm"] = {"pending": "核对截止日期", "why": "原文是一段时间，或者一句里有几个日期，分开写"}
    made.data["cite"] = sentence.clause
    return made


def _left_over(span: _Span, made: Dated, means: Means) -> str:
    """What stands before the day in its own part and is neither who must do it nor what is handed in."""
    text = span.before[: len(span.before) - len(_listed_before(span))] if made.materials else span.before
    lead = ["", *commas_in(text)][-1] if text.strip() and not re.search("[，,：:]$", text) else ""
    name = str({**means.profile.actors, **means.called}.get(made.data["by"], ""))
    plain = re.sub("^(?:并|请|并请|同时)|(?:应|须|需|要|并|务必|于|在|今后)*$", "", tidy(lead))
    named = [party.words for _, party in subjects(tidy(lead), means.profile)]
    for words in sorted((*named, tidy(name)), key=len, reverse=True):
        plain = plain.replace(words, "") if words else plain
    plain = re.sub("^[，,]?(?:应|须|需|要|请)?(?:于|在)?", "", plain)
    return "" if len(plain) < _SAYS_MORE or plain in tidy(name) else plain.strip("，,、")


_SAYS_MORE = 4
"""Characters before a day that say more than who and by when."""


def _actor(n: int, source: Sequence[SourceSentence], span: _Span, means: Means) -> str | None:
    """Who must have done it: the last party named before the day, else the one the paragraph speaks of."""
    lead = ["", *commas_in(span.before)][-1].strip("，,：:")
    if found := subject(tidy(lead), means.profile):
        return found[0]
    if told := _TOLD.search(span.before) or _LISTED_UNIT.search(span.before):
        return _told(told["who"], means)
    sentence = source[n]
    earlier = [one.text for one in source[:n] if one.clause == sentence.clause]
    for text in (span.before, *reversed(earlier)):
        if named := list(subjects(tidy(text), means.profile)):
            party = named[-1][1]
            return _known_as(party.words, means) if particular(party, means.profile) else key_of(party)
    if _APPLYING.match(span.after) and (applicant := _applies(means.profile)):
        return applicant
    return _called(lead, means) or (addressed(means.profile) or _applies(means.profile))


_APPLYING = re.compile("(?:网上|在线|系统)?(?:申报|填报)(?:时间|期限|截止|端口|系统)")
"""A day for those who apply, whoever the notice is sent to."""
_TOLD = re.compile(
    r"(?:通知|督促|指导|组织|要求)(?P<who>[^，。；]{0,40}?(?:单位|企业|[区厂]))(?:[（(][^（）()]*[）)])?[，,]?(?:于|在)?(?:今后)?$"
)
"""Who is told by somebody else to do it."""


_LISTED_UNIT = re.compile(
    "(?:^|[，。；])(?P<who>已?列入[^，。；]{2,60}?(?:单位|企业|[区厂]))(?=[，,]?(?:应|须|需|要|于|$))"
)
"""Those on a list that must do it themselves."""


def _told(who: str, means: Means) -> str:
    """The id of those who are told: the listed, or those who apply."""
    key = "listed-unit" if re.search("列入|名单|公布|认定", who) else "applicant"
    called = str(means.profile.actors.get(key) or means.called.setdefault(key, who))
    return key if called in who or who in called else _known_as(who, means)


def _publicity(n: int, source: Sequence[SourceSentence], means: Means, taken: set[str]) -> Dated | None:
    """How long a list is made public; who does so stands in the same sentence."""
    sentence = source[n]
    part = next((one for one in sentence.parts if _PUBLIC.search(tidy(one.text))), None)
    if part is None or "网" in part.text or len(tidy(part.text)) > _SHORT:
        return None
    match = _PUBLIC.search(tidy(part.text))
    named = [key_of(one) for _, one in subjects(tidy(sentence.text), means.profile)]
    by = named[-1] if named else own_key(means.profile)
    name, count = "deadlines.publicity", 1
    while name in taken:
        count += 1
        name = f"deadlines.publicity-{count}"
    assert match  # noqa: S101 - found above
    unit = "日" if match["unit"] == "天" else match["unit"]
    span = {"value": int(match["n"]), "unit": unit, **({"op": ">="} if match["op"] else {})}
    return Dated(name, {"label": "公示时间", "by": by, "span": span, "say": "公示", "cite": sentence.clause}, n, [part])


_SHORT = 20
"""Characters of a part that says how long something is public and no more."""


def _when(match: re.Match[str], means: Means) -> dict[str, Any]:
    """The day, and the hour where one is named."""
    month, day = int(match["m"]), int(match["d"])
    made: dict[str, Any] = {}
    yearly = match["yearly"] or (not match["y"] and re.search("每年[^。；]{0,30}$", match.string[: match.start()]))
    if not yearly and _astray(match, month, day, means):
        read = f"{match['y'] or means.year}-{month:02}-{day:02}"
        why = f"原文写的是“{match['day'].strip()}”，早于成文日期，或者没有这一天"
        made["date"] = {"pending": "截止日期", "was": read, "why": why}
    elif yearly:
        made["annual"] = f"{month:02}-{day:02}"
    else:
        made["date"] = f"{match['y'] or means.year}-{month:02}-{day:02}"
        made |= {} if match["y"] else {"note": f"原文只写“{month}月{day}日”，年份按 {means.year} 年"}
    if match["before"].startswith("下班"):
        made["note"] = "；".join([*([made["note"]] if "note" in made else []), f"原文写的是“{match['before']}”"])
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


def _handed(made: Dated, source: Sequence[SourceSentence], span: _Span, means: Means, taken: set[str]) -> None:
    """What is handed in, told apart where it is a list; and what is done with it."""
    sentence = source[made.sentence]
    made.data["say"] = span.after
    if (made.key, CARRIED) in means.refused:
        return
    what, rest = _what(span)
    if not what:
        return
    around = "".join(one.text for one in source if one.clause == sentence.clause)
    made.materials = handed.materials(what, handed.Place(sentence.clause, around), means.names, means.materials, taken)
    if not made.materials:
        return
    made.parts = _parts(sentence, span, listed=bool(_listed_before(span)))
    made.data["say"] = rest
    following = source[made.sentence + 1] if made.sentence + 1 < len(source) else None
    if following and following.clause == sentence.clause and _ELECTRONIC.search(following.text):
        made.data["say"] += "，" + following.text.strip("。；; ")
        made.parts += following.parts
    elif "电子" not in sentence.text:  # said elsewhere, and printed there
        for item in made.materials.values():
            item["form"] = [one for one in item.get("form", ()) if one != "电子"]


def _what(span: _Span) -> tuple[str, str]:
    """What is handed in by a day, and what is done with it: 将……报送, 将……于某日前报送, 报送……."""
    if found := _HANDED.match(span.after):
        return found["what"].rstrip("，,"), span.after[found.end() :]
    if before := _listed_before(span):
        return before[1:].rstrip("，,"), span.after
    if (found := _LISTED.match(span.after)) and handed.listed(found["what"]):
        return found["what"], f"{found['to'] or ''}{found['verb']}"
    return "", ""


def _called(lead: str, means: Means) -> str | None:
    """A party no class of parties has a word for, as the source calls it."""
    named = re.sub(r"^\s*并?请|(?:应|须|要)?(?:于|在)?\s*$", "", lead).strip()
    if not 2 <= len(named) <= _LONGEST_NAME or not _OFFICE.search(named) or re.search("[将把（）()]", named):
        return None
    return _known_as(named, means)


def _known_as(named: str, means: Means) -> str:
    """The id of a party as the source calls it."""
    words = named.replace("(", "（").replace(")", "）")
    known = {**means.profile.actors, **means.called}
    key = next((key for key, called in known.items() if called == words), f"party-{len(means.called) + 1}")
    if key not in means.profile.actors:
        means.called[key] = words
    return key


_OFFICE = re.compile("(?:[局委厅办所区县市镇乡园]|部门|管委会|单位|企业|中心|机构|街道|协会|申报主体)$")
_LONGEST_NAME = 20
"""Characters of the longest words for a party."""


def _applies(profile: Profile) -> str | None:
    return "applicant" if "applicant" in profile.actors else None


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


def _label(say: str) -> str:
    word = re.search("(报送|提交|填报|申报|推荐|上报|审核|公示|登录|声明|反馈)", say)
    return f"{word[1]}截止" if word else "截止日期"


def _hour(text: str) -> str:
    found = re.search(r"(下午)?\s*(\d{1,2})\s*(?:[:：]\s*(\d{2})|[时点]\s*(?:(\d{1,2})分)?)", text)
    if found is None:
        return ""
    hour = int(found[2]) + (12 if found[1] and int(found[2]) < 12 else 0)
    return f"{hour:02}:{int(found[3] or found[4] or 0):02}"


def _listed_before(span: _Span) -> str:
    """The words before a day that say what is handed in, with 将; empty where they say something else."""
    found = _BEFORE.search(span.before) if re.match(_SENT, span.after) else None
    return found[0] if found and not re.search("[，,]?并$", found[0]) else ""


def _parts(sentence: SourceSentence, span: _Span, *, listed: bool = False) -> list[SourcePart]:
    """The parts from the one with the day, or the list before it, to the end of what is said of it."""
    begin = span.match.start() - (len(_listed_before(span)) if listed else 0)
    at, kept = 0, list[SourcePart]()
    for part in sentence.parts:
        at = sentence.text.find(part.text, at)
        if at < span.end and at + len(part.text) > begin:
            kept.append(part)
        at += len(part.text)
    return kept
