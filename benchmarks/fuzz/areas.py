"""What is fuzzed: how an input of each area is made, which command reads it, and what must be found again."""

from __future__ import annotations

import html
import io
import json
import random
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import docx

from benchmarks.fuzz import bases, jinja, mutators, packages, pages, tables, yamls

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Result:
    """What a run said and left behind."""

    code: int
    out: str
    err: str
    folder: Path

    def made(self, suffix: str) -> list[Path]:
        """The files of one kind it wrote."""
        return sorted((self.folder / "o").rglob(f"*{suffix}"))


Check = Callable[[Result], str]
"""What was lost although the run was a success, or nothing."""


@dataclass
class Case:
    """One input: the files to put into the workspace, the command, what to look for after a success."""

    files: dict[str, bytes]
    command: list[str]
    check: Check = lambda _: ""
    again: bool = False
    """Whether to run it a second time: equal input gives equal bytes."""


@dataclass
class Area:
    """A kind of input."""

    name: str
    share: float
    """Its part of all inputs."""
    workspace: dict[str, bytes]
    """The files it stands among."""
    make: Callable[[random.Random], Case] = field(repr=False)


def hidden(text: str) -> str:
    """The first character in a result that no document may hold, as a finding."""
    bad = next(
        (c for c in text if c not in "\n\t\r" and unicodedata.category(c) in {"Cc", "Cf", "Cs", "Co", "Cn"}), None
    )
    return f"U+{ord(bad):04X} stands in the result" if bad else ""


_W = {"provinces/testland/2024.yaml": bases.PROFILE.encode(), "templates/forms/list.yaml": bases.FORM.encode()}
_MD = ["--format", "md", "--out", "o"]


def _shipped(name: str) -> bytes:
    return (ROOT / name).read_bytes()


class _Base:
    """A sound file and what the product shows of it."""

    def __init__(self, content: bytes, show: Callable[[bytes], tuple[int, str]] | None) -> None:
        self.content, self.text = content, content.decode()
        self.kept = (
            yamls.kept(content, lambda raw: (found := show(raw))[0] == 0 and yamls.squeeze(found[1])) if show else None
        )

    def lost(self, raw: bytes, shown: str, *, new: bool = True) -> str:
        return "" if self.kept is None else yamls.lost(raw, self.content, yamls.squeeze(shown), self.kept, new=new)


Run = Callable[[dict[str, bytes], list[str]], Result]


def profiles(run: Run) -> Area:
    """Profiles of own and shipped authorities, through what reads them."""
    own = "provinces/testland/2024.yaml"
    small = "provinces/smalland/2024.yaml"
    names = {
        own: "testland",
        small: "smalland",
        "provinces/national/2025.yaml": "national@2025",
        "provinces/guangxi/2024.yaml": "guangxi",
    }
    made = {own: bases.PROFILE.encode(), small: bases.SMALL.encode()}
    content = made | {name: _shipped(name) for name in names if name not in made}
    found = {
        name: _Base(raw, lambda raw, name=name: _said(run({name: raw}, ["show", names[name], "--json"])))  # type: ignore[misc]
        for name, raw in content.items()
        if name in made
    } | {name: _Base(raw, None) for name, raw in content.items() if name not in made}

    def make(rng: random.Random) -> Case:
        name = rng.choices(list(found), (6, 20, 0.5, 0.2))[0]
        base, edition = found[name], names[name]
        change = yamls.valued if rng.random() < 0.3 else yamls.mutated
        raw = change(base.text, rng)
        others = (
            *(["lint", edition], ["build", edition, "--kind", "notice", *_MD], ["list", "--json"], ["show", edition]),
            *(["checklist", edition, "--category", "factory", *_MD], ["diff", edition, edition, "--json"]),
            *(["calendar", edition, "--json"], ["confirm", edition, "--dry-run"]),
        )
        if rng.random() < 0.02:
            return Case({name: raw}, rng.choice(others), _nothing_hidden)
        return Case(
            {name: raw},
            ["show", edition, "--json"],
            lambda result: hidden(result.out) or base.lost(raw, _values(result.out)),
        )

    return Area("profiles", 88, dict(_W), make)


def _said(result: Result) -> tuple[int, str]:
    return result.code, _values(result.out)


