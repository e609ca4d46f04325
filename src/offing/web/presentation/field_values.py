"""The values of a candidate's or record's fields, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import MentionKind
from offing.model.values.vocabulary import Mode, RecordType, Sector, Status
from offing.review import country_name, qualified
from offing.services.matching.conversions import worth
from offing.services.views.latin_names import LatinName, body_in_latin, party_in_latin, place_in_latin

CLOSED: dict[FieldName, type[StrEnum]] = {
    FieldName.SECTOR: Sector,
    FieldName.STATUS: Status,
    FieldName.RECORD_TYPE: RecordType,
    FieldName.MODE: Mode,
}


@dataclass(frozen=True, slots=True)
class ValueView:
    """A value in words. `as_written`: as in the article, if that differs; `worth`: in dollars and euros.

    `mute` names what "not this here" would mute: kind and key of a firm or lender. `latin` is the name in Latin
    letters, if it is in another script.
    """

    text: str
    as_written: str = ""
    worth: str = ""
    mute: tuple[str, str] | None = None
    latin: LatinName | None = None


def values_of(facts: ProjectFacts, day: date | None) -> Mapping[FieldName, tuple[ValueView, ...]]:
    """The values of each field in words."""
    stated = facts.event_date
    return {
        FieldName.COUNTRIES: tuple(ValueView(f"{country_name(code)} ({code})") for code in facts.countries),
        FieldName.FIRMS: tuple(
            _party(MentionKind.FIRM, each, f"{each.name}, {words(each.role)}") for each in facts.firms
        ),
        FieldName.LENDERS: tuple(_party(MentionKind.LENDER, each, each.name) for each in facts.lenders),
        FieldName.AMOUNTS: tuple(_sum(each, day) for each in facts.amounts),
        FieldName.TERMS: tuple(ValueView(each.written, each.as_written) for each in facts.terms),
        **{name: _single(getattr(facts, name.value)) for name in CLOSED},
        FieldName.COUNTERPARTS: tuple(
            ValueView(each, latin=body_in_latin(each, facts.countries)) for each in facts.counterparts
        ),
        FieldName.CONCERNS: tuple(ValueView(words(each.kind), each.as_written) for each in facts.concerns),
        FieldName.QUANTITIES: tuple(
            ValueView(f"{grouped(each.value)} {each.unit}", _other(each.as_written, f"{each.value:f} {each.unit}"))
            for each in facts.quantities
        ),
        FieldName.PLACES: tuple(ValueView(each, latin=place_in_latin(each, facts.countries)) for each in facts.places),
        FieldName.EVENT_DATE: (ValueView(stated.value, _other(stated.as_written, stated.value)),) if stated else (),
        FieldName.EVENTS: tuple(ValueView(words(each.kind), each.as_written) for each in facts.events),
    }


def words(value: str) -> str:
    """A value of a closed list as words: `under-construction` as `under construction`."""
    return value if value == Sector.E_GOVERNMENT else value.replace("-", " ").replace("_", " ")


def _party(kind: MentionKind, party: Firm | Lender, text: str) -> ValueView:
    """A firm or lender, muted by its id in the lexicon, else by its name."""
    muted = (kind.value, party.id or party.name.casefold())
    return ValueView(text, _other(party.as_written, party.name), mute=muted, latin=party_in_latin(party.name))


def _single(value: str | None) -> tuple[ValueView, ...]:
    return (ValueView(words(value)),) if value else ()


def _other(as_written: str, shown: str) -> str:
    return "" if as_written.casefold() == shown.casefold() else as_written


def _sum(amount: Amount, day: date | None) -> ValueView:
    text = " ".join(
        filter(None, (qualified(amount.qualifier), amount.currency, grouped(amount.value), words(amount.kind)))
    )
    return ValueView(text, amount.as_written, worth(amount, day))


def grouped(value: Decimal) -> str:
    """A number with thousands separators, without trailing zeros."""
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
