"""Shows analysts where the second reader differs from a candidate, in words, with quotes."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from offing.model.projects.project import grouped
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import edited_fields
from offing.model.review.second_reader import ReaderDifference, StoredOpinion
from offing.review import country_name
from offing.second import compare
from offing.services.review.decisions import QueueItem, items_of
from offing.store.candidates.second_reader import opinions_on
from offing.store.database.engine import Database

_WAITS = {CandidateState.OPEN, CandidateState.DEFERRED}
_WORDS = {FieldName.SECTOR, FieldName.STATUS, FieldName.RECORD_TYPE, FieldName.MODE, FieldName.CONCERNS}
_NUMBERS = {FieldName.AMOUNTS, FieldName.QUANTITIES}


@dataclass(frozen=True, slots=True)
class ReaderValue:
    """A value as shown and as it would be typed, with the second reader's quote if the value is its own."""

    shown: str
    typed: str
    proof: Evidence | None = None


@dataclass(frozen=True, slots=True)
class FieldDoubt:
    """A field on which the second reader differs: our values that it contests, and its own."""

    field: FieldName
    ours: tuple[ReaderValue, ...]
    theirs: tuple[ReaderValue, ...]


@dataclass(frozen=True, slots=True)
class SecondView:
    """The second reader's opinion of a candidate; `finds_none`: it finds no such project in the article."""

    model: str
    at: datetime
    agreed: tuple[FieldName, ...] = ()
    doubts: tuple[FieldDoubt, ...] = ()
    finds_none: bool = False

    def of(self, field: FieldName) -> FieldDoubt | None:
        """Return the doubt about a field, or None."""
        return next((each for each in self.doubts if each.field is field), None)


def second_view(item: QueueItem) -> SecondView | None:
    """Return the second reader's opinion of a waiting candidate; None if it was not asked or its answer has none.

    It is compared with the current values: fields that a person has set are not doubted.
    """
    if item.candidate.state not in _WAITS:
        return None
    for held in item.opinions:
        if held.opinion:
            return _compared(item, held)
    found = next((held for held in item.opinions if held.finds_none), None)
    return SecondView(found.model, found.at, finds_none=True) if found else None


def differing(database: Database, ids: Collection[int]) -> dict[int, SecondView]:
    """Return the views of those candidates on which the second reader differs, by id."""
    with database.read() as conn:
        held = opinions_on(conn, ids)
        items = items_of(conn, tuple(held)) if held else ()
    views = {each.candidate.id: second_view(replace(each, opinions=held[each.candidate.id])) for each in items}
    return {number: view for number, view in views.items() if view and (view.doubts or view.finds_none)}


def _compared(item: QueueItem, held: StoredOpinion) -> SecondView:
    assert held.opinion is not None
    found, edited = compare(item.facts, held.opinion), edited_fields(item.decisions)
    open_to_doubt = (each for each in found.differences if each.field.value not in edited)
    own = (_own(item, each, held.article_id) for each in open_to_doubt)
    doubts = tuple(_doubt(each) for each in own if each.ours or each.theirs)
    return SecondView(held.model, held.at, found.agreed, doubts)


def _own(item: QueueItem, difference: ReaderDifference, article_id: int) -> ReaderDifference:
    """Return a difference without our values that come from other articles: the second reader has read only one."""
    proved = {p.value for p in item.candidate.evidence if p.field is difference.field and p.article_id == article_id}
    if len(item.candidate.articles) == 1:
        return difference
    quoted_values = tuple(typed for typed in difference.ours if any(typed.startswith(value) for value in proved))
    return replace(difference, ours=quoted_values)


def _doubt(difference: ReaderDifference) -> FieldDoubt:
    field = difference.field
    ours = tuple(ReaderValue(_shown(field, typed), typed) for typed in difference.ours)
    theirs = tuple(ReaderValue(_shown(field, each.typed), each.typed, each.proof) for each in difference.theirs)
    return FieldDoubt(field, ours, theirs)


def _shown(field: FieldName, typed: str) -> str:
    if field is FieldName.COUNTRIES:
        return f"{country_name(typed)} ({typed})"
    if field is FieldName.FIRMS:
        name, _, role = typed.rpartition(":")
        return f"{name}, {role}"
    if field in _NUMBERS:
        return grouped(typed)
    return typed.replace("-", " ") if field in _WORDS and typed != "e-government" else typed


def second_lines(view: SecondView) -> Iterator[str]:
    """Yield the opinion as lines for a terminal."""
    if view.finds_none:
        yield "finds no such project in the article"
    if view.agreed:
        yield f"says the same: {', '.join(field.replace('_', ' ') for field in view.agreed)}"
    for doubt in view.doubts:
        yield f"{doubt.field.replace('_', ' ')}: {_line(doubt)}"


def _line(doubt: FieldDoubt) -> str:
    ours = ", ".join(each.shown for each in doubt.ours)
    theirs = "; ".join(f"{each.shown} “{' '.join(each.proof.text.split())}”" for each in doubt.theirs if each.proof)
    return f"not {ours}, but {theirs}" if ours and theirs else theirs or f"does not tell {ours}"
