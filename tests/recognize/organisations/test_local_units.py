"""Local subsidiaries of Chinese firms, told from their mothers."""

from __future__ import annotations

import pytest

from recognize.samples import article, found, shipped_recognizer


def units(text: str, language: str) -> list[str]:
    """The local subsidiaries of a text, as written."""
    return [firm.text for firm in found(text, "firm", language) if firm.by == "local unit"]


@pytest.mark.parametrize(
    ("language", "text", "names"),
    [
        (
            "en",
            "cameras from Shenzhen Lanton Information are old and Lanton Caribbean Services Inc. repairs them",
            ["Lanton Caribbean Services Inc."],
        ),
        (
            "pt",
            "a Shenzhen Lanton Tecnologia vende as câmaras, mas a Lanton Serviços Moçambique instala os equipamentos",
            ["Lanton Serviços Moçambique"],
        ),
        (
            "es",
            "Zhejiang Lanhua Tecnología vende equipos; la empresa Lanhua Servicios Perú S.A.C. instala los medidores",
            ["Lanhua Servicios Perú S.A.C."],
        ),
        ("ru", "камеры ставит «Шэньчжэнь Ланьтун», обслуживает их компания «Ланьтун Ош» из города", ["Ланьтун Ош"]),
        ("zh", "云南蓝岭数据供货，同一集团的蓝岭云服务（老挝）公司运营。", ["蓝岭云服务（老挝）公司"]),
        ("zh", "云南蓝岭数据供货，蓝岭科技塞尔维亚负责运行。", ["蓝岭科技塞尔维亚"]),
    ],
)
def test_a_local_subsidiary_keeps_its_whole_name(language: str, text: str, names: list[str]):
    """The brand of a Chinese firm with the host or a region behind it is a firm of its own, and no counterpart."""
    assert units(text, language) == names
    assert not [body for body in found(text, "counterpart", language) if names[0].startswith(body.text)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "the network was sold by Huawei and is run by Huawei Kenya with help of the ministry"),
        ("en", "Huawei Wins Kenya Deal"),
        ("en", "in Kenya a firm named Lanton Caribbean Services Inc. repairs the cameras of the police"),
        ("en", "Shenzhen Lanton Information said in a letter that Lanton Road is closed in Kenya"),
        ("ru", "камеры ставит «Шэньчжэнь Ланьтун», а потом «Ланьтун» уехал из города"),
        ("zh", "中国企业在老挝。万象发展（老挝）公司与银行签约。"),
        ("zh", "云南蓝岭数据供货，蓝岭科技塞尔维亚项目完工。"),
    ],
)
def test_no_subsidiary(language: str, text: str):
    """A country behind a listed firm, a headline, the host's own firms and works are none."""
    assert units(text, language) == []


def test_a_listed_firm_with_its_country_in_brackets():
    """中国电信（老挝）公司 is China Telecom, under its whole name."""
    firms = [
        m for m in shipped_recognizer().recognize(article("运行交给中国电信（老挝）公司。", "zh")) if m.kind == "firm"
    ]
    assert [(firm.text, firm.key) for firm in firms] == [("中国电信（老挝）公司", "china-telecom")]
