"""Doubts about values that the words of their quotes do not state: for one candidate, or a page of the queue."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from offing.model.reading.mention import Mention
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import edited_fields
from offing.review.doubts import Doubt, doubts
from offing.services.review.decisions import QueueItem, items_of
from offing.services.views.actors import Register
from offing.store.articles.article import mentions_of
from offing.store.database.engine import Database

_WAITS = {CandidateState.OPEN, CandidateState.DEFERRED}


def pointers(item: QueueItem, mentions: Mapping[int, tuple[Mention, ...]], known: Register) -> tuple[Doubt, ...]:
    """Return the doubts about values that the machine drew; none about values that people set or decided."""
    if item.candidate.state not in _WAITS:
        return ()
    parents = {each.id: each.parent for each in known.entities.values() if each.parent}
    edited = edited_fields(item.decisions)
    found = doubts(item.facts, item.candidate.evidence, mentions, parents)
    return tuple(doubt for doubt in found if doubt.field.value not in edited)


def pointed(database: Database, ids: Iterable[int], known: Register) -> dict[int, tuple[Doubt, ...]]:
    """Return the doubts about several candidates, by id; only of those that have any."""
    with database.read() as conn:
        items = items_of(conn, tuple(ids))
    return pointed_of(database, items, known)


def pointed_of(database: Database, items: Collection[QueueItem], known: Register) -> dict[int, tuple[Doubt, ...]]:
    """Return the doubts about candidates that are loaded already, by id; only of those that have any."""
    with database.read() as conn:
        proved = {proof.article_id for item in items for proof in item.candidate.evidence}
        mentions = mentions_of(conn, proved)
    found = {item.candidate.id: pointers(item, mentions, known) for item in items}
    return {number: own for number, own in found.items() if own}
