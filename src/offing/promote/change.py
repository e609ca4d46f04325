"""What later news changes of a project: other parties, and sums or quantities that do not agree. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from offing.model.evidence import FieldName
from offing.model.project import Change, Firm, Lender, LifeEvent
from offing.model.vocabulary import EventKind
from offing.promote.accepted import Accepted, day_of
from offing.promote.measures import Dollars, Measure, sizes_of, sums_of
from offing.promote.room import fits, whole

_MEASURES = {FieldName.AMOUNTS: sums_of, FieldName.QUANTITIES: sizes_of}
_PARTIES: dict[FieldName, Callable[[Accepted], tuple[Firm | Lender, ...]]] = {
    FieldName.FIRMS: lambda part: part.facts.firms,
    FieldName.LENDERS: lambda part: part.facts.lenders,
}


@dataclass(frozen=True, slots=True)
class Altered:
    """What a candidate changes: the event for the life line, and the measures of which others say something else."""

    event: LifeEvent
    measures: tuple[Measure, ...]


def alterations(parts: Sequence[Accepted], dollars: Dollars) -> tuple[Altered, ...]:
    """What each candidate changes against those before it, in their order; those that change nothing are left out.

    Where accounts of one sum or quantity do not agree, the first of them has its event too: they stand side by side.
    """
    changes: dict[int, list[Change]] = defaultdict(list)
    measures: dict[int, list[Measure]] = defaultdict(list)
    for field, read in _MEASURES.items():
        for number, change, told in _measured(parts, field, read, dollars):
            changes[number].append(change)
            measures[number] += told
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
    told = whole(map(read, parts), dollars)
    open_labels = _contested(told, dollars)
    before: list[Measure] = []
    for part, measures in zip(parts, told, strict=True):
        disputed = [each for each in measures if each.label in open_labels]
        new = [each for each in disputed if not fits(each, measures, _alike(before, each), dollars)]
        if new:
            old = [each for each in before if each.label in {other.label for other in new}]
            yield part.candidate.id, Change(field, _written(old), _written(new)), new
        before += new


def _contested(told: Sequence[Sequence[Measure]], dollars: Dollars) -> frozenset[str]:
    """The labels of which two candidates say nothing in common."""
    labels = {each.label for measures in told for each in measures if each.label}
    return frozenset(label for label in labels if _apart([_of(label, each) for each in told], dollars))


def _apart(told: Sequence[list[Measure]], dollars: Dollars) -> bool:
    pairs = combinations([each for each in told if each], 2)
    return any(not any(fits(each, one, other, dollars) for each in one) for one, other in pairs)


def _of(label: str, measures: Iterable[Measure]) -> list[Measure]:
    return [each for each in measures if each.label == label]


def _alike(measures: Iterable[Measure], one: Measure) -> list[Measure]:
    return _of(one.label, measures)


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
    """The event of a change, with the words that prove its first new value."""
    proved = {change.field for change in changes}
    news = {value.casefold() for change in changes for value in change.after if value not in change.before}
    articles = {article.article_id: article for article in part.candidate.articles}
    proof = next(
        (
            each
            for each in part.candidate.evidence
            if each.field in proved and each.article_id in articles and _proves(each.value, news)
        ),
        None,
    )
    article = articles[proof.article_id] if proof else part.first
    day, url = (day_of(article), article.url) if article else (None, "")
    quote = proof.text if proof else ""
    return LifeEvent(EventKind.CHANGE, None, day, part.candidate.id, url, quote, changes=_sorted(changes))


def _sorted(changes: list[Change]) -> tuple[Change, ...]:
    return tuple(sorted(changes, key=lambda change: change.field))


def _proves(value: str, news: set[str]) -> bool:
    """Whether evidence of "85000000 EUR" proves the sum that is written "85000000 EUR loan"."""
    return any(new == value.casefold() or new.startswith(f"{value.casefold()} ") for new in news)
