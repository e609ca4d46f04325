"""English names of firms as Arabic and Russian press spells them."""

from __future__ import annotations

import pytest

from offing.config.files.layers import Layers
from offing.config.wordings.wording import load_wording
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.recognize.text.transcription import Spellings
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


@pytest.fixture(scope="module")
def spellings() -> Spellings:
    """Those that ship."""
    return Spellings(load_wording(Layers.of()).pattern_words)


def test_what_has_no_known_spelling(spellings: Spellings) -> None:
    """A name with an unknown word or a number is not spelled, and never in more ways than are of use."""
    assert list(spellings.of("China Foobar Construction")) == []
    assert list(spellings.of("China Railway 18 Bureau")) == []
    assert 0 < len(list(spellings.of("China Communications Construction Company"))) <= 100


def test_any_language_may_spell() -> None:
    """A language has what stands in its file: words, letters, or both."""
    given = {"china": "चाइना", "road": "रोड", "Z": "ज़ेड", "T": "टी", "E": "ई"}
    words = [PatternWord(PatternRole.SPELLED, text, "hi", word) for word, text in given.items()]
    spelled = Spellings([*words, *(PatternWord(PatternRole.UNSPELLED, word) for word in ("co", "ltd"))])
    assert list(spelled.of("China Road Co., Ltd.")) == ["चाइना रोड"]
    assert list(spelled.of("ZTE")) == ["ज़ेड टी ई"]
    assert list(spelled.of("China Bridge")) == list(spelled.of("ZPMC")) == []
