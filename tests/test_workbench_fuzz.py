"""Whatever is asked of the workbench, it answers with a page that says what is wrong, and goes on."""

import re
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from workbenches import asked, office

from notices.workbench.app import PAGES

ODD = ("", "x", "0", "-1", "1e309", "guangxi@2024", "guangxi@9999", "../../../etc/passwd", "%00", "\x00", "\ud7ff", "甲" * 300,
       "{{7*7}}", "<script>alert(1)</script>", "'\"><b>", "[]", "null", "2024-02-31", "factory", "docx", "\u202e", "a\r\nb")  # fmt: skip
WORDS = st.sampled_from(ODD) | st.text(max_size=20)
NAMES = ("left", "right", "edition", "name", "year", "category", "level", "key", "kind", "revision", "topic", "mark", "words",
         "date-city", "part-1", "as_of", "paper", "file", "value", "seen", "section", "to", "id", "number", "pasted")  # fmt: skip


@pytest.fixture(scope="module")
def bench_for_all(workers, tmp_path_factory):
    made = asked(workers, office(tmp_path_factory.mktemp("fuzz") / "office"))
    assert made.client.get("/enter", params={"key": made.bench.key.current}).status_code == 303
    return made


def address(pattern, words):
    """An address of a pattern, its parts from the words; one that leads elsewhere stands for itself."""
    left = iter(words)
    return re.sub(r"\{[^}]*\}", lambda _: quote(next(left, "x").replace("\x00", "") or "x", safe=""), pattern)


@pytest.mark.slow
@settings(max_examples=12, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=st.lists(WORDS, min_size=3, max_size=3), fields=st.dictionaries(st.sampled_from(NAMES), WORDS, max_size=4))
@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{'POST' if page.post else 'GET'} {page.path}")
def test_no_request_is_a_bug(bench_for_all, page, words, fields):
    if page.path == "/account/leave":
        return
    place = address(page.path, words)
    if page.post:
        answer = bench_for_all.post(place, fields, headers={"X-Live": "1"} if len(fields) % 2 else {})
    else:
        answer = bench_for_all.client.get(place, params=fields)
    assert answer.status_code < 500, answer.text[-3000:]
    assert "<script>alert" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("body", [b"", b"\xff\xfe\x00", b"------x", b"token=%FF%FE", b"a=1&" * 6000, b"=" * 2000])
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "multipart/form-data", "text/plain", ""])  # fmt: skip
def test_a_broken_form_is_refused(bench_for_all, body, kind):
    for page in [page for page in PAGES if page.post][:3]:
        answer = bench_for_all.client.post(address(page.path, []), content=body, headers={"Content-Type": kind})
        assert 400 <= answer.status_code < 500, answer.text[-2000:]


@pytest.mark.parametrize("path", ["/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/static/..%2f..%2fpyproject.toml", "/edition/%00", "/" + "a" * 5000, "/kept/%2e%2e%2f", "/\u202e"])  # fmt: skip
def test_no_path_leads_to_the_disk(bench_for_all, path):
    answer = bench_for_all.client.get(path)
    assert answer.status_code in {404, 405, 400, 303}
    assert "root:" not in answer.text
    assert "[project]" not in answer.text
