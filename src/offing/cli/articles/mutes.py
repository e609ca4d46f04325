"""offing lexicon mute, unmute, mutes: names that mean no firm or lender in some scope."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from offing.cli.site import Site, pass_site, print_json
from offing.config.weights.scoring import load_scoring
from offing.model.reading.mention import MentionKind
from offing.model.review.mute import Mute
from offing.model.values.codec import to_plain
from offing.model.values.numbers import HIGHEST_ID
from offing.services.review.muting import MuteChange, MuteEffect, lay_mute, lift_mute
from offing.services.views.plain import one_line
from offing.store.candidates.mute import is_named, is_outlet
from offing.store.candidates.mute import mutes as all_mutes

_YES = click.option("--yes", is_flag=True, help="Apply the change; without it, only show it.")
_AS = click.option("--as", "name", metavar="NAME", help="Your name; default: the name of your system account.")
_REASON = click.option("--reason", default="", help="Why, for those who read it later.")


@click.command(short_help="Say that a name means no firm here.")
@click.argument("key")
@click.option("--lender", is_flag=True, help="Mute a lender, not a firm.")
@click.option("--alias", default="", help="Only where it is written like this.")
@click.option("--context", default="", help="Only in a paragraph with these words.")
@click.option("--source", default="", help="Only in the outlet with this domain.")
@_REASON
@_YES
@_AS
@pass_site
def mute(site: Site, /, key: str, *, lender: bool, **options: Any) -> None:
    """Mute a name in some contexts: there it means no firm. KEY is its id in the lexicon, or the name itself.

    Undecided candidates are read again without it. Without --yes, only shows what would change.

    \b
    Example:  offing lexicon mute zte --alias ZTE --context club --source ledger.example --reason "a football club"
    """  # noqa: D301 -- click reads the backspace itself
    kind = MentionKind.LENDER if lender else MentionKind.FIRM
    _warn(site, kind, key.casefold(), options["source"].casefold())
    rule = Mute(kind, key.casefold(), options["alias"], options["context"], options["source"].casefold())
    effect = lay_mute(site.database(), rule, _mute_change(site, options))
    _print_effect(effect, f"mute {effect.number}", done=options["yes"])


@click.command(short_help="Let a muted name count again.")
@click.argument("number", type=click.IntRange(1, HIGHEST_ID))
@_YES
@_AS
@pass_site
def unmute(site: Site, /, number: int, **options: Any) -> None:
    """Lift a mute; undecided candidates are read again with the name.

    \b
    Example:  offing lexicon unmute 3 --yes
    """  # noqa: D301 -- click reads the backspace itself
    effect = lift_mute(site.database(), number, _mute_change(site, options))
    _print_effect(effect, f"mute {number} taken back", done=options["yes"])


@click.command(short_help="The names that are muted.")
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
        back = f", taken back by {each.undone_by}" if each.undone_at else ""
        why = f": {each.reason}" if each.reason else ""
        cells = (each.id, each.rule.kind, each.rule.key, each.rule.scope, f"{each.by}, {each.at:%Y-%m-%d}{why}{back}")
        click.echo("\t".join(one_line(str(cell)) for cell in cells))
    if not found:
        click.echo("nothing is muted")


def _warn(site: Site, kind: MentionKind, key: str, source: str) -> None:
    """Warn on stderr if no article so far has the muted party or outlet, since a mistyped mute has no effect."""
    with site.database().read() as conn:
        if not is_named(conn, kind, key):
            click.echo(f"no article so far names the {kind} {key!r}: see `offing lexicon try` for its id", err=True)
        if source and not is_outlet(conn, source):
            click.echo(f"no article so far comes from {source!r}: an outlet is named by its domain", err=True)


def _mute_change(site: Site, options: dict[str, Any]) -> MuteChange:
    by = options["name"] or site.settings.user
    scoring = load_scoring(site.layers)
    return MuteChange(by, datetime.now(UTC), scoring, options.get("reason", ""), preview=not options["yes"])


def _print_effect(effect: MuteEffect, what: str, *, done: bool) -> None:
    for each in effect.changed:
        fate = "falls below the cut" if each.fell else "stays"
        title = each.before.facts.title or each.before.articles[0].title
        click.echo(one_line(f"candidate {each.before.id}: {fate}: {title}"))
    left = f"; at least {effect.left_over} more when they are read again" if effect.left_over else ""
    count = f"{len(effect.changed)} {'candidate' if len(effect.changed) == 1 else 'candidates'}"
    click.echo(f"{what}: {count}{left}" if done else f"{count} would change{left}; nothing is changed yet: add --yes")
