"""What is kept of a page, from feed to candidate: reservations, revisions, summaries in the place of pages."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from offing.config.files.layers import Layers
from offing.config.sites.fetch import load_fetch_policy
from offing.fetch.withhold import MASK
from offing.model.operation.retention import Retention
from offing.model.operation.run import Ending
from offing.model.sources.article import Completeness, article_text
from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import FeedSpec
from offing.model.sources.policy import PipelineSpec
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.run import Plant, RunReport, run_pipeline
from offing.services.running.prune import prune
from offing.services.running.run_context import utc_now
from offing.store.articles.article import get_article, get_articles
from offing.store.articles.entry import save_entries
from offing.store.articles.revision import revisions_of
from offing.store.candidates.candidate import candidates, queued
from offing.store.candidates.context import list_contexts
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.tables import article, body, candidate, entry, evidence, outcome, page, robots, work
from offing.urls import url_key
from services.publisher import Publisher, publisher

pytestmark = pytest.mark.slow
TITLE = "Kenya signs data centre contract with Huawei"
LEAD = "Kenya's ICT Authority signed a contract with Huawei worth $172.5 million for a data centre at Konza on Monday."
MORE = (
    "The building is to be ready within eighteen months, and residents are to be heard. Farmers asked about the road.",
    "The weather in the county was dry for the season, and the market of the town was full, as on every Monday.",
)
LATER = "The authority said on Tuesday that the sum does not include the power line, which is built by others."


def html(*paragraphs: str, title: str = TITLE, head: str = "", foot: str = "") -> str:
    """A page with an article in it."""
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    article_part = f"<article><h1>{title}</h1>{text}</article>"
    return f"<html><head><title>{title}</title>{head}</head><body>{article_part}{foot}</body></html>"


@dataclass
class Desk:
    """A site with a publisher."""

    database: Database
    publisher: Publisher
    plant: Plant

    def announce(self, path: str, title: str = TITLE, **said: Any) -> None:
        """Let a feed announce a page."""
        url = self.publisher.url(path)
        item = AnnouncedEntry(f"key{path}", url, url_key(url), title=title, **said)
        with self.database.write() as conn:
            add_feeds(conn, [FeedSpec(self.publisher.url("/feed"), "The Ledger", language="en")], utc_now(), "t")
            save_entries(conn, 1, [item], utc_now())

    def run(self, *verbs: str) -> RunReport:
        """Run some verbs until nothing is due."""
        report = run_pipeline(self.plant, PipelineSpec("test", "", verbs or ("fetch", "extract"), ""))
        assert not report.tally.crashed
        return report

    def rows(self, *columns: Any) -> list[Any]:
        """Some columns of a table."""
        with self.database.read() as conn:
            return list(conn.execute(sa.select(*columns).order_by(columns[0])))

    def told(self, verb: Verb) -> list[tuple[str, str]]:
        """Endings and causes of a verb, in order."""
        with self.database.read() as conn:
            rows = conn.execute(
                sa.select(outcome.c.ending, outcome.c.cause).where(outcome.c.verb == verb).order_by(outcome.c.id)
            )
            return [(row.ending, row.cause) for row in rows]

    def change(self, path: str, hours: int = 2, **said: Any) -> RunReport:
        """Let the feed announce a change some hours after the article was read, and run."""
        with self.database.write() as conn:
            for table, column, back in ((article, article.c.extracted_at, hours), (outcome, outcome.c.at, 100 * hours)):
                for number, moment in conn.execute(sa.select(table.c.id, column)).all():
                    earlier = {column.name: moment - timedelta(hours=back)}
                    conn.execute(sa.update(table).where(table.c.id == number).values(**earlier))
        self.announce(path, **{"updated": utc_now(), **said})
        return self.run()


@pytest.fixture
def desk(sqlite_database: Database) -> Iterator[Desk]:
    """A site whose one source is a publisher on loopback."""
    with publisher() as desk:
        layers = Layers.of(None)
        policy = load_fetch_policy(layers)
        policy = replace(policy, allowed=frozenset({("127.0.0.1", desk.port)}), host_delay=timedelta(0))
        yield Desk(sqlite_database, desk, Plant(sqlite_database, layers, policy))


def test_a_page_is_kept_with_its_answer(desk: Desk) -> None:
    """Bytes, headers, final address, time and validators are kept; a second run fetches nothing again."""
    desk.publisher.put("/1", html(LEAD, *MORE), last_modified="Mon, 02 Mar 2026 10:00:00 GMT", x_served_by="cache-7")
    desk.announce("/1")
    desk.run()
    desk.run()
    assert desk.publisher.times("/1") == 1
    ((digest, headers, etag, modified, reservation),) = desk.rows(
        page.c.sha256, page.c.headers, page.c.etag, page.c.last_modified, page.c.reservation
    )
    assert (headers["x-served-by"], modified, reservation) == ("cache-7", "Mon, 02 Mar 2026 10:00:00 GMT", "")
    assert etag.startswith('"')
    ((_, packed),) = [row for row in desk.rows(body.c.sha256, body.c.packed) if row.sha256 == digest]
    assert zlib.decompress(packed) == html(LEAD, *MORE).encode()


def test_of_reserved_pages_facts_and_quotes_stay(desk: Desk) -> None:
    """Once candidates are drawn, pages go and all but the quotes is masked; quotes stand where they stood."""
    desk.publisher.put("/1", html(LEAD, *MORE), x_robots_tag="noarchive")
    desk.publisher.put("/2", html(LEAD, *MORE), tdm_reservation="1")
    desk.publisher.put("/3", html(LEAD, *MORE, head='<meta name="offing" content="noarchive">'))
    for path in ("/1", "/2", "/3"):
        desk.announce(path, summary="Long. " * 200)
    desk.run("fetch", "extract", "recognize", "propose")
    assert [row.reservation for row in desk.rows(page.c.url, page.c.reservation)] == ["noarchive", "tdm", "noarchive"]
    with desk.database.read() as conn:
        stored = get_articles(conn, (1, 2, 3))
        quotes = conn.execute(sa.select(evidence)).all()
        (made,) = candidates(conn, conn.execute(sa.select(candidate.c.id)).scalars())
    assert {row.article_id for row in quotes} == {1, 2, 3}
    assert all(stored[row.article_id].text[row.start : row.end] == row.quote for row in quotes)
    for kept, told in zip(stored.values(), made.articles, strict=True):
        assert (kept.withheld, kept.title) == (True, TITLE)
        assert len(kept.text) == len(article_text(TITLE, (LEAD, *MORE)))
        assert "market of the town" not in kept.text
        assert MASK in kept.text
        assert "reserves the text" in told.note
    assert all(zlib.decompress(row.packed) == b"" for row in desk.rows(body.c.sha256, body.c.packed))
    assert {len(row.summary) for row in desk.rows(entry.c.summary)} == {300}


def test_of_context_the_sentence_that_tells_it_stays(desk: Desk) -> None:
    """A summit is listed, never queued nor drawn for the audit; of a reserved page its quote is kept."""
    title = "ASEAN and China end their talks"
    lead = "Leaders of ASEAN and China adopted a digital action plan at a summit that ended with a joint declaration."
    desk.publisher.put("/1", html(lead, *MORE, title=title), x_robots_tag="noarchive")
    desk.announce("/1", title=title)
    desk.run("fetch", "extract", "recognize", "propose")
    with desk.database.read() as conn:
        (found,) = list_contexts(conn, region="asean")
        kept = get_article(conn, found.article_id)
        assert queued(conn, utc_now(), today=utc_now().date().isoformat()) == ()
    assert (found.title, found.context.quote, kept.withheld) == (title, lead, True)
    assert kept.text[found.context.start : found.context.end] == lead
    assert "market of the town" not in kept.text


def test_an_origin_may_reserve_all_its_pages(desk: Desk) -> None:
    """Its tdmrep.json is asked for once, and holds for the paths that it names."""
    rules = b'[{"location": "/news/", "tdm-reservation": 1}]'
    desk.publisher.put("/.well-known/tdmrep.json", rules, content_type="application/json")
    for path in ("/news/1", "/free/2"):
        desk.publisher.put(path, html(LEAD, *MORE, title=path))
        desk.announce(path)
    desk.run()
    assert dict(desk.rows(page.c.url, page.c.reservation)) == {
        desk.publisher.url("/news/1"): "tdm",
        desk.publisher.url("/free/2"): "",
    }
    assert desk.publisher.times("/.well-known/tdmrep.json") == 1
    assert len([row for row in desk.rows(robots.c.origin) if row.origin.endswith("tdmrep.json")]) == 1


def test_reservations_can_be_left_unhonoured(desk: Desk) -> None:
    """A site may decide otherwise: they are recorded, nothing is let go, no file is asked for."""
    desk.plant = replace(desk.plant, policy=replace(desk.plant.policy, honour_reservations=False))
    desk.publisher.put("/1", html(LEAD, *MORE), x_robots_tag="noarchive")
    desk.announce("/1")
    desk.run("fetch", "extract", "recognize", "propose")
    with desk.database.read() as conn:
        assert get_article(conn, 1).paragraphs == (LEAD, *MORE)
    assert desk.rows(page.c.reservation) == [("noarchive",)]
    assert desk.publisher.times("/.well-known/tdmrep.json") == 0


def test_a_reserved_page_without_an_article_goes_at_once(desk: Desk) -> None:
    """There is nothing to be quoted from it."""
    desk.publisher.put("/1", html("Short."), x_robots_tag="noarchive")
    desk.publisher.put("/2", html(LEAD, *MORE), x_robots_tag="noarchive")
    desk.publisher.put("/3", "", status=302, location="/2")
    for path in ("/1", "/2", "/3"):
        desk.announce(path)
        desk.run()
    contents = {zlib.decompress(row.packed) for row in desk.rows(body.c.sha256, body.c.packed)}
    assert contents == {b"", html(LEAD, *MORE).encode()}, "the one that is still to be proposed from"


def test_a_changed_article_is_kept_beside_the_first(desk: Desk) -> None:
    """The page is asked for with its validator; the change is a revision, the article stays as quotes know it."""
    desk.publisher.put("/1", html(LEAD, *MORE))
    desk.announce("/1")
    desk.run()
    desk.publisher.put("/1", html(LEAD, MORE[0], LATER, title=f"{TITLE} and others"))
    report = desk.change("/1")
    assert report.tally.made["revisions"] == 1
    assert desk.publisher.asked[-1][1] != ""
    with desk.database.read() as conn:
        (found,) = revisions_of(conn, [1])
        assert get_article(conn, 1).paragraphs == (LEAD, *MORE)
    assert found.title == f"{TITLE} and others"
    assert f"+{LATER}" in found.diff.splitlines()
    assert f"-{MORE[1]}" in found.diff.splitlines()
    assert f"-{TITLE}" in found.diff.splitlines()
    assert len(desk.rows(body.c.sha256)) == 2


def test_a_change_of_our_rules_is_no_change_of_the_article(desk: Desk) -> None:
    """Where an older version of extraction read another text, only what the outlet changed stands in the diff."""
    desk.publisher.put("/1", html(LEAD, *MORE))
    desk.announce("/1")
    desk.run()
    with desk.database.write() as conn:
        conn.execute(sa.update(article).values(paragraphs=[LEAD, *MORE, "Follow us everywhere."]))
    desk.publisher.put("/1", html(LEAD, *MORE, LATER))
    desk.change("/1")
    with desk.database.read() as conn:
        (found,) = revisions_of(conn, [1])
    assert [line for line in found.diff.splitlines() if line[:1] in "+-"][2:] == [f"+{LATER}"]


def test_what_was_not_changed_makes_no_revision(desk: Desk) -> None:
    """304, the same bytes, other furniture around the same words, a page that fails: each ends unchanged, once."""
    desk.publisher.put("/1", html(LEAD, *MORE))
    desk.announce("/1")
    desk.run()
    desk.change("/1")
    desk.publisher.put("/1", html(LEAD, *MORE, foot="<div>3 users online</div>"))
    desk.change("/1")
    desk.publisher.put("/1", html(LEAD, *MORE), status=500)
    desk.change("/1")
    desk.publisher.put("/1", html("Short."))
    desk.change("/1")
    desk.publisher.put("/1", html(LEAD, LATER), x_robots_tag="noarchive")
    desk.change("/1")
    endings = [ending for ending, _ in desk.told(Verb.FETCH)]
    assert endings == [Ending.DONE, Ending.UNCHANGED, Ending.DONE, Ending.FAILED, Ending.DONE, Ending.UNCHANGED]
    assert [ending for ending, _ in desk.told(Verb.EXTRACT)] == [Ending.DONE, Ending.UNCHANGED, Ending.UNCHANGED]
    with desk.database.read() as conn:
        assert revisions_of(conn, [1]) == ()
    assert len(desk.rows(body.c.sha256)) == 1
    assert desk.rows(work.c.done_at) != [(None,)]


SUMMARY = f"{LEAD} The works begin in May, officials said."


def test_the_feed_speaks_where_the_page_does_not(desk: Desk) -> None:
    """Title and summary of the feed become an article that says what it is, and why."""
    causes = {402: "paywall", 403: "does not let us have", 401: "log-in", 410: "taken down", 451: "legal"}
    for status in causes:
        desk.publisher.put(f"/{status}", "no", status=status)
        desk.announce(f"/{status}", summary=SUMMARY, author="Ada")
    report = desk.run("fetch", "extract", "recognize", "propose")
    assert report.tally.made["feed summaries"] == len(causes)
    for ending, why in desk.told(Verb.FETCH):
        assert ending == Ending.REFUSED
        assert "the feed's own summary is kept" in why
    with desk.database.read() as conn:
        stored = get_articles(conn, range(1, len(causes) + 1)).values()
        (made,) = candidates(conn, conn.execute(sa.select(candidate.c.id)).scalars())
    assert {(each.title, each.paragraphs, each.completeness) for each in stored} == {
        (TITLE, (SUMMARY,), Completeness.SUMMARY_ONLY)
    }
    for told in made.articles:
        assert causes[int(told.url.rsplit("/", 1)[-1])] in told.note
        assert told.outlet == "The Ledger"
    (reason,) = [reason for reason in made.reasons if reason.name == "summary-only"]
    assert reason.weight < 0
    assert any(cause in reason.text for cause in causes.values())


def test_robots_and_pages_of_no_use_leave_the_summary(desk: Desk) -> None:
    """Forbidden by robots.txt, an image, an empty page: the feed's words are kept each time."""
    desk.publisher.put("/robots.txt", "User-agent: *\nDisallow: /closed/\n", content_type="text/plain")
    desk.publisher.put("/image", b"\x89PNG\r\n", content_type="image/png")
    desk.publisher.put("/empty", "")
    for path in ("/closed/1", "/image", "/empty"):
        desk.announce(path, title=f"{TITLE} {path}", summary=SUMMARY)
    report = desk.run()
    assert report.tally.made["feed summaries"] == 3
    assert {row.completeness for row in desk.rows(article.c.completeness)} == {"summary-only"}
    assert {row.status for row in desk.rows(page.c.status)} == {0, 200}


