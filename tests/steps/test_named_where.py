"""Where a known project's name stands says whether a candidate tells of it, and who builds its works counts for all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from offing.match.vectors import Rarity
from offing.model.candidate import CandidateKind, CandidateState
from offing.model.mention import KnownName, Standing
from offing.model.project import Firm, ProjectFacts
from offing.model.vocabulary import Role, Sector
from offing.steps.matching import sketch_of
from offing.store.matching import CandidatePlace, CandidateTold, Named, Passage

RARITY = Rarity({"the": 5}, 10)
FIRM = Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei")
PLACE = CandidatePlace(
    1, CandidateState.OPEN, CandidateKind.NEW, datetime(2026, 11, 1, tzinfo=UTC), "https://a.test", counts=True
)


def told(standing: Standing, start: int, *, in_words: bool, firms: tuple[Firm, ...] = ()) -> CandidateTold:
    """A candidate of Kenya whose article has one name of a known project of another sector at a place."""
    facts = ProjectFacts(countries=("KEN",), firms=firms, sector=Sector.WATER)
    name = Named("project:p", KnownName(("KEN",), "e-government", standing), 1, start, in_words)
    return CandidateTold(PLACE, facts, (Passage(1, 1, "Network fails", "It is dark.\nNobody knows why."),), (name,))


@pytest.mark.parametrize(
    ("standing", "start", "in_words", "firms", "named"),
    [
        (Standing.OWN, 5, False, (FIRM,), True),
        (Standing.OWN, 40, False, (FIRM,), False),  # what stands further down is what it is compared with
        (Standing.OWN, 40, False, (), True),
        (Standing.SITE, 5, True, (), True),  # ordinary words at the head
        (Standing.SITE, 5, False, (), False),  # a town has other projects
        (Standing.SITE, 40, True, (), False),
        (Standing.SITE, 5, True, (FIRM,), False),
    ],
)
def test_a_name_tells_a_project_by_where_it_stands(
    standing: Standing, start: int, in_words: bool, firms: tuple[Firm, ...], named: bool
) -> None:
    """At the head in any company, further down only where no Chinese party is named."""
    sketch = sketch_of(told(standing, start, in_words=in_words, firms=firms), RARITY)
    assert ("project:p" in sketch.account.projects) is named


def test_later_news_has_the_firms_of_its_record_unless_it_names_one() -> None:
    """Seldom does it say who built what fails; what another firm builds is none of it."""
    other = Firm("ZTE", "ZTE", Role.CONTRACTOR, "zte")
    plain, named = (told(Standing.OWN, 5, in_words=False, firms=firms) for firms in ((), (other,)))
    assert set(sketch_of(plain, RARITY, (FIRM,)).account.firms) == {"huawei"}
    assert set(sketch_of(named, RARITY, (FIRM,)).account.firms) == {"zte"}
