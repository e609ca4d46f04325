"""A signature that a sentence puts before the opening is past, in each language, with and without an encoder."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.model.projects.project import EventDate
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Status
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst
from propose.spans import NOON

OPENED = [
    (
        "en",
        "Save river bridge",
        "The bridge in Mozambique, for which China Harbour signed a contract in 2019, was opened to traffic.",
    ),
    (
        "en",
        "Angola hydropower plant",
        "After signing in 2015, China Gezhouba Group has now put the plant in Angola into operation.",
    ),
    (
        "fr",
        "Pont sur la Save",
        "Après la signature en 2019 d'un contrat avec China Harbour, le Mozambique a inauguré le pont sur la Save.",
    ),
    ("es", "Puente", "Tras firmar en 2019 con China Harbour, Colombia abrió ahora al tráfico el puente Pumarejo."),
    (
        "pt",
        "Ponte",
        "Depois de assinar em 2019 o contrato com a China Harbour, Moçambique inaugurou a ponte sobre o Save.",
    ),
    ("zh", "赞比西大桥", "莫桑比克2019年与中国路桥签约后，赞比西河大桥现已通车。"),
    (
        "ru",
        "Мост",
        "После подписания контракта с China Harbour в 2019 году Мозамбик открыл мост через реку Саве.",
    ),
    ("ar", "جسر", "بعد توقيع العقد مع شركة الطرق والجسور الصينية عام 2019 افتتحت موزمبيق الجسر."),
]


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """As it ships."""
    return load_analyst(None)


@pytest.mark.parametrize("hears", [True, False], ids=["heard", "worded"])
@pytest.mark.parametrize(("language", "title", "told"), OPENED)
def test_what_is_new_outdoes_the_signature(analyst: Analyst, hears: bool, language: str, title: str, told: str) -> None:
    """It is completed, and the year of the signature is not when it was opened."""
    using = analyst if hears else replace(analyst, scoring=replace(analyst.scoring, tuned=None))
    (found,) = using.study(Article(1, title, (told,), language, published=NOON)).proposals
    assert found.facts.status is Status.COMPLETED
    assert found.facts.event_date is None


def test_a_signature_alone_stays_one(analyst: Analyst) -> None:
    """An old one too, and one that nothing later follows."""
    told = "China Road and Bridge Corporation signed a contract for the Save river bridge in Mozambique in 2019."
    (found,) = analyst.study(Article(1, "Save bridge", (told,), "en", published=NOON)).proposals
    assert found.facts.status is Status.SIGNED
    assert found.facts.event_date == EventDate("2019", "2019")


def test_an_article_without_a_date_has_no_old_dates(analyst: Analyst) -> None:
    """Then only words such as "after" tell what came first."""
    _, title, told = OPENED[1]
    (found,) = analyst.study(Article(1, title, (told,), "en")).proposals
    assert found.facts.status is Status.COMPLETED
