"""Articles of before are looked at again once a project is known that they may tell of.

Later news that names nobody Chinese is found by the names of known projects alone. Where it was read before its project
was known, it was passed over: each new name is therefore sought in the articles of before, the newest first, and what
has it is made due to be recognized anew. How far a name was sought is kept with what was found, in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from offing.model.naming import ProjectName
from offing.recognize import Recognizer
from offing.steps.pieces import GoOn, to_the_end
from offing.store.engine import Database
from offing.store.sought import DONE, forget_sought, keep_sought, read_again, read_before, unsought

BATCH = 500  # articles in one transaction
IN_A_RUN = 50_000  # articles that are looked through in one run


@dataclass(frozen=True, slots=True)
class LookedAgain:
    """How many articles are read again, and whether older ones are left for the next run."""

    found: int = 0
    left_over: bool = False


def look_again(
    database: Database,
    recognizer: Callable[[], Recognizer],
    now: datetime,
    most: int = IN_A_RUN,
    go_on: GoOn = to_the_end,
) -> LookedAgain:
    """Seek the names that are new in the articles that were read before, and make those that have one due again.

    It can be broken off at any time and goes on where it was; once done, it finds nothing to do.

    Args:
        database: names must have been learned before.
        recognizer: gives one that knows no project; asked where there is something to seek only.
        now: from when on the articles are due.
        most: articles that are looked through at most.
        go_on: asked before each batch of articles.
    """
    with database.write() as conn:
        forget_sought(conn)
    found, looked, plain = 0, 0, cache(recognizer)
    while looked < most and go_on():
        with database.read() as conn:
            names = unsought(conn)
        if not names:
            return LookedAgain(found)
        below = min(names)  # what was begun first is ended first
        for number, again in _look(database, plain().knowing(names[below]), (below, most - looked), go_on):
            _keep(database, names[below], number, again, now)
            looked, found = looked + BATCH, found + len(again)
    with database.read() as conn:
        return LookedAgain(found, left_over=bool(unsought(conn)))


def _look(
    database: Database, knowing: Recognizer, reach: tuple[int, int], go_on: GoOn
) -> Iterator[tuple[int, list[int]]]:
    """Batch after batch, down to which id articles were looked through, and which of them have a name.

    `reach` is the id below which to begin, and how many articles to look through at most.
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
        keep_sought(conn, names, reached)
