"""A form shows a record in words that are read back as the same record."""

from hypothesis import given

from factories.candidate import FACTS
from offing.model.project import ProjectFacts
from offing.review import added, parse_edit, parts_of, written
from review.test_headline import records


def test_all_fields_are_written() -> None:
    """Every field that can be corrected stands in a form, terms of a loan aside."""
    assert set(written(FACTS)) == set(ProjectFacts.__slots__) - {"terms"}


@given(records)
def test_what_is_written_is_read_back(facts: ProjectFacts) -> None:
    """Reading the words of a form changes no value, only doubles go."""
    typed = written(facts)
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
    """Values that stood there before are not new, whatever their place and case."""
    assert added("firms", "Huawei:contractor; ZTE:supplier", "zte:supplier; CHEC:contractor; Huawei:contractor") == (
        "CHEC:contractor",
    )
    assert added("status", "signed", "signed ") == ()
    assert added("status", "signed", "agreed") == ("agreed",)
    assert added("status", "signed", "") == ()
    assert parts_of(" a;; b ;a") == ("a", "b")
