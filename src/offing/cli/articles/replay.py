"""`offing replay`: what other rules would make of the articles that are stored."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from offing.cli.output.progress import paced
from offing.cli.site import Site, pass_site, print_json, say
from offing.errors import UsageError
from offing.model.review.replay import Difference, Replayed, Standing
from offing.model.values.codec import to_plain
from offing.model.values.numbers import counted
from offing.services.views.plain import one_line

DAYS = 7
_TITLES = {
    Difference.NEW: "New candidates",
    Difference.GONE: "No longer above the cut",
    Difference.CHANGED: "Other values",
    Difference.MOVED: "Another score",
}


@click.command(short_help="Read stored articles again with other rules, and compare.")
@click.option(
    "--since",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help=f"Articles extracted since then; by default the last {DAYS} days.",
)
@click.option(
    "--rules",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="A config folder that is laid over the site's: its lexicons, wordings, weights.",
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="At most the newest N articles.")
@click.option("--apply", "applies", is_flag=True, help="Store the results that touch no decision.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def replay(site: Site, /, *, since: datetime | None, rules: Path | None, as_json: bool, **how: Any) -> None:
    """Read stored articles again, and show which candidates would be new, gone, changed or ranked otherwise.

    The rules are those of the site as they are now, with --rules those in DIR over them; the results are compared with
    what is stored. Nothing is fetched, and without --apply nothing is written. Decided candidates and published records
    are listed, and never change.

    \b
    Examples:
      offing replay                                    what a changed lexicon makes of the last week
      offing replay --since 2026-11-01 --rules trial   the same for a folder on trial
      offing replay --since 2026-11-01 --apply         take over what touches no decision
    """  # noqa: D301 -- click reads the backspace itself
    from offing.config.overlay import with_folder
    from offing.services.pipeline.replay import ReplayTerms
    from offing.services.pipeline.replay import replay as run

    if how["applies"] and rules:
        raise UsageError("--apply takes the site's own rules: move the files of --rules into its config folder first")
    database, layers = site.database(), with_folder(site.layers, rules) if rules else site.layers
    now = datetime.now(UTC)
    begin = since.replace(tzinfo=UTC) if since else now - timedelta(days=DAYS)
    read = 0
    with paced("articles read again") as report:

        def note(done: int, total: int) -> None:
            nonlocal read
            read = done
            report(done, total)

        found = list(run(database, layers, ReplayTerms(begin, now, how["limit"], how["applies"], note)))
    if as_json:
        print_json(
            {"since": begin.isoformat(), "read": read, "applied": how["applies"], "articles": to_plain(tuple(found))}
        )
        return
    for line in _lines(found, read, begin, applies=how["applies"]):
        say(line)


def _lines(found: list[Replayed], read: int, begin: datetime, *, applies: bool) -> Iterator[str]:
    yield f"{counted(read, 'article')} since {begin:%Y-%m-%d} read again, {len(found)} with another result"
    for difference, title in _TITLES.items():
        own = [each for each in found if each.difference is difference]
        if own:
            yield from ("", f"{title} ({len(own)})", *map(_line, sorted(own, key=lambda each: -each.after)))
    waiting = sum(each.standing is Standing.WAITING for each in found)
    if found:
        yield ""
        yield from _touched(found)
        yield f"{counted(waiting, 'result')} {'stored' if applies else 'would be stored by --apply'}"


def _line(each: Replayed) -> str:
    before = "   –" if each.before is None else f"{each.before:4.2f}"
    whom = "".join(f", candidate {number}" for number in each.candidate_ids) if each.candidate_ids else ""
    what = f", {', '.join(each.fields)}" if each.fields else ""
    standing = "" if each.standing is Standing.WAITING else f", {each.standing}"
    return f"  {before} → {each.after:4.2f}  {one_line(each.title)} (article {each.article_id}{whom}{standing}{what})"


def _touched(found: Iterable[Replayed]) -> Iterator[str]:
    """Yield what people have dealt with and other rules would see otherwise; none of it changes."""
    candidates = sorted({n for each in found if each.standing is not Standing.WAITING for n in each.candidate_ids})
    records = sorted({one for each in found if each.standing is Standing.PUBLISHED for one in each.project_ids})
    if candidates:
        yield f"decided candidates that these rules see otherwise, unchanged: {', '.join(map(str, candidates))}"
    if records:
        yield f"published records that these rules see otherwise, unchanged: {', '.join(records)}"
