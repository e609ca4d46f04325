"""Towns of the gazetteer count where the text names their country."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest
from tests.recognize.samples import article, shipped_wording, small_lexicon

from offing.model.reading.rules import PlaceName, RecognitionRules
from offing.recognize import Recognizer

NAMES = {
    "nandimba": "KEN",
    "orpeta": "FRA KEN",
    "huíla": "AGO",
    "bassila": "BEN",
    "kandar": "BEN",
    "kutum": "KEN",
    "кисумбе": "KEN",
    "ناكورب": "KEN",
    "塔纳里沃": "KEN",
    "塔纳": "KEN",
}


@cache
def with_towns() -> Recognizer:
    """A recognizer with a small gazetteer."""
    return Recognizer(RecognitionRules(replace(small_lexicon(), gazetteer=NAMES), shipped_wording()))


def towns(text: str, language: str = "en") -> list[tuple[str, str | None]]:
    """The towns of a text with their countries."""
    return [(m.text, m.key) for m in with_towns().recognize(article(text, language)) if m.by == "town"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Kenya builds at Nandimba, near Orpeta.", [("Nandimba", "KEN"), ("Orpeta", "KEN")]),
        ("en", "Uganda looks to Nandimba.", []),
        ("en", "Nandimba is in Kenya.", []),
        ("pt", "na Província da Huíla", [("Huíla", "AGO")]),
        ("zh", "肯尼亚在塔纳里沃建厂，从塔纳至", [("塔纳里沃", "KEN"), ("塔纳", "KEN")]),
        ("zh", "肯尼亚塔纳人", []),
        ("fr", "Au Bénin, la route Kandar-Bassila", [("Kandar", "BEN"), ("Bassila", "BEN")]),
        ("fr", "Au Bénin, la RN1 Kandar", [("Kandar", "BEN")]),
    ],
)  # fmt: skip
def test_a_town_needs_its_country(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    """A smaller town counts where the text names its country, or where a noun says what it is."""
    assert towns(text, language) == expected


def test_towns_in_other_scripts() -> None:
    """Arabic prefixes and Russian cases do not hide a town."""
    assert towns("في كينيا مشروع بناكورب وفي ناكورب", "ar") == [("ناكورب", "KEN"), ("ناكورب", "KEN")]
    assert towns("Кения строит порт в Кисумбе", "ru") == [("Кисумбе", "KEN")]


def test_the_outlets_country_vouches_too() -> None:
    """A paper of the country names its towns without the country."""
    text = replace(article("Works at Nandimba began."), country="KEN")
    assert [m.key for m in with_towns().recognize(text) if m.by == "town"] == ["KEN"]


def test_several_towns_tell_their_country_together() -> None:
    """Towns of one country that are told as places need no country beside them; one alone or mere names do."""
    assert towns("Works began in Nandimba and in Orpeta.") == [("Nandimba", "KEN"), ("Orpeta", "KEN")]
    assert towns("Works began in Nandimba.") == []
    assert towns("She met Nandimba, Orpeta and others.") == []


def test_a_town_of_the_country_told_outdoes_a_namesake_elsewhere() -> None:
    """A large town's name is the smaller one's where only the smaller one's country is told."""
    lexicon = small_lexicon()
    large = PlaceName("Kutum", "en", "UGA", "city")
    names = Recognizer(
        RecognitionRules(replace(lexicon, places=(*lexicon.places, large), gazetteer=NAMES), shipped_wording())
    )
    keys = {
        text: {m.key for m in names.recognize(article(text)) if m.text == "Kutum"}
        for text in ("Kenya builds at Kutum.", "Kenya and Uganda meet at Kutum in Uganda.", "It builds at Kutum.")
    }
    assert list(keys.values()) == [{"KEN"}, {"UGA"}, {"UGA"}]


def test_a_currency_tells_its_country() -> None:
    """A sum in a money that only one country has tells it, and vouches for its towns; dollars tell none."""
    found = [(m.text, m.key, m.by) for m in with_towns().recognize(article("Nandimba pays KES 3 million."))]
    assert ("KES 3 million", "KEN", "currency") in found
    assert ("Nandimba", "KEN", "town") not in found  # it only opens the sentence
    assert towns("It pays KES 3 million for Nandimba.") == [("Nandimba", "KEN")]
    assert "currency" not in {m.by for m in with_towns().recognize(article("It costs $3 million.")) if m.key}