def _values(text: str) -> str:
    """Every text and number of a JSON document, one behind the other."""
    try:
        stack, found = [json.loads(text)], []
    except ValueError:
        return ""
    while stack:
        one = stack.pop()
        if isinstance(one, dict):
            stack += [*one.keys(), *one.values()]
        elif isinstance(one, list):
            stack += one
        else:
            found.append(str(one))
    return "\n".join(found)


def _nothing_hidden(result: Result) -> str:
    texts = [result.out, *(path.read_text("utf-8") for path in result.made(".md"))]
    return next(filter(None, map(hidden, texts)), "")


def templates(run: Run) -> Area:
    """Notice templates: small ones out of a grammar, and the shipped ones changed."""
    own, shipped = "templates/testland/notice.md.j2", _shipped("templates/notice.md.j2").decode()
    command = ["build", "testland", "--kind", "notice", *_MD]
    honest = run({own: bases.TEMPLATE.encode()}, command)
    assert honest.code == 0, honest.err
    facts = ("2024年5月31日", "0771-1234567", "推荐汇总表", "3000吨标准煤")

    def make(rng: random.Random) -> Case:
        mark = f"记号{rng.randrange(10**6):06d}"
        marked = rng.random() < 0.3
        text = bases.TEMPLATE.replace("现组织开展", f"{mark}现组织开展" if marked else "现组织开展")
        text = jinja.mutated(shipped if rng.random() < 0.04 else text, rng)
        if rng.random() < 0.3:
            text = jinja.mutated(text, rng)
        raw = text.encode("utf-8", "surrogateescape" if rng.random() < 0.5 else "replace")

        def check(result: Result) -> str:
            (path,) = result.made(".md")
            made = path.read_text("utf-8")
            if re.search(r" at 0x[0-9a-f]{6}|<[\w.]+ object|root:x:0", made):
                return "something of the program stands in the notice"
            gone = [fact for fact in facts if fact not in made]
            return hidden(made) or (f"{gone[0]} is not in the notice" if gone else "")

        return Case({own: raw}, command, check, again=rng.random() < 0.1)

    return Area("templates", 1.5, dict(_W), make)


def forms(run: Run) -> Area:
    """Forms as YAML: own ones filled with sound data, shipped ones printed blank."""
    own, data = "templates/forms/list.yaml", _listed([bases.row(1), bases.row(2)]).encode()
    fill = ["fill", "testland", "1", "--data", "d.yaml", *_MD]

    def show(raw: bytes) -> tuple[int, str]:
        result = run({own: raw, "d.yaml": data}, fill)
        return result.code, _printed(result)

    base = _Base(bases.FORM.encode(), show)
    review = _shipped("templates/forms/factory-recheck-report.yaml").decode()

    def make(rng: random.Random) -> Case:
        if rng.random() < 0.01:
            raw = yamls.mutated(review, rng)
            command = ["build", "inner-mongolia", "--kind", "forms", *_MD]
            return Case({"templates/forms/factory-recheck-report.yaml": raw}, command, _nothing_hidden)
        raw = (yamls.valued if rng.random() < 0.3 else yamls.mutated)(base.text, rng)
        if rng.random() < 0.05:
            raw = raw.replace(
                b"basis: ", b"basis: " + jinja.statement(rng).replace("\n", " ").encode("utf-8", "replace")
            )
        if rng.random() < 0.1:
            return Case({own: raw}, ["form-template", "testland", "1", "-o", "o/s.xlsx"])

        def check(result: Result) -> str:
            printed = _printed(result)
            return (
                hidden(printed)
                or _marks(printed, ["标记甲0001公司", "标记乙0002说明"])
                or base.lost(raw, printed, new=False)
            )

        return Case({own: raw, "d.yaml": data}, fill, check)

    return Area("forms", 2.5, dict(_W), make)


def _printed(result: Result) -> str:
    """What the Markdown a run made says to its reader, its own marks read as such."""
    made = "".join(path.read_text("utf-8") for path in result.made(".md"))
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", html.unescape(made.replace("<br>", "\n")))


