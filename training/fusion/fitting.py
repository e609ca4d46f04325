"""Fit the weights that combine wordings with the encoder: `[fusion]` and the choice tables of `config/scoring.toml`.

    python -m training.fusion.fitting            only cross-validate, holding out one brief at a time
    python -m training.fusion.fitting --write    also write the weights fitted on all briefs

Trained on articles of briefs held out from the encoder (`training/reader/sources.py`), because the encoder is more
confident on texts it was trained on. A choice (is this mention a value?) is a logistic regression; a field with one
value is a conditional logit over its values. Both have an L2 penalty towards the weights currently in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from offing.model.reading.rules import ScoringRules
from offing.model.values.floats import Floats
from training.fusion.cases import Case, Choice, cases_of
from training.fusion.tables import Number, put_all, should_write
from training.metrics import note

# L2 penalties on the change of a weight. The weights of wordings and positions were fitted to five times as many
# articles: of 1 to 100,000, 100 has the best held-out likelihood. Weights of encoder features are almost free.
HELD, FREE = 100.0, 0.5
OURS = frozenset({"bias", "encoded", "tag", "no-tag", "only-tagged"})  # features of the encoder
UNTAGGED = 0.1  # sample weight of a choice as seen without the encoder
THRESHOLDS = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
Truths = NDArray[np.bool_]
Loss = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True)
class Table:
    """Weights of shape `(n_weights,)` with their names."""

    names: tuple[str, ...]
    weights: Floats


def main() -> None:
    """Cross-validate, and write the weights if `--write` is given."""
    write = should_write(__doc__)
    found = cases_of()
    numbers: list[Number] = []
    for table, cases in sorted(found.fields.items()):
        fitted, measured = fit_field(cases, table, found.rules), _field_accuracy(cases, table, found.rules)
        print(f"{table:22} {measured}", _shown(fitted))
        note(**{table: {"examples": len(cases), "measured": measured}})
        numbers += [(table, name, max(weight, 0.0)) for name, weight in _pairs(fitted)]
    for table, choices in sorted(found.choices.items()):
        measured = _choice_figures(choices, table, found.rules, found.n_gold[table])
        print(f"{table:22} {measured}")
        note(**{table: {"examples": len(choices), "wanted": found.n_gold[table], "measured": measured}})
        numbers += [(table, name, weight) for name, weight in _pairs(fit_choice(choices, table, found.rules))]
    put_all(numbers, write=write)


def fit_field(cases: Sequence[Case], table: str, rules: ScoringRules) -> Table:
    """Return the weights of a conditional logit over the values of each case, fitted by maximum likelihood."""
    names = tuple(sorted({name for case in cases for row in case.features for name in row}))
    start = _start(names, table, rules)
    arrays = [np.array([[row.get(name, 0.0) for name in names] for row in case.features]) for case in cases]

    def loss(weights: Floats) -> tuple[float, Floats]:
        moved = weights - start
        total, gradient = FREE * float(moved @ moved) / 2, FREE * moved
        for case, rows in zip(cases, arrays, strict=True):
            log_odds = rows @ weights
            probabilities = np.exp(log_odds - log_odds.max())
            probabilities /= probabilities.sum()
            total -= float(np.log(max(probabilities[case.gold], 1e-12)))
            gradient = gradient - (rows[case.gold] - probabilities @ rows)
        return total, gradient

    return Table(names, _minimised(loss, start))


def fit_choice(choices: Sequence[Choice], table: str, rules: ScoringRules) -> Table:
    """Return the weights of a logistic regression over choices, including the bias."""
    names = ("bias", *sorted({name for each in choices for name in each.features}))
    start = _start(names, table, rules)
    rows, gold, counts = _arrays(choices, names)
    penalty = np.array([FREE if name in OURS else HELD for name in names])

    def loss(weights: Floats) -> tuple[float, Floats]:
        moved, log_odds = weights - start, rows @ weights
        probabilities = 1 / (1 + np.exp(-log_odds))
        total = float((counts * (np.logaddexp(0, log_odds) - gold * log_odds)).sum())
        return total + float(penalty @ moved**2) / 2, rows.T @ (counts * (probabilities - gold)) + penalty * moved

    return Table(names, _minimised(loss, start))


def _arrays(choices: Sequence[Choice], names: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    rows = np.array([[each.features.get(name, float(name == "bias")) for name in names] for each in choices])
    counts = np.array([UNTAGGED if each.features.get("no-tag") else 1.0 for each in choices])
    return rows, np.array([float(each.is_gold) for each in choices]), counts


def _start(names: Iterable[str], table: str, rules: ScoringRules) -> Floats:
    """Return the weights currently in the file."""
    return np.array([rules.levels[f"{table}.{name}"] for name in names])


def _minimised(loss: Loss, start: Floats) -> Floats:
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _field_accuracy(cases: Sequence[Case], table: str, rules: ScoringRules) -> str:
    """Return the accuracy with current weights, cross-validated by brief, and with each feature alone."""
    current = Table(names := fit_field(cases[:1], table, rules).names, _start(names, table, rules))
    hits = 0
    for brief in {case.brief for case in cases}:
        fitted = fit_field([case for case in cases if case.brief != brief], table, rules)
        hits += sum(case.is_hit(dict(_pairs(fitted))) for case in cases if case.brief == brief)
    before = sum(case.is_hit(dict(_pairs(current))) for case in cases)
    alone = {
        name: sum(case.is_hit({name: 1.0}) for case in cases) / len(cases) for name in current.names if name != "chosen"
    }
    only = " ".join(f"{name} {share:.3f}" for name, share in alone.items())
    return f"{len(cases)}: {before / len(cases):.3f} -> {hits / len(cases):.3f} ({only})"


def _choice_figures(choices: Sequence[Choice], table: str, rules: ScoringRules, n_gold: int) -> str:
    """Return cross-validated F1, precision and recall at each threshold, with and without the encoder."""
    probabilities = np.zeros(len(choices))
    for brief in {each.brief for each in choices}:
        fitted = fit_choice([each for each in choices if each.brief != brief], table, rules)
        rows, _, _ = _arrays(choices, fitted.names)
        own = np.array([each.brief == brief for each in choices])
        probabilities[own] = (1 / (1 + np.exp(-rows @ fitted.weights)))[own]
    gold = np.array([each.is_gold for each in choices])
    tagged = np.array([not each.features.get("no-tag") for each in choices])
    lines = [
        f"{name} "
        + " ".join(f"{least}:{_figures((probabilities >= least) & there, gold, n_gold)}" for least in THRESHOLDS)
        for name, there in (("encoded", tagged), ("worded", ~tagged))
        if there.any()
    ]
    return "\n    ".join(lines)


def _figures(chosen: Truths, gold: Truths, n_gold: int) -> str:
    hits = int((chosen & gold).sum())
    precision, recall = hits / max(int(chosen.sum()), 1), hits / max(n_gold, 1)
    return f"{2 * precision * recall / max(precision + recall, 1e-9):.3f}({precision:.2f},{recall:.2f})"


def _pairs(table: Table) -> list[tuple[str, float]]:
    return list(zip(table.names, table.weights.tolist(), strict=True))


def _shown(table: Table) -> dict[str, float]:
    return {name: round(weight, 2) for name, weight in _pairs(table)}


if __name__ == "__main__":
    main()
