"""Fenced blocks of the documents, and the commands in them."""

import re
import shlex

from conftest import ROOT

_FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def pages():
    """The documents people read: the two READMEs, and every page of ``docs/``."""
    found = [ROOT / "README.md", ROOT / "README.zh-CN.md", *sorted((ROOT / "docs").glob("*.md"))]
    assert len(found) >= 10
    return found


def blocks(path, language):
    """The blocks of a language in a document, in order."""
    return [text for kind, text in _FENCE.findall(path.read_text("utf-8")) if kind == language]


def commands(path):
    """The commands of a document: lines of ``sh`` blocks that call ``notices``, as lists of arguments."""
    for text in blocks(path, "sh"):
        for line in text.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["notices"]:
                yield words[1:]
