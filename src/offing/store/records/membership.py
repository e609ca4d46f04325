"""Which record a candidate is part of: that to which it was linked or split off, followed through merges in force.

A candidate stays linked to its original record whatever is merged or split; a merge is one row that leads to another, a
split a row for each candidate that it moved. So neither changes a link, and undoing one, in any order, also moves back
everything that came with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime

import sqlalchemy as sa

from offing.model.review.candidate import CandidateState
from offing.store.database.batch import each_once, parts
from offing.store.records.record_change import leave_splits, splits_in_force
from offing.store.tables import candidate, project, project_candidate, split_candidate


def redirects(conn: sa.Connection) -> dict[str, str]:
    """Return which record each merged one was merged into."""
    chosen = sa.select(project.c.id, project.c.redirects_to).where(project.c.redirects_to.is_not(None))
    return {row.id: row.redirects_to for row in conn.execute(chosen)}


def redirects_to(conn: sa.Connection, ids: Iterable[str]) -> dict[str, str]:
    """Return which record each was merged into, of those alone that lead to some records."""
    found: dict[str, str] = {}
    fresh = set(ids)
    while fresh:
        chosen = sa.select(project.c.id, project.c.redirects_to)
        parts_of_fresh = (chosen.where(project.c.redirects_to.in_(some)) for some in each_once(fresh))
        above = {row.id: row.redirects_to for each in parts_of_fresh for row in conn.execute(each)}
        fresh = above.keys() - found.keys()
        found |= above
    return found


def path_of(project_id: str, merged: Mapping[str, str]) -> Iterator[str]:
    """Yield a record and its successive merge targets; the last of them is not merged.

    Each is yielded once, even if a damaged database contains a cycle.
    """
    seen = {project_id}
    yield project_id
    while (project_id := merged.get(project_id, project_id)) not in seen:
        seen.add(project_id)
        yield project_id


def home_of(project_id: str, merged: Mapping[str, str]) -> str:
    """Return the id to which another leads after all merges."""
    return list(path_of(project_id, merged))[-1]


def came_to(conn: sa.Connection, candidate_ids: Iterable[int]) -> dict[int, str]:
    """Return the records that some candidates are linked to or were split off into, before merges.

    Candidates linked to none are left out.
    """
    found: dict[int, str] = {}
    for some in each_once(candidate_ids):
        chosen = sa.select(project_candidate, split_candidate.c.project_id.label("split_to"))
        joined = chosen.outerjoin(split_candidate, split_candidate.c.candidate_id == project_candidate.c.candidate_id)
        wanted = joined.where(project_candidate.c.candidate_id.in_(some)).order_by(split_candidate.c.change_id)
        found |= {row.candidate_id: row.split_to or row.project_id for row in conn.execute(wanted)}
    return found


def project_of(conn: sa.Connection, candidate_id: int) -> str | None:
    """Return the id of the record that a candidate is part of, after all merges."""
    found = came_to(conn, (candidate_id,)).get(candidate_id)
    return found and home_of(found, redirects(conn))


def members(conn: sa.Connection, ids: Collection[str]) -> dict[str, tuple[int, ...]]:
    """Return the candidates of some records, with those of the records merged into them.

    Works for merged records too.
    """
    above = leading_to(ids, redirects_to(conn, ids))
    found: dict[str, list[int]] = defaultdict(list)
    for number, own in linked_to(conn, above):
        for each in above.get(own, ()):
            found[each].append(number)
    return {each: tuple(sorted(found[each])) for each in set(ids)}


def leading_to(ids: Collection[str], merged: Mapping[str, str]) -> dict[str, set[str]]:
    """Return each of some records, and each merged one that leads to any of them, with those to which it leads."""
    wanted = set(ids)
    above = {each: wanted.intersection(path_of(each, merged)) for each in {*wanted, *merged}}
    return {each: leads for each, leads in above.items() if leads}


def linked_to(conn: sa.Connection, ids: Collection[str]) -> Iterator[tuple[int, str]]:
    """Yield the candidates linked to some records or split off into them, each with that record, before merges."""
    split = splits_in_force(conn)
    yield from ((number, own) for number, own in split.items() if own in ids)
    for some in parts(sorted(ids)):
        for row in conn.execute(sa.select(project_candidate).where(project_candidate.c.project_id.in_(some))):
            if row.candidate_id not in split:
                yield row.candidate_id, row.project_id


def made_of_only(conn: sa.Connection, candidate_ids: Collection[int]) -> tuple[str, ...]:
    """Return the records whose candidates are all among these."""
    merged = redirects(conn)
    homes = {each for own in came_to(conn, candidate_ids).values() for each in path_of(own, merged)}
    return tuple(sorted(each for each, own in members(conn, homes).items() if set(own) <= set(candidate_ids)))


def made_of_any(conn: sa.Connection, candidate_ids: Collection[int]) -> frozenset[str]:
    """Return the ids, merged ones too, of the records that have any of some candidates."""
    merged = redirects(conn)
    homes = {each for own in came_to(conn, candidate_ids).values() for each in path_of(own, merged)}
    return frozenset(homes | {each for each in merged if home_of(each, merged) in homes})


def link(conn: sa.Connection, project_id: str, candidate_ids: Iterable[int], at: datetime) -> None:
    """Link candidates that are part of no record to one."""
    rows = [{"project_id": project_id, "candidate_id": each, "promoted_at": at} for each in candidate_ids]
    if rows:
        conn.execute(sa.insert(project_candidate), rows)


def unlink(conn: sa.Connection, candidate_ids: Collection[int]) -> None:
    """Unlink candidates from their records, which must then be recomposed without them; splits of them end."""
    leave_splits(conn, candidate_ids)
    for some in parts(sorted(candidate_ids)):
        conn.execute(sa.delete(project_candidate).where(project_candidate.c.candidate_id.in_(some)))


def unpromoted(conn: sa.Connection) -> tuple[int, ...]:
    """Return accepted candidates and duplicates that are part of no record yet; accepted ones first, then by id."""
    promoted = sa.exists().where(project_candidate.c.candidate_id == candidate.c.id)
    states = (CandidateState.ACCEPTED, CandidateState.DUPLICATE)
    chosen = sa.select(candidate.c.id).where(candidate.c.state.in_(states), ~promoted)
    doubles = sa.case((candidate.c.state == CandidateState.DUPLICATE, 1), else_=0)
    return tuple(conn.execute(chosen.order_by(doubles, candidate.c.id)).scalars())
