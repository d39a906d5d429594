"""A user's own folder: a commented profile to edit for each authority, and a place for templates. Never overwrites."""

from __future__ import annotations

import re
import string
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias

from notices import files
from notices.errors import Exit, NoticesError
from notices.library import ID, Library
from notices.profile import yamlfile
from notices.profile.scalars import flow, quoted
from notices.wording.pinyin import syllables

Verb: TypeAlias = Literal["申报", "推荐"]
Layout: TypeAlias = Literal["document", "letter"]
NO_LEVEL: Final = "无"
"""What is written for a level where a list has none."""
_NAME = re.compile(r"(?P<region>.+(?:省|州|盟|市(?!场)|县|区(?!域)))(?P<office>.*(?:厅|局|委员会|委|部|办公室))")
_ITSELF = (("委员会", "我委"), ("办公室", "我办"), ("厅", "我厅"), ("局", "我局"), ("委", "我委"), ("部", "我部"))


class WorkspaceError(NoticesError):
    """The folder cannot become a workspace."""

    exit_code = Exit.USAGE


@dataclass(frozen=True)
class Office:
    """What a new profile begins with; None, or nothing, where it is to be confirmed. ``level`` 无: there is none."""

    identity: str
    name: str | None = None
    itself: str | None = None
    region: str | None = None
    level: str | None = None
    whole: str | None = None
    area: str | None = None
    area_codes: Sequence[str] = field(default=())
    verb: Verb = "申报"
    layout: Layout = "document"
    addressees: Sequence[str] = field(default=())

    @property
    def missing(self) -> tuple[str, ...]:
        """What nobody said and the name does not tell, as the options are called."""
        wanted = ("name", "region", "level", "area", "area_codes", "addressees")
        options = {"area_codes": "area-code", "addressees": "addressee"}
        return tuple(f"--{options.get(one, one)}" for one in wanted if not getattr(self, one))


def derived(name: str) -> dict[str, str]:
    """What an authority's name tells: ``region, level, whole, itself``; nothing where it is of no known form."""
    match = _NAME.fullmatch(name)
    if match is None:
        return {}
    kind = match["region"][-1]
    level, whole = "自治区级" if match["region"].endswith("自治区") else f"{kind}级", f"全{kind}"
    itself = next(word for ending, word in _ITSELF if match["office"].endswith(ending))
    return {"region": match["region"], "level": level, "whole": whole, "itself": itself}


def proposed_id(name: str) -> str:
    """An id from the place in an authority's name, in pinyin without 省, 市 …; empty where the name tells none."""
    region = derived(name).get("region", "")
    places = re.findall(r"(.+?)(?:省|自治区|自治州|盟|市|县|区)", region)
    spelled = [syllables(_PEOPLES.sub(r"\1", one)) for one in places]
    return "-".join("".join(one or ()) for one in spelled) if all(spelled) else ""


_PEOPLES = re.compile("(.{2,}?)(?:.{1,3}族|维吾尔)+")
"""A region's name with the peoples in it, which its short name leaves out."""


def default_id(folder: Path) -> str:
    """The id of an authority whose workspace has this name, as far as it is one, else ``my-office``."""
    name = folder.resolve().name
    return name if ID.fullmatch(name) else "my-office"


def create(folder: Path, library: Library, year: int, office: Office) -> list[Path]:
    """Make ``folder`` a workspace with an authority's profile for a year, or add one to it; name the files made.

    Raises:
        WorkspaceError: the id is none or taken, or something of a file's name is already there.
        ProblemsError: what was given does not make a profile. OutputError: it cannot be written.
    """
    if not ID.fullmatch(office.identity):
        raise WorkspaceError(f"编号 {office.identity} 不能用\n    → 用小写字母和短横，如 my-office")
    if any(name.startswith(f"{office.identity}@") for name in Library.at(None).editions()):
        raise WorkspaceError(f"{office.identity} 是自带的发文机关，会被盖住\n    → 换一个编号（--id）或文件夹名")
    profile = folder / "provinces" / office.identity / f"{year}.yaml"
    if profile.exists():
        raise WorkspaceError(f"已经有 {profile}，没有覆盖\n    → 加一个机关，写 --id；同一机关的下一年用 notices roll")
    wanted = {
        folder / "provinces" / "schema.json": "../provinces/schema.json",
        folder / "templates" / "README.md": "init/templates.md",
        folder / "README.md": "init/README.md",
    }
    standing = [path for path in wanted if path.exists()]
    if any((folder / "provinces").glob("*/*.yaml")):  # a workspace already: another authority comes to it
        wanted = {path: source for path, source in wanted.items() if path not in standing}
    elif standing:
        raise WorkspaceError(f"已经有 {'、'.join(map(str, standing))}，没有覆盖\n    → 换一个文件夹名")
    values = {"id": office.identity, "year": str(year)}
    texts = {profile: _filled(library, "init/profile.yaml", values | _spelled(office))}
    texts |= {path: _filled(library, source, values) for path, source in wanted.items()}
    _sound(folder, profile, texts[profile])
    for path, text in texts.items():
        files.write(path, text.encode())
    return list(texts)


def _sound(folder: Path, path: Path, text: str) -> None:
    """What is about to be written reads back as a sound profile.

    Raises:
        ProblemsError: what was given does not make one; nothing is written.
    """
    library, name = Library.at(folder), path.relative_to(folder).as_posix()
    library.sound(library.whole(yamlfile.parse(text, name), path), path, name)


def _spelled(office: Office) -> dict[str, str]:
    """What stands in the places of the profile, each a YAML value."""
    level = None if office.level == NO_LEVEL else office.level
    below = f"各{office.area}工业和信息化主管部门" if office.area else None
    mark = f"{office.name}{'文件' if office.layout == 'document' else ''}" if office.name else None
    imprint = {"issuer": {"pending": "印发机关"}, "printed": {"pending": "印发日期"}}
    values: dict[str, Any] = {
        "name": office.name or {"pending": "发文机关全称"},
        "itself": office.itself or {"pending": "自称", "suggest": "我厅"},
        "region": office.region or {"pending": "辖区全称"},
        "level": level,
        "whole": office.whole or {"pending": "全省、全区的说法", "suggest": "全省"},
        "area": office.area or {"pending": "下一级行政区的称呼"},
        "layout": office.layout,
        "mark": mark or {"pending": "发文机关标志"},
        "addressees": list(office.addressees) or {"pending": "主送机关"},
        "imprint": imprint if office.layout == "document" else None,
        "city": {"pending": "下级主管部门的统称", **({"suggest": office.addressees[0]} if office.addressees else {})},
        "summary": {"pending": "汇总表的名称"},
    }
    if below and "suggest" not in values["city"]:
        values["city"]["suggest"] = below
    told = {"verb": office.verb, "issuer": office.name or "", "listed": level or "", "opened": "", "closed": ""}
    told["area_codes"] = f"[{', '.join(map(quoted, office.area_codes))}]"  # other programs take them for numbers
    if office.level is None:  # what the list is called is not known either
        told |= {"opened": "{pending: 事由, suggest: ", "closed": "}"}
    return {name: flow(value) for name, value in values.items()} | told


def _filled(library: Library, source: str, values: dict[str, str]) -> str:
    path = library.roots[-1] / "templates" / source
    text = path.read_text(encoding="utf-8")
    return text if path.suffix == ".json" else string.Template(text).substitute(values)
