"""What feeds and articles said, asked for among what others said: only what agrees in all that is asked."""

from __future__ import annotations

from itertools import product
from typing import Any

import sqlalchemy as sa

from factories.candidate import NOW, stored_article, stored_row
from factories.combinations import EARLIER, LATER, THREE
from offing.model.reading.mention import MentionKind
from offing.model.sources.clock import SKEW
from offing.model.sources.entry import AnnouncedEntry
from offing.store import tables
from offing.store.articles import revision, tombstone, unresolved
from offing.store.candidates import context
from offing.store.database.engine import Database
from offing.store.feeds import pace, poll
from offing.store.upkeep import reserved_texts


def test_robots_of_an_origin_are_fresh_until_their_time(database: Database) -> None:
    """Not of one before or after; at that time they are asked for again."""
    with database.write() as conn:
        for name in THREE:
            pace.keep_robots(conn, name, pace.StoredRobots(200, name), NOW)
        pace.keep_robots(conn, "none", pace.StoredRobots(None, ""), NOW)
        for name in THREE:
            assert pace.known_robots(conn, name, EARLIER) == pace.StoredRobots(200, name)
        assert pace.known_robots(conn, "bo", NOW) is None
        assert pace.known_robots(conn, "be", EARLIER) is None
        assert pace.known_robots(conn, "none", EARLIER) == pace.StoredRobots(None, "")


def test_a_rest_lasts_as_long_as_the_longest(database: Database) -> None:
    """An equal one changes nothing, its reason neither."""
    with database.write() as conn:
        for until, reason in ((NOW, "first"), (NOW, "equal"), (EARLIER, "shorter")):
            pace.rest(conn, "bo", until, reason)
        row = conn.execute(sa.select(tables.pace)).one()
        assert (row.next_at, row.reason) == (NOW, "first")
        pace.rest(conn, "bo", LATER, "longer")
        row = conn.execute(sa.select(tables.pace)).one()
        assert (row.next_at, row.reason) == (LATER, "longer")


def test_exchanges_are_those_of_a_feed(database: Database) -> None:
    """Latest first, of equal times the one written last; only what stood there before a clock ran ahead."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in THREE]
        for at, each, status in product((NOW, EARLIER), feeds, (1, 2)):
            stored_row(conn, tables.poll, feed_id=each, at=at, status=status, outcome="ok", size=each)
        found = poll.recent_polls(conn, feeds[1], 9)
        assert [(each.at, each.status) for each in found] == [(NOW, 2), (NOW, 1), (EARLIER, 2), (EARLIER, 1)]
        assert poll.recent_polls(conn, feeds[1], 3) == found[:3]
        assert {each.size for each in poll.poll_history(conn, feeds[1], NOW)} == {feeds[1]}
        assert poll.poll_history(conn, feeds[1], NOW) == found
        ahead = SKEW
        assert poll.poll_history(conn, feeds[1], NOW - ahead) == found
        assert poll.poll_history(conn, feeds[1], EARLIER - ahead) == found[2:]


def test_entries_are_known_by_key_page_or_title_of_their_feed(database: Database) -> None:
    """One of another feed is not, nor one without a title by having none."""
    with database.write() as conn:
        feeds = [stored_row(conn, tables.feed, url=name, url_key=name) for name in THREE]
        for each, key in product(feeds, ("ana", "bo", "cy", "di")):
            title = "" if key == "di" else f"Title {key}"
            row = {"entry_key": key, "url_key": f"{key}-{each}", "title": title, "feed_id": each}
            stored_row(conn, tables.entry, **row)
        asked = (
            AnnouncedEntry("bo", "", "nowhere"),
            AnnouncedEntry("new", "", f"ana-{feeds[1]}"),
            AnnouncedEntry("newer", "", f"cy-{feeds[0]}", "Title cy"),
            AnnouncedEntry("newest", "", "nowhere else", ""),
        )
        found = poll.known_entries(conn, feeds[1], asked)
        assert sorted(each.url_key for each in found) == sorted(f"{key}-{feeds[1]}" for key in THREE)
        gone = [stored_row(conn, tables.tombstone, feed_id=each, entry_key="bo", url_key=f"x{each}") for each in feeds]
        assert len(gone) == 3
        again = [AnnouncedEntry("bo", "", "y"), AnnouncedEntry("ba", "", "y"), AnnouncedEntry("bu", "", f"x{feeds[2]}")]
        assert tombstone.buried(conn, feeds[1], again) == {"bo", "bu"}


def test_where_an_article_has_a_name_first(database: Database) -> None:
    """That article and that name, where no list has it; None where it has not."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in THREE]
        for each, name, start in product(articles, THREE, (7, 3, 5)):
            place = start + 10 * THREE.index(name)
            row = {"kind": MentionKind.FIRM, "name": name, "start": place, "end": place + each}
            stored_row(conn, tables.mention, article_id=each, **row)
        stored_row(conn, tables.mention, article_id=articles[1], kind="firm", name="bo", key="bo", start=0, end=1)
        assert unresolved.sample_span(conn, "bo", articles[1]) == (13, 13 + articles[1])
        assert unresolved.sample_span(conn, "be", articles[1]) is None


