"""`offing trace`: the whole story of one address."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import click

from offing.cli.site import Site, pass_site, print_json, say
from offing.model.operation.trace import Announcement, Pending, Trace, TracedCandidate, TracedPage, Turn, Unknown
from offing.model.values.codec import to_plain
from offing.services.monitoring.trace import trace as trace_address
from offing.services.views.plain import one_line

UNKNOWN = 2


@click.command(short_help="Show what became of an address, step by step.")
@click.argument("url")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def trace(site: Site, url: str, *, as_json: bool) -> None:
    """Show the story of one address: who announced it, each step with its outcome, and what came of it. Times are UTC.

    URL is an address as a feed announced it, one that redirects led to, or one that a page names as its own. Exit code
    2: it is not known; what would have to happen is shown, with the nearest known addresses.

    \b
    Example:  offing trace https://example.org/news/1
              offing trace https://example.org/news/1 --json
    """  # noqa: D301 -- click reads the backspace itself
    found = trace_address(site.database(), url)
    if as_json:
        print_json({"known": isinstance(found, Trace), **to_plain(found)})
    elif isinstance(found, Trace):
        for name, text in _lines(found):
            say(f"{name:<11} {text}")
    if isinstance(found, Unknown):
        if not as_json:
            _say_unknown(found)
        click.get_current_context().exit(UNKNOWN)


def _say_unknown(found: Unknown) -> None:
    say(
        f"offing: {one_line(found.url)} is not known: no feed on the list has announced it, and nobody added it",
        err=True,
    )
    for each in found.nearest:
        say(f"  did you mean {one_line(each)}", err=True)
    for each in found.steps:
        say(f"  {one_line(each)}", err=True)


def _lines(found: Trace) -> Iterator[tuple[str, str]]:
    yield "outcome", one_line(found.outcome)
    yield from (("announced", _announced(each)) for each in found.announcements)
    yield from (("page", _page(each)) for each in found.pages)
    yield from ((each.verb, _turn(each)) for each in found.turns)
    yield from (("waits", _waits(each)) for each in found.pending)
    for article in found.articles:
        score = "" if article.score is None else f", score {article.score:.2f}"
        yield "article", f"{article.id}: {one_line(article.title)} ({article.language or 'language unknown'}{score})"
    yield from (("candidate", _candidate(each)) for each in found.candidates)
    for one in found.decisions:
        why = f": {one_line(one.reason)}" if one.reason else ""
        yield "decision", f"{_at(one.at)} candidate {one.candidate_id} {one.judgement} by {one_line(one.by)}{why}"
    yield from (("record", record) for record in dict.fromkeys(each.record for each in found.candidates if each.record))
    for each in found.releases:
        yield "release", f"{_at(each.published_at)} {each.version}, {each.record}{' (yanked)' if each.yanked else ''}"


def _at(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S}"


def _announced(each: Announcement) -> str:
    who = f"feed {each.feed_id} ({one_line(each.source)})" if each.feed_id else one_line(each.source)
    also = "" if each.first else ", the same page again"
    return f"{_at(each.at)} by {who}{also}: {one_line(each.url)} “{one_line(each.title)}”"


def _page(each: TracedPage) -> str:
    led = f", led to {one_line(each.final_url)}" if each.final_url not in ("", each.url) else ""
    reserved = f", reserved ({each.reservation})" if each.reservation else ""
    return f"{_at(each.fetched_at)} {each.status} {one_line(each.content_type)}{led}{reserved}"


def _turn(each: Turn) -> str:
    return f"{_at(each.at)} run {each.run_id}: {each.ending}{': ' if each.cause else ''}{one_line(each.cause)}"


def _waits(each: Pending) -> str:
    tries = f", {each.tries} tries so far" if each.tries else ""
    why = f": {one_line(each.reason)}" if each.reason else ""
    if each.quarantine_id:
        return f"{each.verb} in quarantine since {_at(each.at)} (offing quarantine show {each.quarantine_id}){why}"
    return f"{each.verb} due {_at(each.at)}{tries}{why}"


def _candidate(each: TracedCandidate) -> str:
    where = "" if each.above_cut else ", below the cut"
    merged = f", merged into {each.merged_into}" if each.merged_into else ""
    story = f"story {each.story_id}, {each.articles} article{'s' if each.articles > 1 else ''}"
    title = one_line(each.title) or "(no title)"
    return f"{each.id}: {title} ({each.state}, score {each.score:.2f}{where}{merged}; {story})"
