"""Any value of an edition changed in a field of its kind: read, checked, in its place, and nothing else of the file."""

import contextlib
import datetime as dt
import multiprocessing
import os
import pickle
import random
import re
import shutil
import signal
import threading
import time

import pytest
from conftest import ROOT
from test_inherited import CONDITIONS, DECIDED, HEAD

import notices
from notices.app.keys import PARTS
from notices.editing import adding, backing, changing
from notices.editing.changing import Decide, change
from notices.editing.checking import differing
from notices.editing.entries import Entries
from notices.editing.fields import fields
from notices.editing.kinds import kinds_of
from notices.editing.reading import read
from notices.editing.stale import StaleError
from notices.errors import NotFoundError, NoticesError, ProblemsError
from notices.history.log import Hand, hash_of
from notices.library import Library
from notices.profile.people import Contact
from notices.profile.yamlfile import dotted
from notices.renewal.own import OwnFile

WHEN = dt.datetime(2026, 3, 1, 9, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
ME, OTHER = Hand("张三", WHEN), Hand("李四", WHEN + dt.timedelta(minutes=7))
NAME = "testland@2024"
DATE = "deadlines.city-to-province.date"
LIMIT = "conditions.park.industrial-share.limit"


class Office:
    """A workspace, with what tests do to one edition of it."""

    def __init__(self, folder, name=NAME):
        self.folder, self.name, self.library = folder, name, Library.at(folder)
        self.path = self.library.find(name)

    def sheet(self):
        return fields(self.library, self.name)

    def field(self, key):
        found = self.sheet().field(key)
        assert found is not None, key
        return found

    def change(self, values, hand=ME, revision=None, seen=None):
        revision = revision or self.sheet().revision
        return change(self.library, self.folder, self.name, values, revision=revision, hand=hand, seen=seen)

    def add(self, section, values, name=""):
        return adding.add(self.library, self.folder, self.name, adding.Addition(section, values, name), ME)

    def back(self, number, hand=OTHER):
        return backing.take_back(self.library, self.folder, self.name, number, hand)

    def history(self):
        return backing.history(self.library, self.folder, self.name)

    def text(self):
        return self.path.read_text("utf-8")

    def problems(self, values):
        """What is wrong with a change, by key; the file is as it was."""
        before = self.text()
        with pytest.raises(ProblemsError) as caught:
            self.change(values)
        assert self.text() == before
        return {one.key: f"{one.message}｜{one.hint}" for one in caught.value.problems}


@pytest.fixture
def office(workspace):
    return Office(workspace)


@pytest.fixture(scope="module")
def shipped(tmp_path_factory):
    """A workspace with a copy of every shipped edition; a test takes back what it changes."""
    folder = tmp_path_factory.mktemp("office")
    shutil.copytree(ROOT / "provinces", folder / "provinces")
    (folder / "templates").mkdir()
    return folder


def of(shipped, name):
    return Office(shipped, name)


# Kinds and fields


def test_every_label_is_chinese_and_every_choice_is_named():
    kinds = [kind for _, model in PARTS for kind in kinds_of(model)]
    assert len(kinds) > 150
    assert [kind.name for kind in kinds if not kind.label or re.search("[A-Za-z_]", kind.label)] == []
    unnamed = [
        (kind.name, value)
        for kind in kinds
        for value, name in (kind.names or {}).items()
        if re.search("[A-Za-z]", name) or not name
    ]
    assert unnamed == []


def test_kinds_are_those_of_the_models():
    found = {kind.name: kind for kind in kinds_of(Contact)}
    assert {name: kind.kind for name, kind in found.items()} == {
        "label": "text",
        "cite": "list",
        "note": "text",
        "confirm": "confirm",
        "office": "text",
        "person": "text",
        "phone": "phone",
        "people": "list",
        "fax": "phone",
        "address": "text",
        "postcode": "postcode",
        "email": "email",
    }
    assert found["people"].item.kind == "person"
    assert found["phone"].waits
    assert not found["cite"].waits


def test_every_fact_of_every_edition_has_its_fields_and_reads_back(shipped):
    """What stands in a field, put back as it is, is the value it stands for."""
    count = 0
    for name in Library.at(shipped).editions():
        office = of(shipped, name)
        sheet, entries = office.sheet(), Entries(OwnFile.of(office.library, name))
        facts = notices.open(shipped).edition(name).facts()
        assert {one.key for one in sheet.groups if one.fact} == {fact["id"] for fact in facts}
        for field in sheet.every():
            slot = entries.slot(field.key)
            assert slot is not None, field.key
            assert entries.at(slot.path) == field.value, field.key
            if field.text:
                assert read(slot.kind, field.text, field.value, entries.around) == field.value, (name, field.key)
                count += 1
    assert count > 4000


def test_a_field_says_what_it_holds_and_whose_it_is(office, shipped):
    assert office.sheet().ours
    field = office.field(DATE)
    assert (field.kind, field.value, field.text, field.shown) == (
        "date",
        "2024-05-31",
        "2024年5月31日",
        "2024年5月31日",
    )
    assert field.label == "哪一天截止"
    assert field.day == "是星期五，工作日"
    assert (field.own, field.source) == (True, NAME)
    limit = office.field(LIMIT)
    assert (limit.kind, limit.text, [part.text for part in limit.parts]) == (
        "limit",
        "超过50%",
        ["industrial_added_value_share", "超过", "50", "%", ""],
    )
    assert ("province", "我厅") in office.field("deadlines.city-to-province.by").choices
    group = of(shipped, "guizhou@2024").sheet().group("implements.plan-145")
    said = next(one for one in group.fields if one.key == "implements.plan-145.say")
    assert (said.own, said.source) == (False, "national@2023")
    assert group.decision.how == "own", "it cites a clause of its own"


def test_a_rest_day_is_told(office):
    done = office.change({DATE: "2024年6月1日"})
    assert done.remarks == (
        (DATE, "2024年6月1日是休息日（星期六）；此前最近的工作日是 2024-05-31，此后最近的是 2024-06-03"),
    )
    assert office.field(DATE).day.startswith("是休息日（星期六）")


def test_what_is_open_says_so(office):
    office.change({"papers.notice.number": "【待定：发文字号】"})
    field = office.field("papers.notice.number")
    assert (field.text, field.shown, field.pending.what) == ("", "【待定：发文字号】", "发文字号")
    assert office.change({"papers.notice.number": ""}).record is None, "an empty field leaves it open"
    done = office.change({"papers.notice.number": "测工信〔2024〕2号"})
    assert done.told[0].before == "【待定：发文字号】"
    assert "number: 测工信〔2024〕2号" in office.text()


def test_an_edition_with_errors_is_mended_in_its_fields(office):
    office.path.write_text(office.text().replace("2024-05-31", "2024-05-32"), "utf-8")
    assert office.field(DATE).text == "2024-05-32"
    office.change({"contacts.office.person": "李四"})
    assert "2024-05-32" in office.text(), "what was wrong before stops nothing"
    office.change({DATE: "5月30日"})
    assert "date: 2024-05-30" in office.text()


def test_what_lint_found_before_stops_nothing(office):
    office.path.write_text(office.text().replace("level: 省级", 'level: 省级\n  area_codes: ["0851"]'), "utf-8")
    found = [one.rule for one in notices.open(office.folder).edition(NAME).problems() if one.severity == "error"]
    assert found == ["phone-area-code"], "it can be read"
    office.change({DATE: "2024-06-03"})
    assert "date: 2024-06-03" in office.text()
    assert "区号 0772" in office.problems({"contacts.office.phone": "0772-7654321"})["contacts.office.phone"]


# Reading


@pytest.mark.parametrize(
    ("key", "given", "value"),
    [
        (DATE, "2025年5月31日前", "2025-05-31"),
        (DATE, "2025/5/1", "2025-05-01"),
        (DATE, "6月3日", "2024-06-03"),
        (DATE, dt.date(2024, 6, 4), "2024-06-04"),
        ("deadlines.city-to-province.annual", "每年4月5日前", "04-05"),
        ("deadlines.city-to-province.annual", "2-29", "02-29"),
        ("deadlines.city-to-province.time", "9：30", "09:30"),
        (LIMIT, "不低于 60%", {"op": ">=", "value": 60}),
        (LIMIT, "60", {"value": 60}),
        (LIMIT, "不低于60", {"op": ">=", "value": 60}),
        (LIMIT, "３万吨标准煤以上", {"op": ">=", "value": 30000, "unit": "吨标准煤"}),
        (LIMIT, {"value": "0.50"}, {"value": "0.5"}),
        ("exclusions.lookback", "近五年", {"value": 5}),
        ("exclusions.items.accident.severity", "重大", "major"),
        ("conditions.factory.energy.for", ["绿色工厂", "park"], ["factory", "park"]),
        ("conditions.factory.energy.open_ended", "是", True),
        ("contacts.office.phone", "（0771）1234567", "0771-1234567"),
        ("contacts.office.email", "ａ@b.cn", "a@b.cn"),
        ("papers.notice.addressees", "甲市\n\n 乙市 ", ["甲市", "乙市"]),
        ("materials.x.copies", "两", 2),
    ],
)
def test_a_field_is_read_as_its_kind(office, key, given, value):
    office.path.write_text(office.text() + "\nmaterials:\n  x: {name: 申请表, cite: 一}\n", "utf-8")
    entries = Entries(OwnFile.of(office.library, office.name))
    slot = entries.slot(key)
    held = entries.at(slot.path)
    wanted = {**held, **value} if isinstance(value, dict) else value
    assert read(slot.kind, given, held, entries.around) == wanted


@pytest.mark.parametrize(
    ("key", "given", "message"),
    [
        (DATE, "2024年2月30日", "没有这一天"),
        (DATE, "五月底", "不是日期"),
        (DATE, "", "一定要有"),
        ("deadlines.city-to-province.time", "25:00", "不是几点几分"),
        (LIMIT, "不低于60吨米", "读不出"),
        (LIMIT, "大约60%", "读不出"),
        (LIMIT, {"value": "60%"}, "不是数字"),
        (LIMIT, {"bound": "60"}, "没有 bound"),
        ("conditions.factory.energy.strength", "必须", "没有“必须”这一项"),
        ("conditions.factory.energy.open_ended", "也许", "不是“是”或“否”"),
        ("contacts.office.people", "张三\n李四 王五", "第 2 项"),
        ("contacts.office.person", "张\x07三", "印不出来"),
        ("contacts.office.person", "张三\n李四", "只写一行"),
        ("contacts.office.label", "【待定：名称】", "不能待定"),
        ("contacts.office.person", b"x", "读不了"),
        ("contacts.nobody.person", "张三", "没有这一项"),
        ("id", "elsewhere", "没有这一项"),
        ("outlines.notice", "甲", "没有这一项"),
        ("source.taken", "甲", "没有这一项"),
    ],
)
def test_what_cannot_be_read_is_refused_at_its_key(office, key, given, message):
    if key == DATE and not given:
        key = "deadlines.city-to-province.say"
    (at, told), *others = office.problems({key: given, "contacts.office.fax": "0771-7654321"}).items()
    assert others == []
    assert at == key or at.startswith(f"{key}.")
    assert message in told


def test_all_that_is_wrong_is_told_at_once(office):
    found = office.problems({DATE: "x", LIMIT: "y", "contacts.office.phone": "0771-7654321"})
    assert set(found) == {DATE, LIMIT}


def test_what_could_not_be_built_is_refused(office):
    found = office.problems({"deadlines.city-to-province.say": "将{attachment:none}报送我厅"})
    assert list(found) == ["deadlines.city-to-province.say"]
    found = office.problems({"contacts.office.phone": "1234"})
    assert "区号" in found["contacts.office.phone"]
    assert office.history() == ()


# Writing


def test_only_the_value_changes_in_the_file(office):
    before = office.text().splitlines()
    office.change({DATE: "2024-06-03", LIMIT: "不低于60%", "contacts.office.phone": "0771-7654321"})
    after = office.text().splitlines()
    changed = [(one, two) for one, two in zip(before, after, strict=True) if one != two]
    assert changed == [
        (
            '    limit: {fact: industrial_added_value_share, op: ">", value: 50, unit: "%"}',
            '    limit: {fact: industrial_added_value_share, op: ">=", value: 60, unit: "%"}',
        ),
        ("    date: 2024-05-31", "    date: 2024-06-03"),
        (
            "  office: {person: 张三, phone: 0771-1234567, cite: 附件}",
            "  office: {person: 张三, phone: 0771-7654321, cite: 附件}",
        ),
    ]


def test_several_people_take_the_place_of_one(office):
    office.change(
        {
            "contacts.office.people": "张三 0771-1234567、0771-7654321\n李四 13800000000 li@b.cn",
            "contacts.office.person": None,
            "contacts.office.phone": None,
        }
    )
    people = office.library.load(NAME).profile.contacts["office"].people
    assert [(one.person, one.phone, one.email) for one in people] == [
        ("张三", ("0771-1234567", "0771-7654321"), None),
        ("李四", ("13800000000",), "li@b.cn"),
    ]
    office.change({"contacts.office.people[1].email": None, "contacts.office.people[0].person": "张山"})
    assert office.field("contacts.office.people").shown == "张山 0771-1234567 0771-7654321、李四 13800000000"


def test_words_that_bind_are_declared_for_a_text_that_is_written(office):
    office.change({"exclusions.items.accident.say": "发生{severity}安全事故或者环境事件的"})
    assert "binds: [或者]" in office.text() or "binds: 或者" in office.text()
    office.change({"exclusions.items.accident.say": "发生{severity}安全事故的"})
    assert "或者" not in office.text()


def test_only_what_differs_from_what_is_inherited_is_written(shipped):
    office = of(shipped, "guangxi@2024")
    before = office.text()
    done = office.change({LIMIT: "超过60%"})
    assert "limit: {value: 60}" in office.text()
    assert office.field(f"{LIMIT}.unit").own is False
    assert office.change({LIMIT: Decide("inherit")}).told[0].after == done.told[0].before
    assert office.text() == before


def test_a_part_restated_within_an_authority_keeps_its_clause(office):
    """What replaces a part of the authority's own fact of last year keeps its clause; another authority's has none."""
    later = office.path.with_name("2025.yaml")
    head = HEAD.replace("otherland", "testland").replace("他省", "测试省").replace("他工信", "测工信")
    later.write_text(head.replace("  clauses: [引言, 一]\n", ""), "utf-8")
    own = Office(office.folder, "testland@2025")
    own.change({"contacts.office.person": "王五", DATE: "2025-05-30"})
    profile = own.library.load("testland@2025").profile
    assert profile.contacts["office"].cite == ("附件",)
    assert profile.deadlines["city-to-province"].cite == ("二",)
    assert own.field("contacts.office.cite").own


def test_going_back_to_what_reads_the_same_is_told(shipped):
    office = of(shipped, "guangxi@2024")
    before = office.text()
    done = office.change({"aims.system": Decide("inherit")})
    assert [(one.label.rpartition("：")[2], one.after) for one in done.told][-1] == ("写在哪里", "沿用")
    office.back(done.record.number)
    assert office.text() == before


def test_an_inherited_value_is_taken_away_and_comes_back(shipped):
    office = of(shipped, "guizhou@2024")
    before = office.text()
    office.change({"channels.platform.url": None})
    assert "url: null" in office.text() or "url" not in office.text().split("channels:")[1].split("alias")[0]
    assert office.field("channels.platform.url").value is None
    office.back(office.history()[0].number)
    assert office.text() == before


def test_a_section_that_is_left_out_brings_nothing_back(shipped):
    """One entry in a section of which all is left out: the inherited ones stay out."""
    office = of(shipped, "guizhou@2024")
    before, there = office.text(), {one.key for one in office.sheet().groups}
    done = office.add("attachments", {"title": "某表", "kind": "另附的文件"})
    assert {one.key for one in office.sheet().groups} - there == {done.key}
    assert [one.key for one in done.told] == [done.key]
    office.back(done.record.number)
    assert office.text() == before


def test_a_change_that_would_move_something_else_is_refused(office, monkeypatch):
    monkeypatch.setattr(changing.writing, "put", lambda file, *_: file.changed(file.bare.replace("张三", "李四")))
    assert "会牵动别的值（contacts.office.person）" in office.problems({DATE: "2024-06-03"})[DATE]


# Decisions


def test_what_is_inherited_is_accepted_and_signed(workspace):
    path = workspace / "provinces/otherland/2025.yaml"
    path.parent.mkdir()
    path.write_text(HEAD + DECIDED, "utf-8")
    office = Office(workspace, "otherland@2025")
    first, second = (one for one in office.sheet().groups if one.decision.how == "undecided")
    assert (first.key, second.key) == tuple(CONDITIONS)
    assert first.decision.base == "testland@2024"
    office.change({first.key: Decide("accept", "照底本的")})
    decided = office.sheet().group(first.key).decision
    assert (decided.how, decided.by, decided.on, decided.why) == ("accepted", "张三", "2026-03-01", "照底本的")
    assert office.history()[0].told[0].label == f"沿用：{first.label}"
    assert "已经确认过" in office.problems({first.key: Decide("accept")})[first.key]
    office.change({second.key: Decide("drop")})
    assert second.key not in {one.key for one in office.sheet().groups}
    assert "park.industrial-share: null" in office.text()
    assert "没有改过" in office.problems({first.key: Decide("inherit")})[first.key]
    office.back(2)
    office.back(1)
    assert office.text() == HEAD + DECIDED


def test_a_suggestion_and_a_draft_are_confirmed(office):
    was = "issued: 2024-04-03"
    office.path.write_text(
        office.text()
        .replace(was, "issued: {pending: 成文日期, suggest: 2024-04-02}")
        .replace("date: 2024-05-31", "date: 2024-05-31\n    confirm: {pending: 报送时间}"),
        "utf-8",
    )
    office.change({"papers.notice.issued": Decide("confirm"), "deadlines.city-to-province": Decide("confirm")})
    assert "issued: 2024-04-02" in office.text()
    assert "pending" not in office.text()


# Adding and removing


def test_an_entry_is_added_with_what_must_be_there(office):
    done = office.add("deadlines", {"say": "报送总结"})
    field = office.field(f"{done.key}.date")
    assert (done.key, field.pending.what) == ("deadlines.added-1", "哪一天截止")
    assert office.field("deadlines.added-1.by").shown == "各市工业和信息化局", "as the deadline before it"
    assert done.told[0].label == "时限"
    assert office.add("contacts", {"person": "王五", "phone": "0771-7654321"}, "archive").key == "contacts.archive"
    assert office.add("exclusions.items", {"say": "弄虚作假的"}).key == "exclusions.items.added-1"
    for section, values, name, message in (
        ("nothing", {}, "", "没有 nothing 这一类"),
        ("contacts", {"person": "张\n三"}, "", "只写一行"),
        ("contacts", {"mobile": "1"}, "", "没有这一项"),
        ("contacts", {}, "office", "已经有这个编号"),
        ("contacts", {}, "甲", "编号不能是 甲"),
    ):
        with pytest.raises(NoticesError, match=message):
            office.add(section, values, name)


def test_a_new_section_stands_where_sections_of_its_kind_do(office):
    before = office.text()
    office.add("materials", {"name": "申请表"})
    assert "\n\nmaterials:\n  added-1:\n    name: 申请表\n\ndeadlines:\n" in office.text()
    office.back(1)
    assert office.text() == before


def test_an_added_entry_stands_in_the_outline_and_leaves_it(shipped):
    office = of(shipped, "guangxi@2024")
    before = office.text()
    done = office.add("contacts", {"person": "王五", "phone": "0771-5550125"})
    assert "[contacts.office, contacts.added-1]" in office.text()
    papers = notices.open(shipped).edition("guangxi@2024").write("notice", "md").decode()
    assert "王五" in papers
    office.change({done.key: Decide("drop")})
    assert office.text() == before


# Two people, and taking back


def test_a_change_on_an_older_file_goes_through_where_its_value_stands(office):
    old = office.sheet().revision
    office.change({"contacts.office.person": "王五"}, hand=OTHER)
    office.change({DATE: "2024-06-03"}, revision=old)
    assert "date: 2024-06-03" in office.text()
    assert "王五" in office.text()


def test_a_change_of_what_somebody_else_changed_is_told_and_nothing_is_lost(office):
    old = office.sheet().revision
    office.change({DATE: "2024-06-03"}, hand=OTHER)
    before = office.text()
    with pytest.raises(StaleError) as caught:
        office.change({DATE: "2024-06-04", "contacts.office.person": "王五"}, revision=old)
    assert office.text() == before, "all or nothing"
    (one,) = caught.value.conflicts
    assert (one.key, one.seen, one.now, one.yours) == (DATE, "2024年5月31日", "2024年6月3日", "2024-06-04")
    assert (one.who, one.when) == ("李四", OTHER.when)
    assert caught.value.values == {DATE: "2024-06-04", "contacts.office.person": "王五"}
    assert "李四 2024年5月31日" not in str(caught.value)
    assert "李四 2026年3月1日 09:12 把它从“2024年5月31日”改成了“2024年6月3日”" in str(caught.value)
    again = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own
    assert again.conflicts == caught.value.conflicts
    office.change({DATE: "2024-06-04"}, revision=old, seen={DATE: "2024年6月3日"})
    assert "date: 2024-06-04" in office.text()


def test_a_revision_nobody_knows_needs_what_was_seen(office):
    with pytest.raises(StaleError):
        office.change({DATE: "2024-06-04"}, revision="0" * 64)
    office.change({DATE: "2024-06-04"}, revision="0" * 64, seen={DATE: "2024-05-31"})
    assert "date: 2024-06-04" in office.text()


def test_an_entry_somebody_took_out_is_told(office):
    done = office.add("contacts", {"person": "王五", "phone": "0771-7654321"})
    old = office.sheet().revision
    office.change({done.key: Decide("drop")}, hand=OTHER)
    with pytest.raises(StaleError, match=r"李四.*删去了它"):
        office.change({f"{done.key}.person": "赵六"}, revision=old)


def test_many_at_once_change_one_edition_and_lose_nothing(office):
    revision, errors = office.sheet().revision, []
    keys = ["contacts.office.fax", "contacts.office.address", "contacts.office.postcode", "contacts.office.email"]
    values = ["0771-7654321", "某路1号", "530000", "a@b.cn"]

    def one(key, value):
        try:
            office.change({key: value}, hand=Hand(key, WHEN), revision=revision)
        except NoticesError as error:
            errors.append(error)

    threads = [threading.Thread(target=one, args=pair) for pair in zip(keys, values, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [office.field(key).value for key in keys] == values
    assert {record.who for record in office.history()} == set(keys)
    assert [record.number for record in office.history()] == [4, 3, 2, 1]


def test_an_earlier_change_is_taken_back_and_a_later_one_stays(office):
    before = office.text()
    office.change({DATE: "2024-06-03"})
    office.change({"contacts.office.person": "王五"})
    done = office.back(1)
    assert office.text() == before.replace("张三", "王五")
    assert done.told[0].after == "2024年5月31日"
    with pytest.raises(ProblemsError, match="已经收回过了（第3次，李四 2026年3月1日 09:12）"):
        office.back(1)
    with pytest.raises(NotFoundError, match="没有第 9 次改动"):
        office.back(9)
    office.back(3)
    office.change({DATE: "2024-06-05"}, hand=OTHER)
    with pytest.raises(ProblemsError, match="后来又改过同一处（第5次，李四"):
        office.back(1)


def test_taking_back_moves_nothing_else(office, monkeypatch):
    office.change({DATE: "2024-06-03"})
    before = office.text()
    applied = backing.lines.applied
    monkeypatch.setattr(backing.lines, "applied", lambda *given: applied(*given).replace("张三", "王五"))
    with pytest.raises(ProblemsError, match="收回会牵动别的值"):
        office.back(1)
    assert office.text() == before


def test_a_change_that_cannot_be_built_without_is_not_taken_back(office):
    office.add("references", {"title": "某办法"}, "method")
    office.change({"deadlines.city-to-province.say": "按照{ref:method}报送"})
    before = office.text()
    with pytest.raises(ProblemsError, match="method"):
        office.back(1)
    assert office.text() == before


def test_what_an_editor_changed_is_in_the_history_in_the_readers_words(office):
    office.change({DATE: "2024-06-03"})
    office.path.write_text(office.text().replace("张三", "王五") + "# 备忘\n", "utf-8")
    outside = office.history()[0]
    assert (outside.kind, outside.who) == ("outside", None)
    assert [(one.label, one.before, one.after) for one in outside.told] == [("联系方式：联系人", "张三", "王五")]
    office.back(outside.number)
    assert "王五" not in office.text()


def test_what_an_editor_writes_meanwhile_is_not_written_over(office, monkeypatch):
    check = changing.Checks.new

    def slowly(checks, made):
        office.path.write_text(office.text().replace("张三", "王五"), "utf-8")
        return check(checks, made)

    monkeypatch.setattr(changing.Checks, "new", slowly)
    with pytest.raises(ProblemsError, match="刚被别人改过"):
        office.change({DATE: "2024-06-03"})
    assert "王五" in office.text()
    monkeypatch.undo()
    office.change({DATE: "2024-06-03"})
    assert "王五" in office.text()
    assert [one.kind for one in office.history()] == ["change", "outside"]


def test_what_came_with_the_program_is_not_changed(tmp_path):
    library = Library.at(None)
    with pytest.raises(ProblemsError, match="不能改"):
        change(library, tmp_path, "guangxi@2024", {DATE: "2024-06-03"}, revision="", hand=ME)
    assert list(tmp_path.iterdir()) == []
    assert not fields(library, "guangxi@2024").ours


def change_until_killed(office, told):
    """Change one value again and again, telling of every change that was accepted."""
    rng = random.Random(os.getpid())  # noqa: S311
    while True:
        done = office.change({"contacts.office.phone": f"0771-{rng.randrange(10**6, 10**7)}"})
        if done.record:
            told.send((done.record.number, done.revision))


@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_the_old_file_or_the_new_and_loses_no_change(office):
    rng, known, context = random.Random(5), {}, multiprocessing.get_context("fork")  # noqa: S311
    office.change({"contacts.office.phone": "0771-7654321"})  # what it loads, every fork has
    for _ in range(12):
        get, put = context.Pipe(duplex=False)
        child = context.Process(target=change_until_killed, args=(office, put))
        child.start()
        time.sleep(0.2 + rng.random() * 0.5)
        os.kill(child.pid, signal.SIGKILL)
        child.join()
        put.close()
        with contextlib.suppress(EOFError, OSError):
            while True:
                number, revision = get.recv()
                known[number] = revision
        get.close()
        history = {record.number: record.now for record in office.history()}
        assert history.items() >= known.items()
        assert history[max(history)] == hash_of(office.text())
        assert office.library.load(NAME).profile.contacts["office"].phone
    assert len(known) >= 4
    for record in office.history():
        office.back(record.number)
    assert "0771-1234567" in office.text()


# Anything at all


JUNK = [
    *(
        [
            "",
            "x",
            "甲",
            "【待定：甲】",
            "a: b",
            "# c",
            "- d",
            "{e}",
            '"',
            "'",
            "\\",
            "[",
            "】",
            "不低于60%",
            "2025-02-30",
            "6月1日",
            "17:30",
            "25:00",
            "50",
            "-1",
            "1.50",
            "5万",
            "三十",
            "是",
        ]
    ),
    *(
        [
            "true",
            "null",
            "~",
            "0755",
            "1e3",
            "甲\n乙",
            "\x07",
            "\u2028",
            "超过",
            " 甲 ",
            "&a",
            "*b",
            "!c",
            "%d",
            "@e",
            "`f",
            ">",
            "?",
            "- ",
            "甲：乙",
            "不得甲",
        ]
    ),
    *(None, True, 5, [], {}, ["甲", "乙"], {"pending": "甲"}, {"a": 1}, ["", None], [["x"]], [{"person": "甲"}]),
    *({"value": "5", "unit": "年"}, {"op": ">=", "value": "3"}, {"甲": "乙"}, "|", b"x", 1.5),
]
LIKELY = {
    "date": ("2025年3月4日", "2026/1/2"),
    "annual": ("4月5日", "06-07"),
    "time": ("9:05",),
    "number": ("3", "4.5", "2万"),
    "whole": ("3",),
    "flag": ("是", "否"),
    "limit": ("不低于60%", "超过5", {"op": "<", "value": 7}),
    "duration": ("不少于3个工作日", "近三年"),
    "phone": ("0771-1234567",),
}


def likely(rng, field):
    """A value a field of its kind might be given."""
    if rng.random() < 0.25:
        return rng.choice(JUNK)
    if field.kind == "date" and field.text:
        day = dt.date.fromisoformat(field.value) + dt.timedelta(days=rng.choice((1, 2, -1)))
        return rng.choice((day, day.isoformat(), f"{day.year}年{day.month}月{day.day}日"))
    if field.choices:
        value, name = rng.choice(field.choices)
        return [value] if field.kind == "list" else rng.choice((value, name))
    if field.kind == "list":
        return "张三 0771-1234567\n李四 0771-7654321" if field.many == "person" else "甲\n乙，丙"
    return rng.choice(LIKELY.get(field.kind, ("甲乙丙", f"{field.text}丁", field.text[:3])))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(8))
def test_anything_in_any_field_is_refused_or_changes_only_that(shipped, tmp_path, seed):
    """A change is refused with the file as it was, or it changes the value, is told, and taken back byte for byte."""
    rng = random.Random(seed)  # noqa: S311
    folder = tmp_path / "office"
    shutil.copytree(shipped / "provinces", folder / "provinces")
    (folder / "templates").mkdir()
    names, changed = Library.at(folder).editions(), 0
    assert len(names) == 17
    for _ in range(16):
        office = Office(folder, rng.choice(names))
        by_kind = {}
        for field in office.sheet().every():
            if field.value is not None or rng.random() < 0.2:
                by_kind.setdefault(field.kind, []).append(field)
        chosen = [rng.choice(by_kind[rng.choice(sorted(by_kind))]) for _ in range(rng.choice((1, 1, 2)))]
        values = {field.key: likely(rng, field) for field in chosen}
        before, was = office.text(), OwnFile.of(office.library, office.name)
        try:
            done = office.change(values)
        except NoticesError:
            assert office.text() == before
            continue
        if done.record is None:
            assert office.text() == before
            continue
        changed += 1
        now = OwnFile.of(office.library, office.name)
        assert done.revision == hash_of(office.text())
        assert done.told
        for path in differing(was.whole.data, now.whole.data):
            key = dotted(path)
            fact = key.rpartition(".")[0]
            assert any(
                key == one
                or key.startswith((f"{one}.", f"{one}["))
                or one.startswith((f"{key}.", f"{key}["))
                or (path[-1] in {"cite", "binds"} and one.startswith(f"{fact}."))
                for one in values
            ), (key, values)
        office.back(done.record.number)
        assert office.text() == before
    assert changed
