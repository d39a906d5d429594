"""The history of an edition: nothing accepted is lost, nothing is left half, every change can be taken back."""

import datetime as dt
import json
import multiprocessing
import os
import random
import signal
import threading
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notices import files
from notices.errors import OutputError, ProblemsError
from notices.history import lines, log
from notices.history.lines import Standing
from notices.history.log import Back, Hand, hash_of
from notices.history.record import Record, Told

WHEN = dt.datetime(2026, 3, 1, 9, 5, tzinfo=dt.timezone(dt.timedelta(hours=8)))
HAND = Hand("张三", WHEN)
NAME = "testland@2024"
TEXT = "甲: 1\n乙: 2\n丙: 3\n"


def telling(before, after):
    return (Told("all", "全文", before, after),)


@pytest.fixture
def office(tmp_path):
    (tmp_path / "2024.yaml").write_bytes(TEXT.encode())
    return tmp_path


def held(office, when=WHEN):
    return log.held(office, NAME, office / "2024.yaml", telling, when)


def changed(office, *pairs, hand=HAND):
    """Each text written one after another; the records."""
    with held(office) as journal:
        return [journal.write(text, telling(journal.text, text), hand) for text in pairs]


def back(office, number):
    with held(office) as journal:
        record = next(one for one in journal.records if one.number == number)
        edits = journal.undoing(record)
        if edits is None:
            return journal.reason(record)
        text = lines.applied(journal.text, edits)
        journal.write(text, telling(journal.text, text), Hand("李四", WHEN), Back(number, edits))
        return text


def told(office):
    return log.history(office, NAME, office / "2024.yaml", telling)


def text_of(office):
    return (office / "2024.yaml").read_bytes().decode("utf-8", "surrogateescape")


def log_lines(office):
    return log.path_of(office, NAME).read_text("utf-8").splitlines()


LINES = st.lists(st.sampled_from(["甲", "乙", "丙", "", " 甲", "乙\r", "\u2028丁"]), max_size=8)


@given(LINES, LINES)
def test_edits_turn_one_text_into_the_other(one, two):
    old, new = "\n".join(one), "\n".join(two)
    assert lines.applied(old, lines.edits(old, new)) == new
    assert (old == new) == (lines.edits(old, new) == ())


def test_edits_are_refused_where_their_lines_do_not_stand():
    edits = lines.edits("甲\n乙", "甲\n丙")
    with pytest.raises(ValueError, match="do not stand"):
        lines.applied("甲\n丁", edits)


@given(st.lists(LINES, min_size=2, max_size=6), st.data())
def test_what_is_taken_back_in_any_order_is_gone_or_refused(texts, data):
    """Replayed, taken back from the last to the first, the first text stands again; an earlier one only where it can."""
    steps = ["\n".join(one) for one in texts]
    standing, records = Standing(steps[0]), []
    for number, (old, new) in enumerate(pairwise(steps), 1):
        record = Record(number, "change", NAME, WHEN, "甲", (), lines.edits(old, new), "", "")
        standing.take(record)
        records.append(record)
    assert standing.text == steps[-1]
    early = data.draw(st.sampled_from(records))
    edits = standing.undoing(early)
    if edits is not None:
        lines.applied(standing.text, edits)  # its lines stand
    number = len(records)
    for record in reversed(records):
        undo = standing.undoing(record)
        assert undo is not None
        number += 1
        standing.take(Record(number, "take-back", NAME, WHEN, "甲", (), undo, "", "", record.number))
    assert standing.text == steps[0]


def test_equal_lines_are_told_apart():
    """One of two equal lines goes; taking back the change that made the other touches only the other."""
    first = "a:\n  x: 1\nb:\n"
    second = "a:\n  x: 1\nb:\n  x: 1\n"
    third = "a:\nb:\n  x: 1\n"
    standing = Standing(first)
    made = [
        Record(n, "change", NAME, WHEN, "甲", (), lines.edits(old, new), "", "")
        for n, (old, new) in enumerate(((first, second), (second, third)), 1)
    ]
    for one in made:
        standing.take(one)
    edits = standing.undoing(made[0])
    assert edits is not None
    assert lines.applied(standing.text, edits) == "a:\nb:\n"


def test_a_change_is_kept_with_who_when_and_what(office):
    (record,) = changed(office, TEXT.replace("2", "5"))
    assert text_of(office) == "甲: 1\n乙: 5\n丙: 3\n"
    assert told(office) == (record,)
    assert (record.number, record.who, record.when, record.kind) == (1, "张三", WHEN, "change")
    assert (record.was, record.now) == (hash_of(TEXT), hash_of(text_of(office)))
    assert [list(json.loads(line)) for line in log_lines(office)] == [
        ["begun", "when", "text"],
        ["change"],
        ["accepted"],
    ]


def test_a_naive_time_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        Hand("甲", dt.datetime(2026, 3, 1))  # noqa: DTZ001 - that is the point


def test_an_edition_without_changes_has_no_history(office):
    assert told(office) == ()
    assert not (office / log.FOLDER).exists()


