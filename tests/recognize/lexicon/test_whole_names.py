"""Names of unlisted firms and institutions come whole: neither cut short nor grown into what stands beside them."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import MentionKind
from offing.model.sources.article import Article
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """With all that ships."""
    return load_analyst(None)


def firms(analyst: Analyst, language: str, text: str) -> list[str]:
    """The firms of a text as written."""
    mentions = analyst.recognizer.recognize(Article(1, "", (text,), language))
    return [mention.text for mention in mentions if mention.kind is MentionKind.FIRM]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        # A place before a listed name and a trade behind it make another firm.
        ("en", "Hubei Hengtong Road Construction builds it.", ["Hubei Hengtong Road Construction"]),
        ("en", "Hengtong builds it.", ["Hengtong"]),
        # Chinese towns that end in a vowel, in Russian; and towns as Arabic writes them.
        ("ru", "Партнёром станет «Циндао Хайтун Технолоджи».", ["Циндао Хайтун Технолоджи"]),
        ("ru", "Линию поставит шанхайская Lansheng Robotics.", ["Lansheng Robotics"]),
        ("ar", "طورتها شركة فوتشو هايتشوان لتقنيات التعليم.", ["فوتشو هايتشوان لتقنيات التعليم"]),
        ("ar", "من صنع شركة «نانتونغ هوادا للأجهزة».", ["نانتونغ هوادا للأجهزة"]),
        # What an institution is said to be, or to be run with, is no part of its name.
        ("ru", "Проект готовит шаньдунский проектный институт SPDI.", ["SPDI"]),
        ("pt", "É um laboratório conjunto com o instituto de radar de Nanquim.", []),
        (
            "pt",
            "Assina o Instituto de Informação Geográfica da Academia Chinesa de Ciências.",
            ["Instituto de Informação Geográfica da Academia Chinesa de Ciências"],
        ),
        ("es", "Firma el Hospital de China Meridional.", ["Hospital de China Meridional"]),
        # A unit bears its owner's nationality, whoever of the two is named first.
        ("fr", "PowerChina, sa filiale Lystral et une banque signent.", ["PowerChina", "Lystral"]),
        (
            "pt",
            "Constrói a Liangyu Digital África Lda, braço local da Henan Liangyu Digital.",
            ["Liangyu Digital África Lda", "Henan Liangyu Digital"],
        ),
        ("zh", "由在迪拜注册的子公司“智行中东”运营，华为供货。", ["智行中东", "华为"]),
        # Some firm of a town is no name.
        ("zh", "大连一家公司承建了一期工程。", []),
        ("zh", "大连某公司承建了一期工程。", []),
        ("en", "GDS builds a data centre in Johor.", ["GDS"]),
        ("en", "GDS, the ticket system, failed at the airport.", []),
    ],
)
def test_names_come_whole(analyst: Analyst, language: str, text: str, found: list[str]) -> None:
    """Each class in a language, with what must not be taken."""
    assert firms(analyst, language, text) == found
