"""Figures for checklists: applicants a second, on one process, on two, and on a local Dask cluster; and their growth.

Run with ``python benchmarks/checklists.py [N]``; N (10,000) applicants are judged and written as Markdown, a
hundredth of them as docx and as docx and PDF. Nothing here decides a test: a slow machine is not a fault.
"""

from __future__ import annotations

import datetime as dt
import random
import statistics
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from distributed import LocalCluster
from measure import ROOT, _machine
from stdnum.cn import uscc

from notices.checklist.batch.job import Desk, Order
from notices.checklist.batch.run import How, run
from notices.checklist.facts import facts
from notices.checklist.intake import Applicant, Intake
from notices.checklist.outcome import judged
from notices.forms.data.records import Record

DAY = dt.date(2024, 9, 1)
EDITION, CATEGORY = "guizhou@2024", "factory"
KINDS = ("生产安全事故", "行政处罚", "经营异常名录", "失信被执行人", "环境污染事件", "工业节能监察整改")
CERTIFICATES = ("质量管理体系", "环境管理体系", "职业健康安全管理体系", "能源管理体系")


def applicants(count: int) -> Iterator[Applicant]:
    """Invented applicants, each filled in fully: one in three has something against it."""
    chance = random.Random(2024)  # noqa: S311 - invented data, the same every time
    for number in range(count):
        body = f"9152{chance.randrange(100, 999):03}0MA{number:07}"
        values = {
            "name": f"虚构第{number:05}制造有限公司",
            "code": body + uscc.calc_check_digit(body),
            "industry-code": "3011",
            "sector-class": "制造业（不含烟草制品业）",
            "legal-entity": "是",
            "manufacturing": "是",
            "green-list-levels": ("市级",),
            "operating-normally": "是" if chance.random() > 0.05 else "否",
            "standstill-months": chance.choice((0, 0, 0, 0, 3, 12)),
            "annual-energy-consumption": Decimal(chance.randrange(500, 90_000)),
            "energy-level": chance.choice(("达到标杆水平", "未达到标杆水平")),
            "energy-quota-grade": chance.choice((1, 2, 3)),
            "outdated-equipment": chance.choice(("否", "否", "否", "是")),
            "energy-diagnosis": chance.choice(("是", "否")),
            "certificates-listed": "是",
            "records-checked": dt.date(2024, 8, 20),
        }
        held = [kind for kind in CERTIFICATES if chance.random() > 0.1]
        certificates = tuple(
            {"certificate": kind, "expires": dt.date(2024, 6 + chance.randrange(7), 28)} for kind in held
        )
        records = tuple(
            {
                "record-kind": chance.choice(KINDS),
                "record-date": DAY - dt.timedelta(chance.randrange(2000)),
                "severity": "一般",
            }
            for _ in range(chance.choice((0, 0, 1, 2)))
        )
        yield Applicant(Record(values, {"certificates": certificates, "records": records}), f"第{number + 2}行")


def main() -> None:
    """Print the machine and every figure."""
    most = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    print(f"机器：{_machine()}\n版本 {EDITION}，类别 {CATEGORY}\n")
    people = tuple(applicants(most))
    _judging(people)
    for formats, count in (((), most), (("md",), most), (("docx",), most // 50), (("docx", "pdf"), most // 100)):
        _making(people[:count], formats)


def _judging(people: tuple[Applicant, ...]) -> None:
    desk = Desk(_order(()))
    for count in (len(people) // 100, len(people)):
        some = people[:count]
        seconds = statistics.median(_judged(desk, some) for _ in range(5))
        print(f"只判断，{count} 家，一个进程内：每秒 {count / seconds:,.0f} 家")


def _judged(desk: Desk, people: tuple[Applicant, ...]) -> float:
    start = time.perf_counter()
    for one in people:
        judged(desk.checklist, facts(one.record))
    return time.perf_counter() - start


def _making(people: tuple[Applicant, ...], formats: tuple[str, ...]) -> None:
    desk = Desk(_order(formats))
    small = people[: max(len(people) // 100, 4)]
    name = "+".join(formats) or "只判断、记入日志"
    first = _run(desk, small, How(1))
    rest = {"1 个进程": How(1), "2 个进程": How(2)}
    for label, how in rest.items():
        seconds = _run(desk, people, how)
        growth = f"；{len(small)} 家时每秒 {len(small) / first:,.1f} 家" if how.jobs == 1 else ""
        print(
            f"{name}，{len(people)} 家，{label}：{seconds:.1f} 秒，每秒 {len(people) / seconds:,.1f} 家{growth}",
            flush=True,
        )
    with _cluster() as cluster:
        seconds = _run(desk, people, How(1, cluster.scheduler_address))
        print(
            f"{name}，{len(people)} 家，本机 Dask（2 个工作进程）：{seconds:.1f} 秒，每秒 {len(people) / seconds:,.1f} 家",
            flush=True,
        )


def _cluster():
    warnings.simplefilter("ignore")  # about ports and the like, in the middle of the figures
    return LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None)


def _run(desk: Desk, people: tuple[Applicant, ...], how: How) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        run(desk, Intake("applicants", people), Path(folder), how)
        return time.perf_counter() - start


def _order(formats: tuple[str, ...]) -> Order:
    return Order(None, EDITION, CATEGORY, DAY, formats=formats, fonts=(ROOT / ".fonts",))


if __name__ == "__main__":
    main()
