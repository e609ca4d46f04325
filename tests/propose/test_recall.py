"""Recall: later news of a known project that names nobody Chinese and nothing of the project's own."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from offing.model.article import Article
from offing.model.candidate import Proposed
from offing.model.evidence import FieldName
from offing.model.meaning import Floats, Memory, Remembered, packed, unpacked
from offing.propose import encoder, recalled
from offing.propose.meaning import article_heard
from offing.propose.reasons import RECALLED
from offing.steps.analyse import Analyst
from offing.steps.analyst import load_analyst

needs_encoder = pytest.mark.skipif(not encoder.is_there(), reason="no encoder: its weights are for Linux on x86-64")
BEGUN = Article(
    1,
    "Lights on a single screen: Chinese firm to run the junctions of Lusaka",
    ("Hunan Tongda will put sensors and cameras at 60 crossings of Zambia's capital and let its lights follow them.",),
    "en",
)
TARGET = "project:off-2026-000001"


@cache
def plain() -> Analyst:
    """Recognition and proposal with what ships, knowing no project."""
    return load_analyst(None)


@cache
def remembering() -> Analyst:
    """The same, remembering one project by its first news."""
    heard = article_heard(BEGUN, plain().scoring.meaning)
    assert heard is not None
    memory = Memory((Remembered(TARGET, ("ZMB",), "smart-city", (packed(heard[1]),)),))
    return replace(plain(), scoring=replace(plain().scoring, memory=memory))


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
    "Les carrefours équipés de caméras et de capteurs de la capitale zambienne sont hors service depuis lundi, et la"
    " police règle la circulation à la main.",
    "fr",
)


def reasons_of(found: Proposed) -> set[str]:
    """The names of the reasons of the best proposal."""
    return {reason.name for reason in found.proposals[0].reasons}


@needs_encoder
@pytest.mark.parametrize("article", [OUTAGE, EN_PANNE], ids=["en", "fr"])
def test_later_news_is_recalled_in_any_language(article: Article) -> None:
    """A broken system is found by what its news mean, with a whole sentence to prove it; unknown, it is passed over."""
    assert plain().study(article).screened_out
    found = remembering().study(article)
    assert found.score >= plain().scoring.cut
    assert RECALLED in reasons_of(found)
    reason = next(reason for reason in found.proposals[0].reasons if reason.name == RECALLED)
    assert article.title in reason.text or article.paragraphs[0] in reason.text
    (mention,) = [each for each in remembering().mentions(article) if each.key == TARGET]
    assert article.text[mention.start : mention.end] == mention.text
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
    ],
    ids=["another country", "another matter", "no country, no matter"],
)
def test_what_is_of_another_country_or_matter_is_not(article: Article) -> None:
    """What does not fit is screened out as before."""
    assert remembering().study(article).screened_out


@needs_encoder
def test_a_chinese_party_says_more() -> None:
    """An article that names one stands for itself: nothing is recalled."""
    article = news(OUTAGE.title, OUTAGE.paragraphs[0] + " Huawei denied any part in it.")
    mentions = plain().recognizer.recognize(article)
    assert recalled(article, mentions, remembering().scoring) == ()


@needs_encoder
def test_an_empty_memory_or_no_model_recalls_nothing() -> None:
    """A site without records, or without a model of meaning, screens as before."""
    empty = replace(plain(), scoring=replace(plain().scoring, memory=Memory(())))
    deaf = replace(remembering(), scoring=replace(remembering().scoring, meaning=None))
    assert empty.study(OUTAGE).screened_out
    assert deaf.study(OUTAGE).screened_out


@needs_encoder
def test_a_candidate_of_one_project_has_a_gist() -> None:
    """What an article means is kept of candidates, and only of these."""
    title = "Huawei signs contract to build Zambia's national data centre"
    text = "Huawei and the Zambian government signed a contract of $75 million to build the data centre in Lusaka."
    assert len(plain().study(news(title, text)).gist) == 384
    assert plain().study(OUTAGE).gist == b""


VECTORS = arrays.arrays(np.float32, 32, elements=st.floats(-1, 1, width=32))


@given(VECTORS)
def test_packing_keeps_the_direction(vector: Floats) -> None:
    """A packed vector points where the vector did; of nothing it is nothing."""
    found = unpacked(packed(vector))
    length = float(np.linalg.norm(vector))
    if length < 1e-3:
        return
    assert float(found @ vector) / length > 0.99


def test_likeness_is_that_of_the_nearest_article_and_of_all() -> None:
    """Of a project with two articles the nearer one counts, and their mean; of another one its own."""
    east, north = np.array([1, 0], np.float32), np.array([0, 1], np.float32)
    both = Remembered("project:a", (), "", (packed(east), packed(north)))
    memory = Memory((both, Remembered("project:b", (), "", (packed(-east),))))
    nearest, together = memory.likeness(east)
    assert nearest.tolist() == pytest.approx([1.0, -1.0])
    assert together.tolist() == pytest.approx([0.5**0.5, -1.0], abs=1e-3)
