"""Part: whether the Chinese party of a text takes part in what its title and lead tell, or in other works.

A project told plainly and a Chinese name further down do not make a Chinese project: the name may belong to the bridge
next door, to an offer that came to nothing, or to the loan of ten years ago. Where neither title nor lead name a
Chinese party, each sentence that does is weighed by signs (`scoring.toml`, table `part`): that the party does something
there, and what else the sentence tells of it.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from offing.model.mention import Mention, MentionKind
from offing.model.vocabulary import Status
from offing.propose.deeds import Deed, deeds, doers
from offing.propose.layout import Zone
from offing.propose.lost import losers
from offing.propose.reading import OLD_DATE, Line, Scope
from offing.propose.targets import names_only_others

_HEAD = frozenset({Zone.TITLE, Zone.LEAD})
_LATE = frozenset({Zone.BODY, Zone.TAIL})
_ASIDE = frozenset({"history", "elsewhere", "separate", "stock", "loser", OLD_DATE})
_SETTLED = frozenset({Status.SIGNED.value, Status.AGREED.value})
_NAMED = frozenset({MentionKind.FIRM, MentionKind.LENDER, MentionKind.PLACE})
_CROWD = 3  # parties in one sentence, as in a list of those who bid
# Reasons by which somebody else has the works, or the news is of another kind.
_AGAINST_IT = frozenset(
    {
        *("other-donor", "other-contractor", "foreign-party", "others-lead"),
        *("chinese-lost", "shut-out", "stock-market"),
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence that names Chinese parties, these, and how likely they take part in the works, 0-1."""

    line: Line
    parties: tuple[Mention, ...]
    chance: float


def surest_part(scope: Scope, codes: Collection[str]) -> Part | None:
    """The sentence that tells most surely that a Chinese party takes part; None where title or lead name one.

    Args:
        scope: the lines of the project.
        codes: its countries.
    """
    told = list(_told(scope))
    if any(line.zone in _HEAD for line, _ in told):
        return None
    done = {deed.line.sentence.start for deed in deeds(scope)}
    found = (Part(line, parties, _chance(scope, _signs(line, parties, codes, done))) for line, parties in told)
    return max(found, key=lambda part: part.chance, default=None)


def done_in_head(scope: Scope) -> Deed | None:
    """The first deed of a Chinese party with a name that title or lead tell."""
    in_head = (deed for deed in deeds(scope) if deed.line.zone in _HEAD)
    return next((deed for deed in in_head if deed.doer.kind in _NAMED), None)


def spoken_against(strengths: Mapping[str, float]) -> float:
    """How strongly the other reasons, by name, give the works to somebody else or the news another kind."""
    return max((strength for name, strength in strengths.items() if name in _AGAINST_IT), default=0.0)


def _told(scope: Scope) -> Iterator[tuple[Line, tuple[Mention, ...]]]:
    """The sentences with Chinese parties that are not beaten, and these."""
    lost = losers(scope)
    for line in scope.lines:
        parties = tuple(m for m, _ in doers(scope, line) if (m.key or m.name) not in lost)
        if parties:
            yield line, parties


def _chance(scope: Scope, signs: Mapping[str, bool]) -> float:
    total = sum(scope.level(f"part.{sign}") for sign, told in signs.items() if told)
    return 1 / (1 + math.exp(-total))


def _signs(line: Line, parties: Collection[Mention], codes: Collection[str], done: Collection[int]) -> dict[str, bool]:
    """What a sentence tells, by the names of the table `part`."""
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
