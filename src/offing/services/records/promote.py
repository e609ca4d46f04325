"""Promotes accepted candidates, each in its own transaction; idempotent."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from offing.errors import Blocked, UnknownItem, UsageError
from offing.model.operation.user import Permission
from offing.model.pairs.pairing import Bond, PairDecision, Ref
from offing.model.projects.project import ProjectRecord
from offing.model.projects.promotion import NOBODY, Promoter
from offing.model.projects.record_change import RecordAction, RecordChange
from offing.model.review.candidate import Candidate
from offing.model.review.decision import decisions_in_force
from offing.promote import project_id
from offing.services.accounts.authors import check_author
from offing.services.matching.update_kinds import settle_kinds
from offing.services.records.compose import composed, live, recompose
from offing.services.records.placement import PROMOTABLE, Alone, Into, Wait, home_for
from offing.services.records.promotion_policy import blocks, looks, one_sided, unread
from offing.services.running.pieces import GoOn, to_the_end
from offing.store.candidates.candidate import candidates, get_candidate, hold, stands_alone
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database
from offing.store.pairs.pairing import append_pair_decision
from offing.store.records.membership import home_of, link, members, project_of, redirects, unpromoted
from offing.store.records.project import insert_project, lock_numbers, next_number
from offing.store.records.record_change import append_change
from offing.store.stories.story import lock_stories


@dataclass(frozen=True, slots=True)
class Promoted:
    """A candidate that became part of a record. `new` is true if the record was made from it.

    `warning` says what the site's rules miss in it.
    """

    candidate_id: int
    project_id: str
    new: bool
    warning: str = ""


def promote_accepted(
    database: Database,
    now: datetime,
    promoter: Promoter = NOBODY,
    on_promoted: Callable[[Promoted], None] = lambda _: None,
    go_on: GoOn = to_the_end,
) -> tuple[Promoted, ...]:
    """Promote all accepted candidates that are in no record yet; duplicates and updates follow what they belong to.

    Candidates that are updates of each other become one record. One that belongs to what is in no record waits
    (`waiting`). A second call has nothing left to do.

    Args:
        database: where the candidates are.
        now: aware UTC.
        promoter: who promotes, and how.
        on_promoted: called with each promoted candidate, once that is written.
        go_on: asked before each candidate; those that are left wait for the next call.

    Raises:
        UsageError: the prefix cannot start an id, or the person may not change records.
    """
    with database.read() as conn:
        _check_promoter(conn, promoter)
        due = unpromoted(conn)
    done: list[Promoted] = []
    while True:  # others may have waited for what was just promoted
        made = []
        for each in (_one(database, number, now, promoter) for number in due if go_on()):
            if each:
                on_promoted(each)
                made.append(each)
        if not made:
            return tuple(done)
        done += made
        promoted = {each.candidate_id for each in made}
        due = tuple(number for number in due if number not in promoted)


def waiting(database: Database, promoter: Promoter = NOBODY) -> tuple[str, ...]:
    """Return a sentence for each accepted candidate that is in no record yet, saying why it waits."""
    with database.read() as conn:
        found = candidates(conn, unpromoted(conn))
        reasons = [(each.id, _waits(conn, each, promoter)) for each in found]
    return tuple(f"candidate {number} waits: {reason}" for number, reason in reasons if reason)


def _waits(conn: sa.Connection, candidate: Candidate, promoter: Promoter) -> str:
    home = home_for(conn, candidate)
    if isinstance(home, Wait):
        return home.reason
    return unread(conn, candidate, promoter, named=False) or (
        _one_sided(conn, candidate, home) if blocks(promoter, named=False) else ""
    )


def _one_sided(conn: sa.Connection, candidate: Candidate, home: Into | Alone) -> str:
    """Return which side no quote has in the record that a candidate would be part of, with all that wait for it."""
    at = home_of(home.project_id, redirects(conn)) if isinstance(home, Into) else ""
    together = (candidate.id, *members(conn, (at,))[at])
    if not one_sided(conn, together):
        return ""
    others = (each for each in candidates(conn, unpromoted(conn)) if each.id != candidate.id)
    homes = ((each.id, home_for(conn, each)) for each in others)
    followers = [number for number, each in homes if isinstance(each, Wait) and each.behind == candidate.id]
    return one_sided(conn, (*together, *followers))


def promote_only(
    database: Database,
    ids: Collection[int],
    now: datetime,
    promoter: Promoter = NOBODY,
    into: str | None = None,
) -> tuple[Promoted, ...]:
    """Promote these accepted candidates, into the named record if there is one; those already promoted are left out.

    An accepted candidate that has to make the record first is promoted with them.

    Raises:
        UnknownItem: there is no such candidate or record.
        UsageError: one is not accepted, is part of another record, or the record is gone; or the person may not change
            records.
        Blocked: one of them, or what has to make the record first, waits for what the site asks for, or for a person.
    """
    with database.read() as conn:
        _check_promoter(conn, promoter)
        target = live(conn, into).id if into else None
        due = dict.fromkeys(number for each in ids for number in _due(conn, each, target))
        _check_eyes(conn, due, promoter)
    done = (_one(database, candidate_id, now, promoter, into or "") for candidate_id in due)
    return tuple(promoted for promoted in done if promoted)


def _check_promoter(conn: sa.Connection, promoter: Promoter) -> None:
    if not promoter.pipeline:
        check_author(conn, promoter.by, Permission.AMEND)


def _check_eyes(conn: sa.Connection, ids: Collection[int], promoter: Promoter) -> None:
    """Check that those who name candidates are a second pair of eyes, where the site asks for one.

    Raises:
        Blocked: they decided on one of them themselves.
    """
    for each in candidates(conn, sorted(ids)):
        if project_of(conn, each.id) is None and (reason := unread(conn, each, promoter, named=True)):
            raise Blocked(f"candidate {each.id} waits: {reason} (second_pair in records.toml)")


def _due(conn: sa.Connection, candidate_id: int, into: str | None) -> tuple[int, ...]:
    """Return what has to be promoted for a candidate's promotion, in this order."""
    candidate = get_candidate(conn, candidate_id)
    if candidate is None:
        raise UnknownItem(f"there is no candidate {candidate_id}")
    part_of = project_of(conn, candidate_id)
    if part_of and into not in {None, part_of}:
        raise UsageError(f"candidate {candidate_id} is part of project {part_of} already")
    if candidate.state not in PROMOTABLE:
        raise UsageError(f"candidate {candidate_id} is {candidate.state}: offing decide {candidate_id} accept")
    home = None if into or part_of else home_for(conn, candidate)
    if not isinstance(home, Wait):
        return (candidate_id,)
    if home.behind is None:
        raise Blocked(f"candidate {candidate_id} waits: {home.reason}")
    return home.behind, candidate_id


