"""The readings that `models/meaning.npz` has to have, each by the stage that asks for it, with the values it tells.

A reading under another name would never be asked, and a missing one would fail at the first article, or say nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from offing.model.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status

_NOTHING = "none"  # of a sentence: it tells nothing of this
_YES_OR_NO = frozenset({"yes", "no"})
_CHOSEN = ("firms", "lenders", "counterparts", "amounts", "quantities", "places")
# What a reading sees, in vectors of the encoder: a sentence; a sentence and the whole; a mention and the pieces around
# it; all of these.
_SENTENCE, _BESIDE, _NAMED, _STANDING = 1, 2, 3, 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a reading has to tell: its values, of how many vectors."""

    values: frozenset[str]
    vectors: int = _SENTENCE


def _values(kind: type[StrEnum], *more: str) -> frozenset[str]:
    return frozenset({*(member.value for member in kind), *more})


READINGS: Mapping[str, Wanted] = {
    "sector": Wanted(_values(Sector)),
    "status": Wanted(_values(Status)),
    "mode": Wanted(_values(Mode)),
    "record_type": Wanted(_values(RecordType)),
    "relevant": Wanted(_YES_OR_NO),
    "several": Wanted(_YES_OR_NO),
    "status_told": Wanted(_values(Status, _NOTHING)),
    "concern": Wanted(_values(Concern, _NOTHING)),
    "role_named": Wanted(_values(Role), _STANDING),
    "kind_named": Wanted(_values(AmountKind), _STANDING),
    **{field: Wanted(_YES_OR_NO, _BESIDE) for field in _CHOSEN},
    **{f"{field}_named": Wanted(_YES_OR_NO, _NAMED) for field in _CHOSEN},
}
# Those that pieces of sentences are attended to for as well, in a model that does so at all.
ATTENDED = frozenset({"sector", "status", "mode", "record_type", "relevant"})
