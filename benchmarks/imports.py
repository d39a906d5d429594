"""Leave one out: each authority's notice imported by what the others know, held against its own profile.

    .venv/bin/python benchmarks/imports.py [--source FOLDER]

The text imported is the notice the edition prints, or ``FOLDER/<id>-<year>.txt``. A fact of the profile is *typed*
when the draft has it under the same id without a question, *worded* when its words stand in the draft under a
question, *placed* when that is in the same section, *missed* when they stand nowhere. *Invented* are facts of the
draft without a question whose words are in no fact of the profile and not in the source either: a rule kept in the
words of the source may hold what the profile tells in several.
"""

from __future__ import annotations

import argparse
import datetime as dt
import tempfile
import time
from collections import Counter
from pathlib import Path

from notices.document.blocks import lines_of
from notices.errors import ProblemsError
from notices.importing import edition as importing
from notices.importing.state import Asked
from notices.library import Edition, Library
from notices.papers.coverage import checked
from notices.profile import Fact, Paper, Profile
from notices.profile.facts import OwnForm
from notices.profile.values import pendings_of
from notices.verify.wording import pairs_of
from notices.wording.describe import Describer

ALIKE = 0.6
"""The share of a fact's words that must stand in one fact of the draft."""
THERE = 0.9
"""The share of a fact's words that must stand in a source that states it."""


def printed(library: Library, edition: Edition) -> str:
    """The notice an edition prints, a paragraph a line."""
    papers = checked(library, edition)
    made = next(iter(papers.values())).document
    return "\n".join(line for block in made.blocks for line in lines_of(block))


def words(profile: Profile) -> dict[str, tuple[Fact, frozenset[tuple[str, str]]]]:
    """Every fact with its words."""
    told = Describer(profile)
    return {
        key: (fact, pairs_of(told.text(fact))) for key, fact in profile.facts() if not isinstance(fact, OwnForm | Paper)
    }


def fates(theirs: Edition, ours: Profile, source: str) -> tuple[Counter[str], list[str]]:
    """What became of each own fact of a profile in a draft, and what the draft has besides."""
    stated, drafted = words(theirs.profile), words(ours)
    wanted = {key: one for key, one in stated.items() if one[0].cite and not theirs.inherits(key)}
    found: Counter[str] = Counter()
    met: set[str] = set()
    for key, (_, said) in wanted.items():
        close = {other: len(said & there) / max(len(said), 1) for other, (_, there) in drafted.items()}
        section = key.partition(".")[0]
        best = max(
            close,
            key=lambda other: (close[other] >= ALIKE and other.startswith(f"{section}."), close[other]),
            default="",
        )
        if key in drafted and close[key] >= ALIKE:
            best = key
        if key in drafted and section == "categories":  # how it is evaluated is a rule's to say
            best, close = key, {key: 1.0}
        if not said or close.get(best, 0) < ALIKE:
            found["missed" if said else "empty"] += 1
            continue
        met.add(best)
        fact = drafted[best][0]
        found["typed" if getattr(fact, "confirm", None) is None else "worded"] += 1
        found["placed"] += best.partition(".")[0] == key.partition(".")[0]
    there_is = pairs_of(source)
    invented = [
        key
        for key, (fact, said) in drafted.items()
        if getattr(fact, "confirm", None) is None
        and said
        and not list(pendings_of(fact))
        and not any(len(said & there) / len(said) >= ALIKE for _, there in stated.values())
        and len(said & there_is) / len(said) < THERE
    ]
    return found, invented


def main() -> None:
    """Print a line an edition."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--source", type=Path)
    folder = options.parse_args().source
    library = Library.at(None)
    for name in library.editions():
        edition = library.load(name)
        if edition.profile.status == "draft":
            continue
        identity, _, year = name.partition("@")
        with tempfile.TemporaryDirectory() as work:
            source = folder / f"{identity}-{year}.txt" if folder else Path(work, "source.txt")
            if folder and not source.exists():
                continue
            if not folder:
                source.write_text(printed(library, edition), "utf-8")
            began = time.perf_counter()
            try:
                order = importing.Order("other", dt.date(2026, 1, 5), Asked(int(year)), (identity,))
                made = importing.imported(library, source, Path(work), order)
            except ProblemsError as error:
                print(name, error.problems[0])
                continue
            took = time.perf_counter() - began
            found, invented = fates(edition, made.profile, source.read_text("utf-8"))
            total = sum(found[one] for one in ("typed", "worded", "missed"))
            print(
                f"{name:20} facts {total:3}  typed {found['typed'] / total:.0%}  placed {found['placed'] / total:.0%}  "
                f"worded {found['worded'] / total:.0%}  missed {found['missed'] / total:.0%}  invented {len(invented)}  {took:.1f} s"
            )
            for one in invented:
                print("    invented:", one)


if __name__ == "__main__":
    main()
