"""Loads what every worker needs, once: imported by the process that workers are forked from, before it forks the first.

Imports and rules cost a worker some two seconds of a core. What starts a thread, as importing ONNX Runtime does, is
left to the workers: a fork copies one thread only.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import signal
from contextlib import suppress
from pathlib import Path

from offing.config.files import cache
from offing.config.files.layers import Layers
from offing.services.analysis.analyst import recognizer_of
from offing.services.running.workers.forking import PRELOAD

_MODULES = (  # in a worker they would be imported with its first job, or in it
    "offing.recognize.pipeline.components",
    "offing.services.running.workers.analysing",
    "offing.services.running.workers.extracting",
    "offing.services.running.workers.parsing",
    "trafilatura",
)


def preload(folders: list[str], kept: str | None) -> None:
    """Import what jobs need, and load the rules of some layers.

    A worker whose rules have changed since then loads them itself, as `recognizer_of` compares their content.

    Args:
        folders: the layers of config.
        kept: the folder of the rules cache, None for none.
    """
    gc.disable()  # nothing that is loaded here becomes garbage
    for module in _MODULES:
        importlib.import_module(module)
    cache.set_up(Path(kept) if kept else None)
    with suppress(Exception):  # the worker that needs the rules reports it
        recognizer_of(Layers(tuple(Path(folder) for folder in folders)))
    gc.freeze()  # a collection would write to, and so copy, the memory that workers share
    gc.enable()


if PRELOAD in os.environ:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # service managers send it to all; this process ends with its parent
    preload(**json.loads(os.environ.pop(PRELOAD)))
