"""offing drift: outlets whose pages no longer yield what they used to."""

from __future__ import annotations

import textwrap

import click

from offing.cli.site import Site, pass_site, print_json
from offing.model.values.codec import to_plain
from offing.model.values.numbers import counted
from offing.redaction import redact
from offing.services.pipeline.drift import find_drift
from offing.services.running.run_context import utc_now


@click.command(short_help="Find outlets whose pages have changed so that extraction gets less.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def drift(site: Site, as_json: bool) -> None:
    """Compare what was extracted from each outlet in the last 7 days with the 60 days before.

    Compared are: pages with an article, length of the text, titles, dates, authors, sections, complete texts, and
    rules of config/outlets. An outlet needs 10 pages in the last 7 days and 30 before. Exit code 1 if one has drifted.

    \b
    Example:  offing drift
              offing drift --json
    """  # noqa: D301 -- click reads the backspace itself
    with site.database().read() as conn:
        found = find_drift(conn, utc_now())
    if as_json:
        print_json({"outlets": found.outlets, "drifts": [to_plain(each) for each in found.drifts]})
    elif not found.drifts:
        click.echo(f"no drift; {counted(found.outlets, 'outlet')} had enough pages in the last 7 days to be compared")
    for each in () if as_json else found.drifts:
        click.echo(f"{click.style(each.domain, bold=True)}  {each.measure}: {each.sentence}")
        click.echo(textwrap.indent(f"look: offing read {redact(each.url)}\nfix:  a rule in config/outlets/", "    "))
    click.get_current_context().exit(1 if found.drifts else 0)
