"""Three years of news, arriving apart: one project, one candidate, then updates on one life line."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time

import sqlalchemy as sa

from e2e.three_years import LUSAKA, MALUANA, NAMPULA, NEWS, Told
from factories.candidate import stored_article
from offing.config.files.languages import load_language_words
from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.extract.parts.language import language_of
from offing.model.operation.run import Stamp
from offing.model.projects.project import ProjectRecord
from offing.model.review.candidate import CandidateKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.sources.article import Article
from offing.model.values.vocabulary import EventKind, Status
from offing.propose import propose
from offing.propose.story import minhash_of
from offing.services.analysis.analyst import load_analyst
from offing.services.known_projects.naming import learn_names, version_of_names
from offing.services.monitoring.invariants import broken
from offing.services.pipeline.propose import store_tellings
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide, queue
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_article, save_mentions
from offing.store.database.engine import Database
from offing.store.records.project import projects
from offing.store.records.project_name import project_names
from offing.store.tables import article, candidate, project_candidate, story_article

SIGNS = load_language_words(Layers.of())


class Desk:
    """A site that reads what arrives of a morning by its own steps; the lists are loaded once."""

    def __init__(self, database: Database) -> None:
        self.database, self.plain, self.scoring = database, load_analyst(None).recognizer, load_scoring(Layers.of(None))
        self.reader = self.plain.reader

    def read(self, told: list[Told], now: datetime) -> None:
        """Store, recognize, propose and match the articles, with the names of the projects that are known by then."""
        learn_names(self.database, self.reader, rules=version_of_names(Layers.of(None)))
        with self.database.read() as conn:
            knowing = self.plain.knowing(project_names(conn))
        for each in told:
            with self.database.write() as conn:
                stored = _stored(conn, each)
                mentions = knowing.recognize(stored) if knowing.screen(stored.text, stored.language) else ()
                save_mentions(conn, stored.id, mentions)
                found = replace(propose(stored, mentions, self.scoring), sketch=minhash_of(stored.paragraphs))
                store_tellings(conn, stored, found, StoryDesk(self.scoring, Stamp(now, "propose")))


def _stored(conn: sa.Connection, told: Told) -> Article:
    published = datetime.combine(told.day, time(5), UTC)
    number = stored_article(conn, published)
    paragraphs = list(told.paragraphs)
    values = {"title": told.title, "paragraphs": paragraphs, "url": told.url, "outlet": told.outlet}
    language = language_of("\n".join((told.title, *told.paragraphs)), SIGNS)
    digest = hashlib.sha256(repr(told.paragraphs).encode()).hexdigest()
    row = sa.update(article).where(article.c.id == number)
    conn.execute(row.values(**values, language=language, text_hash=digest))
    return get_article(conn, number)


def _mornings() -> Iterator[tuple[datetime, list[Told]]]:
    days: dict[datetime, list[Told]] = defaultdict(list)
    for told in NEWS:
        days[datetime.combine(told.morning, time(6), UTC)].append(told)
    return iter(sorted(days.items()))


def _accept_all(database: Database, now: datetime) -> None:
    """The analyst finds the queue in order, and accepts it with one key each."""
    for item in queue(database, now):
        decide(database, Verdict(item.candidate.id, Judgement.ACCEPT, "ana"), now)
    promote_accepted(database, now)


def _owners(database: Database) -> dict[str, set[str]]:
    """The records in which each project's articles stand."""
    told = {each.url: each.of for each in NEWS}
    joined = (
        sa.select(article.c.url, project_candidate.c.project_id)
        .join(story_article, story_article.c.article_id == article.c.id)
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .join(project_candidate, project_candidate.c.candidate_id == candidate.c.id, isouter=True)
    )
    found: dict[str, set[str]] = defaultdict(set)
    with database.read() as conn:
        for url, owner in conn.execute(joined):
            found[told[url]].add(owner)
    return found


def _record(database: Database, project_id: str) -> ProjectRecord:
    with database.read() as conn:
        return next(each for each in projects(conn) if each.id == project_id)


def test_three_years_are_one_candidate_and_updates_on_one_life_line(sqlite_database: Database) -> None:
    """Copies count once, news of any language follows its project, neighbours stay apart, late news finds its year."""
    desk = Desk(sqlite_database)
    for now, told in _mornings():
        desk.read(told, now)
        _accept_all(sqlite_database, now)
    owners = _owners(sqlite_database)
    (mine,), (cameras,), (lusaka,) = owners[MALUANA], owners[NAMPULA], owners[LUSAKA]
    assert len({mine, cameras, lusaka}) == 3
    record = _record(sqlite_database, mine)
    with sqlite_database.read() as conn:
        chosen = sa.select(candidate.c.kind, candidate.c.outlets, candidate.c.independent)
        kinds = conn.execute(chosen.where(candidate.c.id.in_(record.candidate_ids)).order_by(candidate.c.id)).all()
    assert [each.kind for each in kinds] == [CandidateKind.NEW, *[CandidateKind.UPDATE] * 5]
    assert (kinds[0].outlets, kinds[0].independent) == (4, 3)
    line = [(str(each.day)[:7], each.status) for each in record.life_line if each.status]
    assert line == [
        ("2023-03", Status.SIGNED),
        ("2023-09", Status.APPROVED),
        ("2023-11", Status.UNDER_CONSTRUCTION),
        ("2024-07", Status.SUSPENDED),
        ("2025-10", Status.COMPLETED),
    ]
    assert EventKind.INCIDENT in {each.kind for each in record.life_line}
    assert (record.facts.status, record.facts.title.endswith("; completed")) == (Status.COMPLETED, True)
    assert broken(sqlite_database, desk.scoring) == ()
