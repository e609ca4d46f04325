"""Machine translations, for reading only: nothing in them is a value, a quote or a fact."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum


class TranslationBackend(StrEnum):
    """What translates. The name stands beside each translation."""

    LIBRETRANSLATE = "libretranslate"  # a service that speaks its HTTP format
    ARGOS = "argos"  # the package argostranslate, with models that the site installed


class TranslationKey(StrEnum):
    """Where the key of the service comes from."""

    NONE = "none"
    ENVIRONMENT = "environment"  # OFFING_TRANSLATION_KEY


@dataclass(frozen=True, slots=True)
class TranslationRules:
    """What translates, into which language, and within which limits (`config/translation.toml`).

    `endpoint` is "" for a backend that needs none. `private`: it is on this machine or a private network. One request
    takes `limit` at most, all those of one press of the button `page_limit`, and each has up to `characters`. After
    `tries` failures in a row nobody is asked for a `rest`. `budget` is in characters of a UTC day.
    """

    backend: TranslationBackend
    endpoint: str = ""
    private: bool = False
    key: TranslationKey = TranslationKey.NONE
    target: str = "en"
    limit: timedelta = timedelta(seconds=20)
    page_limit: timedelta = timedelta(seconds=45)
    characters: int = 2_000
    concurrency: int = 2
    tries: int = 3
    rest: timedelta = timedelta(minutes=5)
    budget: int = 200_000
    secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Translation:
    """A text as a machine translated it, and when."""

    text: str
    backend: TranslationBackend
    at: datetime


@dataclass(frozen=True, slots=True)
class TranslationDay:
    """What a day took: requests, those without a usable answer, characters sent."""

    asked: int = 0
    failed: int = 0
    characters: int = 0
