"""Lets an analyst recognise later news of known projects."""

from __future__ import annotations

from dataclasses import replace

from offing.config.files.layers import Layers
from offing.config.weights.matching import load_recall
from offing.model.projects.memory import Memory
from offing.services.analysis.analyse import Analyst


def remembering(analyst: Analyst, memory: Memory | None, layers: Layers | None = None) -> Analyst:
    """Return the analyst with a recaller; unchanged if there is no memory or no model of meaning.

    Args:
        analyst: recognizes and proposes.
        memory: the known projects.
        layers: the config of a site, None for only what ships.
    """
    if memory is None or not memory.projects or analyst.scoring.meaning is None:
        return replace(analyst, recaller=None)
    from offing.services.analysis.recalling import Recaller
    from offing.services.matching.match_rules import rarity_of

    layers = layers or Layers.of(None)
    recaller = Recaller(memory, load_recall(layers), rarity_of(layers), analyst.recognizer, analyst.scoring)
    return replace(analyst, recaller=recaller)
