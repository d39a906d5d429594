"""Sound inputs, small so that a run costs milliseconds: what the mutators begin with."""

from __future__ import annotations

PROFILE = """\
id: testland
year: 2024
source:
  title: 云岭省的通知
  checked: 2026-11-20
  clauses: [标题, 发文字号, 主送机关, 引言, 一, 二第1段, 二第2段, 三, 联系人, 附件, 落款]
authority: {name: 云岭省工业和信息化厅, region: 云岭省, level: 省级}
papers:
  notice:
    title: 云岭省工业和信息化厅关于开展{year}年度省级绿色制造名单申报工作的通知
    number: 云工信节能〔2024〕17号
    issued: 2024-04-03
    addressees: [各市工业和信息化局]
    imprint: {issuer: 云岭省工业和信息化厅办公室, printed: 2024-04-03}
    cite: [标题, 发文字号, 主送机关, 落款]
actors: {city: 各市, province: 我厅}
references:
  plan: {title: 云岭省绿色制造行动方案（2023—2027年）, number: 云政发〔2023〕9号, alias: 《方案》, cite: 引言}
implements:
  plan: {label: 方案, say: "{ref:plan}", cite: 引言}
categories:
  factory: {name: 绿色工厂, cite: 一}
conditions:
  factory.certificate:
    label: 认证
    for: [factory]
    strength: principle
    say: 年综合能源消费量{value}以上（含{value}）的，原则上应通过能源管理体系认证
    binds: [以上]
    limit: {fact: annual_energy_consumption, op: ">=", value: 3000, unit: 吨标准煤}
    cite: 一
deadlines:
  city-to-province: {by: city, to: province, say: "将《推荐汇总表》（{attachment:summary}）报送我厅", date: 2024-05-31, cite: 二第1段}
  publicity: {by: province, say: 公示, span: {value: 7, unit: 工作日, op: ">="}, cite: 三}
exclusions:
  subjects: 企业
  lookback: {value: 3, unit: 年}
  bars: 申报
  cite: 二第2段
  items:
    accident: {say: "发生{severity}安全事故的", severity: larger, cite: 二第2段}
contacts:
  office: {person: 张三, phone: 0771-1234567, cite: 联系人}
attachments:
  summary: {title: 推荐汇总表, cite: 附件, kind: table, forms: [list]}
"""
SMALL = """\
id: smalland
year: 2024
source: {title: 云岭市的通知, checked: 2026-11-20, clauses: [引言, 一, 二]}
authority: {name: 云岭市工业和信息化局, region: 云岭市, level: 市级}
papers:
  notice:
    title: 云岭市工业和信息化局关于申报{year}年度绿色工厂的通知
    number: 云工信〔2024〕7号
    issued: 2024-04-03
    addressees: [各区工业和信息化局]
    imprint: {issuer: 云岭市工业和信息化局办公室, printed: 2024-04-03}
    cite: 引言
actors: {city: 各区, province: 我局}
categories: {factory: {name: 绿色工厂, cite: 一}}
conditions:
  factory.energy: {label: 能耗, for: [factory], say: "年综合能源消费量{limit}", limit: {fact: energy, op: ">=", value: 3000, unit: 吨标准煤}, cite: 一}
deadlines:
  city-to-province: {by: city, to: province, say: 报送我局, date: 2024-05-31, cite: 二}
contacts: {office: {person: 张三, phone: 0771-1234567, cite: 二}}
"""
SOURCE = """\
云岭省工业和信息化厅关于开展2024年度省级绿色制造名单申报工作的通知

云工信节能〔2024〕17号

各市工业和信息化局：

为贯彻落实《云岭省绿色制造行动方案（2023—2027年）》（云政发〔2023〕9号，以下简称《方案》），我厅决定开展2024年度省级绿色制造名单申报工作。现将有关事项通知如下：

一、申报范围

绿色工厂：年综合能源消费量3000吨标准煤以上（含3000吨标准煤）的，原则上应通过能源管理体系认证。

二、工作要求

各市要于2024年5月31日前，将《推荐汇总表》（附件1）报送我厅。

近三年有下列情形的企业，不得申报：发生较大及以上安全事故的。

三、公示

公示时间不少于7个工作日。

联系人及电话：张三，0771-1234567
附件：1. 推荐汇总表

云岭省工业和信息化厅

2024年4月3日
"""
FIGURES = (
    *(
        "〔2024〕17号",
        "〔2023〕9号",
        "（2023—2027年）",
        "3000吨标准煤以上",
        "含3000吨标准煤",
        "原则上",
        "5月31日前",
        "近三年",
    ),
    *(
        "不得申报",
        "较大及以上",
        "不少于7个工作日",
        "张三",
        "0771-1234567",
        "4月3日",
        "能源管理体系认证",
        "绿色工厂",
        "2024年度",
    ),
)
"""What of the source every fact hangs on: a report that calls all sound, without one of them, is wrong."""
TEMPLATE = """\
{% block preamble %}
{{ say(p.implements.plan) }}，现组织开展{{ year }}年度{{ a.level }}绿色制造名单申报工作。
{% endblock %}

{% block scope %}
# 申报范围

类别为{{ joined(offered()) }}。{{ phrase(p.conditions["factory.certificate"]) }}。
{% endblock %}

{% block materials %}
# 材料报送和时限

{% for item in p.deadlines.values() %}
{{ deadline(item) }}。

{% endfor %}
{{ barred(p.exclusions) }}：{% for item in p.exclusions.items.values() %}{{ exclusion(item) }}{% endfor %}。
{% endblock %}

{% block contacts %}
联系人及电话：{{ contact(p.contacts.office) }}
{% endblock %}
"""
FORM = """\
name: 汇总表
basis: 测试
page: landscape
fields:
  firm: {label: 企业名称, required: true, width: 8}
  firm-code: {label: 统一社会信用代码, type: code}
  rated: {label: 得分, type: number, least: 0, most: 100}
  share: {label: 占比, type: percent}
  day: {label: 日期, type: date}
  trade: {label: 行业代码, type: industry}
  call: {label: 电话, type: phone}
  grade: {label: 等级, type: choice, choices: [1级, 2级]}
  words: {label: 说明, type: long, width: 6}
parts:
  - table: firms
    name: 企业
    small: true
    columns: [number, firm, firm-code, rated, share, day, trade, call, grade, words]
"""
HEADS = ["企业名称", "统一社会信用代码", "得分", "占比（%）", "日期", "行业代码", "电话", "等级", "说明"]
CODES = ("914599000000000001", "914599000000000014", "914599000000000027")
APPLICANT = """\
name: 黔屏州云台水泥有限公司
area: 黔屏州
industry: 水泥制造
industry-code: "3011"
contact: 潘立诚
phone: "0859-6100301"
legal-entity: 是
operating-normally: 是
standstill-months: 0
annual-energy-consumption: 168240
energy-level: 达到标杆水平
outdated-equipment: 否
records-checked: 2024-03-26
certificates-listed: 是
certificates:
  - {certificate: 质量管理体系, certificate-number: YS-Q-2022-0417, issued: 2022-04-18, expires: 2025-04-17}
  - {certificate: 能源管理体系, certificate-number: YS-EN-2023-0051, issued: 2023-06-05, expires: 2026-06-04}
records: []
"""
PEOPLE = [
    [
        "单位名称",
        "所在地区",
        "依法设立，具有独立法人资格或者是视同法人的独立核算单位",
        "近三年正常生产经营",
        "年综合能源消费量（吨标准煤）",
    ],
    *([f"第{number}号虚构制造厂", "黔屏州", "是", "是", str(5000 + number)] for number in range(4)),
]


def row(number: int) -> list[str]:
    """A sound row of the table, with marks that must be found again."""
    start = [
        f"标记甲{number:04d}公司",
        CODES[number % 3] if number < 3 else "",
        f"{number % 100}.5",
        "52",
        "2024-05-31",
        "3011",
    ]
    return [*start, "0779-6100118", "1级", f"标记乙{number:04d}说明"]
