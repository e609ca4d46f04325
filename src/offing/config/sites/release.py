"""Loads `release.toml`: what is checked before a release, and how much it quotes."""

from __future__ import annotations

from decimal import Decimal

from pydantic import Field, field_validator

from offing.config.files.documents import Strict, read_merged
from offing.config.files.layers import Layers
from offing.model.projects.archived_copy import archive_problem
from offing.model.projects.finding import Citation, QuoteBudget, ReleaseLimits, ReleaseRule, ReleaseRules, Severity
from offing.model.projects.related_work import RelatedWork, Relation
from offing.model.projects.release_format import ReleaseFormat
from offing.model.reading.evidence import FieldName

FILE = "release.toml"


class _Limits(Strict):
    usd: int = Field(ge=1)
    first_year: int = Field(ge=1, le=9999)
    years_ahead: int = Field(ge=0, le=1000)
    deviations: float = Field(gt=0)
    peers: int = Field(ge=5)
    fewer_rows: float = Field(ge=0, le=1)
    fill_drop: float = Field(ge=0, le=1)
    least_rows: int = Field(ge=1)


class _Values(Strict):
    required: list[FieldName]
    currencies: list[str]

    @field_validator("currencies")
    @classmethod
    def _codes(cls, found: list[str]) -> list[str]:
        for code in found:
            if len(code) != 3 or not (code.isascii() and code.isalpha() and code.isupper()):  # noqa: PLR2004 -- ISO 4217
                raise ValueError(f"{code!r} is not a code of ISO 4217, such as XDR")
        return found


class _Quotes(Strict):
    share: float = Field(ge=0, le=1)
    most: int = Field(ge=0)
    reserved: int = Field(ge=0)


class _Related(Strict):
    identifier: str = Field(pattern=r"^(10\.\d{4,9}/\S+|https?://\S+)$")
    relation: Relation


class _Citation(Strict):
    licence: str = Field(default="", pattern=r"^[A-Za-z0-9.+-]+$")
    authors: list[str]
    description: str
    keywords: list[str]
    url: str = Field(default="", pattern=r"^https?://[^\s{}]+(\{version\}[^\s{}]*)?$")
    related: list[_Related] = Field(default_factory=list)

    @field_validator("authors")
    @classmethod
    def _names(cls, found: list[str]) -> list[str]:
        for name in found:
            if not name.strip() or not name.isprintable():
                raise ValueError(f"{name!r} is not the name of a person or a body")
        return [name.strip() for name in found]


class _Sources(Strict):
    archive: str = ""

    @field_validator("archive")
    @classmethod
    def _template(cls, found: str) -> str:
        if found and (problem := archive_problem(found)):
            raise ValueError(f"{found!r}: {problem}, such as https://archive.example/{{timestamp}}/{{url}}")
        return found


class _Files(Strict):
    formats: list[ReleaseFormat]


class _Release(Strict):
    rules: dict[ReleaseRule, Severity]
    limits: _Limits
    values: _Values
    quotes: _Quotes
    citation: _Citation
    files: _Files
    sources: _Sources


def load_release(layers: Layers) -> ReleaseRules:
    """The rules for releases of some layers.

    Raises:
        ConfigError: the file is invalid.
    """
    found = read_merged(layers, FILE, _Release)
    limits, quotes = found.limits, found.quotes
    return ReleaseRules(
        severities={rule: found.rules.get(rule, Severity.WARNING) for rule in ReleaseRule},
        limits=ReleaseLimits(**{**limits.model_dump(), "usd": Decimal(limits.usd)}),
        required=tuple(found.values.required),
        currencies=frozenset(found.values.currencies),
        quotes=QuoteBudget(quotes.share, quotes.most, quotes.reserved),
        citation=_citation(found.citation),
        formats=tuple(found.files.formats),
        archive=found.sources.archive,
    )


def _citation(found: _Citation) -> Citation:
    related = tuple(RelatedWork(each.identifier, each.relation) for each in found.related)
    texts = (found.licence, tuple(found.authors), found.description, tuple(found.keywords))
    return Citation(*texts, found.url, related)
