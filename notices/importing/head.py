"""What stands around a notice's clauses: its title, number, whom it goes to, who signs, when, whom to ask."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from notices.importing.acting import NAMELESS
from notices.verify.clauses import Clauses
from notices.wording.spelling import days, tidy

_TITLE = re.compile(
    r"关于.{4,60}(?:的通知|的公告|的函|办法|细则|方案)(?:[(（][^（）()]*[)）])?$|^(?!关于).{4,50}(?:实施细则|管理办法|暂行办法|实施办法)$"
)
NUMBER = re.compile(r"([\u4e00-\u9fff]{2,16})[〔\[(（]\s*(\d{4})\s*[〕\])）]\s*(?:第)?0*(\d+)\s*号")
_PLACE = re.compile(r"^(.{1,10}?(?:壮族|回族|维吾尔)?(?:自治区|省|生产建设兵团|市))")


@dataclass(frozen=True)
class Head:
    """The frame of a notice; what is empty was not found."""

    title: str
    name: str
    """Who issues it, in full."""
    number: str
    issued: str
    """``2024-04-17``."""
    year: int | None
    addressees: tuple[str, ...]
    disclosure: str
    signed: bool
    """Whether it ends with a signature."""
    dated: bool
    """Whether it ends with a day."""
    kind: Literal["notice", "rules"]


def head(clauses: Clauses, called: str = "") -> Head:
    """The frame of a source; ``called`` is who issues it where somebody has said so."""
    lines = [tidy(one) for one in _lines(clauses, "标题")]
    title = _title(lines, _lines(clauses, "标题"))
    signed = [one for one in _lines(clauses, "落款") if _SIGNED.search(tidy(one)) and not days(tidy(one))]
    name = called or (re.sub(r"\s", "", signed[0]) if signed else re.split("关于|转发|印发", title)[0])
    articles = any(one.startswith("第") for one in clauses.nodes)
    number = next((match for one in _lines(clauses, "发文字号") if (match := NUMBER.search(tidy(one)))), None)
    issued = _issued(clauses, lines)
    year = re.search(r"(20\d{2})(?:年|-\d{4}年)", title)
    return Head(
        title,
        name,
        f"{number[1]}〔{number[2]}〕{number[3]}号" if number else "",
        issued,
        int(year[1]) if year else int(issued[:4]) if issued else None,
        tuple(_addressees(_lines(clauses, "主送机关"))),
        next((tidy(one).strip("()") for one in _lines(clauses, "附注") if "公开" in one), ""),
        bool(signed),
        "成文日期" in clauses.nodes,
        "rules" if articles and not re.search("通知|函$", title) else "notice",
    )


_SIGNED = re.compile("^[^，。；、,;:：]{2,30}(?:[局厅委部室]|委员会|管委会|政府|小组|中心|公司)$")
"""How who signs is called."""


def _lines(clauses: Clauses, name: str) -> list[str]:
    node = clauses.nodes.get(name)
    return [para.text.strip() for para in node.all()] if node else []


def _title(plain: Sequence[str], lines: Sequence[str]) -> str:
    """The longest run of lines that reads as a title; a web page may give it a line of its own besides."""
    best = ""
    for start in range(len(plain)):
        text = ""
        for line, shown in zip(plain[start : start + 5], lines[start : start + 5], strict=True):
            said = re.sub(r"\s+", "", re.sub(r"^\s*(?:(?:标题|名称)[:：]|[【\[][^】\]]{1,12}[】\]])", "", shown))
            if _marks(text, said) or not _ABOVE.fullmatch((text + said).partition("关于")[0]):
                break
            text += said
            if _TITLE.search(tidy(text)) and "发文" not in text and len(text) <= 90:
                best = text if not best or ("关于" in text and _office(text) and not _office(best)) else best
            if re.search(r"[:：]$", line):
                break
    return best


_ABOVE = re.compile(r"[\u4e00-\u9fff、（）“”\d]*(?:《.*)?")
"""What may stand in a title before 关于: names; where the text stands on a page (首页 > 通知) is none."""


def _marks(text: str, line: str) -> bool:
    """Whether what stands so far, or with the next line, is the mark over the title: it ends 文件, or names the office.

    Two offices may issue a paper: what a title goes on with is another's name.
    """
    office = line.partition("关于")[0]
    ends = "关于" not in text + line and line.endswith("文件")
    return ends or bool(text and office != line and office and text.endswith(office))


def _office(title: str) -> bool:
    """Whether a title begins with who issues it."""
    return bool(re.search(r"(?:厅|局|委|委员会|部|办公厅|办公室)关于", title))


def _issued(clauses: Clauses, head_lines: Sequence[str]) -> str:
    dated = [*map(tidy, _lines(clauses, "成文日期"))]
    for n, line in enumerate(head_lines):
        if re.match("成文日期", line):
            dated += [line, *head_lines[n + 1 : n + 2]]
    for line in dated:
        for one in days(line):
            if one.year:
                return f"{one.year:04}-{one.month:02}-{one.day:02}"
    return ""


def _addressees(lines: Sequence[str]) -> Iterator[str]:
    """One class of addressees an item: what stands between commas."""
    for part in re.split("[,，;；]", "".join(lines).rstrip(":：")):
        if tidy(part):
            yield re.sub(r"\s+", "", part)


def authority(found: Head, text: str, codes: Sequence[str]) -> dict[str, Any]:
    """Who issues it and what it calls itself; ``text`` is the whole source, ``codes`` the area codes in it."""
    name, short = found.name, found.title.partition("关于")[0]
    if own := re.match("(省|市|自治区)(?=[工经])", name):  # 市工业和信息化局关于……天津市绿色工厂: which, the title says
        within = re.search(rf"[\u4e00-\u9fff]{{1,8}}?{own[1]}", found.title.partition("年度")[2] or found.title[3:])
        name = f"{within[0]}{name[own.end() :]}" if within else ""
    place = _DISTRICT.match(name) or _PLACE.match(name)
    region = place[1] if place else ""
    national = bool(_NATIONAL.match(name)) and not region
    itself = re.search("我(?:厅|局|委|部|省|区|市)", re.sub("我[省区市]", "", text))
    ends = {"厅": "我厅", "局": "我局", "会": "我委", "部": "我部"}
    kind = "自治区" if region.endswith("自治区") else region[-1:] or ("国家" if national else "")
    level = re.search("(国家|自治区|省|市)级", found.title) or (
        None if kind else re.search("(自治区|省|市)级绿色", text)
    )
    made: dict[str, Any] = {
        "name": name or {"pending": "发文机关全称"},
        **({"short": short} if short and short != name else {}),
        "itself": itself[0] if itself else ends.get(name[-1:], NAMELESS),
        "region": region or ("全国" if national else {"pending": "辖区全称"}),
        **({"level": f"{said}级"} if (said := level[1] if level else kind) else {}),
        "whole": _WHOLE.get(kind, {"pending": "全省、全市或全区"}),
        "area": _area(found.addressees, kind),
    }
    if codes:
        made["area_codes"] = sorted(set(codes))
    return made


_DISTRICT = re.compile(r"(.{1,12}?[区县旗])(?!域)(?=.*(?:局|委|委员会|办公室|部门)$)")
"""The place of an office below a city, or of a zone."""
_NATIONAL = re.compile("中华人民共和国|国家|国务院|[^省市县区]{2,12}部(?:办公厅)?$")
"""How an office of the whole country is called; one that names no place may be of any."""
_WHOLE = {"区": "全区", "县": "全县", "自治区": "全区", "省": "全省", "市": "全市", "国家": "全国"}


def _area(addressees: Sequence[str], kind: str) -> str:
    """What the region next below is called in tables: 市（州）, 盟市, 县（市、区）."""
    said = "".join(addressees)
    found = re.search(
        r"各((?:设区|地级)?市(?:[(（]州[)）]|州)?|盟市|州(?:[(（]市[)）]|市)?|地(?:区|州市)|区(?:县)?|县)", said
    )
    if found:
        return found[1].replace("设区市", "市").replace("(", "（").replace(")", "）")
    return "区县" if kind == "市" else "省（自治区、直辖市）" if kind == "国家" else "市"


def paper(found: Head, year: int) -> dict[str, Any]:
    """The notice as a paper of a year."""
    letter = "函〔" in found.number or found.title.endswith("函")
    title = found.title.replace(str(found.year), "{year}", 1) if found.year else found.title
    if found.kind == "rules":
        return {"title": title or {"pending": "标题"}, "layout": "plain", "cite": ["标题"] if title else []}
    made: dict[str, Any] = {
        "title": title or {"pending": "标题"},
        "number": found.number or {"pending": "发文字号"},
        "issued": _dated(found, year),
        "layout": "letter" if letter else "document",
        "mark": f"{found.name}{'' if letter else '文件'}"
        if 0 < len(found.name) <= _ONE_LINE
        else {"pending": "发文机关标志"},
        "addressees": list(found.addressees) or {"pending": "主送机关"},
    }
    if found.disclosure:
        made["disclosure"] = found.disclosure
    if not letter:
        made["imprint"] = {"issuer": {"pending": "印发机关"}, "printed": {"pending": "印发日期"}}
    cites = (
        ("标题", found.title),
        ("发文字号", found.number),
        ("主送机关", found.addressees),
        ("落款", found.signed),
        ("成文日期", found.dated),
        ("附注", found.disclosure),
    )
    made["cite"] = [name for name, has in cites if has]
    return made


_ONE_LINE = 24
"""Characters of a mark that stand on one line."""


def _dated(found: Head, year: int) -> Any:  # noqa: ANN401 - YAML data
    """The day of issue; one that does not fit the year or the number is asked for."""
    if not found.issued:
        return {"pending": "成文日期"}
    years = {year, found.year or year, *(int(year) for year in re.findall(r"〔(\d{4})〕", found.number))}
    if all(abs(year - int(found.issued[:4])) <= (0 if f"〔{year}〕" in found.number else 1) for year in years):
        return found.issued
    return {"pending": "成文日期", "was": found.issued, "why": "与年度或发文字号的年份不符，核对是不是原文写错"}


_PHONE = re.compile(
    r"(?<![\d-])(?:[(（]?(0\d{2,3})[)）]?[-—－–―]?\s*)?([2-8]\d{6,7})(?:[-—－–转](\d{1,6}))?(?!\d)|(?<!\d)(1[3-9]\d{9})(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", re.ASCII)
_OFFICE = re.compile(
    r"(?:省工业和信息化厅|省工信厅|自治区工业和信息化厅|工业和信息化部)?([\u4e00-\u9fff]{2,16}(?:处|科|司|中心|室))"
)
_SURNAMED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff]{2,4})(?![\u4e00-\u9fff])")
_NO_NAME = re.compile(
    "联系|电话|邮箱|传真|地址|邮编|电子|手机|及|处$|科$|司$|室$|中心$|办公|咨询|技术|支持|平台|人员|单位"
)


def _uncoded(number: str) -> dict[str, str]:
    """A telephone number without its area's code, which a profile must have: nobody guesses it."""
    return {"pending": "联系电话", "why": f"原文写的是 {number}，没有区号"}


