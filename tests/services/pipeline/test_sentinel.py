"""The sentinel at a site: what it stores, where it is shown, and that it goes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import stored_row
from offing.cli.feeds.output import needs_a_look, plain_status, sentences_of, state_of
from offing.config.files.layers import Layers
from offing.config.sites.sentinel import load_sentinel
from offing.model.operation.problem import ProblemKind
from offing.model.operation.run import Ending
from offing.model.sources.article import Completeness
from offing.model.sources.symptom import DayOfFeed, SymptomKind
from offing.model.values.vocabulary import Verb
from offing.services.monitoring.problems import problems
from offing.services.monitoring.site_check import check_symptoms
from offing.services.pipeline.sentinel import look_for_symptoms
from offing.store import tables
from offing.store.database.engine import Database
from offing.store.feeds.feed import list_feeds
from offing.store.feeds.symptom import feed_facts, symptoms
from offing.web.pages.sources import is_fine

RULES = load_sentinel(Layers.of(None))
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)
DAY = timedelta(days=1)
MIDNIGHT = NOW.replace(hour=0)


class Site:
    """A site with feeds, their articles, and pages without one."""

    def __init__(self, database: Database) -> None:
        self.database, self.number = database, 0
        self.do(sa.insert(tables.body).values(sha256="0" * 64, packed=b""))

    def do(self, statement: sa.Executable) -> Any:
        """Execute a statement; its first value, if it has some."""
        with self.database.write() as conn:
            found = conn.execute(statement)
            return found.scalar() if found.returns_rows else None

    def row(self, table: sa.Table, **values: Any) -> int:
        """Store a row; its id."""
        with self.database.write() as conn:
            return int(stored_row(conn, table, **values))

    def feed(self, title: str) -> int:
        """A feed that answers."""
        values = {"url": f"https://{title}.example/feed", "url_key": title, "title": title, "state": "healthy"}
        return self.row(tables.feed, **values, last_poll_at=NOW, added_at=NOW - 300 * DAY)

    def page(self, feed_id: int, at: datetime) -> tuple[int, str]:
        """A page of a feed; its id and address."""
        self.number += 1
        url = f"https://news.example/{self.number}"
        key = {"entry_key": url, "url": url, "url_key": url, "seen_at": at}
        entry = self.row(tables.entry, feed_id=feed_id, **key)
        where = {"url": url, "final_url": url, "final_url_key": url, "sha256": "0" * 64}
        return self.row(tables.page, entry_id=entry, **where), url

    def article(self, feed_id: int, at: datetime, **changes: Any) -> None:
        """An article of a feed as it usually is."""
        page, url = self.page(feed_id, at)
        words = {"title": f"Title {url}", "paragraphs": ["x" * 600, "y" * 400], "text_hash": url, "language": "en"}
        words |= {"author": "Ana", "published": at - timedelta(hours=2), "completeness": Completeness.COMPLETE}
        self.row(tables.article, page_id=page, url=url, url_key=url, extracted_at=at, **(words | changes))


@pytest.fixture
def site(database: Database) -> Site:
    """A site whose feed 1 has a past of ten days."""
    made = Site(database)
    feed_id = made.feed("Ledger")
    for number in range(1, 11):
        for hour in (6, 9, 12, 15):
            made.article(feed_id, MIDNIGHT - number * DAY + timedelta(hours=hour))
    return made


def check(site: Site, now: datetime = NOW) -> list[str]:
    """What the sentinel of three runs says, as one: the past is summed up in pieces."""
    return [sentence for _ in range(4) for sentence in look_for_symptoms(site.database, RULES, now)]


def test_it_is_shown_everywhere_and_goes_when_it_is_over(site: Site) -> None:
    """In the tally once, in the list, its JSON, the problems, the page of sources and doctor, until all is well."""
    site.do(sa.delete(tables.article).where(tables.article.c.extracted_at >= NOW - DAY))
    for hour in range(1, 7):
        site.article(1, MIDNIGHT + timedelta(hours=hour), language="ru")
    (sentence,) = check(site)
    assert sentence.startswith("Ledger brings articles in another language: Its articles are in ru now")
    with site.database.read() as conn:
        (status,) = list_feeds(conn)
    assert (needs_a_look(status), is_fine(status), str(state_of(status))) == (True, False, "healthy, language")
    assert "before they were in en" in " ".join(sentences_of(status))
    assert [each["kind"] for each in plain_status(status)["symptoms"]] == ["language"]  # type: ignore[attr-defined]
    (problem,) = problems(site.database, NOW)
    assert (problem.kind, problem.since, problem.key) == (ProblemKind.FEED, NOW, "feed:1:language")
    (finding,) = check_symptoms(site.database)
    assert finding.advice
    for hour in range(1, 7):
        site.article(1, MIDNIGHT + DAY + timedelta(hours=hour))
    assert check(site, NOW + DAY) == []
    assert (problems(site.database, NOW + DAY), list(check_symptoms(site.database))) == ((), [])


def test_the_past_is_summed_up_by_day_once(site: Site) -> None:
    """Whole days only, the oldest first, four at a time; summaries and other days' articles stay out."""
    site.article(1, MIDNIGHT - DAY, completeness=Completeness.SUMMARY_ONLY, language="ru")
    look_for_symptoms(site.database, RULES, NOW)
    counted = sa.select(sa.func.count()).select_from(tables.feed_day)
    assert site.do(counted) == 4
    check(site)
    assert site.do(counted) == 10
    with site.database.read() as conn:
        (facts,) = feed_facts(conn, NOW, 49)
    assert facts.before == (DayOfFeed(4, 4, 4, 4, 4, 4, 4, 1000, 11.0, {"en": 4}),) * 10


