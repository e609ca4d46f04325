"""offing decide, offing undo: people's decisions on candidates."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from offing.cli.site import CANDIDATE_ID, Site, pass_site
from offing.config.weights.scoring import load_scoring
from offing.errors import UsageError
from offing.model.operation.user import Permission
from offing.model.pairs.pairing import Ref, RefKind
from offing.model.review.decision import Judgement, Verdict
from offing.review import corrected_words, done_words
from offing.services.review.decisions import decide as make
from offing.services.review.decisions import undo as take_back
from offing.services.views.actors import load_register
from offing.services.views.candidate_view import PARTY_FIELDS, with_parties

_WORDS = click.Choice([judgement.value for judgement in Judgement if judgement is not Judgement.UNDO])
_AS = click.option("--as", "name", metavar="NAME", help="Your name; by default that of your system account.")
_REASON = click.option("--reason", default="", help="Reason, for later readers.")


@click.command(short_help="Accept, reject or defer a candidate, or mark it as a duplicate.")
@click.argument("candidate_id", type=CANDIDATE_ID, metavar="ID")
@click.argument("judgement", type=_WORDS)
@click.option("--of", type=CANDIDATE_ID, metavar="ID", help="The candidate of which this one is a duplicate.")
@click.option("--into", metavar="ITEM", help="Accept as an update of this project, candidate or known project.")
@click.option("--new", "alone", is_flag=True, help="Accept an update as a separate project.")
@click.option("--set", "edits", multiple=True, metavar="FIELD=VALUE", help="Correct a field.")
@click.option("--until", type=click.DateTime(["%Y-%m-%d"]), help="Defer until this day (UTC).")
@_REASON
@_AS
@pass_site
def decide(site: Site, /, candidate_id: int, judgement: str, **options: Any) -> None:
    """Decide on a candidate: accept, reject or defer it, or mark it as a duplicate with --of ID.

    A corrected value overrides the extracted one, which stays on file. Separate several values with semicolons. An
    accepted update is added to the project shown by `offing queue show`, unless --into or --new is given. Firms and
    lenders can be given by any of their names; an ambiguous name is refused.

    \b
    Examples:
      offing decide 12 accept --set status=signed --set "firms=Huawei:contractor; ZTE:supplier"
      offing decide 12 accept --set "amounts=85000000 EUR loan" --set countries=KEN
      offing decide 12 accept --into off-2026-000003
      offing decide 12 accept --into known:aiddata:4711
      offing decide 12 accept --new
      offing decide 13 duplicate --of 12
      offing decide 14 defer --until 2027-01-31 --reason "contract to be signed in January"
    """  # noqa: D301 -- click reads the backspace itself
    until: datetime | None = options["until"]
    by = site.author(options["name"], Permission.DECIDE)
    verdict = Verdict(
        candidate_id,
        Judgement(judgement),
        by,
        options["reason"],
        _pairs(options["edits"]),
        duplicate_of=options["of"],
        until=until.replace(tzinfo=UTC) if until else None,
        into=item_named(options["into"]) if options["into"] else None,
        alone=options["alone"],
    )
    if PARTY_FIELDS & verdict.edits.keys():
        verdict = with_parties(site.database(), verdict, load_register(site.layers))
    made = make(site.database(), verdict, datetime.now(UTC))
    click.echo(f"candidate {made.candidate_id} {done_words(made)} by {made.by}{corrected_words(made)}")


@click.command()
@click.argument("candidate_id", type=CANDIDATE_ID, metavar="[ID]", required=False)
@_REASON
@_AS
@pass_site
def undo(site: Site, candidate_id: int | None, reason: str, name: str | None) -> None:
    """Undo the last decision on a candidate; without ID, your own last decision.

    \b
    Example:  offing undo 12
    """  # noqa: D301 -- click reads the backspace itself
    by, now = site.author(name, Permission.DECIDE), datetime.now(UTC)
    scoring = load_scoring(site.layers)
    made = take_back(site.database(), by, now, candidate_id=candidate_id, reason=reason, scoring=scoring)
    click.echo(f"candidate {made.candidate_id}: decision {made.undoes} undone by {made.by}")


def item_named(text: str) -> Ref:
    """Parse the name of an item: `off-2026-000003`, the number of a candidate, or `known:base:id`.

    Raises:
        UsageError: it is none of these.
    """
    kind = RefKind.CANDIDATE if text.isdecimal() else RefKind.PROJECT
    try:
        return Ref.parse(text if ":" in text else f"{kind}:{text}")
    except ValueError as error:
        raise UsageError(str(error)) from error


def _pairs(edits: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for edit in edits:
        name, mark, value = edit.partition("=")
        if not mark or not name.strip():
            raise UsageError(f"--set {edit!r}: use FIELD=VALUE, such as status=signed")
        if name.strip() in pairs:
            raise UsageError(f"--set {name.strip()} is given twice; put the values together, separated by semicolons")
        pairs[name.strip()] = value
    return pairs
