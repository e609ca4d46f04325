"""Fits how likely a text turns to another project: tables `border` and `border_within` of `config/scoring.toml`.

    python -m training.fusion.borders            only measure, with sets left out
    python -m training.fusion.borders --write    and write the weights

Binary logistic regressions (scikit-learn, L2, deterministic) over the signs that `offing.propose.split.boundaries`
gives each paragraph, and each sentence or clause inside one. Lines are about the project of which they hold the
most annotated stretches that no other project has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from offing.propose.encoder.article_encoder import encode
from offing.propose.parties.tagged import united
from offing.propose.reading.scope import Line, Scope, scope_of
from offing.propose.split.boundaries import PARAGRAPHS, SENTENCES, Unit, units_of
from offing.propose.split.boundary_features import Reference, reference_of
from offing.services.analysis.analyst import load_analyst
from training.data.articles import SETS, all_articles
from training.fusion.tables import put_all, should_write
from training.metrics import note
from training.reader.sources import UNLEARNED

FREEDOM = 0.3  # the inverse of the L2 penalty
PARTS = 8
# How often a paragraph counts as a machine without an encoder sees it: of 0.01 to 3 this serves both ways best.
UNENCODED = 0.5
LEAST = (0.3, 0.4, 0.5, 0.6)
_WRITTEN = ("firms", "lenders", "amounts", "quantities", "concerns")
_PLAIN = ("counterparts", "places")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """The signs of a unit, whether it turns to another project, of which set it is, and the table of its weights."""

    features: Mapping[str, float]
    turns: bool
    source: str
    table: str

    @property
    def not_encoded(self) -> Case:
        """The same as it is without an encoder, where nobody can tell how many there are."""
        return replace(self, features={**self.features, "several": 0.0, "turn": 0.0, "not-encoded": 1.0})


def main() -> None:
    """Measure, and write where asked to."""
    write = should_write(__doc__)
    every, weights = list(cases_of()), []
    for table in (PARAGRAPHS, SENTENCES):
        cases = [case for case in every if case.table == table]
        turns, measured = sum(case.turns for case in cases), _measured(cases)
        print(f"{table}: {len(cases)} places, {turns} turn: {measured}")
        left_out = f"{PARTS} parts of the sets"
        note(**{table: {"examples": len(cases), "turns": turns, "left_out": left_out, "measured": measured}})
        names, model = _fitted(cases)
        found = [*zip(names, model.coef_[0], strict=True), ("bias", model.intercept_[0])]
        print("\n".join(f"{name:18} {weight:.2f}" for name, weight in found))
        weights += [(table, name, weight) for name, weight in found]
    put_all(weights, write=write)


def cases_of() -> Iterator[Case]:
    """Yield where borders may be in articles that are annotated in full."""
    analyst = load_analyst(None)
    for each in all_articles(analyst):
        if (
            each.is_full
            and each.source in UNLEARNED | frozenset(SETS)
            and (encoded := encode(each.article, analyst.scoring.tuned))
        ):
            mentions = united(each.article, analyst.mentions(each.article), encoded)
            whole = scope_of(each.article, mentions, analyst.scoring)
            yield from _of_article(reference_of(whole, encoded), each.projects, each.source)


def _of_article(head: Reference, projects: Sequence[Row], source: str) -> Iterator[Case]:
    """Yield its units against the right runs before them, as they are with an encoder."""
    runs, known = list[list[Line]](), set[int]()
    for unit, project in _about(head.whole, projects):
        turns = project is not None and bool(known) and project not in known
        if runs:
            yield Case(unit.features(head, runs), turns, source, unit.table)
        if turns or not runs:
            runs, known = [*runs, []], set()
        runs[-1].extend(unit.lines)
        known |= set() if project is None else {project}


def _about(whole: Scope, projects: Sequence[Row]) -> list[tuple[Unit, int | None]]:
    """Return the units, each with the project that it is about; what opens a paragraph is about the first one in it."""
    found: list[tuple[Unit, int | None]] = []
    behind = None
    for unit in reversed(list(units_of(whole))):
        own = _project_of(whole, unit, projects)
        found.append((unit, own if unit.is_within or own is not None else behind))
        behind = (behind if own is None else own) if unit.is_within else None
    return found[::-1]


def _project_of(whole: Scope, unit: Unit, projects: Sequence[Row]) -> int | None:
    """Return which project a unit is about; None where it is about none, or as much about two."""
    text = whole.article.text[unit.lines[0].sentence.start : unit.lines[-1].sentence.end]
    stretches = [frozenset(_stretches(project)) for project in projects]
    own = [each - frozenset().union(*(o for o in stretches if o is not each)) for each in stretches]
    counts = [sum(stretch in text for stretch in each) for each in own]
    most = max(counts, default=0)
    return counts.index(most) if most and counts.count(most) == 1 else None


def _stretches(project: Row) -> Iterator[str]:
    for field in _WRITTEN:
        yield from (value["as_written"] for value in project.get(field) or ())
    for field in _PLAIN:
        yield from project.get(field) or ()


def _fitted(cases: Sequence[Case]) -> tuple[list[str], LogisticRegression]:
    """Return the logistic regression.

    Of texts that the encoder has learned from only what is seen without it counts.
    """
    names, encoded = list(cases[0].features), [case for case in cases if case.source in UNLEARNED]
    every = [*encoded, *(case.not_encoded for case in cases)]
    sizes = np.array([[case.features[name] for name in names] for case in every], float)
    counts = np.repeat([1.0, UNENCODED], [len(encoded), len(cases)])
    model = LogisticRegression(C=FREEDOM, max_iter=3000)
    return names, model.fit(sizes, [case.turns for case in every], sample_weight=counts)


def _measured(cases: Sequence[Case]) -> str:
    """Return average precision, and precision and recall by the likelihood from which a paragraph turns.

    Of texts that the encoder has not learned from, each set left out of the fit.
    """
    turns, chances = np.array([case.turns for case in cases]), np.zeros(len(cases))
    for learn, left in GroupKFold(PARTS).split(turns, turns, [case.source for case in cases]):
        names, model = _fitted([cases[place] for place in learn])
        sizes = np.array([[cases[place].features[name] for name in names] for place in left], float)
        chances[left] = model.predict_proba(sizes)[:, 1]
    unlearned, by_least = np.array([case.source in UNLEARNED for case in cases]), []
    turns, chances = turns[unlearned], chances[unlearned]
    for least in LEAST:
        hits = (turns & (chances >= least)).sum()
        by_least.append(f"{least} ({hits / (chances >= least).sum():.2f}, {hits / turns.sum():.2f})")
    return f"average precision {average_precision_score(turns, chances):.3f}; {', '.join(by_least)}"


if __name__ == "__main__":
    main()
