"""A one-line English headline, built from a record alone: who, where, what, for how much, how far. Pure.

Huawei → Burkina Faso: smart city, 900 cameras; EUR 85 m loan, Export-Import Bank of China; signed
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from offing.model.projects.project import Amount, ProjectFacts, SizedBy
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import AmountKind, Mode, RecordType, Sector
from offing.review.countries import country_name

_SECTORS = {
    Sector.DATA_CENTRE_CLOUD: "data centre, cloud",
    Sector.PUBLIC_SECURITY: "public security, surveillance",
    Sector.TELECOM: "telecommunications",
    Sector.REMOTE_SENSING: "remote sensing, space",
    Sector.DIGITAL_FINANCE: "digital finance, customs, tax",
    Sector.INDUSTRY_MINING: "industry, mining",
    Sector.E_GOVERNMENT: "e-government",
    Sector.OTHER: "another sector",
}
_SHORT = {"COD": "DR Congo", "COG": "Congo", "MMR": "Myanmar", "PSE": "Palestine", "BIH": "Bosnia", "HKG": "Hong Kong"}
_SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "m"))
_EXACTNESS = {"more-than": "over"}
_MOST = 2  # values of one field in a line


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the line. `field` is the field that it shows; None for separators."""

    text: str
    field: FieldName | None = None


def headline(facts: ProjectFacts) -> str:
    """Return the line as text; empty for an empty record."""
    return "".join(part.text for part in headline_parts(facts))


def headline_parts(facts: ProjectFacts) -> tuple[Part, ...]:
    """Return the line in parts, each with the field that it shows. It contains nothing beyond the record."""
    lenders = _listed(FieldName.LENDERS, _names(facts.lenders))
    who = _listed(FieldName.FIRMS, _names(facts.firms)) if facts.firms else lenders
    where = _listed(FieldName.COUNTRIES, map(short_country, facts.countries))
    head = _joined([part for part in (who, where) if part], " → ")
    money = [*_money(facts), *([lenders] if facts.firms and lenders else [])]
    status = (Part(_words(facts.status), FieldName.STATUS),) if facts.status else None
    clauses = [_what(facts), _flat(money, ", "), status]
    body = _joined([clause for clause in clauses if clause], "; ")
    return (*head, Part(": "), *body) if head and body else (*head, *body)


def short_country(code: str) -> str:
    """Return the usual short English name of a country."""
    return _SHORT.get(code) or country_name(code)


def short_amount(amount: Amount) -> str:
    """Return a sum as shown in the line: "EUR 85 m loan", "about USD 57.11 m" where the article says about."""
    kind = "" if amount.kind is AmountKind.UNSPECIFIED else f" {_words(amount.kind)}"
    return f"{qualified(amount.qualifier)} {amount.currency} {_scaled(amount.value)}{kind}".strip()


def qualified(qualifier: str) -> str:
    """Return how exact a sum is, in words: "over" for `more-than`."""
    return _EXACTNESS.get(qualifier, qualifier.replace("-", " "))


def short_size(size: SizedBy) -> str:
    """Return a quantity as shown in the line: "900 cameras"."""
    return f"{_plain(size.value)} {size.unit}"


_Clause = tuple[Part, ...]


def _what(facts: ProjectFacts) -> _Clause | None:
    clauses: list[_Clause] = []
    if facts.record_type and facts.record_type is not RecordType.PROJECT:
        clauses.append((Part(_words(facts.record_type), FieldName.RECORD_TYPE),))
    if facts.sector:
        clauses.append((Part(_SECTORS.get(facts.sector, _words(facts.sector)), FieldName.SECTOR),))
    sizes = _listed(FieldName.QUANTITIES, map(short_size, facts.quantities))
    return _flat([*clauses, *([sizes] if sizes else [])], ", ")


def _money(facts: ProjectFacts) -> list[_Clause]:
    sums = _listed(FieldName.AMOUNTS, dict.fromkeys(map(short_amount, facts.amounts)))
    if sums:
        return [sums]
    mode = facts.mode if facts.mode not in {None, Mode.UNSPECIFIED} else None
    return [(Part(_words(mode), FieldName.MODE),)] if mode else []


def _names(parties: Iterable[object]) -> Iterable[str]:
    return dict.fromkeys(str(getattr(party, "name", "")) for party in parties)


def _listed(field: FieldName, values: Iterable[str]) -> _Clause | None:
    """Return the first values of a field, and the number of further ones."""
    found = [value for value in values if value.strip()]
    if not found:
        return None
    more = f" and {len(found) - _MOST} more" if len(found) > _MOST else ""
    return (Part(", ".join(found[:_MOST]) + more, field),)


def _flat(clauses: Iterable[_Clause], mark: str) -> _Clause | None:
    return _joined(list(clauses), mark) or None


def _joined(clauses: list[_Clause], mark: str) -> _Clause:
    joined: list[Part] = []
    for clause in clauses:
        joined += [Part(mark), *clause] if joined else clause
    return tuple(joined)


def _words(value: str) -> str:
    return value.replace("-", " ")


def _scaled(value: Decimal) -> str:
    """Return a sum in billions or millions, to two decimals."""
    for scale, unit in _SCALES:
        if value >= scale:
            return f"{_plain((value / scale).quantize(Decimal('0.01')))} {unit}"
    return _plain(value)


def _plain(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
