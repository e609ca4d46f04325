"""offing feeds groups, list: the catalogue, and the feeds on the list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

import click
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from offing.cli.feeds.output import SILENT, moment, name_of, needs_a_look, plain_status, sentences_of, state_of
from offing.cli.site import Site, pass_site, print_json, say
from offing.config.sites.feeds import load_catalogue
from offing.model.sources.feed import FeedStatus
from offing.model.values.numbers import counted
from offing.poll import lookalikes
from offing.services.running.run_context import utc_now
from offing.store.feeds.feed import list_feeds
from offing.store.feeds.watch import Twins, twins

SHARED_SINCE = timedelta(days=30)


@click.command("groups")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def groups(site: Site, as_json: bool) -> None:
    """List the groups of the catalogue.

    \b
    Example:  offing feeds groups
    """  # noqa: D301 -- click reads the backspace itself
    catalogue = load_catalogue(site.layers)
    counts = Counter(name for spec in catalogue.feeds for name in spec.groups)
    if as_json:
        rows = [{"id": each.id, "feeds": counts[each.id], "description": each.description} for each in catalogue.groups]
        print_json(rows)
        return
    table = Table("group", "feeds", "description", box=None)
    for group in catalogue.groups:
        table.add_row(group.id, str(counts[group.id]), Text(group.description))
    Console().print(table)


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--problems", is_flag=True, help="Only feeds that fail, behave oddly or have moved.")
@click.option("--duplicates", is_flag=True, help="Only feeds with similar addresses or the same entries.")
@pass_site
def list_(site: Site, as_json: bool, problems: bool, duplicates: bool) -> None:
    """List the watched feeds with state, cause and next step. Times are UTC.

    \b
    Example:  offing feeds list --problems
              offing feeds list --duplicates
    """  # noqa: D301 -- click reads the backspace itself
    with site.database().read() as conn:
        everything = list_feeds(conn)
        shared = twins(conn, utc_now() - SHARED_SINCE) if duplicates else ()
    if duplicates:
        _duplicates(everything, shared, as_json=as_json)
        return
    found = [status for status in everything if not problems or needs_a_look(status)]
    if as_json:
        print_json([plain_status(status) for status in found])
    elif found:
        _table(found)
        _summary(everything, problems=problems)
    else:
        say("no problems" if problems else "no feeds yet; next: offing feeds add --catalogue GROUP")


def _table(found: Sequence[FeedStatus]) -> None:
    """Print one line for each feed, followed by cause and next step if there is something to do."""
    console = Console()
    width = console.width - 67
    console.print(Text(f"{'id':>5}  {'feed':{width}}  {'state':22}  {'last poll':16}  outcome  entries", style="bold"))
    for status in found:
        line = Text(f"{status.id:>5}  ").append(_fitted(name_of(status), width)).append("  ")
        line.append_text(_padded(state_of(status), 22)).append(f"  {moment(status.last_poll_at):16}")
        console.print(line.append(f"  {_short(status):9}{status.entries:>6}"), no_wrap=True, overflow="crop")
        if needs_a_look(status) or status.outcome not in SILENT:
            for sentence in sentences_of(status):
                console.print(Padding(Text(sentence, style="dim"), (0, 0, 0, 7)))


def _short(status: FeedStatus) -> str:
    return {"retry_later": "later", None: ""}.get(status.outcome, str(status.outcome or ""))


def _fitted(name: str, width: int) -> Text:
    text = Text(name)
    text.truncate(width, overflow="ellipsis", pad=True)
    return text


def _padded(text: Text, width: int) -> Text:
    text.truncate(width, overflow="ellipsis", pad=True)
    return text


def _summary(everything: Sequence[FeedStatus], *, problems: bool) -> None:
    ill = sum(map(needs_a_look, everything))
    if problems:
        say(f"\n{ill} of {counted(len(everything), 'feed')} need attention; details: offing feeds show ID")
    else:
        say(f"\n{counted(len(everything), 'feed')}, {ill} with problems{': offing feeds list --problems' * bool(ill)}")


def _duplicates(everything: Sequence[FeedStatus], shared: Sequence[Twins], *, as_json: bool) -> None:
    """Print feeds whose addresses look alike, and feeds of one site that announce the same."""
    by_id = {status.id: status for status in everything}
    alike = [[everything[at] for at in group] for group in lookalikes([each.spec.url for each in everything])]
    pairs = [([by_id[pair.one], by_id[pair.other]], pair.share) for pair in shared]
    if as_json:
        same = [{"why": "address", "feeds": [plain_status(each) for each in group]} for group in alike]
        shared_entries = [
            {"why": "entries", "share": share, "feeds": [plain_status(each) for each in pair]} for pair, share in pairs
        ]
        print_json(same + shared_entries)
        return
    for group in alike:
        _group("similar addresses", group)
    for pair, share in pairs:
        _group(f"same entries: {share:.0%} of the smaller feed's", pair)
    if alike or pairs:
        say("\nkeep one of each; `offing feeds remove ID` removes a feed and keeps its entries")
    else:
        say("no duplicates")


def _group(why: str, members: Sequence[FeedStatus]) -> None:
    say(f"\n{why}")
    for status in members:
        say(f"{status.id:>5}  {status.spec.url}  ({status.state}, {counted(status.entries, 'entry', 'entries')})")
