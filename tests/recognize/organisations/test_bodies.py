"""Organisations of the host side, in seven languages."""

from __future__ import annotations

import pytest
from tests.recognize.samples import found, texts


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        ("en", "The Lesotho Electricity Company lends", ["Lesotho Electricity Company"]),
        ("en", "with the University of Zambia", ["University of Zambia"]),
        ("en", "the state utility NEPCO and the operator Telma signed", ["NEPCO", "Telma"]),
        ("en", "It goes to the Grid Planning Cell (GPC). GPC agreed.", ["Grid Planning Cell", "GPC", "GPC"]),
        ("en", "the Gross Domestic Product (GDP) grew", []),
        ("en", "in the Democratic Republic of the Congo (DRC) and", []),
        ("en", "says the Ministry of Tourism (Mitur).", ["Ministry of Tourism (Mitur)"]),
        ("fr", "l'Agence de développement de Sèmè City a signé", ["Agence de développement de Sèmè City"]),
        ("fr", "l'Office togolais des recettes a retenu", ["Office togolais des recettes"]),
        ("fr", "une agence de voyages ; l'opérateur Telma prête", ["Telma"]),
        ("fr", "le ministère de la Santé et Huawei ont conclu", ["ministère de la Santé"]),
        ("es", "la estatal Cantv y la Universidad Nacional de San Juan", ["Cantv", "Universidad Nacional de San Juan"]),
        ("es", "con la Autoridad Nacional, que firmó", ["Autoridad Nacional"]),
        ("es", "Autoridad nacional y local", []),
        ("es", "instalará Sekur Andina S.A.C. y otra", ["Sekur Andina S.A.C."]),
        ("pt", "a Administração Geral Tributária avaliou", ["Administração Geral Tributária"]),
        ("pt", "a empresa de ontem", []),
        ("pt", "o hospital de Ndalatando", []),
        ("pt", "no Laboratório de Integração e Testes", ["Laboratório de Integração e Testes"]),
        ("ru", "Министерство заявило", []),
        ("ru", "новый транспортный департамент города", ["департамент города"]),
        ("ru", "министерство транспорта и связи", ["министерство транспорта и связи"]),
        ("ru", "сообщил банк страны", []),
        ("ru", "Государственный таможенный комитет объявил", ["Государственный таможенный комитет"]),
        ("ru", "Мэрия Тбилиси приняла систему", ["Мэрия Тбилиси"]),
        ("ru", "оператор «Узтелеком» и «Узтелеком»", ["Узтелеком", "Узтелеком"]),
        ("ru", "сообщил центр города", []),
        ("ar", "وقعت الهيئة القومية للأنفاق يوم الثلاثاء", ["الهيئة القومية للأنفاق"]),
        ("ar", "وزارة التجارة الصينية", []),
        ("zh", "斐济通信部与道路发展局签约", ["斐济通信部", "道路发展局"]),
        ("zh", "中国教育部", []),
        ("en", "The Ministry of Information and Media said", ["Ministry of Information and Media"]),
        ("en", "the Information and Communication Tariffs Board", ["Information and Communication Tariffs Board"]),
        ("en", "Finance ministry and the ministry of health", ["Finance ministry", "ministry of health"]),
        ("es", "El Servicio General de Identificación Personal pagó", ["Servicio General de Identificación Personal"]),
        ("ru", "директор Национального оператора данных", ["Национального оператора данных"]),
        ("ar", "رئيس صندوق إعادة إعمار بنغازي في ليبيا", ["صندوق إعادة إعمار بنغازي"]),
        ("ar", "رئيس صندوق في بنغازي", []),
    ],
)  # fmt: skip
def test_names_by_grammar(language: str, text: str, bodies: list[str]) -> None:
    """A head and what completes it are one name; what only looks like one is none."""
    assert texts(text, "counterpart", language) == bodies


def test_an_abbreviation_stands_for_the_name_before_it() -> None:
    """The later places of an abbreviation carry the full name."""
    text = "The National Grid Authority (NGA) met. Later NGA signed."
    assert {mention.name for mention in found(text, "counterpart")} == {"National Grid Authority"}


def test_the_country_in_or_beside_a_name() -> None:
    """A body is of the country that its name tells, or an adjective right beside it."""
    assert [m.key for m in found("In Kenya the Kenya Ports Authority signed.", "counterpart")] == ["KEN"]
    assert [m.key for m in found("The Kenyan Ports Authority signed.", "counterpart")] == ["KEN"]


