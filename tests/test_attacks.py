"""What strangers have written into templates to get out: none of it reaches anything, in any place templates stand."""

import io
import os
import shutil
import subprocess
import sys

import docx
import pytest
from conftest import ROOT
from jinja2 import StrictUndefined

from notices.document.blocks import lines_of
from notices.errors import NoticesError, ProblemsError
from notices.forms import layout
from notices.forms.catalogue import Catalogue
from notices.library import Library
from notices.papers.compose import compose
from notices.papers.sandbox import Sandbox
from notices.writers.word.template import render as render_base

PICKLE = r"cposix\nsystem\n(S'touch PWNED'\ntR0(dS'pending'\nS'x'\ns."
ESCAPES = {
    # the objects of ours, as they once were handed out
    "pickle": '{% set x = p.papers.notice.parse_raw("' + PICKLE + '", proto="pickle", allow_pickle=True) %}',
    "file": '{{ p.parse_file("/etc/hostname") }}',
    "construct": "{{ p.model_construct() }}",
    "validate": "{{ p.model_validate({}) }}",
    "dump": "{{ p.model_dump_json() }}",
    "copy": "{{ p.model_copy(deep=true) }}",
    "schema": "{{ p.model_json_schema() }}",
    "set order": "{{ p.model_fields_set }}",
    "fields": "{{ p.model_fields }}",
    "config": "{{ p.model_config }}",
    "the model of a view": "{{ p._of }}",
    "opened": "{{ p.opened() }}",
    "names": "{{ p._names }}",
    "value": "{{ p.value('id') }}",
    "dict": "{{ p.__dict__ }}",
    "pydantic": "{{ p.__pydantic_validator__ }}",
    "rules by a private name": "{{ rules('__pydantic_core_schema__') }}",
    "rules by a class's name": "{{ rules('model_fields') }}",
    "rules by another name": "{{ rules('papers') }}",
    "clock": "{{ p.papers.notice.issued.today() }}",
    "clock by class": "{{ p.papers.notice.issued.fromtimestamp(0) }}",
    "format of a day": "{{ p.papers.notice.issued.strftime('%c') }}",
    "speaker": "{{ speak }}",
    "address of a function": "{{ say }}",
    "address of a function, joined": "{{ say ~ '' }}",
    "address of a function, as text": "{{ [say]|join }}",
    "address of a function, converted": "{{ say|string }}",
    "address of a method": "{{ ''.upper }}",
    "address of a method, joined": "{{ ''.upper ~ '' }}",
    "address of a list": "{{ [say]|string }}",
    "function's self": "{{ say.__self__ }}",
    "function's globals": "{{ say.__globals__ }}",
    "function's call": "{{ say.call }}",
    "function's owner": "{{ ''.upper.owner }}",
    "closure": "{{ rules.__closure__ }}",
    "wrapped": "{{ rules.__wrapped__ }}",
    "alias": "{{ reference.__kwdefaults__ }}",
    # published escapes of Jinja
    "subclasses": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "subclasses, bracketed": "{{ ''['__class__']['__mro__'][1]['__subclasses__']() }}",
    "subclasses, attr": "{{ ''|attr('__class__')|attr('__mro__') }}",
    "subclasses, hex": r"{{ ''['\x5f\x5fclass\x5f\x5f'] }}",
    "subclasses, joined": "{{ ''[['__','class','__']|join] }}",
    "subclasses, map": "{{ ['']|map(attribute='__class__')|list }}",
    "subclasses, selectattr": "{{ ['']|selectattr('__class__')|list }}",
    "subclasses, groupby": "{{ ['']|groupby('__class__') }}",
    "subclasses, sort": "{{ ['', 'a']|sort(attribute='__class__') }}",
    "subclasses, sum": "{{ [1]|sum(attribute='__class__') }}",
    "subclasses, unique": "{{ ['']|unique(attribute='__class__')|list }}",
    "subclasses, min": "{{ ['', 'a']|min(attribute='__class__') }}",
    "lipsum": "{{ lipsum.__globals__['os'].popen('touch PWNED').read() }}",
    "cycler": "{{ cycler.__init__.__globals__.os.popen('touch PWNED').read() }}",
    "joiner": "{{ joiner.__init__.__globals__.os.popen('touch PWNED').read() }}",
    "namespace": "{{ namespace.__init__.__globals__.os.popen('touch PWNED').read() }}",
    "namespace's attributes": "{{ namespace(a=1)._Namespace__attrs }}",
    "namespace's class": "{{ namespace(a=1)['__class__'] }}",
    "dict's base": "{{ dict.__base__ }}",
    "dict, called on": "{{ dict.fromkeys('ab') }}",
    "range": "{{ range.__self__ }}",
    "request": "{{ request.application.__globals__ }}",
    "config global": "{{ config }}",
    "self": "{{ self.__init__.__globals__ }}",
    "self's context": "{{ self._TemplateReference__context }}",
    "self's environment": "{{ self._TemplateReference__context.environment }}",
    "block's stack": "{% block b %}{% endblock %}{{ self.b._stack }}",
    "block's context": "{% block b %}{% endblock %}{{ self.b._context }}",
    "block not called": "{% block b %}{% endblock %}{{ self.b }}",
    "block joined": "{% block b %}{% endblock %}{{ self.b ~ '' }}",
    "undefined": "{{ (nothing|default(none)).__class__ }}",
    "undefined's class": "{{ nothing.__class__ }}",
    "undefined's message": "{{ nothing._undefined_message }}",
    "macro": "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "macro's environment": "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "macro's class": "{% macro m() %}{% endmacro %}{{ m['__class__'] }}",
    "caller": "{% macro m() %}{{ caller._func }}{% endmacro %}{% call m() %}{% endcall %}",
    "macro's varargs": "{% macro m() %}{{ varargs.__class__ }}{% endmacro %}{{ m(1) }}",
    "loop": "{% for a in [1] %}{{ loop.__class__ }}{% endfor %}",
    "loop's inside": "{% for a in [1] %}{{ loop._iterator }}{% endfor %}",
    "loop's function": "{% for a in [1] recursive %}{{ loop._recurse.__globals__ }}{% endfor %}",
    "loop printed": "{% for a in [1] %}{{ loop.cycle }}{% endfor %}",
    "imported module": "{% import 'clauses.md.j2' as c %}{{ c.__class__ }}",
    "imported module's body": "{% import 'clauses.md.j2' as c %}{{ c._body_stream }}",
    "imported module's name": "{% import 'clauses.md.j2' as c %}{{ c['__dict__'] }}",
    "context": "{{ context }}",
    "format": "{{ '{0.__class__.__mro__}'.format('') }}",
    "format of a view": "{{ '{0._of}'.format(p) }}",
    "format of a view as it is": "{{ '{0}'.format(p) }}",
    "format of a function": "{{ '{0.call.__globals__}'.format(say) }}",
    "format, index": "{{ '{0[__class__]}'.format('') }}",
    "format_map": "{{ '{a.__class__}'.format_map({'a': 1}) }}",
    "format, taken aside": "{% set f = '{0.__class__}'.format %}{{ f(1) }}",
    "format, mapped": "{{ ['{0.__class__}']|map('format', 1)|list }}{{ ['']|map(attribute='format')|first }}",
    "percent format of a view": "{{ '%s'|format(p) }}",
    "representation": "{{ '%r'|format(say) }}",
    "pprint": "{{ p|pprint }}",
    "tojson": "{{ p|tojson }}",
    "xmlattr": "{{ {'a b': 1}|xmlattr }}",
    "random": "{{ [1, 2]|random }}",
    "generator": "{{ ([1]|map('string')).gi_frame }}",
    "generator's code": "{{ ([1]|select).gi_code }}",
    "include": "{% include '/etc/passwd' %}",
    "include, upward": "{% include '../../../../../../etc/passwd' %}",
    "include, inward and up": "{% include 'forms/../../../../etc/passwd' %}",
    "import": "{% import '/etc/passwd' as x %}",
    "extends": "{% extends '/proc/self/environ' %}",
    "include a linked file": "{% include 'linked.md.j2' %}",
    "do": "{% do 1 %}",
    "debug": "{% debug %}",
    "power": "{{ 9**9**9 }}",
    "shift": "{{ 1 << 9 }}",
    "append": "{% set l = [] %}{{ l.append(1) }}",
    "clear": "{{ p.deadlines.clear() }}",
    "update": "{{ p.categories.update({}) }}",
    "pop": "{{ p.categories.popitem() }}",
    "bytes": "{{ ''.encode() }}",
    "translate": "{{ ''.translate({}) }}",
    "markup": "{{ (''|safe).unescape() }}",
    "a list made up as a fact": "{{ say(['x']) }}",
    "a namespace made up as a fact": "{{ say(namespace(say='{ref:x}', confirm=none)) }}",
    "a macro as a fact": "{% macro m() %}{% endmacro %}{{ contact(m) }}",
    "a view as a key": "{{ {p: 1} }}",
}  # fmt: skip


