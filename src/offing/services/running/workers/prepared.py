"""What a worker process gets before its first item: limits, config folders, and knowledge of known projects."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from offing import logs
from offing.config.files import cache
from offing.config.files.layers import Layers
from offing.model.pairs.naming import ProjectName
from offing.model.projects.memory import Memory

MEMORY_LIMIT = 4 * 1024**3  # bytes of address space; a worker on news stays under 1 GB


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of projects when a run starts: their names, and their news as a `Memory`."""

    names: tuple[ProjectName, ...] = ()
    memory: Memory | None = None


KNOWING_NOTHING = Knowledge()
_SILENT = logs.LogSetup()
_layers: list[Layers] = []
_known: list[Knowledge] = [KNOWING_NOTHING]


def prepare(
    folders: tuple[Path, ...],
    known: Knowledge = KNOWING_NOTHING,
    kept: Path | None = None,
    log: logs.LogSetup = _SILENT,
) -> None:
    """Limit this process's memory, leave signals to its parent, log as it does, and store config folders and knowledge.

    Args:
        folders: the layers of config.
        known: the known projects.
        kept: the folder of the rules cache, None for none.
        log: how its parent logs.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # a terminal or service manager sends them to the whole group
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    cache.set_up(kept)
    logs.begin(log)
    _layers[:] = [Layers(folders)]
    _known[:] = [known]


def layers() -> Layers:
    """Return the layers of config that this process was given."""
    return _layers[0]


def known() -> Knowledge:
    """Return the knowledge of projects that this process was given."""
    return _known[0]
