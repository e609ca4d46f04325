"""Entries: each page once, nothing pruned comes back, an announced change leads to another look."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa

from offing.model.operation.run import Claim, Ending, Outcome
from offing.model.sources.article import Completeness
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import FeedSpec
from offing.model.sources.page import Answer, AnswerKind, FetchedPage
from offing.model.values.vocabulary import Verb
from offing.store.articles.entry import announcement_of, due_entry, save_entries
from offing.store.articles.page import save_failed_page, save_page, stored_page
from offing.store.articles.revision import MOST_LOOKS, YOUNG
from offing.store.articles.tombstone import bury
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.runs.run import start_run
from offing.store.runs.work import claim, finish
from offing.store.tables import article, entry, feed, page, work
from offing.urls import url_key

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
URL = "https://news.test/1"


def announced(number: int = 1, **said: object) -> AnnouncedEntry:
    """An item of a feed."""
    url = f"https://news.test/{number}"
    return AnnouncedEntry(f"key{number}", url, url_key(url), title=f"News {number}", **said)  # type: ignore[arg-type]


@pytest.fixture
def feeds(database: Database) -> tuple[int, int]:
    """Two feeds."""
    with database.write() as conn:
        add_feeds(
            conn, [FeedSpec("https://a.test/feed", "A", language="en"), FeedSpec("https://b.test/feed")], NOW, "t"
        )
        first, second = conn.execute(sa.select(feed.c.id).order_by(feed.c.id)).scalars()
    return first, second


def fetched(body: bytes = b"<p>News</p>", **more: object) -> FetchedPage:
    """A page that came."""
    return FetchedPage(URL, URL, 200, "text/html", {"server": "x"}, body, NOW, **more)  # type: ignore[arg-type]


def read(database: Database, entry_id: int = 1, **values: object) -> int:
    """Fetch and read the page of an entry; the article's id."""
    with database.write() as conn:
        run_id = start_run(conn, "t", "here", 1, NOW)
        page_id, _ = save_page(conn, entry_id, fetched(etag='"1"'))
        row = {"page_id": page_id, "url": URL, "url_key": url_key(URL), "title": "News", "paragraphs": ["Text."]}
        row |= {"cut": False, "extracted_at": NOW, "text_hash": "h", **values}
        made = conn.execute(sa.insert(article).values(**row).returning(article.c.id)).scalar_one()
    done(database, run_id, NOW)
    return made


def done(database: Database, run_id: int, now: datetime) -> list[int]:
    """Claim and end what is due for fetch."""
    with database.write() as conn:
        items = claim(conn, Verb.FETCH, Claim(run_id, now, now + HOUR), 10, ())
        for item in items:
            finish(conn, item, run_id, Outcome(Ending.DONE), now)
    return [item.item_id for item in items]


def due(database: Database) -> datetime | None:
    """When the first entry's page is due."""
    with database.read() as conn:
        return conn.execute(
            sa.select(work.c.due_at).where(work.c.verb == Verb.FETCH, work.c.done_at.is_(None))
        ).scalar()


def poll(database: Database, feed_id: int | None, *found: AnnouncedEntry, now: datetime = NOW) -> tuple[int, int]:
    """What a poll brings."""
    with database.write() as conn:
        return save_entries(conn, feed_id, found, now)


def test_a_page_is_fetched_for_its_first_entry_only(database: Database, feeds: tuple[int, int]) -> None:
    """The same item, the same page in another feed, and the same item twice in one document make one page to fetch."""
    first, second = feeds
    assert poll(database, first, announced(), announced()) == (1, 1)
    assert poll(database, first, announced()) == (0, 0)
    assert poll(database, second, announced()) == (1, 0)
    assert poll(database, None, announced(), announced(2)) == (2, 1)
    with database.read() as conn:
        assert conn.execute(sa.select(sa.func.count()).select_from(work).where(work.c.verb == "fetch")).scalar() == 2


def test_a_pruned_entry_is_never_new_again(database: Database, feeds: tuple[int, int]) -> None:
    """It is known by its key in its feed, and by its page in every feed; a person may bring it back."""
    first, second = feeds
    poll(database, first, announced())
    with database.write() as conn:
        bury(conn, [1], NOW)
        conn.execute(sa.delete(work).where(work.c.verb == "fetch"))
        conn.execute(sa.delete(entry))
    moved = replace(announced(), url="https://news.test/elsewhere", url_key=url_key("https://news.test/elsewhere"))
    assert poll(database, first, announced()) == (0, 0)
    assert poll(database, first, moved) == (0, 0)
    assert poll(database, second, replace(announced(), key="other")) == (0, 0)
    assert poll(database, second, moved) == (1, 1), "another page under a key that only the first feed has used"
    assert poll(database, None, announced()) == (1, 1), "somebody wants it"


def test_thousands_of_entries_are_saved(database: Database, feeds: tuple[int, int]) -> None:
    """More entries than a statement can carry values."""
    many = [announced(number) for number in range(1200)]
    assert poll(database, feeds[0], *many) == (1200, 1200)
    assert poll(database, feeds[0], *many) == (0, 0)


