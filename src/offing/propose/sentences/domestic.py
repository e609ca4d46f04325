"""How strongly a text is set in China: works at Chinese towns, not the seats of firms."""

from __future__ import annotations

from collections.abc import Iterator

from offing.model.reading.mention import Mention, MentionKind
from offing.propose.fields.project_draft import ProjectDraft
from offing.propose.parties.party_ranking import is_cjk
from offing.propose.reading.grammar import are_joined, pattern, words
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Vote, rank
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import CHINA, CURRENCY, DEMONYM
from offing.propose.sentences.actions import is_seat

_TOP = frozenset({Zone.TITLE, Zone.LEAD})
_PARTIES = (MentionKind.FIRM, MentionKind.LENDER)
# The gap between a firm, or the word for one, and its home town: "a start-up from Shanghai".
_SEAT_LINK = r"[\W_]*(?:%s|%s)?[\W_]*"
_SEAT = 0.25
_ORIGIN_REACH = 30
_NATIONALITY = 0.3  # the weight of a mere adjective ("a German firm") as a place
_HOME = frozenset({CHINA, "HKG", "MAC"})  # none of them is abroad
_ATTACHED_CJK = 8  # characters in Chinese, which puts a firm's own name in between
_ATTACHED = 2  # characters between a country and the word for a company that belongs to it
_CLEAR = 2.0  # China's lead over the target from which the matter is clear
_MOST_CALLS = 2  # mentions of a town that is only part of a firm's name
_VENUES = frozenset({"capital"})  # Beijing stands for the government, and is where contracts are signed
_VENUE = 0.4
_INSTITUTION = "institution"  # a utility, an oil company: its name says whose it is, not where it builds


def domestic_setting(chosen: ProjectDraft, whole: Scope) -> tuple[float, list[Mention]]:
    """How far China as a site outweighs the target, 0-1, and the Chinese places named.

    Args:
        chosen: the draft with its target countries.
        whole: the whole article.
    """
    fade = whole.level("limits.country_fade")
    target = chosen.countries[0] if chosen.countries else None
    # Where title or lead name the target as a place, a Chinese town beside a firm is only its seat.
    head = [(line, mention) for line, mention in target.mentions if line.zone in _TOP] if target else []
    ranked = rank(_votes(whole, abroad=any(not _is_nationality(*each) for each in head)), fade)
    places = [mention for _, mention in ranked[0].mentions] if ranked else []
    if not ranked or (target and _only_calls_firm(whole, places)):
        return 0.0, []
    # As places, adjectives, currencies and names before "company" count as nationality.
    weights = [
        w * (_NATIONALITY if _is_nationality(line, m) else 1.0) for w, line, m in (target.votes if target else ())
    ]
    weights.sort(reverse=True)
    lead = ranked[0].score - sum(weight * fade**place for place, weight in enumerate(weights))
    return max(0.0, min(1.0, lead / _CLEAR)), places


def _only_calls_firm(whole: Scope, places: list[Mention]) -> bool:
    """Whether the only Chinese place is a town, named at most twice, as in a firm's name: "Hangzhou water meters"."""
    towns = {place.text for place in places}
    if len(towns) > 1 or len(places) > _MOST_CALLS:
        return False
    (town,) = towns
    return any(m.text.startswith(town) and m.text != town for _, m in whole.of(MentionKind.FIRM))


def _is_nationality(line: Line, mention: Mention) -> bool:
    """Whether a country is an adjective, or right before or inside the word for its company or institution."""
    if mention.by in (DEMONYM, _INSTITUTION, CURRENCY):
        return True
    owned = [m for m in line.of(MentionKind.SIGNAL) if m.key == "company-word"]
    owned += [m for m in line.of(MentionKind.PLACE) if m.by == _INSTITUTION]
    reach = _ATTACHED_CJK if is_cjk(mention.text) else _ATTACHED
    return mention.kind is MentionKind.COUNTRY and any(
        0 <= other.start - mention.end <= reach or other.start <= mention.start < other.end for other in owned
    )


def _votes(scope: Scope, *, abroad: bool) -> Iterator[tuple[str, Vote]]:
    for line, place in scope.of(MentionKind.PLACE, MentionKind.COUNTRY):
        if place.key in _HOME and not any(m.start <= place.start < m.end for m in line.of(*_PARTIES)):
            weight = scope.weight(line, "countries") * place.weight * _as_site(scope, line, place, abroad=abroad)
            yield CHINA, (weight, line, place)


def _as_site(scope: Scope, line: Line, place: Mention, *, abroad: bool) -> float:
    """The factor for a firm's seat ("Luoyang-based", "a start-up from Shanghai"), the capital, and Hong Kong."""
    factor = _VENUE if place.by in _VENUES or place.key != CHINA else 1.0
    signals = line.of(MentionKind.SIGNAL)
    firms = [*line.of(*_PARTIES), *(m for m in signals if m.key == "company-word")]
    link = pattern(_SEAT_LINK, *(words(scope.rules, part) for part in ("origin", "seats")))
    if any(are_joined(scope.article.text, place, firm, link) for firm in firms) or (
        abroad and line.zone is not Zone.TITLE and is_seat(scope, line, place)
    ):
        factor *= _SEAT
    origins = [m for m in signals if m.key in ("marks-origin", "marks-venue")]
    near = any(max(mark.start - place.end, place.start - mark.end) <= _ORIGIN_REACH for mark in origins)
    return factor * (_SEAT if near else 1.0)
