"""What a candidate would change about something known, side by side with it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from offing.model.pairs.pairing import Ref
from offing.model.projects.project import LifeEvent, ProjectFacts
from offing.model.projects.update import Contradiction, FieldDiff, Stand, Update
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import Mode, RecordType
from offing.promote.accepted_candidates import Accepted
from offing.promote.compatible_sums import is_compatible, without_parts
from offing.promote.lifeline import in_line, lead_of
from offing.promote.measures import Dollars, Measure, agrees_with, sizes_of, sums_of
from offing.promote.record import Composed


@dataclass(frozen=True, slots=True)
class Target:
    """What a candidate is compared with: a record, another database's project, an earlier candidate.

    `sums` and `sizes` are all those of its accounts, each with its day; `line` is its life line.
    """

    target: Ref
    facts: ProjectFacts
    line: tuple[LifeEvent, ...] = ()
    sums: tuple[Measure, ...] = ()
    sizes: tuple[Measure, ...] = ()
    contradictions: tuple[Contradiction, ...] = ()


@dataclass(frozen=True, slots=True)
class _List:
    """How the values of a list field are identified and written; `grows` where other values are no contrast.

    `part` is what two accounts of one value should agree on: the role of a firm, the figure of a term.
    """

    key: Callable[[Any], str]
    written: Callable[[Any], str]
    grows: bool = False
    part: Callable[[Any], str] = lambda _: ""


def _party(each: Any) -> str:
    return str(each.id or each.name.casefold())


_LISTS = {
    FieldName.COUNTRIES: _List(str.casefold, str),
    FieldName.FIRMS: _List(_party, lambda firm: f"{firm.name}:{firm.role}", part=lambda firm: str(firm.role)),
    FieldName.LENDERS: _List(_party, lambda lender: str(lender.name)),
    FieldName.TERMS: _List(
        lambda term: str(term.kind),
        lambda term: str(term.written),
        grows=True,
        part=lambda term: str(term.written),
    ),
    FieldName.COUNTERPARTS: _List(str.casefold, str, grows=True),
    FieldName.CONCERNS: _List(lambda each: str(each.kind), lambda each: str(each.kind), grows=True),
    FieldName.PLACES: _List(str.casefold, str, grows=True),
}
_SINGLE = frozenset({FieldName.SECTOR, FieldName.STATUS, FieldName.RECORD_TYPE, FieldName.MODE})
_UNSPECIFIED = (str(Mode.UNSPECIFIED),)
_GIVING_WAY = frozenset({_UNSPECIFIED, (str(RecordType.FRAMEWORK_AGREEMENT),)})
_SHOWN = tuple(field for field in FieldName if field not in {FieldName.EVENTS, FieldName.EVENT_DATE})


def update_of(known: Target, candidate: Accepted, after: Composed, dollars: Dollars) -> Update:
    """Return what a candidate would change, for a person to confirm.

    Args:
        known: what it is compared with.
        candidate: the candidate.
        after: the record as it would be.
        dollars: the rates for comparing sums of different currencies.
    """
    found = (_field(each, known, candidate, after.facts, dollars) for each in _SHOWN)
    differing = tuple(each for each in found if each)
    before = {event.key for event in known.line}
    added = tuple(event for event in after.life_line if event.key not in before)
    fresh = tuple(each for each in after.contradictions if each not in known.contradictions)
    rest = [event for event in known.line if event.key not in {each.key for each in after.life_line}]
    abroad = (each for each in differing if each.field == FieldName.COUNTRIES and each.stand is Stand.DIFFERS)
    countries = (f"another country: it tells of {', '.join(e.reported)}, known is {', '.join(e.known)}" for e in abroad)
    contradicted = (f"side by side until a person chooses: {each.said}" for each in fresh)
    return Update(
        target=known.target,
        title=known.facts.title,
        fields=differing,
        events=added,
        line=in_line((*after.life_line, *rest)),
        warnings=(*countries, *_older(known, candidate, after), *contradicted),
        contradictions=fresh,
    )


def _field(
    field: FieldName, known: Target, candidate: Accepted, after: ProjectFacts, dollars: Dollars
) -> FieldDiff | None:
    sides = [_written(field, facts) for facts in (known.facts, candidate.facts, after)]
    ours, theirs, then = sides
    if field in _SINGLE and (not theirs or theirs == _UNSPECIFIED):
        theirs = then if ours != then else ()  # other facts may move a record on to another type
    if not theirs:
        return None
    if not ours:
        return FieldDiff(field, Stand.NEW, ours, theirs, then)
    if field in _LISTS:
        stand = _of_list(_LISTS[field], getattr(known.facts, field), getattr(candidate.facts, field))
    elif field in _SINGLE:
        # Another value is new where the record adopts it, a contrast where it does not.
        is_adopted = theirs == then and (field is FieldName.STATUS or ours in _GIVING_WAY)
        stand = Stand.AGREES if ours == theirs else Stand.NEW if is_adopted else Stand.DIFFERS
    else:
        sums = field is FieldName.AMOUNTS
        stand = _of_measures(known.sums if sums else known.sizes, (sums_of if sums else sizes_of)(candidate), dollars)
    return FieldDiff(field, stand, ours, theirs, then)


def _written(field: FieldName, facts: ProjectFacts) -> tuple[str, ...]:
    value = getattr(facts, field)
    if field in _LISTS:
        return tuple(map(_LISTS[field].written, value))
    if field in _SINGLE:
        return (str(value),) if value else ()
    return tuple(each.written for each in value)


def _of_list(how: _List, ours: Iterable[Any], theirs: Iterable[Any]) -> Stand:
    known, candidate = ({how.key(each): how.part(each) for each in side} for side in (ours, theirs))
    if any(known.get(key, part) != part for key, part in candidate.items()):
        return Stand.DIFFERS
    if candidate.keys() <= known.keys():
        return Stand.AGREES
    return Stand.NEW if candidate.keys() & known.keys() or how.grows else Stand.DIFFERS


def _of_measures(ours: Sequence[Measure], theirs: Sequence[Measure], dollars: Dollars) -> Stand:
    new = [each for each in theirs if not agrees_with(each, ours, dollars)]
    if not new:
        labelled = (each for each in theirs if each.label)
        alike = ((each, [other for other in ours if other.label in {"", each.label}]) for each in labelled)
        return Stand.AGREES if all(agrees_with(each, others, dollars) for each, others in alike) else Stand.DIFFERS
    known, candidate = without_parts((ours, new), dollars)
    alike = ((each, [other for other in known if other.label == each.label]) for each in candidate if each.label)
    differs = any(some and not is_compatible(each, candidate, some, dollars) for each, some in alike)
    return Stand.DIFFERS if differs else Stand.NEW


def _older(known: Target, candidate: Accepted, after: Composed) -> Iterable[str]:
    """Yield a warning where the candidate's status is older than the current one."""
    lead, status = lead_of(candidate), known.facts.status
    held = [event for event in known.line if event.status is status and event.day and event.set_aside_by is None]
    if lead is None or lead.day is None or not held or status is None:
        return
    newest = max(event.day for event in held if event.day)
    if lead.day < newest:
        stays = "stays" if after.facts.status is status else f"becomes {after.facts.status}, was"
        at = lead.event_date or lead.day
        yield f"older than the known status: adds {lead.status} at {at}; status {stays} {status}"
