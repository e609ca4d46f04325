"""Events: what happened to a project apart from its status, by the wordings of `config/wording/event/`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from offing.model.projects.project import ReportedEvent
from offing.model.reading.mention import MentionKind
from offing.model.values.vocabulary import EventKind, Status
from offing.propose.fields.event_date import event_date
from offing.propose.fields.topic import is_negated
from offing.propose.reading.layout import Zone
from offing.propose.reading.ranking import Ranked, Vote, rank
from offing.propose.reading.scope import Scope
from offing.propose.reading.tense import clause_before, is_future, is_unreal

_MOST = 2
_BESIDE_NAME = 1.5  # factor for a sentence that names the known project
_NEWS = frozenset({Zone.TITLE, Zone.LEAD, Zone.SECOND})
# Beside these events a handover says only that the project stands.
_LATER = frozenset({EventKind.INCIDENT, EventKind.AUDIT, EventKind.COURT, EventKind.PROVIDER_REPLACED})
_RUNNING = frozenset({Status.PROPOSED, Status.AGREED, Status.APPROVED, Status.SIGNED})


def choose_events(scope: Scope, status: Ranked | None) -> list[Ranked]:
    """What happened to the project, strongest first, two kinds at most.

    Args:
        scope: the lines of the project.
        status: its status: what has only been signed was not handed over.
    """
    ranked = rank(_votes(scope), scope.level("limits.event_fade"))
    if not ranked:
        return []
    least = max(scope.level("limits.events_least"), scope.level("limits.events_share") * ranked[0].score)
    strong = (value for value in ranked if value.score >= least)
    chosen = [value for value in strong if any(line.zone in _NEWS for line, _ in value.mentions)][:_MOST]
    # A handover is none before the works, nor beside later events at least as strong.
    is_running = status is not None and status.key in _RUNNING
    later = max((value.score for value in chosen if value.key in _LATER), default=0.0)
    return [v for v in chosen if v.key != EventKind.HANDOVER or not (is_running or later >= v.score)]


def dated_events(scope: Scope, chosen: Sequence[Ranked]) -> tuple[ReportedEvent, ...]:
    """The events of a draft as facts, each with the date in its sentence."""
    found = []
    for value in chosen:
        dated = event_date(scope, value)
        found.append(ReportedEvent(EventKind(value.key), value.first.text, dated[0] if dated else None))
    return tuple(found)


def _votes(scope: Scope) -> Iterator[tuple[str, Vote]]:
    reach: dict[str | None, int] = {}
    language = scope.article.language
    for line, mention in scope.of(MentionKind.EVENT):
        if mention.start < reach.get(mention.key, 0):  # overlaps another wording of its kind: "had collapsed on Monday"
            continue
        reach[mention.key] = mention.end
        beside_name = _BESIDE_NAME if line.of(MentionKind.PROJECT) else 1.0
        weight = mention.weight * scope.weight(line, "events") * beside_name
        before = clause_before(scope.article.text, mention.start, line.sentence.start)
        to_come = is_future(before, mention.text, language, scope.rules)
        if to_come or is_negated(line, mention) or is_unreal(before, "", language, scope.rules):
            weight *= scope.level("limits.event_to_come")
        yield mention.key or "", (weight, line, mention)
