"""Work spread over processes of this machine, or over a Dask cluster: the same function, results in the order given."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import CancelledError, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from typing import Any, TypeAlias, TypeVar, cast

from notices.checklist.batch.job import MadeChecklist, Order, work
from notices.checklist.intake import Applicant
from notices.errors import Exit, MissingPartError, NoticesError
from notices.forms.data.records import Record

T = TypeVar("T")
Chunk: TypeAlias = Sequence[Applicant]
_AHEAD = 4
"""Chunks a process has waiting: enough that none is idle, few enough that ten thousand results are never held."""
_CONNECT = "20s"
"""How long a scheduler, or one that comes back, is waited for."""
_PULSE = 10.0
"""Seconds without a result after which it is looked whether anybody is at work."""
_RENEWALS = 5
"""Times a connection is made again: a scheduler our work ends each time is no use."""


class CrewError(NoticesError):
    """A process, or the cluster, has gone away."""

    exit_code = Exit.ENVIRONMENT


def cores() -> int:
    """How many processes this machine can keep busy."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def made(
    order: Order, chunks: Iterable[Chunk], jobs: int, scheduler: str | None = None
) -> Iterator[list[MadeChecklist]]:
    """What :func:`notices.checklist.batch.job.work` makes of each chunk, in order.

    Args:
        order: what to make.
        chunks: the applicants, some at a time.
        jobs: how many processes; one works in this process.
        scheduler: the address of a Dask scheduler, which then counts in place of ``jobs``.

    Raises:
        MissingPartError: Dask is not installed. CrewError: the scheduler does not answer, or a process was ended.
    """
    if scheduler is not None:
        with _cluster(scheduler) as (submit, width):
            yield from _in_order(submit, order, chunks, width * _AHEAD)
    elif jobs <= 1:
        yield from (work(order, chunk) for chunk in chunks)
    else:
        with _pool(jobs) as submit:
            yield from _in_order(submit, order, chunks, jobs * _AHEAD)


def apart(function: Callable[..., T], *given: object) -> T:
    """What a function gives, made in a process of its own: the memory it takes is given back.

    Raises:
        CrewError: the process was ended.
    """
    with _pool(1) as submit:
        return cast("T", submit(function, *given).result())


def _packed(one: Applicant) -> Applicant:
    """An applicant as it can be sent to another process."""
    record = one.record
    tables = {name: tuple(dict(row) for row in rows) for name, rows in record.tables.items()}
    return Applicant(Record(dict(record.values), tables), one.place, one.places)


def _in_order(
    submit: Callable[..., Any], order: Order, chunks: Iterable[Chunk], ahead: int
) -> Iterator[list[MadeChecklist]]:
    waiting: deque[Any] = deque()
    for chunk in chunks:
        waiting.append(submit(work, order, tuple(map(_packed, chunk))))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


@contextmanager
def _pool(jobs: int) -> Iterator[Callable[..., Any]]:
    """Fresh processes on every system: none inherits a lock or an open file."""
    others = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin)
    try:
        yield pool.submit
    except BrokenProcessPool:
        hint = "做完的都留着，加 --resume 接着做；内存不够时把 --jobs 改小"
        raise CrewError(f"有一个进程被系统中止了（多半是内存不够）\n    → {hint}") from None
    except BaseException:
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()  # what it is making now is of no use to anybody
        raise
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _begin() -> None:
    """Ctrl-C is answered once, by the process that was started by hand; when that is gone, this one goes as well."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_follow, daemon=True).start()


def _follow() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


@contextmanager
def _cluster(address: str) -> Iterator[tuple[Callable[..., Any], int]]:
    try:
        import distributed  # noqa: F401, PLC0415 - an extra, and slow to import
        from distributed.scheduler import KilledWorker  # noqa: PLC0415
    except ImportError:
        hint = '运行 pip install "green-notices[dask]"；或不写 --scheduler，只用本机'
        raise MissingPartError(f"没有安装 Dask\n    → {hint}") from None
    link = _Link(address)
    try:
        width = sum(link.client.nthreads().values())
        if not width:
            raise CrewError(f"Dask 调度器 {address} 下面没有工作进程\n    → 先启动 dask worker")
        yield lambda *given: _Errand(link, given), width
    except KilledWorker:
        raise CrewError("集群上的工作进程多次中止（多半是内存不够）\n    → 做完的都留着，加 --resume 接着做") from None
    finally:
        link.close()


class _Link:
    """The connection to a scheduler, made anew when it breaks. What was handed in before is gone then."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._renewals = 0
        try:
            self.client = self._connected()
        except (OSError, TimeoutError, ValueError) as error:
            message = f"连不上 Dask 调度器 {address}（{error}）"
            raise CrewError(
                f"{message}\n    → 检查地址（如 tcp://10.0.0.5:8786）和网络；或不写 --scheduler，只用本机"
            ) from None

    def _connected(self) -> Any:  # noqa: ANN401 - Dask has no types
        from distributed import Client  # noqa: PLC0415

        return cast("Any", Client)(self.address, timeout=_CONNECT, set_as_default=False)

    def renew(self, broken: Any) -> None:  # noqa: ANN401
        """Connect again, unless somebody has since ``broken`` was in use; wait for the scheduler and a worker.

        Raises:
            CrewError: they do not come back.
        """
        if self.client is not broken:
            return
        self._renewals += 1
        self.close()
        if self._renewals > _RENEWALS:
            raise self._lost("多次断开")
        try:
            self.client = self._connected()
        except (OSError, TimeoutError, ValueError) as error:
            raise self._lost(f"中途断开，没有恢复（{error}）") from None
        self.watch()

    def _lost(self, what: str) -> CrewError:
        hint = "做完的都留着：集群恢复后同样的命令加 --resume 接着做；或去掉 --scheduler、加 --resume，用本机做完"
        return CrewError(f"Dask 调度器 {self.address} {what}\n    → {hint}")

    def watch(self) -> None:
        """Nothing has come for a while: see that somebody is at work.

        Raises:
            CrewError: every worker has gone, and none comes.
        """
        try:
            self.client.wait_for_workers(1, timeout=_CONNECT)
        except TimeoutError:
            raise self._lost("下面的工作进程都没有了") from None

    def close(self) -> None:
        """Let go of the scheduler, there or not."""
        with suppress(Exception):
            self.client.close(timeout=1)


class _Errand:
    """A handful on a cluster. When the scheduler forgets it, restarted or closed, it is handed in again."""

    def __init__(self, link: _Link, given: Sequence[Any]) -> None:
        self._link, self._given = link, given
        self._hand_in()

    def _hand_in(self) -> None:
        self._client = self._link.client
        self._future = self._client.submit(*self._given, pure=False)

    def result(self) -> Any:  # noqa: ANN401 - what the function gives
        """What became of it.

        Raises:
            CrewError: the cluster is gone for good. What the function raises, too.
        """
        while True:
            try:
                return self._future.result(timeout=_PULSE)
            except (Exception, CancelledError) as error:
                if self._future.status == "error":  # the function's own, or a worker's that died of it again and again
                    raise
                if not isinstance(error, TimeoutError) or self._future.status != "pending":
                    self._link.renew(self._client)
                    self._hand_in()
                    continue
            self._link.watch()
