"""Fits how likely a text turns to another project: tables `border` and `border_within` of `config/scoring.toml`.

    python -m training.fusion.borders            only measure, with sets left out
    python -m training.fusion.borders --write    and write the weights

Binary logistic regressions (scikit-learn, L2, deterministic) over the signs that `offing.propose.borders` gives each
paragraph, and each sentence or clause inside one. Lines are about the project of which they hold the most annotated
stretches that no other project has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score
from sklearn.model_selection import GroupKFold

from offing.model.meaning import Meaning
from offing.propose.border_signs import SEVERAL, head_of
from offing.propose.borders import PARAGRAPHS, SENTENCES, Unit, units_of
from offing.propose.reading import Line, Scope, read
from offing.steps.analyst import load_analyst
from training.data.articles import all_articles
from training.data.passages import passages
from training.data.vectors import Vectors
from training.fusion.tables import asked_to_write, put_all
from training.meaning.readings import centres_of, of_titles, reading_of, titles
from training.metrics import note

FREEDOM = 0.3  # the inverse of the L2 penalty
PARTS = 8
UNHEARD = 0.1  # how often a paragraph counts as a machine without an encoder sees it: it only moves the bias there
LEAST = (0.3, 0.4, 0.5, 0.6)
_WRITTEN = ("firms", "lenders", "amounts", "quantities", "concerns")
_PLAIN = ("counterparts", "places")
Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Case:
    """The signs of a unit, whether it turns to another project, of which set it is, and the table of its weights."""

    signs: Mapping[str, float]
    turns: bool
    source: str
    table: str

    @property
    def unheard(self) -> Case:
        """The same as it is without an encoder, where nobody can tell what the title means."""
        return replace(self, signs={**self.signs, SEVERAL: 0.0, "unheard": 1.0})


def main() -> None:
    """Measure, and write where told so."""
    write = asked_to_write(__doc__)
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
    """Where borders may be in all articles that are annotated in full."""
    analyst = load_analyst(None)
    every = [each for each in all_articles(analyst) if each.is_full]
    meanings = _meanings()
    for each in every:
        whole = read(each.article, analyst.mentions(each.article), analyst.scoring)
        yield from _of_article(whole, each.projects, each.source, meanings[each.source])


def _meanings() -> dict[str, Meaning]:
    """For each set, what titles mean as learned from all others."""
    every = list(passages())
    known = Vectors([*titles(), *(text for passage in every for text in passage.sentences)])
    plain = Meaning({}, centres_of(every, known))
    examples = list(of_titles(known, plain))
    return {
        source: replace(
            plain, readings={SEVERAL: reading_of(SEVERAL, [each for each in examples if each.brief != source])}
        )
        for source in {each.brief for each in examples}
    }


def _of_article(whole: Scope, projects: Sequence[Row], source: str, meaning: Meaning) -> Iterator[Case]:
    """Its units against the right runs before them, as they are with an encoder."""
    head, runs, known = head_of(whole, meaning), list[list[Line]](), set[int]()
    for unit, project in _about(whole, projects):
        turns = project is not None and bool(known) and project not in known
        if runs:
            yield Case(unit.signs(head, runs), turns, source, unit.table)
        if turns or not runs:
            runs, known = [*runs, []], set()
        runs[-1].extend(unit.lines)
        known |= set() if project is None else {project}


def _about(whole: Scope, projects: Sequence[Row]) -> list[tuple[Unit, int | None]]:
    """The units, each with the project that it is about; what opens a paragraph is about the first one in it."""
    found: list[tuple[Unit, int | None]] = []
    behind = None
    for unit in reversed(list(units_of(whole))):
        own = _project_of(whole, unit, projects)
        found.append((unit, own if unit.is_within or own is not None else behind))
        behind = (behind if own is None else own) if unit.is_within else None
    return found[::-1]


def _project_of(whole: Scope, unit: Unit, projects: Sequence[Row]) -> int | None:
    """Which project a unit is about; None where it is about none, or as much about two."""
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
    names = list(cases[0].signs)
    every = [*cases, *(case.unheard for case in cases)]
    sizes = np.array([[case.signs[name] for name in names] for case in every], float)
    counts = np.repeat([1.0, UNHEARD], len(cases))
    model = LogisticRegression(C=FREEDOM, max_iter=3000)
    return names, model.fit(sizes, [case.turns for case in every], sample_weight=counts)


def _measured(cases: Sequence[Case]) -> str:
    """Average precision, and precision and recall by the likelihood from which a paragraph turns, sets left out."""
    turns, chances = np.array([case.turns for case in cases]), np.zeros(len(cases))
    for learn, left in GroupKFold(PARTS).split(turns, turns, [case.source for case in cases]):
        names, model = _fitted([cases[place] for place in learn])
        sizes = np.array([[cases[place].signs[name] for name in names] for place in left], float)
        chances[left] = model.predict_proba(sizes)[:, 1]
    by_least = []
    for least in LEAST:
        hits = (turns & (chances >= least)).sum()
        by_least.append(f"{least} ({hits / (chances >= least).sum():.2f}, {hits / turns.sum():.2f})")
    return f"average precision {average_precision_score(turns, chances):.3f}; {', '.join(by_least)}"


if __name__ == "__main__":
    main()
