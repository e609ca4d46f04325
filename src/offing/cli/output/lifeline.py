"""Draws a life line: years down the side, a mark for each kind of event, short quotes; colour only adds."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from urllib.parse import urlsplit

from rich.console import Console
from rich.text import Text

from offing.model.projects.project import Change, EventKey, LifeEvent, grouped
from offing.model.values.vocabulary import EventKind, Status
from offing.publish.cells import clean
from offing.redaction import redact
from offing.services.views.plain import one_line

_PAPER, _BUILDING, _DONE, _HALTED, _ENDED = "○", "◐", "●", "◌", "×"
_STATUS = {
    Status.UNDER_CONSTRUCTION: _BUILDING,
    Status.COMPLETED: _DONE,
    Status.SUSPENDED: _HALTED,
    Status.CANCELLED: _ENDED,
}
_MARKS = {
    EventKind.INCIDENT: "!",
    EventKind.PROVIDER_REPLACED: "⇄",
    EventKind.EXPANSION: "+",
    EventKind.HANDOVER: "→",
    EventKind.AUDIT: "?",
    EventKind.COURT: "§",
    EventKind.CHANGE: "~",
}
_STYLES = {
    _DONE: "green",
    _BUILDING: "cyan",
    _HALTED: "yellow",
    _ENDED: "red",
    **dict.fromkeys(_MARKS.values(), "magenta"),
}
_GAP = 1  # largest step between years that is not drawn as a gap
_YEAR, _WHEN, _WHAT = 5, 8, 19  # characters
_NARROW, _WIDE = 70, 106  # widths below which a quote has a line of its own, and from which its source is shown
_LEAST_QUOTE = 24
_PLAIN = Console()


def life_line(
    line: Iterable[LifeEvent],
    width: int,
    *,
    contested: Collection[EventKey] = (),
    new: Collection[EventKey] = (),
    full: bool = False,
) -> Text:
    """Return the drawing, `width` characters wide.

    Args:
        line: the events, in order.
        width: of the terminal.
        contested: events that contradict others; they are marked, and their numbers shown.
        new: events that a candidate would add; they are marked.
        full: whether to show quotes uncut, on lines of their own.
    """
    drawn = Text()
    year: int | None = None
    started = False
    for event in line:
        its = event.day.year if event.day else None
        if started and year is not None and its is not None and its > year + _GAP:
            drawn.append(f"{'':{_YEAR}}┊\n", "dim")
        label = (str(its) if its else "?") if not started or its != year else ""
        row = _row(event, label, width, (event.key in contested, event.key in new))
        drawn.append_text(_in_full(row, event, width) if full else _with_words(row, event, width))
        year, started = its, True
    drawn.rstrip()
    return drawn


def _row(event: LifeEvent, label: str, width: int, signs: tuple[bool, bool]) -> Text:
    contested, new = signs
    aside = event.set_aside_by is not None
    mark = _STATUS.get(event.status, _PAPER) if event.status else _MARKS[event.kind]
    row = Text(f"{label:{_YEAR}}", "bold")
    row.append("│ ", "dim")
    row.append(f"{mark} ", "dim" if aside else _STYLES.get(mark, ""))
    row.append(f"{when(event):{_WHEN}}")
    what = f"{event.status or event.kind}"
    style = "dim strike" if aside else "bold" if event.status else ""
    row.append(f"{what} " if width < _NARROW else f"{what:{_WHAT}}", style)
    for sign, style in _signs(event, contested=contested, new=new):
        row.append(f"{sign} ", style)
    return row


def _signs(event: LifeEvent, *, contested: bool, new: bool) -> Iterable[tuple[str, str]]:
    if event.set_aside_by is not None:
        yield f"[{event.id}] aside", "dim"
    if new:
        yield "NEW", "green bold"
    if contested:
        yield f"≠ [{event.id}]" if event.id else "≠", "red"


def _with_words(row: Text, event: LifeEvent, width: int) -> Text:
    """Return the row with its quote, on the same line if there is room, and its source."""
    words, source = list(_words(event)), _source(event) if width >= _WIDE else ""
    room = width - row.cell_len
    indent = f"{'':{_YEAR}}│   "
    if words and width >= _NARROW and room >= _LEAST_QUOTE:
        indent = indent.ljust(row.cell_len)
        fits = f"  {source}" if source and len(source) + _LEAST_QUOTE + 2 <= room else ""
        row.append(_short(words.pop(0), room - len(fits)), "italic").append(fits, "dim")
    row.rstrip()
    for each in words:
        row.append(f"\n{indent}", "dim").append(_short(each, width - len(indent)), "italic")
    return row.append("\n")


def _in_full(row: Text, event: LifeEvent, width: int) -> Text:
    """Return the row, followed by its changes, full quote and address on lines of their own."""
    row.rstrip()
    indent = f"{'':{_YEAR}}│   "
    for each in (*_words(event), *((redact(event.url),) if event.url else ())):
        for part in Text(clean(each)).wrap(_PLAIN, max(width - len(indent), 1)):
            row.append(f"\n{indent}", "dim").append(part.plain)
    return row.append("\n")


def when(event: LifeEvent) -> str:
    """Return the day within its year, as precise as it is known: 12 Mar, Mar, week 11; empty for a year alone."""
    if event.day is None or len(event.event_date) == len("2026"):
        return ""
    if "W" in event.event_date:
        return f"week {int(event.event_date[-2:])}"
    return f"{event.day:%b}" if len(event.event_date) == len("2026-03") else f"{event.day.day} {event.day:%b}"


def _words(event: LifeEvent) -> Iterable[str]:
    yield from map(_changed, event.changes)
    if event.quote:
        yield f"“{one_line(event.quote)}”"
    if event.set_aside_by is not None:
        yield f"set aside by {one_line(event.set_aside_by)}"


def _changed(change: Change) -> str:
    """Return what changed: parties that joined, or a value before and after."""
    before, after = (tuple(map(grouped, side)) for side in (change.before, change.after))
    if before and set(before) <= set(after):
        return f"{change.field}: + {', '.join(each for each in after if each not in before)}"
    return f"{change.field}: {', '.join(before)} → {', '.join(after)}" if before else ", ".join(after)


def _source(event: LifeEvent) -> str:
    """Return the host of the article's address, which is too long for a line."""
    return (urlsplit(event.url).hostname or clean(event.url)).removeprefix("www.") if event.url else ""


def _short(words: str, room: int) -> str:
    text = Text(words)
    text.truncate(max(room, 1), overflow="ellipsis")
    return text.plain