def _marks(printed: str, marks: list[str]) -> str:
    gone = next((mark for mark in marks if yamls.squeeze(mark) not in yamls.squeeze(printed)), None)
    return f"{gone!r} was given and is not in the result" if gone else ""


def data(run: Run) -> Area:
    """Data a form is filled with: CSV, Excel and YAML."""
    rows = [bases.HEADS, *(bases.row(number) for number in range(4))]
    made = run({}, ["form-template", "testland", "1", "-o", "o/s.xlsx"])
    book = tables.filled(made.made(".xlsx")[0].read_bytes(), "企业", 4, rows[1:])
    text = _listed(rows[1:])
    for name, content in (("d.csv", tables.csv(rows).encode()), ("d.yaml", text.encode()), ("d.xlsx", book)):
        honest = run({name: content}, ["fill", "testland", "1", "--data", name, *_MD])
        assert honest.code == 0, (name, honest.err)
        assert "标记乙0003说明" in _printed(honest)

    def make(rng: random.Random) -> Case:
        kind = rng.choices(("csv", "yaml", "xlsx"), (5, 3, 3))[0]
        raw = (
            tables.broken_csv(rows, rng)
            if kind == "csv"
            else yamls.mutated(text, rng)
            if kind == "yaml"
            else tables.broken_xlsx(book, rng)
        )
        name = f"d.{kind}"

        def check(result: Result) -> str:
            printed = _printed(result)
            told = "在表头上面，没有读" in result.err
            return hidden(printed) or ("" if told else _marks(printed, _marks_in(raw, kind)))

        return Case({name: raw}, ["fill", "testland", "1", "--data", name, *_MD], check)

    return Area("data", 5, dict(_W), make)


def _listed(rows: list[list[str]]) -> str:
    """Rows of data as YAML, by the keys of their columns."""
    keys = ("firm", "firm-code", "rated", "share", "day", "trade", "call", "grade", "words")
    pairs = [[f'{key}: "{text}"' for key, text in zip(keys, row, strict=True) if text] for row in rows]
    return "\n".join(["firms:", *(f"  - {{{', '.join(one)}}}" for one in pairs)]) + "\n"


def _marks_in(raw: bytes, kind: str) -> list[str]:
    """The marks a data file holds, as something else than the product reads it."""
    if kind == "xlsx":
        texts = tables.texts(raw)
        cells = [cell for row in texts or () for cell in row]
    elif kind == "yaml":
        cells = [value for _, value in yamls.leaves(raw) or ()]
    else:
        cells = [_decoded(raw)]
    return [mark for cell in cells for mark in re.findall(r"标记[甲乙]\d{4}(?:公司|说明)", cell)]


def _decoded(raw: bytes) -> str:
    for name in ("utf-8-sig", "gb18030", "utf-16"):
        try:
            return raw.decode(name)
        except UnicodeDecodeError:
            continue
    return ""


def applicants(run: Run) -> Area:
    """Applicants to judge: YAML, CSV, Excel; every one of them answered for."""
    order = ["checklist", "testland", "--category", "factory", "--applicant"]
    judge = ["--explain", "conditions.factory.certificate"]
    made = run({}, ["applicant-template", "--category", "factory", "-o", "o/a.xlsx"]).made(".xlsx")[0].read_bytes()
    book = tables.filled(made, "基本信息", 4, [[row[0]] for row in bases.PEOPLE[1:]])
    several = "".join(f"- name: {row[0]}\n  annual-energy-consumption: {row[4]}\n" for row in bases.PEOPLE[1:])
    for name, content in (("a.yaml", several.encode()), ("a.csv", tables.csv(bases.PEOPLE).encode()), ("a.xlsx", book)):
        honest = run({name: content}, [*order, name, *judge])
        assert honest.code == 0, (name, honest.err)
        assert "第3号虚构制造厂" in honest.out

    def make(rng: random.Random) -> Case:
        kind = rng.choices(("csv", "yaml", "xlsx"), (4, 4, 3))[0]
        raw = (
            tables.broken_csv(bases.PEOPLE, rng)
            if kind == "csv"
            else yamls.mutated(bases.APPLICANT if rng.random() < 0.6 else several, rng)
            if kind == "yaml"
            else tables.broken_xlsx(book, rng)
        )
        name = f"a.{kind}"
        if rng.random() < 0.03:
            return Case(
                {name: raw},
                [*order, name, "--summary-only", "--jobs", "1", *_MD],
                lambda result: _counted(result, raw, kind),
            )

        def check(result: Result) -> str:
            told = "在表头上面，没有读" in result.err
            return hidden(result.out) or ("" if told else _marks(result.out, _people(raw, kind)))

        return Case({name: raw}, [*order, name, *judge], check)

    return Area("applicants", 1, dict(_W), make)


