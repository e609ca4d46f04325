"""Findings: what looks wrong in the records before a release, by which rule, and how serious that is."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from offing.model.projects.related_work import RelatedWork
from offing.model.projects.release_format import ReleaseFormat


class Severity(StrEnum):
    """What a finding does to a release.

    error     nothing is published
    warning   nothing is published until somebody signs it off
    off       it is not looked for
    """

    ERROR = "error"
    WARNING = "warning"
    OFF = "off"


class ReleaseRule(StrEnum):
    """What is looked for before a release."""

    ABSURD_SUM = "absurd-sum"
    OUTLYING_SUM = "outlying-sum"
    CURRENCY = "currency"
    YEAR = "year"
    NO_COUNTRY = "no-country"
    NO_PARTY = "no-party"
    RIVAL_VALUES = "rival-values"
    SIGNED_LATE = "signed-after-completed"
    EMPTY_RELEASE = "empty-release"
    UNPROVED = "unproved-value"
    DANGLING = "dangling-evidence"
    DOUBLE = "probable-double"
    FEWER_ROWS = "fewer-rows"
    FILL_RATE = "fill-rate"
    ONE_SIDED = "one-sided"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that looks wrong, in which record, field and value, and what to do about it.

    `project_id` and `field` are empty where it concerns the release as a whole.
    """

    rule: ReleaseRule
    severity: Severity
    project_id: str
    field: str
    value: str
    problem: str
    remedy: str

    @property
    def key(self) -> str:
        """Twelve hexadecimal digits that name it; they stay the same while rule, record, field and value do."""
        identity = f"{self.rule}\n{self.project_id}\n{self.field}\n{self.value}"
        return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:12]

    @property
    def said(self) -> str:
        """The finding in a line."""
        where = f"{self.project_id} {self.field}" if self.project_id else "the release"
        return f"{where}: {self.problem}"


@dataclass(frozen=True, slots=True)
class ReleaseCheck:
    """A check of all records: when and by whom, how many there were, how many findings beyond those kept.

    `changes` says in words what would change against the last release.
    """

    at: datetime
    by: str
    records: int
    more: int = 0
    changes: str = ""


@dataclass(frozen=True, slots=True)
class SignOff:
    """A warning that somebody looked at and let pass; valid while the finding has the same key."""

    key: str
    about: str
    by: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class ReleaseLimits:
    """The figures of the rules.

    Args:
        usd: the largest plausible sum, in US dollars.
        first_year: the first year in which an event is plausible.
        years_ahead: how many years in the future an event may be.
        deviations: how many robust standard deviations a sum may be from the median of its peers.
        peers: the least number of sums with which it is compared.
        fewer_rows: the share of rows that a table may lose.
        fill_drop: by how much the share of filled cells of a column may fall.
        least_rows: the least number of rows for which the last two are compared.
    """

    usd: Decimal
    first_year: int
    years_ahead: int
    deviations: float
    peers: int
    fewer_rows: float
    fill_drop: float
    least_rows: int


@dataclass(frozen=True, slots=True)
class QuoteBudget:
    """How much of an article a release may quote: a share of its characters, and so many at most.

    `reserved` is the number of characters for an article whose publisher reserves the text.
    """

    share: float
    most: int
    reserved: int

    def of(self, length: int, *, reserved: bool) -> int:
        """The number of characters that may be quoted of an article of some length."""
        own = min(int(self.share * length), self.most)
        return min(own, self.reserved) if reserved else own


@dataclass(frozen=True, slots=True)
class Citation:
    """How a release is to be cited: the SPDX id of its licence, "" where none is named, and its authors.

    `description` and `keywords` are for catalogues; `url` is where the files of a release lie, with {version} in it,
    "" where no place is named; `related` are works to which the releases are related.
    """

    licence: str = ""
    authors: tuple[str, ...] = ()
    description: str = ""
    keywords: tuple[str, ...] = ()
    url: str = ""
    related: tuple[RelatedWork, ...] = ()


@dataclass(frozen=True, slots=True)
class ReleaseRules:
    """How releases are checked, and how much they quote.

    `required` are the fields whose values need evidence, or a person who set them; `currencies` are codes that are
    accepted beside those in use; `archive` is the template of the addresses of archived copies, "" without any.
    """

    severities: Mapping[ReleaseRule, Severity]
    limits: ReleaseLimits
    required: tuple[str, ...]
    currencies: frozenset[str]
    quotes: QuoteBudget
    citation: Citation
    formats: tuple[ReleaseFormat, ...]
    archive: str = ""
