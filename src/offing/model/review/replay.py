"""What other rules would make of articles that were read before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

MARGIN = 0.05  # scores that differ by less are the same to a reader of the queue


class Difference(StrEnum):
    """How the result of an article differs.

    new       a candidate now; there was none, or it was below the cut
    gone      below the cut now
    changed   other values
    moved     another score, by `MARGIN` or more
    """

    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"
    MOVED = "moved"


class Standing(StrEnum):
    """Who has dealt with the candidate of an article so far.

    waiting     nobody
    decided     a person decided on it
    published   it is part of a record that a release has
    """

    WAITING = "waiting"
    DECIDED = "decided"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Replayed:
    """An article whose result differs.

    Args:
        article_id: its id.
        url: its address.
        title: its headline.
        difference: how the result differs.
        before: the best score that is stored; None where nothing was proposed.
        after: the best score now.
        fields: whose values differ.
        candidate_ids: candidates that it stands behind.
        standing: the furthest that one of them has come.
        project_ids: the records that they are part of.
    """

    article_id: int
    url: str
    title: str
    difference: Difference
    before: float | None
    after: float
    fields: tuple[str, ...] = ()
    candidate_ids: tuple[int, ...] = ()
    standing: Standing = Standing.WAITING
    project_ids: tuple[str, ...] = ()


def difference_of(before: float | None, after: float, cut: float, fields: Iterable[str]) -> Difference | None:
    """Return how a result differs; None for one that no reader of the queue would notice.

    Args:
        before: the best score that is stored.
        after: the best score now.
        cut: the score from which a candidate is shown.
        fields: whose values differ.
    """
    was, now = before is not None and before >= cut, after >= cut
    if was != now:
        return Difference.NEW if now else Difference.GONE
    if not now:
        return None
    if tuple(fields):
        return Difference.CHANGED
    return Difference.MOVED if before is not None and abs(after - before) >= MARGIN else None
