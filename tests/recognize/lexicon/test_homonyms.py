"""Whose Exim Bank a text speaks of."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import MentionKind
from offing.model.sources.article import Article
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """The analyst that ships."""
    return load_analyst(None)


@pytest.mark.parametrize(
    ("language", "text", "lenders"),
    [
        (
            "pt",
            "Exim Bank empresta. O Eximbank da Coreia assinou. Depois o Exim Bank da China.",
            ["Exim Bank da China"],
        ),
        ("pt", "Exim Bank empresta. O Exim Bank da China assinou.", ["Exim Bank", "Exim Bank da China"]),
        ("fr", "La Chine regarde. Eximbank Türkiye finance.", []),
        ("fr", "La Chine regarde. L'Eximbank de Séoul prête.", []),
        ("zh", "中国关注。韩国进出口银行提供贷款。", []),
        ("zh", "中国进出口银行向韩国提供贷款。", ["中国进出口银行"]),
        ("en", "China looks on. The Exim Bank lends to Kenya.", ["Exim Bank"]),
    ],
)
def test_a_short_name_is_whose_the_text_names_first(
    analyst: Analyst, language: str, text: str, lenders: list[str]
) -> None:
    """Beside another country it is that one's, and so it is without a country where that one was named first."""
    found = analyst.recognizer.recognize(Article(0, "", (text,), language))
    assert [mention.text for mention in found if mention.kind is MentionKind.LENDER] == lenders


@pytest.mark.parametrize(
    ("text", "firms"),
    [
        ("中国企业承建。乌兹别克斯坦国家电网公司表示满意。", []),
        ("中国企业承建。国家电网公司在乌兹别克斯坦投资。", ["国家电网公司"]),
    ],
)
def test_a_state_firm_behind_a_country_is_that_ones(analyst: Analyst, text: str, firms: list[str]) -> None:
    """Other states have a national grid, too."""
    found = analyst.recognizer.recognize(Article(0, "", (text,), "zh"))
    assert [mention.text for mention in found if mention.kind is MentionKind.FIRM] == firms
