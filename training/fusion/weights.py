"""Fits how much meaning and wordings count for sector, status, mode and record type: `[meaning]` of `scoring.toml`.

    python -m training.fusion.weights            only measure
    python -m training.fusion.weights --write    and write the weights

A conditional logit over the values of a field: its sum for the right value is to outdo those of the others. What
sentences mean comes from readings that have not learned from the text's brief.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from scipy.optimize import minimize

from offing.model.floats import Floats
from offing.model.meaning import Meaning
from offing.propose.draft import Draft, draft
from offing.propose.fusion import LEAST, told_by_sentences, told_by_text
from offing.propose.meaning import MOST, Heard, told
from offing.propose.mode import Known, rank_modes
from offing.propose.reading import Scope, read
from offing.propose.topic import rank_record_types, rank_sectors, rank_statuses
from offing.propose.votes import Ranked
from offing.steps.analyst import load_analyst
from training.data.passages import Passage, passages
from training.data.studied import Studied, count_of, studied
from training.data.vectors import Example, States, Vectors
from training.fusion.tables import Number, asked_to_write, put_all
from training.meaning.attention import FIELDS, learned_without, piece_centres_of, taught
from training.meaning.attention import texts_of as project_texts
from training.meaning.readings import centres_of, examples_of, first_texts, reading_of, texts_of
from training.metrics import note

READINGS = (*FIELDS, "status_told")
PARTS = 4  # of the briefs, each left out once
PENALTY = 1.0
PASSAGE = 0.1  # how often a passage counts beside an article: their briefs asked to avoid the usual wordings


@dataclass(frozen=True, slots=True)
class Told:
    """A text of one project with what is right of it."""

    brief: str
    scope: Scope
    drawn: Draft
    right: Mapping[str, str]
    count: float


@dataclass(frozen=True, slots=True)
class Case:
    """What speaks for each value of a field (rows), which row is right, and how much the text counts."""

    signs: np.ndarray
    right: int
    count: float


def main() -> None:
    """Measure, and write where told so."""
    write = asked_to_write(__doc__)
    every, articles = list(passages()), studied()
    texts = [*_of_passages(every), *_of_articles(articles)]
    cases = cases_of(texts, every, articles)
    numbers: list[Number] = []
    for field, found in cases.items():
        names = _names(field)
        weights = fitted(found)
        left_out = f"{PARTS} parts of the briefs, from what sentences mean"
        note(**{field: {"examples": len(found), "left_out": left_out, "right": round(_right(found, weights), 3)}})
        print(f"{field:12} {_right(found, weights):.3f}", dict(zip(names, weights.round(2).tolist(), strict=True)))
        numbers += [(f"meaning.{field}", name, max(weight, 0.0)) for name, weight in zip(names, weights, strict=True)]
    put_all(numbers, write=write)


def _of_passages(every: Sequence[Passage]) -> Iterator[Told]:
    analyst = load_analyst(None)
    for passage in every:
        scope = read(passage.article, analyst.mentions(passage.article), analyst.scoring)
        right = {field: passage.row[key] for field, key in FIELDS.items()}
        yield Told(passage.brief, scope, draft(scope), right, PASSAGE)


def _of_articles(articles: Sequence[Studied]) -> Iterator[Told]:
    for each in articles:
        right = {field: each.annotated.project[field] for field in FIELDS if each.annotated.project.get(field)}
        yield Told(each.source, each.scope, draft(each.scope), right, count_of(each.source))


def cases_of(texts: Sequence[Told], every: list[Passage], articles: list[Studied]) -> dict[str, list[Case]]:
    """For each field what speaks for its values in each text."""
    known = Vectors([*texts_of(every, articles), *(text for each in texts for text in _texts(each.scope))])
    states = States([*first_texts(every, articles), *(text for each in texts for text in _texts(each.scope)[:MOST])])
    plain = Meaning({}, centres_of(every, known), {}, piece_centres_of(every, states))
    examples = examples_of(every, articles, known, plain)
    reads = taught(project_texts(every, [each.annotated for each in articles]), (known, states), plain)
    briefs = sorted({each.brief for each in texts})
    parts = [frozenset(briefs[start::PARTS]) for start in range(PARTS)]
    cases: dict[str, list[Case]] = {field: [] for field in FIELDS}
    for left_out, attentions in zip(parts, learned_without(reads, parts), strict=True):
        meaning = replace(plain, readings=_without(left_out, examples), attentions=attentions)
        for each in (each for each in texts if each.brief in left_out and told(each.scope)):
            vectors = meaning.centred(known.of(_texts(each.scope)), each.scope.article.language)
            heard = Heard(meaning, told(each.scope), vectors, each.scope.article, states.of)
            for field in each.right:
                cases[field].append(_case(field, each, heard))
    return cases


def _texts(scope: Scope) -> list[str]:
    return [scope.article.text[line.sentence.start : line.sentence.end] for line in told(scope)]


def _without(briefs: frozenset[str], examples: Mapping[str, list[Example]]) -> dict[str, Any]:
    return {name: reading_of(name, [e for e in examples[name] if e.brief not in briefs]) for name in READINGS}


def _names(field: str) -> tuple[str, ...]:
    return ("whole", "attended", *(("single",) if field == "status" else ()), "wording", "told")


def _case(field: str, each: Told, heard: Heard) -> Case:
    """The signs of each value as `propose/fusion.py` weighs them."""
    text = told_by_text(heard, field)
    ranked, chosen = _worded(field, each)
    strength = {value.key: math.log1p(value.score) for value in ranked}
    single = [told_by_sentences(heard)] if field == "status" else []
    rows = [
        [
            *(math.log(max(LEAST, shares[value])) for shares in (*text.values(), *single)),
            strength.get(value, 0.0),
            float(value == chosen),
        ]
        for value in text["whole"]
    ]
    return Case(np.array(rows), list(text["whole"]).index(each.right[field]), each.count)


def _worded(field: str, each: Told) -> tuple[list[Ranked], str | None]:
    """What wordings say of a field, strongest first, and which value they would choose."""
    drawn = each.drawn
    if field == "record_type":
        return rank_record_types(each.scope), str(drawn.record_type)
    if field == "mode":
        basis = drawn.record_basis
        known = Known(drawn.record_type, basis, drawn.lenders, drawn.sums, drawn.status, drawn.sector)
        ranked = rank_modes(each.scope, known)
        return ranked, ranked[0].key if ranked else None
    ranked, chosen = {
        "sector": (rank_sectors(each.scope), drawn.sector),
        "status": (rank_statuses(each.scope), drawn.status),
    }[field]
    return ranked, chosen.key if chosen else None


def fitted(cases: Sequence[Case]) -> Floats:
    """The weights under which the right values are likeliest."""

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = PENALTY * float(weights @ weights) / 2, PENALTY * weights
        for case in cases:
            odds = case.signs @ weights
            shares = np.exp(odds - odds.max())
            shares /= shares.sum()
            total -= case.count * math.log(max(shares[case.right], 1e-12))
            slope = slope - case.count * (case.signs[case.right] - shares @ case.signs)
        return total, slope

    start = np.ones(cases[0].signs.shape[1])
    found: np.ndarray = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _right(cases: Sequence[Case], weights: Floats) -> float:
    return sum(int((case.signs @ weights).argmax()) == case.right for case in cases) / len(cases)


if __name__ == "__main__":
    main()
