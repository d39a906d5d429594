"""No template runs on: loops, recursion and growth end on one budget, without a clock."""

import io
import time

import docx
import pytest
from jinja2 import StrictUndefined
from jinja2.exceptions import SecurityError

from notices.errors import ProblemsError
from notices.library import Library
from notices.papers.compose import compose
from notices.papers.sandbox import LONGEST, STEPS, EndlessError, Sandbox, environment
from notices.writers.word.template import render as render_base

BIG = "啊" * 300
LONG = "{% set a = big|center(9999) %}{% set l = range(99000)|list %}{% for i in range(700000) %}"
ENDLESS = {
    "nested ranges": "{% for a in range(90000) %}{% for b in range(90000) %}{% endfor %}{% endfor %}",
    "one range": "{% for a in range(999999) %}{% endfor %}",
    "nested texts": "{% for a in s %}" * 8 + "x" + "{% endfor %}" * 8,
    "filtered": "{% for a in range(9000) %}{% for b in range(9000) if false %}{% endfor %}{% endfor %}",
    "recursive": "{% for a in s recursive %}{% if loop.depth < 9 %}{{ loop(s) }}{% endif %}{% endfor %}",
    "recursive, filtered": "{% for a in range(99999) %}{% for b in s if false recursive %}{% endfor %}{% endfor %}",
    "macro twice": "{% macro m(n) %}{% if n %}{{ m(n - 1) }}{{ m(n - 1) }}{% endif %}{% endmacro %}{{ m(60) }}",
    "loop in a macro": "{% macro m() %}{% for a in s %}{% endfor %}{% endmacro %}{% for a in range(90000) %}{{ m() }}{% endfor %}",
    "block": "{% block b %}" + "{{ s }}" * 900 + "{% endblock %}{% for a in range(90000) %}{{ self.b() }}{% endfor %}",
    "call": "{% macro m() %}{{ caller() }}{% endmacro %}{% for a in range(90000) %}{% call m() %}" + "{{ s }}" * 900 + "{% endcall %}{% endfor %}",
    "large body": "{% for a in range(400000) %}" + "{{ a }}" * 5000 + "{% endfor %}",
    "large literal": "{% for a in range(400000) %}" + "x" * 200000 + "{% endfor %}",
    "captured": "{% set y %}{% for a in range(400000) %}" + "x" * 200000 + "{% endfor %}{% endset %}{{ y }}",
    "captured values": "{% set y %}{% for i in range(400000) %}{{ big }}{% endfor %}{% endset %}",
    "doubled ~": "{% set ns = namespace(s='aa') %}{% for i in range(99) %}{% set ns.s = ns.s ~ ns.s %}{% endfor %}",
    "doubled +": "{% set x = 'aa' %}" + "{% set x = x + x %}" * 60,
    "doubled list": "{% set x = [1] %}" + "{% set x = x + x %}" * 60,
    "doubled block": "{% set x %}aa{% endset %}" + "{% set x %}{{ x }}{{ x }}{{ x }}{% endset %}" * 40,
    "joined": "{% set x = 'aa' %}" + "{% set x = [x, x]|join(x) %}" * 40,
    "replaced": "{% set x = 'aa' %}" + "{% set x = x|replace('a', x) %}" * 40,
    "center": "{{ 'a'|center(1000000000) }}",
    "mapped": "{{ ['a']|map('center', 1000000000)|list }}",
    "method": "{{ 'a'.center(1000000000) }}",
    "ljust": "{{ 'a'.ljust(1000000000) }}",
    "zfill": "{{ 'a'.zfill(1000000000) }}",
    "tabs": "{{ '\t'.expandtabs(1000000000) }}",
    "percent": "{{ '%1000000000d'|format(1) }}",
    "percent star": "{{ '%*d'|format(1000000000, 1) }}",
    "format": "{{ '{:1000000000}'.format(1) }}",
    "format nested": "{{ '{:{}}'.format(1, 1000000000) }}",
    "indent": "{{ 'a\n'|indent(1000000000, true) }}",
    "round": "{{ 5|round(1000000000, 'ceil') }}",
    "batch": "{{ [1]|batch(1000000000, 'x')|list }}",
    "slice": "{{ [1]|slice(1000000000)|list }}",
    "list of a range": "{{ range(1000000000)|list }}",
    "sum of a range": "{{ range(99999999999999)|sum }}",
    "a range without length": "{{ range(99999999999999999999999)|first }}",
    "paid back": "{{ [1]|map('#pay', -1000000000)|list }}{% for a in range(999999) %}{% endfor %}",
    "looked for": LONG + "{{ 'x' in l }}{% endfor %}",
    "compared": LONG + "{{ a == a ~ 'x' }}{% endfor %}",
    "tested": LONG + "{{ 'x' is in(l) }}{% endfor %}",
    "sorted": LONG + "{{ l|sort|first }}{% endfor %}",
    "cut": LONG + "{% if l[1:] %}{% endif %}{% endfor %}",
    "upper": LONG + "{{ a|upper|length }}{% endfor %}",
    "strip": LONG + "{{ a.strip()|length }}{% endfor %}",
    "counted": LONG + "{{ l.count(1) }}{% endfor %}",
    "serialised": "{% for i in range(400000) %}{{ dict(a=1, b=2)|tojson }}{% endfor %}",
}  # fmt: skip


