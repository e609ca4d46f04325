"""Part: whether a Chinese name further down takes part in the works of title and lead, or in other works."""

from __future__ import annotations

import pytest

from offing.model.sources.article import Article
from offing.propose.reading.scope import Scope, scope_of
from offing.propose.sentences.involvement import done_in_head, spoken_against, surest_involvement
from offing.services.analysis.analyse import Analyst
from offing.services.analysis.analyst import load_analyst


@pytest.fixture(scope="module")
def analyst() -> Analyst:
    """With all that ships."""
    return load_analyst(None)


def scope(analyst: Analyst, language: str, title: str, *paragraphs: str) -> Scope:
    """An article as the rules read it."""
    article = Article(1, title, paragraphs, language)
    return scope_of(article, analyst.recognizer.recognize(article), analyst.scoring)


# A title, a lead, and two sentences: of who builds it, and of other works.
STORIES = [
    (
        "en",
        ("New pier for Mombasa", "Work on the pier at Mombasa began on Monday."),
        "Sinohydro won the contract for 300 metres of quay from the Kenya Ports Authority.",
        "The existing terminal was built years ago by Sinohydro.",
    ),
    (
        "fr",
        ("Un quai neuf à Lomé", "Les travaux du quai ont débuté lundi."),
        "Le contrat a été signé avec Sinohydro par le ministère des Transports du Togo.",
        "Le pont voisin, lui, a été bâti jadis par Sinohydro.",
    ),
    (
        "es",
        ("Nuevo muelle en Lima", "Las obras del muelle comenzaron el lunes."),
        "Sinohydro firmó el contrato con el Ministerio de Transportes del Perú por 300 metros.",
        "Otra empresa, Sinohydro, no tiene relación con la obra.",
    ),
    (
        "pt",
        ("Novo cais em Luanda", "As obras do cais começaram na segunda-feira."),
        "A Sinohydro assinou o contrato com o Ministério dos Transportes de Angola.",
        "A proposta da Sinohydro nunca avançou.",
    ),
    (
        "zh",
        ("内罗毕新建大桥", "大桥周一开工。"),
        "中国路桥与肯尼亚交通部签订合同，承建300米大桥。",
        "附近的码头十年前由中国路桥承建，与本项目无关。",
    ),
    (
        "ru",
        ("В Бишкеке строят мост", "Работы начались в понедельник."),
        "«Синогидро» подписала договор с министерством транспорта Киргизии на 300 метров.",
        "Соседний мост когда-то построила «Синогидро».",
    ),
    (
        "ar",
        ("جسر جديد في نيروبي", "بدأت أشغال الجسر يوم الاثنين."),
        "وقعت شركة سينوهيدرو عقدا مع وزارة النقل في كينيا لبناء 300 متر.",
        "أما الجسر القديم الذي بنته سينوهيدرو قبل سنوات فلا علاقة له بالمشروع.",
    ),
]


@pytest.mark.parametrize(("language", "head", "own", "other"), STORIES, ids=[story[0] for story in STORIES])
def test_who_builds_it_stands_above_who_built_something_else(
    analyst: Analyst, language: str, head: tuple[str, str], own: str, other: str
) -> None:
    """A sentence about the works makes a part likely, one about other works does not."""
    codes = {"KEN", "TGO", "PER", "AGO", "KGZ"}
    taken = surest_involvement(scope(analyst, language, *head, own), codes)
    apart = surest_involvement(scope(analyst, language, *head, other), codes)
    assert taken
    assert apart
    assert taken.probability > 0.6
    assert apart.probability < 0.4


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The tender is open; Sinohydro bought the tender documents."),
        ("fr", "Sinohydro avait proposé moins cher."),
        ("es", "La oferta de Sinohydro quedó fuera."),
        ("pt", "A Sinohydro concorreu, mas ficou de fora."),
        ("zh", "中国路桥曾提出报价。"),
        ("ru", "«Синогидро» предлагала дешевле на пять процентов."),
        ("ar", "قدمت سينوهيدرو عرضا."),
    ],
)
def test_an_offer_is_no_part(analyst: Analyst, language: str, text: str) -> None:
    """Who only offered has no part in the works."""
    part = surest_involvement(scope(analyst, language, "A", "B.", text), set())
    assert part is None or part.probability < 0.4


def test_a_name_in_title_or_lead_is_not_weighed(analyst: Analyst) -> None:
    """Where the head names the party, other reasons speak of it."""
    head = scope(analyst, "en", "Sinohydro builds a pier", "Work began on Monday.", "Sinohydro won the contract.")
    assert surest_involvement(head, set()) is None


def test_a_deed_of_a_named_party_in_the_head_outweighs_others(analyst: Analyst) -> None:
    """That a bank of others pays takes little from a Chinese builder whom title or lead name."""
    told = scope(analyst, "en", "World Bank pays for road", "The ministry picked Sinohydro to build the road in Kenya.")
    assert done_in_head(told)
    assert spoken_against({"other-donor": 0.8, "sport": 1.0}) == 0.8
    assert spoken_against({"sport": 1.0}) == 0.0
