"""The catalogue of feeds: `config/feeds/*.toml` of all layers."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from zoneinfo import available_timezones

from pydantic import Field

from offing.config.files.documents import Strict, line_of, read_document, validate
from offing.config.files.layers import Layers
from offing.errors import ConfigError
from offing.model.sources.credentials import fault_of
from offing.model.sources.feed import DEFAULT_GROUP, Catalogue, FeedGroup, FeedKind, FeedSpec
from offing.model.sources.links import date_rule, selector_path
from offing.model.values import iso
from offing.model.values.vocabulary import SourceKind
from offing.redaction import redact
from offing.urls import feed_key

PATTERN = "feeds/*.toml"


class _Group(Strict):
    title: str = Field(min_length=1)
    description: str


class _Feed(Strict):
    url: str
    title: str = Field(min_length=1)
    groups: tuple[str, ...] = Field(default=(DEFAULT_GROUP,), min_length=1)
    country: str | None = None
    language: str | None = None
    publisher: SourceKind = SourceKind.MEDIA
    timezone: str | None = None
    unverified: bool = False
    interval_minutes: int | None = Field(default=None, ge=15, le=24 * 60)
    kind: FeedKind = FeedKind.FEED
    links: str = ""
    dates: str = ""


class _File(Strict):
    groups: dict[str, _Group] = {}  # noqa: RUF012 - pydantic copies defaults
    feeds: tuple[_Feed, ...] = ()


@dataclass(slots=True)
class _Layer:
    """The files of one layer, and their feeds by identity, with the place they were read from."""

    files: list[tuple[Path, _File]]
    groups: dict[str, FeedGroup] = field(default_factory=dict)
    feeds: dict[str, FeedSpec] = field(default_factory=dict)
    places: dict[str, tuple[Path, int]] = field(default_factory=dict)


def load_catalogue(layers: Layers) -> Catalogue:
    """Return the feeds to choose from; a site's feed replaces the shipped one with the same address.

    Raises:
        ConfigError: names file, line and key of an unknown key, a duplicate or an invalid code.
    """
    found = [
        _Layer([(path, validate(read_document(path), _File, path)) for path in Layers((folder,)).glob(PATTERN)])
        for folder in layers.folders
    ]
    groups: dict[str, FeedGroup] = {}
    for layer in found:
        _add_groups(layer)
        groups |= layer.groups
    feeds: dict[str, FeedSpec] = {}
    for layer in found:
        _add_feeds(layer, {*groups, DEFAULT_GROUP})
        feeds |= layer.feeds
    return Catalogue(tuple(groups.values()), tuple(feeds.values()))


def catalogue_groups(layers: Layers) -> frozenset[str]:
    """Return the groups that the catalogue describes or that one of its feeds is in.

    Raises:
        ConfigError: as `load_catalogue`.
    """
    found = load_catalogue(layers)
    return frozenset({*(group.id for group in found.groups), *(name for feed in found.feeds for name in feed.groups)})


def _add_groups(layer: _Layer) -> None:
    for path, file in layer.files:
        for name, group in file.groups.items():
            if name in layer.groups:
                raise ConfigError("is described twice", path, line_of(path, ["groups", name]), f"groups.{name}")
            layer.groups[name] = FeedGroup(name, group.title, group.description)


def _add_feeds(layer: _Layer, groups: set[str]) -> None:
    for path, file in layer.files:
        for number, feed in enumerate(file.feeds):
            for key, message in _faults(feed, groups):
                raise _error(path, number, key, f"{redact(feed.url)}: {message}")
            identity = feed_key(feed.url)
            if identity in layer.places:
                other, place = layer.places[identity]
                line = line_of(other, ["feeds", str(place), "url"])
                raise _error(path, number, "url", f"{feed.url}: already listed at {other.name}:{line}")
            layer.places[identity] = (path, number)
            layer.feeds[identity] = FeedSpec(**feed.model_dump())


def _faults(feed: _Feed, groups: set[str]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a feed, by key."""
    try:
        feed_key(feed.url)
        if fault := fault_of(feed.url):
            yield "url", fault
    except ValueError as error:
        yield "url", str(error)
    for group in feed.groups:
        if group not in groups:
            yield "groups", f"{group!r} is no group of the catalogue; it has {', '.join(sorted(groups))}"
    if feed.country is not None and iso.country_by_alpha3(feed.country) is None:
        yield "country", f"{feed.country!r} is no ISO 3166-1 alpha-3 code, such as KEN"
    if feed.language is not None and feed.language.lower() not in iso.languages():
        yield "language", f"{feed.language!r} is no ISO 639-1 code, such as pt"
    if feed.timezone is not None and feed.timezone not in _zones():
        yield "timezone", f"{feed.timezone!r} is no IANA time zone, such as Africa/Nairobi"
    for key, read in (("links", selector_path), ("dates", date_rule)):
        yield from _rule_faults(feed, key, read)


def _rule_faults(feed: _Feed, key: str, read: Callable[[str], object]) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a rule of a watched page."""
    written = getattr(feed, key)
    if written and feed.kind is not FeedKind.PAGE:
        yield key, 'belongs to a watched page: set kind = "page", or take it out'
    try:
        if written:
            read(written)
    except ValueError as error:
        yield key, str(error)


def _error(path: Path, number: int, key: str, message: str) -> ConfigError:
    return ConfigError(message, path, line_of(path, ["feeds", str(number), key]), f"feeds.{number}.{key}")


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())
