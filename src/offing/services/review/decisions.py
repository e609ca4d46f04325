"""Stores reviews: the queue with people's decisions, and each decision in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import sqlalchemy as sa

from offing.config.weights.scoring import shipped_scoring
from offing.errors import Conflict, UnknownItem, UsageError
from offing.model.pairs.pairing import PairDecision, Ref, RefKind
from offing.model.projects.project import ProjectFacts
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Decision, Judgement, Verdict, decisions_in_force, effective_facts
from offing.model.review.queue import DAILY_BUDGET
from offing.model.review.second_reader import StoredOpinion
from offing.model.sources.revision import Revision
from offing.review import DecisionDraft, History, Refusal, judge, repeats_decision
from offing.services.matching.match_rules import changing
from offing.services.records.compose import live
from offing.services.records.derived_again import candidates_changed
from offing.services.review.leases import check_free
from offing.services.review.taking_back import promised, retold, take_back_bonds, unfold
from offing.store.articles.revision import revisions_of
from offing.store.candidates.candidate import NewState, candidates, get_candidate, hold, queued, set_state
from offing.store.candidates.decision import append, by_token, decisions_of, last_standing_by
from offing.store.candidates.lease import release
from offing.store.candidates.second_reader import opinions_of
from offing.store.database.engine import Database
from offing.store.pairs.match_inputs import candidate_places
from offing.store.pairs.pairing import append_pair_decision
from offing.store.records.known_project import get_known
from offing.store.records.membership import redirects
from offing.store.stories.story import live_candidate, lock_stories


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A candidate with the decisions on it. `facts` are the machine's, overlaid with people's corrections.

    `revisions` and `opinions` (of the second reader) are set only where one candidate is shown.
    """

    candidate: Candidate
    facts: ProjectFacts
    decisions: tuple[Decision, ...] = ()
    revisions: tuple[Revision, ...] = ()
    opinions: tuple[StoredOpinion, ...] = ()


def queue(
    database: Database, now: datetime, *, today: bool = False, budget: int = DAILY_BUDGET
) -> tuple[QueueItem, ...]:
    """Return the candidates that wait, best first; with `today`, the day's budget and its audit sample (UTC day)."""
    with database.read() as conn:
        return _items(conn, queued(conn, now, today=now.date().isoformat() if today else None, budget=budget))