def _people(raw: bytes, kind: str) -> list[str]:
    if kind == "xlsx":
        cells = [cell for row in tables.texts(raw) or () for cell in row]
    elif kind == "yaml":
        cells = [value for path, value in yamls.leaves(raw) or () if path.endswith(".name")]
    else:
        cells = [_decoded(raw)]
    return [mark for cell in cells for mark in re.findall(r"第\d号虚构制造厂", cell)]


def _counted(result: Result, raw: bytes, kind: str) -> str:
    told = re.search(r"共 (\d+) 家", result.err)
    above = result.err.count("在表头上面，没有读")  # named row by row: told as well
    wanted = len(_people(raw, kind))
    return "" if told and int(told[1]) + above >= wanted else f"{wanted} were given, {told and told[0]} were told"


def sources(run: Run) -> Area:
    """Sources a profile is held against: text, web pages, Word, PDF."""
    lines = bases.SOURCE
    document, out = docx.Document(), io.BytesIO()
    for line in filter(None, lines.split("\n")):
        document.add_paragraph(line)
    document.save(out)
    word = packages.slim(out.getvalue())
    page, pdf = pages.html(lines), pages.pdf(lines)
    bare: dict[str, Any] = {"txt": lines, "html": page, "pdf": pdf}
    for name, content in (("s.txt", lines.encode()), ("s.html", page.encode()), ("s.docx", word), ("s.pdf", pdf)):
        honest = run({name: content}, ["verify", "testland", "--source", name])
        assert honest.code == 0, (name, honest.out, honest.err)

    def make(rng: random.Random) -> Case:
        kind = rng.choices(("txt", "html", "docx", "pdf"), (5, 4, 3, 4))[0]
        other, figure = lines, ""
        if rng.random() < 0.3:  # one figure is another: the report must say so, whatever else is broken
            figure = rng.choice(bases.FIGURES)
            other = lines.replace(figure, _otherwise(figure, rng))
        if kind == "docx":
            figure, raw = "", packages.mutated(word, rng, "word/document.xml")
        elif figure:
            raw = {"txt": str.encode, "html": lambda text: pages.html(text).encode(), "pdf": pages.pdf}[kind](other)
        else:
            raw = {"txt": _broken_text, "html": pages.broken_html, "pdf": pages.broken_pdf}[kind](bare[kind], rng)
        name = f"s.{kind}"

        def check(result: Result) -> str:
            if result.code:
                return ""
            if figure:  # another word is told, and decides nothing
                return "" if "“质量”" in result.out else f"{figure} is written otherwise, and all was called sound"
            return _unsaid(raw) if kind == "txt" else ""

        return Case({name: raw}, ["verify", "testland", "--source", name], check)

    return Area("sources", 3, dict(_W), make)


def _unsaid(raw: bytes) -> str:
    said = yamls.squeeze(unicodedata.normalize("NFKC", _decoded(raw)))
    gone = [one for one in bases.FIGURES if unicodedata.normalize("NFKC", one) not in said]
    return f"{gone[0]} is not in the source, and all was called sound" if gone else ""


def _otherwise(figure: str, rng: random.Random) -> str:
    swaps = {"原则上": "必须", "近三年": "近五年", "不得申报": "可以申报", "较大及以上": "一般及以上", "张三": "李四",
             "能源管理体系认证": "质量管理体系认证", "绿色工厂": "绿色园区"}  # fmt: skip
    if figure in swaps:
        return swaps[figure]
    place = rng.choice([index for index, char in enumerate(figure) if char.isdigit()])
    return figure[:place] + str((int(figure[place]) + rng.randint(1, 9)) % 10) + figure[place + 1 :]