def render(source):
    return Sandbox(undefined=StrictUndefined, autoescape=True).from_string(source).render(s="甲" * 30, big=BIG)


@pytest.fixture
def poor(monkeypatch):
    """A tenth of the steps a template has: what ends a template is the same, sooner."""
    monkeypatch.setattr(environment, "STEPS", STEPS // 10)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["macro twice"])
def test_all_steps_are_taken_in_bearable_time(name):
    begun = time.process_time()
    with pytest.raises(EndlessError):
        render(ENDLESS[name])
    assert time.process_time() - begun < 20


@pytest.mark.parametrize("source", ENDLESS.values(), ids=ENDLESS)
@pytest.mark.usefixtures("poor")
def test_what_runs_on_is_stopped(source):
    begun = time.process_time()
    with pytest.raises(EndlessError) as caught:
        render(source)
    assert str(caught.value).isascii() is False, "said in Chinese"
    assert time.process_time() - begun < 20


@pytest.mark.parametrize(
    "source",
    [
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% for a in s recursive %}{{ loop(s) }}{% endfor %}",
        "{{ " + "(" * 20000 + "1" + ")" * 20000 + " }}",
        "{% if 1 %}" * 3000 + "{% endif %}" * 3000,
    ],
)
def test_what_has_no_bottom_is_a_recursion_error(source):
    with pytest.raises(RecursionError):
        render(source)


@pytest.mark.parametrize(
    ("source", "made"),
    [
        ("{% for a in range(3) %}{{ a }}{% else %}x{% endfor %}", "012"),
        ("{% for a in [] %}{{ a }}{% else %}无{% endfor %}", "无"),
        ("{% for a in range(9) if a is even %}{{ loop.index }}:{{ a }} {% endfor %}", "1:0 2:2 3:4 4:6 5:8 "),
        ("{% for a in [[[]], []] recursive %}{{ loop.depth }}{{ loop(a) }}{% endfor %}", "121"),
        ("{{ '<' ~ 1 ~ '乙'|safe }}", "&lt;1乙"),
        ("{{ 1 + 2 }}{{ '甲' + '乙' }}{{ 5 - 1 }}", "3甲乙4"),
        ("{{ 2 in [1, 2] }}{{ 'b' not in 'abc' }}{{ 1 < 2 <= 2 }}{{ [1, 2, 3][1:] }}", "TrueFalseTrue[2, 3]"),
        ("{{ x is defined }}{{ x|default('无') }}{{ s|length }}{{ 'a'|center(3) }}|", "False无30 a |"),
        ("{% macro m(a) %}<{{ a }}{{ caller() }}>{% endmacro %}{% call m('&') %}乙{% endcall %}", "<&amp;乙>"),
        ("{% set t %}甲{% endset %}{{ t }}{% filter upper %}ab{% endfilter %}{{ 'a-b'.split('-')|join('+') }}", "甲ABa+b"),
        ("{{ '%03d|%s'|format(7, '甲') }}{{ '{:>4}'.format('a') }}", "007|甲   a"),
        ("{% block b %}甲{% endblock %}{{ self.b() }}", "甲甲"),
    ],
)  # fmt: skip
def test_what_templates_do_is_as_ever(source, made):
    assert render(source) == made


