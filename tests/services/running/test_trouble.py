"""Trouble of the database, the disk or the machine is nobody's item: a run waits, or stops with its work returned."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from offing import logs
from offing.errors import MachineTrouble, RunStopped
from offing.services.pipeline.run import run_pipeline
from offing.services.running.retrying import Waits
from offing.store.database.engine import Database, open_database
from offing.store.tables import work
from postgres_pool import PostgresPool
from services.disturbed import (
    BUSY,
    EVERY,
    FETCH,
    WHOLE,
    Disturbance,
    Holder,
    exit_codes,
    holder,
    once,
    plant_of,
    publish,
    run_well,
    undisturbed,
    wait_for_line,
    watching,
    written,
)
from services.publisher import Publisher, publisher

SHORT = Waits(timedelta(seconds=0.5), timedelta(seconds=0.5), timedelta(seconds=0.5))


@pytest.fixture
def desk() -> Iterator[Publisher]:
    """A publisher with a feed."""
    with publisher() as found:
        publish(found)
        yield found


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Path]:
    """The log of the runs."""
    logs.set_up(tmp_path / "run.log")
    yield tmp_path / "run.log"
    logs.set_up(None)


@pytest.fixture
def hurried(sqlite_database: Database) -> Iterator[Database]:
    """A database on SQLite that waits for locks but a moment by itself."""
    opened = open_database(str(sqlite_database.engine.url), BUSY)
    yield opened
    opened.close()


@pytest.fixture
def expected(desk: Publisher, tmp_path: Path, sqlite_template: Path) -> dict[str, Any]:
    """What an undisturbed run gives that fetches only."""
    return undisturbed(shutil.copyfile(sqlite_template, tmp_path / "calm.db"), desk, FETCH)


def test_a_lock_that_is_held_for_long_is_waited_for(
    hurried: Database, desk: Publisher, log: Path, expected: dict[str, Any]
) -> None:
    """Another process writes for longer than SQLite waits: the run gives what an undisturbed one gives."""
    watching(hurried, desk)
    with holder(hurried) as other:
        desk.on_asked = once("/story-2", lambda: _held_a_while(other, log))
        run_well(hurried, desk, FETCH)
    assert written(hurried) == expected


def _held_a_while(other: Holder, log: Path) -> None:
    """Hold the lock until the run has waited for it several times."""

    def give() -> None:
        wait_for_line(log, "waiting", 3)
        other.give()

    other.take()
    threading.Thread(target=give).start()


@pytest.mark.slow
@pytest.mark.parametrize("path", ["/feed", "/story-2"])
def test_each_step_waits(hurried: Database, desk: Publisher, log: Path, sqlite_template: Path, path: str) -> None:
    """A feed's poll and what follows it, with real workers."""
    calm = undisturbed(shutil.copyfile(sqlite_template, log.with_name("calm.db")), desk, WHOLE)
    watching(hurried, desk)
    with holder(hurried) as other:
        desk.on_asked = once(path, lambda: _held_a_while(other, log))
        run_well(hurried, desk, WHOLE)
    assert written(hurried) == calm


def test_a_lock_that_is_held_for_too_long_stops_the_run(
    hurried: Database, desk: Publisher, log: Path, expected: dict[str, Any]
) -> None:
    """One plain sentence; nothing set aside; the next run takes the work over at once."""
    watching(hurried, desk)
    with holder(hurried) as other:
        desk.on_asked = once("/story-1", other.take)
        with pytest.raises(RunStopped) as stop:
            run_pipeline(plant_of(hurried, desk, SHORT), FETCH)
    said = str(stop.value)
    assert f"the database {hurried.engine.url.database} is locked by another process" in said
    assert "the next one goes on" in said
    assert "\n" not in said
    assert stop.value.exit_code == 4
    assert written(hurried)["set aside"] == []
    run_well(hurried, desk, FETCH)
    assert written(hurried) == expected
    assert exit_codes(hurried)[-1] == 0


@pytest.mark.slow
def test_every_transaction_of_a_run_waits(hurried: Database, desk: Publisher, log: Path, sqlite_template: Path) -> None:
    """Each one that writes finds the lock taken: of the run's row, of each phase, claim, result and end."""
    calm = undisturbed(shutil.copyfile(sqlite_template, log.with_name("calm.db")), desk, EVERY)
    watching(hurried, desk)
    with holder(hurried) as other:
        disturbance = Disturbance(other, log)
        sa.event.listen(hurried.engine, "before_cursor_execute", disturbance.before)
        run_well(hurried, desk, EVERY)
        sa.event.remove(hurried.engine, "before_cursor_execute", disturbance.before)
    assert disturbance.taken > 15
    assert written(hurried) == calm


def test_a_commit_that_nobody_heard_of_is_not_made_twice(
    database: Database, desk: Publisher, log: Path, expected: dict[str, Any]
) -> None:
    """Each session breaks right after what it wrote was committed: nothing twice, no claim forgotten."""
    watching(database, desk)
    last: list[bool] = [False]

    def broken(connection: sa.Connection) -> None:
        last[0] = not last[0]
        if last[0]:
            connection.connection.commit()
            raise OSError(errno.EIO, "the session broke")

    sa.event.listen(database.engine, "commit", broken)
    run_well(database, desk, FETCH)
    sa.event.remove(database.engine, "commit", broken)
    assert written(database) == expected
    assert "waiting" in log.read_text()


def test_a_run_that_cannot_begin_says_why(hurried: Database, desk: Publisher, log: Path) -> None:
    """The row of a run cannot be written while another process writes."""
    watching(hurried, desk)
    with holder(hurried) as other:
        other.take()
        with pytest.raises(RunStopped, match="is locked by another process"):
            run_pipeline(plant_of(hurried, desk, SHORT), FETCH)
    assert exit_codes(hurried) == []
    assert desk.asked == []


