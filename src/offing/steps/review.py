"""Review meets the store: the queue with what people said so far, and decisions in one transaction each."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from offing.config.scoring import shipped_scoring
from offing.errors import Conflict, UnknownItem, UsageError
from offing.model.candidate import Candidate
from offing.model.decision import Decision, Judgement, Verdict, effective_facts, standing
from offing.model.pairing import PairDecision, Thing, ThingKind
from offing.model.project import ProjectFacts
from offing.model.queue import DAILY_BUDGET
from offing.model.revision import Revision
from offing.model.rules import ScoringRules
from offing.model.second import StoredOpinion
from offing.review import DecisionDraft, History, Refusal, judge, says_again
from offing.steps.changed import candidates_changed
from offing.steps.judging import changing
from offing.steps.leases import check_free
from offing.steps.records import live
from offing.steps.taking_back import promised, retold, take_back_bonds, unfold
from offing.store.candidate import NewState, candidates, get_candidate, hold, queued, set_state
from offing.store.decision import append, by_token, decisions_of, last_standing_by
from offing.store.engine import Database
from offing.store.known import get_known
from offing.store.lease import release
from offing.store.matching import candidate_places
from offing.store.membership import redirects
from offing.store.pairing import append_pair_decision
from offing.store.revision import revisions_of
from offing.store.second import opinions_of
from offing.store.story import live_candidate, lock_stories


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A candidate with the decisions on it. `facts` are the machine's with people's corrections laid over.

    `revisions` and `opinions` (of the second reader) are there where one candidate is shown.
    """

    candidate: Candidate
    facts: ProjectFacts
    decisions: tuple[Decision, ...] = ()
    revisions: tuple[Revision, ...] = ()
    opinions: tuple[StoredOpinion, ...] = ()


def queue(
    database: Database, now: datetime, *, today: bool = False, budget: int = DAILY_BUDGET
) -> tuple[QueueItem, ...]:
    """What waits for a decision, best first; with `today` the day's budget and its audit sample (UTC day)."""
    with database.read() as conn:
        return _items(conn, queued(conn, now, today=now.date().isoformat() if today else None, budget=budget))


def show(database: Database, candidate_id: int) -> QueueItem:
    """One candidate with everything that a reviewer needs; the one that stands for it, where stories became one.

    Raises:
        UnknownItem: there is no such candidate.
    """
    with database.read() as conn:
        item = _items(conn, (_known(conn, live_candidate(conn, candidate_id)),))[0]
        revisions = revisions_of(conn, (told.article_id for told in item.candidate.articles))
        return replace(item, revisions=revisions, opinions=opinions_of(conn, item.candidate.story_id))


def decide(
    database: Database,
    verdict: Verdict,
    now: datetime,
    *,
    seen: int | None = None,
    scoring: ScoringRules | None = None,
) -> Decision:
    """Append a decision and move the candidate, in one transaction.

    Args:
        database: where both stand.
        verdict: what a person asks for; one with a token that was seen before changes nothing, and neither does what
            the same person said already, sent from a page that was older.
        now: aware UTC.
        seen: the version of the candidate that the person looked at, where known.
        scoring: the rules by which a candidate is scored anew that an undo lets wait again; by default as they ship.

    Returns:
        The decision as it is stored, also when the same token made it earlier.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: the verdict cannot stand; the message says why.
        Conflict: somebody else decided meanwhile, or looks at it now.
    """
    with changing(database) as conn:
        return decide_within(conn, verdict, now, seen, scoring)


def decide_within(
    conn: sa.Connection, verdict: Verdict, now: datetime, seen: int | None, scoring: ScoringRules | None = None
) -> Decision:
    """`decide` in a transaction that is open already; nothing is written where it raises."""
    _known(conn, verdict.candidate_id)
    lock_stories(conn)  # before the candidate, as whoever settles stories does
    hold(conn, verdict.candidate_id)  # before anything is read that another decision could change
    made = _made_already(conn, verdict, seen)
    if made:
        return made
    candidate, draft = _draft(conn, verdict, now, seen)
    before = _told(conn, candidate)
    made = _save(conn, candidate, draft, verdict.token)
    changed = _taken_back(conn, candidate, made, scoring or shipped_scoring()) if made.undoes else frozenset()
    if candidate.id not in changed:
        candidates_changed(conn, {candidate.id}, now, as_told=_told(conn, candidate) == before)
    return made


def _made_already(conn: sa.Connection, verdict: Verdict, seen: int | None) -> Decision | None:
    """The decision of which a verdict is an echo: of the same request, or of the same person on a page that is older.

    Raises:
        Conflict: the request's mark made another decision, or one that was taken back since.
    """
    candidate = _known(conn, verdict.candidate_id)
    made = by_token(conn, candidate.id, verdict.token)
    if made is None and seen in {None, candidate.version}:
        return None
    if made and made.judgement is Judgement.UNDO:
        return made
    decisions = decisions_of(conn, (candidate.id,)).get(candidate.id, ())
    stands = standing(decisions)
    asked = made or next(reversed(stands), None)
    if asked and says_again(verdict, asked, candidate, decisions):
        return asked
    if made is None:
        return None
    since = "" if made in stands else ", taken back since"
    said = f"this form has decided on candidate {candidate.id} already ({made.judgement}{since})"
    raise Conflict(f"{said}: open it again to decide anew")


