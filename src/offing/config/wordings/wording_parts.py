"""The parts of wordings that are not cues: words of patterns, numbers and units, by their shape."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from offing.config.files.documents import Strict
from offing.config.files.wording_shapes import (
    FirmPatterns,
    FirmRoles,
    Forms,
    KindsOfWorks,
    OrdinaryWords,
    Patterns,
    PlacePatterns,
    ProjectNames,
    PublicBodies,
    Transcription,
)
from offing.config.wordings.grammar_shapes import NameContext, NameGrammar, Progress
from offing.config.wordings.sentences import SentenceGrammar
from offing.config.wordings.value_shapes import Days, Months, Numbers, TermParts, Units
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import CurrencyForm, NumberWord

# The role of the words in each field whose words all have one role.
_ROLES: dict[type[Strict], dict[str, PatternRole]] = {
    Numbers: {
        "halves": PatternRole.HALF,
        "measures": PatternRole.MEASURE,
        "pauses": PatternRole.PAUSE,
        "of_which": PatternRole.OF_WHICH,
        "priced": PatternRole.PRICED,
    },
    Units: {
        "shares": PatternRole.SHARE,
        "parts": PatternRole.PART,
        "tellers": PatternRole.TELLER,
        "no_units": PatternRole.NO_UNIT,
        "buildings": PatternRole.BUILDING,
        "links": PatternRole.NUMBER_LINK,
        "elsewhere": PatternRole.NUMBER_PLACE,
        "planned": PatternRole.PLANNED,
    },
    Days: {
        "ahead": PatternRole.DAY_AHEAD,
    },
    FirmPatterns: {
        "suffixes": PatternRole.FIRM_SUFFIX,
        "nouns": PatternRole.FIRM_NOUN,
        "trades": PatternRole.FIRM_TRADE,
        "institutions": PatternRole.INSTITUTION,
        "placed_institutions": PatternRole.PLACED_INSTITUTION,
        "affiliations": PatternRole.AFFILIATION,
        "subsidiaries": PatternRole.SUBSIDIARY,
        "local_units": PatternRole.LOCAL_UNIT,
        "regions": PatternRole.CHINESE_REGION,
        "authorities_before": PatternRole.AUTHORITY_BEFORE,
        "authorities_behind": PatternRole.AUTHORITY_BEHIND,
    },
    PublicBodies: {
        "heads": PatternRole.BODY_HEAD,
        "definite_heads": PatternRole.BODY_DEFINITE_HEAD,
        "tails": PatternRole.BODY_TAIL,
        "generic": PatternRole.BODY_ALONE,
        "introducers": PatternRole.BODY_INTRODUCER,
        "links": PatternRole.BODY_LINK,
        "onlookers": PatternRole.BODY_ONLOOKER,
        "excluded": PatternRole.NOT_BODY,
    },
    PlacePatterns: {
        "locatives": PatternRole.PLACE_LOCATIVE,
        "nouns_before": PatternRole.PLACE_NOUN,
        "sites": PatternRole.SITE,
        "nouns_after": PatternRole.PLACE_NOUN_BEHIND,
        "not_places": PatternRole.NOT_PLACE,
        "streets_before": PatternRole.STREET_BEFORE,
        "street_links": PatternRole.STREET_LINK,
        "streets_behind": PatternRole.STREET_BEHIND,
    },
    ProjectNames: {
        "nouns": PatternRole.PROJECT_NOUN,
        "introducers": PatternRole.NAME_INTRODUCER,
        "not_names": PatternRole.NOT_NAME,
        "links": PatternRole.PROJECT_LINK,
        "articles": PatternRole.PROJECT_ARTICLE,
        "endings": PatternRole.PROJECT_ENDING,
        "behind_introducers": PatternRole.BEHIND_INTRODUCER,
    },
    OrdinaryWords: {
        "given_names": PatternRole.GIVEN_NAME,
    },
    FirmRoles: {},  # read by the proposal stage (`scoring.py`)
    SentenceGrammar: {},
}


@dataclass(frozen=True, slots=True)
class Unit:
    """A form of a unit, as opposed to a currency."""

    form: CurrencyForm


def parts_of(shape: Strict) -> Iterator[Any]:
    """Return the words of a shape: of patterns, numbers, units."""
    return _READERS.get(type(shape), _by_field)(shape)


def _by_field(shape: Strict) -> Iterator[PatternWord]:
    """Yield the words of the fields that have a role of their own."""
    for field, role in _ROLES[type(shape)].items():
        yield from _pattern_words(role, getattr(shape, field))


def _numbers(shape: Numbers) -> Iterator[NumberWord | PatternWord]:
    for table, scale in ((shape.scales, True), (shape.words, False)):
        for value, forms in table.items():
            yield from (NumberWord(text, value, language, scale) for language, text in forms.pairs())
    for value_, forms in shape.qualifiers.items():
        yield from _pattern_words(PatternRole.QUALIFIER, forms, value_)
    yield from _by_field(shape)
    yield from _values(shape)


def _units(shape: Units) -> Iterator[Unit | PatternWord]:
    for unit, forms in shape.units.items():
        yield from (Unit(CurrencyForm(text, unit, language)) for language, text in forms.pairs())
    for unit, forms in shape.counters.items():
        yield from _pattern_words(PatternRole.COUNTER, forms, unit)
    for span, forms in shape.rates.items():
        yield from _pattern_words(PatternRole.RATE, forms, span)
    yield from _by_field(shape)
    for kind, units in shape.kinds.items():
        yield from (PatternWord(PatternRole.UNIT_KIND, unit, "*", kind) for unit in units)
    for side, forms in shape.away.items():
        yield from _pattern_words(PatternRole.AWAY, forms, side)
    for role, listed in (
        *((PatternRole.RATED, shape.rated), (PatternRole.UNIT_SIGN, shape.signs)),
        *((PatternRole.UNIT_MEASURE, shape.measures), (PatternRole.UNIT_VAGUE, shape.vague)),
    ):
        yield from (PatternWord(role, unit) for unit in listed)
    yield from _values(shape)


def _months(shape: Months) -> Iterator[PatternWord]:
    for number, forms in shape.months.items():
        yield from _pattern_words(PatternRole.MONTH, forms, str(number))


def _days(shape: Days) -> Iterator[PatternWord]:
    for distance, forms in shape.days.items():
        yield from _pattern_words(PatternRole.RELATIVE_DAY, forms, distance)
    yield from _by_field(shape)
    yield from _values(shape)


def _kinds_of_works(shape: KindsOfWorks) -> Iterator[PatternWord]:
    for kind, forms in shape.kinds.items():
        yield from _pattern_words(PatternRole.WORKS_KIND, forms, kind)
    for number, forms in shape.ordinals.items():
        yield from _pattern_words(PatternRole.ORDINAL, forms, number)
    for reach, kinds in (("country", shape.nationwide), ("town", shape.citywide)):
        yield from (PatternWord(PatternRole.WORKS_REACH, kind, value=reach) for kind in kinds)


def _by_part(shape: Strict, role: PatternRole) -> Iterator[PatternWord]:
    """Yield the words of a shape, all of one role, each with the name of its field as its value."""
    for part in type(shape).model_fields:
        if part != "kind":
            yield from _pattern_words(role, getattr(shape, part), part)


def _values(shape: Numbers | Units | Days) -> Iterator[PatternWord]:
    """Yield the regular expressions in a shape that also has other words."""
    for part in type(shape).model_fields:
        if isinstance(forms := getattr(shape, part), Patterns):
            yield from _pattern_words(PatternRole.VALUE_GRAMMAR, forms, part)


def _spellings(shape: Transcription) -> Iterator[PatternWord]:
    for table in (shape.letters, shape.words):
        for written, forms in table.items():
            yield from _pattern_words(PatternRole.SPELLED, forms, written)
    for role, listed in (
        (PatternRole.UNSPELLED, shape.left_out),
        (PatternRole.UNSPELLED_END, shape.left_out_at_end),
    ):
        yield from (PatternWord(role, text) for text in listed)


def _pattern_words(role: PatternRole, forms: Forms, value: str = "") -> Iterator[PatternWord]:
    return (PatternWord(role, text, language, value) for language, text in forms.pairs())


_READERS: dict[type[Strict], Callable[[Any], Iterator[Any]]] = {
    Numbers: _numbers,
    Units: _units,
    Months: _months,
    Days: _days,
    TermParts: partial(_by_part, role=PatternRole.TERM),
    KindsOfWorks: _kinds_of_works,
    NameGrammar: partial(_by_part, role=PatternRole.NAME_GRAMMAR),
    NameContext: partial(_by_part, role=PatternRole.NAME_CONTEXT),
    Progress: partial(_by_part, role=PatternRole.PROGRESS),
    Transcription: _spellings,
}
