"""Sector, status and record type: what the wordings of a scope speak for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from offing.model.mention import Mention, MentionKind
from offing.model.vocabulary import RecordType, Status
from offing.propose.layout import Zone
from offing.propose.outdated import is_outdated
from offing.propose.reading import OLD_DATE, Line, Scope
from offing.propose.tense import clause_before, is_future, is_partly, is_unreal
from offing.propose.votes import Ranked, Vote, rank

_PARTY = (MentionKind.FIRM, MentionKind.LENDER)
_NEGATION_REACH = 25  # characters between a negation and the wording that it turns around
_FUTURE_REACH = 40
_NEAR = 40  # characters
_SIGNS = 1.2  # weight up to which a wording of signing does not say what is signed
_MEMO = 1.3  # weight from which a wording names a memorandum or framework
# What is only to happen makes none of these true; it says that the project is on its way.
_NOT_YET = frozenset({Status.COMPLETED.value, Status.UNDER_CONSTRUCTION.value, Status.SIGNED.value})
_ELSEWHERE = "elsewhere"
_OTHERS = frozenset({_ELSEWHERE, "separate", "history", OLD_DATE})
_COUNTED = "counted"  # what recognition says of a part of a number of things
# How much later a stage is than a signature, as powers of `status_narrated`.
_STAGES = {
    Status.COMPLETED.value: 1.0,
    Status.UNDER_CONSTRUCTION.value: 0.5,
    Status.SIGNED.value: -0.3,
    Status.AGREED.value: -0.7,
}
_BROKEN = frozenset({Status.SUSPENDED.value, Status.CANCELLED.value})


def rank_sectors(scope: Scope) -> list[Ranked]:
    """The sectors, likeliest first; a wording that returns counts less each time."""
    return rank(_fresh(scope, _sector_votes(scope)), scope.level("limits.sector_fade"))


def rank_statuses(scope: Scope) -> list[Ranked]:
    """The statuses, likeliest first; negated and past wordings count less, what is still to come too."""
    votes = ((key, (_status_weight(scope, vote), vote[1], vote[2])) for key, vote in _status_votes(scope))
    ranked = rank(votes, scope.level("limits.status_fade"))
    return _unfinished(scope, ranked) if scope.article.title.strip() else _by_time(scope, ranked)


def _unfinished(scope: Scope, ranked: list[Ranked]) -> list[Ranked]:
    """The statuses; works of which a share is told to be done are not completed, though a part of them is."""
    going = next((value for value in ranked if value.key == Status.UNDER_CONSTRUCTION), None)
    over = bool(ranked) and ranked[0].key == Status.COMPLETED
    if not over or going is None or going.score < scope.level("limits.status_share") * ranked[0].score:
        return ranked
    if not any(_tells_a_share(scope, line, mention) for line, mention in going.mentions):
        return ranked
    return [going, *(value for value in ranked if value is not going)]


def _tells_a_share(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a wording tells how much of the project's own works is done."""
    own = not line.marks & _OTHERS
    return own and (mention.by == _COUNTED or _is_partly(scope, mention))


def _is_partly(scope: Scope, mention: Mention) -> bool:
    return is_partly(scope.article.text, mention.start, mention.end, scope.rules)


def _by_time(scope: Scope, ranked: list[Ranked]) -> list[Ranked]:
    """The statuses of a narrative: a text without a title tells in the order of time, the later stage counts more."""
    later = scope.level("limits.status_narrated")
    return sorted(ranked, key=lambda value: -value.score * later ** _STAGES.get(value.key, 0.0))


def rank_record_types(scope: Scope) -> list[Ranked]:
    """The record types that wordings tell, likeliest first."""
    return rank(_cue_votes(scope, MentionKind.RECORD_TYPE, "record_type"), scope.level("limits.cue_fade"))


def choose_record_type(scope: Scope, status: Ranked | None, has_money: bool) -> tuple[RecordType, Ranked | None]:
    """The record type, and what speaks for it; a project needs no wording of its own, only something to be done.

    Args:
        scope: the lines of the project.
        status: what its status rests on.
        has_money: whether it has a lender or a loan: then an agreement is a project's, unless nothing but the
            agreement has come about.
    """
    by_key = {value.key: value for value in rank_record_types(scope)}
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


