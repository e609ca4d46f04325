"""What matching reads of an article that tells of several projects: the paragraphs around the quotes of one."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from factories.candidate import PARAGRAPHS, TEXT, TITLE, stored_candidate
from offing.store.database.engine import Database
from offing.store.pairs.match_inputs import match_inputs
from offing.store.tables import candidate, evidence, story_article

FIRST, SECOND = len(TITLE) + 2, len(TITLE) + 2 + len(PARAGRAPHS[0]) + 2


def _share(conn: sa.Connection, one: int, other: int) -> None:
    """Let the article of one candidate tell of the other's project, too."""
    story_of = sa.select(candidate.c.story_id).where
    ours, theirs = (story_of(candidate.c.id == each).scalar_subquery() for each in (one, other))
    told = sa.select(story_article.c.article_id).where(story_article.c.story_id == ours)
    shared = conn.execute(told).scalar_one()
    moved = sa.update(story_article).where(story_article.c.story_id == theirs)
    conn.execute(moved.values(article_id=shared, ordinal=1))


def _quote(conn: sa.Connection, number: int, *starts: int) -> None:
    """Let a candidate's quotes stand at some places."""
    conn.execute(sa.delete(evidence).where(evidence.c.candidate_id == number))
    telling = (
        sa.select(story_article.c.id, story_article.c.article_id)
        .join(candidate, candidate.c.story_id == story_article.c.story_id)
        .where(candidate.c.id == number)
    )
    row = conn.execute(telling).one()
    of = {"candidate_id": number, "telling_id": row.id, "article_id": row.article_id}
    for start in starts:
        conn.execute(
            sa.insert(evidence).values(**of, field="status", value="signed", start=start, end=start + 1, quote="")
        )


@pytest.mark.parametrize(
    ("starts", "text"),
    [
        ((FIRST,), PARAGRAPHS[0]),
        ((FIRST + len(PARAGRAPHS[0]),), PARAGRAPHS[0]),
        ((SECOND,), PARAGRAPHS[1]),
        ((SECOND - 1,), ""),
        ((FIRST - 1,), ""),
        ((len(TEXT) - 1,), PARAGRAPHS[1]),
        ((FIRST + 3, SECOND + 3), "\n".join(PARAGRAPHS)),
        ((0,), ""),
    ],
)
def test_an_article_of_several_projects_is_read_around_the_quotes(
    database: Database, starts: tuple[int, ...], text: str
) -> None:
    """Its title speaks for none of them; an article of one project is read whole."""
    with database.write() as conn:
        one, other, alone = (stored_candidate(conn) for _ in range(3))
        _share(conn, one, other)
        _quote(conn, one, *starts)
        _quote(conn, other, SECOND)
        told = match_inputs(conn, [one, other, alone], {})
    assert [(each.title, each.text) for each in told[one].passages] == [("", text)]
    assert [(each.title, each.text) for each in told[other].passages] == [("", PARAGRAPHS[1])]
    assert [(each.title, each.text) for each in told[alone].passages] == [(TITLE, "\n".join(PARAGRAPHS))]
