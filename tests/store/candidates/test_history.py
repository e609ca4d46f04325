"""The history of decisions, and which hosts answered lately."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.model.operation.run import Ending, Quarantined
from offing.model.review.decision import Decision, Judgement
from offing.model.sources.feed import FeedSpec, FeedState
from offing.model.values.vocabulary import Verb
from offing.store.candidates.decision import append
from offing.store.candidates.history import DecisionPlace, HistoryFilter, history, people
from offing.store.database.engine import Database
from offing.store.feeds.feed import add_feeds
from offing.store.feeds.responsive_hosts import MOST, healthy_origins
from offing.store.runs.quarantine import past_of
from offing.store.runs.run import start_run
from offing.store.tables import feed, outcome

PLAIN: dict[str, Any] = {"at": NOW, "reason": "", "before": {}, "after": {}}


def test_decisions_are_reported_newest_first(database: Database) -> None:
    """Of a person, of a kind, on a candidate, before one; each with whether it stands, and whether it is the last."""
    with database.write() as conn:
        one, two = stored_candidate(conn), stored_candidate(conn)
        first = append(conn, Decision(0, one, Judgement.DEFER, "ana", **PLAIN)).id
        second = append(conn, Decision(0, one, Judgement.REJECT, "bo", **PLAIN)).id
        third = append(conn, Decision(0, two, Judgement.REJECT, "ana", **PLAIN)).id
        undo = append(conn, Decision(0, two, Judgement.UNDO, "cy", undoes=third, **PLAIN)).id
        told = [
            DecisionPlace(undo, two, undone=False, last=False),
            DecisionPlace(third, two, undone=True, last=False),
            DecisionPlace(second, one, undone=False, last=True),
            DecisionPlace(first, one, undone=False, last=False),
        ]
        assert list(history(conn, HistoryFilter(), 10)) == told
        assert list(history(conn, HistoryFilter(), 1)) == told[:1]
        assert list(history(conn, HistoryFilter(before=third), 10)) == told[2:]
        assert list(history(conn, HistoryFilter(by="ana"), 10)) == [told[1], told[3]]
        assert list(history(conn, HistoryFilter(by="bo"), 10)) == told[2:3]
        assert list(history(conn, HistoryFilter(judgement=Judgement.REJECT), 10)) == told[1:3]
        assert list(history(conn, HistoryFilter(candidate_id=one), 10)) == told[2:]
        assert people(conn) == ("ana", "bo", "cy")


def test_how_an_item_ended_before_is_its_own(database: Database) -> None:
    """Of its verb and its number, newest first, as many as asked for."""
    with database.write() as conn:
        run_id = start_run(conn, "x", "here", 1, NOW)
        for second, (verb, item) in enumerate(
            ((Verb.FETCH, 1), (Verb.EXTRACT, 2), (Verb.FETCH, 2), (Verb.RECOGNIZE, 2), (Verb.FETCH, 3), (Verb.FETCH, 2))
        ):
            at = NOW + timedelta(seconds=second)
            row = {"run_id": run_id, "verb": verb, "item_id": item, "ending": Ending.LATER, "at": at}
            conn.execute(sa.insert(outcome).values(**row, cause=f"{verb} {second}", url=""))
        item = Quarantined(1, Verb.FETCH, 2, "", "hang", "", NOW, 1, "1")
        assert [each.cause for each in past_of(conn, item)] == ["fetch 5", "fetch 2"]
        assert [each.at for each in past_of(conn, item, 1)] == [NOW + timedelta(seconds=5)]


def test_the_hosts_that_answered_last_are_asked_first(database: Database) -> None:
    """Each once, twenty at most; a feed that fails or was never asked says nothing of its host."""
    urls = [f"https://h{number}.example/feed" for number in range(MOST + 1)]
    with database.write() as conn:
        add_feeds(
            conn, [FeedSpec(url) for url in (*urls, "https://h0.example/more", "https://new.example/feed")], NOW, ""
        )
        for minutes, url in enumerate((*urls, "https://h0.example/more"), 1):
            seen = {"state": FeedState.HEALTHY, "last_poll_at": NOW + timedelta(minutes=minutes)}
            conn.execute(sa.update(feed).where(feed.c.url == url).values(**seen))
        conn.execute(sa.update(feed).where(feed.c.url == urls[2]).values(state=FeedState.FAILING))
        conn.execute(sa.update(feed).where(feed.c.url == "https://new.example/feed").values(state=FeedState.HEALTHY))
        found = healthy_origins(conn)
        assert found == ("https://h0.example", *(f"https://h{n}.example" for n in range(MOST, 0, -1) if n != 2))
        assert len(found) == 20
        conn.execute(sa.update(feed).where(feed.c.url == urls[2]).values(state=FeedState.HEALTHY))
        assert len(healthy_origins(conn)) == 20
