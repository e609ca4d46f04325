"""Languages: which exist, and how the language of a text is identified."""

from __future__ import annotations

from functools import cache
from typing import Annotated

from babel import Locale, UnknownLocaleError
from pydantic import AfterValidator, Field

from offing.config.files.documents import Strict, instead, read_merged
from offing.config.files.layers import Layers
from offing.model.text.language_words import LanguageWords
from offing.model.text.scripts import RANGES

EVERYWHERE = "*"
FILE = "languages.toml"
_CODE_LENGTH = 2  # of ISO 639-1


@cache
def known_languages() -> frozenset[str]:
    """Return the codes of ISO 639-1 that CLDR knows."""
    codes = map(str, Locale.parse("en").languages)
    return frozenset(code for code in codes if len(code) == _CODE_LENGTH)


def no_language(code: str) -> str:
    """Return the error message for something that is not a language code."""
    return f"{code!r} is no language: write a code of ISO 639-1 such as it, or {EVERYWHERE!r} for all languages"


def _known(code: str) -> str:
    if code not in known_languages():
        raise ValueError(no_language(code))
    return code


Language = Annotated[str, AfterValidator(_known)]
LanguageOrAll = Annotated[str, AfterValidator(lambda code: code if code == EVERYWHERE else _known(code))]


def locale_of(language: str) -> Locale | None:
    """Return CLDR's data for a language, such as the names of countries; None if it has nothing but its name."""
    try:
        return Locale.parse(language)
    except (ValueError, UnknownLocaleError):
        return None


def _is_script(name: str) -> str:
    if name not in RANGES:
        raise ValueError(f"{name!r} is not a script; {instead(name, RANGES)}")
    return name


_Script = Annotated[str, AfterValidator(_is_script)]


class _Signs(Strict):
    widely_written: tuple[Language, ...] = ()
    families: dict[Language, tuple[Language, ...]] = Field(default_factory=dict)
    words: dict[_Script, dict[Language, str]] = Field(default_factory=dict)


def load_language_words(layers: Layers) -> LanguageWords:
    """Return the signs for language identification: `languages.toml` of all layers.

    Raises:
        ConfigError: a file has an unknown key or language, or a wrong value.
    """
    found = read_merged(layers, FILE, _Signs)
    return LanguageWords(
        words={
            script: {language: frozenset(words.split()) for language, words in table.items()}
            for script, table in found.words.items()
        },
        widely_written=frozenset(found.widely_written),
        families=found.families,
    )