def test_onlookers_count_less() -> None:
    """A parliament, or the university of a professor who comments, weighs less than a ministry."""
    (court,) = found("The Constitutional Court Authority ruled.", "counterpart")
    (ministry,) = found("The Ministry of Energy ruled.", "counterpart")
    assert court.weight < ministry.weight


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("业主为布隆迪环境、农业和畜牧业部。", "布隆迪环境、农业和畜牧业部"),
        ("正式移交给能源和水利部。", "能源和水利部"),
        ("与本地公司德加岩建筑联合承揽", "德加岩建筑"),
        ("与“喜马码”组成的联合体", "喜马码"),
        ("当地居民说", None),
    ],
)
def test_chinese_ministries_of_several_fields_and_local_firms(text: str, expected: str | None) -> None:
    """A ministry keeps all its fields; a local firm is told by what stands before or behind its name."""
    found = texts(text, "counterpart", "zh")
    assert expected in found if expected else not found


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("es", "La academia que Lumiver y Huawei abrieron", ["Lumiver"]),
        ("es", "El Consejo de Gobierno de la Región aprobó", ["Consejo de Gobierno de la Región"]),
        ("ru", "в Восточно-Казахстанском университете имени Абая", ["Восточно-Казахстанском университете имени Абая"]),
        ("fr", "le ministère de la Santé et l'Hôpital provincial du Zhejiang ouvrent", ["ministère de la Santé"]),
        ("en", "A venture of Huawei and Serandi InfoSys won", ["Serandi InfoSys"]),
        ("pt", "o ramal da EDMX e o PIB", ["EDMX"]),
        ("pt", "a subida do PIB", []),
    ],
)
def test_organisations_by_where_they_stand(language: str, text: str, expected: list[str]) -> None:
    """A name joined to a Chinese firm, and an abbreviation behind an article, may be an organisation."""
    assert texts(text, "counterpart", language) == expected


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        ("en", "the interior ministry of the new rulers", ["interior ministry"]),
        ("en", "with local printer Okavango Secure Press, it won", ["Okavango Secure Press"]),
        ("en", "Last week Wai Tatou, the utility, paid", ["Wai Tatou"]),
        ("es", "En Bolivia, la estatal YLB firmó", ["YLB"]),
        ("pt", "Em Angola, a estatal Sonangol assinou", ["Sonangol"]),
        ("en", "A distributor, Medika Nusantara, keeps the machines", ["Medika Nusantara"]),
        ("en", "Bishkek-based Tunduk Systems holds the licence", ["Tunduk Systems"]),
        ("en", "she was a local and then went to Paris", []),
        ("fr", "la présidence a signé avec le fonds public FSIS", ["présidence", "FSIS"]),
        ("fr", "elle s'associe au kenyan Sahara Réseaux", []),
        ("es", "asociada con la guayaquileña Redes del Guayas, S.A. de C.V. ayer", ["Redes del Guayas, S.A. de C.V."]),
        ("es", "el hospital general Camilo Torres recibió", ["hospital general Camilo Torres"]),
        ("es", "esa mañana Diego firmó", []),
        ("pt", "aprovou-o ontem a Assembleia Nacional, sem votos contra", ["Assembleia Nacional"]),
        ("ru", "договор подписала областная администрация", ["областная администрация"]),
        ("ru", "начальник городского водоканала", ["городского водоканала"]),
        ("ru", "новая администрация решила", []),
        ("ru", "в минсельхозе ждут", ["минсельхозе"]),
        ("ar", "وقعت شركة عمان للاتصالات والتقنية عقدا", ["شركة عمان للاتصالات والتقنية"]),
        ("ar", "تدفعها الشركة القابضة للكهرباء", ["الشركة القابضة للكهرباء"]),
        ("ar", "قال الجهاز المشرف على الإسكان إن", ["الجهاز المشرف على الإسكان"]),
        ("zh", "由社会保障部长提交", ["社会保障部"]),
        ("zh", "与斐济空间规划与测绘局签署协议", ["斐济空间规划与测绘局"]),
        ("zh", "本地物流集团“迅达快运”提供仓库", ["迅达快运"]),
    ],
)  # fmt: skip
def test_names_by_what_stands_beside_them(language: str, text: str, bodies: list[str]) -> None:
    """Ministries in small letters, partners told by seat, nationality, share or description, local authorities."""
    assert texts(text, "counterpart", language) == bodies


def test_china_behind_and_is_no_part_of_a_body() -> None:
    """A body and the capital that it deals with are two."""
    assert texts("La Secretaría de Salud y China acuerdan", "counterpart", "es") == ["Secretaría de Salud"]


def test_a_share_beside_that_of_a_chinese_firm_tells_a_partner() -> None:
    """Who owns the rest of a venture takes part in it; shares of others say nothing."""
    assert "Redes del Norte" in texts("la unión (Huawei, 60 %; Redes del Norte, 40 %) firmó", "counterpart", "es")
    assert texts("Vodka Negra, 40 %, y agua", "counterpart", "es") == []
