"""The history of decisions, and which hosts answered lately."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from factories.candidate import NOW, stored_candidate
from offing.model.decision import Decision, Judgement
from offing.model.feed import FeedSpec, FeedState
from offing.store.decision import append
from offing.store.engine import Database
from offing.store.feed import add_feeds
from offing.store.history import HistoryFilter, Past, history, people
from offing.store.reach import MOST, healthy_origins
from offing.store.tables import feed

PLAIN: dict[str, Any] = {"at": NOW, "reason": "", "before": {}, "after": {}}


def test_decisions_are_told_newest_first(database: Database) -> None:
    """Of a person, of a kind, on a candidate, before one; each with whether it stands, and whether it is the last."""
    with database.write() as conn:
        one, two = stored_candidate(conn), stored_candidate(conn)
        first = append(conn, Decision(0, one, Judgement.DEFER, "ana", **PLAIN)).id
        second = append(conn, Decision(0, one, Judgement.REJECT, "bo", **PLAIN)).id
        third = append(conn, Decision(0, two, Judgement.REJECT, "ana", **PLAIN)).id
        undo = append(conn, Decision(0, two, Judgement.UNDO, "cy", undoes=third, **PLAIN)).id
        told = [
            Past(undo, two, undone=False, last=False),
            Past(third, two, undone=True, last=False),
            Past(second, one, undone=False, last=True),
            Past(first, one, undone=False, last=False),
        ]
        assert list(history(conn, HistoryFilter(), 10)) == told
        assert list(history(conn, HistoryFilter(), 1)) == told[:1]
        assert list(history(conn, HistoryFilter(before=third), 10)) == told[2:]
        assert list(history(conn, HistoryFilter(by="ana"), 10)) == [told[1], told[3]]
        assert list(history(conn, HistoryFilter(by="bo"), 10)) == told[2:3]
        assert list(history(conn, HistoryFilter(judgement=Judgement.REJECT), 10)) == told[1:3]
        assert list(history(conn, HistoryFilter(candidate_id=one), 10)) == told[2:]
        assert people(conn) == ("ana", "bo", "cy")


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
