"""offing reader: the second reader, if a site has one."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from offing.cli.site import Site, pass_site, print_json
from offing.errors import UsageError
from offing.model.review.second_reader import MILLION
from offing.model.values.codec import to_plain
from offing.model.values.numbers import counted
from offing.services.second_reader import SecondReader, second_reader
from offing.services.second_reader.status import ReaderStatus, again, reader_status, try_out

OFF = "no second reader is turned on; reader.toml in the config folder does that (docs/operate.md, A second reader)"


@click.group(short_help="Inspect and test the second reader, if the site has one.")
def reader() -> None:
    """Inspect and test the second reader, a language model that reads candidates again. reader.toml turns it on.

    \b
    Example:  offing reader show
    """  # noqa: D301 -- click reads the backspace itself


@reader.command(short_help="Show its work and costs today, and what is waiting.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def show(site: Site, *, as_json: bool) -> None:
    """Show what the second reader did today, the rest of its budget, and what is waiting. Sends no request.

    \b
    Example:  offing reader show
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.weights.scoring import load_scoring

    rules = _reader(site).rules
    found = reader_status(site.database(), rules, load_scoring(site.layers).cut, datetime.now(UTC))
    if as_json:
        print_json(to_plain(found))
    else:
        click.echo("\n".join(_lines(found)))


@reader.command(short_help="Send a test request to the endpoint; costs some tokens.")
@pass_site
def check(site: Site) -> None:
    """Test the endpoint with one made-up sentence. Exit code 1 if its answer cannot be used.

    \b
    Example:  offing reader check
    """  # noqa: D301 -- click reads the backspace itself
    own = _reader(site)
    found = try_out(own)
    took = f"{found.seconds:.1f} s, {found.tokens:,} tokens"
    click.echo(f"{own.rules.model} at {own.rules.endpoint}: {found.trouble or 'works'} ({took})")
    click.get_current_context().exit(1 if found.trouble else 0)


@reader.command("again", short_help="Retry articles that were given up.")
@pass_site
def ask_again(site: Site) -> None:
    """Retry articles that the second reader gave up or postponed, in the next run.

    \b
    Example:  offing reader again
    """  # noqa: D301 -- click reads the backspace itself
    click.echo(f"{counted(again(site.database()), 'article')} will be retried in the next run")


def _reader(site: Site) -> SecondReader:
    found = second_reader(site.layers, site.settings.reader_key, site.settings.contact)
    if found is None:
        raise UsageError(OFF)
    return found


def _lines(found: ReaderStatus) -> list[str]:
    today, (tokens, money) = found.today, found.left
    left = [f"{tokens:,} tokens left"] if tokens is not None else []
    left += [f"{money / MILLION:.2f} {found.currency} left"] if money is not None else []
    took = [counted(today.asked, "request"), f"{today.cached} from the cache", f"{today.failed} failed"]
    took += [f"{counted(today.dropped, 'value')} discarded"]
    took += [f"{today.tokens:,} tokens", f"{today.money / MILLION:.4f} {found.currency}"]
    took += [f"{today.seconds / today.asked:.1f} s each"] if today.asked else []
    return [
        f"{found.model} at {found.endpoint}",
        f"today: {', '.join(took)}{'; ' if left else ''}{', '.join(left)}",
        f"articles: {found.read} read, {found.waiting} waiting, {found.unread} given up",
    ]
