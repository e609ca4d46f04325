"""Content and embeddings of the articles of records, used to recognise later news of them."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import sqlalchemy as sa

from offing.model.pairs.pairing import Ref
from offing.model.projects.memory import Memory, Recollection, Remembered
from offing.model.projects.project import ProjectFacts
from offing.model.values.codec import from_plain
from offing.store.records.membership import home_of, redirects
from offing.store.records.record_change import splits_in_force
from offing.store.tables import article, candidate, project, project_candidate, story_article

MOST = 6  # articles of a record, the newest: more add nothing
_HEAD = 2_000  # characters of an article that show its subject


def memory_of(conn: sa.Connection) -> Memory:
    """Return the live records, each with the content of its newest articles.

    Records without any embedding are left out.
    """
    merged, split = redirects(conn), splits_in_force(conn)
    columns = story_article.c
    joined = (
        sa.select(project_candidate, columns.gist, columns.facts, columns.at, article.c.title, article.c.paragraphs)
        .join(candidate, candidate.c.id == project_candidate.c.candidate_id)
        .join(story_article, columns.story_id == candidate.c.story_id)
        .join(article, article.c.id == columns.article_id)
        .where(columns.gist.is_not(None), columns.repeats.is_(None))
        .order_by(columns.at.desc(), columns.id)
    )
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in conn.execute(joined):
        found = rows[home_of(split.get(row.candidate_id, row.project_id), merged)]
        if len(found) < MOST:  # the texts of the rest are not kept
            found.append(row)
    live = sa.select(project.c.id, project.c.facts).where(
        project.c.withdrawn.is_(None), project.c.redirects_to.is_(None)
    )
    projects = conn.execute(live.order_by(project.c.id))
    return Memory(tuple(_remembered(each.id, each.facts, rows[each.id]) for each in projects if each.id in rows))


def _remembered(project_id: str, plain: object, rows: list[Any]) -> Remembered:
    facts = from_plain(plain, ProjectFacts)
    target = str(Ref.project(project_id))
    return Remembered(target, facts.countries, facts.sector or "", tuple(map(_recollection, rows)))


def _recollection(row: Any) -> Recollection:
    text = "\n".join((row.title, *row.paragraphs))[:_HEAD]
    return Recollection(text, from_plain(row.facts, ProjectFacts), row.at.date() if row.at else None, row.gist)
