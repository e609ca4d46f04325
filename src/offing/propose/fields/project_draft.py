"""A draft: the values chosen for one project, each with the mentions it rests on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from offing.model.reading.mention import Mention, MentionKind
from offing.model.values.vocabulary import AmountKind, RecordType
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.fields.amounts import ProjectSum, choose_sums
from offing.propose.fields.concerns import choose_concerns
from offing.propose.fields.event_date import Dated, date_of
from offing.propose.fields.events import choose_events
from offing.propose.fields.follow_up import FollowUp, follow_up_of, known_countries
from offing.propose.fields.fusion import fused_kinds, fused_mode, fused_record_type, fused_sector, fused_status
from offing.propose.fields.loan_terms import Term, choose_terms
from offing.propose.fields.mode import Known
from offing.propose.fields.places import choose_places
from offing.propose.fields.quantities import choose_quantities
from offing.propose.fields.topic import rank_sectors, rank_statuses
from offing.propose.parties.counterparts import choose_counterparts
from offing.propose.parties.parties import choose_parties
from offing.propose.reading.ranking import Ranked
from offing.propose.reading.scope import Line, Scope
from offing.propose.reading.targets import choose_targets

_COMPANY = frozenset({"says-company", "says-company-people"})
_LENT = (AmountKind.LOAN, AmountKind.GRANT)


@dataclass(frozen=True, slots=True)
class ProjectDraft:
    """The chosen values of one project, with the evidence for each.

    `worded` are sector and status by wordings alone: a learned classifier always has a likeliest value, even for a text
    that states none.
    """

    scope: Scope
    countries: tuple[Ranked, ...]
    firms: tuple[Ranked, ...]
    lenders: tuple[Ranked, ...]
    sums: tuple[ProjectSum, ...]
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
    follow_up: FollowUp | None = None
    encoded: EncodedPart | None = None
    worded: tuple[Ranked | None, Ranked | None] = (None, None)

    @property
    def terms(self) -> list[Term]:
        """The terms of its loan, where its sums and lenders imply one."""
        return choose_terms(self.scope, self.sums, self.lenders)

    @property
    def party_mentions(self) -> tuple[tuple[Line, Mention], ...]:
        """All mentions of the chosen firms and lenders."""
        return tuple(pair for party in (*self.firms, *self.lenders) for pair in party.mentions)


def project_draft(scope: Scope, context: Scope | None = None, encoded: EncodedPart | None = None) -> ProjectDraft:
    """What a scope supports about one project, by wordings and encoder together.

    Args:
        scope: the lines of the project.
        context: for a part of a roundup, the article, which supplies what the part omits: country and status, and the
            firm where it only says "the company".
        encoded: the encoded project; None where it was not encoded, and wordings decide alone.
    """
    countries, follow_up = _where(scope, context)
    codes = [country.key for country in countries]
    firms, lenders = _likely_parties(scope, context, codes, encoded)
    if encoded and not (firms or lenders):  # the encoder makes none likely
        firms, lenders = _likely_parties(scope, context, codes, None)
    parties = frozenset(party.key for party in (*firms, *lenders))
    sums = tuple(fused_kinds(scope, encoded, choose_sums(scope, codes, parties, encoded)))
    sectors, statuses = rank_sectors(scope), rank_statuses(scope)
    worded = _first(sectors), _first(statuses or (rank_statuses(context) if context else []))
    sector, status = fused_sector(scope, sectors, encoded), fused_status(scope, statuses, worded[1], encoded)
    has_money = bool(lenders) or any(amount.kind in _LENT for amount in sums)
    record_type, basis = fused_record_type(scope, status, has_money, encoded)
    events = choose_events(scope, status)
    return ProjectDraft(
        scope=scope,
        countries=tuple(countries),
        firms=firms,
        lenders=lenders,
        sums=sums,
        sector=sector,
        status=status,
        record_type=record_type,
        record_basis=basis or sector or status,
        mode=fused_mode(scope, Known(record_type, basis, lenders, sums, status, sector), encoded),
        counterparts=tuple(choose_counterparts(scope, codes, encoded)),
        concerns=tuple(choose_concerns(scope, encoded)),
        quantities=tuple(choose_quantities(scope, codes, encoded)),
        places=tuple(choose_places(scope, codes, encoded)),
        dated=date_of(scope, status, events),
        events=tuple(events),
        follow_up=follow_up,
        encoded=encoded,
        worded=worded,
    )


def _where(scope: Scope, context: Scope | None) -> tuple[Sequence[Ranked], FollowUp | None]:
    """The countries, and the known project followed up: the project's countries where the text names only others."""
    targets = choose_targets(scope) or (choose_targets(context) if context else [])
    follow_up = follow_up_of(scope, [country.key for country in targets])
    is_abroad = follow_up is not None and not {*follow_up.countries} & {country.key for country in targets}
    return (known_countries(follow_up) if is_abroad else targets), follow_up


def _likely_parties(
    scope: Scope, context: Scope | None, codes: list[str], encoded: EncodedPart | None
) -> tuple[tuple[Ranked, ...], tuple[Ranked, ...]]:
    """The firms and lenders; a part that only says "the company" or "the vendor" takes the firm of its context."""
    firms = choose_parties(scope, MentionKind.FIRM, codes, encoded=encoded)
    named = encoded is not None and any(True for _ in scope.of(MentionKind.FIRM))
    if context and not (firms or named) and any(_COMPANY & line.signals() for line in scope.lines):
        firms = choose_parties(context, MentionKind.FIRM, codes)[:1]
    return tuple(firms), tuple(choose_parties(scope, MentionKind.LENDER, codes, firms, encoded))


def _first(ranked: Sequence[Ranked]) -> Ranked | None:
    return next(iter(ranked), None)
