"""SIGTERM and Ctrl-C: every command that stays ends within ten seconds, with code 0, and nothing is lost by it."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import socket
import string
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from filelock import FileLock

from e2e.site import Site, gold, newsroom
from e2e.test_kill import counts, prepared
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectFacts
from offing.model.sources.feed import FeedSpec
from offing.model.values.vocabulary import Sector
from offing.services.running.run_context import utc_now
from offing.services.running.run_lock import lock_path
from offing.store.database.engine import Database, open_database
from offing.store.feeds.feed import add_feeds
from offing.store.records.known_project import keep_known
from offing.store.runs.run import start_run
from offing.store.tables import page, project_name, run, run_lock, work

WITHIN = 10.0
PAGES = 6
FETCHING = 'description = "d"\nsteps = ["poll", "fetch"]\nschedule = "7 * * * *"\n'


@dataclass
class Slow:
    """A publisher whose pages take their time until `released` is set; `begun` once three have been asked for."""

    port: int = 0
    asked: int = 0
    begun: threading.Event = field(default_factory=threading.Event)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def hosts(self) -> tuple[str, ...]:
        """Several hosts, so that several pages are asked for at once."""
        return tuple(f"127.0.2.{number}:{self.port}" for number in range(1, PAGES + 1))

    def feed(self) -> bytes:
        """One feed that announces a page on each host."""
        items = "".join(f"<item><title>News {h}</title><link>http://{h}/page</link></item>" for h in self.hosts)
        return f'<rss version="2.0"><channel><title>S</title><link>/</link>{items}</channel></rss>'.encode()


@contextlib.contextmanager
def slow_publisher() -> Iterator[Slow]:
    """A running one."""
    desk = Slow()

    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = desk.feed() if self.path == "/feed" else b"<html><body><p>News of the day.</p></body></html>"
            if self.path == "/page":
                desk.asked += 1
                if desk.asked >= PAGES // 2:
                    desk.begun.set()
                desk.released.wait(60)
            with contextlib.suppress(OSError):  # who asked has gone
                self.send_response(404 if self.path == "/robots.txt" else 200)
                self.send_header("Content-Type", "text/html")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("0.0.0.0", 0), Answering)
    server.daemon_threads = True
    desk.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield desk
    finally:
        desk.released.set()
        server.shutdown()
        server.server_close()
        thread.join()


def site_of(folder: Path, url: str, desk: Slow) -> Site:
    """A site with the feed of the slow publisher, whose hourly turn was missed, so that it comes at once."""
    site = Site(folder, url, desk.hosts)
    site.call("init")
    (folder / "pipelines").mkdir()
    (folder / "pipelines" / "hourly.toml").write_text(FETCHING)
    database = open_database(url)
    with database.write() as conn:
        add_feeds(conn, [FeedSpec(f"http://{desk.hosts[0]}/feed")], utc_now() - timedelta(days=1), "test")
        start_run(conn, "hourly", "here", 1, utc_now() - timedelta(days=2))
    database.close()
    return site


def claims(url: str) -> tuple[int, int, int]:
    """How many items are claimed, whether the run lock is held, how many runs but the made-up one have no end."""
    database = open_database(url)
    with database.read() as conn:
        asked = (
            sa.select(sa.func.count()).select_from(work).where(work.c.lease.is_not(None)),
            sa.select(sa.func.count()).select_from(run_lock).where(run_lock.c.run_id.is_not(None)),
            sa.select(sa.func.count()).select_from(run).where(run.c.ended_at.is_(None), run.c.id > 1),
        )
        found = tuple(conn.execute(each).scalar_one() for each in asked)
    with FileLock(lock_path(database), timeout=0):
        pass
    database.close()
    return found


def pages(url: str) -> int:
    """How many pages are stored."""
    database = open_database(url)
    with database.read() as conn:
        found = conn.execute(sa.select(sa.func.count()).select_from(page)).scalar_one()
    database.close()
    return int(found)


def ended(process: subprocess.Popen[str], began: float) -> str:
    """What a process that was told to stop has said; it has to end in time and with code 0."""
    try:
        out, err = process.communicate(timeout=WITHIN + 5)
    finally:
        process.kill()
    assert time.monotonic() - began < WITHIN, out + err
    assert process.returncode == 0, out + err
    assert "Traceback" not in err
    return out + err


CASES = [
    ("run", signal.SIGINT),
    ("run", signal.SIGTERM),
    ("schedule", signal.SIGINT),
    ("schedule", signal.SIGTERM),
    ("serve", signal.SIGINT),
    ("serve", signal.SIGTERM),
]


def words(command: str) -> tuple[str, ...]:
    """The command line; the web app takes any free port."""
    return ("serve", "--port", "0") if command == "serve" else (command,)


@pytest.mark.slow
@pytest.mark.parametrize(("command", "number"), CASES)
def test_requests_that_hang_are_given_back(
    command: str, number: signal.Signals, database_url: str, tmp_path: Path
) -> None:
    """Pages that take a minute are not waited for: no lease stays, and the next run fetches them all."""
    with slow_publisher() as desk:
        site = site_of(tmp_path, database_url, desk)
        process = site.start(*words(command))
        assert desk.begun.wait(60), process.communicate(timeout=5)
        began = time.monotonic()
        process.send_signal(number)
        ended(process, began)
        assert claims(database_url) == (0, 0, 0)
        assert pages(database_url) == 0
        assert [line["signal"] for line in site.log_lines() if line["event"] == "stopping"] == [number.name]
        desk.released.set()
        site.call("run")
        assert pages(database_url) == PAGES
        assert counts(database_url)["left"] == PAGES  # to be extracted: this site does not


@pytest.mark.slow
def test_requests_that_end_in_time_are_kept(tmp_path: Path) -> None:
    """What is begun is ended, and the run as well, long before its time is over."""
    url = f"sqlite:///{tmp_path / 'offing.db'}"
    with slow_publisher() as desk:
        site = site_of(tmp_path, url, desk)
        process = site.start("schedule")
        assert desk.begun.wait(60), process.communicate(timeout=5)
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert site.wait_for("stopping", 0)
        desk.released.set()
        ended(process, began)
        assert time.monotonic() - began < 5
        assert pages(url) >= PAGES // 2
        assert claims(url) == (0, 0, 0)


def as_process_1(command: list[str], site: Site) -> subprocess.Popen[str]:
    """A command as process 1 of a namespace of its own, as in a container."""
    unshare = shutil.which("unshare")
    if unshare is None:
        pytest.skip("there is no unshare here")
    before = [unshare, "--pid", "--fork", "--mount-proc"]
    tried = subprocess.run([*before, "true"], capture_output=True, text=True, check=False)
    if tried.returncode:
        pytest.skip(f"no namespace may be made here: {tried.stderr.strip()}")
    pipe = subprocess.PIPE
    return subprocess.Popen([*before, *command], cwd=site.folder, env=site.env, stdout=pipe, stderr=pipe, text=True)


def child_of(process: subprocess.Popen[str]) -> int:
    """The number by which this side knows the process in the namespace."""
    return int(Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()[0])


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="namespaces are a thing of Linux")
@pytest.mark.parametrize(("command", "number"), CASES[2:])
def test_as_process_1(command: str, number: signal.Signals, tmp_path: Path) -> None:
    """The system delivers to process 1 only what it handles; it stops as anywhere else."""
    url = f"sqlite:///{tmp_path / 'offing.db'}"
    with slow_publisher() as desk:
        site = site_of(tmp_path, url, desk)
        process = as_process_1([sys.executable, "-m", "offing", *words(command)], site)
        try:
            assert desk.begun.wait(60)
            began = time.monotonic()
            os.kill(child_of(process), number)
            ended(process, began)
        finally:
            process.kill()
        assert claims(url) == (0, 0, 0)


@pytest.mark.slow
def test_a_second_interrupt_stops_at_once(tmp_path: Path) -> None:
    """Who presses Ctrl-C twice does not wait; the next run takes over what was claimed."""
    url = f"sqlite:///{tmp_path / 'offing.db'}"
    with slow_publisher() as desk:
        site = site_of(tmp_path, url, desk)
        process = site.start("run")
        assert desk.begun.wait(60), process.communicate(timeout=5)
        process.send_signal(signal.SIGINT)
        assert site.wait_for("stopping", 0)
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=WITHIN)
        assert process.returncode == 130
        assert time.monotonic() - began < 3
        desk.released.set()
        site.call("run")
        assert pages(url) == PAGES


def gone(pids: list[int]) -> bool:
    """Whether processes have ended (those that nobody has waited for count as ended), or do so within five seconds."""
    end = time.monotonic() + 5
    while alive := [pid for pid in pids if state(pid) not in ("", "Z")]:
        if time.monotonic() > end:
            raise AssertionError([Path(f"/proc/{pid}/cmdline").read_text() for pid in alive])
        time.sleep(0.05)
    return True


def state(pid: int) -> str:
    """The letter that the system has for the state of a process; empty where there is none."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except FileNotFoundError:
        return ""


