"""Institutions whose names tell no Chinese place, but the text beside them does."""

from __future__ import annotations

import pytest

from recognize.samples import found


def placed(text: str, language: str) -> list[str]:
    """The Chinese institutions of a text, as written."""
    return [firm.text for firm in found(text, "firm", language) if firm.by == "institution"]


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        ("en", "The Institute of Lan Hazards in Chengdu will map Kenya", ["Institute of Lan Hazards"]),
        ("en", "Lanxing Hospital, in Wuhan, will send nurses to Zambia", ["Lanxing Hospital"]),
        ("en", "The National Lan Observatory in Beijing lends Chile a telescope", ["National Lan Observatory"]),
        ("en", "the National Lan Centre, in the central Chinese city of Changsha, trains", ["National Lan Centre"]),
        ("en", "In Changsha, at the National Lan Centre, Zambians learn", ["National Lan Centre"]),
        ("fr", "L'hôpital Saint-Lan, à Changsha, formera des infirmières au Togo", ["hôpital Saint-Lan"]),
        ("fr", "À Changsha, au Centre national du sorgho, on forme", ["Centre national du sorgho"]),
        ("es", "El Instituto de Suelos Fríos, en Lanzhou, irá al Perú", ["Instituto de Suelos Fríos"]),
        ("pt", "O Centro Nacional de Sorgo, em Changsha, treina Angola", ["Centro Nacional de Sorgo"]),
        ("ru", "Институт горных опасностей из Чэнду рисует карту Кении", ["Институт горных опасностей"]),
        ("ar", "معهد المخاطر الجبلية في ووهان", ["معهد المخاطر الجبلية في ووهان"]),
        ("ru", "занимался госпиталь Ланьцзи из Уханя, который сравнил", ["госпиталь Ланьцзи"]),
        ("fr", "l'institut Changjiang, de Wuhan, fera les relevés", ["institut Changjiang"]),
        ("ar", "دورات يقيمها المركز الدولي لبحوث المياه في تشينغداو", ["المركز الدولي لبحوث المياه"]),
        ("zh", "埃及跟华为技术学院签了合同", ["华为技术学院"]),
        ("zh", "位于成都的山地灾害研究所绘制地图", ["山地灾害研究所"]),
        ("zh", "长沙的杂交高粱中心培训赞比亚技术员", ["杂交高粱中心"]),
    ],
)
def test_an_institution_that_a_chinese_place_stands_beside(language: str, text: str, bodies: list[str]):
    """A place right behind a name, or "in X, at the" before it, tells whose an institution is."""
    assert placed(text, language) == bodies


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The hospital in Wuhan will train nurses"),
        ("en", "The hospital sent staff to Wuhan"),
        ("en", "The University of Nairobi in Beijing opened nothing"),
        ("en", "Zambia signed at the Great Lan Institute in Beijing on Monday"),
        ("en", "A delegation of Makelan University in Beijing on Monday"),
        ("en", "a professor at the Lan Institute in Lanzhou said"),
        ("en", "Nurses were treated at the Blue Lan Hospital in Wuhan"),
        ("en", "They saw the National Convention Centre in Beijing"),
        ("en", "the China-Zambia Friendship Hospital in Wuhan"),
        ("fr", "L'Université de Lomé signera à Pékin un accord"),
        ("fr", "L'hôpital Saint-Lan du Togo, à Changsha"),
        ("fr", "L'hôpital doit envoyer des patients à Wuhan"),
        ("es", "La Universidad Mayor firmó en Pekín un acuerdo"),
        ("pt", "O hospital enviou médicos a Wuhan"),
        ("ru", "Университет Найроби подписал в Пекине соглашение"),
        ("fr", "un institut de Shanghai fera les relevés"),
        ("ru", "занимался госпиталь Найроби в Ухане"),
        ("ar", "افتتح الوزير المركز الثقافي في بكين"),
        ("ar", "زار المركز الطبي الجديد في الجزائر وفد من ووهان"),
        ("zh", "华为学院教授说"),
        ("zh", "北京的一家医院为赞比亚培训"),
        ("zh", "上海的会展中心里签约"),
        ("zh", "长沙的医院为赞比亚培训"),
    ],
)
def test_a_place_of_something_else(language: str, text: str):
    """A bare noun, the host's own, the place of an event, and where a person works or lies make no Chinese body."""
    assert placed(text, language) == []


def test_an_institution_keeps_its_country_through_the_text():
    """What is placed once is the same wherever the text names it, and no counterpart."""
    text = "The Institute of Lan Hazards helps Kenya. The Institute of Lan Hazards is in China. "
    assert placed(text, "en") == []
    text += "The Institute of Lan Hazards, in Chengdu, pays."
    assert placed(text, "en") == ["Institute of Lan Hazards"] * 3
    assert not found(text, "counterpart", "en")
