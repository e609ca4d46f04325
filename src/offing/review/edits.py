"""Parse corrections as people write them, `field=value`, into values of `ProjectFacts`. Pure.

====================================  ==========================================================
title                                 free text
countries                             ISO 3166-1 codes or English names: `KEN; Côte d'Ivoire`
firms                                 names with roles: `Huawei:contractor; ZTE`
lenders, counterparts, places         names: `China Exim Bank; ICBC`
amounts                               value, currency, kind: `85000000 EUR loan; 3.5 million USD`
quantities                            value and unit: `800 km; 900 cameras`
terms                                 of the loan: `interest 2 percent; maturity 20 years; grace 5 years`
concerns                              one of the list, with optional wording: `procurement:no tender was held`
sector, status, record_type, mode     one of the list
events                                what happened apart from its status: `incident:offline for days; audit`
event_date                            a day, week, month or year: `2026-03-12`, `2026-W11`, `2026-03`, `2026`
====================================  ==========================================================

Parts are separated by semicolons (countries also by commas). Nothing after the `=` empties the field.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import get_type_hints

from offing.model.projects.project import (
    EventDate,
    Firm,
    Lender,
    ProjectFacts,
    ReportedEvent,
    StatedConcern,
)
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Concern, EventKind, Mode, RecordType, Role, Sector, Status
from offing.review.countries import countries_called, country_code, country_name
from offing.review.edit_figures import amounts, quantities, terms
from offing.review.edit_words import BadEdit, Word, near, parts_of, word_of
from offing.review.parties import Called, name_question

LONGEST = 2000
_DATE = re.compile(r"(?:19|20)\d\d(?:(?P<week>-W\d\d)|-\d\d(?:-\d\d)?)?")
_HINTS = get_type_hints(ProjectFacts)


Parties = Iterable[Firm | Lender]


def parse_edits(edits: Mapping[str, str], facts: ProjectFacts, parties: Parties = ()) -> dict[str, object]:
    """Return the corrected values by field name, in the plain form in which they are stored.

    Args:
        edits: field names and values as written.
        facts: the current values; a firm or lender named there keeps its identity.
        parties: further firms and lenders whose names may be used; an ambiguous name is rejected with a question.

    Raises:
        BadEdit: an unknown field, or a value that does not fit it.
    """
    known = tuple(parties)
    return {name: to_plain(parse_edit(name, text, facts, known), _HINTS[name]) for name, text in edits.items()}


def parse_edit(name: str, text: str, facts: ProjectFacts, parties: Parties = ()) -> object:
    """Return one corrected value, of the type of its field in `ProjectFacts`; arguments as for `parse_edits`.

    Raises:
        BadEdit: an unknown field, or a value that does not fit it or is ambiguous.
    """
    if name not in _PARSERS:
        raise BadEdit(f"there is no field {name!r}{near(name, _PARSERS)}; fields: {', '.join(_PARSERS)}")
    if len(text) > LONGEST:
        raise BadEdit(f"{name}: longer than {LONGEST} characters")
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise BadEdit(f"{name}: line breaks and control characters cannot be part of a value")
    try:
        if name == "firms":
            return _firms(text, facts, [each for each in parties if isinstance(each, Firm)])
        if name == "lenders":
            return _lenders(text, facts, [each for each in parties if isinstance(each, Lender)])
        return _PARSERS[name](text.strip(), facts)
    except BadEdit as error:
        raise BadEdit(f"{name}: {error}") from None


def with_roles(text: str, facts: ProjectFacts) -> str:
    """Return firms as written, where one without a role inherits that of the firm it replaces.

    Args:
        text: the firms, such as "Huawei; ZTE:supplier".
        facts: the current values.
    """
    parts = parts_of(text)
    written = {part.rpartition(":")[0].strip().casefold() or part.casefold() for part in parts}
    current = {key.casefold() for firm in facts.firms for key in (firm.as_written, firm.name)}
    removed = [firm.role for firm in facts.firms if not written & {firm.as_written.casefold(), firm.name.casefold()}]
    new = [part for part in parts if ":" not in part and part.casefold() not in current]
    roles = dict(zip(new, removed, strict=False))
    return "; ".join(f"{part}:{roles[part]}" if part in roles else part for part in parts)


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
    return tuple(dict.fromkeys(map(country_of, parts)))


def country_of(text: str) -> str:
    """Return the ISO 3166-1 alpha-3 code of a country as a person writes it.

    Raises:
        BadEdit: no country is meant, or several may be; the message names them.
    """
    code = country_code(text)
    if code:
        return code
    called = name_question(f"{country_name(each)} ({each})" for each in countries_called(text))
    if called:
        raise BadEdit(f"{text!r} may be {called}: write which")
    raise BadEdit(f"{text!r} is not a country: write an ISO 3166-1 code (KEN) or its English name (Kenya)")


def _firms(text: str, facts: ProjectFacts, others: Iterable[Firm] = ()) -> tuple[Firm, ...]:
    call = Called(facts.firms, others)
    return tuple(dict.fromkeys(_firm(part, call) for part in parts_of(text)))


def _firm(part: str, call: Called[Firm]) -> Firm:
    name, mark, role = (piece.strip() for piece in part.rpartition(":"))
    if not mark:
        name = role
    if not name:
        raise BadEdit(f"{part!r} names no firm; write NAME:ROLE")
    same = call(name)
    default = same.role if same else Role.CONTRACTOR
    stated = word_of(role, Role) if mark else default
    return Firm(same.name, same.as_written, stated, same.id) if same else Firm(name, name, stated)


def _lenders(text: str, facts: ProjectFacts, others: Iterable[Lender] = ()) -> tuple[Lender, ...]:
    call = Called(facts.lenders, others)
    return tuple(dict.fromkeys(call(part) or Lender(part, part) for part in parts_of(text)))


def _concerns(text: str, facts: ProjectFacts) -> tuple[StatedConcern, ...]:
    written = {concern.kind: concern.as_written for concern in facts.concerns}
    stated = []
    for part in parts_of(text):
        kind, _, words = part.partition(":")
        concern = word_of(kind, Concern)
        stated.append(StatedConcern(concern, words.strip() or written.get(concern, "")))
    return tuple(stated)


def _events(text: str, facts: ProjectFacts) -> tuple[ReportedEvent, ...]:
    written = {event.kind: event.as_written for event in facts.events}
    events = []
    for part in parts_of(text):
        kind, _, words = part.partition(":")
        event = word_of(kind, EventKind)
        events.append(ReportedEvent(event, words.strip() or written.get(event, "")))
    return tuple(events)


def _event_date(text: str, facts: ProjectFacts) -> EventDate | None:
    value = text.strip().upper()
    if not value:
        return None
    if not _is_date(value):
        raise BadEdit(f"{text!r} is not a date: write 2026, 2026-03, 2026-W11 or 2026-03-12")
    same = facts.event_date is not None and facts.event_date.value == value
    return facts.event_date if same else EventDate(value, text.strip())


def _is_date(value: str) -> bool:
    """Return whether a text is an ISO 8601 date of any precision that exists in the calendar."""
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
