"""The mode of a project: how it comes about, by wordings, by who pays, and by record type.

What is only proposed or agreed is not yet contracted or sold. Among gifts, ongoing works suggest a grant, goods already
handed over a donation.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offing.model.reading.mention import Mention, MentionKind
from offing.model.reading.rules import EntityKind
from offing.model.values.vocabulary import AmountKind, Mode, RecordType, Role, Sector, Status
from offing.propose.fields.amounts import ProjectSum
from offing.propose.fields.topic import is_negated
from offing.propose.reading.ranking import Ranked, Vote, rank
from offing.propose.reading.scope import Line, Scope

_GIVEN = (Mode.GRANT, Mode.DONATION)
# The modes that a sum's kind or a firm's role speaks for.
_OF_SUMS: dict[AmountKind, tuple[Mode, ...]] = {
    AmountKind.LOAN: (Mode.LOAN,),
    AmountKind.CREDIT: (Mode.LOAN,),
    AmountKind.GRANT: _GIVEN,
    AmountKind.CONTRACT: (Mode.CONTRACT,),
    AmountKind.INVESTMENT: (Mode.INVESTMENT,),
}
_OF_ROLES: dict[str, Mode] = {
    Role.SUPPLIER: Mode.SALE,
    Role.CONTRACTOR: Mode.CONTRACT,
    Role.INVESTOR: Mode.INVESTMENT,
    Role.OPERATOR: Mode.INVESTMENT,
}
_BANKS = frozenset(
    {EntityKind.POLICY_BANK, EntityKind.STATE_BANK, EntityKind.COMMERCIAL_BANK, EntityKind.INSURER, EntityKind.FIRM}
)
_UNSIGNED = frozenset({Status.PROPOSED, Status.AGREED})
_BOUGHT = frozenset({Mode.CONTRACT, Mode.SALE})
_WORKS = frozenset({Sector.TRANSPORT, Sector.BUILDINGS, Sector.ENERGY, Sector.WATER})
_CLEAR = 1.5  # a payer's strongest vote from which it counts in full: the second paragraph


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a project before its mode is chosen."""

    record_type: RecordType
    basis: Ranked | None
    lenders: Sequence[Ranked]
    sums: Sequence[ProjectSum]
    status: Ranked | None = None
    sector: Ranked | None = None


def rank_modes(scope: Scope, known: Known) -> list[Ranked]:
    """The modes with any evidence, likeliest first."""
    votes = [*_wordings(scope), *_payers(scope, known), *_known_fields(scope, known)]
    fitting = ((key, (weight * _fit(scope, known, key), line, cue)) for key, (weight, line, cue) in votes)
    return rank(fitting, scope.level("limits.cue_fade"))


def _fit(scope: Scope, known: Known, mode: str) -> float:
    """The factor for how well a mode fits status and sector."""
    status, sector = (value.key if value else None for value in (known.status, known.sector))
    if mode in _BOUGHT and status in _UNSIGNED:
        return scope.level("limits.mode_unsigned")
    works, over = sector in _WORKS, status == Status.COMPLETED
    if (mode == Mode.DONATION and over and not works) or (mode == Mode.GRANT and works and not over):
        return scope.level("limits.mode_gift")
    return 1.0


def _wordings(scope: Scope) -> Iterator[tuple[str, Vote]]:
    for line, mention in scope.of(MentionKind.MODE):
        weight = scope.weight(line, "mode") * mention.weight * _denied(scope, line, mention)
        yield mention.key or "", (weight, line, mention)
    for line, mention in scope.of(MentionKind.ROLE):
        mode = _OF_ROLES.get(mention.key or "")
        if mode and line.of(MentionKind.FIRM):
            yield mode, (scope.weight(line, "mode") * mention.weight, line, mention)


def _denied(scope: Scope, line: Line, mention: Mention) -> float:
    """The factor for a negated wording: "there was no foreign loan"."""
    return scope.level("limits.status_negated") if is_negated(line, mention) else 1.0


def _payers(scope: Scope, known: Known) -> Iterator[tuple[str, Vote]]:
    """A bank lends, a fund buys shares, a government that pays gives."""
    for lender in known.lenders:
        weight, line, mention = lender.votes[0]
        sure = min(1.0, weight / _CLEAR) * _denied(scope, line, mention)
        if mention.by == EntityKind.FUND:
            yield Mode.INVESTMENT, (scope.level("limits.mode_fund") * sure, line, mention)
        elif mention.by in _BANKS:
            yield Mode.LOAN, (scope.level("limits.mode_bank") * sure, line, mention)
        else:
            for mode in _GIVEN:
                yield mode, (scope.level("limits.mode_state") * sure, line, mention)


def _known_fields(scope: Scope, known: Known) -> Iterator[tuple[str, Vote]]:
    """Votes from the kinds of sums, the record type, and a status before signature."""
    for amount in known.sums:
        line, mention = amount.mentions[0]
        for mode in _OF_SUMS.get(amount.kind, ()):
            yield mode, (scope.level("limits.mode_sum"), line, mention)
    if known.record_type is RecordType.TRAINING_COOPERATION and known.basis:
        yield Mode.TRAINING, (scope.level("limits.mode_training"), *known.basis.votes[0][1:])
    if known.status and known.status.key in _UNSIGNED and known.status.votes:
        yield Mode.UNSPECIFIED, (scope.level("limits.mode_open"), *known.status.votes[0][1:])
    if known.record_type is RecordType.FRAMEWORK_AGREEMENT and known.basis:
        yield Mode.UNSPECIFIED, (scope.level("limits.mode_framework"), *known.basis.votes[0][1:])
