"""offing queue: candidates that wait for a decision, and one candidate in full."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click

from offing.cli.output.actor_lines import plain_actors
from offing.cli.review.queue_filter import filter_of, filter_options
from offing.cli.review.sheet import export_, import_
from offing.cli.site import CANDIDATE_ID, Site, pass_site, print_json
from offing.model.values.codec import to_plain
from offing.services.review.decisions import QueueItem
from offing.services.review.decisions import queue as read_queue
from offing.services.review.decisions import show as read_one
from offing.services.review.possible_updates import KnownBeside, beside
from offing.services.review.queue import QueueReader
from offing.services.review.queue import items as read_filtered
from offing.services.second_reader.differences import second_view
from offing.services.views.plain import full_item, plain_item, title_of
from offing.services.views.updates import proposed_update
from offing.store.database.engine import Database

EVERY = 1_000_000  # more than any queue holds


@click.group()
def queue() -> None:
    """List and show the candidates that are waiting for a decision, best first.

    \b
    Example:  offing queue list --today
    """  # noqa: D301 -- click reads the backspace itself


queue.add_command(export_)
queue.add_command(import_)


@queue.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, best first.")
@click.option("--today", is_flag=True, help="Only today's share, and today's audit sample.")
@click.option("--limit", type=click.IntRange(min=1), help="How many to show.")
@filter_options
@pass_site
def list_(site: Site, /, *, as_json: bool, today: bool, limit: int | None, **narrowing: Any) -> None:
    """List the undecided candidates above the cut, best first.

    With --today, --limit sets the size of today's share.

    \b
    Example:  offing queue list --limit 10
              offing queue list --country KEN --country UGA --sector energy --search '"power plant" -coal'
    """  # noqa: D301 -- click reads the backspace itself
    budget = limit or site.queue_rules.budget
    database = site.database()
    wanted = filter_of(narrowing, today=today)
    if wanted:
        items = read_filtered(database, wanted, QueueReader(site.settings.user, datetime.now(UTC), budget), EVERY)
    else:
        items = read_queue(database, datetime.now(UTC), today=today, budget=budget)
    shown = items if today or limit is None else items[:limit]
    if as_json:
        print_json([{**plain_item(item), **plain_update(database, item)} for item in shown])
    elif sys.stdout.isatty():
        from offing.cli.output.candidate_cards import print_queue

        print_queue(shown, waiting=len(items))
    else:
        for item in shown:
            click.echo(line(item))


@queue.command("show")
@click.argument("candidate_id", type=CANDIDATE_ID, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_site
def show(site: Site, candidate_id: int, *, as_json: bool) -> None:
    """Show a candidate: fields with their quotes, the reasons for its score, sources and decisions.

    For an update, the fields of the known project are shown beside it (= same, + new, ≠ different), and the timeline
    as it would become.

    \b
    Example:  offing queue show 12
    """  # noqa: D301 -- click reads the backspace itself
    from offing.services.views.actors import actors_of, load_register

    item = read_one(site.database(), candidate_id)
    if item.candidate.id != candidate_id:
        click.echo(f"candidate {candidate_id} was merged into candidate {item.candidate.id}", err=True)
    actors = actors_of(item.facts, load_register(site.layers))
    if as_json:
        near = [plain_beside(each) for each in beside(site.database(), item.candidate)]
        view = second_view(item)
        plain = {**full_item(item), **plain_update(site.database(), item), "known": near}
        plain["second_reader"] = to_plain(view) if view else None
        print_json({**plain, "actors": plain_actors(actors)})
        return
    from offing.cli.output.candidate_cards import print_candidate

    database = site.database()
    print_candidate(item, actors, proposed_update(database, item.candidate.id), beside(database, item.candidate))


def plain_update(database: Database, item: QueueItem) -> dict[str, Any]:
    """Return what an update would change, as `--json` gives it; null if there is no update."""
    found = proposed_update(database, item.candidate.id) if item.candidate.update_of else None
    return {"update_of": item.candidate.update_of, "update": to_plain(found) if found else None}


def plain_beside(near: KnownBeside) -> dict[str, Any]:
    """Return a known project that a candidate may be about, as `--json` gives it."""
    return {
        "id": str(near.ref),
        "title": near.title,
        "relation": near.relation,
        "score": round(near.score, 4),
        "reasons": list(near.reasons),
        "settled": near.settled,
    }


def line(item: QueueItem) -> str:
    """Return one plain line: id, score, kind, countries, number of outlets, title, separated by tabs."""
    candidate = item.candidate
    outlets = len({article.outlet for article in candidate.articles})
    countries = ",".join(item.facts.countries) or "-"
    return f"{candidate.id}\t{candidate.score:.2f}\t{candidate.kind}\t{countries}\t{outlets}\t{title_of(item)}"
