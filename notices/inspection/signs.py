"""What the parts of an official paper are known by: their words, in patterns. Texts are without blanks (:func:`solid`).

Half-width marks count as full-width ones: who types a paper mixes them.
"""

from __future__ import annotations

import re
from typing import Final

_FULL: Final = str.maketrans("():;,[]", "（）：；，〔〕")
_CHINESE: Final = "一二三四五六七八九十百零〇"


_OPEN: Final = {
    "发文字号": "××〔20××〕×号",
    "成文日期": "20××年×月×日",
    "印发日期": "20××年×月×日",
    "发文机关": "××办公室",
    "印发机关": "××办公室",
    "主送机关": "各单位：",
}
_WAITING: Final = re.compile("【待定：(?:(主送机关)】：?|(.{1,6}?)】)")


def solid(text: str) -> str:
    """A text without blanks, its brackets, colons, semicolons and commas full-width.

    What is still to be confirmed (【待定：成文日期】) is put as a date or a number that nobody knows yet.
    """
    whole = re.sub(r"\s+", "", text).translate(_FULL)
    return _WAITING.sub(lambda match: _OPEN.get(match[1] or match[2], match[0]), whole)


KINDS: Final = (
    "决议|决定|命令|令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
    "|公示|办法|规定|细则|条例|规则|规程|规范|章程|制度|准则|方案|规划|计划|要点|总结|指南|指引|清单|名单|目录|标准"
    "|汇总表|申请表|申请书|登记表|情况表|一览表|台账|模板|样式|要求|说明|答复|复函|讲话|证明|承诺书|表"
)
"""How the title of a paper or of an attachment ends: the fifteen kinds of 条例 and what is attached to them."""
TITLE: Final = re.compile(rf"(?:{KINDS})(?:（[^（）]*）)*$")
STRONG_TITLE: Final = re.compile(rf"关于.{{2,80}}的?(?:{KINDS})(?:（[^（）]*）)*$")

ORGAN: Final = re.compile(
    r"(?:人民政府|委员会|办公厅|办公室|管委会|党组|党委|纪委|政协|人大|政府|公司|集团|大学|学院|医院|银行|法院|检察院|研究院"
    r"|设计院|协会|学会|商会|联合会|总工会|中心|总局|总队|支队|大队|兵团|工会|海关|学校|[厅局部委办院署社站所会处校科])"
    r"(?:（[^（）]*）)?$"
)
"""How the name of an issuer ends."""
OFFICE: Final = re.compile(
    r"^(?:代?省长|代?市长|代?县长|代?区长|部长|主任|主席|局长|厅长|署长|总理|院长|校长|司令员|董事长|总经理|书记)"
)
"""Who signs an order by name begins with what he is."""

COPY_NUMBER: Final = re.compile(r"\d{6}")
SECRECY: Final = re.compile(r"(?:绝密|机密|秘密)(?:★.*)?|密级：.*")
URGENCY: Final = re.compile(r"特提|特急|加急|平急|紧急|急件")
SIGNER: Final = re.compile(r"签发人：")
NUMBER: Final = re.compile(
    r"[\u4e00-\u9fff（）A-Za-z×]{1,20}[〔（【［﹝\[](?:19|20)(?:\d{2}|[×xX]{2})[〕）】］﹞\]]第?[\d×xX]{1,5}号"
)
"""发文字号 alone on its line; what its brackets should be is not asked here."""
COUNTED: Final = re.compile(r"（?(?:(?:19|20)\d{2}年|〔(?:19|20)\d{2}〕)?第?[\d" + _CHINESE + r"]{1,6}[号期次]）?")
"""The number of an order, a notice to the public or minutes: 第12号, 第3期, 〔2024〕3号."""
FILE: Final = "文件"
"""Beside the names of issuers, where several have one mark."""
FILE_MARK: Final = re.compile(r"[\u4e00-\u9fff（）]{2,40}(?:文件|命令|令|纪要|公报)$")

DATE: Final = re.compile(
    rf"(?:[12]\d{{3}}|[12]\d[×xX_]{{2}}|[○O{_CHINESE}]{{4}}|[×xX_]{{2,4}})年"
    r"[\d" + _CHINESE + r"×xX_]{0,3}月[\d" + _CHINESE + r"×xX_]{0,3}日"
)
LOOSE_DATE: Final = re.compile(r"[12]\d{3}[.\-/]\d{1,2}[.\-/]\d{1,2}日?|[12]\d{3}年\d{1,2}月")
PRINTED: Final = re.compile(rf"^(?P<issuer>.{{0,60}}?)，?(?P<date>{DATE.pattern})印[发制]?$")
COPIES: Final = re.compile(r"^(?:抄送|抄报|分送|主送|发送|报送|抄)：")
PRINT_RUN: Final = re.compile(r"^（?共印[\d×]+份）?$")

