"""Long work in processes of its own: one at a time for each user, the others wait; stopped, it goes on where it was.

A job is a folder: ``job.json`` says what is wanted, ``status.json`` how far it is (written by its process alone). The
folder is all there is to a job, so that one a killed server left behind is taken up again.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeAlias

from notices import files

AT_ONCE = 2
"""Jobs that run at the same time; no two of one user."""
ORDER, STATUS = "job.json", "status.json"
_PATIENCE = 20.0
"""Seconds a job that is told to end has to be gone."""

State: TypeAlias = Literal["running", "waiting", ""]


def read(folder: Path, name: str) -> dict[str, Any]:
    """A file of a job; nothing where it is not there, or somebody has spoilt it."""
    try:
        found = json.loads((folder / name).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write(folder: Path, name: str, told: Mapping[str, Any]) -> None:
    """Write a file of a job, whole or not at all.

    Raises:
        OutputError: it cannot be written.
    """
    files.write(folder / name, json.dumps(told, ensure_ascii=False, indent=1).encode())


@dataclass
class Jobs:
    """The jobs of a running workbench. ``module`` is what a job's process runs, with its folder and the workspace."""

    module: str
    _waiting: list[tuple[Path, Path]] = field(default_factory=list)
    _running: dict[Path, subprocess.Popen[bytes]] = field(default_factory=dict)
    _lock: threading.RLock = field(default_factory=threading.RLock)

    def start(self, folder: Path, workspace: Path) -> None:
        """Begin a job, or go on with it; it waits its turn."""
        with self._lock:
            if self.state(folder):
                return
            self._waiting.append((folder, workspace))
        self._next()

    def state(self, folder: Path) -> State:
        """Whether a job runs, or waits for others."""
        with self._lock:
            if folder in self._running:
                return "running"
            return "waiting" if any(folder == one for one, _ in self._waiting) else ""

    def before(self, folder: Path) -> int:
        """How many jobs have to end before one that waits begins, at most."""
        with self._lock:
            waiting = [one for one, _ in self._waiting]
            return len(self._running) + (waiting.index(folder) if folder in waiting else 0)

    def stop(self, folder: Path) -> None:
        """End a job, or take it out of the line; what it has made stays. It is gone when this returns."""
        with self._lock:
            self._waiting = [one for one in self._waiting if one[0] != folder]
            process = self._running.get(folder)
        if process is not None:
            _ended(process)
            with self._lock:
                self._running.pop(folder, None)
            self._next()

    def close(self) -> None:
        """End all of them."""
        with self._lock:
            self._waiting.clear()
            running = list(self._running.values())
        for process in running:
            process.terminate()
        for process in running:
            _ended(process)

    def _next(self) -> None:
        with self._lock:
            for folder, workspace in list(self._waiting):
                theirs = any(one.parent == folder.parent for one in self._running)
                if len(self._running) < AT_ONCE and not theirs:
                    self._waiting.remove((folder, workspace))
                    self._begin(folder, workspace)

    def _begin(self, folder: Path, workspace: Path) -> None:
        command = [sys.executable, "-m", self.module, str(folder), str(workspace)]
        # its standard input is a pipe nobody writes to: when this process is gone it ends, and so does the job
        process = subprocess.Popen(  # noqa: S603 - a module of ours
            command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        self._running[folder] = process
        threading.Thread(target=self._mind, args=(folder, process), daemon=True).start()

    def _mind(self, folder: Path, process: subprocess.Popen[bytes]) -> None:
        process.wait()
        if process.stdin:
            process.stdin.close()
        with self._lock:
            if self._running.get(folder) is process:
                del self._running[folder]
        self._next()


def _ended(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
