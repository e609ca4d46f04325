"""Articles that were passed over are read again once a project is known that they tell of: order does not matter."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from factories.candidate import stored_article
from offing.config.files.layers import Layers
from offing.config.weights.scoring import load_scoring
from offing.model.operation.run import Stamp
from offing.model.review.decision import Judgement, Verdict
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Verb
from offing.propose import propose
from offing.propose.story import minhash_of
from offing.recognize import Recognizer
from offing.services.analysis.analyst import recognizer_of
from offing.services.known_projects.naming import learn_names, version_of_names
from offing.services.known_projects.rescreen import BATCH, LookedAgain, rescreen
from offing.services.monitoring.invariants import broken
from offing.services.pipeline.propose import store_tellings
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from offing.services.stories.settling import StoryDesk
from offing.store.articles.article import get_article, mark_proposed, save_mentions
from offing.store.candidates.candidate import queued
from offing.store.database.engine import Database, open_database
from offing.store.database.migrate import upgrade
from offing.store.records.membership import project_of
from offing.store.records.name_searches import unsought
from offing.store.records.project_name import project_names
from offing.store.tables import article, candidate, project, story_article, work
from suite import WHOLE

NOW = datetime(2026, 11, 26, tzinfo=UTC)
# Day, language, title, text: two projects of one country, what befell them, a neighbour and a piece of background.
NEWS: dict[str, tuple[Any, ...]] = {
    "dam": (
        datetime(2015, 3, 2, tzinfo=UTC),
        "en",
        "Kenya signs $410m contract with Sinohydro for Thuchi dam",
        "Kenya's water ministry signed on Monday a contract with Sinohydro for the Thuchi dam, worth $410m.",
        "The Export-Import Bank of China lends the money. Work on the dam begins in May.",
    ),
    "dam-flood": (
        datetime(2019, 5, 6, tzinfo=UTC),
        "fr",
        "Kenya : le barrage de Thuchi fissuré après les pluies",
        "Le barrage de Thuchi, au Kenya, a été endommagé par les pluies, selon le ministère de l'Eau.",
        "Des fissures sont apparues dans la digue et trois villages ont été évacués.",
    ),
    "portal": (
        datetime(2016, 9, 1, tzinfo=UTC),
        "en",
        "Huawei to build Kenya's eTaro government network for $60m",
        "Kenya has signed a contract with Huawei for the eTaro government network, worth 60 million dollars.",
        "The eTaro network will link forty ministries and counties.",
    ),
    "portal-hack": (
        datetime(2021, 2, 3, tzinfo=UTC),
        "es",
        "Kenia: piratas informáticos paralizan la red eTaro",
        "La red eTaro del Gobierno de Kenia está fuera de servicio desde el martes tras un ciberataque.",
        "Los ministerios de Nairobi no pueden acceder a sus correos.",
    ),
    "school": (
        datetime(2019, 5, 7, tzinfo=UTC),
        "en",
        "Kenya: storm damages school in Meru",
        "A storm damaged the roof of a school in Meru, Kenya, on Monday. Nobody was hurt.",
        "Parents want it repaired.",
    ),
}
TOLD = {frozenset(("dam", "dam-flood")), frozenset(("portal", "portal-hack"))}


@cache
def plain() -> Recognizer:
    """Recognition with what ships, and no known project."""
    return recognizer_of(Layers.of(None))


def learn(database: Database) -> None:
    """Read the names of the projects that are known."""
    learn_names(database, plain().reader, rules=_version())


@cache
def _version() -> str:
    return version_of_names(Layers.of(None))


@dataclass
class Room:
    """A site whose analyst accepts what is proposed; `ids` are the articles by name."""

    database: Database
    ids: dict[str, int] = field(default_factory=dict)

    def run(self, name: str | None = None) -> LookedAgain:
        """One run: names are loaded, articles of before looked at again, and what is due is read."""
        learn(self.database)
        again = rescreen(self.database, plain, NOW)
        with self.database.write() as conn:
            due = sa.select(work.c.item_id).where(work.c.verb == Verb.RECOGNIZE, work.c.done_at.is_(None))
            articles = [get_article(conn, number) for number in conn.execute(due).scalars()]
            conn.execute(sa.update(work).values(done_at=NOW))
            if name:
                articles.append(self._arrive(conn, name))
            knowing = plain().knowing(project_names(conn))
            for each in articles:
                self._read(conn, knowing, each)
        self._accept()
        return again

    def _arrive(self, conn: sa.Connection, name: str) -> Article:
        day, language, title, *paragraphs = NEWS[name]
        self.ids[name] = number = stored_article(conn, day)
        values = {"title": title, "paragraphs": paragraphs, "language": language, "outlet": "", "country": None}
        row = sa.update(article).where(article.c.id == number)
        conn.execute(row.values(**values, text_hash=name, domain="news.test", url=f"https://news.test/{name}"))
        return get_article(conn, number)

    def _read(self, conn: sa.Connection, knowing: Recognizer, each: Article) -> None:
        mentions = knowing.recognize(each) if knowing.screen(each.text, each.language) else ()
        save_mentions(conn, each.id, mentions)
        scoring = load_scoring(Layers.of(None))
        found = replace(propose(each, mentions, scoring), sketch=minhash_of(each.paragraphs))
        mark_proposed(conn, each.id, found.score, NOW)
        store_tellings(conn, each, found, StoryDesk(scoring, Stamp(NOW, "propose")))

    def _accept(self) -> None:
        with self.database.read() as conn:
            waiting = [each.id for each in queued(conn, NOW)]
        for number in waiting:
            decide(self.database, Verdict(number, Judgement.ACCEPT, "analyst"), NOW)
        promote_accepted(self.database, NOW)

    def catch_up(self) -> None:
        """Run until nothing of before is left to be read again."""
        while self.run().found:
            pass

    def records(self) -> set[frozenset[str]]:
        """Which articles stand in one record."""
        names = {number: name for name, number in self.ids.items()}
        chosen = sa.select(story_article.c.article_id, candidate.c.id).join(
            candidate, candidate.c.story_id == story_article.c.story_id
        )
        found: dict[str, set[str]] = {}
        with self.database.read() as conn:
            for article_id, candidate_id in conn.execute(chosen):
                if record := project_of(conn, candidate_id):
                    found.setdefault(record, set()).add(names[article_id])
        learn(self.database)  # those of records that were just made are the next run's business
        assert list(broken(self.database, load_scoring(Layers.of(None)))) == []
        return {frozenset(members) for members in found.values()}


_numbers = count()


@settings(
    max_examples=3 if WHOLE else 2,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(order=st.permutations(sorted(NEWS)))
def test_any_order_of_articles_gives_the_same_records(tmp_path: Path, order: list[str]) -> None:
    """What was read before its project was known is found after all, and nothing else is."""
    database = open_database(f"sqlite:///{tmp_path / f'{next(_numbers)}.db'}")
    upgrade(database)
    room = Room(database)
    for name in order:
        room.run(name)
    room.catch_up()
    assert room.records() == TOLD
    assert room.run() == LookedAgain()
    assert room.records() == TOLD
    database.close()


def test_what_was_passed_over_becomes_an_update(database: Database) -> None:
    """The flood was read before the dam was known: one run later it stands in its record, on both databases."""
    room = Room(database)
    room.run("dam-flood")
    room.run("school")
    assert room.records() == set()
    room.run("dam")
    assert room.records() == {frozenset({"dam"})}
    assert room.run().found == 1
    assert room.records() == {frozenset({"dam", "dam-flood"})}


def test_a_name_is_sought_once(sqlite_database: Database) -> None:
    """A second run looks nothing through; names that are gone are forgotten, and sought again when they come back."""
    room = Room(sqlite_database)
    room.run("dam")
    room.catch_up()

    def open_names() -> int:
        with sqlite_database.read() as conn:
            return sum(map(len, unsought(conn).values()))

    assert open_names() == 0
    with sqlite_database.write() as conn:
        assert project_names(conn)
        conn.execute(sa.update(project).values(withdrawn="no project"))
    rescreen(sqlite_database, plain, NOW)
    with sqlite_database.read() as conn:
        assert unsought(conn) == {}
        assert project_names(conn) == ()


def test_a_large_archive_is_looked_through_run_after_run(sqlite_database: Database) -> None:
    """A run goes so far and no farther; the next one goes on below, and the end is told."""
    room = Room(sqlite_database)
    room.run("dam-flood")
    with sqlite_database.write() as conn:
        for _ in range(BATCH):
            mark_proposed(conn, stored_article(conn), 0.0, NOW)
    room.run("dam")
    learn(sqlite_database)
    first = rescreen(sqlite_database, plain, NOW, most=BATCH)
    assert first == LookedAgain(0, left_over=True)
    assert rescreen(sqlite_database, plain, NOW, most=BATCH) == LookedAgain(1)
    assert rescreen(sqlite_database, plain, NOW, most=BATCH) == LookedAgain()


def test_what_a_person_decided_is_not_read_again(sqlite_database: Database) -> None:
    """The article of an accepted or rejected candidate stays as it was read."""
    room = Room(sqlite_database)
    room.run("dam")
    assert room.run().found == 0  # its own article has all of its names


@pytest.mark.parametrize("name", ["dam-flood", "portal-hack", "school"])
def test_alone_they_tell_nothing(sqlite_database: Database, name: str) -> None:
    """Later news without its project is no candidate: what the other tests find, they find by the names."""
    room = Room(sqlite_database)
    room.run(name)
    assert room.records() == set()
