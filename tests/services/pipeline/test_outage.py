"""An outage of the network here is news twice: when it begins, and when it is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from offing.model.operation.run import Ending, Outcome, Tally
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.outage import note_outage
from offing.services.pipeline.run import RunReport
from offing.services.running.connectivity import Connectivity
from offing.store.database.engine import Database
from offing.store.runs.run import end_run, start_run

START = datetime(2026, 10, 20, 9, 7, tzinfo=UTC)
HOUR = timedelta(hours=1)
UP = Connectivity({"a.example": True, "b.example": False})
DOWN = Connectivity({"a.example": False, "b.example": False}, is_down=True)
UNSURE = Connectivity({"a.example": False})
ASKED_NOBODY = Connectivity()


def run_each(database: Database, *found: Connectivity, start: datetime = START) -> list[Tally]:
    """One run an hour, each with what it found the network to be."""
    made = []
    for number, connectivity in enumerate(found):
        now, tally = start + number * HOUR, Tally()
        for _ in connectivity.has_answered:
            tally.add(Verb.POLL, Outcome(Ending.LATER))
        with database.write() as conn:
            run_id = start_run(conn, "hourly", "here", 1, now)
            note_outage(conn, connectivity, tally, now)
            end_run(conn, run_id, now, RunReport(run_id, tally, 1.0).exit_code, to_plain(tally))
        made.append(tally)
    return made


def test_an_outage_is_reported_when_it_begins_and_when_it_is_over(database: Database) -> None:
    """Runs between say nothing; each of them ends with the exit code of trouble that is nobody's fault."""
    tallies = run_each(database, UP, DOWN, DOWN, ASKED_NOBODY, DOWN, UP, UP)
    said = [tally.notices for tally in tallies]
    assert said[1] == ["none of 2 hosts could be reached: the network here seems down; no feed is blamed"]
    back = "the network here is back; it was down in 3 runs, first at 2026-10-20 10:07 UTC"
    assert said[5] == [f"{back}, and what was put off is asked now"]
    assert [bool(notices) for notices in said] == [False, True, False, False, False, True, False]
    assert [RunReport(1, tally, 1.0).exit_code for tally in tallies] == [0, 4, 4, 0, 4, 0, 0]


def test_the_next_outage_is_news_again(database: Database) -> None:
    """An outage of one run is named as that."""
    *_, back, again = run_each(database, DOWN, UP, DOWN)
    assert "down in one run" in back.notices[0]
    assert "seems down" in again.notices[0]


def test_a_run_that_reached_nobody_calls_no_outage_over(database: Database) -> None:
    """One host that does not answer proves nothing."""
    assert run_each(database, DOWN, UNSURE)[1].notices == []


def test_a_fast_clock_tells_nothing_of_now(database: Database) -> None:
    """What a run of next year found is left out."""
    run_each(database, DOWN, start=START + timedelta(days=400))
    (later,) = run_each(database, DOWN, start=START)
    assert "seems down" in later.notices[0]


def test_work_of_ours_that_failed_comes_first() -> None:
    """A crash in an outage ends a run with 1."""
    tally = Tally(outage=True)
    tally.add(Verb.EXTRACT, Outcome(Ending.CRASHED))
    assert RunReport(1, tally, 1.0).exit_code == 1
