"""Accounts: a YAML file of names, roles and hashed passwords (argon2id); one officer's own machine needs none."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

import yaml
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from notices import files
from notices.errors import NotFoundError, Problem, ProblemsError
from notices.profile import yamlfile

Role: TypeAlias = Literal["reads", "drafts", "issues"]

ROLES: dict[Role, str] = {"reads": "查看", "drafts": "拟稿", "issues": "签发"}
"""What each may do, lowest first: a role may do all that stands before it."""
LONGEST_NAME = 40
SHORTEST_PASSWORD = 10
"""Characters; a password is hashed whole, up to :data:`LONGEST_PASSWORD`."""
LONGEST_PASSWORD = 200

_HASHER = PasswordHasher()
_NOBODY = _HASHER.hash("nobody has this password")
"""What a name nobody has is checked against, so that it takes as long as one somebody has."""


@dataclass(frozen=True)
class User:
    """Somebody at the workbench: the name that stands beside changes, and the role."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether what asks for ``role`` is allowed."""
        order = list(ROLES)
        return order.index(self.role) >= order.index(role)


def owner() -> User:
    """Whoever started the workbench on the machine's own account: may do everything."""
    try:
        return User(getpass.getuser()[:LONGEST_NAME], "issues")
    except (OSError, KeyError):
        return User("本机", "issues")


@dataclass
class Accounts:
    """The accounts of a file, read again whenever it changes: who is struck from it is out at the next click."""

    path: Path
    _seen: tuple[int, int] = (0, 0)
    _hashes: dict[str, tuple[Role, str]] | None = None

    def find(self, name: str) -> User | None:
        """The account of a name as the file has it now; None when it has none, or cannot be read now."""
        found = self._current().get(name)
        return User(name, found[0]) if found else None

    def enter(self, name: str, password: str) -> User | None:
        """The account, when the password is its; it takes the same time when there is none."""
        role, hashed = self._current().get(name, (None, _NOBODY))
        try:
            _HASHER.verify(hashed, password[:LONGEST_PASSWORD])
        except (VerificationError, InvalidHashError):
            return None
        return User(name, role) if role else None

    def check(self) -> None:
        """Raises ProblemsError: everything wrong with the file; NotFoundError: there is none."""
        self._hashes = _read(self.path)

    def _current(self) -> dict[str, tuple[Role, str]]:
        try:
            status = self.path.stat()
            seen = (status.st_mtime_ns, status.st_size)
            if self._hashes is None or seen != self._seen:
                self._hashes, self._seen = _read(self.path), seen
        except (OSError, NotFoundError, ProblemsError):
            return {}
        return self._hashes


def put(path: Path, name: str, role: Role, password: str) -> None:
    """Write an account into a file, new or in the place of the one of that name.

    Raises:
        ProblemsError: the file, the name or the password is not fit. OutputError: it cannot be written.
    """
    _fit(path, name, password)
    known = _read(path) if path.exists() else {}
    _write(path, known | {name: (role, _HASHER.hash(password))})


def strike(path: Path, name: str) -> None:
    """Take an account out of a file.

    Raises:
        NotFoundError: no such account or file. ProblemsError: the file is not fit.
    """
    known = _read(path)
    if name not in known:
        raise NotFoundError(f"{path.name} 里没有 {name}；现有：{'、'.join(known) or '（空）'}")
    del known[name]
    _write(path, known)


def _fit(path: Path, name: str, password: str) -> None:
    problems = []
    if not name.strip() or name != name.strip() or not name.isprintable() or len(name) > LONGEST_NAME:
        problems.append(
            Problem(path.name, 0, 0, "name", "姓名不能空着、不能有控制字符，首尾没有空格", f"{LONGEST_NAME} 字以内")
        )
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        message = f"密码要 {SHORTEST_PASSWORD} 到 {LONGEST_PASSWORD} 个字符"
        problems.append(Problem(path.name, 0, 0, "password", message, "用一句记得住的话"))
    if problems:
        raise ProblemsError(problems)


def _write(path: Path, accounts: dict[str, tuple[Role, str]]) -> None:
    listed = [{"name": name, "role": role, "password": hashed} for name, (role, hashed) in accounts.items()]
    files.write(path, yaml.safe_dump({"users": listed}, allow_unicode=True, sort_keys=False).encode())
    path.chmod(0o600)


def _read(path: Path) -> dict[str, tuple[Role, str]]:
    if not path.is_file():
        raise NotFoundError(f"没有账号文件 {path}；用 notices user {path} 姓名 --role drafts 建立")
    tree = yamlfile.read(path, path.name)
    listed = tree.data.get("users") if isinstance(tree.data, dict) else None
    if not isinstance(listed, list):
        raise ProblemsError([Problem(path.name, 0, 0, "users", "账号文件要有 users，一项一个账号", _LIKE)])
    return _accounts(path, listed)


_LIKE = "用 notices user 文件 姓名 --role drafts 写入账号"


def _accounts(path: Path, listed: Sequence[Any]) -> dict[str, tuple[Role, str]]:
    found: dict[str, tuple[Role, str]] = {}
    problems = []
    for number, one in enumerate(listed):
        account = one if isinstance(one, dict) else {}
        name, role, hashed = (str(account.get(key, "")) for key in ("name", "role", "password"))
        if not name or role not in ROLES or not hashed.startswith("$argon2"):
            expected = f"一项要有 name、role（{'、'.join(ROLES)}）、password（argon2 的散列值）"
            problems.append(Problem(path.name, 0, 0, f"users[{number}]", expected, _LIKE))
        elif name in found:
            problems.append(Problem(path.name, 0, 0, f"users[{number}].name", f"{name} 写了两次", "删去一个"))
        else:
            found[name] = (role, hashed)
    if problems:
        raise ProblemsError(problems)
    return found
