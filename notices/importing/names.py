"""The documents, platforms and attachments a source names, each under one id, for which a place stands in words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from notices.importing.known import Knowledge, KnownFact, most_like
from notices.importing.sentences import SourceSentence
from notices.profile.facts import Attachment, Channel, Reference
from notices.verify.clauses import Clauses
from notices.wording.spelling import bare

NAMED = re.compile(r"《((?:[^《》]|《[^《》]*》)+)》(?:[(（]((?:[^()（）]|[(（][^()（）]*[)）])*)[)）])?")
_DOCUMENT = re.compile(
    r"[\u4e00-\u9fff]{2,14}〔\d{4}〕\d+号|(?:GB|JC|YB|QB|HG|SJ|FZ|JB|T)(?:/[TZA-Z]+)?\s*[\d.]+(?:[-—–]\d{4})?"
)
_ALIAS = re.compile(r"以下[简统]称[“《]?([^”》，,；;）)]+)[”》]?")
_PLATFORM = re.compile(r"[“]?([\u4e00-\u9fffA-Za-z]{4,24}(?:平台|系统))[”]?")
_SIDE = r"[（(](?:(?:网址[:：]?)?https?://[\w./?=&%#:-]+|[，,；;]|以下简称[^（）()，,]{2,16})+[）)]"
"""What a bracket behind a platform's name tells of it that is printed with it."""
_URL = re.compile(r"https?://[\w./?=&%#:-]+", re.ASCII)


@dataclass
class Names:
    """What a source names. Each table is what the profile will hold."""

    references: dict[str, dict[str, Any]] = field(default_factory=dict)
    channels: dict[str, dict[str, Any]] = field(default_factory=dict)
    attachments: dict[str, dict[str, Any]] = field(default_factory=dict)

    def reference(self, title: str) -> str | None:
        """The id of a document by its title or the name it goes by."""
        return next((key for key, item in self.references.items() if _goes_by(title, item, "title")), None)

    def attachment(self, number: int) -> str | None:
        """The id of the attachment of a number."""
        keys = list(self.attachments)
        return keys[number - 1] if 0 < number <= len(keys) else None

    def placed(self, text: str) -> str:
        """A text with places for the documents and attachments it names."""

        def document(match: re.Match[str]) -> str:
            key = self.reference(match[1])
            if key is None:
                return match[0]
            inside = match[2] or ""
            rest = _ALIAS.sub("", _DOCUMENT.sub("", inside)).strip("，,、；; ")
            return f"{{ref:{key}}}" + (f"（{self._numbers(rest)}）" if rest else "")

        text = NAMED.sub(document, text)
        for key, item in self.channels.items():
            called = "|".join(re.escape(str(item[name])) for name in ("name", "alias") if name in item)
            text = re.sub(
                rf"[“]?(?:{called})[”]?(?![\u4e00-\u9fff]*[平台系统]{{2}})({_SIDE})?", f"{{channel:{key}}}", text
            )
        return self._numbers(text)

    def _numbers(self, text: str) -> str:
        def numbered(match: re.Match[str]) -> str:
            key = self.attachment(int(match[1]))
            return f"{{attachment:{key}}}" if key else match[0]

        return re.sub(r"附件\s*(\d{1,2})(?!\d)", numbered, text)


def names(source: Sequence[SourceSentence], clauses: Clauses, known: Knowledge, categories: dict[str, str]) -> Names:
    """All that a source names, paired with what is known by title."""
    found = Names()
    _attachments(found, clauses, list(known.of(Attachment)), categories)
    if not found.attachments:
        _unlisted(found, source)
    documents, platforms = list(known.of(Reference)), list(known.of(Channel))
    for sentence in source:
        for match in NAMED.finditer(sentence.text):
            _document(found, match, sentence.clause, documents)
        _platforms(found, sentence, platforms)
    return found


def _goes_by(words: str, item: Mapping[str, Any], name: str) -> bool:
    """Whether words are what an item is named, or its alias."""
    return bare(words) in {bare(str(item[name])), bare(str(item.get("alias", "")))}


def _document(found: Names, match: re.Match[str], clause: str, known: Iterable[KnownFact]) -> None:
    title = re.sub(r"\s+", "", match[1])
    key = found.reference(title)
    if key is None and title in _GENERIC:
        return
    if key is None:
        twin = next((one for one in known if bare(str(one.data["title"])) == bare(title)), None)
        key = twin.name if twin and twin.name not in found.references else f"document-{len(found.references) + 1}"
        found.references[key] = {"title": title, "cite": []}
    item = found.references[key]
    number = _DOCUMENT.search(match[2] or "")
    if number and "number" not in item:
        item["number"] = re.sub(r"^([A-Z]+(?:/[A-Z]+)?)\s*(?=\d)", r"\1 ", number[0])
        if re.match("[A-Z]", number[0]):
            item["kind"] = "standard"
    if alias := _ALIAS.search(match[2] or ""):
        item.setdefault(
            "alias", alias[1] if re.search("[《“]" + re.escape(alias[1]), match[2] or "") is None else f"《{alias[1]}》"
        )
    if clause not in item["cite"]:
        item["cite"].append(clause)


_GENERIC = frozenset({"通知", "办法", "暂行办法", "管理办法", "细则", "实施细则", "方案", "实施方案"})
"""What a document is called for short: which one, nobody has said."""


