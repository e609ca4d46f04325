"""Names of its own that an account is given from what an article tells, by how they are written."""

from __future__ import annotations

from decimal import Decimal

import pytest

from offing.match.accounts.build import AccountInput, account_of
from offing.model.projects.project import Amount, ProjectFacts
from offing.model.values.vocabulary import AmountKind


def names_of(text: str, facts: ProjectFacts = ProjectFacts()) -> frozenset[str]:  # noqa: B008 -- frozen
    """The names in a text, title first."""
    return account_of(AccountInput("a", facts, text), lambda *_: None).names


@pytest.mark.parametrize(
    "title",
    [
        "Gobierno firma con CAMC por el sistema BOL-110",
        "Government Signs With CAMC for BOL-110 System",
        "BOL-110 SYSTEM SIGNED WITH CAMC TODAY",
        "МВД запускает систему BOL-110",
        "نظام BOL-110 يدخل الخدمة",
        "玻利维亚BOL-110系统启用",
        "玻利维亚“BOL-110”系统由中工国际承建",
    ],
)
def test_a_name_of_capitals_and_digits_is_read_from_any_title(title: str) -> None:
    """Few words, a title in capitals, a name at its beginning, and no blank around it in Chinese."""
    assert "BOL-110" in names_of(f"{title}\nText.")


def test_a_title_in_capitals_tells_other_names_only_by_their_spelling() -> None:
    """A system is spelt as no word is; what only has a hyphen may be any word."""
    text = "NOSi Cloud Opens For Sino-Nepali Trade\nText."
    names = names_of(text)
    assert "NOSi" in names
    assert not {"Cloud", "Trade", "Sino-Nepali"} & names


def test_a_number_behind_capitals_belongs_to_the_name_where_it_is_reported_again() -> None:
    """The system ECU 911, but no sum in a currency and no number that is told once."""
    text = "El ECU 911 llega a Quito\nEl ECU 911 costó USD 240 millones, y con USD 240 millones la RN 140 también."
    facts = ProjectFacts(amounts=(Amount(Decimal(240_000_000), "USD", AmountKind.LOAN, "USD 240 millones"),))
    names = names_of(text, facts)
    assert "ECU-911" in names
    assert not {"USD-240", "RN-140"} & names


def test_names_stand_without_article_and_possessive() -> None:
    """What is elided before a name in French, and what English sets behind it, is not part of it."""
    names = names_of("Titre\nLe stade d’Ebimpé, près de l'Ogooué, attend. Then Ruda’s board met at Neom's gate.")
    assert {"Ebimpé", "Ogooué", "Neom"} <= names


def test_an_abbreviation_is_a_name_wherever_it_stands() -> None:
    """In brackets behind the whole name, and where a sentence begins."""
    assert "RUDA" in names_of("Title\nThe urban authority (RUDA) signed.")
    assert "RUDA" in names_of("Title\nIt signed. RUDA pays.")
    assert "The" not in names_of("Title\nIt signed. The authority pays.")
