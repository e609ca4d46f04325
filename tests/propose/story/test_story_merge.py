"""What the tellings of a story come to together."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offing.model.projects.project import EventDate, LoanTerm
from offing.model.reading.evidence import FieldName
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Reason
from offing.model.review.story import MergedStory, Telling
from offing.model.values.vocabulary import AmountKind, LoanTermKind, Sector, Status
from offing.propose.story import merge_tellings
from propose.tellings import FACTS, HUAWEI, TEXTS, ZTE, amount, several, size, sketch, telling

RULES = ScoringRules(0.5, -3.5, {"independent-sources": 0.4}, {"independent-sources": "Told by {what} sources."})


def merged(*tellings: Telling) -> MergedStory:
    """A story of these tellings."""
    return merge_tellings(tellings, RULES)


def contrast(story: MergedStory, name: FieldName) -> dict[str, tuple[str, ...]]:
    """The values of a field that its articles tell differently."""
    return {each.value: each.urls for found in story.contrasts if found.field is name for each in found.values}


def test_one_telling_is_its_story() -> None:
    """A story of one article tells what that tells, no more and no less."""
    reasons = (Reason("party-in-title", 1.0, "…"),)
    story = merged(telling(reasons=reasons))
    assert (story.facts, story.reasons, story.score) == (FACTS, reasons, 0.9)
    assert (story.outlets, story.independent, story.contrasts) == (1, 1, ())


def test_copies_are_one_source() -> None:
    """Seven outlets with one agency's text, and one with its own, are two independent sources."""
    text = sketch(TEXTS[0])
    copies = [telling(number, sketch=text) for number in range(1, 8)]
    story = merged(*copies, telling(8, sketch=sketch(TEXTS[1])), telling(9, outlet="Paper 8"))
    assert (story.outlets, story.independent) == (8, 2)


def test_sources_that_are_tied_by_a_later_one_are_one() -> None:
    """What copies two others makes one source of them."""
    one, other = telling(1, sketch=sketch(TEXTS[0][:15])), telling(2, sketch=sketch(TEXTS[0][15:]))
    assert merged(one, other).independent == 2
    assert merged(one, other, telling(3, days=1, sketch=sketch(TEXTS[0]))).independent == 1


def test_agreement_of_independent_sources_raises_the_score() -> None:
    """Two sources that agree add the reason once, four twice, more no more; copies and strangers add nothing."""
    scores = [merged(*(telling(number) for number in range(1, many + 1))).score for many in (1, 2, 4, 8)]
    assert scores == [0.9, 0.9307, 0.9524, 0.9524]
    assert merged(telling(1), telling(2)).reasons == (Reason("independent-sources", 0.4, "Told by 2 sources."),)
    stranger = replace(FACTS, firms=(ZTE,), lenders=(), amounts=())
    assert merged(telling(1), telling(2, stranger, score=0.5)).score == 0.9
    assert merged(telling(1), telling(2, outlet="Paper 1")).score == 0.9


def test_single_values_are_what_most_sources_tell() -> None:
    """One article in three that says otherwise is kept as a contrast."""
    odd = replace(FACTS, status=Status.APPROVED, sector=Sector.OTHER)
    story = merged(telling(1, odd), telling(2), telling(3))
    assert (story.facts.status, story.facts.sector) == (Status.SIGNED, Sector.SMART_CITY)
    assert contrast(story, FieldName.STATUS) == {
        "approved": ("https://paper1.test/1",),
        "signed": ("https://paper2.test/2", "https://paper3.test/3"),
    }


def test_of_equal_numbers_the_surest_article_counts() -> None:
    """One against one: the article with the higher score is followed, of equal ones the first."""
    completed = replace(FACTS, status=Status.COMPLETED)
    assert merged(telling(1, score=0.6), telling(2, completed)).facts.status is Status.COMPLETED
    assert merged(telling(1), telling(2, completed)).facts.status is Status.SIGNED


def test_lists_grow_and_open_fields_are_filled() -> None:
    """Parties, places and terms of all articles stand in the story, each once."""
    terms = (LoanTerm(LoanTermKind.INTEREST, Decimal(2), "%", "2 percent"),)
    more = replace(FACTS, title="", firms=(ZTE, HUAWEI), places=("Bobo",), terms=terms, lenders=())
    facts = merged(telling(1, replace(FACTS, title="", places=("BOBO",))), telling(2, more, score=0.95)).facts
    assert (facts.firms, facts.places, facts.terms) == ((HUAWEI, ZTE), ("BOBO",), terms)
    assert facts.title == ""
    assert merged(telling(1), telling(2, more, score=0.95)).facts.title == FACTS.title


def test_the_day_goes_with_the_status() -> None:
    """The day of an opening says nothing of the signature."""
    opened = replace(FACTS, status=Status.COMPLETED, event_date=EventDate("2026-01-05", "on 5 January"))
    assert merged(telling(1), telling(2), telling(3, opened)).facts.event_date is None


