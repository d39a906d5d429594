"""Importing in the workbench: a notice dropped, decided on, kept; nothing outside the inbox before that."""

import json
import re

import pytest
from test_importing import NOTICE
from workbenches import asked, audited, wide  # noqa: F401


def post_file(made, address, name, content, **data):
    return made.post(address, data, files={"file": (name, content)})


def dropped(made, name="来源.txt", content=NOTICE.encode(), **data):
    """Import a file; the address of its page."""
    answer = post_file(made, "/import/file", name, content, **data)
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_a_notice_is_read_and_nothing_is_written_yet(own_bench):
    place = dropped(own_bench)
    page = own_bench.client.get(place)
    assert page.status_code == 200
    assert '近一年每名职工' in page.text
