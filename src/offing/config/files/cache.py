"""A disk cache for values derived from config, so that other processes need not compute them again.

The key is a digest of all sources, so that nothing can be out of date. Values are plain JSON behind a digest of
their own: what is torn or changed is rebuilt, and nothing that is read can run as code (docs/decisions/0024).
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import stat
import tempfile
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_MOST_FOLDERS = 16  # value folders, the most recently used; two of one site's rules hold about 20 MB
_LENGTH = 32  # hexadecimal digits of a SHA-256
_KEY = re.compile(rf"[0-9a-f]{{{_LENGTH}}}")
_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_DIGEST = hashlib.sha256().digest_size
_ENCODING = ("utf-8", "surrogatepass")
_used: list[Path] = []
_warned: set[Path] = set()


def set_up(folder: Path | None) -> None:
    """Set this process's cache folder; None, the initial state, for no cache."""
    _used[:] = [folder] if folder else []


def folder_in_use() -> Path | None:
    """Return this process's cache folder."""
    return _used[0] if _used else None


@dataclass(frozen=True, slots=True)
class Cache:
    """Values derived from the same sources.

    Args:
        folder: where they are stored; None for no cache.
    """

    folder: Path | None = None

    @classmethod
    def of(cls, key: str) -> Cache:
        """Return the values for a digest of their sources, in this process's folder."""
        base = folder_in_use()
        return cls(_opened(base, key[:_LENGTH]) if base else None)

    def value(self, name: str, make: Callable[[], Any]) -> Any:
        """Return a plain JSON value: the cached one, else a newly made one, which is then cached."""
        found = self.read(name)
        return found if found is not None else self.write(name, make())

    def read(self, name: str) -> Any | None:
        """Return the cached value of a name; None if there is none or it is damaged."""
        found = self.find(name)
        return found() if found else None

    def find(self, name: str) -> Callable[[], Any] | None:
        """Like `read`, but returns a function that parses the value when needed: most rows of most tables never are."""
        try:
            content = _read(self.folder / name) if self.folder else b""
        except OSError:
            return None
        payload = content[_DIGEST:]
        whole = bool(content) and content[:_DIGEST] == self._digest(name, payload)
        return (lambda: json.loads(payload.decode(*_ENCODING))) if whole else None

    def write(self, name: str, value: Any) -> Any:
        """Store a value atomically; if that fails, the value is returned all the same."""
        if self.folder is not None:
            payload = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(*_ENCODING)
            try:
                _write(self.folder / name, self._digest(name, payload) + payload)
            except OSError as error:
                _log_once(self.folder, str(error))
        return value

    def _digest(self, name: str, payload: bytes) -> bytes:
        """Return a digest over name and payload: a value moved elsewhere is invalid."""
        assert self.folder is not None
        digest = hashlib.sha256(f"{self.folder.name}/{name}\n".encode())
        digest.update(payload)
        return digest.digest()


def _opened(base: Path, key: str) -> Path | None:
    """Return the folder of a key, with its time set to now; None if it cannot be used."""
    folder = base / key
    try:
        is_new = not folder.is_dir()
        for each in (base, folder):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
            if reason := _unsafe(each):
                _log_once(each, reason)
                return None
    except OSError as error:
        _log_once(base, str(error))
        return None
    with suppress(OSError):  # a read-only folder works as well
        os.utime(folder)
        if is_new:
            _prune(base)
    return folder


def _unsafe(folder: Path) -> str:
    """Return why others could write into a folder; "" if they cannot."""
    found, link = folder.stat(), folder.lstat()
    if {found.st_uid, link.st_uid} != {_user(found)}:
        return "it belongs to somebody else"
    return "others may write to it: chmod 700" if os.name == "posix" and found.st_mode & _OTHERS_WRITE else ""


def _user(found: os.stat_result) -> int:
    return os.geteuid() if os.name == "posix" else found.st_uid


def _prune(base: Path) -> None:
    """Delete all but the latest folders; deleted values are rebuilt when needed."""
    folders = [each for each in base.iterdir() if _KEY.fullmatch(each.name) and each.is_dir()]
    for old in sorted(folders, key=_last_used, reverse=True)[_MOST_FOLDERS:]:
        shutil.rmtree(old, ignore_errors=True)


def _last_used(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:  # another process was faster
        return 0.0


def _read(path: Path) -> bytes:
    """Return the content of one of our own files.

    Raises:
        OSError: it does not exist, belongs to somebody else, or is a link.
    """
    with os.fdopen(os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)), "rb") as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_uid != _user(found):
            raise PermissionError(f"{path} is not ours")
        return file.read()


def _write(path: Path, content: bytes) -> None:
    """Create a file atomically, readable by us alone."""
    number, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(number, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _log_once(folder: Path, reason: str) -> None:
    """Log once why nothing is cached; everything works on, only more slowly."""
    if folder in _warned:
        return
    from offing import logs  # importing takes a tenth of a second, which a process that logs nothing else saves

    _warned.add(folder)
    logs.get_logger().warning("cache not used", folder=str(folder), reason=reason)
