"""What is counted of a site: by day, state, age and feed, each once."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import sqlalchemy as sa

from factories.candidate import NOW, stored_article, stored_candidate
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Decision, Judgement
from offing.model.sources.article import Completeness
from offing.model.sources.feed import PollOutcome
from offing.model.values.vocabulary import Verb
from offing.store.candidates.decision import append
from offing.store.database.engine import Database
from offing.store.feeds.feed_figures import LATELY, Fill, fills, new_by_day
from offing.store.runs.run import end_run, start_run
from offing.store.runs.work import enqueue
from offing.store.tables import article, entry, page, poll, work
from offing.store.upkeep.figures import (
    Counted,
    Judged,
    candidates_by_day,
    counts_by,
    judged,
    tallies,
    waiting_since,
)

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
MIDNIGHT = datetime(2026, 3, 5, tzinfo=UTC)


def _feed_of(conn: sa.Connection, article_id: int) -> int:
    chosen = sa.select(entry.c.feed_id).join(page, page.c.entry_id == entry.c.id)
    found = chosen.join(article, article.c.page_id == page.c.id).where(article.c.id == article_id)
    return int(conn.execute(found).scalar_one())


def _polled(conn: sa.Connection, feed_id: int, at: datetime, **counts: int) -> None:
    nothing = dict.fromkeys(("size", "entries", "new_entries", "dated", "with_text", "repeated", "missed"), 0)
    row: dict[str, Any] = {"feed_id": feed_id, "at": at, "outcome": PollOutcome.OK, "seconds": 0.1, "cause": ""}
    conn.execute(sa.insert(poll).values(**row, **{**nothing, **counts}))


def test_candidates_are_counted_by_their_day(database: Database) -> None:
    """In UTC, those above the cut, since a time that counts in."""
    times = [MIDNIGHT - DAY - SECOND, MIDNIGHT - DAY, MIDNIGHT - SECOND, MIDNIGHT, MIDNIGHT]
    with database.write() as conn:
        for at in times:
            stored_candidate(conn, created_at=at)
        stored_candidate(conn, created_at=MIDNIGHT, above_cut=False)
        found = candidates_by_day(conn, MIDNIGHT - DAY)
    assert found == {date(2026, 3, 4): 2, date(2026, 3, 5): 2}


def test_who_waits_is_counted_by_age(database: Database) -> None:
    """Less than each number of days, then all; decided ones, merged ones and those below the cut do not wait."""
    with database.write() as conn:
        first = stored_candidate(conn, created_at=NOW)
        for at in (NOW - DAY + SECOND, NOW - DAY, NOW - 7 * DAY):
            stored_candidate(conn, created_at=at)
        stored_candidate(conn, created_at=NOW, state=CandidateState.REJECTED)
        stored_candidate(conn, created_at=NOW, above_cut=False)
        stored_candidate(conn, created_at=NOW, merged_into=first)
        assert waiting_since(conn, NOW, (1, 7)) == [2, 3, 4]


def test_decisions_count_that_nobody_took_back(database: Database) -> None:
    """Since a time that counts in, oldest first."""
    plain: dict[str, Any] = {"by": "ana", "before": {}, "after": {}}
    with database.write() as conn:
        one, two = stored_candidate(conn), stored_candidate(conn)
        append(conn, Decision(0, one, Judgement.REJECT, at=NOW - SECOND, reason="old", **plain))
        later = append(conn, Decision(0, two, Judgement.ACCEPT, at=NOW + SECOND, reason="", **plain))
        first = append(conn, Decision(0, one, Judgement.REJECT, at=NOW, reason="sport", **plain))
        assert judged(conn, NOW) == (
            Judged(one, Judgement.REJECT, "sport", "ana", NOW),
            Judged(two, Judgement.ACCEPT, "", "ana", NOW + SECOND),
        )
        append(conn, Decision(0, one, Judgement.UNDO, at=NOW, reason="", undoes=first.id, **plain))
        assert [each.candidate_id for each in judged(conn, NOW)] == [later.candidate_id]


def test_rows_are_counted_by_state_and_verb(database: Database) -> None:
    """What is due at this moment is due; done work and what was set aside is not."""
    with database.write() as conn:
        for state in ("open", "open", "rejected"):
            stored_candidate(conn, state=state)
        for item, (verb, due_at) in enumerate(((Verb.FETCH, NOW), (Verb.FETCH, NOW + SECOND), (Verb.EXTRACT, NOW)), 1):
            enqueue(conn, verb, item, due_at)
        conn.execute(sa.update(work).where(work.c.verb == Verb.EXTRACT).values(quarantined_at=NOW))
        assert counts_by(conn, Counted.CANDIDATES, NOW) == {"open": 2, "rejected": 1}
        assert counts_by(conn, Counted.DUE, NOW) == {"fetch": 1}
        assert counts_by(conn, Counted.SET_ASIDE, NOW) == {"extract": 1}
        assert counts_by(conn, Counted.FEEDS, NOW) == {"healthy": 3}
        conn.execute(sa.update(work).where(work.c.verb == Verb.FETCH).values(done_at=NOW))
        assert counts_by(conn, Counted.DUE, NOW) == {}


def test_tallies_are_of_runs_that_ended(database: Database) -> None:
    """Since a time that counts in; one that goes on has none yet."""
    with database.write() as conn:
        for at in (NOW - SECOND, NOW, NOW + SECOND):
            end_run(conn, start_run(conn, "x", "here", 1, at), at, 0, {"made": {"entry": 1}})
        start_run(conn, "x", "here", 1, NOW)
        assert [at for at, _ in tallies(conn, NOW)] == [NOW, NOW + SECOND]


def test_new_entries_are_counted_by_feed_and_day(database: Database) -> None:
    """In UTC, since a time that counts in; a day that brought nothing is left out."""
    with database.write() as conn:
        one, other = (_feed_of(conn, stored_article(conn)) for _ in range(2))
        for at, number in ((MIDNIGHT - SECOND, 9), (MIDNIGHT, 1), (NOW, 2), (MIDNIGHT + DAY, 0)):
            _polled(conn, one, at, new_entries=number)
        _polled(conn, other, NOW, new_entries=4)
        assert new_by_day(conn, MIDNIGHT) == {one: {date(2026, 3, 5): 3}, other: {date(2026, 3, 5): 4}}


def test_feeds_say_how_full_they_are(database: Database) -> None:
    """Of entries by the polls of two days, of articles by the newest; nothing is no share, and none is above all."""
    with database.write() as conn:
        full, bare = stored_article(conn), stored_article(conn, None)
        conn.execute(sa.update(article).where(article.c.id == full).values(author="A. Writer"))
        conn.execute(sa.update(article).where(article.c.id == bare).values(completeness=Completeness.TRUNCATED))
        one, other = _feed_of(conn, full), _feed_of(conn, bare)
        _polled(conn, one, NOW - LATELY - SECOND, entries=90)
        _polled(conn, one, NOW - LATELY, entries=4, dated=4, with_text=1)
        _polled(conn, one, NOW, entries=4, dated=2, with_text=1)
        _polled(conn, other, NOW, entries=2, dated=3)
        third = _feed_of(conn, stored_article(conn))
        found = fills(conn, NOW)
    assert found[one] == Fill(0.75, 0.25, 1, 1.0, 1.0, 1.0)
    assert found[other] == Fill(1.0, 0.0, 1, 0.0, 0.0, 0.0)
    assert found[third] == Fill(None, None, 1, 1.0, 0.0, 1.0)
