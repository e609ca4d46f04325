"""Pairs of records that matching takes for one project, and that nobody called different."""

from __future__ import annotations

from collections.abc import Iterator

import sqlalchemy as sa

from offing.model.pairs.pairing import Ref, RefKind
from offing.services.matching.equivalents import Equivalents
from offing.store.database.batch import parts
from offing.store.pairs.record_pairs import same_pairs
from offing.store.records.membership import came_to, home_of, redirects
from offing.store.records.project import withdrawn_among

Double = tuple[str, str, float]


def probable_doubles(conn: sa.Connection) -> Iterator[Double]:
    """Yield pairs of live records with the score of their matching, each pair once, in the order of ids.

    What matching said when a candidate came in was stored with it, so nothing is compared again.
    """
    merged, best = redirects(conn), dict[tuple[str, str], float]()
    for some in parts(same_pairs(conn)):
        numbers = {int(ref.key) for pair in some for ref in pair[:2] if ref.kind is RefKind.CANDIDATE}
        homes = {number: home_of(own, merged) for number, own in came_to(conn, numbers).items()}
        bonds = Equivalents(conn, {ref for pair in some for ref in pair[:2]}, merged).bonds
        for one, other, score in some:
            records = tuple(sorted(filter(None, (_record(one, homes, merged), _record(other, homes, merged)))))
            if len(set(records)) == 2 and bonds.relation(one, other) is None:  # noqa: PLR2004 -- a pair
                pair = records[0], records[1]
                best[pair] = max(score, best.get(pair, 0.0))
    gone = withdrawn_among(conn, {each for pair in best for each in pair})
    yield from ((*pair, best[pair]) for pair in sorted(best) if not gone.intersection(pair))


def _record(ref: Ref, homes: dict[int, str], merged: dict[str, str]) -> str:
    if ref.kind is RefKind.PROJECT:
        return home_of(ref.key, merged)
    return homes.get(int(ref.key), "") if ref.kind is RefKind.CANDIDATE else ""
