"""A contract and its loan: one project in the news, two linked records where a base keeps one for each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from factories.account import account, dollars
from match.accounts.test_compare import features, words
from match.accounts.test_compare_news import RARITY, judged, money, telling, told
from offing.match.accounts.build import account_of
from offing.match.accounts.news_profile import NewsProfile, news_profile
from offing.match.match import match
from offing.model.pairs.matching import Agreement, MatchRules, Relation
from offing.model.projects.project import Amount, Lender
from offing.model.values.vocabulary import AmountKind
from offing.services.comparison.match import Matcher, load_matcher
from offing.services.comparison.row_fields import row_fields

EXIM = (Lender("China Exim Bank", "Exim", "china-eximbank"),)
CONTRACT, LOAN = AmountKind.CONTRACT, AmountKind.LOAN


def row(agreement: Agreement | None, *amounts: Amount) -> NewsProfile:
    """A row of another base on the airport at Pokhara."""
    made = telling("China lends for Pokhara airport\nThe airport at Pokhara.", amounts=amounts, lenders=EXIM)
    made = replace(made, agreement=agreement, day=None, year=2016)

    return news_profile(account_of(made, lambda value, *_: float(value)), RARITY)


@pytest.mark.parametrize(
    "text",
    [
        "Contract for Pokhara airport signed\nThe runway at Pokhara costs 244 million.",
        "Le contrat de l'aéroport de Pokhara est signé\nLa piste de Pokhara coûte 244 millions.",
        "Firman el contrato del aeropuerto de Pokhara\nLa pista de Pokhara cuesta 244 millones.",
        "Подписан контракт на аэропорт Pokhara\nПолоса в Pokhara стоит 244 млн.",
    ],
)
def test_a_contract_is_linked_with_the_row_of_its_loan(text: str) -> None:
    """In any language, and the other way round; the reason says which is which."""
    news = told(text, amounts=(money(244, CONTRACT),))
    found = judged(news, row(Agreement.LOAN, money(145)))
    assert found.relation is Relation.LINKED
    assert "the contract here, its loan there" in found.reasons
    lent = told(text, amounts=(money(145),), lenders=EXIM)
    found = judged(lent, row(Agreement.CONTRACT, money(244, CONTRACT)))
    assert found.relation is Relation.LINKED
    assert "the loan here, its contract there" in found.reasons


@pytest.mark.parametrize(
    "facts",
    [
        {"amounts": (money(244, CONTRACT), money(145))},
        {"amounts": (money(244, CONTRACT),), "lenders": EXIM},
        {"amounts": (money(145, CONTRACT),)},
        {"amounts": (money(230, AmountKind.TOTAL_COST),)},
        {},
    ],
    ids=["both sums", "contract with its lender", "one sum under two names", "total cost", "no sum"],
)
def test_what_tells_of_the_project_is_the_same_as_the_row_of_its_loan(facts: dict[str, object]) -> None:
    """The loan's own lender or sum, or nothing of either agreement: the project that the row is of."""
    news = told("Pokhara airport is begun\nThe airport at Pokhara.", **facts)
    assert judged(news, row(Agreement.LOAN, money(145))).relation is Relation.SAME


def test_a_base_with_one_row_for_each_project_has_both_in_it() -> None:
    """Without a row for each agreement, and in the news, a contract and a loan tell of one project."""
    news = told("Contract for Pokhara airport\nThe airport at Pokhara.", amounts=(money(244, CONTRACT),))
    assert judged(news, row(None, money(145))).relation is Relation.SAME
    loan = told("Loan for Pokhara airport\nThe airport at Pokhara.", 2017, amounts=(money(145),), lenders=EXIM)
    assert judged(loan, news).relation is Relation.SAME


TITLES = {
    "en": ("{} signs contract for Zungeru power plant", "Exim Bank loan for Zungeru power plant"),
    "fr": ("Contrat signé pour la centrale de Zungeru", "Prêt d'Exim Bank pour la centrale de Zungeru"),
    "es": (
        "El Gobierno firma el contrato de la central de Zungeru",
        "Préstamo de Exim Bank para la central de Zungeru",
    ),
    "pt": ("Contrato assinado para a central de Zungeru", "Empréstimo do Exim Bank para a central de Zungeru"),
    "ru": ("Контракт на электростанцию Зунгеру подписан", "Кредит на электростанцию Зунгеру от Эксимбанка"),
    "zh": ("宗格鲁水电站合同签署", "中国进出口银行为宗格鲁水电站提供贷款"),
    "ar": ("توقيع عقد محطة زنغيرو", "قرض من بنك الصين لمحطة زنغيرو"),
}


@pytest.fixture(scope="module")
def matcher() -> Matcher:
    """The shipped matcher."""
    return load_matcher(None)


@pytest.mark.parametrize("language", TITLES)
def test_titles_tell_contract_and_loan(matcher: Matcher, language: str) -> None:
    """In each language a title tells which of the two it is about; one that names both, or neither, tells none."""
    contract, loan = (_drawn(matcher, title) for title in TITLES[language])
    assert (contract, loan) == (Agreement.CONTRACT, Agreement.LOAN)
    assert _drawn(matcher, ". ".join(TITLES[language])) is None


@pytest.mark.parametrize("title", ["Zungeru power plant opens", "Purchase of buses", "Funding sought for a road", ""])
def test_a_title_without_either_tells_no_agreement(matcher: Matcher, title: str) -> None:
    """What is bought or funded somehow may be told of either."""
    assert _drawn(matcher, title) is None


def _drawn(matcher: Matcher, title: str) -> Agreement | None:
    return matcher.drawer.draw(row_fields({"id": 1, "title": title}, 1)).agreement


def test_rows_of_two_agreements_are_linked(matcher: Matcher) -> None:
    """In two files, a contract is linked with its loan as phases are, unless one sum is told of both."""
    text = "The Zungeru plant on the Kaduna river has 700 MW; Sinohydro builds it."
    facts: dict[str, object] = {
        "countries": ("NGA",),
        "firms": ("sinohydro",),
        "quantities": frozenset({(700.0, "MW")}),
    }
    loan = account(
        "Loan for the Zungeru hydropower plant", text, agreement=Agreement.LOAN, sums=(dollars(984e6),), **facts
    )
    contract = account(
        "Contract for the Zungeru hydropower plant", text, agreement=Agreement.CONTRACT, sums=(dollars(13e8),), **facts
    )
    rules: MatchRules = matcher.rules
    (found,) = match([loan], [contract], rules)
    assert found.relation is Relation.LINKED
    assert "the contract here, its loan there" in words(contract, loan)
    assert "other-agreement" not in features(replace(contract, sums=loan.sums), loan)
    (found,) = match([replace(loan, agreement=None)], [contract], rules)
    assert found.relation is Relation.SAME
