"""Outlet rules: `config/outlets/*.toml` of all layers, each rule with a test page that shows its purpose."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import available_timezones

from cssselect import HTMLTranslator, SelectorError
from pydantic import Field

from offing.config.files.documents import Strict, line_of, read_document, validate
from offing.config.files.layers import Layers
from offing.errors import ConfigError
from offing.model.sources.outlet import OutletRule, OutletRules
from offing.urls import domain_of, host_of

PATTERN = "outlets/*.toml"
_SELECTORS = ("title", "body", "date", "author", "section")


class _Expected(Strict):
    """What a rule must extract from its test page; omitted fields are not checked."""

    title: str = Field(min_length=1)
    first: str = Field(min_length=1)
    last: str = Field(min_length=1)
    date: dt.datetime | None = None
    author: str | None = None
    section: str | None = None
    absent: tuple[str, ...] = ()


class _Rule(Strict):
    sites: tuple[str, ...] = Field(min_length=1)
    title: str = ""
    body: str = ""
    date: str = ""
    author: str = ""
    section: str = ""
    remove: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()
    timezone: str | None = None
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    test_page: str = ""
    expect: _Expected | None = None
    off: bool = False

    def rule(self) -> OutletRule:
        return OutletRule(**self.model_dump(exclude={"test_page", "expect", "off"}))


class _File(Strict):
    rules: tuple[_Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class OutletTest:
    """A rule's test page and the expected result. `first` and `last` begin its first and last paragraph."""

    rule: OutletRule
    place: str
    page: Path
    title: str
    first: str
    last: str
    date: dt.datetime | None
    author: str | None
    section: str | None
    absent: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A rule and its place in the files."""

    rule: _Rule
    path: Path
    number: int

    def error(self, key: str, message: str) -> ConfigError:
        line = line_of(self.path, ["rules", str(self.number), key])
        return ConfigError(message, self.path, line, f"rules.{self.number}.{key}")


def load_outlets(layers: Layers) -> OutletRules:
    """Return the rules of all layers; a site's rules for a host or domain replace all shipped ones for it.

    Raises:
        ConfigError: names file, line and key of an unknown key, an invalid selector, two rules for one day,
            or a missing test page.
    """
    found = tuple(placed.rule.rule() for placed in _effective(layers))
    return OutletRules(found, layers.digest(PATTERN))


def outlet_tests(layers: Layers) -> tuple[OutletTest, ...]:
    """Return the test of each rule.

    Raises:
        ConfigError: as `load_outlets`.
    """
    tests = []
    for placed in _effective(layers):
        rule, expect = placed.rule, placed.rule.expect
        assert expect is not None
        place = f"{placed.path.name}, rule {placed.number + 1}"
        tests.append(OutletTest(rule.rule(), place, placed.path.parent / rule.test_page, **expect.model_dump()))
    return tuple(tests)


def _effective(layers: Layers) -> list[_Placed]:
    """Return the effective rules, those of higher layers first for their sites."""
    effective: list[_Placed] = []
    for folder in layers.folders:
        own = list(_layer(folder))
        _check_overlap(own)
        named = {site for placed in own for site in placed.rule.sites}
        effective = [*own, *(lower for lower in effective if named.isdisjoint(lower.rule.sites))]
    return [placed for placed in effective if not placed.rule.off]


def _layer(folder: Path) -> Iterator[_Placed]:
    """Yield the rules of one layer, after checking each."""
    for path in Layers((folder,)).glob(PATTERN):
        file = validate(read_document(path), _File, path)
        for number, rule in enumerate(file.rules):
            placed = _Placed(rule, path, number)
            for key, message in _faults(placed):
                raise placed.error(key, message)
            yield placed


def _faults(placed: _Placed) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with a rule, by key."""
    rule = placed.rule
    for site in rule.sites:
        if site != site.lower() or site not in (host_of(f"https://{site}/"), domain_of(f"https://{site}/")):
            yield "sites", f"{site!r} is no host or registered domain, such as news.example.org"
    for key, selector in (*((key, getattr(rule, key)) for key in _SELECTORS), *(("remove", it) for it in rule.remove)):
        if selector and (fault := _selector_fault(selector)):
            yield key, f"{selector!r} is not a CSS selector: {fault}"
    if rule.timezone is not None and rule.timezone not in available_timezones():
        yield "timezone", f"{rule.timezone!r} is no IANA time zone, such as Africa/Nairobi"
    if rule.valid_from and rule.valid_until and rule.valid_from > rule.valid_until:
        yield "valid_until", "lies before valid_from"
    if rule.off:
        return
    if not rule.test_page or rule.expect is None:
        yield "sites", "every rule has a test_page and says in [rules.expect] what is to be drawn from it"
    elif not (placed.path.parent / rule.test_page).is_file():
        yield "test_page", f"there is no file {rule.test_page!r} beside this one"


def _selector_fault(selector: str) -> str:
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        return str(error)
    return ""


def _check_overlap(placed: list[_Placed]) -> None:
    """Check that two rules of a layer for one site apply on different days."""
    for place, later in enumerate(placed):
        for earlier in placed[:place]:
            shared = sorted(set(later.rule.sites) & set(earlier.rule.sites))
            if shared and _overlap(later.rule, earlier.rule):
                other = f"{earlier.path.name}, rule {earlier.number + 1}"
                raise later.error("sites", f"{shared[0]} has another rule for the same days ({other})")


def _overlap(one: _Rule, other: _Rule) -> bool:
    """Return whether two rules apply on some of the same days."""
    latest = max(rule.valid_from or dt.date.min for rule in (one, other))
    return latest <= min(rule.valid_until or dt.date.max for rule in (one, other))
