"""offing feeds discover: finds the feeds of a site."""

from __future__ import annotations

import click
from rich.console import Console
from rich.text import Text

from offing.cli.feeds.adding import put_on_the_list
from offing.cli.feeds.options import as_option, spec_of
from offing.cli.feeds.output import iso
from offing.cli.site import Site, pass_site, print_json, say
from offing.errors import DatabaseError, UsageError
from offing.fetch_policy import fetch_policy
from offing.model.sources.feed import FeedForm
from offing.model.values.numbers import counted
from offing.services.monitoring.discover import FeedSearch, FoundFeed
from offing.services.monitoring.discover import discover as search_for
from offing.store.feeds.feed import list_feeds
from offing.urls import feed_key

EVERY = "all"


@click.command("discover")
@click.argument("url")
@click.option("--add", "chosen", metavar="N,N|all", help="Watch the feeds with these numbers.")
@click.option("--all", "everywhere", is_flag=True, help="Try the usual addresses even if the site names its feeds.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@as_option
@pass_site
def discover(  # noqa: PLR0913, PLR0917 -- one parameter for each option
    site: Site, url: str, chosen: str | None, everywhere: bool, as_json: bool, name: str | None
) -> None:
    """Find the feeds and news sitemaps of the site at URL.

    Fetches the page, then the addresses named in it, in robots.txt and in sitemap indexes, then the usual places, one
    at a time. Every feed listed was read and works. Without a database, feeds already watched are not marked.

    \b
    Example:  offing feeds discover https://example.org/
              offing feeds discover https://example.org/ --add 1,3
    """  # noqa: D301 -- click reads the backspace itself
    spec_of(url, {})
    policy = fetch_policy(site.settings, site.layers)
    is_terminal = Console(stderr=True).is_terminal
    found = search_for(url, policy, _progress if is_terminal else lambda _url: None, everywhere=everywhere)
    watched = _watched(site)
    if as_json:
        print_json(_plain(found, watched))
    else:
        _print_search(found, watched)
    if chosen:
        specs = [spec_of(each.url, {"title": each.title}) for each in _chosen(found, chosen)]
        put_on_the_list(site, specs, name)
    click.get_current_context().exit(0 if found.found else 1)


def _progress(url: str) -> None:
    say(f"fetching {url}", err=True)


def _watched(site: Site) -> dict[str, int]:
    """Return the watched feeds by identity; none if there is no database."""
    try:
        with site.database().read() as conn:
            return {feed_key(status.spec.url): status.id for status in list_feeds(conn)}
    except DatabaseError:
        return {}


def _chosen(search: FeedSearch, words: str) -> list[FoundFeed]:
    if words == EVERY:
        return search.found
    numbers = [word.strip() for word in words.split(",")]
    if not all(word.isdigit() and 1 <= int(word) <= len(search.found) for word in numbers):
        raise UsageError(
            f"--add takes numbers from the list above (1 to {len(search.found)}) or `{EVERY}`, not {words!r}"
        )
    return [search.found[int(word) - 1] for word in numbers]


def _print_search(search: FeedSearch, watched: dict[str, int]) -> None:
    console = Console(highlight=False, soft_wrap=True)
    for number, each in enumerate(search.found, 1):
        known = watched.get(feed_key(each.url))
        console.print(Text(f"{number:>3}  {each.url}", style="bold"))
        console.print(Text(f"     {_described(each)}{f'; already watched, id {known}' if known else ''}"))
    for note in search.notes:
        console.print(Text(f"  -  {note}", style="dim"))
    if search.found:
        say(f"\n{counted(len(search.found), 'feed')} found in {counted(search.asked, 'request')}; add them by --add 1")
    else:
        say(f"no feed or news sitemap found with {counted(search.asked, 'request')}.")
    if not any(each.title for each in search.found):
        _advise_page(search)


def _advise_page(search: FeedSearch) -> None:
    """Advise to watch the page itself if the site names no feed."""
    if search.page:
        say(f"The page itself can be watched: by the usual rule it has {counted(len(search.page), 'link')}, such as")
        for entry in search.page[:3]:
            say(f"     {entry.title}")
    if search.reached:
        say(f"Try: offing feeds check {search.url} --page --links 'CSS SELECTOR', then add it with the same options.")


def _described(found: FoundFeed) -> str:
    form = "news sitemap" if found.form is FeedForm.SITEMAP and found.title else str(found.form)
    title = f" {found.title!r}" if found.title else ""
    newest = f", newest {found.newest:%Y-%m-%d}" if found.newest else ", no dates"
    same = f"; same entries as {found.same_as}" if found.same_as else ""
    faulty = f"; {counted(len(found.problems), 'problem')}" if found.problems else ""
    return f"{form}{title}, {counted(found.entries, 'entry', 'entries')}{newest}, found in {found.kind}{same}{faulty}"


def _plain(search: FeedSearch, watched: dict[str, int]) -> dict[str, object]:
    found = [
        {
            "url": each.url,
            "named_by": each.kind,
            "form": each.form,
            "title": each.title,
            "entries": each.entries,
            "newest": iso(each.newest),
            "problems": list(each.problems),
            "same_as": each.same_as,
            "watched": watched.get(feed_key(each.url)),
        }
        for each in search.found
    ]
    page = [{"url": entry.url, "title": entry.title, "published": iso(entry.published)} for entry in search.page]
    return {"url": search.url, "found": found, "notes": search.notes, "requests": search.asked, "page": page}
