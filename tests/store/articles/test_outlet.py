"""Outlets as their articles show them, on both databases."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from factories.outlet import drawn_pages, empty_pages
from offing.extract import repeated_lines
from offing.model.sources.drift import Drawn, DriftMeasure
from offing.services.pipeline.drift import find_drift, new_drift
from offing.store.articles.outlet import drawn_since, latest_texts
from offing.store.database.engine import Database

NOW = datetime(2026, 3, 5, 8, 0, tzinfo=UTC)
DAY = timedelta(days=1)


def test_the_latest_texts_of_an_outlet_are_read_once_each(database: Database) -> None:
    """The newest first up to so many, no copy twice, no summary, no other outlet."""
    with database.write() as conn:
        drawn_pages(conn, "news.example", NOW, 1, paragraphs=["too old"])
        for number in range(3):
            drawn_pages(conn, "news.example", NOW, 1, paragraphs=[f"text {number}", "A motto"])
        drawn_pages(conn, "news.example", NOW, 1, paragraphs=["text 2", "A motto"], text_hash="same")
        drawn_pages(conn, "news.example", NOW, 1, paragraphs=["text 2", "A motto"], text_hash="same")
        drawn_pages(conn, "news.example", NOW, 1, paragraphs=["short"], completeness="summary-only")
        drawn_pages(conn, "other.example", NOW, 1, paragraphs=["other"])
    with database.read() as conn:
        found = latest_texts(conn, "news.example", 5)
        assert sorted(found) == [
            ("text 0", "A motto"),
            ("text 1", "A motto"),
            ("text 2", "A motto"),
            ("text 2", "A motto"),
        ]
        assert repeated_lines(found) == frozenset({"amotto"})
        assert latest_texts(conn, "nowhere.example", 5) == ()


def test_what_was_drawn_is_read_with_the_length_of_its_text(database: Database) -> None:
    """Characters of all paragraphs, in any script; pages without an article have none."""
    with database.write() as conn:
        drawn_pages(conn, "news.example", NOW, 1, paragraphs=["华为公司", "é𝒳"], author=None, completeness="truncated")
        drawn_pages(conn, "news.example", NOW - DAY, 1, paragraphs=[], dated=False)
        drawn_pages(conn, "news.example", NOW - 9 * DAY, 1)
        empty_pages(conn, "news.example", NOW, 1)
    with database.read() as conn:
        pages = drawn_since(conn, NOW - 2 * DAY)  # in any order
        first, second, empty = sorted(pages, key=lambda page: (page.length is None, NOW - page.at))
    assert (first.length, first.dated, first.signed, first.placed, first.whole) == (6, True, False, True, False)
    assert (second.length, second.dated, second.whole, second.at) == (0, False, True, NOW - DAY)
    assert empty == Drawn("news.example", NOW, "https://news.example/e0")


def test_drift_is_reported_once(database: Database) -> None:
    """It stands in the report as long as it lasts; the notice comes on the day on which it begins."""
    with database.write() as conn:
        for day in range(60):
            drawn_pages(conn, "news.example", NOW - day * DAY, 3)
        for day in range(3):
            empty_pages(conn, "news.example", NOW - day * DAY, 20)
    with database.read() as conn:
        report = find_drift(conn, NOW)
        assert [(drift.domain, drift.measure) for drift in report.drifts] == [("news.example", DriftMeasure.FOUND)]
        assert report.outlets == 1
        assert new_drift(conn, NOW) == ()
        (notice,) = new_drift(conn, NOW - 2 * DAY)
    assert notice.startswith("news.example drifts: an article in")
    assert "(`offing drift`)" in notice
