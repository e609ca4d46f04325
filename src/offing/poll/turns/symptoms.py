"""Detects feeds that fail silently: all is answered and read, but what comes differs from the feed's own past. Pure.

Alarms (`alarm.py`) are judged at each exchange from what the feed's document says; symptoms are judged by the end of a
run, from the entries and articles of the last 24 hours against whole days before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from statistics import median

from offing.model.sources.symptom import DayOfFeed, FeedFacts, SentinelRules, Symptom, SymptomKind
from offing.model.values.numbers import counted

DAY = timedelta(days=1)
WEEKDAYS_ENOUGH = 3  # of each weekday, before a usual day is known
DAYS_ENOUGH = 5  # with articles
PAST_ENOUGH = 20  # articles
ALONE = 8  # articles from which one title or text for all is odd in a new feed, too
FEEDS_ENOUGH = 5  # with the same symptom, before the site is to blame
KEPT = 14 * DAY  # how long a symptom stands that could not be judged again

Verdicts = Mapping[SymptomKind, str | None]

STEPS = {
    SymptomKind.THIN: "See whether the publisher has another feed now, or cut this one to a part of its news.",
    SymptomKind.SAME_TITLES: "Look at one of its pages: a notice or log-in page may stand where articles were.",
    SymptomKind.SAME_TEXTS: "Look at one of its pages: a notice or log-in page may stand where articles were.",
    SymptomKind.OLD_DATES: "See whether it repeats old articles, or its dates are wrong.",
    SymptomKind.LENGTH: "Compare a page with `offing read`: texts may be cut, or carry what is not theirs.",
    SymptomKind.INCOMPLETE: "Compare a page with `offing read`; a rule in config/outlets/ may be needed.",
    SymptomKind.LANGUAGE: "See whether the address leads to another edition now.",
}
_OF_SITE = (
    "See first whether something here changed: network, proxy, an upgrade, the config; then whether it is a holiday."
)
_COMMON = {
    SymptomKind.THIN: "bring far fewer new entries than usual",
    SymptomKind.SAME_TITLES: "have one title for nearly all articles",
    SymptomKind.SAME_TEXTS: "have one text for nearly all articles",
    SymptomKind.OLD_DATES: "bring new articles with old dates only",
    SymptomKind.LENGTH: "bring texts of another length",
    SymptomKind.INCOMPLETE: "have lost articles, dates, authors or parts of texts",
    SymptomKind.LANGUAGE: "bring articles in another language",
}


def judge_feed(facts: FeedFacts, rules: SentinelRules, now: datetime) -> Verdicts:
    """Judge one feed.

    Returns:
        For each kind that could be judged, the cause in a sentence, or None if all is well. Kinds for which there is
        too little to judge by are missing.
    """
    found: dict[SymptomKind, str | None] = {}
    found |= _thin(facts, rules, now)
    found |= _incomplete(facts, rules)
    if facts.lately.articles >= rules.articles:
        found |= _alike(facts, rules, SymptomKind.SAME_TITLES, "title", lambda day: day.titles)
        found |= _alike(facts, rules, SymptomKind.SAME_TEXTS, "text", lambda day: day.texts)
        found |= _old_dates(facts, rules)
        found |= _length(facts, rules)
        found |= _language(facts, rules)
    return found


def settle(
    judged: Mapping[int, Verdicts], standing: Iterable[Symptom], rules: SentinelRules, now: datetime
) -> tuple[Symptom, ...]:
    """Return the symptoms that stand now.

    One that many feeds have at the same time is reported once, for the site. One that cannot be judged again, since too
    little came, stands for two weeks more.

    Args:
        judged: the verdicts on the feeds on the list, by feed id.
        standing: the symptoms of before.
        rules: of the site.
        now: aware UTC.
    """
    before = {each.key: each for each in standing}
    found = _causes(judged, rules)
    made = [_symptom(key, cause, before.get(key), now) for key, cause in found.items()]
    kept = (
        each
        for (feed_id, kind), each in before.items()
        if feed_id is not None and kind not in judged.get(feed_id, {kind}) and (None, kind) not in found
    )
    return (*made, *(each for each in kept if now - each.confirmed_at < KEPT))


def _causes(judged: Mapping[int, Verdicts], rules: SentinelRules) -> Mapping[tuple[int | None, SymptomKind], str]:
    found: dict[tuple[int | None, SymptomKind], str] = {}
    for kind in SymptomKind:
        causes = {feed_id: verdicts[kind] for feed_id, verdicts in judged.items() if kind in verdicts}
        ill = {feed_id: cause for feed_id, cause in causes.items() if cause}
        if len(ill) >= FEEDS_ENOUGH and len(ill) >= rules.common * len(causes):
            found[None, kind] = f"{len(ill):,} of {counted(len(causes), 'feed')} {_COMMON[kind]}."
        else:
            found |= {(feed_id, kind): cause for feed_id, cause in ill.items()}
    return found


def _symptom(key: tuple[int | None, SymptomKind], cause: str, before: Symptom | None, now: datetime) -> Symptom:
    feed_id, kind = key
    step = _OF_SITE if feed_id is None else STEPS[kind]
    return Symptom(kind, feed_id, cause, step, before.since if before else now, now)


def _thin(facts: FeedFacts, rules: SentinelRules, now: datetime) -> Verdicts:
    """Compare the new entries of 24 hours with those of the two weekdays that they fall on."""
    today = now.astimezone(UTC).date()
    usual, least = [], []
    for day in (today, today - DAY):
        past = _same_weekday(facts, day, rules.weeks)
        if len(past) < WEEKDAYS_ENOUGH:
            return {}
        usual.append(median(past))
        least.append(min(past))
    expected = min(usual)
    if not facts.healthy or expected < rules.expected:
        return {}
    if facts.new >= rules.thin * expected or facts.new >= min(least) / 2:
        return {SymptomKind.THIN: None}
    came = f"{counted(facts.new, 'new entry', 'new entries')} came in 24 hours"
    return {
        SymptomKind.THIN: f"{came}; on such weekdays it is usually {expected:,.0f}, and never was below {min(least):,}."
    }


def _same_weekday(facts: FeedFacts, day: date, weeks: int) -> list[int]:
    """Return the new entries of the same weekday in the weeks before, as far as the feed was watched all day."""
    days = [day - number * 7 * DAY for number in range(1, weeks + 1)]
    return [facts.new_by_day.get(each, 0) for each in days if each > facts.added]


def _alike(
    facts: FeedFacts, rules: SentinelRules, kind: SymptomKind, noun: str, count: Callable[[DayOfFeed], int]
) -> Verdicts:
    now, past = facts.lately, _sum(facts.before, _articles)
    usual = now.articles >= ALONE if past < PAST_ENOUGH else _sum(facts.before, count) >= rules.usual * past
    if not usual:
        return {}
    different = count(now)
    if different > max(1, rules.lost * now.articles):
        return {kind: None}
    return {kind: f"{now.articles} articles of 24 hours have {counted(different, noun)} between them."}


def _old_dates(facts: FeedFacts, rules: SentinelRules) -> Verdicts:
    lags = [day.lag for day in facts.before if day.lag is not None]
    now = facts.lately
    if now.lag is None or now.dated < rules.articles or len(lags) < DAYS_ENOUGH or median(lags) > rules.lag_hours / 2:
        return {}
    if now.lag < rules.lag_hours:
        return {SymptomKind.OLD_DATES: None}
    days = now.lag / 24
    return {
        SymptomKind.OLD_DATES: f"{now.articles} new articles came in 24 hours, the newest dated {days:,.0f} days ago."
    }


def _length(facts: FeedFacts, rules: SentinelRules) -> Verdicts:
    past = [day.length for day in facts.before for _ in range(day.articles)]
    days = [day.length for day in facts.before if day.articles >= rules.articles]
    if len(past) < PAST_ENOUGH or len(days) < DAYS_ENOUGH:
        return {}
    usual, now = median(past), facts.lately.length
    if min(rules.shorter * usual, *days) <= now <= max(rules.longer * usual, *days):
        return {SymptomKind.LENGTH: None}
    return {SymptomKind.LENGTH: f"Its texts have {now:,} characters (median of 24 hours), {usual:,.0f} before."}


def _articles(day: DayOfFeed) -> int:
    return day.articles


_PARTS: tuple[tuple[str, str, Callable[[DayOfFeed], int], Callable[[DayOfFeed], int]], ...] = (
    ("pages", "an article", lambda day: day.pages, _articles),
    ("articles", "a date", _articles, lambda day: day.dated),
    ("articles", "an author", _articles, lambda day: day.signed),
    ("articles", "a whole text", _articles, lambda day: day.whole),
)


def _incomplete(facts: FeedFacts, rules: SentinelRules) -> Verdicts:
    """Compare the shares of pages with an article, and of articles with a date, an author, a whole text."""
    lost, judged = [], False
    for noun, what, whole, part in _PARTS:
        now, past = whole(facts.lately), _sum(facts.before, whole)
        if now < rules.articles or past < PAST_ENOUGH or _sum(facts.before, part) < rules.usual * past:
            continue
        judged = True
        if part(facts.lately) <= rules.lost * now:
            before = f"{_sum(facts.before, part)} of {past} before"
            lost.append(f"{part(facts.lately)} of {now} {noun} of 24 hours have {what}, {before}")
    if not judged:
        return {}
    return {SymptomKind.INCOMPLETE: f"{'; '.join(lost)}." if lost else None}


def _language(facts: FeedFacts, rules: SentinelRules) -> Verdicts:
    past: Counter[str] = Counter()
    for day in facts.before:
        past.update(day.languages)
    if past.total() < PAST_ENOUGH:
        return {}
    usual, number = past.most_common(1)[0]
    if number < rules.usual * past.total():
        return {}
    now = facts.lately
    if now.languages.get(usual, 0) > rules.lost * now.articles:
        return {SymptomKind.LANGUAGE: None}
    most = max(now.languages, key=lambda each: now.languages[each])
    return {
        SymptomKind.LANGUAGE: f"Its articles are in {most or 'no known language'} now; before they were in {usual}."
    }


def _sum(days: Iterable[DayOfFeed], count: Callable[[DayOfFeed], int]) -> int:
    return sum(map(count, days))
