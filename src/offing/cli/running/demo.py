"""`offing demo`: the whole pipeline on the sample newsroom, served on loopback."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click
from filelock import FileLock, Timeout
from rich.console import Console
from rich.text import Text

from offing.errors import UsageError
from offing.sample import Newsroom

if TYPE_CHECKING:
    from offing.services.pipeline.run import RunReport
    from offing.store.database.engine import Database

DATABASE = "offing.db"
MARK = ".offing-demo"  # holds the newsroom's port; only a folder with this mark is ever cleared
PIPELINE = "hourly"
BEST = 5
ACCOUNT = "analyst"


@click.command(short_help="Run the whole pipeline on a sample newsroom on this machine.")
@click.option("--once", is_flag=True, help="Stop after the run instead of serving the review app.")
@click.option("--keep", is_flag=True, help="Keep the database of the last demo.")
@click.option(
    "--port", default=0, type=click.IntRange(0, 65535), help="Port of the web app; 0 (the default) takes any free one."
)
@click.option(
    "--dir",
    "folder",
    default="demo-site",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder of the demo's site.",
)
def demo(folder: Path, port: int, *, once: bool, keep: bool) -> None:
    """Run the whole pipeline on a sample newsroom on this machine, without the internet.

    Creates a site in --dir, runs it once, prints the best candidates with their quotes, then serves the review app
    until Ctrl-C.

    \b
    Example:  offing demo --once
    """  # noqa: D301 -- click reads the backspace itself
    console = Console()
    with _site(folder, keep=keep) as database, _newsroom(folder) as room:
        report = _run(database, room, console)
        _show(database, report, console)
        _say_next(folder, console)
        if not once:
            _serve(database, port, console)
    if report.exit_code:
        click.get_current_context().exit(report.exit_code)


@contextmanager
def _site(folder: Path, *, keep: bool) -> Iterator[Database]:
    """Open a site folder with a new database, or that of the last demo, locked against a second demo."""
    from offing.logs import set_up
    from offing.store.database.engine import open_database
    from offing.store.database.migrate import upgrade

    _require_ours(folder)
    folder.mkdir(parents=True, exist_ok=True)
    with _held(folder):
        if not keep:
            _clear(folder)
        set_up(folder / "offing.log")
        database = open_database(f"sqlite:///{folder / DATABASE}")
        try:
            upgrade(database)
            yield database
        finally:
            database.close()


def _require_ours(folder: Path) -> None:
    """Refuse to use a real site for a demo: its database would be lost."""
    if folder.exists() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise UsageError(f"{str(folder)!r} is not empty and was not made by a demo; choose another --dir")


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    (folder / MARK).touch()
    lock = FileLock(folder / f"{MARK}.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise UsageError(f"another demo is running in {str(folder)!r}; stop it, or choose another --dir") from None
    try:
        yield
    finally:
        lock.release()


def _clear(folder: Path) -> None:
    for name in (DATABASE, f"{DATABASE}-wal", f"{DATABASE}-shm", "offing.log"):
        (folder / name).unlink(missing_ok=True)
    (folder / MARK).write_text("", encoding="utf-8")


@contextmanager
def _newsroom(folder: Path) -> Iterator[Newsroom]:
    """Run the newsroom on the port of an earlier demo's feeds, else on any free one, which is recorded."""
    noted = (folder / MARK).read_text(encoding="utf-8").strip()
    with ExitStack() as stack:
        try:
            room = stack.enter_context(Newsroom(port=int(noted) if noted.isdigit() else 0))
        except OSError as error:
            raise UsageError(
                f"port {noted} of the last demo is in use ({error.strerror}); run without --keep"
            ) from None
        (folder / MARK).write_text(str(room.host[1]), encoding="utf-8")
        yield room


def _run(database: Database, room: Newsroom, console: Console) -> RunReport:
    """Run the main pipeline once over the newsroom's feeds; only their own address may be private."""
    from offing.cli.output.tally import progress
    from offing.config.files.layers import Layers
    from offing.config.sites.fetch import load_fetch_policy
    from offing.config.sites.pipelines import choose, load_pipelines
    from offing.services.pipeline.run import Plant, run_pipeline
    from offing.store.feeds.feed import add_feeds

    with database.write() as conn:
        add_feeds(conn, room.feeds(), datetime.now(UTC), ACCOUNT)
    console.print(
        Text(f"{len(room.feeds())} feeds of a sample newsroom at {room.base}; no traffic leaves this machine")
    )
    layers = Layers.of()
    policy = replace(load_fetch_policy(layers), allowed=frozenset({room.host}), host_delay=timedelta(0))
    with progress(console) as watch:
        return run_pipeline(Plant(database, layers, policy, watch=watch), choose(load_pipelines(), PIPELINE))


