"""Silent failures: what a feed brings is measured against its own past, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.config.files.layers import Layers
from offing.config.sites.sentinel import load_sentinel
from offing.model.sources.symptom import DayOfFeed, FeedFacts, Symptom, SymptomKind
from offing.poll.turns.symptoms import judge_feed, settle

RULES = load_sentinel(Layers.of(None))
NOW = datetime(2026, 3, 4, 12, tzinfo=UTC)  # a Wednesday
GOOD = DayOfFeed(22, 20, 20, 20, 20, 18, 20, 3000, 6.0, {"en": 20})
WEEK = (40, 40, 40, 40, 40, 12, 8)  # new entries, Monday to Sunday


def a_feed(number: int = 1, now: datetime = NOW, week: tuple[int, ...] = WEEK, **changes: object) -> FeedFacts:
    """A feed that brings in 24 hours what it always brings on such days."""
    days = [now.date() - timedelta(days=each) for each in range(1, 49)]
    brought = {day: week[day.weekday()] for day in days if week[day.weekday()]}
    usual = min(week[now.weekday()], week[(now - timedelta(days=1)).weekday()])
    facts = FeedFacts(number, "Ledger", True, date(2025, 1, 1), usual, brought, GOOD, (GOOD,) * 30)
    return replace(facts, **changes)  # type: ignore[arg-type]


def found(facts: FeedFacts, now: datetime = NOW) -> dict[SymptomKind, str]:
    """The symptoms of a feed."""
    return {kind: cause for kind, cause in judge_feed(facts, RULES, now).items() if cause}


@pytest.mark.parametrize(
    ("kind", "lately", "words"),
    [
        (SymptomKind.SAME_TITLES, replace(GOOD, titles=1), "20 articles of 24 hours have 1 title between them"),
        (SymptomKind.SAME_TEXTS, replace(GOOD, texts=2), "2 texts"),
        (SymptomKind.OLD_DATES, replace(GOOD, lag=240.0), "dated 10 days ago"),
        (SymptomKind.LENGTH, replace(GOOD, length=400), "400 characters (median of 24 hours), 3,000 before"),
        (SymptomKind.LENGTH, replace(GOOD, length=9100), "9,100 characters"),
        (SymptomKind.INCOMPLETE, replace(GOOD, signed=0), "0 of 20 articles of 24 hours have an author, 540 of 600"),
        (SymptomKind.INCOMPLETE, replace(GOOD, pages=100, articles=20), "20 of 100 pages"),
        (SymptomKind.LANGUAGE, replace(GOOD, languages={"ru": 20}), "in ru now; before they were in en"),
    ],
)
def test_each_kind_is_found_alone_and_says_what_differs(kind: SymptomKind, lately: DayOfFeed, words: str) -> None:
    """One change of one day is one symptom, with both figures."""
    symptoms = found(a_feed(lately=lately))
    assert list(symptoms) == [kind]
    assert words in symptoms[kind]


def test_a_feed_that_thins_out_is_found_within_a_day() -> None:
    """Forty entries on a Wednesday as a rule, now six; a feed that is in trouble already is not reported again."""
    assert found(a_feed(new=6)) == {
        SymptomKind.THIN: "6 new entries came in 24 hours; on such weekdays it is usually 40, and never was below 40."
    }
    assert found(a_feed(new=6, healthy=False)) == {}


def test_weekends_and_quiet_feeds_are_no_failures() -> None:
    """Few on a Sunday is usual here; who brings little, or has been watched for two weeks, cannot be thin."""
    sunday = NOW + timedelta(days=4)
    assert found(a_feed(now=sunday, week=(40, 40, 40, 40, 40, 0, 0), new=0), sunday) == {}
    assert found(a_feed(week=(3,) * 7, new=0)) == {}
    assert found(a_feed(new=0, added=NOW.date() - timedelta(days=14))) == {}


def test_what_always_was_so_is_no_symptom() -> None:
    """An outlet that names no authors and calls everything `News in brief`; and one that has just been added."""
    brief = replace(GOOD, titles=1, signed=0, lag=500.0, languages={"en": 10, "sw": 10})
    assert found(a_feed(lately=brief, before=(brief,) * 30)) == {}
    few = DayOfFeed(11, 10, 10, 10, 10, 9, 10, 3000, 6.0, {"en": 10})
    assert found(a_feed(lately=replace(GOOD, signed=0, length=10, languages={"ru": 20}), before=(few,))) == {}
    assert list(found(a_feed(lately=replace(GOOD, titles=1), before=()))) == [SymptomKind.SAME_TITLES]


A_DAY = st.integers(0, 60).flatmap(
    lambda articles: st.builds(
        DayOfFeed,
        pages=st.integers(articles, articles + 20),
        articles=st.just(articles),
        titles=st.integers(min(articles, 1), articles),
        texts=st.integers(min(articles, 1), articles),
        dated=st.integers(0, articles),
        signed=st.integers(0, articles),
        whole=st.integers(0, articles),
        length=st.integers(0, 20_000),
        lag=st.none() | st.floats(0, 20),
        languages=st.just({"en": articles} if articles else {}),
    )
)


@given(A_DAY, st.integers(0, 50), st.tuples(*[st.integers(0, 500)] * 7), st.integers(0, 24 * 14))
def test_a_feed_that_stays_as_it_is_has_no_symptom(
    day: DayOfFeed, number: int, week: tuple[int, ...], hours: int
) -> None:
    """Whatever a feed is like: while each day is like the one before, nobody is called, at any hour of any weekday."""
    now = NOW + timedelta(hours=hours)
    alike = day.articles >= 8 and number * day.articles < 20 and min(day.titles, day.texts) <= max(1, day.articles / 5)
    if not alike:  # of which a new feed is suspected at once
        assert found(a_feed(now=now, week=week, lately=day, before=(day,) * number), now) == {}


@given(st.integers(0, 200), st.integers(0, 200))
def test_fewer_entries_never_end_a_symptom(one: int, other: int) -> None:
    """What is thin with some is thin with fewer."""
    more, fewer = max(one, other), min(one, other)
    if SymptomKind.THIN in found(a_feed(new=more)):
        assert SymptomKind.THIN in found(a_feed(new=fewer))


def judged(*feeds: FeedFacts, standing: tuple[Symptom, ...] = (), now: datetime = NOW) -> tuple[Symptom, ...]:
    """What stands after some feeds were judged."""
    return settle({each.feed_id: judge_feed(each, RULES, now) for each in feeds}, standing, RULES, now)


def test_what_most_feeds_have_at_once_is_reported_once() -> None:
    """Our own network, or an upgrade, is to blame: one symptom for the site, and none for its feeds."""
    feeds = [a_feed(number, new=2) for number in range(1, 9)]
    (symptom,) = judged(*feeds, a_feed(9))
    assert (symptom.feed_id, symptom.kind) == (None, SymptomKind.THIN)
    assert symptom.cause == "8 of 9 feeds bring far fewer new entries than usual."
    assert judged(*map(a_feed, range(1, 9)), standing=(symptom,)) == ()
    assert len(judged(*feeds[:4], a_feed(9))) == 4


def test_a_symptom_keeps_its_beginning_and_goes_when_it_is_over() -> None:
    """It stands while too little comes to judge by, for two weeks; a feed off the list takes it along."""
    ill = a_feed(lately=replace(GOOD, languages={"ru": 20}))
    (first,) = judged(ill)
    later = NOW + timedelta(days=1)
    (second,) = judged(ill, standing=(first,), now=later)
    assert (second.since, second.confirmed_at) == (NOW, later)
    nothing = a_feed(lately=DayOfFeed())
    assert judged(nothing, standing=(first,), now=later) == (first,)
    assert judged(nothing, standing=(first,), now=NOW + timedelta(days=15)) == ()
    assert judged(a_feed(), standing=(first,), now=later) == ()
    assert judged(standing=(first,), now=later) == ()
