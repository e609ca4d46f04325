"""`offing run --dry-run`: what a pipeline would begin with now."""

from __future__ import annotations

import click

from offing.cli.site import Site, print_json
from offing.model.sources.policy import PipelineSpec
from offing.model.values.numbers import counted
from offing.model.values.vocabulary import MACHINE_VERBS, Verb
from offing.services.running.run_context import utc_now
from offing.store.feeds.feed import feeds_of
from offing.store.runs.work import due, due_feeds

_NOUNS = {Verb.POLL: "feed", Verb.FETCH: "page", Verb.EXTRACT: "page"}


def show_due(site: Site, spec: PipelineSpec, *, as_json: bool) -> None:
    """Print how many items are due for each step of a pipeline; what a step makes is due for the next one as well."""
    now = utc_now()
    with site.database().read() as conn:
        found = due(conn, now)
        if spec.groups:
            found[Verb.POLL] = due_feeds(conn, now, feeds_of(conn, spec.groups))
    steps = {Verb(name): found.get(Verb(name), 0) for name in spec.steps if Verb(name) in MACHINE_VERBS}
    if as_json:
        print_json({"pipeline": spec.name, "due": {str(verb): number for verb, number in steps.items()}})
        return
    click.echo(f"{spec.name} would begin with what is due now; what a step makes is due for the next one:")
    for verb, number in steps.items():
        click.echo(f"  {verb:<9} {counted(number, _NOUNS.get(verb, 'article'))}")
