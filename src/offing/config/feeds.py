"""The catalogue of feeds: `config/feeds/*.toml` of all layers."""

from __future__ import annotations

from pathlib import Path
from zoneinfo import available_timezones

import pycountry
from pydantic import Field

from offing.config.documents import Strict, line_of, read_document, validate
from offing.config.layers import Layers
from offing.errors import ConfigError
from offing.model.feed import Catalogue, FeedGroup, FeedSpec
from offing.model.vocabulary import SourceKind
from offing.urls import url_key

PATTERN = "feeds/*.toml"


class _Group(Strict):
    title: str
    description: str


class _Feed(Strict):
    url: str
    title: str
    groups: list[str] = Field(min_length=1)
    country: str | None = None
    language: str | None = Field(default=None, pattern="^[a-z]{2}$")
    kind: SourceKind = SourceKind.MEDIA
    timezone: str | None = None
    unverified: bool = False
    interval_minutes: int | None = Field(default=None, ge=15, le=24 * 60)


class _File(Strict):
    groups: dict[str, _Group] = {}  # noqa: RUF012 -- pydantic copies defaults
    feeds: list[_Feed] = []  # noqa: RUF012


def load_catalogue(layers: Layers) -> Catalogue:
    """The feeds that can be chosen; a site's feed replaces the one that ships under its address.

    Raises:
        ConfigError: names file, line and key of what is unknown, doubled or no code.
    """
    groups: dict[str, FeedGroup] = {}
    feeds: dict[str, FeedSpec] = {}
    files = [(path, validate(read_document(path), _File, path)) for path in layers.glob(PATTERN)]
    for _, file in files:
        groups |= {name: FeedGroup(name, group.title, group.description) for name, group in file.groups.items()}
    for folder in layers.folders:
        seen: dict[str, str] = {}
        for path, file in files:
            if path.is_relative_to(folder):
                for number, feed in enumerate(file.feeds):
                    key = _checked(feed, groups, seen, path, number)
                    feeds[key] = _spec(feed)
    return Catalogue(tuple(groups.values()), tuple(feeds.values()))


def _checked(feed: _Feed, groups: dict[str, FeedGroup], seen: dict[str, str], path: Path, number: int) -> str:
    """The identity of a feed's address; `seen` grows by it."""

    def wrong(message: str, key: str) -> ConfigError:
        return ConfigError(f"{feed.url}: {message}", path, line_of(path, ["feeds", str(number), key]), key)

    try:
        key = url_key(feed.url)
    except ValueError as error:
        raise wrong(str(error), "url") from None
    if key in seen:
        raise wrong(f"stands already as {seen[key]}", "url")
    seen[key] = feed.url
    for group in feed.groups:
        if group not in groups:
            raise wrong(f"{group!r} is no group of the catalogue", "groups")
    if feed.country and pycountry.countries.get(alpha_3=feed.country) is None:
        raise wrong(f"{feed.country!r} is no ISO 3166-1 alpha-3 code", "country")
    if feed.timezone and feed.timezone not in _zones():
        raise wrong(f"{feed.timezone!r} is no time zone", "timezone")
    return key


_known_zones: set[str] = set()


def _zones() -> set[str]:
    if not _known_zones:
        _known_zones.update(available_timezones())
    return _known_zones


def _spec(feed: _Feed) -> FeedSpec:
    values = feed.model_dump()
    values["groups"] = tuple(feed.groups)
    return FeedSpec(**values)
