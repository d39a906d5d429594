"""Slips of the pen planted in profiles one fact at a time, and how many of them ``verify`` tells.

Run with ``python -m benchmarks.slips FOLDER [EDITION ...]``: FOLDER holds the sources as ``jilin-2024.txt``. Each kind
of slip is planted everywhere it can be, in a copy of the profile in memory, and the copy is held against its source.
Prints how many were caught of how many, by kind and edition; ``--passed`` names those that were not.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from notices.errors import ProblemsError
from notices.library import Edition, Library
from notices.profile import Exclusion, Exclusions, Fact, Material, Profile, Rule
from notices.verify import readers
from notices.verify.check import verify
from notices.verify.texts import ReadText

WORDS: dict[str, tuple[tuple[str, str], ...]] = {
    "referring verb": (("参照", "按照"), ("按照", "参照"), ("依据", "参照"), ("根据", "参照"), ("执行", "参照执行")),
    "step": (("初审", "终审"), ("复核", "初审"), ("自评价", "第三方评价"), ("第三方评价", "自评价")),
    "period": (("年度", "季度"), ("每年", "每季度"), ("每年", "每两年"), ("本批次", "本年度")),
    "scale": (("规模以上", "规模以下"), ("规模以上", "")),
    "level": (
        ("国家级", "自治区级"), ("自治区级", "国家级"), ("盟市级", "自治区级"), ("省级", "市级"), ("市级", "省级"),
        ("国家层面", "省层面"), ("省层面", "国家层面"), ("市层面", "省层面"),
    ),
    "scope dropped": (
        ("国家层面", ""), ("省层面", ""), ("市层面", ""), ("国家级", ""), ("自治区级", ""), ("本地区", ""), ("省级及以上", ""),
        ("（含园区内企业）", ""), ("（含开发区内企业）", ""), ("（含网络安全、数据安全）", ""), ("同一", ""), ("本批次", ""),
        ("已列入", "列入"), ("同行业", ""), ("龙头", ""), ("高级", ""),
    ),
    "duty weaker": (
        ("原则上应", "可"), ("应当", "可以"), ("应", "可"), ("要", "可"), ("不得", "原则上不得"), ("应", "原则上应"),
        ("需", "可"),
    ),
    "duty stronger": (
        ("原则上应", "应"), ("原则上要", "应"), ("可", "应"), ("鼓励", "要求"), ("优先推荐", "推荐"), ("择优", ""), ("必要时", ""),
        ("按照自愿的原则", "应"),
    ),
    "等": (("等", ""),),
    "subject": (("工厂", "园区"), ("园区", "工厂"), ("企业", "园区"), ("开发区", "企业")),
    "apply or recommend": (("申报", "推荐"), ("推荐", "申报")),
    "entity": (("独立法人", "法人"),),
}  # fmt: skip
"""Kind: words of a fact, and what is written instead."""

Slip = tuple[str, str, Fact]
"""Kind, what was done, the fact as it is now."""


def slips(profile: Profile, fact: Fact) -> Iterator[Slip]:
    """Every slip a fact can have."""
    for kind, pairs in WORDS.items():
        for old, new in pairs:
            yield from ((kind, f"{old}→{new or '（删）'}", one) for one in _replaced(fact, old, new))
    yield from _parties(profile, fact)
    if isinstance(fact, Rule | Exclusion | Exclusions):
        yield from _lists(fact)
    if isinstance(fact, Material):
        yield from _forms(fact)


def _replaced(fact: Fact, old: str, new: str) -> Iterator[Fact]:
    """The fact with one occurrence of a word changed, each in turn."""
    for name in ("when", "say", "name", "subjects"):
        text = getattr(fact, name, None)
        if not isinstance(text, str):
            continue
        places = [n for n in range(len(text)) if text.startswith(old, n) and not _other_word(text, n, old)]
        for at in places:
            yield fact.model_copy(update={name: text[:at] + new + text[at + len(old) :]})


_OTHER = {
    "应": ("供应", "应急", "相应", "对应", "响应", "应用", "适应"),
    "要": ("主要", "要求", "重要", "需要", "必要", "要素"),
    "可": ("认可", "可再生", "可持续"),
    "等": ("等级",),
    "需": ("需要", "需求", "所需"),
    "省级": ("省级以上", "省级及以上", "省级工业", "省级环节", "省级开发区", "省级生态", "省级{"),
    "市级": ("市级工业", "盟市级", "市级生态", "市级{"),
    "不得": (),
}


def _other_word(text: str, at: int, word: str) -> bool:
    """Whether the characters are part of another word: 应 in 供应链."""
    return any(text.startswith(one, at - one.index(word)) for one in _OTHER.get(word, ()) if at >= one.index(word))


CLASSES: tuple[tuple[str, ...], ...] = (
    ("applicant", "eligible-applicant"), ("city", "city-bureau"), ("local", "region", "relevant"), ("province",),
    ("ministry",), ("third-party", "national-third-party"), ("listed-unit", "recheck-unit"), ("platform",),
)  # fmt: skip
"""Ids of actors that are the same party."""


def _parties(profile: Profile, fact: Fact) -> Iterator[Slip]:
    for field in ("by", "to"):
        own = getattr(fact, field, None)
        if own is None:
            continue
        for group in CLASSES:
            other = next((key for key in group if key in profile.actors), None)
            if other and own not in group and "platform" not in group:
                yield f"{field}:", f"{own}→{other}", fact.model_copy(update={field: other})


def _lists(fact: Fact) -> Iterator[Slip]:
    items = getattr(fact, "items", ())
    if isinstance(items, tuple) and len(items) > 1:
        for n, item in enumerate(items):
            yield "member dropped", item, fact.model_copy(update={"items": (*items[:n], *items[n + 1 :])})
    if hasattr(fact, "open_ended") and items and len(items) > 1:
        yield "等", f"open_ended {not fact.open_ended}", fact.model_copy(update={"open_ended": not fact.open_ended})
    if isinstance(fact, Exclusion) and fact.evidence_role:
        other = "refers" if fact.evidence_role == "decides" else "decides"
        yield "referring verb", f"evidence_role {other}", fact.model_copy(update={"evidence_role": other})


def _forms(fact: Material) -> Iterator[Slip]:
    for n, form in enumerate(fact.form):
        yield "form dropped", form, fact.model_copy(update={"form": (*fact.form[:n], *fact.form[n + 1 :])})
    if fact.form and "纸质" in fact.form[0]:
        yield "form changed", "纸质→电子", fact.model_copy(update={"form": ("电子",)})
    if fact.form == ("电子",):
        yield "form changed", "电子→纸质", fact.model_copy(update={"form": ("纸质",)})


def planted(profile: Profile, key: str, fact: Fact) -> Profile:
    """The profile with one fact replaced."""
    for prefix, name in profile.named().items():
        section = getattr(profile, name)
        if key == prefix:
            return profile.model_copy(update={name: fact})
        rest = key.removeprefix(f"{prefix}.")
        if rest == key:
            continue
        if isinstance(section, Exclusions):
            items = {**section.items, rest.removeprefix("items."): fact}
            return profile.model_copy(update={name: section.model_copy(update={"items": items})})
        return profile.model_copy(update={name: {**section, rest: fact}})
    raise KeyError(key)


def caught(check: Callable[[Edition, ReadText], Any], edition: Edition, text: ReadText, key: str, fact: Fact) -> bool:
    """Whether the edition with that fact in it is not sound, or cannot be printed."""
    try:
        return not check(replace(edition, profile=planted(edition.profile, key, fact)), text).sound
    except ProblemsError:
        return True


def main() -> None:
    """Plant, count, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("editions", nargs="*")
    parser.add_argument("--passed", action="store_true")
    parser.add_argument("--kind", action="append", default=[])
    asked = parser.parse_args()
    library = Library.at(None)
    files = {path.stem[::-1].replace("-", "@", 1)[::-1]: path for path in sorted(asked.folder.glob("*.txt"))}
    names = asked.editions or list(files)
    counts: dict[str, dict[str, list[int]]] = {}
    for name in names:
        edition, text = library.load(name), readers.read(files[name])
        check = partial(verify, library=library) if "library" in verify.__annotations__ else verify
        report = check(edition, text)
        if not report.sound:
            sys.exit(f"{name} is not sound as it is")
        held = {one.key for one in report.verdicts}
        for key, fact in edition.profile.facts():
            for kind, what, changed in slips(edition.profile, fact) if key in held else ():
                if asked.kind and kind not in asked.kind:
                    continue
                found = caught(check, edition, text, key, changed)
                one = counts.setdefault(kind, {}).setdefault(name, [0, 0])
                one[0] += found
                one[1] += 1
                if asked.passed and not found:
                    print(f"{name} {key}: {kind} {what}", flush=True)
    print(f"| kind | {' | '.join(names)} | all |\n|---|{'---|' * (len(names) + 1)}")
    for kind, by in counts.items():
        cells = [f"{by[name][0]}/{by[name][1]}" if name in by else "" for name in names]
        print(f"| {kind} | {' | '.join(cells)} | {sum(a for a, _ in by.values())}/{sum(b for _, b in by.values())} |")


if __name__ == "__main__":
    main()
