"""Fits the weights by which later news of known projects is recalled (`[recall]` of `config/matching.toml`).

    python -m training.matching.recall --news NEWS.jsonl.gz            cross-validate
    python -m training.matching.recall --news NEWS.jsonl.gz --write    and write the weights

Fitted to the groups of stories that may be read, and to real background news: each article that names nobody Chinese is
asked which of all projects that were told of before it is news of, or of none. A conditional logit with an L2 penalty,
whose weights keep the sign of their sense; deterministic. Parts are whole groups.
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
READ = frozenset("abce")  # parts that may be read
HEAD, MOST = 2_000, 6  # as `store.memory` keeps
PENALTY = 0.1
PARTS, SEED = 8, 0
NEWS = "news"  # the group of background news
TRUE_NEWS = {"cn_article_scmp_61", "cn_article_scmp_66"}  # background news that do report Chinese projects
Row = dict[str, Any]


@dataclass(frozen=True)
class RecallCase:
    """An article with its group, its project ("" for none, or for several) and what is remembered of it."""

    group: str
    article: Article
    project: str
    recollection: Recollection | None
    recall_query: RecallQuery | None


@dataclass(frozen=True)
class Question:
    """An article that names nobody Chinese beside the projects told of before: what they share, and which is right."""

    group: str
    compared: np.ndarray
    right: int | None


def main() -> None:
    """Cross-validate, and write where told so."""
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
    """Yield the articles of all groups that may be read, in the order of their dates."""
    country_of = lru_cache(1024)(analyst.country_of)
    rows = [row for file in (*GROUPS, *sorted(OWN.glob("*.jsonl"))) for row in rows_of(file)]
    for number, row in enumerate(sorted(rows, key=lambda row: (row["published"], row["id"])), 1):
        article = article_of(row, number, country_of)
        projects = row["projects"] if row["relevant"] else []
        project = f"{row['set']} {projects[0]['project_id']}" if len(projects) == 1 else ""
        if len(projects) <= 1:
            question = recall_query(article, analyst.recognizer.recognize(article), analyst.scoring)
            yield RecallCase(
                row["group"] or row["id"],
                article,
                project,
                recollection(article, analyst) if project else None,
                question,
            )


def background(file: Path, analyst: Analyst) -> Iterator[RecallCase]:
    """Real news of other things."""
    for number, line in enumerate(gzip.decompress(file.read_bytes()).decode("utf-8").splitlines(), 1):
        row = json.loads(line)
        article = article_of({"id": row["id"], "title": "", "text": row["text"], "lang": "en"}, number, _nowhere)
        if row["id"] not in TRUE_NEWS:
            question_ = recall_query(article, analyst.recognizer.recognize(article), analyst.scoring)
            yield RecallCase(NEWS, article, "", None, question_)


def _nowhere(*_: str) -> None:
    """No country: background news has no outlet."""


def rows_of(file: Path) -> Iterator[Row]:
    """Yield the rows of a file that may be read."""
    for row in map(json.loads, file.read_text(encoding="utf-8").splitlines()):
        part = row.get("half") or row.get("part") or file.stem
        if part in READ or file.parent == OWN:
            yield {**row, "set": part}


def recollection(article: Article, analyst: Analyst) -> Recollection | None:
    """Return what a record would remember of an article; nothing where it is no candidate."""
    found, means = analyst.study(article), embeddings_of(article, analyst.scoring)
    if means is None or found.score < analyst.scoring.cut or article.published is None:
        return None
    return Recollection(
        article.text.replace("\n\n", "\n")[:HEAD],
        found.proposals[0].facts,
        article.published.date(),
        packed(means.embedding),
    )


def questions(told: Sequence[RecallCase], analyst: Analyst) -> Iterator[Question]:
    """Yield what each article that names nobody Chinese is asked."""
    known: dict[str, list[Recollection]] = defaultdict(list)
    plain = remembering(analyst, Memory((Remembered("", (), "", ()),))).recaller
    assert plain is not None
    for each in told:
        means = embeddings_of(each.article, analyst.scoring) if each.recall_query else None
        if each.recall_query and means:
            yield from question(each, means, known, plain)
        if each.project and each.recollection:
            known[each.project].append(each.recollection)


def question(
    each: RecallCase, means: Embeddings, known: dict[str, list[Recollection]], plain: Recaller
) -> Iterator[Question]:
    """Yield the question to one article, where any project may be meant."""
    assert each.recall_query is not None
    projects = [remembered(name, articles) for name, articles in known.items()]
    near = [project for project in projects if each.recall_query.may_be(project)]
    if near:
        compared = plain.compared(each.recall_query, means, near)
        table = np.array([[features[name] for name in RECALL_FEATURES] for features in compared])
        names = [project.target for project in near]
        yield Question(each.group, table, names.index(each.project) if each.project in names else None)


def remembered(name: str, articles: Sequence[Recollection]) -> Remembered:
    """Return a project as its newest articles tell of it."""
    codes = {code for each in articles for code in each.facts.countries}
    return Remembered(name, tuple(sorted(codes)), "", tuple(articles[-MOST:]))


# ---------------------------------------------------------------- fitting


def fit(found: Sequence[Question]) -> np.ndarray:
    """Return weights of the features and, last, the bias."""
    signs = [-1 if name in RECALL_AGAINST else 1 for name in RECALL_FEATURES]
    bounds = [(0, None) if sign > 0 else (None, 0) for sign in signs] + [(None, None)]

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        total, slope = PENALTY * float(weights[:-1] @ weights[:-1]) / 2, np.append(PENALTY * weights[:-1], 0.0)
        for each in found:
            table = np.hstack([each.compared, np.ones((len(each.compared), 1))])
            odds = np.append(table @ weights, 0.0)
            shares = np.exp(odds - odds.max())
            shares /= shares.sum()
            right = -1 if each.right is None else each.right
            total -= np.log(max(shares[right], 1e-12))
            slope += table.T @ shares[:-1]
            if each.right is not None:
                slope -= table[each.right]
        return total, slope

    result = minimize(loss, np.zeros(len(signs) + 1), jac=True, method="L-BFGS-B", bounds=bounds)
    weights: np.ndarray = result.x
    return weights


def report(found: Sequence[Question]) -> None:
    """Print how many are told rightly and wrongly, by weights that were fitted without their group."""
    groups = sorted({each.group for each in found})
    order = np.random.default_rng(SEED).permutation(len(groups))
    part_of = {name: int(place) % PARTS for name, place in zip(groups, order, strict=True)}
    told: list[tuple[float, bool, bool]] = []
    for part in range(PARTS):
        weights = fit([each for each in found if part_of[each.group] != part])
        mine = [each for each in found if part_of[each.group] == part]
        told += [(*best(each, weights), each.group == NEWS) for each in mine]
    asked_ = sum(each.right is not None for each in found)
    note(examples=len(found), told_before=asked_, left_out=f"{PARTS} parts of the groups")
    print(f"{len(found)} articles without a Chinese party, {asked_} of them news of a project told of before")
    for least in (0.15, 0.2, 0.3, 0.4, 0.5):
        right = sum(is_right for chance, is_right, _ in told if chance >= least)
        wrong = sum(not is_right for chance, is_right, is_news in told if chance >= least and not is_news)
        news = sum(is_news for chance, _, is_news in told if chance >= least)
        note(**{f"from {least:.2f}": {"right": right, "wrong": wrong, "background news": news}})
        print(f"from {least:.2f}: {right} right, {wrong} wrong, and {news} of background news")


def best(each: Question, weights: np.ndarray) -> tuple[float, bool]:
    """Return the chance of the likeliest project, and whether it is the right one."""
    powers = np.exp(np.minimum(each.compared @ weights[:-1] + weights[-1], 30.0))
    place = int(np.argmax(powers))
    return float(powers[place] / (1 + powers.sum())), place == each.right


if __name__ == "__main__":
    main()
