"""Core sentences: which sentences tell who does what abroad, and how plainly."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from offing.model.mention import Mention, MentionKind
from offing.model.rules import EntityKind
from offing.model.vocabulary import Mode
from offing.propose.draft import Draft
from offing.propose.layout import Zone
from offing.propose.lost import losers
from offing.propose.reading import OLD_DATE, Line

CHINESE_SIGNALS = frozenset({"chinese-finance", "chinese-contractor"})
GIVING_KINDS = (MentionKind.MODE, MentionKind.FLOW)
OTHERS = frozenset({"elsewhere", "separate", "loser"})
# What a sentence with one of these tells is no project, whoever stands in it.
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
_APART = 140  # characters between who and what happens, from which they hardly are one clause


@dataclass(frozen=True, slots=True)
class Core:
    """A sentence that tells who does what, and how plainly, 0-1."""

    line: Line
    strength: float


def core_of(chosen: Draft) -> Core | None:
    """The plainest sentence that has a Chinese party, what happens, and what or where; of equals the first."""
    lost = losers(chosen.scope)
    parties = {(m.start, m.end) for _, m in chosen.party_mentions if (m.key or m.name) not in lost}
    codes = {country.key for country in chosen.countries}
    found = (Core(line, _strength(line, parties, codes)) for line in chosen.scope.lines)
    return max((core for core in found if core.strength), key=lambda core: core.strength, default=None)


def gives(line: Line) -> bool:
    """Whether a sentence tells of money or goods from the Chinese state: both words stand close together.

    Where a bid is beaten an offer is no gift.
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
    """What stands for a Chinese party that has no name: "a Chinese firm", or China where it gives something."""
    return [m for m in line.of(MentionKind.SIGNAL) if m.key in CHINESE_SIGNALS] + (
        list(line.of(MentionKind.CHINA)) if gives(line) else []
    )


def _doubt(line: Line) -> float:
    """What markers take away: of others, long past, not so, denied."""
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
