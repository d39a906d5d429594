"""Every key of a profile with what it means and an example that a test reads: ``docs/profile.md`` is made from here."""

from __future__ import annotations

from typing import Final

from notices.outlines import VIEWS
from notices.profile.facts import (
    Attachment,
    Channel,
    Deadline,
    Exclusion,
    Exclusions,
    Material,
    Offer,
    OwnForm,
    Reference,
    Rule,
)
from notices.profile.model import Authority, ImprintFacts, Paper, Profile, Source
from notices.profile.outline import Article, Listing, Section
from notices.profile.people import Contact, Person
from notices.profile.values import Limit, Model, Only, Pending, Span, Test

PARTS: Final[tuple[tuple[str, type[Model]], ...]] = (
    ("整份配置", Profile),
    ("发文机关 authority", Authority),
    ("来源 source", Source),
    ("文件 papers", Paper),
    ("版记 papers.….imprint", ImprintFacts),
    ("规定：conditions、procedure 等各节，按编号", Rule),
    ("限值 limit", Limit),
    ("时长 span", Span),
    ("判断 test：用申报单位的哪些事实", Test),
    ("适用 test.only", Only),
    ("类别 categories", Offer),
    ("负面清单 exclusions", Exclusions),
    ("负面清单的情形 exclusions.items", Exclusion),
    ("时限 deadlines", Deadline),
    ("材料 materials", Material),
    ("联系人 contacts", Contact),
    ("几位联系人 contacts.….people", Person),
    ("平台 channels", Channel),
    ("附件 attachments", Attachment),
    ("另行使用的表 forms", OwnForm),
    ("引用的文件 references", Reference),
    ("提纲 outlines：标题和标题下的各段", Section),
    ("提纲 outlines：逐条编号的各项", Listing),
    ("提纲 outlines：细则的一条", Article),
    ("待定：任何值都可以写成", Pending),
)
"""A heading, and the model of what stands under it."""
_EXAMPLES: Final = """\
status: in-force
answers: {pending: 所依据的国家通知}
---
authority:
  itself: 我厅
  level: 省级
  area: 市
  office: 节能与综合利用处
  area_codes: ["0771"]
---
source:
  checked: 2026-11-20
  slips:
    - 一“加强水平”搭配不当，印作“提高水平”
---
papers:
  notice:
    title: 关于组织开展{year}年度绿色制造名单申报工作的通知
    number: {pending: 发文字号}
    addressees: [各市工业和信息化局]
    disclosure: 此件公开发布
---
papers:
  notice:
    imprint: {issuer: 测试省工业和信息化厅办公室, printed: 2024-04-03, copies: [省生态环境厅]}
---
conditions:
  factory.energy:
    label: 能耗
    for: [factory]
    say: 年综合能源消费量{value}以上（含{value}）
    binds: [以上]
    limit: {fact: annual_energy_consumption, op: ">=", value: 3000, unit: 吨标准煤}
    cite: 一
---
conditions:
  park.industrial-share:
    say: 工业增加值占比{limit}
    limit: {fact: industrial_added_value_share, op: ">", value: {pending: 占比}, unit: "%", basis: 上年度}
---
exclusions:
  items:
    stopped:
      say: 连续停产{span}的
      span: {value: 12, unit: 个月}
      cite: 二
---
conditions:
  factory.energy:
    test: {fact: operating_normally, is: 是, unresolved: true}
---
conditions:
  factory.energy:
    test: {fact: energy_level, is: 达到标杆水平, only: {fact: energy_level, is: [达到标杆水平, 未达到标杆水平]}}
---
categories:
  factory: {name: 绿色工厂, offered: true, evidence: either, cite: 一}
---
exclusions:
  subjects: 企业或园区
  bars: [申报, 推荐]
  lookback: {value: 3, unit: 年}
  open_ended: true
---
exclusions:
  items:
    accident:
      say: 发生{severity}安全事故的
      severity: larger
      evidence: [信用中国]
      evidence_role: decides
      cite: 二
---
deadlines:
  city-to-province: {by: city, to: province, say: 将推荐名单报送我厅, date: 2024-05-31, time: "17:30", cite: 二}
---
materials:
  report: {name: 评价报告, by: city, form: [纸质, 电子], copies: 2, cite: 二}
---
contacts:
  office: {office: 节能处, person: {pending: 联系人}, phone: 0771-1234567, email: a@example.com, cite: 二}
---
contacts:
  office:
    office: 节能处
    person: null
    phone: null
    people:
      - {person: 张三, phone: 0771-1234567}
      - {person: 李四, phone: [0771-7654321, {pending: 手机}]}
    cite: 二
---
channels:
  platform: {name: 管理平台, url: https://example.com, column: 申报专栏, alias: 平台}
---
attachments:
  summary: {title: 推荐汇总表, kind: table, cite: 附件}
  measures: {title: 绿色工厂管理办法, kind: document, cite: 附件}
---
forms:
  dynamic-factory: {title: "{year}年度动态管理表", kind: table, for: [factory]}
---
references:
  method: {title: 管理办法, number: 工信部节〔2024〕13号, alias: 《办法》, kind: document, dated: 2024-01-19}
---
outlines:
  notice:
    - 为贯彻落实{implements.plan}，现组织开展{year}年度绿色制造名单申报工作。有关事项通知如下：
    - heading: 申报范围
      parts:
        - [scope.*]
    - [contacts.*]
---
outlines:
  notice:
    - lead: "{categories.park}{ought:conditions.park.*}符合下列条件："
      items: conditions.park.*
---
outlines:
  notice:
    - article:
        - 请{deadlines.city-to-province}。
---
papers:
  notice:
    number: {pending: 发文字号, was: 测工信〔2023〕1号, why: 每年不同}
"""
"""One for each part, in order."""
EXAMPLES: Final = tuple(part.strip("\n") for part in _EXAMPLES.split("---\n"))


