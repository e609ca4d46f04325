"""offing run, schedule, serve, and each machine verb separately."""

from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import click
from rich.console import Console

from offing.cli.output.tally import print_needs, print_tally, progress, tally_json
from offing.cli.running.due_items import show_due
from offing.cli.running.web import Listening, listening, open_server
from offing.cli.site import Site, pass_site, print_json
from offing.config.sites.pipelines import choose
from offing.errors import MachineTrouble, RunLocked
from offing.fetch_policy import fetch_policy
from offing.jobs import Schedule, Turns
from offing.logs import get_logger
from offing.model.sources.policy import PipelineSpec
from offing.model.values.vocabulary import Verb
from offing.services.pipeline.run import Plant, RunReport, run_pipeline
from offing.services.pipeline.runner import Watcher
from offing.services.running.retrying import Patience, Waits
from offing.services.running.stopping import Stop, stopped_by_signals
from offing.services.second_reader import second_reader
from offing.store.database.engine import Database
from offing.store.runs.run import current_run

MAIN = "hourly"
NEEDS_A_PERSON = 3
OPENING = Waits(passing=timedelta(minutes=1))
LOOK_AGAIN = 5.0  # seconds between checks whether the current run has ended


def _opened(site: Site) -> Database:
    """Return the site's database; wait a little for one that is locked, or whose server is just starting."""

    async def attempt() -> Database:
        return site.database()

    return asyncio.run(Patience(OPENING).keep(attempt))


def _plant(site: Site, stop: Stop, watch: Watcher | None = None) -> Plant:
    second = second_reader(site.layers, site.settings.reader_key, site.settings.contact)
    policy = fetch_policy(site.settings, site.layers)
    plant = Plant(_opened(site), site.layers, policy, stop=stop, second=second)
    return replace(plant, watch=watch) if watch else plant


@dataclass(frozen=True, slots=True)
class _Ways:
    """How a run is called: JSON instead of a table, only what needs a person, exit code 3 for it, minutes to wait."""

    as_json: bool = False
    quiet: bool = False
    strict: bool = False
    wait: int = 0


def _run(site: Site, spec: PipelineSpec, ways: _Ways) -> None:
    stop, console = Stop(), Console(stderr=True, quiet=ways.quiet)
    with stopped_by_signals(stop), progress(console) as watch:
        report = _turn(site, _plant(site, stop, watch), spec, ways)
    if report is None:
        return
    if ways.as_json:
        print_json(tally_json(report))
    else:
        (print_needs if ways.quiet else print_tally)(report, Console())
    if report.stopped:
        click.echo("stopped; nothing was lost, and the next run does the rest", err=True)
    code = report.exit_code
    if ways.strict and not code and report.tally.notices:
        code = NEEDS_A_PERSON
    click.get_current_context().exit(code)


def _turn(site: Site, plant: Plant, spec: PipelineSpec, ways: _Ways) -> RunReport | None:
    """Run once, as soon as no other run is at work; None if the current run does all that this one would.

    Raises:
        RunLocked: a run is at work that does not do what this one would, or a stop was requested.
    """
    until = time.monotonic() + ways.wait * 60
    while True:
        try:
            return run_pipeline(plant, spec)
        except RunLocked as busy:
            left = until - time.monotonic()
            if left <= 0:
                same = _work_of_other(site, spec, busy)
                if not ways.quiet:
                    click.echo(same, err=True)
                return None
            if plant.stop.wait(min(LOOK_AGAIN, left)):
                raise RunLocked(f"{spec.name} did not run: stopped while waiting for another run") from busy


def _work_of_other(site: Site, spec: PipelineSpec, busy: RunLocked) -> str:
    """Return in words that another run does the same.

    Raises:
        RunLocked: it does not, so what was requested is not done.
    """
    with site.database().read() as conn:
        current = current_run(conn)
    if current is None:  # a pruning, or a run that has only just begun or ended
        raise RunLocked(f"{spec.name} did not run: {busy}; use `--wait MINUTES` to wait for it")
    pipeline = site.pipelines().get(current.pipeline)
    covers = pipeline is not None and not pipeline.groups and set(spec.steps) <= set(pipeline.steps)
    if current.pipeline == spec.name or covers:
        return f"offing: {current} is already running and does all that {spec.name} would"
    raise RunLocked(f"{spec.name} did not run: {current} is running; use `--wait MINUTES` to wait for it")


