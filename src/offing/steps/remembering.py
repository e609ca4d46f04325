"""Lets an analyst recall later news of known projects."""

from __future__ import annotations

from dataclasses import replace

from offing.config.layers import Layers
from offing.config.matching import load_recall
from offing.model.memory import Memory
from offing.steps.analyse import Analyst


def remembering(analyst: Analyst, memory: Memory | None, layers: Layers | None = None) -> Analyst:
    """The same analyst, recalling what it remembers; as it is where nothing is, or nothing says what texts mean.

    Args:
        analyst: recognizes and proposes.
        memory: the known projects.
        layers: the config of a site, None for what ships alone.
    """
    if memory is None or not memory.projects or analyst.scoring.meaning is None:
        return replace(analyst, recaller=None)
    from offing.steps.judging import rarity_of
    from offing.steps.recalling import Recaller

    layers = layers or Layers.of(None)
    recaller = Recaller(memory, load_recall(layers), rarity_of(layers), analyst.recognizer, analyst.scoring)
    return replace(analyst, recaller=recaller)
