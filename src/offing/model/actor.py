"""Facts about actors: who owns a firm, where it is listed, what was decided on it. Never evidence of a candidate."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from offing.model.mention import DatePoint


class FactKind(StrEnum):
    """What a fact tells of a firm or lender, in the order in which facts are shown.

    owner        who controls it; `value` is an `Ownership`
    listing      the exchange and code under which its shares are traded
    counts-as    why it counts, where that is not plain; `value` is a `CountsAs`
    designation  a rank that Chinese authorities gave it
    measure      a sanction, ban, debarment or duty against it, or a finding that led to one
    """

    OWNER = "owner"
    LISTING = "listing"
    COUNTS_AS = "counts-as"
    DESIGNATION = "designation"
    MEASURE = "measure"


class Ownership(StrEnum):
    """Who controls a firm; `foreign-held` tells of a large share outside China beside another owner."""

    CENTRAL_STATE = "central-state"
    LOCAL_STATE = "local-state"
    PRIVATE = "private"
    MIXED = "mixed"
    FOREIGN_HELD = "foreign-held"


class CountsAs(StrEnum):
    """Why an actor counts that has its seat abroad or several owners: the rules of docs/codebook.md.

    controlled     its seat is abroad, also in Hong Kong; a mainland firm controls it
    subsidiary     a mainland firm's company or branch abroad
    joint-venture  a Chinese side holds a share
    cofinancier    a multilateral: it takes part, and is no Chinese lender
    """

    CONTROLLED = "controlled"
    SUBSIDIARY = "subsidiary"
    JOINT_VENTURE = "joint-venture"
    COFINANCIER = "cofinancier"


@dataclass(frozen=True, slots=True)
class ActorFact:
    """A fact about an entity of the lexicon, with the public source that states it.

    `as_of` is the day from which it holds or on which the source says so; what changed later is another fact.
    """

    entity: str
    kind: FactKind
    value: str
    source: str
    as_of: DatePoint
    note: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A firm or lender with what is known of it, and its owners, the nearest first, each with theirs."""

    id: str
    name: str
    facts: tuple[ActorFact, ...]
    owners: tuple[Actor, ...] = ()
