"""Train the relevance model on annotated articles: `config/models/relevance.toml`.

    python -m training.screening.relevance --news NEWS.jsonl.gz --aiddata NARRATIVES.jsonl.gz   write the model
    python -m training.screening.relevance --news … --aiddata … --cross-validate       only measure, brief by brief

A logistic regression with an L2 penalty, fitted by Newton's method; deterministic. The sum of the other reasons is a
fixed offset, so that the features learn what those get wrong. Features are kinds of mentions by position in the text
(`offing.propose.sentences.relevance`), not words.

Training data: the read half of the open gold set, our own articles, the development sets that have been read, the known
cases, AidData descriptions (positives) and real background news (negatives). Of the last two only the half whose ids
hash to an even number is used; the other half is for evaluation. Of the encoder's training articles only the briefs
held out from the encoder are used, because it is more confident on texts it was trained on. The unseen half of the gold
set and the score-only sets are excluded. In cross-validation, sources that share briefs are held out together.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from offing.model.reading.feature_names import INTERCEPT
from offing.model.review.candidate import LEARNED_REASONS
from offing.propose import propose
from offing.propose.reading.scope import scope_of
from offing.propose.sentences.relevance import relevance_features
from offing.services.analysis.analyse import Analyst, article_of
from offing.services.analysis.analyst import load_analyst
from training.data.articles import OWN, is_read
from training.metrics import note
from training.reader.sources import HELD_OUT

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "config/models/relevance.toml"
PENALTY = 10.0  # L2, on half the squared weights
CLOSE = 1e-6
FEWEST = 6  # articles a feature must occur in
FARTHEST = 2.0  # bound on the features' sum in log-odds, as in offing.propose.sentences.relevance
NARRATIVES = 120
# Sample weights: other kinds of text than annotated articles count less; the known cases, which define the task, more.
WEIGHTS = {"news": 0.5, "aiddata": 0.3, "cases": 2.0}
SETS = {
    "gold": "tests/data/gold_open.jsonl",
    "own": "tests/eval/own_articles.jsonl",
    "own-short": "tests/eval/short_articles.jsonl",
    "looked-at": "tests/eval/dev_look.jsonl",
    "varied": "tests/eval/dev_look2.jsonl",
    "third": "tests/eval/dev_look3.jsonl",
    "fourth": "tests/eval/dev_score.jsonl",
    "fifth": "tests/eval/dev_score2.jsonl",
    "sixth": "tests/eval/dev_score3.jsonl",
    "seventh": "tests/eval/dev_look4.jsonl",
    "twins": "tests/eval/twins.jsonl",
    "short": "tests/eval/short_look.jsonl",
    "stories": "tests/eval/story_groups.jsonl",
    "cases": "tests/eval/domain_cases.jsonl",
}
BRIEFS = {"own-short": "own"}  # sources that share the briefs of another
_READ_GROUPS = ("a", "b", "c")
TRUE_NEWS = {"cn_article_scmp_61", "cn_article_scmp_66"}  # background news that does report Chinese projects
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """An article: its source, features, gold relevance, and the sum of its other reasons in log-odds."""

    source: str
    features: frozenset[str]
    relevant: bool
    reasons: float


def main() -> None:
    """Train or measure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, required=True, help="background news, JSONL, gzip")
    parser.add_argument("--aiddata", type=Path, required=True, help="descriptions of projects, JSONL, gzip")
    parser.add_argument("--cross-validate", action="store_true")
    given = parser.parse_args()
    examples = list(examples_of(given.news, given.aiddata))
    if given.cross_validate:
        _measure(examples)
    else:
        weights = train(examples)
        MODEL.write_text(_document(weights, examples), encoding="utf-8")
        note(examples=len(examples), weights=len(weights))
        print(f"{MODEL}: {len(weights)} weights from {len(examples)} articles")


def train(examples: list[Example]) -> dict[str, float]:
    """Return the non-zero weights of the features and the intercept, in log-odds."""
    counts = Counter(feature for example in examples for feature in example.features)
    names = sorted(feature for feature, count in counts.items() if count >= FEWEST)
    columns = {name: number for number, name in enumerate(names, 1)}
    table = np.zeros((len(examples), len(names) + 1))
    table[:, 0] = 1.0
    for number, example in enumerate(examples):
        table[number, [columns[feature] for feature in example.features if feature in columns]] = 1.0
    gold = np.array([example.relevant for example in examples], float)
    sample_weights = np.array([WEIGHTS.get(example.source, 1.0) for example in examples])
    weights = _newton(table, gold, sample_weights, np.array([example.reasons for example in examples]))
    pairs = zip((INTERCEPT, *names), (round(float(value), 3) for value in weights), strict=True)
    return {name: value for name, value in pairs if value}


