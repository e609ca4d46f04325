"""Loads `reader.toml`: the second reader, a language model of the site's choice; off unless a site turns it on."""

from __future__ import annotations

import ipaddress
from datetime import timedelta
from decimal import Decimal
from typing import Self
from urllib.parse import urlsplit

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.model.review.second_reader import Budget, KeySource, Prices, ReaderRules

FILE = "reader.toml"


class _Budget(Strict):
    tokens: int = Field(ge=1, le=10**10)
    money: float | None = Field(default=None, gt=0, le=10**6)


class _Prices(Strict):
    prompt: float = Field(ge=0, le=10**5)
    answer: float = Field(ge=0, le=10**5)
    currency: str = Field(pattern=r"^[A-Z]{3}$")


class _Reader(Strict):
    on: bool
    endpoint: str | None = Field(default=None, max_length=500)
    model: str | None = Field(default=None, max_length=200)
    private: bool
    key: KeySource
    limit_seconds: float = Field(ge=1, le=1800)
    tries: int = Field(ge=1, le=20)
    concurrency: int = Field(ge=1, le=32)
    band: float = Field(ge=0, le=0.5)
    characters: int = Field(ge=500, le=400_000)
    answer_tokens: int = Field(ge=200, le=100_000)
    run_minutes: float = Field(gt=0, le=24 * 60)
    cache: bool
    budget: _Budget
    prices: _Prices

    @model_validator(mode="after")
    def _usable(self) -> Self:
        for name in ("endpoint", "model"):
            if self.on and getattr(self, name) is None:
                raise _wrong("on", f"a second reader that is on needs `{name}`")
        if self.endpoint is not None and (fault := fault_of(self.endpoint, private=self.private)):
            raise _wrong("endpoint", fault)
        if self.budget.money is not None and not (self.prices.prompt or self.prices.answer):
            raise _wrong("budget", "one in money needs what a million tokens cost: [reader.prices], prompt and answer")
        return self

    def rules(self) -> ReaderRules | None:
        """Return the rules in the file; None if the second reader is off."""
        if not self.on or self.endpoint is None or self.model is None:
            return None
        money = None if self.budget.money is None else _exact(self.budget.money)
        return ReaderRules(
            endpoint=self.endpoint.rstrip("/"),
            model=self.model,
            private=self.private,
            key=self.key,
            limit=timedelta(seconds=self.limit_seconds),
            tries=self.tries,
            concurrency=self.concurrency,
            band=self.band,
            characters=self.characters,
            answer_tokens=self.answer_tokens,
            run_limit=timedelta(minutes=self.run_minutes),
            cache=self.cache,
            budget=Budget(self.budget.tokens, money),
            prices=Prices(_exact(self.prices.prompt), _exact(self.prices.answer), self.prices.currency),
        )


class _File(Strict):
    reader: _Reader


def load_reader(layers: Layers) -> ReaderRules | None:
    """Return the second reader of some layers; None if it is off.

    Raises:
        ConfigError: the file is invalid.
    """
    return read_merged(layers, FILE, _File).reader.rules()


def fault_of(endpoint: str, *, private: bool) -> str:
    """Return why an endpoint must not be asked, in a sentence; "" if it may.

    Host names are checked when they are resolved.

    Args:
        endpoint: its address.
        private: whether the site declares it to be on this machine or a private network.
    """
    try:
        parts = urlsplit(endpoint)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "is not an address"
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return "is not an address of http or https without a login"
    if parts.query or parts.fragment:
        return "has parameters: name the plain address below which the service stands"
    if parts.scheme == "http" and not private:
        return "is plain http, where everybody reads along: use https, or say `private = true` of an own network"
    try:
        is_public = ipaddress.ip_address(host).is_global
    except ValueError:  # a name
        is_public = False
    if parts.scheme == "http" and is_public:
        return "is plain http to a public address, where everybody reads along: use https"
    return ""


def _exact(number: float) -> Decimal:
    return Decimal(str(number))


def _wrong(key: str, message: str) -> PydanticCustomError:
    return PydanticCustomError("reader", message, {"key": key})
