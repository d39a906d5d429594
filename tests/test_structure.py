"""The house: imports go one way, files stay small, no province's name in code, nothing of this machine in the tree."""

import ast
import re
import subprocess
from pathlib import Path

from conftest import ROOT

PACKAGE = ROOT / "notices"
LAYERS = (
    ("marks", "errors", "shipped"),
    ("files", "document", "ooxml"),
    ("history",),
    ("profile",),
    ("wording", "typeset", "renamed"),
    ("outlines",),
    ("checks",),
    ("library", "programmes"),
    ("inherited",),
    ("papers",),
    ("writers", "verify"),
    ("reports",),
    ("forms", "compare", "redline", "calendar", "inspection"),
    ("rendering", "recast"),
    ("checklist",),
    ("lints",),
    ("app",),
    ("renewal", "importing"),
    ("taking", "editing"),
    ("api",),
    ("workbench",),
    ("commands",),
    ("cli", "__main__"),
)
"""Lowest first: a room imports from its own or lower layers only."""


def modules():
    found = sorted(PACKAGE.rglob("*.py"))
    assert len(found) >= 25
    return found


def room(path):
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("notices"):
            parts = node.module.split(".")
            yield from [parts[1]] if len(parts) > 1 else [alias.name for alias in node.names]


def test_imports_only_go_down():
    depth = {name: level for level, names in enumerate(LAYERS) for name in names}
    placed = [path for path in modules() if room(path) != "__init__"]
    assert {room(path) for path in placed} == set(depth), "every room has its place in LAYERS, and only rooms"
    wrong = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in placed
        for name in imported(path)
        if depth.get(name, 0) > depth[room(path)]
    ]
    assert wrong == []


def test_no_provinces_name_in_code():
    folders = [path.name for path in (ROOT / "provinces").iterdir() if path.is_dir() and path.name != "national"]
    assert len(folders) >= 4
    names = re.compile("|".join([*folders, "广西", "吉林", "贵州", "内蒙古"]))
    code = {path: path.read_text("utf-8") for path in modules()}
    used = {
        f"{path.name}: {line.strip()}"
        for path, text in code.items()
        for line in _statements(text)
        if names.search(line)
    }
    assert used == set()


def test_no_programme_is_named_in_code(programme):
    """Neither a category, nor a section of its own, nor a word of the programme: all of it is data."""
    words = [*programme.terms, *programme.verify.listed, *programme.verify.applicants, *programme.verify.weighing]
    words += [programme.name, programme.list_name, *(kind.name for kind in programme.categories.values()), "企业绿码"]
    words += ["green-manufacturing", *programme.own, *(key.replace("-", "_") for key in programme.own)]
    named = re.compile("|".join(map(re.escape, words)))
    keys = {form for key in programme.categories for form in (key, f"applicant-{key}", key.replace("-", "_"))}
    listed = re.compile("(?<![a-z])(?:" + "|".join(programme.categories) + ")、")
    used = set()
    for path in modules():
        text = path.read_text("utf-8")
        used |= {f"{path.name}: {line.strip()[:80]}" for line in _statements(text) if named.search(line)}
        used |= {f"{path.name}: {found}" for line in _statements(text) for found in listed.findall(line)}
        texts = {node.value for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}
        used |= {f"{path.name}: {one}" for one in texts & keys}
    assert used == set()


def _statements(text):
    """Lines of code without docstrings and comments, where an example may name a province."""
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            node.value.value = ""
    yield from ast.unparse(tree).splitlines()


def test_files_stay_small():
    large = {
        str(path.relative_to(ROOT)): count
        for path in modules()
        if (count := len(path.read_text("utf-8").splitlines())) > 400
    }
    assert large == {}


def test_nothing_of_this_machine_or_a_registry_is_tracked():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False).stdout
    files = [ROOT / name for name in tracked.split("\0") if name]
    if not files:  # an unpacked archive has no git: then the folder itself is what is looked at
        files = [*ROOT.glob("*.txt"), *ROOT.glob("*.md"), *ROOT.glob("*.toml"), *ROOT.glob("scripts/*")]
    assert files
    for path in files:
        if path.suffix in {".docx", ".png"} or not path.exists():
            continue
        text = path.read_text("utf-8")
        assert not re.search(r"(^|[^A-Za-z0-9_])/(work|farm)/", text), path
        if path.name.startswith("requirements"):
            assert "://" not in text, path


def test_the_changelog_names_the_version_or_what_is_unreleased():
    assert "## [Unreleased]" in Path(ROOT / "CHANGELOG.md").read_text("utf-8")
