"""What a line counts for does not hang on the order in which a process happens to hold its markers."""

from __future__ import annotations

from itertools import permutations
from typing import Self

from offing.model.reading.rules import ScoringRules
from offing.model.sources.article import Article
from offing.propose.reading.layout import Sentence, Zone
from offing.propose.reading.scope import Line, Scope


class Placed(str):
    """A marker whose place in a set is given, as the hash of a string is drawn anew for each process."""

    __slots__ = ("place",)

    def __new__(cls, text: str, place: int) -> Self:
        """A marker."""
        made = super().__new__(cls, text)
        made.place = place
        return made

    def __hash__(self) -> int:
        """Its place."""
        return self.place

    __eq__ = str.__eq__


def test_a_line_weighs_the_same_however_its_markers_are_held():
    """Factors are rounded on the way, so that their order shows in the last digits, and ties break by those."""
    levels = {"zones.lead": 0.3, "markers.countries.a": 0.1, "markers.countries.b": 0.7, "markers.countries.c": 0.9}
    scope = Scope(Article(1, "", ("A line.",), "en"), (), ScoringRules(0.5, 0, {}, {}, levels=levels))
    sentence = Sentence(0, 7, 0, Zone.LEAD)
    weights = {
        scope.weight(Line(sentence, (), frozenset(map(Placed, "abc", places))), "countries")
        for places in permutations(range(3))
    }
    assert len(weights) == 1
