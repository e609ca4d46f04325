"""Where a record has the words of a search that its line does not show."""

from __future__ import annotations

from decimal import Decimal

import pytest

from offing.model.projects.project import Amount, Firm, ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import AmountKind, Role
from offing.web.presentation.project_hits import FieldHit, hit_beside

FACTS = ProjectFacts(
    title="Data centre at Konza",
    countries=("KEN",),
    firms=(Firm("Huawei Technologies", "华为", Role.CONTRACTOR, "huawei"),),
    amounts=(Amount(Decimal(5), "USD", AmountKind.LOAN, "five dollars"),),
    places=("Konza", "Malili"),
)
SHOWN = ("Huawei → Kenya: data centre", FACTS.title)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("malili", FieldHit(FieldName.PLACES, "Malili")),
        ("华为", FieldHit(FieldName.FIRMS, "华为")),
        ("Technologies", FieldHit(FieldName.FIRMS, "Huawei Technologies")),
        ("five dol", FieldHit(FieldName.AMOUNTS, "five dollars")),
        ("konza", None),  # in the title, which is shown
        ("centre at", None),
        ("port", None),
        ("", None),
    ],
)
def test_the_field_with_the_words_is_named(words: str, found: FieldHit | None) -> None:
    """The first value that holds them, whatever the case; none where the line has them, or nothing does."""
    assert hit_beside(FACTS, words, SHOWN) == found
