"""Trains the screen: which texts are worth encoding, `config/models/screen.toml`.

    python -m training.screening.screen --news NEWS.jsonl.gz           only measure, with parts of the sets left out
    python -m training.screening.screen --news NEWS.jsonl.gz --write   and write the model that all of them give

A logistic regression (scikit-learn, L2, deterministic) on the signs that the product draws from a text before any of
its sentences is encoded (`offing.propose.sentences.relevance`). It learns from all annotated articles that may be
learned from and from the half of the background news whose ids hash to an even number, as far as something Chinese
stands in them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from offing.model.reading.feature_names import INTERCEPT
from offing.model.sources.article import Article
from offing.propose.reading.scope import scope_of
from offing.propose.score.reasons import has_chinese_party
from offing.propose.sentences.relevance import relevance_features
from offing.services.analysis.analyse import Analyst, article_of
from offing.services.analysis.analyst import load_analyst
from training.data.articles import BRIEFS, all_articles, is_read
from training.metrics import note

MODEL = Path(__file__).parents[2] / "config/models/screen.toml"
FREEDOM = 0.3  # the inverse of the L2 penalty
PARTS = 6
FEWEST = 6  # articles in which a sign has to stand
LEAST = (-6.0, -5.0, -4.0, -3.0, -2.0)
NEWS = "news"
Signs = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """A text that something Chinese stands in: of which brief, its signs, and whether it reports a project."""

    brief: str
    features: frozenset[str]
    relevant: bool

    @property
    def kind(self) -> str:
        """Background news, an article on a project, or a near miss."""
        return NEWS if self.brief == NEWS else "projects" if self.relevant else "near misses"


def main() -> None:
    """Measure, and write where asked to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, required=True, help="background news, JSONL, gzip")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    examples = list(examples_of(given.news))
    sums = _left_out(examples)
    for least in LEAST:
        print(f"below {least}: {_screened(examples, sums, least)}")
    screened = {str(least): _screened(examples, sums, least) for least in LEAST}
    note(examples=len(examples), left_out=f"{PARTS} parts of the briefs and of the news", below=screened)
    if given.write:
        MODEL.write_text(_document(trained(examples), examples), encoding="utf-8")


def examples_of(news: Path) -> Iterator[Example]:
    """Yield the texts to learn from, each read by today's rules."""
    analyst = load_analyst(None)
    for each in all_articles(analyst):
        yield from _example(
            each.article, BRIEFS.get(each.source, each.source), relevant=each.is_relevant, analyst=analyst
        )
    for line in gzip.decompress(news.read_bytes()).decode("utf-8").splitlines():
        row = json.loads(line)
        if is_read(row):
            plain = {"id": row["id"], "title": "", "text": row["text"], "lang": "en"}
            yield from _example(article_of(plain, 0, analyst.country_of), NEWS, relevant=False, analyst=analyst)


def _example(article: Article, brief: str, *, relevant: bool, analyst: Analyst) -> Iterator[Example]:
    whole = scope_of(article, analyst.mentions(article), analyst.scoring)
    if has_chinese_party(whole):
        yield Example(brief, frozenset(relevance_features(whole)), relevant)


def trained(examples: Sequence[Example]) -> Signs:
    """Return the weights of the signs and the intercept, in log-odds."""
    counts = Counter(sign for example in examples for sign in example.features)
    often = {sign for sign, count in counts.items() if count >= FEWEST}
    columns = DictVectorizer()
    table = columns.fit_transform([dict.fromkeys(example.features & often, 1.0) for example in examples])
    model = LogisticRegression(C=FREEDOM, max_iter=1000)
    model.fit(table, [example.relevant for example in examples])
    pairs = zip(columns.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(weight), 3) for name, weight in pairs}
    return {INTERCEPT: round(float(model.intercept_[0]), 3)} | {
        name: weight for name, weight in weights.items() if weight
    }


def _left_out(examples: Sequence[Example]) -> np.ndarray:
    """Return what a screen says of each text that has not learned from its brief, nor of news from its part."""
    briefs = sorted({example.brief for example in examples} - {NEWS})
    parts = np.array([
        place % PARTS if example.brief == NEWS else briefs.index(example.brief) % PARTS
        for place, example in enumerate(examples)
    ])  # fmt: skip
    sums = np.zeros(len(examples))
    for part in range(PARTS):
        weights = trained([example for example, of in zip(examples, parts, strict=True) if of != part])
        for place in np.flatnonzero(parts == part).tolist():
            sums[place] = weights[INTERCEPT] + sum(weights.get(sign, 0.0) for sign in examples[place].features)
    return sums


def _screened(examples: Sequence[Example], sums: np.ndarray, least: float) -> str:
    """Return how many texts of each kind a screen takes out."""
    out = Counter(each.kind for each, total in zip(examples, sums, strict=True) if total < least)
    every = Counter(each.kind for each in examples)
    return ", ".join(f"{out[kind]} of {count} {kind}" for kind, count in every.items())


def _document(weights: Signs, examples: Sequence[Example]) -> str:
    relevant = sum(example.relevant for example in examples)
    head = (
        "# Weights of the signs by which a text is worth encoding (log-odds), written by training/screening/screen.py.",
        f"# Learned from {len(examples)} texts that something Chinese stands in, {relevant} of projects.",
        "",
        "[signs]",
    )
    return "\n".join([*head, *(f'"{name}" = {value}' for name, value in sorted(weights.items()))]) + "\n"


if __name__ == "__main__":
    main()
