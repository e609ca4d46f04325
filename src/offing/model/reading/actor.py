"""Facts about actors: who owns a firm, where it is listed, what was decided about it. Never evidence of a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from offing.model.reading.mention import DatePoint


class FactKind(StrEnum):
    """What a fact states about a firm or lender, in display order.

    owner        who controls it; `value` is an `Ownership`
    listing      the exchange and code under which its shares are traded
    counts-as    why it counts as Chinese, where that is not obvious; `value` is a `CountsAs`
    designation  a rank that Chinese authorities gave it
    measure      a sanction, ban, debarment or duty against it, or a finding that led to one
    """

    OWNER = "owner"
    LISTING = "listing"
    COUNTS_AS = "counts-as"
    DESIGNATION = "designation"
    MEASURE = "measure"


class Ownership(StrEnum):
    """Who controls a firm; `foreign-held` marks a large share outside China beside another owner."""

    CENTRAL_STATE = "central-state"
    LOCAL_STATE = "local-state"
    PRIVATE = "private"
    MIXED = "mixed"
    FOREIGN_HELD = "foreign-held"


class CountsAs(StrEnum):
    """Why an actor counts although its seat is abroad or it has several owners: the rules of docs/codebook.md.

    controlled     its seat is abroad (or in Hong Kong); a mainland firm controls it
    subsidiary     a mainland firm's company or branch abroad
    joint-venture  a Chinese side holds a share
    cofinancier    a multilateral: it takes part, but is not a Chinese lender
    """

    CONTROLLED = "controlled"
    SUBSIDIARY = "subsidiary"
    JOINT_VENTURE = "joint-venture"
    COFINANCIER = "cofinancier"


@dataclass(frozen=True, slots=True)
class ActorFact:
    """A fact about an entity of the lexicon, with the public source that states it.

    `as_of` is the day from which it holds or on which the source states it; a later change is a separate fact.
    """

    entity: str
    kind: FactKind
    value: str
    source: str
    as_of: DatePoint
    note: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A firm or lender with the known facts, and its chain of owners, nearest first, each with its own facts."""

    id: str
    name: str
    facts: tuple[ActorFact, ...]
    owners: tuple[Actor, ...] = ()
