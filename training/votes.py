"""Fits what the traits of wordings are worth for sector and status: `config/models/votes.toml`.

    python training/votes.py                     write the file
    python training/votes.py --cross-validate    only measure: each set left out in turn, beside the hand-set factors

A value's strength is the sum of its claims' worth (`offing.propose.claims`), its chance the softmax of the strengths'
logarithms. Factors are moved from the hand-set ones (PRIOR) by gradient descent with a penalty on the squares of the
moves: the same data give the same file. It learns from the annotated articles that may be read: the open gold set, our
own articles, the looked-at development articles. Articles that are only scored stay out.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from offing.model.candidate import Proposal
from offing.propose.claims import Claim
from offing.propose.draft import draft, facts_of
from offing.propose.reading import Scope, read
from offing.propose.split import Part, split
from offing.propose.topic import sector_claims, status_claims
from offing.steps.analyse import Analyst, article_of
from offing.steps.analyst import load_analyst
from offing.steps.candidate_rows import candidate_row
from offing.steps.evaluation.matching import pair

ROOT = Path(__file__).parents[1]
MODEL = ROOT / "config/models/votes.toml"
SETS = {
    "gold": "tests/data/gold_open.jsonl",
    "own": "tests/eval/own_articles.jsonl",
    "looked-at": "tests/eval/dev_look.jsonl",
    "varied": "tests/eval/dev_look2.jsonl",
    "third": "tests/eval/dev_look3.jsonl",
}
FIELDS: dict[str, Callable[[Scope], Iterable[Claim]]] = {"sector": sector_claims, "status": status_claims}
_ZONES = {"zone-title": 3.0, "zone-lead": 2.2, "zone-second": 1.3, "zone-body": 0.8, "zone-tail": 0.5}
_SEPARATE = {"mark-elsewhere": 0.32, "mark-separate": 0.3, "mark-old-date": 0.45, "mark-history": 0.55}
_GRAMMAR = {
    "negated": 0.2,
    "future": 0.3,
    "wished": 0.3,
    "unreal": 0.2,
    "memo": 0.35,
}  # hardly moved: they mean what they mean
# Factors set by hand; `wording` is the power of the wording's own weight.
PRIOR: dict[str, dict[str, float]] = {
    "sector": {**_ZONES, **_SEPARATE, "wording": math.exp(2.0), "again": 0.5, "office": 0.3},
    "status": {
        **_ZONES,
        **_SEPARATE,
        **_GRAMMAR,
        **dict.fromkeys(("event-ground-breaking", "event-handover", "event-tender-award", "event-no-deal"), 0.2),
        "mark-loser": 0.7,
        "mark-unit-price": 0.7,
        "mark-stock": 0.6,
        "wording": math.e,
        "party": 1.2,
        "sector": 1.1,
        "stage-before": 0.2,
    },
}
PENALTY = 5.0  # on half the squared moves
PENALTIES = {"is": 8.0, "grammar": 30.0}  # the same, of a value as a whole, and of what negates
FLOOR = 0.15  # strength of a value that nothing speaks for
SHARPNESS = 2.0  # of the softmax
STEPS, RATE = 150, 0.05
FEWEST = 6  # articles in which a trait has to stand
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """What an article claims of a project's field, and the annotated value."""

    source: str
    claims: tuple[Claim, ...]
    wanted: str


@dataclass(frozen=True, slots=True)
class Table:
    """An example as numbers: the values that are claimed, the traits of each claim, the wanted value's place."""

    keys: tuple[int, ...]
    traits: np.ndarray
    wanted: int


class Trainer:
    """Fits the factors of one field.

    Args:
        field: sector or status.
        examples: all examples, also those to measure on.
        fade: what a value's next claim counts, as a share.
    """

    def __init__(self, field: str, examples: Sequence[Example], fade: float) -> None:
        self.field, self.fade = field, fade
        counts: dict[str, int] = {}
        for example in examples:
            for name in {name for claim in example.claims for name, size in claim.traits.items() if size}:
                counts[name] = counts.get(name, 0) + 1
        self.keys = sorted({e.wanted for e in examples} | {c.key for e in examples for c in e.claims})
        traits = sorted(name for name, count in counts.items() if count >= FEWEST or name in PRIOR[field])
        self.names = [*traits, *(f"is-{key}" for key in self.keys)]
        self.columns = {name: number for number, name in enumerate(self.names)}
        self.prior = np.array([math.log(PRIOR[field].get(name, 1.0)) for name in self.names])
        self.penalty = np.array([_penalty(name) for name in self.names])

    def table(self, example: Example) -> Table:
        """An example as numbers."""
        traits = np.zeros((len(example.claims), len(self.names)))
        for number, claim in enumerate(example.claims):
            traits[number, self.columns[f"is-{claim.key}"]] = 1.0
            for name, size in claim.traits.items():
                if name in self.columns:
                    traits[number, self.columns[name]] = size
        keys = tuple(self.keys.index(claim.key) for claim in example.claims)
        return Table(keys, traits, self.keys.index(example.wanted))

    def strengths(self, table: Table, factors: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """The strength of each value, and how it moves with each factor."""
        worth = np.exp(np.clip(table.traits @ factors, -12, 2.5))
        sums = np.full(len(self.keys), FLOOR)
        moves = np.zeros((len(self.keys), len(self.names)))
        rank = [0] * len(self.keys)
        for claim in np.argsort(-worth, kind="stable"):
            key = table.keys[claim]
            share = worth[claim] * self.fade ** rank[key]
            rank[key] += 1
            sums[key] += share
            moves[key] += share * table.traits[claim]
        return sums, moves

    def fit(self, examples: Sequence[Example]) -> np.ndarray:
        """The factors, as logarithms (Adam, a fixed number of steps)."""
        tables = [self.table(example) for example in examples]
        factors, first, second = self.prior.copy(), np.zeros(len(self.prior)), np.zeros(len(self.prior))
        for step in range(1, STEPS + 1):
            slope = self.penalty * (factors - self.prior)
            for table in tables:
                sums, moves = self.strengths(table, factors)
                chance = sums**SHARPNESS / (sums**SHARPNESS).sum()
                chance[table.wanted] -= 1
                slope += (SHARPNESS * chance / sums) @ moves
            first, second = 0.9 * first + 0.1 * slope, 0.99 * second + 0.01 * slope**2
            rate = RATE * (1.0 if step < STEPS * 0.7 else 0.3)
            factors -= rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.99**step)) + 1e-8)
        return factors

    def share_right(self, examples: Sequence[Example], factors: np.ndarray) -> float:
        """The share of examples whose strongest value is the annotated one."""
        tables = [self.table(example) for example in examples]
        return float(np.mean([int(self.strengths(t, factors)[0].argmax()) == t.wanted for t in tables]))


