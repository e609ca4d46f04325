"""Searches earlier articles for the names of projects that have become known since.

Later news that names nobody Chinese is found only by the names of known projects. Such news was skipped if it was read
before its project was known: so each new name is searched for in the earlier articles, newest first, and articles that
have it become due for recognition again. Progress and findings are stored in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from offing.model.pairs.naming import ProjectName
from offing.recognize import Recognizer
from offing.services.running.pieces import GoOn, to_the_end
from offing.store.database.engine import Database
from offing.store.records.name_searches import (
    DONE,
    forget_search_progress,
    read_again,
    read_before,
    store_search_progress,
    unsought,
)

BATCH = 500  # articles in one transaction
IN_A_RUN = 50_000  # articles that are searched in one run


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """How many articles become due again, and whether older ones are left for the next run."""

    found: int = 0
    left_over: bool = False


def rescreen(
    database: Database,
    recognizer: Callable[[], Recognizer],
    now: datetime,
    most: int = IN_A_RUN,
    go_on: GoOn = to_the_end,
) -> LookedAgain:
    """Search the earlier articles for new names, and make those that have one due again.

    It can be interrupted at any time, and resumes; once done, a further call finds nothing to do.

    Args:
        database: names must have been learned before.
        recognizer: returns one without known projects; called only if there is a name to search for.
        now: from when on the articles are due.
        most: articles to search at most.
        go_on: asked before each batch of articles.
    """
    with database.write() as conn:
        forget_search_progress(conn)
    found, looked, plain = 0, 0, cache(recognizer)
    while looked < most and go_on():
        with database.read() as conn:
            names = unsought(conn)
        if not names:
            return LookedAgain(found)
        below = min(names)  # the search that began first is finished first
        for number, again in _look(database, plain().knowing(names[below]), (below, most - looked), go_on):
            _keep(database, names[below], number, again, now)
            looked, found = looked + BATCH, found + len(again)
    with database.read() as conn:
        return LookedAgain(found, left_over=bool(unsought(conn)))


def _look(
    database: Database, knowing: Recognizer, reach: tuple[int, int], go_on: GoOn
) -> Iterator[tuple[int, list[int]]]:
    """Yield for each batch the id down to which articles were searched, and the articles that have a name.

    `reach` is the id below which to begin, and how many articles to search at most.
    """
    below, left = reach
    while below != DONE and left > 0 and go_on():
        with database.read() as conn:
            articles = read_before(conn, below, BATCH)
        below = articles[-1].id if len(articles) == BATCH else DONE
        left -= BATCH
        yield below, [article.id for article in articles if knowing.names_known(article)]


def _keep(database: Database, names: Iterable[ProjectName], reached: int, again: Sequence[int], now: datetime) -> None:
    with database.write() as conn:
        read_again(conn, again, now)
        store_search_progress(conn, names, reached)
