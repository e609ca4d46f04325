"""The sources: each feed's state, cause, next step, yield and fill rates; searched, narrowed, page by page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Query, Request
from markupsafe import Markup
from pydantic import BaseModel, Field
from starlette.responses import Response

from offing.model.operation.user import Permission
from offing.model.sources.feed import FeedState, FeedStatus
from offing.model.text.folding import fold_text
from offing.redaction import redact
from offing.review import country_name
from offing.store.feeds.feed import list_feeds
from offing.store.feeds.feed_figures import Fill, fills, new_by_day
from offing.store.feeds.symptom import symptoms
from offing.web.access import needs, place_of
from offing.web.presentation.charts import sparkline
from offing.web.presentation.templating import language_name, page

DAYS = 30
ON_A_PAGE = 50
PROBLEM = "problem"  # the choice of all feeds that need a look, whatever their state

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])


class SourcesFilter(BaseModel):
    """The filter in an address; what no feed has finds nothing, and an invalid state means all."""

    q: str = Field("", max_length=200)
    state: str = Field("", max_length=20)
    language: str = Field("", max_length=10)
    country: str = Field("", max_length=3)
    page: int = Field(1, ge=1, le=100_000)

    def finds(self, feed: FeedStatus) -> bool:
        """Whether a feed is one of those asked for; each word of the search has to stand somewhere in it."""
        if self.state == PROBLEM and is_fine(feed):
            return False
        if self.state in list(FeedState) and feed.state != self.state:
            return False
        if (self.language and feed.spec.language != self.language) or (
            self.country and feed.spec.country != self.country
        ):
            return False
        words = fold_text(self.q).split()
        return not words or all(word in _searched(feed) for word in words)

    def to_query(self, number: int = 1) -> str:
        """The query string of one of its pages."""
        values = {"q": self.q, "state": self.state, "language": self.language, "country": self.country}
        return urlencode({**{name: value for name, value in values.items() if value}, **_number(number)})


@router.get("/sources")
def sources(request: Request, asked: Annotated[SourcesFilter, Query()]) -> Response:
    """The feeds: whether they can be relied upon, why not, and what to do; those in trouble first."""
    place = place_of(request)
    now = place.clock()
    with place.database.read() as conn:
        common = [each for each in symptoms(conn) if each.feed_id is None]
        feeds = [_shown(each) for each in list_feeds(conn)]
        found = sorted(filter(asked.finds, feeds), key=_rank)
        pages = max(1, -(-len(found) // ON_A_PAGE))
        number = min(asked.page, pages)
        shown = found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]
        days = _days(now)
        brought, filled = new_by_day(conn, datetime.combine(days[0], time(), UTC)), fills(conn, now)
    values = {
        "feeds": shown,
        "common": common,
        "fine": {feed.id: is_fine(feed) for feed in shown},
        "lines": {feed.id: _line([brought.get(feed.id, {}).get(day, 0) for day in days]) for feed in shown},
        "fills": {feed.id: filled.get(feed.id, Fill()) for feed in shown},
        "total": len(feeds),
        "found": len(found),
        "first": (number - 1) * ON_A_PAGE + 1,
        "troubled": sum(not is_fine(feed) for feed in feeds),
        "days": DAYS,
        "asked": asked,
        "previous": asked.to_query(number - 1) if number > 1 else None,
        "next": asked.to_query(number + 1) if number < pages else None,
        **_choices(feeds),
    }
    return page(request, "sources.html", values)


def is_fine(feed: FeedStatus) -> bool:
    """Whether a feed needs no look."""
    return not feed.in_trouble


def _rank(feed: FeedStatus) -> tuple[bool, str]:
    return is_fine(feed), feed.spec.title.casefold() or feed.spec.url


def _number(number: int) -> dict[str, int]:
    return {"page": number} if number > 1 else {}


def _days(now: datetime) -> list[date]:
    first = now.astimezone(UTC).date() - timedelta(days=DAYS - 1)
    return [first + timedelta(days=number) for number in range(DAYS)]


def _searched(feed: FeedStatus) -> str:
    spec = feed.spec
    return fold_text(" ".join((spec.title, spec.url, country_name(spec.country) if spec.country else "", *spec.groups)))


def _choices(feeds: Sequence[FeedStatus]) -> dict[str, Any]:
    """The values to narrow by, each with its number of feeds."""
    states = Counter(str(feed.state) for feed in feeds)
    ill = sum(not is_fine(feed) for feed in feeds)
    return {
        "states": [*([(PROBLEM, ill)] if ill else []), *((each, states[each]) for each in FeedState if states[each])],
        "languages": _named((feed.spec.language for feed in feeds), language_name),
        "countries": _named((feed.spec.country for feed in feeds), country_name),
    }


def _named(values: Iterable[str | None], name: Any) -> list[tuple[str, str, int]]:
    counted = Counter(filter(None, values))
    return sorted(((each, name(each), count) for each, count in counted.items()), key=lambda each: each[1])


def _shown(status: FeedStatus) -> FeedStatus:
    """A feed without credentials in its address and its messages."""
    return replace(
        status,
        spec=replace(status.spec, url=redact(status.spec.url)),
        cause=redact(status.cause),
        next_step=redact(status.next_step),
        alarm_cause=redact(status.alarm_cause),
    )


def _line(counts: list[int]) -> tuple[Markup | None, int]:
    """A small chart of new entries by day, None if there are none, and their sum."""
    total = sum(counts)
    return (sparkline(counts, f"{total} new entries in {len(counts)} days") if total else None), total
