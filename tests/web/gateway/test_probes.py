"""The pages for load balancers: `/healthz` says that the process answers, `/readyz` whether it can do its work."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import threading
import time
from collections import namedtuple
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest
import sqlalchemy as sa

from offing.config.weights.scoring import shipped_scoring
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from web.conftest import Desk

NAMES = ["database", "schema", "scheduler", "weights", "disk"]


def statuses(answer: httpx2.Response) -> dict[str, str]:
    """The status of each check of an answer."""
    return {name: check["status"] for name, check in answer.json()["checks"].items()}


def test_a_ready_process_says_so_check_by_check(desk: Desk) -> None:
    """Without a log-in and under any name of a host: a probe asks by address."""
    for host in ("10.1.2.3:8765", "evil.example", ""):
        answer = desk.client().get("/readyz", headers={"Host": host})
        assert (answer.status_code, answer.json()["status"]) == (200, "ok")
        assert statuses(answer) == dict.fromkeys(NAMES, "ok") | {"scheduler": "off"}
        assert desk.client().get("/healthz", headers={"Host": host}).json() == {"status": "ok"}
    assert "default-src 'self'" in answer.headers["content-security-policy"]
    assert desk.client().head("/readyz").status_code == 200
    assert desk.client().post("/healthz").status_code == 405


def test_the_old_page_is_gone(desk: Desk) -> None:
    """One way only."""
    assert desk.client().get("/health").status_code == 404


def test_a_database_in_trouble_is_named_without_a_word_of_where(desk: Desk) -> None:
    """The file is no database any more: not ready, but alive; neither path nor message of SQLite stands there."""
    desk.database.close()
    file = Path(str(desk.database.engine.url.database))
    file.write_bytes(b"no database " * 4096)
    answer = desk.client().get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (503, "unavailable")
    assert statuses(answer) == dict.fromkeys(NAMES, "ok") | {
        "database": "failed",
        "schema": "failed",
        "scheduler": "off",
    }
    for secret in (file.name, str(file.parent), "sqlite", "not a database"):
        assert secret not in answer.text
    assert desk.client().get("/healthz").status_code == 200


@pytest.mark.parametrize(
    ("revision", "advice"), [("20200101_0001", "install a newer one"), (None, "run `offing db upgrade`")]
)
def test_migrations_of_another_version_are_not_ready(desk: Desk, revision: str | None, advice: str) -> None:
    """Newer ones, and none at all, each with what to do."""
    stands = sa.table("alembic_version", sa.column("version_num"))
    with desk.database.write() as conn:
        conn.execute(sa.update(stands).values(version_num=revision) if revision else sa.delete(stands))
    answer = desk.client().get("/readyz")
    assert (answer.status_code, statuses(answer)["database"], statuses(answer)["schema"]) == (503, "ok", "failed")
    assert advice in answer.json()["checks"]["schema"]["detail"]


def test_a_dead_scheduler_is_not_ready(desk: Desk) -> None:
    """Where the process runs one."""
    state = desk.server.config.app.state  # type: ignore[attr-defined]
    beating = threading.Event()
    state.place = replace(state.place, pulse=beating.is_set)
    dead = desk.client().get("/readyz")
    assert (dead.status_code, statuses(dead)["scheduler"]) == (503, "failed")
    beating.set()
    assert statuses(desk.client().get("/readyz"))["scheduler"] == "ok"


def test_missing_weights_are_named_and_no_reason_to_stop(desk: Desk) -> None:
    """Wordings read alone, as docs/operate.md says."""
    state = desk.server.config.app.state  # type: ignore[attr-defined]
    state.place = replace(state.place, scoring=replace(shipped_scoring(), tuned=None))
    answer = desk.client().get("/readyz")
    assert (answer.status_code, answer.json()["checks"]["weights"]) == (
        200,
        {"status": "missing", "detail": "tuned reader: wordings decide alone"},
    )


def test_a_full_disk_is_not_ready(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """With what is left and what is needed."""
    usage = namedtuple("usage", "total used free")  # noqa: PYI024 -- as `shutil` has it
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(2**40, 2**40 - 2**24, 2**24))
    answer = desk.client().get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["checks"]["disk"] == {"status": "failed", "detail": "16 MiB free, 200 needed"}


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[str]:
    """The address of `offing serve`, a process of its own."""
    database = open_database(f"sqlite:///{tmp_path}/offing.db")
    upgrade(database)
    database.close()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "offing", "serve", "--port", str(port)]
    with subprocess.Popen(words, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        yield f"http://127.0.0.1:{port}"
        running.terminate()
        assert running.wait(20) == 0


@pytest.mark.slow
def test_a_service_becomes_ready_with_its_scheduler(serving: str) -> None:
    """The process of `offing serve` itself; what a container's health check would see."""
    with httpx2.Client(base_url=serving, trust_env=False) as client:
        until, answer = time.monotonic() + 60, None
        while time.monotonic() < until and (answer is None or answer.status_code != 200):
            time.sleep(0.1)
            try:
                answer = client.get("/readyz")
            except httpx2.TransportError:
                continue
        assert answer is not None
        assert statuses(answer) == dict.fromkeys(NAMES, "ok")


def test_probes_are_answered_while_every_thread_waits(desk: Desk, sqlite_database: Database) -> None:
    """A page that holds all threads of the app delays no probe."""
    app = desk.server.config.app
    waits = threading.Event()

    def hold() -> str:
        waits.wait(20)
        return "late"

    app.get("/hold")(hold)  # type: ignore[attr-defined]
    app.router.routes[-1].dependant.dependencies.clear()  # type: ignore[attr-defined]
    clients = [threading.Thread(target=desk.client().get, args=("/hold",)) for _ in range(45)]
    try:
        for client in clients:
            client.start()
        time.sleep(0.2)
        begun = time.monotonic()
        assert desk.client().get("/healthz").status_code == 200
        assert desk.client().get("/readyz").status_code == 200
        assert time.monotonic() - begun < 5
    finally:
        waits.set()
        for client in clients:
            client.join()
        app.router.routes.pop()  # type: ignore[attr-defined]
