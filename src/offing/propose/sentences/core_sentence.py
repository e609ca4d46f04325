"""Core sentences: which sentences say who does what abroad, how plainly, and whether title and lead do so, too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from offing.model.reading.mention import MentionKind
from offing.model.reading.rules import EntityKind
from offing.model.values.vocabulary import Mode
from offing.propose.fields.project_draft import ProjectDraft
from offing.propose.parties.lost_bids import losers
from offing.propose.parties.party_ranking import is_cjk
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import OLD_DATE, Line, Scope

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
_WORD = re.compile(r"[\u3400-\u9fff]{2,}|[^\W\d_]{4,}")
_STEM = 5  # letters by which two forms of a word are matched; shorter words count whole
# Names are no echo: repeating a country or firm says nothing about the subject.
_NAMES = (
    *(MentionKind.FIRM, MentionKind.LENDER, MentionKind.COUNTRY, MentionKind.PLACE),
    *(MentionKind.CHINA, MentionKind.MONEY, MentionKind.DATE),
)


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


def echoed(scope: Scope, line: Line) -> list[str]:
    """The words of a sentence that title or lead share, as it is about their subject; none for those two."""
    if line.zone in _HEAD:
        return []
    head: set[str] = set()
    for other in scope.lines:
        if other.zone in _HEAD:
            head |= _stems(scope, other).keys()
    return [word for stem, word in _stems(scope, line).items() if stem in head]


def _stems(scope: Scope, line: Line) -> dict[str, str]:
    """The stems of a sentence's words, each with its word; for Chinese, pairs of characters."""
    names = [(mention.start, mention.end) for mention in line.of(*_NAMES)]
    stems: dict[str, str] = {}
    for start, word in _words(scope.article.text, line):
        if not any(a < start + len(word) and start < b for a, b in names):
            stems.setdefault(word.casefold()[:_STEM], word)
    return stems


def _words(text: str, line: Line) -> Iterator[tuple[int, str]]:
    for found in _WORD.finditer(text, line.sentence.start, line.sentence.end):
        if is_cjk(found[0]):
            yield from ((place, text[place : place + 2]) for place in range(found.start(), found.end() - 1))
        else:
            yield found.start(), found[0]


def _strength(line: Line, parties: set[tuple[int, int]], codes: set[str]) -> float:
    """How plainly a sentence says who does what; a party without a name counts, and China where it gives something."""
    signals = line.of(MentionKind.SIGNAL)
    who = [m for m in line.mentions if (m.start, m.end) in parties] + [m for m in signals if m.key in CHINESE_SIGNALS]
    who += line.of(MentionKind.CHINA) if gives(line) else ()
    happens = [*line.of(MentionKind.STATUS), *(m for m in signals if m.key in _EVENTS)]
    where = any(m.key in codes for m in line.of(MentionKind.COUNTRY, MentionKind.PLACE))
    if not (who and happens and (where or line.of(MentionKind.SECTOR, MentionKind.MONEY))):
        return 0.0
    if line.signals() & OTHER_NEWS or "loses" in line.signals():
        return 0.0
    gap = min(max(event.start - agent.end, agent.start - event.end) for agent in who for event in happens)
    return _ZONES[line.zone] * _doubt(line) * (1.0 if gap <= _APART else 0.6)


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
