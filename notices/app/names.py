"""What a template may name, told in Chinese for who writes one: ``docs/templates.md`` is made from here."""

from __future__ import annotations

from typing import Final

VALUES: Final = {
    "p": "本版的配置，如 `p.deadlines['city-to-province']`、`p.contacts.office.phone`",
    "a": "发文机关，如 `a.itself`（我厅）、`a.whole`（全区）",
    "year": "年度",
}
FUNCTIONS: Final = {
    "say": ("say(规定)", "一条规定、情形或时限的内容，占位都填上值"),
    "phrase": ("phrase(规定, 前一条)", "适用情形、由谁、内容；与前一条由同一方做的，不再写是谁"),
    "predicate": ("predicate(规定, led=true)", "不写由谁做；led：去掉句首的“优先推荐”，它由 lead 统一写过"),
    "lead": ("lead(几条规定)", "几条规定共有的“优先推荐”，只写一次"),
    "occasion": ("occasion(规定)", "适用情形"),
    "etc": ("etc(规定或负面清单)", "列举未尽的“等”"),
    "ought": ("ought(几条规定, short=true)", "“应当”或“应”：几条规定里有必须做到的才有"),
    "also": ("also(几条规定)", "“且”：几条都要符合的才有"),
    "either": ("either(几条规定)", "“或者”：同一组里符合其一即可的才有"),
    "exclusion": ("exclusion(情形)", "负面清单的一项，连同以什么记录为准"),
    "barred": ("barred(负面清单)", "近几年有下列情形之一的谁，不得做什么"),
    "barred_heading": ("barred_heading(负面清单)", "负面清单的标题"),
    "deadline": ("deadline(时限, 前一条规定, ought=true, carrying=材料)", "谁（应）于何时前（将什么）做什么"),
    "when": ("when(时限)", "何时前"),
    "material": ("material(材料)", "材料的名称，括号里是附件、份数和形式"),
    "handed": ("handed(材料, named=true, copied=false)", "份数和形式；named：名称（附件，份数）"),
    "handed_alike": ("handed_alike(几项材料)", "各项都一样时的份数和形式：一式三份（随附电子版）"),
    "submitted": ("submitted(几项材料, 参与方)", "通过某平台提交：几项都是平台提交的才有"),
    "attachments": ("attachments(材料)", "材料的格式见哪几个附件"),
    "attachment": ('attachment("编号")', "附件2"),
    "attached": ("attached()", "全部附件，依次"),
    "ref": ('ref("编号")', "引用的文件；第一次写全称和简称，以后写简称"),
    "channel": ('channel("编号")', "平台；第一次写网址"),
    "actor": ('actor("编号")', "参与方的称呼"),
    "category_name": ('category_name("类别")', "本版对一个类别的叫法"),
    "noun": ('noun("类别")', "申报的是什么：企业、产品……（写在项目文件里）"),
    "offered": ("offered()", "本年度开展的各类别的名称"),
    "contact": ("contact(联系人)", "一位联系人，一行"),
    "contact_lines": ("contact_lines(联系人)", "（称谓，内容）各行"),
    "articles": ("articles(几条规定)", "几条规定所依据的条：第十条、第十一条"),
    "waiting": ('waiting("什么")', "【待定：什么】：还没有定的内容；印了它就是草稿"),
    "clause": ('clause("名称")', "正文里某个标题的序号"),
    "rules": ('rules("conditions", "类别")', "一节的规定；写上类别，只取那一类的"),
    "section": ('section("management")', "一节的规定，连同项目自己的、排在它之后的各节"),
    "facts": ("facts()", "全部事实：（键，事实）"),
    "joined": ("joined(几项)", "用顿号连接"),
    "bound": ("bound(限值)", "超过50%；只用于附件的表，公文里用 say"),
    "chinese": ("chinese(数)", "汉字数字；同上"),
    "copies": ("copies(数)", "一式几份；同上"),
    "day": ("day(日期)", "年月日；同上"),
    "month_day": ("month_day(月日)", "月日；同上"),
    "number": ("number(数)", "数字；同上"),
    "reference": ("reference(文件)", "《标题》（文号）；同上，公文里用 ref"),
    "years": ("years(时长)", "三年；同上"),
}
"""By name: how it is called, and what it gives."""


def page() -> str:
    """``docs/templates.md``."""
    values = "\n".join(f"| `{name}` | {said} |" for name, said in VALUES.items())
    functions = "\n".join(f"| `{how}` | {said} |" for how, said in FUNCTIONS.values())
    return (
        "# 模板里可以用的名称\n\n"
        "由 `notices template-names` 生成。模板只连接事实：约束词（不得、应当、可以、前、之一……）、数字、日期\n"
        "都由下列函数印出，不写在模板的固定文字里；写了，`lint` 指出文件、行和词，`build` 不生成。\n"
        "函数印出的文字也不能再用 `replace`、`truncate` 改动。\n\n"
        f"## 值\n\n| 名称 | 是什么 |\n|---|---|\n{values}\n\n"
        f"## 函数\n\n| 写法 | 印出什么 |\n|---|---|\n{functions}\n"
    )
