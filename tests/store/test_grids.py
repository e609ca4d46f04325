"""Rows that agree in one key and differ in another: of a whole grid of them, only those that are meant are touched."""

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
from offing.model.codec import to_plain
from offing.model.decision import Judgement
from offing.model.known import KnownProject
from offing.model.matching import Relation
from offing.model.mention import MentionKind
from offing.model.mute import Mute
from offing.model.pairing import Pair, Thing
from offing.model.project import ProjectRecord
from offing.model.queue import Facet
from offing.model.reading import Reading
from offing.model.run import Stamp, WorkItem
from offing.model.story import StoredStory
from offing.model.user import Key
from offing.model.vocabulary import EventKind, Status, Verb
from offing.store import (
    facet,
    known,
    known_forget,
    lease,
    mute,
    pace,
    pair,
    poll,
    project,
    quarantine,
    reading,
    repeat,
    run,
    saved_filter,
    story,
    tables,
    user,
    watch,
    work,
)
from offing.store.engine import Database
from offing.store.event import take_in
from offing.store.work import LeaseLost

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


def _ids(conn: sa.Connection) -> Ids:
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
    deed: Callable[[sa.Connection, Ids], object]
    touched: Callable[[Row, Ids], bool]


def _nothing(_: Row, __: Ids) -> bool:
    return False


def _work(_: Ids, **more: Any) -> Iterable[Row]:
    return [{"verb": verb, "item_id": number, **more} for verb, number in product(Verb, NUMBERS)]


def _held(ids: Ids) -> Iterable[Row]:
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


def _leases(by: str) -> Callable[[Ids], Iterable[Row]]:
    return lambda ids: [{"candidate_id": each, "by": by, "until": LATER} for each in ids.candidates]


def _readings(ids: Ids) -> Iterable[Row]:
    gone = [{"candidate_id": ids.mine, "by": "bo", "undone_at": EARLIER, "judgement": Judgement.ACCEPT}]
    return gone + [{"candidate_id": each, "by": "bo", "judgement": Judgement.REJECT} for each in ids.candidates]


def _is(**wanted: Any) -> Callable[[Row, Ids], bool]:
    return lambda row, _: all(row[name] == value for name, value in wanted.items())


def _own(**wanted: Any) -> Callable[[Row, Ids], bool]:
    return lambda row, ids: row["candidate_id"] == ids.mine and all(row[name] == wanted[name] for name in wanted)


def _known(_: Ids) -> Iterable[Row]:
    return [
        {"source": base, "key": key, "facts": to_plain(FACTS), "digest": "x"} for base, key in product(THREE, THREE)
    ]


def _sessions(ids: Ids) -> Iterable[Row]:
    return [{"token_hash": f"{owner}{key}", "user_id": owner, "key": key} for owner, key in product(ids.users, Key)]


def _pairs(ids: Ids) -> Iterable[Row]:
    targets = [*(f"candidate:{each}" for each in (*ids.candidates, 900)), "known:aid:1", "project:off-2026-000001"]
    return [
        {"candidate_id": each, "target": target, "relation": Relation.LINKED, "score": 0.5}
        for each, target in product(ids.candidates, targets)
        if target != f"candidate:{each}"
    ]


def _asides(ids: Ids) -> Iterable[Row]:
    told = [(EventKind.STATUS, Status.SIGNED), (EventKind.STATUS, Status.COMPLETED), (EventKind.AUDIT, None)]
    return [
        {"candidate_id": each, "kind": kind, "status": status, "chosen": chosen, "by": "ana", "at": NOW}
        for each, (kind, status), chosen in product(ids.candidates, [*told, (EventKind.HANDOVER, None)], ids.candidates)
    ]


def _repeating(ids: Ids) -> Iterable[Row]:
    """Two that repeat each of the three tellings."""
    return [
        {"story_id": story, "article_id": article, "ordinal": 1 + more, "facts": {}, "repeats": telling, "at": NOW}
        for (story, article, telling), more in product(
            zip(ids.stories, ids.articles, ids.tellings, strict=True), range(2)
        )
    ]


def _item(lease_: str) -> Callable[[sa.Connection, Ids], object]:
    def put_back(conn: sa.Connection, _: Ids) -> None:
        chosen = sa.select(tables.work.c.id).where(tables.work.c.verb == Verb.FETCH, tables.work.c.item_id == 2)
        item = WorkItem(conn.execute(chosen).scalar_one(), Verb.FETCH, 2, "", 0, lease_)
        if lease_ == "bo":
            work.put_back(conn, item, LATER, "later")
            return
        with pytest.raises(LeaseLost):
            work.put_back(conn, item, LATER, "later")

    return put_back


