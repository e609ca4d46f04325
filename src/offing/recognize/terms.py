"""Terms of loans: interest, maturity, grace, where a sentence that speaks of a loan states them.

They are quantities whose `key` says which term it is. Patterns match folded text: small letters, no accents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from offing.model.mention import MentionKind, Quantity
from offing.model.vocabulary import LoanTermKind
from offing.recognize.draft import Draft
from offing.recognize.number import Number

_SENTENCE = re.compile(r"[^\n.!?。！？؟]*(?:[.](?=\w)[^\n.!?。！？؟]*)*")
_LOAN = re.compile(
    r"\b(?:loans?|lend|lent|borrow|credit|financ|facility|repa[yi]|pret|emprunt|prestamo|financiamiento|emprestimo"
    r"|кредит|заем|займ|ссуд)|贷款|借款|融资|信贷|قرض|تمويل|ائتمان"
)
_PERCENT = re.compile(
    r" ?(?:%|percent|per cent|pour cent|por ciento|por cento|процент\w*|في الميه|بالميه|في المايه|بالمايه|٪)"
)
_YEARS = re.compile(r"[ -]?(?:years?|ans|annees|anos|年|лет|года?|سنوات|سنه|سنين|عاما|عام|اعوام)(?![^\W\d_])")
_MONTHS = re.compile(r"[ -]?(?:months?|mois|meses|个月|месяц\w*|اشهر|شهرا?)(?![^\W\d_])")
_INTEREST = re.compile(
    r"\b(?:interest|rate|coupon|taux|interets?|interes|tasa|juros?|taxa|ставк\w*|годовых)|利率|利息|年息|فايده|الفايده"
)
_AT = re.compile(r"(?:\b(?:at|terms of|a|au taux de|al|под)|بنسبه|利率为?)\s?$")
_GRACE = re.compile(r"\b(?:grace|differe|gracia|carencia|льготн\w+ период\w*|отсрочк\w*)|宽限|سماح")
_OF_GRACE = re.compile(r"^ (?:de |of )?(?:grace|differe|gracia|carencia)|^年?宽限")
_GRACE_OF = re.compile(r"(?:grace(?: period)? of|carencia de|gracia de|differe de|宽限期为?|سماح(?: مدتها)?) ?$")
_OVER = re.compile(
    r"(?:\b(?:over|tenor of|maturity of|term of|sur|duree de|plazo de|a|prazo de|ao longo de|сроком на|на срок)"
    r"|علي مدي|مدته|期限为?|还款期为?|贷款期)\s?$"
)
_IN = re.compile(r"(?:\b(?:in|within|for|en|em|на|в течение)|خلال|لمده)\s?$")
_REPAID = re.compile(r"repa[iy]|rembours|reembols|amorti|погаш|возвра|سداد|تسدد|偿还|还款")
_LOAN_BEHIND = re.compile(r"^ (?:\w+ )?(?:loan|credit|facility)")
_REACH = 45
_HIGHEST_INTEREST = 25
_LONGEST_YEARS = 60


def find_terms(draft: Draft) -> None:
    """Add the terms of loans to the mentions."""
    text = draft.folded.text
    for sentence in _SENTENCE.finditer(text):
        if sentence.group() and _LOAN.search(text, *sentence.span()):
            inside = (n for n in draft.numbers if sentence.start() <= n.start and n.end <= sentence.end())
            for number in inside:
                for kind, unit, end in _terms(text, sentence.span(), number):
                    start, stop = draft.folded.span(number.start, end)
                    value = Quantity(number.value, unit)
                    draft.add(MentionKind.QUANTITY, start, stop, key=kind, name=unit, value=value, by="terms")


def _terms(text: str, sentence: tuple[int, int], number: Number) -> Iterator[tuple[LoanTermKind, str, int]]:
    """The one term that a number tells, with its unit and where that ends."""
    before = text[max(sentence[0], number.start - _REACH) : number.start]
    percent = _PERCENT.match(text, number.end)
    if percent:
        behind = text[percent.end() : min(sentence[1], percent.end() + _REACH)]
        near = _INTEREST.search(before) or _INTEREST.search(behind[:25]) or _AT.search(before)
        if near and 0 <= number.value <= _HIGHEST_INTEREST:
            yield LoanTermKind.INTEREST, "percent", percent.end()
        return
    unit, end = _time(text, number.end)
    behind = text[end : min(sentence[1], end + _REACH)]
    if number.value > _LONGEST_YEARS and unit != "months":
        return
    if _OF_GRACE.match(behind) or _GRACE_OF.search(before):
        yield LoanTermKind.GRACE, unit or "years", end
    elif unit and _is_maturity(before, behind) and not _GRACE.search(before[-20:]):
        yield LoanTermKind.MATURITY, unit, end


def _is_maturity(before: str, behind: str) -> bool:
    repaid = _IN.search(before) and _REPAID.search(before)
    return bool(_OVER.search(before) or repaid or _LOAN_BEHIND.match(behind))


def _time(text: str, place: int) -> tuple[str, int]:
    for unit, pattern in (("years", _YEARS), ("months", _MONTHS)):
        found = pattern.match(text, place)
        if found:
            return unit, found.end()
    return "", place
