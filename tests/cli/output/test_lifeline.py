"""The drawing of a life line."""

from datetime import date
from typing import Any

import pytest

from factories.candidate import NOW
from offing.cli.output.lifeline import life_line, when
from offing.model.projects.project import Change, LifeEvent
from offing.model.values.vocabulary import EventKind, Status

URL = "https://www.news.example/a"
LONG = "The government signed a contract with Huawei Technologies for a national data centre in Diamniadio on Tuesday"


def _event(kind: EventKind, day: str | None, quote: str = "", **more: Any) -> LifeEvent:
    number = more.pop("id", 1)
    return LifeEvent(
        kind, more.pop("status", None), date.fromisoformat(day) if day else None, number, URL, quote, **more, id=number
    )


LINE = (
    _event(EventKind.STATUS, None, "agreed", status=Status.AGREED),
    _event(EventKind.STATUS, "2015-12-01", LONG, status=Status.SIGNED, event_date="2015-12"),
    _event(EventKind.STATUS, "2019-04-03", status=Status.COMPLETED, id=2),
    _event(
        EventKind.CHANGE,
        "2019-04-03",
        changes=(
            Change("amounts", ("46000000000 XOF loan",), ("55000000000 XOF loan",)),
            Change("firms", ("Huawei",), ("Huawei", "ZTE")),
            Change("quantities", (), ("900 cameras",)),
        ),
        id=3,
    ),
    _event(EventKind.INCIDENT, "2020-09-28", "off\nline", event_date="2020-W40", id=4),
    _event(
        EventKind.STATUS, "2021-01-01", "halted", status=Status.SUSPENDED, set_aside_by="ana", set_aside_at=NOW, id=5
    ),
)
WIDE = """\
?    │ ○         agreed             “agreed”  news.example
2015 │ ○ Dec     signed             “The government signed a contract with Huawei Technologies …  news.example
     ┊
2019 │ ● 3 Apr   completed          ≠ [2]
     │ ~ 3 Apr   change             amounts: 46,000,000,000 XOF loan → 55,000,000,000 XOF loan  news.example
     │                              firms: + ZTE
     │                              900 cameras
2020 │ ! week 40 incident           NEW “off line”  news.example
2021 │ ◌ 1 Jan   suspended          [5] aside “halted”  news.example
     │                                        set aside by ana"""
NARROW = """\
?    │ ○         agreed
     │   “agreed”
2015 │ ○ Dec     signed
     │   “The government signed a contrac…
     ┊
2019 │ ● 3 Apr   completed ≠ [2]
     │ ~ 3 Apr   change
     │   amounts: 46,000,000,000 XOF loan…
     │   firms: + ZTE
     │   900 cameras
2020 │ ! week 40 incident NEW
     │   “off line”
2021 │ ◌ 1 Jan   suspended [5] aside
     │   “halted”
     │   set aside by ana"""


@pytest.mark.parametrize(("width", "drawn"), [(110, WIDE), (42, NARROW)])
def test_a_life_line_is_drawn_to_the_width_of_the_terminal(width: int, drawn: str) -> None:
    """Years down the side, days as precise as told, short quotes; what is new, contested, set aside is marked."""
    found = life_line(LINE, width, contested={LINE[2].key}, new={LINE[4].key})
    assert found.plain == drawn
    assert max(map(len, found.plain.splitlines())) <= width


def test_days_are_shown_as_precisely_as_they_are_reported() -> None:
    """A year alone needs no day beside it."""
    shown = [
        when(_event(EventKind.AUDIT, "2026-03-09", event_date=told))
        for told in ("", "2026-03-09", "2026-W11", "2026-03", "2026")
    ]
    assert shown == ["9 Mar", "9 Mar", "week 11", "Mar", ""]


def test_an_event_without_number_and_address_is_drawn_too() -> None:
    """What a candidate would add has no number yet; what another base says has no address."""
    event = LifeEvent(EventKind.STATUS, Status.CANCELLED, date(2026, 1, 2), 0, "base:7")
    assert life_line((event,), 110, contested={event.key}).plain == "2026 │ × 2 Jan   cancelled          ≠"
    bare = LifeEvent(EventKind.COURT, None, date(2026, 1, 2), 0, "", "ruled")
    assert life_line((bare,), 110).plain == "2026 │ § 2 Jan   court              “ruled”"
    quoted = LifeEvent(EventKind.COURT, None, date(2026, 1, 2), 0, "base:7", "ruled")
    assert life_line((quoted,), 110).plain == "2026 │ § 2 Jan   court              “ruled”  base:7"