def _one(
    database: Database, candidate_id: int, now: datetime, promoter: Promoter, into: str | None = None
) -> Promoted | None:
    """Promote one candidate, unless that has been done meanwhile or it has to wait.

    `into` is None where nobody named the candidate, "" where its home is looked up.
    """
    with database.write() as conn:
        lock_stories(conn)  # updates of this candidate follow its record
        lock_numbers(conn)
        hold(conn, candidate_id)  # its decision cannot be undone during this transaction
        candidate = get_candidate(conn, candidate_id)
        if candidate is None or candidate.state not in PROMOTABLE or project_of(conn, candidate_id):
            return None
        home = _named(conn, into) if into else home_for(conn, candidate)
        if isinstance(home, Wait) or unread(conn, candidate, promoter, named=into is not None):
            return None
        lacks = _one_sided(conn, candidate, home) if looks(promoter) else ""
        if lacks and blocks(promoter, named=into is not None):
            return None
        return replace(_placed(conn, candidate_id, home, now, promoter), warning=lacks)


def _placed(conn: sa.Connection, candidate_id: int, home: Into | Alone, now: datetime, promoter: Promoter) -> Promoted:
    """Put a candidate into its record, or make one of it."""
    if isinstance(home, Into):
        return _joined(conn, candidate_id, home, now, promoter.by)
    given = _begin(conn, candidate_id, now, promoter)
    if home.known:
        _tie(conn, given, home.known, candidate_id)
    else:
        stands_alone(conn, candidate_id)
    settle_kinds(conn, (candidate_id,))
    return Promoted(candidate_id, given, new=True)


def _named(conn: sa.Connection, project_id: str) -> Into:
    live(conn, project_id)  # raises if it is gone
    return Into(project_id)


def _joined(conn: sa.Connection, candidate_id: int, into: Into, now: datetime, by: str) -> Promoted:
    """Add a candidate to an existing record."""
    link(conn, into.project_id, (candidate_id,), now)
    _note(conn, into.project_id, candidate_id, by, now)
    if into.known:
        _tie(conn, into.project_id, into.known, candidate_id)
    elif into.again:
        stands_alone(conn, candidate_id)
    recompose(conn, (into.project_id,), now)
    settle_kinds(conn, (candidate_id,))
    return Promoted(candidate_id, home_of(into.project_id, redirects(conn)), new=False)


def _begin(conn: sa.Connection, candidate_id: int, now: datetime, promoter: Promoter) -> str:
    """Make a record of one candidate; return its id."""
    given = begin(conn, (candidate_id,), now, promoter.prefix)
    _note(conn, given, candidate_id, promoter.by, now)
    return given


def begin(
    conn: sa.Connection, candidate_ids: Collection[int], now: datetime, prefix: str, *, links: bool = True
) -> str:
    """Make a record of candidates under a new id, and return that; requires `lock_numbers`.

    With `links` the candidates are linked to it; without, the caller moves them there.

    Raises:
        UsageError: the prefix cannot start an id.
    """
    number = next_number(conn, now.year)
    try:
        given = project_id(prefix, now.year, number)
    except ValueError as error:
        raise UsageError(str(error)) from error
    made, ids = composed(conn, candidate_ids), tuple(candidate_ids)
    record = ProjectRecord(given, made.facts, made.life_line, ids, now, now, by_hand=made.by_hand)
    insert_project(conn, record, now.year, number, links=links)
    return given


def _note(conn: sa.Connection, given: str, candidate_id: int, by: str, now: datetime) -> None:
    append_change(conn, RecordChange(0, given, RecordAction.PROMOTION, by, now, candidate_ids=(candidate_id,)))


def _tie(conn: sa.Connection, given: str, known: Ref, candidate_id: int) -> None:
    """Store that our record is a project of another base, as the person who accepted its candidate decided."""
    last = decisions_in_force(decisions_of(conn, (candidate_id,))[candidate_id])[-1]
    record = Ref.project(given)
    append_pair_decision(conn, PairDecision(0, record, known, Bond.SAME, last.by, last.at, last.reason))
