"""Fit the weights for recalling later news of known projects (`[recall]` of `config/matching.toml`).

    python -m training.matching.recall --news NEWS.jsonl.gz            cross-validate
    python -m training.matching.recall --news NEWS.jsonl.gz --write    also write the weights

Fitted to the story groups open to training and to real background news. For each article that names no Chinese party,
a conditional logit with an L2 penalty chooses among the projects reported before it and "none". Weights keep their
expected sign. Folds are whole groups. The fit is deterministic.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from offing.model.pairs.matching import RECALL_AGAINST, RECALL_FEATURES
from offing.model.projects.memory import Memory, Recollection, Remembered
from offing.model.reading.meaning import packed
from offing.model.sources.article import Article
from offing.propose.recall.recall_query import Embeddings, RecallQuery, embeddings_of, recall_query
from offing.services.analysis.analyse import Analyst, article_of
from offing.services.analysis.analyst import load_analyst
from offing.services.analysis.recalling import Recaller
from offing.services.analysis.remembering import remembering
from training.matching.table import put_all
from training.metrics import note

ROOT = Path(__file__).parents[2]
GROUPS = (*(ROOT / "tests/eval" / name for name in ("story_groups.jsonl", "story_shorts.jsonl")),)
OWN = ROOT / "training/data/groups"  # written to be learned from
READ = frozenset("abce")  # parts that are open to training
HEAD, MOST = 2_000, 6  # characters per article and articles per project, as in `store.memory`
PENALTY = 0.1
PARTS, SEED = 8, 0
NEWS = "news"  # the group of background news
TRUE_NEWS = {"cn_article_scmp_61", "cn_article_scmp_66"}  # background news that does report Chinese projects
Row = dict[str, Any]


@dataclass(frozen=True)
class RecallCase:
    """An article with its group, its gold project ("" if it has none), its recollection and its query."""

    group: str
    article: Article
    project: str
    recollection: Recollection | None
    recall_query: RecallQuery | None


@dataclass(frozen=True)
class Question:
    """An article that names no Chinese party, compared with each project reported before it.

    `compared` has shape `(n_projects, n_features)`; `right` is the row of the gold project, None if there is none.
    """

    group: str
    compared: np.ndarray
    gold: int | None


def main() -> None:
    """Cross-validate, and write the weights if `--write` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--news", type=Path, required=True, help="background news, JSONL, gzip")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    analyst = load_analyst(None)
    found = list(questions([*recall_cases(analyst), *background(given.news, analyst)], analyst))
    report(found)
    if given.write:
        weights = fit(found)
        named = zip(RECALL_FEATURES, weights[:-1], strict=True)
        put_all([*(("recall.weights", name, value) for name, value in named), ("recall", "bias", weights[-1])])


# ---------------------------------------------------------------- data


def recall_cases(analyst: Analyst) -> Iterator[RecallCase]:
    """Yield the articles of all groups open to training, by date; those on several projects are skipped."""
    country_of = lru_cache(1024)(analyst.country_of)
    rows = [row for file in (*GROUPS, *sorted(OWN.glob("*.jsonl"))) for row in rows_of(file)]
    for number, row in enumerate(sorted(rows, key=lambda row: (row["published"], row["id"])), 1):
        article = article_of(row, number, country_of)
        projects = row["projects"] if row["relevant"] else []
        project = f"{row['set']} {projects[0]['project_id']}" if len(projects) == 1 else ""
        if len(projects) <= 1:
            query = recall_query(article, analyst.recognizer.recognize(article), analyst.scoring)
            yield RecallCase(
                row["group"] or row["id"],
                article,
                project,
                recollection(article, analyst) if project else None,
                query,
            )


def background(file: Path, analyst: Analyst) -> Iterator[RecallCase]:
    """Yield real news on other subjects."""
    for number, line in enumerate(gzip.decompress(file.read_bytes()).decode("utf-8").splitlines(), 1):
        row = json.loads(line)
        article = article_of({"id": row["id"], "title": "", "text": row["text"], "lang": "en"}, number, _nowhere)
        if row["id"] not in TRUE_NEWS:
            query = recall_query(article, analyst.recognizer.recognize(article), analyst.scoring)
            yield RecallCase(NEWS, article, "", None, query)


def _nowhere(*_: str) -> None:
    """Return None: background news has no outlet, so no country."""


def rows_of(file: Path) -> Iterator[Row]:
    """Yield the rows of a file that are open to training."""
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        part = row.get("half") or row.get("part") or file.stem
        if part in READ or file.parent == OWN:
            yield {**row, "set": part}


