"""Which announced entries are known, under whatever key; the rest is new (docs/limits.md, Keys).

Some feeds give an entry a new guid on every reading, or a new address, or both (feedbin #416, lion-reader #1535).
So an entry whose key is unknown is the known one that has just left the document if both lead to one page, or
have one title and one date. A ministry may publish five notices under one title on one day: where the date has no
time, and where there is none, the title must be long enough to be nobody else's.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from offing.model.entry import AnnouncedEntry
from offing.model.feed import Exchange, KnownEntry

TELLING_TITLE = 40  # bytes as UTF-8; "Morning briefing" stands every day
NOT_MODIFIED = 304
SLACK = timedelta(days=1)  # entries appear some hours after the date that they carry


@dataclass(frozen=True, slots=True)
class Sifted:
    """What of a document is new. `renamed` are pairs of the key by which an entry was known, and its new one.

    `missed` counts the new entries that are older than the "nothing new" (304) of the exchange before.
    """

    new: int = 0
    renamed: tuple[tuple[str, str], ...] = ()
    missed: int = 0


def sift(entries: Sequence[AnnouncedEntry], known: Sequence[KnownEntry], history: Sequence[Exchange]) -> Sifted:
    """Which entries of a document are new.

    Args:
        entries: what the document announces.
        known: the stored entries of its feed that may be among them.
        history: the last exchanges, latest first.
    """
    announced, keys = {entry.key for entry in entries}, {entry.key for entry in known}
    gone = _Gone([entry for entry in known if entry.key not in announced])
    fresh = [entry for entry in entries if entry.key not in keys]
    renamed = [(old, entry.key) for entry in fresh if (old := gone.take(entry))]
    news = {key for _, key in renamed}
    new = [entry for entry in fresh if entry.key not in news]
    old_dates = [entry.published for entry in entries if entry.key in keys and entry.published]
    return Sifted(len(new), tuple(renamed), _missed(new, old_dates, history))


class _Gone:
    """Known entries that the document does not announce under their key; each stands in for one announced entry."""

    def __init__(self, entries: Sequence[KnownEntry]) -> None:
        self._by_mark: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._taken: set[str] = set()
        for entry in entries:
            for mark in _marks(entry):
                self._by_mark[mark].append(entry.key)

    def take(self, entry: AnnouncedEntry) -> str | None:
        """The key under which an entry was known, taken for good; None where it is new."""
        for mark in _marks(entry):
            for key in self._by_mark[mark]:
                if key not in self._taken:
                    self._taken.add(key)
                    return key
        return None


def _marks(entry: KnownEntry | AnnouncedEntry) -> Iterator[tuple[str, ...]]:
    """What tells an entry without its key, surest first."""
    yield "page", entry.url_key
    title, date = entry.title.casefold(), entry.published
    has_time = date is not None and bool(date.minute or date.second)
    if title and (has_time or len(title.encode("utf-8", "replace")) >= TELLING_TITLE):
        yield "title and date", title, date.isoformat() if date else ""


def _missed(new: Sequence[AnnouncedEntry], old_dates: Sequence[datetime], history: Sequence[Exchange]) -> int:
    """How many new entries the last 304 kept from us.

    They are older than it, and not at the end of the document, where old ones show up when others are taken out.
    """
    if not history or history[0].status != NOT_MODIFIED or not old_dates:
        return 0
    horizon, oldest = history[0].at - SLACK, min(old_dates)
    return sum(1 for entry in new if entry.published and oldest <= entry.published < horizon)
