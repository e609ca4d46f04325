"""Events: what befell a project beside its status, by the wordings of `config/wording/event/`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from offing.model.mention import Mention, MentionKind
from offing.model.project import ToldEvent
from offing.model.vocabulary import EventKind, Status
from offing.propose.event import event_date
from offing.propose.layout import Zone
from offing.propose.reading import Line, Scope
from offing.propose.tense import clause_before, is_future, is_unreal
from offing.propose.topic import is_negated
from offing.propose.votes import Ranked, Vote, rank

_MOST = 2
_BESIDE_NAME = 1.5  # by how much more a sentence tells that names the known project
_NEWS = frozenset({Zone.TITLE, Zone.LEAD, Zone.SECOND})
# What says no more of a project that has been handed over than that it stands.
_LATER = frozenset({EventKind.INCIDENT, EventKind.AUDIT, EventKind.COURT, EventKind.PROVIDER_REPLACED})
_RUNNING = frozenset({Status.PROPOSED, Status.AGREED, Status.APPROVED, Status.SIGNED})


def choose_events(scope: Scope, status: Ranked | None) -> list[Ranked]:
    """What befell the project, the strongest first, two kinds at most.

    Args:
        scope: the lines of the project.
        status: what its status rests on: what has only been signed was not handed over.
    """
    ranked = rank(_votes(scope), scope.level("limits.event_fade"))
    if not ranked:
        return []
    least = max(scope.level("limits.events_least"), scope.level("limits.events_share") * ranked[0].score)
    chosen = [value for value in ranked if value.score >= least and _is_news(value)][:_MOST]
    return [value for value in chosen if _fits(value, chosen, status)]


def told_events(scope: Scope, chosen: Sequence[Ranked]) -> tuple[ToldEvent, ...]:
    """The events of a draft as facts, each with the date that its sentence tells."""
    found = []
    for value in chosen:
        dated = event_date(scope, value)
        found.append(ToldEvent(EventKind(value.key), value.mentions[0][1].text, dated[0] if dated else None))
    return tuple(found)


def _votes(scope: Scope) -> Iterator[tuple[str, Vote]]:
    for line, mention in _apart(scope.of(MentionKind.EVENT)):
        weight = mention.weight * scope.weight(line, "events") * (_BESIDE_NAME if _names_project(line) else 1.0)
        if _is_not_so(scope, line, mention):
            weight *= scope.level("limits.event_to_come")
        yield mention.key or "", (weight, line, mention)


def _names_project(line: Line) -> bool:
    return bool(line.of(MentionKind.PROJECT))


def _apart(found: Iterable[tuple[Line, Mention]]) -> Iterator[tuple[Line, Mention]]:
    """Of wordings of one kind that overlap ("had collapsed on Monday") the first."""
    reach: dict[str | None, int] = {}
    for line, mention in found:
        if mention.start >= reach.get(mention.key, 0):
            yield line, mention
            reach[mention.key] = mention.end


def _is_not_so(scope: Scope, line: Line, mention: Mention) -> bool:
    """Whether a wording is denied, only feared, or still to come."""
    before, language = clause_before(scope.article.text, mention.start, line.sentence.start), scope.article.language
    to_come = is_future(before, mention.text, language, scope.rules)
    return is_negated(line, mention) or to_come or is_unreal(before, "", language, scope.rules)


def _is_news(value: Ranked) -> bool:
    """Whether an early sentence tells it."""
    return any(line.zone in _NEWS for line, _ in value.mentions)


def _fits(value: Ranked, chosen: Sequence[Ranked], status: Ranked | None) -> bool:
    """Whether an event goes with the others and the status; only a handover may not."""
    if value.key != EventKind.HANDOVER:
        return True
    later = any(other.key in _LATER for other in chosen if other.score >= value.score)
    return not later and (status is None or status.key not in _RUNNING)