TEXTS = {"address of a function", "address of a function, joined", "a view as a key"}
"""What is a text, and harmless, on an office's Word form."""


def own_template(workspace, text):
    path = workspace / "templates/testland/notice.md.j2"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


@pytest.fixture
def stranger(workspace, monkeypatch):
    (workspace / "templates").mkdir(exist_ok=True)
    (workspace / "templates/linked.md.j2").symlink_to("/etc/hostname")
    monkeypatch.chdir(workspace)
    return workspace


@pytest.mark.parametrize("source", ESCAPES.values(), ids=ESCAPES)
def test_a_notices_template_does_not_get_out(stranger, source):
    own_template(stranger, source)
    library = Library.at(stranger)
    with pytest.raises(ProblemsError) as caught:
        compose(library.load("testland"), "notice", library)
    (problem,) = caught.value.problems
    assert problem.rule == "template"
    assert " at 0x" not in problem.message
    assert "root:" not in problem.message
    assert not (stranger / "PWNED").exists()


@pytest.mark.parametrize(
    "name", ["pickle", "file", "subclasses", "lipsum", "format", "include", "rules by a private name"]
)
def test_the_yaml_of_a_form_does_not_get_out(stranger, name):
    shipped = Library.at(None).template("forms/park-requirements.yaml").read_text("utf-8")
    assert "{{ r.origin() }}" in shipped
    path = stranger / "templates/forms/park-requirements.yaml"
    path.parent.mkdir(parents=True)
    path.write_text(shipped.replace("{{ r.origin() }}", ESCAPES[name].replace("\n", " ")), "utf-8")
    library = Library.at(stranger)
    sheets = [
        sheet
        for sheet in Catalogue(library).sheets(library.load("guangxi"))
        if any(form.key == "park-requirements" for form in sheet.forms)
    ]
    assert sheets
    for sheet in sheets:
        with pytest.raises(ProblemsError):
            layout.document(sheet, library)
    assert not (stranger / "PWNED").exists()