def test_a_summary_that_says_too_little_is_left(desk: Desk) -> None:
    """A title alone, or said twice, proves nothing; the outcome says so by silence."""
    desk.publisher.put("/1", "no", status=403)
    desk.publisher.put("/2", "no", status=403)
    desk.announce("/1")
    desk.announce("/2", summary=f"{TITLE} - The Ledger")
    report = desk.run()
    assert report.tally.made["articles"] == 0
    assert not any("summary" in cause for _, cause in desk.told(Verb.FETCH))


def test_an_address_that_is_not_to_be_asked_makes_no_article(desk: Desk) -> None:
    """Nobody is to be led to an address inside the network by the words of a feed."""
    item = AnnouncedEntry("k", "http://127.0.0.1:9/admin", url_key("http://127.0.0.1:9/admin"), TITLE, SUMMARY)
    with desk.database.write() as conn:
        save_entries(conn, None, [item], utc_now())
    report = desk.run()
    assert report.tally.made["articles"] == 0
    assert desk.told(Verb.FETCH)[0][0] == Ending.REFUSED


def test_a_text_that_comes_by_another_way_is_not_kept_out(desk: Desk) -> None:
    """Where a page was closed and its summary kept, the same article by another address is read; never the reverse."""
    canonical = f'<link rel="canonical" href="{desk.publisher.url("/1")}">'
    desk.publisher.put("/1", "no", status=403)
    desk.publisher.put("/2", html(LEAD, *MORE, head=canonical))
    desk.announce("/1", summary=SUMMARY)
    desk.run()
    desk.announce("/2", summary=SUMMARY)
    desk.run()
    assert [row.completeness for row in desk.rows(article.c.id, article.c.completeness)] == ["summary-only", "complete"]
    assert {row.url for row in desk.rows(article.c.url)} == {desk.publisher.url("/1")}


