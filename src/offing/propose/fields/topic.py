"""Sector, status and record type by the wordings of a scope."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from offing.model.reading.mention import Mention, MentionKind
from offing.model.values.vocabulary import RecordType, Status
from offing.propose.fields.outdated import is_outdated
from offing.propose.parties.classifier import is_near
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked, Vote, rank
from offing.propose.reading.scope import OLD_DATE, Line, Scope
from offing.propose.reading.tense import clause_before, is_future, is_partly, is_unreal

_PARTY = (MentionKind.FIRM, MentionKind.LENDER)
_NEGATION_REACH = 25  # characters between a negation and the wording that it negates
_FUTURE_REACH = 40
_NEAR = 40  # characters
_SIGNS = 1.2  # weight up to which a wording of signing does not say what is signed
_MEMO = 1.3  # weight from which a wording names a memorandum or framework
# A future event makes none of these true; it only shows that the project is under way.
_NOT_YET = frozenset({Status.COMPLETED.value, Status.UNDER_CONSTRUCTION.value, Status.SIGNED.value})
_ELSEWHERE = "elsewhere"
_OTHERS = frozenset({_ELSEWHERE, "separate", "history", OLD_DATE})
_COUNTED = "counted"  # recognition's tag for a part of a counted whole
# How much later each stage is than a signature, as an exponent of `status_narrated`.
_STAGES = {
    Status.COMPLETED.value: 1.0,
    Status.UNDER_CONSTRUCTION.value: 0.5,
    Status.SIGNED.value: -0.3,
    Status.AGREED.value: -0.7,
}
_BROKEN = frozenset({Status.SUSPENDED.value, Status.CANCELLED.value})


def rank_sectors(scope: Scope) -> list[Ranked]:
    """The sectors, likeliest first; a repeated wording counts less each time."""
    votes = []
    repeats: Counter[tuple[str, str]] = Counter()
    for key, (weight, line, mention) in sorted(_sector_votes(scope), key=lambda vote: -vote[1][0]):
        wording = (key, mention.text.casefold())
        votes.append((key, (weight * scope.level("limits.repeat_factor") ** repeats[wording], line, mention)))
        repeats[wording] += 1
    return rank(votes, scope.level("limits.sector_fade"))


def rank_statuses(scope: Scope) -> list[Ranked]:
    """The statuses, likeliest first; negated, past and future wordings count less."""
    votes = ((key, (_status_weight(scope, vote), vote[1], vote[2])) for key, vote in _status_votes(scope))
    ranked = rank(votes, scope.level("limits.status_fade"))
    if scope.article.title.strip():
        return _unfinished(scope, ranked)
    # A text without a title is a chronological narrative, in which the later stage counts more.
    later = scope.level("limits.status_narrated")
    return sorted(ranked, key=lambda value: -value.score * later ** _STAGES.get(value.key, 0.0))


def _unfinished(scope: Scope, ranked: list[Ranked]) -> list[Ranked]:
    """The statuses; works reported as partly done are not completed, even if a part of them is."""
    going = next((value for value in ranked if value.key == Status.UNDER_CONSTRUCTION), None)
    over = bool(ranked) and ranked[0].key == Status.COMPLETED
    if not over or going is None or going.score < scope.level("limits.status_share") * ranked[0].score:
        return ranked
    own = (mention for line, mention in going.mentions if not line.marks & _OTHERS)
    if not any(mention.by == _COUNTED or _is_partly(scope, mention) for mention in own):
        return ranked
    return [going, *(value for value in ranked if value is not going)]


def _is_partly(scope: Scope, mention: Mention) -> bool:
    return is_partly(scope.article.text, mention.start, mention.end, scope.rules)


def rank_record_types(scope: Scope) -> list[Ranked]:
    """The record types by wordings, likeliest first."""
    return rank(_cue_votes(scope, MentionKind.RECORD_TYPE, "record_type"), scope.level("limits.cue_fade"))


def choose_record_type(scope: Scope, status: Ranked | None, has_money: bool) -> tuple[RecordType, Ranked | None]:
    """The record type and its evidence; a project needs no wording of its own, only something to be done.

    Args:
        scope: the lines of the project.
        status: its status.
        has_money: whether it has a lender or a loan: then an agreement belongs to a project, unless the agreement is
            all that has come about.
    """
    by_key = {value.key: value for value in rank_record_types(scope)}
    project = by_key.get(RecordType.PROJECT.value)
    training, framework = by_key.get(RecordType.TRAINING_COOPERATION), by_key.get(RecordType.FRAMEWORK_AGREEMENT)
    training_least = scope.level("limits.training_least")
    if framework:  # training may be only a part of an agreement
        training_least = max(training_least, scope.level("limits.training_over_framework") * framework.score)
    if training and training.score >= training_least:
        return RecordType.TRAINING_COOPERATION, training
    agreed = status is not None and status.key == Status.AGREED
    loose = agreed or (status is not None and status.key in {*_BROKEN, Status.PROPOSED} and not has_money)
    if framework and loose and framework.score >= scope.level("limits.framework_least"):
        return RecordType.FRAMEWORK_AGREEMENT, framework
    return RecordType.PROJECT, project


def _cue_votes(scope: Scope, kind: MentionKind, field: str) -> Iterable[tuple[str, Vote]]:
    sharpness = scope.level(f"limits.{field}_sharpness")
    for line, mention in scope.of(kind):
        yield mention.key or "", (scope.weight(line, field) * mention.weight**sharpness, line, mention)


def _sector_votes(scope: Scope) -> Iterator[tuple[str, Vote]]:
    """Votes for sectors; wordings in the name of a participating body, or near a status, count more."""
    for key, (weight, line, mention) in _cue_votes(scope, MentionKind.SECTOR, "sector"):
        bodies = line.of(MentionKind.COUNTERPART)
        named = any(body.start <= mention.start and mention.end <= body.end for body in bodies)
        beside = is_near((line, mention), MentionKind.STATUS, _NEAR)
        factor = scope.factor(f"sectors.{key}") * (scope.level("limits.sector_in_name") if named else 1.0)
        factor *= scope.level("limits.sector_near_status") if beside else 1.0
        yield key, (weight * factor, line, mention)


def _status_votes(scope: Scope) -> Iterable[tuple[str, Vote]]:
    for line, mention in scope.of(MentionKind.STATUS):
        key = mention.key or ""
        if key == Status.COMPLETED and _is_partly(scope, mention):
            key = Status.UNDER_CONSTRUCTION.value
        # An old suspension or end still holds; and beside a later status, only what is outdated is old.
        lasts = key in _BROKEN or any(is_outdated(scope, line, m) for m in line.of(MentionKind.STATUS))
        weighed = replace(line, marks=line.marks - {OLD_DATE}) if lasts else line
        if scope.article.title.strip():
            lead = scope.level("limits.status_lead") if line.zone is Zone.LEAD else 1.0
            zone = scope.weight(weighed, "status") * lead
        else:  # a narrative weighs all lines alike, as past events are part of its story
            zone = scope.factor(f"markers.status.{_ELSEWHERE}") if _ELSEWHERE in line.marks else 1.0
        weight = zone * mention.weight
        if line.of(*_PARTY):
            weight *= scope.level("limits.status_near_party")
        if line.of(MentionKind.SECTOR):
            weight *= scope.level("limits.status_near_sector")
        yield key, (weight, line, mention)


def _status_weight(scope: Scope, vote: Vote) -> float:
    weight, line, mention = vote
    if mention.key == Status.SIGNED and mention.weight <= _SIGNS and _is_memo_signed(scope, line):
        weight *= scope.level("limits.status_signed_memo")
    if is_negated(line, mention):
        weight *= scope.level("limits.status_negated")
    # A halt or an end may be only demanded, threatened or considered: "senators want it put on hold".
    wishes = [m for m in line.of(MentionKind.STATUS) if m.key == Status.PROPOSED]
    wishes += [m for m in line.of(MentionKind.SIGNAL) if m.key in ("marks-worry", "marks-future")]
    is_wished = any(wish.end <= mention.start <= wish.end + _FUTURE_REACH for wish in wishes)
    if (mention.key in _NOT_YET and _is_to_come(scope, line, mention)) or (mention.key in _BROKEN and is_wished):
        weight *= scope.level("limits.status_future")
    if is_outdated(scope, line, mention):
        weight *= scope.level("limits.status_outdated")
    return weight


def _is_to_come(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a marker, the clause or the wording's own form postpones it: "will be", "was to have been"."""
    own, language = mention.text if mention.key == Status.COMPLETED else "", scope.article.language
    before = clause_before(scope.article.text, mention.start, line.sentence.start)
    marked = _before(line, mention, "marks-future", _FUTURE_REACH)
    to_come = marked or is_future(before, own, language, scope.rules)
    return to_come or is_unreal(before, own, language, scope.rules)


def _is_memo_signed(scope: Scope, line: Line) -> bool:
    """Whether a memorandum or framework is signed: stated in the same sentence, in title or lead."""
    return any(
        cue.key == Status.AGREED and cue.weight >= _MEMO
        for other in scope.lines
        if other is line or other.zone in (Zone.TITLE, Zone.LEAD)
        for cue in other.of(MentionKind.STATUS)
    )


def is_negated(line: Line, mention: Mention) -> bool:
    """Whether a negation shortly precedes a wording."""
    return _before(line, mention, "marks-negation", _NEGATION_REACH)


def _before(line: Line, mention: Mention, key: str, reach: int) -> bool:
    """Whether a marker shortly precedes a wording and does not overlap it."""
    return any(
        signal.key == key and signal.end <= mention.start <= signal.end + reach
        for signal in line.of(MentionKind.SIGNAL)
    )