@pytest.mark.parametrize(
    "source",
    [
        source
        for name, source in ESCAPES.items()
        if "{% import" not in source and "{% block" not in source and name not in TEXTS
    ],
)
def test_a_word_base_does_not_get_out(source):
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph(source.replace("\n", " "))
    document.save(out)
    with pytest.raises(NoticesError):
        render_base(out.getvalue(), {"p": "甲", "say": "乙"})


def test_nothing_is_started_or_opened(stranger, tmp_path):
    """An honest notice and hostile ones, in a process of their own, with every audit event that matters counted."""
    watch = (
        "import os, sys\n"
        "seen = []\n"
        "def hook(event, args):\n"
        "    if event in ('subprocess.Popen', 'os.system', 'os.exec', 'os.posix_spawn', 'os.fork', 'socket.connect',\n"
        "                 'socket.__new__', 'pickle.find_class'):\n"
        "        seen.append(event)\n"
        "    if event == 'open' and str(args[0]) in ('/etc/hostname', '/etc/passwd'):\n"
        "        seen.append(str(args[0]))\n"
        "sys.addaudithook(hook)\n"
        "from notices.cli import main\n"
        "for folder in sys.argv[1:]:\n"
        "    os.chdir(folder)\n"
        "    try:\n"
        "        main(['lint', 'testland'])\n"
        "    except SystemExit as end:\n"
        "        print('ENDED', end.code)\n"
        "    print('EVENTS', seen)\n"
        "    seen.clear()\n"
    )
    folders = []
    for name in ("honest", "pickle", "file", "include", "include a linked file"):
        own_template(stranger, ESCAPES.get(name, "甲"))
        folders.append(shutil.copytree(stranger, tmp_path / f"of {name}", symlinks=True))
    run = subprocess.run(
        [sys.executable, "-c", watch, *folders],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={**os.environ},
        check=False,
    )
    assert run.stdout.count("EVENTS []") == run.stdout.count("ENDED ") == len(folders), (run.stdout, run.stderr)
    assert not any((folder / "PWNED").exists() for folder in folders)


