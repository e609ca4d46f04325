"""Moves the weights of the reasons in `config/scoring.toml` towards what annotated articles say.

    python training/weights.py --news NEWS.jsonl.gz --aiddata NARRATIVES.jsonl.gz             show what would change
    python training/weights.py --news … --aiddata … --write                                   and write it

A logistic fit whose prior are the weights as they stand (standard deviation 0.4 in log-odds), so that nothing moves
without cause; signs never turn. The learned signs count as for articles that their model has not seen: those of each
writer are judged by a model of all others. Deterministic.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from pathlib import Path

import numpy as np
from relevance import LEARNED, ROOT, WEIGHTS, Example, examples_of, sum_of, train, writer_of

from offing.steps.analyst import load_analyst

SCORING = ROOT / "config/scoring.toml"
SPREAD = 0.4
FEWEST = 3
FARTHEST = 4.0
# What stands in the title never counts less than what stands in the lead: such pairs share their mean.
ORDERED = (("party-in-title", "party-in-lead"), ("target-in-title", "target-in-lead"))
LEAST_MOVE = 0.1


def main() -> None:
    """Fit, show, and write where told so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, required=True)
    parser.add_argument("--aiddata", type=Path, required=True)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    examples = list(examples_of(given.news, given.aiddata))
    rules = load_analyst(None).scoring
    moved = fit(_with_signs(examples), rules.weights, rules.bias)
    for name, value in moved.items():
        print(f"{name:24} {rules.weights.get(name, rules.bias):5.1f} -> {value:5.1f}")
    if given.write:
        SCORING.write_text(_written(SCORING.read_text(encoding="utf-8"), moved), encoding="utf-8")


def fit(examples: list[Example], weights: dict[str, float], bias: float) -> dict[str, float]:
    """The weights that change, rounded to a tenth, and "bias"."""
    counts = Counter(name for example in examples for name in example.strengths)
    names = sorted(name for name, count in counts.items() if count >= FEWEST)
    table = np.array([[1.0, *(example.strengths.get(name, 0.0) for name in names)] for example in examples])
    prior = np.array([bias, *(weights[name] for name in names)])
    wanted = np.array([example.relevant for example in examples], float)
    importance = np.array([WEIGHTS.get(example.source, 1.0) for example in examples])
    found = _newton(table, wanted, importance, prior)
    pairs = dict(zip(("bias", *names), found, strict=True))
    for higher, lower in ORDERED:
        if pairs.get(higher, 0.0) < pairs.get(lower, 0.0):
            pairs[higher] = pairs[lower] = (pairs[higher] + pairs[lower]) / 2
    moved = {name: _tenth(value, weights.get(name, bias)) for name, value in pairs.items()}
    return {name: value for name, value in moved.items() if abs(value - weights.get(name, bias)) >= LEAST_MOVE}


def _newton(table: np.ndarray, wanted: np.ndarray, importance: np.ndarray, prior: np.ndarray) -> np.ndarray:
    weights = prior.copy()
    firm = 1 / SPREAD**2
    for _ in range(50):
        chance = 1 / (1 + np.exp(-np.clip(table @ weights, -30, 30)))
        slope = table.T @ (importance * (chance - wanted)) + firm * (weights - prior)
        curve = (table * (importance * chance * (1 - chance))[:, None]).T @ table + firm * np.eye(len(prior))
        weights -= np.linalg.solve(curve, slope)
    return weights


def _tenth(value: float, before: float) -> float:
    """A weight to a tenth, on the side of nought on which it stood."""
    rounded = round(float(value), 1)
    return rounded if rounded * before > 0 else LEAST_MOVE if before > 0 else -LEAST_MOVE


def _with_signs(examples: list[Example]) -> list[Example]:
    """The examples with what the learned signs say of each, by a model that has not seen its writer."""
    for writer in dict.fromkeys(map(writer_of, examples)):
        model = train([example for example in examples if writer_of(example) != writer])
        for example in examples:
            if writer_of(example) == writer:
                example.strengths[LEARNED] = max(-1.0, min(1.0, sum_of(example, model) / FARTHEST))
    return examples


def _written(text: str, moved: dict[str, float]) -> str:
    for name, value in moved.items():
        place = r"(\[score\][^\[]*?\nbias = )" if name == "bias" else rf"(\[reasons\.{name}\]\nweight = )"
        text = re.sub(place + r"-?[\d.]+", rf"\g<1>{value}", text)
    return text


if __name__ == "__main__":
    main()
