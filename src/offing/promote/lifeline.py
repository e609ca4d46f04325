"""The life line: dated status events, each with the words that prove it. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date

from offing.model.candidate import Candidate, StoryArticle
from offing.model.evidence import Evidence, FieldName
from offing.model.project import ProjectFacts, StatusEvent
from offing.model.vocabulary import Status

_ORDER = {status: place for place, status in enumerate(Status)}


def events_of(candidate: Candidate, facts: ProjectFacts, *, by_hand: bool) -> tuple[StatusEvent, ...]:
    """The status events that a candidate brings, one for each status, in the order of their days.

    Args:
        candidate: with its articles and evidence.
        facts: its facts with people's corrections.
        by_hand: whether a person set the status; then what the machine read besides it does not count.

    Returns:
        Each event with the earliest article that reports it. The status of the facts is always there; where
        no quote proves it, with the story's first article and no quote.
    """
    articles = {article.article_id: article for article in candidate.articles}
    read: dict[Status, StatusEvent] = {}
    for proof in candidate.evidence:
        if proof.field is FieldName.STATUS and proof.article_id in articles:
            event = _event(candidate.id, proof, articles[proof.article_id])
            if event.status not in read or _dated(event) < _dated(read[event.status]):
                read[event.status] = event
    if facts.status and facts.status not in read:
        read[facts.status] = _unquoted(candidate, facts.status)
    kept = [event for status, event in read.items() if status is facts.status or not by_hand]
    return tuple(sorted(kept, key=_place))


def newest(events: Iterable[StatusEvent]) -> StatusEvent | None:
    """The event that says how the project stands: the latest by day, then the furthest along; None without any."""
    return max(events, key=_place, default=None)


def day_of(article: StoryArticle) -> date | None:
    """The day of publication, in UTC."""
    return article.published.astimezone(UTC).date() if article.published else None


def _event(candidate_id: int, proof: Evidence, article: StoryArticle) -> StatusEvent:
    return StatusEvent(Status(proof.value), day_of(article), candidate_id, article.url, proof.text)


def _unquoted(candidate: Candidate, status: Status) -> StatusEvent:
    first = min(candidate.articles, key=lambda each: (day_of(each) or date.max, each.article_id), default=None)
    day, url = (day_of(first), first.url) if first else (None, "")
    return StatusEvent(status, day, candidate.id, url, "")


def _dated(event: StatusEvent) -> date:
    return event.day or date.max


def _place(event: StatusEvent) -> tuple[date, int]:
    """Undated events come first: nothing shows that they are later than another."""
    return event.day or date.min, _ORDER[event.status]
