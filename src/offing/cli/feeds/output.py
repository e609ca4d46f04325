"""Output of feeds: as JSON, and in words."""

from __future__ import annotations

from datetime import datetime

from rich.text import Text

from offing.model.sources.feed import FeedState, FeedStatus, PollOutcome
from offing.redaction import redact

SILENT = frozenset({None, PollOutcome.OK, PollOutcome.UNCHANGED})  # outcomes whose cause is not worth showing
NOTHING = frozenset({PollOutcome.ERROR, PollOutcome.GONE, PollOutcome.BLOCKED, PollOutcome.SKIP})
_STYLES = {
    FeedState.HEALTHY: "green",
    FeedState.FAILING: "yellow",
    FeedState.BLOCKED: "red",
    FeedState.GONE: "red",
    FeedState.PAUSED: "dim",
    FeedState.QUARANTINED: "red",
}


def needs_a_look(status: FeedStatus) -> bool:
    """Return whether a feed does not deliver, is odd, has moved, or failed at its first poll."""
    never_worked = status.state is FeedState.NEW and status.outcome in NOTHING
    return status.in_trouble or never_worked or status.moved_to is not None


def state_of(status: FeedStatus) -> Text:
    """Return state, alarm and symptoms: `healthy, silent`."""
    words = Text(str(status.state), style=_STYLES.get(status.state, ""))
    odd = [*filter(None, [status.alarm]), *(each.kind for each in status.symptoms)]
    return words.append("".join(f", {each}" for each in odd), style="yellow")


def name_of(status: FeedStatus) -> str:
    """Return the title of a feed, or its address."""
    return status.spec.title or redact(status.spec.url)


def sentences_of(status: FeedStatus) -> list[str]:
    """Return what a person should know: cause and next step, then what is odd."""
    sentences = [f"{status.cause} {status.next_step}".strip(), status.alarm_cause]
    sentences += [f"{each.cause} {each.next_step}" for each in status.symptoms]
    if status.moved_to and status.moved_to not in "".join(sentences):
        sentences.append(f"It has moved permanently to {status.moved_to}.")
    return [redact(sentence) for sentence in sentences if sentence]


def moment(at: datetime | None) -> str:
    """Return a time in UTC to the minute."""
    return f"{at:%Y-%m-%d %H:%M}" if at else "never"


def plain_status(status: FeedStatus) -> dict[str, object]:
    """Return a feed as plain values for JSON."""
    spec = status.spec
    return {
        "id": status.id,
        "url": spec.url,
        "title": spec.title,
        "kind": spec.kind,
        "groups": list(spec.groups),
        "country": spec.country,
        "language": spec.language,
        "publisher": spec.publisher,
        "timezone": spec.timezone,
        "interval_minutes": spec.interval_minutes,
        "links": spec.links,
        "dates": spec.dates,
        "unverified": spec.unverified,
        "state": status.state,
        "outcome": status.outcome,
        "cause": status.cause,
        "next_step": status.next_step,
        "alarm": status.alarm,
        "alarm_cause": status.alarm_cause,
        "alarm_since": iso(status.alarm_since),
        "symptoms": [
            {"kind": each.kind, "cause": each.cause, "next_step": each.next_step, "since": iso(each.since)}
            for each in status.symptoms
        ],
        "moved_to": status.moved_to,
        "entries": status.entries,
        "last_poll_at": iso(status.last_poll_at),
        "next_poll_at": iso(status.next_poll_at),
    }


def iso(at: datetime | None) -> str | None:
    """Return a time in ISO format for JSON."""
    return at.isoformat() if at else None
