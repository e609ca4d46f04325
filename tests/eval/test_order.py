"""How the score orders articles: `benchmarks/order.py` with floors."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from eval.conftest import TESTS
from offing.services.analysis.analyst import load_analyst
from shared_data import shared

FLOOR = 0.98
LOOKED_AT = ("dev_look.jsonl", "dev_look2.jsonl", "dev_look3.jsonl")


@pytest.fixture(scope="module")
def order() -> ModuleType:
    """The benchmark."""
    spec = importlib.util.spec_from_file_location("order", TESTS.parent / "benchmarks/order.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_precision_counts_the_news_above(order: ModuleType) -> None:
    """With one project first, twenty articles of news above the second, it is the mean of 1 and 2 of 22 or more."""
    assert order.mixed_precision([0.9, 0.8], [0.1]) == 1.0
    assert order.mixed_precision([0.9, 0.5], [0.6, 0.1]) == pytest.approx((1 + 2 / 22) / 2)


def test_curve_tells_how_many_were_right(order: ModuleType) -> None:
    """Each range of scores has its number of articles and the share of right ones."""
    assert list(order.curve([(0.52, True), (0.6, False), (0.99, True)])) == [
        (0.5, 0.65, 2, 0.5, pytest.approx(0.56)),
        (0.97, 1.01, 1, 1.0, pytest.approx(0.99)),
    ]


@pytest.mark.slow
def test_project_articles_stand_before_background_news(order: ModuleType) -> None:
    """Project articles among twenty times as much real news: average precision stays above its floor."""
    analyst = load_analyst(None)
    rows = [row for name in LOOKED_AT for row in order.read_rows(TESTS / "eval" / name)]
    projects = [score for score, right in order.scores_of(rows, analyst) if right]
    news = order.news_scores(order.read_rows(shared("news/worldwide_newswire.jsonl.gz")), analyst)
    assert order.mixed_precision(projects, news) >= FLOOR
