"""Recall: later news of a known project that names nobody Chinese and nothing of the project's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import pytest

from offing.model.projects.memory import Memory, Recollection, Remembered
from offing.model.reading.evidence import FieldName
from offing.model.reading.meaning import packed
from offing.model.review.candidate import Proposed
from offing.model.sources.article import Article
from offing.propose import encoder
from offing.propose.recall.recall_query import embeddings_of, recall_query
from offing.propose.score.reasons import RECALLED
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst
from offing.services.analysis.remembering import remembering

needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are for Linux on x86-64")
BEGUN = Article(
    1,
    "Lights on a single screen: Chinese firm to run the junctions of Lusaka",
    (
        "Hunan Tongda will put sensors and cameras at 60 crossings of Zambia's capital, whose lights will follow them.",
        "The control room stands at Kalingalinga.",
    ),
    "en",
    published=datetime(2021, 3, 1, tzinfo=UTC),
)
SCHOOLS = Article(
    3,
    "Huawei signs contract to connect 120 schools in Zambia",
    ("Huawei and Zambia's ministry of education signed a contract to lay fibre to 120 schools of the Copperbelt.",),
    "en",
    published=datetime(2022, 3, 1, tzinfo=UTC),
)
LIGHTS, CLASSES = "project:off-2026-000001", "project:off-2026-000002"


@cache
def plain() -> Analyst:
    """Recognition and proposal with what ships, knowing no project."""
    return load_analyst(None)


def project(target: str, sector: str, article: Article) -> Remembered:
    """A project in Zambia as its first news is remembered."""
    means, found = embeddings_of(article, plain().scoring), plain().study(article)
    assert means is not None
    assert article.published is not None
    facts = found.proposals[0].facts
    told = Recollection(article.text.replace("\n\n", "\n"), facts, article.published.date(), packed(means.embedding))
    return Remembered(target, ("ZMB",), sector, (told,))


@cache
def knowing() -> Analyst:
    """The same, remembering two projects of one country."""
    lights, classes = project(LIGHTS, "smart-city", BEGUN), project(CLASSES, "digital-education", SCHOOLS)
    return remembering(plain(), Memory((lights, classes)))


def news(title: str, text: str, language: str = "en") -> Article:
    """An article of some years later."""
    return Article(2, title, (text,), language, published=datetime(2026, 3, 1, tzinfo=UTC))


OUTAGE = news(
    "Traffic lights dark at forty crossings in Lusaka",
    "Police direct cars by hand in Zambia's capital since thieves cut the cables of the junction cameras, and the"
    " system that steers the lights has broken down.",
)
EN_PANNE = news(
    "Lusaka : les feux intelligents en panne",
    "Les caméras et les capteurs des carrefours de la capitale zambienne sont hors service depuis lundi : la salle de"
    " contrôle de Kalingalinga est fermée, et la police règle la circulation à la main.",
    "fr",
)
NO_EVENT = news(
    "Who switches the lights of Lusaka's crossings?",
    "Drivers in Zambia's capital wonder every evening: the sensors and cameras hang at the traffic lights, and the"
    " crossings of the centre follow their own mind.",
)


def reasons_of(found: Proposed) -> set[str]:
    """The names of the reasons of the best proposal."""
    return {reason.name for reason in found.proposals[0].reasons}


@needs_encoder
@pytest.mark.parametrize("article", [OUTAGE, EN_PANNE, NO_EVENT], ids=["en", "fr", "no event"])
def test_later_news_is_recalled_in_any_language(article: Article) -> None:
    """A broken system is found by what its news mean, with a whole sentence to prove it; unknown, it is passed over."""
    assert plain().study(article).screened_out
    (mention,) = [each for each in knowing().mentions(article) if each.key in (LIGHTS, CLASSES)]
    assert mention.key == LIGHTS
    assert article.text[mention.start : mention.end] == mention.text
    found = knowing().study(article)
    assert found.score >= plain().scoring.cut
    assert RECALLED in reasons_of(found)
    reason = next(reason for reason in found.proposals[0].reasons if reason.name == RECALLED)
    assert article.title in reason.text or article.paragraphs[0] in reason.text
    assert {each.value for each in found.proposals[0].evidence if each.field is FieldName.COUNTRIES} == {"ZMB"}


@needs_encoder
@pytest.mark.parametrize(
    "article",
    [
        news(OUTAGE.title.replace("Lusaka", "Nairobi"), OUTAGE.paragraphs[0].replace("Zambia", "Kenya")),
        news(
            "Zambia's maize harvest lost to drought", "Farmers near Lusaka lost two thirds of the maize; it collapsed."
        ),
        news("A film about lights", "A director shows crossings at night in black and white."),
        news(
            "India pays for new street lamps in Zambia's north",
            "A grant of the Government of India brings lamps to four towns of Zambia, its high commissioner said.",
        ),
    ],
    ids=["another country", "another matter", "no country, no matter", "another donor"],
)
def test_what_is_of_another_country_or_matter_is_not(article: Article) -> None:
    """What does not fit is screened out as before."""
    assert knowing().study(article).screened_out


def test_a_chinese_party_says_more() -> None:
    """An article that names one stands for itself: nothing is asked of it."""
    article = news(OUTAGE.title, OUTAGE.paragraphs[0] + " Huawei denied any part in it.")
    assert recall_query(article, plain().recognizer.recognize(article), plain().scoring) is None
    assert recall_query(OUTAGE, plain().recognizer.recognize(OUTAGE), plain().scoring) is not None


@needs_encoder
def test_an_empty_memory_or_no_model_recalls_nothing() -> None:
    """A site without records, or without a model of meaning, screens as before."""
    deaf = replace(plain(), scoring=replace(plain().scoring, meaning=None))
    assert remembering(plain(), Memory(())).recaller is None
    assert remembering(plain(), None).recaller is None
    assert remembering(deaf, Memory((project(LIGHTS, "smart-city", BEGUN),))).recaller is None
    silent = replace(knowing(), recaller=replace(knowing().recaller, scoring=deaf.scoring))  # type: ignore[type-var]
    assert silent.study(OUTAGE).screened_out


@needs_encoder
def test_a_candidate_of_one_project_has_a_gist() -> None:
    """What an article means is kept of candidates, and only of these."""
    assert len(plain().study(SCHOOLS).gist) == 384
    assert plain().study(OUTAGE).gist == b""