def test_a_change_that_is_announced_leads_to_another_look(database: Database, feeds: tuple[int, int]) -> None:
    """The page of a young article is due again an hour after it was read, with its validators."""
    poll(database, feeds[0], announced())
    read(database)
    assert due(database) is None
    poll(database, feeds[0], announced(), now=NOW + HOUR)
    assert due(database) is None, "nothing was changed"
    poll(database, feeds[0], announced(updated=NOW), now=NOW + HOUR / 2)
    assert due(database) == NOW + HOUR
    with database.read() as conn:
        known = due_entry(conn, 1, 0).known
        told = conn.execute(sa.select(entry.c.updated)).scalar()
    assert known is not None
    assert (known.etag, told) == ('"1"', NOW)


@pytest.mark.parametrize("change", [{"summary": "More."}, {"updated": NOW}])
def test_each_change_counts(database: Database, feeds: tuple[int, int], change: dict[str, object]) -> None:
    """Another summary or time of change, told by any feed that announces the page."""
    first, second = feeds
    poll(database, first, announced())
    poll(database, second, announced())
    read(database)
    poll(database, second, announced(**change), now=NOW + 2 * HOUR)
    assert due(database) == NOW + 2 * HOUR


def test_a_feed_that_always_announces_changes_is_believed_five_times(
    database: Database, feeds: tuple[int, int]
) -> None:
    """The looks are at least an hour apart, each pause twice as long as the one before, and then there are none."""
    poll(database, feeds[0], announced())
    read(database)
    looks = []
    for minutes in range(0, 60 * 24 * 5, 30):
        now = NOW + timedelta(minutes=minutes)
        poll(database, feeds[0], announced(updated=now), now=now)
        looks += [now for _ in done(database, 1, now)]
    assert len(looks) == MOST_LOOKS
    pauses = [after - before for before, after in zip([NOW, *looks], looks, strict=False)]
    assert all(pause >= HOUR * 2**number for number, pause in enumerate(pauses))


@pytest.mark.parametrize(
    "values",
    [
        {"published": NOW - YOUNG - HOUR},
        {"extracted_at": NOW - YOUNG - HOUR},
        {"withheld_at": NOW},
        {"completeness": Completeness.SUMMARY_ONLY},
    ],
)
def test_some_articles_are_not_looked_at_again(
    database: Database, feeds: tuple[int, int], values: dict[str, object]
) -> None:
    """Old ones, those whose text is not kept, and those whose page could not be had."""
    poll(database, feeds[0], announced())
    read(database, **values)
    poll(database, feeds[0], announced(updated=NOW), now=NOW + HOUR)
    assert due(database) is None


def test_an_entry_that_was_not_read_is_not_looked_at_again(database: Database, feeds: tuple[int, int]) -> None:
    """Without an article there is nothing to compare with; what is due stays due."""
    poll(database, feeds[0], announced())
    poll(database, feeds[0], announced(updated=NOW), now=NOW + HOUR)
    assert due(database) == NOW


def test_entries_older_than_the_digest_take_it_quietly(database: Database, feeds: tuple[int, int]) -> None:
    """An entry of an older database is compared from the next poll on."""
    poll(database, feeds[0], announced())
    read(database)
    with database.write() as conn:
        conn.execute(sa.update(entry).values(announced_hash=""))
    poll(database, feeds[0], announced(updated=NOW), now=NOW + HOUR)
    assert due(database) is None
    poll(database, feeds[0], announced(updated=NOW + HOUR), now=NOW + HOUR)
    assert due(database) is not None


def test_what_the_feed_said_can_be_read_again(database: Database, feeds: tuple[int, int]) -> None:
    """Title, summary and language of entry or feed, for the case that the page cannot be had."""
    poll(database, feeds[0], announced(summary="Short.", author="Ada"))
    with database.read() as conn:
        said = announcement_of(conn, 1)
    assert (said.title, said.summary, said.author, said.language, said.outlet) == ("News 1", "Short.", "Ada", "en", "A")


def test_a_page_is_kept_with_all_that_was_answered(database: Database, feeds: tuple[int, int]) -> None:
    """Headers, final address, time, validators and reservations; a second page of an entry is none."""
    poll(database, feeds[0], announced(), announced(2))
    with database.write() as conn:
        page_id, again = save_page(conn, 1, fetched(etag='W/"a"', last_modified="Sun, 01 Mar 2026 10:00:00 GMT"))
        assert (page_id is not None, again) == (True, False)
        assert save_page(conn, 1, fetched()) == (None, True)
        _, again = save_page(conn, 2, fetched())
        assert again, "the same address by another way"
        row = conn.execute(sa.select(page).where(page.c.id == page_id)).one()
        assert (row.headers, row.etag, row.fetched_at) == ({"server": "x"}, 'W/"a"', NOW)
        assert stored_page(conn, page_id).body == b"<p>News</p>"


def test_a_page_that_failed_has_no_identity(database: Database, feeds: tuple[int, int]) -> None:
    """What comes later from the address of a failed page is no duplicate of it."""
    poll(database, feeds[0], announced(), announced(2))
    answer = Answer(AnswerKind.ROBOTS, URL, URL, NOW, detail="robots.txt")
    with database.write() as conn:
        assert save_failed_page(conn, 1, answer) is not None
        assert save_failed_page(conn, 1, answer) is None
        _, again = save_page(conn, 2, fetched())
    assert not again
