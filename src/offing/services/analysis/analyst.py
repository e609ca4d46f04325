"""Builds an analyst, which combines recognition and proposal, from the layers of config."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from offing.config.files.layers import Layers
from offing.config.overlay import site_layers
from offing.config.rules import FILES, load_rules
from offing.config.weights.scoring import load_scoring
from offing.recognize import Recognizer
from offing.services.analysis.analyse import Analyst


def load_analyst(config: Path | None) -> Analyst:
    """Return the analyst of a site.

    Args:
        config: the site's config folder, None for only what ships.

    Raises:
        UsageError: the folder does not exist.
        ConfigError: a file of config cannot be used.
    """
    layers = site_layers(config)
    return Analyst(recognizer_of(layers), load_scoring(layers))


def recognizer_of(layers: Layers) -> Recognizer:
    """Return the recognizer of some layers, cached until their names or wordings change, as building takes seconds.

    Raises:
        ConfigError: a file of config cannot be used.
    """
    own = layers.holding(*FILES)
    return _recognizer(own, own.fingerprint(*FILES))


@lru_cache(maxsize=2)
def _recognizer(layers: Layers, _digest: str) -> Recognizer:
    return new_recognizer(layers)


def new_recognizer(layers: Layers) -> Recognizer:
    """Return a recognizer that is not cached, for a process that will not need it later, or a thread: they share none.

    Raises:
        ConfigError: a file of config cannot be used.
    """
    return Recognizer(load_rules(layers))
