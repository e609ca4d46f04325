"""How much memory is left, as Linux reports it for the machine and for the control group of this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

NEEDED = 1024**3  # bytes; a worker on news stays below


@dataclass(frozen=True, slots=True)
class _Files:
    """The file names of a control group, in one version of control groups."""

    below: str
    limit: str
    used: str
    cache: str  # key in memory.stat: memory that is freed on demand


_SECOND = _Files("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file")
_FIRST = _Files("sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


def is_short(root: Path = Path("/")) -> bool:
    """Return whether less memory is left than a worker needs, or than half of a small total; False if it is unknown.

    Args:
        root: the folder that holds `proc` and `sys`.
    """
    return any(left < min(NEEDED, total // 2) for total, left in (*_machine(root), *_groups(root)))


def _machine(root: Path) -> Iterator[tuple[int, int]]:
    with suppress(OSError, ValueError, KeyError):
        lines = _table(root / "proc/meminfo")
        yield lines["MemTotal:"] * 1024, lines["MemAvailable:"] * 1024


def _groups(root: Path) -> Iterator[tuple[int, int]]:
    """Yield total and rest for this process's control group and those around it: each of their limits applies."""
    with suppress(OSError):
        for line in (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines():
            _, kinds, path = line.split(":", 2)
            files = _FIRST if "memory" in kinds.split(",") else _SECOND
            if kinds and files is _SECOND:
                continue
            own = PurePosixPath(path.lstrip("/"))
            for each in (own, *own.parents):
                yield from _group(root / files.below / each, files)


def _group(folder: Path, files: _Files) -> Iterator[tuple[int, int]]:
    with suppress(OSError, ValueError):  # "max" is not a number and means no limit
        limit, used = (int((folder / name).read_text(encoding="ascii")) for name in (files.limit, files.used))
        yield limit, limit - used + _table(folder / "memory.stat").get(files.cache, 0)


def _table(path: Path) -> dict[str, int]:
    words = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {each[0]: int(each[1]) for each in words if len(each) > 1}
