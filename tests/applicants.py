"""Applicants that several tests judge: made up, valid, the same every time."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from stdnum.cn import uscc

from notices.checklist.batch.job import Desk, Order
from notices.checklist.intake import Applicant
from notices.forms import workbook
from notices.forms.data.records import Record

DAY = dt.date(2024, 9, 1)


def asked(profile):
    """The categories of an edition with a negative list: others leave what they ask to another paper, or are half read."""
    return profile.offered if profile.exclusions else ()


def code(number):
    body = f"91520900MA{number:07}"
    return body + uscc.calc_check_digit(body)


def record(number, *, records=(), certificates=("能源管理体系",), **values):
    """A factory without fault, but for what is given; ``None`` leaves a field empty."""
    own = {
        "name": f"第{number}号虚构{'甲乙丙丁戊己庚辛'[number % 8]}制造厂",
        "code": code(number),
        "sector-class": "制造业（不含烟草制品业）",
        "legal-entity": "是",
        "manufacturing": "是",
        "green-list-levels": ("市级",),
        "operating-normally": "是",
        "standstill-months": 0,
        "annual-energy-consumption": Decimal(5000),
        "energy-level": "达到标杆水平",
        "energy-quota-grade": 1,
        "outdated-equipment": "否",
        "energy-diagnosis": "是",
        "certificates-listed": "是",
        "records-checked": dt.date(2024, 8, 20),
    } | {name.replace("_", "-"): value for name, value in values.items()}
    held = tuple(
        {"certificate": kind, "issued": dt.date(2023, 1, 4), "expires": dt.date(2026, 1, 3)} for kind in certificates
    )
    tables = {"certificates": held, "records": tuple(records)}
    return Record({name: value for name, value in own.items() if value is not None}, tables)


def applicant(number, **more):
    return Applicant(record(number, **more), f"第{number}行")


def desk(formats=(), edition="guizhou@2024", category="factory", day=DAY, **more):
    return Desk(Order(None, edition, category, day, formats=formats, **more))


def sheet(path, records, made=None):
    """A filled workbook of the factory's form."""
    path.write_bytes(workbook.write((made or desk()).sheet, records))
    return path
