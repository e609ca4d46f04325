"""How much memory this machine has left, as Linux tells it of the machine and of the control group of this process."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

NEEDED = 1024**3  # bytes; a worker at work on news stays below


@dataclass(frozen=True, slots=True)
class _Files:
    """What the files of a control group are called, in one version of them."""

    below: str
    limit: str
    used: str
    cache: str  # in memory.stat: what is let go as soon as memory is asked for


_SECOND = _Files("sys/fs/cgroup", "memory.max", "memory.current", "inactive_file")
_FIRST = _Files("sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file")


def is_short(root: Path = Path("/")) -> bool:
    """Whether less is left than a worker takes, or than half of all where that is little; False where nobody tells.

    Args:
        root: below which `proc` and `sys` stand.
    """
    return any(left < min(NEEDED, total // 2) for total, left in (*_machine(root), *_groups(root)))


def _machine(root: Path) -> Iterator[tuple[int, int]]:
    with suppress(OSError, ValueError, KeyError):
        told = _table(root / "proc/meminfo")
        yield told["MemTotal:"] * 1024, told["MemAvailable:"] * 1024


def _groups(root: Path) -> Iterator[tuple[int, int]]:
    """The control group of this process and those around it: a limit of each of them holds."""
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
    with suppress(OSError, ValueError):  # "max" is no number, and no limit
        limit, used = (int((folder / name).read_text(encoding="ascii")) for name in (files.limit, files.used))
        yield limit, limit - used + _table(folder / "memory.stat").get(files.cache, 0)


def _table(path: Path) -> dict[str, int]:
    words = (line.split() for line in path.read_text(encoding="ascii").splitlines())
    return {each[0]: int(each[1]) for each in words if len(each) > 1}
