"""What feedparser's own test documents expect of a reader, as far as it is about what offing keeps.

Each document holds a comment such as ``Expect: not bozo and entries[0]['title'] == 'Item 1 title'``. Its
comparisons are taken apart here; those about dates, titles, links, ids, texts, languages and encodings are answered
from what `parse_feed` makes of the document.
"""

from __future__ import annotations

import ast
import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from offing.model.sources.entry import AnnouncedEntry
from offing.model.sources.feed import ParsedFeed
from offing.model.text.charset import decode
from offing.model.text.text import plain
from offing.poll import parse_feed
from poll.feeds import NOW, URL

_EXPECT = re.compile(r"Expect:\s*(.+?)\s*(?:-->|\n)", re.DOTALL)
_HEADER = re.compile(r"^Header:\s*Content-type:\s*(.+?)\s*$", re.IGNORECASE | re.MULTILINE)
_PATH = re.compile(r"(?P<where>feed|entries\[(?P<number>\d+)\])\.(?P<what>[\w.]+)")
# Entries of these documents mostly have no link, and what has no page is not kept: each is given one of its own.
_NO_LINK = re.compile(rb"</((?:\w+:)?(?:item|entry))\s*>", re.IGNORECASE)
_TEXTS = {
    "title": "title",
    "title_detail.value": "title",
    "summary": "summary",
    "description": "summary",
    "summary_detail.value": "summary",
}
_DATES = {"published_parsed": "published", "updated_parsed": "updated", "created_parsed": "published"}


@dataclass(frozen=True)
class Expectation:
    """One comparison of one document: what is looked at, what feedparser gives, what offing gives."""

    path: Path
    what: str
    theirs: Any
    ours: Any

    @property
    def holds(self) -> bool:
        """Whether both give the same."""
        return bool(self.theirs == self.ours)


def expectations(path: Path) -> Iterator[Expectation]:
    """The comparisons of a document that are about what offing keeps."""
    body = path.read_bytes()
    text = decode(body).text
    found = _EXPECT.search(text)
    if not found:
        return
    header = _HEADER.search(text)
    content_type = header[1] if header else ""
    feed: ParsedFeed | None = None
    for left, right in _comparisons(found[1]):
        if left == "encoding":
            yield Expectation(path, left, *_same_letters(body, content_type, right))
        elif _is_kept(left):
            feed = feed or _parsed(body, content_type)
            if feed is not None:
                yield from _answered(path, left, right, feed)


def _parsed(body: bytes, content_type: str) -> ParsedFeed | None:
    numbers = iter(range(1, 10_000))
    linked = _NO_LINK.sub(lambda end: b"<link>https://added.example/%d</link>" % next(numbers) + end[0], body)
    if b"<link href" in body or b"http://www.w3.org/2005/Atom" in body or b"purl.org/atom" in body:
        linked = _NO_LINK.sub(
            lambda end: b'<link rel="related" href="https://added.example/%d"/>' % next(numbers) + end[0], body
        )
    feed = parse_feed(linked, content_type, URL, NOW, None)
    return feed if isinstance(feed, ParsedFeed) else None


def _comparisons(expression: str) -> Iterator[tuple[str, Any]]:
    """The equalities that are joined by `and`, each as a dotted path and a value."""
    try:
        tree = ast.parse(expression.strip(), mode="eval").body
    except (SyntaxError, ValueError):
        return
    for part in tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]:
        if isinstance(part, ast.Compare) and len(part.ops) == 1 and isinstance(part.ops[0], ast.Eq):
            try:
                yield _dotted(part.left), ast.literal_eval(part.comparators[0])
            except ValueError:
                continue


def _dotted(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{_dotted(node.value)}.{node.attr}"
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Constant):
        key = node.slice.value
        return f"{_dotted(node.value)}[{key}]" if isinstance(key, int) else f"{_dotted(node.value)}.{key}"
    if isinstance(node, ast.Call) and ast.unparse(node) == "len(entries)":
        return "entries.count"
    raise ValueError(ast.unparse(node))


def _is_kept(left: str) -> bool:
    found = _PATH.fullmatch(left)
    if left in ("entries.count", "feed.title", "feed.title_detail.value", "feed.language"):
        return True
    return bool(found and found["number"] and found["what"] in (*_TEXTS, *_DATES, "id", "guid", "link"))


def _answered(path: Path, left: str, right: Any, feed: ParsedFeed) -> Iterator[Expectation]:
    if left == "entries.count":
        yield Expectation(path, left, right, len(feed.entries))
    elif left == "feed.language":
        yield Expectation(path, left, right[:2].lower() or None, feed.language)
    elif left.startswith("feed."):
        yield Expectation(path, left, plain(right), feed.title)
    else:
        found = _PATH.fullmatch(left)
        assert found
        number = int(found["number"])
        entry = feed.entries[number] if number < len(feed.entries) else None
        yield Expectation(path, left, *_of_entry(found["what"], right, entry))


def _of_entry(what: str, right: Any, entry: AnnouncedEntry | None) -> tuple[Any, Any]:
    if entry is None:
        return right, None
    if what in _TEXTS:
        return plain(right), getattr(entry, _TEXTS[what])
    if what in _DATES:
        moment = datetime.fromtimestamp(calendar.timegm(tuple(right)), UTC)
        # Where a feed tells the last change only, it stands in for the date.
        return moment, entry.published if what != "updated_parsed" else entry.updated or entry.published
    if what == "link":
        return right, entry.url
    return plain(right), entry.guid or ""


def _same_letters(body: bytes, content_type: str, right: str) -> tuple[str, str]:
    """A document read in the encoding that is expected, and as it is read here; names of encodings do not matter."""
    try:
        theirs = body.decode(right)
    except (LookupError, UnicodeError):
        theirs = right
    return theirs.lstrip("\ufeff"), decode(body, content_type).text.lstrip("\ufeff")


def reader_entries(path: Path) -> list[dict[str, Any]]:
    """The entries that a file of reader's expects of its document, as far as their values are written out."""
    calls = [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]
    entries = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id == "EntryData"]
    return [
        {word.arg: value for word in entry.keywords if word.arg and (value := _written_out(word.value)) is not None}
        for entry in entries
    ]


def _written_out(node: ast.expr) -> Any:
    if isinstance(node, ast.Call) and ast.unparse(node.func) == "datetime.datetime":
        return datetime(*(ast.literal_eval(part) for part in node.args), tzinfo=UTC)
    try:
        return ast.literal_eval(node)
    except ValueError:
        return None
