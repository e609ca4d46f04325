"""What is built, delivered or given tells the sector, in the words and forms of each language's press."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import MentionKind
from recognize.samples import mentions

SECTORS = (
    ("en", "The province receives 40 combine harvesters", "agriculture"),
    ("fr", "La ville a reçu des bennes à ordures", "other"),
    ("es", "La alcaldía compra lectores de placas", "public-security-surveillance"),
    ("pt", "O município vai ter balcões únicos", "e-government"),
    ("zh", "该国将建航天发射场", "remote-sensing-space"),
    ("ru", "В области строят ветроэлектростанцию", "energy"),
    ("ar", "تسلمت البلدية شاحنات النظافة", "other"),
    ("en", "A spaceport on the coast", "remote-sensing-space"),
    ("fr", "Le port spatial de la côte", "remote-sensing-space"),
    ("es", "Un puerto espacial en el norte", "remote-sensing-space"),
    ("en", "The loan is for two oil depots and a fuel terminal", "energy"),
    ("fr", "Trois remorqueurs pour le port", "transport"),
    ("es", "La donación incluye tomógrafos", "digital-health"),
    ("pt", "Chegaram os tomógrafos ao hospital", "digital-health"),
    ("zh", "中国企业交付一批机车", "transport"),
    ("ru", "Китай поставит опреснительную установку", "water"),
    ("ar", "مشروع تحلية مياه البحر", "water"),
    ("ar", "وصلت الدفعة من القاطرات، قاطرات حديثة", "transport"),
    ("en", "A soda ash plant in the north", "industry-mining"),
    ("pt", "A fábrica de cimento abre no sábado", "industry-mining"),
    ("zh", "锂矿项目开建", "industry-mining"),
    ("ru", "Горно-обогатительный комбинат построят к весне", "industry-mining"),
)


def sectors(language: str, text: str) -> set[str]:
    """The sectors of which a text has wordings."""
    return {mention.key or "" for mention in mentions(text, language) if mention.kind is MentionKind.SECTOR}


@pytest.mark.parametrize(("language", "text", "sector"), SECTORS)
def test_works_and_goods_tell_the_sector(language: str, text: str, sector: str) -> None:
    """A noun of works, machines or goods speaks for its sector, in the plural and with the article too."""
    assert sector in sectors(language, text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The minister harvested applause and masked his doubts"),
        ("fr", "La bonne volonté ne manque pas"),
        ("es", "El alcalde lee el discurso"),
        ("ru", "Участники обменялись мнениями"),
        ("ar", "ألقى الوزير كلمة"),
        ("zh", "双方就此交换意见"),
    ],
)
def test_other_words_tell_none(language: str, text: str) -> None:
    """Words that only look alike tell no sector."""
    assert sectors(language, text) == set()
