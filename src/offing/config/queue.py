"""Loads `queue.toml`: what a day can take."""

from __future__ import annotations

from pydantic import Field

from offing.config.documents import Strict, read_merged
from offing.config.layers import Layers
from offing.model.queue import QueueRules

FILE = "queue.toml"


class _Day(Strict):
    budget: int = Field(ge=1, le=1000)
    audit: int = Field(ge=0, le=100)


class _Queue(Strict):
    day: _Day


def load_queue(layers: Layers) -> QueueRules:
    """The rules of the queue of some layers.

    Raises:
        ConfigError: the file cannot be used.
    """
    found = read_merged(layers, FILE, _Queue)
    return QueueRules(found.day.budget, found.day.audit)
