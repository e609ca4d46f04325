"""What keeps an accepted candidate from being promoted by itself at a site: one pair of eyes, or one side alone."""

from __future__ import annotations

from collections.abc import Iterable

import sqlalchemy as sa

from offing.model.projects.promotion import BothSides, Promoter
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Decision, decisions_in_force
from offing.model.values.vocabulary import unheard
from offing.store.candidates.candidate import candidates
from offing.store.candidates.decision import decisions_of
from offing.store.candidates.second_reading import reading_in_force


def unread(conn: sa.Connection, candidate: Candidate, promoter: Promoter, *, named: bool) -> str:
    """Return why a candidate needs a second pair of eyes; empty where it has one, or the site asks for none.

    Args:
        conn: the database.
        candidate: an accepted one, or a duplicate.
        promoter: who promotes, by which rules.
        named: whether that person named it: then they are the second pair, unless they decided on it themselves.
    """
    made = decisions_in_force(decisions_of(conn, (candidate.id,)).get(candidate.id, ()))
    if not promoter.rules.second_pair or not made:
        return ""
    last = made[-1]
    if named and promoter.by not in {"", last.by}:
        return ""
    return (
        ""
        if _agrees(conn, last)
        else f"{last.by} alone decided on it: somebody else reads it, or promotes it by number"
    )


def one_sided(conn: sa.Connection, together: Iterable[int]) -> str:
    """Return which side is quoted nowhere in candidates of one record; empty where both are."""
    return unheard(proof.speaker for each in candidates(conn, sorted(set(together))) for proof in each.evidence)


def blocks(promoter: Promoter, *, named: bool) -> bool:
    """Return whether a candidate with one side alone waits: where the site says so, and nobody named it."""
    return promoter.rules.both_sides is BothSides.BLOCK and not named


def looks(promoter: Promoter) -> bool:
    """Return whether a site looks for both sides at all."""
    return promoter.rules.both_sides is not BothSides.NOTHING


def _agrees(conn: sa.Connection, last: Decision) -> bool:
    """Return whether somebody else read the candidate a second time and judged as its decider did."""
    read = reading_in_force(conn, last.candidate_id)
    return read is not None and read.by != last.by and read.judgement is last.judgement
