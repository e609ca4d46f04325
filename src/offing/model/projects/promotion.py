"""How a site promotes: who does it, how ids start, and what a candidate needs before it becomes a record by itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DEFAULT_PREFIX = "off"


class BothSides(StrEnum):
    """What happens to a candidate without quotes from both the host side and the Chinese side.

    nothing   it is promoted
    warn      it is promoted, and named
    block     it waits until a person promotes it by name
    """

    NOTHING = "nothing"
    WARN = "warn"
    BLOCK = "block"


@dataclass(frozen=True, slots=True)
class PromotionRules:
    """What a candidate needs to be promoted without being named; the defaults ask for nothing but a decision.

    With `second_pair` it needs a second reading that agrees, or somebody other than its decider who promotes it.
    """

    second_pair: bool = False
    both_sides: BothSides = BothSides.NOTHING


@dataclass(frozen=True, slots=True)
class Promoter:
    """Who promotes ("" where that is not known), by which rules, and the prefix of new ids.

    `pipeline` is true where the site does it by itself instead of a person.
    """

    by: str = ""
    prefix: str = DEFAULT_PREFIX
    rules: PromotionRules = PromotionRules()
    pipeline: bool = False


NOBODY = Promoter(pipeline=True)
"""The site itself: no person, and by the default rules."""
