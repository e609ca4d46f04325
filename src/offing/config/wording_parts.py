"""The parts of wordings that are no cues: words of patterns, numbers and units, by the shape they stand in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from offing.config.documents import Strict
from offing.config.shapes import (
    Days,
    FirmPatterns,
    FirmRoles,
    Forms,
    KindsOfWorks,
    Months,
    NameGrammar,
    Numbers,
    OrdinaryWords,
    PlacePatterns,
    ProjectNames,
    PublicBodies,
    Terms,
    Transcription,
    Units,
)
from offing.model.patterns import PatternRole, PatternWord
from offing.model.rules import CurrencyForm, NumberWord


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's form, apart from those of currencies."""

    form: CurrencyForm


def parts_of(shape: Strict) -> Iterator[Any]:
    """The words of a shape: of patterns, numbers, units."""
    return _READERS[type(shape)](shape)


def _numbers(shape: Numbers) -> Iterator[NumberWord | PatternWord]:
    for table, scale in ((shape.scales, True), (shape.words, False)):
        for value, forms in table.items():
            yield from (NumberWord(text, value, language, scale) for language, text in forms.pairs())
    for value_, forms in shape.qualifiers.items():
        yield from _pattern_words(PatternRole.QUALIFIER, forms, value_)
    yield from _pattern_words(PatternRole.HALF, shape.halves)
    yield from _pattern_words(PatternRole.MEASURE, shape.measures)
    yield from _pattern_words(PatternRole.PAUSE, shape.pauses)
    yield from _pattern_words(PatternRole.OF_WHICH, shape.of_which)
    yield from _pattern_words(PatternRole.PRICED, shape.priced)


def _units(shape: Units) -> Iterator[Unit | PatternWord]:
    for unit, forms in shape.units.items():
        yield from (Unit(CurrencyForm(text, unit, language)) for language, text in forms.pairs())
    for unit, forms in shape.counters.items():
        yield from _pattern_words(PatternRole.COUNTER, forms, unit)
    for span, forms in shape.rates.items():
        yield from _pattern_words(PatternRole.RATE, forms, span)
    yield from _pattern_words(PatternRole.SHARE, shape.shares)
    yield from _pattern_words(PatternRole.PART, shape.parts)
    yield from _pattern_words(PatternRole.TELLER, shape.tellers)
    yield from _pattern_words(PatternRole.NO_UNIT, shape.no_units)
    yield from _pattern_words(PatternRole.BUILDING, shape.buildings)
    yield from _pattern_words(PatternRole.NUMBER_LINK, shape.links)
    yield from _pattern_words(PatternRole.NUMBER_PLACE, shape.elsewhere)
    yield from _pattern_words(PatternRole.PLANNED, shape.planned)
    for kind, units in shape.kinds.items():
        yield from (PatternWord(PatternRole.UNIT_KIND, unit, "*", kind) for unit in units)
    for side, forms in shape.away.items():
        yield from _pattern_words(PatternRole.AWAY, forms, side)


def _terms(shape: Terms) -> Iterator[PatternWord]:
    for part in Terms.model_fields:
        if part != "kind":
            yield from _pattern_words(PatternRole.TERM, getattr(shape, part), part)


def _months(shape: Months) -> Iterator[PatternWord]:
    for number, forms in shape.months.items():
        yield from _pattern_words(PatternRole.MONTH, forms, str(number))


def _days(shape: Days) -> Iterator[PatternWord]:
    for distance, forms in shape.days.items():
        yield from _pattern_words(PatternRole.RELATIVE_DAY, forms, distance)
    yield from _pattern_words(PatternRole.DAY_AHEAD, shape.ahead)


def _firm_patterns(shape: FirmPatterns) -> Iterator[PatternWord]:
    yield from _pattern_words(PatternRole.FIRM_SUFFIX, shape.suffixes)
    yield from _pattern_words(PatternRole.FIRM_NOUN, shape.nouns)
    yield from _pattern_words(PatternRole.FIRM_TRADE, shape.trades)
    yield from _pattern_words(PatternRole.INSTITUTION, shape.institutions)
    yield from _pattern_words(PatternRole.PLACED_INSTITUTION, shape.placed_institutions)
    yield from _pattern_words(PatternRole.AFFILIATION, shape.affiliations)
    yield from _pattern_words(PatternRole.SUBSIDIARY, shape.subsidiaries)
    yield from _pattern_words(PatternRole.LOCAL_UNIT, shape.local_units)
    yield from _pattern_words(PatternRole.CHINESE_REGION, shape.regions)
    yield from _pattern_words(PatternRole.AUTHORITY_BEFORE, shape.authorities_before)
    yield from _pattern_words(PatternRole.AUTHORITY_BEHIND, shape.authorities_behind)


