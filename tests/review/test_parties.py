"""Names as people write them: whose they are, and what is asked where several have them."""

from __future__ import annotations

import pytest

from offing.model.projects.project import Firm, Lender
from offing.model.values.vocabulary import Role
from offing.review import BadEdit
from offing.review.countries import countries_called, country_code, country_name, names_of
from offing.review.parties import Called, name_question, without_rivals


def lender(name: str, written: str = "", key: str | None = None) -> Lender:
    """A lender."""
    return Lender(name, written or name, key)


EXIM, CDB, NOBODY = lender("China Exim Bank", "进出口银行", "exim"), lender("CDB", "国开行", "cdb"), lender("Bank X")
OTHER_CDB = lender("CDB", "Central", "central")


@pytest.mark.parametrize(
    ("held", "others", "name", "meant"),
    [
        ((EXIM,), (), "china exim bank", EXIM),
        ((EXIM,), (), "进出口银行", EXIM),
        ((EXIM,), (), "EXIM", EXIM),
        ((), (EXIM,), "exim", EXIM),
        ((EXIM,), (CDB,), "cdb", CDB),
        ((CDB,), (OTHER_CDB,), "CDB", CDB),
        ((), (CDB, CDB), "CDB", CDB),
        ((OTHER_CDB,), (lender("Central bank", "y", "cdb"),), "cdb", OTHER_CDB),  # a name goes before an id
        ((NOBODY, lender("Bank X", "", "x")), (), "bank x", lender("Bank X", "", "x")),
        ((lender("A", "", "same"),), (lender("B", "", "same"),), "same", lender("A", "", "same")),
        ((EXIM,), (CDB,), "ICBC", None),
    ],
)
def test_a_name_means_who_is_held_then_who_is_called_so_then_whose_id_it_is(
    held: tuple[Lender, ...], others: tuple[Lender, ...], name: str, meant: Lender | None
) -> None:
    """In any case; of two that are held and written alike the later one."""
    assert Called(held, others)(name) == meant


def test_a_name_of_several_is_asked_about() -> None:
    """With their ids where they have one; nobody is guessed."""
    with pytest.raises(BadEdit) as refused:
        Called((), (CDB, OTHER_CDB))("cdb")
    assert str(refused.value) == "'cdb' may be CDB (cdb) or CDB (central): write the full name"
    with pytest.raises(BadEdit, match=r"may be Bank X or CDB \(b\)"):
        Called((), (lender("Bank X", "B"), lender("CDB", "B", "b")))("b")


@pytest.mark.parametrize(
    ("names", "asked"),
    [
        ("a", "a"),
        ("abcd", "a or b or c or d"),
        ("abcde", "a or b or c or d or 1 more"),
        ("abcdefg", "a or b or c or d or 3 more"),
    ],
)
def test_a_question_names_four(names: str, asked: str) -> None:
    """And how many more there are."""
    assert name_question(iter(names)) == asked


def test_a_name_that_a_stronger_one_has_is_its_own() -> None:
    """What is written like one of the stronger and means another one goes; the same one and others stay."""
    chec = Firm("China Harbour", "CHEC", Role.CONTRACTOR, "chec")
    rival, same = (
        Firm("Chec Sport", "chec", Role.CONTRACTOR, "sport"),
        Firm("CHEC again", "CHEC", Role.OPERATOR, "chec"),
    )
    other = Firm("ZTE", "ZTE", Role.SUPPLIER, "zte")
    assert without_rivals((rival, same, other), (chec,)) == [same, other]
    assert without_rivals((Firm("CHINA HARBOUR", "CHINA HARBOUR", Role.CONTRACTOR),), (chec,)) == []
    assert without_rivals((rival, other), ()) == [rival, other]


CODES = {
    "KEN": "KEN",
    "ke": "KEN",
    "kenya": "KEN",
    "Côte d’Ivoire": "CIV",
    " ivory  coast ": "CIV",
    "404": None,  # Kenya's number
    "XK": "XKX",
    "xkx": "XKX",
    "Kosovo": "XKX",
    "Turkey": "TUR",
    "Swaziland": "SWZ",
    "Burma": "MMR",
    "Cape Verde": "CPV",
    "Czech Republic": "CZE",
    "Macedonia": "MKD",
    "East Timor": "TLS",
    "DRC": "COD",
    "DR Congo": "COD",
    "Congo-Kinshasa": "COD",
    "Congo-Brazzaville": "COG",
    "UAE": "ARE",
    "UK": "GBR",
    "USA": "USA",
    "Congo": None,
    "": None,
}


@pytest.mark.parametrize(("text", "code"), CODES.items())
def test_a_country_has_codes_and_names(text: str, code: str | None) -> None:
    """In any case, with accents or without, older names too; its number is none of them."""
    assert country_code(text) == code


def test_a_name_in_several_names_means_all_of_them() -> None:
    """As a whole word; a country's own name means that one alone."""
    assert set(countries_called("Korea")) == {"KOR", "PRK"}
    assert countries_called("congo") == ("COD", "COG")
    assert countries_called("Niger") == countries_called("") == countries_called("Kore") == ()
    assert names_of("TUR")[0] == country_name("TUR") == "Türkiye"
    assert {"turkey", "tur", "tr"} <= set(names_of("TUR")[1:])
    assert "ken" not in names_of("TUR")
