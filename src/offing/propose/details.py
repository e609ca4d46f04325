"""What else a text tells of a project: counterparts, quantities, places."""

from __future__ import annotations

from collections.abc import Sequence

from offing.model.mention import Mention, MentionKind, Quantity
from offing.propose import hosts
from offing.propose.reading import Line, Scope
from offing.propose.targets import names_only_others
from offing.propose.votes import Ranked, Vote, rank

_INSTITUTION = "institution"  # tells its country as a place does, but is no site
_MOST = {"counterparts": 4, "quantities": 6, "places": 5}


def choose_counterparts(scope: Scope, targets: Sequence[str]) -> list[Ranked]:
    """The host-side organisations, as written; none that another country's name tells as its own."""
    return hosts.choose_counterparts(scope, targets)


def choose_places(scope: Scope, targets: Sequence[str]) -> list[Ranked]:
    """The towns and sites that lie in the project's countries, as written."""
    return _named(scope, MentionKind.PLACE, "places", frozenset(targets))


def choose_quantities(scope: Scope, targets: Sequence[str]) -> list[Ranked]:
    """The sizes of the project, each number and unit once."""
    votes: list[tuple[str, Vote]] = []
    for line, mention in scope.of(MentionKind.QUANTITY):
        if isinstance(mention.value, Quantity):
            key = f"{mention.value.value.normalize():f} {mention.value.unit}"
            votes.append((key, (_weight(scope, line, "quantities", targets), line, mention)))
    return _kept(scope, votes, "quantities")


def _named(scope: Scope, kind: MentionKind, field: str, countries: frozenset[str] | None) -> list[Ranked]:
    votes = [
        (mention.text.casefold(), (_weight(scope, line, field, ()) * mention.weight, line, mention))
        for line, mention in scope.of(kind)
        if countries is None or (mention.key in countries and mention.by != _INSTITUTION)
    ]
    return _kept(scope, votes, field)


def _kept(scope: Scope, votes: Sequence[tuple[str, Vote]], field: str) -> list[Ranked]:
    ranked = rank(votes, scope.level("limits.cue_fade"))
    return [value for value in ranked if value.score >= scope.level(f"limits.{field}_least")][: _MOST[field]]


def _weight(scope: Scope, line: Line, field: str, targets: Sequence[str]) -> float:
    """The weight of a line; less where it names only countries that are not the project's."""
    factor = scope.level("limits.party_other_country") if names_only_others(line, targets) else 1.0
    return scope.weight(line, field) * factor


def first(value: Ranked) -> Mention:
    """The mention that speaks most for a value."""
    return value.votes[0][2]
