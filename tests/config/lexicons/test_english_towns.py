"""Towns that are written in another script, by their English names."""

from __future__ import annotations

import pytest

from offing.config.lexicons.english_towns import english_town
from offing.config.lexicons.geonames import towns

TOWNS = {
    ("金边", "KHM"): "Phnom Penh",
    ("Ташкент", "UZB"): "Tashkent",
    ("Самарканде", "UZB"): "Samarkand",  # in a case of Russian
    ("بغداد", "IRQ"): "Baghdad",
    ("金边", "LAO"): "",  # in another country
    ("金", "KHM"): "",  # only a part of names
    ("", "KHM"): "",
    ("|", "KHM"): "",
    ("\ud800", "KHM"): "",
}


@pytest.mark.parametrize(("name", "country"), TOWNS)
def test_a_town_has_its_english_name_in_its_country(name: str, country: str) -> None:
    """Whole names only, and none of another country."""
    assert english_town(name, frozenset({country})) == TOWNS[name, country]


def test_the_larger_town_of_a_name_is_meant() -> None:
    """Where two towns of the countries are spelled alike."""
    spelled: dict[tuple[str, str], list[int]] = {}
    for town in towns():
        for spelling in town.spellings:
            spelled.setdefault((spelling, town.country), []).append(town.population)
    assert len(spelled["Александровка", "UA"]) > 1
    largest = max(
        (t for t in towns() if "Александровка" in t.spellings and t.country == "UA"), key=lambda t: t.population
    )
    assert english_town("Александровка", frozenset({"UKR"})) == largest.name
