"""Which firms belong to the project, and what goods beside them tell."""

from __future__ import annotations

from offing.model.values.vocabulary import Role
from offing.propose import propose
from propose.spans import COUNTRY, FIRM, Text, shipped_rules


def firms(text: Text) -> dict[str, Role]:
    """The firms of the best proposal with their roles."""
    best = propose(text.article, text.mentions, shipped_rules()).proposals[0]
    return {firm.name: firm.role for firm in best.facts.firms}


def network(*paragraphs: str) -> Text:
    """An article on a network in Kenya that Foo builds."""
    text = Text("Foo builds network in Kenya", "Foo said so in Kenya.", *paragraphs)
    text.put(COUNTRY, "Kenya", "KEN").put(FIRM, "Foo", "foo")
    return text.cue("sector", "network", "telecom-connectivity")


def test_a_firm_named_in_passing_at_the_end_stays_out() -> None:
    """Well-known firms that only the end names are background; one beside the builder is not."""
    late = network("More.", "More.", "More.", "Much later Bar came up.").put(FIRM, "Bar", "bar")
    assert set(firms(late)) == {"Foo"}
    early = network("Bar joins it.").put(FIRM, "Bar", "bar")
    assert set(firms(early)) == {"Foo", "Bar"}


def test_goods_beside_a_firm_make_it_a_supplier() -> None:
    """Cameras by X, X's cameras: X supplies."""
    assert firms(network("It has cameras by Foo."))["Foo"] is Role.SUPPLIER
    assert firms(network("It has Foo cameras."))["Foo"] is Role.SUPPLIER
    assert firms(network("It has towers."))["Foo"] is Role.CONTRACTOR
