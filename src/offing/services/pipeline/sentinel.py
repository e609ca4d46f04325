"""The sentinel: by the end of a run, looks for feeds that fail silently, each measured against its own past."""

from __future__ import annotations

from datetime import datetime, timedelta

from offing.model.sources.symptom import SentinelRules
from offing.poll.turns.symptoms import judge_feed, settle
from offing.store.database.engine import Database
from offing.store.feeds.symptom import feed_facts, replace_symptoms, save_days, symptoms, unsummed_days


def look_for_symptoms(database: Database, rules: SentinelRules, now: datetime) -> list[str]:
    """Store the symptoms that stand now; those that are over go. Return a sentence for each that is new.

    Reads without a lock and writes briefly, so that nobody waits for it; it may be broken off and called again.

    Args:
        database: the site's; only the run at work calls this.
        rules: of the site.
        now: aware UTC.
    """
    days = (rules.weeks + 1) * 7
    with database.read() as conn:
        sums = unsummed_days(conn, now, days)
    with database.write() as conn:
        save_days(conn, sums, now.date() - timedelta(days=days))
    with database.read() as conn:
        before, names, judged = symptoms(conn), {}, {}
        for facts in feed_facts(conn, now, days):
            names[facts.feed_id], judged[facts.feed_id] = facts.title, judge_feed(facts, rules, now)
    found = settle(judged, before, rules, now)
    with database.write() as conn:
        replace_symptoms(conn, found)
    known = {each.key for each in before}
    return [
        f"{each.cause} {each.next_step}"
        if each.feed_id is None
        else f"{names[each.feed_id]} {each.kind.phrase}: {each.cause} (offing feeds show {each.feed_id})"
        for each in found
        if each.key not in known
    ]
