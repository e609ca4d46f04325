"""Names that look like a Chinese party's and are another's: spelled-out short names, other countries' banks, Taiwan."""

from __future__ import annotations

import pytest

from offing.model.review.candidate import Proposal
from offing.model.sources.article import Article
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """With all that ships."""
    return load_analyst(None)


def best(analyst: Analyst, language: str, title: str, *paragraphs: str) -> Proposal:
    """The best proposal of an article."""
    return analyst.study(Article(1, title, paragraphs, language)).proposals[0]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "CRBC, the Canyon River Bowling Club, will build a hall in Zambia with Chinese chairs."),
        ("es", "La ZTE, Zona Turística Especial, construirá un muelle en Perú frente al barrio chino."),
        ("pt", "A ZTE, a Zona de Turismo Ecológico, vai ter câmaras em Angola, junto à Casa da China."),
    ],
)
def test_a_short_name_that_is_spelled_out_otherwise(analyst: Analyst, language: str, text: str) -> None:
    """The text says itself what the letters stand for."""
    assert not best(analyst, language, "", text).facts.firms


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "CRBC, the China Road and Bridge Corporation, will build a hall in Zambia."),
        ("fr", "CRBC (China Road and Bridge Corporation) construira une salle en Zambie."),
        ("en", "The Chinese builder CRBC will build a hall in Zambia."),
    ],
)
def test_a_short_name_that_is_the_firms(analyst: Analyst, language: str, text: str) -> None:
    """Spelled out as a Chinese name, or not at all, it stays the firm."""
    assert best(analyst, language, "", text).facts.firms


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Exim Bank of New Delhi finances the road in Malawi with 90 million dollars; Chinese firms had hoped."),
        ("pt", "O Exim Bank, de Nova Deli, financia a estrada em Moçambique. Empresas chinesas esperavam."),
        ("fr", "Exim Bank, à Séoul, prête 90 millions pour la route au Malawi. Des entreprises chinoises attendaient."),
    ],
)
def test_the_exim_bank_of_a_country_that_is_named(analyst: Analyst, language: str, text: str) -> None:
    """Beside the town or country of another Exim bank the name is that one's."""
    assert not best(analyst, language, "", text).facts.lenders


def test_exim_bank_beside_china_is_chinas(analyst: Analyst) -> None:
    """Even where India is named."""
    text = "Exim Bank, China's lender, finances the road in Malawi, for which India had offered 90 million dollars."
    assert best(analyst, "en", "", text).facts.lenders


@pytest.mark.parametrize(
    ("language", "title", "text"),
    [
        ("en", "Taipei gives cameras to Castries", "Taiwan has donated 90 cameras to Castries, Saint Lucia."),
        ("es", "China (Taiwán) dona buses", "La República de China (Taiwán) donó 30 buses a Asunción, Paraguay."),
        ("fr", "Taïwan offre un hôpital", "L'ambassade de Taïwan a remis un hôpital au ministère à Mbabane, Eswatini."),
    ],
)
def test_what_taiwan_gives_is_no_chinese_project(analyst: Analyst, language: str, title: str, text: str) -> None:
    """It has a reason of its own, and nobody is its lender."""
    found = best(analyst, language, title, text, "Beijing did not comment.")
    assert "taiwan" in {told.name for told in found.reasons}
    assert not found.facts.lenders