def contacts(clauses: Clauses) -> tuple[dict[str, Any], list[str]]:
    """Whom to ask, and the area codes found."""
    text = "\n".join(_lines(clauses, "联系人"))
    if not text:
        return {}, []
    phones: list[Any] = []
    codes, last = list[str](), ""
    for match in _PHONE.finditer(_EMAIL.sub(" ", text)):
        last = match[1] or last
        codes += [match[1]] if match[1] else []
        inner = f"-{match[3]}" if match[3] else ""
        phones.append(match[4] or (f"{last}-{match[2]}{inner}" if last else _uncoded(match[2])))
    plain = re.sub(
        r"(?<=[：:、，,])\s*([\u4e00-\u9fff])\s+([\u4e00-\u9fff])(?=\s*(?:[；;，,、）)\n]|联系|电话|$|\d))",
        r"\1\2",
        text,
    )
    plain = re.sub(r"联\s*系\s*(人|电\s*话|方\s*式)", lambda match: "联系" + re.sub(r"\s", "", match[1]), plain)
    names = [one for one in _SURNAMED.findall(re.sub(r"[、，,：:；;（）()]", " ", plain)) if not _NO_NAME.search(one)]
    mails = _EMAIL.findall(text)
    office = _OFFICE.search(re.sub(r"联系人|[：:]", " ", text))
    made: dict[str, Any] = {"office": office[1]} if office else {}
    if len(names) <= 1 and len(phones) <= 1:
        made |= {"person": names[0]} if names else {}
        made |= {"phone": phones[0]} if phones else {}
    elif names and len(phones) >= len(names):
        made["people"] = [{"person": one, "phone": phone} for one, phone in zip(names, phones, strict=False)]
        made["people"] += [{"phone": phone} for phone in phones[len(names) :]]
    else:
        shared = phones[-1:]
        made["people"] = [
            {"person": one, **({"phone": phones[n]} if n < len(phones) else {"phone": shared[0]} if shared else {})}
            for n, one in enumerate(names)
        ]
    made |= {"email": mails[0]} if mails else {}
    if address := re.search(r"地\s*址[：:]\s*([^\n；;]+)", text):
        made["address"] = re.sub(r"\s+", "", address[1])
    if code := re.search(r"邮\s*(?:政)?编(?:码)?[：:]\s*(\d{6})", text):
        made["postcode"] = code[1]
    return ({**made, "cite": "联系人"} if made else {}), codes
