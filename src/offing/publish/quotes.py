"""How much of each article a release quotes: each field keeps its best quote first, the rest keep their places. Pure.

A copyright holder looks at what is quoted of one article altogether, so quotes of all projects count, and characters
that several quotes share count once. Headlines name an article and are not counted.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from offing.model.projects.finding import QuoteBudget
from offing.model.projects.project import LifeEvent
from offing.model.projects.release import Described, ProvedField
from offing.model.reading.evidence import FieldName

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class QuotedArticle:
    """How long an article's text is in characters, and whether its publisher reserves it."""

    length: int
    reserved: bool


@dataclass(slots=True)
class QuotedSoFar:
    """What a release quotes so far of the articles that several projects share: start and end of each span in turn."""

    shared: Collection[int]
    spans: dict[int, array[int]] = field(default_factory=dict)

    def of(self, article_id: int) -> list[Span]:
        """Return what is quoted of an article."""
        flat = self.spans.get(article_id, ())
        return list(zip(flat[::2], flat[1::2], strict=True))

    def put(self, article_id: int, spans: Iterable[Span]) -> None:
        """Set what is quoted of an article, if it is a shared one."""
        if article_id in self.shared:
            self.spans[article_id] = array("I", [end for span in spans for end in span])


def budgeted(
    described: Described, articles: Mapping[int, QuotedArticle], budget: QuoteBudget, quoted: QuotedSoFar
) -> Described:
    """A record that quotes no more of its articles than it may.

    Args:
        described: the record with all of its quotes.
        articles: the quoted articles.
        budget: how much may be quoted of each.
        quoted: what the release quotes so far; extended by what this record quotes of shared articles.
    """
    spans = defaultdict(list, {each: quoted.of(each) for each in articles})
    kept: set[int] = set()

    def fits(place: int) -> bool:
        proof = described.proofs[place].evidence
        if not proof.text:  # an adopted release had no room for it
            return False
        own = articles.get(proof.article_id, QuotedArticle(0, reserved=True))
        together = _joined([*spans[proof.article_id], (proof.start, proof.end)])
        cost = _size(together)
        if cost > _size(spans[proof.article_id]) and cost > budget.of(own.length, reserved=own.reserved):
            return False
        spans[proof.article_id] = together
        kept.add(place)
        return True

    waiting = [iter(places) for places in _by_field(described.proofs)]
    while waiting:  # one more quote of each field in turn, the next best where one is too long
        waiting = [each for each in waiting if any(map(fits, each))]
    for each in articles:
        quoted.put(each, spans[each])
    proofs = tuple(replace(each, withheld=place not in kept) for place, each in enumerate(described.proofs))
    line = tuple(_event(each, proofs) for each in described.record.life_line)
    return replace(described, record=replace(described.record, life_line=line), proofs=proofs)


def _by_field(proofs: tuple[ProvedField, ...]) -> Iterator[list[int]]:
    """The places of each field's proofs, best first: each value once before any value a second time."""
    for name in FieldName:
        by_value: dict[str, list[int]] = defaultdict(list)
        for place, each in enumerate(proofs):
            if each.evidence.field is name:
                by_value[each.evidence.value].append(place)
        ranked = [sorted(places, key=lambda place: _rank(proofs[place])) for _, places in sorted(by_value.items())]
        yield [place for places in zip_longest(*ranked) for place in places if place is not None]


def _rank(proof: ProvedField) -> tuple[object, ...]:
    """Statements by a named side first, then the shortest; the rest makes the order the same every time."""
    own = proof.evidence
    return not own.said_by, own.end - own.start, proof.url, own.start


def _event(event: LifeEvent, proofs: Iterable[ProvedField]) -> LifeEvent:
    """The event, without its quote unless that is quoted as evidence."""
    if not event.quote or any(each.url == event.url and event.quote in each.text for each in proofs):
        return event
    return replace(event, quote="")


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same characters in spans that do not overlap."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def _size(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)