def _broken_text(text: str, rng: random.Random) -> bytes:
    return mutators.choose(
        rng,
        (
            (4, lambda: mutators.many(text.encode(), rng)),
            (5, lambda: mutators.lines(text, rng).encode("utf-8", "surrogatepass")),
            (0.5, lambda: mutators.encoded(text, rng)),
        ),
    )


def wordforms(run: Run) -> Area:
    """An office's own Word forms, filled."""
    document, out = docx.Document(), io.BytesIO()
    document.add_paragraph("{{ title }} {{ year }} {{ authority }}")
    table = document.add_table(4, 9)
    for cell, head in zip(table.rows[0].cells, bases.HEADS, strict=True):
        cell.text = head
    table.rows[1].cells[0].text = "{%tr for row in firms %}"
    names = ("企业名称", "统一社会信用代码", "rated", "share", "day", "trade", "call", "grade", "words")
    for cell, name in zip(table.rows[2].cells, names, strict=True):
        cell.text = f"{{{{ row.{name} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.save(out)
    base = packages.slim(out.getvalue())
    given = tables.csv([bases.HEADS, bases.row(1), bases.row(2)]).encode()
    own, command = (
        "templates/forms/list.docx",
        ["fill", "testland", "1", "--data", "d.csv", "--format", "docx", "--out", "o"],
    )
    marks = ["标记甲0001公司", "标记乙0001说明", "标记甲0002公司", "标记乙0002说明"]

    def check(result: Result) -> str:
        (path,) = result.made(".docx")
        text = packages.words_of(path.read_bytes())
        return "" if "没有印出" in result.err else _marks(text, marks)

    honest = run({own: base, "d.csv": given}, command)
    assert honest.code == 0, honest.err
    assert not check(honest)

    def make(rng: random.Random) -> Case:
        if rng.random() < 0.25:
            parts = packages.opened(base)
            text = jinja.statement(rng).replace("\n", " ").replace("&", "&amp;").replace("<", "&lt;")
            parts = [
                (n, c.replace(b"{{ title }}", text.encode("utf-8", "replace")) if n == "word/document.xml" else c)
                for n, c in parts
            ]
            raw = packages.packed(parts)
        else:
            raw = packages.mutated(base, rng, "word/document.xml")
        return Case({own: raw, "d.csv": given}, command, check)

    return Area("wordforms", 0.5, dict(_W), make)


def redlines(run: Run) -> Area:
    """Two Word files to compare, one or both of them broken."""
    old, new = (
        _paper(bases.SOURCE),
        _paper(bases.SOURCE.replace("3000", "5000").replace("公示时间", "向社会公示时间").replace("张三", "李四")),
    )
    command = ["redline", "a.docx", "b.docx", "-o", "o/r.docx"]
    honest = run({"a.docx": old, "b.docx": new}, command)
    assert honest.code == 0, honest.err

    def make(rng: random.Random) -> Case:
        a, b = old, new
        if (which := rng.random()) < 0.6:
            b = packages.mutated(new, rng, "word/document.xml")
        if which > 0.5:
            a = packages.mutated(old, rng, "word/document.xml")
        more = ["--existing", rng.choice(("accept", "reject"))] if rng.random() < 0.1 else []

        def check(result: Result) -> str:
            (path,) = result.made(".docx")
            return "" if more else _proof(a, b, path.read_bytes())

        return Case({"a.docx": a, "b.docx": b}, [*command, *more], check)

    return Area("redlines", 0.5, {}, make)


def _paper(text: str) -> bytes:
    document, out = docx.Document(), io.BytesIO()
    for line in filter(None, text.split("\n")):
        document.add_paragraph(line, style="Heading 1" if line[1:2] == "、" else None)
    table = document.add_table(2, 3)
    for number, cell in enumerate(cell for row in table.rows for cell in row.cells):
        cell.text = f"格{number}"
    document.save(out)
    return packages.slim(out.getvalue())