def _locks(ids: Ids) -> Iterable[Row]:
    named = [{"name": name, "run_id": ids.runs[1], "holder": "here"} for name in ("a", "z")]
    return [*named, {"name": run.LOCK, "run_id": ids.runs[1], "holder": "here"}]


def _records(_: Ids) -> Iterable[Row]:
    return [
        {"id": f"off-2026-00000{number}", "year": 2026, "number": number, "facts": to_plain(FACTS), "version": 2}
        for number in NUMBERS
    ]


def _record(version: int) -> ProjectRecord:
    return ProjectRecord("off-2026-000002", FACTS, (), (), NOW, NOW, version)


def _pair(ids: Ids, target: str) -> Pair:
    return Pair(ids.mine, Thing.parse(target), Relation.SAME, 0.9)


def _kept_pairs(conn: sa.Connection, ids: Ids) -> None:
    """Compared anew with the last candidate alone."""
    pair.keep_pairs(conn, ids.mine, [ids.candidates[2]], [_pair(ids, "known:other:1")], Stamp(LATER, "x"))


def _compared(row: Row, ids: Ids) -> bool:
    """Whether a pair is one of the middle one's with a known project, or with the last candidate on either side."""
    sides = {row["target"], f"candidate:{row['candidate_id']}"}
    mine, last = (f"candidate:{each}" for each in ids.candidates[1:])
    return sides == {mine, last} or (row["candidate_id"] == ids.mine and row["target"].startswith("known:"))


def _facets(ids: Ids) -> Iterable[Row]:
    kinds = (Facet.COUNTRY, Facet.FIRM, Facet.LENDER)
    return [{"candidate_id": a, "facet": b, "value": c} for a, b, c in product(ids.candidates, kinds, THREE)]


def _but_one(conn: sa.Connection, ids: Ids) -> None:
    stored = facet.stored_facets(conn, [ids.mine])[ids.mine]
    facet.keep_facets(conn, {ids.mine: stored - {(Facet.FIRM, "bo")}})


