"""A number of a text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Number:
    """A number at a span of the folded text. Its digits end at `digits_end`, where its scale begins."""

    start: int
    end: int
    value: Decimal
    digits_end: int
    scale: int = 1
    in_words: bool = False

    @property
    def is_scaled(self) -> bool:
        """Whether it includes a word such as million."""
        return self.scale > 1
