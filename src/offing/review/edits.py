"""Corrections as a person writes them, `field=value`, turned into values of `ProjectFacts`. Pure.

====================================  ==========================================================
title                                 free text
countries                             ISO 3166-1 codes or English names: `KEN; Côte d'Ivoire`
firms                                 names with roles: `Huawei:contractor; ZTE`
lenders, counterparts, places         names: `China Exim Bank; ICBC`
amounts                               value, currency, kind: `85000000 EUR loan; 3.5 million USD`
quantities                            value and unit: `800 km; 900 cameras`
terms                                 of the loan: `interest 2 percent; maturity 20 years; grace 5 years`
concerns                              one of the list, with words where wanted: `procurement:no tender was held`
sector, status, record_type, mode     one of the list
events                                what happened beside its status: `incident:offline for days; audit`
event_date                            a day, week, month or year: `2026-03-12`, `2026-W11`, `2026-03`, `2026`
====================================  ==========================================================

Parts stand between semicolons (countries also between commas). Nothing after the `=` empties the field.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeVar, get_type_hints

import pycountry

from offing.model.codec import to_plain
from offing.model.project import (
    Amount,
    EventDate,
    Firm,
    Lender,
    LoanTerm,
    ProjectFacts,
    SizedBy,
    StatedConcern,
    ToldEvent,
)
from offing.model.vocabulary import AmountKind, Concern, EventKind, LoanTermKind, Mode, RecordType, Role, Sector, Status
from offing.review.countries import country_code

LONGEST = 2000
SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "k": 10**3, "m": 10**6, "bn": 10**9}
_NUMBER = r"(?P<number>\d{1,18}(?:[ ,_]\d{3})*(?:\.\d{1,6})?)"
_SCALE = r"(?:\s*(?P<scale>thousand|million|billion|k|m|bn)\b)?"
_AMOUNT = re.compile(rf"{_NUMBER}{_SCALE}\s*(?P<currency>[A-Za-z]{{3}})(?:\s+(?P<kind>[A-Za-z-]+))?", re.IGNORECASE)
_QUANTITY = re.compile(rf"{_NUMBER}{_SCALE}\s*(?P<unit>\S.*)", re.IGNORECASE)
_TERM = re.compile(
    r"(?P<kind>[a-z]+)\s+(?P<number>[0-9]{1,4}(?:\.[0-9]{1,6})?)\s*(?P<unit>percent|%|years?|months?)", re.IGNORECASE
)
_TERM_UNITS = {"%": "percent", "year": "years", "month": "months"}
_DATE = re.compile(r"(?:19|20)\d\d(?:(?P<week>-W\d\d)|-\d\d(?:-\d\d)?)?")
_HINTS = get_type_hints(ProjectFacts)

Word = TypeVar("Word", bound=StrEnum)


class BadEdit(ValueError):
    """A correction that cannot be understood; the message says what would be."""


def parse_edits(edits: Mapping[str, str], facts: ProjectFacts) -> dict[str, object]:
    """The corrected values, plain as they are stored, by name of the field.

    Args:
        edits: field names and values as written.
        facts: what stands now; a firm or lender that is named there keeps its identity.

    Raises:
        BadEdit: an unknown field, or a value that does not fit it.
    """
    return {name: to_plain(parse_edit(name, text, facts), _HINTS[name]) for name, text in edits.items()}


def parse_edit(name: str, text: str, facts: ProjectFacts) -> object:
    """One corrected value, of the type that `ProjectFacts` has for this field.

    Raises:
        BadEdit: an unknown field, or a value that does not fit it.
    """
    if name not in _PARSERS:
        raise BadEdit(f"there is no field {name!r}{_near(name, _PARSERS)}; fields: {', '.join(_PARSERS)}")
    if len(text) > LONGEST:
        raise BadEdit(f"{name}: longer than {LONGEST} characters")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise BadEdit(f"{name}: line breaks and control characters cannot be part of a value")
    try:
        return _PARSERS[name](text.strip(), facts)
    except BadEdit as error:
        raise BadEdit(f"{name}: {error}") from None


def knowing(facts: ProjectFacts, parties: Iterable[Firm | Lender]) -> ProjectFacts:
    """The facts that names are looked up in; those of the candidate come last, so that they win."""
    named = tuple(parties)
    firms = tuple(each for each in named if isinstance(each, Firm))
    lenders = tuple(each for each in named if isinstance(each, Lender))
    return replace(facts, firms=(*firms, *facts.firms), lenders=(*lenders, *facts.lenders))


def with_roles(text: str, facts: ProjectFacts) -> str:
    """Firms as written; one without a role takes that of the one whose place it takes.

    Args:
        text: the firms, such as "Huawei; ZTE:supplier".
        facts: what stands now.
    """
    parts = _parts(text)
    said = {part.rpartition(":")[0].strip().casefold() or part.casefold() for part in parts}
    held = {key.casefold() for firm in facts.firms for key in (firm.as_written, firm.name)}
    gone = [firm.role for firm in facts.firms if not said & {firm.as_written.casefold(), firm.name.casefold()}]
    new = [part for part in parts if ":" not in part and part.casefold() not in held]
    taken = dict(zip(new, gone, strict=False))
    return "; ".join(f"{part}:{taken[part]}" if part in taken else part for part in parts)


def _parts(text: str, mark: str = ";") -> list[str]:
    """The parts between marks, each once, none empty."""
    return list(dict.fromkeys(part for part in (part.strip() for part in text.split(mark)) if part))


def _near(word: str, allowed: Iterable[str]) -> str:
    close = difflib.get_close_matches(word, list(allowed), n=1)
    return f" (did you mean {close[0]}?)" if close else ""


def _word(text: str, words: type[Word]) -> Word:
    try:
        return words(text.strip().lower())
    except ValueError:
        raise BadEdit(f"{text!r} is none of {', '.join(words)}{_near(text.lower(), words)}") from None


def _one_of(words: type[Word]) -> Callable[[str, ProjectFacts], Word | None]:
    return lambda text, _: _word(text, words) if text else None


def _title(text: str, _: ProjectFacts) -> str:
    if not text:
        raise BadEdit("a project needs a title")
    return text


def _names(text: str, _: ProjectFacts) -> tuple[str, ...]:
    return tuple(_parts(text))


def _countries(text: str, _: ProjectFacts) -> tuple[str, ...]:
    whole = country_code(text)  # "Korea, Republic of" is one country
    parts = [text] if whole else _parts(text, ";" if ";" in text else ",")
    codes = []
    for part in parts:
        code = country_code(part)
        if code is None:
            raise BadEdit(f"{part!r} is no country: write an ISO 3166-1 code (KEN) or its English name (Kenya)")
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _firms(text: str, facts: ProjectFacts) -> tuple[Firm, ...]:
    known = {key.casefold(): firm for firm in facts.firms for key in (firm.as_written, firm.name)}
    return tuple(_firm(part, known) for part in _parts(text))


def _firm(part: str, known: Mapping[str, Firm]) -> Firm:
    name, mark, role = (piece.strip() for piece in part.rpartition(":"))
    if not mark:
        name = role
    if not name:
        raise BadEdit(f"{part!r} names no firm; write NAME:ROLE")
    same = known.get(name.casefold())
    unsaid = same.role if same else Role.CONTRACTOR
    played = _word(role, Role) if mark else unsaid
    return Firm(same.name, same.as_written, played, same.id) if same else Firm(name, name, played)


def _lenders(text: str, facts: ProjectFacts) -> tuple[Lender, ...]:
    known = {key.casefold(): each for each in facts.lenders for key in (each.as_written, each.name)}
    return tuple(dict.fromkeys(known.get(part.casefold(), Lender(part, part)) for part in _parts(text)))


def _number(found: re.Match[str]) -> Decimal:
    digits = re.sub(r"[ ,_]", "", found["number"])
    value = Decimal(digits) * SCALES[(found["scale"] or "").lower()] if found["scale"] else Decimal(digits)
    if not value:
        raise BadEdit(f"{found[0]!r} is nothing: a number above 0 is needed")
    return value


def _amounts(text: str, facts: ProjectFacts) -> tuple[Amount, ...]:
    return tuple(_amount(part, facts) for part in _parts(text))


def _amount(part: str, facts: ProjectFacts) -> Amount:
    found = _AMOUNT.fullmatch(part)
    if found is None:
        raise BadEdit(f"{part!r} is no amount: write VALUE CURRENCY KIND, such as 85000000 EUR loan")
    currency = found["currency"].upper()
    if pycountry.currencies.get(alpha_3=currency) is None:
        raise BadEdit(f"{currency} is no currency of ISO 4217")
    value = _number(found)
    same = next((each for each in facts.amounts if (each.value, each.currency) == (value, currency)), None)
    kind = _word(found["kind"], AmountKind) if found["kind"] else same.kind if same else AmountKind.UNSPECIFIED
    return Amount(value, currency, kind, same.as_written if same else part, same.qualifier if same else "")


def _quantities(text: str, _: ProjectFacts) -> tuple[SizedBy, ...]:
    sizes = []
    for part in _parts(text):
        found = _QUANTITY.fullmatch(part)
        if found is None:
            raise BadEdit(f"{part!r} is no quantity: write a number and its unit, such as 800 km")
        sizes.append(SizedBy(_number(found), found["unit"].strip(), part))
    return tuple(sizes)


def _terms(text: str, facts: ProjectFacts) -> tuple[LoanTerm, ...]:
    return tuple(_term(part, facts) for part in _parts(text))


def _term(part: str, facts: ProjectFacts) -> LoanTerm:
    """A term as written; one that stands already keeps its words."""
    found = _TERM.fullmatch(part)
    if found is None:
        raise BadEdit(f"{part!r} is no term of a loan: write KIND VALUE UNIT, such as interest 2 percent")
    kind, unit = _word(found["kind"], LoanTermKind), found["unit"].lower()
    unit = _TERM_UNITS.get(unit, unit)
    if (kind is LoanTermKind.INTEREST) != (unit == "percent"):
        raise BadEdit(f"{part!r}: interest is told in percent, maturity and grace in years or months")
    term = LoanTerm(kind, Decimal(found["number"]), unit, part)
    return next((each for each in facts.terms if each.written == term.written), term)


def _concerns(text: str, facts: ProjectFacts) -> tuple[StatedConcern, ...]:
    written = {concern.kind: concern.as_written for concern in facts.concerns}
    stated = []
    for part in _parts(text):
        kind, _, words = part.partition(":")
        concern = _word(kind, Concern)
        stated.append(StatedConcern(concern, words.strip() or written.get(concern, "")))
    return tuple(stated)


def _events(text: str, facts: ProjectFacts) -> tuple[ToldEvent, ...]:
    written = {event.kind: event.as_written for event in facts.events}
    told = []
    for part in _parts(text):
        kind, _, words = part.partition(":")
        event = _word(kind, EventKind)
        told.append(ToldEvent(event, words.strip() or written.get(event, "")))
    return tuple(told)


def _event_date(text: str, facts: ProjectFacts) -> EventDate | None:
    value = text.strip().upper()
    if not value:
        return None
    if not _is_date(value):
        raise BadEdit(f"{text!r} is no date: write 2026, 2026-03, 2026-W11 or 2026-03-12")
    same = facts.event_date is not None and facts.event_date.value == value
    return facts.event_date if same else EventDate(value, text.strip())


def _is_date(value: str) -> bool:
    """Whether a text is a date of ISO 8601 of any precision that the calendar has."""
    found = _DATE.fullmatch(value)
    if found is None:
        return False
    whole = f"{value}-1" if found["week"] else value + "-01" * (2 - value.count("-"))
    try:
        date.fromisoformat(whole)
    except ValueError:
        return False
    return True


_PARSERS: dict[str, Callable[[str, ProjectFacts], object]] = {
    "title": _title,
    "countries": _countries,
    "firms": _firms,
    "lenders": _lenders,
    "amounts": _amounts,
    "terms": _terms,
    "sector": _one_of(Sector),
    "status": _one_of(Status),
    "record_type": _one_of(RecordType),
    "mode": _one_of(Mode),
    "counterparts": _names,
    "concerns": _concerns,
    "quantities": _quantities,
    "places": _names,
    "event_date": _event_date,
    "events": _events,
}