def _platforms(found: Names, sentence: SourceSentence, known: Sequence[KnownFact]) -> None:
    for match in _PLATFORM.finditer(sentence.text):
        name = re.sub("^.*?(?:通过|登录|在|至|到|按照|依托|上传|用)", "", match[1])
        if any(bare(name) == bare(str(item.get("alias", ""))) for item in found.channels.values()):
            continue
        twin = next((one for one in known if _goes_by(name, one.data, "name")), None)
        url = _URL.search(sentence.text[match.end() : match.end() + 60])
        if twin is None and url is None:
            continue
        key = next((key for key, item in found.channels.items() if _goes_by(name, item, "name")), None)
        if key is None:
            key = twin.name if twin and twin.name not in found.channels else f"platform-{len(found.channels) + 1}"
            found.channels[key] = {"name": name, "cite": []}
        item = found.channels[key]
        if url and "url" not in item:
            item["url"] = url[0].rstrip("/.")
        alias = _ALIAS.search(sentence.text[match.end() : match.end() + 80])
        if alias and "平台" in alias[1]:
            item.setdefault("alias", alias[1].strip("“”"))
        if sentence.clause not in item["cite"]:
            item["cite"].append(sentence.clause)


def _attachments(found: Names, clauses: Clauses, known: Sequence[KnownFact], categories: dict[str, str]) -> None:
    """The list of attachments; a known one is told by its title."""
    node = clauses.nodes.get("附件")
    lines = [para.text for para in node.all()] if node else []
    text = "\n".join(lines)
    text = re.sub(r"^[\s\-*•]*附\s*件?\s*[:：]", "", text)
    text = re.sub(r"(?:^|\n)\s*附\s*件\s*(\d{1,2})\s*[.．、:：]?\s*", r"\n\1.", text)
    pieces = re.split(r"(?:^|\n|\s|；|;)\s*(?:附件)?\s*(?=\d{1,2}\s*[.．、:：])", text)
    titles = [re.sub(r"^\s*\d{1,2}\s*[.．、:：]\s*", "", one) for one in pieces]
    for title in (
        re.sub(r"\s+|\.(?:pdf|docx?|wps|xlsx?|zip|rar)$", "", one.strip()).strip("；;。.《》") for one in titles
    ):
        if not title or re.fullmatch(r"附件\d*", title):
            continue
        twin = _twin(title, known)
        key = twin.name if twin and twin.name not in found.attachments else f"attachment-{len(found.attachments) + 1}"
        made: dict[str, Any] = {"title": title, "cite": "附件"}
        if twin and isinstance(twin.fact, Attachment):
            made |= {name: twin.data[name] for name in ("for", "kind", "forms") if name in twin.data}
            if twin.fact.printed and "forms" not in made and key != twin.name:
                made["forms"] = [twin.name]
        else:
            made["kind"] = "document"
            about = [key for key, word in categories.items() if word in title]
            made |= {"for": about} if len(about) == 1 else {}
        found.attachments[key] = made


_TOLD = re.compile(
    r"(?:《([^《》]{3,40})》|([\u4e00-\u9fff“”]{2,30}(?:表|报告|清单|名单|要求|模板|提纲|书|通知|说明|办法|方案|指标)))"
    r"[（(](?:格式|模板|名单|样式)?(?:详?见)?附件\s*(\d{1,2})\s*[）)]"
)
_AT = re.compile(r"附件\s*(\d{1,2})(?:\s*[-—–至]\s*(\d{1,2}))?(?!\d)")
_MOST = 20
"""More attachments than this no notice has: a larger number is something else."""


def _unlisted(found: Names, source: Sequence[SourceSentence]) -> None:
    """The attachments of a source without a list of them, called what the text calls them where it names the number."""
    called: dict[int, tuple[str, str]] = {}
    last, where = 0, ""
    for sentence in source:
        for match in _TOLD.finditer(sentence.text):
            name = re.split("将|填报|填写|提交|编制|按照|出具|报送|以及|和|及|对照|并|于", match[2] or "")[-1]
            called.setdefault(int(match[3]), (match[1] or name, sentence.clause))
        for match in _AT.finditer(sentence.text):
            number = int(match[2] or match[1])
            if last < number <= _MOST:
                last, where = number, sentence.clause
    why = "原文没有附件说明，名称取自正文"
    for number in range(1, last + 1):
        title, clause = called.get(number, ("", where))
        made: dict[str, Any] = {
            "title": title or {"pending": f"附件{number}的名称"},
            "kind": "document",
            "cite": clause,
        }
        found.attachments[f"attachment-{number}"] = made | (
            {"confirm": {"pending": "核对附件名称", "why": why}} if title else {}
        )


def _twin(title: str, known: Sequence[KnownFact]) -> KnownFact | None:
    """The known attachment of that title, or of nearly that: years and blanks aside."""
    plain = _undated(title)
    best, share = most_like(
        known, lambda one: difflib.SequenceMatcher(None, plain, _undated(str(one.data["title"]))).ratio()
    )
    return best if share >= 0.86 else None


def _undated(title: str) -> str:
    return bare(re.sub(r"\{year\}|20\d{2}年?度?", "", title))
