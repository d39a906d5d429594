"""Who must do something, and to whom it goes: by class of party, as every source calls them otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final

from notices.profile import Profile
from notices.verify.wording import plain_words
from notices.wording.spelling import tidy
from notices.wording.words import shown

_LISTED, _APPLICANT = "已列入名单的单位", "申报单位"
_OFFICE = "(?:工业和信息化|经济和信息化|工信|经信|经科|科工|工科)?(?:主管部门|部门|局|厅|委(?!托|员))"
_MORE = f"(?:、[^，。；、,;:：]{{1,12}}?(?:{_OFFICE}|区|管委会|街道|中心))*"
"""Further offices named in the same breath."""
_CLASSES: Final[dict[str, str]] = {
    "第三方机构": "(?:参与.{0,14}?)?(?:第三方(?:评价)?|评价)机构",
    _LISTED: "已列入.{0,12}?的?单位|应复核的.{2,12}?",
    "工业和信息化部": "我部|工业和信息化部(?!门)|工信部(?!门)",
    "各级主管部门": f"(?:各级|相关|各县[(（]市、区[)）]、市[(（]州[)）]){_OFFICE}|各(?:地区?|有关地区)(?:{_OFFICE})?",
    "省级主管部门": f"我厅|省工?信?厅|(?:省级|自治区){_OFFICE}|[^，。；向对由按经]{{2,5}}(?:省|自治区){_OFFICE}",
    "市级主管部门": f"我[局委]|各?(?:盟市|设区市|市[(（][州地区][)）]|市州|市级?)(?:{_OFFICE})?(?![场民县]){_MORE}",
    "县级主管部门": (
        f"各?县(?:[(（]市(?:、区)?[)）]区?|级|市区|区(?![（(]市))(?:{_OFFICE})?{_MORE}"
        f"|[^，。；、向对由按经请各]{{1,6}}?[县区旗]{_OFFICE}{_MORE}"
        f"|(?:各|有关|相关)区(?:[(（]市[)）])?县?(?:[(（]市[)）])?(?:{_OFFICE})?{_MORE}"
    ),
    _APPLICANT: "(?:符合条件的)?(?:申报单位|申报主体|申报企业|企业)",
}
"""Party: how notices name it; its programme's words besides. The first that fits is taken, so a longer name stands
before a shorter."""

_NAMES: Final = tuple(_CLASSES)
_DOES: Final = (
    "(?=应|要|须|需|可|不|于|在|将|按|对|负责|组织|通过|采[取用]|从|参照|依据|根据|自行|编[制写]|完成"
    "|加强|推荐|提交|遴选|开展|填报|申报(?!材料|单位|资料|书)|[(（]以下|$|[,，]"
    "|(?:初审|审查|征求|复核)(?!时间|期限|意见|情况|合格|材料)|深入|跟踪|高度重视"
    "|认真|积极|严格|切实|督促|指导|择优|做好|及时|结合|确定|出具|围绕|建立|对照|同步|统一|提出|落实|汇总)"
)
"""What follows a party that does something: 各市要, 我厅组织; 各地区绿色工厂 does nothing."""
_GOES_ON: Final = re.compile(f"请|{_DOES}|经|并|向|适时|严格|切实|充分|深入|认真|抓紧|引导|实施")
"""How a sentence begins that leaves out who does it; 公示时间 and the like are subjects of their own."""
_WITHIN: Final = (("各级主管部门", "市级主管部门"), ("各级主管部门", "省级主管部门"), ("各级主管部门", "县级主管部门"))
"""Classes one of which may be meant by the other."""


@dataclass(frozen=True, slots=True)
class Party:
    """A party as a text names it, and its class."""

    words: str
    kind: str


def party(profile: Profile, key: str) -> Party | None:
    """One of the profile's actors; None when its name is of no known class."""
    name = shown(profile.actors.get(key, ""))
    if name in {shown(profile.authority.name), shown(profile.authority.itself)}:
        return Party(name, own(profile))
    found = _patterns(profile)[0].search(name)
    return Party(name, _kind(found, profile)) if found else None


def own(profile: Profile) -> str:
    """The class of the authority itself: by where it is; where that is open, by what it calls itself."""
    region, name = shown(profile.authority.region), shown(profile.authority.name)
    if region == "全国" or name.endswith("部"):
        return "工业和信息化部"
    if re.search("(?:市|盟|州|地区)$", region):
        return "市级主管部门"
    if re.search("[区县旗]$", region) and not region.endswith("自治区"):
        return "县级主管部门"
    if re.search("(?:省|自治区|兵团)$", region):
        return "省级主管部门"
    itself, level = shown(profile.authority.itself), shown(profile.authority.level)[:1]
    below = re.match("[县区]", shown(profile.authority.area))
    city = level in {"市", "盟"} or re.match("我局|市", itself) or (below and itself != "我厅")
    return "工业和信息化部" if level == "国" else "市级主管部门" if city else "省级主管部门"


def _kind(found: re.Match[str], profile: Profile) -> str:
    if shown(profile.authority.itself) in found[0] or shown(profile.authority.name) in found[0]:
        return own(profile)
    return _NAMES[int((found.lastgroup or "c0")[1:])]


