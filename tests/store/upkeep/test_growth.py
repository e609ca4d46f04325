"""Growth: rows and bytes a day by what stands in the database, and when the disk is full at that rate."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from factories.candidate import NOW
from offing import doctor
from offing.doctor import check_growth
from offing.services.running.run_context import utc_now
from offing.store.database.engine import Database
from offing.store.runs.run import start_run
from offing.store.tables import outcome
from offing.store.upkeep.growth import Growth, growth_of


def happened(database: Database, moments: Sequence[datetime]) -> None:
    """Something ended at each of some moments."""
    with database.write() as conn:
        row = {"run_id": start_run(conn, "t", "here", 1, NOW), "verb": "fetch", "item_id": 1, "ending": "done"}
        conn.execute(sa.insert(outcome), [{**row, "at": at} for at in moments])


@pytest.mark.parametrize(
    ("ages", "expected"),
    [
        ((0, 29), Growth(2000 / 29, 600_000 / 29)),  # all of it within the window: since the first row
        ((5, 45), Growth(1000 / 30, 300_000 / 30)),  # half of it before the window
        ((0, 0), None),  # not a day of it
        ((40, 50), None),  # nothing lately
    ],
)
def test_growth_is_what_came_on_an_average_day(
    database: Database, ages: tuple[int, int], expected: Growth | None
) -> None:
    """Of the last 30 days, or since the first row; with a share of the bytes."""
    happened(database, [NOW - timedelta(days=age) for age in ages for _ in range(1000)])
    with database.read() as conn:
        assert growth_of(conn, 600_000, NOW) == (
            expected and Growth(pytest.approx(expected.rows_a_day), pytest.approx(expected.bytes_a_day))
        )


def test_few_rows_say_nothing(database: Database) -> None:
    """A new site has a size, and no growth to go by."""
    happened(database, [NOW - timedelta(days=10)] * 999)
    with database.read() as conn:
        assert growth_of(conn, 600_000, NOW) is None


def test_a_disk_that_is_soon_full_is_something_to_mend(
    sqlite_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The doctor names the days; under its limit, what to do."""
    happened(sqlite_database, [utc_now() - timedelta(days=20)] * 2000)
    file = Path(str(sqlite_database.engine.url.database))
    (found,) = check_growth(sqlite_database, file)
    assert found.found.startswith("100 rows and ")
    assert not found.advice
    monkeypatch.setattr(doctor, "SOON_FULL", 10**12)
    (found,) = check_growth(sqlite_database, file)
    assert "offing db vacuum" in found.advice
    (found,) = check_growth(sqlite_database, None)
    assert (found.advice, "full" in found.found) == ("", False)
