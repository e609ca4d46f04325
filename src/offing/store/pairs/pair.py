"""Matching results for candidates and known items, and what candidates update."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

import sqlalchemy as sa

from offing.model.operation.run import Stamp
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Pair, Ref, RefKind
from offing.model.review.candidate import CandidateKind
from offing.store.database.batch import each_once
from offing.store.pairs.match_inputs import UNDECIDED, CandidatePlace
from offing.store.records.membership import came_to, home_of, linked_to, redirects
from offing.store.tables import candidate, pair

_KNOWN = f"{RefKind.KNOWN}:"


def pairs_of(conn: sa.Connection, candidate_id: int) -> tuple[Pair, ...]:
    """Return the pairs of a candidate, most likely first; a paired candidate in a record appears as that record."""
    return pairs_by(conn, (candidate_id,), redirects(conn)).get(candidate_id, ())


def pairs_by(conn: sa.Connection, ids: Collection[int], merged: Mapping[str, str]) -> dict[int, tuple[Pair, ...]]:
    """Return the pairs of some candidates, as `pairs_of` returns them.

    `merged` maps merged records to their targets.
    """
    chosen = sa.select(pair).order_by(pair.c.score.desc(), pair.c.id)
    rows = [row for part in each_once(ids) for row in conn.execute(chosen.where(pair.c.candidate_id.in_(part)))]
    refs = {row.target: Ref.parse(row.target) for row in rows}
    numbers = {int(ref.key) for ref in refs.values() if ref.kind is RefKind.CANDIDATE}
    records = _records(conn, numbers, merged)
    found: dict[int, dict[Ref, Pair]] = defaultdict(dict)
    for row in rows:
        target = records.get(refs[row.target], refs[row.target])
        made = Pair(row.candidate_id, target, Relation(row.relation), row.score, tuple(row.reasons))
        found[row.candidate_id].setdefault(target, made)
    return {number: tuple(each.values()) for number, each in found.items()}


def pairs_with_known(conn: sa.Connection, ids: Collection[int]) -> tuple[Pair, ...]:
    """Return the pairs of some candidates with projects of other bases."""
    chosen = sa.select(pair).where(pair.c.target.startswith(_KNOWN, autoescape=True)).order_by(pair.c.id)
    rows = (row for part in each_once(ids) for row in conn.execute(chosen.where(pair.c.candidate_id.in_(part))))
    return tuple(
        Pair(row.candidate_id, Ref.parse(row.target), Relation(row.relation), row.score, tuple(row.reasons))
        for row in rows
    )


def first_of_records(conn: sa.Connection, refs: Iterable[str]) -> frozenset[int]:
    """Return the first candidate of each record among some items written as `project:…`."""
    records = [ref.key for ref in map(Ref.parse, refs) if ref.kind is RefKind.PROJECT]
    first: dict[str, int] = {}
    for number, record in linked_to(conn, frozenset(records)):
        first[record] = min(number, first.get(record, number))
    return frozenset(first.values())


def _records(conn: sa.Connection, ids: Collection[int], merged: Mapping[str, str]) -> dict[Ref, Ref]:
    own = came_to(conn, ids)
    return {Ref.candidate(number): Ref.project(home_of(each, merged)) for number, each in own.items()}


def paired_among(conn: sa.Connection, mine: int) -> tuple[frozenset[int], frozenset[Ref]]:
    """Return the candidates paired with one, on either side, and the projects of other bases paired with it."""
    targets = [
        Ref.parse(each) for each in conn.execute(sa.select(pair.c.target).where(pair.c.candidate_id == mine)).scalars()
    ]
    sources = conn.execute(sa.select(pair.c.candidate_id).where(pair.c.target == str(Ref.candidate(mine)))).scalars()
    candidates = {int(ref.key) for ref in targets if ref.kind is RefKind.CANDIDATE}
    return frozenset({*sources} | candidates), frozenset(each for each in targets if each.kind is RefKind.KNOWN)


def keep_pairs(conn: sa.Connection, mine: int, compared: Collection[int], pairs: Iterable[Pair], stamp: Stamp) -> None:
    """Replace a candidate's pairs with known projects, and with the candidates it was compared with, on either side.

    Args:
        conn: a transaction that may write.
        mine: the candidate.
        compared: the other candidates; pairs with any other stay as they are.
        pairs: the result.
        stamp: who compared, and when.
    """
    own = pair.c.candidate_id == mine
    conn.execute(sa.delete(pair).where(own, pair.c.target.startswith(_KNOWN, autoescape=True)))
    for part in each_once(compared):
        conn.execute(sa.delete(pair).where(own, pair.c.target.in_([str(Ref.candidate(each)) for each in part])))
        conn.execute(sa.delete(pair).where(pair.c.candidate_id.in_(part), pair.c.target == str(Ref.candidate(mine))))
    rows = [
        {
            "candidate_id": each.candidate_id,
            "target": str(each.target),
            "relation": each.relation,
            "score": each.score,
            "reasons": list(each.reasons),
            "at": stamp.at,
            "produced_by": stamp.by,
        }
        for each in pairs
    ]
    if rows:
        conn.execute(sa.insert(pair), rows)


def forget_pairs(conn: sa.Connection, candidate_ids: Collection[int]) -> None:
    """Delete all pairs of some candidates, which have been merged into others."""
    for part in each_once(candidate_ids):
        refs = [str(Ref.candidate(each)) for each in part]
        conn.execute(sa.delete(pair).where(sa.or_(pair.c.candidate_id.in_(part), pair.c.target.in_(refs))))


def paired_with(conn: sa.Connection, refs: Iterable[Ref]) -> frozenset[int]:
    """Return the candidates whose pairs name one of some items, or that are an update of one."""
    found: set[int] = set()
    for part in each_once(map(str, refs)):
        by_pair = sa.select(pair.c.candidate_id).where(pair.c.target.in_(part))
        by_kind = sa.select(candidate.c.id).where(candidate.c.update_of.in_(part))
        found.update(conn.execute(sa.union(by_pair, by_kind)).scalars())
    return frozenset(found)


def set_updates_of(conn: sa.Connection, settled: Mapping[CandidatePlace, Ref | None]) -> None:
    """Write what undecided candidates update; one drawn for an audit stays an audit."""
    alike: dict[tuple[CandidateKind, str | None, int], list[int]] = defaultdict(list)
    for candidate_id, update_of in settled.items():
        kind = CandidateKind.UPDATE if update_of else CandidateKind.NEW
        kind = candidate_id.kind if candidate_id.kind is CandidateKind.AUDIT else kind
        means_more = (candidate_id.update_of is None) != (
            update_of is None
        )  # a record in place of its candidate is no surprise
        alike[kind, str(update_of) if update_of else None, int(means_more)].append(candidate_id.id)
    for (kind, name, raised), ids in alike.items():
        change = sa.update(candidate).values(kind=kind, update_of=name, version=candidate.c.version + raised)
        for part in each_once(ids):
            conn.execute(change.where(candidate.c.id.in_(part), candidate.c.state.in_(UNDECIDED)))
