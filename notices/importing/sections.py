"""Where words that no known rule has belong: what stands over them, what they speak of, who acts, what is like them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from notices.importing.known import KnownFact, most_like
from notices.verify.wording import alike, pairs_of
from notices.wording.spelling import tidy

_HEADED: Final = (
    ("conditions", "条件|(?:推荐|申报|培育)(?:对象|主体)|培育要求|基本要求"),
    ("scope", "范围|总体要求|申报类型"),
    ("third-party", "第三方(?:评价)?机构|评价机构"),
    ("evaluation", "评价(?!机构)|自评"),
    ("priorities", "优先|重点支持"),
    ("quotas", "名额|数量"),
    ("procedure", "程序|流程|步骤|方式|材料|报送|时间|进度|推荐要求|申报要求|申报推荐"),
    ("review", "审核|评审|评定|认定|公示|遴选"),
    ("management", "动态管理|复核|复审|后续管理|监督管理|日常管理|跟踪|自我声明|名单管理"),
    ("incentives", "激励|奖励|奖补|扶持|支持政策|政策支持|政策措施|配套机制|保障"),
    ("levels", "级.{0,12}培育|梯度"),
    ("supplementary", "附则"),
)
"""Headings that say of what stands under them where it belongs."""
_GENERAL: Final = "要求|组织|职责|保障措施"
"""Headings that, where they speak of nothing else, stand over duties."""
_SAID: Final = (
    ("definitions", 7, "所称|是指|统称"),
    ("supplementary", 7, "负责解释|自(?:发布|印发|公布|20\\d\\d).{0,12}(?:实施|施行)|有效期"),
    ("quotas", 6, "名额|推荐数量|不(?:超过|多于)\\d+[家个项](?!工作)|限报|不占指标|不限(?:制)?(?:推荐)?数量"),
    (
        "levels",
        5,
        "(?:级|层面).{2,20}应先列入|从.{0,12}级.{2,16}推荐|自动视为|三级联动|梯度发展|优先推荐申报.{0,8}级",
    ),
    ("levels", 5, "发布本地区.{0,10}名单|(?:国家|自治区|省|市|盟市)级.{0,30}应(?:先|从).{0,20}级"),
    ("priorities", 5, "优先(?:推荐|支持|考虑|纳入|安排|列入)|重点推荐|同等条件"),
    ("scope", 8, "遵循.{0,40}原则"),
    ("priorities", 3, "择优(?:推荐|上报)"),
    (
        "incentives",
        5,
        "奖补|奖励|专项资金|资金支持|给予.{0,12}支持|牌匾|扶持|政策支持|金融|支持.{0,6}政策|采购.{0,10}力度",
    ),
    ("third-party", 5, "^.{0,16}(?:第三方(?:评价)?|评价)机构(?!对照|开展)|采信|对.{0,40}机构.{0,8}(?:监督|抽检|通报)"),
    (
        "management",
        4,
        "动态(?:管理|调整)|移出|复核|复审|更名|变更|自我声明|不再符合|举报|取消.{0,12}(?:资格|称号)|撤销",
    ),
    ("management", 3, "已.{0,4}(?:列入|纳入|公告|认定|发布).{0,14}(?:名单|单位)|列入.{0,30}名单.{0,4}(?:单位|企业)"),
    ("management", 3, "跟踪|抽查|整改|监管|[是有](?:否|无)(?:存在|发生|属于|在|被|按时)"),
    ("review", 5, "评审|公示|征求.{0,50}意见|审定|社会公布|对外发布|答辩|现场(?:核[查实验]|审核|评估)|审核会"),
    ("review", 3, "(?:认定|确定)(?:为|纳入)|进行(?:审核|评定|审查)|审核认定|组织.{0,10}专家|委托.{0,8}机构.{0,20}审核"),
    (
        "scope",
        4,
        "适用于|用于指导|自愿|范围(?:为|是|包括|涵盖|参照)|选[择取].{0,40}一?批|申报(?:范围|重点)",
    ),
    (
        "scope",
        5,
        "(?:组织|发动).{0,60}(?:企业|单位|[区厂])(?:积极|进行|踊跃)?(?:申报|参评)|鼓励各.{0,12}(?:企业|单位|[区厂]).{0,6}(?:创建|申报)",
    ),
    (
        "evaluation",
        5,
        "自评|自我(?:评价|声明)的?方式|第三方评价(?!机构)|评价(?:报告|通则|要求|标准|证据)|指标体系|行业标准",
    ),
    ("evaluation", 3, "(?:进行|开展|组织|实施).{0,8}评价|对标(?!先进)"),
    (
        "conditions",
        4,
        "不(?:低|少|高)于|占比|注册|法人|管理(?:机构|制度|体系)|标杆(?:值|水平)|先进值|领先|行业.{0,6}水平|主要功能|边界",
    ),
    (
        "conditions",
        5,
        "推荐为.{2,30}的|依法设立|[BＢ]档|分以上|从事.{0,6}生产|未获得|无.{0,8}事故|淘汰|指标应|体系认证",
    ),
    (
        "conditions",
        2,
        "^(?:申报(?:企业|单位|主体|对象)|企业|[\u4e00-\u9fff]{0,2}[厂区])?(?:应|须|需|要)?(?:具有|具备|设有|有|为|是|属于|符合|达到)",
    ),
    (
        "procedure",
        3,
        "初审|推荐(?:意见|文件|函|上报)|准备申报材料|逐级|向.{2,16}申报|推荐程序|申报时间|申报材料|出具.{0,10}意见",
    ),
    (
        "procedure",
        2,
        "报送|提交|登录|填报|上报|平台|逾期|更新.{0,4}材料|按照.{0,20}程序|咨询|网上申报|推荐名单后|推荐.{0,12}(?:单位|企业)[,。]",
    ),
    ("procedure", 2, "盖章|公章|一式|纸质|电子(?:版|文档)|复印件|光盘|PDF|格式"),
    ("duties", 4, "宣传|培训|高度重视|严格把关|把控|落实责任|宣贯|推广|激发|典型经验|典型做法|列[为入]培育对象|苗子"),
    ("duties", 2, "鼓励"),
    (
        "duties",
        3,
        "指导|总结|引领|强化|加强|真实性|引导|推动|把.{2,40}作为|鼓励|培育计划|储备库|负责.{0,24}(?:工作|协调)",
    ),
)
"""What words speak of, and how much that says of where they belong."""
_ACTS: Final = (
    ("third-party", {"third-party": 4}),
    ("listed-unit", {"management": 4}),
    ("applicant", {"conditions": 1, "procedure": 1, "evaluation": 1}),
    ("own", {"review": 2, "incentives": 1}),
    ("office", {"duties": 1, "procedure": 1, "conditions": -2}),
)
"""What is likely of each who may act."""
_ELSEWHERE: Final = frozenset({"exclusions", "aims", "implements", "basis"})
"""Sections read in another way."""
_OVER: Final = (3.0, 2.0, 1.0)
"""What a heading says of what stands under it, the nearest first."""
_LIKE: Final = 0.3
"""The least share of words in common with a known rule that says something."""
_FEW: Final = 16
"""Characters too few to be like anything."""
_OWN_NAME: Final = 7.0
"""What the name of a section that only this programme has says."""
_CLEAR: Final = 1.5
"""How far one section must be before all others not to be asked for."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A section, and whether nothing speaks for another."""

    section: str
    sure: bool