def test_the_feed_speaks_where_a_wall_stands_before_the_text(desk: Desk) -> None:
    """A page that answers with a paywall, a consent form or a log-in has no text; a page without any has no wall."""
    walls = {
        "/pay": "<div class=paywall>Subscribe to continue reading this article.</div>",
        "/consent": "<div id=cookie-consent><p>We use cookies. Accept all cookies before you continue.</p></div>",
        "/log-in": "<form>Please log in to continue <input name=p type=password></form>",
        "/script": "<noscript>You need to enable JavaScript to run this app.</noscript><div id=root></div>",
        "/nothing": "<p>Short.</p>",
    }
    for path, wall in walls.items():
        desk.publisher.put(path, f"<html><head><title>The Ledger</title></head><body>{wall}</body></html>")
        desk.announce(path, summary=SUMMARY)
    report = desk.run()
    assert report.tally.made["feed summaries"] == 4
    assert {row.completeness for row in desk.rows(article.c.completeness)} == {"summary-only"}
    assert {row.url for row in desk.rows(article.c.url)} == {desk.publisher.url(path) for path in list(walls)[:4]}
    told = {cause.split(";")[0]: ending for ending, cause in desk.told(Verb.EXTRACT)}
    assert len(told) == 5, "each cause is another one"
    assert set(told.values()) == {Ending.EMPTY}


