"""Separates known entries from new ones, even if their keys changed (docs/limits.md, Keys).

Some feeds give an entry a new guid, a new address or both on every reading (feedbin #416, lion-reader #1535). So an
entry with an unknown key counts as a known entry that has just left the document, if both link to one page or share
title and date. A ministry may publish five notices under one title on one day: if the date has no time, or there is no
date, the title must be long enough to be unique.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import Exchange, KnownEntry

DISTINCTIVE_TITLE = 40  # bytes as UTF-8; "Morning briefing" recurs every day
NOT_MODIFIED = 304
SLACK = timedelta(days=1)  # entries appear some hours after their date


@dataclass(frozen=True, slots=True)
class SortedEntries:
    """The new entries of a document. `renamed` pairs each known entry's old key with its new one.

    `missed` counts the new entries that are older than the 304 ("nothing new") of the previous exchange.
    """

    new: int = 0
    renamed: tuple[tuple[str, str], ...] = ()
    missed: int = 0


def sort_entries(
    entries: Sequence[AnnouncedEntry], known: Sequence[KnownEntry], history: Sequence[Exchange]
) -> SortedEntries:
    """Split a document's entries into known and new.

    Args:
        entries: what the document announces.
        known: the stored entries of its feed that may be among them.
        history: the last exchanges, latest first.
    """
    announced, keys = {entry.key for entry in entries}, {entry.key for entry in known}
    gone = _MissingEntries([entry for entry in known if entry.key not in announced])
    fresh = [entry for entry in entries if entry.key not in keys]
    renamed = [(old, entry.key) for entry in fresh if (old := gone.take(entry))]
    renamed_keys = {key for _, key in renamed}
    new = [entry for entry in fresh if entry.key not in renamed_keys]
    old_dates = [entry.published for entry in entries if entry.key in keys and entry.published]
    missed = 0
    # The last 304 hid entries that are older than it. Those older than every known date do not count: old entries
    # resurface at the end of a document when others are removed.
    if history and history[0].status == NOT_MODIFIED and old_dates:
        horizon, oldest = history[0].at - SLACK, min(old_dates)
        missed = sum(1 for entry in new if entry.published and oldest <= entry.published < horizon)
    return SortedEntries(len(new), tuple(renamed), missed)


class _MissingEntries:
    """Known entries whose key the document no longer announces; each can match one announced entry."""

    def __init__(self, entries: Sequence[KnownEntry]) -> None:
        self._by_mark: dict[tuple[str, ...], list[str]] = defaultdict(list)
        self._taken: set[str] = set()
        for entry in entries:
            for mark in _marks(entry):
                self._by_mark[mark].append(entry.key)

    def take(self, entry: AnnouncedEntry) -> str | None:
        """Return the key under which an entry was known, which is then used up; None if the entry is new."""
        for mark in _marks(entry):
            for key in self._by_mark[mark]:
                if key not in self._taken:
                    self._taken.add(key)
                    return key
        return None


def _marks(entry: KnownEntry | AnnouncedEntry) -> Iterator[tuple[str, ...]]:
    """Yield what identifies an entry apart from its key, most reliable first."""
    yield "page", entry.url_key
    title, date = entry.title.casefold(), entry.published
    has_time = date is not None and bool(date.minute or date.second)
    if title and (has_time or len(title.encode("utf-8", "replace")) >= DISTINCTIVE_TITLE):
        yield "title and date", title, date.isoformat() if date else ""
