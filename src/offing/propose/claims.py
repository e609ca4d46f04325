"""Claims: what single wordings say about a field, and how much each is worth by where and how it stands.

A claim's worth is the exponential of a sum over its traits (the zone it stands in, what stands beside it, the tense
around it), so every trait is a factor. The factors are fitted on annotated articles (`training/votes.py`) with hand-set
ones as prior and stand in `config/models/votes.toml`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from offing.model.mention import Mention, MentionKind
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked, rank

Traits = Mapping[str, float]
# How far the markers of a sentence reach in each zone: a title is hardly ever background.
_REACH = {Zone.TITLE: 0.0, Zone.LEAD: 0.5}
_USUAL_LENGTH, _USUAL_HAN = 9.0, 3.0  # characters of a wording
_LONGEST = 2.2  # times the usual length
_HAN = "\u3400"
_NEAR = 60  # characters, about a clause
_CLOSE = 25
_PARTIES = (MentionKind.FIRM, MentionKind.LENDER)
_MOST_WORTH = 2.5  # log


@dataclass(frozen=True, slots=True)
class Claim:
    """A wording that speaks for a value, and its traits."""

    key: str
    line: Line
    mention: Mention
    traits: Traits


def weigh(scope: Scope, field: str, claims: Iterable[Claim], fade: float) -> list[Ranked]:
    """The values that claims speak for, strongest first.

    Args:
        scope: has the factors of traits, as logarithms ("votes.sector.zone-title").
        field: the name under which they stand.
        claims: what the text says.
        fade: each further claim for a value counts this share of the one before it.
    """
    return rank(((claim.key, (worth(scope, field, claim), claim.line, claim.mention)) for claim in claims), fade)


def worth(scope: Scope, field: str, claim: Claim) -> float:
    """How strongly a claim speaks for its value."""
    total = scope.level(f"votes.{field}.is-{claim.key}", 0.0)
    for trait, size in claim.traits.items():
        total += size * scope.level(f"votes.{field}.{trait}", 0.0)
    return math.exp(min(total, _MOST_WORTH))


def traits_of(line: Line, mention: Mention) -> dict[str, float]:
    """The traits that count for every field."""
    reach = _REACH.get(line.zone, 1.0)
    traits = {
        f"zone-{line.zone}": 1.0,
        "wording": math.log(max(mention.weight, 0.05)),
        "length": _length(mention.text),
    }
    if reach:
        traits |= {f"mark-{mark}": reach for mark in line.marks}
    return traits | dict.fromkeys(_company(line, mention), 1.0)


def _length(wording: str) -> float:
    """How long a wording is beside the usual, as a logarithm; what stands in gaps makes it no surer."""
    usual = _USUAL_HAN if wording[0] >= _HAN else _USUAL_LENGTH
    return math.log(min(len(wording) / usual, _LONGEST))


def _company(line: Line, mention: Mention) -> Iterator[str]:
    """What else stands in the sentence, and what close by."""
    parties = line.of(*_PARTIES)
    if parties:
        yield "party"
        if is_near(mention, parties, _NEAR):
            yield "party-near"
    for name, kind in (("money", MentionKind.MONEY), ("quantity", MentionKind.QUANTITY), ("role", MentionKind.ROLE)):
        beside = line.of(kind)
        if beside:
            yield name
            if is_near(mention, beside, _CLOSE):
                yield f"{name}-near"
    if line.of(MentionKind.PLACE, MentionKind.COUNTRY):
        yield "place"


def is_near(mention: Mention, others: Iterable[Mention], reach: int) -> bool:
    """Whether one of some mentions stands within so many characters of another."""
    return any(max(mention.start - other.end, other.start - mention.end) <= reach for other in others)
