"""Loads `translation.toml`: what translates articles for reading; off unless a site turns it on."""

from __future__ import annotations

from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.config.sites.second_reader import fault_of
from offing.model.review.translation import TranslationBackend, TranslationKey, TranslationRules

FILE = "translation.toml"
_HTTP = TranslationBackend.LIBRETRANSLATE


class _Translation(Strict):
    on: bool
    backend: TranslationBackend
    endpoint: str | None = Field(default=None, max_length=500)
    private: bool
    key: TranslationKey
    target: str = Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")
    limit_seconds: float = Field(ge=1, le=300)
    page_seconds: float = Field(ge=1, le=300)
    characters: int = Field(ge=200, le=20_000)
    concurrency: int = Field(ge=1, le=16)
    tries: int = Field(ge=1, le=100)
    rest_minutes: float = Field(gt=0, le=24 * 60)
    budget: int = Field(ge=1, le=10**10)

    @model_validator(mode="after")
    def _usable(self) -> Self:
        if self.on and self.backend is _HTTP and self.endpoint is None:
            raise _wrong("on", "a service that is on needs `endpoint`")
        if self.endpoint is not None and (fault := fault_of(self.endpoint, private=self.private)):
            raise _wrong("endpoint", fault)
        return self

    def rules(self) -> TranslationRules | None:
        """Return the rules in the file; None if translation is off."""
        if not self.on:
            return None
        return TranslationRules(
            backend=self.backend,
            endpoint=(self.endpoint or "").rstrip("/") if self.backend is _HTTP else "",
            private=self.private,
            key=self.key,
            target=self.target,
            limit=timedelta(seconds=self.limit_seconds),
            page_limit=timedelta(seconds=self.page_seconds),
            characters=self.characters,
            concurrency=self.concurrency,
            tries=self.tries,
            rest=timedelta(minutes=self.rest_minutes),
            budget=self.budget,
        )


class _File(Strict):
    translation: _Translation


def load_translation(layers: Layers) -> TranslationRules | None:
    """Return what translates at a site, by its layers; None if it is off.

    Raises:
        ConfigError: the file is invalid.
    """
    return read_merged(layers, FILE, _File).translation.rules()


def _wrong(key: str, message: str) -> PydanticCustomError:
    return PydanticCustomError("translation", message, {"key": key})
