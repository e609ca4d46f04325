"""How far back articles were searched for names of known projects; and articles that were passed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from offing.model.pairs.naming import ProjectName
from offing.model.review.candidate import CandidateState
from offing.model.sources.article import Article
from offing.model.values.vocabulary import Verb
from offing.store.articles.article import get_articles
from offing.store.database.batch import parts
from offing.store.database.upsert import insert
from offing.store.records.project_name import project_names
from offing.store.runs.work import enqueue, make_due
from offing.store.tables import article, candidate, name_sought, story_article

_OPEN = (CandidateState.OPEN, CandidateState.DEFERRED)
DONE = 0  # reached: there is no article below


def unsought(conn: sa.Connection) -> dict[int, list[ProjectName]]:
    """Return the names for which older articles must still be searched, by the id below which these are.

    A name never searched begins above the newest article.
    """
    reached = {(row.target, row.name): row.reached for row in conn.execute(sa.select(name_sought))}
    above = (conn.execute(sa.select(sa.func.max(article.c.id))).scalar() or 0) + 1
    found: dict[int, list[ProjectName]] = defaultdict(list)
    for name in project_names(conn):
        below = reached.get((str(name.target), name.name), above)
        if below != DONE:
            found[below].append(name)
    return dict(found)


def store_search_progress(conn: sa.Connection, names: Iterable[ProjectName], reached: int) -> None:
    """Store how far articles were searched for some names."""
    rows = [{"target": str(name.target), "name": name.name, "reached": reached} for name in names]
    for some in parts(rows):
        new = insert(conn, name_sought)
        again = new.on_conflict_do_update(index_elements=["target", "name"], set_={"reached": new.excluded.reached})
        conn.execute(again, some)


def forget_search_progress(conn: sa.Connection) -> None:
    """Forget the progress of names that no longer exist, so that they are searched again once they come back."""
    stand = {(str(name.target), name.name) for name in project_names(conn)}
    gone = [row for row in conn.execute(sa.select(name_sought)) if (row.target, row.name) not in stand]
    for row in gone:
        one = (name_sought.c.target == row.target) & (name_sought.c.name == row.name)
        conn.execute(sa.delete(name_sought).where(one))


def read_before(conn: sa.Connection, below: int, limit: int) -> Sequence[Article]:
    """Return the newest undecided articles below an id that were read; their texts are still stored."""
    decided = sa.exists().where(
        story_article.c.article_id == article.c.id,
        candidate.c.story_id == story_article.c.story_id,
        candidate.c.state.not_in(_OPEN),
    )
    chosen = sa.select(article.c.id).where(article.c.id < below, article.c.proposed_at.is_not(None))
    chosen = chosen.where(article.c.withheld_at.is_(None), ~decided).order_by(article.c.id.desc()).limit(limit)
    found = get_articles(conn, conn.execute(chosen).scalars())
    return [found[number] for number in sorted(found, reverse=True)]


def read_again(conn: sa.Connection, ids: Iterable[int], now: datetime) -> None:
    """Let articles be recognised and proposed from once more, as if they had just come in."""
    for number in ids:
        enqueue(conn, Verb.RECOGNIZE, number, now)
        make_due(conn, Verb.RECOGNIZE, number, now)
