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


@click.group(short_help="List summits, plans and initiatives, which are not projects.")
def context() -> None:
    """List summits, plans and initiatives: not projects, but useful background."""


@context.command("list", short_help="List them, newest first.")
@click.option("--since", metavar="DATE", type=click.DateTime(["%Y-%m-%d"]), help="Only articles published since then.")
@click.option("--region", metavar="REGION", help="Only about this region, such as asean or African Union.")
@click.option("--country", metavar="COUNTRY", help="Only about this country or a region that includes it.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def list_(site: Site, *, since: datetime | None, region: str | None, country: str | None, as_json: bool) -> None:
    """List articles on summits, plans and initiatives between China and others, with region and countries.

    They are not in the queue. If one reports a project, decide on its candidate, whose number is shown at the end.

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
        click.echo("no summits, plans or initiatives found")
    else:
        click.echo("\n\n".join("\n".join(_lines(each, region_names(rules))) for each in found))


def _plain(found: StoredContext) -> dict[str, Any]:
    """Return an article as `--json` shows it: flat, lists never null."""
    article = to_plain(found)
    context = article.pop("context")
    return {**article, **context}


def _lines(found: StoredContext, names: Mapping[str, str]) -> Iterator[str]:
    """Yield an article in a few lines; each text from outside is on one line."""
    context = found.context
    where = ", ".join((*(names.get(each, each) for each in context.regions), *context.countries)) or "no region named"
    day = f"{found.published:%Y-%m-%d}" if found.published else "undated   "
    yield f"{day}  {context.kind}  {where}"
    yield f"  {one_line(found.title)}" + (f" · {one_line(found.outlet)}" if found.outlet else "")
    if context.quote != found.title:
        yield f"  “{one_line(context.quote)}”"
    yield f"  {redact(found.url)}" + (f" · candidate {found.candidate_id}" if found.candidate_id else "")