GRIDS: dict[str, Grid] = {
    "a candidate is taken over": Grid(
        tables.lease, _leases("bo"), lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "bo", NOW), _own()
    ),
    "one of another before is not taken over": Grid(
        tables.lease, _leases("bo"), lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "ana", NOW), _nothing
    ),
    "one of another after is not taken over": Grid(
        tables.lease, _leases("bo"), lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "cy", NOW), _nothing
    ),
    "a candidate is given back": Grid(
        tables.lease, _leases("bo"), lambda conn, ids: lease.release(conn, ids.mine, "bo"), _own()
    ),
    "one of another before is not given back": Grid(
        tables.lease, _leases("bo"), lambda conn, ids: lease.release(conn, ids.mine, "ana"), _nothing
    ),
    "one of another after is not given back": Grid(
        tables.lease, _leases("bo"), lambda conn, ids: lease.release(conn, ids.mine, "cy"), _nothing
    ),
    "a filter is let go": Grid(
        tables.saved_filter,
        lambda _: [{"owner": owner, "name": name} for owner, name in product(THREE, THREE)],
        lambda conn, _: saved_filter.drop_filter(conn, "bo", "bo"),
        _is(owner="bo", name="bo"),
    ),
    "a filter is kept anew": Grid(
        tables.saved_filter,
        lambda _: [{"owner": owner, "name": name} for owner, name in product(THREE, THREE)],
        lambda conn, _: saved_filter.save_filter(conn, "bo", "bo", "country=KEN", LATER),
        _is(owner="bo", name="bo"),
    ),
    "a second reading is taken back": Grid(
        tables.reading,
        _readings,
        lambda conn, ids: reading.take_back(conn, Reading(ids.mine, Judgement.REJECT, "bo", NOW), LATER),
        _own(undone_at=None),
    ),
    "one of a person before is not taken back": Grid(
        tables.reading,
        _readings,
        lambda conn, ids: reading.take_back(conn, Reading(ids.mine, Judgement.REJECT, "ana", NOW), LATER),
        _nothing,
    ),
    "one of a person after is not taken back": Grid(
        tables.reading,
        _readings,
        lambda conn, ids: reading.take_back(conn, Reading(ids.mine, Judgement.REJECT, "cy", NOW), LATER),
        _nothing,
    ),
    "a mute is taken back twice": Grid(
        tables.mute,
        lambda _: [{"kind": MentionKind.FIRM, "undone_at": NOW} for _ in THREE],
        lambda conn, _: [mute.undo_mute(conn, number, "eve", LATER) for number in range(9)],
        _nothing,
    ),
    "an item is due again": Grid(
        tables.work,
        lambda ids: _work(ids, done_at=EARLIER),
        lambda conn, _: work.make_due(conn, Verb.FETCH, 2, LATER),
        _is(verb=Verb.FETCH, item_id=2),
    ),
    "an item is given back": Grid(
        tables.work, lambda ids: _work(ids, lease="bo"), _item("bo"), _is(verb=Verb.FETCH, item_id=2)
    ),
    "an item of a claim before is not given back": Grid(
        tables.work, lambda ids: _work(ids, lease="bo"), _item("ana"), _nothing
    ),
    "an item of a claim after is not given back": Grid(
        tables.work, lambda ids: _work(ids, lease="bo"), _item("cy"), _nothing
    ),
    "the leases of a run are released": Grid(
        tables.work,
        lambda ids: [
            {"verb": Verb.FETCH, "item_id": 10 * each + more, "lease_run": each, "lease": "x"}
            for each, more in product(ids.runs, range(2))
        ],
        lambda conn, ids: work.release_leases(conn, [ids.runs[1]]),
        lambda row, ids: row["lease_run"] == ids.runs[1],
    ),
    "a feed loses its turn": Grid(
        tables.work,
        lambda ids: [{"verb": verb, "item_id": each} for verb, each in product(Verb, ids.feeds)],
        lambda conn, ids: watch.pause_feed(conn, ids.feeds[1], LATER, "ana"),
        lambda row, ids: row["verb"] == Verb.POLL and row["item_id"] == ids.feeds[1],
    ),
    "what one verb set aside is tried again": Grid(
        tables.work,
        _held,
        lambda conn, _: quarantine.release(conn, quarantine.Which(verb=Verb.POLL), LATER, "ana"),
        lambda row, _: row["quarantined_at"] is not None and row["verb"] == Verb.POLL,
    ),
    "what one fault set aside is tried again": Grid(
        tables.work,
        _held,
        lambda conn, _: quarantine.release(conn, quarantine.Which(fault="bo"), LATER, "ana"),
        lambda row, _: row["quarantined_at"] is not None and row["fault"] == "bo",
    ),
    "what was set aside since is tried again": Grid(
        tables.work,
        _held,
        lambda conn, _: quarantine.release(conn, quarantine.Which(since=NOW), LATER, "ana"),
        lambda row, _: row["quarantined_at"] is not None and row["quarantined_at"] >= NOW,
    ),
    "what other versions set aside is tried again": Grid(
        tables.work,
        _held,
        lambda conn, _: quarantine.release_after_upgrade(conn, __version__, LATER),
        lambda row, _: row["quarantined_at"] is not None and row["set_aside_by"] != __version__,
    ),
    "what is dropped is no feed": Grid(
        tables.work,
        _held,
        lambda conn, ids: quarantine.drop(conn, quarantine.Which(fault="bo"), ids.runs[1], "by ana", LATER),
        lambda row, _: row["quarantined_at"] is not None and row["fault"] == "bo" and row["verb"] != Verb.POLL,
    ),
    "an entry has another key": Grid(
        tables.entry,
        lambda ids: [
            {"feed_id": each, "entry_key": key, "url_key": f"{each}{key}"} for each, key in product(ids.feeds, THREE)
        ],
        lambda conn, ids: poll.rename_entries(conn, ids.feeds[1], [("bo", "new")]),
        lambda row, ids: row["feed_id"] == ids.feeds[1] and row["entry_key"] == "bo",
    ),
    "an account stands that one was chosen over": Grid(
        tables.aside,
        _asides,
        lambda conn, ids: take_in(conn, [(ids.mine, EventKind.STATUS, Status.SIGNED)], ids.mine),
        lambda row, ids: _own(kind="status", status="signed", chosen=ids.mine)(row, ids),
    ),
    "an account stands whatever was chosen over it": Grid(
        tables.aside,
        _asides,
        lambda conn, ids: take_in(conn, [(ids.mine, EventKind.AUDIT, None)]),
        _own(kind="audit"),
    ),
    "a candidate is compared anew": Grid(tables.pair, _pairs, _kept_pairs, _compared),
    "the pairs of a candidate are forgotten": Grid(
        tables.pair,
        _pairs,
        lambda conn, ids: pair.forget_pairs(conn, [ids.mine]),
        lambda row, ids: row["candidate_id"] == ids.mine or row["target"] == f"candidate:{ids.mine}",
    ),
    "repeats are handed over": Grid(
        tables.story_article,
        _repeating,
        lambda conn, ids: repeat.hand_over(conn, ids.tellings[1], ids.tellings[0]),
        lambda row, ids: row["repeats"] == ids.tellings[1],
    ),
    "repeats move": Grid(
        tables.story_article,
        _repeating,
        lambda conn, ids: repeat.move_repeats(conn, ids.tellings[1], ids.stories[0], ids.candidates[0]),
        lambda row, ids: row["repeats"] == ids.tellings[1],
    ),
    "an outlet repeats a telling again": Grid(
        tables.repeat_outlet,
        lambda ids: [
            {"telling_id": each, "outlet": name, "first_at": NOW, "last_at": NOW}
            for each, name in product(ids.tellings, THREE)
        ],
        lambda conn, ids: repeat.note_repeat(conn, ids.tellings[1], "bo", LATER),
        lambda row, ids: row["telling_id"] == ids.tellings[1] and row["outlet"] == "bo",
    ),
    "a project of a base is forgotten": Grid(
        tables.known_project,
        _known,
        lambda conn, _: known_forget.forget_known(conn, "bo", ["bo"]),
        _is(source="bo", key="bo"),
    ),
    "a project of a base says something else": Grid(
        tables.known_project,
        _known,
        lambda conn, _: known.keep_known(conn, [KnownProject("bo", "bo", FACTS)], LATER),
        _is(source="bo", key="bo"),
    ),
    "facets that are right stay": Grid(tables.candidate_facet, _facets, _but_one, _own(facet="firm", value="bo")),
    "a run keeps its lock": Grid(
        tables.run_lock, _locks, lambda conn, ids: run.renew_lock(conn, ids.runs[1], LATER), _is(name=run.LOCK)
    ),
    "a run before has no lock to keep": Grid(
        tables.run_lock, _locks, lambda conn, ids: run.renew_lock(conn, ids.runs[0], LATER), _nothing
    ),
    "a run after has no lock to keep": Grid(
        tables.run_lock, _locks, lambda conn, ids: run.renew_lock(conn, ids.runs[2], LATER), _nothing
    ),
    "a run takes the lock": Grid(
        tables.run_lock,
        _locks,
        lambda conn, ids: run.take_lock(conn, ids.runs[2], "here", NOW, LONG),
        _is(name=run.LOCK),
    ),
    "a run that ends gives back its lock": Grid(
        tables.run_lock, _locks, lambda conn, ids: run.end_run(conn, ids.runs[1], LATER, 0, {}), _is(name=run.LOCK)
    ),
    "a run before that ends has none": Grid(
        tables.run_lock, _locks, lambda conn, ids: run.end_run(conn, ids.runs[0], LATER, 0, {}), _nothing
    ),
    "a run after that ends has none": Grid(
        tables.run_lock, _locks, lambda conn, ids: run.end_run(conn, ids.runs[2], LATER, 0, {}), _nothing
    ),
    "one run ends": Grid(
        tables.run,
        lambda _: [],
        lambda conn, ids: run.end_run(conn, ids.runs[1], LATER, 0, {}),
        lambda row, ids: row["id"] == ids.runs[1],
    ),
    "a host rests longer": Grid(
        tables.pace,
        lambda _: [{"key": name, "next_at": NOW} for name in THREE],
        lambda conn, _: pace.rest(conn, "bo", LATER),
        _is(key="bo"),
    ),
    "one kind of session ends": Grid(
        tables.session,
        _sessions,
        lambda conn, ids: user.delete_sessions_of(conn, ids.users[1], Key.LINK),
        lambda row, ids: row["user_id"] == ids.users[1] and row["key"] == Key.LINK,
    ),
    "all sessions of a person end": Grid(
        tables.session,
        _sessions,
        lambda conn, ids: user.delete_sessions_of(conn, ids.users[1]),
        lambda row, ids: row["user_id"] == ids.users[1],
    ),
    "no session is a link": Grid(
        tables.session,
        _sessions,
        lambda conn, ids: [user.use_link(conn, f"{ids.users[1]}{key}", (EARLIER, NOW)) for key in Key],
        lambda row, ids: row["user_id"] == ids.users[1] and row["key"] == Key.LINK,
    ),
    "all sessions but a program's end by age": Grid(
        tables.session,
        _sessions,
        lambda conn, _: user.delete_stale_sessions(conn, begun_before=NOW, seen_before=NOW, begun_after=NOW),
        lambda row, _: row["key"] != Key.TOKEN,
    ),
    "a record changes": Grid(
        tables.project,
        _records,
        lambda conn, _: project.redirect(conn, _record(2), "off-2026-000001", LATER),
        _is(id="off-2026-000002"),
    ),
}


