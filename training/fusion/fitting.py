"""Fits how wordings and the encoder are weighed together: `[fusion]` and tables of choices in `config/scoring.toml`.

    python -m training.fusion.fitting            only measure, each brief left out once
    python -m training.fusion.fitting --write    and write the weights that all briefs together give

Learned from articles of briefs that the encoder has not learned from (`training/reader/sources.py`), since it is surer
of what it has learned. A choice is a logistic regression, a field a conditional logit over its values; both are held
to the weights that stand in the file by a penalty, as far as these articles do not say otherwise.
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

# On the squares of what the weights move by. Those of wordings and places were learned from five times as many
# articles, and of 1 to 100,000 this gives the best likelihood over left-out briefs; the encoder's own are free.
HELD, FREE = 100.0, 0.5
OURS = frozenset({"bias", "encoded", "tag", "no-tag", "only-tagged"})  # features of the encoder
UNTAGGED = 0.1  # how often a case counts as a machine without an encoder sees it
LEAST = (0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55)
Truths = NDArray[np.bool_]
Loss = Callable[[Floats], tuple[float, Floats]]


@dataclass(frozen=True, slots=True)
class Table:
    """The names of some weights and what they are."""

    names: tuple[str, ...]
    weights: Floats


def main() -> None:
    """Measure, and write where asked to."""
    write = should_write(__doc__)
    found = cases_of()
    numbers: list[Number] = []
    for table, cases in sorted(found.fields.items()):
        fitted, measured = fit_field(cases, table, found.rules), _right(cases, table, found.rules)
        print(f"{table:22} {measured}", _shown(fitted))
        note(**{table: {"examples": len(cases), "measured": measured}})
        numbers += [(table, name, max(weight, 0.0)) for name, weight in _pairs(fitted)]
    for table, choices in sorted(found.choices.items()):
        measured = _measured(choices, table, found.rules, found.wanted[table])
        print(f"{table:22} {measured}")
        note(**{table: {"examples": len(choices), "wanted": found.wanted[table], "measured": measured}})
        numbers += [(table, name, weight) for name, weight in _pairs(fit_choice(choices, table, found.rules))]
    put_all(numbers, write=write)


def fit_field(cases: Sequence[Case], table: str, rules: ScoringRules) -> Table:
    """Return the weights under which the right values are likeliest."""
    names = tuple(sorted({name for case in cases for row in case.features for name in row}))
    start = _start(names, table, rules)
    arrays = [np.array([[row.get(name, 0.0) for name in names] for row in case.features]) for case in cases]

    def loss(weights: Floats) -> tuple[float, Floats]:
        moved = weights - start
        total, slope = FREE * float(moved @ moved) / 2, FREE * moved
        for case, rows in zip(cases, arrays, strict=True):
            odds = rows @ weights
            shares = np.exp(odds - odds.max())
            shares /= shares.sum()
            total -= float(np.log(max(shares[case.right], 1e-12)))
            slope = slope - (rows[case.right] - shares @ rows)
        return total, slope

    return Table(names, _least(loss, start))


def fit_choice(choices: Sequence[Choice], table: str, rules: ScoringRules) -> Table:
    """Return the weights of a logistic regression, with the bias."""
    names = ("bias", *sorted({name for each in choices for name in each.features}))
    start = _start(names, table, rules)
    rows, right, counts = _arrays(choices, names)
    penalty = np.array([FREE if name in OURS else HELD for name in names])

    def loss(weights: Floats) -> tuple[float, Floats]:
        moved, odds = weights - start, rows @ weights
        shares = 1 / (1 + np.exp(-odds))
        total = float((counts * (np.logaddexp(0, odds) - right * odds)).sum())
        return total + float(penalty @ moved**2) / 2, rows.T @ (counts * (shares - right)) + penalty * moved

    return Table(names, _least(loss, start))


def _arrays(choices: Sequence[Choice], names: Sequence[str]) -> tuple[Floats, Floats, Floats]:
    rows = np.array([[each.features.get(name, float(name == "bias")) for name in names] for each in choices])
    counts = np.array([UNTAGGED if each.features.get("no-tag") else 1.0 for each in choices])
    return rows, np.array([float(each.is_right) for each in choices]), counts


def _start(names: Iterable[str], table: str, rules: ScoringRules) -> Floats:
    """Return the weights that stand in the file."""
    return np.array([rules.levels[f"{table}.{name}"] for name in names])


def _least(loss: Loss, start: Floats) -> Floats:
    found: Floats = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _right(cases: Sequence[Case], table: str, rules: ScoringRules) -> str:
    """Return how often the right value is likeliest: by today's weights, and with each brief left out of the fit."""
    today = Table(names := fit_field(cases[:1], table, rules).names, _start(names, table, rules))
    hits = 0
    for brief in {case.brief for case in cases}:
        fitted = fit_field([case for case in cases if case.brief != brief], table, rules)
        hits += sum(case.is_hit(dict(_pairs(fitted))) for case in cases if case.brief == brief)
    now = sum(case.is_hit(dict(_pairs(today))) for case in cases)
    alone = {
        name: sum(case.is_hit({name: 1.0}) for case in cases) / len(cases) for name in today.names if name != "chosen"
    }
    only = " ".join(f"{name} {share:.3f}" for name, share in alone.items())
    return f"{len(cases)}: {now / len(cases):.3f} -> {hits / len(cases):.3f} ({only})"


def _measured(choices: Sequence[Choice], table: str, rules: ScoringRules, wanted: int) -> str:
    """F1, precision and recall by the likelihood from which a value is chosen, each brief left out of its fit."""
    chances = np.zeros(len(choices))
    for brief in {each.brief for each in choices}:
        fitted = fit_choice([each for each in choices if each.brief != brief], table, rules)
        rows, _, _ = _arrays(choices, fitted.names)
        own = np.array([each.brief == brief for each in choices])
        chances[own] = (1 / (1 + np.exp(-rows @ fitted.weights)))[own]
    right = np.array([each.is_right for each in choices])
    tagged = np.array([not each.features.get("no-tag") for each in choices])
    lines = [
        f"{name} " + " ".join(f"{least}:{_figures((chances >= least) & there, right, wanted)}" for least in LEAST)
        for name, there in (("encoded", tagged), ("worded", ~tagged))
        if there.any()
    ]
    return "\n    ".join(lines)


def _figures(chosen: Truths, right: Truths, wanted: int) -> str:
    hits = int((chosen & right).sum())
    precision, recall = hits / max(int(chosen.sum()), 1), hits / max(wanted, 1)
    return f"{2 * precision * recall / max(precision + recall, 1e-9):.3f}({precision:.2f},{recall:.2f})"


def _pairs(table: Table) -> list[tuple[str, float]]:
    return list(zip(table.names, table.weights.tolist(), strict=True))


def _shown(table: Table) -> dict[str, float]:
    return {name: round(weight, 2) for name, weight in _pairs(table)}


if __name__ == "__main__":
    main()
