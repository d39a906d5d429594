"""What a fact says is missed wherever its words lack it, one value at a time, over every fact of every shipped edition."""

import datetime as dt
from dataclasses import replace

import pytest

from notices.document.blocks import Heading, Paragraph
from notices.errors import ProblemsError
from notices.library import Library
from notices.papers.coverage import checked, unstated
from notices.profile import Deadline, Exclusion, Exclusions, Rule
from notices.wording.words import said

DEGREES = {"general": "一般", "larger": "较大", "major": "重大", "extraordinary": "特别重大"}


def values(fact):
    """What of a fact must stand on the page, read off the profile and not off what the proof looks for."""
    if isinstance(fact, Rule):
        yield from (("items", said(item)) for item in fact.items)
        if fact.limit and not hasattr(fact.limit.value, "pending"):
            yield "limit", str(fact.limit.value)
    if isinstance(fact, Exclusion):
        yield from (("evidence", said(one)) for one in fact.evidence)
    if isinstance(fact, Rule | Exclusion) and fact.severity in DEGREES:
        yield "severity", DEGREES[fact.severity]
    if isinstance(fact, Exclusions):
        yield from (("bars", one) for one in fact.bars)
        yield "lookback", "三年"
        yield "subjects", said(fact.subjects)
    if isinstance(fact, Deadline):
        if isinstance(fact.date, dt.date):
            yield "date", f"{fact.date.month}月{fact.date.day}日"
        if isinstance(fact.annual, str):
            month, day = map(int, fact.annual.split("-"))
            yield "annual", f"{month}月{day}日"


def without(document, key, text):
    """A document whose words of one fact lack a text."""
    blocks = [
        _blank(block, key, text) if isinstance(block, Heading | Paragraph) else block for block in document.blocks
    ]
    return replace(document, blocks=tuple(blocks))


def _blank(block, key, text):
    """A block in which the text is hidden, however many spans it stands in."""
    own = [span for span in block.text if any(mention.key == key for mention in span.facts)]
    whole = "".join(span.text for span in own)
    hidden = iter(whole.replace(text, "\ufffd" * len(text)))
    changed = {id(span): "".join(next(hidden) for _ in span.text) for span in own}
    return replace(block, text=tuple(replace(span, text=changed.get(id(span), span.text)) for span in block.text))


def test_each_value_of_each_fact_is_missed(library, editions):
    tried = {}
    for edition in editions.values():
        documents = [one.document for one in checked(library, edition).values()]
        assert unstated(edition, documents) == []
        for key, fact in edition.profile.facts():
            if not edition.profile.applies(getattr(fact, "applies", ())):
                continue
            for what, text in values(fact):
                changed = [without(document, key, text) for document in documents]
                told = {problem.key for problem in unstated(edition, changed)}
                assert key in told, f"{edition.profile.edition} {key}: nobody misses {what} {text}"
                tried[what] = tried.get(what, 0) + 1
    assert min(tried.values()) >= 3, tried
    assert tried.keys() >= {"items", "limit", "evidence", "severity", "bars", "lookback", "date", "annual"}


def test_two_places_of_one_fact_that_disagree_are_told(workspace):
    folder = workspace / "templates" / "testland"
    folder.mkdir()
    again = "{{ deadline(p.deadlines['city-to-province']) | replace('报送', '抄送') }}。"
    (folder / "notice.md.j2").write_text(
        "{% extends 'notice.md.j2' %}{% block contacts %}{{ super() }}\n\n" + again + "\n{% endblock %}", "utf-8"
    )
    library = Library.at(workspace)
    with pytest.raises(ProblemsError) as caught:
        checked(library, library.load("testland"))
    told = [one for one in caught.value.problems if one.rule == "altered"]
    assert {one.key for one in told} == {"deadlines.city-to-province"}
    assert all("抄送我厅" in one.message and "报送我厅" in one.message for one in told)
