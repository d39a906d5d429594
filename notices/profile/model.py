"""The profile: what one authority's rules are in one year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import Field, StringConstraints, create_model

from notices.profile.facts import (
    Attachment,
    Channel,
    Deadline,
    Exclusions,
    Material,
    Offer,
    OwnForm,
    Reference,
    Rule,
)
from notices.profile.outline import Parts
from notices.profile.people import Contact
from notices.profile.programme import Programme
from notices.profile.values import (
    Category,
    Date,
    DateOrPending,
    Fact,
    Model,
    OrPending,
    Pending,
    Str,
    TextOrPending,
    Texts,
    Words,
    pendings_of,
    suggested,
)

DocumentNumber: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[^\s〔〕]+〔\d{4}〕[1-9]\d*号$")]
PaperKind: TypeAlias = Literal["notice", "rules"]
FactId: TypeAlias = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+([.-][a-z0-9]+)*$")]
Rules: TypeAlias = dict[FactId, Rule]


class Authority(Model):
    """Who issues the edition and the words it uses of itself."""

    name: TextOrPending = Field(description="发文机关全称")
    short: TextOrPending | None = Field(default=None, description="标题里的规范化简称")
    itself: TextOrPending = Field(default="我厅", description="自称：我厅、我部")
    region: TextOrPending = Field(description="辖区全称")
    level: Str | None = Field(default=None, description="名单的级别，如 自治区级、省级；名单名称里没有级别的不写")
    whole: TextOrPending = Field(default="全省", title="全省的说法", description="全区、全省")
    area: TextOrPending = Field(default="市", description="下一级行政区在表里的称呼：市、盟市、市（州）、省")
    office: TextOrPending | None = Field(default=None, description="承办处室")
    area_codes: Words = Field(default=(), description="本辖区电话区号")

    @property
    def in_title(self) -> str:
        """The name used in a title."""
        return suggested(self.short or self.name)

    @property
    def named(self) -> str:
        """The full name, or the one suggested while it is to be confirmed."""
        return suggested(self.name)


class ImprintFacts(Model):
    """版记: who prints it, when, and copies to whom."""

    issuer: TextOrPending | None = Field(default=None, description="印发机关")
    printed: DateOrPending | None = Field(default=None, description="印发日期")
    copies: Texts = Field(default=(), description="抄送机关，一个一项")


class Paper(Fact):
    """One document an edition issues."""

    title: TextOrPending = Field(description="标题；{year} 是年度。还要核对的写成 {pending: 标题, suggest: 拟写的标题}")
    subject: TextOrPending | None = Field(default=None, description="事由：本年度组织开展什么工作，如 名单推荐工作")
    subtitle: OrPending[str] = Field(default="", description="标题下的说明，如 （征求意见稿）")
    number: OrPending[DocumentNumber] | None = Field(
        default=None, description="发文字号：六角括号、四位年份、序号不加“第”、不补零"
    )
    issued: DateOrPending | None = Field(default=None, description="成文日期")
    layout: Literal["document", "letter", "plain"] = Field(
        default="document", title="公文格式", description="document 文件格式、letter 信函格式、plain 没有版头版记"
    )
    mark: Texts = Field(default=(), description="发文机关标志，一行一项")
    addressees: Texts = Field(default=(), description="主送机关，一类一项")
    disclosure: TextOrPending | None = Field(default=None, description="附注里的公开属性")
    attachment_label: TextOrPending | None = Field(default=None, description="本身是附件时，首页左上角的“附件”")
    imprint: ImprintFacts | None = Field(default=None, description="版记：印发机关、印发日期、抄送机关")
    introduces: dict[str, Str] = Field(
        default={}, description="第一次提到时写全称的参与方，后面用统称，如 {city: 各市、州……主管部门}"
    )
    called: dict[str, Str] = Field(default={}, description="本文里换一种称呼的名称，如 {…工业和信息化厅: 我厅}")

    @property
    def drafted(self) -> str:
        """The title, or the one suggested while it is to be confirmed."""
        return suggested(self.title)


class Acceptance(Model):
    """Who decided to take something over from another edition, and when."""

    base: Str = Field(alias="from", description="从哪一版沿用的，如 national@2023；换了底本要重新确认")
    by: Str = Field(description="谁确认的")
    on: Date = Field(description="哪天确认的")
    why: Str | None = Field(default=None, description="为什么沿用")


class Source(Model):
    """Where the facts were read."""

    title: TextOrPending = Field(description="来源文件的标题")
    checked: DateOrPending = Field(description="最近一次核对原文的日期")
    clauses: Words = Field(default=(), description="原文的全部条款，依次列出；每一条都应有事实引用")
    slips: Words = Field(default=(), description="原文的笔误和本配置的处理")
    accepted: Words = Field(
        default=(),
        description="原文如此、已经核对、不再提醒的：检查规则的编号和键，"
        "如 notice-period deadlines.city-to-province.date",
    )
    taken: dict[Str, Acceptance] = Field(
        default={},
        description="从别的机关沿用、已经确认的：事实的编号，或它上面的一级（conditions、exclusions.items）；"
        "由 notices confirm … --accept 写",
    )


class Profile(Model):
    """One authority's rules for one year. Sections of rules are maps by id; ids are the same across authorities."""

    id: Str = Field(description="编号，与文件夹同名，小写字母和短横")
    year: int = Field(ge=2016, le=2100, description="年度，与文件名相同")
    extends: Str | None = Field(default=None, description="继承哪一版，如 national/2023；相同的不用再写")
    programme_name: Str | None = Field(
        default=None,
        alias="programme",
        description="属于哪个项目：templates/programmes/ 里的文件名；只有一个项目时可以不写",
    )
    answers: TextOrPending | None = Field(default=None, description="所依据的国家年度通知，如 national@2023")
    status: Literal["in-force", "consultation", "draft"] = Field(
        default="in-force", title="状态", description="in-force 已印发、consultation 征求意见稿、draft 草稿"
    )
    authority: Authority = Field(description="发文机关")
    source: Source = Field(description="来源文件")
    papers: dict[PaperKind, Paper] = Field(min_length=1, description="印发的文件：notice 通知、rules 细则")
    actors: dict[str, TextOrPending] = Field(description="参与各方在文中的称呼")
    channels: dict[str, Channel] = Field(default={}, description="平台")
    references: dict[str, Reference] = Field(default={}, description="引用的文件和标准")
    categories: dict[Category, Offer] = Field(description="名单的类别")
    implements: Rules = Field(default={}, description="贯彻落实的文件")
    aims: Rules = Field(default={}, description="目的")
    basis: Rules = Field(default={}, description="依据")
    definitions: Rules = Field(default={}, description="用语和统称")
    levels: Rules = Field(default={}, description="名单层级：先列入哪一级")
    scope: Rules = Field(default={}, description="申报范围")
    conditions: Rules = Field(default={}, description="申报条件")
    evaluation: Rules = Field(default={}, description="评价方式和依据")
    priorities: Rules = Field(default={}, description="优先推荐的情形")
    exclusions: Exclusions | None = Field(default=None, description="负面清单")
    procedure: Rules = Field(default={}, description="工作程序")
    review: Rules = Field(default={}, description="评审、公示、发布")
    quotas: Rules = Field(default={}, description="推荐名额")
    materials: dict[FactId, Material] = Field(default={}, description="报送的材料")
    deadlines: dict[FactId, Deadline] = Field(default={}, description="时限")
    third_party: Rules = Field(default={}, alias="third-party", description="第三方评价机构")
    management: Rules = Field(default={}, description="动态管理")
    incentives: Rules = Field(default={}, description="激励政策")
    duties: Rules = Field(default={}, description="各方的其他要求")
    supplementary: Rules = Field(default={}, description="附则")
    contacts: dict[FactId, Contact] = Field(default={}, description="联系人")
    attachments: dict[FactId, Attachment] = Field(default={}, description="通知的附件，依次编号")
    forms: dict[FactId, OwnForm] = Field(default={}, description="另行使用、不随通知印发的表")
    outlines: dict[PaperKind, Parts] = Field(
        default={}, description="各文件的提纲：各部分的次序、标题和引出的话；不写的按通用的次序印；不传给别的发文机关"
    )

    PROGRAMME: ClassVar[Programme | None] = None
    """Set in the class :meth:`under` makes."""

    @classmethod
    def under(cls, programme: Programme) -> type[Profile]:
        """The profile of one programme: with the programme's own sections besides.

        Validate with ``context=programme.known``, so that its categories and units are checked.
        """
        own: dict[str, Any] = {
            key.replace("-", "_"): (Rules, Field(default={}, alias=key, description=section.label))
            for key, section in programme.own.items()
        }
        made = create_model(cls.__name__, __base__=cls, __doc__=cls.__doc__, __module__=cls.__module__, **own)
        made.PROGRAMME = programme
        return made

    @property
    def programme(self) -> Programme:
        """The programme it belongs to.

        Raises:
            LookupError: it was made of the bare class.
        """
        if self.PROGRAMME is None:
            raise LookupError("Profile.under(programme) makes the class of a programme's profiles")
        return self.PROGRAMME

    @classmethod
    def named(cls) -> dict[str, str]:
        """Its keys in order, the programme's own sections in their places, each with the name of its field."""
        names = {field.alias or name: name for name, field in cls.model_fields.items()}
        own = cls.PROGRAMME.own if cls.PROGRAMME else {}
        keys = [key for key in names if key not in own]
        for key, section in own.items():
            keys.insert(keys.index(str(section.after)) + 1, key)
        return {key: names[key] for key in keys}

    @classmethod
    def sections(cls) -> dict[str, str]:
        """The sections that hold facts, in the programme's order: the key, and the name of the field."""
        names = cls.named()
        return {key: names[key] for key in (cls.PROGRAMME.order if cls.PROGRAMME else names)}

    def rules(self, section: str) -> Rules:
        """The rules of a section, by the section's key: ``third-party``.

        Raises:
            KeyError: no section of that name.
        """
        found: Rules = getattr(self, self.sections()[section])
        return found

    @property
    def edition(self) -> str:
        """``guangxi@2024``."""
        return f"{self.id}@{self.year}"

    @property
    def offered(self) -> tuple[Category, ...]:
        """Categories this edition offers, in its order."""
        return tuple(key for key, offer in self.categories.items() if offer.offered)

    def applies(self, to: tuple[Category, ...]) -> bool:
        """Whether a fact limited to categories ``to`` (empty: all) concerns this edition."""
        return not to or any(category in self.offered for category in to)

    def attached(self) -> dict[str, tuple[str, Attachment]]:
        """Attachments that apply, by id: (附件 or 附件n, attachment), numbered in order (GB/T 9704 7.3.7)."""
        present = {key: item for key, item in self.attachments.items() if self.applies(item.applies)}
        single = len(present) == 1
        return {key: ("附件" if single else f"附件{n}", item) for n, (key, item) in enumerate(present.items(), 1)}

    @cached_property
    def by_id(self) -> Mapping[str, Fact]:
        """Every fact by its dotted id, section by section, in order."""
        return dict(self._listed())

    def facts(self) -> Iterator[tuple[str, Fact]]:
        """Every fact with its dotted id, section by section, in order."""
        return iter(self.by_id.items())

    def __copy__(self) -> Self:
        """A copy to be changed lists its own facts."""
        copied = super().__copy__()
        for name in ("by_id", "_open"):
            copied.__dict__.pop(name, None)
        return copied

    def _listed(self) -> Iterator[tuple[str, Fact]]:
        for prefix, name in self.sections().items():
            section = getattr(self, name)
            if isinstance(section, Exclusions):
                yield prefix, section
                yield from ((f"{prefix}.items.{key}", item) for key, item in section.items.items())
            elif isinstance(section, Mapping):
                yield from ((f"{prefix}.{key}", item) for key, item in section.items() if isinstance(item, Fact))

    def pendings(self) -> Iterator[tuple[str, Pending]]:
        """Every value to be confirmed, with the dotted path of its key."""
        return iter(self._open)

    @cached_property
    def _open(self) -> tuple[tuple[str, Pending], ...]:
        return tuple(one for key, name in self.named().items() for one in pendings_of(getattr(self, name), key))
