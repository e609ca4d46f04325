"""The date of the event behind a status: signed on 12 March, opened last year, begun in 2024-05."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from offing.model.projects.project import EventDate
from offing.model.reading.mention import DatePoint, DatePrecision, Mention, MentionKind
from offing.model.values.vocabulary import Status
from offing.propose.fields.outdated import is_of_the_past
from offing.propose.reading.grammar import pattern, words
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope

_SENTENCES = 3  # how many of the sentences that prove a status are searched
_REACH = 120  # characters between a wording and a date of the same clause
_TIME_ZONES = timedelta(days=1)
_DATELINE_START = 40  # characters of a first paragraph within which a dateline's date starts
# The end of a dateline: KABUL, Aug 25 (CAW) – ; НАЙРОБИ, 6 сентября. /ТАСС/. ; 新华社内罗毕9月6日电
_DATELINE_END = (
    r"(?:[.,]?\s*(?:/[^/\n]{1,20}/|[(（][^()（）\n]{1,30}[)）]))?\s*(?:[–—]\s|--?\s|\.\s?[–—-]|%s)"
    r"|[.,]?\s*/[^/\n]{1,20}/"
)

Dated = tuple[EventDate, Line, Mention]


def event_date(scope: Scope, status: Ranked | None) -> Dated | None:
    """When the event behind a status took place, as precisely as the text says.

    It is the date nearest to the wording in its sentence that is not after the article: what is announced for later is
    no event yet, and a dateline only dates the article. Sentences are searched in the order in which they prove the
    status.

    Args:
        scope: the lines of the project.
        status: the status with the mentions that it rests on.

    Returns:
        The date with its line and mention; None where no sentence has one or the article itself is undated.
    """
    if status is None or scope.article.published is None:
        return None
    published = scope.article.published.date()
    for line, wording in status.mentions[:_SENTENCES]:
        near = [
            m
            for m in line.of(MentionKind.DATE)
            if _distance(m, wording) <= _REACH
            and _is_past(m, published, status.key)
            and not _is_dateline(scope, line, m)
            and not is_of_the_past(scope, line, m)
        ]
        if near:
            mention = min(near, key=lambda m: (_distance(m, wording), m.start))
            assert isinstance(mention.value, DatePoint)
            return EventDate(reduced(mention.value), mention.text), line, mention
    return None


def date_of(scope: Scope, status: Ranked | None, events: Sequence[Ranked]) -> Dated | None:
    """The date of the status, else that of the first event."""
    return event_date(scope, status) or (event_date(scope, events[0]) if events else None)


def _is_dateline(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a date belongs to the article's dateline: after its place, before a dash or an agency."""
    text = scope.article.text
    if line.sentence.paragraph != 0 or "\n" in text[max(0, mention.start - 1) : mention.start]:
        return False
    first = text.rfind("\n", 0, mention.start) + 1
    ends = pattern(_DATELINE_END, words(scope.rules, "dateline_ends"))
    return mention.start - first <= _DATELINE_START and ends.match(text, mention.end) is not None


def reduced(point: DatePoint) -> str:
    """A date in ISO 8601, at its own precision: 2026-03-12, 2026-W11, 2026-03, 2026."""
    match point.precision:
        case DatePrecision.YEAR:
            return f"{point.day:%Y}"
        case DatePrecision.MONTH:
            return f"{point.day:%Y-%m}"
        case DatePrecision.WEEK:
            return f"{point.day:%G-W%V}"
        case _:
            return point.day.isoformat()


def _is_past(mention: Mention, published: date, status: str) -> bool:
    """Whether a date is not after the article; a proposal for the current month or year still lies ahead."""
    point = mention.value
    if not isinstance(point, DatePoint) or point.day > published + _TIME_ZONES:
        return False
    running = point.precision is not DatePrecision.DAY and published.isoformat().startswith(reduced(point))
    return not (running and status == Status.PROPOSED)


def _distance(one: Mention, other: Mention) -> int:
    return max(one.start - other.end, other.start - one.end, 0)
