"""The kinds of fact a profile holds. Each has a label, the clause that states it, and typed values."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from notices.profile.values import (
    TOO_MANY,
    Category,
    Confirmable,
    Date,
    DateOrPending,
    Duration,
    Fact,
    Grade,
    Limit,
    MonthDay,
    OrPending,
    Str,
    Strength,
    Test,
    TextOrPending,
    Texts,
    Time,
    Words,
    suggested,
)

Categories: TypeAlias = Annotated[tuple[Category, ...], Field(strict=False)]
Evidence: TypeAlias = Literal["self", "third-party", "either", "both"]
Copies: TypeAlias = Annotated[int, Field(gt=0, lt=TOO_MANY)]
Url: TypeAlias = Annotated[str, StringConstraints(pattern=r"^https?://[^\s<>]+$")]


class Rule(Confirmable):
    """One rule. ``say`` is its content as a phrase of defined terms, with ``{limit}``-like places for typed values."""

    applies: Categories = Field(default=(), alias="for", description="适用类别；不写表示全部")
    when: TextOrPending | None = Field(default=None, description="适用情形，如：工业重点领域企业")
    strength: Strength = Field(
        default="must",
        title="要求的程度",
        description="must 应当、principle 原则上、prefer 优先、encourage 鼓励、may 可以、focus 重点、does 陈述",
    )
    reading: Strength | None = Field(
        default=None,
        title="另一种读法",
        description="strength 有两种读得通的读法时，写另一种：“建设重点是……”也可读作必备，写 must",
    )
    by: Str | None = Field(default=None, description="由谁做（actors 里的编号）")
    say: TextOrPending | None = Field(
        None,
        description="内容短语；可用 {limit} {value} {span} {severity} {year} {removals} "
        "{ref:编号} {attachment:编号} {actor:编号}",
    )
    binds: Words = Field(
        default=(),
        title="约束词",
        description="say 和 when 里的约束词，依次写出：不得、后、以上、或者……；strength 已经说明的（应、可、优先）不写",
    )
    limit: Limit | None = Field(default=None, description="限值：fact、op、value、unit；say 里写 {limit} 或 {value}")
    span: Duration | None = Field(default=None, description="时间长度，如三年内不予采信")
    severity: Grade | None = Field(
        default=None,
        description="事故等级下限：any 任何、general 一般、larger 较大、major 重大、extraordinary 特别重大",
    )
    level: Literal["national", "province", "city"] | None = Field(
        default=None, description="只对哪一层面的名单适用：national 国家、province 省级、city 市级"
    )
    items: Texts = Field(default=(), description="列举的内容，印时用顿号连接；say 里写 {items}")
    open_ended: bool = Field(default=False, description="列举未尽，后面有“等”")
    test: Test | None = Field(default=None, description="用申报单位的哪些事实判断；只有 limit 的不用写")
    document: Str | None = Field(
        default=None,
        description="具体条件写在哪个文件里（references 里的编号），say 里写 {ref:编号}；清单里逐条去问，不当作符合",
    )
    any_of: Str | None = Field(default=None, description="同一组的规定符合其一即可：写同一个组名")
    relaxes: Str | None = Field(default=None, description="比国家规定放宽时，写明依据")


class Offer(Fact):
    """A category of list an edition offers (or does not), and how it is evaluated."""

    name: TextOrPending = Field(description="本版对这一类别的叫法")
    offered: bool = Field(default=True, description="本年度是否开展；false 表示有此类别、本年度不开展")
    evidence: Evidence | None = Field(
        default=None,
        description="评价方式：self 自评价、third-party 第三方、either 自评价或第三方、both 自评价和第三方",
    )


class Exclusion(Confirmable):
    """One item of the negative list."""

    say: TextOrPending = Field(description="情形，法定用语")
    binds: Words = Field(
        default=(),
        title="约束词",
        description="say 和 when 里的约束词，依次写出：不得、后、以上、或者……；strength 已经说明的（应、可、优先）不写",
    )
    severity: Grade | None = Field(default=None, description="事故等级下限；say 里写 {severity}")
    span: Duration | None = Field(default=None, title="时间长度", description="say 里写 {span}，如连续停产 12 个月以上")
    evidence: Texts = Field(default=(), description="以哪些系统的记录为准或参照")
    evidence_role: Literal["decides", "refers"] | None = Field(
        default=None, title="记录的作用", description="decides 以…为准，refers 参照…"
    )
    refuses: bool = Field(default=True, description="有此情形不得申报")
    removes: bool = Field(default=False, description="有此情形移出名单")
    test: Test | None = Field(default=None, description="用申报单位的哪些事实判断")
    relaxes: Str | None = Field(default=None, description="比国家规定放宽时，写明依据")


class Exclusions(Fact):
    """负面清单: who, over how long, barred from what, and the items in order."""

    lookback: Duration = Field(description="追溯多久：近三年写 {value: 3, unit: 年}")
    subjects: TextOrPending = Field(description="谁，如：企业（含分支机构）")
    bars: Words = Field(description="不得做什么：申报、推荐、列入")
    bars_from: Str | None = Field(default=None, description="不得申报、列入什么；不写表示不印")
    items: dict[str, Exclusion] = Field(description="各项情形，按印出的次序")
    open_ended: bool = Field(default=False, description="原文末尾有“等”")

    @property
    def refusals(self) -> dict[str, Exclusion]:
        """Items that bar an application, in order."""
        return {key: item for key, item in self.items.items() if item.refuses}

    @property
    def removals(self) -> dict[str, Exclusion]:
        """Items that take a unit off the list, in order."""
        return {key: item for key, item in self.items.items() if item.removes}


class Deadline(Confirmable):
    """Who must have done what by when: one date, a day of every year, or a span of time."""

    by: Str = Field(description="由谁（actors 里的编号）")
    to: Str | None = Field(default=None, description="报给谁（actors 里的编号）")
    say: TextOrPending = Field(description="做什么")
    binds: Words = Field(
        default=(),
        title="约束词",
        description="say 和 when 里的约束词，依次写出：不得、后、以上、或者……；strength 已经说明的（应、可、优先）不写",
    )
    date: DateOrPending | None = Field(default=None, description="哪一天截止，如 2024-05-31；印成“2024年5月31日前”")
    annual: OrPending[MonthDay] | None = Field(default=None, description="每年的月日，如 04-15")
    time: OrPending[Time] | None = Field(
        default=None, description='当天几点前，加引号："17:30"；印成“2024年5月31日17:30前”；不写就是当天'
    )
    span: Duration | None = Field(default=None, description="多长时间，如不少于 7 个工作日")

    @model_validator(mode="after")
    def _one_time(self) -> Deadline:
        if sum(value is not None for value in (self.date, self.annual, self.span)) != 1:
            raise PydanticCustomError("notice_deadline", "date、annual、span 要写一个，且只写一个")
        if self.time is not None and self.span is not None:
            raise PydanticCustomError("notice_deadline", "time 是某一天的几点，不和 span 一起写")
        return self


class Material(Fact):
    """One thing to hand in."""

    applies: Categories = Field(default=(), alias="for", description="只有这些类别才要交；不写表示全部")
    name: TextOrPending = Field(description="材料的名称")
    by: Str | None = Field(default=None, description="由谁准备（actors 里的编号）")
    form: Texts = Field(default=(), description="纸质、电子、平台填报")
    copies: OrPending[Copies] | None = Field(default=None, description="纸质份数")
    attachments: Words = Field(default=(), description="格式见哪些附件（attachments 里的编号）")
    otherwise: dict[Category, TextOrPending] = Field(
        default={}, description="某一类别的申报单位要交的不同时，写明那一类别的名称"
    )


class Channel(Fact):
    """A platform or system materials go through."""

    name: TextOrPending = Field(description="平台名称")
    url: OrPending[Url] | None = Field(default=None, description="网址，以 https:// 开头；没有公布网址的不写")
    column: TextOrPending | None = Field(default=None, description="平台里的专栏")
    alias: Str | None = Field(default=None, title="简称", description="（以下简称…）")


class Attachment(Confirmable):
    """One attachment of the notice; its number is its place among those that apply."""

    title: TextOrPending = Field(description="附件名称；{year} 是年度")
    applies: Categories = Field(default=(), alias="for", description="只在开展这些类别时才有")
    kind: Literal["table", "requirements", "report", "list", "document"] = Field(
        default="requirements",
        title="附件的种类",
        description="table 表、requirements 要求、report 报告、list 名单；"
        "document 另附的文件，不是表，由本单位自己附上：列入附件说明，程序不生成",
    )
    forms: Words = Field(default=(), description="由哪几张表组成（templates/forms/ 里的名称）；不写则与编号同名")

    @property
    def drafted(self) -> str:
        """The title, or the one suggested while it is to be confirmed."""
        return suggested(self.title)

    @property
    def printed(self) -> bool:
        """Whether its pages are made here; a document the office attaches itself has none."""
        return self.kind != "document"


class OwnForm(Attachment):
    """A form an edition uses apart from its notice: a yearly table, a return, a list's layout. It has no number."""


class Reference(Confirmable):
    """A document or standard the edition rests on."""

    title: TextOrPending = Field(description="文件、标准的名称，不带书名号")
    number: TextOrPending | None = Field(default=None, description="发文字号或标准号")
    kind: Literal["document", "standard", "list", "dataset"] = Field(
        default="document", title="种类", description="document 文件、standard 标准、list 名单、dataset 数据"
    )
    dated: DateOrPending | None = Field(default=None, description="发布日期")
    alias: Str | None = Field(default=None, title="简称", description="（以下简称…）")
    part: TextOrPending | None = Field(default=None, description="其中哪一部分，如 附件2")
    quotes: Literal["《》", "“”", ""] = Field(default="《》", description="标题用什么括起来")
    ends: Date | None = Field(default=None, description="被代替或废止的日期")
    replaced_by: Str | None = Field(default=None, description="被哪一个代替（references 里的编号或名称）")