def atom(desk: Desk, updated: str, *paths: str) -> str:
    """A feed that announces some pages."""
    entries = "".join(
        f"<entry><id>{path}</id><title>{TITLE} {path}</title><link href='{desk.publisher.url(path)}'/>"
        f"<published>{utc_now() - timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}</published><updated>{updated}</updated></entry>"
        for path in paths
    )
    return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>The Ledger</title>{entries}</feed>"


def poll_again(desk: Desk, document: str) -> RunReport:
    """Let the feed say something else, and run all that reads it."""
    desk.publisher.put("/feed", document, content_type="application/atom+xml")
    with desk.database.write() as conn:
        conn.execute(sa.update(work).where(work.c.verb == Verb.POLL).values(due_at=utc_now()))
    return desk.run("poll", "fetch", "extract")


def test_from_feed_to_revision_to_tombstone(desk: Desk) -> None:
    """A feed tells of a change and the change is found; what is pruned is not new, though the feed still lists it."""
    earlier = f"{utc_now() - timedelta(hours=9):%Y-%m-%dT%H:%M:%SZ}"
    later = f"{utc_now() - timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}"
    desk.publisher.put("/1", html(LEAD, *MORE))
    desk.publisher.put("/2", html(*MORE, title="Market full on Monday"))
    with desk.database.write() as conn:
        add_feeds(conn, [FeedSpec(desk.publisher.url("/feed"), "The Ledger", language="en")], utc_now(), "t")
    assert poll_again(desk, atom(desk, earlier, "/1", "/2")).tally.made["articles"] == 2
    with desk.database.write() as conn:
        conn.execute(sa.update(article).values(extracted_at=utc_now() - timedelta(hours=5)))
        conn.execute(sa.update(outcome).values(at=utc_now() - timedelta(hours=6)))
    desk.publisher.put("/1", html(LEAD, *MORE, LATER))
    assert poll_again(desk, atom(desk, later, "/1", "/2")).tally.made["revisions"] == 1
    assert [desk.publisher.times(path) for path in ("/1", "/2")] == [2, 2]
    with desk.database.write() as conn:
        conn.execute(sa.update(entry).values(seen_at=utc_now() - timedelta(days=400)))
        conn.execute(
            sa.update(work).where(work.c.done_at.is_(None), work.c.verb != Verb.POLL).values(done_at=utc_now())
        )
    assert prune(desk.database, Retention.alike(timedelta(days=365)), utc_now()).counts["entries"] == 2
    for updated in (later, earlier):
        report = poll_again(desk, atom(desk, updated, "/1", "/2"))
        assert report.tally.made["entries"] == 0
    assert [desk.publisher.times(path) for path in ("/1", "/2")] == [2, 2]
    assert desk.rows(entry.c.id) == []
