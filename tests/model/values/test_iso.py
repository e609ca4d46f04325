"""The tables of ISO codes that ship say what iso-codes says."""

from __future__ import annotations

import pycountry
import pytest

from offing.model.values import iso


def test_countries_are_those_of_iso_codes():
    """Codes and names, in their order, which those rely on who list them."""
    fields = ("alpha_2", "alpha_3", "numeric", "name", "official_name", "common_name")
    theirs = [tuple(getattr(each, name, "") for name in fields) for each in map(vars_of, pycountry.countries)]
    ours = [(c.alpha2, c.alpha3, c.numeric, c.name, c.official_name, c.common_name) for c in iso.countries()]
    assert ours == theirs
    assert len(ours) > 240


def vars_of(entry: object):
    """An entry as plain attributes: pycountry warns where a name is asked for that a country lacks."""
    return type("Entry", (), dict(entry))


def test_a_country_is_found_by_all_its_codes_and_names():
    """As its own package finds it, whatever the case."""
    for country in iso.countries():
        assert iso.country_by_alpha2(country.alpha2.lower()) is country
        assert iso.country_by_alpha3(country.alpha3.title()) is country
        for name in country.called:
            found = iso.country_called(name.upper())
            assert found is not None
            assert found.alpha3 == pycountry.countries.lookup(name).alpha_3
    assert iso.country_called("Atlantis") is iso.country_by_alpha2("XX") is iso.country_by_alpha3("") is None


@pytest.mark.parametrize(("code", "name"), [("BOL", "Bolivia"), ("KEN", "Kenya"), ("TZA", "Tanzania")])
def test_a_country_is_called_by_the_name_in_common_use(code: str, name: str):
    """Bolivia, not "Bolivia, Plurinational State of"."""
    country = iso.country_by_alpha3(code)
    assert country is not None
    assert country.short_name == name


def test_regions_languages_and_currencies_are_those_of_iso_codes():
    """All of them, in their order where they have one."""
    assert iso.regions() == tuple((each.country_code, each.name) for each in pycountry.subdivisions)
    coded = [dict(each) for each in pycountry.languages]
    assert iso.languages() == {each["alpha_2"]: each["name"] for each in coded if "alpha_2" in each}
    assert iso.currencies() == {each.alpha_3 for each in pycountry.currencies}
    assert "KES" in iso.currencies()
    assert "DEM" not in iso.currencies()
