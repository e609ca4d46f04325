"""Many decisions at once: previewed first, made together."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from offing.errors import Conflict, UsageError
from offing.model.projects.project import ProjectFacts
from offing.model.review.candidate import Candidate
from offing.model.review.decision import Decision, Verdict, effective_facts
from offing.review import History, Refusal, judge
from offing.services.review.decisions import QueueItem, decide_within
from offing.store.candidates.candidate import candidates, versions
from offing.store.candidates.decision import decisions_of
from offing.store.database.engine import Database
from offing.store.stories.story import lock_stories

BATCH_MARK = "batch-"  # prefix of a batch's token, which all its decisions carry
LARGEST_BATCH = 500
AT_ONCE = 10  # decisions per transaction: within SQLite's lock timeout, even if each changes many candidates


@dataclass(frozen=True, slots=True)
class Planned:
    """One candidate of a previewed batch, with the reason if it would be left out."""

    item: QueueItem
    title: str
    obstacle: str = ""

    @property
    def candidate_id(self) -> int:
        """The candidate's number."""
        return self.item.candidate.id

    @property
    def version(self) -> int:
        """The version that was shown."""
        return self.item.candidate.version

    @property
    def facts(self) -> ProjectFacts:
        """The candidate's facts, including corrections."""
        return self.item.facts


@dataclass(frozen=True, slots=True)
class BatchResult:
    """The result of a batch: the decisions, and sentences on why some candidates were left out."""

    token: str
    decisions: tuple[Decision, ...]
    left_out: tuple[str, ...]


def new_batch() -> str:
    """Return a new, unique token for a batch."""
    return BATCH_MARK + secrets.token_hex(8)


def plan(
    database: Database, ids: Iterable[int], verdict: Verdict, now: datetime, blind: Collection[int] = ()
) -> tuple[Planned, ...]:
    """Return what a verdict would do to some candidates; nothing is changed.

    Args:
        database: where they are stored.
        ids: the candidates, in the order in which they are shown.
        verdict: requested for all of them; its own candidate is ignored.
        now: aware UTC.
        blind: candidates whose decision the person must not see, since they are to read them a second time.

    Raises:
        UsageError: there are more than `LARGEST_BATCH`.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > LARGEST_BATCH:
        raise UsageError(f"more than {LARGEST_BATCH} candidates: narrow the filter, then decide on all of it")
    with database.read() as conn:
        found, made = candidates(conn, wanted), decisions_of(conn, wanted)
    planned = []
    for each in found:
        own = () if each.id in blind else made.get(each.id, ())
        title = each.facts.title or next((article.title for article in each.articles), "")
        obstacle = _second(each.id) if each.id in blind else _obstacle(each, own, verdict, now)
        planned.append(Planned(QueueItem(each, effective_facts(each.facts, own), own), title, obstacle))
    return tuple(planned)


def _obstacle(found: Candidate, own: tuple[Decision, ...], verdict: Verdict, now: datetime) -> str:
    draft = judge(found, replace(verdict, candidate_id=found.id), now, History(own))
    return draft.reason if isinstance(draft, Refusal) else ""


def _second(candidate_id: int) -> str:
    return f"candidate {candidate_id} waits for your second reading: read it by itself"


def decide_all(
    database: Database, seen: Iterable[tuple[int, int]], verdict: Verdict, now: datetime, blind: Collection[int] = ()
) -> BatchResult:
    """Make a batch of decisions; candidates that changed since they were shown are left out and reported.

    Changes that follow from another decision of the batch count as seen. Each `AT_ONCE` decisions are stored together;
    an interrupted batch is resumed by its token.

    Args:
        database: where they are stored.
        seen: id and version of each candidate as it was shown.
        verdict: requested for all; its token is the batch's and makes the batch idempotent.
        now: aware UTC.
        blind: candidates that the person is to read a second time; they are left out.
    """
    asked, token = dict(seen), verdict.token or new_batch()
    actions = _BulkActions(now, left_out=[_second(number) for number in sorted(asked.keys() & set(blind))])
    waiting = {number: asked[number] for number in sorted(asked.keys() - set(blind))}
    while waiting:
        with database.write() as conn:
            waiting = actions.decide_some(conn, waiting, replace(verdict, token=token))
    return BatchResult(token, tuple(actions.made), tuple(actions.left_out))


@dataclass(slots=True)
class _BulkActions:
    """What a batch has done so far."""

    now: datetime
    made: list[Decision] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def attempt(self, conn: sa.Connection, verdict: Verdict, seen: int | None = None) -> None:
        """Make a decision, or note why it cannot be made."""
        try:
            self.made.append(decide_within(conn, verdict, self.now, seen))
        except (Conflict, UsageError) as error:  # nothing of this one was written
            self.left_out.append(str(error))

    def decide_some(self, conn: sa.Connection, waiting: Mapping[int, int], verdict: Verdict) -> dict[int, int]:
        """Decide on the first `AT_ONCE` waiting candidates; return the others with the versions that count as seen."""
        lock_stories(conn)
        before = versions(conn, waiting)
        as_seen = {number for number, version in waiting.items() if before.get(number) == version}
        for number in list(waiting)[:AT_ONCE]:
            seen = None if number in as_seen else waiting[number]
            self.attempt(conn, replace(verdict, candidate_id=number), seen)
        rest = list(waiting)[AT_ONCE:]
        return {**{number: waiting[number] for number in rest}, **versions(conn, as_seen.intersection(rest))}
