"""Type-ahead: what the lexicons and the closed lists offer for the beginning of a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import pycountry

from offing.model.rules import EntityKind
from offing.model.vocabulary import AmountKind, Concern, EventKind, Role
from offing.review import country_name
from offing.steps.actors import Register

MOST = 12
_FIRMS = {EntityKind.FIRM, EntityKind.MAKER, EntityKind.PUBLIC_BODY}

_WORDS: dict[str, Iterable[StrEnum]] = {"concerns": Concern, "roles": Role, "amounts": AmountKind, "events": EventKind}


@dataclass(frozen=True, slots=True)
class Offer:
    """A value as it would be typed, and what helps to tell it from others."""

    value: str
    hint: str = ""


def offers(field: str, typed: str, known: Register) -> tuple[Offer, ...]:
    """What completes a text in a field: those that begin with it first, then those that hold it.

    Args:
        field: a field of `ProjectFacts`; one that has no list offers nothing.
        typed: the part that is being written.
        known: the firms and lenders of the lexicon.
    """
    wanted = folded(typed)
    ranked = [(rank, offer) for offer in _all(field, known) if (rank := _rank(wanted, offer)) is not None]
    ranked.sort(key=lambda each: (each[0], len(each[1].value), each[1].value))
    return tuple(dict.fromkeys(offer for _, offer in ranked[: MOST * 2]))[:MOST]


def folded(text: str) -> str:
    """A text without accents and case."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in spread if not unicodedata.combining(each)).split())


def _rank(wanted: str, offer: Offer) -> int | None:
    names = (folded(offer.value), folded(offer.hint))
    if any(name.startswith(wanted) for name in names):
        return 0
    if any(f" {wanted}" in name for name in names):
        return 1
    return 2 if any(wanted in name for name in names) else None


def _all(field: str, known: Register) -> Iterable[Offer]:
    if field == "countries":
        return _countries()
    if field in {"firms", "lenders"}:
        return _entities(known, lenders=field == "lenders")
    return tuple(Offer(each.value) for each in _WORDS.get(field, ()))


def _entities(known: Register, *, lenders: bool) -> Iterator[Offer]:
    for entity in known.entities.values():
        if (entity.kind not in _FIRMS) is lenders:
            names = (*known.aliases.get(entity.id, ()), entity.name_zh)
            yield Offer(entity.name, ", ".join(dict.fromkeys(name for name in names if name and name != entity.name)))


@cache
def _countries() -> tuple[Offer, ...]:
    return tuple(Offer(country_name(each.alpha_3), each.alpha_3) for each in pycountry.countries)
