"""Which of the sizes that an article tells are the project's."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from offing.model.reading.mention import MentionKind, Quantity
from offing.propose.fields.quantities import choose_quantities
from offing.propose.reading.scope import scope_of
from propose.spans import Text, shipped_rules

QUANTITY = MentionKind.QUANTITY


def chosen(text: Text) -> list[str]:
    """The quantities chosen for a text, the likeliest first."""
    scope = scope_of(text.article, text.mentions, shipped_rules())
    return [value.key for value in choose_quantities(scope, ["KEN"])]


def counted(text: Text, written: str, value: str, unit: str, by: str = "unit") -> Text:
    """Put a quantity into a text."""
    return text.put(QUANTITY, written, name=unit, value=Quantity(Decimal(value), unit), by=by)


def test_what_stands_beside_its_works_counts() -> None:
    """Eight hundred kilometres of fibre are the project's; three storeys of the ministry are not."""
    text = Text("Fibre for Kenya", "The firm lays 800 km of fibre. The ministry has three floors.")
    text.cue("sector", "fibre", "telecom-connectivity")
    counted(text, "800 km", "800", "km")
    counted(text, "three floors", "3", "storeys", by="inside")
    assert chosen(text) == ["800 km"]


def test_a_size_without_a_kind_is_of_any_other_unit() -> None:
    """Mentions that older rules left carry no kind of unit: they count as those of kind "unit" do."""
    for by in ("", "unit"):
        text = Text("Fibre for Kenya", "The firm lays 800 km of fibre.")
        text.cue("sector", "fibre", "telecom-connectivity")
        assert chosen(counted(text, "800 km", "800", "km", by=by)) == ["800 km"]


def test_a_list_of_works_stays_together() -> None:
    """Sizes told in one breath are all the project's."""
    text = Text("Kenya", "It brings 800 km of cable, 90 cameras and 20 stations.", "Nothing else is known.")
    for written, value, unit in (
        ("800 km", "800", "km"),
        ("90 cameras", "90", "cameras"),
        ("20 stations", "20", "stations"),
    ):
        counted(text, written, value, unit)
    assert sorted(chosen(text)) == ["20 stations", "800 km", "90 cameras"]


@given(values=st.lists(st.integers(1, 10**7), min_size=1, max_size=12, unique=True))
def test_nothing_is_chosen_that_does_not_stand_there(values: list[int]):
    """The chosen sizes are among those of the text, each once, and no more than ten."""
    text = Text("Kenya", " ".join(f"It has {value} cameras." for value in values))
    for value in values:
        counted(text, f"{value} cameras", str(value), "cameras")
    found = chosen(text)
    assert len(found) == len(set(found)) <= 10
    assert set(found) <= {f"{value} cameras" for value in values}
