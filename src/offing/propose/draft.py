"""A draft: what the reasoning chose for one project, each value with the mentions it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offing.model.evidence import FieldName
from offing.model.mention import Mention, MentionKind, Quantity
from offing.model.project import Amount, Firm, Lender, ProjectFacts, SizedBy, StatedConcern
from offing.model.vocabulary import AmountKind, Concern, Mode, RecordType, Sector, Status
from offing.propose import (
    concerns,
    details,
    happenings,
    hosts,
    mode,
    money,
    parties,
    roles,
    sites,
    sizes,
    targets,
    topic,
)
from offing.propose.event import Dated, date_of
from offing.propose.following import Followed, followed, known_countries
from offing.propose.meaning import Heard
from offing.propose.money import Sum
from offing.propose.quotes import Proof, clear
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked

_COMPANY = frozenset({"says-company", "says-company-people"})
# Fields whose values are no words of the text.
_BY_KEY = frozenset({FieldName.CONCERNS, FieldName.QUANTITIES, FieldName.EVENTS})


@dataclass(frozen=True, slots=True)
class Draft:
    """The chosen values of one project, with what speaks for each."""

    scope: Scope
    countries: tuple[Ranked, ...]
    firms: tuple[Ranked, ...]
    lenders: tuple[Ranked, ...]
    sums: tuple[Sum, ...]
    sector: Ranked | None
    status: Ranked | None
    record_type: RecordType
    record_basis: Ranked | None
    mode: Ranked | None
    counterparts: tuple[Ranked, ...]
    concerns: tuple[Ranked, ...]
    quantities: tuple[Ranked, ...]
    places: tuple[Ranked, ...]
    dated: Dated | None
    events: tuple[Ranked, ...] = ()
    followed: Followed | None = None
    heard: Heard | None = None

    @property
    def terms(self) -> list[details.Term]:
        """The terms of its loan, where its sums and lenders tell of one."""
        return details.choose_terms(self.scope, self.sums, self.lenders)

    @property
    def party_mentions(self) -> tuple[tuple[Line, Mention], ...]:
        """All mentions of the chosen firms and lenders."""
        return tuple(pair for party in (*self.firms, *self.lenders) for pair in party.mentions)


def draft(scope: Scope, context: Scope | None = None) -> Draft:
    """What a scope supports about one project.

    Args:
        scope: the lines of the project.
        context: of a part of a roundup the other lines, which tell what it leaves out: country and status, and
            the firm where it only says "the company".
    """
    countries = targets.choose_targets(scope) or (targets.choose_targets(context) if context else [])
    following = followed(scope, [country.key for country in countries])
    countries = known_countries(following) if _is_abroad(following, countries) else countries
    codes = [country.key for country in countries]
    firms = parties.choose_parties(scope, MentionKind.FIRM, codes) or _meant_firms(scope, context, codes)
    lenders = parties.choose_parties(scope, MentionKind.LENDER, codes, firms)
    sums = money.choose_sums(scope, codes, _names((*firms, *lenders)))
    statuses = topic.rank_statuses(scope) or (topic.rank_statuses(context) if context else [])
    status = statuses[0] if statuses else None
    lent = bool(lenders) or any(amount.kind in (AmountKind.LOAN, AmountKind.GRANT) for amount in sums)
    sector = next(iter(topic.rank_sectors(scope)), None)
    record_type, basis = topic.choose_record_type(scope, status, lent)
    known = mode.Known(record_type, basis, lenders, sums, status, sector)
    events = happenings.choose_events(scope, status)
    return Draft(
        scope=scope,
        countries=tuple(countries),
        firms=tuple(firms),
        lenders=tuple(lenders),
        sums=tuple(sums),
        sector=sector,
        status=status,
        record_type=record_type,
        record_basis=basis or sector or status,
        mode=mode.choose_mode(scope, known),
        counterparts=tuple(hosts.choose_counterparts(scope, codes)),
        concerns=tuple(concerns.choose_concerns(scope)),
        quantities=tuple(sizes.choose_quantities(scope, codes)),
        places=tuple(sites.choose_places(scope, codes)),
        dated=date_of(scope, status, events),
        events=tuple(events),
        followed=following,
    )


def _is_abroad(following: Followed | None, countries: Sequence[Ranked]) -> bool:
    """Whether a known project is followed that stands in none of some countries: then it is where it is known to be."""
    return following is not None and not {*following.countries} & {country.key for country in countries}


def facts_of(chosen: Draft) -> ProjectFacts:
    """The facts of a draft, still without a title."""
    return ProjectFacts(
        countries=tuple(country.key for country in chosen.countries),
        firms=tuple(_firm(chosen, party) for party in chosen.firms),
        lenders=tuple(Lender(m.name or m.text, m.text, m.key) for m in map(details.first, chosen.lenders)),
        amounts=tuple(_amount(amount) for amount in chosen.sums),
        sector=Sector(chosen.sector.key) if chosen.sector else None,
        status=Status(chosen.status.key) if chosen.status else None,
        record_type=chosen.record_type if chosen.record_basis else None,
        mode=Mode(chosen.mode.key) if chosen.mode else None,
        counterparts=tuple(details.first(value).text for value in chosen.counterparts),
        concerns=tuple(StatedConcern(Concern(v.key), details.first(v).text) for v in chosen.concerns),
        quantities=tuple(_size(details.first(value)) for value in chosen.quantities),
        places=tuple(details.first(value).text for value in chosen.places),
        terms=tuple(term.told for term in chosen.terms),
        event_date=chosen.dated[0] if chosen.dated else None,
        events=happenings.told_events(chosen.scope, chosen.events),
    )


def proofs(chosen: Draft, facts: ProjectFacts) -> list[Proof]:
    """For each value of the facts the mentions that prove it."""
    found = [Proof(FieldName.COUNTRIES, value.key, value.mentions) for value in chosen.countries]
    found += [Proof(FieldName.FIRMS, f.name, v.mentions) for f, v in zip(facts.firms, chosen.firms, strict=True)]
    found += [Proof(FieldName.LENDERS, x.name, v.mentions) for x, v in zip(facts.lenders, chosen.lenders, strict=True)]
    found += [
        Proof(FieldName.AMOUNTS, f"{amount.value:f} {amount.currency}", value.mentions)
        for amount, value in zip(facts.amounts, chosen.sums, strict=True)
    ]
    found += [Proof(FieldName.TERMS, term.told.written, term.mentions) for term in chosen.terms]
    for field, value in (
        (FieldName.SECTOR, chosen.sector),
        (FieldName.STATUS, chosen.status),
        (FieldName.MODE, chosen.mode),
    ):
        if value:
            found.append(Proof(field, value.key, value.mentions))
    if chosen.record_basis:
        found.append(Proof(FieldName.RECORD_TYPE, chosen.record_type.value, _record_mentions(chosen)))
    for field, values in (
        (FieldName.COUNTERPARTS, chosen.counterparts),
        (FieldName.CONCERNS, chosen.concerns),
        (FieldName.QUANTITIES, chosen.quantities),
        (FieldName.PLACES, chosen.places),
        (FieldName.EVENTS, chosen.events),
    ):
        by_key = field in _BY_KEY
        found += [Proof(field, v.key if by_key else details.first(v).text, v.mentions) for v in values]
    if chosen.dated:
        when, line, mention = chosen.dated
        found.append(Proof(FieldName.EVENT_DATE, when.value, [(line, mention)]))
    return found


def _record_mentions(chosen: Draft) -> Sequence[tuple[Line, Mention]]:
    """What proves the kind of record: its wordings; where a project's stand in asides only, its status or sector."""
    others = (chosen.status, chosen.sector) if chosen.record_type is RecordType.PROJECT else ()
    bases = [basis.mentions for basis in (chosen.record_basis, *others) if basis]
    return next(filter(None, map(clear, bases)), bases[0])


def _meant_firms(scope: Scope, context: Scope | None, codes: list[str]) -> list[Ranked]:
    """The firm of the context that a part means by "the company" or "the vendor"."""
    if context is None or not any(_COMPANY & line.signals() for line in scope.lines):
        return []
    return parties.choose_parties(context, MentionKind.FIRM, codes)[:1]


def _names(found: tuple[Ranked, ...]) -> frozenset[str]:
    return frozenset(party.key for party in found)


def _firm(chosen: Draft, party: Ranked) -> Firm:
    mention = details.first(party)
    sector, way = (value.key if value else None for value in (chosen.sector, chosen.mode))
    usual = roles.usual_roles(sector, way, chosen.record_type)
    role = roles.role_of(party, usual, chosen.scope.article.text)
    return Firm(mention.name or mention.text, mention.text, role, mention.key)


def _amount(amount: Sum) -> Amount:
    return Amount(
        value=amount.money.value,
        currency=amount.money.currency,
        kind=amount.kind,
        as_written=amount.mentions[0][1].text,
        qualifier=amount.money.qualifier,
    )


def _size(mention: Mention) -> SizedBy:
    assert isinstance(mention.value, Quantity)
    return SizedBy(mention.value.value, mention.value.unit, mention.text)
