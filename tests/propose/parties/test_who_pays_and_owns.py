"""Owners, other firms and the government beside whom a text names as the one at work, or as the one who pays."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.model.projects.project import ProjectFacts
from offing.model.sources.article import Article
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """With all that ships but the encoder: wordings decide alone here."""
    shipped = load_analyst(None)
    return replace(shipped, scoring=replace(shipped.scoring, tuned=None))


def facts(analyst: Analyst, language: str, text: str) -> ProjectFacts:
    """What is proposed of an article of one paragraph."""
    return analyst.study(Article(1, "", (text,), language)).proposals[0].facts


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("en", "Sinohydro builds the dam in Uganda. The line was finished by another firm, TBEA.", ["Sinohydro"]),
        (
            "fr",
            "Sinohydro construit le barrage au Mali. La ligne a été posée par une autre société, TBEA.",
            ["Sinohydro"],
        ),
        ("es", "Las obras en Panamá las ejecuta Taiji Computer, del grupo estatal CETC.", ["Taiji Computer"]),
        ("zh", "浪潮与控股子公司湖南联格电力工程有限公司在尼泊尔承建数据中心。", ["浪潮", "湖南联格电力工程有限公司"]),
        ("es", "La planta de Honduras la levanta Sinohydro, que perdió cinco meses por la lluvia.", ["Sinohydro"]),
        ("en", "Sinohydro lost the tender for the dam in Uganda; CRBC builds it.", ["CRBC"]),
        (
            "fr",
            "Attributaire à Sofia, en Bulgarie : Nuctech Warsaw Company Limited.",
            ["Nuctech"],
        ),
        ("en", "A unit of Sinohydro builds the dam in Uganda.", ["Sinohydro"]),
    ],
)
def test_owners_and_other_firms_are_no_parties(analyst: Analyst, language: str, text: str, firms: list[str]) -> None:
    """Unless nobody else is named."""
    assert [firm.as_written for firm in facts(analyst, language, text).firms] == firms


@pytest.mark.parametrize(
    ("language", "text", "lenders"),
    [
        (
            "es",
            "El gobierno chino donará equipos a Honduras a través de la Agencia China de Cooperación Internacional.",
            ["cidca"],
        ),
        (
            "en",
            "China will finance the road in Kenya with a loan of the Export-Import Bank of China.",
            ["china-eximbank"],
        ),
        ("en", "The Chinese government will finance the road in Kenya with a grant.", ["china-government"]),
    ],
)
def test_the_government_pays_where_no_bank_or_agency_does(
    analyst: Analyst, language: str, text: str, lenders: list[str]
) -> None:
    """What is named more closely counts."""
    assert [lender.id for lender in facts(analyst, language, text).lenders] == lenders


def test_banks_of_china_in_general_are_not_the_bank_of_china(analyst: Analyst) -> None:
    """In Russian only the capital tells the one from the others."""
    assert not facts(analyst, "ru", "Hexing поставит счётчики в Армению; кредита у банков Китая не брали.").lenders
    named = facts(analyst, "ru", "Hexing поставит счётчики в Армению; кредит выдал Банк Китая.")
    assert [lender.id for lender in named.lenders] == ["boc"]


@pytest.mark.parametrize(
    ("language", "text", "firms"),
    [
        ("en", "Kenya picked an undisclosed supplier for cameras. Huawei built the earlier ones years ago.", []),
        ("en", "Kenya picked a supplier for cameras. Huawei built the earlier ones years ago.", ["Huawei"]),
        ("fr", "Le Mali équipe Bamako sans nommer le fournisseur. Auparavant, Huawei avait posé 100 caméras.", []),
        ("ru", "Власти Бишкека не назвали подрядчика системы камер. Ранее первую очередь строила Huawei.", []),
        ("en", "Kenya has not named the builder of the road. The cameras are by Huawei.", ["Huawei"]),
    ],
)
def test_where_the_text_names_nobody_a_firm_of_earlier_works_is_not_meant(
    analyst: Analyst, language: str, text: str, firms: list[str]
) -> None:
    """Unless a sentence of today names it."""
    assert [firm.as_written for firm in facts(analyst, language, text).firms] == firms


@pytest.mark.parametrize(
    ("language", "text", "lenders"),
    [
        ("en", "Sinohydro builds the dam in Uganda. Beijing bears the cost of the survey.", ["Beijing"]),
        (
            "en",
            "Sinohydro supplies pumps to Uganda, a present of the municipality of Yantai.",
            ["municipality of Yantai"],
        ),
        ("en", "Sinohydro builds the dam in Uganda with a soft loan from Beijing.", ["Beijing"]),
        ("en", "Sinohydro builds the dam in Uganda, a gift of the Chinese people.", ["Chinese"]),
        ("zh", "中国水电向乌干达交付水泵，由广东省政府捐赠。", ["广东省政府"]),
        ("fr", "Sinohydro livre des pompes au Mali, don du Fujian.", ["Fujian"]),
        ("pt", "A Sinohydro ergue a barragem em Angola; o Governo da China paga a obra.", ["China"]),
        ("es", "Sinohydro entrega bombas a Honduras, donadas por el gobierno provincial de Hunan.", ["Hunan"]),
        ("zh", "中国水电向乌干达交付水泵，费用由湖南省教育厅承担。", ["湖南省教育厅"]),
        ("ru", "Sinohydro строит плотину в Уганде, платит мэрия Ухани.", ["мэрия Ухани"]),
        ("ar", "تبني سينوهيدرو السد في أوغندا بتمويل من مقاطعة هونان", ["مقاطعة هونان"]),
        ("pt", "A Sinohydro, empresa da província de Hubei, ergue a barragem em Angola, doada pela escola.", []),
        ("zh", "中国水电在乌干达建坝，由江苏省新兴产业基金领投的公司捐赠水泵。", []),
    ],
)
def test_who_gives_in_china(analyst: Analyst, language: str, text: str, lenders: list[str]) -> None:
    """A Chinese city, province or body of it that pays is a lender; where a firm has its seat is none."""
    found = [lender.as_written for lender in facts(analyst, language, text).lenders]
    assert len(found) == len(lenders)
    assert all(part in lender for part, lender in zip(lenders, found, strict=True))


def test_a_loan_for_another_firms_works_is_not_the_projects(analyst: Analyst) -> None:
    """A lender that is named beside another firm only has paid for something else."""
    dam = ("Sinohydro builds a dam in Uganda.", "The ministry of energy pays for it.", "Work goes on.", "It rained.")
    other = "The ring road was laid by CRBC in 2015 with a loan from China Exim Bank."
    own = "The dam is built by Sinohydro with a loan from China Exim Bank."
    lenders = [
        analyst.study(Article(1, "A dam", (*dam, last), "en")).proposals[0].facts.lenders for last in (other, own)
    ]
    assert [[lender.id for lender in found] for found in lenders] == [[], ["china-eximbank"]]
