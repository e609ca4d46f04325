"""offing queue: what waits for a decision, and one candidate in full."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import click

from offing.cli.actor_lines import plain_actors
from offing.cli.context import Site, pass_site, print_json
from offing.cli.sheet import export_, import_
from offing.model.codec import to_plain
from offing.model.project import Amount
from offing.publish.cells import clean
from offing.steps.review import QueueItem
from offing.steps.review import queue as read_queue
from offing.steps.review import show as read_one
from offing.store.candidate import DAILY_BUDGET

TURNS = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A)))  # marks that turn the direction of a line
CANDIDATE_ID = click.IntRange(min=1)


@click.group()
def queue() -> None:
    """What waits for a decision, best first.

    \b
    Example:  offing queue list --today
    """  # noqa: D301 -- click reads the backspace itself


queue.add_command(export_)
queue.add_command(import_)


@queue.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, best first.")
@click.option("--today", is_flag=True, help="Only what a day can take, and the day's audit sample.")
@click.option("--limit", type=click.IntRange(min=1), help="At most so many.")
@pass_site
def list_(site: Site, *, as_json: bool, today: bool, limit: int | None) -> None:
    """List the undecided candidates above the cut, best first.

    With --limit and --today, LIMIT is the day's budget.

    \b
    Example:  offing queue list --limit 10
    """  # noqa: D301 -- click reads the backspace itself
    budget = limit or DAILY_BUDGET
    items = read_queue(site.database(), datetime.now(UTC), today=today, budget=budget)
    shown = items if today or limit is None else items[:limit]
    if as_json:
        print_json([plain_item(item) for item in shown])
    elif sys.stdout.isatty():
        from offing.cli.cards import print_queue

        print_queue(shown, waiting=len(items))
    else:
        for item in shown:
            click.echo(line(item))


@queue.command("show")
@click.argument("candidate_id", type=CANDIDATE_ID, metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@pass_site
def show(site: Site, candidate_id: int, *, as_json: bool) -> None:
    """Show a candidate: fields beside their quotes, reasons of the score, sources, decisions so far.

    \b
    Example:  offing queue show 12
    """  # noqa: D301 -- click reads the backspace itself
    from offing.steps.actors import actors_of, load_register

    item = read_one(site.database(), candidate_id)
    actors = actors_of(item.facts, load_register(site.layers))
    if as_json:
        print_json({**full_item(item), "actors": plain_actors(actors)})
        return
    from offing.cli.cards import print_candidate

    print_candidate(item, actors)


def title_of(item: QueueItem) -> str:
    """The one line that names a candidate: its own title, else the first headline."""
    articles = item.candidate.articles
    return one_line(item.facts.title or (articles[0].title if articles else ""))


def one_line(text: str) -> str:
    """Text from outside on one line, without characters that could steer a terminal."""
    return " ".join(clean(text).translate(TURNS).split())


def line(item: QueueItem) -> str:
    """One quiet line: id, score, kind, countries, number of outlets, title, between tabs."""
    candidate = item.candidate
    outlets = len({article.outlet for article in candidate.articles})
    countries = ",".join(item.facts.countries) or "-"
    return f"{candidate.id}\t{candidate.score:.2f}\t{candidate.kind}\t{countries}\t{outlets}\t{title_of(item)}"


def plain_item(item: QueueItem) -> dict[str, Any]:
    """An item as `queue list --json` shows it (design, section 7): people's corrections are in its fields."""
    candidate, facts = item.candidate, to_plain(item.facts)
    return {
        "id": candidate.id,
        "score": round(candidate.score, 4),
        "kind": candidate.kind,
        "state": candidate.state,
        **facts,
        "title": title_of(item),
        "amounts": [_amount(amount) for amount in item.facts.amounts],
        "quantities": [{**to_plain(size), "value": _number(size.value)} for size in item.facts.quantities],
        "urls": [article.url for article in candidate.articles],
        "outlets": sorted({article.outlet for article in candidate.articles}),
        "reasons": [to_plain(reason) for reason in candidate.reasons],
        "created_at": candidate.created_at.isoformat(),
        "version": candidate.version,
    }


def full_item(item: QueueItem) -> dict[str, Any]:
    """An item with its evidence, articles, decisions, and the machine's own values."""
    candidate = item.candidate
    return {
        **plain_item(item),
        "machine": to_plain(candidate.facts),
        "evidence": [to_plain(proof) for proof in candidate.evidence],
        "articles": [to_plain(article) for article in candidate.articles],
        "revisions": [to_plain(revision) for revision in item.revisions],
        "decisions": [to_plain(decision) for decision in item.decisions],
        "defer_until": candidate.defer_until.isoformat() if candidate.defer_until else None,
        "duplicate_of": candidate.duplicate_of,
        "produced_by": candidate.produced_by,
    }


def _amount(amount: Amount) -> dict[str, Any]:
    return {**to_plain(amount), "value": _number(amount.value)}


def _number(value: Decimal) -> int | float:
    """A JSON number; whole sums stay whole."""
    return int(value) if value == value.to_integral_value() else float(value)
