"""Tellings for tests: plain ones, and strategies for any."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from hypothesis import strategies as st

from offing.model.projects.project import Amount, EventDate, Firm, Lender, ProjectFacts, SizedBy
from offing.model.review.story import Telling
from offing.model.values.vocabulary import AmountKind, Role, Sector, Status
from offing.propose.story import minhash_of

DAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
HUAWEI = Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei")
ZTE = Firm("ZTE", "ZTE", Role.CONTRACTOR, "zte")
UNLISTED = Firm("Lucky Road Works", "Lucky Road Works", Role.PARTNER)
EXIM = Lender("Export-Import Bank of China", "China Exim Bank", "china-exim")
RATES = {"EUR": 1.1, "USD": 1.0}
TEXTS = tuple(
    tuple(f"{word} {number} of the {word}works that the {word} ministry let on day {number}." for number in range(30))
    for word in ("road", "port", "camera", "cable")
)


def amount(millions: float, currency: str = "EUR", kind: AmountKind = AmountKind.CONTRACT) -> Amount:
    """A sum in millions."""
    return Amount(Decimal(str(millions)) * 1_000_000, currency, kind, f"{currency} {millions}m")


def size(value: int, unit: str = "cameras") -> SizedBy:
    """A size."""
    return SizedBy(Decimal(value), unit, f"{value} {unit}")


FACTS = ProjectFacts(
    title="Cameras in Ouagadougou",
    countries=("BFA",),
    firms=(HUAWEI,),
    lenders=(EXIM,),
    amounts=(amount(85),),
    sector=Sector.SMART_CITY,
    status=Status.SIGNED,
)


@cache
def sketch(text: tuple[str, ...]) -> bytes:
    """The sketch of one of a few texts."""
    return minhash_of(text)


def telling(number: int = 1, facts: ProjectFacts = FACTS, days: float = 0, **changes: Any) -> Telling:
    """A telling of an article of its own, by an outlet of its own."""
    values = {
        "id": number,
        "article_id": number,
        "ordinal": 0,
        "url": f"https://paper{number}.test/{number}",
        "outlet": f"Paper {number}",
        "language": "en",
        "title": "",
        "at": DAY + timedelta(days=days),
        "facts": facts,
        "score": 0.9,
        "dollars": tuple(
            float(each.value) * RATES[each.currency] if each.currency in RATES else None for each in facts.amounts
        ),
    }
    return Telling(**{**values, **changes})


_facts = st.builds(
    ProjectFacts,
    title=st.sampled_from(["", "A road", "A port"]),
    countries=st.lists(st.sampled_from(["BFA", "KEN"]), max_size=2, unique=True).map(tuple),
    firms=st.lists(st.sampled_from([HUAWEI, ZTE, UNLISTED]), max_size=2, unique=True).map(tuple),
    lenders=st.lists(st.just(EXIM), max_size=1).map(tuple),
    amounts=st.lists(
        st.builds(
            amount,
            st.sampled_from([85, 86, 93.5, 120]),
            st.sampled_from(["EUR", "USD", "XOF"]),
            st.sampled_from([AmountKind.CONTRACT, AmountKind.LOAN, AmountKind.UNSPECIFIED]),
        ),
        max_size=2,
    ).map(tuple),
    sector=st.sampled_from([None, Sector.SMART_CITY, Sector.TRANSPORT]),
    status=st.sampled_from([None, Status.SIGNED, Status.APPROVED, Status.COMPLETED, Status.UNDER_CONSTRUCTION]),
    counterparts=st.lists(st.sampled_from(["Ministry of Works", "City of X"]), max_size=1).map(tuple),
    quantities=st.lists(st.builds(size, st.sampled_from([650, 900])), max_size=1).map(tuple),
    places=st.lists(st.sampled_from(["Bobo", "Lamu"]), max_size=1).map(tuple),
    event_date=st.sampled_from([None, EventDate("2026-03", "in March"), EventDate("2026-03-02", "on Monday")]),
)


@st.composite
def _telling(draw: st.DrawFn, number: int, article: int, ordinal: int, alone: bool) -> Telling:
    text = draw(st.sampled_from([(), *TEXTS[:2], TEXTS[0][:15]]))
    language = draw(st.sampled_from(["en", "fr"]))
    return telling(
        number,
        draw(_facts),
        draw(st.sampled_from([0, 1, 5, 9, 12, 25, 40])),
        article_id=article,
        ordinal=ordinal,
        url=f"https://paper.test/{article}",
        outlet=f"Paper {draw(st.integers(1, 4))}",
        language=language,
        title=draw(st.sampled_from(["", "Cameras for Ouagadougou", "Road to Lamu opens"])),
        score=draw(st.sampled_from([0.3, 0.6, 0.9])),
        text_hash="-".join((text[0], str(len(text)))) if text else "",
        sketch=sketch(text),
        alone=alone,
    )


@st.composite
def several(draw: st.DrawFn, most: int = 7) -> list[Telling]:
    """Some tellings, of articles that tell of one or two projects."""
    found: list[Telling] = []
    for article in range(1, draw(st.integers(1, most)) + 1):
        projects = draw(st.sampled_from([1, 1, 1, 2]))
        found += [
            draw(_telling(len(found) + 1 + ordinal, article, ordinal, projects == 1)) for ordinal in range(projects)
        ]
    return found
