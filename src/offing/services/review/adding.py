"""Adds addresses and pasted texts that people found elsewhere to the pipeline, and reports what became of them."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum
from html import escape

import sqlalchemy as sa

from offing.errors import UsageError
from offing.model.sources.entry import PASTED_HOST, AnnouncedEntry
from offing.model.sources.page import FetchedPage
from offing.model.text.text import clean_text, plain
from offing.poll.listings.feed_list import address_fault
from offing.store.articles.address_history import address_history
from offing.store.articles.entry import added_by, keep_pasted, save_entries
from offing.store.database.engine import Database
from offing.urls import url_key

LONGEST_TEXT = 200_000  # characters, as for an article on a page
LONGEST_TITLE = 500
FARTHEST_YEARS = 10  # of a pasted article's day, before or after today
_PARAGRAPHS = re.compile(r"\n\s*\n|\n")


class AddResult(StrEnum):
    """The result of adding an address or a text."""

    ADDED = "added"
    KNOWN = "known"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Added:
    """The result for one address or text, with a sentence of detail."""

    url: str
    result: AddResult
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Pasted:
    """A text that a person pasted. `url` is its address, "" if it has none on the web."""

    title: str
    text: str
    url: str = ""
    outlet: str = ""
    day: date | None = None


@dataclass(frozen=True, slots=True)
class FoundByHand:
    """Something that a person added, with a sentence on how far it has come."""

    url: str
    title: str
    at: datetime
    stands: str
    candidate_ids: tuple[int, ...] = ()


def add_addresses(
    database: Database, urls: Iterable[str], by: str, now: datetime, blind: Collection[int] = ()
) -> list[Added]:
    """Add addresses to the pipeline; the next run fetches them, with the same guard as every fetch.

    For candidates to which the person is `blind`, the answer does not reveal the decision.
    """
    with database.write() as conn:
        return [_known(conn, url, blind) or _put(conn, url, by, now) for url in dict.fromkeys(urls)]


def add_text(database: Database, pasted: Pasted, by: str, now: datetime, blind: Collection[int] = ()) -> Added:
    """Add a pasted text to the pipeline, as if its page had been fetched; the next run reads it.

    Raises:
        UsageError: it has no title or text, is too long, its day is too far away, or its address cannot be used.
    """
    title, text = clean_text(pasted.title), plain(pasted.text).strip()
    if not title or not text:
        raise UsageError("a pasted article needs its title and its text")
    if len(title) > LONGEST_TITLE or len(text) > LONGEST_TEXT:
        raise UsageError(f"a title has at most {LONGEST_TITLE} characters, a text {LONGEST_TEXT:,}")
    _check_day(pasted.day, now)
    digest = hashlib.sha256(f"{title}\n{text}".encode("utf-8", "replace")).hexdigest()
    url = pasted.url.strip() or f"https://{PASTED_HOST}/{digest[:32]}"
    fault = address_fault(url)
    if fault:
        raise UsageError(fault)
    published = datetime.combine(pasted.day, time(), UTC) if pasted.day else None
    entry = AnnouncedEntry(digest, url, url_key(url), title=title, published=published)
    with database.write() as conn:
        known = _known(conn, url, blind)
        if known:
            return known
        keep_pasted(conn, entry, _page(url, Pasted(title, text, url, clean_text(pasted.outlet), pasted.day), now), by)
    return Added(url, AddResult.ADDED)


def found_by(database: Database, by: str, limit: int = 50) -> tuple[FoundByHand, ...]:
    """Return what a person added, newest first, each with how far it has come."""
    with database.read() as conn:
        rows = added_by(conn, by, limit)
        fates = [address_history(conn, row.url_key) for row in rows]
    return tuple(
        FoundByHand(row.url, row.title, row.seen_at, fate.stands, fate.candidate_ids)
        for row, fate in zip(rows, fates, strict=True)
        if fate
    )


def _check_day(day: date | None, now: datetime) -> None:
    """Refuse a day that is most likely mistyped: a candidate's dates, age and story follow from it.

    Raises:
        UsageError: it is more than `FARTHEST_YEARS` away.
    """
    if day is None or abs((day - now.date()).days) <= FARTHEST_YEARS * 365.25:
        return
    side = "past" if day < now.date() else "future"
    raise UsageError(
        f"the day {day.isoformat()} is more than {FARTHEST_YEARS} years in the {side}, which is mostly a slip of the"
        " keyboard: correct it, or leave it empty, and the date is read from the text"
    )


def _put(conn: sa.Connection, url: str, by: str, now: datetime) -> Added:
    """Add one new address to the pipeline, unless it cannot be used."""
    fault = address_fault(url)
    if fault:
        return Added(url, AddResult.REFUSED, fault)
    entry = AnnouncedEntry(hashlib.sha256(url.encode()).hexdigest(), url, url_key(url))
    save_entries(conn, None, [entry], now, by)
    return Added(url, AddResult.ADDED)


def _known(conn: sa.Connection, url: str, blind: Collection[int]) -> Added | None:
    known = None if address_fault(url) else address_history(conn, url_key(url), blind)
    if known is None:
        return None
    return Added(url, AddResult.KNOWN, f"{known.stands}; brought by {known.source} on {known.seen_at:%Y-%m-%d}")


def _page(url: str, pasted: Pasted, now: datetime) -> FetchedPage:
    """Return a page that carries the pasted text, since the pipeline starts from pages."""
    day = f'<meta property="article:published_time" content="{pasted.day.isoformat()}">' if pasted.day else ""
    outlet = f'<meta property="og:site_name" content="{escape(pasted.outlet)}">' if pasted.outlet else ""
    paragraphs = "".join(f"<p>{escape(each.strip())}</p>" for each in _PARAGRAPHS.split(pasted.text) if each.strip())
    title = escape(pasted.title)
    document = (
        f'<!doctype html><html><head><meta charset="utf-8"><title>{title}</title>{outlet}{day}</head>'
        f"<body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
    )
    return FetchedPage(url, url, 200, "text/html; charset=utf-8", {}, document.encode("utf-8", "replace"), now)