def test_days_without_articles_are_passed_over(site: Site) -> None:
    """After a break of weeks the past goes on."""
    check(site)
    later = NOW + 20 * DAY
    site.article(1, later - DAY)
    check(site, later)
    latest = site.do(sa.select(sa.func.max(tables.feed_day.c.day)))
    assert latest == f"{later - DAY:%Y-%m-%d}"
    check(site, NOW + 200 * DAY)
    assert site.do(sa.select(sa.func.count()).select_from(tables.feed_day)) == 0


def test_pages_without_an_article_count(site: Site) -> None:
    """An outlet that shows a notice instead: nothing fails, and no article comes."""
    run_id = site.row(tables.run, started_at=NOW - DAY / 4)
    check(site)
    for _ in range(8):
        page, url = site.page(1, NOW)
        row = {"run_id": run_id, "verb": Verb.EXTRACT, "item_id": page, "ending": Ending.EMPTY, "url": url}
        site.row(tables.outcome, **row, at=NOW - DAY / 8)
    site.do(sa.delete(tables.article).where(tables.article.c.extracted_at >= NOW - DAY))
    (sentence,) = check(site)
    assert "0 of 8 pages of 24 hours have an article, 40 of 40 before" in sentence


def test_what_comes_is_counted_in_24_hours(site: Site) -> None:
    """A feed that brought forty each day and now three; asked and answered all the while."""
    for number in range(50):
        when = NOW - number * DAY - timedelta(hours=2)
        site.row(tables.poll, feed_id=1, at=when, new_entries=40 if number else 3, outcome="ok")
    (sentence,) = check(site)
    assert "3 new entries came in 24 hours; on such weekdays it is usually 40" in sentence


def test_many_feeds_at_once_are_one_problem(database: Database) -> None:
    """It names no feed, and stands among the problems of the site."""
    site = Site(database)
    for name in "abcdef":
        feed_id = site.feed(name)
        for number in range(50):
            when = NOW - number * DAY - timedelta(hours=2)
            site.row(tables.poll, feed_id=feed_id, at=when, new_entries=40 if number else 3, outcome="ok")
    (sentence,) = check(site)
    assert sentence.startswith("6 of 6 feeds bring far fewer new entries than usual.")
    with database.read() as conn:
        assert [each.kind for each in symptoms(conn)] == [SymptomKind.THIN]
        assert not any(each.symptoms for each in list_feeds(conn))
    (problem,) = problems(database, NOW)
    assert (problem.kind, problem.url) == (ProblemKind.SITE, "")