def _public_bodies(shape: PublicBodies) -> Iterator[PatternWord]:
    yield from _pattern_words(PatternRole.BODY_HEAD, shape.heads)
    yield from _pattern_words(PatternRole.BODY_DEFINITE_HEAD, shape.definite_heads)
    yield from _pattern_words(PatternRole.BODY_TAIL, shape.tails)
    yield from _pattern_words(PatternRole.BODY_ALONE, shape.generic)
    yield from _pattern_words(PatternRole.BODY_INTRODUCER, shape.introducers)
    yield from _pattern_words(PatternRole.BODY_LINK, shape.links)
    yield from _pattern_words(PatternRole.BODY_ONLOOKER, shape.onlookers)
    yield from _pattern_words(PatternRole.NOT_BODY, shape.excluded)


def _place_patterns(shape: PlacePatterns) -> Iterator[PatternWord]:
    yield from _pattern_words(PatternRole.PLACE_LOCATIVE, shape.locatives)
    yield from _pattern_words(PatternRole.PLACE_NOUN, shape.nouns_before)
    yield from _pattern_words(PatternRole.SITE, shape.sites)
    yield from _pattern_words(PatternRole.PLACE_NOUN_BEHIND, shape.nouns_after)
    yield from _pattern_words(PatternRole.NOT_PLACE, shape.not_places)


def _project_names(shape: ProjectNames) -> Iterator[PatternWord]:
    yield from _pattern_words(PatternRole.PROJECT_NOUN, shape.nouns)
    yield from _pattern_words(PatternRole.NAME_INTRODUCER, shape.introducers)
    yield from _pattern_words(PatternRole.NOT_NAME, shape.not_names)


def _kinds_of_works(shape: KindsOfWorks) -> Iterator[PatternWord]:
    for kind, forms in shape.kinds.items():
        yield from _pattern_words(PatternRole.WORKS_KIND, forms, kind)
    for number, forms in shape.ordinals.items():
        yield from _pattern_words(PatternRole.ORDINAL, forms, number)
    for reach, kinds in (("country", shape.nationwide), ("town", shape.citywide)):
        yield from (PatternWord(PatternRole.WORKS_REACH, kind, value=reach) for kind in kinds)


def _name_grammar(shape: NameGrammar) -> Iterator[PatternWord]:
    for part in NameGrammar.model_fields:
        if part != "kind":
            yield from _pattern_words(PatternRole.NAME_GRAMMAR, getattr(shape, part), part)


def _spellings(shape: Transcription) -> Iterator[PatternWord]:
    for table in (shape.letters, shape.words):
        for written, forms in table.items():
            yield from _pattern_words(PatternRole.SPELLED, forms, written)


def _firm_roles(_shape: FirmRoles) -> Iterator[PatternWord]:
    return iter(())  # proposing reads them (`scoring.py`)


def _given_names(shape: OrdinaryWords) -> Iterator[PatternWord]:
    yield from _pattern_words(PatternRole.GIVEN_NAME, shape.given_names)


def _pattern_words(role: PatternRole, forms: Forms, value: str = "") -> Iterator[PatternWord]:
    return (PatternWord(role, text, language, value) for language, text in forms.pairs())


_READERS: dict[type[Strict], Callable[[Any], Iterator[Any]]] = {
    Numbers: _numbers,
    Units: _units,
    Months: _months,
    Days: _days,
    Terms: _terms,
    FirmPatterns: _firm_patterns,
    PublicBodies: _public_bodies,
    PlacePatterns: _place_patterns,
    OrdinaryWords: _given_names,
    ProjectNames: _project_names,
    KindsOfWorks: _kinds_of_works,
    NameGrammar: _name_grammar,
    Transcription: _spellings,
    FirmRoles: _firm_roles,
}
