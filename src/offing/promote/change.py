"""What later news changes about a project: further parties, and conflicting sums or quantities. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from offing.model.projects.project import Change, Firm, Lender, LifeEvent
from offing.model.reading.evidence import FieldName
from offing.model.values.vocabulary import EventKind
from offing.promote.accepted_candidates import Accepted, day_of
from offing.promote.compatible_sums import is_compatible, without_parts
from offing.promote.measures import Dollars, Measure, sizes_of, sums_of

_MEASURES = {FieldName.AMOUNTS: sums_of, FieldName.QUANTITIES: sizes_of}
_PARTIES: dict[FieldName, Callable[[Accepted], tuple[Firm | Lender, ...]]] = {
    FieldName.FIRMS: lambda part: part.facts.firms,
    FieldName.LENDERS: lambda part: part.facts.lenders,
}


@dataclass(frozen=True, slots=True)
class Altered:
    """The change by a candidate: its event for the life line, and the measures on which others disagree."""

    event: LifeEvent
    measures: tuple[Measure, ...]


def alterations(parts: Sequence[Accepted], dollars: Dollars) -> tuple[Altered, ...]:
    """Return the changes by each candidate against those before it, in order; those without changes are left out.

    Where accounts of one sum or quantity disagree, the first of them has an event, too: they stand side by side.
    """
    changes: dict[int, list[Change]] = defaultdict(list)
    measures: dict[int, list[Measure]] = defaultdict(list)
    for field, read in _MEASURES.items():
        for number, change, measures_by_candidate in _measured(parts, field, read, dollars):
            changes[number].append(change)
            measures[number] += measures_by_candidate
    for field, parties in _PARTIES.items():
        for number, change in _joined(parts, field, parties):
            changes[number].append(change)
    return tuple(
        Altered(_event(part, changes[part.candidate.id]), tuple(measures[part.candidate.id]))
        for part in parts
        if changes[part.candidate.id]
    )


def _measured(
    parts: Sequence[Accepted], field: FieldName, read: Callable[[Accepted], tuple[Measure, ...]], dollars: Dollars
) -> Iterable[tuple[int, Change, list[Measure]]]:
    measures_by_candidate = without_parts(map(read, parts), dollars)
    labels = {each.label for measures in measures_by_candidate for each in measures if each.label}
    contested = {label for label in labels if _disagree([_of(label, each) for each in measures_by_candidate], dollars)}
    before: list[Measure] = []
    for part, measures in zip(parts, measures_by_candidate, strict=True):
        disputed = [each for each in measures if each.label in contested]
        new = [each for each in disputed if not is_compatible(each, measures, _of(each.label, before), dollars)]
        if new:
            old = [each for each in before if each.label in {other.label for other in new}]
            yield part.candidate.id, Change(field, _written(old), _written(new)), new
        before += new


def _disagree(measures_by_candidate: Sequence[list[Measure]], dollars: Dollars) -> bool:
    """Return whether two candidates have no compatible value."""
    pairs = combinations([each for each in measures_by_candidate if each], 2)
    return any(not any(is_compatible(each, one, other, dollars) for each in one) for one, other in pairs)


def _of(label: str, measures: Iterable[Measure]) -> list[Measure]:
    return [each for each in measures if each.label == label]


def _written(measures: Iterable[Measure]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.of.written for each in measures))


def _joined(
    parts: Sequence[Accepted], field: FieldName, parties: Callable[[Accepted], tuple[Firm | Lender, ...]]
) -> Iterable[tuple[int, Change]]:
    known: dict[str, str] = {}
    for part in parts:
        new = {each.id or each.name.casefold(): each.name for each in parties(part)}
        joined = {key: name for key, name in new.items() if key not in known}
        if known and joined:
            yield part.candidate.id, Change(field, tuple(known.values()), (*known.values(), *joined.values()))
        known |= joined


def _event(part: Accepted, changes: list[Change]) -> LifeEvent:
    """Return the event of a change, with the quote that proves its first new value.

    Evidence of "85000000 EUR" proves the sum written as "85000000 EUR loan".
    """
    proved = {change.field for change in changes}
    new = {value.casefold() for change in changes for value in change.after if value not in change.before}
    articles = {article.article_id: article for article in part.candidate.articles}
    proofs = (
        each
        for each in part.candidate.evidence
        if each.field in proved
        and each.article_id in articles
        and any(f"{value} ".startswith(f"{each.value.casefold()} ") for value in new)
    )
    proof = next(proofs, None)
    article = articles[proof.article_id] if proof else part.first
    day, url = (day_of(article), article.url) if article else (None, "")
    quote = proof.text if proof else ""
    ordered = tuple(sorted(changes, key=lambda change: change.field))
    return LifeEvent(EventKind.CHANGE, None, day, part.candidate.id, url, quote, changes=ordered)
