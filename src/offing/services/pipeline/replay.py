"""Reads stored articles again with other rules, and compares with what is stored; no page is fetched."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import datetime

import sqlalchemy as sa

from offing import __version__
from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.model.operation.run import Stamp
from offing.model.projects.project import ProjectFacts
from offing.model.reading.mention import Mention
from offing.model.reading.rules import ScoringRules
from offing.model.review.candidate import Proposed
from offing.model.review.replay import Replayed, Standing, difference_of
from offing.model.sources.article import Article
from offing.propose.parties.tagged import BY
from offing.services.matching.match_rules import changing
from offing.services.pipeline.propose import store_tellings
from offing.services.review.new_readings import NewReading, Renewed, renewed_tellings, rewrite
from offing.services.running.workers import Knowledge, Workers
from offing.services.running.workers.analysing import replay_job
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_articles, get_mentions, mark_proposed, save_mentions, save_tagged
from offing.store.articles.read_since import read_since
from offing.store.candidates.mute import held_rules
from offing.store.database.batch import parts
from offing.store.database.engine import Database
from offing.store.records.membership import came_to, home_of, redirects
from offing.store.records.memory import memory_of
from offing.store.records.project_name import project_names
from offing.store.records.release import releases_with
from offing.store.stories.story import lock_stories, stored_stories
from offing.store.stories.telling import tellings_in

AT_ONCE = 40  # articles that are read, compared and written together
SECONDS = 120.0  # for one article; the first of a worker loads the rules
_SHOWN = tuple(each.name for each in fields(ProjectFacts) if each.name != "title")


@dataclass(frozen=True, slots=True)
class ReplayTerms:
    """Which articles are read again, and what for.

    Args:
        since: articles extracted from then on, aware.
        limit: the newest so many at most; None for all.
        apply: store the results of articles on whose candidates nobody has decided.
        now: aware UTC.
        report: hears how many of how many articles were read.
        size: worker processes.
    """

    since: datetime
    now: datetime
    limit: int | None = None
    apply: bool = False
    report: Callable[[int, int], None] = lambda _done, _total: None
    size: int = 2


@dataclass(frozen=True, slots=True)
class _Result:
    """An article read again."""

    article: Article
    mentions: tuple[Mention, ...]
    proposed: Proposed


def replay(database: Database, layers: Layers, terms: ReplayTerms) -> Iterator[Replayed]:
    """Yield the articles whose result differs from what is stored, newest first; with `apply`, store the new results.

    Known projects count as they do in a run. Each batch is stored in a transaction of its own: a replay that is broken
    off has done what it has reported.

    Args:
        database: where the articles are.
        layers: the rules.
        terms: which articles, and what for.

    Raises:
        ConfigError: the rules cannot be used.
        WorkerDied: an article cannot be read.
    """
    scoring = load_scoring(layers)
    with database.read() as conn:
        known = Knowledge(project_names(conn), memory_of(conn))
        ids = read_since(conn, terms.since, terms.limit)
    with Workers(layers.folders, terms.size, known) as workers, asyncio.Runner() as runner:
        for done, some in enumerate(parts(ids, AT_ONCE)):
            results = runner.run(_read(database, workers, some))
            yield from _differences(database, results, scoring, terms)
            terms.report(min((done + 1) * AT_ONCE, len(ids)), len(ids))


async def _read(database: Database, workers: Workers, ids: Iterable[int]) -> dict[int, _Result]:
    """Read some articles again; those that are gone, or whose text was dropped, are left out."""
    with database.read() as conn:
        found = {number: each for number, each in get_articles(conn, ids).items() if not each.withheld}
        mutes = held_rules(conn)
    jobs = (workers.call(replay_job, each, mutes, seconds=SECONDS) for each in found.values())
    done = await asyncio.gather(*jobs)
    return {each.id: _Result(each, *result) for each, result in zip(found.values(), done, strict=True)}


def _differences(
    database: Database, results: Mapping[int, _Result], scoring: ScoringRules, terms: ReplayTerms
) -> list[Replayed]:
    with database.read() as conn:
        read = _new_readings(conn, results)
        renewed = _by_article(renewed_tellings(conn, read, scoring, decided=True))
        found = list(filter(None, (_compared(conn, each, renewed, scoring) for each in results.values())))
    waiting = [each.article_id for each in found if each.standing is Standing.WAITING]
    if terms.apply and waiting:
        with changing(database) as conn:
            _store(conn, {number: results[number] for number in waiting}, scoring, terms.now)
    return found


def _new_readings(conn: sa.Connection, results: Mapping[int, _Result]) -> dict[int, NewReading]:
    """Return the articles with their proposals; all of their stored mentions may count no longer."""
    return {
        number: NewReading(each.article, each.proposed.proposals, each.mentions, get_mentions(conn, number))
        for number, each in results.items()
    }


def _by_article(renewed: Iterable[Renewed]) -> dict[int, list[Renewed]]:
    found: dict[int, list[Renewed]] = {}
    for placed, proposal in renewed:
        found.setdefault(placed.telling.article_id, []).append((placed, proposal))
    return found


def _compared(
    conn: sa.Connection, result: _Result, renewed: Mapping[int, list[Renewed]], scoring: ScoringRules
) -> Replayed | None:
    """Return how the result of an article differs from its tellings; None if it does not."""
    article = result.article
    stored = tellings_in(conn, [article.id])
    before = max((each.telling.score for each in stored.values()), default=None)
    differing = {
        name
        for placed, _ in renewed.get(article.id, ())
        for name in _SHOWN
        if getattr(placed.telling.facts, name) != getattr(stored[placed.telling.id].telling.facts, name)
    }
    names = tuple(name for name in _SHOWN if name in differing)
    difference = difference_of(before, result.proposed.score, scoring.cut, names)
    if difference is None:
        return None
    stories = {each.story_id for each in stored.values() if each.story_id is not None}
    standing, candidate_ids, project_ids = _standing(conn, stories)
    row = (article.id, article.url, article.title, difference, before, result.proposed.score)
    return Replayed(*row, names, candidate_ids, standing, project_ids)


def _standing(conn: sa.Connection, stories: set[int]) -> tuple[Standing, tuple[int, ...], tuple[str, ...]]:
    """Return how far the candidates of some stories have come, their ids, and those of their records."""
    found = stored_stories(conn, stories).values()
    ids = tuple(sorted(each.candidate_id for each in found))
    merged = redirects(conn)
    records = tuple(sorted({home_of(each, merged) for each in came_to(conn, ids).values()}))
    if any(releases_with(conn, each) for each in records):
        return Standing.PUBLISHED, ids, records
    return (Standing.DECIDED if any(each.decided for each in found) else Standing.WAITING), ids, records


def _store(conn: sa.Connection, results: Mapping[int, _Result], scoring: ScoringRules, now: datetime) -> None:
    """Store the results of articles on whose candidates nobody has decided."""
    lock_stories(conn)
    desk = StoryDesk(scoring, Stamp(now, f"replay {__version__} {scoring.version}".strip()))
    read = _new_readings(conn, results)
    rewrite(conn, renewed_tellings(conn, read, scoring), desk)
    for number, each in results.items():
        save_mentions(conn, number, each.mentions)
        mark_proposed(conn, number, each.proposed.score, now)
        save_tagged(conn, number, each.proposed.tagged, BY)
        if not tellings_in(conn, [number]):
            store_tellings(conn, each.article, each.proposed, desk)
