"""The sources: each feed's state, its cause and next step, its yield and fill rates."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from fastapi import APIRouter, Depends, Request
from markupsafe import Markup
from starlette.responses import Response

from offing.model.operation.user import Permission
from offing.model.sources.feed import ILL, FeedStatus
from offing.redaction import redact
from offing.store.feeds.feed import list_feeds
from offing.store.feeds.feed_figures import Fill, fills, new_by_day
from offing.web.access import needs, place_of
from offing.web.presentation.charts import sparkline
from offing.web.presentation.templating import page

DAYS = 30

router = APIRouter(dependencies=[Depends(needs(Permission.READ))])


@router.get("/sources")
def sources(request: Request) -> Response:
    """The feeds: whether they can be relied upon, why not, and what to do; those in trouble first."""
    place = place_of(request)
    now = place.clock()
    first = now.astimezone(UTC).date() - timedelta(days=DAYS - 1)
    since = datetime.combine(first, time(), UTC)
    with place.database.read() as conn:
        feeds, brought, filled = [_shown(each) for each in list_feeds(conn)], new_by_day(conn, since), fills(conn, now)
    days = [first + timedelta(days=number) for number in range(DAYS)]
    lines = {feed.id: _line([brought.get(feed.id, {}).get(day, 0) for day in days]) for feed in feeds}
    fine = {feed.id: feed.state not in ILL and not feed.alarm for feed in feeds}
    ordered = sorted(feeds, key=lambda feed: (fine[feed.id], feed.spec.title.casefold() or feed.spec.url))
    values = {
        "feeds": ordered,
        "fine": fine,
        "lines": lines,
        "fills": {feed.id: filled.get(feed.id, Fill()) for feed in feeds},
        "troubled": sum(not each for each in fine.values()),
        "days": DAYS,
    }
    return page(request, "sources.html", values)


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
