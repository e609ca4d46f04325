"""Chinese in traditional characters is read in simplified ones, character by character, so that places stay."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from offing.model.mention import Mention
from offing.recognize.fold import is_han

_SAMPLE = 1_000  # characters
_TRADITIONAL = 0.08  # of its Chinese characters, from which a text is written in them; names alone are fewer


class Simplifier:
    """Tells texts in traditional characters and writes them in simplified ones.

    Args:
        table: the simplified character of each traditional one.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self._keys = frozenset(table)
        self._table = str.maketrans(dict(table))

    def simplified(self, text: str) -> str:
        """A text as long as the given one: in simplified characters, or itself where it is not in traditional ones."""
        chinese = [char for char in text[:_SAMPLE] if is_han(char)]
        traditional = sum(char in self._keys for char in chinese)
        return text.translate(self._table) if chinese and traditional > _TRADITIONAL * len(chinese) else text


def as_written(mentions: Iterable[Mention], text: str) -> tuple[Mention, ...]:
    """Mentions with what stands in a text at their places, also as the name of what no list has."""
    return tuple(_as_written(mention, text[mention.start : mention.end]) for mention in mentions)


def _as_written(mention: Mention, written: str) -> Mention:
    return replace(mention, text=written, name=written if mention.name == mention.text else mention.name)
