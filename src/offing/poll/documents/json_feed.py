"""Reads JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/) leniently: a bad item costs only itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from offing.model.sources.feed import FeedForm, NotAFeed, ParsedFeed
from offing.model.text.text import cut_bytes, plain
from offing.poll.documents.document import Document
from offing.poll.documents.entries import LONGEST_TITLE, RawEntry, Source, announce, language_code

_ITEMS = re.compile(r"\"items\"\s*:\s*\[")
_BETWEEN = re.compile(r"[\s,]*")
_LONGEST_NUMBER = 40  # digits; Python refuses to convert strings of several thousand, and no id is that long


def _text(value: Any) -> str:
    """Return a string, or a number given in place of one; "" for anything else."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return value if isinstance(value, str) else str(value) if is_number else ""


def _objects(value: Any) -> list[Any]:
    """Return a list, or a single object given in place of one, as a list."""
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else []


Text = Annotated[str, BeforeValidator(_text)]


class _Lenient(BaseModel):
    model_config = ConfigDict(extra="ignore")


class _Item(_Lenient):
    id: Text = ""
    url: Text = ""
    external_url: Text = ""
    title: Text = ""
    summary: Text = ""
    content_text: Text = ""
    content_html: Text = ""
    date_published: Text = ""
    date_modified: Text = ""
    language: Text = ""
    author: Annotated[list[Any], BeforeValidator(_objects)] = []
    authors: Annotated[list[Any], BeforeValidator(_objects)] = []

    def raw_entry(self) -> RawEntry:
        authors = [*self.authors, *self.author]
        names = (_text(author.get("name") if isinstance(author, dict) else author) for author in authors)
        return RawEntry(
            links=(self.url, self.external_url, self.id if "://" in self.id else ""),
            guid=self.id,
            title=self.title,
            summary=self.summary or self.content_text or self.content_html,
            published=self.date_published or self.date_modified,
            updated=self.date_modified,
            author=next(filter(None, names), ""),
            language=self.language,
        )


def read_json(document: Document, source: Source) -> ParsedFeed | NotAFeed:
    """Return the entries of a JSON Feed, or why the document is none."""
    feed = _read(document)
    if isinstance(feed, NotAFeed):
        return feed
    if not isinstance(feed, dict) or not isinstance(feed.get("items"), list):
        return NotAFeed("the answer is JSON, but no JSON Feed: it has no list of items")
    language = language_code(_text(feed.get("language")))
    raws, trouble = [], list(document.trouble)
    for number, value in enumerate(feed["items"], 1):
        try:
            raws.append(_Item.model_validate(value).raw_entry())
        except ValidationError:
            trouble.append(f"item {number} is no object, but {type(value).__name__}")
    source = Source(source.url, source.now, source.zone, language)
    entries, problems = announce(raws, source, trouble)
    title = cut_bytes(plain(_text(feed.get("title"))), LONGEST_TITLE)
    return ParsedFeed(FeedForm.JSON, title, entries, None, language, problems, document.whole)


def _read(document: Document) -> Any:
    """Return the JSON value of a document; of a truncated one the readable part; or what is wrong with it."""
    try:
        return json.loads(document.text, parse_int=_number, parse_constant=lambda _name: None)
    except RecursionError:
        return NotAFeed("the answer looks like JSON, but cannot be read: it is nested too deeply")
    except ValueError as error:
        items = [] if document.whole else list(_whole_items(document.text))
        if not items:
            return NotAFeed(f"the answer looks like JSON, but cannot be read: {str(error)[:120]}")
        return {"items": items}


def _whole_items(text: str) -> Iterator[Any]:
    """Yield the complete items of a truncated document."""
    start = _ITEMS.search(text)
    decoder = json.JSONDecoder(parse_int=_number, parse_constant=lambda _name: None)
    at = start.end() if start else len(text)
    while at < len(text):
        try:
            item, at = decoder.raw_decode(text, _BETWEEN.match(text, at).end())  # type: ignore[union-attr]
        except (ValueError, RecursionError):
            return
        yield item


def _number(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_NUMBER else digits
