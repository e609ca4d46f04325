"""Context in the store: one row for each article, replaced whole, listed by date, region and country."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, TITLE, stored_article, stored_candidate
from offing.model.operation.run import Stamp
from offing.model.reading.context import Context, ContextKind
from offing.store.candidates.context import list_contexts, save_context
from offing.store.database.engine import Database
from offing.store.stories.story import audit_pool
from offing.store.tables import article, story_article
from offing.store.upkeep.reserved_texts import quoted

STAMP = Stamp(NOW, "propose test")


def context(regions: tuple[str, ...] = ("asean",), countries: tuple[str, ...] = ()) -> Context:
    """A plan that the title of the factory's article tells of."""
    return Context(ContextKind.PLAN, regions, countries, 0, len(TITLE), TITLE)


def test_what_is_saved_is_listed(database: Database) -> None:
    """With its article and the candidate below the cut, where there is one."""
    found = context(("asean", "belt-and-road"), ("KHM", "LAO"))
    with database.write() as conn:
        candidate_id = stored_candidate(conn, above_cut=False)
        told = conn.execute(sa.select(story_article.c.article_id)).scalar_one()
        save_context(conn, told, found, STAMP)
        lonely = stored_article(conn)
        save_context(conn, lonely, context(), STAMP)
    with database.read() as conn:
        listed = {each.article_id: each for each in list_contexts(conn)}
    assert listed[told].context == found
    assert (listed[told].title, listed[told].language, listed[told].published) == (TITLE, "en", NOW)
    assert (listed[told].candidate_id, listed[lonely].candidate_id) == (candidate_id, None)


def test_a_second_look_replaces_the_first(database: Database) -> None:
    """What is context no more is taken away."""
    with database.write() as conn:
        article_id = stored_article(conn)
        save_context(conn, article_id, context(), STAMP)
        save_context(conn, article_id, context(("celac",)), STAMP)
        assert [each.context.regions for each in list_contexts(conn)] == [("celac",)]
        save_context(conn, article_id, None, STAMP)
        assert list_contexts(conn) == ()


@pytest.mark.parametrize(
    ("asked", "articles"),
    [
        ({}, [2, 0, 1]),
        ({"since": NOW}, [2, 0]),
        ({"region": "asean"}, [2, 0]),
        ({"region": "asean_"}, []),
        ({"country": "KEN"}, [1]),
        ({"country": "KEN", "regions_of_country": ("african-union", "celac")}, [2, 1]),
        ({"country": "LAO", "regions_of_country": ("asean",), "since": NOW + timedelta(seconds=1)}, [2]),
    ],
)
def test_the_list_can_be_narrowed(database: Database, asked: dict[str, object], articles: list[int]) -> None:
    """By date, region and country, which a region stands for too; newest first, undated ones by when they were read."""
    with database.write() as conn:
        ids = [stored_article(conn), stored_article(conn, NOW - timedelta(days=1)), stored_article(conn, None)]
        read = sa.update(article).where(article.c.id == ids[2])
        conn.execute(read.values(extracted_at=NOW + timedelta(hours=1)))
        save_context(conn, ids[0], context(("asean",), ("LAO",)), STAMP)
        save_context(conn, ids[1], context((), ("KEN",)), STAMP)
        save_context(conn, ids[2], context(("asean", "african-union")), STAMP)
    with database.read() as conn:
        found = [each.article_id for each in list_contexts(conn, **asked)]  # type: ignore[arg-type]
    assert found == [ids[number] for number in articles]


def test_context_is_not_drawn_for_the_audit_sample(database: Database) -> None:
    """It has a list of its own; everything else below the cut may be drawn."""
    with database.write() as conn:
        ids = [stored_article(conn), stored_article(conn)]
        conn.execute(sa.update(article).values(proposed_at=NOW, score=0.1))
        save_context(conn, ids[0], context(), STAMP)
        assert audit_pool(conn, NOW, 0.5) == (ids[1],)


def test_its_quote_is_kept_of_a_withheld_text(database: Database) -> None:
    """As the quotes of candidates are."""
    with database.write() as conn:
        article_id = stored_article(conn)
        save_context(conn, article_id, context(), STAMP)
        assert quoted(conn, article_id) == ((0, len(TITLE)),)
