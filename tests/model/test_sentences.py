"""What models say of themselves, in sentences that people read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from factories.candidate import frozen_candidate, story_article_of
from offing.model.operation.figures import Precision
from offing.model.reading.mention import MentionKind
from offing.model.review.mute import Mute
from offing.model.sources.article import Completeness
from offing.model.sources.clock import SKEW, Beyond, ahead, believed

KEPT = "Its publisher reserves the text, so only the quotes were kept."
NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("outlets", "independent", "said"),
    [
        (1, 1, ""),
        (2, 1, "also in 1 outlet (copies)"),
        (2, 0, "also in 1 outlet (copies)"),
        (2, 2, "also in 1 outlet (1 independent)"),
        (8, 4, "also in 7 outlets (3 independent)"),
    ],
)
def test_a_candidate_says_who_else_tells_it(outlets: int, independent: int, said: str) -> None:
    """The outlets beside the first one, and how many of them did not copy."""
    assert frozen_candidate(outlets=outlets, independent=independent).also_in == said


@pytest.mark.parametrize(
    ("completeness", "sign", "withheld", "note"),
    [
        (Completeness.COMPLETE, "", False, ""),
        (Completeness.COMPLETE, "never shown", False, ""),
        (Completeness.TRUNCATED, "", False, "The text breaks off."),
        (Completeness.TRUNCATED, "it ends in …", False, "The text breaks off: it ends in …."),
        (Completeness.PAYWALLED, "a wall.", False, "The rest of the text is behind a paywall: a wall."),
        (Completeness.COMPLETE, "", True, KEPT),
        (Completeness.SUMMARY_ONLY, "no page", True, f"Only the feed's summary could be read: no page. {KEPT}"),
    ],
)
def test_an_article_says_what_is_missing_of_it(
    completeness: Completeness, sign: str, withheld: bool, note: str
) -> None:
    """Sentences with one full stop each; nothing of a text that is whole."""
    article = replace(story_article_of(), completeness=completeness, completeness_sign=sign, withheld=withheld)
    assert article.note == note


@pytest.mark.parametrize(
    ("beyond", "said"),
    [
        (Beyond(), ""),
        (Beyond(turns=1), "1 turn lies beyond the longest pause"),
        (Beyond(rests=1), "1 rest of a host lies beyond the longest pause"),
        (Beyond(turns=2), "2 turns lie beyond the longest pause"),
        (Beyond(1, 1, 0), "1 turn, 1 rest of a host lie beyond the longest pause"),
        (Beyond(0, 1, 1), "1 rest of a host, 1 claim of a run lie beyond the longest pause"),
        (Beyond(1, 0, 3), "1 turn, 3 claims of runs lie beyond the longest pause"),
        (
            Beyond(rests=2, farthest=NOW.astimezone(timezone(timedelta(hours=3)))),
            "2 rests of hosts lie beyond the longest pause (the last one 2026-03-04 07:30 UTC)",
        ),
    ],
)
def test_a_clock_that_was_wrong_is_reported_in_numbers(beyond: Beyond, said: str) -> None:
    """What lies too far ahead, of each kind how much; nothing where nothing does."""
    assert beyond.sentence.partition(": ")[2] == said
    assert not said or beyond.sentence.startswith("the clock of this machine ran ahead, or is behind now: ")


def test_five_minutes_are_no_wrong_clock() -> None:
    """What happened may lie as far ahead as clocks of good machines differ."""
    assert timedelta(minutes=5) == SKEW
    assert (ahead(NOW + SKEW, NOW), believed(NOW + SKEW, NOW)) == (False, NOW + SKEW)
    late = NOW + SKEW + timedelta(seconds=1)
    assert (ahead(late, NOW), believed(late, NOW), believed(None, NOW)) == (True, None, None)


def test_precision_is_the_share_that_was_accepted() -> None:
    """Of those decided; nothing decided is no precision."""
    some = Precision("news.example", accepted=3, rejected=1)
    assert (some.decided, some.share) == (4, 0.75)
    assert Precision("news.example", 0, 0).share == 0.0


@pytest.mark.parametrize(
    ("rule", "scope"),
    [
        ({}, "everywhere"),
        ({"alias": "CHEC"}, "as “CHEC”"),
        ({"context": "football"}, "near “football”"),
        ({"alias": "CHEC", "context": "football", "source": "a.example"}, "as “CHEC”, near “football”, in a.example"),
    ],
)
def test_a_mute_says_where_it_holds(rule: dict[str, str], scope: str) -> None:
    """What is left empty holds for all."""
    assert Mute(MentionKind.FIRM, "chec", **rule).scope == scope