def _sector_votes(scope: Scope) -> Iterator[tuple[str, Vote]]:
    """Wordings of sectors; those in the name of a body that takes part, or beside what happens, count more."""
    for key, (weight, line, mention) in _cue_votes(scope, MentionKind.SECTOR, "sector"):
        bodies = line.of(MentionKind.COUNTERPART)
        named = any(body.start <= mention.start and mention.end <= body.end for body in bodies)
        beside = _is_near(mention, line.of(MentionKind.STATUS))
        factor = scope.factor(f"sectors.{key}") * (scope.level("limits.sector_in_name") if named else 1.0)
        factor *= scope.level("limits.sector_near_status") if beside else 1.0
        yield key, (weight * factor, line, mention)


def _fresh(scope: Scope, votes: Iterable[tuple[str, Vote]]) -> Iterable[tuple[str, Vote]]:
    """The votes, a wording's second and later ones weakened."""
    seen: dict[tuple[str, str], int] = {}
    for key, (weight, line, mention) in sorted(votes, key=lambda vote: -vote[1][0]):
        wording = (key, mention.text.casefold())
        again = seen.get(wording, 0)
        seen[wording] = again + 1
        yield key, (weight * scope.level("limits.repeat_factor") ** again, line, mention)


def _status_votes(scope: Scope) -> Iterable[tuple[str, Vote]]:
    for line, mention in scope.of(MentionKind.STATUS):
        key = mention.key or ""
        if key == Status.COMPLETED and _is_partly(scope, mention):
            key = Status.UNDER_CONSTRUCTION.value
        lasts = key in _BROKEN or any(is_outdated(scope, line, m) for m in line.of(MentionKind.STATUS))
        weight = _zone_weight(scope, _lasting(line) if lasts else line) * mention.weight
        if line.of(*_PARTY):
            weight *= scope.level("limits.status_near_party")
        if line.of(MentionKind.SECTOR):
            weight *= scope.level("limits.status_near_sector")
        yield key, (weight, line, mention)


def _lasting(line: Line) -> Line:
    """A line that is not old: what stood still or ended years ago still does; or the old date is that of the past."""
    return replace(line, marks=line.marks - {OLD_DATE})


def _zone_weight(scope: Scope, line: Line) -> float:
    """The weight of a line for the status; all of a narrative count alike, what lies back is part of its story."""
    if scope.article.title.strip():
        return scope.weight(line, "status") * (scope.level("limits.status_lead") if line.zone is Zone.LEAD else 1.0)
    return scope.factor(f"markers.status.{_ELSEWHERE}") if _ELSEWHERE in line.marks else 1.0


def _status_weight(scope: Scope, vote: Vote) -> float:
    weight, line, mention = vote
    if mention.key == Status.SIGNED and mention.weight <= _SIGNS and _signs_a_memo(scope, line):
        weight *= scope.level("limits.status_signed_memo")
    if is_negated(line, mention):
        weight *= scope.level("limits.status_negated")
    if (mention.key in _NOT_YET and _is_to_come(scope, line, mention)) or (
        mention.key in _BROKEN and _is_wished(line, mention)
    ):
        weight *= scope.level("limits.status_future")
    if is_outdated(scope, line, mention):
        weight *= scope.level("limits.status_outdated")
    return weight


def _is_to_come(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a marker, the clause or the wording's own form puts it off: "will be", "was to have been"."""
    own, language = mention.text if mention.key == Status.COMPLETED else "", scope.article.language
    before = clause_before(scope.article.text, mention.start, line.sentence.start)
    marked = _before(line, mention, "marks-future", _FUTURE_REACH)
    to_come = marked or is_future(before, own, language, scope.rules)
    return to_come or is_unreal(before, own, language, scope.rules)


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


def _is_near(mention: Mention, others: Iterable[Mention]) -> bool:
    return any(max(mention.start - other.end, other.start - mention.end) <= _NEAR for other in others)


def is_negated(line: Line, mention: Mention) -> bool:
    """Whether a negation stands shortly before a wording."""
    return _before(line, mention, "marks-negation", _NEGATION_REACH)


def _before(line: Line, mention: Mention, key: str, reach: int) -> bool:
    """Whether a marker stands shortly before a wording and is no part of it."""
    return any(
        signal.key == key and signal.end <= mention.start <= signal.end + reach
        for signal in line.of(MentionKind.SIGNAL)
    )
