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

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import get_type_hints

from offing.model.codec import to_plain
from offing.model.project import (
    EventDate,
    Firm,
    Lender,
    ProjectFacts,
    StatedConcern,
    ToldEvent,
)
from offing.model.vocabulary import Concern, EventKind, Mode, RecordType, Role, Sector, Status
from offing.review.countries import country_code
from offing.review.edit_figures import amounts, quantities, terms
from offing.review.edit_words import BadEdit, Word, near, parts_of, word_of

LONGEST = 2000
_DATE = re.compile(r"(?:19|20)\d\d(?:(?P<week>-W\d\d)|-\d\d(?:-\d\d)?)?")
_HINTS = get_type_hints(ProjectFacts)


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
        raise BadEdit(f"there is no field {name!r}{near(name, _PARSERS)}; fields: {', '.join(_PARSERS)}")
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
    parts = parts_of(text)
    said = {part.rpartition(":")[0].strip().casefold() or part.casefold() for part in parts}
    held = {key.casefold() for firm in facts.firms for key in (firm.as_written, firm.name)}
    gone = [firm.role for firm in facts.firms if not said & {firm.as_written.casefold(), firm.name.casefold()}]
    new = [part for part in parts if ":" not in part and part.casefold() not in held]
    taken = dict(zip(new, gone, strict=False))
    return "; ".join(f"{part}:{taken[part]}" if part in taken else part for part in parts)


def _one_of(words: type[Word]) -> Callable[[str, ProjectFacts], Word | None]:
    return lambda text, _: word_of(text, words) if text else None


def _title(text: str, _: ProjectFacts) -> str:
    if not text:
        raise BadEdit("a project needs a title")
    return text


def _names(text: str, _: ProjectFacts) -> tuple[str, ...]:
    return tuple(parts_of(text))


def _countries(text: str, _: ProjectFacts) -> tuple[str, ...]:
    whole = country_code(text)  # "Korea, Republic of" is one country
    parts = [text] if whole else parts_of(text, ";" if ";" in text else ",")
    codes = []
    for part in parts:
        code = country_code(part)
        if code is None:
            raise BadEdit(f"{part!r} is no country: write an ISO 3166-1 code (KEN) or its English name (Kenya)")
        codes.append(code)
    return tuple(dict.fromkeys(codes))


def _firms(text: str, facts: ProjectFacts) -> tuple[Firm, ...]:
    known = {key.casefold(): firm for firm in facts.firms for key in (firm.as_written, firm.name)}
    return tuple(_firm(part, known) for part in parts_of(text))


def _firm(part: str, known: Mapping[str, Firm]) -> Firm:
    name, mark, role = (piece.strip() for piece in part.rpartition(":"))
    if not mark:
        name = role
    if not name:
        raise BadEdit(f"{part!r} names no firm; write NAME:ROLE")
    same = known.get(name.casefold())
    unsaid = same.role if same else Role.CONTRACTOR
    played = word_of(role, Role) if mark else unsaid
    return Firm(same.name, same.as_written, played, same.id) if same else Firm(name, name, played)


def _lenders(text: str, facts: ProjectFacts) -> tuple[Lender, ...]:
    known = {key.casefold(): each for each in facts.lenders for key in (each.as_written, each.name)}
    return tuple(dict.fromkeys(known.get(part.casefold(), Lender(part, part)) for part in parts_of(text)))


def _concerns(text: str, facts: ProjectFacts) -> tuple[StatedConcern, ...]:
    written = {concern.kind: concern.as_written for concern in facts.concerns}
    stated = []
    for part in parts_of(text):
        kind, _, words = part.partition(":")
        concern = word_of(kind, Concern)
        stated.append(StatedConcern(concern, words.strip() or written.get(concern, "")))
    return tuple(stated)


def _events(text: str, facts: ProjectFacts) -> tuple[ToldEvent, ...]:
    written = {event.kind: event.as_written for event in facts.events}
    told = []
    for part in parts_of(text):
        kind, _, words = part.partition(":")
        event = word_of(kind, EventKind)
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
    "amounts": amounts,
    "terms": terms,
    "sector": _one_of(Sector),
    "status": _one_of(Status),
    "record_type": _one_of(RecordType),
    "mode": _one_of(Mode),
    "counterparts": _names,
    "concerns": _concerns,
    "quantities": quantities,
    "places": _names,
    "event_date": _event_date,
    "events": _events,
}
