"""Where towns and regions lie."""

from __future__ import annotations

import pytest

from offing.config.lexicons.gazetteer import find_place
from offing.config.lexicons.geonames import regions, towns


@pytest.mark.parametrize(
    ("name", "country", "region", "town"),
    [
        ("Nakuru", "KEN", "Nakuru", True),
        ("金边", "KHM", "Phnom Penh", True),
        ("Turkana", "KEN", "Turkana", False),
        ("TURKANA", "KEN", "Turkana", False),
    ],
)
def test_a_town_or_region_is_found_in_its_country(name: str, country: str, region: str, town: bool) -> None:
    """In any script; a region by its name in Latin letters."""
    found = find_place(name, country)
    assert found is not None
    assert (found.region, found.is_town) == (region, town)


@pytest.mark.parametrize(("name", "country"), [("Nakuru", "UGA"), ("", "KEN"), ("06", "AND"), ("Nowhere", "XXX")])
def test_what_is_not_in_a_country_is_not_found(name: str, country: str) -> None:
    """Nor is a cell of the table that is no name."""
    assert find_place(name, country) is None


def test_of_namesakes_the_largest_town_counts() -> None:
    """There are several Victorias in the Philippines."""
    found = find_place("Victoria", "PHL")
    largest = max((t for t in towns() if (t.name, t.country) == ("Victoria", "PH")), key=lambda t: t.population)
    assert found
    assert (found.latitude, found.longitude) == (largest.latitude, largest.longitude)


def test_nearly_all_towns_have_a_region_with_a_name() -> None:
    """Of each hundred at least ninety-five."""
    named = {(each.country, each.code) for each in regions()}
    known = sum((town.country, town.region) in named for town in towns())
    assert known / len(towns()) > 0.95
