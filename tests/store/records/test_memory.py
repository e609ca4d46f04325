"""What records are remembered by."""

from __future__ import annotations

from dataclasses import replace

import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate
from offing.model.projects.memory import Remembered
from offing.model.projects.project import ProjectRecord
from offing.store.database.engine import Database
from offing.store.records.memory import memory_of
from offing.store.records.project import get_project, insert_project, redirect
from offing.store.stories.telling import rewrite_telling, tellings
from offing.store.tables import article, candidate, project, story_article


def record(conn: sa.Connection, number: int, gists: list[bytes | None]) -> str:
    """A record of one candidate with an article for each gist; its id."""
    told = stored_candidate(conn, articles=len(gists))
    story_id = conn.execute(sa.select(candidate.c.story_id).where(candidate.c.id == told)).scalar_one()
    chosen = sa.select(story_article.c.id).where(story_article.c.story_id == story_id).order_by(story_article.c.id)
    for telling, gist in zip(conn.execute(chosen).scalars().all(), gists, strict=True):
        conn.execute(sa.update(story_article).where(story_article.c.id == telling).values(gist=gist))
    made = ProjectRecord(f"off-2026-{number:06d}", FACTS, (), (told,), NOW, NOW)
    insert_project(conn, made, 2026, number)
    return made.id


def remembered(database: Database) -> dict[str, Remembered]:
    """All that is remembered, by thing."""
    with database.read() as conn:
        return {each.target: each for each in memory_of(conn).projects}


def gists_of(found: Remembered) -> list[bytes]:
    """What the articles of a record mean."""
    return [each.gist for each in found.articles]


def test_a_record_is_remembered_by_its_articles(database: Database) -> None:
    """With country and sector, and not more articles than count; one whose articles have no gist is not."""
    with database.write() as conn:
        record(conn, 1, [b"\x01", None, *[b"\x02"] * 6])
        record(conn, 2, [None])
    (found,) = remembered(database).values()
    assert found.target == "project:off-2026-000001"
    assert (found.countries, found.sector) == (FACTS.countries, FACTS.sector)
    assert len(found.articles) == 6
    first = found.articles[0]
    assert first.text
    assert first.facts.countries == FACTS.countries
    assert first.day is None  # of an article without a date


def test_merged_records_are_one_and_withdrawn_ones_none(database: Database) -> None:
    """The articles of a merged record speak for the one that it was merged into."""
    with database.write() as conn:
        into, merged, gone = (record(conn, number, [bytes([number])]) for number in (1, 2, 3))
        read = get_project(conn, merged)
        assert read is not None
        redirect(conn, read, into, NOW)
        conn.execute(sa.update(project).where(project.c.id == gone).values(withdrawn="wrong"))
    (found,) = remembered(database).values()
    assert (found.target, sorted(gists_of(found))) == (f"project:{into}", [b"\x01", b"\x02"])


def test_what_an_article_says_anew_is_remembered(database: Database) -> None:
    """One that stood below the cut had no gist; once it stands above it, later news is compared with it."""
    with database.write() as conn:
        record(conn, 1, [None])
        (placed,) = tellings(conn, conn.execute(sa.select(story_article.c.id)).scalars()).values()
        assert placed.telling.gist == b""
        rewrite_telling(conn, replace(placed.telling, gist=b"\x07"), (), ())
    (found,) = remembered(database).values()
    assert gists_of(found) == [b"\x07"]


def test_an_article_is_remembered_by_its_beginning(database: Database) -> None:
    """The headline and the paragraphs, each on a line: 2,000 characters of them."""
    with database.write() as conn:
        record(conn, 1, [b"\x01"])
        conn.execute(sa.update(article).values(title="T" * 10, paragraphs=["a" * 989, "b" * 2000]))
    (found,) = remembered(database).values()
    assert found.articles[0].text == "T" * 10 + "\n" + "a" * 989 + "\n" + "b" * 999
