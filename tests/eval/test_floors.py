"""Floors of quality: below them the build fails. Figures and method stand in docs/quality.md.

`floors.toml` holds one table for each annotated set. A floor lies within .03 of the figure in `figures.json`; it is
lowered only with the figure and the reason in the commit message and in LEDGER.md.
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from eval.conftest import TESTS, Row, is_open_half, read_rows
from eval.figures import PAGE, WITH, figure, recorded, sets, with_tables
from offing.steps.evaluation.report import Figures, evaluate
from shared_data import shared

FLOORS: dict[str, dict[str, float]] = tomllib.loads((TESTS / "eval/floors.toml").read_text(encoding="utf-8"))
SLACK = 0.03  # of a figure above its floor
QUICK = "gold"  # the set that every run of the tests measures


def cases(*names: str) -> list[tuple[str, str]]:
    """Pairs of set and field."""
    return [(name, field) for name in names for field in FLOORS[name]]


@pytest.fixture(scope="module")
def figures_of(predict: Any) -> Callable[[str], Figures]:
    """The figures of a set by its name, reckoned once."""

    @cache
    def reckon(name: str) -> Figures:
        rows = sets()[name]
        return evaluate(rows, predict(rows)).figures["all"]

    return reckon


@pytest.mark.parametrize(("name", "field"), cases(QUICK))
def test_gold_set_stays_above_its_floors(name: str, field: str, figures_of: Callable[[str], Figures]) -> None:
    """No field of the open gold set falls below its floor."""
    assert figure(figures_of(name), field) >= FLOORS[name][field]


@pytest.mark.slow
@pytest.mark.parametrize(("name", "field"), cases(*(name for name in FLOORS if name != QUICK)))
def test_every_set_stays_above_its_floors(name: str, field: str, figures_of: Callable[[str], Figures]) -> None:
    """No field of any annotated set falls below its floor."""
    assert figure(figures_of(name), field) >= FLOORS[name][field]


@pytest.mark.parametrize("name", FLOORS)
def test_floors_lie_close_below_what_was_measured(name: str) -> None:
    """Every measured field has a floor, within .03 of its figure: a floor far below guards nothing."""
    measured = recorded()[name][WITH]
    assert set(FLOORS[name]) == set(measured) - {"event"}
    far = {field: floor for field, floor in FLOORS[name].items() if not 0 <= measured[field] - floor <= SLACK + 0.0101}
    assert not far


@pytest.mark.slow
@pytest.mark.parametrize("name", FLOORS)
def test_recorded_figures_are_those_of_today(name: str, figures_of: Callable[[str], Figures]) -> None:
    """What `figures.json` and the documents say is what the product does, but for two articles' worth of rounding."""
    today = figures_of(name)
    moved = {
        field: (value, figure(today, field))
        for field, value in recorded()[name][WITH].items()
        if abs(value - figure(today, field)) > 2 / max(today[field]["support"], 1) + 0.001
    }
    assert not moved


def test_the_tables_of_the_page_are_those_of_the_figures() -> None:
    """docs/quality.md shows what `figures.json` holds."""
    page = PAGE.read_text(encoding="utf-8")
    assert with_tables(page, recorded()) == page


def test_every_language_finds_its_projects(gold: list[Row], predict: Any) -> None:
    """No language is left behind: relevance and countries hold in each of the seven."""
    figures = evaluate(gold, predict(gold), by="lang").figures
    for group in (name for name in figures if name.startswith("lang=")):
        assert figure(figures[group], "relevance") >= 0.75, group
        assert figure(figures[group], "countries") >= 0.80, group


@pytest.mark.slow
def test_short_news_is_told_apart(predict: Any) -> None:
    """Short items: which report a project, and of which country, sector and status."""
    rows = read_rows(TESTS / "eval/short_score.jsonl")
    found = predict(rows)
    right = [row for row in rows if row["relevant"] and found[row["id"]]]
    said = sum(bool(found[row["id"]]) for row in rows)
    assert len(right) / said >= 0.83
    assert len(right) / sum(row["relevant"] for row in rows) >= 0.83
    assert sum(row["country"] in found[row["id"]][0]["countries"] for row in right) / len(right) >= 0.92
    assert sum(row["sector"] == found[row["id"]][0]["sector"] for row in right) / len(right) >= 0.69
    assert sum(row["status"] == found[row["id"]][0]["status"] for row in right) / len(right) >= 0.65


@pytest.mark.slow
def test_background_news_raises_hardly_an_alarm(predict: Any) -> None:
    """Of the real articles of the world's outlets that trained nothing at most one in a hundred becomes a candidate."""
    rows = [
        {"id": row["id"], "title": "", "text": row["text"], "lang": "en"}
        for row in lines_of(shared("news/worldwide_newswire.jsonl.gz"))
        if not is_open_half(row)
    ]
    alarms = [number for number, candidates in predict(rows).items() if candidates]
    assert len(rows) > 200
    assert len(alarms) <= len(rows) // 100 + 1, alarms


@pytest.mark.slow
def test_aiddata_descriptions_are_mostly_found(predict: Any) -> None:
    """Most descriptions of AidData's digital projects, written for another purpose, become candidates."""
    rows = [row for row in lines_of(shared("aiddata/gold_digital.jsonl.gz")) if not is_open_half(row)]
    figures = evaluate(rows, predict(rows)).figures["all"]
    assert len(rows) > 100
    assert figures["relevance"]["recall"] >= 0.78
    assert figures["countries"]["precision"] >= 0.94


def lines_of(path: Path) -> list[Row]:
    """The objects of a packed JSONL file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]
