"""Which countries a project is located in, and which are only background."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.reading.grammar import are_joined, pattern, words
from offing.propose.reading.ranking import Ranked, Vote, rank
from offing.propose.reading.scope import Line, Scope

# Hong Kong, Macao and Taiwan are not "abroad" (docs/codebook.md).
NEVER_TARGETS = frozenset({"CHN", "HKG", "MAC", "TWN"})
CHINA = "CHN"
TAIWAN = "TWN"
DEMONYM = "demonym"  # recognition's tag for a country found by its adjective
CURRENCY = "currency"  # recognition's tag for a country found by its currency
_JOINED = r"\s*(?:,|、|%s|&|،|/)?\s*(?:%s|%s)?\s*"
_FOREIGN_PARTIES = frozenset({"other-contractor", "other-donor"})
_PARTIES = (MentionKind.FIRM, MentionKind.LENDER)
_PROJECT = (MentionKind.SECTOR, MentionKind.STATUS, MentionKind.MONEY)
_NEAR = 30  # characters between a marker of origin or venue and the country it discounts


def rank_countries(scope: Scope) -> list[Ranked]:
    """All countries except those that are never targets, likeliest target first."""
    votes = [
        (mention.key, (_vote(scope, line, mention), line, mention))
        for line, mention in scope.of(MentionKind.COUNTRY, MentionKind.PLACE)
        if mention.key and mention.key not in NEVER_TARGETS and not is_foreign_party(line, mention)
    ]
    return rank((*votes, *_local_votes(scope)), scope.level("limits.country_fade"))


def _local_votes(scope: Scope) -> Iterator[tuple[str, Vote]]:
    """Votes for the outlet's country from unlisted towns and bodies: domestic papers do not name it."""
    country, share = scope.article.country, scope.level("limits.country_local")
    if country and country not in NEVER_TARGETS:
        for line, mention in scope.of(MentionKind.PLACE, MentionKind.COUNTERPART):
            if mention.key is None:
                yield country, (share * scope.weight(line, "countries") * mention.weight, line, mention)


def choose_targets(scope: Scope) -> list[Ranked]:
    """The target countries: the likeliest, and those joined to it in the text; none if all are too weak."""
    ranked = rank_countries(scope)
    if not ranked or ranked[0].score < scope.level("limits.country_least"):
        return []
    first, rest = ranked[0], ranked[1:]
    share = scope.level("limits.country_share") * first.score
    return [first, *(other for other in rest if other.score >= share and _joined(scope, first, other))]


def names_only_others(line: Line, targets: Collection[str]) -> bool:
    """Whether a sentence names countries abroad, none of them a target.

    Adjectives do not count: they denote a nationality ("the French Orange") more often than a place. Nor do names
    inside a party's name: Nuctech Warsaw Company.
    """
    parties = line.of(*_PARTIES)
    countries = [
        mention
        for mention in line.of(MentionKind.COUNTRY, MentionKind.PLACE)
        if mention.key
        and mention.key not in NEVER_TARGETS
        and not any(party.start <= mention.start and mention.end <= party.end for party in parties)
    ]
    named = {mention.key for mention in countries}
    places = {mention.key for mention in countries if mention.by != DEMONYM}
    return bool(targets) and bool(places) and not named & set(targets)


def _vote(scope: Scope, line: Line, mention: Mention) -> float:
    weight = scope.weight(line, "countries") * mention.weight
    weight *= scope.level("limits.place_weight") if mention.kind is MentionKind.PLACE else 1.0
    if line.of(*_PARTIES):
        weight *= scope.level("limits.country_near_party")
    if line.of(*_PROJECT):
        weight *= scope.level("limits.country_near_project")
    if mention.key == scope.article.country:
        weight *= scope.level("limits.country_of_outlet")
    # Markers near a country: made in Poland, signed in Dubai.
    near = (
        (signal.key or "").removeprefix("marks-")
        for signal in line.of(MentionKind.SIGNAL)
        if signal.start - _NEAR <= mention.start <= signal.end + _NEAR
    )
    marks = (scope.factor(f"markers.near.{key}") for key in near if key in ("origin", "venue"))
    return weight * min((1.0, *marks))


def is_foreign_party(line: Line, mention: Mention) -> bool:
    """Whether a name is part of a foreign party's: "a Turkish firm", "India's Exim Bank"."""
    return any(
        signal.key in _FOREIGN_PARTIES and signal.start <= mention.start and mention.end <= signal.end
        for signal in line.of(MentionKind.SIGNAL)
    )


def _joined(scope: Scope, first: Ranked, other: Ranked) -> bool:
    """Whether two countries are listed side by side: "Spain and Poland"."""
    text = scope.article.text
    joint = pattern(_JOINED, *(words(scope.rules, part) for part in ("listing", "articles", "countries_before")))
    return any(
        line is other_line and are_joined(text, mention, other_mention, joint)
        for line, mention in first.mentions
        for other_line, other_mention in other.mentions
    )
