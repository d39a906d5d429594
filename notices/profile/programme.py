"""The programme a list belongs to: what it is called, its categories and units, sections and topics, its own words.

An office keeps one file a programme, ``templates/programmes/<id>.yaml``; :mod:`notices.programmes` reads them.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints

from notices.profile.values import Model, Str, Words

Id: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
File: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9-]+(/[a-z0-9-]+)*\.yaml$")]
"""A file under ``templates/``."""
Group: TypeAlias = Literal["rules", "dates", "contacts", "papers"]
"""The four lists a comparison has."""


class ProgrammeCategory(Model):
    """A category of the programme, whether or not an edition offers it."""

    name: Str = Field(description="名称；各版本的叫法写在配置的 categories 里")
    noun: Str = Field(description="申报的是什么：企业、产品……，用在“符合下列条件的”后面")
    applicant: Id | None = Field(
        default=None, description="申报单位情况表（templates/forms/ 里的名称）；不写是 applicant-<编号>"
    )


class ProgrammeSection(Model):
    """A section of a profile: its name, and where a comparison puts it."""

    label: Str = Field(description="这一节叫什么")
    topic: Str = Field(description="在对照表里的主题（topics 里的编号）")
    ordered: bool = Field(default=True, description="false：这类规定不分宽严")
    after: Str | None = Field(default=None, description="本项目自己的一节才写：排在哪一节之后")


class ProgrammeTopic(Model):
    """A topic of a comparison."""

    name: Str = Field(description="名称")
    group: Group = Field(
        default="rules", description="列在哪一组：rules 规定、dates 时限、contacts 联系方式、papers 文件"
    )
    figures: bool = Field(default=False, description="true：别的主题里有数值的规定也收")


class Spoken(Model):
    """How sources speak, for holding a profile against its source."""

    listed: Words = Field(default=(), description="原文对名单内单位的叫法")
    applicants: Words = Field(default=(), description="原文对申报单位的叫法，“企业”“申报单位”以外的")
    categories: dict[Id, Words] = Field(default={}, description="原文对各类别的叫法：类别，和它的各种叫法")
    weighing: Words = Field(default=(), description="说明规定管到谁、事实里必须有的词")
    subjects: dict[str, Words] = Field(default={}, description="原文指不同对象的词：对象，和它的各种叫法")


class Programme(Model):
    """One programme. ``key`` is its file's name."""

    key: Str = Field(description="文件名，读取时填")
    name: Str = Field(description="项目的名称")
    list_name: Str = Field(alias="list", description="名单的名称，印在日程等的标题里")
    national: Id | None = Field(
        default=None, description="国家版本放在 provinces/ 的哪个文件夹；不写表示没有国家版本可以对照"
    )
    categories: dict[Id, ProgrammeCategory] = Field(min_length=1, description="类别，按列出的次序")
    units: Words = Field(min_length=1, description="限值可用的单位")
    sections: dict[Id, ProgrammeSection] = Field(description="配置的各节；common.yaml 里有的不用再写")
    topics: dict[Id, ProgrammeTopic] = Field(description="对照表的主题；common.yaml 里有的不用再写")
    terms: Words = Field(default=(), description="标题里、修订里不拆开的词")
    verify: Spoken = Field(default=Spoken(), description="核对原文用的叫法")
    applicant: Id = Field(description="申报单位情况表里各类别共有的栏目（templates/forms/ 里的名称）")
    checklist: File = Field(description="核对清单里配置没有写的话在哪个文件（templates/ 里的路径）")
    calendar: File = Field(description="全年日程的环节在哪个文件（templates/ 里的路径）")
    examples: File | None = Field(default=None, description="docs/profile.md 的例子在哪个文件（templates/ 里的路径）")

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The sections in their order, each of the programme's own behind the one it names."""
        names = [key for key, part in self.sections.items() if part.after is None]
        for key, part in self.sections.items():
            if part.after is not None:
                names.insert(names.index(part.after) + 1 if part.after in names else len(names), key)
        return tuple(names)

    @property
    def own(self) -> dict[str, ProgrammeSection]:
        """The sections that are the programme's own: rules by id."""
        return {key: part for key, part in self.sections.items() if part.after is not None}

    @property
    def known(self) -> Mapping[str, tuple[str, ...]]:
        """What a value of a profile is checked against: the categories and the units."""
        return {"categories": tuple(self.categories), "units": self.units}

    def form_of(self, category: str) -> str:
        """The form an applicant of a category fills.

        Raises:
            KeyError: no category of this programme.
        """
        return self.categories[category].applicant or f"applicant-{category}"

    def form_names(self) -> tuple[str, ...]:
        """The form of what all applicants fill, then each category's."""
        return tuple(dict.fromkeys((self.applicant, *map(self.form_of, self.categories))))