def show(database: Database, candidate_id: int) -> QueueItem:
    """Return one candidate with all that a reviewer needs; if stories were joined, the candidate of the joint story.

    Raises:
        UnknownItem: there is no such candidate.
    """
    with database.read() as conn:
        item = _items(conn, (_known(conn, live_candidate(conn, candidate_id)),))[0]
        revisions = revisions_of(conn, (article.article_id for article in item.candidate.articles))
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
        database: where both are stored.
        verdict: what a person requests; a repeated token changes nothing, nor does a repetition of the same person's
            decision from an outdated page.
        now: aware UTC.
        seen: the version of the candidate that the person saw, if known.
        scoring: the rules for rescoring a candidate that an undo makes wait again; by default those that ship.

    Returns:
        The decision as it is stored, also if the same token made it earlier.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: the verdict is not valid; the message says why.
        Conflict: somebody else decided meanwhile, or is looking at it now.
    """
    with changing(database) as conn:
        return decide_within(conn, verdict, now, seen, scoring)


def decide_within(
    conn: sa.Connection, verdict: Verdict, now: datetime, seen: int | None, scoring: ScoringRules | None = None
) -> Decision:
    """`decide` in an open transaction; nothing is written if it raises."""
    _known(conn, verdict.candidate_id)
    lock_stories(conn)  # before the candidate, in the same order as when stories are settled
    hold(conn, verdict.candidate_id)  # before anything is read that another decision could change
    made = _made_already(conn, verdict, seen)
    if made:
        return made
    candidate, draft = _draft(conn, verdict, now, seen)
    before = _compared(conn, candidate)
    made = _save(conn, candidate, draft, verdict.token)
    changed = _taken_back(conn, candidate, made, scoring or shipped_scoring()) if made.undoes else frozenset()
    if candidate.id not in changed:
        candidates_changed(conn, {candidate.id}, now, facts_unchanged=_compared(conn, candidate) == before)
    return made


def _made_already(conn: sa.Connection, verdict: Verdict, seen: int | None) -> Decision | None:
    """Return the decision that a verdict repeats: of the same request, or of the same person on an outdated page.

    Raises:
        Conflict: the request's token made another decision, or one that was taken back since.
    """
    candidate = _known(conn, verdict.candidate_id)
    made = by_token(conn, candidate.id, verdict.token)
    if made is None and seen in {None, candidate.version}:
        return None
    if made and made.judgement is Judgement.UNDO:
        return made
    decisions = decisions_of(conn, (candidate.id,)).get(candidate.id, ())
    stands = decisions_in_force(decisions)
    asked = made or next(reversed(stands), None)
    if asked and repeats_decision(verdict, asked, candidate, decisions):
        return asked
    if made is None:
        return None
    since = "" if made in stands else ", since undone"
    message = f"this form has decided on candidate {candidate.id} already ({made.judgement}{since})"
    raise Conflict(f"{message}; open it again to decide")


def _compared(conn: sa.Connection, candidate: Candidate) -> object:
    """Return what comparisons of a candidate depend on: its corrected facts, and its footing."""
    made = decisions_of(conn, (candidate.id,)).get(candidate.id, ())
    place = candidate_places(conn, (candidate.id,), redirects(conn))[candidate.id]
    return place.footing, effective_facts(candidate.facts, made)


def try_out(database: Database, verdict: Verdict, now: datetime, *, seen: int | None = None) -> None:
    """Check whether a verdict could be given now; nothing is changed.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: the verdict is not valid; the message says why.
        Conflict: somebody else decided meanwhile.
    """
    with database.read() as conn:
        _draft(conn, verdict, now, seen)


def decided_by(database: Database, candidate_id: int, token: str) -> Decision | None:
    """Return the decision on a candidate that a request with this token has made already."""
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
    """Take back the last standing decision on a candidate, whoever made it; without an id, the person's own last one.

    `scoring` are the rules for rescoring the candidate, by default those that ship.

    Raises:
        UnknownItem: there is no such candidate.
        UsageError: there is nothing to take back, a published record would be left with nothing, or somebody decided on
            the candidate since the person did.
    """
    own = None
    if candidate_id is None:
        with database.read() as conn:
            last = last_standing_by(conn, by)
        if last is None:
            raise UsageError(f"{by} has no decision to undo")
        candidate_id, own = last.candidate_id, last.id
    return decide(database, Verdict(candidate_id, Judgement.UNDO, by, reason, undoes=own), now, scoring=scoring)


def items_of(conn: sa.Connection, ids: Iterable[int]) -> tuple[QueueItem, ...]:
    """Return some candidates with the decisions on them, omitting unknown ids."""
    return _items(conn, candidates(conn, ids))


def _items(conn: sa.Connection, found: tuple[Candidate, ...]) -> tuple[QueueItem, ...]:
    made = decisions_of(conn, [candidate.id for candidate in found])
    return tuple(
        QueueItem(each, effective_facts(each.facts, made.get(each.id, ())), made.get(each.id, ())) for each in found
    )


def _known(conn: sa.Connection, candidate_id: int) -> Candidate:
    found = get_candidate(conn, candidate_id)
    if found is None:
        raise UnknownItem(f"there is no candidate {candidate_id}: `offing queue list` shows all")
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


def _check_target(conn: sa.Connection, into: Ref | None) -> None:
    """Check that the item that a candidate is accepted into exists."""
    there: dict[RefKind, Callable[[str], object]] = {
        RefKind.PROJECT: lambda key: live(conn, key),
        RefKind.CANDIDATE: lambda key: key.isdecimal() and get_candidate(conn, int(key)),
        RefKind.KNOWN: lambda key: get_known(conn, key),
    }
    if into is not None and not (into.kind in there and there[into.kind](into.key)):
        raise UnknownItem(f"there is no {into}, to which the candidate could belong")


def _save(conn: sa.Connection, candidate: Candidate, draft: DecisionDraft, token: str | None) -> Decision:
    new = NewState(draft.state, draft.defer_until, draft.duplicate_of)
    set_state(conn, candidate.id, candidate.version, new)
    release(conn, candidate.id, draft.decision.by)
    made = append(conn, draft.decision, token)
    mine = Ref.candidate(candidate.id)
    for other, bond in draft.bonds:
        append_pair_decision(conn, PairDecision(0, mine, other, bond, made.by, made.at, made.reason))
    return made


def _taken_back(conn: sa.Connection, candidate: Candidate, made: Decision, scoring: ScoringRules) -> frozenset[int]:
    """Apply the consequences of an undo; return the candidates that changed."""
    undone = next(each for each in decisions_of(conn, (candidate.id,))[candidate.id] if each.id == made.undoes)
    take_back_bonds(conn, undone, made.by, made.at)
    unfold(conn, made)
    return retold(conn, candidate, made.at, scoring)
