"""Schedules: cron expressions of five fields, evaluated as Debian's cron does, clock changes included.

If day of month or weekday begins with a star, a day is due when both match; if neither does, when one of
them matches. A fixed hour runs once on the nights in which clocks change; an hourly schedule goes on.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from cronsim import CronSim, CronSimError

MACROS = {
    "@hourly": "0 * * * *",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@weekly": "0 0 * * 0",
    "@monthly": "0 0 1 * *",
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
}
FORM = (
    "it has five fields: minute, hour, day of month, month, weekday (0 and 7 are Sunday, or sun to sat), "
    f"or is one of {', '.join(MACROS)}"
)
_FIELDS = 5
_NAMES = {*"SUN MON TUE WED THU FRI SAT JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC".split()}  # noqa: SIM905 -- read as a line of a crontab
_FOREIGN = re.compile(r"[^0-9A-Z*,/\-\s]")  # the library accepts more than cron does: L, #, seconds
_SECOND = timedelta(seconds=1)


def check_schedule(expression: str, zone: ZoneInfo, now: datetime) -> None:
    """Check that a schedule is valid and that it ever runs.

    Raises:
        ValueError: what is wrong with it, as the rest of a sentence.
    """
    try:
        next_turn(expression, zone, now)
    except CronSimError as error:
        raise ValueError(f"{str(error).lower()}; {FORM}") from error


def next_turn(expression: str, zone: ZoneInfo, after: datetime) -> datetime:
    """Return the first run after a moment, in the given zone.

    Raises:
        CronSimError: the expression is invalid, or never matches.
    """
    turns = CronSim(_plain(expression), after.astimezone(zone))
    for found in turns:
        if (
            found.astimezone(UTC) > after
        ):  # in the hour repeated in autumn, the library starts with the first of the two
            return found
    raise CronSimError("no such day comes in 50 years")


def _plain(expression: str) -> str:
    """Five fields in capitals, with Sunday as 7 where it ends a range."""
    fields = MACROS.get(expression.strip().lower(), expression).upper().split()
    if len(fields) != _FIELDS:
        raise CronSimError(f"{len(fields)} fields are not {_FIELDS}")
    for word in re.findall(r"[A-Z]+", " ".join(fields)):
        if word not in _NAMES:
            raise CronSimError(f"{word.lower()!r} is not a month or weekday")
    if found := _FOREIGN.search(" ".join(fields)):
        raise CronSimError(f"{found[0]!r} has no meaning in cron")
    fields[-1] = fields[-1].replace("-SUN", "-7")
    return " ".join(fields)
