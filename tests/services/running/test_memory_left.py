"""Whether the machine has memory left, by files as Linux writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.services.running.workers.memory_left import is_short

MIB = 1024**2


def write(root: Path, files: dict[str, str]) -> Path:
    """Files below a root."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root


def machine(total: int, left: int) -> dict[str, str]:
    """What a machine says of its memory, in MiB."""
    return {"proc/meminfo": f"MemTotal: {total * 1024} kB\nMemFree: 1 kB\nMemAvailable: {left * 1024} kB\n"}


def second(limit: str, used: int, cache: int, path: str = "offing.slice/run.scope") -> dict[str, str]:
    """What a control group of the second version says, in MiB."""
    folder = f"sys/fs/cgroup/{path}".rstrip("/")
    return {
        "proc/self/cgroup": "1:name=systemd:/x\n0::/offing.slice/run.scope\n",
        f"{folder}/memory.max": limit,
        f"{folder}/memory.current": f"{used * MIB}\n",
        f"{folder}/memory.stat": f"anon 5\ninactive_file {cache * MIB}\n",
    }


def first(limit: int, used: int, path: str = "") -> dict[str, str]:
    """What a control group of the first version says, in MiB."""
    return {
        "proc/self/cgroup": f"9:name=systemd:/\n4:cpu,memory:/docker/{'ab' * 8}\n0::/\n",
        f"sys/fs/cgroup/memory{path}/memory.limit_in_bytes": f"{limit * MIB}\n",
        f"sys/fs/cgroup/memory{path}/memory.usage_in_bytes": f"{used * MIB}\n",
        f"sys/fs/cgroup/memory{path}/memory.stat": "cache 1\ntotal_inactive_file 0\n",
    }


@pytest.mark.parametrize(
    ("files", "short"),
    [
        ({}, False),
        (machine(16_000, 1_100), False),
        (machine(16_000, 900), True),
        (machine(1_000, 600), False),  # of so little half is enough
        (machine(1_000, 400), True),
        ({"proc/meminfo": "what is this"}, False),
        (second("max\n", 9_000, 0), False),
        (second(f"{4_000 * MIB}\n", 3_500, 0), True),
        (second(f"{4_000 * MIB}\n", 3_500, 700), False),  # what only caches files is let go
        (second(f"{4_000 * MIB}\n", 3_500, 0, "offing.slice"), True),  # the limit of the group around it
        (second(f"{4_000 * MIB}\n", 3_500, 0, ""), True),
        (first(2_000, 1_500), True),  # the group has another name inside a container
        (first(2_000, 500), False),
        ({**machine(16_000, 9_000), **first(9_000_000_000, 1)}, False),  # no limit, as the first version says it
    ],
)
def test_memory_is_short(tmp_path: Path, files: dict[str, str], short: bool) -> None:
    """On the machine, in the control group, or in one around it; what nobody tells is not."""
    assert is_short(write(tmp_path, files)) is short
