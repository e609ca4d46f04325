"""Outlets: what is known of the markup of single publishers, as data. `config` builds it, extraction reads by it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutletRule:
    """How the pages of an outlet are read that were fetched from `valid_from` to `valid_until`, both included.

    `sites` are hosts or registered domains. The others are CSS selectors, empty where the general method does as
    well; `remove` names what goes before anything is read. `boilerplate` are lines that are no text of any
    article. Dates without a zone are meant in `timezone`.
    """

    sites: tuple[str, ...]
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

    def holds_on(self, day: dt.date) -> bool:
        """Whether pages fetched on a day are read by it."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class OutletRules:
    """All outlet rules. `version` is a digest of the files behind them."""

    rules: tuple[OutletRule, ...] = ()
    version: str = ""

    def of(self, host: str, domain: str, day: dt.date) -> OutletRule | None:
        """The rule for a host on a day; one that names the host goes before one that names its domain."""
        for site in (host, domain):
            for rule in self.rules:
                if site and site in rule.sites and rule.holds_on(day):
                    return rule
        return None
