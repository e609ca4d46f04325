"""Countries that share a name."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import MentionKind
from recognize.samples import article, shipped_recognizer


def countries(text: str, language: str) -> list[str | None]:
    """The countries that a text names, its towns aside."""
    found = shipped_recognizer().recognize(article(text, language))
    return [mention.key for mention in found if mention.kind is MentionKind.COUNTRY]


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("en", "Huawei lays fibre in Congo. Trucks come from Brazzaville.", "COG"),
        ("en", "A Congolese minister spoke in Brazzaville.", "COG"),
        ("zh", "刚果的公路。布拉柴维尔。", "COG"),
        ("ru", "В Конго строят дорогу. Браззавиль ждёт.", "COG"),
        ("fr", "La Guinée construit. Bissau attend.", "GNB"),
        ("en", "The Dominican minister spoke in Roseau.", "DMA"),
    ],
)
def test_towns_tell_whose_bare_name_it_is(language: str, text: str, country: str):
    """The bare name and the adjective are those of the country whose towns the text names."""
    assert countries(text, language) == [country]


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("en", "A data centre in Sudan. Fuel comes from Juba.", "SDN"),
        ("en", "Roads in DR Congo. Trucks come from Brazzaville.", "COD"),
        ("en", "Roads in Congo-Kinshasa. Trucks come from Brazzaville.", "COD"),
        ("fr", "La République démocratique du Congo. Brazzaville attend.", "COD"),
        ("zh", "刚果（金）的公路。布拉柴维尔。", "COD"),
        ("zh", "刚果民主共和国的公路。布拉柴维尔。", "COD"),
        ("ar", "الكونغو الديمقراطية. برازافيل", "COD"),
        ("fr", "La Guinée-Conakry construit. Bissau attend.", "GIN"),
        ("es", "La República Dominicana construye. Roseau espera.", "DOM"),
        ("en", "Huawei lays fibre in Congo. From Kinshasa it runs to Brazzaville.", "COD"),
    ],
)
def test_a_full_name_stays(language: str, text: str, country: str):
    """A name that tells the countries apart is believed, whatever towns are near; so is a town of its own."""
    assert countries(text, language) == [country]
