"""A draft read again: what its sentences mean, weighed with what its wordings say.

A wording that names a value is strong, and most texts have none; how likely each value is by the meaning of the
sentences says the rest. Both are added in log-odds; `[meaning]` of scoring.toml says how much a wording counts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from offing.model.mention import Mention, MentionKind
from offing.model.project import ProjectFacts
from offing.model.vocabulary import AmountKind, RecordType, Role
from offing.propose.concerns import MOST
from offing.propose.draft import Draft
from offing.propose.meaning import NOTHING, Heard, Shares, hear, log, weight_of
from offing.propose.mode import Known, choose_mode
from offing.propose.reading import Line, Scope
from offing.propose.votes import Ranked, Vote

_TOLD = "status_told"
_UNTOLD = 0.05  # of a status that no single sentence tells: how far from impossible it is
_PROOFS = 2  # sentences that prove a value without a wording
BY = "meaning"


def reread(chosen: Draft) -> Draft:
    """The draft with the values that wordings and meaning together make likeliest; as it is where nothing was heard."""
    heard = hear(chosen.scope)
    if heard is None:
        return chosen
    scope = chosen.scope
    sector = _likeliest(scope, heard, MentionKind.SECTOR, chosen.sector)
    status = _status(scope, heard, chosen.status)
    record_type, basis = _record_type(scope, heard, chosen)
    known = Known(record_type, basis, chosen.lenders, chosen.sums, status, sector)
    return replace(
        chosen,
        sector=sector,
        status=status,
        record_type=record_type,
        record_basis=basis or sector or status,
        mode=_likeliest(scope, heard, MentionKind.MODE, choose_mode(scope, known)),
        concerns=_concerns(scope, heard, chosen.concerns),
        sums=tuple(replace(each, kind=_kind(scope, heard, each.kind, each.mentions)) for each in chosen.sums),
        heard=heard,
    )


def roles_heard(chosen: Draft, facts: ProjectFacts) -> ProjectFacts:
    """The facts with the roles of firms that wordings and meaning make likeliest."""
    heard = chosen.heard
    if heard is None:
        return facts
    pairs = zip(facts.firms, chosen.firms, strict=True)
    return replace(facts, firms=tuple(replace(f, role=_role(chosen.scope, heard, f.role, p)) for f, p in pairs))


def _likeliest(scope: Scope, heard: Heard, kind: MentionKind, told: Ranked | None) -> Ranked:
    """The likeliest value of a field, with the wordings or else the sentences that speak for it."""
    key = _best(heard.whole(kind.value), told.key if told else None, scope.level(f"meaning.{kind.value}"))
    return _ranked(scope, kind, key, told, [(shares[key], line) for line, shares in heard.single(kind.value)])


def _status(scope: Scope, heard: Heard, told: Ranked | None) -> Ranked:
    """The likeliest status: by the text as a whole, by the sentences that tell one, and by wordings."""
    single = heard.single(_TOLD)
    whole = heard.whole(MentionKind.STATUS.value)
    joint = {
        key: share * (_UNTOLD + sum(weight_of(line) * shares[key] for line, shares in single))
        for key, share in whole.items()
    }
    key = _best(joint, told.key if told else None, scope.level("meaning.status"))
    return _ranked(scope, MentionKind.STATUS, key, told, [(shares[key], line) for line, shares in single])


def _record_type(scope: Scope, heard: Heard, chosen: Draft) -> tuple[RecordType, Ranked | None]:
    key = _best(heard.whole("record_type"), chosen.record_type, scope.level("meaning.record_type"))
    if key == chosen.record_type:
        return chosen.record_type, chosen.record_basis
    said = [(shares[key], line) for line, shares in heard.single("record_type")]
    return RecordType(key), _ranked(scope, MentionKind.RECORD_TYPE, key, None, said)


def _best(shares: Mapping[str, float], told: str | None, weight: float) -> str:
    """The likeliest value; what a wording told counts for as much more as its weight, in log-odds."""
    return max(shares, key=lambda value: log(shares, value, 1e-6) + weight * (value == told))


def _ranked(
    scope: Scope, kind: MentionKind, key: str, told: Ranked | None, said: Sequence[tuple[float, Line]]
) -> Ranked:
    if told is not None and told.key == key:
        return told
    best = sorted(said, key=lambda pair: -pair[0])[:_PROOFS]
    return Ranked(key, best[0][0], tuple(_vote(scope, kind, key, share, line) for share, line in best))


def _vote(scope: Scope, kind: MentionKind, key: str, share: float, line: Line) -> Vote:
    """A sentence as a mention of what it means."""
    start, end = line.sentence.start, line.sentence.end
    return share, line, Mention(kind, start, end, scope.article.text[start:end], key, weight=share, by=BY)


def _concerns(scope: Scope, heard: Heard, told: Sequence[Ranked]) -> tuple[Ranked, ...]:
    """The worries that wordings name, and those that a sentence means without naming them."""
    least = scope.level("meaning.concern")
    found: dict[str, Vote] = {}
    for line, shares in heard.single("concern"):
        for key, share in shares.items():
            if key != NOTHING and share >= least and share > (found[key][0] if key in found else 0.0):
                found[key] = _vote(scope, MentionKind.CONCERN, key, share, line)
    named = {each.key for each in told}
    more = [Ranked(key, vote[0], (vote,)) for key, vote in found.items() if key not in named]
    return (*told, *sorted(more, key=lambda each: -each.score))[:MOST]


def _kind(scope: Scope, heard: Heard, kind: AmountKind, mentions: Sequence[tuple[Line, Mention]]) -> AmountKind:
    shares: Shares = heard.beside("kind", [line for line, _ in mentions])
    return AmountKind(_best(shares, kind, scope.level("meaning.kind"))) if shares else kind


def _role(scope: Scope, heard: Heard, role: Role, party: Ranked) -> Role:
    shares = heard.beside("role", [line for line, _ in party.mentions])
    return Role(_best(shares, role, scope.level("meaning.role"))) if shares else role