@pytest.mark.slow
def test_a_job_in_a_worker_is_broken_off_and_nothing_is_lost(tmp_path: Path) -> None:
    """Stopped in the midst of recognition, the next run ends with what an undisturbed one gives; no worker stays."""
    with newsroom(tmp_path, gold(12)) as room:
        calm = prepared(tmp_path / "calm", f"sqlite:///{tmp_path / 'calm' / 'offing.db'}", room)
        calm.call("run")
        site = prepared(tmp_path / "stopped", f"sqlite:///{tmp_path / 'stopped' / 'offing.db'}", room)
        for event in ("run started", "ended"):
            lines = len(site.log_lines())
            process = site.start("run")
            assert site.wait_for(event, lines), process.communicate(timeout=5)
            workers = [int(pid) for pid in Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()]
            began = time.monotonic()
            process.send_signal(signal.SIGTERM)
            ended(process, began)
            assert gone(workers)
            assert counts(site.database)["unfinished runs"] == 0
        site.call("run")
        assert counts(site.database) == counts(calm.database)


@pytest.mark.slow
def test_a_web_request_that_has_begun_is_answered(tmp_path: Path) -> None:
    """A form whose second half comes after the signal has its answer; then the port is closed."""
    url = f"sqlite:///{tmp_path / 'offing.db'}"
    site = Site(tmp_path, url)
    site.call("init")
    process = site.start("serve", "--port", "0")
    assert process.stdout
    address = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
    assert address
    with connected(int(address[1])) as asking:
        body = b"name=ana&password=harbour+light+at+noon"
        head = "POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
        asking.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body[:10])
        time.sleep(0.3)  # so that the server has read the first half; it says nothing of it
        began = time.monotonic()
        process.send_signal(signal.SIGTERM)
        assert site.wait_for("stopping", 0)
        asking.sendall(body[10:])
        assert asking.recv(100).startswith(b"HTTP/1.1 403")
    ended(process, began)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(address[1])), timeout=2)


