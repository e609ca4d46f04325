"""Lexicon and wordings as plain JSON, by column, and back: thousands of rows are read in hundredths of a second."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import StrEnum
from functools import cached_property, partial
from typing import Any, TypeVar, overload

from offing.model.reading.actor import ActorFact, FactKind
from offing.model.reading.mention import DatePoint, DatePrecision
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import (
    Actors,
    Alias,
    CaseRule,
    CountryForm,
    Cue,
    CurrencyForm,
    Entity,
    EntityKind,
    FalseFriend,
    Lexicon,
    NameEnding,
    NumberWord,
    PlaceName,
    Wording,
)
from offing.model.text.language_words import LanguageWords

Row = TypeVar("Row")
Values = dict[str, Any]
_ROWS: Mapping[str, type[Any]] = {
    "firms": Entity,
    "lenders": Entity,
    "aliases": Alias,
    "false_friends": FalseFriend,
    "countries": CountryForm,
    "places": PlaceName,
    "endings": NameEnding,
    "facts": ActorFact,
    "cues": Cue,
    "currencies": CurrencyForm,
    "number_words": NumberWord,
    "units": CurrencyForm,
    "pattern_words": PatternWord,
}


def _member(kind: type[StrEnum]) -> Callable[[str], StrEnum]:
    return {member.value: member for member in kind}.__getitem__


# Columns whose values are not plain JSON.
_READ: Mapping[type[Any], Mapping[str, Callable[[Any], Any]]] = {
    Entity: {"kind": _member(EntityKind)},
    Alias: {"case": _member(CaseRule), "near": tuple},
    FalseFriend: {"case": _member(CaseRule)},
    PlaceName: {"near": tuple},
    ActorFact: {
        "kind": _member(FactKind),
        "as_of": lambda point: DatePoint(date.fromisoformat(point[0]), DatePrecision(point[1])),
    },
    CurrencyForm: {"countries": tuple},
    PatternWord: {"role": _member(PatternRole)},
}


class Rows(Sequence[Row]):
    """Rows that are built on first access."""

    def __init__(self, make: Callable[[], tuple[Row, ...]]) -> None:
        self._make = make

    @cached_property
    def _rows(self) -> tuple[Row, ...]:
        return self._make()

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self._rows)

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        """Return a row, or several."""
        return self._rows[place]

    def __iter__(self) -> Iterator[Row]:
        """Return all rows, faster than one by one."""
        return iter(self._rows)


def values_of(lexicon: Lexicon, wording: Wording) -> Values:
    """Return lexicon and wordings as plain JSON values by name; the lexicon's version is not included."""
    tables = {name: getattr(wording if hasattr(wording, name) else lexicon, name) for name in _ROWS}
    signs = wording.language_words
    return {
        **{name: _columns(rows, _ROWS[name]) for name, rows in tables.items()},
        "gazetteer": [list(lexicon.gazetteer), list(lexicon.gazetteer.values())],
        "words": {
            "wording_version": wording.version,
            "large_towns": sorted(lexicon.large_towns),
            "currency_homes": dict(wording.currency_countries),
            "small_words": sorted(wording.small_words),
            "simplified": dict(wording.simplified),
            "languages": list(wording.languages),
            "signs": {
                "words": {
                    script: {code: sorted(each) for code, each in of.items()} for script, of in signs.words.items()
                },
                "widely_written": sorted(signs.widely_written),
                "families": dict(signs.families),
            },
        },
    }


NAMES = frozenset({*_ROWS, "gazetteer", "words"})
OF_ACTORS = ("firms", "lenders", "aliases", "facts")


def values_of_actors(actors: Actors) -> Values:
    """Return the part of `values_of` for firms and lenders and their facts."""
    return {name: _columns(getattr(actors, name), _ROWS[name]) for name in OF_ACTORS}


def actors_of(read: Mapping[str, Callable[[], Any]]) -> Actors:
    """Return the inverse of `values_of_actors`; rows are read only on access."""
    return Actors(**{name: Rows(partial(_rows, _ROWS[name], read[name])) for name in OF_ACTORS})


def rules_of(read: Mapping[str, Callable[[], Any]], version: str) -> tuple[Lexicon, Wording]:
    """Return the inverse of `values_of`.

    Args:
        read: reads the value of each name; rows only on access.
        version: of the lexicon.
    """
    rows = {name: Rows(partial(_rows, kind, read[name])) for name, kind in _ROWS.items()}
    words = read["words"]()
    signs = words["signs"]
    lexicon = Lexicon(
        **_part(rows, Lexicon),
        gazetteer=dict(zip(*read["gazetteer"](), strict=True)),
        version=version,
        large_towns=frozenset(words["large_towns"]),
    )
    wording = Wording(
        **_part(rows, Wording),
        version=words["wording_version"],
        currency_countries=words["currency_homes"],
        small_words=frozenset(words["small_words"]),
        simplified=words["simplified"],
        languages=tuple(words["languages"]),
        language_words=LanguageWords(
            words={
                script: {code: frozenset(each) for code, each in of.items()} for script, of in signs["words"].items()
            },
            widely_written=frozenset(signs["widely_written"]),
            families={code: tuple(members) for code, members in signs["families"].items()},
        ),
    )
    return lexicon, wording


def _part(rows: Mapping[str, Rows[Any]], of: type[Any]) -> dict[str, Any]:
    return {field.name: rows[field.name] for field in fields(of) if field.name in rows}


def _columns(rows: Sequence[Any], kind: type[Any]) -> list[list[Any]]:
    """Return rows as one list of plain values for each of their fields."""
    return [[_plain(getattr(row, field.name)) for row in rows] for field in fields(kind)]


def _plain(value: Any) -> Any:
    return [value.day.isoformat(), value.precision] if isinstance(value, DatePoint) else value


def _rows(kind: type[Row], read: Callable[[], Any]) -> tuple[Row, ...]:
    """Return the rows of which `_columns` made columns."""
    readers = _READ.get(kind, {})
    names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
    found = (map(readers[name], each) if name in readers else each for name, each in zip(names, read(), strict=True))
    return tuple(map(kind, *found))
