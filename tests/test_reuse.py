"""What is set once for all applicants leaves no trace: the same bytes as a process that made nothing before."""

import hashlib
import subprocess
import sys
from functools import partial
from io import BytesIO

from conftest import ROOT

from applicants import applicant, desk
from notices.checklist.lazy import Lazy
from notices.ooxml.xml import pack, unpack

FONTS = (ROOT / ".fonts",)
FRESH = """
import hashlib, sys
from pathlib import Path
sys.path[:0] = sys.argv[1:3]
from applicants import applicant, desk
made = desk(("docx", "pdf"), fonts=(Path(sys.argv[1]) / ".fonts",)).make(applicant(3, energy_level="未达到标杆水平"))
print(*(hashlib.sha256(content).hexdigest() for _, content in made.files))
"""


def test_the_tenth_applicant_gets_what_the_first_would():
    at = desk(("docx", "pdf"), fonts=FONTS)
    one = applicant(3, energy_level="未达到标杆水平")
    for number in range(3):
        at.make(applicant(number, operating_normally=None, sector_class="烟草制品业" if number else None))
    desk(("docx", "pdf"), edition="guangxi@2024", fonts=FONTS).make(applicant(1))
    made = at.make(one).files
    assert at.make(one).files == made
    told = subprocess.run(
        [sys.executable, "-c", FRESH, str(ROOT), str(ROOT / "tests")],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
        timeout=120,
    )
    assert told.stdout.split() == [hashlib.sha256(content).hexdigest() for _, content in made]


def test_a_package_packed_in_pieces_is_the_one_packed_whole():
    parts = {"[Content_Types].xml": b"<a/>", "xl/big.xml": b"".join(b"%d," % n for n in range(500_000)), "b": b""}
    pieces = {name: iter(partial(BytesIO(content).read, 7_000), b"") for name, content in parts.items()}
    assert pack(pieces) == pack(parts)
    assert unpack(pack(parts)) == parts


def test_lazy_items_are_a_sequence():
    made = Lazy(5, lambda number: number * number)
    assert list(made) == [0, 1, 4, 9, 16]
    assert made[1:3] == (1, 4)
    assert made[-1] == 16
    assert len(made) == 5
    assert 9 in made
