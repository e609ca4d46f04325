"""The digest of a day: what came into the queue, what was decided, what has a problem; to be printed or sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from offing.model.decision import Decision, effective_facts
from offing.model.problem import Problem
from offing.steps.problems import problems
from offing.steps.review import QueueItem
from offing.store.candidate import candidates, made_between
from offing.store.decision import decisions_between, decisions_of
from offing.store.engine import Database

MOST = 200  # candidates of a day that are printed


@dataclass(frozen=True, slots=True)
class Digest:
    """One day (UTC). `candidates` are those made on it above the cut, best first; `decided` what people decided on it.

    `more` counts candidates that are not listed.
    """

    day: date
    candidates: tuple[QueueItem, ...]
    more: int
    decided: tuple[tuple[Decision, QueueItem], ...]
    problems: tuple[Problem, ...]


def digest(database: Database, day: date, now: datetime) -> Digest:
    """The digest of a day; problems are those of now."""
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
