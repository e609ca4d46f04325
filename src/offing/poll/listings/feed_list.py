"""Reads one feed of a feed list: required and optional fields, and the names they go by. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from zoneinfo import available_timezones

from offing.model.sources.credentials import fault_of
from offing.model.sources.feed import DEFAULT_GROUP, FeedKind, FeedSpec
from offing.model.sources.links import link_rule
from offing.model.text.text import clean_text, cut_bytes, plain
from offing.model.values import iso
from offing.model.values.vocabulary import SourceKind
from offing.redaction import redact
from offing.urls import canonical_url, feed_key

MOST_FEEDS = 20_000
LONGEST_TITLE = 1024
LONGEST_URL = 2048
_LONGEST_GROUP = 60
_INTERVALS = range(15, 24 * 60 + 1)  # minutes, as in the catalogue
_SHOWN = 60

# Names of columns, keys and attributes as lists on the web write them, in lower case without spaces and punctuation.
NAMES: Mapping[str, tuple[str, ...]] = {
    # Most reliable first: beside a column `rss`, a column `url` holds the site's address.
    "url": (
        *(
            "xmlurl",
            "feedurl",
            "rssurl",
            "urlrss",
            "feeduri",
            "feedlink",
            "rsslink",
            "feedaddress",
            "rssfeed",
            "fluxrss",
        ),
        *("feed", "rss", "atom", "flux", "url", "address", "link", "href", "uri", "sourceurl", "lien", "enlace"),
    ),
    "title": ("title", "name", "feedtitle", "feedname", "text", "source", "outlet", "publication", "sitename", "label"),
    "groups": ("groups", "group", "category", "categories", "folder", "folders", "tags", "tag", "section", "topic"),
    "country": ("country", "countrycode", "iso3", "nation", "pays", "país"),
    "language": ("language", "lang", "languagecode", "locale", "langue", "idioma"),
    "publisher": ("publisher", "publishertype", "sourcetype", "sourcekind"),
    "timezone": ("timezone", "tz", "zone"),
    "interval": ("intervalminutes", "interval", "minutes"),
    "kind": ("kind", "type", "feedtype"),
    "links": ("links", "selector", "css", "cssselector"),
    "dates": ("dates", "daterule"),
    "unverified": ("unverified",),
}
_FIELD_OF = {name: (key, rank) for key, names in NAMES.items() for rank, name in enumerate(names)}
_LANGUAGE = re.compile(r"[a-z]{2}(?=$|[-_])")
_TRUE = frozenset({"true", "yes", "1"})


@dataclass(slots=True)
class FeedList:
    """The feeds of a list, each once, and sentences on what cannot be used.

    `form` is the detected format; `repeated` counts repetitions of a feed; `unused` counts lines that gave no feed.
    """

    form: str
    feeds: dict[str, FeedSpec] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    repeated: int = 0
    unused: int = 0

    def take(self, place: str, record: Mapping[str, str]) -> None:
        """Add one feed of the list, or note why it cannot be used.

        Args:
            place: where it stands in the list ("line 3").
            record: its values by the keys of `NAMES`; groups are separated by `,`.
        """
        spec, notes = feed_of(record)
        self.problems.extend(f"{place}: {note}" for note in notes)
        if spec is None:
            self.unused += 1
            return
        key = feed_key(spec.url)
        if key in self.feeds:
            self.repeated += 1
            self.feeds[key] = merged(self.feeds[key], spec)
        elif len(self.feeds) < MOST_FEEDS:
            self.feeds[key] = spec

    def skip(self, place: str, why: str) -> None:
        """Note why a line of the list gives no feed."""
        self.problems.append(f"{place}: {why}")
        self.unused += 1

    def closed(self) -> FeedList:
        """Return the list, with a final sentence if it was too long."""
        if len(self.feeds) == MOST_FEEDS:
            self.problems.append(f"it holds {MOST_FEEDS:,} feeds or more; no others were taken")
        return self


def fields_of(names: Iterable[str]) -> dict[str, int]:
    """Return the position of each key of `NAMES` among column or key names.

    Of several names for one key the most reliable.
    """
    best: dict[str, tuple[int, int]] = {}
    for place, name in enumerate(names):
        key, rank = _FIELD_OF.get(re.sub(r"[\W_]+", "", name.casefold()), ("", 0))
        if key:
            best[key] = min(best.get(key, (rank, place)), (rank, place))
    return {key: place for key, (_, place) in best.items()}


def feed_of(record: Mapping[str, str]) -> tuple[FeedSpec | None, list[str]]:
    """Return the feed that a record describes, and sentences on why there is none or on what was left out."""
    url, title = clean_text(record.get("url", "")), cut_bytes(plain(record.get("title", "")), LONGEST_TITLE)
    name = f"{title}: " if title else ""
    fault = fault_of(url) or redact(address_fault(url))
    if fault:
        return None, [f"{name}{fault}"]
    spec = FeedSpec(url, title, slugs(re.split(r"[,|/;]", record.get("groups", ""))) or (DEFAULT_GROUP,))
    values: dict[str, object] = {"unverified": record.get("unverified", "").strip().lower() in _TRUE}
    notes = []
    for key, read in _READERS.items():
        written = record.get(key, "").strip()
        found = read(written) if written else None
        if found is not None:
            values["interval_minutes" if key == "interval" else key] = found
        elif written:
            notes.append(f"{name}its {key} {written[:_SHOWN]!r} is not known and was left out")
    values |= _kind(record)
    try:
        link_rule(record.get("links", ""), record.get("dates", ""))
    except ValueError as error:
        return None, [f"{name}{error}"]
    return replace(spec, **values), notes  # type: ignore[arg-type]


def slugs(names: Iterable[str]) -> tuple[str, ...]:
    """Return group names as slugs: lower-case letters and hyphens, each once."""
    folded = (unicodedata.normalize("NFKC", name).casefold() for name in names)
    hyphened = (re.sub(r"[^\w]+", "-", name).strip("-_")[:_LONGEST_GROUP].strip("-_") for name in folded)
    return tuple(dict.fromkeys(filter(None, hyphened)))


def merged(known: FeedSpec, again: FeedSpec) -> FeedSpec:
    """Merge two listings of the same feed into one feed in the groups of both."""
    groups = tuple(dict.fromkeys((*known.groups, *again.groups)))
    return replace(known, groups=groups, title=known.title or again.title, language=known.language or again.language)


def address_fault(url: str) -> str:
    """Return why an address cannot be requested, as a sentence, or ""."""
    if not url:
        return "has no address"
    if len(url) > LONGEST_URL:
        return f"its address is longer than {LONGEST_URL:,} characters"
    try:
        canonical_url(url)
    except ValueError as error:
        return str(error)
    return ""


def _kind(record: Mapping[str, str]) -> dict[str, object]:
    """Return the kind of a record, feed or page; other lists use `kind` or `type` for the publisher or the format."""
    written = record.get("kind", "").strip().lower()
    links, dates = record.get("links", "").strip(), record.get("dates", "").strip()
    if written == FeedKind.PAGE or links:
        return {"kind": FeedKind.PAGE, "links": links, "dates": dates}
    is_publisher = written in list(SourceKind) and not record.get("publisher")
    return {"publisher": SourceKind(written)} if is_publisher else {}


def _country(written: str) -> str | None:
    found = iso.country_called(written)
    return found.alpha3 if found else None


def _language(written: str) -> str | None:
    code = _LANGUAGE.match(written.lower())
    if code:
        return code[0] if code[0] in iso.languages() else None
    return _language_names().get(written.casefold())


@cache
def _language_names() -> dict[str, str]:
    """Return English names of the languages with a two-letter code: `swahili`, not `Swahili (macrolanguage)`."""
    return {re.sub(r"\s*\(.*", "", name).casefold(): code for code, name in iso.languages().items()}


def _interval(written: str) -> int | None:
    digits = written if written.isascii() and written.isdigit() and len(written) <= len(str(_INTERVALS.stop)) else ""
    return int(digits) if digits and int(digits) in _INTERVALS else None


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


_READERS: Mapping[str, Callable[[str], object]] = {  # each returns None for a value that it does not know
    "country": _country,
    "language": _language,
    "publisher": lambda written: SourceKind(written.lower()) if written.lower() in list(SourceKind) else None,
    "timezone": lambda written: written if written in _zones() else None,
    "interval": _interval,
}
