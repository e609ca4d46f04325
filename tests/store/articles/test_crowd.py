"""Who asks the store for one item hears of no other, whatever it is joined with."""

from __future__ import annotations

from collections.abc import Callable

import sqlalchemy as sa

from factories.candidate import NOW
from factories.crowd import NAMES, Ids, crowd
from offing.model.pairs.pairing import Ref
from offing.model.review.queue import Facet
from offing.store.articles import article, revision
from offing.store.articles.entry import announcement_of, due_entry
from offing.store.candidates import candidate, queue_line
from offing.store.database.engine import Database
from offing.store.feeds import feed, poll, watch
from offing.store.pairs import blocking, match_inputs, pair
from offing.store.records import event, known_project, project
from offing.store.stories import repeat, story, telling
from offing.store.upkeep import figures

Read = Callable[[sa.Connection, Ids], object]
READS: dict[str, Read] = {
    "article": lambda conn, it: article.get_article(conn, it["article"]),
    "articles": lambda conn, it: article.get_articles(conn, [it["article"]]),
    "text hash": lambda conn, it: article.text_hash_of(conn, it["article"]),
    "mentions": lambda conn, it: article.get_mentions(conn, it["article"]),
    "candidate": lambda conn, it: candidate.get_candidate(conn, it["candidate"]),
    "events": lambda conn, it: event.events_of(conn, [it["project"]]),
    "brought": lambda conn, it: event.brought_by(conn, [it["candidate"]]),
    "asides": lambda conn, it: event.asides(conn, [it["candidate"]]),
    "feed": lambda conn, it: feed.feed_status(conn, it["feed"]),
    "due feed": lambda conn, it: feed.due_feed(conn, it["feed"], NOW),
    "due entry": lambda conn, it: (due_entry(conn, it["entry"], 0), it["name"]),
    "announcement": lambda conn, it: announcement_of(conn, it["entry"]),
    "page": lambda conn, it: revision.known_page(conn, it["entry"]),
    "polls": lambda conn, it: poll.recent_polls(conn, it["feed"], 9),
    "known": lambda conn, it: known_project.get_known(conn, f"{it['name']}:{it['name']}"),
    "told": lambda conn, it: match_inputs.match_inputs(conn, [it["candidate"]], {}),
    "place": lambda conn, it: match_inputs.candidate_places(conn, [it["candidate"]], {}),
    "near known": lambda conn, it: blocking.near_known(conn, [it["name"]]),
    "paired known": lambda conn, it: blocking.near_known(conn, [], [Ref.parse(f"known:{it['name']}:{it['name']}")]),
    "pairs": lambda conn, it: pair.pairs_of(conn, it["candidate"]),
    "paired": lambda conn, it: pair.paired_among(conn, it["candidate"]),
    "record": lambda conn, it: project.get_project(conn, it["project"]),
    "records": lambda conn, it: project.records_of(conn, [it["project"]]),
    "line": lambda conn, it: queue_line.stored_lines(conn, [it["candidate"]]),
    "firms": lambda conn, it: queue_line.names_of(conn, Facet.FIRM, [f"{it['name']}-firm"]),
    "outlets": lambda conn, it: queue_line.names_of(conn, Facet.SOURCE, [f"{it['name']}.example"]),
    "repeats": lambda conn, it: repeat.repeats_of(conn, [it["story_article"]]),
    "revisions": lambda conn, it: revision.revisions_of(conn, [it["article"]]),
    "reasons": lambda conn, it: story.reasons_at(conn, it["story"], 0.9),
    "tellings": lambda conn, it: telling.tellings(conn, [it["story_article"]]),
    "tellings in": lambda conn, it: telling.tellings_in(conn, [it["article"]]),
    "record of feed": lambda conn, it: (watch.feed_record(conn, it["feed"]), it["name"]),
    "signs": lambda conn, it: tuple(figures.signs_of(conn, [it["candidate"]])),
}


def _heard(said: object) -> set[str]:
    return {name for name in NAMES if name in repr(said)}


def test_who_asks_for_one_hears_of_no_other(database: Database) -> None:
    """Neither of one that came before it nor of one that came after."""
    with database.write() as conn:
        ids = crowd(conn)
        heard = {(what, name): _heard(read(conn, it)) for what, read in READS.items() for name, it in ids.items()}
    assert {each: names for each, names in heard.items() if names != {each[1]}} == {}
