"""Words that identify no project however rare they are: those of the wordings, days, months, ordinary ones."""

from __future__ import annotations

import re

from offing.config.files.by_language import read_kind
from offing.config.files.layers import Layers
from offing.config.files.wording_shapes import OrdinaryWords
from offing.model.reading.patterns import PatternRole
from offing.model.reading.rules import Wording

_PARTS = frozenset({PatternRole.NAME_GRAMMAR, PatternRole.SPELLED})  # of names, and of patterns
_WORD = re.compile(r"[^\W\d_]+")


def plain_words_of(layers: Layers, wording: Wording) -> frozenset[str]:
    """Return words that are never names, as written: ordinary ones and those of all wordings, weekdays and months.

    Args:
        layers: the config folders.
        wording: that of the layers.

    Raises:
        ConfigError: a file of ordinary words is invalid.
    """
    texts = [
        *(cue.text for cue in wording.cues),
        *(word.text for word in wording.pattern_words if word.role not in _PARTS),
        *(word.text for word in wording.number_words),
        *(form.text for form in (*wording.units, *wording.currencies)),
        *(text for each in read_kind(layers, "ordinary-words", OrdinaryWords) for _, text in each.places.pairs()),
    ]
    return frozenset({*wording.small_words, *(word for text in texts for word in _WORD.findall(text))})
