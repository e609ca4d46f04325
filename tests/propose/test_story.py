"""Which articles tell the same news, and what they tell together."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from offing.model.article import Article
from offing.model.candidate import Proposal
from offing.model.project import Amount, Firm, Lender, ProjectFacts, SizedBy, StatedConcern
from offing.model.story import StoryView
from offing.model.vocabulary import AmountKind, Concern, RecordType, Role, Sector, Status
from offing.propose import join_story, merge_facts
from propose.spans import NOON

HUAWEI = Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei")
EXIM = Lender("Export-Import Bank of China", "China Exim Bank", "china-exim")
LOAN = Amount(Decimal(85_000_000), "EUR", AmountKind.LOAN, "EUR 85 million")
FACTS = ProjectFacts(
    countries=("BFA",),
    firms=(HUAWEI,),
    lenders=(EXIM,),
    amounts=(LOAN,),
    sector=Sector.SMART_CITY,
    status=Status.SIGNED,
)


def proposal(facts: ProjectFacts) -> Proposal:
    """A proposal with these facts."""
    return Proposal(facts, (), (), 0.9)


def story(number: int = 1, facts: ProjectFacts = FACTS, days: int = -3, hashes: str = "abc") -> StoryView:
    """A story some days before the article."""
    return StoryView(number, number * 10, facts, frozenset({hashes}), NOON + timedelta(days=days))


def join(
    facts: ProjectFacts, *stories: StoryView, text_hash: str = "new", published: datetime | None = NOON
) -> int | None:
    """The story that an article with these facts joins."""
    article = Article(1, "T", ("P",), "en", published=published)
    return join_story(proposal(facts), article, text_hash, stories, NOON)


def test_the_same_text_joins_whatever_its_date_and_facts() -> None:
    """A syndicated copy belongs to its story even a year later."""
    assert join(ProjectFacts(), story(4, days=-400), text_hash="abc") == 4


def test_the_same_project_within_two_weeks_joins() -> None:
    """A shared country and a shared firm or lender are enough."""
    assert join(FACTS, story()) == 1
    assert join(replace(FACTS, firms=(), amounts=()), story()) == 1
    assert join(replace(FACTS, lenders=(), sector=None, amounts=()), story()) == 1


@pytest.mark.parametrize(
    "facts",
    [
        replace(FACTS, countries=("GHA",)),
        replace(FACTS, countries=()),
        replace(FACTS, firms=(Firm("ZTE", "ZTE", Role.SUPPLIER, "zte"),), lenders=()),
        replace(FACTS, sector=Sector.TRANSPORT, amounts=()),
        replace(FACTS, amounts=(replace(LOAN, value=Decimal(400_000_000)),)),
    ],
    ids=["other country", "no country", "other firm", "other sector", "other sum"],
)
def test_what_differs_is_another_story(facts: ProjectFacts) -> None:
    """Another country, firm, sector or sum makes another story."""
    assert join(facts, story()) is None


def test_a_shared_sum_outweighs_another_sector() -> None:
    """Outlets call one project smart city or surveillance; the same loan tells that it is one."""
    rounded = replace(LOAN, value=Decimal(85_300_000))
    assert join(replace(FACTS, sector=Sector.PUBLIC_SECURITY, amounts=(rounded,)), story()) == 1


def test_sums_in_different_currencies_do_not_contradict() -> None:
    """A loan in euros and its value in francs fit together."""
    francs = replace(LOAN, value=Decimal(55_000_000_000), currency="XOF")
    assert join(replace(FACTS, amounts=(francs,)), story()) == 1


def test_later_news_is_not_the_same_story() -> None:
    """After fourteen days it is an update of the project."""
    assert join(FACTS, story(days=-14)) == 1
    assert join(FACTS, story(days=-15)) is None
    assert join(FACTS, story(days=-3), published=None) == 1


def test_the_most_alike_of_several_stories_is_joined() -> None:
    """The story that shares more wins; of equals the older."""
    loose = story(1, replace(FACTS, amounts=(), sector=None))
    assert join(FACTS, loose, story(2)) == 2
    assert join(FACTS, story(5), story(3)) == 3


def test_unlisted_firms_are_compared_by_name() -> None:
    """A firm that no list has joins by its name, whatever its case."""
    one, two = (Firm(name, name, Role.SUPPLIER) for name in ("Lanjing", "LANJING"))
    assert join(replace(FACTS, firms=(one,), lenders=()), story(facts=replace(FACTS, firms=(two,)))) == 1


def test_merging_keeps_agrees_and_fills() -> None:
    """What the story tells stays, what it left open is filled, lists grow without doubles."""
    other = ProjectFacts(
        title="Other",
        countries=("MLI",),
        firms=(replace(HUAWEI, as_written="华为"), Firm("CITCC", "CITCC", Role.CONTRACTOR, "citcc")),
        lenders=(EXIM,),
        amounts=(replace(LOAN, value=Decimal(85_300_000)), replace(LOAN, currency="XOF")),
        sector=Sector.TELECOM,
        status=Status.COMPLETED,
        record_type=RecordType.PROJECT,
        counterparts=("NOSi",),
        concerns=(StatedConcern(Concern.FAILURE, "broke"),),
        quantities=(SizedBy(Decimal(800), "km", "800 km"),),
        places=("Ouagadougou",),
    )
    merged = merge_facts(FACTS, other)
    assert merged.countries == ("BFA",)
    assert merged.firms == (HUAWEI, other.firms[1])
    assert [(a.value, a.currency) for a in merged.amounts] == [(LOAN.value, "EUR"), (LOAN.value, "XOF")]
    assert (merged.sector, merged.status, merged.record_type) == (Sector.SMART_CITY, Status.SIGNED, RecordType.PROJECT)
    assert merged.title == "Other"
    assert (merged.counterparts, merged.places) == (("NOSi",), ("Ouagadougou",))
    assert merge_facts(merged, other) == merged
    assert merge_facts(ProjectFacts(), other) == other


def test_merging_fills_the_kind_of_a_sum() -> None:
    """A sum of unknown kind takes the kind that another article tells."""
    vague = replace(FACTS, amounts=(replace(LOAN, kind=AmountKind.UNSPECIFIED),))
    assert merge_facts(vague, FACTS).amounts == (LOAN,)
