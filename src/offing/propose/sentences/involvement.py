"""Involvement: whether the Chinese party of a text takes part in the project of its title and lead, or in other works.

A plainly reported project and a Chinese name further down do not make a Chinese project: the name may belong to the
bridge next door, to a failed offer, or to a loan of ten years ago. Where neither title nor lead name a Chinese party,
each sentence that does is scored by features (`scoring.toml`, table `part`): whether the party acts there, and what
else the sentence says.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from offing.model.reading.mention import Mention, MentionKind
from offing.model.values.vocabulary import Status
from offing.propose.parties.lost_bids import losers
from offing.propose.reading.layout import Zone
from offing.propose.reading.scope import OLD_DATE, Line, Scope
from offing.propose.reading.targets import names_only_others
from offing.propose.sentences.actions import Action, actions, agents

_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_LATE = frozenset({Zone.BODY, Zone.TAIL})
_ASIDE = frozenset({"history", "elsewhere", "separate", "stock", "loser", OLD_DATE})
_SETTLED = frozenset({Status.SIGNED.value, Status.AGREED.value})
_NAMED = frozenset({MentionKind.FIRM, MentionKind.LENDER, MentionKind.PLACE})
_CROWD = 3  # parties in one sentence, as in a list of bidders
# Reasons by which somebody else has the works, or the news is of another kind.
_AGAINST_IT = frozenset(
    {
        *("other-donor", "other-contractor", "foreign-party", "others-lead"),
        *("chinese-lost", "shut-out", "stock-market"),
    }
)


@dataclass(frozen=True, slots=True)
class Involvement:
    """A sentence that names Chinese parties, these parties, and the probability that they take part in the works."""

    line: Line
    parties: tuple[Mention, ...]
    probability: float


def surest_involvement(scope: Scope, codes: Collection[str]) -> Involvement | None:
    """The sentence with the highest probability that a Chinese party takes part; None where title or lead name one.

    Args:
        scope: the lines of the project.
        codes: its countries.
    """
    lost = losers(scope)
    agents_of = (
        (line, tuple(m for m, _ in agents(scope, line) if (m.key or m.name) not in lost)) for line in scope.lines
    )
    sentences = [(line, parties) for line, parties in agents_of if parties]
    if any(line.zone in _HEAD for line, _ in sentences):
        return None
    done = {action.line.sentence.start for action in actions(scope)}
    found = []
    for line, parties in sentences:
        features = _features(line, parties, codes, done)
        odds = sum(scope.level(f"part.{feature}") for feature, holds in features.items() if holds)
        found.append(Involvement(line, parties, 1 / (1 + math.exp(-odds))))
    return max(found, key=lambda each: each.probability, default=None)


def done_in_head(scope: Scope) -> Action | None:
    """The first action of a named Chinese party in title or lead."""
    in_head = (action for action in actions(scope) if action.line.zone in _HEAD)
    return next((action for action in in_head if action.agent.kind in _NAMED), None)


def spoken_against(strengths: Mapping[str, float]) -> float:
    """How strongly the other reasons, by name, assign the works to somebody else or the news to another kind."""
    return max((strength for name, strength in strengths.items() if name in _AGAINST_IT), default=0.0)


def _features(
    line: Line, parties: Collection[Mention], codes: Collection[str], done: Collection[int]
) -> dict[str, bool]:
    """The features of a sentence, by the names of the table `part`."""
    status = {mention.key for mention in line.of(MentionKind.STATUS)}
    return {
        "bias": True,
        "deed": line.sentence.start in done,
        "status": bool(status),
        "settled": bool(status & _SETTLED),
        "target": any(m.key in codes for m in line.of(MentionKind.COUNTRY, MentionKind.PLACE)),
        "quantity": bool(line.of(MentionKind.QUANTITY)),
        "money": bool(line.of(MentionKind.MONEY)),
        "counterpart": bool(line.of(MentionKind.COUNTERPART)),
        "late": line.zone in _LATE,
        "unnamed": not any(party.kind in _NAMED for party in parties),
        "crowd": len(parties) >= _CROWD,
        "aside": bool(line.marks & _ASIDE),
        "other-country": names_only_others(line, codes),
        "other-works": "other-works" in line.marks,
        "only-offered": "only-offered" in line.marks,
        "no-part": "no-part" in line.marks,
    }
