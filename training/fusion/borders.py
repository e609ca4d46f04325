"""Fit the weights of project boundaries: tables `border` and `border_within` of `config/scoring.toml`.

    python -m training.fusion.borders            only cross-validate
    python -m training.fusion.borders --write    also write the weights

Binary logistic regressions (scikit-learn, L2, deterministic) over the features that `offing.propose.split.boundaries`
computes for each paragraph, and for each sentence or clause within one. A unit's gold project is the one with the most
annotated spans in it that no other project shares.
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
from training.reader.sources import HELD_OUT

INVERSE_L2 = 0.3  # the inverse of the L2 penalty
PARTS = 8
# Sample weight of a unit as seen without the encoder: of 0.01 to 3 this is best for both ways of reading.
UNENCODED = 0.5
THRESHOLDS = (0.3, 0.4, 0.5, 0.6)
_WRITTEN = ("firms", "lenders", "amounts", "quantities", "concerns")
_PLAIN = ("counterparts", "places")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """A unit's features, whether it starts another project (gold), its set, and the table of its weights."""

    features: Mapping[str, float]
    turns: bool
    source: str
    table: str

    @property
    def not_encoded(self) -> Case:
        """The case as seen without the encoder, which leaves the number of projects unknown."""
        return replace(self, features={**self.features, "several": 0.0, "turn": 0.0, "not-encoded": 1.0})


def main() -> None:
    """Cross-validate, and write the weights if `--write` is given."""
    write = should_write(__doc__)
    every, weights = list(cases_of()), []
    for table in (PARAGRAPHS, SENTENCES):
        cases = [case for case in every if case.table == table]
        turns, measured = sum(case.turns for case in cases), _measured(cases)
        print(f"{table}: {len(cases)} units, {turns} of them boundaries: {measured}")
        left_out = f"{PARTS} parts of the sets"
        note(**{table: {"examples": len(cases), "turns": turns, "left_out": left_out, "measured": measured}})
        names, model = _fitted(cases)
        found = [*zip(names, model.coef_[0], strict=True), ("bias", model.intercept_[0])]
        print("\n".join(f"{name:18} {weight:.2f}" for name, weight in found))
        weights += [(table, name, weight) for name, weight in found]
    put_all(weights, write=write)


def cases_of() -> Iterator[Case]:
    """Yield the possible boundaries in fully annotated articles."""
    analyst = load_analyst(None)
    for each in all_articles(analyst):
        if (
            each.is_full
            and each.source in HELD_OUT | frozenset(SETS)
            and (encoded := encode(each.article, analyst.scoring.tuned))
        ):
            mentions = united(each.article, analyst.mentions(each.article), encoded)
            whole = scope_of(each.article, mentions, analyst.scoring)
            yield from _of_article(reference_of(whole, encoded), each.projects, each.source)


def _of_article(head: Reference, projects: Sequence[Row], source: str) -> Iterator[Case]:
    """Yield an article's units with their features relative to the gold segments before them."""
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
    """Return the units with their gold projects; a paragraph without one takes the first project within it."""
    found: list[tuple[Unit, int | None]] = []
    following = None
    for unit in reversed(list(units_of(whole))):
        own = _project_of(whole, unit, projects)
        found.append((unit, own if unit.is_within or own is not None else following))
        following = (following if own is None else own) if unit.is_within else None
    return found[::-1]


def _project_of(whole: Scope, unit: Unit, projects: Sequence[Row]) -> int | None:
    """Return the gold project of a unit; None if it has none, or if two are tied."""
    text = whole.article.text[unit.lines[0].sentence.start : unit.lines[-1].sentence.end]
    spans = [frozenset(_annotated_spans(project)) for project in projects]
    own = [each - frozenset().union(*(o for o in spans if o is not each)) for each in spans]
    counts = [sum(stretch in text for stretch in each) for each in own]
    most = max(counts, default=0)
    return counts.index(most) if most and counts.count(most) == 1 else None


def _annotated_spans(project: Row) -> Iterator[str]:
    for field in _WRITTEN:
        yield from (value["as_written"] for value in project.get(field) or ())
    for field in _PLAIN:
        yield from project.get(field) or ()


def _fitted(cases: Sequence[Case]) -> tuple[list[str], LogisticRegression]:
    """Return the feature names and the fitted logistic regression.

    Texts in the encoder's training data are used only as seen without the encoder.
    """
    names, encoded = list(cases[0].features), [case for case in cases if case.source in HELD_OUT]
    every = [*encoded, *(case.not_encoded for case in cases)]
    sizes = np.array([[case.features[name] for name in names] for case in every], float)
    counts = np.repeat([1.0, UNENCODED], [len(encoded), len(cases)])
    model = LogisticRegression(C=INVERSE_L2, max_iter=3000)
    return names, model.fit(sizes, [case.turns for case in every], sample_weight=counts)


def _measured(cases: Sequence[Case]) -> str:
    """Return the average precision, and precision and recall at each threshold of probability.

    Cross-validated by set, on texts held out from the encoder only.
    """
    turns, probabilities = np.array([case.turns for case in cases]), np.zeros(len(cases))
    for learn, held_out in GroupKFold(PARTS).split(turns, turns, [case.source for case in cases]):
        names, model = _fitted([cases[place] for place in learn])
        sizes = np.array([[cases[place].features[name] for name in names] for place in held_out], float)
        probabilities[held_out] = model.predict_proba(sizes)[:, 1]
    unlearned, by_least = np.array([case.source in HELD_OUT for case in cases]), []
    turns, probabilities = turns[unlearned], probabilities[unlearned]
    for least in THRESHOLDS:
        hits = (turns & (probabilities >= least)).sum()
        by_least.append(f"{least} ({hits / (probabilities >= least).sum():.2f}, {hits / turns.sum():.2f})")
    return f"average precision {average_precision_score(turns, probabilities):.3f}; {', '.join(by_least)}"


if __name__ == "__main__":
    main()
