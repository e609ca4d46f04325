"""Deeds: sentences in which a Chinese party does something, and sentences that only name one."""

from __future__ import annotations

import pytest

from offing.model.sources.article import Article
from offing.propose.reading.scope import Scope, scope_of
from offing.propose.sentences.actions import actions, plainest_action
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """With all that ships."""
    return load_analyst(None)


def scope(analyst: Analyst, language: str, *paragraphs: str) -> Scope:
    """A text without a title, as the rules read it."""
    article = Article(1, "", paragraphs, language)
    return scope_of(article, analyst.recognizer.recognize(article), analyst.scoring)


DONE = [
    ("en", "Sinohydro will build the dam at Kafue."),
    ("en", "The tramway of Oran was built by China Railway Group."),
    ("en", "Lusaka awarded the 40-million-dollar job to Huawei on Friday."),
    ("en", "The council signed a contract for 300 cameras with Hikvision."),
    ("en", "The lights will come from a Wuhan supplier, which delivers them in May."),
    ("fr", "Sinohydro construira le barrage de Kafue."),
    ("fr", "Le marché a été attribué à China Road and Bridge Corporation."),
    ("fr", "Les lampadaires ont été posés par Huawei."),
    ("es", "Huawei instalará las cámaras en Lima."),
    ("es", "La obra fue adjudicada a China Harbour Engineering."),
    ("pt", "A Sinohydro vai construir a barragem."),
    ("pt", "O contrato foi assinado com a Huawei."),
    ("zh", "该项目由中国路桥承建。"),
    ("zh", "港务局同武汉一家企业签订合同。"),
    ("ru", "«Синогидро» построит плотину на Пяндже."),
    ("ru", "Договор на камеры подписан с Huawei."),
    ("ar", "ستنفذ شركة هواوي المشروع في عمان."),
    ("ar", "وقعت الوزارة عقدا مع هواوي."),
]


@pytest.mark.parametrize(("language", "text"), DONE)
def test_what_a_chinese_party_does_is_a_deed(analyst: Analyst, language: str, text: str) -> None:
    """Building, supplying, signing and winning, with the party before or behind the wording."""
    assert plainest_action(scope(analyst, language, text))


ONLY_NAMED = [
    ("zh", "审计发现全国共有900多台海康威视和大华摄像头。"),
    ("en", "The bridge stands beside the works of Sinohydro."),
    ("en", "Ministers denied that the port had been leased to Huawei."),
    ("en", "The town did not sign a contract with Huawei."),
    ("en", "Huawei was among those who looked at the site; Vestas will build the park."),
    ("fr", "Le pont se trouve près du dépôt de Sinohydro."),
    ("es", "La ciudad no firmó contrato con Huawei."),
    ("pt", "A ponte fica ao lado do estaleiro da Sinohydro."),
    ("ru", "Мост стоит рядом с конторой Huawei."),
]


@pytest.mark.parametrize(("language", "text"), ONLY_NAMED)
def test_who_is_only_named_does_nothing(analyst: Analyst, language: str, text: str) -> None:
    """A neighbour, a denial, a "not", and somebody else's deed in the next clause."""
    assert not plainest_action(scope(analyst, language, text))


def test_the_company_is_the_one_that_was_named_last(analyst: Analyst) -> None:
    """What "the company" does is done by the Chinese firm of the sentence before."""
    told = scope(analyst, "en", "Shares of Sinohydro rose. The company will build a dam.")
    assert [deed.agent.text for deed in actions(told)] == ["The company"]
    assert not plainest_action(scope(analyst, "en", "Shares of Vestas rose. The company will build a dam."))


def test_what_was_done_long_ago_is_reported_less_plainly(analyst: Analyst) -> None:
    """A memory further down proves less than the news."""
    fresh = plainest_action(scope(analyst, "en", "A.", "B.", "Sinohydro will build the dam.", "C."))
    old = plainest_action(scope(analyst, "en", "A.", "B.", "A decade ago Sinohydro had built the dam.", "C."))
    assert fresh
    assert old is None or old.strength < fresh.strength


def test_an_article_without_a_deed_says_so(analyst: Analyst) -> None:
    """It is a reason against; a deed is one for."""
    without = analyst.study(
        Article(1, "A bridge in Zambia", ("Zambia opened a bridge near the depot of Sinohydro.",), "en")
    )
    within = analyst.study(Article(1, "A bridge in Zambia", ("Zambia opened a bridge built by Sinohydro.",), "en"))
    assert "no-deed" in {told.name for told in without.proposals[0].reasons}
    assert "deed" in {told.name for told in within.proposals[0].reasons}
