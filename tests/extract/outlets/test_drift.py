"""Outlets against their own past, by simulated weeks."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from offing.extract.outlets.drift import judge_drift, outlets_watched
from offing.model.sources.drift import Drawn, Drift, DriftMeasure

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def page(day: float, draw: random.Random, domain: str = "news.example", habit: float = 0.9) -> Drawn:
    """A page of an outlet as it is drawn on an ordinary day; most fields are filled in `habit` of its pages."""
    number = draw.randrange(10**9)
    return Drawn(
        domain=domain,
        at=NOW - timedelta(days=day),
        url=f"https://{domain}/{number}",
        length=round(draw.lognormvariate(7.8, 0.5)) if draw.random() < 0.97 else None,
        title=f"Title {number}",
        dated=draw.random() < 0.98,
        signed=draw.random() < habit,
        placed=draw.random() < habit,
        whole=draw.random() < 0.97,
        method="trafilatura",
    )


def weeks(a_day: int = 8, seed: int = 1, **kind: object) -> list[Drawn]:
    """68 ordinary days of an outlet."""
    draw = random.Random(seed)
    return [page(day + draw.random(), draw, **kind) for day in range(67) for _ in range(a_day)]  # type: ignore[arg-type]


def lately(pages: list[Drawn], **changes: object) -> list[Drawn]:
    """The same weeks, the last of which something has changed in all articles."""
    since = NOW - timedelta(days=7)
    return [replace(each, **changes) if each.at > since and each.length is not None else each for each in pages]


def measures(found: tuple[Drift, ...]) -> set[DriftMeasure]:
    """What drifts."""
    return {drift.measure for drift in found}


@pytest.mark.slow
def test_ordinary_weeks_do_not_drift() -> None:
    """400 outlets of different habits and sizes, none of which changed: no alarm."""
    for seed in range(400):
        habit = (0.05, 0.3, 0.5, 0.8, 1.0)[seed % 5]
        pages = weeks((2, 3, 8, 20)[seed % 4], seed, habit=habit)
        assert judge_drift(pages, NOW) == (), (seed, habit)


@pytest.mark.parametrize(
    ("changes", "measure", "words"),
    [
        ({"length": 180}, DriftMeasure.LENGTH, "texts of 180 characters in"),
        ({"length": 30_000}, DriftMeasure.LENGTH, "texts of 30,000 characters in"),
        ({"dated": False}, DriftMeasure.DATES, "a date in 0% of"),
        ({"signed": False}, DriftMeasure.AUTHORS, "an author in 0% of"),
        ({"placed": False}, DriftMeasure.SECTIONS, "a section in 0% of"),
        ({"whole": False}, DriftMeasure.WHOLE, "a complete text in 0% of"),
        ({"title": "The News"}, DriftMeasure.TITLES, "a title of its own in 0% of"),
    ],
)
def test_a_change_shows_in_its_measure_only(changes: dict[str, object], measure: DriftMeasure, words: str) -> None:
    """What broke is named with both figures and a page that shows it."""
    found = judge_drift(lately(weeks(), **changes), NOW)
    assert measures(found) == {measure}
    assert words in found[0].sentence
    assert "before" in found[0].sentence
    assert found[0].url.startswith("https://news.example/")


def test_pages_without_articles_drift() -> None:
    """A wall in front of most pages is told, and nothing else is said of the few that are left."""
    draw = random.Random(2)
    since = NOW - timedelta(days=7)
    pages = [
        Drawn(each.domain, each.at, each.url) if each.at > since and draw.random() < 0.9 else each for each in weeks()
    ]
    found = judge_drift(pages, NOW)
    assert measures(found) == {DriftMeasure.FOUND}
    assert "an article in" in found[0].sentence


def test_a_rule_that_misses_drifts() -> None:
    """An outlet rule that finds nothing any more is told from one that finds all."""
    pages = [replace(each, method="outlet-rule") for each in weeks()]
    assert measures(judge_drift(lately(pages, method="trafilatura+rule-missed"), NOW)) == {DriftMeasure.RULES}


def test_a_change_shows_within_days() -> None:
    """Of eight articles a day, dates that go missing are told on the third day at the latest."""
    pages = [replace(each, dated=each.dated and each.at < NOW - timedelta(days=3)) for each in weeks()]
    assert measures(judge_drift(pages, NOW)) == {DriftMeasure.DATES}


def test_few_pages_say_nothing() -> None:
    """Under ten pages lately, or thirty before, there is no habit to compare."""
    pages = lately(weeks(1), dated=False)
    assert judge_drift(pages, NOW) == ()
    new = [each for each in lately(weeks(), dated=False) if each.at > NOW - timedelta(days=9)]
    assert judge_drift(new, NOW) == ()
    assert (outlets_watched(pages, NOW), outlets_watched(new, NOW)) == (0, 1)


def test_outlets_are_judged_by_themselves() -> None:
    """One outlet's change says nothing of another, and what lies outside of the weeks does not count."""
    old = [replace(each, at=each.at - timedelta(days=100), dated=False) for each in weeks(seed=3)]
    pages = [*old, *weeks(seed=3), *lately(weeks(domain="other.example", seed=4), dated=False)]
    assert [drift.domain for drift in judge_drift(pages, NOW)] == ["other.example"]


def test_odd_articles_do_not_move_a_median() -> None:
    """A week with a few very long and very short texts among the usual ones is no drift of length."""
    pages = weeks()
    recent = [place for place, each in enumerate(pages) if each.at > NOW - timedelta(days=7) and each.length]
    for place in recent[::5]:
        pages[place] = replace(pages[place], length=100_000)
    assert judge_drift(pages, NOW) == ()
