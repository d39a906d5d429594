"""Sessions, the one-time key of the address, and the waiting time after wrong passwords. All in memory."""

from __future__ import annotations

import hmac
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from notices.workbench.guard.users import User

LASTS = 12 * 3600.0
"""Seconds a session lasts after it was last used."""
MOST = 2000
"""Sessions at once; the one that was not used longest goes."""
FREE_TRIES = 5
"""Wrong passwords of a name before one has to wait; the wait doubles from two seconds to :data:`LONGEST_WAIT`."""
FREE_TRIES_OF_ADDRESS = 20
"""The same of an address, where several people may sit."""
LONGEST_WAIT = 900.0
_REMEMBERED = 10_000
MOST_FILES = 24
MOST_BYTES = 200 * 1024 * 1024
"""What one session may keep between two steps."""


@dataclass
class Shelf:
    """Files of a session between two steps, in memory alone; the oldest go when there are too many."""

    _files: dict[str, tuple[str, bytes]] = field(default_factory=dict)

    def put(self, name: str, content: bytes) -> str:
        """Keep a file; the id it is found by."""
        identity = secrets.token_urlsafe(16)
        self._files[identity] = (name, content)
        while len(self._files) > MOST_FILES or sum(len(held) for _, held in self._files.values()) > MOST_BYTES:
            if len(self._files) == 1:
                break
            del self._files[next(iter(self._files))]
        return identity

    def get(self, identity: str) -> tuple[str, bytes] | None:
        """A file by its id: its name and its bytes."""
        return self._files.get(identity)

    def clear(self) -> None:
        """Forget them all."""
        self._files.clear()


@dataclass
class Session:
    """One browser that has come in. ``token`` is what its forms carry; ``shelf`` holds files between two steps."""

    user: User
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    shelf: Shelf = field(default_factory=Shelf)
    used: float = 0.0
    kept: dict[str, Any] = field(default_factory=dict)
    """What pages keep for as long as the session lasts, where there is no workspace to keep it in."""

    def owns(self, token: str) -> bool:
        """Whether a form came from a page of this session."""
        return hmac.compare_digest(self.token.encode(), token.encode())


@dataclass
class Sessions:
    """The browsers that have come in, by what their cookie says."""

    clock: Callable[[], float] = time.monotonic
    _open: dict[str, Session] = field(default_factory=dict)

    def begin(self, user: User) -> str:
        """A new session; what its cookie says."""
        if len(self._open) >= MOST:
            del self._open[min(self._open, key=lambda name: self._open[name].used)]
        name = secrets.token_urlsafe(32)
        self._open[name] = Session(user, used=self.clock())
        return name

    def find(self, name: str) -> Session | None:
        """The session of a cookie, unless it was not used for too long."""
        session = self._open.get(name)
        if session is None:
            return None
        if self.clock() - session.used > LASTS:
            del self._open[name]
            return None
        session.used = self.clock()
        return session

    def end(self, name: str) -> None:
        """Forget a session."""
        self._open.pop(name, None)


@dataclass
class Key:
    """What the address printed on the terminal carries: it opens one browser, then there is another."""

    told: Callable[[str], None]
    """Is given each new key, to print its address."""
    _key: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def current(self) -> str:
        """The key that opens the next browser."""
        return self._key

    def opens(self, key: str) -> bool:
        """Whether it is the key; if so it is used up."""
        if not hmac.compare_digest(self._key.encode(), key.encode()):
            return False
        self._key = secrets.token_urlsafe(24)
        self.told(self._key)
        return True


@dataclass
class Throttle:
    """How long somebody has to wait after ``free`` wrong passwords, in seconds."""

    free: int = FREE_TRIES
    clock: Callable[[], float] = time.monotonic
    _failures: dict[str, tuple[int, float]] = field(default_factory=dict)

    def wait(self, name: str) -> float:
        """How long until they may try again; 0 is now."""
        tries, last = self._failures.get(name, (0, 0.0))
        if tries < self.free:
            return 0.0
        return max(0.0, last + min(LONGEST_WAIT, 2.0 ** (tries - self.free + 1)) - self.clock())

    def failed(self, name: str) -> None:
        """They gave a wrong password."""
        if len(self._failures) > _REMEMBERED:
            now = self.clock()
            self._failures = {name: one for name, one in self._failures.items() if now - one[1] < LONGEST_WAIT}
        self._failures[name] = (self._failures.get(name, (0, 0.0))[0] + 1, self.clock())

    def passed(self, name: str) -> None:
        """They gave the right one."""
        self._failures.pop(name, None)
