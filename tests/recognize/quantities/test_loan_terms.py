"""Terms of loans in seven languages."""

from __future__ import annotations

import pytest

from offing.model.reading.mention import Quantity
from recognize.samples import found


def terms(text: str, language: str) -> list[tuple[str, str, str]]:
    """The terms of a text: kind, value, unit."""
    read = []
    for mention in found(text, "quantity", language):
        if mention.key:
            assert isinstance(mention.value, Quantity)
            read.append((mention.key, f"{mention.value.value.normalize():f}", mention.value.unit))
    return read


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "a concessional loan at 2 percent interest, repayable over 20 years with five years of grace",
            "interest 2 percent;maturity 20 years;grace 5 years",
        ),
        ("en", "financed by a 20-year loan with a grace period of five years", "maturity 20 years;grace 5 years"),
        ("en", "it will borrow the money over 20 years at one percent", "maturity 20 years;interest 1 percent"),
        ("en", "the loan has a tenor of 15 years at 2.5%", "maturity 15 years;interest 2.5 percent"),
        ("fr", "un prêt remboursable en vingt ans dont cinq de différé", "maturity 20 years;grace 5 years"),
        ("fr", "un prêt sur 20 ans au taux de 2 %", "maturity 20 years;interest 2 percent"),
        ("es", "un préstamo a 15 años con una tasa de 3 por ciento", "maturity 15 years;interest 3 percent"),
        ("pt", "o crédito será reembolsado em dez anos, com carência de dois", "maturity 10 years;grace 2 years"),
        ("zh", "贷款期限20年，利率2%，宽限期5年", "maturity 20 years;interest 2 percent;grace 5 years"),
        ("ru", "кредит сроком на 20 лет под 2 процента", "maturity 20 years;interest 2 percent"),
        ("ar", "قرض على مدى 20 سنة بفائدة 2 في المئة", "maturity 20 years;interest 2 percent"),
        ("ar", "قرض بقيمة 100 مليون دولار مدة 20 سنة", "maturity 20 years"),
        ("ar", "قرض ميسر مدة سداده 20 سنة وفترة سماح 5 سنوات", "maturity 20 years;grace 5 years"),
    ],
)
def test_terms(language: str, text: str, expected: str):
    """Interest, maturity and grace are told apart by the words beside the number."""
    assert [" ".join(term) for term in terms(text, language)] == expected.split(";")


@pytest.mark.parametrize(
    "text",
    [
        "The loan will be spent in 3 years",
        "A bank loan covers 85 percent of the cost",
        "It was built over 20 years",
        "It lasts 20 years. The loan is small",
        "The loan is repayable over 900 years",
    ],
)
def test_what_is_no_term(text: str):
    """Shares of the cost, times of building and other sentences tell no term."""
    assert terms(text, "en") == []
