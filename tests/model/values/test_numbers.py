"""Counts in sentences."""

from __future__ import annotations

import pytest

from offing.model.values.numbers import counted


@pytest.mark.parametrize(
    ("number", "words", "said"),
    [
        (0, ("feed",), "0 feeds"),
        (1, ("feed",), "1 feed"),
        (2000, ("feed",), "2,000 feeds"),
        (1, ("entry", "entries"), "1 entry"),
        (3, ("entry", "entries"), "3 entries"),
    ],
)
def test_a_count_has_the_right_noun(number: int, words: tuple[str, ...], said: str) -> None:
    """Singular for one only; thousands are separated."""
    assert counted(number, *words) == said
