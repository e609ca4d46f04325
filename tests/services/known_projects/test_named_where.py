"""Where a known project's name stands says whether a candidate tells of it, and who builds its works counts for all."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from offing.match.text.vectors import Rarity
from offing.model.projects.project import Firm, ProjectFacts
from offing.model.reading.mention import KnownName, NameReliability
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.model.values.vocabulary import Role, Sector
from offing.services.matching.candidates import profile_of
from offing.store.pairs.match_inputs import CandidatePlace, MatchInput, NamedProject, Passage

RARITY = Rarity({"the": 5}, 10)
FIRM = Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei")
PLACE = CandidatePlace(
    1, CandidateState.OPEN, CandidateKind.NEW, datetime(2026, 11, 1, tzinfo=UTC), "https://a.test", counts=True
)


def told(standing: NameReliability, start: int, *, in_words: bool, firms: tuple[Firm, ...] = ()) -> MatchInput:
    """A candidate of Kenya whose article has one name of a known project of another sector at a place."""
    facts = ProjectFacts(countries=("KEN",), firms=firms, sector=Sector.WATER)
    name = NamedProject("project:p", KnownName(("KEN",), "e-government", standing), 1, start, in_words)
    return MatchInput(PLACE, facts, (Passage(1, 1, "Network fails", "It is dark.\nNobody knows why."),), (name,))


@pytest.mark.parametrize(
    ("standing", "start", "in_words", "firms", "named"),
    [
        (NameReliability.OWN, 5, False, (FIRM,), True),
        (NameReliability.OWN, 40, False, (FIRM,), False),  # what stands further down is what it is compared with
        (NameReliability.OWN, 40, False, (), True),
        (NameReliability.SITE, 5, True, (), True),  # ordinary words at the head
        (NameReliability.SITE, 5, False, (), False),  # a town has other projects
        (NameReliability.SITE, 40, True, (), False),
        (NameReliability.SITE, 5, True, (FIRM,), False),
    ],
)
def test_a_name_tells_a_project_by_where_it_stands(
    standing: NameReliability, start: int, in_words: bool, firms: tuple[Firm, ...], named: bool
) -> None:
    """At the head in any company, further down only where no Chinese party is named."""
    sketch = profile_of(told(standing, start, in_words=in_words, firms=firms), RARITY)
    assert ("project:p" in sketch.account.projects) is named


def test_later_news_has_the_firms_of_its_record_unless_it_names_one() -> None:
    """Seldom does it say who built what fails; what another firm builds is none of it."""
    other = Firm("ZTE", "ZTE", Role.CONTRACTOR, "zte")
    plain, named = (told(NameReliability.OWN, 5, in_words=False, firms=firms) for firms in ((), (other,)))
    assert set(profile_of(plain, RARITY, (FIRM,)).account.firms) == {"huawei"}
    assert set(profile_of(named, RARITY, (FIRM,)).account.firms) == {"zte"}
