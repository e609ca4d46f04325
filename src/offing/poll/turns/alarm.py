"""Detects feeds that answer well but behave oddly: silent, repeating, without dates or texts, flooding.

Each feed is measured against its own remembered exchanges; no threshold is about news as such. Judged at every exchange
that brought an answer, "nothing new" included, so that no oddity stays unseen for a day.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median, quantiles

from offing.model.sources.feed import Alarm, Exchange, FeedAlarm
from offing.poll.turns.habit import ANSWERED

DAY = timedelta(days=1)

# Silent: the break exceeds 1.5 times the longest break that occurred twice, and three times nearly all of its breaks;
# where its breaks are all alike, exceeding twice that longest break is enough.
GAPS_ENOUGH = 8
SEEN_ONE_WEEKEND, SEEN_TWO = 7 * DAY, 14 * DAY
SHORTEST_SILENCE, SILENCE_OF_YOUNG = DAY, 4 * DAY  # a new feed may turn out to pause over long weekends
TIMES_USUAL, TIMES_LONGEST, TIMES_ALIKE = 3, 1.5, 2
SILENT_ANYWAY = 60 * DAY

MANY, FEW = 0.8, 0.2  # shares of entries that have a date or text
JUDGED_FROM = 3  # entries in a document
PAST_ENOUGH = 5  # documents

REPEATS = 5  # entries under new keys, in at least two documents
DOCUMENTS_OF_REPEATS = 3

FLOOD = 50  # new entries in a day
TIMES_BUSIEST = 5
DAYS_ENOUGH = 7
ABSENT = 2 * DAY  # after a longer absence much is new anyway

REMEMBERED = 30 * DAY


def judge_alarm(history: Sequence[Exchange], now: datetime, current: FeedAlarm | None = None) -> Alarm | None:
    """Return the alarm that a feed's history raises, or None.

    Args:
        history: its exchanges, latest first; older ones only where they brought something.
        now: aware UTC.
        current: the current alarm. An alarm for lost dates or texts stays until they are back, even when the history
            no longer reaches the time before the loss.
    """
    answered = [exchange for exchange in history if exchange.outcome in ANSWERED]
    if not answered:
        return None
    found = (
        _endless_304(answered, now)
        or _repeating(answered, now)
        or _flooding(answered, now)
        or _lost(answered, lambda one: one.dated, FeedAlarm.UNDATED, current)
        or _lost(answered, lambda one: one.with_text, FeedAlarm.BODILESS, current)
    )
    return found or _silent(answered, now)


def _endless_304(answered: Sequence[Exchange], now: datetime) -> Alarm | None:
    hid = next((one for one in answered if one.missed and now - one.at < REMEMBERED), None)
    if hid is None:
        return None
    cause = f"Its server said that nothing was new, but on {hid.at:%Y-%m-%d} there were {hid.missed:,} older entries."
    advice = "Nothing: for a month it is read in full at each turn. Tell the publisher that its caching is broken."
    return Alarm(FeedAlarm.ENDLESS_304, cause, advice)


def _repeating(answered: Sequence[Exchange], now: datetime) -> Alarm | None:
    turned = [one for one in answered if (one.new_entries or one.repeated) and now - one.at < REMEMBERED]
    last = turned[:DOCUMENTS_OF_REPEATS]
    repeated, new = sum(one.repeated for one in last), sum(one.new_entries for one in last)
    if sum(bool(one.repeated) for one in last) <= 1 or repeated < max(REPEATS, MANY * (repeated + new)):
        return None
    cause = f"It announces the same entries again and again as if they were new ({repeated:,} in {len(last)} readings)."
    advice = "Nothing is taken twice. Watch another feed of this publisher if there is one."
    return Alarm(FeedAlarm.REPEATING, cause, advice)


def _flooding(answered: Sequence[Exchange], now: datetime) -> Alarm | None:
    if any(later.at - earlier.at > ABSENT and now - later.at < DAY for later, earlier in pairwise(answered)):
        return None
    days: Counter[int] = Counter()
    for one in answered[:-1]:  # the oldest one may have brought the whole backlog
        days[(now - one.at) // DAY] += one.new_entries
    past = [days[number] for number in range(1, (now - answered[-1].at) // DAY)]
    if len(past) < DAYS_ENOUGH or days[0] < max(FLOOD, TIMES_BUSIEST * _nearly_all(past)):
        return None
    cause = f"It brought {days[0]:,} new entries in a day; on nearly all days before it was {_nearly_all(past):,.0f}."
    advice = "See whether it became another feed or was broken into; if so, take it off the list."
    return Alarm(FeedAlarm.FLOODING, cause, advice)


_LOST = {
    FeedAlarm.UNDATED: (
        "Its entries have lost their dates",
        "The date of each article is taken from its page meanwhile. See whether the feed writes dates in a new way.",
    ),
    FeedAlarm.BODILESS: (
        "Its entries have lost their texts",
        "Articles are read from their pages as before; where a page cannot be had, there is no summary any more.",
    ),
}


def _lost(
    answered: Sequence[Exchange], count: Callable[[Exchange], int], kind: FeedAlarm, current: FeedAlarm | None
) -> Alarm | None:
    documents = [one for one in answered if one.entries >= JUDGED_FROM]
    if not documents or count(documents[0]) > FEW * documents[0].entries:
        return None
    past = [count(one) / one.entries for one in documents[1:]]
    if current is not kind and (len(past) < PAST_ENOUGH or median(past) < MANY):
        return None
    what, advice = _LOST[kind]
    return Alarm(kind, f"{what}: {count(documents[0])} of {documents[0].entries} have one now.", advice)


def _silent(answered: Sequence[Exchange], now: datetime) -> Alarm | None:
    news = [one.at for one in answered if one.new_entries]
    quiet = now - (news[0] if news else answered[-1].at)
    limit = _longest_usual(news)
    if quiet <= (limit or SILENT_ANYWAY):
        return None
    usual = f" The breaks that it takes are shorter than {_words(limit)}." if limit else ""
    cause = f"It has announced nothing new for {_words(quiet)}.{usual}"
    advice = "See whether the publisher still writes, and whether it has moved to another feed."
    return Alarm(FeedAlarm.SILENT, cause, advice)


def _longest_usual(news: Sequence[datetime]) -> timedelta | None:
    """Return the longest break that is usual for a feed, given the times of its news, latest first; None if unknown."""
    gaps = sorted(later - earlier for later, earlier in pairwise(news))
    watched = news[0] - news[-1] if news else timedelta()
    if len(gaps) < GAPS_ENOUGH or watched < SEEN_ONE_WEEKEND:
        return None
    floor = SHORTEST_SILENCE if watched >= SEEN_TWO else SILENCE_OF_YOUNG
    nearly_all = timedelta(seconds=_nearly_all([gap.total_seconds() for gap in gaps]))
    longest = gaps[-2]
    return max(floor, min(TIMES_USUAL * nearly_all, TIMES_ALIKE * longest), TIMES_LONGEST * longest)


def _nearly_all(values: Sequence[float]) -> float:
    """Return the 95th percentile of the values."""
    return quantiles(values, n=20, method="inclusive")[-1]


def _words(span: timedelta) -> str:
    hours = span / timedelta(hours=1)
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"  # noqa: PLR2004 - two days
