"""Rows of many tables that agree in one key and differ in another, three of each; the middle one is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import count, product
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_candidate, stored_row
from offing import __version__
from offing.model.operation.run import Stamp, WorkItem
from offing.model.operation.user import Key
from offing.model.pairs.matching import Relation
from offing.model.pairs.pairing import Pair, Ref
from offing.model.projects.project import ProjectRecord
from offing.model.review.decision import Judgement
from offing.model.review.queue import Facet
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import EventKind, Status, Verb
from offing.store import tables
from offing.store.candidates import facet
from offing.store.database.engine import Database
from offing.store.pairs import pair
from offing.store.runs import run, work
from offing.store.runs.work import LeaseLost

EARLIER, LATER, LONG = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1), timedelta(days=40)
THREE = ("ana", "bo", "cy")
NUMBERS = (1, 2, 3)
Row = Mapping[str, Any]


@dataclass(frozen=True)
class Ids:
    """Three of everything; the middle one is meant."""

    candidates: tuple[int, ...]
    articles: tuple[int, ...]
    feeds: tuple[int, ...]
    tellings: tuple[int, ...]
    stories: tuple[int, ...]
    runs: tuple[int, ...]
    users: tuple[int, ...]

    @property
    def mine(self) -> int:
        """The candidate in the middle."""
        return self.candidates[1]


def stored_ids(conn: sa.Connection) -> Ids:
    """Three candidates with all that leads to them, three runs and three people."""
    candidates = tuple(stored_candidate(conn) for _ in THREE)
    chain = (
        sa.select(tables.story_article.c.article_id, tables.entry.c.feed_id, tables.story_article.c.id)
        .add_columns(tables.story_article.c.story_id)
        .join_from(tables.story_article, tables.article)
        .join(tables.page, tables.page.c.id == tables.article.c.page_id)
        .join(tables.entry, tables.entry.c.id == tables.page.c.entry_id)
    )
    articles, feeds, tellings, stories = zip(*conn.execute(chain.order_by(tables.story_article.c.id)), strict=True)
    runs = tuple(stored_row(conn, tables.run, pipeline=name) for name in THREE)
    users = tuple(stored_row(conn, tables.user, name=name, role="analyst") for name in THREE)
    return Ids(candidates, articles, feeds, tellings, stories, runs, users)


@dataclass(frozen=True)
class Grid:
    """Rows of a table, what is done, and which of the rows that may touch."""

    table: sa.Table
    rows: Callable[[Ids], Iterable[Row]]
    action: Callable[[sa.Connection, Ids], object]
    touched: Callable[[Row, Ids], bool]


def nothing(_: Row, __: Ids) -> bool:
    """Of rows that nothing may touch."""
    return False


def work_rows(_: Ids, **more: Any) -> Iterable[Row]:
    """Work of each verb at three items."""
    return [{"verb": verb, "item_id": number, **more} for verb, number in product(Verb, NUMBERS)]


def held(ids: Ids) -> Iterable[Row]:
    """Items set aside, each by another verb, time, fault and version than its neighbours."""
    at = (EARLIER, NOW, LATER)
    each = product((Verb.FETCH, Verb.POLL, Verb.PROPOSE), range(3), range(3), range(3))
    item = count(1)
    return [
        {
            "verb": verb,
            "item_id": next(item),
            "quarantined_at": at[when],
            "fault": THREE[fault],
            "set_aside_by": ("0", __version__, "9")[version],
        }
        for verb, when, fault, version in each
    ] + [{"verb": Verb.FETCH, "item_id": next(item), "fault": "bo"}]


def leases(by: str) -> Callable[[Ids], Iterable[Row]]:
    """One lease of each candidate, by one person."""
    return lambda ids: [{"candidate_id": each, "by": by, "until": LATER} for each in ids.candidates]


def readings(ids: Ids) -> Iterable[Row]:
    """Readings by one person: of each candidate, and one that was taken back."""
    gone = [{"candidate_id": ids.mine, "by": "bo", "undone_at": EARLIER, "judgement": Judgement.ACCEPT}]
    return gone + [{"candidate_id": each, "by": "bo", "judgement": Judgement.REJECT} for each in ids.candidates]


def having(**wanted: Any) -> Callable[[Row, Ids], bool]:
    """Which rows have some values."""
    return lambda row, _: all(row[name] == value for name, value in wanted.items())


def own(**wanted: Any) -> Callable[[Row, Ids], bool]:
    """Which rows are of the middle candidate, and have some values."""
    return lambda row, ids: row["candidate_id"] == ids.mine and all(row[name] == wanted[name] for name in wanted)


def known_rows(_: Ids) -> Iterable[Row]:
    """Three projects of three bases."""
    return [
        {"source": base, "key": key, "facts": to_plain(FACTS), "digest": "x"} for base, key in product(THREE, THREE)
    ]


def sessions(ids: Ids) -> Iterable[Row]:
    """Each kind of session of three people."""
    return [{"token_hash": f"{owner}{key}", "user_id": owner, "key": key} for owner, key in product(ids.users, Key)]


def pairs(ids: Ids) -> Iterable[Row]:
    """Each candidate with each item that it may be compared with."""
    targets = [*(f"candidate:{each}" for each in (*ids.candidates, 900)), "known:aid:1", "project:off-2026-000001"]
    return [
        {"candidate_id": each, "target": target, "relation": Relation.LINKED, "score": 0.5}
        for each, target in product(ids.candidates, targets)
        if target != f"candidate:{each}"
    ]


def asides(ids: Ids) -> Iterable[Row]:
    """Events of each candidate that were chosen over each."""
    told = [(EventKind.STATUS, Status.SIGNED), (EventKind.STATUS, Status.COMPLETED), (EventKind.AUDIT, None)]
    return [
        {"candidate_id": each, "kind": kind, "status": status, "chosen": chosen, "by": "ana", "at": NOW}
        for each, (kind, status), chosen in product(ids.candidates, [*told, (EventKind.HANDOVER, None)], ids.candidates)
    ]


def repeating(ids: Ids) -> Iterable[Row]:
    """Two that repeat each of the three tellings."""
    return [
        {"story_id": story, "article_id": article, "ordinal": 1 + more, "facts": {}, "repeats": telling, "at": NOW}
        for (story, article, telling), more in product(
            zip(ids.stories, ids.articles, ids.tellings, strict=True), range(2)
        )
    ]


def put_back_item(lease_: str) -> Callable[[sa.Connection, Ids], object]:
    """Puts an item back by a claim; by another than the one that stands it is lost."""

    def put_back(conn: sa.Connection, _: Ids) -> None:
        chosen = sa.select(tables.work.c.id).where(tables.work.c.verb == Verb.FETCH, tables.work.c.item_id == 2)
        item = WorkItem(conn.execute(chosen).scalar_one(), Verb.FETCH, 2, "", 0, lease_)
        if lease_ == "bo":
            work.put_back(conn, item, LATER, "later")
            return
        with pytest.raises(LeaseLost):
            work.put_back(conn, item, LATER, "later")

    return put_back


def locks(ids: Ids) -> Iterable[Row]:
    """The lock of runs, and others before and after it."""
    named = [{"name": name, "run_id": ids.runs[1], "holder": "here"} for name in ("a", "z")]
    return [*named, {"name": run.LOCK, "run_id": ids.runs[1], "holder": "here"}]


def records(_: Ids) -> Iterable[Row]:
    """Three records."""
    return [
        {"id": f"off-2026-00000{number}", "year": 2026, "number": number, "facts": to_plain(FACTS), "version": 2}
        for number in NUMBERS
    ]


def one_record(version: int) -> ProjectRecord:
    """The middle record at a version."""
    return ProjectRecord("off-2026-000002", FACTS, (), (), NOW, NOW, version)


def one_pair(ids: Ids, target: str) -> Pair:
    """The middle candidate with an item."""
    return Pair(ids.mine, Ref.parse(target), Relation.SAME, 0.9)


def keep_pairs_anew(conn: sa.Connection, ids: Ids) -> None:
    """Compared anew with the last candidate alone."""
    pair.keep_pairs(conn, ids.mine, [ids.candidates[2]], [one_pair(ids, "known:other:1")], Stamp(LATER, "x"))


def compared(row: Row, ids: Ids) -> bool:
    """Whether a pair is one of the middle one's with a known project, or with the last candidate on either side."""
    sides = {row["target"], f"candidate:{row['candidate_id']}"}
    mine, last = (f"candidate:{each}" for each in ids.candidates[1:])
    return sides == {mine, last} or (row["candidate_id"] == ids.mine and row["target"].startswith("known:"))


