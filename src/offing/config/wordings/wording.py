"""Loads the wordings: cues of sectors, statuses and the like, currencies, numbers, units, months, patterns.

Each kind has a folder below `config/wording/`, each language a file in it; a site's file of the same name overlays it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import Any

from offing.config.files.by_language import read_wording
from offing.config.files.documents import Strict, error_at, line_of
from offing.config.files.languages import load_language_words, locale_of
from offing.config.files.layers import Layers
from offing.config.files.wording_files import (
    ACCOUNT_KIND,
    ALL,
    PAGE_KINDS,
    WORDINGS,
    WordingFile,
    read_languages,
    wording_files,
)
from offing.config.files.wording_shapes import (
    Cues,
    Currencies,
    FirmPatterns,
    FirmRoles,
    KindsOfWorks,
    OrdinaryWords,
    PlacePatterns,
    ProjectNames,
    PublicBodies,
    Transcription,
)
from offing.config.wordings.grammar_shapes import NameContext, NameGrammar, Progress
from offing.config.wordings.money_words import currency_forms, homes
from offing.config.wordings.sentences import SentenceGrammar
from offing.config.wordings.value_shapes import Days, Months, Numbers, TermParts, Units
from offing.config.wordings.wording_parts import Unit, parts_of
from offing.errors import ConfigError
from offing.model.reading.mention import MentionKind
from offing.model.reading.patterns import PatternRole, PatternWord
from offing.model.reading.rules import Cue, CurrencyForm, NumberWord, Wording
from offing.model.values.vocabulary import AmountKind, Concern, EventKind, Mode, RecordType, Role, Sector, Status

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
    "terms": TermParts,
    "firm-patterns": FirmPatterns,
    "public-bodies": PublicBodies,
    "place-patterns": PlacePatterns,
    "ordinary-words": OrdinaryWords,
    "project-names": ProjectNames,
    "kinds-of-works": KindsOfWorks,
    "name-grammar": NameGrammar,
    "name-context": NameContext,
    "progress": Progress,
    "transcription": Transcription,
    "firm-roles": FirmRoles,
    "sentence-grammar": SentenceGrammar,
}


def load_wording(layers: Layers) -> Wording:
    """Return all wordings of some layers, plus names of currencies and months from CLDR.

    Raises:
        ConfigError: a file is of no known kind, has an unknown key or language, an empty or duplicate wording.
    """
    languages = read_languages(layers)
    parts: list[Any] = [*_cldr_months(languages), *_cldr_weekdays(languages), *_currencies(layers, languages)]
    for file in wording_files(layers):
        if file.kind in CUE_KEYS:
            parts += _cues(layers, file)
        # Currencies are loaded all at once, above; what accounts and pages are read by, where it is used.
        elif file.kind not in (_MONEY, ACCOUNT_KIND, *PAGE_KINDS):
            parts += parts_of(read_wording(layers, file, _SHAPES[file.kind]))
    simplified = [(path, pair) for path in layers.files(_SIMPLIFIED) for pair in path.read_text("utf-8").split()]
    for path, pair in simplified:
        if len(pair) != 2:  # noqa: PLR2004 -- a traditional character and its simplified form
            raise ConfigError(f"{pair!r} is not a pair of characters", path)
    return Wording(
        cues=tuple(part for part in parts if isinstance(part, Cue)),
        currencies=tuple(part for part in parts if isinstance(part, CurrencyForm)),
        number_words=tuple(part for part in parts if isinstance(part, NumberWord)),
        units=tuple(part.form for part in parts if isinstance(part, Unit)),
        version=layers.digest(*WORDINGS),
        pattern_words=tuple(part for part in parts if isinstance(part, PatternWord)),
        currency_countries=homes(),
        small_words=frozenset(word for path in layers.files(_SMALL_WORDS) for word in path.read_text("utf-8").split()),
        simplified={pair[0]: pair[1] for _, pair in simplified},
        languages=languages,
        language_words=load_language_words(layers),
    )


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
