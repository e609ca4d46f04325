"""What the articles of records mean, by which later news of them is recalled."""

from __future__ import annotations

from collections import defaultdict

import sqlalchemy as sa

from offing.model.codec import from_plain
from offing.model.meaning import Memory, Remembered
from offing.model.pairing import Thing, ThingKind
from offing.model.project import ProjectFacts
from offing.store.project import home_of, redirects
from offing.store.tables import candidate, project, project_candidate, story_article

MOST = 6  # articles of a record, the newest: more of them say no more


def memory_of(conn: sa.Connection) -> Memory:
    """The live records, each with what its newest articles mean; those of which nothing says so are left out."""
    merged = redirects(conn)
    joined = (
        sa.select(project_candidate.c.project_id, story_article.c.gist)
        .join(candidate, candidate.c.id == project_candidate.c.candidate_id)
        .join(story_article, story_article.c.story_id == candidate.c.story_id)
        .where(story_article.c.gist.is_not(None))
        .order_by(story_article.c.at.desc(), story_article.c.id)
    )
    gists: dict[str, list[bytes]] = defaultdict(list)
    for row in conn.execute(joined):
        found = gists[home_of(row.project_id, merged)]
        if len(found) < MOST:
            found.append(row.gist)
    live = sa.select(project.c.id, project.c.facts).where(
        project.c.withdrawn.is_(None), project.c.redirects_to.is_(None)
    )
    rows = conn.execute(live.order_by(project.c.id))
    return Memory(tuple(_remembered(row.id, row.facts, gists[row.id]) for row in rows if row.id in gists))


def _remembered(project_id: str, plain: object, gists: list[bytes]) -> Remembered:
    facts = from_plain(plain, ProjectFacts)
    target = str(Thing(ThingKind.PROJECT, project_id))
    return Remembered(target, facts.countries, facts.sector or "", tuple(gists))
