"""Trains the model of relevance on annotated articles: `config/models/relevance.toml`.

    python -m training.screening.relevance --news NEWS.jsonl.gz --aiddata NARRATIVES.jsonl.gz   write the model
    python -m training.screening.relevance --news … --aiddata … --cross-validate       only measure, brief by brief

A logistic regression with a penalty on the squares of the weights, by Newton's method: the same data give the same
file. The sum of the other reasons stands in it as it is, so that the signs learn what these get wrong. Signs are kinds
of mentions by place in the text (`offing.propose.sentences.relevance`), no words. It learns from the read half of the
open gold set, our own articles, the development articles that have been read, the known cases, descriptions of AidData
(positives) and real background news (negatives), of both the half whose ids hash to an even number: the other half
measures. Of the articles that teach the reader it learns from the briefs that were left out there, since the reader is
surer of those that it has learned from. The unseen half of the gold set and all articles that are only scored stay out.
Sources that share their briefs are left out together.
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
from training.reader.sources import UNLEARNED

ROOT = Path(__file__).parents[2]
MODEL = ROOT / "config/models/relevance.toml"
PENALTY = 10.0  # on half the squared weights
CLOSE = 1e-6
FEWEST = 6  # articles in which a sign has to stand
FARTHEST = 2.0  # log-odds that the signs may say, as in offing.propose.sentences.relevance
NARRATIVES = 120
# Other kinds of texts than the annotated articles teach less, the known cases more: they say what is to be found.
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
BRIEFS = {"own-short": "own"}  # sources of the same briefs as another
_READ_GROUPS = ("a", "b", "c")
TRUE_NEWS = {"cn_article_scmp_61", "cn_article_scmp_66"}  # background news that do report Chinese projects
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """An article: its source, its signs, whether it reports a project, and the sum of its other reasons."""

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
    """Return the weights of the signs and the intercept, in log-odds."""
    counts = Counter(sign for example in examples for sign in example.features)
    names = sorted(sign for sign, count in counts.items() if count >= FEWEST)
    columns = {name: number for number, name in enumerate(names, 1)}
    table = np.zeros((len(examples), len(names) + 1))
    table[:, 0] = 1.0
    for number, example in enumerate(examples):
        table[number, [columns[sign] for sign in example.features if sign in columns]] = 1.0
    wanted = np.array([example.relevant for example in examples], float)
    importance = np.array([WEIGHTS.get(example.source, 1.0) for example in examples])
    found = _newton(table, wanted, importance, np.array([example.reasons for example in examples]))
    pairs = zip((INTERCEPT, *names), (round(float(value), 3) for value in found), strict=True)
    return {name: value for name, value in pairs if value}


def _newton(table: np.ndarray, wanted: np.ndarray, importance: np.ndarray, reasons: np.ndarray) -> np.ndarray:
    weights = np.zeros(table.shape[1])
    penalty = np.full(table.shape[1], PENALTY)
    penalty[0] = 1e-6
    for _ in range(30):
        chance = 1 / (1 + np.exp(-np.clip(reasons + table @ weights, -30, 30)))
        slope = table.T @ (importance * (chance - wanted)) + penalty * weights
        curve = (table * (importance * chance * (1 - chance) + 1e-9)[:, None]).T @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < CLOSE:
            break
    return weights


def examples_of(news: Path, aiddata: Path) -> Iterable[Example]:
    """Yield the articles to learn from, each read by today's rules."""
    analyst = load_analyst(None)
    narratives = [row for row in _rows(aiddata) if is_read(row)]
    random.Random(1).shuffle(narratives)
    sources = {name: _rows(ROOT / path) for name, path in SETS.items()}
    sources["gold"] = [row for row in sources["gold"] if is_read(row)]
    background = [row for row in _rows(news) if is_read(row)]
    sources["news"] = [{"id": row["id"], "title": "", "text": row["text"], "lang": "en"} for row in background]
    sources["stories"] = [row for row in sources["stories"] if row["half"] in _READ_GROUPS]
    sources["aiddata"] = [row | {"relevant": True} for row in narratives[:NARRATIVES]]
    sources |= {
        brief: _rows(OWN / f"{brief}.jsonl") for brief in sorted(UNLEARNED) if (OWN / f"{brief}.jsonl").exists()
    }
    for source, rows in sources.items():
        for row in rows:
            if row["id"] not in TRUE_NEWS:
                yield from _example(source, row, analyst)


def _example(source: str, row: Row, analyst: Analyst) -> Iterable[Example]:
    article = article_of(row, 0, analyst.country_of)
    if not analyst.recognizer.screen(article.text, article.language):
        return
    mentions, rules = analyst.recognizer.recognize(article), analyst.scoring
    signs = frozenset(relevance_features(scope_of(article, mentions, rules)))
    proposals = propose(article, mentions, rules).proposals
    if proposals:
        total = rules.bias + sum(reason.weight for reason in proposals[0].reasons if reason.name not in LEARNED_REASONS)
        yield Example(source, signs, bool(row.get("relevant")), total)


def _rows(path: Path) -> list[Row]:
    packed = path.suffix == ".gz"
    text = gzip.decompress(path.read_bytes()) if packed else path.read_bytes()
    return [json.loads(line) for line in text.decode("utf-8").splitlines() if line.strip()]


def _measure(examples: list[Example]) -> None:
    """Leave out one brief after the other, train on the rest, and print how well the left-out texts are told apart."""
    for brief in dict.fromkeys(map(brief_of, examples)):
        weights = train([example for example in examples if brief_of(example) != brief])
        left = [example for example in examples if brief_of(example) == brief]
        sums = [sum_of(example, weights) for example in left]
        joint = [e.reasons + max(-FARTHEST, min(FARTHEST, s)) for e, s in zip(left, sums, strict=True)]
        for name, scores in (("reasons", [e.reasons for e in left]), ("both", joint)):
            print(f"{brief:10} {name:8} {_figures(left, scores)}")


def brief_of(example: Example) -> str:
    """Return the source by whose brief an article was written."""
    return BRIEFS.get(example.source, example.source)


def sum_of(example: Example, weights: dict[str, float]) -> float:
    """Return what the signs of an article say together, in log-odds."""
    return weights[INTERCEPT] + sum(weights.get(sign, 0.0) for sign in example.features)


def _figures(left: list[Example], scores: list[float]) -> str:
    right = sum(e.relevant and s >= 0 for e, s in zip(left, scores, strict=True))
    said, true = sum(s >= 0 for s in scores), sum(e.relevant for e in left)
    ordered = [e.relevant for _, e in sorted(zip(scores, left, strict=True), key=lambda pair: -pair[0])]
    hits = [sum(ordered[: place + 1]) / (place + 1) for place, relevant in enumerate(ordered) if relevant]
    mean = sum(hits) / len(hits) if hits else 0.0
    return f"said {said} right {right} of {true} (n={len(left)}) F1 {2 * right / max(1, said + true):.3f} AP {mean:.3f}"


def _document(weights: dict[str, float], examples: list[Example]) -> str:
    told = Counter(example.source for example in examples)
    head = [
        "# Weights of learned signs of relevance, in log-odds, written by training/screening/relevance.py.",
        "# A site may change single ones.",
        "# Learned from " + ", ".join(f"{count} {source}" for source, count in told.items()) + ".",
        "",
        "[signs]",
    ]
    return "\n".join([*head, *(f'"{name}" = {value}' for name, value in sorted(weights.items()))]) + "\n"


if __name__ == "__main__":
    main()
