"""Classes of articles that tell of no project: which reason speaks against each, in several languages."""

from __future__ import annotations

from dataclasses import replace

import pytest

from offing.model.review.candidate import Proposal
from offing.model.sources.article import Article
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """With all that ships but the encoder: wordings decide alone here."""
    shipped = load_analyst(None)
    return replace(shipped, scoring=replace(shipped.scoring, tuned=None))


def best(analyst: Analyst, language: str, title: str, *paragraphs: str) -> Proposal:
    """The best proposal of an article."""
    return analyst.study(Article(1, title, paragraphs, language)).proposals[0]


AGAINST = [
    ("en", "Minister quashes claims of Huawei deal", "There is no such contract in Lusaka.", "title-denies"),
    ("pt", "Governo nega contrato com a Huawei", "O ministro disse em Luanda que é mentira.", "title-denies"),
    ("es", "Callao: estibadores en huelga", "Los estibadores bloquean el puerto de COSCO en Perú.", "labour-conflict"),
    (
        "ru",
        "Забастовка в порту Cosco",
        "Докеры Греции бастуют и отказались грузить суда китайской COSCO Shipping.",
        "labour-conflict",
    ),
    (
        "fr",
        "Le swap avec Pékin",
        "La Banque populaire de Chine et l'Égypte signent un accord de swap.",
        "currency-swap",
    ),
    ("zh", "本币互换", "中国人民银行与埃及中央银行续签本币互换协议。", "currency-swap"),
    ("en", "Study: Huawei's cameras idle", "Half of them are off in Kenya, says a study published in May.", "study"),
    ("ar", "دراسة: كاميرات هواوي في كينيا", "كشفت دراسة أن نصفها متوقف في كينيا.", "study"),
    ("pt", "Visita a Luanda", "A Huawei e Angola falaram; nenhum projeto novo foi anunciado.", "no-deal"),
    ("en", "Chile shuts Hikvision out", "Chile ordered Hikvision to wind down its subsidiary after a review.", "ban"),
    ("es", "Se retiran de la puja", "Huawei y ZTE se retiran de la licitación en Bolivia.", "loses"),
]


@pytest.mark.parametrize(("language", "title", "paragraph", "reason"), AGAINST)
def test_each_class_has_its_reason(analyst: Analyst, language: str, title: str, paragraph: str, reason: str) -> None:
    """What is denied, swapped, studied, struck or shut out is named as such; who left a race has lost it."""
    names = {told.name: told.weight for told in best(analyst, language, title, paragraph, "Mehr nicht.").reasons}
    assert names["chinese-lost" if reason == "loses" else reason] < 0


@pytest.mark.parametrize(
    ("language", "title", "paragraph"),
    [
        ("en", "Huawei signs for cameras in Lusaka", "Zambia signed a contract for 900 cameras with Huawei."),
        ("fr", "Huawei équipe Dakar", "Le Sénégal a signé avec Huawei un contrat pour 900 caméras à Dakar."),
        (
            "pt",
            "Huawei fornece câmaras a Luanda",
            "Angola assinou com a Huawei um contrato para 900 câmaras em Luanda.",
        ),
    ],
)
def test_none_of_them_speaks_against_plain_news(analyst: Analyst, language: str, title: str, paragraph: str) -> None:
    """News of a contract has none of these reasons, and stands above the cut."""
    found = best(analyst, language, title, paragraph)
    assert found.score > analyst.scoring.cut
    assert {told.name for told in found.reasons}.isdisjoint({reason for *_, reason in AGAINST})


def test_a_sentence_that_denies_is_no_core(analyst: Analyst) -> None:
    """What is said not to be so tells less plainly who does what."""
    plain = best(analyst, "en", "Cameras", "Zambia has signed a contract with Huawei for cameras.")
    denied = best(analyst, "en", "Cameras", "Zambia denied that it has signed a contract with Huawei for cameras.")
    plainly, doubtfully = (
        next((told.weight for told in each.reasons if told.name == "core-sentence"), 0.0) for each in (plain, denied)
    )
    assert doubtfully < plainly / 2


def test_the_republic_of_china_is_taiwan(analyst: Analyst) -> None:
    """What it gives is no gift of Beijing's; the People's Republic is another matter."""
    text = "The Republic of China gave 200 cameras to Kingstown, Saint Vincent. Huawei did not bid."
    assert not best(analyst, "en", "Cameras", text).facts.lenders
    text = text.replace("Republic", "People's Republic")
    assert best(analyst, "en", "Cameras", text).facts.lenders


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "en",
            "The bank in Astana has nothing to do with the Export-Import Bank of China; it financed a power station.",
        ),
        ("ru", "К Эксимбанку Китая этот банк отношения не имеет; он кредитовал электростанцию в Казахстане."),
        ("es", "El banco de Honduras, que no debe confundirse con el Eximbank de China, financió una central."),
        ("zh", "这家哈萨克斯坦银行与中国进出口银行无关，它曾为电站提供贷款。"),
    ],
)
def test_whom_a_text_only_tells_apart_lends_nothing(analyst: Analyst, language: str, text: str) -> None:
    """A bank is no lender where it is named to say that another is not it."""
    assert not best(analyst, language, "", text).facts.lenders


def test_the_exim_bank_of_another_country(analyst: Analyst) -> None:
    """Where its fund is named, "Eximbank" without China in its name is another's."""
    text = "El Eximbank financiará un hospital en Honduras con su fondo EDCF. China Railway también ofertó."
    assert not best(analyst, "es", "Hospital", text).facts.lenders


def test_a_currency_is_no_site(analyst: Analyst) -> None:
    """A works in Jiangsu priced in reais takes place in China."""
    text = "A fábrica de R$ 670 milhões em Changzhou, na província de Jiangsu, será feita com a Goldwind."
    found = best(analyst, "pt", "R$ 670 milhões para Changzhou", text)
    assert "set-in-china" in {told.name for told in found.reasons}


@pytest.mark.parametrize(
    ("language", "title", "text", "reason"),
    [
        ("en", "Kabwe invites offers for a dam", "Huawei and nine others came to the site visit.", "tender-open"),
        ("fr", "Ouverture des plis à Lomé", "Les soumissionnaires, dont Huawei, attendent au Togo.", "tender-open"),
        ("es", "Apertura de ofertas en Lima", "Huawei figura entre los oferentes en Perú.", "tender-open"),
        ("zh", "赞比亚水坝项目开标", "华为等九家企业递交标书。", "tender-open"),
        ("en", "Zambia scraps camera tender", "Huawei had bid for it.", "tender-void"),
        ("es", "Declaran desierto el concurso", "Huawei había ofertado en Perú.", "tender-void"),
        ("ru", "Ташкент отменил тендер на камеры", "Заявку подавала Huawei.", "tender-void"),
        ("en", "Three hurt as truck overturns near Lusaka", "It belonged to Sinohydro, in Zambia.", "accident"),
        ("zh", "赞比亚卢萨卡车祸", "翻车的卡车属于华为。", "accident"),
    ],
)
def test_what_is_no_news_of_works_has_its_reason(
    analyst: Analyst, language: str, title: str, text: str, reason: str
) -> None:
    """Tenders that run or came to nothing, and accidents."""
    weights = {told.name: told.weight for told in best(analyst, language, title, text, "Mehr nicht.").reasons}
    assert weights[reason] < 0
