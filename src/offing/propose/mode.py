"""The mode of a project: how it comes about, told by wordings, by who pays, and by what kind of record it is."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from offing.model.mention import MentionKind
from offing.model.rules import EntityKind
from offing.model.vocabulary import AmountKind, Mode, RecordType, Role
from offing.propose.money import Sum
from offing.propose.reading import Scope
from offing.propose.topic import is_negated
from offing.propose.votes import Ranked, Vote, rank

_GIVEN = (Mode.GRANT, Mode.DONATION)
# What a sum's kind or a firm's role speaks for.
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
_CLEAR = 1.5  # a payer's strongest mention from which it counts in full: the second paragraph


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a project before its mode is chosen."""

    record_type: RecordType
    basis: Ranked | None
    lenders: Sequence[Ranked]
    sums: Sequence[Sum]


def choose_mode(scope: Scope, known: Known) -> Ranked | None:
    """The mode that most speaks for, with the mentions it rests on; None where nothing does."""
    votes = [*_wordings(scope), *_payers(scope, known), *_sums(scope, known), *_roles(scope), *_kinds(scope, known)]
    return next(iter(rank(votes, scope.level("limits.cue_fade"))), None)


def _wordings(scope: Scope) -> Iterator[tuple[str, Vote]]:
    for line, mention in scope.of(MentionKind.MODE):
        weight = scope.weight(line, "mode") * mention.weight
        if is_negated(line, mention):
            weight *= scope.level("limits.status_negated")  # "there was no foreign loan"
        yield mention.key or "", (weight, line, mention)


def _payers(scope: Scope, known: Known) -> Iterator[tuple[str, Vote]]:
    """A bank lends, a fund buys shares, a government that pays gives."""
    for lender in known.lenders:
        weight, line, mention = lender.votes[0]
        sure = min(1.0, weight / _CLEAR)
        if mention.by == EntityKind.FUND:
            yield Mode.INVESTMENT, (scope.level("limits.mode_fund") * sure, line, mention)
        elif mention.by in _BANKS:
            yield Mode.LOAN, (scope.level("limits.mode_bank") * sure, line, mention)
        else:
            for mode in _GIVEN:
                yield mode, (scope.level("limits.mode_state") * sure, line, mention)


def _sums(scope: Scope, known: Known) -> Iterator[tuple[str, Vote]]:
    for amount in known.sums:
        line, mention = amount.mentions[0]
        for mode in _OF_SUMS.get(amount.kind, ()):
            yield mode, (scope.level("limits.mode_sum"), line, mention)


def _roles(scope: Scope) -> Iterator[tuple[str, Vote]]:
    for line, mention in scope.of(MentionKind.ROLE):
        mode = _OF_ROLES.get(mention.key or "")
        if mode and line.of(MentionKind.FIRM):
            yield mode, (scope.weight(line, "mode") * mention.weight, line, mention)


def _kinds(scope: Scope, known: Known) -> Iterator[tuple[str, Vote]]:
    """What the kind of record makes likely."""
    if known.record_type is RecordType.TRAINING_COOPERATION and known.basis:
        yield Mode.TRAINING, (scope.level("limits.mode_training"), *known.basis.votes[0][1:])
    if known.record_type is RecordType.FRAMEWORK_AGREEMENT and known.basis:
        yield Mode.UNSPECIFIED, (scope.level("limits.mode_framework"), *known.basis.votes[0][1:])
