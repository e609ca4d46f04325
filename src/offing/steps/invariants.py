"""What must hold of the data, whatever happened; `offing db check` asks for all of it."""

from __future__ import annotations

from offing.model.rules import ScoringRules
from offing.steps.contradicting import contradicted
from offing.steps.homes import waiting_for_each_other
from offing.steps.recomposing import differences
from offing.steps.redrawing import rules_faults
from offing.steps.reindex import index_faults
from offing.steps.story_check import check_stories
from offing.store.engine import Database
from offing.store.record_check import record_faults


def broken(database: Database, scoring: ScoringRules) -> tuple[str, ...]:
    """A sentence for each thing that should not be; none where all is well."""
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