def test_a_full_database_stops_the_run_with_its_work_returned(
    hurried: Database, desk: Publisher, log: Path, expected: dict[str, Any]
) -> None:
    """SQLite may not grow: nothing is set aside, no lease stays, the end is written, and room is all that it needs."""
    watching(hurried, desk)
    with hurried.read() as conn:
        size = conn.exec_driver_sql("PRAGMA page_count").scalar_one()
    limited = open_database(str(hurried.engine.url), BUSY)
    sa.event.listen(
        limited.engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={size + 1}").fetchall()
    )
    with pytest.raises(RunStopped, match=r"no room left on its disk.*make room"):
        run_pipeline(plant_of(limited, desk, SHORT), FETCH)
    limited.close()
    found = written(hurried)
    assert found["set aside"] == []
    assert found["leases"] == []
    assert exit_codes(hurried) == [4]
    run_well(hurried, desk, FETCH)
    assert written(hurried) == expected


def test_a_database_that_may_not_be_written_to_is_named(sqlite_template: Path, desk: Publisher, log: Path) -> None:
    """A file of somebody else's: the run does not begin, and says what to see to."""
    with tempfile.TemporaryDirectory() as name:
        file = Path(name, "offing.db")
        file.write_bytes(sqlite_template.read_bytes())
        database = open_database(f"sqlite:///{file}", BUSY)
        watching(database, desk)
        database.close()
        Path(f"{file}.lock").touch(mode=0o666)
        Path(f"{file}.lock").chmod(0o666)
        file.chmod(0o444)
        Path(name).chmod(0o755)
        with _nobody():
            with pytest.raises(RunStopped, match=r"offing\.db cannot be (written to|opened).*its"):
                run_pipeline(plant_of(database, desk, SHORT), FETCH)
            database.close()
        assert exit_codes(database) == []
        database.close()


@contextmanager
def _nobody() -> Iterator[None]:
    """As a user who may not write here; root may write anywhere."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def _terminate(database: Database, admin: sa.Engine) -> None:
    """End all sessions of a database on PostgreSQL, as an administrator or a restart does."""
    name = database.engine.url.database
    ended = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")
    with admin.connect() as conn:
        conn.execute(ended, {"name": name})


def _let_in(database: Database, admin: sa.Engine, *, anybody: bool) -> None:
    """Let new sessions into a database, or none, as while a server starts; those that are there end with that."""
    with admin.connect() as conn:
        conn.execute(sa.text(f"ALTER DATABASE {database.engine.url.database} ALLOW_CONNECTIONS {anybody}"))
    if not anybody:
        _terminate(database, admin)


@pytest.fixture
def served(postgres_url: str, postgres_pool: PostgresPool) -> Iterator[tuple[Database, sa.Engine]]:
    """A database on PostgreSQL, and an administrator elsewhere."""
    url = sa.engine.make_url(postgres_url).set(drivername="postgresql+psycopg")
    admin = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with postgres_pool.taken() as own:
        database = open_database(own)
        yield database, admin
        database.close()
    admin.dispose()


@pytest.mark.slow
def test_sessions_that_end_are_begun_anew(
    served: tuple[Database, sa.Engine], desk: Publisher, log: Path, expected: dict[str, Any]
) -> None:
    """Every session is ended at each request: the run goes on with new ones."""
    database, admin = served
    watching(database, desk)
    desk.on_asked = lambda _: _terminate(database, admin)
    run_well(database, desk, FETCH)
    assert written(database) == expected


@pytest.mark.slow
def test_a_server_that_is_away_is_waited_for(
    served: tuple[Database, sa.Engine], desk: Publisher, log: Path, expected: dict[str, Any]
) -> None:
    """Nobody is let in for a time, as while a server starts."""
    database, admin = served
    watching(database, desk)

    def lock_out() -> None:
        _let_in(database, admin, anybody=False)
        threading.Thread(target=let_in).start()

    def let_in() -> None:
        wait_for_line(log, "waiting", 3)
        _let_in(database, admin, anybody=True)

    desk.on_asked = once("/story-2", lock_out)
    run_well(database, desk, FETCH)
    assert written(database) == expected


@pytest.mark.slow
def test_a_server_that_stays_away_stops_the_run(
    served: tuple[Database, sa.Engine], desk: Publisher, log: Path, expected: dict[str, Any]
) -> None:
    """The leases cannot be given back then: the next run takes them over at once."""
    database, admin = served
    watching(database, desk)
    desk.on_asked = once("/story-2", lambda: _let_in(database, admin, anybody=False))
    with pytest.raises(RunStopped, match="cannot be reached, or ended the session"):
        run_pipeline(plant_of(database, desk, SHORT), FETCH)
    _let_in(database, admin, anybody=True)
    run_well(database, desk, FETCH)
    assert written(database) == expected


def test_a_fault_of_a_statement_is_no_trouble(database: Database) -> None:
    """What is wrong with a statement or a value stays what it is: a fault of ours."""
    with pytest.raises(sa.exc.DBAPIError), database.read() as conn:
        conn.execute(sa.text("SELECT * FROM nowhere"))
    with pytest.raises(sa.exc.IntegrityError), database.write() as conn:
        conn.execute(sa.insert(work).values(verb="no verb", item_id=1))
    with pytest.raises(KeyError), database.write() as conn:
        raise KeyError("ours")


def test_trouble_comes_out_of_any_transaction_as_such(hurried: Database) -> None:
    """Commands and the web app are told in the same words as a run."""
    with holder(hurried) as other:
        other.take()
        with pytest.raises(MachineTrouble, match="is locked by another process"), hurried.write():
            pass