@click.command(short_help="Run one cycle of a pipeline; for cron.")
@click.argument("pipeline", default=MAIN)
@click.option("--json", "as_json", is_flag=True, help="The tally as JSON.")
@click.option("--quiet", is_flag=True, help="Print only what needs attention; for cron, which mails what is printed.")
@click.option("--strict", is_flag=True, help="Exit 3 if a source newly needs attention or is in quarantine.")
@click.option(
    "--wait",
    type=click.IntRange(0, 24 * 60),
    default=0,
    metavar="MINUTES",
    help="How long to wait for another run to end.",
)
@click.option("--dry-run", is_flag=True, help="Only show what is due now; nothing is asked, read or written.")
@pass_site
def run(site: Site, /, pipeline: str, *, dry_run: bool, **ways: Any) -> None:
    """Run one cycle of PIPELINE (default: hourly) until nothing is due.

    Exit code 0: done, or stopped by Ctrl-C or SIGTERM, or another run is already doing the same. 1: items failed, see
    `offing quarantine list`. 2: an option, an argument or a config file is wrong. 4: the database, the disk, the
    machine or its network failed; nothing was lost. 5: not run, because another run was active.

    \b
    Example:  offing run daily --wait 60
              offing run --dry-run
    """  # noqa: D301 -- click reads the backspace itself
    if dry_run:
        show_due(site, choose(site.pipelines(), pipeline), as_json=ways["as_json"])
        return
    _run(site, choose(site.pipelines(), pipeline), _Ways(**ways))


def _verb(verb: Verb, what: str) -> click.Command:
    @click.command(verb.value, short_help=what, help=f"{what}\n\nExample:  offing {verb}")
    @click.option("--json", "as_json", is_flag=True, help="The tally as JSON.")
    @pass_site
    def by_hand(site: Site, as_json: bool) -> None:
        _run(site, PipelineSpec(verb.value, what, (verb.value,), schedule=""), _Ways(as_json))

    return by_hand


poll = _verb(Verb.POLL, "Read the feeds that are due.")
fetch = _verb(Verb.FETCH, "Fetch the pages of new entries.")
extract = _verb(Verb.EXTRACT, "Extract articles from fetched pages.")
recognize = _verb(Verb.RECOGNIZE, "Find firms, lenders, countries and money in articles.")
propose = _verb(Verb.PROPOSE, "Propose candidates from recognised articles.")


def _print_report(name: str, report: RunReport) -> None:
    made = ", ".join(f"{count} {noun}" for noun, count in sorted(report.tally.made.items()) if count)
    click.echo(f"{name}: {made or 'nothing new'} in {report.seconds:.0f} s")
    for notice in report.tally.notices:
        click.echo(f"{name}: {notice}")


def _print_trouble(name: str, trouble: MachineTrouble) -> None:
    click.echo(f"{name}: {trouble}", err=True)


@click.command(short_help="Run all pipelines on their schedules, until stopped.")
@pass_site
def schedule(site: Site) -> None:
    """Run all pipelines on their schedules, until stopped. A missed run is made up for once.

    SIGTERM and Ctrl-C stop it within 10 seconds, with exit code 0; a second Ctrl-C stops it at once.

    \b
    Example:  offing schedule
    """  # noqa: D301 -- click reads the backspace itself
    stop = Stop()
    with stopped_by_signals(stop):
        _keep(_schedule(site, stop), stop, [])


@click.command(short_help="Run the schedule and the web app in one process.")
@listening
@pass_site
def serve(site: Site, /, **options: Any) -> None:
    """Run the schedule and the web app in one process, until stopped.

    SIGTERM and Ctrl-C stop it within 10 seconds, with exit code 0; a second Ctrl-C stops it at once.

    \b
    Example:  offing serve --port 8080
              offing serve --behind-proxy --name queue.example.org
    """  # noqa: D301 -- click reads the backspace itself
    stop = Stop()
    with stopped_by_signals(stop):
        schedule = _schedule(site, stop)
        server = open_server(site, Listening(**options), lambda: schedule.alive)
        click.echo(f"web app: {server.address}/")
        thread = threading.Thread(target=server.run, name="web", daemon=True)
        thread.start()
        with stop.heard(server.stop, server.stop, server.stop):
            try:
                _keep(schedule, stop, [thread])
            finally:
                server.stop()
                thread.join()


def _schedule(site: Site, stop: Stop) -> Schedule:
    turns = Turns(_plant(site, stop), _print_report, on_trouble=_print_trouble)
    return Schedule(site.database(), turns, site.pipelines())


def _keep(schedule: Schedule, stop: Stop, others: list[threading.Thread]) -> None:
    """Wait until a stop is requested, or until a required thread has died."""
    for name, turn in schedule.start().items():
        click.echo(f"{name}: next run at {turn:%Y-%m-%d %H:%M %Z}")
    try:
        while not stop.wait(0.5):
            if not (schedule.alive and all(thread.is_alive() for thread in others)):
                raise RuntimeError("the scheduler or the web app has stopped unexpectedly")
        click.echo("stopping")
    finally:
        stop.ask()
        schedule.end()
        get_logger().info("stopped")
