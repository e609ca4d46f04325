"""Forks worker processes, where the system can, from a process that has loaded what each of them needs."""

from __future__ import annotations

import json
import multiprocessing
import os
from multiprocessing.context import BaseContext
from multiprocessing.forkserver import ensure_running
from pathlib import Path

from offing.config.files import cache
from offing.logs import get_logger

PRELOAD = "OFFING_PRELOAD"  # passes the layers of config and the folder of the rules cache to the process that forks
_MODULE = "offing.services.running.workers.preloaded"


def start_method(folders: tuple[Path, ...]) -> BaseContext:
    """Return how workers are started, and start the process that they are forked from.

    Workers are forked from a process of one thread, never from this one, whose threads a fork would stop.

    Args:
        folders: the layers of config whose rules are loaded once for all.
    """
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([_MODULE])
    kept = cache.folder_in_use()
    os.environ[PRELOAD] = json.dumps({"folders": [str(each) for each in folders], "kept": str(kept) if kept else None})
    try:
        ensure_running()  # it is started once, with the environment of this moment
    except OSError as error:  # the first worker tries again: then it is trouble of the machine
        get_logger().warning("workers load what they need themselves", reason=str(error))
    finally:
        del os.environ[PRELOAD]
    return context