def _penalty(name: str) -> float:
    if name.startswith("is-"):
        return PENALTIES["is"]
    return PENALTIES["grammar"] if name in _GRAMMAR else PENALTY


def examples_of(field: str, rows: dict[str, list[Row]], analyst: Analyst) -> list[Example]:
    """One example for each annotated project that a part of its article stands for."""
    return [
        example for source, found in rows.items() for row in found for example in _examples(field, source, row, analyst)
    ]


def _examples(field: str, source: str, row: Row, analyst: Analyst) -> Iterable[Example]:
    article = article_of(row, 0, analyst.country_of)
    if not row.get("projects") or not analyst.recognizer.screen(article.text, article.language):
        return
    parts = split(read(article, _mentions(analyst, source, row["id"], article), analyst.scoring))
    for number, part in _pairs(parts, row["projects"]):
        claims = tuple(FIELDS[field](part.scope)) or (tuple(FIELDS[field](part.context)) if part.context else ())
        yield Example(source, claims, row["projects"][number][field])


_KNOWN: dict[tuple[str, str], Any] = {}


def _mentions(analyst: Analyst, source: str, name: str, article: Any) -> Any:
    if (source, name) not in _KNOWN:
        _KNOWN[source, name] = analyst.recognizer.recognize(article)
    return _KNOWN[source, name]


def _pairs(parts: Sequence[Part], projects: Sequence[Row]) -> Iterable[tuple[int, Part]]:
    if len(parts) == len(projects) == 1:
        return [(0, parts[0])]
    facts = [facts_of(draft(part.scope, part.context)) for part in parts]
    rows = [candidate_row(Proposal(each, (), (), 1.0), "") for each in facts]
    return [(number, parts[place]) for number, place in pair(rows, projects).items()]


def main() -> None:
    """Fit or measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cross-validate", action="store_true")
    measure = parser.parse_args().cross_validate
    analyst = load_analyst(None)
    rows = {name: _rows(ROOT / path) for name, path in SETS.items() if (ROOT / path).exists()}
    fitted: dict[str, dict[str, float]] = {}
    told = ""
    for field in FIELDS:
        examples = examples_of(field, rows, analyst)
        trainer = Trainer(field, examples, analyst.scoring.levels[f"limits.{field}_fade"])
        if measure:
            _measure(trainer, examples)
        else:
            found = trainer.fit(examples)
            fitted[field] = {name: round(float(x), 2) for name, x in zip(trainer.names, found, strict=True)}
        told = f"{len(examples)} projects"
    if not measure:
        MODEL.write_text(_document(fitted, told), encoding="utf-8")


def _measure(trainer: Trainer, examples: Sequence[Example]) -> None:
    """Leave out one set after the other, fit on the rest, and print how often the left-out one is right."""
    for source in dict.fromkeys(example.source for example in examples):
        rest, left = ([e for e in examples if (e.source == source) is own] for own in (False, True))
        hand, fitted = trainer.share_right(left, trainer.prior), trainer.share_right(left, trainer.fit(rest))
        print(f"{trainer.field:8} without {source:10} n={len(left):3} by hand {hand:.3f} fitted {fitted:.3f}")


def _rows(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def _document(fitted: dict[str, dict[str, float]], told: str) -> str:
    head = [
        "# What the traits of a wording are worth, as logarithms of factors: 0.7 doubles what it says, -0.7 halves it.",
        "# `wording` is the power of the wording's own weight, `length` that of its length; `is-…` stands for a value",
        f"# as a whole. Written by training/votes.py from {told}; a site may change single ones.",
    ]
    for field, factors in fitted.items():
        head += ["", f"[{field}]", *(f'"{name}" = {size}' for name, size in sorted(factors.items()) if size)]
    return "\n".join(head) + "\n"


if __name__ == "__main__":
    main()
