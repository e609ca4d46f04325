"""Sums, sizes and terms of loans as people write them in corrections."""

from __future__ import annotations

import re
from decimal import Decimal

from offing.model.projects.project import Amount, LoanTerm, ProjectFacts, SizedBy
from offing.model.values import iso
from offing.model.values.vocabulary import AmountKind, LoanTermKind
from offing.review.edit_words import BadEdit, parts_of, word_of

SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "k": 10**3, "m": 10**6, "bn": 10**9}
_NUMBER = r"(?P<number>\d{1,18}(?:[ ,_]\d{3})*(?:\.\d{1,6})?)(?!\d|[.,_]\d)"
_SCALE = r"(?:\s*(?P<scale>thousand|million|billion|k|m|bn)\b)?"
_AMOUNT = re.compile(rf"{_NUMBER}{_SCALE}\s*(?P<currency>[A-Za-z]{{3}})(?:\s+(?P<kind>[A-Za-z-]+))?", re.IGNORECASE)
_QUANTITY = re.compile(rf"{_NUMBER}{_SCALE}\s*(?P<unit>\S.*)", re.IGNORECASE)
_TERM = re.compile(
    r"(?P<kind>[a-z]+)\s+(?P<number>[0-9]{1,4}(?:\.[0-9]{1,6})?)\s*(?P<unit>percent|%|years?|months?)", re.IGNORECASE
)
_TERM_UNITS = {"%": "percent", "year": "years", "month": "months"}


def _number(found: re.Match[str]) -> Decimal:
    digits = re.sub(r"[ ,_]", "", found["number"])
    value = Decimal(digits) * SCALES[(found["scale"] or "").lower()] if found["scale"] else Decimal(digits)
    if not value:
        raise BadEdit(f"{found[0]!r} is nothing: a number above 0 is needed")
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value  # 88.5 million: no 88500000.0


def amounts(text: str, facts: ProjectFacts) -> tuple[Amount, ...]:
    """Parse sums: "85000000 EUR loan; 12 million USD"; one that is already there keeps its wording."""
    return tuple(_amount(part, facts) for part in parts_of(text))


def _amount(part: str, facts: ProjectFacts) -> Amount:
    found = _AMOUNT.fullmatch(part)
    if found is None:
        raise BadEdit(f"{part!r} is not an amount: write VALUE CURRENCY KIND, such as 85000000 EUR loan")
    currency = found["currency"].upper()
    if currency not in iso.currencies():
        raise BadEdit(f"{currency} is not a currency of ISO 4217")
    value = _number(found)
    same = next((each for each in facts.amounts if (each.value, each.currency) == (value, currency)), None)
    kind = word_of(found["kind"], AmountKind) if found["kind"] else same.kind if same else AmountKind.UNSPECIFIED
    return Amount(value, currency, kind, same.as_written if same else part, same.qualifier if same else "")


def quantities(text: str, _: ProjectFacts) -> tuple[SizedBy, ...]:
    """Parse sizes: "800 km; 900 cameras"."""
    sizes = []
    for part in parts_of(text):
        found = _QUANTITY.fullmatch(part)
        if found is None:
            raise BadEdit(f"{part!r} is not a quantity: write a number and its unit, such as 800 km")
        sizes.append(SizedBy(_number(found), found["unit"].strip(), part))
    return tuple(sizes)


def terms(text: str, facts: ProjectFacts) -> tuple[LoanTerm, ...]:
    """Parse terms of a loan: "interest 2 percent; maturity 20 years"."""
    return tuple(_term(part, facts) for part in parts_of(text))


def _term(part: str, facts: ProjectFacts) -> LoanTerm:
    """Parse one term; one that is already there keeps its wording."""
    found = _TERM.fullmatch(part)
    if found is None:
        raise BadEdit(f"{part!r} is not a term of a loan: write KIND VALUE UNIT, such as interest 2 percent")
    kind, unit = word_of(found["kind"], LoanTermKind), found["unit"].lower()
    unit = _TERM_UNITS.get(unit, unit)
    if (kind is LoanTermKind.INTEREST) != (unit == "percent"):
        raise BadEdit(f"{part!r}: interest is stated in percent, maturity and grace in years or months")
    term = LoanTerm(kind, Decimal(found["number"]), unit, part)
    return next((each for each in facts.terms if each.written == term.written), term)