def test_sums_at_the_rate_of_the_day_agree() -> None:
    """EUR 85m and USD 94m are one sum, kept in both currencies; what one calls a loan, all do."""
    dollars = replace(FACTS, amounts=(amount(93.8, "USD", AmountKind.UNSPECIFIED),))
    loan = replace(FACTS, amounts=(amount(94, "USD", AmountKind.LOAN),))
    story = merged(telling(1), telling(2, dollars), telling(3, loan))
    assert [(each.currency, each.kind) for each in story.facts.amounts] == [
        ("EUR", AmountKind.CONTRACT),
        ("USD", AmountKind.LOAN),
    ]
    assert contrast(story, FieldName.AMOUNTS) == {}


def test_other_figures_are_contrasts() -> None:
    """EUR 85m against 120m, 900 cameras against 650: both are kept, with who says it."""
    other = replace(FACTS, amounts=(amount(120),), quantities=(size(650), size(800, "km")))
    story = merged(telling(1, replace(FACTS, quantities=(size(900),))), telling(2, other))
    assert contrast(story, FieldName.AMOUNTS) == {
        "120,000,000 EUR": ("https://paper2.test/2",),
        "85,000,000 EUR": ("https://paper1.test/1",),
    }
    assert contrast(story, FieldName.QUANTITIES) == {
        "650 cameras": ("https://paper2.test/2",),
        "900 cameras": ("https://paper1.test/1",),
    }
    assert [each.value for each in story.facts.quantities] == [900, 650, 800]


def test_a_sum_that_cannot_be_compared_is_no_contrast() -> None:
    """Without a rate nothing is said against it; a loan is none to a contract."""
    francs = replace(FACTS, amounts=(amount(9, "XOF"),))
    loan = replace(FACTS, amounts=(amount(30, kind=AmountKind.LOAN),))
    assert merged(telling(1), telling(2, francs)).contrasts == ()
    assert merged(telling(1), telling(2, loan)).contrasts == ()
    assert (
        merged(
            telling(1, replace(FACTS, amounts=(amount(0),))), telling(2, replace(FACTS, amounts=(amount(0),)))
        ).contrasts
        == ()
    )


def test_days_contrast_where_they_exclude_each_other() -> None:
    """March and the 12th of March may be one day, the 5th and the 12th may not."""
    on = [
        replace(FACTS, event_date=EventDate(each, each)) for each in ("2026-03", "2026-03-12", "2026-03-05", "2026-W10")
    ]
    assert merged(telling(1, on[0]), telling(2, on[1]), telling(3, on[3])).contrasts == ()
    assert set(contrast(merged(telling(1, on[1]), telling(2, on[2])), FieldName.EVENT_DATE)) == {
        "2026-03-12",
        "2026-03-05",
    }
    half = replace(FACTS, quantities=(replace(size(2), value=Decimal("2.5")),))
    assert "2.5 cameras" in contrast(
        merged(telling(1, half), telling(2, replace(FACTS, quantities=(size(9),)))), FieldName.QUANTITIES
    )


@given(several(), st.data())
def test_the_order_of_tellings_does_not_matter(tellings: list[Telling], data: st.DataObject) -> None:
    """The same tellings in any order, under any numbers, come to the same facts, score and contrasts."""
    shuffled = data.draw(st.permutations(tellings))
    assert merge_tellings(
        [replace(each, id=number) for number, each in enumerate(shuffled, 50)], RULES
    ) == merge_tellings(tellings, RULES)


@pytest.mark.parametrize("score", [0.0, 1.0])
def test_certain_scores_stay_scores(score: float) -> None:
    """A score at either end can be raised too."""
    assert 0 <= merged(telling(1, score=score), telling(2, score=score)).score <= 1


@pytest.mark.parametrize(("other", "sums"), [(85, 1), (81, 1), (89.4, 1), (80, 2), (90, 2), (102, 2), (70, 2)])
def test_only_what_rounding_tells_apart_is_one_sum(other: float, sums: int) -> None:
    """Sums within five per cent are one sum of a story; such as are ten or twenty per cent apart are two."""
    story = merged(telling(1), telling(2, replace(FACTS, amounts=(amount(other),))))
    assert len(story.facts.amounts) == sums


@pytest.mark.parametrize(("other", "sizes"), [(1000, 1), (1019, 1), (1030, 2), (1200, 2)])
def test_only_what_rounding_tells_apart_is_one_size(other: int, sizes: int) -> None:
    """Sizes within two per cent are one size of a story; such as are three or twenty per cent apart are two."""
    facts = (replace(FACTS, quantities=(size(value),)) for value in (1000, other))
    story = merged(*(telling(number, told) for number, told in enumerate(facts, 1)))
    assert len(story.facts.quantities) == sizes