def test_a_rendering_has_room_for_real_work():
    rows = [{"name": f"工厂{n}", "cells": range(20)} for n in range(2000)]
    env = Sandbox(undefined=StrictUndefined, autoescape=True)
    source = "{% for row in rows %}{% for c in row.cells %}{{ row.name }}{{ c }}{% endfor %}{% endfor %}"
    assert len(env.from_string(source).render(rows=rows)) > 200_000


@pytest.mark.slow
def test_the_budget_is_one_for_a_rendering():
    env = Sandbox(undefined=StrictUndefined)
    half = env.from_string("{% for a in s %}{% for b in s %}{% for c in s %}{% endfor %}{% endfor %}{% endfor %}")
    assert half.render(s="x" * 80) == ""
    with pytest.raises(EndlessError):
        half.render(s="x" * 80)
    assert STEPS == 1_000_000
    assert LONGEST == 100_000


@pytest.mark.parametrize(
    "source",
    ["{{ 2 * 3 }}", "{{ 2 ** 3 }}", "{{ '%s' % 1 }}", "{{ ''.__class__ }}", "{{ (5).to_bytes(1000000000, 'big') }}"],
)
def test_what_was_forbidden_is_forbidden(source):
    with pytest.raises(SecurityError):
        render(source)


@pytest.mark.parametrize("source", ["{{ lipsum() }}", "{{ [1, 2]|random }}"])
def test_nothing_is_left_to_chance(source):
    with pytest.raises(Exception, match=r"lipsum|random"):
        render(source)


@pytest.mark.parametrize(
    ("source", "line", "said"),
    [
        ("甲\n{% macro m() %}{{ m() }}{% endmacro %}\n{{ m() }}", 2, "没有尽头"),
        ("{% include 'testland/notice.md.j2' %}", 1, "没有尽头"),
        ("{% extends 'testland/notice.md.j2' %}", 1, "没有尽头"),
        ("甲\n{% for a in range(9000) %}{% for b in range(9000) %}{% endfor %}{% endfor %}", 2, "循环次数太多"),
        ("甲\n\n{{ 'a'|center(99999) }}", 3, "center 的宽度太大"),
    ],
)
@pytest.mark.usefixtures("poor")
def test_a_notices_template_that_runs_on_is_named(workspace, source, line, said):
    path = workspace / "templates/testland/notice.md.j2"
    path.parent.mkdir(parents=True)
    path.write_text(source, "utf-8")
    library = Library.at(workspace)
    with pytest.raises(ProblemsError) as caught:
        compose(library.load("testland"), "notice", library)
    (problem,) = caught.value.problems
    assert said in problem.message
    assert (problem.file, problem.line) == ("templates/testland/notice.md.j2", line)


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("{% for a in 'x" + "x" * 99 + "' %}" + "{% for b in a ~ a ~ a ~ a %}" * 8 + "{% endfor %}" * 9, "没完没了"),
        ("{% for a in names %}" * 15 + "x" + "{% endfor %}" * 15, "没完没了"),
        ("{% for a in names recursive %}{{ loop(names) }}{% endfor %}", "不允许"),
        ("{{ names|length }}{{ names[0]|length }}", "不允许"),
    ],
)
@pytest.mark.usefixtures("poor")
def test_a_base_document_that_runs_on_is_named(tag, said):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(tag)
    document.save(out)
    with pytest.raises(ProblemsError, match=said):
        render_base(out.getvalue(), {"names": ["甲"] * 9})
