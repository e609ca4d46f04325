"""Fits how likely a party, a body, a sum, a size, a place or a worry is the project's: tables of `config/scoring.toml`.

    python -m training.fusion.choices            only measure, with parts of the sets left out
    python -m training.fusion.choices --write    and write the weights that all sets together give

Binary logistic regressions (scikit-learn, L2, deterministic) over the signs that `offing.propose` gives each of them.
What sentences mean is one of the signs; it comes from readings that have not learned from the article's set.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from sklearn.linear_model import LogisticRegression

from offing.model.meaning import Meaning, Reading
from offing.propose.concerns import CONCERN, Worded, worded
from offing.propose.meaning import Heard
from training.data.mentions import mention_examples
from training.data.passages import passages
from training.data.studied import CHOSEN, Studied, count_of, right_values, studied
from training.data.vectors import Example, Vectors
from training.fusion.tables import Number, asked_to_write, put_all
from training.meaning.readings import centres_of, examples_of, reading_of, texts_of
from training.metrics import note

# What never speaks for a value, whatever a fit says: another donor beside a sum already makes its wordings weigh less.
AGAINST = frozenset({"other-donor"})
FREEDOM = 1.0  # the inverse of the L2 penalty
TABLES = {field: field for field in CHOSEN} | {CONCERN: f"meaning.{CONCERN}"}  # of each field the table of its weights
UNHEARD = 0.1  # how often a case counts as a machine without an encoder sees it: it only moves the bias there
PARTS = 8
LEAST = (0.25, 0.3, 0.35, 0.4, 0.45, 0.5)


@dataclass(frozen=True, slots=True)
class Case:
    """Something that may be a value of the project's, its signs, whether it is one, and of which set it is."""

    signs: Mapping[str, float]
    right: bool
    source: str

    @property
    def is_unheard(self) -> bool:
        """Whether nobody can tell what its sentences mean."""
        return bool(self.signs.get("unheard"))


def main() -> None:
    """Measure, and write where told so."""
    write = asked_to_write(__doc__)
    articles = studied()
    cases = cases_of(articles)
    numbers: list[Number] = []
    for field, table in TABLES.items():
        wanted = right_values(articles, "concerns" if field == CONCERN else field)
        measured = _measured(cases[field], wanted)
        print(f"{field:12} {measured}")
        note(**{field: {"examples": len(cases[field]), "left_out": "each set once", "measured": measured}})
        if field in CHOSEN:
            print(f"  no encoder {_measured(cases[field], wanted, unheard=True)}")
        names, weights = fitted(cases[field])
        numbers += [(table, name, weight) for name, weight in zip((*names, "bias"), weights, strict=True)]
    put_all(numbers, write=write)


def cases_of(articles: list[Studied]) -> dict[str, list[Case]]:
    """All that may be a value of each field, with the signs that an article of an unknown set would show."""
    every = list(passages())
    known = Vectors(texts_of(every, articles))
    plain = Meaning({}, centres_of(every, known))
    examples = {name: found for name, found in examples_of(every, articles, known, plain).items() if name in TABLES}
    examples |= mention_examples(every, articles)
    cases: dict[str, list[Case]] = {field: [] for field in TABLES}
    for part in _parts({each.source for each in articles}):
        meaning = Meaning(_without(part, examples), plain.centres)
        for each in (each for each in articles if each.source in part):
            heard = each.heard(meaning, known.of(each.texts))
            for field in CHOSEN:
                for signed in (*each.signed(field, heard), *each.signed(field)):
                    cases[field].append(Case(signed.signs, each.is_right(field, signed.group), each.source))
            cases[CONCERN] += [Case(one.signs, right, each.source) for one, right in _worries(each, heard)]
    return cases


def _parts(sources: set[str]) -> list[frozenset[str]]:
    """The sets in parts, each of which is left out at once."""
    ordered = sorted(sources)
    return [frozenset(ordered[start::PARTS]) for start in range(PARTS)]


def _worries(each: Studied, heard: Heard) -> Iterator[tuple[Worded, bool]]:
    """Each kind of worry, and whether it is annotated; nothing where none is."""
    annotated = each.annotated.project.get("concerns")
    if annotated is not None:
        kinds = {value["kind"] for value in annotated}
        yield from ((one, one.kind in kinds) for one in worded(each.scope, heard))


def _without(part: frozenset[str], examples: Mapping[str, list[Example]]) -> dict[str, Reading]:
    """Readings that have learned nothing from some sets."""
    return {name: reading_of(name, [e for e in every if e.brief not in part]) for name, every in examples.items()}


def fitted(cases: Iterable[Case]) -> tuple[tuple[str, ...], np.ndarray]:
    """The names of the signs, and their weights with the bias behind them, in log-odds."""
    every = list(cases)
    names = tuple(sorted({name for case in every for name in case.signs}))
    sizes = np.array([[case.signs.get(name, 0.0) for name in names] for case in every])
    counts = np.array([count_of(case.source) * (UNHEARD if case.is_unheard else 1.0) for case in every])
    model = LogisticRegression(C=FREEDOM, max_iter=2000)
    model.fit(sizes, [case.right for case in every], sample_weight=counts / counts.mean())
    weights = [
        min(weight, 0.0) if name in AGAINST else weight for name, weight in zip(names, model.coef_[0], strict=True)
    ]
    return names, np.append(weights, model.intercept_)


def _measured(cases: list[Case], wanted: int, *, unheard: bool = False) -> str:
    """Precision, recall and F1 by the likelihood from which a value is chosen, each set left out of its fit."""
    chances = np.zeros(len(cases))
    for source in {case.source for case in cases}:
        names, weights = fitted(case for case in cases if case.source != source)
        for place, case in enumerate(cases):
            if case.source == source:
                sizes = np.array([*(case.signs.get(name, 0.0) for name in names), 1.0])
                chances[place] = 1 / (1 + np.exp(-weights @ sizes))
    chances *= [case.is_unheard == unheard for case in cases]
    right = np.array([case.right for case in cases])
    return ", ".join(f"{least} {_figures(chances >= least, right, wanted)}" for least in LEAST)


def _figures(chosen: np.ndarray, right: np.ndarray, wanted: int) -> str:
    hits = int((chosen & right).sum())
    precision, recall = hits / max(int(chosen.sum()), 1), hits / wanted
    return f"{2 * precision * recall / max(precision + recall, 1e-9):.3f} ({precision:.2f}, {recall:.2f})"


if __name__ == "__main__":
    main()