_LEAD: Final = (
    r"(?:[(（][一二三四五六七八九十]+[)）]|\d+[.．]|第[一二三四五六七八九十百]+[条章]|[一二三四五六七八九十]+、)?"
    "(?:请|由|并由|其中)?"
)
"""Numbers, and words before a party that does what follows."""


def subjects(text: str, profile: Profile) -> Iterator[tuple[int, Party]]:
    """Each party that begins a part of a sentence, with its place: the one that does what follows."""
    itself = {shown(profile.authority.itself), shown(profile.authority.name)}
    for at, words, kind in _named(text, *_called(profile)):
        yield at, Party(words, own(profile) if any(name in words for name in itself) else kind)


def _called(profile: Profile) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What sources of its programme call a listed unit, and those who apply."""
    spoken = profile.programme.verify
    return spoken.listed, spoken.applicants


def _patterns(profile: Profile) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A party wherever it stands, and one that does what follows."""
    return _compiled(*_called(profile))


@lru_cache
def _compiled(listed: tuple[str, ...], applicants: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    classes = dict(_CLASSES)
    if listed:
        classes[_LISTED] += f"|(?:国家[^,，。]{{0,8}}层面的)?(?:{_one(listed)})"
    if applicants:
        one = _one(applicants)
        classes[_APPLICANT] = (
            f"(?:符合条件的)?(?:申报单位|申报主体|(?:申报)?企业(?:[、或和及(（](?:{one})[)）]?)?|(?:申报)?(?:{one}))"
        )
    named = "|".join(f"(?P<c{n}>{words})" for n, words in enumerate(classes.values()))
    return re.compile(named), re.compile(rf"(?:{named})(?:[(（]以下[^)）]*[)）])?{_DOES}")


def _one(words: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, words))


@lru_cache(65_536)
def _named(text: str, listed: tuple[str, ...], applicants: tuple[str, ...]) -> tuple[tuple[int, str, str], ...]:
    """The same with the class its words alone give: every fact is held against the same sentences."""
    subject = _compiled(listed, applicants)[1]
    starts = [0, *(match.end() for match in re.finditer("[,;:，；：]", text))]
    places = (match.end() for start in starts if (match := re.compile(_LEAD).match(text, start)))
    found = [(at, match) for at in places if (match := subject.match(text, at))]
    return tuple((at, one[one.lastgroup or 0], _NAMES[int((one.lastgroup or "c0")[1:])]) for at, one in found)


def same(one: str, other: str) -> bool:
    """Whether two classes may be the same party."""
    return one == other or (one, other) in _WITHIN or (other, one) in _WITHIN


def actor_of(phrase: Sequence[str], text: str, profile: Profile) -> Party | None:
    """The party that the text has do what the phrase says: the last named before it, in its own sentence.

    A sentence that names none goes on with the only party the paragraph has named before it.
    """
    found, best = None, 0.0
    wanted = {pair for part in phrase for pair in pairwise(plain_words(part))}
    for paragraph in map(tidy, text.split("\n")):
        acting: dict[str, Party] = {}
        for sentence in re.findall("[^。;]+", paragraph):
            named = list(subjects(sentence, profile))
            for part in re.finditer("[^,:]+", sentence):
                share = len(wanted & set(pairwise(plain_words(part[0])))) / len(wanted) if wanted else 0.0
                if share > best:
                    before = [one for at, one in named if at < part.end() and not _shut(sentence[at : part.start()])]
                    alone = len(acting) == 1 and not named and _GOES_ON.match(sentence)
                    found, best = (before[-1] if before else next(iter(acting.values())) if alone else None), share
            acting |= {one.kind: one for _, one in named}
    return found if best >= _SHARE else None


def _shut(between: str) -> bool:
    """Whether a bracket that a party stands in has closed: who acts within it does not act after it."""
    return between.count(")") > between.count("(")


_SHARE: Final = 0.2
"""How much of a fact's own words must stand in a part of a sentence for it to be the part that states it."""


_SENT: Final = re.compile("(?:报送?|上报|推荐|送|提交|报告)(?:至|给|到)?")


def addressees(text: str, profile: Profile) -> Iterator[Party]:
    """The parties something is handed to."""
    plain, pattern = tidy(text), _patterns(profile)[0]
    for match in _SENT.finditer(plain):
        found = pattern.match(plain, match.end())
        if found and match[0] == "推荐" and _kind(found, profile) == _APPLICANT:
            continue  # 推荐企业: who is recommended, not to whom
        if found:
            yield Party(found[0], _kind(found, profile))
        elif plain.startswith(shown(profile.authority.name), match.end()):
            yield Party(shown(profile.authority.name), own(profile))


def misdirected(
    profile: Profile, by_key: str | None, to_key: str | None, phrase: Sequence[str], text: str
) -> Iterator[str]:
    """An actor (``by``) or addressee (``to``) where the clauses name one of another class."""
    by = party(profile, by_key or "")
    named = actor_of(phrase, text, profile) if by else None
    if by and named and not same(by.kind, named.kind):
        yield f"由“{by.words}”做，原文是“{named.words}”（{named.kind}），改 by"
    to = party(profile, to_key or "")
    sent = list(addressees(text, profile)) if to else []
    if to and sent and not any(same(to.kind, one.kind) for one in sent):
        yield f"报给“{to.words}”，原文报给“{sent[0].words}”（{sent[0].kind}），改 to"
