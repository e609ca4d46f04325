"""offing run, schedule, serve, and each machine verb by hand."""

from __future__ import annotations

import threading
import time
from dataclasses import replace

import click
from rich.console import Console

from offing.cli.context import Site, pass_site, print_json
from offing.cli.tally import print_tally, progress, tally_json
from offing.config.pipelines import choose
from offing.jobs import fetch_policy, make_scheduler
from offing.model.policy import PipelineSpec
from offing.model.vocabulary import Verb
from offing.steps.run import Plant, RunReport, run_pipeline
from offing.steps.runner import Watcher

MAIN = "hourly"
NEEDS_A_PERSON = 3


def _plant(site: Site, watch: Watcher | None = None) -> Plant:
    plant = Plant(site.database(), site.layers, fetch_policy(site.settings, site.layers))
    return replace(plant, watch=watch) if watch else plant


def _run(site: Site, spec: PipelineSpec, *, as_json: bool, strict: bool = False) -> None:
    console = Console(stderr=True)
    with progress(console) as watch:
        report = run_pipeline(_plant(site, watch), spec)
    if as_json:
        print_json(tally_json(report))
    else:
        print_tally(report, Console())
    code = report.exit_code
    if strict and not code and report.tally.notices:
        code = NEEDS_A_PERSON
    click.get_current_context().exit(code)


@click.command(short_help="One cycle of a pipeline; for cron.")
@click.argument("pipeline", default=MAIN)
@click.option("--json", "as_json", is_flag=True, help="The tally as JSON.")
@click.option("--strict", is_flag=True, help="Exit 3 when a source newly needs a person, or is in quarantine.")
@pass_site
def run(site: Site, pipeline: str, as_json: bool, strict: bool) -> None:
    """Run one cycle of PIPELINE (default: hourly) until nothing is due.

    Exit code 0: done, or another run is at work. 1: work of ours failed, see `offing quarantine list`.
    2: the call or a config file is wrong. 4: the database, the disk or the machine is in trouble; nothing is lost.

    \b
    Example:  7 * * * *  cd /srv/offing && offing run --json >> runs.jsonl
    """  # noqa: D301 -- click reads the backspace itself
    _run(site, choose(site.pipelines(), pipeline), as_json=as_json, strict=strict)


def _verb(verb: Verb, what: str) -> click.Command:
    @click.command(verb.value, short_help=what, help=f"{what}\n\nExample:  offing {verb}")
    @click.option("--json", "as_json", is_flag=True, help="The tally as JSON.")
    @pass_site
    def by_hand(site: Site, as_json: bool) -> None:
        _run(site, PipelineSpec(verb.value, what, (verb.value,), schedule=""), as_json=as_json)

    return by_hand


poll = _verb(Verb.POLL, "Ask the feeds that are due for their entries.")
fetch = _verb(Verb.FETCH, "Fetch the pages of new entries.")
extract = _verb(Verb.EXTRACT, "Draw articles from fetched pages.")
recognize = _verb(Verb.RECOGNIZE, "Find firms, lenders, countries and money in articles.")
propose = _verb(Verb.PROPOSE, "Draw candidates from recognised articles.")


def _tell(name: str, report: RunReport) -> None:
    made = ", ".join(f"{count} {noun}" for noun, count in sorted(report.tally.made.items()) if count)
    click.echo(f"{name}: {made or 'nothing new'} in {report.seconds:.0f} s")
    for notice in report.tally.notices:
        click.echo(f"{name}: {notice}")


@click.command(short_help="All pipelines on their schedules, until stopped.")
@pass_site
def schedule(site: Site) -> None:
    """Run all pipelines on their schedules, until stopped. A missed turn is run once.

    \b
    Example:  offing schedule
    """  # noqa: D301 -- click reads the backspace itself
    _keep(site, [])


@click.command(short_help="The schedule and the web app in one process.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--port", default=8765, show_default=True, type=click.IntRange(1, 65535), help="Port to listen on.")
@pass_site
def serve(site: Site, host: str, port: int) -> None:
    """Run the schedule and the web app in one process, until stopped.

    \b
    Example:  offing serve --port 8080
    """  # noqa: D301 -- click reads the backspace itself
    from offing.web.serve import make_server

    server = make_server(site.place(), host, port)
    click.echo(f"the queue is at http://{host}:{port}/")
    thread = threading.Thread(target=server.run, name="web", daemon=True)
    thread.start()
    try:
        _keep(site, [thread])
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def _keep(site: Site, others: list[threading.Thread]) -> None:
    """Stay until Ctrl-C, or until something that has to live has died."""
    pipelines = site.pipelines()
    scheduler = make_scheduler(_plant(site), pipelines, _tell)
    scheduler.start()
    for job in scheduler.get_jobs():
        click.echo(f"{job.id}: next at {job.next_run_time:%Y-%m-%d %H:%M %Z}")
    try:
        while scheduler.running and all(thread.is_alive() for thread in others):
            time.sleep(0.5)
        raise RuntimeError("the scheduler or the web app has stopped by itself")
    except KeyboardInterrupt:
        click.echo("stopping")
    finally:
        scheduler.shutdown(wait=True)
