"""Worker processes: a task has so long and so much memory; one that takes more is ended, the others go on."""

from __future__ import annotations

import asyncio
import contextlib
import multiprocessing
import os
import signal
from collections.abc import Callable
from concurrent.futures import TimeoutError as OverdueError
from dataclasses import dataclass, field
from typing import ParamSpec, TypeVar

from pebble import ProcessExpired, ProcessPool

from notices.errors import NoticesError

try:
    import resource
except ImportError:  # Windows
    resource = None  # type: ignore[assignment]

SECONDS = 20.0
"""What a task has, unless it asks for more."""
MEMORY = 3 * 1024**3
"""Bytes a worker may have in its address space; where the system knows no such limit there is none."""

_TASKS = [
    f"notices.workbench.tasks.{page}"
    for page in ("editions", "edition", "importing", "checklist", "comparing", "calendar", "papers")
]
"""What a worker has loaded before its first task."""

P = ParamSpec("P")
R = TypeVar("R")


class TaskStoppedError(NoticesError):
    """A task took too long or too much; nothing of it was kept."""


def limited() -> None:
    """In a worker: no more memory than that, and no interrupt of its own when the terminal sends one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if resource is not None:
        hard = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = MEMORY if hard == resource.RLIM_INFINITY else min(MEMORY, hard)
        resource.setrlimit(resource.RLIMIT_AS, (most, hard))


def _context() -> multiprocessing.context.BaseContext:
    """A server of forks that has the library loaded already: a new worker begins at once."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(_TASKS)
        return context
    return multiprocessing.get_context("spawn")


@dataclass
class Pool:
    """The workers of a workbench. ``size`` of them; None is one for each processor, two at least."""

    size: int | None = None
    _pool: ProcessPool = field(init=False)
    _long: asyncio.Semaphore = field(init=False)
    """Who has a task that may take longer than :data:`SECONDS`: one worker is always left to the others."""

    def __post_init__(self) -> None:
        workers = self.size or max(2, os.cpu_count() or 2)
        self._long = asyncio.Semaphore(max(1, workers - 1))
        self._pool = ProcessPool(max_workers=workers, max_tasks=500, initializer=limited, context=_context())

    async def run(self, task: Callable[P, R], limit: float, /, *args: P.args, **given: P.kwargs) -> R:
        """What a function of a module gives back, run in a worker; ``limit`` in seconds, its wait in line not counted.

        Raises:
            TaskStoppedError: it took too long, too much memory, or ended the process. Whatever the task raises.
        """
        try:
            async with self._long if limit > SECONDS else contextlib.nullcontext():
                future = self._pool.schedule(task, args=args, kwargs=given, timeout=limit)
                return await asyncio.wrap_future(future)
        except OverdueError:
            raise TaskStoppedError(f"这一步做了 {limit:g} 秒还没有完，已经停下，什么都没有改") from None
        except MemoryError:
            raise TaskStoppedError("这一步要的内存太多，已经停下，什么都没有改") from None
        except ProcessExpired:
            raise TaskStoppedError("这一步意外结束，什么都没有改；文件可能有毛病，换一份再试") from None

    def close(self) -> None:
        """End all workers, whatever they do."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
