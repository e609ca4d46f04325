"""Loads `queue.toml`: the capacity of a day."""

from __future__ import annotations

from pydantic import Field

from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.model.review.queue import QueueRules

FILE = "queue.toml"


class _Day(Strict):
    budget: int = Field(ge=1, le=1000)
    audit: int = Field(ge=0, le=100)


class _Queue(Strict):
    day: _Day


def load_queue(layers: Layers) -> QueueRules:
    """Return the queue rules of some layers.

    Raises:
        ConfigError: the file is invalid.
    """
    found = read_merged(layers, FILE, _Queue)
    return QueueRules(found.day.budget, found.day.audit)
