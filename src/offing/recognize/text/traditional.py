"""Converts traditional to simplified Chinese, character by character, so that offsets stay the same."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from offing.model.reading.mention import Mention
from offing.recognize.text.folded_text import is_han

_SAMPLE = 1_000  # characters
_TRADITIONAL = 0.08  # of its Chinese characters, from which a text counts as traditional; names alone are fewer


class Simplifier:
    """Detects texts in traditional characters and converts them.

    Args:
        table: the simplified character of each traditional one.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self._keys = frozenset(table)
        self._table = str.maketrans(dict(table))

    def simplified(self, text: str) -> str:
        """The text in simplified characters, at the same length; unchanged if it is not traditional."""
        chinese = [char for char in text[:_SAMPLE] if is_han(char)]
        traditional = sum(char in self._keys for char in chinese)
        return text.translate(self._table) if chinese and traditional > _TRADITIONAL * len(chinese) else text


def as_written(mentions: Iterable[Mention], text: str) -> tuple[Mention, ...]:
    """Mentions with the original text of their spans, also as the name of unlisted entities."""
    written = ((mention, text[mention.start : mention.end]) for mention in mentions)
    return tuple(replace(m, text=own, name=own if m.name == m.text else m.name) for m, own in written)