def recollection(article: Article, analyst: Analyst) -> Recollection | None:
    """Return what a record would remember of an article; None if the article is not a candidate."""
    found, embeddings = analyst.study(article), embeddings_of(article, analyst.scoring)
    if embeddings is None or found.score < analyst.scoring.cut or article.published is None:
        return None
    return Recollection(
        article.text.replace("\n\n", "\n")[:HEAD],
        found.proposals[0].facts,
        article.published.date(),
        packed(embeddings.embedding),
    )


def questions(cases: Sequence[RecallCase], analyst: Analyst) -> Iterator[Question]:
    """Yield a question for each article that names no Chinese party, with the projects reported before it."""
    known: dict[str, list[Recollection]] = defaultdict(list)
    plain = remembering(analyst, Memory((Remembered("", (), "", ()),))).recaller
    assert plain is not None
    for each in cases:
        embeddings = embeddings_of(each.article, analyst.scoring) if each.recall_query else None
        if each.recall_query and embeddings:
            yield from question(each, embeddings, known, plain)
        if each.project and each.recollection:
            known[each.project].append(each.recollection)


def question(
    each: RecallCase, embeddings: Embeddings, known: dict[str, list[Recollection]], plain: Recaller
) -> Iterator[Question]:
    """Yield the question for one article, unless the query rules out all projects."""
    assert each.recall_query is not None
    projects = [remembered(name, articles) for name, articles in known.items()]
    near = [project for project in projects if each.recall_query.may_be(project)]
    if near:
        compared = plain.compared(each.recall_query, embeddings, near)
        table = np.array([[features[name] for name in RECALL_FEATURES] for features in compared])
        names = [project.target for project in near]
        yield Question(each.group, table, names.index(each.project) if each.project in names else None)


def remembered(name: str, articles: Sequence[Recollection]) -> Remembered:
    """Return a project as remembered from its newest articles."""
    codes = {code for each in articles for code in each.facts.countries}
    return Remembered(name, tuple(sorted(codes)), "", tuple(articles[-MOST:]))


# ---------------------------------------------------------------- fitting


def fit(found: Sequence[Question]) -> np.ndarray:
    """Return the fitted weights, shape `(n_features + 1,)`; the last is the bias."""
    signs = [-1 if name in RECALL_AGAINST else 1 for name in RECALL_FEATURES]
    bounds = [(0, None) if sign > 0 else (None, 0) for sign in signs] + [(None, None)]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, gradient = PENALTY * float(weights[:-1] @ weights[:-1]) / 2, np.append(PENALTY * weights[:-1], 0.0)
        for each in found:
            table = np.hstack([each.compared, np.ones((len(each.compared), 1))])
            log_odds = np.append(table @ weights, 0.0)
            probabilities = np.exp(log_odds - log_odds.max())
            probabilities /= probabilities.sum()
            gold = -1 if each.gold is None else each.gold
            total -= np.log(max(probabilities[gold], 1e-12))
            gradient += table.T @ probabilities[:-1]
            if each.gold is not None:
                gradient -= table[each.gold]
        return total, gradient

    result = minimize(loss, np.zeros(len(signs) + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    weights: np.ndarray = result.x
    return weights


def report(found: Sequence[Question]) -> None:
    """Print cross-validated counts of correct and wrong assignments at several thresholds of probability."""
    groups = sorted({each.group for each in found})
    order = np.random.default_rng(SEED).permutation(len(groups))
    part_of = {name: int(place) % PARTS for name, place in zip(groups, order, strict=True)}
    predicted: list[tuple[float, bool, bool]] = []
    for part in range(PARTS):
        weights = fit([each for each in found if part_of[each.group] != part])
        held_out = [each for each in found if part_of[each.group] == part]
        predicted += [(*best(each, weights), each.group == NEWS) for each in held_out]
    with_gold = sum(each.gold is not None for each in found)
    note(examples=len(found), told_before=with_gold, left_out=f"{PARTS} parts of the groups")
    print(f"{len(found)} articles without a Chinese party, {with_gold} of them on a project reported before")
    for least in (0.15, 0.2, 0.3, 0.4, 0.5):
        correct = sum(is_correct for p, is_correct, _ in predicted if p >= least)
        wrong = sum(not is_correct for p, is_correct, is_news in predicted if p >= least and not is_news)
        news = sum(is_news for p, _, is_news in predicted if p >= least)
        note(**{f"from {least:.2f}": {"right": correct, "wrong": wrong, "background news": news}})
        print(f"from {least:.2f}: {correct} correct, {wrong} wrong, {news} background news")


def best(each: Question, weights: np.ndarray) -> tuple[float, bool]:
    """Return the probability of the most likely project, and whether it is the gold one."""
    exponentials = np.exp(np.minimum(each.compared @ weights[:-1] + weights[-1], 30.0))
    place = int(np.argmax(exponentials))
    return float(exponentials[place] / (1 + exponentials.sum())), place == each.gold


if __name__ == "__main__":
    main()
