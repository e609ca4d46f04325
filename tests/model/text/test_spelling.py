"""Words one slip away from another."""

from __future__ import annotations

import pytest

from offing.model.text.spelling import near_words

SLIPS = {
    "raliway": "railway",  # two letters in turn
    "railwy": "railway",  # one missing
    "raiilway": "railway",  # one too many
    "rajlway": "railway",  # a wrong one
    "ailway": "railway",  # also the first
    "связт": "связь",
    "هواوى": "هواوي",
}


@pytest.mark.parametrize("typed", SLIPS)
def test_a_slip_is_undone(typed: str) -> None:
    """In each script with letters."""
    assert SLIPS[typed] in near_words(typed)
    assert typed not in near_words(typed)


@pytest.mark.parametrize("word", ["", "usa", "5g", "a" * 30, "华为", "k8s4"])
def test_what_is_short_or_no_word_has_none(word: str) -> None:
    """They would be near to too much."""
    assert near_words(word) == ()
