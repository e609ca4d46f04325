"""Invariants of the data; `offing db check` checks all of them."""

from __future__ import annotations

from offing.model.reading.rules import ScoringRules
from offing.services.matching.contradictory_decisions import contradicted
from offing.services.matching.reindex import index_faults
from offing.services.pipeline.redrawing import rules_faults
from offing.services.records.placement import waiting_for_each_other
from offing.services.records.recomposing import differences
from offing.services.stories.story_check import check_stories
from offing.store.database.engine import Database
from offing.store.records.record_check import record_faults


def broken(database: Database, scoring: ScoringRules) -> tuple[str, ...]:
    """Return a sentence for each violated invariant; none if all is well."""
    with database.read() as conn:
        return (
            *check_stories(conn, scoring),
            *record_faults(conn),
            *(each.said for each in differences(conn)),
            *contradicted(conn),
            *waiting_for_each_other(conn),
            *index_faults(conn),
            *rules_faults(conn),
        )