Ask = Callable[[sa.Connection, Ids], object]
ONCE: dict[str, tuple[Ask, Ask, Ask]] = {
    "a candidate is taken over": (
        lambda conn, ids: lease.take(conn, ids.mine, "bo", NOW),
        lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "bo", NOW),
        lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "bo", NOW),
    ),
    "a filter is let go": (
        lambda conn, _: saved_filter.save_filter(conn, "bo", "mine", "", NOW),
        lambda conn, _: saved_filter.drop_filter(conn, "bo", "mine"),
        lambda conn, _: saved_filter.drop_filter(conn, "bo", "mine"),
    ),
    "a second reading is taken back": (
        lambda conn, ids: reading.append(conn, Reading(ids.mine, Judgement.REJECT, "bo", NOW)),
        lambda conn, ids: reading.take_back(conn, Reading(ids.mine, Judgement.REJECT, "bo", NOW), LATER),
        lambda conn, ids: reading.take_back(conn, Reading(ids.mine, Judgement.REJECT, "bo", NOW), LATER),
    ),
    "a mute is taken back": (
        lambda conn, _: mute.add_mute(conn, Mute(MentionKind.FIRM, "bo"), "bo", NOW, ""),
        lambda conn, _: mute.undo_mute(conn, 1, "eve", LATER),
        lambda conn, _: mute.undo_mute(conn, 1, "eve", LATER),
    ),
    "a lock is kept": (
        lambda conn, ids: run.take_lock(conn, ids.runs[1], "here", NOW, LONG),
        lambda conn, ids: run.renew_lock(conn, ids.runs[1], LATER),
        lambda conn, ids: run.renew_lock(conn, ids.runs[2], LATER),
    ),
    "a story leads to another": (
        lambda _, __: None,
        lambda conn, ids: story.lead_to(conn, *_two(conn, ids)),
        lambda conn, ids: story.lead_to(conn, *_two(conn, ids)),
    ),
    "an outlet repeats": (
        lambda _, __: None,
        lambda conn, ids: repeat.note_repeat(conn, ids.tellings[1], "bo", NOW),
        lambda conn, ids: repeat.note_repeat(conn, ids.tellings[1], "bo", NOW),
    ),
}


