"""Turns a document's raw items into announced entries: cleaned, limited, identified; bad ones are left out.

The three readers (RSS and Atom, JSON Feed, sitemap) all hand over `RawEntry`, so the rules on entries are here once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from offing.model.sources.entry import AnnouncedEntry
from offing.model.text.dates import read_date
from offing.model.text.text import clean_text, cut_bytes, plain
from offing.poll.documents.document import mask
from offing.poll.documents.entry_keys import guid_of, key_by_guid, key_by_link, key_by_title
from offing.urls import url_key

# Limits of docs/limits.md, Sizes; in bytes for strings.
MOST_ENTRIES = 2000
MOST_LOOKED_AT = 3000  # items at either end of a document: the newest are at one of the two
LONGEST_TITLE = 1024
LONGEST_SUMMARY = 20 * 1024
LONGEST_LINK = 2048
LONGEST_GUID = 2048
LONGEST_AUTHOR = 512
LONGEST_DATE = 128
_MOST_PROBLEMS = 20
_FAR = 4
_NO_TEXT = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff]")
_SHOWN = 60  # characters of foreign text quoted in a sentence
# Fallback zones: the Chinese-language press writes UTC+8 nearly everywhere, and CST for China Standard Time.
_ZONES = {"zh": "Asia/Shanghai"}
# Looks like a declaration, but is neither a document type, nor a comment, nor CDATA.
_NO_MARKUP = re.compile(r"<!(?!doctype\s+html|\[CDATA\[|--)[^<>]{0,20}>?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Source:
    """Where a document came from: address, time of reading, time zone, language."""

    url: str
    now: datetime
    zone: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class RawEntry:
    """One item as its document has it, uncleaned. `links` are tried in order."""

    links: tuple[str, ...] = ()
    guid: str = ""
    title: str = ""
    summary: str = ""
    published: str = ""
    author: str = ""
    language: str = ""
    updated: str = ""


@dataclass(frozen=True, slots=True)
class _Item:
    """An item with a usable link, not yet keyed."""

    raw: RawEntry
    url: str
    link_key: str
    title: str
    published: datetime | None


def announce(
    raws: Sequence[RawEntry], source: Source, trouble: Iterable[str] = (), unread: int = 0
) -> tuple[tuple[AnnouncedEntry, ...], tuple[str, ...]]:
    """Return the usable entries, each once, in document order, and sentences on the rest.

    Args:
        raws: the items in document order.
        source: where the document came from.
        trouble: problems already found in the document.
        unread: number of further items in the document that were not examined.
    """
    source = replace(source, zone=source.zone or _ZONES.get(source.language or ""))
    total = unread + len(raws)
    raws = _examined(raws)
    items: list[_Item] = []
    problems = list(trouble)
    for number, raw in enumerate(raws, 1):
        item = _item(raw, source)
        if isinstance(item, str):
            problems.append(f"entry {number}{_quoted(raw.title)} {item}")
        else:
            items.append(item)
            problems.extend(f"entry {number}{_quoted(raw.title)}: {cut}" for cut in _cuts(raw))
    taken = items
    if len(items) > MOST_ENTRIES:
        if all(item.published for item in items):  # else feeds put the newest first
            taken = sorted(items, key=lambda item: item.published or datetime.min.replace(tzinfo=UTC), reverse=True)
        taken = taken[:MOST_ENTRIES]
        problems.append(f"the document has {total:,} entries; the newest {MOST_ENTRIES:,} were taken")
    more = len(problems) - _MOST_PROBLEMS
    rest = (f"and {more:,} more problems of this kind",) if more > 0 else ()
    return _keyed(taken, source), (*problems[:_MOST_PROBLEMS], *rest)


def usable_link(link: str, base: str) -> str | None:
    """Return a link as an absolute web address; None if it is invalid, too long, or the feed itself.

    Links that URL parsers disagree on (spaces, backslashes, user names and passwords) are invalid.
    """
    try:
        full = urljoin(base, clean_text(link))
        parts = urlsplit(full)
        is_odd = "\\" in full or "@" in parts.netloc or " " in parts.netloc or parts.port == 0
        same = url_key(full) == url_key(base)
    except ValueError:
        return None
    is_long = len(full.encode("utf-8", "replace")) > LONGEST_LINK
    return None if is_odd or same or is_long else full


def language_code(name: str) -> str | None:
    """Return ISO 639-1 from a language tag (pt-BR, zh_CN), or None."""
    code = name.strip().lower().replace("_", "-").split("-")[0]
    return code if len(code) == 2 and code.isascii() and code.isalpha() else None  # noqa: PLR2004 - ISO 639-1


def _item(raw: RawEntry, source: Source) -> _Item | str:
    """Return the item, or a sentence on what is wrong with it."""
    stated = [link for link in raw.links if link.strip()]
    if not stated:
        return "has no link"
    url = next((found for link in stated if (found := usable_link(link, source.url))), None)
    if url is None:
        return f"has no usable link: {clean_text(stated[0])[:_SHOWN]!r} is no web address of a page"
    title = cut_bytes(plain(raw.title[: _FAR * LONGEST_TITLE]), LONGEST_TITLE)
    return _Item(raw, url, url_key(url), title, read_date(clean_text(raw.published), source.now, source.zone))


def _cuts(raw: RawEntry) -> Iterable[str]:
    """Yield sentences on shortened strings; strings slightly over their limit are cut silently."""
    limits = (
        ("title", raw.title, LONGEST_TITLE),
        ("summary", raw.summary, 2 * LONGEST_SUMMARY),
        ("guid", raw.guid, LONGEST_GUID),
    )
    for name, text, limit in limits:
        if len(text) > _FAR * limit:
            yield f"its {name} was cut"
        if _NO_TEXT.search(text):
            yield f"its {name} holds characters that are no text; they were taken out"
    if "<!" in raw.summary and (broken := _NO_MARKUP.search(mask(raw.summary))):
        yield f"its text holds markup that is none ({clean_text(broken[0])!r}); what could be read was taken"


def _examined(raws: Sequence[RawEntry]) -> Sequence[RawEntry]:
    """Return those of too many items that may be the newest: by date if all begin with a year, else from both ends."""
    if len(raws) <= 2 * MOST_LOOKED_AT:
        return raws
    if all(raw.published[:4].isdigit() for raw in raws):
        return sorted(raws, key=lambda raw: raw.published, reverse=True)[: 2 * MOST_LOOKED_AT]
    return [*raws[:MOST_LOOKED_AT], *raws[-MOST_LOOKED_AT:]]


def _keyed(items: list[_Item], source: Source) -> tuple[AnnouncedEntry, ...]:
    """Return the entries with their keys; of entries with the same key the first stays."""
    guids = Counter(guid_of(clean_text(item.raw.guid)) for item in items)
    guids.pop("", None)  # a missing guid is not a guid of its own
    links = Counter(item.link_key for item in items if guids[guid_of(clean_text(item.raw.guid))] != 1)
    entries: dict[str, AnnouncedEntry] = {}
    for item in items:
        guid = clean_text(item.raw.guid)
        if guid and guids[guid_of(guid)] == 1:
            key = key_by_guid(guid)
        elif links[item.link_key] == 1 or not item.title:
            key = key_by_link(item.link_key)
        else:
            key = key_by_title(item.title, item.published)
        entries.setdefault(key, _entry(item, key, source))
    return tuple(entries.values())


def _entry(item: _Item, key: str, source: Source) -> AnnouncedEntry:
    """Return an item as an entry, its strings cleaned and within their limits."""
    raw = item.raw
    updated = read_date(clean_text(raw.updated), source.now, source.zone)
    return AnnouncedEntry(
        key=key,
        url=item.url,
        url_key=item.link_key,
        title=item.title,
        summary=cut_bytes(plain(raw.summary[: 2 * _FAR * LONGEST_SUMMARY]), LONGEST_SUMMARY),
        guid=cut_bytes(clean_text(raw.guid), LONGEST_GUID) or None,
        published=item.published,
        published_raw=cut_bytes(clean_text(raw.published), LONGEST_DATE) or None,
        author=cut_bytes(plain(raw.author[: _FAR * LONGEST_AUTHOR]), LONGEST_AUTHOR) or None,
        language=language_code(raw.language) or source.language,
        updated=updated if updated != item.published else None,
    )


def _quoted(title: str) -> str:
    text = plain(title[: _FAR * LONGEST_TITLE])[:_SHOWN]
    return f" ({text!r})" if text else ""
