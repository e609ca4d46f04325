"""Firms that no list has, short names that a text introduces, and public bodies of the host side."""

from __future__ import annotations

import pytest

from recognize.samples import found, keys, texts


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("en", "signed with Hangzhou Lanjing Metering Co., Ltd for meters", ["Hangzhou Lanjing Metering Co., Ltd"]),
        ("en", "China Lanjing Engineering Corporation won", ["China Lanjing Engineering Corporation"]),
        ("en", "Beijing GS Technology won", ["Beijing GS Technology"]),
        ("en", "Henan Road Company and Hubei Rail Group won", ["Henan Road Company", "Hubei Rail Group"]),
        ("en", "China Railway 18th Bureau Group won", ["China Railway 18th Bureau Group"]),
        ("en", "CR20 and China", ["CR20"]),
        ("en", "Chinese state-owned firm Lanjing Li won", ["Lanjing Li"]),
        ("en", "Chinese AI company, Lanjing, won", ["Lanjing"]),
        ("en", "Chinese companies Lanjing Li and Xinda Group, Foobar built", ["Lanjing Li", "Xinda Group", "Foobar"]),
        ("en", 'the Chinese company "Lanjing Li" won', ["Lanjing Li"]),
        ("en", "Lanjing Li, a Chinese surveillance company, won", ["Lanjing Li"]),
        ("en", "China's Lanjing Group won", ["Lanjing Group"]),
        ("fr", "l'entreprise publique chinoise Lanjing Li a gagné", ["Lanjing Li"]),
        ("fr", "une société chinoise, Lanjing Li, gagne", ["Lanjing Li"]),
        ("fr", "signé par Lanjing Li, une société chinoise", ["Lanjing Li"]),
        ("es", "la empresa estatal china Lanjing Li construirá", ["Lanjing Li"]),
        ("pt", "a empresa chinesa «Lanjing Li» constrói", ["Lanjing Li"]),
        ("ru", "китайская компания «Ланьцзин» построит", ["Ланьцзин"]),
        ("ar", "وقعت شركة لانجينغ الصينية عقدا", ["لانجينغ"]),
        ("zh", "由湖南蓝晶种业高科技有限公司投资", ["湖南蓝晶种业高科技有限公司"]),
        ("zh", "由中国山西蓝晶电力工程有限公司承建", ["山西蓝晶电力工程有限公司"]),
        ("zh", "承建方是蓝晶技术有限公司，", ["蓝晶技术有限公司"]),
        ("zh", "承包商蓝晶技术有限公司，", ["蓝晶技术有限公司"]),
        ("zh", "中铁十八局承建", ["中铁十八局"]),
        ("zh", "中国蓝晶集团承建", ["中国蓝晶集团"]),
        ("en", "the Ministry of Health and Hubei Rail Company", ["Hubei Rail Company"]),
    ],
)
def test_unlisted_firms(language: str, text: str, firms: list[str]):
    """A firm that no list has is found by the way in which texts name such firms."""
    unlisted = [firm for firm in found(text, "firm", language) if firm.key is None]
    assert [firm.text for firm in unlisted] == firms
    assert [firm.name for firm in unlisted] == firms


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "China's economy and China's Ministry of Commerce"),
        ("en", "China Import Expo"),
        ("en", "Beijing Technology"),
        ("en", "China and Zimbabwe Steel Company"),
        ("en", "the China-Uganda Friendship Equipment"),
        ("en", "the Oversea-Chinese Banking Corporation"),
        ("en", "the Chinese Head of the Institute"),
        ("en", "Chinese company 2019"),
        ("en", "Chinese companies in Kenya"),
        ("en", "In March 2020, Chinese companies left"),
        ("en", "the contractor.\n\nWashington answers Chinese lending in Africa"),
        ("en", "Chinese firm Kenya"),
        ("en", "China Development Bank Corporation"),
        ("en", "the China Road and Rail for Peace Company"),
        ("fr", "la cuisine chinoise de Paris"),
        ("fr", "une société. La cuisine chinoise Paris"),
        ("fr", "une entreprise chinoise de la grande et belle ville Paris"),
        ("ar", "السفيرة الصينية"),
        ("zh", "肯尼亚电力有限公司"),
        ("zh", "中国集团"),
        ("zh", "中国的公司"),
        ("zh", "某公司"),
    ],
)
def test_what_is_no_firm(language: str, text: str):
    """China's economy and ministries, host-country companies, events and dates are no Chinese firms."""
    assert [firm.text for firm in found(text, "firm", language) if firm.key is None] == []


