"""offing lexicon mute, unmute, mutes: names that mean no firm or lender in some scope."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from offing.cli.site import Site, pass_site, print_json
from offing.config.weights.scoring import load_scoring
from offing.model.operation.user import Permission
from offing.model.reading.mention import MentionKind
from offing.model.review.mute import Mute
from offing.model.values.codec import to_plain
from offing.model.values.numbers import HIGHEST_ID, counted
from offing.services.review.muting import MuteChange, MuteEffect, lay_mute, lift_mute
from offing.services.views.plain import one_line
from offing.store.candidates.mute import is_named, is_outlet
from offing.store.candidates.mute import mutes as all_mutes

_YES = click.option("--yes", is_flag=True, help="Apply the change; without it, only show it.")
_AS = click.option("--as", "name", metavar="NAME", help="Your name; by default that of your system account.")
_REASON = click.option("--reason", default="", help="Reason, for later readers.")


@click.command(short_help="Mute a name that does not mean a firm.")
@click.argument("key")
@click.option("--lender", is_flag=True, help="Mute a lender, not a firm.")
@click.option("--alias", default="", help="Only if it is written like this.")
@click.option("--context", default="", help="Only in a paragraph with these words.")
@click.option("--source", default="", help="Only in articles of the outlet with this domain.")
@_REASON
@_YES
@_AS
@pass_site
def mute(site: Site, /, key: str, *, lender: bool, **options: Any) -> None:
    """Mute a name: ignore it as a firm, in some contexts or everywhere. KEY is its lexicon id, or the name itself.

    Undecided candidates are re-read without it. Without --yes, only shows what would change.

    \b
    Example:  offing lexicon mute zte --alias ZTE --context club --source ledger.example --reason "a football club"
    """  # noqa: D301 -- click reads the backspace itself
    kind = MentionKind.LENDER if lender else MentionKind.FIRM
    _warn(site, kind, key.casefold(), options["source"].casefold())
    rule = Mute(kind, key.casefold(), options["alias"], options["context"], options["source"].casefold())
    effect = lay_mute(site.database(), rule, _mute_change(site, options))
    _print_effect(effect, f"mute {effect.number}", done=options["yes"])


@click.command(short_help="Unmute a name.")
@click.argument("number", type=click.IntRange(1, HIGHEST_ID))
@_YES
@_AS
@pass_site
def unmute(site: Site, /, number: int, **options: Any) -> None:
    """Lift a mute. Undecided candidates are re-read with the name.

    \b
    Example:  offing lexicon unmute 3 --yes
    """  # noqa: D301 -- click reads the backspace itself
    effect = lift_mute(site.database(), number, _mute_change(site, options))
    _print_effect(effect, f"mute {number} lifted", done=options["yes"])


@click.command(short_help="List the muted names.")
@click.option("--all", "every", is_flag=True, help="Include lifted mutes.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@pass_site
def mutes(site: Site, *, every: bool, as_json: bool) -> None:
    """List the muted names with their contexts, newest first.

    \b
    Example:  offing lexicon mutes
    """  # noqa: D301 -- click reads the backspace itself
    with site.database().read() as conn:
        found = all_mutes(conn, undone=every)
    if as_json:
        print_json([to_plain(each) for each in found])
        return
    for each in found:
        back = f", lifted by {each.undone_by}" if each.undone_at else ""
        why = f": {each.reason}" if each.reason else ""
        cells = (each.id, each.rule.kind, each.rule.key, each.rule.scope, f"{each.by}, {each.at:%Y-%m-%d}{why}{back}")
        click.echo("\t".join(one_line(str(cell)) for cell in cells))
    if not found:
        click.echo("no muted names")


def _warn(site: Site, kind: MentionKind, key: str, source: str) -> None:
    """Warn on stderr if no article so far has the muted party or outlet, since a mistyped mute has no effect."""
    with site.database().read() as conn:
        if not is_named(conn, kind, key):
            click.echo(f"warning: no article names the {kind} {key!r} yet; `offing lexicon try` shows its id", err=True)
        if source and not is_outlet(conn, source):
            click.echo(f"warning: no article comes from {source!r} yet; give the domain of the outlet", err=True)


def _mute_change(site: Site, options: dict[str, Any]) -> MuteChange:
    by = site.author(options["name"], Permission.DECIDE)
    scoring = load_scoring(site.layers)
    return MuteChange(by, datetime.now(UTC), scoring, options.get("reason", ""), preview=not options["yes"])


def _print_effect(effect: MuteEffect, what: str, *, done: bool) -> None:
    for each in effect.changed:
        fate = "falls below the cut" if each.fell else "stays in the queue"
        title = each.before.facts.title or each.before.articles[0].title
        click.echo(one_line(f"candidate {each.before.id}: {fate}: {title}"))
    left = f"; at least {effect.left_over} more when they are next read" if effect.left_over else ""
    count = counted(len(effect.changed), "candidate")
    click.echo(f"{what}: {count} changed{left}" if done else f"{count} would change{left}; add --yes to apply")
