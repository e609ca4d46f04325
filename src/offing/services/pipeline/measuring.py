"""Measures candidates: newest day, largest sum in dollars and doubts, by which the queue is sorted and narrowed.

A change of a candidate deletes its figures. They are measured again here: at the end of a run, and before a filter
needs them, so that a filter is right however a candidate was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal
from functools import cache

import sqlalchemy as sa

from offing.config.files.layers import Layers
from offing.config.sites.rates import load_rates
from offing.model.reading.mention import Mention
from offing.model.review.candidate import CandidateState
from offing.model.review.second_reader import StoredOpinion
from offing.rates import Converter
from offing.services.matching.conversions import day_of
from offing.services.matching.dollars import dollars_by
from offing.services.review.decisions import QueueItem, items_of
from offing.services.second_reader.differences import second_view
from offing.services.views.actors import Register
from offing.services.views.pointers import pointers
from offing.store.articles.article import mentions_of
from offing.store.candidates.figure import CandidateFigures, keep_figures, lock_unmeasured, unmeasured
from offing.store.candidates.second_reader import opinions_on
from offing.store.database.engine import Database

BATCH = 100  # candidates in one transaction
_WAITS = {CandidateState.OPEN, CandidateState.DEFERRED}


def measure(database: Database, known: Register) -> int:
    """Measure the candidates that have no figures; return how many. Can be broken off at any time.

    Args:
        database: where candidates are stored.
        known: the firms and lenders of the lexicon, for the owners of firms.
    """
    with database.read() as conn:
        left = bool(unmeasured(conn, 1))
    done = 0
    while left:
        with database.write() as conn:
            ids = lock_unmeasured(conn, BATCH)
            _measure(conn, items_of(conn, ids), known)
        done, left = done + len(ids), len(ids) == BATCH
    return done


def _measure(conn: sa.Connection, items: tuple[QueueItem, ...], known: Register) -> None:
    waiting = [item for item in items if item.candidate.state in _WAITS]
    mentions = mentions_of(conn, {proof.article_id for item in waiting for proof in item.candidate.evidence})
    opinions = opinions_on(conn, [item.candidate.id for item in waiting])
    figures = {
        each.candidate.id: _figures(each, mentions, opinions.get(each.candidate.id, ()), known) for each in items
    }
    keep_figures(conn, figures)


def _figures(
    item: QueueItem, mentions: Mapping[int, tuple[Mention, ...]], opinions: tuple[StoredOpinion, ...], known: Register
) -> CandidateFigures:
    candidate = item.candidate
    days = [article.published for article in candidate.articles if article.published]
    seen = second_view(replace(item, opinions=opinions)) if opinions else None
    return CandidateFigures(
        newest=max(0, int(max(days).timestamp())) if days else 0,
        usd=max(_dollars(item), default=0.0),
        quote_doubt=bool(pointers(item, mentions, known)),
        second_doubt=bool(seen and (seen.doubts or seen.finds_none)),
        outlet_doubt=candidate.state in _WAITS and bool(candidate.contrasts),
    )


def _dollars(item: QueueItem) -> Iterator[float]:
    """Yield the sums of a candidate in dollars, at the rate of its first article's day."""
    day = day_of(item.candidate.articles) or item.candidate.created_at.astimezone(UTC).date()
    for amount in item.facts.amounts:
        worth = float(amount.value) if amount.currency == "USD" else _worth()(amount.value, amount.currency, day)
        if worth:
            yield worth


@cache
def _worth() -> Callable[[Decimal, str, date], float | None]:
    return dollars_by(Converter(load_rates(Layers.of(None))))