def test_revisions_are_those_of_an_article(database: Database) -> None:
    """Read ones oldest first; the next to be read is the oldest that was not, of that page."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in THREE]
        pages = dict(conn.execute(sa.select(tables.article.c.id, tables.article.c.page_id)).all())
        for number, each in product((4, 3, 2, 1), reversed(articles)):
            digest = "" if number > 2 else f"hash {number}"
            row = {"article_id": each, "number": number, "text_hash": digest, "title": f"{each} {number}"}
            stored_row(conn, tables.revision, **row, sha256=f"{each}-{number}", diff=f"{number}")
        told = revision.revisions_of(conn, [articles[2], articles[1]])
        assert [(each.article_id, each.number) for each in told] == [*product(articles[1:], (1, 2))]
        unread = revision.unread_revision(conn, pages[articles[1]])
        assert unread
        assert (unread.article_id, unread.sha256) == (articles[1], f"{articles[1]}-3")
        assert (unread.before.title, unread.sha256_before) == (f"{articles[1]} 2", f"{articles[1]}-2")


def test_a_first_change_is_compared_with_the_article_itself(database: Database) -> None:
    """Its own text and content, of no other article."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in THREE]
        for each in articles:
            stored_row(conn, tables.revision, article_id=each, number=1, sha256=f"new-{each}")
            chosen = sa.update(tables.article).where(tables.article.c.id == each)
            conn.execute(chosen.values(title=f"title {each}"))
        joined = sa.select(tables.article.c.id, tables.page.c.id, tables.page.c.sha256).join_from(
            tables.article, tables.page
        )
        for each, page_id, digest in conn.execute(joined).all():
            unread = revision.unread_revision(conn, page_id)
            assert unread
            assert (unread.before.title, unread.sha256_before, unread.article_id) == (f"title {each}", digest, each)


def test_quotes_are_those_of_an_article(database: Database) -> None:
    """Of candidates and of its context; a page is let go of where it is reserved and its text is kept."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in THREE]
        for place, each in enumerate(articles):
            row = {"article_id": each, "kind": "summit", "regions": [], "countries": []}
            stored_row(conn, tables.context, **row, start=place, end=place + 9, quote="q")
        assert reserved_texts.quoted(conn, articles[1]) == ((1, 10),)
        pages = dict(conn.execute(sa.select(tables.article.c.id, tables.article.c.page_id)).all())
        assert [reserved_texts.reserved_page(conn, each) for each in articles] == [None] * 3
        conn.execute(sa.update(tables.page).values(reservation="tdm"))
        assert [reserved_texts.reserved_page(conn, each) for each in articles] == [pages[each] for each in articles]
        conn.execute(sa.update(tables.article).values(withheld_at=NOW))
        assert [reserved_texts.reserved_page(conn, each) for each in articles] == [None] * 3


def test_context_is_found_by_region_and_country(database: Database) -> None:
    """Whole names only; newest first, of equal times the one written last; what was read stands for no date."""
    with database.write() as conn:
        for regions, countries, at in (
            (["africa"], ["KEN"], NOW),
            (["africa-west"], ["KE"], NOW),
            (["asia"], [], None),
            ([], ["KEN", "UGA"], LATER),
        ):
            each = stored_article(conn, at)
            extracted = sa.update(tables.article).where(tables.article.c.id == each).values(extracted_at=EARLIER)
            conn.execute(extracted)
            row = {"article_id": each, "kind": "summit", "regions": regions, "countries": countries}
            stored_row(conn, tables.context, **row, start=0, end=1, quote="q")

        def asked(**by: Any) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
            return [(each.context.regions, each.context.countries) for each in context.list_contexts(conn, **by)]

        both, west, asia, last = ("africa",), ("africa-west",), ("asia",), ()
        assert [regions for regions, _ in asked()] == [last, west, both, asia]
        assert [regions for regions, _ in asked(since=NOW)] == [last, west, both]
        assert [regions for regions, _ in asked(since=LATER)] == [last]
        assert [regions for regions, _ in asked(since=EARLIER)] == [last, west, both, asia]
        assert [regions for regions, _ in asked(region="africa")] == [both]
        assert [regions for regions, _ in asked(country="KEN")] == [last, both]
        assert [regions for regions, _ in asked(country="KE")] == [west]
        assert [regions for regions, _ in asked(country="KEN", regions_of_country=["asia"])] == [last, both, asia]
