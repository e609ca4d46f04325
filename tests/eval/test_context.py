"""Context by the shipped recognition and proposal: short articles in seven languages, half of them never looked at."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eval.conftest import Row, read_rows
from offing.model.sources.article import Article

ROWS = read_rows(Path(__file__).parent / "context_articles.jsonl")


def found(analyst: Any, row: Row) -> Any:
    """What the article is kept as."""
    return analyst.study(Article(1, row["title"], tuple(row["paragraphs"]), row["lang"])).context


@pytest.mark.parametrize(
    ("part", "recall", "false"), [("look", 0.9, 0), pytest.param("score", 0.85, 2, marks=pytest.mark.slow)]
)
def test_context_is_found(analyst: Any, part: str, recall: float, false: int) -> None:
    """The share of summits, plans and initiatives that are kept as such, and how many other articles are."""
    rows = [row for row in ROWS if row["part"] == part]
    kept = {row["id"] for row in rows if found(analyst, row)}
    wanted = {row["id"] for row in rows if row["context"]}
    assert len(kept & wanted) / len(wanted) >= recall, sorted(wanted - kept)
    assert len(kept - wanted) <= false, sorted(kept - wanted)


def test_its_region_is_reported(analyst: Any) -> None:
    """Of what is found, nine of ten have their region; what has none gets none."""
    told = [(row["region"], context.regions) for row in ROWS if row["context"] and (context := found(analyst, row))]
    right = [region in regions if region else not regions for region, regions in told]
    assert sum(right) / len(right) >= 0.9
