"""Fusion: the likeliest value of a field by wordings and encoder together.

A wording that names a value is strong evidence, but most texts have none; the encoder's probabilities fill the gap.
Both are added in log-odds, weighted by `[fusion]` of scoring.toml. Wordings decide alone where nothing was encoded, and
where the text's language or length is outside the encoder's training data.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from offing.model.reading.mention import Mention, MentionKind
from offing.model.values.vocabulary import AmountKind, RecordType, Role
from offing.propose.encoder.encoded import EncodedPart
from offing.propose.fields.amounts import ProjectSum
from offing.propose.fields.mode import Known, rank_modes
from offing.propose.fields.outdated import outdated_stages
from offing.propose.fields.topic import choose_record_type, rank_record_types
from offing.propose.parties import roles
from offing.propose.parties.tagged import BY
from offing.propose.reading.ranking import Ranked, Vote
from offing.propose.reading.scope import Line, Scope

LEAST = 0.002  # floor of the encoder's probabilities, so that a strong wording can outweigh it
_PROOFS = 2  # sentences that prove a value without a wording


@dataclass(frozen=True, slots=True)
class Worded:
    """The votes of wordings on a field: the score of each value, and the value they choose."""

    kind: MentionKind
    ranked: Sequence[Ranked]
    chosen: Ranked | None

    @property
    def field(self) -> str:
        """The name of the field in heads and weights."""
        return self.kind.value.replace("-", "_")

    def features(self, value: str, shares: Mapping[str, float]) -> dict[str, float]:
        """The features of a value, each by the name of its weight in `[fusion.<field>]`."""
        strength = next((each.score for each in self.ranked if each.key == value), 0.0)
        return {
            "encoded": log_share(shares[value]),
            "wording": math.log1p(strength),
            "chosen": float(self.chosen is not None and self.chosen.key == value),
        }


def fused_sector(scope: Scope, ranked: Sequence[Ranked], encoded: EncodedPart | None) -> Ranked | None:
    """The likeliest sector.

    Args:
        scope: the lines of the project.
        ranked: the sectors by wordings, likeliest first.
        encoded: the encoded project, if any.
    """
    return _fused(scope, Worded(MentionKind.SECTOR, ranked, next(iter(ranked), None)), encoded)


def fused_mode(scope: Scope, known: Known, encoded: EncodedPart | None) -> Ranked | None:
    """The likeliest mode, also using what is known of the project so far."""
    ranked = rank_modes(scope, known)
    return _fused(scope, Worded(MentionKind.MODE, ranked, next(iter(ranked), None)), encoded)


def fused_status(
    scope: Scope, ranked: Sequence[Ranked], chosen: Ranked | None, encoded: EncodedPart | None
) -> Ranked | None:
    """The likeliest status.

    Args:
        scope: the lines of the project.
        ranked: the statuses by wordings, likeliest first.
        chosen: the one that wordings choose; for a part without any, that of its context.
        encoded: the encoded project, if any.
    """
    return _fused(scope, Worded(MentionKind.STATUS, ranked, chosen), encoded)


def fused_record_type(
    scope: Scope, status: Ranked | None, has_money: bool, encoded: EncodedPart | None
) -> tuple[RecordType, Ranked | None]:
    """The likeliest record type, and the evidence for it (see `choose_record_type`)."""
    worded_type, basis = choose_record_type(scope, status, has_money)
    worded = Worded(MentionKind.RECORD_TYPE, rank_record_types(scope), Ranked(worded_type, 0.0, ()))
    found = _fused(scope, worded, encoded)
    if found is None or found.key == worded_type:
        return worded_type, basis
    return RecordType(found.key), found


def fused_kinds(scope: Scope, encoded: EncodedPart | None, sums: Sequence[ProjectSum]) -> Iterator[ProjectSum]:
    """The sums with their likeliest kinds; a conversion takes the kind of the sum before it."""
    kind = AmountKind.UNSPECIFIED
    for each in sums:
        kind = kind if each.is_converted else _kind(scope, encoded, each)
        yield replace(each, kind=kind)


def fused_role(scope: Scope, encoded: EncodedPart | None, usual: Mapping[str, float], party: Ranked) -> Role:
    """The likeliest role of a firm, by the encoder, wordings and its trade.

    Args:
        scope: the lines of the project.
        encoded: the encoded project, if any.
        usual: how usual each role is in such a project (see `usual_roles`).
        party: the firm with its mentions.
    """
    worded = roles.role_scores(party, usual, scope)
    shares = encoded.article.of_spans("roles", stretches(party.mentions)) if encoded else {}
    if encoded is None or not shares or not encoded.article.is_familiar:
        return Role(max(worded, key=lambda role: worded[role]))
    heads, wording = scope.level("fusion.role.encoded"), scope.level("fusion.role.wording")
    odds = {role: heads * log_share(shares[role]) + wording * worded.get(role, 0.0) for role in shares}
    return Role(max(odds, key=lambda role: odds[role]))


def stretches(mentions: Sequence[tuple[Line, Mention]]) -> list[tuple[int, int]]:
    """The (start, end) of some mentions in the text."""
    return [(mention.start, mention.end) for _, mention in mentions]


def proofs_of(scope: Scope, kind: MentionKind, key: str, encoded: EncodedPart) -> tuple[Vote, ...]:
    """The sentences that speak most for a value of a field, as mentions of it weighted by its probability."""
    field = "concerns" if kind is MentionKind.CONCERN else kind.value.replace("-", "_")
    spans = [(line.sentence.start, line.sentence.end) for line in scope.lines]
    contributions = encoded.contributions(field, key, spans)
    share, text = encoded.fields[field][key], scope.article.text
    best = sorted(zip(contributions, scope.lines, spans, strict=True), key=lambda each: -each[0])[:_PROOFS]
    return tuple(
        (share, line, Mention(kind, start, end, text[start:end], key, weight=share, by=BY))
        for _, line, (start, end) in best
    )


def _fused(scope: Scope, worded: Worded, encoded: EncodedPart | None) -> Ranked | None:
    """The likeliest value of a field, with its wordings, or else the sentences that speak for it."""
    if encoded is None or not encoded.fields or not scope.lines:
        return worded.chosen
    if worded.chosen is not None and not encoded.article.is_familiar:
        return worded.chosen
    key = _likeliest(scope, worded, encoded.fields[worded.field])
    if worded.chosen is not None and worded.chosen.key == key:
        return worded.chosen
    ranked = next((value for value in worded.ranked if value.key == key), None)
    return ranked or Ranked(key, encoded.fields[worded.field][key], proofs_of(scope, worded.kind, key, encoded))


def _likeliest(scope: Scope, worded: Worded, shares: Mapping[str, float]) -> str:
    """The likeliest value by the weighted sum of its features, with the weights `fusion.<field>.<feature>`."""
    past = outdated_stages(scope) if worded.kind is MentionKind.STATUS else frozenset()

    def odds(value: str) -> float:
        features = worded.features(value, shares)
        total = sum(scope.level(f"fusion.{worded.field}.{name}") * size for name, size in features.items())
        return total - scope.level("limits.status_past") * (value in past)

    return max(shares, key=odds)


def log_share(share: float) -> float:
    """The log of a probability, floored so that no value is impossible."""
    return math.log(max(LEAST, share))


def _kind(scope: Scope, encoded: EncodedPart | None, amount: ProjectSum) -> AmountKind:
    shares = encoded.article.of_spans("kinds", stretches(amount.mentions)) if encoded else {}
    if encoded is None or not shares or not (encoded.article.is_familiar or amount.kind is AmountKind.UNSPECIFIED):
        return amount.kind
    heads, wording = scope.level("fusion.kind.encoded"), scope.level("fusion.kind.wording")
    return AmountKind(max(shares, key=lambda kind: heads * log_share(shares[kind]) + wording * (kind == amount.kind)))
