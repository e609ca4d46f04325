"""The generated history of the newsroom: decisions, second readings, records, and feeds polled hourly."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from offing.review import is_sampled
from offing.store.tables import decision, event, feed, poll, project, project_candidate, run, second_reading
from reviewing.newsroom import NOW, Maker

PEOPLE = ("ann", "ben", "chloe", "dana", "emre")
REASONS = ("no-chinese-party", "no-project", "domestic", "wish", "misread", "background", "out-of-scope")
DAYS = 180  # period of the decisions: 140 a day for 25,000, more than any newsroom makes
FEEDS = 400
JUDGED = {"rejected": "reject", "accepted": "accept", "duplicate": "duplicate", "deferred": "defer"}
SHARE = 0.05  # share of candidates with a second reading
Rows = Iterator[tuple[sa.Table, dict[str, Any]]]


def judged(maker: Maker, candidate: dict[str, Any]) -> Rows:
    """Yield the decision on a decided candidate, its record if accepted, and its second reading if due.

    One in thirty has an earlier decision that was undone.
    """
    number, state = candidate["id"], candidate["state"]
    if state not in JUDGED:
        return
    at = NOW - timedelta(minutes=number * 7919 % (DAYS * 1440))
    by = maker.chance.choice(PEOPLE)
    made = {"candidate_id": number, "by": by, "before": {}, "after": {}}
    if number % 30 == 0:
        first = {**made, "judgement": "defer", "at": at - timedelta(minutes=2), "until": NOW, "reason": ""}
        yield decision, {**first, "id": 3 * number}
        yield (
            decision,
            {**made, "judgement": "undo", "at": at, "reason": "", "undoes": 3 * number, "id": 3 * number + 1},
        )
    why = maker.uneven(REASONS) if state == "rejected" else ""
    until = candidate["defer_until"]
    yield decision, {**made, "judgement": JUDGED[state], "at": at, "reason": why, "until": until, "id": 3 * number + 2}
    if state == "accepted":
        yield from _record(number, candidate["facts"], at)
    if is_sampled(number, SHARE) and at < NOW - timedelta(days=10) and state != "deferred":
        other = next(each for each in PEOPLE if each != by)
        second = {"candidate_id": number, "judgement": JUDGED[state], "by": other, "at": at + timedelta(days=3)}
        yield second_reading, {**second, "reason": why, "after": {}}


def _record(number: int, facts: dict[str, Any], at: datetime) -> Rows:
    name = f"off-2026-{number:06d}"
    times = {"created_at": at, "changed_at": at, "version": 1}
    yield project, {"id": name, "year": 2026, "number": number, "facts": facts, **times}
    yield project_candidate, {"candidate_id": number, "project_id": name, "promoted_at": at}
    told = {"project_id": name, "candidate_id": number, "day": at.date(), "told": "", "url": "https://news.example/"}
    yield event, {**told, "kind": "status", "status": "signed", "quote": "signed", "changes": None}


def watched(chance: Any, plain: dict[str, Any]) -> Rows:
    """Yield feeds with a month of hourly polls, and the runs that polled them."""
    for number in range(1, FEEDS + 1):
        url = f"https://news{number}.example/feed"
        state = "failing" if number % 29 == 0 else "healthy"
        spec = {"id": number, "url": url, "url_key": url, "title": f"News {number}", "state": state, "added_at": NOW}
        yield feed, {**plain, **spec, "publisher": "media", "kind": "feed", "cause": "It answers 500."}
    for hour in range(30 * 24):
        at = NOW - timedelta(hours=hour)
        made = {"entries": 4_000, "candidates": 11}
        endings = {verb: {"done": 140, "empty": 20} for verb in ("poll", "fetch", "extract", "recognize", "propose")}
        ended = {"started_at": at, "ended_at": at + timedelta(minutes=9), "exit_code": 0}
        yield (
            run,
            {"pipeline": "hourly", "host": "h", "process": 1, "tally": {"made": made, "endings": endings}, **ended},
        )
        for number in range(1, FEEDS + 1):
            asked = {"feed_id": number, "at": at, "outcome": "ok", "status": 200, "seconds": 0.3, "size": 40_000}
            new = int(3 * chance.random() ** 4)
            counts = {"entries": 40, "new_entries": new, "dated": 40, "with_text": 35, "repeated": 0, "missed": 0}
            yield poll, {**asked, **counts}