def _two(conn: sa.Connection, ids: Ids) -> tuple[StoredStory, StoredStory]:
    stored = story.stored_stories(conn, ids.stories)
    return stored[ids.stories[1]], stored[ids.stories[0]]


@pytest.mark.parametrize("asked", ONCE.values(), ids=ONCE)
def test_who_does_something_hears_whether_it_was_done(database: Database, asked: tuple[Ask, Ask, Ask]) -> None:
    """Once it was; a second time there is nothing to do."""
    first, done, again = asked
    with database.write() as conn:
        ids = _ids(conn)
        first(conn, ids)
        assert done(conn, ids) is True
        assert again(conn, ids) is False


def _all(conn: sa.Connection, table: sa.Table) -> dict[tuple[Any, ...], Row]:
    keys = [column.name for column in table.primary_key]
    rows = conn.execute(sa.select(table).order_by(*table.primary_key)).mappings()
    return {tuple(row[key] for key in keys): row for row in rows}


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_of_a_grid_only_what_is_meant_changes(database: Database, grid: Grid) -> None:
    """Whether a row agrees in the other key, or its key stands before or after the one that is meant."""
    with database.write() as conn:
        ids = _ids(conn)
        for row in grid.rows(ids):
            stored_row(conn, grid.table, **row)
        before = _all(conn, grid.table)
        grid.deed(conn, ids)
        after = _all(conn, grid.table)
    changed = [key for key, row in before.items() if after.get(key) != row]
    assert changed == [key for key, row in before.items() if grid.touched(row, ids)]
