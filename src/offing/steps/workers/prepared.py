"""What a worker process is given before its first item: limits, config folders, and what is known of projects."""

from __future__ import annotations

import signal
import sys
from dataclasses import dataclass
from pathlib import Path

from offing.config import cache
from offing.config.layers import Layers
from offing.model.memory import Memory
from offing.model.naming import ProjectName

MEMORY_LIMIT = 4 * 1024**3  # bytes of address space; a worker at work on news stays under 1 GB


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of projects when a run starts: their names, and what their news means."""

    names: tuple[ProjectName, ...] = ()
    memory: Memory | None = None


KNOWING_NOTHING = Knowledge()
_layers: list[Layers] = []
_known: list[Knowledge] = [KNOWING_NOTHING]


def prepare(folders: tuple[Path, ...], known: Knowledge = KNOWING_NOTHING, kept: Path | None = None) -> None:
    """Limit this process's memory, leave signals to its parent, keep its config folders, knowledge and cache.

    Args:
        folders: the layers of config.
        known: what is known of projects.
        kept: the folder of the cache of rules, None for none.
    """
    for number in (signal.SIGINT, signal.SIGTERM):  # of a terminal, or of a service manager, to the whole group
        signal.signal(number, signal.SIG_IGN)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    cache.set_up(kept)
    _layers[:] = [Layers(folders)]
    _known[:] = [known]


def layers() -> Layers:
    """The layers of config that this process was given."""
    return _layers[0]


def known() -> Knowledge:
    """What this process was given of projects."""
    return _known[0]
