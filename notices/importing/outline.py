"""The outline of a draft: its facts in the order of the source, under the source's headings."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from notices.importing.sentences import SourceSentence, unmarked
from notices.importing.state import FIRST
from notices.verify.clauses import Clauses
from notices.verify.zones import SourceText
from notices.wording.binding import weighty
from notices.wording.spelling import tidy

_DEEPEST = 4


@dataclass(frozen=True)
class Stated:
    """What a draft states.

    ``keys`` are those each sentence states, by its place; ``whole`` are keys that are put in a way of their own
    (``exclusions``, a deadline with materials), with the part that puts them; ``categories`` are names by id;
    ``opening`` is the introduction.
    """

    keys: Mapping[int, Sequence[str]]
    whole: Mapping[str, Any]
    categories: Mapping[str, str]
    opening: str


def outline(clauses: Clauses, source: Sequence[SourceSentence], stated: Stated) -> list[Any]:
    """The parts of the notice."""
    made = _Outline(source, stated)
    first = FIRST in clauses.nodes
    parts: list[Any] = [stated.opening] if stated.opening and not first else []
    for name, node in clauses.nodes.items():
        if node.level and not any(part is node for other in clauses.nodes.values() for part in other.parts):
            own = [{"article": [stated.opening]}] if name == FIRST and stated.opening else made.node(name, node, 1)
            chapter = unmarked(node.chapter.text) if node.chapter else ""
            if chapter and not weighty(chapter) and own:
                if not (parts and isinstance(parts[-1], dict) and parts[-1].get("heading") == chapter):
                    parts.append({"heading": chapter, "parts": []})
                parts[-1]["parts"] += own
            else:
                parts += own
    numbered = any(node.level for node in clauses.nodes.values())
    parts[bool(stated.opening and not first) : 0] = made.introduced(clauses, numbered=numbered)
    if unsaid := [key for key in stated.categories if f"{{categories.{key}}}" not in str(parts)]:
        parts.insert(1 if stated.opening else 0, f"申报类别为{'、'.join(f'{{categories.{key}}}' for key in unsaid)}。")
    rest = made.rest()
    if rest:
        parts.append(rest)
    if "contacts.office" in stated.whole:
        parts.append(["contacts.office"])
    return parts


class _Outline:
    def __init__(self, source: Sequence[SourceSentence], stated: Stated) -> None:
        self._at: dict[tuple[str, int], list[int]] = {}
        for n, sentence in enumerate(source):
            self._at.setdefault((sentence.node, sentence.line), []).append(n)
        self._source, self._stated, self._whole = source, stated.keys, stated.whole
        self._categories = {tidy(name): key for key, name in stated.categories.items()}
        self._said: set[str] = set()

    def node(self, name: str, node: Any, level: int) -> list[Any]:  # noqa: ANN401 - a node of the source
        """One numbered passage: a section where it has a heading, else its paragraphs."""
        article = node.level == 1 and name.startswith("第")
        head, parts = None if article else self._heading(name, node), []
        for part in node.parts:
            if isinstance(part, SourceText):
                parts += self.paragraph(name, part)
            else:
                parts += self.node(part.name, part, level + (head is not None))
        if article:
            return [{"article": parts}] if parts else []
        if head is None or level > _DEEPEST:
            return parts
        return [{"heading": head, "parts": parts}] if parts else []

    def introduced(self, clauses: Clauses, *, numbered: bool) -> list[Any]:
        """What stands before the first number and introduces nothing: under headings of its own, or all of it."""
        made: list[Any] = []
        for para in clauses.nodes["引言"].own if "引言" in clauses.nodes else ():
            found = [self._source[n] for n in self._at.get(("引言", para.line), ())]
            if len(found) == 1 and found[0].parts[0].fate == "heading":
                made.append({"heading": re.sub(r"\s+", "", found[0].parts[0].text), "parts": []})
            elif any(one.heads for one in found) or (not numbered and para is not clauses.nodes["引言"].own[0]):
                into = made[-1]["parts"] if made and isinstance(made[-1], dict) and "heading" in made[-1] else made
                into += self.paragraph("引言", para)
        return [one for one in made if not isinstance(one, dict) or one.get("parts", True)]

    def _heading(self, name: str, node: Any) -> str | None:  # noqa: ANN401 - as above
        text = ""
        if node.head and len(node.parts) > 1:
            text = unmarked(node.head[0].text)
        else:
            found = self._at.get((name, node.parts[0].line), []) if isinstance(node.parts[0], SourceText) else []
            text = next((self._source[n].text for n in found if self._source[n].parts[0].fate == "heading"), "")
        text = re.sub(r"\s+", "", text).strip("。．.：:；;")
        if not text or weighty(text):
            return None
        run_in = "。" if not node.head else ""
        return (f"{{categories.{key}}}" if (key := self._categories.get(tidy(text))) else text) + run_in

    def paragraph(self, name: str, para: SourceText) -> list[Any]:
        """What the sentences of a paragraph state, in their order."""
        keys = [key for n in self._at.get((name, para.line), []) for key in self._stated.get(n, ())]
        made: list[Any] = []
        run: list[str] = []
        for key in dict.fromkeys(keys):
            if key in self._said:
                continue
            self._said.add(key)
            if key in self._whole:
                made += [run] if run else []
                made.append(self._whole[key])
                run = []
            else:
                run.append(key)
        return [*made, run] if run else made

    def rest(self) -> list[str]:
        """What is stated and has found no place."""
        every = dict.fromkeys(key for keys in self._stated.values() for key in keys)
        return [
            key
            for key in every
            if key not in self._said and not key.startswith(("aims.intro", "implements.", "basis.", "aims."))
        ]