@dataclass(frozen=True)
class Around:
    """What stands around words: the headings over them from the outermost, who acts (``own``, ``office`` or a party's

    id), whether they stand under one category, the section of what stands before them.
    """

    heads: Sequence[str]
    acts: str = ""
    about: bool = False
    before: str = ""


def placed(text: str, around: Around, known: Iterable[KnownFact], own: Collection[tuple[str, str]] = ()) -> Placed:
    """The section words belong to; ``own`` are the sections of a programme alone, with the name of each."""
    plain = re.sub(r"《[^》]*》|“[^”]{9,}”", "", text)
    plain = tidy(plain) or tidy(text)
    score = _headed(around.heads)
    for name, weight, pattern in _SAID:
        if re.search(pattern, plain):
            score[name] += weight
    for name, called in own:
        if called in text or any(called in head for head in around.heads[-1:]):
            score[name] += _OWN_NAME
    for name, weight in dict(_ACTS).get(around.acts, {}).items():
        score[name] += 0 if around.about and weight < 0 else weight
    if around.about and around.acts not in {"own", "office", "third-party"}:
        score["conditions"] += 2
    if around.before not in {"", *_ELSEWHERE}:
        score[around.before] += 1
    words = pairs_of(text)
    fit = (one for one in known if one.section not in _ELSEWHERE)
    best, share = most_like(fit, lambda one: alike(words, pairs_of(one.said)))
    if best and share >= _LIKE and len(tidy(text)) > _FEW:
        score[best.section] += 8 * share
    if not score:
        return Placed("duties", sure=False)
    first, *others = sorted(score, key=lambda name: -score[name])
    return Placed(first, score[first] - score.get(others[0], 0.0) >= _CLEAR if others else score[first] >= _CLEAR)


def _headed(heads: Sequence[str]) -> defaultdict[str, float]:
    """What the headings over words say; one that speaks of two things says half of each."""
    score: defaultdict[str, float] = defaultdict(float)
    for weight, head in zip(_OVER, reversed(list(dict.fromkeys(heads))), strict=False):
        found = [name for name, pattern in _HEADED if re.search(pattern, tidy(head))] or _general(tidy(head))
        for name in found:
            score[name] += weight / len(found)
    return score


def _general(head: str) -> list[str]:
    return ["duties"] if re.search(_GENERAL, head) else []
