"""Every key of a profile with what it means and an example that a test reads: ``docs/profile.md`` is made from here.

The examples are a programme's, and stand in the file it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from pydantic.fields import FieldInfo

from notices.errors import NotFoundError
from notices.library import Library
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
from notices.profile.model import Acceptance, Authority, ImprintFacts, Paper, Profile, Source
from notices.profile.outline import Article, Listing, OutlineSection
from notices.profile.people import Contact, Person
from notices.profile.programme import Programme
from notices.profile.values import Duration, Limit, Model, Only, Pending, Test
from notices.profile.yamlfile import content
from notices.programmes import shipped

PARTS: Final[tuple[tuple[str, type[Model]], ...]] = (
    ("整份配置", Profile),
    ("发文机关 authority", Authority),
    ("来源 source", Source),
    ("确认沿用的 source.taken", Acceptance),
    ("文件 papers", Paper),
    ("版记 papers.….imprint", ImprintFacts),
    ("规定：conditions、procedure 等各节，按编号", Rule),
    ("限值 limit", Limit),
    ("时长 span", Duration),
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
    ("提纲 outlines：标题和标题下的各段", OutlineSection),
    ("提纲 outlines：逐条编号的各项", Listing),
    ("提纲 outlines：细则的一条", Article),
    ("待定：任何值都可以写成", Pending),
)
"""A heading, and the model of what stands under it."""


def examples(library: Library, programme: Programme) -> tuple[str, ...]:
    """An example for each part, in order, of the file the programme names; what stands before the first is a comment.

    Raises:
        NotFoundError: the programme has none, or not one a part.
    """
    path = library.template(programme.examples) if programme.examples else None
    if path is None:
        raise NotFoundError(f"项目 {programme.key} 没有写例子（examples）")
    text = content(path, library.name_of(path)).decode()
    found = tuple(part.strip("\n") for part in text.split("---\n")[1:])
    if len(found) != len(PARTS):
        raise NotFoundError(f"{library.name_of(path)} 有 {len(found)} 个例子，应有 {len(PARTS)} 个")
    return found


def page(library: Library) -> str:
    """``docs/profile.md``, with the examples and sections of the programme that comes with the program.

    Raises:
        NotFoundError: an example is missing.
    """
    kind = shipped(library)
    assert kind.PROGRAMME is not None  # noqa: S101 - the class is a programme's
    head = (
        "# 配置里的每一个键\n\n由 `notices profile-keys` 生成。每一节先列出键，再举一个例子；例子由测试逐个读过。\n"
        "带 * 的必须写；继承来的不用再写，写 `null` 删去。\n"
    )
    models = ((title, kind if model is Profile else model) for title, model in PARTS)
    parts = zip(models, examples(library, kind.PROGRAMME), strict=True)
    return head + "".join(_part(*part, example) for part, example in parts) + _views()


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
        for name, field in _fields(model)
    )
    return f"\n## {title}\n\n| 键 | 说明 |\n|---|---|\n{rows}\n```yaml\n{example}\n```\n"


def _fields(model: type[Model]) -> Iterator[tuple[str, FieldInfo]]:
    """The fields of a model; those of a profile in the order of its programme."""
    names = model.named().values() if issubclass(model, Profile) else model.model_fields
    return ((name, model.model_fields[name]) for name in names)
