"""What of a character does not tell words apart."""

from __future__ import annotations

import sys
import unicodedata

import pytest

from offing.model.text.folding import CASED, LOWER, fold_text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Côte d’Ivoire", "cote d'ivoire"),
        ("ﬁbre ＺＴＥ ٣", "fibre zte 3"),
        ("أحمد ـةى", "احمد هي"),
        ("Ø\u200bŁ\n\t", "ol\n "),
    ],
)
def test_case_accents_width_and_forms_go(text: str, folded: str) -> None:
    """Texts that a reader takes for the same fold to the same."""
    assert fold_text(text) == folded


def test_case_is_kept_where_it_counts() -> None:
    """The cased table drops accents only; half a character is none in either."""
    assert "".join(CASED[char] for char in "Éa\ud800") == "Ea\ufffd"
    assert LOWER["\ud800"] == "\ufffd"


def test_the_table_does_not_grow_without_end() -> None:
    """A text with every character of Unicode folds, and the table stays within its limit."""
    every = map(chr, range(sys.maxunicode + 1))
    assert all(LOWER[char] is not None for char in every)
    assert len(LOWER) < 100_000
    assert not any(unicodedata.combining(char) for char in fold_text("e\u0301\u0327"))


def test_white_space_and_controls_stay_what_they_are() -> None:
    """A line end is one; all other blanks are a space; half a character is none."""
    assert fold_text("a\tb\nc\rd\u2003e") == "a b\nc d e"
    assert fold_text("a\x00b\x1fc") == "a\x00b c"
    assert fold_text("a\ud800\ue000\u0378") == "a\ufffd\ue000\u0378"