def _newton(table: np.ndarray, gold: np.ndarray, sample_weights: np.ndarray, reasons: np.ndarray) -> np.ndarray:
    weights = np.zeros(table.shape[1])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 1e-6
    for _ in range(30):
        probability = 1 / (1 + np.exp(-np.clip(reasons + table @ weights, -30, 30)))
        gradient = table.T @ (sample_weights * (probability - gold)) + penalty * weights
        variance = sample_weights * probability * (1 - probability) + 1e-9
        hessian = (table * variance[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(hessian, gradient)
        weights -= step
        if np.abs(step).max() < CLOSE:
            break
    return weights


def examples_of(news: Path, aiddata: Path) -> Iterable[Example]:
    """Yield the training articles, with features extracted by the current rules."""
    analyst = load_analyst(None)
    narratives = [row for row in _rows(aiddata) if is_read(row)]
    random.Random(1).shuffle(narratives)
    sources = {name: _rows(ROOT / path) for name, path in SETS.items()}
    sources["gold"] = [row for row in sources["gold"] if is_read(row)]
    background = [row for row in _rows(news) if is_read(row)]
    sources["news"] = [{"id": row["id"], "title": "", "text": row["text"], "lang": "en"} for row in background]
    sources["stories"] = [row for row in sources["stories"] if row["half"] in _READ_GROUPS]
    sources["aiddata"] = [row | {"relevant": True} for row in narratives[:NARRATIVES]]
    sources |= {brief: _rows(OWN / f"{brief}.jsonl") for brief in sorted(HELD_OUT) if (OWN / f"{brief}.jsonl").exists()}
    for source, rows in sources.items():
        for row in rows:
            if row["id"] not in TRUE_NEWS:
                yield from _example(source, row, analyst)


def _example(source: str, row: Row, analyst: Analyst) -> Iterable[Example]:
    article = article_of(row, 0, analyst.country_of)
    if not analyst.recognizer.screen(article.text, article.language):
        return
    mentions, rules = analyst.recognizer.recognize(article), analyst.scoring
    features = frozenset(relevance_features(scope_of(article, mentions, rules)))
    proposals = propose(article, mentions, rules).proposals
    if proposals:
        total = rules.bias + sum(reason.weight for reason in proposals[0].reasons if reason.name not in LEARNED_REASONS)
        yield Example(source, features, bool(row.get("relevant")), total)


def _rows(path: Path) -> list[Row]:
    packed = path.suffix == ".gz"
    text = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    return [json.loads(line) for line in text.decode("utf-8").splitlines() if line.strip()]


def _measure(examples: list[Example]) -> None:
    """Cross-validate by brief and print held-out figures of the other reasons alone and with the features."""
    for brief in dict.fromkeys(map(brief_of, examples)):
        weights = train([example for example in examples if brief_of(example) != brief])
        held_out = [example for example in examples if brief_of(example) == brief]
        sums = [sum_of(example, weights) for example in held_out]
        joint = [e.reasons + max(-FARTHEST, min(FARTHEST, s)) for e, s in zip(held_out, sums, strict=True)]
        for name, scores in (("reasons", [e.reasons for e in held_out]), ("both", joint)):
            print(f"{brief:10} {name:8} {_figures(held_out, scores)}")


def brief_of(example: Example) -> str:
    """Return the source whose briefs an article was written under."""
    return BRIEFS.get(example.source, example.source)


def sum_of(example: Example, weights: dict[str, float]) -> float:
    """Return the sum of the intercept and an article's feature weights, in log-odds."""
    return weights[INTERCEPT] + sum(weights.get(feature, 0.0) for feature in example.features)


def _figures(held_out: list[Example], scores: list[float]) -> str:
    hits = sum(e.relevant and s >= 0 for e, s in zip(held_out, scores, strict=True))
    predicted, relevant = sum(s >= 0 for s in scores), sum(e.relevant for e in held_out)
    ordered = [e.relevant for _, e in sorted(zip(scores, held_out, strict=True), key=lambda pair: -pair[0])]
    precisions = [sum(ordered[: place + 1]) / (place + 1) for place, is_gold in enumerate(ordered) if is_gold]
    average = sum(precisions) / len(precisions) if precisions else 0.0
    f1 = 2 * hits / max(1, predicted + relevant)
    return f"predicted {predicted} correct {hits} of {relevant} (n={len(held_out)}) F1 {f1:.3f} AP {average:.3f}"


def _document(weights: dict[str, float], examples: list[Example]) -> str:
    counts = Counter(example.source for example in examples)
    head = [
        "# Learned weights of features of relevance, in log-odds, written by training/screening/relevance.py.",
        "# A site may override single weights.",
        "# Trained on " + ", ".join(f"{count} {source}" for source, count in counts.items()) + ".",
        "",
        "[signs]",
    ]
    return "\n".join([*head, *(f'"{name}" = {value}' for name, value in sorted(weights.items()))]) + "\n"


if __name__ == "__main__":
    main()
