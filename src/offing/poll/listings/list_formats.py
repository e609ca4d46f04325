"""Reads lists of feeds: OPML, JSON and CSV, recognised by content, not by file name. Pure."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from offing.model.text.charset import decode
from offing.poll.listings.feed_list import FeedList, fields_of
from offing.poll.listings.opml import read_opml
from offing.poll.listings.tabular import read_table
from offing.urls import lookalike_key

LARGEST = 20 * 1024 * 1024  # bytes; 20,000 feeds take about 6 MB
_DEEPEST = 8  # levels of a JSON list
_HEAD = 2000  # characters in which the root element starts
_LONGEST_NUMBER = 40
_WRAPPERS = frozenset({"feeds", "subscriptions", "sources", "items", "outlines", "data", "groups", "results"})
_FEED_ROOTS = ("<rss", "<rdf:rdf", "<feed", "<urlset", "<sitemapindex")
_IS_FEED = "it is a feed itself, no list of feeds: offing feeds add ADDRESS"
_IS_PAGE = "it is a web page, no list of feeds: offing feeds discover ADDRESS finds the feeds that it names"
_IS_PACKED = "it is a packed file, such as a spreadsheet: save it as CSV first"


def read_list(content: bytes) -> FeedList:
    """Return the feeds of a list, each once, and sentences on unusable lines.

    Accepts OPML; JSON (addresses, objects, the catalogue's form, `offing feeds list --json`, one object per line); CSV
    (columns in any order and under many names, any delimiter; only addresses are required); plain lines.
    """
    if len(content) > LARGEST:
        return _none("list", f"it has {len(content):,} bytes; lists up to {LARGEST:,} are read")
    if content.startswith((b"PK\x03\x04", b"\x1f\x8b", b"\xd0\xcf\x11\xe0")):
        return _none("packed file", _IS_PACKED)
    text = decode(content).text.lstrip("\ufeff \t\r\n")
    if not text:
        return _none("list", "it is empty")
    if text.startswith("<"):
        return _markup(content, text)
    if text[0] in "[{":
        return _json(text)
    return read_table(text).closed()


def lookalikes(urls: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    """Return groups of positions in `urls` of what is probably one feed: all but scheme, www, last slash, tracking."""
    alike: dict[str, list[int]] = {}
    for number, url in enumerate(urls):
        alike.setdefault(lookalike_key(url), []).append(number)
    return tuple(tuple(numbers) for numbers in alike.values() if len(numbers) > 1)


def _none(form: str, why: str) -> FeedList:
    return FeedList(form, problems=[why])


def _markup(content: bytes, text: str) -> FeedList:
    """Return the feeds of a document that begins with a tag."""
    head = text[:_HEAD].lower()
    if "<opml" not in head and "<outline" not in text.lower():
        if "<html" in head or "<!doctype html" in head:
            return _none("web page", _IS_PAGE)
        if any(root in head for root in _FEED_ROOTS):
            return _none("feed", _IS_FEED)
    return read_opml(content)


def _json(text: str) -> FeedList:
    """Return the feeds of a text that begins like JSON."""
    try:
        found = _loaded(text)
    except (ValueError, RecursionError) as error:
        return _lines(text) or _none("JSON", f"it looks like JSON, but cannot be read: {str(error)[:120]}")
    if isinstance(found, dict) and "jsonfeed" in str(found.get("version", "")):
        return _none("feed", _IS_FEED)
    listed = FeedList("JSON")
    for number, (record, problem) in enumerate(_records(found, ()), 1):
        if record:
            listed.take(f"item {number}", record)
        else:
            listed.skip(f"item {number}", problem)
    if not listed.feeds and not listed.problems:
        listed.problems.append("it holds no address")
    return listed.closed()


def _lines(text: str) -> FeedList | None:
    """Read one object per line (JSON Lines); None if the first line is no object."""
    listed = FeedList("JSON Lines")
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        try:
            found = _loaded(line)
        except (ValueError, RecursionError):
            if not listed.feeds:
                return None
            listed.skip(f"line {number}", "cannot be read as JSON")
            continue
        for record, problem in _records(found, ()):
            if record:
                listed.take(f"line {number}", record)
            else:
                listed.skip(f"line {number}", problem)
    return listed.closed()


def _loaded(text: str) -> Any:
    return json.loads(text, parse_int=lambda digits: digits[:_LONGEST_NUMBER], parse_constant=lambda _name: None)


def _records(value: Any, groups: tuple[str, ...]) -> Iterator[tuple[dict[str, str], str]]:
    """Yield the feeds in a JSON value, or what is wrong with it.

    Names of nested lists become the groups of their feeds.
    """
    if isinstance(value, str):
        yield {"url": value, "groups": ",".join(groups)}, ""
    elif isinstance(value, Mapping) and (record := _record(value, groups)):
        yield record, ""
    elif isinstance(value, list | Mapping) and len(groups) < _DEEPEST:
        for name, inner in value.items() if isinstance(value, Mapping) else (("", each) for each in value):
            if isinstance(inner, list | Mapping) or not isinstance(value, Mapping):
                group = () if not name or str(name).casefold() in _WRAPPERS else (str(name).replace(",", " "),)
                yield from _records(inner, (*groups, *group))
    else:
        yield {}, f"{str(value)[:60]!r} is not an address and no object with one"


def _record(value: Mapping[Any, Any], groups: tuple[str, ...]) -> dict[str, str]:
    """Return an object's values under our names; empty if it has no address."""
    written: dict[str, str] = {}
    for name, each in value.items():
        if isinstance(each, list):  # words are joined like groups; any other list gives nothing
            written[str(name)] = ",".join(each) if all(isinstance(word, str) for word in each) else ""
        elif not isinstance(each, Mapping):
            written[str(name)] = "" if each is None else str(each).strip()
    filled = [name for name, text in written.items() if text]
    record = {key: written[filled[place]] for key, place in fields_of(filled).items()}
    record["groups"] = ",".join(filter(None, (*groups, record.get("groups", ""))))
    return record if record.get("url") else {}
