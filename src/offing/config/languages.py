"""Languages: which are read, and by what the language of a text is told.

A language is read once a status or a sector has wordings in it: no list of languages stands anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field

from offing.config.documents import Strict, instead, read_document, read_merged
from offing.config.layers import Layers
from offing.model.languages import LanguageSigns
from offing.model.mention import MentionKind
from offing.model.scripts import RANGES

EVERYWHERE = "*"
FILE = "languages.toml"
WORDINGS = "wording/*.toml"
_KIND = re.compile(r'^kind\s*=\s*"([^"]*)"', re.MULTILINE)
_TELLING = frozenset({MentionKind.STATUS.value, MentionKind.SECTOR.value})
_CODE_LENGTH = 2  # of ISO 639-1


@cache
def known_languages() -> frozenset[str]:
    """The codes of ISO 639-1 that CLDR knows."""
    codes = map(str, Locale.parse("en").languages)
    return frozenset(code for code in codes if len(code) == _CODE_LENGTH)


def no_language(code: str) -> str:
    """What to tell who wrote something else than a language."""
    return f"{code!r} is no language: write a code of ISO 639-1 such as it, or {EVERYWHERE!r} for all languages"


def _known(code: str) -> str:
    if code not in known_languages():
        raise ValueError(no_language(code))
    return code


def _known_or_all(code: str) -> str:
    return code if code == EVERYWHERE else _known(code)


Language = Annotated[str, AfterValidator(_known)]
LanguageOrAll = Annotated[str, AfterValidator(_known_or_all)]


def locale_of(language: str) -> Locale | None:
    """What CLDR has of a language, such as the names of countries; None where it has nothing but its name."""
    try:
        return Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return None


def kind_in(path: Path) -> str | None:
    """What a file of wordings says that it holds, read without parsing all of it; None where it does not say."""
    found = _KIND.search(path.read_text(encoding="utf-8-sig", errors="replace"))
    return found[1] if found else None


def read_languages(layers: Layers) -> tuple[str, ...]:
    """The languages that are read: those in which a status or a sector has a wording.

    Raises:
        ConfigError: a file of wordings is no readable TOML.
    """
    own = layers.holding(WORDINGS)
    return _read_languages(own, own.digest(WORDINGS))


@lru_cache(maxsize=4)
def _read_languages(layers: Layers, _digest: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in _worded(layers) if code in known_languages()))


def _worded(layers: Layers) -> Iterator[str]:
    """The codes beside wordings of statuses and sectors. A site's copy of a file need not say its kind again."""
    names = {path.name for path in layers.glob(WORDINGS) if kind_in(path) in _TELLING}
    for path in layers.glob(WORDINGS):
        cues = read_document(path).get("cues", {}) if path.name in names else {}
        for by_language in cues.values() if isinstance(cues, dict) else ():
            yield from (code for code, texts in by_language.items() if texts) if isinstance(by_language, dict) else ()


def _is_script(name: str) -> str:
    if name not in RANGES:
        raise ValueError(f"{name!r} is no script; {instead(name, RANGES)}")
    return name


_Script = Annotated[str, AfterValidator(_is_script)]


class _Signs(Strict):
    widely_written: tuple[Language, ...] = ()
    families: dict[Language, tuple[Language, ...]] = Field(default_factory=dict)
    words: dict[_Script, dict[Language, str]] = Field(default_factory=dict)


def load_language_signs(layers: Layers) -> LanguageSigns:
    """By what the language of a text is told: `languages.toml` of all layers.

    Raises:
        ConfigError: a file has an unknown key or language, or a wrong value.
    """
    found = read_merged(layers, FILE, _Signs)
    return LanguageSigns(
        words={
            script: {language: frozenset(words.split()) for language, words in table.items()}
            for script, table in found.words.items()
        },
        widely_written=frozenset(found.widely_written),
        families=found.families,
    )
