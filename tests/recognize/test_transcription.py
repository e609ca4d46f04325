"""English names of firms as Arabic and Russian press spells them."""

from __future__ import annotations

import pytest

from offing.recognize.transcription import transcribed
from recognize.samples import found


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("ar", "وقعت الوزارة مع «تشاينا كوميونيكيشنز كونستراكشن» عقدا", "cccc"),
        ("ar", "الصين: تتولى مجموعة سي إتش إي سي تنفيذ الرصيف", "chec"),
        ("ru", "Порт строит «Чайна Харбор Инжиниринг»", "chec"),
    ],
)
def test_names_are_known_in_other_scripts(language: str, text: str, key: str) -> None:
    """Words and abbreviations of listed names are found as they are spelled in Arabic and Russian."""
    assert key in {firm.key for firm in found(text, "firm", language)}


def test_what_has_no_known_spelling() -> None:
    """A name with an unknown word or a number is not spelled, and never in more ways than are of use."""
    assert list(transcribed("China Foobar Construction")) == []
    assert list(transcribed("China Railway 18 Bureau")) == []
    assert 0 < len(list(transcribed("China Communications Construction Company"))) <= 100
