"""Redraws the match keys of known projects and candidates after the rules that draw them have changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from offing.config.files.layers import Layers
from offing.match.verdicts.match_keys import VERSION_MARK
from offing.match.verdicts.verdict import Judge
from offing.services.known_projects.naming import version_of_names
from offing.services.matching.candidates import drawn_mark, keys_of_known, redraw_keys
from offing.services.matching.match_rules import changing, judge_of, judge_within, layers_within
from offing.services.running.pieces import GoOn, to_the_end
from offing.store.database.batch import BATCH
from offing.store.database.engine import Database
from offing.store.pairs import blocking
from offing.store.records import known_project as known
from offing.store.records.project_name import read_otherwise

IN_A_RUN = 2_000  # candidates, so that a run after an upgrade ends in reasonable time
_AT_ONCE = 50  # candidates in one transaction
_ANY = 1


@dataclass(frozen=True, slots=True)
class Redrawn:
    """How many were redrawn."""

    known: int
    candidates: int


def redraw(database: Database, most: int | None = None, go_on: GoOn = to_the_end) -> Redrawn:
    """Redraw the keys of known projects and candidates that were drawn by other rules than the current ones.

    It can be interrupted at any time, and resumes; once done, a further call finds nothing to do.

    Args:
        database: where they are.
        most: candidates to redraw, the newest first; None for all.
        go_on: asked before each transaction.
    """
    return Redrawn(_redraw_known(database, go_on), _redraw_candidates(database, most, go_on))


def _redraw_known(database: Database, go_on: GoOn) -> int:
    """Redraw known projects, some hundred in a transaction, with the keys computed before it."""
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
            some = blocking.drawn_otherwise(conn, mark, below, _AT_ONCE)
            redraw_keys(conn, some)
        if not some:
            break
        done, below = done + len(some), some[-1]
    return done


def rules_faults(conn: sa.Connection) -> Iterator[str]:
    """Yield a sentence for what was drawn by other rules than the current ones; none if all is well."""
    judge, layers = judge_within(conn), layers_within(conn) or Layers.of(None)
    drawn = {
        "keys of known projects": known.drawn_otherwise(conn, _mark(judge), _ANY),
        "keys of candidates": blocking.drawn_otherwise(conn, drawn_mark(judge), None, _ANY),
        "names of known projects": read_otherwise(conn, version_of_names(layers)),
    }
    yield from (
        f"{what} were drawn by other rules than those of now; run `offing db reindex`"
        for what, some in drawn.items()
        if some
    )


def _mark(judge: Judge) -> str:
    return f"{VERSION_MARK}{judge.keys_version}"
