"""Two settings of the same words are the same text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from offing.extract import text_hash
from offing.extract.markup.folded_letters import folded_letters


def test_setting_does_not_matter() -> None:
    """Case, punctuation, spaces, full-width forms and the breaks between paragraphs do not make another text."""
    assert (
        text_hash(("Huawei signs.", "A deal"))
        == text_hash(("HUAWEI — signs a", "“deal”!"))
        == text_hash(("Ｈｕａｗｅｉ signs a deal",))
    )
    assert text_hash(("Huawei signs",)) != text_hash(("Huawei sings",))
    assert folded_letters("Straße") == folded_letters("STRASSE")
    assert re.fullmatch("[0-9a-f]{64}", text_hash(()))


@given(st.text(), st.text())
def test_folding_is_stable(one: str, other: str) -> None:
    """Folding twice changes nothing, and only letters and digits are left."""
    assert folded_letters(folded_letters(one)) == folded_letters(one)
    assert all(char.isalnum() for char in folded_letters(one + other))


@given(st.lists(st.text(), max_size=4))
def test_any_paragraphs_have_a_hash(paragraphs: list[str]) -> None:
    """Lone surrogates and all."""
    assert text_hash(paragraphs) == text_hash(["".join(paragraphs)])
