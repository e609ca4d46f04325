"""The time zone of a page: the visitor's own, else the site's. Days of the queue and of figures are in UTC."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

from fastapi import Request

from offing.model.review.lease import Lease
from offing.web.access import place_of, visitor_of

_shown_in: ContextVar[ZoneInfo] = ContextVar("zone", default=ZoneInfo("UTC"))  # noqa: B039 -- never changed
_CONTINENTS = (
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
)


async def show_in_zone(request: Request) -> None:
    """Show the times of this request in the visitor's zone: the third dependency of all routes, behind the guard."""
    visitor = visitor_of(request)
    _shown_in.set(ZoneInfo((visitor.user.zone if visitor else "") or place_of(request).zone))


@cache
def zones() -> tuple[str, ...]:
    """Return the time zones to choose from, by continent and town, then UTC."""
    return (*sorted(each for each in available_timezones() if each.partition("/")[0] in _CONTINENTS), "UTC")


def when(moment: datetime | None) -> str:
    """Return a time for people, in the page's zone, whose name follows it."""
    if moment is None:
        return "never"
    local = moment.astimezone(_shown_in.get())
    return f"{local:%-d %b %Y, %H:%M} {_name(local)}"


def local_day(moment: datetime | None) -> str:
    """Return the day on which something was done here, in the page's zone."""
    return f"{moment.astimezone(_shown_in.get()):%-d %b %Y}" if moment else "undated"


def day(moment: datetime | None) -> str:
    """Return a day as it was stated: of an article, or until which something waits. No zone moves it."""
    return f"{moment.astimezone(UTC):%-d %b %Y}" if moment else "undated"


def weekday(moment: datetime) -> str:
    """Return a day with its weekday, as at the top of a newspaper."""
    return f"{moment.astimezone(_shown_in.get()):%A, %-d %B %Y}"


def looking(lease: Lease) -> str:
    """Return what another person is told of a lease."""
    since = lease.since.astimezone(_shown_in.get())
    return f"{lease.by} is looking at this since {since:%H:%M} {_name(since)}."


def _name(local: datetime) -> str:
    """Return the name of the zone at that time: EAT, CEST; a zone without letters by its distance, as UTC+7."""
    name = local.tzname() or "UTC"
    if not name.startswith(("+", "-")):
        return name
    return f"UTC{name[0]}{name[1:3].lstrip('0') or '0'}{':' + name[3:] if name[3:] else ''}"
