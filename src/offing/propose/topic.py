"""Sector, status and record type: what the wordings of a scope speak for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from offing.model.mention import DatePoint, Mention, MentionKind
from offing.model.vocabulary import Concern, RecordType, Status
from offing.propose.claims import Claim, is_near, traits_of, weigh
from offing.propose.layout import Zone
from offing.propose.phrases import related
from offing.propose.reading import Line, Scope
from offing.propose.tense import clause_before, is_future, is_partly, is_unreal
from offing.propose.votes import Ranked, Vote, rank

_NEGATION_REACH = 25  # characters between a negation and the wording that it turns around
_FUTURE_REACH = 40
_NEAR = 40  # characters
_SIGNS = 1.2  # weight up to which a wording of signing does not say what is signed
_OUTRIGHT = 1.3  # weight from which a wording says what is signed
_MEMO = 1.3  # weight from which a wording names a memorandum or framework
_MOST_AGAIN = 4
_RECENT, _AHEAD = timedelta(days=40), timedelta(days=3)
# What is only to happen makes none of these true; it says that the project is on its way, one stage before.
_STAGE_BEFORE = {
    Status.COMPLETED.value: Status.UNDER_CONSTRUCTION.value,
    Status.UNDER_CONSTRUCTION.value: Status.SIGNED.value,
    Status.SIGNED.value: Status.APPROVED.value,
}
_ELSEWHERE = "elsewhere"
# How much later a stage is than a signature, as powers of `status_narrated`.
_STAGES = {
    Status.COMPLETED.value: 1.0,
    Status.UNDER_CONSTRUCTION.value: 0.5,
    Status.SIGNED.value: -0.3,
    Status.AGREED.value: -0.7,
}
_BROKEN = frozenset({Status.SUSPENDED.value, Status.CANCELLED.value})
# Events that tell a status by themselves.
_EVENTS = {
    "ground-breaking": Status.UNDER_CONSTRUCTION.value,
    "handover": Status.COMPLETED.value,
    "tender-award": Status.SIGNED.value,
    "no-deal": Status.PROPOSED.value,
}


def rank_sectors(scope: Scope) -> list[Ranked]:
    """The sectors, likeliest first; a wording that returns counts less each time."""
    return weigh(scope, "sector", sector_claims(scope), scope.level("limits.sector_fade"))


def rank_statuses(scope: Scope) -> list[Ranked]:
    """The statuses, likeliest first; negated and past wordings count less, what is still to come too."""
    ranked = weigh(scope, "status", status_claims(scope), scope.level("limits.status_fade"))
    return ranked if scope.article.title.strip() else _by_time(scope, ranked)


def sector_claims(scope: Scope) -> Iterator[Claim]:
    """What the wordings of sectors say."""
    seen: dict[tuple[str, str], int] = {}
    text, language = scope.article.text, scope.article.language
    for line in scope.lines:
        for mention, phrase in related(text, line.of(MentionKind.SECTOR), language):
            traits = traits_of(line, mention) | phrase | _around(line, mention)
            wording = (mention.key or "", mention.text.casefold())
            traits["again"] = float(min(seen.get(wording, 0), _MOST_AGAIN))
            seen[wording] = seen.get(wording, 0) + 1
            yield Claim(mention.key or "", line, mention, traits)


def _around(line: Line, mention: Mention) -> dict[str, float]:
    """What stands around the wording of a sector."""
    statuses, bodies = line.of(MentionKind.STATUS), line.of(MentionKind.COUNTERPART)
    return {
        "status": float(bool(statuses)),
        "status-near": float(is_near(mention, statuses, _NEAR)),
        "first": float(mention is line.of(MentionKind.SECTOR)[0]),
        "in-name": float(any(b.start <= mention.start and mention.end <= b.end for b in bodies)),
    }


def status_claims(scope: Scope) -> Iterator[Claim]:
    """What the wordings of statuses say, and events that tell one."""
    for line, mention in scope.of(MentionKind.STATUS):
        key, traits = mention.key or "", _status_traits(scope, line, mention)
        if key == Status.COMPLETED and is_partly(scope.article.text, mention.start, mention.end):
            key, traits = Status.UNDER_CONSTRUCTION.value, traits | {"partly": 1.0}
        yield Claim(key, line, mention, traits)
        if traits.get("future") and key in _STAGE_BEFORE:
            traits = {name: size for name, size in traits.items() if name != "future"}
            yield Claim(_STAGE_BEFORE[key], line, mention, traits | {"stage-before": 1.0})
    for line, mention in scope.of(MentionKind.SIGNAL):
        if mention.key in _EVENTS:
            yield Claim(_EVENTS[mention.key], line, mention, traits_of(line, mention) | {f"event-{mention.key}": 1.0})


def _status_traits(scope: Scope, line: Line, mention: Mention) -> dict[str, float]:
    traits = traits_of(line, mention)
    if not scope.article.title.strip():  # a narrative: all its sentences count alike, what lies back is its story
        traits = {name: size for name, size in traits.items() if not name.startswith(("zone-", "mark-"))}
        traits[f"mark-{_ELSEWHERE}"] = float(_ELSEWHERE in line.marks)
    sectors = line.of(MentionKind.SECTOR)
    traits["sector"] = float(bool(sectors))
    traits["sector-near"] = float(is_near(mention, sectors, _NEAR))
    traits |= dict.fromkeys(_tense(scope, line, mention), 1.0) | dict.fromkeys(_time(scope, line), 1.0)
    traits["counted"] = float(mention.by == "counted")
    traits["after-signing"] = float(mention.key == Status.APPROVED and _is_signed(scope))
    traits["incident"] = float(mention.key in _BROKEN and _is_incident(scope))
    if mention.key == Status.SIGNED and mention.weight <= _SIGNS and _signs_a_memo(scope, line):
        traits["memo"] = 1.0
    return traits


def _tense(scope: Scope, line: Line, mention: Mention) -> Iterator[str]:
    before = clause_before(scope.article.text, mention.start, line.sentence.start)
    own = mention.text if mention.key == Status.COMPLETED else ""
    if is_negated(line, mention):
        yield "negated"
    if is_unreal(before, own, scope.article.language):
        yield "unreal"
    elif mention.key in _STAGE_BEFORE and (
        _before(line, mention, "marks-future", _FUTURE_REACH) or is_future(before, own, scope.article.language)
    ):
        yield "future"
    if mention.key in _BROKEN and _is_wished(line, mention):
        yield "wished"


def _time(scope: Scope, line: Line) -> Iterator[str]:
    """Whether a sentence dates what it tells to the days before the article, or to the time after it."""
    days = [m.value.day for m in line.of(MentionKind.DATE) if isinstance(m.value, DatePoint)]
    if not days or not scope.article.published:
        return
    back = scope.article.published.date() - max(days)
    if back < -_AHEAD:
        yield "ahead"
    elif back <= _RECENT:
        yield "recent"


def _by_time(scope: Scope, ranked: list[Ranked]) -> list[Ranked]:
    """The statuses of a narrative: a text without a title tells in the order of time, the later stage counts more."""
    later = scope.level("limits.status_narrated")
    return sorted(ranked, key=lambda value: -value.score * later ** _STAGES.get(value.key, 0.0))


def choose_record_type(scope: Scope, status: Ranked | None, has_money: bool) -> tuple[RecordType, Ranked | None]:
    """The record type, and what speaks for it; a project needs no wording of its own, only something to be done.

    Args:
        scope: the lines of the project.
        status: what its status rests on.
        has_money: whether it has a lender or a loan: then an agreement is a project's, unless nothing but the
            agreement has come about.
    """
    ranked = rank(_cue_votes(scope, MentionKind.RECORD_TYPE, "record_type"), scope.level("limits.cue_fade"))
    by_key = {value.key: value for value in ranked}
    project = by_key.get(RecordType.PROJECT.value)
    training, framework = by_key.get(RecordType.TRAINING_COOPERATION), by_key.get(RecordType.FRAMEWORK_AGREEMENT)
    if training and training.score >= _training_least(scope, framework):
        return RecordType.TRAINING_COOPERATION, training
    agreed = status is not None and status.key == Status.AGREED
    loose = agreed or (status is not None and status.key in {*_BROKEN, Status.PROPOSED} and not has_money)
    if framework and loose and framework.score >= scope.level("limits.framework_least"):
        return RecordType.FRAMEWORK_AGREEMENT, framework
    return RecordType.PROJECT, project


def _training_least(scope: Scope, framework: Ranked | None) -> float:
    """What speaks for training must weigh; more beside an agreement, of which it may be but a part."""
    least = scope.level("limits.training_least")
    return max(least, scope.level("limits.training_over_framework") * framework.score) if framework else least


def _cue_votes(scope: Scope, kind: MentionKind, field: str) -> Iterable[tuple[str, Vote]]:
    sharpness = scope.level(f"limits.{field}_sharpness")
    for line, mention in scope.of(kind):
        yield mention.key or "", (scope.weight(line, field) * mention.weight**sharpness, line, mention)


def _is_signed(scope: Scope) -> bool:
    """Whether the text tells outright that a contract or loan is signed: then an approval ratifies it."""
    return any(
        mention.key == Status.SIGNED and mention.weight >= _OUTRIGHT and not is_negated(line, mention)
        for line, mention in scope.of(MentionKind.STATUS)
    )


def _is_incident(scope: Scope) -> bool:
    """Whether title or lead tell of an attack or leak: what stands still then is a running system, not a project."""
    head = (line for line in scope.lines if line.zone in (Zone.TITLE, Zone.LEAD))
    return any(m.key == Concern.CYBER_SECURITY and m.weight >= 1 for line in head for m in line.of(MentionKind.CONCERN))


def _signs_a_memo(scope: Scope, line: Line) -> bool:
    """Whether what is signed is a memorandum or framework: told in the same sentence, in title or lead."""
    return any(
        cue.key == Status.AGREED and cue.weight >= _MEMO
        for other in scope.lines
        if other is line or other.zone in (Zone.TITLE, Zone.LEAD)
        for cue in other.of(MentionKind.STATUS)
    )


def _is_wished(line: Line, mention: Mention) -> bool:
    """Whether a halt or an end is only asked for, threatened or thought about: "senators want it put on hold"."""
    wishes = [m for m in line.of(MentionKind.STATUS) if m.key == Status.PROPOSED]
    wishes += [m for m in line.of(MentionKind.SIGNAL) if m.key in ("marks-worry", "marks-future")]
    return any(wish.end <= mention.start <= wish.end + _FUTURE_REACH for wish in wishes)


def is_negated(line: Line, mention: Mention) -> bool:
    """Whether a negation stands shortly before a wording."""
    return _before(line, mention, "marks-negation", _NEGATION_REACH)


def _before(line: Line, mention: Mention, key: str, reach: int) -> bool:
    """Whether a marker stands shortly before a wording and is no part of it."""
    return any(
        signal.key == key and signal.end <= mention.start <= signal.end + reach
        for signal in line.of(MentionKind.SIGNAL)
    )
