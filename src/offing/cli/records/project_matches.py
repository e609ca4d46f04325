"""offing projects match: what candidates may be about, and people's decisions on that."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from offing.cli.site import CANDIDATE_ID, Site, pass_site, print_json
from offing.errors import UsageError
from offing.model.operation.user import Permission
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Bond, PairDecision, Ref, RefKind
from offing.services.review.pairs import Matching, Rival, matchings, parse_ref, say, take_back
from offing.services.views.plain import one_line

_SHOWN = 5


@click.command("match", short_help="Show and decide which projects candidates are about.")
@click.argument("candidate_ids", type=CANDIDATE_ID, metavar="[CANDIDATE]...", nargs=-1)
@click.option("--same", metavar="ITEM", help="The candidate is about this project.")
@click.option("--linked", metavar="ITEM", help="The candidate is about another phase or part of this project.")
@click.option("--different", metavar="ITEM", help="The candidate is not about this project; do not ask again.")
@click.option("--undo", "takes_back", is_flag=True, help="Undo the last of these decisions.")
@click.option("--as", "name", metavar="NAME", help="Your name; by default that of your system account.")
@click.option("--reason", default="", help="Reason, for later readers.")
@click.option("--json", "as_json", is_flag=True, help="One JSON array.")
@pass_site
def match(site: Site, /, candidate_ids: tuple[int, ...], *, as_json: bool, **said: Any) -> None:
    """Show which records, earlier candidates or projects of other datasets the candidates may be about.

    Without CANDIDATE: those in the queue that have a possible match. A ITEM is a record (off-2026-000001), a
    candidate (12) or a project of another base (known:aiddata:4711). What is the same stays so through others, what is
    different is never asked again; --undo takes back the last decision.

    \b
    Examples:
      offing projects match
      offing projects match 12
      offing projects match 12 --same off-2026-000001
      offing projects match 12 --different known:aiddata:4711 --reason "the second phase"
      offing projects match 12 --undo
    """  # noqa: D301 -- click reads the backspace itself
    database, now = site.database(), datetime.now(UTC)
    bonds = [(bond, said[bond]) for bond in Bond if said[bond]]
    if bonds or said["takes_back"]:
        number = _only(candidate_ids, len(bonds) + said["takes_back"])
        by = site.author(said["name"], Permission.DECIDE)
        if said["takes_back"]:
            last = take_back(database, number, by, now, said["reason"])
            click.echo(f"undone: {last.one} and {last.other} {last.bond}")
        for bond, written in bonds:
            mine, other = Ref.candidate(number), parse_ref(written)
            say(database, PairDecision(0, mine, other, bond, by, now, said["reason"]))
    found = matchings(database, candidate_ids, now)
    if as_json:
        print_json([_plain(each) for each in found])
        return
    for each in found:
        _print_matching(each)
    if not found:
        click.echo("no candidate in the queue matches anything known")


def _only(candidate_ids: tuple[int, ...], actions: int) -> int:
    if len(candidate_ids) != 1 or actions != 1:
        raise UsageError("give one candidate and exactly one of --same, --linked, --different, --undo")
    return candidate_ids[0]


def _print_matching(found: Matching) -> None:
    title = found.candidate.facts.title or next((article.title for article in found.candidate.articles), "")
    click.echo(f"{found.candidate.id}  {one_line(title)}")
    click.echo(f"    {'update of ' + _named(found.update_of) if found.update_of else 'new'}")
    for rival in found.rivals[:_SHOWN]:
        pair = rival.pair
        verdict = "not the same" if pair.relation is Relation.NEW else pair.relation
        how = f"decided: {rival.said}" if rival.said else f"{pair.score:.2f} {verdict}"
        click.echo(f"    {how}: {_named(pair.target)}, {one_line(rival.title)}")
        click.echo(f"         {', '.join(pair.reasons)}")
    for decision in found.said:
        because = f": {decision.reason}" if decision.reason else ""
        click.echo(f"    decided by {decision.by}: {decision.one} and {decision.other} {decision.bond}{because}")


def _named(ref: Ref) -> str:
    """Return an item's name as a user can type it."""
    return ref.key if ref.kind is RefKind.PROJECT else str(ref)


def _plain(found: Matching) -> dict[str, Any]:
    return {
        "candidate": found.candidate.id,
        "update_of": str(found.update_of) if found.update_of else None,
        "pairs": [_plain_rival(rival) for rival in found.rivals],
        "decisions": [
            {"id": each.id, "one": str(each.one), "other": str(each.other), "bond": each.bond, "by": each.by}
            for each in found.said
        ],
    }


def _plain_rival(rival: Rival) -> dict[str, Any]:
    pair = rival.pair
    return {
        "target": str(pair.target),
        "title": rival.title,
        "relation": pair.relation,
        "score": pair.score,
        "decided": rival.said,
        "reasons": list(pair.reasons),
    }
