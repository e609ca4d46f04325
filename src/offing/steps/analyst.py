"""Makes an analyst, the pair of recognition and proposal, from the layers of config."""

from __future__ import annotations

from pathlib import Path

from offing.config.layers import Layers
from offing.config.lexicon import load_lexicon
from offing.config.scoring import load_scoring
from offing.config.wording import load_wording
from offing.errors import UsageError
from offing.model.rules import RecognitionRules
from offing.recognize import Recognizer
from offing.steps.analyse import Analyst


def load_analyst(config: Path | None) -> Analyst:
    """The analyst of a site.

    Args:
        config: the site's config folder, None for what ships alone.

    Raises:
        UsageError: the folder does not exist.
        ConfigError: a file of config cannot be used.
    """
    if config is not None and not config.is_dir():
        raise UsageError(f"--config: there is no folder {config}")
    layers = Layers.of(config)
    rules = RecognitionRules(load_lexicon(layers), load_wording(layers))
    return Analyst(Recognizer(rules), load_scoring(layers))
