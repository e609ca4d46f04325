"""offing context: summits, plans and initiatives, which are never in the queue."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import click

from offing.cli.site import Site, pass_site, print_json
from offing.model.values.codec import to_plain
from offing.redaction import redact
from offing.services.views.plain import one_line

if TYPE_CHECKING:
    from offing.model.reading.context import StoredContext


@click.group(short_help="Summits, plans and initiatives: no projects, but worth knowing.")
def context() -> None:
    """Summits, plans and initiatives: no projects, but worth knowing beside them."""


@context.command("list", short_help="What was found, newest first.")
@click.option("--since", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Only what was published since.")
@click.option("--region", metavar="REGION", help="Only of this region, such as asean or African Union.")
@click.option("--country", metavar="COUNTRY", help="Only what names this country or concerns a region of it.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def list_(site: Site, *, since: datetime | None, region: str | None, country: str | None, as_json: bool) -> None:
    """List articles on summits, plans and initiatives between China and others, with region and countries.

    None of them stands in the queue. Where you see a project in one, decide on its candidate: the number stands at
    its end.

    \b
    Example:  offing context list --since 2026-01-01 --region asean
              offing context list --country KEN --json
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.weights.context import load_context
    from offing.services.views.context_list import ContextQuery, find_contexts, region_names

    rules = load_context(site.layers)
    query = ContextQuery(since.replace(tzinfo=UTC) if since else None, region, country)
    found = find_contexts(site.database(), rules, query)
    if as_json:
        print_json([_plain(each) for each in found])
    elif not found:
        click.echo("nothing: no summit, plan or initiative was found")
    else:
        click.echo("\n\n".join("\n".join(_lines(each, region_names(rules))) for each in found))


def _plain(found: StoredContext) -> dict[str, Any]:
    """Return an article as `--json` shows it: flat, lists never null."""
    article = to_plain(found)
    told = article.pop("context")
    return {**article, **told}


def _lines(found: StoredContext, names: Mapping[str, str]) -> Iterator[str]:
    """Yield an article in a few lines; each text from outside is on one line."""
    told = found.context
    where = ", ".join((*(names.get(each, each) for each in told.regions), *told.countries)) or "no region named"
    day = f"{found.published:%Y-%m-%d}" if found.published else "undated   "
    yield f"{day}  {told.kind}  {where}"
    yield f"  {one_line(found.title)}" + (f" · {one_line(found.outlet)}" if found.outlet else "")
    if told.quote != found.title:
        yield f"  “{one_line(told.quote)}”"
    yield f"  {redact(found.url)}" + (f" · candidate {found.candidate_id}" if found.candidate_id else "")
