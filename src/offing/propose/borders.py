"""Borders: where an article turns to another project, though nothing announces or lists its projects.

Each paragraph, and each sentence of a paragraph that names parties more than once, is weighed against those since the
last border by signs (`border_signs.py`): whether it has firms, bodies and works of its own, and where and how it
stands. The weights are fitted (`training/fusion/borders.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from offing.propose.border_signs import Head, Runs, Signs, head_of, paragraph_signs, sentence_signs
from offing.propose.items import Item, clauses_of, has_party, item_of, paragraphs_of
from offing.propose.likely import likelihood
from offing.propose.reading import Line, Scope

PARAGRAPHS, SENTENCES = "border", "border_within"  # name the weights


@dataclass(frozen=True, slots=True)
class Unit:
    """Lines with which an article may turn to another project: those that open a paragraph, or a clause inside one.

    What opens a paragraph is weighed by all of it.
    """

    lines: tuple[Line, ...]
    weighed: tuple[Line, ...]
    is_within: bool
    is_last: bool

    @property
    def table(self) -> str:
        """Names the weights of its signs."""
        return SENTENCES if self.is_within else PARAGRAPHS

    def signs(self, head: Head, runs: Runs) -> Signs:
        """What speaks for a border before it, beside the runs before."""
        signs_of = sentence_signs if self.is_within else paragraph_signs
        return signs_of(head, runs, self.weighed, is_last=self.is_last)


def runs_of(whole: Scope) -> list[Item]:
    """The runs of lines between borders; empty where an article turns to no other project."""
    units = list(units_of(whole))
    if sum(any(map(has_party, unit.lines)) for unit in units) <= 1:
        return []
    head, runs = head_of(whole, whole.rules.meaning), [[*units[0].lines]]
    for unit in units[1:]:
        if likelihood(whole, unit.table, unit.signs(head, runs)) >= whole.level(f"limits.{unit.table}_least"):
            runs.append([*unit.lines])
        else:
            runs[-1] += unit.lines
    items = [item for run in runs if (item := item_of(whole, run))]
    return items if len(items) > 1 else []


def units_of(whole: Scope) -> Iterator[Unit]:
    """The units of an article: its paragraphs, those that name parties more than once by clauses."""
    paragraphs = paragraphs_of(whole)
    for place, lines in enumerate(paragraphs, 1):
        first, *rest = _clauses(whole, lines)
        yield Unit(first, tuple(lines), is_within=False, is_last=place == len(paragraphs))
        for number, clause in enumerate(rest, 1):
            yield Unit(clause, clause, is_within=True, is_last=number == len(rest))


def _clauses(whole: Scope, paragraph: Sequence[Line]) -> list[tuple[Line, ...]]:
    clauses: list[tuple[Line, ...]] = [
        (clause,) for clause in chain.from_iterable(clauses_of(whole, line) for line in paragraph)
    ]
    return clauses if sum(any(map(has_party, clause)) for clause in clauses) > 1 else [tuple(paragraph)]