def _proof(old: bytes, new: bytes, made: bytes) -> str:
    """Accepted it is the new text, rejected the old, by patterns alone; nothing where an input has changes of its own."""
    sides = [_document(content) for content in (old, new, made)]
    if any(side is None for side in sides) or any(
        re.search(r"<w:(ins|del|moveFrom|moveTo)\b", side or "") for side in sides[:2]
    ):
        return ""
    before, after, both = (side or "" for side in sides)
    accepted = _runs(re.sub(r"<w:del\b[^>]*[^/]>.*?</w:del>", "", both, flags=re.DOTALL))
    rejected = _runs(re.sub(r"<w:ins\b[^>]*[^/]>.*?</w:ins>", "", both, flags=re.DOTALL))
    if accepted != _runs(after):
        return "accepted it is not the new text"
    return "" if rejected == _runs(before) else "rejected it is not the old text"


def _document(raw: bytes) -> str | None:
    try:
        return dict(packages.opened(raw)).get("word/document.xml", b"").decode("utf-8")
    except Exception:  # noqa: BLE001 - a broken package holds nothing to compare
        return None


def _runs(xml: str) -> str:
    text = "".join(re.findall(r"<w:(?:t|delText)(?: [^>]*)?>([^<]*)</w:(?:t|delText)>", xml))
    return re.sub(r"\s+", "", re.sub(r"&#(\d+);", lambda match: chr(int(match[1])), text))


def inspections(run: Run) -> Area:
    """Anybody's paper, broken: held against the standard it ends in findings with places, or in a word."""
    base = _paper(bases.SOURCE)
    command = ["check", "a.docx", "--format", "json", "-o", "o/a.json"]

    def check(result: Result) -> str:
        (path,) = result.made(".json")
        (found,) = json.loads(path.read_text("utf-8"))
        lame = [one["rule"] for one in found["findings"] if not (one["expected"] and one["found"] and one["remedy"])]
        return f"findings without a remedy: {lame}" if lame else ""

    honest = run({"a.docx": base}, command)
    assert honest.code in {0, 1}, honest.err
    assert not check(honest)

    def make(rng: random.Random) -> Case:
        return Case(
            {"a.docx": packages.mutated(base, rng, "word/document.xml")}, command, check, again=rng.random() < 0.1
        )

    return Area("inspections", 0.5, {}, make)


def recasts(run: Run) -> Area:
    """Anybody's text, broken, to be set anew: what the file says stands in what is made, by patterns alone."""
    base = _paper(bases.SOURCE)
    command = ["typeset", "a.docx", "-o", "o/r.docx"]
    honest = run({"a.docx": base}, command)
    assert honest.code == 0, honest.err

    def make(rng: random.Random) -> Case:
        raw = packages.mutated(base, rng, "word/document.xml")
        more = ["--punctuation"] if rng.random() < 0.2 else []

        def check(result: Result) -> str:
            (path,) = result.made(".docx")
            before, after = _document(raw) or "", _document(path.read_bytes()) or ""
            known = set(_runs(after))
            lost = [] if more or "没有排入" in result.err else [c for c in _runs(before) if c not in known]
            return f"lost: {lost[:5]}" if lost and "看不见的字符" not in result.err else ""

        return Case({"a.docx": raw}, [*command, *more], check, again=rng.random() < 0.1)

    return Area("recasts", 0.5, {}, make)


def builds(run: Run) -> Area:
    """The dear ones: notice and attachments as Word and PDF out of a profile with one value changed."""
    own, command = "provinces/testland/2024.yaml", ["build", "testland", "--kind", "all"]
    honest = run({}, [*command, "--format", "docx", "--out", "o"])
    assert honest.code == 0, honest.err

    def make(rng: random.Random) -> Case:
        raw = yamls.valued(bases.PROFILE, rng)
        forms = rng.choice(("docx", "docx", "html", "md", "pdf"))

        def check(result: Result) -> str:
            made = result.made(f".{forms}")
            listed = json.loads((result.folder / "o/manifest.json").read_text("utf-8"))
            if len(made) < 2 or not listed:
                return "fewer files than papers"
            texts = [
                packages.words_of(path.read_bytes()) if forms == "docx" else path.read_text("utf-8")
                for path in made
                if forms != "pdf"
            ]
            return next(filter(None, map(hidden, texts)), "")

        return Case({own: raw}, [*command, "--format", forms, "--out", "o"], check)

    return Area("builds", 0.1, dict(_W), make)


AREAS = (profiles, templates, forms, data, applicants, sources, wordforms, redlines, inspections, recasts, builds)
