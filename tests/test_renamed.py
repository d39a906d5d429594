"""A workspace of an earlier version: old ids, template functions that are gone, a template in place of an outline."""

import re

import pytest
from click.testing import CliRunner

from notices import renamed
from notices.cli import cli
from notices.library import Library
from notices.lints.linting import lint_files
from notices.profile import Profile
from notices.profile.yamlfile import dotted

IDS = renamed.table()["ids"]


def lint(folder, *names):
    library = Library.at(folder)
    return [p for p in lint_files(library, [library.find(name) for name in names]) if p.rule == renamed.RULE]


def written(profile_file, *pairs):
    text = profile_file.read_text("utf-8")
    for old, new in pairs:
        assert old in text, old
        text = text.replace(old, new)
    profile_file.write_text(text, "utf-8")


def test_the_table_leads_from_names_that_are_gone_to_names_that_are_used(library):
    sections = {field.alias or name for name, field in Profile.model_fields.items()}
    new = [name for value in IDS.values() for name in (value if isinstance(value, dict) else [value])]
    assert len(IDS) >= 20
    assert {name.partition(".")[0] for name in (*IDS, *new)} <= sections
    used = {dotted(key) for name in library.editions() for key in library.tree(library.find(name))[0].origins}
    assert set(IDS) & used == set()
    assert set(new) <= used


def test_nothing_shipped_has_an_old_name(library):
    assert [p for name in library.editions() for p in library.renamed(library.load(name).sources)] == []
    templates = sorted((library.roots[-1] / "templates").rglob("*.j2"))
    assert len(templates) >= 3
    assert renamed.in_templates((path, path.name) for path in templates) == []


def test_an_old_id_is_told_with_the_new_one_its_file_and_line(workspace, profile_file):
    written(profile_file, ("  city-to-province:", "  submission:"))
    line = next(n for n, text in enumerate(profile_file.read_text("utf-8").splitlines(), 1) if "  submission:" in text)
    (told,) = lint(workspace, "testland")
    assert (told.file, told.line, told.key) == ("provinces/testland/2024.yaml", line, "deadlines.submission")
    assert told.severity == "warning"
    assert "deadlines.city-to-province（市报送省）" in told.message
    assert "deadlines.province-to-ministry（省报送工业和信息化部）" in told.message


def test_an_old_id_in_a_text_is_told(workspace, profile_file):
    text = profile_file.read_text("utf-8")
    outline = "outlines:\n  notice:\n    - 请{deadlines.submission}。\n    - [levels.listed-below.others, levels.listed-below-ours]\n"
    profile_file.write_text(f"{text}\n{outline}", "utf-8")
    told = lint(workspace, "testland")
    assert [re.findall(r"旧编号 (\S+) 已改为", one.message) for one in told] == [
        ["deadlines.submission"],
        ["levels.listed-below.others"],
    ]
    assert [one.key for one in told] == ["outlines.notice[0]", "outlines.notice[1][0]"]


@pytest.mark.parametrize("command", ["build", "lint", "show"])
def test_a_profile_that_cannot_be_read_for_its_old_ids_names_them(workspace, profile_file, command):
    written(profile_file, ("  city-to-province:", "  submission:"), ("    by: city\n", "    by: nobody\n"))
    extra = ["--format", "md", "--out", str(workspace / "out")] if command == "build" else []
    done = CliRunner().invoke(cli, ["--workspace", str(workspace), command, "testland", *extra])
    told = done.output + str(done.exception)
    assert "没有编号为 nobody 的参与方" in told
    assert "旧编号 deadlines.submission" in told


def test_what_is_made_with_an_old_id_says_so(workspace, profile_file, tmp_path):
    written(profile_file, ("  city-to-province:", "  submission:"))
    for command in (
        ["build", "testland", "--format", "md", "--out", str(tmp_path)],
        ["calendar", "testland"],
        [
            "checklist",
            "testland",
            "--category",
            "factory",
            "--as-of",
            "2024-05-01",
            "--format",
            "md",
            "--out",
            str(tmp_path),
        ],
    ):
        done = CliRunner().invoke(cli, ["--workspace", str(workspace), *command], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        assert "旧编号 deadlines.submission" in done.stderr, command


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ introducing(x, 'city', '各市') }}", "函数 introducing 已经取消"),
        ("{{ barred(p.exclusions, numbers=item_numbers(p.exclusions, 'refuses')) }}", "barred 的 numbers 已经取消"),
        ("{{ occasion(rule, items=3) }}", "occasion 的 items 已经取消"),
        ("{{ deadline(p.deadlines.submission) }}", "deadlines.city-to-province"),
        ("{{ say(p.levels['listed-below']) }}", "levels.listed-in-province"),
        ('{{ say(p.scope["park.organize"]) }}', "scope.park.selection"),
    ],
)
def test_old_names_in_an_offices_own_template_are_told_with_their_line(workspace, line, said):
    folder = workspace / "templates/testland"
    folder.mkdir()
    (folder / "notice.md.j2").write_text(f"{{% extends 'notice.md.j2' %}}\n{line}\n", "utf-8")
    told = lint(workspace, "testland")
    assert any(said in str(one) and (one.file, one.line) == ("templates/testland/notice.md.j2", 2) for one in told)


def test_names_that_only_look_old_are_left_alone(tmp_path):
    path = tmp_path / "x.md.j2"
    path.write_text(
        "{{ p.contacts.submission.email }} {{ p.deadlines['city-to-province'] }} {{ occasion(a) }}", "utf-8"
    )
    assert renamed.in_templates([(path, "x")]) == []


def test_a_function_that_is_gone_stops_the_build_with_what_to_write(workspace, tmp_path):
    folder = workspace / "templates/testland"
    folder.mkdir()
    (folder / "notice.md.j2").write_text("{{ item_numbers(p.exclusions, 'refuses') }}\n", "utf-8")
    done = CliRunner().invoke(cli, ["--workspace", str(workspace), "build", "testland", "--out", str(tmp_path)])
    assert "没有 item_numbers 这个名称" in str(done.exception)
    assert "{removals}" in str(done.exception)


def test_a_template_in_place_of_an_outline_is_told(workspace):
    folder = workspace / "templates/guangxi"
    folder.mkdir()
    (folder / "notice.md.j2").write_text("{% extends 'notice.md.j2' %}\n", "utf-8")
    (told,) = lint(workspace, "guangxi")
    assert told.file == "templates/guangxi/notice.md.j2"
    assert "outlines.notice 没有用" in told.message
    assert "删去它就按提纲印" in told.hint
