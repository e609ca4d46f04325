"""What a record is made of comes in the order of its news."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from factories.candidate import FACTS, frozen_candidate, story_article_of
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import StoryArticle
from offing.model.values.vocabulary import Status
from offing.promote import Accepted
from offing.promote.accepted_candidates import day_of, in_order
from offing.promote.lifeline import lead_of

MORNING = datetime(2026, 3, 5, 6, tzinfo=UTC)
EVENING = datetime(2026, 3, 5, 20, tzinfo=UTC)
EARLIER = datetime(2026, 3, 4, 23, tzinfo=UTC)


def told(number: int, *articles: StoryArticle) -> Accepted:
    """A candidate of some articles."""
    return Accepted(frozen_candidate(id=number, articles=articles), FACTS)


@pytest.mark.parametrize(
    ("articles", "first"),
    [
        ((story_article_of(1, MORNING), story_article_of(2, EARLIER)), 2),
        ((story_article_of(2, MORNING), story_article_of(1, EVENING)), 1),  # of one day by its address
        ((story_article_of(1, None), story_article_of(2, MORNING)), 2),
        ((story_article_of(2, None), story_article_of(1, None)), 1),
    ],
)
def test_the_first_article_is_that_of_the_earliest_day(articles: tuple[StoryArticle, ...], first: int) -> None:
    """Undated ones stand behind; of one day the address decides."""
    found = told(1, *articles)
    assert found.first is not None
    assert found.first.article_id == first
    assert found.day == day_of(found.first)


def test_a_day_is_one_in_utc() -> None:
    """Whatever zone an article was published in; without an article there is none."""
    late = EVENING.astimezone(timezone(timedelta(hours=9)))
    assert day_of(story_article_of(1, late)) == date(2026, 3, 5)
    assert day_of(story_article_of(1, None)) is None
    assert (told(1).first, told(1).day) == (None, None)


def test_candidates_stand_in_the_order_of_their_news() -> None:
    """By day, then address, then number; what nothing dates stands last."""
    parts = (
        told(1, story_article_of(9, None)),
        told(2),
        told(3, story_article_of(2, EVENING)),
        told(4, story_article_of(1, EVENING)),
        told(6, story_article_of(1, MORNING)),
        told(5, story_article_of(1, EVENING)),
        told(7, story_article_of(9, EARLIER)),
    )
    for order in (parts, parts[::-1]):
        assert [each.candidate.id for each in in_order(order)] == [7, 4, 5, 6, 3, 2, 1]


def test_a_status_is_proved_by_the_earliest_words_of_the_earliest_article() -> None:
    """Of one that the story still has; of other statuses and fields none."""

    def quoted(
        article: int, start: int, words: str, value: str = "signed", field: FieldName = FieldName.STATUS
    ) -> Evidence:
        return Evidence(field, value, article, start, start + 5, words)

    proofs = (
        quoted(2, 90, "late in it"),
        quoted(2, 10, "early in it"),
        quoted(1, 0, "later"),
        quoted(3, 0, "gone"),
        quoted(2, 0, "agreed", "agreed"),
        quoted(2, 1, "halted", "suspended"),
        quoted(2, 0, "of a mode", field=FieldName.MODE),
        quoted(4, 0, "undated"),
    )
    articles = (story_article_of(1, MORNING), story_article_of(2, EARLIER), story_article_of(4, None))
    part = Accepted(frozen_candidate(articles=articles, evidence=proofs), FACTS)
    lead = lead_of(part)
    assert lead is not None
    assert (lead.status, lead.quote, lead.day) == (Status.SIGNED, "early in it", date(2026, 3, 4))
    unproved = replace(part, candidate=replace(part.candidate, evidence=proofs[3:7]))
    bare = lead_of(unproved)
    assert bare is not None
    assert (bare.quote, bare.url, bare.day) == ("", "https://news.example/2", date(2026, 3, 4))
    assert lead_of(replace(part, facts=replace(FACTS, status=None))) is None
