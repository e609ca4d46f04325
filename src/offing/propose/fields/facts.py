"""The facts of a draft, and the mentions that prove each of them."""

from __future__ import annotations

from offing.model.projects.project import Amount, Firm, Lender, ProjectFacts, SizedBy, StatedConcern
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import Concern, Mode, RecordType, Sector, Status
from offing.propose.fields.events import dated_events
from offing.propose.fields.fusion import fused_role
from offing.propose.fields.project_draft import ProjectDraft
from offing.propose.fields.quantities import size_of
from offing.propose.parties.roles import usual_roles
from offing.propose.reading.quotes import Proof, clear

# Fields whose values are not words of the text.
_BY_KEY = frozenset({FieldName.CONCERNS, FieldName.QUANTITIES, FieldName.EVENTS})


def facts_of(chosen: ProjectDraft) -> ProjectFacts:
    """The facts of a draft, still without a title."""
    sector, mode = (value.key if value else None for value in (chosen.sector, chosen.mode))
    usual = usual_roles(sector, mode, chosen.record_type)
    roles = [fused_role(chosen.scope, chosen.encoded, usual, party) for party in chosen.firms]
    firms = zip((party.first for party in chosen.firms), roles, strict=True)
    lenders = (lender.first for lender in chosen.lenders)
    sizes = (quantity.first for quantity in chosen.quantities)
    return ProjectFacts(
        countries=tuple(country.key for country in chosen.countries),
        firms=tuple(Firm(m.name or m.text, m.text, role, m.key) for m, role in firms),
        lenders=tuple(Lender(m.name or m.text, m.text, m.key) for m in lenders),
        amounts=tuple(
            Amount(each.money.value, each.money.currency, each.kind, each.mentions[0][1].text, each.money.qualifier)
            for each in chosen.sums
        ),
        sector=Sector(chosen.sector.key) if chosen.sector else None,
        status=Status(chosen.status.key) if chosen.status else None,
        record_type=chosen.record_type if chosen.record_basis else None,
        mode=Mode(chosen.mode.key) if chosen.mode else None,
        counterparts=tuple(value.first.text for value in chosen.counterparts),
        concerns=tuple(StatedConcern(Concern(v.key), v.first.text) for v in chosen.concerns),
        quantities=tuple(SizedBy(size_of(m).value, size_of(m).unit, m.text) for m in sizes),
        places=tuple(value.first.text for value in chosen.places),
        terms=tuple(term.term for term in chosen.terms),
        event_date=chosen.dated[0] if chosen.dated else None,
        events=dated_events(chosen.scope, chosen.events),
    )


def proofs(chosen: ProjectDraft, facts: ProjectFacts) -> list[Proof]:
    """The mentions that prove each value of the facts."""
    found = [Proof(FieldName.COUNTRIES, value.key, value.mentions) for value in chosen.countries]
    found += [Proof(FieldName.FIRMS, f.name, v.mentions) for f, v in zip(facts.firms, chosen.firms, strict=True)]
    found += [Proof(FieldName.LENDERS, x.name, v.mentions) for x, v in zip(facts.lenders, chosen.lenders, strict=True)]
    found += [
        Proof(FieldName.AMOUNTS, f"{amount.value:f} {amount.currency}", value.mentions)
        for amount, value in zip(facts.amounts, chosen.sums, strict=True)
    ]
    found += [Proof(FieldName.TERMS, term.term.written, term.mentions) for term in chosen.terms]
    for field, value in (
        (FieldName.SECTOR, chosen.sector),
        (FieldName.STATUS, chosen.status),
        (FieldName.MODE, chosen.mode),
    ):
        if value:
            found.append(Proof(field, value.key, value.mentions))
    if chosen.record_basis:
        # A project with only asides for wordings is proved by its status or sector.
        others = (chosen.status, chosen.sector) if chosen.record_type is RecordType.PROJECT else ()
        bases = [basis.mentions for basis in (chosen.record_basis, *others) if basis]
        basis = next(filter(None, map(clear, bases)), bases[0])
        found.append(Proof(FieldName.RECORD_TYPE, chosen.record_type.value, basis))
    for field, values in (
        (FieldName.COUNTERPARTS, chosen.counterparts),
        (FieldName.CONCERNS, chosen.concerns),
        (FieldName.QUANTITIES, chosen.quantities),
        (FieldName.PLACES, chosen.places),
        (FieldName.EVENTS, chosen.events),
    ):
        by_key = field in _BY_KEY
        found += [Proof(field, v.key if by_key else v.first.text, v.mentions) for v in values]
    if chosen.dated:
        when, line, mention = chosen.dated
        found.append(Proof(FieldName.EVENT_DATE, when.value, [(line, mention)]))
    return found
