"""Train the screen that decides which texts are worth encoding: `config/models/screen.toml`.

    python -m training.screening.screen --news NEWS.jsonl.gz           only cross-validate
    python -m training.screening.screen --news NEWS.jsonl.gz --write   also write the model fitted on all texts

A logistic regression (scikit-learn, L2, deterministic) over the features that the product extracts before encoding a
text (`offing.propose.sentences.relevance`). Trained on all annotated articles open to training and on the half of the
background news whose ids hash to an even number, restricted to texts that mention a Chinese party.
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
INVERSE_L2 = 0.3  # the inverse of the L2 penalty
PARTS = 6
FEWEST = 6  # articles a feature must occur in
LEAST = (-6.0, -5.0, -4.0, -3.0, -2.0)
NEWS = "news"
Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Example:
    """A text that mentions a Chinese party: its brief, features, and gold relevance."""

    brief: str
    features: frozenset[str]
    relevant: bool

    @property
    def kind(self) -> str:
        """The kind of text: background news, an article on a project, or a near miss."""
        return NEWS if self.brief == NEWS else "projects" if self.relevant else "near misses"


def main() -> None:
    """Cross-validate, and write the model if `--write` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, required=True, help="background news, JSONL, gzip")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    examples = list(examples_of(given.news))
    log_odds = _held_out_log_odds(examples)
    for least in LEAST:
        print(f"below {least}: {_screened(examples, log_odds, least)}")
    screened = {str(least): _screened(examples, log_odds, least) for least in LEAST}
    note(examples=len(examples), left_out=f"{PARTS} parts of the briefs and of the news", below=screened)
    if given.write:
        MODEL.write_text(_document(trained(examples), examples), encoding="utf-8")


def examples_of(news: Path) -> Iterator[Example]:
    """Yield the training texts, with features extracted by the current rules."""
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


def trained(examples: Sequence[Example]) -> Weights:
    """Return the non-zero weights of the features and the intercept, in log-odds."""
    counts = Counter(feature for example in examples for feature in example.features)
    frequent = {feature for feature, count in counts.items() if count >= FEWEST}
    columns = DictVectorizer()
    table = columns.fit_transform([dict.fromkeys(example.features & frequent, 1.0) for example in examples])
    model = LogisticRegression(C=INVERSE_L2, max_iter=1000)
    model.fit(table, [example.relevant for example in examples])
    pairs = zip(columns.get_feature_names_out(), model.coef_[0], strict=True)
    weights = {str(name): round(float(weight), 3) for name, weight in pairs}
    return {INTERCEPT: round(float(model.intercept_[0]), 3)} | {
        name: weight for name, weight in weights.items() if weight
    }


def _held_out_log_odds(examples: Sequence[Example]) -> np.ndarray:
    """Return the held-out log-odds of each text, shape `(n_texts,)`; folds are whole briefs, and parts of the news."""
    briefs = sorted({example.brief for example in examples} - {NEWS})
    parts = np.array([
        place % PARTS if example.brief == NEWS else briefs.index(example.brief) % PARTS
        for place, example in enumerate(examples)
    ])  # fmt: skip
    log_odds = np.zeros(len(examples))
    for part in range(PARTS):
        weights = trained([example for example, of in zip(examples, parts, strict=True) if of != part])
        for place in np.flatnonzero(parts == part).tolist():
            log_odds[place] = weights[INTERCEPT] + sum(
                weights.get(feature, 0.0) for feature in examples[place].features
            )
    return log_odds


def _screened(examples: Sequence[Example], log_odds: np.ndarray, least: float) -> str:
    """Return how many texts of each kind fall below a threshold."""
    out = Counter(each.kind for each, total in zip(examples, log_odds, strict=True) if total < least)
    every = Counter(each.kind for each in examples)
    return ", ".join(f"{out[kind]} of {count} {kind}" for kind, count in every.items())


def _document(weights: Weights, examples: Sequence[Example]) -> str:
    relevant = sum(example.relevant for example in examples)
    head = (
        "# Feature weights (log-odds) that decide which texts are encoded, written by training/screening/screen.py.",
        f"# Trained on {len(examples)} texts that mention a Chinese party, {relevant} of them on projects.",
        "",
        "[signs]",
    )
    return "\n".join([*head, *(f'"{name}" = {value}' for name, value in sorted(weights.items()))]) + "\n"


if __name__ == "__main__":
    main()