COSTLY = {
    "lists": "{% set b = range(49999)|list %}{% for i in range(800000) %}{% set x = b + b %}{% endfor %}",
    "numbers": "{% set ns = namespace(n=2) %}{% for i in range(999) %}{% set ns.n = ns.n + ns.n %}{% endfor %}",
    "sort": "{% set b = range(49999)|list %}{% for i in range(900) %}{% set x = b|sort %}{% endfor %}",
    "texts": "{% set a = 'x'|center(9999) %}{% for i in range(800000) %}{% set b = a ~ a ~ a %}{% endfor %}",
    "kept texts": (
        "{% set a = 'x'|center(9999) %}{% set ns = namespace(l=[]) %}"
        "{% for i in range(80000) %}{% set ns.l = ns.l + [a ~ a ~ i] %}{% endfor %}"
    ),
}


@pytest.mark.parametrize("source", COSTLY.values(), ids=COSTLY)
def test_what_costs_is_paid(source):
    with pytest.raises(Exception, match=r"太多|太长|太大|不用"):
        Sandbox(undefined=StrictUndefined, autoescape=True).from_string(source).render()


def test_functions_of_ours_are_paid_for(stranger):
    own_template(
        stranger,
        "{% set b = range(49999)|list %}{% set ns = namespace(l=[]) %}"
        "{% for i in range(9000) %}{% set ns.l = ns.l + [joined(b)] %}{% endfor %}",
    )
    library = Library.at(stranger)
    with pytest.raises(ProblemsError, match=r"太多|太长"):
        compose(library.load("testland"), "notice", library)


@pytest.mark.parametrize(
    "char",
    ["\u202e", "\u200b", "\ufeff", "\u00ad", "\U000e0041", "\U000f0000", "\x00", "\x1b", "\x07", "\uffff", "\ufffe"],
)
@pytest.mark.parametrize("how", ["raw", "entity", "escape", "safe", "block"])
def test_what_no_page_can_print_is_refused(stranger, char, how):
    code = f"{ord(char):08x}"
    text = {
        "raw": f"甲{char}乙",
        "entity": f"甲&#{ord(char)};乙",
        "escape": "{{ '甲\\U" + code + "乙' }}",
        "safe": "{{ '甲\\U" + code + "乙'|safe }}",
        "block": "# 标题{#a}\n\n甲{{ '\\U" + code + "' }}",
    }[how]
    if how == "entity" and char in "\x00\x1b\x07\uffff\ufffe":
        text = text.replace("乙", "乙\u200b")  # an entity HTML knows no character for prints nothing at all
    own_template(stranger, text)
    library = Library.at(stranger)
    with pytest.raises(ProblemsError, match=r"不能印刷的字符|花括号|写法不对"):
        compose(library.load("testland"), "notice", library)


def test_a_hundred_headings_are_numbered_and_deep_lists_refused(stranger):
    own_template(stranger, "\n\n".join("# 甲" for _ in range(101)))
    library = Library.at(stranger)
    document = compose(library.load("testland"), "notice", library).document
    assert any("一百零一、甲" in lines_of(block) for block in document.blocks)
    own_template(stranger, "".join("    " * n + "1. 甲\n\n" for n in range(300)))
    with pytest.raises(ProblemsError, match=r"编号里的编号|太深"):
        compose(library.load("testland"), "notice", library)
