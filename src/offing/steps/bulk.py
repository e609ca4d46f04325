"""Many decisions at once: looked at first, made together."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

import sqlalchemy as sa

from offing.errors import Conflict, UsageError
from offing.model.candidate import Candidate
from offing.model.decision import Decision, Verdict, effective_facts
from offing.model.project import ProjectFacts
from offing.review import History, Refusal, judge
from offing.steps.review import QueueItem, decide_within
from offing.store.candidate import candidates, versions
from offing.store.decision import decisions_of
from offing.store.engine import Database
from offing.store.story import lock_stories

BATCH_MARK = "batch-"  # how the token of a batch begins; all decisions of it carry the same one
LARGEST_BATCH = 500
AT_ONCE = 10  # decisions in one transaction: less than SQLite lets others wait, also where each changes many candidates


@dataclass(frozen=True, slots=True)
class Planned:
    """One candidate of a batch before anything is done, and why it would be left out, if it would."""

    item: QueueItem
    title: str
    obstacle: str = ""

    @property
    def candidate_id(self) -> int:
        """Its number."""
        return self.item.candidate.id

    @property
    def version(self) -> int:
        """The version that was looked at."""
        return self.item.candidate.version

    @property
    def facts(self) -> ProjectFacts:
        """What it says, corrections included."""
        return self.item.facts


@dataclass(frozen=True, slots=True)
class Done:
    """What a batch did: the decisions, and in sentences why some candidates were left out."""

    token: str
    decisions: tuple[Decision, ...]
    left_out: tuple[str, ...]


def new_batch() -> str:
    """A mark for a batch that nobody has used."""
    return BATCH_MARK + secrets.token_hex(8)


def plan(
    database: Database, ids: Iterable[int], verdict: Verdict, now: datetime, blind: Collection[int] = ()
) -> tuple[Planned, ...]:
    """What a verdict would do to some candidates; nothing is changed.

    Args:
        database: where they stand.
        ids: of the candidates, in the order in which they are shown.
        verdict: what is asked for all of them; its candidate does not matter.
        now: aware UTC.
        blind: candidates whose decision the person must not see, since they are to read them a second time.

    Raises:
        UsageError: more than `LARGEST_BATCH`.
    """
    wanted = list(dict.fromkeys(ids))
    if len(wanted) > LARGEST_BATCH:
        raise UsageError(f"{len(wanted)} candidates are too many at once: narrow the filter to {LARGEST_BATCH}")
    with database.read() as conn:
        found, made = candidates(conn, wanted), decisions_of(conn, wanted)
    planned = []
    for each in found:
        own = () if each.id in blind else made.get(each.id, ())
        title = each.facts.title or next((told.title for told in each.articles), "")
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
) -> Done:
    """Make a batch of decisions; what changed since it was looked at is left out and said.

    What changes a candidate because another one of the batch was decided counts as seen. Each `AT_ONCE` of them are
    stored together: a batch that was broken off is carried on by its token.

    Args:
        database: where they stand.
        seen: id and version of each candidate as it was shown.
        verdict: what is asked for all; its token is the batch's, and the same batch twice is one.
        now: aware UTC.
        blind: candidates that the person is to read a second time; they are left out.
    """
    asked, token = dict(seen), verdict.token or new_batch()
    deeds = _Deeds(now, left_out=[_second(number) for number in sorted(asked.keys() & set(blind))])
    waiting = {number: asked[number] for number in sorted(asked.keys() - set(blind))}
    while waiting:
        with database.write() as conn:
            waiting = deeds.decide_some(conn, waiting, replace(verdict, token=token))
    return Done(token, tuple(deeds.made), tuple(deeds.left_out))


@dataclass(slots=True)
class _Deeds:
    """What a batch has done so far."""

    now: datetime
    made: list[Decision] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def attempt(self, conn: sa.Connection, verdict: Verdict, seen: int | None = None) -> None:
        """Make a decision, or keep why it cannot be."""
        try:
            self.made.append(decide_within(conn, verdict, self.now, seen))
        except (Conflict, UsageError) as error:  # nothing of this one was written
            self.left_out.append(str(error))

    def decide_some(self, conn: sa.Connection, waiting: Mapping[int, int], verdict: Verdict) -> dict[int, int]:
        """Decide on the first of those that wait; the others with the versions that stand now, where they were seen."""
        lock_stories(conn)
        before = versions(conn, waiting)
        as_seen = {number for number, version in waiting.items() if before.get(number) == version}
        for number in list(waiting)[:AT_ONCE]:
            seen = None if number in as_seen else waiting[number]
            self.attempt(conn, replace(verdict, candidate_id=number), seen)
        rest = list(waiting)[AT_ONCE:]
        return {**{number: waiting[number] for number in rest}, **versions(conn, as_seen.intersection(rest))}
