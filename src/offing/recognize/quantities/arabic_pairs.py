"""Reads the Arabic dual, a noun ending for two: محطتي ضخ, two pumping stations; رافعتان, two cranes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from decimal import Decimal

from offing.model.reading.rules import CurrencyForm
from offing.recognize.text.folded_text import Folded, fold_form
from offing.recognize.text.number import Number

_TWO = Decimal(2)
_SHORTEST = 3
_PLURALS = ("ات", "ون", "ين", "ان")
_BEFORE = r"(?<![\u0620-\u064a\w])[وف]?[بل]?"
_PEOPLE = "persons"  # their plural has the same ending as the dual of other nouns


@dataclass(frozen=True, slots=True)
class Pair:
    """Two of something."""

    number: Number
    unit: str


class PairReader:
    """Finds duals of countable nouns.

    Args:
        forms: the Arabic forms of units, singular or plural; the duals are derived.
        measures: the measuring units, which have no dual.
    """

    def __init__(self, forms: Iterable[CurrencyForm], measures: AbstractSet[str]) -> None:
        self._units: dict[str, str] = {}
        for form in forms:
            if form.currency not in measures and form.currency != _PEOPLE:
                for pair in _pairs(fold_form(form.text)):
                    self._units.setdefault(pair, form.currency)
        longest_first = sorted(self._units, key=lambda pair: -len(pair))
        self._pattern = re.compile(f"{_BEFORE}({'|'.join(map(re.escape, longest_first))})(?![\\u0620-\\u064a\\w])")

    def read(self, folded: Folded) -> Iterator[Pair]:
        """The duals in a text."""
        for found in self._pattern.finditer(folded.text) if self._units else ():
            yield Pair(Number(*found.span(1), _TWO, found.end(1), in_words=True), self._units[found[1]])


def _pairs(form: str) -> Iterator[str]:
    """The duals of a singular noun; shortened if another noun follows."""
    noun, blank, rest = form.partition(" ")
    if len(noun) < _SHORTEST or "*" in form or noun.endswith(_PLURALS) or noun.endswith("ا"):
        return
    stem = noun[:-1] + "ت" if noun.endswith("ه") else noun
    if not rest:
        yield from (stem + ending for ending in ("ان", "ين"))
        return
    for ending in ("ي", "ا") if noun.endswith("ه") else ("ي",):
        yield stem + ending + blank + rest
        yield f"{stem}{ending} ال{rest}"  # محطتي الضخ
    adjective = rest[:-1] + "ت" if rest.endswith("يه") else rest if rest.endswith("ي") else ""
    if adjective and blank not in rest:  # قمرين صناعيين
        yield from (f"{stem}{ending}{blank}{adjective}{ending}" for ending in ("ان", "ين"))
