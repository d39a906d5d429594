"""Shared fixtures: the shipped library, a workspace to break, and golden files with one way to update them."""

from __future__ import annotations

import shutil
from pathlib import Path

import planting
import pytest
from hypothesis import settings
from workbenches import bench, chromium, own_bench, page, served, workers  # noqa: F401 - fixtures

from notices import programmes
from notices.library import Edition, Library
from notices.profile import Programme
from notices.rendering.renderer import Press

ROOT = Path(__file__).resolve().parents[1]
GOLDEN = Path(__file__).with_name("golden")
UPDATE = "pytest --update-golden"

settings.register_profile("notices", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("notices")  # timing never decides a test; a failure is found again by anyone


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="rewrite tests/golden from what is made now")


@pytest.fixture(scope="session")
def library() -> Library:
    return Library.at(None)


@pytest.fixture(scope="session")
def press(library) -> Press:
    """Prints Word and PDF in the faces of this machine."""
    return Press(library, ("docx", "pdf"), library.font_folders)


@pytest.fixture(scope="session")
def sound(press) -> bytes:
    """The Word file of a paper that keeps every rule, to plant faults in."""
    return press.bytes_of(planting.paper(), "docx")


@pytest.fixture(scope="session")
def programme() -> Programme:
    """The programme that comes with the program."""
    return programmes.shipped(Library.at(None)).PROGRAMME


@pytest.fixture(scope="session")
def editions(library) -> dict[str, Edition]:
    """Every shipped edition by name; never empty."""
    found = {name: library.load(name) for name in library.editions()}
    assert len(found) >= 5, "the five authorities are shipped"
    return found


@pytest.fixture
def golden(request):
    """``golden(name, text)``: the text equals tests/golden/<name>, or becomes it with --update-golden."""

    def check(name: str, text: str) -> None:
        path = GOLDEN / name
        if request.config.getoption("--update-golden"):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        assert path.exists(), f"no golden file {name}; make it with: {UPDATE}"
        assert path.read_text(encoding="utf-8") == text, f"{name} changed; if it should have: {UPDATE}"

    return check


@pytest.fixture
def workspace(tmp_path) -> Path:
    """A workspace with one sound profile, ``provinces/testland/2024.yaml``, that tests break."""
    folder = tmp_path / "office"
    (folder / "provinces" / "testland").mkdir(parents=True)
    (folder / "templates").mkdir()
    shutil.copyfile(Path(__file__).with_name("data") / "testland.yaml", folder / "provinces/testland/2024.yaml")
    return folder


@pytest.fixture
def profile_file(workspace) -> Path:
    return workspace / "provinces/testland/2024.yaml"
