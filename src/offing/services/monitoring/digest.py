"""The digest of a day, to be printed or sent: new candidates, decisions, problems."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from offing.model.operation.problem import Problem
from offing.model.review.decision import Decision, effective_facts
from offing.services.monitoring.problems import problems
from offing.services.review.decisions import QueueItem
from offing.store.candidates.candidate import candidates, made_between
from offing.store.candidates.decision import decisions_between, decisions_of
from offing.store.database.engine import Database

MOST = 200  # candidates of a day that are printed


@dataclass(frozen=True, slots=True)
class Digest:
    """One day (UTC). `candidates` are those made above the cut, best first; `decided` are its decisions.

    `more` counts candidates that are not listed.
    """

    day: date
    candidates: tuple[QueueItem, ...]
    more: int
    decided: tuple[tuple[Decision, QueueItem], ...]
    problems: tuple[Problem, ...]


def digest(database: Database, day: date, now: datetime) -> Digest:
    """Return the digest of a day, with the present problems."""
    begin = datetime.combine(day, time(), UTC)
    with database.read() as conn:
        made = made_between(conn, begin, begin + timedelta(days=1))
        decided = decisions_between(conn, begin, begin + timedelta(days=1))
        ids = list(dict.fromkeys((*made[:MOST], *(each.candidate_id for each in decided))))
        judged = decisions_of(conn, ids)
        items = {
            each.id: QueueItem(each, effective_facts(each.facts, judged.get(each.id, ())), judged.get(each.id, ()))
            for each in candidates(conn, ids)
        }
    return Digest(
        day,
        tuple(items[each] for each in made[:MOST] if each in items),
        max(0, len(made) - MOST),
        tuple((each, items[each.candidate_id]) for each in decided if each.candidate_id in items),
        problems(database, now),
    )
