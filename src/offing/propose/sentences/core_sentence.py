"""Core sentences: which sentences say who does what abroad, and how plainly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import EntityKind
from offing.model.values.vocabulary import Mode
from offing.propose.fields.project_draft import ProjectDraft
from offing.propose.parties.lost_bids import losers
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import OLD_DATE, Line

CHINESE_SIGNALS = frozenset({"chinese-finance", "chinese-contractor"})
GIVING_KINDS = (MentionKind.MODE, MentionKind.FLOW)
OTHERS = frozenset({"elsewhere", "separate", "loser"})
# Signals of sentences that report no project, whoever is named in them.
OTHER_NEWS = frozenset(
    {
        *("consumer-product", "stock-market", "quarterly-results", "takeover"),
        *("sport", "culture-event", "everyday-life"),
    }
)
_DENIED = frozenset({"denial", "marks-denied"})
_EVENTS = frozenset({"ground-breaking", "handover", "tender-award"})
_GIVEN = frozenset({Mode.GRANT.value, Mode.DONATION.value, Mode.LOAN.value})
_GIVING = "marks-giving"
_GIVING_REACH = 60  # characters
_PAST = frozenset({"history", OLD_DATE, "stock"})
_ZONES = {Zone.TITLE: 1.0, Zone.LEAD: 1.0, Zone.SECOND: 0.8, Zone.BODY: 0.55, Zone.TAIL: 0.3}
_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_APART = 140  # characters between actor and event beyond which they are hardly one clause


@dataclass(frozen=True, slots=True)
class CoreSentence:
    """A sentence that says who does what, and how plainly, 0-1."""

    line: Line
    strength: float


def core_sentence(chosen: ProjectDraft) -> CoreSentence | None:
    """The plainest sentence with a Chinese party, an event, and a subject or place; of equals the first."""
    lost = losers(chosen.scope)
    parties = {(m.start, m.end) for _, m in chosen.party_mentions if (m.key or m.name) not in lost}
    codes = {country.key for country in chosen.countries}
    found = (CoreSentence(line, _strength(line, parties, codes)) for line in chosen.scope.lines)
    return max((core for core in found if core.strength), key=lambda core: core.strength, default=None)


def gives(line: Line) -> bool:
    """Whether a sentence reports money or goods from the Chinese state: giver and gift are close together.

    Where a bid is beaten, an offer is no gift.
    """
    if "beats" in line.signals() or "loses" in line.signals():
        return False
    givers = [*line.of(MentionKind.CHINA), *(m for m in line.of(MentionKind.LENDER) if m.by == EntityKind.GOVERNMENT)]
    gifts = [cue for cue in line.of(*GIVING_KINDS) if cue.key in _GIVEN]
    if line.zone is Zone.TITLE:  # a title seldom says "gives" of anything but goods and money
        gifts += [cue for cue in line.of(MentionKind.SIGNAL) if cue.key == _GIVING]
    return any(
        cue.start - _GIVING_REACH <= giver.end and giver.start <= cue.end + _GIVING_REACH
        for cue in gifts
        for giver in givers
    )


def _strength(line: Line, parties: set[tuple[int, int]], codes: set[str]) -> float:
    who = [m for m in line.mentions if (m.start, m.end) in parties] + _chinese(line)
    happens = [*line.of(MentionKind.STATUS), *(m for m in line.of(MentionKind.SIGNAL) if m.key in _EVENTS)]
    where = any(m.key in codes for m in line.of(MentionKind.COUNTRY, MentionKind.PLACE))
    if not (who and happens and (where or line.of(MentionKind.SECTOR, MentionKind.MONEY))):
        return 0.0
    if line.signals() & OTHER_NEWS or "loses" in line.signals():
        return 0.0
    return _ZONES[line.zone] * _doubt(line) * (1.0 if _gap(who, happens) <= _APART else 0.6)


def _chinese(line: Line) -> list[Mention]:
    """References to a Chinese party without a name: "a Chinese firm", or China where it gives something."""
    return [m for m in line.of(MentionKind.SIGNAL) if m.key in CHINESE_SIGNALS] + (
        list(line.of(MentionKind.CHINA)) if gives(line) else []
    )


def _doubt(line: Line) -> float:
    """The factor for markers: of others, long past, negated, denied."""
    doubt = 1.0
    if line.marks & OTHERS:
        doubt *= 0.7 if line.zone in _HEAD else 0.2
    if line.marks & _PAST and line.zone not in _HEAD:
        doubt *= 0.6
    if "negation" in line.marks:
        doubt *= 0.7 if line.zone in _HEAD else 0.4
    if line.signals() & _DENIED:
        doubt *= 0.3
    return doubt


def _gap(some: Iterable[Mention], others: Iterable[Mention]) -> int:
    others = list(others)
    return min(max(b.start - a.end, a.start - b.end, 0) for a in some for b in others)
