"""The upgrade to records as decisions stand: choices stand apart from events, ids know for whom they were given."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from offing.model.projects.update import Aside
from offing.model.values.vocabulary import EventKind, Status
from offing.store.records.event import asides
from offing.store.records.project import begun_by
from store.old_schema import OldTables, upgraded_from

BEFORE = "20261201_0013"
NOW = datetime(2026, 11, 27, tzinfo=UTC)
FIRST = "off-2026-000001"


def test_choices_and_beginnings_outlive_the_upgrade(database_url: str) -> None:
    """An account that was set aside is so still; an id was given for the candidate with which its record began."""
    opened = upgraded_from(database_url, BEFORE, NOW, _fill)
    with opened.read() as conn:
        assert asides(conn, (1, 2)) == (Aside((2, EventKind.STATUS, Status.SIGNED), None, "ana", NOW),)
        assert (begun_by(conn, 1), begun_by(conn, 2)) == ((FIRST,), ())
    opened.close()


def _fill(old: OldTables) -> None:
    """A record that began with candidate 1 and into which candidate 2 came later, whose account was set aside."""
    old.put("project", id=FIRST, year=2026, number=1, facts={}, created_at=NOW, version=1)
    for number in (1, 2):
        promoted = NOW + timedelta(days=number - 1)
        old.put("story", id=number)
        old.put("candidate", id=number, story_id=number, kind="new", state="accepted", facts={}, reasons=[])
        old.put("project_candidate", candidate_id=number, project_id=FIRST, promoted_at=promoted)
    aside = {"set_aside_by": "ana", "set_aside_at": NOW}
    for number, chosen in ((1, {}), (2, aside)):
        day = date(2026, 1, number)
        old.put("event", project_id=FIRST, kind="status", status="signed", day=day, candidate_id=number, **chosen)
