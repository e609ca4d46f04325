"""What known projects and candidates are found by, drawn anew once the rules have changed by which it was drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from offing.config.layers import Layers
from offing.match.keys import DRAWN
from offing.match.verdict import Judge
from offing.steps.judging import changing, judge_of, judge_within, layers_within
from offing.steps.matching import drawn_mark, keys_of_known, redraw_keys
from offing.steps.naming import version_of_names
from offing.steps.pieces import GoOn, to_the_end
from offing.store import known, near
from offing.store.batch import BATCH
from offing.store.engine import Database
from offing.store.project_name import read_otherwise

IN_A_RUN = 2_000  # candidates, so that a run after an upgrade does not take for ever
_AT_ONCE = 50  # candidates in one transaction
_ANY = 1


@dataclass(frozen=True, slots=True)
class Redrawn:
    """How many were drawn anew."""

    known: int
    candidates: int


def redraw(database: Database, most: int | None = None, go_on: GoOn = to_the_end) -> Redrawn:
    """Draw anew by what known projects and candidates are found, where other rules than those of now drew it.

    It can be broken off at any time and goes on where it was; once done, it finds nothing to do.

    Args:
        database: where they are.
        most: candidates that are drawn, the newest first; all without it.
        go_on: asked before each transaction.
    """
    return Redrawn(_redraw_known(database, go_on), _redraw_candidates(database, most, go_on))


def _redraw_known(database: Database, go_on: GoOn) -> int:
    """Some hundred in a transaction, worked out before it."""
    judge, done = judge_of(database), 0
    while go_on():
        with database.read() as conn:
            some = known.drawn_otherwise(conn, _mark(judge), BATCH)
        if not some:
            break
        keys = {each: keys_of_known(each, judge) for each in some}
        with database.write() as conn:
            known.rekey_known(conn, keys)
        done += len(some)
    return done


def _redraw_candidates(database: Database, most: int | None, go_on: GoOn) -> int:
    mark, done, below = drawn_mark(judge_of(database)), 0, None
    while go_on() and (most is None or done < most):
        with changing(database) as conn:
            some = near.drawn_otherwise(conn, mark, below, _AT_ONCE)
            redraw_keys(conn, some)
        if not some:
            break
        done, below = done + len(some), some[-1]
    return done


def rules_faults(conn: sa.Connection) -> Iterator[str]:
    """A sentence for what was drawn by other rules than those of now; none where all is well."""
    judge, layers = judge_within(conn), layers_within(conn) or Layers.of(None)
    drawn = {
        "keys of known projects": known.drawn_otherwise(conn, _mark(judge), _ANY),
        "keys of candidates": near.drawn_otherwise(conn, drawn_mark(judge), None, _ANY),
        "names of known projects": read_otherwise(conn, version_of_names(layers)),
    }
    yield from (
        f"{what} were drawn by other rules than those of now; run `offing db reindex`"
        for what, some in drawn.items()
        if some
    )


def _mark(judge: Judge) -> str:
    return f"{DRAWN}{judge.drawn_by}"
