"""Fusion: the value of a field that wordings and learned readings together make likeliest.

A wording that names a value is strong, and most texts have none; how likely each value is by the meaning of the
sentences says the rest. Both are added in log-odds; `[meaning]` of scoring.toml says how much each counts. Where
nobody has heard the sentences, wordings decide alone.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from offing.model.mention import MentionKind
from offing.model.vocabulary import AmountKind, RecordType, Role, Status
from offing.propose import roles
from offing.propose.likely import named
from offing.propose.meaning import Heard, Shares, mention_of, weight_of
from offing.propose.mode import Known, rank_modes
from offing.propose.money import Sum
from offing.propose.outdated import outdated_stages
from offing.propose.reading import Line, Scope
from offing.propose.topic import choose_record_type, rank_record_types
from offing.propose.votes import Ranked, Vote

ROLE, KIND = named("role"), named("kind")  # of meaning.npz: of a firm or sum where it stands
_TOLD = "status_told"
_UNTOLD = 0.05  # of a status that no single sentence tells: how far from impossible it is
LEAST = 0.02  # how unlikely meaning alone can make a value: a strong wording stands against any sentence
_PROOFS = 2  # sentences that prove a value without a wording


@dataclass(frozen=True, slots=True)
class _Said:
    """What wordings say of a field: how strongly for each value, and which one they choose."""

    kind: MentionKind
    ranked: Sequence[Ranked]
    told: Ranked | None


def fused_sector(scope: Scope, ranked: Sequence[Ranked], heard: Heard | None) -> Ranked | None:
    """The likeliest sector.

    Args:
        scope: the lines of the project.
        ranked: the sectors by wordings, likeliest first.
        heard: what its sentences mean, where that is known.
    """
    return _likeliest(scope, heard, _Said(MentionKind.SECTOR, ranked, next(iter(ranked), None)))


def fused_mode(scope: Scope, known: Known, heard: Heard | None) -> Ranked | None:
    """The likeliest mode, by what is known of the project so far too."""
    ranked = rank_modes(scope, known)
    return _likeliest(scope, heard, _Said(MentionKind.MODE, ranked, next(iter(ranked), None)))


def fused_status(scope: Scope, ranked: Sequence[Ranked], told: Ranked | None, heard: Heard | None) -> Ranked | None:
    """The likeliest status: by the text as a whole, by the sentences that tell one, and by wordings.

    Args:
        scope: the lines of the project.
        ranked: the statuses by wordings, likeliest first.
        told: the one that wordings choose: of a part without any the one of its context.
        heard: what its sentences mean, where that is known.
    """
    if heard is None:
        return told
    said = _Said(MentionKind.STATUS, ranked, told)
    shares = {**told_by_text(heard, MentionKind.STATUS.value), "single": told_by_sentences(heard)}
    key = _chosen(scope, said, shares)
    return _ranked(scope, said, key, [(row[key], line) for line, row in heard.single(_TOLD)])


def fused_record_type(
    scope: Scope, status: Ranked | None, has_money: bool, heard: Heard | None
) -> tuple[RecordType, Ranked | None]:
    """The likeliest record type, and what speaks for it (see `choose_record_type`)."""
    told, basis = choose_record_type(scope, status, has_money)
    if heard is None:
        return told, basis
    said = _Said(MentionKind.RECORD_TYPE, rank_record_types(scope), Ranked(told, 0.0, ()))
    name = field_of(MentionKind.RECORD_TYPE)
    key = _chosen(scope, said, told_by_text(heard, name))
    if key == told:
        return told, basis
    single = [(shares[key], line) for line, shares in heard.single(name)]
    return RecordType(key), _ranked(scope, replace(said, told=None), key, single)


def fused_kinds(scope: Scope, heard: Heard | None, sums: Sequence[Sum]) -> Iterator[Sum]:
    """The sums with their likeliest kinds; a conversion is of the kind of its sum."""
    kind = AmountKind.UNSPECIFIED
    for each in sums:
        kind = kind if each.is_converted else _kind(scope, heard, each)
        yield replace(each, kind=kind)


def fused_role(scope: Scope, heard: Heard | None, usual: Mapping[str, float], party: Ranked) -> Role:
    """The likeliest role of a firm, by the sentences that name it and by what wordings and its trade say.

    Args:
        scope: the lines of the project.
        heard: what its sentences mean, where that is known.
        usual: how usual each role is in such a project (see `usual_roles`).
        party: the firm with its mentions.
    """
    said = roles.role_scores(party, usual, scope)
    shares: Shares = heard.standing(ROLE, party.mentions) if heard else {}
    if not shares:
        return Role(max(said, key=lambda role: said[role]))
    meant, wording = scope.level("meaning.role.meant"), scope.level("meaning.role.wording")
    odds = {role: meant * _log(shares[role]) + wording * said.get(role, 0.0) for role in shares}
    return Role(max(odds, key=lambda role: odds[role]))


def field_of(kind: MentionKind) -> str:
    """The field of a record that a kind of wordings speaks of, as readings and weights name it."""
    return kind.value.replace("-", "_")


def told_by_text(heard: Heard, field: str) -> dict[str, Shares]:
    """How likely each value of a field is by the first sentences together, and by their pieces.

    The former stand for the latter where a site's own model has no attention to the field.
    """
    whole = heard.whole(field)
    return {"whole": whole, "attended": heard.attended(field) or whole}


def told_by_sentences(heard: Heard) -> Shares:
    """How surely single sentences tell each status, by where they stand."""
    single = heard.single(_TOLD)
    return {key: _UNTOLD + sum(weight_of(line) * shares[key] for line, shares in single) for key in Status}


def _likeliest(scope: Scope, heard: Heard | None, said: _Said) -> Ranked | None:
    """The likeliest value of a field, with the wordings or else the sentences that speak for it."""
    if heard is None:
        return said.told
    name = field_of(said.kind)
    key = _chosen(scope, said, told_by_text(heard, name))
    return _ranked(scope, said, key, [(shares[key], line) for line, shares in heard.single(name)])


def _chosen(scope: Scope, said: _Said, heard: Mapping[str, Shares]) -> str:
    """The likeliest value by the sum of what speaks for it: shares in log-odds, wordings by the log of their strength.

    Args:
        scope: whose weights count, `meaning.<field>.<what>`.
        said: what wordings say.
        heard: shares of the values by what they were heard from.
    """
    field = f"meaning.{field_of(said.kind)}"
    strength = {value.key: math.log1p(value.score) for value in said.ranked}
    past = outdated_stages(scope) if said.kind is MentionKind.STATUS else frozenset()

    def odds(value: str) -> float:
        meant = (scope.level(f"{field}.{what}") * _log(shares[value]) for what, shares in heard.items())
        told = scope.level(f"{field}.told") * (said.told is not None and said.told.key == value)
        against = scope.level("limits.status_past") * (value in past)
        return sum(meant) + told + scope.level(f"{field}.wording") * strength.get(value, 0.0) - against

    return max(heard["whole"], key=odds)


def _log(share: float) -> float:
    return math.log(max(LEAST, share))


def _ranked(scope: Scope, said: _Said, key: str, single: Sequence[tuple[float, Line]]) -> Ranked:
    """A value with what proves it: its wordings, else the sentences that most surely mean it."""
    if said.told is not None and said.told.key == key:
        return said.told
    worded = next((value for value in said.ranked if value.key == key), None)
    if worded is not None:
        return worded
    best = sorted(single, key=lambda pair: -pair[0])[:_PROOFS]
    return Ranked(key, best[0][0], tuple(_vote(scope, said.kind, key, share, line) for share, line in best))


def _vote(scope: Scope, kind: MentionKind, key: str, share: float, line: Line) -> Vote:
    return share, line, mention_of(scope, kind, line, key, share)


def _kind(scope: Scope, heard: Heard | None, told: Sum) -> AmountKind:
    shares: Shares = heard.standing(KIND, told.mentions) if heard else {}
    if not shares:
        return told.kind
    weight = scope.level("meaning.kind")
    return AmountKind(max(shares, key=lambda kind: _log(shares[kind]) + weight * (kind == told.kind)))
