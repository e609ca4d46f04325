"""Makes an analyst, the pair of recognition and proposal, from the layers of config."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from offing.config.layers import Layers
from offing.config.lexicon import load_lexicon
from offing.config.overlay import site_layers
from offing.config.scoring import load_scoring
from offing.config.wording import load_wording
from offing.model.rules import RecognitionRules
from offing.recognize import Recognizer
from offing.steps.analyse import Analyst

# What it is made of, beside what ships in packages.
_RULES = ("lexicons/*.csv", "wording/*.toml", "models/*.txt", "languages.toml")


def load_analyst(config: Path | None) -> Analyst:
    """The analyst of a site.

    Args:
        config: the site's config folder, None for what ships alone.

    Raises:
        UsageError: the folder does not exist.
        ConfigError: a file of config cannot be used.
    """
    layers = site_layers(config)
    return Analyst(recognizer_of(layers), load_scoring(layers))


def recognizer_of(layers: Layers) -> Recognizer:
    """The recognizer of some layers: the same one as long as their names and wordings stay, since it takes seconds.

    Raises:
        ConfigError: a file of config cannot be used.
    """
    own = layers.holding(*_RULES)
    return _recognizer(own, own.digest(*_RULES))


@lru_cache(maxsize=2)
def _recognizer(layers: Layers, _digest: str) -> Recognizer:
    return new_recognizer(layers)


def new_recognizer(layers: Layers) -> Recognizer:
    """A recognizer of one's own, for a process that goes on without it, or a thread: they share none.

    Raises:
        ConfigError: a file of config cannot be used.
    """
    return Recognizer(RecognitionRules(load_lexicon(layers), load_wording(layers)))
