"""Candidates that two people read, what each judged, and how far they agree."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from offing.model.projects.project import ProjectFacts
from offing.model.review.decision import Decision, decisions_in_force, effective_facts
from offing.model.review.second_reading import Agreement, ReaderJudgement, ReadTwice, SecondReading
from offing.model.values.codec import from_plain, to_plain
from offing.review import agreement
from offing.store.candidates import second_reading as store
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of


def agreement_since(conn: sa.Connection, since: datetime | None = None) -> Agreement:
    """Return how far second readings, since a time or ever, agree with the decisions that stand today."""
    return agreement(tuple(read_twice(conn, store.list_readings(conn, since))))


def read_twice(conn: sa.Connection, readings: tuple[SecondReading, ...]) -> Iterator[ReadTwice]:
    """Yield the candidates of some second readings whose first decision stands."""
    ids = [each.candidate_id for each in readings]
    made = decisions_of(conn, ids)
    found = {each.id: each for each in candidates(conn, ids)}
    for each in readings:
        decisions = tuple(one for one in made.get(each.candidate_id, ()) if one.by != each.by)
        first = _first(decisions)
        if first and each.candidate_id in found:
            facts = found[each.candidate_id].facts
            corrected = from_plain({**to_plain(facts), **each.after}, ProjectFacts)
            first_judgement = ReaderJudgement(first.by, first.judgement, effective_facts(facts, decisions))
            yield ReadTwice(each.candidate_id, first_judgement, ReaderJudgement(each.by, each.judgement, corrected))


def _first(decisions: tuple[Decision, ...]) -> Decision | None:
    stands = [each for each in decisions_in_force(decisions) if each.judgement in store.FINAL]
    return stands[-1] if stands else None
