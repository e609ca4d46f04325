"""Roundups come apart by their items; single projects with a history stay whole."""

from __future__ import annotations

import pytest

from offing.model.sources.article import Article
from offing.propose.reading.scope import scope_of
from offing.propose.split.items import items_of
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst
from propose.spans import NOON


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """The rules that ship."""
    return load_analyst(None)


def firms_by_item(analyst: Analyst, language: str, title: str, *paragraphs: str) -> list[set[str]]:
    """The firms of each item of an article."""
    article = Article(1, title, paragraphs, language, published=NOON)
    scope = scope_of(article, analyst.recognizer.recognize(article), analyst.scoring)
    return [set(item.firms) for item in items_of(scope)]


COUNTED = (
    "en",
    "Three deals for Chinese builders in the Pacific",
    "The week brought news from three islands.",
    "In Fiji, China Railway Group won a contract to rebuild the Nadi road for $40 million.",
    "In Samoa, Shanghai Construction Group completed the new hospital in Apia.",
    "In Tonga, Huawei signed an agreement to supply a 5G network.",
    "Australia meanwhile paid for a bridge in Palau by a Chinese contractor's rival.",
)
LABELLED = (
    "en",
    "Works watch",
    "What moved.",
    "Kenya: China Road and Bridge Corporation completed the Nairobi road.",
    "Ghana – ZTE signed a contract for a 5G network.",
    "Malawi: Sinohydro completed the Songwe hydropower dam.",
)
FRENCH = (
    "fr",
    "Deux contrats pour les Chinois à Lomé",
    "Le Togo a signé deux contrats avec des entreprises chinoises.",
    "Le premier confie à Huawei un centre de données, pour 20 millions d'euros.",
    "Le second attribue à Sinohydro un barrage sur le Mono, pour 90 millions d'euros.",
)
CLAUSES = (
    "en",
    "Two contracts in Zambia",
    "Zambia came home with two contracts.",
    "PowerChina signed a contract for a solar park at Chisamba; Huawei signed a contract for a data centre in Lusaka.",
)
HISTORY = (
    "en",
    "Sinohydro completes Karuma dam in Uganda",
    "Sinohydro has completed the Karuma dam, the ministry said on Monday.",
    "The company earlier built the Isimba plant, which opened in 2019 with a loan from China Exim Bank.",
    "Huawei laid the fibre backbone in 2010.",
)


@pytest.mark.parametrize(
    ("article", "count"),
    [(COUNTED, 3), (LABELLED, 3), (FRENCH, 2), (CLAUSES, 2), (HISTORY, 0)],
    ids=["counted", "labelled", "french", "clauses", "history"],
)
def test_items_are_the_projects_of_a_roundup(analyst: Analyst, article: tuple[str, ...], count: int) -> None:
    """Counted, labelled and enumerated projects come apart, each with its own firm; an earlier project is none."""
    found = firms_by_item(analyst, *article)
    assert len(found) == count
    assert all(len(firms) == 1 for firms in found)
    assert len(set().union(*found)) == count


def test_more_than_is_counted_is_left_out(analyst: Analyst) -> None:
    """A fourth project of an article about three is background."""
    more = (*COUNTED, "In Kenya, ZTE completed a data centre for $20 million.")
    assert len(firms_by_item(analyst, *more)) == 3
