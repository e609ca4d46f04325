"""offing stories: articles with the same news; joining and splitting stories by hand."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from typing import Any

import click

from offing.cli.records.merging import warn_of_countries
from offing.cli.site import CANDIDATE_ID, Site, pass_site, print_json
from offing.config.weights.scoring import load_scoring
from offing.model.operation.user import Permission
from offing.model.review.candidate import Candidate
from offing.model.review.story import Telling
from offing.model.values.codec import to_plain
from offing.redaction import redact
from offing.services.stories.actions import (
    Effect,
    StoryChange,
    StoryOverview,
    list_stories,
    merge_stories,
    show_story,
    split_story,
    undo_story,
)
from offing.services.views.plain import one_line

_JSON = click.option("--json", "as_json", is_flag=True, help="As JSON.")
_YES = click.option("--yes", is_flag=True, help="Apply the change; without it, only show it.")
_AS = click.option("--as", "name", metavar="NAME", help="Your name; by default that of your system account.")
_REASON = click.option("--reason", default="", help="Reason, for later readers.")


@click.group(short_help="Show, merge and split stories.")
def stories() -> None:
    """Show, merge and split stories. A story is all articles that report the same news.

    A story has the number of its candidate. Merging and splitting are decisions: later articles follow them, and
    undoing them restores the earlier state.

    \b
    Example:  offing stories list
    """  # noqa: D301 -- click reads the backspace itself


@stories.command("list", short_help="List the stories with several articles.")
@click.option("--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many to show.")
@click.option("--all", "every", is_flag=True, help="Include stories with a single article.")
@_JSON
@pass_site
def list_(site: Site, limit: int, *, every: bool, as_json: bool) -> None:
    """List the stories with several articles, newest first.

    \b
    Example:  offing stories list --limit 10
    """  # noqa: D301 -- click reads the backspace itself
    found = list_stories(site.database(), limit, every=every)
    if as_json:
        print_json([_plain_line(candidate) for candidate in found])
        return
    for candidate in found:
        click.echo(_line(candidate))
    if not found:
        click.echo("no story has more than one article yet", err=True)
    elif sys.stdout.isatty():
        click.echo(f"next: offing stories show {found[0].id}", err=True)


@stories.command(short_help="Show the articles of a story, by source.")
@click.argument("candidate_id", type=CANDIDATE_ID, metavar="ID")
@_JSON
@pass_site
def show(site: Site, candidate_id: int, *, as_json: bool) -> None:
    """Show a story: its articles by source, where outlets disagree, and decisions on it.

    Articles of one source are copies of each other, or from the same outlet.

    \b
    Example:  offing stories show 12
    """  # noqa: D301 -- click reads the backspace itself
    found = show_story(site.database(), candidate_id)
    if as_json:
        print_json(_plain_story(found))
        return
    if found.candidate.id != candidate_id:
        click.echo(f"candidate {candidate_id} was merged into candidate {found.candidate.id}", err=True)
    _print(found)


@stories.command(short_help="Merge stories that report the same news.")
@click.argument("ids", type=CANDIDATE_ID, nargs=-1, required=True, metavar="ID ID...")
@_YES
@_REASON
@_AS
@_JSON
@pass_site
def merge(site: Site, /, ids: tuple[int, ...], **options: Any) -> None:
    """Merge stories that report the same news.

    The lowest number is kept, or that of a decided candidate; the others redirect to it.

    \b
    Example:  offing stories merge 12 15 --yes
    """  # noqa: D301 -- click reads the backspace itself
    effect = merge_stories(site.database(), ids, _story_change(site, options))
    warn_of_countries([story.candidate.facts.countries for story in effect.before])
    _print_effect(effect, "merge", options)


@stories.command(short_help="Move articles out of a story.")
@click.argument("candidate_id", type=CANDIDATE_ID, metavar="ID")
@click.argument("tellings", type=CANDIDATE_ID, nargs=-1, required=True, metavar="TELLING...")
@_YES
@_REASON
@_AS
@_JSON
@pass_site
def split(site: Site, /, candidate_id: int, tellings: tuple[int, ...], **options: Any) -> None:
    """Move articles out of a story, into one of their own. `stories show` has their numbers.

    \b
    Example:  offing stories split 12 31 34 --yes
    """  # noqa: D301 -- click reads the backspace itself
    _print_effect(split_story(site.database(), candidate_id, tellings, _story_change(site, options)), "split", options)


@stories.command(short_help="Undo a merge or split.")
@click.argument("decision", type=CANDIDATE_ID, metavar="[DECISION]", required=False)
@_YES
@_REASON
@_AS
@_JSON
@pass_site
def undo(site: Site, /, decision: int | None, **options: Any) -> None:
    """Undo the merge or split with this number; without one, your own last.

    \b
    Example:  offing stories undo --yes
    """  # noqa: D301 -- click reads the backspace itself
    _print_effect(undo_story(site.database(), decision, _story_change(site, options)), "undo", options)


def _story_change(site: Site, options: dict[str, Any]) -> StoryChange:
    by = site.author(options["name"], Permission.DECIDE)
    return StoryChange(by, datetime.now(UTC), load_scoring(site.layers), options["reason"], preview=not options["yes"])


def _print_effect(effect: Effect, what: str, options: dict[str, Any]) -> None:
    if options["as_json"]:
        sides = {"before": effect.before, "after": effect.after}
        plain = {name: [_plain_story(story) for story in side] for name, side in sides.items()}
        print_json({"done": options["yes"], "decision": effect.decision if options["yes"] else None, **plain})
        return
    for story in effect.before:
        click.echo(f"before    {_briefly(story)}")
    for story in effect.after:
        click.echo(f"after     {_briefly(story)}")
    if options["yes"]:
        way = f"; to undo: offing stories undo {effect.decision} --yes" if what != "undo" else ""
        click.echo(f"{what}: decision {effect.decision}{way}")
    else:
        click.echo("not changed yet; add --yes to apply")


def _briefly(story: StoryOverview) -> str:
    tellings = sorted(telling.id for source in story.sources for telling in source)
    shown = f"telling{'s' if len(tellings) > 1 else ''} {', '.join(map(str, tellings))}"
    return f"{story.candidate.id}: {_title(story.candidate)} ({shown}; {story.candidate.state})"


def _title(candidate: Candidate) -> str:
    headline = candidate.articles[0].title if candidate.articles else ""
    return one_line(candidate.facts.title or headline)


def _line(candidate: Candidate) -> str:
    countries = ",".join(candidate.facts.countries) or "-"
    sources = f"{candidate.outlets} ({candidate.independent} independent)"
    disagree = " · outlets disagree" if candidate.contrasts else ""
    return f"{candidate.id}\t{candidate.state}\t{countries}\t{sources}\t{_title(candidate)}{disagree}"


def _print(story: StoryOverview) -> None:
    candidate = story.candidate
    click.echo(f"{candidate.id}: {_title(candidate)} ({candidate.kind}, {candidate.state})")
    if candidate.also_in:
        click.echo(candidate.also_in)
    for number, source in enumerate(story.sources, 1):
        click.echo(f"\nsource {number}")
        for telling in source:
            click.echo(
                f"  telling {telling.id}  {telling.at:%Y-%m-%d}  {one_line(telling.outlet)}: {one_line(telling.title)}"
            )
            click.echo(f"             {redact(one_line(telling.url))}")
    outlets = {telling.url: telling.outlet for source in story.sources for telling in source}
    for contrast in candidate.contrasts:
        click.echo(f"\noutlets disagree on {contrast.field.replace('_', ' ')}:")
        for value in contrast.values:
            click.echo(f"  {value.value}: {', '.join(one_line(outlets[url]) for url in value.urls)}")
    if story.was:
        click.echo(f"\nmerged into this: {', '.join(map(str, story.was))}")
    for made in story.decisions:
        why = f": {one_line(made.reason)}" if made.reason else ""
        click.echo(f"decision {made.id}: {made.one} and {made.other} {made.bond}, {made.by}, {made.at:%Y-%m-%d}{why}")


def _plain_line(candidate: Candidate) -> dict[str, Any]:
    return {
        "id": candidate.id,
        "state": candidate.state,
        "kind": candidate.kind,
        "title": _title(candidate),
        "countries": list(candidate.facts.countries),
        "urls": [article.url for article in candidate.articles],
        "outlets": candidate.outlets,
        "independent": candidate.independent,
        "also_in": candidate.also_in,
        "contrasts": [to_plain(contrast) for contrast in candidate.contrasts],
    }


def _plain_story(story: StoryOverview) -> dict[str, Any]:
    return {
        **_plain_line(story.candidate),
        "sources": [[_plain_telling(telling) for telling in source] for source in story.sources],
        "was": list(story.was),
        "decisions": [to_plain(made) for made in story.decisions],
    }


def _plain_telling(telling: Telling) -> dict[str, Any]:
    return {
        "telling": telling.id,
        "at": telling.at.isoformat(),
        "outlet": telling.outlet,
        "language": telling.language,
        "title": telling.title,
        "url": telling.url,
        "score": telling.score,
        "facts": to_plain(telling.facts),
    }
