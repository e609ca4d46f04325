"""Type-ahead: completions from the lexicons and the closed lists for the beginning of a word."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from offing.model.reading.rules import EntityKind
from offing.model.values import iso
from offing.model.values.vocabulary import AmountKind, Concern, EventKind, Role
from offing.review import country_name, names_of
from offing.services.views.actors import Register

MOST = 12
_FIRMS = {EntityKind.FIRM, EntityKind.MAKER, EntityKind.PUBLIC_BODY}

_WORDS: dict[str, Iterable[StrEnum]] = {"concerns": Concern, "roles": Role, "amounts": AmountKind, "events": EventKind}


@dataclass(frozen=True, slots=True)
class Offer:
    """A value as it would be typed, with a hint that helps to tell it from others."""

    value: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class _Listed:
    """An offer with all names that lead to it, folded, and the ids of its owners, the direct one first."""

    offer: Offer
    names: tuple[str, ...]
    id: str = ""
    owners: tuple[str, ...] = ()


def offers(field: str, typed: str, known: Register) -> tuple[Offer, ...]:
    """Return completions of a text in a field.

    Exact matches of any name come first; then names that begin with the text, then those with a word that does, then
    those that contain it; within each, the shorter name. An owner precedes what it owns, unless the name of the owned
    is the beginning of the owner's name.

    Args:
        field: a field of `ProjectFacts`; one without a list offers nothing.
        typed: the part that is being typed.
        known: the firms and lenders of the lexicon.
    """
    wanted = folded(typed)
    places = {each: place for each in _all(field, known) if (place := _place(wanted, each)) is not None}
    by_id = {each.id: (each, place) for each, place in places.items() if each.id}
    ranked = sorted(places, key=lambda each: (_after_owners(each, places[each], by_id), each.offer.value))
    return tuple(dict.fromkeys(each.offer for each in ranked))[:MOST]


def _place(wanted: str, listed: _Listed) -> tuple[int, int] | None:
    """Return a rank of how well a text matches an offer (0: exact), and the length of the shortest such name."""
    fits: tuple[Callable[[str], bool], ...] = (
        lambda name: name == wanted,
        lambda name: name.startswith(wanted),
        lambda name: f" {wanted}" in name,
        lambda name: wanted in name,
    )
    for rank, fit in enumerate(fits):
        found = [len(name) for name in listed.names if fit(name)]
        if found:
            return rank, min(found)
    return None


def _after_owners(
    listed: _Listed, place: tuple[int, int], by_id: Mapping[str, tuple[_Listed, tuple[int, int]]]
) -> tuple[int, int, int]:
    """Return the sort key of an offer: after each of its owners that match equally well."""
    rank, length = place
    depth = 0
    for owner, (its_rank, its_length) in (by_id[key] for key in listed.owners if key in by_id):
        if its_rank == rank and not folded(owner.offer.value).startswith(folded(listed.offer.value)):
            length, depth = max(length, its_length), depth + 1
    return rank, length, depth


def folded(text: str) -> str:
    """Return a text without accents and case."""
    spread = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(each for each in spread if not unicodedata.combining(each)).split())


def _all(field: str, known: Register) -> Iterable[_Listed]:
    if field == "countries":
        return _countries()
    if field in {"firms", "lenders"}:
        return _entities(known, lenders=field == "lenders")
    return tuple(_Listed(Offer(each.value), (folded(each.value),)) for each in _WORDS.get(field, ()))


def _entities(known: Register, *, lenders: bool) -> Iterator[_Listed]:
    for entity in known.entities.values():
        if (entity.kind not in _FIRMS) is lenders:
            names = [name for name in (*known.aliases.get(entity.id, ()), entity.name_zh) if name]
            hint = ", ".join(dict.fromkeys(name for name in names if name != entity.name))
            called = tuple(map(folded, (entity.name, *names)))
            yield _Listed(Offer(entity.name, hint), called, entity.id, known.owners_of(entity.id))


@cache
def _countries() -> tuple[_Listed, ...]:
    codes = [each.alpha3 for each in iso.countries()]
    return tuple(
        _Listed(Offer(country_name(code), code), (folded(code), *map(folded, names_of(code)))) for code in codes
    )
