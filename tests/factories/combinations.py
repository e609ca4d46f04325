"""Rows of a store beside others that agree with them in all but one key: what is asked for must name no other."""

from __future__ import annotations

from datetime import timedelta
from itertools import product
from typing import Any

import sqlalchemy as sa

from factories.candidate import NOW, stored_row
from offing.model.review.decision import Judgement
from offing.store import tables

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
EARLIER, LATER = NOW - SECOND, NOW + SECOND
THREE = ("ana", "bo", "cy")
NUMBERS = (1, 2, 3)


def rows(conn: sa.Connection, table: sa.Table, names: tuple[str, ...], *values: Any, **same: Any) -> dict[Any, Any]:
    """A row of a table for each combination of values; their ids."""
    return {each: stored_row(conn, table, **dict(zip(names, each, strict=True)), **same) for each in product(*values)}


def decided(conn: sa.Connection, number: int, by: str, judgement: str = Judgement.REJECT, **more: Any) -> int:
    """A decision on a candidate; its id."""
    row = {"candidate_id": number, "by": by, "judgement": judgement, "at": NOW, "before": {}, "after": {}, **more}
    return stored_row(conn, tables.decision, **row)
