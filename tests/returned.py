"""A paper that went round an office: built, and changed as people change it in Word."""

from __future__ import annotations

import copy
import io

import docx

from notices.ooxml.xml import q, w


def changed(content, *steps):
    """The file with each step done to its body."""
    paper = docx.Document(io.BytesIO(content))
    for step in steps:
        step(paper.element.body)
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()


def text_of(paragraph):
    return "".join(node.text or "" for node in paragraph.iter(q("t")))


def _para(body, part):
    found = [one for one in body.iter(q("p")) if part in text_of(one)]
    assert found, f"no paragraph holds {part}"
    return found[0]


def _put(paragraph, text):
    first, *rest = paragraph.iter(q("t"))
    first.text = text
    for node in rest:
        node.text = ""


def swap(old, new):
    """Words for others, in the first paragraph that has them."""

    def step(body):
        paragraph = _para(body, old)
        _put(paragraph, text_of(paragraph).replace(old, new, 1))

    return step


def without(part):
    """A paragraph out."""

    def step(body):
        paragraph = _para(body, part)
        paragraph.getparent().remove(paragraph)

    return step


def below(part, *texts):
    """Paragraphs behind another, in its style."""

    def step(body):
        paragraph = _para(body, part)
        for text in reversed(texts):
            made = copy.deepcopy(paragraph)
            _put(made, text)
            paragraph.addnext(made)

    return step


def moved(part, behind):
    """A paragraph to another place."""

    def step(body):
        paragraph, target = _para(body, part), _para(body, behind)
        paragraph.getparent().remove(paragraph)
        target.addnext(paragraph)

    return step


def tracked(old, new, author="张三", date="2025-04-01T08:00:00Z"):
    """Words for others, as Word tracks it."""

    def step(body):
        paragraph = _para(body, old)
        before, _, behind = text_of(paragraph).partition(old)
        for node in [one for one in paragraph if one.tag != q("pPr")]:
            paragraph.remove(node)
        marks = {"author": author, "date": date}
        struck, came = w("del", id=901, **marks), w("ins", id=902, **marks)
        if old:
            struck.append(_run("delText", old))
        if new:
            came.append(_run("t", new))
        paragraph.extend([_run("t", before), *(one for one in (struck, came) if len(one)), _run("t", behind)])

    return step


def struck(part, author="王五", date="2024-05-01T08:00:00Z"):
    """A paragraph out, its mark too, as Word tracks it."""

    def step(body):
        paragraph = _para(body, part)
        text, properties = _emptied(paragraph)
        marks = {"id": 903, "author": author, "date": date}
        paragraph.append(w("del", _run("delText", text), **marks))
        properties.append(mark := w("rPr"))
        mark.append(w("del", **marks))

    return step


def inserted(part, text, author="王五", date="2024-05-01T08:00:00Z"):
    """A paragraph behind another, as Word tracks it."""

    def step(body):
        paragraph = _para(body, part)
        made = copy.deepcopy(paragraph)
        _emptied(made)
        made.append(w("ins", _run("t", text), id=904, author=author, date=date))
        paragraph.addnext(made)

    return step


def filled(paragraph, text):
    """A text behind what stands in a paragraph."""
    paragraph.append(_run("t", text))


def _emptied(paragraph):
    """The text of a paragraph and its properties, which are all that is left in it."""
    text, properties = text_of(paragraph), paragraph.find(q("pPr"))
    for node in [one for one in paragraph if one.tag != q("pPr")]:
        paragraph.remove(node)
    return text, properties


def _run(tag, text):
    node = w(tag)
    node.text = text
    node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return w("r", node)


def plain(content):
    """The file as it is after somebody pasted it as text: paragraphs, and nothing else."""
    made = docx.Document()
    for paragraph in docx.Document(io.BytesIO(content)).element.body.iter(q("p")):
        made.add_paragraph(text_of(paragraph))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def remarked(content, part, text, author="李处"):
    """The file with a comment on a paragraph."""
    paper = docx.Document(io.BytesIO(content))
    runs = next(one for one in paper.paragraphs if part in one.text).runs
    paper.add_comment(runs, text, author=author, initials="L")
    out = io.BytesIO()
    paper.save(out)
    return out.getvalue()
