"""The provisions of one sentence: where a condition, a list or an act ends and the next begins."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from notices.importing.sentences import SourcePart, commas
from notices.wording.spelling import tidy

_LEADS: Final = re.compile(
    "(?:[的后时内下上中]|情况|基础上|原则|[要需请]|[:：])[，,：:]?$"
    "|^(?:在|按照?|根据|依据|对照?|如|若|经|以|为|由|从|凡|其中|围绕|结合|通过|针对)[^，]{0,40}[，,]$"
)
"""A part that what follows belongs to."""
VERBS: Final = (
    "加强|组织|引导|支持|推动|完善|提出|出具|确保|报送|开展|形成|建立|制定|做好|激发|引领|切实|充分|认真|严格|及时|积极"
    "|督促|指导|审核|核实|推荐|上报|提交|填报|登录|编制|公开|公示|发布|总结|推广|宣传|跟踪|持续|提供|参照|按照|对照|择优"
    "|实施|落实|把|将|向|对|强化|提升|发挥|打造|培育|优化|征求|纳入|移出|遴选|选择|选取|拟定|要|应|需|不|优先|统筹|探索"
    "|鼓励|主动|深入|展示|披露|联合|评估|监督|进行|严把|抓好|抓紧|高度重视|采取|采用|通知|须|可"
)
_ACT: Final = re.compile(rf"^(?:请|并|且|同时|同步|再|统一|共同|适时|定期|不定期|必要时)?(?:{VERBS})")
_RESULT: Final = re.compile("^(?:并|切实|充分)?(?:确保|形成|推动|发挥|引领|激发|提升|展示|促进|避免|防止|实现|打造)")
"""What an act is for goes with it."""
_BOUND: Final = re.compile("应|须|需|要|可|均|不|也")
"""What is said of those named before it: ……的企业，应当……"""
_SHORTEST: Final = 8
"""Characters that are no provision of their own."""


def acts(text: str) -> bool:
    """Whether words begin with an act: whoever does it is named before them, or nowhere."""
    return bool(_ACT.match(tidy(text)))


def leads(text: str) -> bool:
    """Whether words end in a part that what follows belongs to."""
    return bool(_LEADS.search([*commas(text)][-1]))


def provisions(run: Sequence[SourcePart]) -> Iterator[list[SourcePart]]:
    """Parts of a sentence together that make one provision: a condition with what follows, a list, an act."""
    held: list[SourcePart] = []
    for part in run:
        own = acts(part.text) and not _RESULT.match(tidy(part.text)) and len(tidy(part.text)) > _SHORTEST
        bound = _BOUND.match(tidy(part.text)) and not any(acts(one.text) for one in held)
        if held and own and not bound and not _LEADS.search(held[-1].text):
            yield held
            held = []
        held.append(part)
    if held:
        yield held
