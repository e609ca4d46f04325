"""A draft: what the reasoning chose for one project, each value with the mentions it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offing.model.mention import Mention, MentionKind
from offing.model.vocabulary import AmountKind, RecordType
from offing.propose.concerns import choose_concerns
from offing.propose.details import Term, choose_terms
from offing.propose.event import Dated, date_of
from offing.propose.following import Followed, followed, known_countries
from offing.propose.fusion import fused_kinds, fused_mode, fused_record_type, fused_sector, fused_status
from offing.propose.happenings import choose_events
from offing.propose.hosts import choose_counterparts
from offing.propose.meaning import Heard
from offing.propose.mode import Known
from offing.propose.money import Sum, choose_sums
from offing.propose.parties import choose_parties
from offing.propose.reading import Line, Scope
from offing.propose.sites import choose_places
from offing.propose.sizes import choose_quantities
from offing.propose.targets import choose_targets
from offing.propose.topic import rank_sectors, rank_statuses
from offing.propose.votes import Ranked

_COMPANY = frozenset({"says-company", "says-company-people"})
_LENT = (AmountKind.LOAN, AmountKind.GRANT)


@dataclass(frozen=True, slots=True)
class Draft:
    """The chosen values of one project, with what speaks for each.

    `worded` are sector and status by wordings alone: a learned reading always has one that is likeliest, also of a
    text that tells none.
    """

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
    worded: tuple[Ranked | None, Ranked | None] = (None, None)

    @property
    def terms(self) -> list[Term]:
        """The terms of its loan, where its sums and lenders tell of one."""
        return choose_terms(self.scope, self.sums, self.lenders)

    @property
    def party_mentions(self) -> tuple[tuple[Line, Mention], ...]:
        """All mentions of the chosen firms and lenders."""
        return tuple(pair for party in (*self.firms, *self.lenders) for pair in party.mentions)


def draft(scope: Scope, context: Scope | None = None, heard: Heard | None = None) -> Draft:
    """What a scope supports about one project, by wordings and by what its sentences mean.

    Args:
        scope: the lines of the project.
        context: of a part of a roundup the other lines, which tell what it leaves out: country and status, and
            the firm where it only says "the company".
        heard: what its sentences mean; None where nobody has heard them, and wordings decide alone.
    """
    countries, following = _where(scope, context)
    codes = [country.key for country in countries]
    firms, lenders = _parties(scope, context, codes, heard)
    sums = tuple(fused_kinds(scope, heard, choose_sums(scope, codes, _keys((*firms, *lenders)), heard)))
    sectors, statuses = rank_sectors(scope), rank_statuses(scope)
    worded = _first(sectors), _first(statuses or (rank_statuses(context) if context else []))
    sector, status = fused_sector(scope, sectors, heard), fused_status(scope, statuses, worded[1], heard)
    has_money = bool(lenders) or any(amount.kind in _LENT for amount in sums)
    record_type, basis = fused_record_type(scope, status, has_money, heard)
    events = choose_events(scope, status)
    return Draft(
        scope=scope,
        countries=tuple(countries),
        firms=firms,
        lenders=lenders,
        sums=sums,
        sector=sector,
        status=status,
        record_type=record_type,
        record_basis=basis or sector or status,
        mode=fused_mode(scope, Known(record_type, basis, lenders, sums, status, sector), heard),
        counterparts=tuple(choose_counterparts(scope, codes, heard)),
        concerns=tuple(choose_concerns(scope, heard)),
        quantities=tuple(choose_quantities(scope, codes, heard)),
        places=tuple(choose_places(scope, codes, heard)),
        dated=date_of(scope, status, events),
        events=tuple(events),
        followed=following,
        heard=heard,
        worded=worded,
    )


def _where(scope: Scope, context: Scope | None) -> tuple[Sequence[Ranked], Followed | None]:
    """The countries, and the known project that is followed: it may stand in none of them, and is where it stands."""
    told = choose_targets(scope) or (choose_targets(context) if context else [])
    following = followed(scope, [country.key for country in told])
    is_abroad = following is not None and not {*following.countries} & {country.key for country in told}
    return (known_countries(following) if is_abroad else told), following


Parties = tuple[tuple[Ranked, ...], tuple[Ranked, ...]]


def _parties(scope: Scope, context: Scope | None, codes: list[str], heard: Heard | None) -> Parties:
    """The firms and lenders; those of the wordings where nothing else is likely."""
    found = _likely_parties(scope, context, codes, heard)
    return found if heard is None or any(found) else _likely_parties(scope, context, codes, None)


def _likely_parties(scope: Scope, context: Scope | None, codes: list[str], heard: Heard | None) -> Parties:
    firms = choose_parties(scope, MentionKind.FIRM, codes, heard=heard)
    if not firms and (heard is None or not any(True for _ in scope.of(MentionKind.FIRM))):
        firms = _meant_firms(scope, context, codes)
    return tuple(firms), tuple(choose_parties(scope, MentionKind.LENDER, codes, firms, heard))


def _meant_firms(scope: Scope, context: Scope | None, codes: list[str]) -> list[Ranked]:
    """The firm of the context that a part means by "the company" or "the vendor"."""
    if context is None or not any(_COMPANY & line.signals() for line in scope.lines):
        return []
    return choose_parties(context, MentionKind.FIRM, codes)[:1]


def _first(ranked: Sequence[Ranked]) -> Ranked | None:
    return next(iter(ranked), None)


def _keys(found: tuple[Ranked, ...]) -> frozenset[str]:
    return frozenset(party.key for party in found)
