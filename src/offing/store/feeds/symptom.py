"""Symptoms of feeds, and the facts by which they are found."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from statistics import median
from typing import Any

import sqlalchemy as sa

from offing.model.operation.run import Ending
from offing.model.sources.article import Completeness
from offing.model.sources.feed import ILL, FeedAlarm, FeedState
from offing.model.sources.symptom import DayOfFeed, FeedFacts, Symptom, SymptomKind
from offing.model.values.vocabulary import Verb
from offing.store.database.batch import parts
from offing.store.database.dialect import characters_of
from offing.store.feeds.feed_figures import new_by_day
from offing.store.tables import article, entry, feed, feed_day, outcome, page, poll, run, symptom

DAY = timedelta(days=1)
CAUGHT_UP = 4  # days that are summed up at once
_BATCH = 500


def symptoms(conn: sa.Connection) -> tuple[Symptom, ...]:
    """Return the symptoms that stand, those of the site first, then by feed."""
    rows = conn.execute(sa.select(symptom).order_by(symptom.c.feed_id.is_not(None), symptom.c.feed_id, symptom.c.id))
    return tuple(_symptom(row) for row in rows)


def replace_symptoms(conn: sa.Connection, found: Iterable[Symptom]) -> None:
    """Replace all symptoms by those that stand now; those that are over are gone."""
    conn.execute(sa.delete(symptom))
    rows = [asdict(each) for each in found]
    if rows:
        conn.execute(sa.insert(symptom), rows)


def _symptom(row: Any) -> Symptom:
    return Symptom(SymptomKind(row.kind), row.feed_id, row.cause, row.next_step, row.since, row.confirmed_at)


def unsummed_days(conn: sa.Connection, now: datetime, days: int) -> tuple[dict[str, Any], ...]:
    """Return rows of `feed_day` for whole days before now that are not summed up yet.

    Of four days at most, the oldest first, which bounds the articles that a check reads; the next call goes on.
    """
    today = now.astimezone(UTC).date()
    oldest = today - timedelta(days=days)
    last = conn.execute(sa.select(sa.func.max(feed_day.c.day))).scalar_one()
    begin = max(oldest, date.fromisoformat(last) + DAY) if last else oldest
    next_ = conn.execute(_first_drawn(datetime.combine(begin, time(), UTC))).scalar_one_or_none()
    first = next_.date() if next_ else today
    starts = [datetime.combine(first, time(), UTC) + number * DAY for number in range(CAUGHT_UP)]
    return tuple(
        {"feed_id": feed_id, "day": start.date().isoformat(), **asdict(found)}
        for start in starts
        if start.date() < today
        for feed_id, found in _yields(conn, start, start + DAY).items()
    )


def save_days(conn: sa.Connection, rows: Sequence[dict[str, Any]], oldest: date) -> None:
    """Store sums of days that are not there yet, and delete those before the oldest day that is needed."""
    for some in parts(rows):
        conn.execute(sa.insert(feed_day), some)
    conn.execute(sa.delete(feed_day).where(feed_day.c.day < oldest.isoformat()))


def _first_drawn(since: datetime) -> sa.Select[Any]:
    """Select when the first article of a feed since a moment was drawn: days without any are passed over."""
    return (
        sa.select(article.c.extracted_at)
        .join_from(article, page, page.c.id == article.c.page_id)
        .join(entry, entry.c.id == page.c.entry_id)
        .where(article.c.extracted_at >= since, article.c.completeness != Completeness.SUMMARY_ONLY)
        .where(entry.c.feed_id.is_not(None))
        .order_by(article.c.extracted_at)
        .limit(1)
    )


def feed_facts(conn: sa.Connection, now: datetime, days: int) -> Iterator[FeedFacts]:
    """Yield the facts by which the feeds on the list are judged; paused ones are left out.

    Reads sums by day of the past, and entries and articles of 24 hours only: measured in docs/operate.md.
    """
    today = now.astimezone(UTC).date()
    begin = today - timedelta(days=days)
    lately = _yields(conn, now - DAY, now)
    by_day = new_by_day(conn, datetime.combine(begin, time(), UTC))
    brought = sa.select(poll.c.feed_id, sa.func.sum(poll.c.new_entries).label("new"))
    counts = brought.where(poll.c.at > now - DAY, poll.c.at <= now, poll.c.new_entries > 0).group_by(poll.c.feed_id)
    new = {row.feed_id: int(row.new) for row in conn.execute(counts)}
    columns = (feed.c.id, feed.c.title, feed.c.url, feed.c.state, feed.c.alarm, feed.c.added_at, feed.c.last_poll_at)
    watched = sa.select(*columns).where(feed.c.removed_at.is_(None), feed.c.state != FeedState.PAUSED)
    for some in parts(conn.execute(watched.order_by(feed.c.id)).all()):
        before = _before(conn, [row.id for row in some], begin, today)
        for row in some:
            asked = row.last_poll_at is not None and row.last_poll_at > now - DAY
            yield FeedFacts(
                feed_id=row.id,
                title=row.title or row.url,
                healthy=asked and row.state not in ILL and row.alarm != FeedAlarm.SILENT,
                added=row.added_at.date(),
                new=new.get(row.id, 0),
                new_by_day=by_day.get(row.id, {}),
                lately=lately.get(row.id, DayOfFeed()),
                before=tuple(before.get(row.id, ())),
            )


def _before(conn: sa.Connection, feeds: Sequence[int], begin: date, end: date) -> Mapping[int, list[DayOfFeed]]:
    found: dict[int, list[DayOfFeed]] = defaultdict(list)
    within = (feed_day.c.day >= begin.isoformat()) & (feed_day.c.day < end.isoformat()) & feed_day.c.feed_id.in_(feeds)
    for row in conn.execute(sa.select(feed_day).where(within).order_by(feed_day.c.feed_id, feed_day.c.day)):
        found[row.feed_id].append(DayOfFeed(*row[2:]))  # the columns are its fields, in order
    return found


@dataclass(slots=True)
class _Sums:
    """The articles of one feed and one day, while they are read."""

    titles: set[str] = field(default_factory=set)
    texts: set[str] = field(default_factory=set)
    lengths: list[int] = field(default_factory=list)
    languages: Counter[str] = field(default_factory=Counter)
    dated: int = 0
    signed: int = 0
    whole: int = 0
    empty: int = 0
    newest: datetime | None = None

    def add(self, row: Any) -> None:
        """Count an article."""
        self.titles.add(row.title)
        self.texts.add(row.text_hash)
        self.lengths.append(int(row.length))
        self.languages[row.language] += 1
        self.signed += bool(row.author)
        self.whole += row.completeness == Completeness.COMPLETE
        if row.published is not None:
            self.dated += 1
            self.newest = max(self.newest or row.published, row.published)

    def of_day(self, end: datetime) -> DayOfFeed:
        """Return the sums of a day that ends then."""
        return DayOfFeed(
            pages=len(self.lengths) + self.empty,
            articles=len(self.lengths),
            titles=len(self.titles),
            texts=len(self.texts),
            dated=self.dated,
            signed=self.signed,
            whole=self.whole,
            length=round(median(self.lengths)) if self.lengths else 0,
            lag=max(0.0, (end - self.newest) / timedelta(hours=1)) if self.newest else None,
            languages=dict(self.languages),
        )


def _yields(conn: sa.Connection, begin: datetime, end: datetime) -> dict[int, DayOfFeed]:
    """Return what the pages of each feed yielded between two moments; summaries in place of articles left out."""
    sums: dict[int, _Sums] = defaultdict(_Sums)
    columns = (article.c[name] for name in ("title", "text_hash", "language", "author", "completeness", "published"))
    drawn = (
        sa.select(entry.c.feed_id, *columns, characters_of(conn.dialect, article.c.paragraphs).label("length"))
        .join_from(article, page, page.c.id == article.c.page_id)
        .join(entry, entry.c.id == page.c.entry_id)
        .where(article.c.extracted_at >= begin, article.c.extracted_at < end, entry.c.feed_id.is_not(None))
        .where(article.c.completeness != Completeness.SUMMARY_ONLY)
    )
    for row in conn.execute(drawn.execution_options(yield_per=_BATCH)):
        sums[row.feed_id].add(row)
    for row in conn.execute(_empty(begin, end)):
        sums[row.feed_id].empty = row.number
    return {feed_id: each.of_day(end) for feed_id, each in sums.items()}


def _empty(begin: datetime, end: datetime) -> sa.Select[Any]:
    """Count pages without an article by feed; outcomes are found by their runs, which the moments bound."""
    runs = sa.select(run.c.id).where(run.c.started_at >= begin - DAY, run.c.started_at < end)
    return (
        sa.select(entry.c.feed_id, sa.func.count().label("number"))
        .join_from(outcome, page, page.c.id == outcome.c.item_id)
        .join(entry, entry.c.id == page.c.entry_id)
        .where(outcome.c.run_id.in_(runs), outcome.c.verb == Verb.EXTRACT, outcome.c.ending == Ending.EMPTY)
        .where(outcome.c.at >= begin, outcome.c.at < end, entry.c.feed_id.is_not(None))
        .group_by(entry.c.feed_id)
    )
