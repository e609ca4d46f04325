"""A draft read again: what its sentences mean, weighed with what its wordings say.

A wording that names a value is strong, and most texts have none; how likely each value is by the meaning of the
sentences says the rest. Both are added in log-odds; `[meaning]` of scoring.toml says how much each counts.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from offing.model.mention import MentionKind
from offing.model.project import ProjectFacts
from offing.model.vocabulary import AmountKind, RecordType, Role, Status
from offing.propose import roles
from offing.propose.concerns import concerns_heard
from offing.propose.draft import Draft
from offing.propose.event import date_of
from offing.propose.happenings import choose_events
from offing.propose.hosts import choose_counterparts
from offing.propose.likely import named
from offing.propose.meaning import Heard, Shares, hear, mention_of, weight_of
from offing.propose.mode import Known, rank_modes
from offing.propose.money import Sum, choose_sums
from offing.propose.outdated import outdated_stages
from offing.propose.parties import choose_parties
from offing.propose.reading import Line, Scope
from offing.propose.sites import choose_places
from offing.propose.sizes import choose_quantities
from offing.propose.topic import rank_record_types, rank_sectors, rank_statuses
from offing.propose.votes import Ranked, Vote

ROLE, KIND = named("role"), named("kind")  # of meaning.npz: of a firm or sum where it stands
_TOLD = "status_told"
_UNTOLD = 0.05  # of a status that no single sentence tells: how far from impossible it is
LEAST = 0.02  # how unlikely meaning alone can make a value: a strong wording stands against any sentence
_PROOFS = 2  # sentences that prove a value without a wording


@dataclass(frozen=True, slots=True)
class _Said:
    """What wordings say of a field: how strongly for each value, and which one was chosen by them."""

    kind: MentionKind
    ranked: Sequence[Ranked]
    told: Ranked | None


def reread(chosen: Draft) -> Draft:
    """The draft with the values that wordings and meaning together make likeliest; as it is where nothing was heard."""
    heard = chosen.heard or hear(chosen.scope)
    return _values(_lists(chosen, heard), heard) if heard else chosen


def _lists(chosen: Draft, heard: Heard) -> Draft:
    """The draft with the parties, bodies, sums, sizes, places and worries that are likely by both."""
    codes = [country.key for country in chosen.countries]
    firms, lenders = _parties(chosen, codes, heard)
    parties = frozenset(party.key for party in (*firms, *lenders))
    sums = choose_sums(chosen.scope, codes, parties, heard)
    return replace(
        chosen,
        firms=firms,
        lenders=lenders,
        sums=tuple(_of_kinds(chosen.scope, heard, sums)),
        counterparts=tuple(choose_counterparts(chosen.scope, codes, heard)),
        quantities=tuple(choose_quantities(chosen.scope, codes, heard)),
        places=tuple(choose_places(chosen.scope, codes, heard)),
        concerns=tuple(concerns_heard(chosen.scope, heard)),
    )


def _parties(chosen: Draft, codes: Sequence[str], heard: Heard) -> tuple[tuple[Ranked, ...], tuple[Ranked, ...]]:
    """The firms and lenders that are likely by both; those of the draft where none is, or its lines name no firm."""
    likely = choose_parties(chosen.scope, MentionKind.FIRM, codes, heard=heard)
    names_one = any(True for _ in chosen.scope.of(MentionKind.FIRM))
    firms = tuple(likely) if likely or names_one else chosen.firms
    lenders = tuple(choose_parties(chosen.scope, MentionKind.LENDER, codes, firms, heard))
    return (firms, lenders) if firms or lenders else (chosen.firms, chosen.lenders)


def _values(chosen: Draft, heard: Heard) -> Draft:
    """The draft with the sector, status, record type and mode that are likeliest by both."""
    scope = chosen.scope
    sector = _likeliest(scope, heard, _Said(MentionKind.SECTOR, rank_sectors(scope), chosen.sector))
    status = _status(scope, heard, _Said(MentionKind.STATUS, rank_statuses(scope), chosen.status))
    record_type, basis = _record_type(scope, heard, chosen)
    events = choose_events(scope, status)
    modes = rank_modes(scope, Known(record_type, basis, chosen.lenders, chosen.sums, status, sector))
    return replace(
        chosen,
        sector=sector,
        status=status,
        record_type=record_type,
        record_basis=basis or sector or status,
        mode=_likeliest(scope, heard, _Said(MentionKind.MODE, modes, next(iter(modes), None))),
        dated=date_of(scope, status, events),
        events=tuple(events),
        heard=heard,
    )


def roles_heard(chosen: Draft, facts: ProjectFacts) -> ProjectFacts:
    """The facts with the roles of firms that wordings and meaning make likeliest."""
    heard = chosen.heard
    if heard is None:
        return facts
    usual = roles.usual_roles(facts.sector, facts.mode, chosen.record_type)
    told = [_role(chosen.scope, heard, usual, party) for party in chosen.firms]
    pairs = zip(facts.firms, told, strict=True)
    return replace(facts, firms=tuple(replace(firm, role=role or firm.role) for firm, role in pairs))


def field_of(kind: MentionKind) -> str:
    """The field of a record that a kind of wordings speaks of, as readings and weights name it."""
    return kind.value.replace("-", "_")


def _likeliest(scope: Scope, heard: Heard, said: _Said) -> Ranked:
    """The likeliest value of a field, with the wordings or else the sentences that speak for it."""
    name = field_of(said.kind)
    key = _chosen(scope, said, told_by_text(heard, name))
    return _ranked(scope, said, key, [(shares[key], line) for line, shares in heard.single(name)])


def _status(scope: Scope, heard: Heard, said: _Said) -> Ranked:
    """The likeliest status: by the text as a whole, by the sentences that tell one, and by wordings."""
    told = {**told_by_text(heard, MentionKind.STATUS.value), "single": told_by_sentences(heard)}
    key = _chosen(scope, said, told)
    return _ranked(scope, said, key, [(shares[key], line) for line, shares in heard.single(_TOLD)])


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


def _record_type(scope: Scope, heard: Heard, chosen: Draft) -> tuple[RecordType, Ranked | None]:
    told = Ranked(chosen.record_type, 0.0, ())
    said = _Said(MentionKind.RECORD_TYPE, rank_record_types(scope), told)
    name = field_of(MentionKind.RECORD_TYPE)
    key = _chosen(scope, said, told_by_text(heard, name))
    if key == chosen.record_type:
        return chosen.record_type, chosen.record_basis
    single = [(shares[key], line) for line, shares in heard.single(name)]
    return RecordType(key), _ranked(scope, replace(said, told=None), key, single)


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


def _best(shares: Mapping[str, float], told: str, weight: float) -> str:
    """The likeliest value; what wordings told counts for as much more as its weight, in log-odds."""
    return max(shares, key=lambda value: _log(shares.get(value, 0.0)) + weight * (value == told))


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


def _of_kinds(scope: Scope, heard: Heard, sums: Sequence[Sum]) -> Iterator[Sum]:
    """The sums with the kinds that wordings and meaning make likeliest; a conversion is of the kind of its sum."""
    kind = AmountKind.UNSPECIFIED
    for each in sums:
        kind = kind if each.is_converted else _kind(scope, heard, each)
        yield replace(each, kind=kind)


def _kind(scope: Scope, heard: Heard, told: Sum) -> AmountKind:
    shares: Shares = heard.standing(KIND, told.mentions)
    return AmountKind(_best(shares, told.kind, scope.level("meaning.kind"))) if shares else told.kind


def _role(scope: Scope, heard: Heard, usual: Mapping[str, float], party: Ranked) -> Role | None:
    """The likeliest role by the sentences that name a firm and by what wordings say; None where none was heard."""
    shares = heard.standing(ROLE, party.mentions)
    said = roles.role_scores(party, usual, scope.article.text) if shares else {}
    meant, wording = scope.level("meaning.role.meant"), scope.level("meaning.role.wording")
    odds = {role: meant * _log(shares[role]) + wording * said.get(role, 0.0) for role in shares}
    return Role(max(odds, key=lambda role: odds[role])) if odds else None
