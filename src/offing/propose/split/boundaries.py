"""Boundaries: where an article turns to another project without announcing or listing its projects.

Each paragraph, and each sentence of a paragraph that names parties more than once, is compared by features
(`boundary_features.py`) with the lines before it: its own firms, bodies and works, its place and position.
The weights are fitted (`training/fusion/borders.py`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from offing.propose.encoder.encoded import EncodedArticle
from offing.propose.parties.classifier import likelihood
from offing.propose.reading.scope import Line, Scope
from offing.propose.split.boundary_features import (
    Features,
    Reference,
    Runs,
    paragraph_features,
    reference_of,
    sentence_features,
)
from offing.propose.split.items import Item, clauses_of, has_party, item_of, paragraphs_of

PARAGRAPHS, SENTENCES = "border", "border_within"  # names of the tables of weights


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines at which an article may turn to another project: the start of a paragraph, or a clause inside one.

    A paragraph's start is scored by the whole paragraph.
    """

    lines: tuple[Line, ...]
    weighed: tuple[Line, ...]
    is_within: bool
    is_last: bool

    @property
    def table(self) -> str:
        """The name of the table with the weights of its features."""
        return SENTENCES if self.is_within else PARAGRAPHS

    def features(self, reference: Reference, runs: Runs) -> Features:
        """The features of a border before it, given the runs before."""
        features_of = sentence_features if self.is_within else paragraph_features
        return features_of(reference, runs, self.weighed, is_last=self.is_last)


def runs_of(whole: Scope, encoded: EncodedArticle | None = None) -> list[Item]:
    """The runs of lines between borders; empty where an article turns to no other project."""
    units = list(units_of(whole))
    if sum(any(map(has_party, unit.lines)) for unit in units) <= 1:
        return []
    reference, runs = reference_of(whole, encoded), [[*units[0].lines]]
    for unit in units[1:]:
        if likelihood(whole, unit.table, unit.features(reference, runs)) >= whole.level(f"limits.{unit.table}_least"):
            runs.append([*unit.lines])
        else:
            runs[-1] += unit.lines
    items = [item for run in runs if (item := item_of(whole, run))]
    return items if len(items) > 1 else []


def units_of(whole: Scope) -> Iterator[Unit]:
    """The units of an article: its paragraphs; by clauses where one names parties more than once."""
    paragraphs = paragraphs_of(whole)
    for place, lines in enumerate(paragraphs, 1):
        clauses = [clause for line in lines for clause in clauses_of(whole, line)]
        several = sum(map(has_party, clauses)) > 1
        first, *rest = [(clause,) for clause in clauses] if several else [tuple(lines)]
        yield Unit(first, tuple(lines), is_within=False, is_last=place == len(paragraphs))
        for number, clause in enumerate(rest, 1):
            yield Unit(clause, clause, is_within=True, is_last=number == len(rest))
