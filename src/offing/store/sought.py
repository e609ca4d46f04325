"""For which names of known projects the articles of before were looked through, and how far; what was passed over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

import sqlalchemy as sa

from offing.model.article import Article
from offing.model.candidate import CandidateState
from offing.model.naming import ProjectName
from offing.model.vocabulary import Verb
from offing.store.article import get_articles
from offing.store.batch import parts
from offing.store.project_name import project_names
from offing.store.tables import article, candidate, name_sought, story_article
from offing.store.upsert import insert
from offing.store.work import enqueue, make_due

_OPEN = (CandidateState.OPEN, CandidateState.DEFERRED)
DONE = 0  # reached: there is no article below


def unsought(conn: sa.Connection) -> dict[int, list[ProjectName]]:
    """The names for which older articles are still to be looked through, by the id below which these are.

    A name that was not sought at all begins above the newest article.
    """
    reached = {(row.target, row.name): row.reached for row in conn.execute(sa.select(name_sought))}
    above = (conn.execute(sa.select(sa.func.max(article.c.id))).scalar() or 0) + 1
    found: dict[int, list[ProjectName]] = defaultdict(list)
    for name in project_names(conn):
        below = reached.get((str(name.target), name.name), above)
        if below != DONE:
            found[below].append(name)
    return dict(found)


def keep_sought(conn: sa.Connection, names: Iterable[ProjectName], reached: int) -> None:
    """Keep how far articles were looked through for some names."""
    rows = [{"target": str(name.target), "name": name.name, "reached": reached} for name in names]
    for some in parts(rows):
        new = insert(conn, name_sought)
        again = new.on_conflict_do_update(index_elements=["target", "name"], set_={"reached": new.excluded.reached})
        conn.execute(again, some)


def forget_sought(conn: sa.Connection) -> None:
    """Forget what was sought for names that are no more, so that it is sought anew once they come back."""
    stand = {(str(name.target), name.name) for name in project_names(conn)}
    gone = [row for row in conn.execute(sa.select(name_sought)) if (row.target, row.name) not in stand]
    for row in gone:
        one = (name_sought.c.target == row.target) & (name_sought.c.name == row.name)
        conn.execute(sa.delete(name_sought).where(one))


def read_before(conn: sa.Connection, below: int, limit: int) -> Sequence[Article]:
    """The newest articles below an id that were read and of which nobody decided anything; their texts still stand."""
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
    """Let articles be recognized and proposed from once more, as if they had just come in."""
    for number in ids:
        enqueue(conn, Verb.RECOGNIZE, number, now)
        make_due(conn, Verb.RECOGNIZE, number, now)