def _told(conn: sa.Connection, candidate: Candidate) -> object:
    """What a candidate says with people's corrections, and what of where it stands counts where it is compared."""
    made = decisions_of(conn, (candidate.id,)).get(candidate.id, ())
    place = candidate_places(conn, (candidate.id,), redirects(conn))[candidate.id]
    return place.footing, effective_facts(candidate.facts, made)


def try_out(database: Database, verdict: Verdict, now: datetime, *, seen: int | None = None) -> None:
    """See whether a verdict could be given now; nothing is changed.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: the verdict cannot stand; the message says why.
        Conflict: somebody else decided meanwhile.
    """
    with database.read() as conn:
        _draft(conn, verdict, now, seen)


def decided_by(database: Database, candidate_id: int, token: str) -> Decision | None:
    """The decision that a request with this token has made on a candidate already."""
    with database.read() as conn:
        return by_token(conn, candidate_id, token)


def undo(  # noqa: PLR0913 -- what a person says, and the rules beside it
    database: Database,
    by: str,
    now: datetime,
    *,
    candidate_id: int | None = None,
    reason: str = "",
    scoring: ScoringRules | None = None,
) -> Decision:
    """Take back the last standing decision on a candidate, whoever made it, or without one the person's own last one.

    `scoring` are the rules by which the candidate is scored anew, by default as they ship.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: there is nothing to take back, a published record would be left with nothing, or somebody decided
            on the candidate since the person did.
    """
    own = None
    if candidate_id is None:
        with database.read() as conn:
            last = last_standing_by(conn, by)
        if last is None:
            raise UsageError(f"{by} has made no decision that still stands")
        candidate_id, own = last.candidate_id, last.id
    return decide(database, Verdict(candidate_id, Judgement.UNDO, by, reason, undoes=own), now, scoring=scoring)


def items_of(conn: sa.Connection, ids: Iterable[int]) -> tuple[QueueItem, ...]:
    """Some candidates with the decisions on them; those that are not there are left out."""
    return _items(conn, candidates(conn, ids))


def _items(conn: sa.Connection, found: tuple[Candidate, ...]) -> tuple[QueueItem, ...]:
    made = decisions_of(conn, [candidate.id for candidate in found])
    return tuple(
        QueueItem(each, effective_facts(each.facts, made.get(each.id, ())), made.get(each.id, ())) for each in found
    )


def _known(conn: sa.Connection, candidate_id: int) -> Candidate:
    found = get_candidate(conn, candidate_id)
    if found is None:
        raise UnknownItem(f"there is no candidate {candidate_id}: `offing queue list` shows which there are")
    return found


def _draft(conn: sa.Connection, verdict: Verdict, now: datetime, seen: int | None) -> tuple[Candidate, DecisionDraft]:
    candidate = _known(conn, verdict.candidate_id)
    if seen is not None and seen != candidate.version:
        raise Conflict(f"candidate {candidate.id} was changed meanwhile: look at it again before you decide")
    if verdict.judgement is not Judgement.UNDO:
        check_free(conn, candidate.id, verdict.by, now)
    _check_target(conn, verdict.into)
    draft = judge(candidate, verdict, now, _history(conn, verdict))
    if isinstance(draft, Refusal):
        raise UsageError(draft.reason)
    return candidate, draft


def _history(conn: sa.Connection, verdict: Verdict) -> History:
    other = candidates(conn, () if verdict.duplicate_of is None else (verdict.duplicate_of,))
    return History(
        decisions=decisions_of(conn, (verdict.candidate_id,)).get(verdict.candidate_id, ()),
        other=other[0] if other else None,
        promised=promised(conn, verdict.candidate_id) if verdict.judgement is Judgement.UNDO else None,
    )


def _check_target(conn: sa.Connection, into: Thing | None) -> None:
    """Make sure that what a candidate is accepted into is there."""
    there: dict[ThingKind, Callable[[str], object]] = {
        ThingKind.PROJECT: lambda key: live(conn, key),
        ThingKind.CANDIDATE: lambda key: key.isdecimal() and get_candidate(conn, int(key)),
        ThingKind.KNOWN: lambda key: get_known(conn, key),
    }
    if into is not None and not (into.kind in there and there[into.kind](into.key)):
        raise UnknownItem(f"there is no {into}, to which the candidate could belong")


def _save(conn: sa.Connection, candidate: Candidate, draft: DecisionDraft, token: str | None) -> Decision:
    new = NewState(draft.state, draft.defer_until, draft.duplicate_of)
    set_state(conn, candidate.id, candidate.version, new)
    release(conn, candidate.id, draft.decision.by)
    made = append(conn, draft.decision, token)
    mine = Thing(ThingKind.CANDIDATE, str(candidate.id))
    for other, bond in draft.bonds:
        append_pair_decision(conn, PairDecision(0, mine, other, bond, made.by, made.at, made.reason))
    return made


def _taken_back(conn: sa.Connection, candidate: Candidate, made: Decision, scoring: ScoringRules) -> frozenset[int]:
    """What follows where a decision was taken back; the candidates that changed by it."""
    undone = next(each for each in decisions_of(conn, (candidate.id,))[candidate.id] if each.id == made.undoes)
    take_back_bonds(conn, undone, made.by, made.at)
    unfold(conn, candidate.id, made.at)
    return retold(conn, candidate, made.at, scoring)