def test_an_earlier_change_is_taken_back_where_its_lines_stand(office):
    changed(office, TEXT.replace("1", "7"), TEXT.replace("1", "7").replace("3", "9"))
    assert back(office, 1) == TEXT.replace("3", "9")
    newest, second, first = told(office)
    assert (newest.kind, newest.undoes, newest.who) == ("take-back", 1, "李四")
    assert (second.undone, first.undone) == (None, 3)
    assert back(office, 3) == TEXT.replace("1", "7").replace("3", "9")
    assert next(one for one in told(office) if one.number == 1).undone is None, "what took it back was taken back"
    assert back(office, 1) == TEXT.replace("3", "9"), "so that it can be taken back again"


def test_a_change_whose_lines_were_changed_again_names_who_did_it(office):
    changed(office, TEXT.replace("1", "7"))
    changed(office, TEXT.replace("1", "8"), hand=Hand("王五", WHEN))
    assert back(office, 1).who == "王五"
    assert back(office, 2) == TEXT.replace("1", "7")
    assert back(office, 1) == TEXT, "its lines stand again"


def test_lines_that_went_come_back_where_they_stood(office):
    changed(office, "甲: 1\n丙: 3\n", "甲: 1\n丙: 4\n")
    assert back(office, 1) == "甲: 1\n乙: 2\n丙: 4\n"


def test_a_change_from_outside_is_seen_and_kept(office):
    changed(office, TEXT.replace("1", "7"))
    (office / "2024.yaml").write_text("甲: 7\n乙: 2\n丙: 3\n丁: 4\n", "utf-8")
    before = log_lines(office)
    outside = told(office)[0]
    assert (outside.kind, outside.who, outside.when, outside.number) == ("outside", None, None, 2)
    assert log_lines(office) == before, "reading writes nothing"
    later = WHEN + dt.timedelta(days=1)
    with held(office, later):
        pass
    assert told(office)[0].when == later
    assert back(office, 2) == TEXT.replace("1", "7")
    assert back(office, 1) == TEXT


def test_bytes_that_are_no_text_are_kept_as_they_are(office):
    changed(office, TEXT.replace("1", "7"))
    (office / "2024.yaml").write_bytes("甲: 7\n".encode() + b"\xff\xfe\n")
    with held(office) as journal:
        assert journal.text.encode("utf-8", "surrogateescape") == (office / "2024.yaml").read_bytes()
    assert back(office, 2) == TEXT.replace("1", "7")


@pytest.mark.parametrize("text", ["\ufeff甲: 1\r\n乙: 2\r\n", "甲: 1", "", "\n\n"])
def test_any_text_comes_back_byte_for_byte(office, text):
    (office / "2024.yaml").write_bytes(text.encode())
    changed(office, text + "丁: 4")
    assert back(office, 1) == text
    assert (office / "2024.yaml").read_bytes() == text.encode()


def intent_only(office, text, *, replaced):
    """As a kill leaves it: the change written down, the file replaced or not, nothing confirmed."""
    changed(office, text)
    path = log.path_of(office, NAME)
    kept = log_lines(office)[:-1]
    path.write_text("".join(f"{line}\n" for line in kept), "utf-8")
    if not replaced:
        (office / "2024.yaml").write_text(TEXT, "utf-8")


def test_a_change_killed_before_the_file_was_replaced_is_dropped(office):
    intent_only(office, TEXT.replace("1", "7"), replaced=False)
    assert told(office) == ()
    with held(office):
        pass
    assert json.loads(log_lines(office)[-1]) == {"dropped": 1}
    (record,) = changed(office, TEXT.replace("2", "9"))
    assert [one.number for one in told(office)] == [record.number] == [2]


def test_a_change_killed_after_the_file_was_replaced_is_finished(office):
    intent_only(office, TEXT.replace("1", "7"), replaced=True)
    assert [one.number for one in told(office)] == [1]
    with held(office):
        pass
    assert json.loads(log_lines(office)[-1]) == {"accepted": 1}


def test_a_killed_change_and_an_editor_after_it(office):
    intent_only(office, TEXT.replace("1", "7"), replaced=True)
    (office / "2024.yaml").write_text(TEXT.replace("1", "7") + "丁: 4\n", "utf-8")
    assert [(one.number, one.kind) for one in told(office)] == [(2, "outside"), (1, "change")]
    intent = log_lines(office)[-1]
    assert "change" in json.loads(intent)
    (office / "2024.yaml").write_text(TEXT + "丁: 4\n", "utf-8")
    assert [one.kind for one in told(office)] == ["outside"], "the change was never made"


def test_an_accepted_change_reverted_by_hand_stays_in_the_history(office):
    changed(office, TEXT.replace("1", "7"))
    (office / "2024.yaml").write_text(TEXT, "utf-8")
    assert [one.kind for one in told(office)] == ["outside", "change"]


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_line_that_broke_off_is_mended(office, cut):
    changed(office, TEXT.replace("1", "7"), TEXT.replace("1", "8"))
    path = log.path_of(office, NAME)
    content = path.read_bytes()
    path.write_bytes(content[:-cut])
    assert told(office)[0].now == hash_of(text_of(office))
    changed(office, TEXT.replace("1", "9"))
    assert path.read_bytes().endswith(b"\n")
    assert text_of(office) == TEXT.replace("1", "9")
    assert told(office)[0].was == hash_of(TEXT.replace("1", "8"))
    for line in log_lines(office):
        json.loads(line)


