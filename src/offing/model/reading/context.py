"""Context: a summit, plan or initiative between China and other countries. Kept with its region, never a candidate."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class ContextKind(StrEnum):
    """What an article of context is about.

    summit       a meeting of several states: a forum, a ministerial conference
    plan         what states or China set down for years: an action plan, a strategy, a five-year plan
    initiative   what China proposes or pledges to many: the Digital Silk Road, a package of promises
    """

    SUMMIT = "summit"
    PLAN = "plan"
    INITIATIVE = "initiative"


@dataclass(frozen=True, slots=True)
class Context:
    """What one article reports about a summit, plan or initiative.

    `regions` are ids of config/context.toml, `countries` ISO 3166-1 alpha-3. `quote` is the sentence that states what
    it is: `article.text[start:end]`.
    """

    kind: ContextKind
    regions: tuple[str, ...]
    countries: tuple[str, ...]
    start: int
    end: int
    quote: str


@dataclass(frozen=True, slots=True)
class StoredContext:
    """A listed article of context. `candidate_id`: its candidate below the cut, if a reader sees a project there."""

    article_id: int
    context: Context
    title: str
    url: str
    outlet: str
    language: str
    published: datetime | None
    candidate_id: int | None


@dataclass(frozen=True, slots=True)
class ContextForm:
    """A wording for a kind of context, or the name of a region, in one language or `*`.

    A trailing `*` stands for any ending. `named` is a proper name that by itself implies China is behind it.
    """

    key: str
    text: str
    language: str
    weight: float = 1.0
    named: bool = False


@dataclass(frozen=True, slots=True)
class CountryGroup:
    """A group of countries that China meets as one; `members` excludes China, and is empty if there are none."""

    id: str
    name: str
    members: frozenset[str]


@dataclass(frozen=True, slots=True)
class ContextRules:
    """What makes a rejected article context: config/context.toml.

    `least` is the minimum strength at which wordings in the title and first paragraphs count; `region` the bonus for a
    region beside them; `members_least` how many of a region's countries imply it if it is not named; `other_matter`
    the log-odds from which reasons of `other_matters` show that the article is about something else; `zones` where a
    wording must appear.
    """

    wordings: tuple[ContextForm, ...] = ()
    names: tuple[ContextForm, ...] = ()
    regions: tuple[CountryGroup, ...] = ()
    zones: tuple[tuple[str, float], ...] = ()
    least: float = 1.0
    region: float = 0.0
    members_least: int = 3
    other_matter: float = 1.5
    other_matters: frozenset[str] = field(default_factory=frozenset)
