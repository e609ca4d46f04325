"""Outlets: known markup of single publishers, as data. `config` builds the rules, extraction applies them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OutletRule:
    """How pages of an outlet fetched from `valid_from` to `valid_until`, both included, are read.

    `sites` are hosts or registered domains. The other fields are CSS selectors, empty if the general method does as
    well; `remove` selects what is removed before anything is read. `boilerplate` are lines that belong to no
    article. Dates without a zone are in `timezone`.
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
        """Return whether it applies to pages fetched on a day."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True, slots=True)
class OutletRules:
    """All outlet rules. `version` is a digest of the files behind them."""

    rules: tuple[OutletRule, ...] = ()
    version: str = ""

    def of(self, host: str, domain: str, day: dt.date) -> OutletRule | None:
        """Return the rule for a host on a day; a rule for the host takes precedence over one for its domain."""
        for site in (host, domain):
            for rule in self.rules:
                if site and site in rule.sites and rule.holds_on(day):
                    return rule
        return None
