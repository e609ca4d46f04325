"""Towns and sites: smaller ones of the gazetteer, and those that only the words around them tell."""

from __future__ import annotations

import pytest
from tests.recognize.samples import article, found, shipped_recognizer, shipped_wording, texts

from offing.model.reading.mention import MentionKind
from offing.recognize.places.towns import Gazetteer
from offing.recognize.text.runs import RunReader


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("en", "in Brumelle and at Karoo, Legalega and Nandu.", ["Brumelle", "Karoo", "Legalega", "Nandu"]),
        ("en", "the port of Lamba and Thorn District; on Monday in English", ["Lamba", "Thorn District"]),
        ("en", "In Brumelle it rained. Brumelle is wet.", ["Brumelle", "Brumelle"]),
        ("en", "Doha's Hamadi Port opened", ["Doha", "Hamadi Port"]),
        ("fr", "la ville de Thynar ; à Radesse, à l'Assemblée", ["Thynar", "Radesse"]),
        ("es", "la subestación eléctrica de Chamberlain; en Viruy", ["Chamberlain", "Viruy"]),
        ("pt", "a barragem do Ndúe, em Março", ["Ndúe"]),
        ("ru", "в Бурской, Сурской и Хорезмской областях", ["Бурской", "Сурской", "Хорезмской"]),
        ("ru", "в городе Мургапе, в Китае", ["Мургапе"]),
        ("ar", "في مقاطعتي لكصر وتفرغ", ["لكصر", "تفرغ"]),
        ("zh", "在居尔皮普、大湾和罗德岛加装", ["居尔皮普", "大湾", "罗德岛"]),
        ("ar", "بين نواكشوط وعين قزام", ["نواكشوط", "عين قزام"]),
        ("zh", "在居尔皮普、劳托卡等地建库卢里口岸", ["居尔皮普", "劳托卡", "库卢里口岸"]),
        ("zh", "光缆西到巴索姆，在库德鲁国家公园", ["巴索姆", "库德鲁国家公园"]),
        ("ru", "на озере Тумалар и в технопарке «Сарыкамбар»", ["Тумалар", "Сарыкамбар"]),
        ("es", "en el parque industrial de Chaviruy", ["Chaviruy"]),
        ("fr", "au poste frontière de Kantivo", ["Kantivo"]),
        ("fr", "dans le district d'Arivo et au barrage de l'Okpar", ["Arivo", "Okpar"]),
        ("ru", "на постах Кулям, Карамуш и Дустлик", ["Кулям", "Карамуш", "Дустлик"]),
        ("es", "los charcos del jirón Huáscar", ["Huáscar"]),
    ],
)  # fmt: skip
def test_places_that_no_list_has(language: str, text: str, places: list[str]) -> None:
    """Locatives, words for kinds of places, and lists with other places tell a place."""
    assert texts(text, "place", language) == places
    unlisted = [mention for mention in found(text, "place", language) if mention.by == "site by pattern"]
    assert unlisted
    assert all(mention.key is None for mention in unlisted)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "شركة هواوي وقعت عقدا لبناء مركز بيانات ومركز قيادة وسيطرة ومركز الابتكار"),
        ("en", "Huawei opened the centre of Excellence and the centre at Innovation Park"),
        ("fr", "Huawei construira le centre de Données et le centre d'Innovation"),
        ("es", "Huawei construirá el centro de Mando y el centro de Datos"),
        ("pt", "A Huawei vai construir o centro de Dados e o centro de Saúde"),
    ],
)
def test_what_a_centre_is_for_is_no_place(language: str, text: str) -> None:
    """A word of systems behind "centre of" is none, nor is what is joined to it."""
    assert texts(text, "place", language) == []


def test_what_is_named_already_is_no_place() -> None:
    """Firms, dates and abbreviations behind "in" are none."""
    assert texts("trust in Huawei, in March 2020, in NATO and in Parliament", "place") == []


def test_runs_are_parted_at_owners_and_opening_words() -> None:
    """A word that only opens the sentence is no part of a name."""
    assert [
        run.text for run in RunReader(shipped_wording().pattern_words).runs("En Ciudad Darío. And Doha's Port of Ras")
    ] == [
        "Ciudad Darío",
        "Doha",
        "Port of Ras",
    ]


def test_a_gazetteer_knows_names_in_every_case() -> None:
    """Russian cases and missing accents find a name; what is not in it is nowhere."""
    gazetteer = Gazetteer({"мары": "TKM", "bagre": "BRA", "bagré": "BFA", "ош": "KGZ"})
    assert gazetteer.countries("марах") == gazetteer.countries("мары") == ("TKM",)
    assert gazetteer.countries("bagre") == ("BRA", "BFA")
    assert gazetteer.is_written("Bagré")
    assert Gazetteer({"gaza": "PSE *MOZ"}).is_region("gaza", "MOZ")
    assert gazetteer.countries("xyz") == gazetteer.countries("абвгд") == ()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Brazzaville is Congo's capital.", {"COG"}),
        ("en", "Kinshasa faces Brazzaville in Congo.", {"COD", "COG"}),
        ("es", "Cortes en la avenida Caracas.", set()),
        ("fr", "Travaux rue de Nairobi.", set()),
        ("en", "It honours the Paris Agreement, says Lima.", {"PER"}),
    ],
)
def test_shared_names_and_streets(language: str, text: str, expected: set[str]) -> None:
    """A name that two countries bear is that of the towns beside it; a street named after a town is none."""
    mentions = shipped_recognizer().recognize(article(text, language))
    kinds = (MentionKind.COUNTRY, MentionKind.PLACE)
    assert {m.key for m in mentions if m.kind in kinds and m.key} == expected


def test_two_places_are_no_part_of_the_last_ones_name() -> None:
    """古卢、利拉两地 are the two places Gulu and Lira."""
    mentions = shipped_recognizer().recognize(article("拟在古卢、利拉两地利用天线开办教学点。", "zh"))
    assert [m.text for m in mentions if m.kind is MentionKind.PLACE] == ["古卢", "利拉"]


def test_numbers_are_no_places() -> None:
    """تغطي الشبكة بين أربع محافظات: the network reaches four governorates."""
    mentions = shipped_recognizer().recognize(article("تمتد الشبكة بين أربع محافظات عراقية", "ar"))
    assert [m.text for m in mentions if m.kind is MentionKind.PLACE] == []


def test_where_something_came_from_is_no_part_of_an_institutes_name() -> None:
    """Привёз из Китая Тяньцзиньский институт: a Tianjin institute brought it from China."""
    mentions = shipped_recognizer().recognize(article("Станки привёз из Китая Тяньцзиньский речной институт.", "ru"))
    assert [m.text for m in mentions if m.kind is MentionKind.FIRM] == ["Тяньцзиньский речной институт"]
