"""The figures of the dashboard: what came in, what became of it, how review goes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from typing import Any

from offing.model.operation.figures import DayFlow, Figures, OwnFigures, Pace, Precision
from offing.model.operation.run import Ending
from offing.model.review.decision import Judgement
from offing.model.values.vocabulary import MACHINE_VERBS, Verb
from offing.store.database.engine import Database
from offing.store.upkeep.figures import Judged, candidates_by_day, judged, signs_of, tallies, waiting_since

AGES = (1, 3, 7, 30)  # days
PAUSE = timedelta(minutes=10)  # a longer gap between two decisions is a break, not work on a decision
LISTED = 30
MOST_WEIGHED = 1_000  # newest decided candidates, from which the precision of sources and reasons is computed

Tallies = list[tuple[datetime, dict[str, Any]]]


def figures(database: Database, now: datetime, days: int = 30) -> Figures:
    """Return the figures of the last days, today (UTC) included.

    Args:
        database: where they are stored.
        now: aware UTC.
        days: how many.
    """
    first = now.astimezone(UTC).date() - timedelta(days=days - 1)
    since = datetime.combine(first, time(), UTC)
    with database.read() as conn:
        runs, made, decisions = tallies(conn, since), candidates_by_day(conn, since), judged(conn, since)
        waiting = waiting_since(conn, now, AGES)
        verdicts = {each.candidate_id: each.judgement for each in decisions[-MOST_WEIGHED:]}
        precision = _precision(verdicts, signs_of(conn, list(verdicts)))
    entries = _entries(runs)
    by_day = Counter(each.at.date() for each in decisions)
    every = [first + timedelta(days=number) for number in range(days)]
    rejected = Counter(each.reason or "no reason given" for each in decisions if each.judgement is Judgement.REJECT)
    return Figures(
        days=tuple(DayFlow(day, entries[day], made[day], by_day[day]) for day in every),
        funnel=_funnel(runs),
        waiting=tuple(zip((*AGES, None), waiting, strict=True)),
        rejections=tuple(rejected.most_common(LISTED)),
        by_source=precision["source"],
        by_reason=precision["reason"],
        paces=_paces(decisions),
    )


def own_figures(database: Database, name: str, now: datetime, days: int = 30) -> OwnFigures:
    """Return one person's figures of the last days, today (UTC) included; what was taken back counts nowhere."""
    first = now.astimezone(UTC).date() - timedelta(days=days - 1)
    with database.read() as conn:
        mine = [each for each in judged(conn, datetime.combine(first, time(), UTC)) if each.by == name]
    by_day = Counter(each.at.date() for each in mine)
    every = (first + timedelta(days=number) for number in range(days))
    return OwnFigures(tuple((day, by_day[day]) for day in every), _middle([each.at for each in mine]))


def _entries(runs: Tallies) -> Counter[Any]:
    counts: Counter[Any] = Counter()
    for started, tally in runs:
        counts[started.date()] += tally.get("made", {}).get("entries", 0)
    return counts


def _funnel(runs: Tallies) -> dict[Verb, Counter[Ending]]:
    total: dict[Verb, Counter[Ending]] = {verb: Counter() for verb in MACHINE_VERBS}
    for _, tally in runs:
        for verb, endings in tally.get("endings", {}).items():
            total[Verb(verb)].update({Ending(ending): count for ending, count in endings.items()})
    return total


def _precision(
    verdicts: dict[int, Judgement], signs: Iterable[tuple[int, str, str]]
) -> dict[str, tuple[Precision, ...]]:
    counts: dict[str, dict[str, Counter[Judgement]]] = {"source": defaultdict(Counter), "reason": defaultdict(Counter)}
    for candidate_id, kind, value in signs:
        counts[kind][value][verdicts[candidate_id]] += 1
    return {kind: _ranked(values) for kind, values in counts.items()}


def _ranked(values: dict[str, Counter[Judgement]]) -> tuple[Precision, ...]:
    found = (Precision(value, each[Judgement.ACCEPT], each[Judgement.REJECT]) for value, each in values.items())
    decided = [each for each in found if each.decided]
    return tuple(sorted(decided, key=lambda each: (-each.decided, each.value))[:LISTED])


def _paces(decisions: Iterable[Judged]) -> tuple[Pace, ...]:
    by_person: dict[str, list[datetime]] = defaultdict(list)
    for each in decisions:
        by_person[each.by].append(each.at)
    return tuple(Pace(who, len(times), _middle(times)) for who, times in sorted(by_person.items()))


def _middle(times: list[datetime]) -> float | None:
    """Return the median seconds between consecutive decisions; simultaneous ones count once."""
    gaps = [
        (after - before).total_seconds() for before, after in pairwise(times) if timedelta() < after - before <= PAUSE
    ]
    return median(gaps) if gaps else None