@pytest.mark.parametrize("line", ['{"a": "b"}', "[]", "3", '{"accepted": 1}', '{"begun": "x", "text": ""}'])
def test_a_file_that_is_no_history_from_its_beginning_is_refused(office, line):
    with held(office) as journal:
        journal.write("甲: 2\n乙: 2\n丙: 3\n", (), HAND)
    place = log.path_of(office, NAME)
    first = place.read_text("utf-8").splitlines()[0] + "\n" if "begun" in line else ""
    place.write_text(f"{first}{line}\n", "utf-8")
    with pytest.raises(ProblemsError, match="读不出来"), held(office):
        pass


def test_a_damaged_line_is_named_and_nothing_is_written(office):
    changed(office, TEXT.replace("1", "7"), TEXT.replace("1", "8"))
    path = log.path_of(office, NAME)
    rows = log_lines(office)
    rows[1] = rows[1].replace("甲: 7", "甲: 6")
    path.write_text("".join(f"{line}\n" for line in rows), "utf-8")
    before = path.read_bytes()
    with pytest.raises(ProblemsError, match="读不出来") as caught:
        changed(office, TEXT)
    assert caught.value.problems[0].line == 3, "the line that confirms what the text does not say"
    assert path.read_bytes() == before


def test_a_file_that_cannot_be_replaced_leaves_both_as_they_were(office, monkeypatch):
    changed(office, TEXT.replace("1", "7"))

    def refuse(*_):
        raise OutputError("磁盘已满")

    monkeypatch.setattr(files, "write", refuse)
    with pytest.raises(OutputError):
        changed(office, TEXT)
    monkeypatch.undo()
    assert [one.number for one in told(office)] == [1]
    assert json.loads(log_lines(office)[-1]) == {"dropped": 2}


def test_threads_wait_for_each_other(office):
    def add(number):
        with held(office) as journal:
            text = f"{journal.text}行{number}: 1\n"
            time.sleep(0.01)
            journal.write(text, telling(journal.text, text), HAND)

    threads = [threading.Thread(target=add, args=(n,)) for n in range(5)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert sorted(text_of(office).splitlines()[3:]) == [f"行{n}: 1" for n in range(5)]
    assert [one.number for one in told(office)] == [5, 4, 3, 2, 1]


def test_a_busy_history_is_refused_and_a_dead_holder_holds_nothing(office, monkeypatch):
    monkeypatch.setattr(files, "PATIENCE", 2)
    child = os.fork()
    if not child:
        with held(office):
            time.sleep(60)
        os._exit(0)
    until = time.monotonic() + 10
    while not log.path_of(office, NAME).exists() or not log_lines(office):
        assert time.monotonic() < until
        time.sleep(0.01)
    try:
        with pytest.raises(OutputError, match="别人正在改"):
            changed(office, TEXT.replace("1", "7"))
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    assert len(changed(office, TEXT.replace("1", "7"))) == 1


def change_for_ever(folder, accepted):
    """Change and change again, telling of each what was accepted, until killed."""
    rng = random.Random(os.getpid())  # noqa: S311
    while True:
        with held(folder) as journal:
            text = "".join(f"{name}: {rng.randrange(10**6)}\n" for name in "甲乙丙丁") * rng.randrange(1, 40)
            record = journal.write(text, telling(journal.text, text), HAND)
        accepted.send((record.number, record.now))


@pytest.mark.slow
def test_kills_lose_nothing_that_was_accepted(office):
    """Two processes change the edition and are killed at random moments."""
    rng = random.Random(7)  # noqa: S311
    known = {}
    context = multiprocessing.get_context("fork")
    for _ in range(25):
        ends = [context.Pipe(duplex=False) for _ in range(2)]
        running = [context.Process(target=change_for_ever, args=(office, put)) for _, put in ends]
        for one in running:
            one.start()
        time.sleep(rng.random() * 0.15)
        for one in running:
            os.kill(one.pid, signal.SIGKILL)
        for one in running:
            one.join()
        for get, put in ends:
            put.close()
            try:
                while True:
                    number, now = get.recv()
                    known[number] = now
            except (EOFError, OSError):
                get.close()
        records = told(office)
        assert {one.number: one.now for one in records}.items() >= known.items()
        assert all(one.kind == "change" for one in records), "the history and the file agree"
        if records:
            assert records[0].now == hash_of(text_of(office))
    assert len(known) > 20
    with held(office) as journal:
        assert journal.text_at(hash_of(TEXT)) == TEXT
        assert all(journal.text_at(one.now) is not None for one in journal.records)
    strays = [one for one in office.iterdir() if one.name.endswith(files._SUFFIX)]
    changed(office, TEXT)
    assert len(strays) <= 25
    assert not [one for one in office.iterdir() if one.name.endswith(files._SUFFIX)]