def page() -> str:
    """``docs/profile.md``."""
    head = (
        "# 配置里的每一个键\n\n由 `notices profile-keys` 生成。每一节先列出键，再举一个例子；例子由测试逐个读过。\n"
        "带 * 的必须写；继承来的不用再写，写 `null` 删去。\n"
    )
    return head + "".join(_part(*part, example) for part, example in zip(PARTS, EXAMPLES, strict=True)) + _views()


def _views() -> str:
    rows = "".join(f"| `{{{name}:…}}` | {view.said} |\n" for name, view in VIEWS.items())
    return f"{_OUTLINES}\n| 写法 | 印出 |\n|---|---|\n{rows}\n{_FIXED}"


_OUTLINES: Final = """
## 提纲的写法

提纲写明一份文件印哪些事实、怎样分段、用什么标题和引出的话。每一段是下面五种之一：

- 一句话：一段文字，花括号里写编号，那里印这条事实；
- 一组编号 `[甲, 乙]`：一段，几条连成句子，同一方接连做的用逗号连、只写一次是谁，其余用句号；联系人一行一项；
- `heading` 和 `parts`：标题和标题下的各段，按层次编号；标题下没有内容、或标题里的类别本年度不开展的，整节不印；
- `lead` 和 `items`：引出的话和逐条编号的各项；
- `article`：细则的一条，序号连续。

编号写成 `{review.experts}`；`{conditions.park.*}` 是这一组里适用于本年度的各条；`{contacts.office.phone}`、
`{authority.whole}`、`{year}` 只印一个值；`{actor:city}` 印参与方的称呼。不写明怎样印的，规定印适用情形、由谁、做什么，
时限印由谁于何时前做什么，材料印名称、附件和份数，文件、附件、平台、类别印名称。要换一种印法，写在编号前面：
"""
_FIXED: Final = """\
提纲里的固定文字不能有约束词、数字和日期（不得、应当、前、以上……）：这些由事实印出。每条事实都要印在某一份文件里，
漏了的、指不到的、印不成的，`notices lint` 和 `notices build` 逐条指出。
单位要自己写模板的，放在 `templates/<编号>/notice.md.j2`，有模板时不用提纲。
"""


def _part(title: str, model: type[Model], example: str) -> str:
    rows = "".join(
        f"| `{field.alias or name}`{' *' if field.is_required() else ''} | {field.description} |\n"
        for name, field in model.model_fields.items()
    )
    return f"\n## {title}\n\n| 键 | 说明 |\n|---|---|\n{rows}\n```yaml\n{example}\n```\n"
