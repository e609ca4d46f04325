"""Measure the calibration and ranking quality of scores.

    python benchmarks/order.py GOLD.jsonl …                         calibration curve of annotated articles
    python benchmarks/order.py GOLD.jsonl … --news NEWS.jsonl.gz    also rank project articles among background news

The curve gives the share of articles in each score range that report a project. The average precision is that of
project articles mixed one to twenty with background news; news articles are weighted to reach that ratio.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from offing.services.analysis.analyse import Analyst, article_of
from offing.services.analysis.analyst import load_analyst

TRUE_NEWS = frozenset({"cn_article_scmp_61", "cn_article_scmp_66"})  # background news that does report Chinese projects
MIXTURE = 20.0  # articles of background news for each project article
BOUNDS = (0.0, 0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9, 0.97, 1.01)
Scored = tuple[float, bool]  # the score of an article, and whether it reports a project
Row = dict[str, Any]


def main() -> None:
    """Print the curve, and the average precision if `--news` is given."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path, nargs="+", help="annotated articles, JSONL")
    parser.add_argument("--news", type=Path, help="background news, JSONL, gzip")
    given = parser.parse_args()
    analyst = load_analyst(None)
    scored = scores_of((row for path in given.gold for row in read_rows(path)), analyst)
    print("score        articles  share relevant  mean score")
    for low, high, articles, relevant, mean in curve(scored):
        print(f"{low:.2f}–{min(high, 1):.2f}   {articles:8}  {relevant:14.2f}  {mean:10.2f}")
    if given.news:
        news = news_scores(read_rows(given.news), analyst)
        projects = [score for score, relevant in scored if relevant]
        print(f"average precision, mixed 1:{MIXTURE:.0f} with background news: {mixed_precision(projects, news):.3f}")


def scores_of(rows: Iterable[Row], analyst: Analyst) -> list[Scored]:
    """Return the best score and the gold relevance of each article."""
    return [
        (analyst.study(article_of(row, number, analyst.country_of)).score, bool(row["relevant"]))
        for number, row in enumerate(rows)
    ]


def news_scores(rows: Iterable[Row], analyst: Analyst) -> list[float]:
    """Return the best score of each article of background news, except the few that report Chinese projects."""
    plain = ({"id": row["id"], "title": "", "text": row["text"], "lang": "en"} for row in rows)
    return [analyst.study(article_of(row, 0, analyst.country_of)).score for row in plain if row["id"] not in TRUE_NEWS]


def curve(scored: Sequence[Scored]) -> Iterable[tuple[float, float, int, float, float]]:
    """Yield, for each non-empty score range, its bounds, number of articles, share relevant, and mean score."""
    for low, high in itertools.pairwise(BOUNDS):
        inside = [(score, relevant) for score, relevant in scored if low <= score < high]
        if inside:
            relevant = sum(is_relevant for _, is_relevant in inside)
            yield low, high, len(inside), relevant / len(inside), sum(score for score, _ in inside) / len(inside)


def mixed_precision(projects: Sequence[float], news: Sequence[float]) -> float:
    """Return the average precision of project articles among `MIXTURE` times as many of news; ties rank news first."""
    weight = MIXTURE * len(projects) / len(news)
    precisions = []
    for rank, score in enumerate(sorted(projects, reverse=True), 1):
        above = sum(other >= score for other in news)
        precisions.append(rank / (rank + weight * above))
    return sum(precisions) / len(precisions)


def read_rows(path: Path) -> list[Row]:
    """Return the objects of a JSONL file, gzipped or not."""
    text = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
    return [json.loads(line) for line in text.decode("utf-8").splitlines() if line.strip()]


if __name__ == "__main__":
    main()