def _show(database: Database, report: RunReport, console: Console) -> None:
    from offing.cli.output.evidence import proved
    from offing.cli.output.tally import print_tally
    from offing.services.review.decisions import queue

    console.print()
    print_tally(report, console)
    waiting = queue(database, datetime.now(UTC))
    console.print(
        Text(f"\nThe best {min(BEST, len(waiting))} of {len(waiting)} candidates in the queue:", style="bold")
    )
    for place, item in enumerate(waiting[:BEST], 1):
        console.print(proved(item, place))


def _say_next(folder: Path, console: Console) -> None:
    here = (
        *_alias(),
        (f"cd {shlex.quote(str(folder))}", "the folder of the demo's database"),
        ("offing queue list", "the whole queue, best first"),
        ("offing queue show ID", "one candidate: fields, quotes, reasons, sources"),
        ("offing decide ID accept", "or reject, defer, duplicate --of ID; undo with `offing undo ID`"),
        ("offing promote", "turn accepted candidates into project records"),
        ("offing publish 1.0 --out release-1.0", "publish a release"),
        ("offing users add NAME --role analyst", "let somebody log in to the web app"),
        ("offing web", "serve the review app for browsers"),
    )
    real = (
        ("offing feeds groups", "the groups of the feed catalogue"),
        ("offing init --feeds GROUP", "create a site with the feeds of a group, or of `all`"),
        ("offing run", "read feeds, find candidates"),
    )
    _print_lines("What to do next", here, console)
    _print_lines("With real feeds, in an empty folder of your own", real, console)


def _print_lines(title: str, lines: tuple[tuple[str, str], ...], console: Console) -> None:
    console.print(Text(f"\n{title}", style="bold"))
    for line, why in lines:
        console.print(Text(f"  {line:<38}").append(why, style="dim"), soft_wrap=True)


def _alias() -> tuple[tuple[str, str], ...]:
    """Return how to call offing by its name, if the shell does not find it."""
    own = Path(sys.argv[0]).resolve()
    found = shutil.which("offing")
    if own.stem != "offing" or (found and Path(found).resolve() == own):
        return ()
    return ((f"alias offing={shlex.quote(str(own))}", ""),)


def _serve(database: Database, port: int, console: Console) -> None:
    """Serve the web app on the demo's database, with a link that logs in once."""
    from offing.config.files.layers import Layers
    from offing.services.running.stopping import Stop, stopped_by_signals
    from offing.services.views.actors import load_register
    from offing.settings import SECOND_READING
    from offing.web.access import Place
    from offing.web.serve import make_server

    place = Place(database, known=load_register(Layers.of()), second_reading=SECOND_READING)
    server = make_server(place, "127.0.0.1", port)
    key = _key(database)
    console.print(Text("\nOpen the queue with this link, which logs you in:", style="bold"))
    console.print(Text(f"{server.address}/login/link?key={key}"), soft_wrap=True)
    again = f"`offing users link {ACCOUNT}` makes another. Ctrl-C ends the demo."
    console.print(Text(f"It works once, within 15 minutes; in the demo's folder {again}", style="dim"), soft_wrap=True)
    stop = Stop()
    with stopped_by_signals(stop), stop.heard(server.stop, server.stop, server.stop):
        server.run()
    console.print("stopped")


def _key(database: Database) -> str:
    """Return the secret of a link for the demo's account, which is created if missing; no password opens it."""
    from offing.model.operation.activity import Stamp
    from offing.model.operation.user import UserRole
    from offing.services.accounts.sessions import make_link
    from offing.services.accounts.users import add_user
    from offing.store.accounts.user import find_user

    stamp = Stamp(datetime.now(UTC), "demo")
    with database.read() as conn:
        known = find_user(conn, ACCOUNT)
    if not known:
        add_user(database, ACCOUNT, UserRole.ANALYST, None, stamp)
    return make_link(database, ACCOUNT, stamp)
