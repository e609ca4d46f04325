"""A form shows a record in words that are read back as the same record."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given

from factories.candidate import FACTS
from offing.model.projects.project import EventDate, Firm, ProjectFacts, SizedBy
from offing.model.values.vocabulary import Role
from offing.review import differing, form_values, parse_edit, parts_of, with_roles
from review.test_headline import records


def test_all_fields_are_written() -> None:
    """Every field that can be corrected stands in a form."""
    assert set(form_values(FACTS)) == set(ProjectFacts.__slots__)


@given(records)
def test_what_is_written_is_read_back(facts: ProjectFacts) -> None:
    """Reading the words of a form changes no value, only doubles go."""
    typed = form_values(facts)
    for name in ("countries", "sector", "status", "mode", "record_type"):
        assert parse_edit(name, typed[name], facts) == getattr(facts, name)
    for name, key in (("lenders", "name"), ("firms", "name")):
        read = parse_edit(name, typed[name], facts)
        assert {getattr(each, key).casefold() for each in read} <= {  # type: ignore[attr-defined]
            getattr(each, key).casefold() for each in getattr(facts, name)
        }
    read_sums = [(each.value, each.currency) for each in parse_edit("amounts", typed["amounts"], facts)]  # type: ignore[attr-defined]
    assert set(read_sums) == {(each.value, each.currency) for each in facts.amounts}


def test_what_a_correction_brings_in() -> None:
    """Values that stood there before are not new, whatever their place and words; one of two alike is not missed."""

    def told(name: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        found = differing(getattr(FACTS, name), parse_edit(name, after, FACTS))
        return found.added, found.removed

    assert told("firms", "huawei:contractor; CHEC") == (("CHEC",), ())
    assert told("firms", "Huawei:supplier") == (("Huawei",), ())
    assert told("firms", "") == ((), ("Huawei",))
    assert told("countries", "Kenya; USA") == (("United States",), ())
    assert told("amounts", "85 million EUR") == ((), ())
    assert told("amounts", "850 million EUR") == (("850000000 EUR",), ("85000000 EUR contract",))
    twice = replace(FACTS, firms=(*FACTS.firms, replace(FACTS.firms[0], role=Role.SUPPLIER)))
    assert differing(twice.firms, FACTS.firms).removed == ()
    size, day = SizedBy(Decimal(9), "km", ""), EventDate("2026", "")
    assert differing((size,), ()).removed == ("9 km",)
    assert differing(None, day).added == ("2026",)


def test_a_firm_takes_the_role_of_the_one_whose_place_it_takes() -> None:
    """Only where it is written without a role and is none that stood there."""
    assert with_roles("ZTE", replace(FACTS, firms=(Firm("DJI", "DJI", Role.SUPPLIER),))) == "ZTE:supplier"
    assert with_roles("Huawei; ZTE; CHEC:owner", FACTS) == "Huawei; ZTE; CHEC:owner"
    assert with_roles("ZTE", FACTS) == "ZTE:contractor"
    assert parts_of(" a;; b ;a") == ("a", "b")