def connected(port: int) -> socket.socket:
    """A connection to a server that is about to listen."""
    end = time.monotonic() + 20
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=20)
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.05)


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_web_app_alone_stops(number: signal.Signals, tmp_path: Path) -> None:
    """With code 0, as the others."""
    site = Site(tmp_path, f"sqlite:///{tmp_path / 'offing.db'}")
    site.call("init")
    process = site.start("web", "--port", "0")
    assert process.stdout
    address = re.search(r"127\.0\.0\.1:(\d+)", process.stdout.readline())
    assert address
    connected(int(address[1])).close()
    began = time.monotonic()
    process.send_signal(number)
    ended(process, began)


@pytest.mark.slow
def test_a_pipeline_that_did_not_run_is_no_success(tmp_path: Path) -> None:
    """While the hourly run is at work the daily one says that it did not run, or waits."""
    url = f"sqlite:///{tmp_path / 'offing.db'}"
    with slow_publisher() as desk:
        site = site_of(tmp_path, url, desk)
        (tmp_path / "pipelines" / "daily.toml").write_text(FETCHING.replace('"fetch"', '"fetch", "promote"'))
        hourly = site.start("run")
        assert desk.begun.wait(60), hourly.communicate(timeout=5)
        said = site.call("run", "daily", ok=5)
        assert f"daily did not run: hourly (process {hourly.pid} on {socket.gethostname()} since " in said
        assert "UTC) is running; use `--wait MINUTES` to wait for it" in said
        second = site.start("run")
        assert "is already running" in second.communicate(timeout=60)[1]
        assert second.returncode == 0
        waiting = site.start("run", "daily", "--wait", "5")
        time.sleep(2)
        assert waiting.poll() is None
        desk.released.set()
        assert hourly.communicate(timeout=60)
        out, err = waiting.communicate(timeout=60)
        assert waiting.returncode == 0, out + err
        database = open_database(url)
        with database.read() as conn:
            assert conn.execute(sa.select(run.c.exit_code).where(run.c.pipeline == "daily")).scalars().all() == [0]
        database.close()


def names_read(database: Database) -> int:
    """Of how many projects the names are kept."""
    with database.read() as conn:
        return int(conn.execute(sa.select(sa.func.count(project_name.c.target.distinct()))).scalar_one())


@pytest.mark.slow(minutes=2)
def test_preparation_stops_between_two_of_its_pieces(database_url: str, tmp_path: Path) -> None:
    """Names of 40,000 known projects take longer than a stop may: what is read is kept, and the run ends by itself."""
    site = Site(tmp_path, database_url, ())
    site.call("init")
    database = open_database(database_url)
    with database.write() as conn:
        for first in range(0, 40_000, 1_000):
            keep_known(conn, [known_project(number) for number in range(first, first + 1_000)], utc_now())
    process = site.start("run")
    while names_read(database) == 0:
        assert process.poll() is None
        time.sleep(0.05)
    began = time.monotonic()
    process.send_signal(signal.SIGTERM)
    ended(process, began)
    assert 0 < names_read(database) < 40_000
    assert claims(database_url)[1:] == (0, 0)
    events = [line["event"] for line in site.log_lines()]
    assert events[-1] == "run ended"
    assert "stopped without waiting any longer" not in events
    database.close()


def known_project(number: int) -> KnownProject:
    """A row of another base, with a name of its own."""
    name = f"{string.ascii_uppercase[number % 26]}ar{string.ascii_lowercase[number // 26 % 26]}ota"
    facts = ProjectFacts(title=f"Loan for {name} {number} Hydropower Plant", countries=("UGA",), sector=Sector.ENERGY)
    return KnownProject(
        "aiddata", str(number), facts, f"The {name} plant stands on the river {name} since {number}. " * 9
    )
