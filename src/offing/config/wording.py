"""Loads the wordings: cues of sectors, statuses and the like, currencies, numbers, units, months, patterns.

Each kind has a folder below `config/wording/`, each language a file in it; a site's file of that name lies over it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from offing.config.by_language import read_wording
from offing.config.documents import Strict, error_at, line_of
from offing.config.languages import load_language_signs, locale_of
from offing.config.layers import Layers
from offing.config.money_words import currency_forms, homes
from offing.config.shapes import (
    Cues,
    Currencies,
    Days,
    FirmPatterns,
    Forms,
    KindsOfWorks,
    Months,
    Numbers,
    OrdinaryWords,
    PlacePatterns,
    ProjectNames,
    PublicBodies,
    Terms,
    Units,
)
from offing.config.wording_files import ALL, WORDINGS, WordingFile, read_languages, wording_files
from offing.errors import ConfigError
from offing.model.mention import MentionKind
from offing.model.patterns import PatternRole, PatternWord
from offing.model.rules import Cue, CurrencyForm, NumberWord, Wording
from offing.model.vocabulary import AmountKind, Concern, EventKind, Mode, RecordType, Role, Sector, Status

_MONEY = "currencies"
_SMALL_WORDS = "models/small_words.txt"
_SIMPLIFIED = "models/simplified.txt"
CUE_KEYS: dict[str, type[StrEnum] | None] = {
    MentionKind.SECTOR: Sector,
    MentionKind.STATUS: Status,
    MentionKind.ROLE: Role,
    MentionKind.FLOW: AmountKind,
    MentionKind.MODE: Mode,
    MentionKind.CONCERN: Concern,
    MentionKind.RECORD_TYPE: RecordType,
    MentionKind.EVENT: EventKind,
    MentionKind.SIGNAL: None,  # any name of a reason in scoring.toml
}
_SHAPES: dict[str, type[Strict]] = {
    "numbers": Numbers,
    "units": Units,
    "months": Months,
    "days": Days,
    "terms": Terms,
    "firm-patterns": FirmPatterns,
    "public-bodies": PublicBodies,
    "place-patterns": PlacePatterns,
    "ordinary-words": OrdinaryWords,
    "project-names": ProjectNames,
    "kinds-of-works": KindsOfWorks,
}


def load_wording(layers: Layers) -> Wording:
    """All wordings of some layers; names of currencies and months come from CLDR besides.

    Raises:
        ConfigError: a file is of no known kind, has an unknown key or language, an empty or doubled wording.
    """
    languages = read_languages(layers)
    parts: list[Any] = [*_cldr_months(languages), *_cldr_weekdays(languages), *_currencies(layers, languages)]
    for file in wording_files(layers):
        parts += _parts_of(layers, file)
    return Wording(
        cues=tuple(part for part in parts if isinstance(part, Cue)),
        currencies=tuple(part for part in parts if isinstance(part, CurrencyForm)),
        number_words=tuple(part for part in parts if isinstance(part, NumberWord)),
        units=tuple(part.form for part in parts if isinstance(part, _Unit)),
        version=layers.digest(*WORDINGS),
        pattern_words=tuple(part for part in parts if isinstance(part, PatternWord)),
        currency_homes=homes(),
        small_words=frozenset(word for path in layers.files(_SMALL_WORDS) for word in path.read_text("utf-8").split()),
        simplified=dict(_pairs(layers)),
        languages=languages,
        signs=load_language_signs(layers),
    )


def _pairs(layers: Layers) -> Iterator[tuple[str, str]]:
    """The traditional Chinese characters, each with its simplified one."""
    for path in layers.files(_SIMPLIFIED):
        for pair in path.read_text("utf-8").split():
            if len(pair) != 2:  # noqa: PLR2004 -- one character and its other form
                raise ConfigError(f"{pair!r} is no pair of characters", path)
            yield pair[0], pair[1]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit's form, apart from those of currencies."""

    form: CurrencyForm


def _parts_of(layers: Layers, file: WordingFile) -> Iterator[Any]:
    if file.kind in CUE_KEYS:
        return _cues(layers, file)
    if file.kind == _MONEY:
        return iter(())  # these are read all at once
    shape = read_wording(layers, file, _SHAPES[file.kind])
    return _READERS[type(shape)](shape)


def _currencies(layers: Layers, languages: Iterable[str]) -> Iterator[CurrencyForm]:
    files = [file for file in wording_files(layers) if file.kind == _MONEY]
    shapes = [read_wording(layers, file, Currencies) for file in files]
    named = {name for shape in shapes for name, shared in shape.shared.items() if shared.currencies}
    for file, shape in zip(files, shapes, strict=True):
        for name in shape.shared.keys() - named:
            message = f'no file says whose it is: currencies = ["…"] under [shared.{name}] in {ALL}.toml'
            raise error_at(layers, file.relative, ("shared", name), message)
    return currency_forms(shapes, languages)


def _cues(layers: Layers, file: WordingFile) -> Iterator[Cue]:
    shape = read_wording(layers, file, Cues)
    if shape.kind != file.kind:
        path = list(layers.files(file.relative))[-1]
        raise ConfigError(
            f"is {shape.kind!r} here and {file.kind!r} in {next(layers.files(file.relative))}",
            path,
            line_of(path, ["kind"]),
            "kind",
        )
    allowed = CUE_KEYS[file.kind]
    for key, by_language in shape.cues.items():
        if allowed and key not in set(allowed):
            message = f"is no {file.kind}; those are {', '.join(allowed)}"
            raise error_at(layers, file.relative, (key,) if file.language else ("cues", key), message)
        for language, texts in by_language.items():
            yield from (Cue(file.kind, key, language, cue.text, cue.weight) for cue in texts)


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


def _units(shape: Units) -> Iterator[_Unit | PatternWord]:
    for unit, forms in shape.units.items():
        yield from (_Unit(CurrencyForm(text, unit, language)) for language, text in forms.pairs())
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


def _given_names(shape: OrdinaryWords) -> Iterator[PatternWord]:
    yield from _pattern_words(PatternRole.GIVEN_NAME, shape.given_names)


def _pattern_words(role: PatternRole, forms: Forms, value: str = "") -> Iterator[PatternWord]:
    return (PatternWord(role, text, language, value) for language, text in forms.pairs())


def _cldr_months(languages: Iterable[str]) -> Iterator[PatternWord]:
    for language in languages:
        locale = locale_of(language)
        for context in locale.months.values() if locale else ():
            for width in ("wide", "abbreviated"):
                for number, name in context[width].items():
                    yield PatternWord(PatternRole.MONTH, name, language, str(number))


def _cldr_weekdays(languages: Iterable[str]) -> Iterator[PatternWord]:
    for language in languages:
        locale = locale_of(language)
        for number, name in locale.days["format"]["wide"].items() if locale else ():
            yield PatternWord(PatternRole.RELATIVE_DAY, name, language, f"weekday{number}")


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
}