def test_a_listed_firm_keeps_its_name():
    """A pattern that finds no more than a listed firm adds nothing; a numbered bureau is another firm."""
    assert keys("the Chinese company Huawei", "firm") == ["huawei"]
    assert keys("China Railway Group and China Railway Group No. 5 Company", "firm") == ["crec", None]


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("en", "Hubei Rail Group (HRG) won. HRG will build, not HRGX.", ["Hubei Rail Group", "HRG", "HRG"]),
        (
            "en",
            "Shenzhen Emperor Technology (Emptech) won. Emptech builds.",
            ["Shenzhen Emperor Technology", "Emptech", "Emptech"],
        ),
        ("en", 'Hubei Rail Group ("Azure") won.', ["Hubei Rail Group", "Azure"]),
        ("en", "the Wuhan-based Lanjing Development Corp. (LDC) won", ["Lanjing Development Corp.", "LDC"]),
        ("en", "Hubei Rail Group (Harbin) won. Harbin waits.", ["Hubei Rail Group"]),
        ("en", "Hubei Rail Group (in short) won.", ["Hubei Rail Group"]),
        (
            "en",
            "China Railway 18th Bureau Group (CR18) won. CR18 builds.",
            ["China Railway 18th Bureau Group", "CR18", "CR18"],
        ),
        ("zh", "湖北蓝晶集团（以下简称“蓝晶”）承建，蓝晶表示", ["湖北蓝晶集团", "蓝晶", "蓝晶"]),
    ],
)
def test_introduced_short_names(language: str, text: str, firms: list[str]):
    """A short name in brackets stands for the firm everywhere in the text."""
    assert texts(text, "firm", language) == firms
    assert len({firm.name for firm in found(text, "firm", language)}) == 1


def test_an_introduced_lender():
    """A lender's short name is found too."""
    assert keys("The Export-Import Bank of China (CEXB) lends. CEXB signed.", "lender") == ["china-eximbank"] * 3


@pytest.mark.parametrize(
    ("language", "text", "bodies"),
    [
        ("en", "The Ministry of Energy and Petroleum signed", ["Ministry of Energy and Petroleum"]),
        (
            "en",
            "with the Kenya Ports Authority and the Punjab Safe Cities Authority",
            ["Kenya Ports Authority", "Punjab Safe Cities Authority"],
        ),
        ("en", "China's Ministry of Commerce, the Chinese Ministry of Health", []),
        ("en", "the Ministry of Commerce of China", []),
        ("en", "the Authority, the Ministry of water", []),
        ("en", "Jordan News Agency", []),
        ("fr", "le ministère de l'Économie numérique a signé", ["ministère de l'Économie numérique"]),
        ("es", "el Ministerio de Obras Públicas firmó", ["Ministerio de Obras Públicas"]),
        ("pt", "o Ministério das Finanças", ["Ministério das Finanças"]),
        (
            "ru",
            "Министерство народного образования Узбекистана и китайская",
            ["Министерство народного образования Узбекистана"],
        ),
        ("ar", "وقعت وزارة الاتصالات وتكنولوجيا المعلومات عقدا", ["وزارة الاتصالات وتكنولوجيا المعلومات"]),
        ("ar", "وزارة", []),
        ("zh", "尼日利亚交通部表示，尼日利亚北部", ["尼日利亚交通部"]),
    ],
)
def test_public_bodies(language: str, text: str, bodies: list[str]):
    """Ministries and authorities of the host side are found as written; China's own are left out."""
    assert texts(text, "counterpart", language) == bodies