def facets(ids: Ids) -> Iterable[Row]:
    """Facets of three kinds with three values of each candidate."""
    kinds = (Facet.COUNTRY, Facet.FIRM, Facet.LENDER)
    return [{"candidate_id": a, "facet": b, "value": c} for a, b, c in product(ids.candidates, kinds, THREE)]


def keep_but_one(conn: sa.Connection, ids: Ids) -> None:
    """Keep the facets of the middle candidate but one."""
    stored = facet.stored_facets(conn, [ids.mine])[ids.mine]
    facet.keep_facets(conn, {ids.mine: stored - {(Facet.FIRM, "bo")}})


def _all(conn: sa.Connection, table: sa.Table) -> dict[tuple[Any, ...], Row]:
    keys = [column.name for column in table.primary_key]
    rows = conn.execute(sa.select(table).order_by(*table.primary_key)).mappings()
    return {tuple(row[key] for key in keys): row for row in rows}


def only_what_is_meant_changes(database: Database, grid: Grid) -> None:
    """Store the rows, do it, and look at each row."""
    with database.write() as conn:
        ids = stored_ids(conn)
        for row in grid.rows(ids):
            stored_row(conn, grid.table, **row)
        before = _all(conn, grid.table)
        grid.action(conn, ids)
        after = _all(conn, grid.table)
    changed = [key for key, row in before.items() if after.get(key) != row]
    assert changed == [key for key, row in before.items() if grid.touched(row, ids)]