LEVELS: Final = {
    "level-1": re.compile(rf"[{_CHINESE}]{{1,4}}、"),
    "level-2": re.compile(rf"（[{_CHINESE}]{{1,4}}）"),
    "level-3": re.compile(r"\d{1,3}(?:[．、]|\.(?!\d))"),
    "level-4": re.compile(r"（\d{1,3}）"),
    "chapter": re.compile(rf"第[{_CHINESE}\d]{{1,4}}[章编](?![程节])"),
    "article": re.compile(rf"第[{_CHINESE}\d]{{1,6}}条(?![第款规的])"),
}
"""结构层次序数 (7.3.3), and 章 and 条 of a set of rules."""

ATTENDANCE: Final = re.compile(r"(?:出席|请假|列席)(?:人员|单位|领导|同志)?：.")
"""出席, 请假 and 列席 under minutes."""
MINUTES: Final = re.compile(r"纪要(?:（[^（）]*）)*$")
NOTE: Final = re.compile(r"（.+）")
LISTED: Final = re.compile(r"[-—·•]?附件?(?:列表|清单|下载)?：")
"""附件说明 begins so: 附件：…"""
LISTED_EACH: Final = re.compile(r"附件[\d" + _CHINESE + r"]{1,3}[：.．、]?(?=.)")
"""A line a name: 附件1：…, as web pages have it."""
ATTACHMENT: Final = re.compile(
    rf"(?:{NUMBER.pattern})?附(?:件|表|录|图)(?:[\d{_CHINESE}]{{0,3}}|[A-H])(?:[-－—]\d{{1,2}})?：?"
)
"""附件1 alone on its line; one that is not bound with its paper has the paper's number before it."""
FILLED_DATE: Final = re.compile(r"(?:20)?年月日")
FILLED_NAME: Final = re.compile(r"（?(?:.{0,30}(?:签字|签名|签章|公章|盖章))(?:）|：|）：)?$")
"""A place to sign in a form, and the day under it."""
ITEM: Final = re.compile(r"(\d{1,2})(?:[．、：]|\.(?!\d))")
PAGE_NUMBER: Final = re.compile(r"[-—–－]+\d{1,4}[-—–－]+|第\d{1,4}页(?:，?共\d{1,4}页)?|\d{1,4}/\d{1,4}")

NAMES: Final = re.compile(
    r"各|厅|局|部|委|办|政府|单位|公司|中心|院|校|大学|银行|处|所|科室|企业|集团|协会|主管部门|同志|先生|女士|代表"
)
"""What an addressee is called by."""
NO_ADDRESSEE: Final = re.compile(
    r"如下|(?:通知|公告|通报|说明|事项|要求|意见|措施|包括|有|是|为|到|在)：$"
    r"|^(?:附|联系|标题|名称|抄送|签发|出席|列席|请假|时间|地点|主持|记录|来源|字号|索引|发布|发文|成文|分类|主题词|主送|电话|传真)"
)
"""A line that ends with a colon and speaks to nobody."""
META: Final = re.compile(
    r"^(?:索引号|分类|主题分类|发文机关|发布机构|发文字号|文号|成文日期|发布日期|发布时间|有效性|主题词|来源|标题|名称|字号"
    r"|信息来源|浏览次数|打印|分享|时间)：?"
)
"""What stands around a paper on a web page."""

_ENDED: Final = "。；：！？，、"


def ended(text: str) -> bool:
    """Whether a text ends as a sentence or a part of one does, not as a name or a title."""
    return text[-1:] in _ENDED


def heads(text: str) -> bool:
    """Whether a solid text is a document number, with who signs beside it perhaps, or a mark that says what it is."""
    return NUMBER.fullmatch(text.partition("签发人：")[0]) is not None or FILE_MARK.fullmatch(text) is not None


def in_head(text: str) -> bool:
    """Whether a solid text may stand in a masthead."""
    alone = any(one.fullmatch(text) for one in (COPY_NUMBER, SECRECY, URGENCY, COUNTED))
    return heads(text) or alone or text == FILE or SIGNER.match(text) is not None or organ(text)


def level(text: str) -> str:
    """The level a solid text begins with, ``""`` without one."""
    return next((name for name, pattern in LEVELS.items() if pattern.match(text)), "")


def organ(text: str) -> bool:
    """Whether a solid text is the name of an issuer: short, no sentence, no level."""
    return 3 <= len(text) <= 40 and bool(ORGAN.search(text)) and not re.search("[，。；：、《》“”]|关于", text)
