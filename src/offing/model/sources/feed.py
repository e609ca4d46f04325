"""A feed: one address polled on a schedule.

Stages of its life: `FeedSpec` (as a person or the catalogue describes it) → `DueFeed` (due to be polled)
→ `ParsedFeed` (what its document announces) → `FeedUpdate` (the changes decided, but not yet
written) → `FeedStatus` (what a person is shown).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.symptom import Symptom
from offing.model.values.vocabulary import SourceKind

DEFAULT_GROUP = "default"


class FeedForm(StrEnum):
    """The format that a feed's document turned out to have."""

    RSS = "rss"
    ATOM = "atom"
    JSON = "json"
    SITEMAP = "sitemap"
    PAGE = "page"


class FeedState(StrEnum):
    """Whether a feed works reliably now. `gone` and `blocked` need a person; no feed is given up for ever.

    `quarantined` is never stored with a feed: it is derived from its quarantined work item (`store/feeds/feed.py`).
    """

    NEW = "new"
    HEALTHY = "healthy"
    FAILING = "failing"
    BLOCKED = "blocked"
    GONE = "gone"
    PAUSED = "paused"
    QUARANTINED = "quarantined"


KEPT_STATES = tuple(state for state in FeedState if state is not FeedState.QUARANTINED)
ILL = frozenset({FeedState.FAILING, FeedState.BLOCKED, FeedState.GONE, FeedState.QUARANTINED})


class PollOutcome(StrEnum):
    """How one poll ended."""

    OK = "ok"
    PARTIAL = "partial"
    ERROR = "error"
    BLOCKED = "blocked"
    UNCHANGED = "unchanged"
    GONE = "gone"
    RETRY_LATER = "retry_later"
    MOVED = "moved"
    SKIP = "skip"


class FeedKind(StrEnum):
    """What the address serves: a feed, or a page whose links are watched."""

    FEED = "feed"
    PAGE = "page"


class FeedAlarm(StrEnum):
    """What is odd about a feed that answers well.

    silent        nothing new for longer than its habit
    repeating     always the same entries under new keys
    undated       its entries lost their dates
    bodiless      its entries lost their texts
    flooding      many times more new entries than its habit
    endless-304   always "nothing new", although a full fetch shows news
    """

    SILENT = "silent"
    REPEATING = "repeating"
    UNDATED = "undated"
    BODILESS = "bodiless"
    FLOODING = "flooding"
    ENDLESS_304 = "endless-304"


@dataclass(frozen=True, slots=True)
class FeedSpec:
    """A feed as the catalogue, an import or a person describes it.

    `country` is ISO 3166-1 alpha-3 of the publisher, `language` ISO 639-1, `timezone` the IANA zone for dates
    without one. `interval_minutes` overrides the pipeline's policy. For a page (`kind`), its entries are the links that
    the CSS selector `links` matches; `dates` says where their dates are.
    """

    url: str
    title: str = ""
    groups: tuple[str, ...] = (DEFAULT_GROUP,)
    country: str | None = None
    language: str | None = None
    publisher: SourceKind = SourceKind.MEDIA
    timezone: str | None = None
    unverified: bool = False
    interval_minutes: int | None = None
    kind: FeedKind = FeedKind.FEED
    links: str = ""
    dates: str = ""


@dataclass(frozen=True, slots=True)
class FeedGroup:
    """A named group of the catalogue, described so that ops can choose."""

    id: str
    title: str
    description: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The feeds that ship, none active until chosen."""

    groups: tuple[FeedGroup, ...]
    feeds: tuple[FeedSpec, ...]


@dataclass(frozen=True, slots=True)
class DueFeed:
    """A stored feed that is due, with its state from the last polls.

    `failures` is a weight, not a count: hard failures add 1, temporary ones less. `since_full` is when the
    document was last read in full, so that an endless 304 is detected. `moved_to` is the permanent redirect target,
    believed only after it was seen several times. `history` holds its last exchanges, latest first;
    `known` its stored entries that the current document may announce again.
    """

    id: int
    spec: FeedSpec
    state: FeedState
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    failures: float = 0.0
    first_gone_at: datetime | None = None
    since_full: datetime | None = None
    moved_to: str | None = None
    moved_since: datetime | None = None
    moved_times: int = 0
    alarm: FeedAlarm | None = None
    history: tuple[Exchange, ...] = ()
    known: tuple[KnownEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class Exchange:
    """One exchange with a feed, as recorded.

    `size` counts the bytes of the document; `entries` the usable entries, `dated` and `with_text` how many
    of them have a date and a text. `new_entries` were seen for the first time, `repeated` are known ones under a new
    key, and `missed` are new, but older than the preceding "nothing new" (304).
    """

    at: datetime
    outcome: PollOutcome
    status: int | None = None
    seconds: float = 0.0
    size: int = 0
    entries: int = 0
    new_entries: int = 0
    dated: int = 0
    with_text: int = 0
    repeated: int = 0
    missed: int = 0
    cause: str = ""


@dataclass(frozen=True, slots=True)
class KnownEntry:
    """An entry that the feed announced earlier, reduced to what distinguishes it from a new one."""

    key: str
    url_key: str
    title: str = ""
    published: datetime | None = None


@dataclass(frozen=True, slots=True)
class Alarm:
    """What is odd about a feed that answers well, in a sentence, and what to do about it."""

    kind: FeedAlarm
    cause: str
    next_step: str


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """What a document announces. `problems` are sentences about unusable entries or parts.

    `whole` is False if the document was cut or only partly readable: the next answer may hold more.
    `skip_hours` (GMT) and `skip_days` (0 is Monday) are when the feed asks not to be polled; `parts` are the addresses
    of the sitemaps that an index names, likeliest news first, still to be read.
    """

    form: FeedForm
    title: str
    entries: tuple[AnnouncedEntry, ...]
    ttl_minutes: int | None = None
    language: str | None = None
    problems: tuple[str, ...] = ()
    whole: bool = True
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class NotAFeed:
    """A document that announces no entries: a block page, HTML, garbage. `reason` is a sentence.

    `suggestion` is the address of the feed that the document names, `advice` what else can be done.
    """

    reason: str
    suggestion: str | None = None
    advice: str = ""


@dataclass(frozen=True, slots=True)
class FeedUpdate:
    """The changes from one poll, all written in one transaction with the entries of the same document.

    `renamed` are pairs of keys: the key under which an entry is stored, and the one under which it is announced now.
    """

    outcome: PollOutcome
    state: FeedState
    next_poll_at: datetime
    exchange: Exchange
    cause: str = ""
    next_step: str = ""
    failures: float = 0.0
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    new_url: str | None = None
    first_gone_at: datetime | None = None
    read_in_full: bool = False
    title: str = ""
    entries: tuple[AnnouncedEntry, ...] = field(default=())
    form: FeedForm | None = None
    moved_to: str | None = None
    moved_since: datetime | None = None
    moved_times: int = 0
    renamed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """A feed as a person is shown it."""

    id: int
    spec: FeedSpec
    state: FeedState
    outcome: PollOutcome | None
    cause: str
    next_step: str
    last_poll_at: datetime | None
    next_poll_at: datetime | None
    entries: int
    alarm: FeedAlarm | None = None
    alarm_cause: str = ""
    alarm_since: datetime | None = None
    moved_to: str | None = None
    symptoms: tuple[Symptom, ...] = ()

    @property
    def in_trouble(self) -> bool:
        """Whether it does not deliver, or delivers what is odd or differs from its own past."""
        return self.state in ILL or self.alarm is not None or bool(self.symptoms)
