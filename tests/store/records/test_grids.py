"""Rows that agree in one key and differ in another: of a whole grid of them, only those that are meant are touched."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from factories.candidate import NOW
from offing import __version__
from offing.model.reading.mention import MentionKind
from offing.model.review.decision import Judgement
from offing.model.review.second_reading import SecondReading
from offing.model.values.vocabulary import EventKind, Status, Verb
from offing.store import tables
from offing.store.candidates import lease, mute, saved_filter, second_reading
from offing.store.database.engine import Database
from offing.store.feeds import poll, watch
from offing.store.pairs import pair
from offing.store.records.event import take_in
from offing.store.runs import quarantine, work
from offing.store.stories import repeat
from store.grids import (
    THREE,
    Grid,
    asides,
    compared,
    having,
    held,
    keep_pairs_anew,
    leases,
    nothing,
    only_what_is_meant_changes,
    own,
    pairs,
    put_back_item,
    readings,
    repeating,
    work_rows,
)

EARLIER, LATER = NOW - timedelta(minutes=1), NOW + timedelta(minutes=1)
GRIDS: dict[str, Grid] = {
    "a candidate is taken over": Grid(
        tables.lease, leases("bo"), lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "bo", NOW), own()
    ),
    "one of another before is not taken over": Grid(
        tables.lease, leases("bo"), lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "ana", NOW), nothing
    ),
    "one of another after is not taken over": Grid(
        tables.lease, leases("bo"), lambda conn, ids: lease.take_over(conn, ids.mine, "eve", "cy", NOW), nothing
    ),
    "a candidate is given back": Grid(
        tables.lease, leases("bo"), lambda conn, ids: lease.release(conn, ids.mine, "bo"), own()
    ),
    "one of another before is not given back": Grid(
        tables.lease, leases("bo"), lambda conn, ids: lease.release(conn, ids.mine, "ana"), nothing
    ),
    "one of another after is not given back": Grid(
        tables.lease, leases("bo"), lambda conn, ids: lease.release(conn, ids.mine, "cy"), nothing
    ),
    "a filter is let go": Grid(
        tables.saved_filter,
        lambda _: [{"owner": owner, "name": name} for owner, name in product(THREE, THREE)],
        lambda conn, _: saved_filter.drop_filter(conn, "bo", "bo"),
        having(owner="bo", name="bo"),
    ),
    "a filter is kept anew": Grid(
        tables.saved_filter,
        lambda _: [{"owner": owner, "name": name} for owner, name in product(THREE, THREE)],
        lambda conn, _: saved_filter.save_filter(conn, "bo", "bo", "country=KEN", LATER),
        having(owner="bo", name="bo"),
    ),
    "a second reading is taken back": Grid(
        tables.second_reading,
        readings,
        lambda conn, ids: second_reading.take_back(conn, SecondReading(ids.mine, Judgement.REJECT, "bo", NOW), LATER),
        own(undone_at=None),
    ),
    "one of a person before is not taken back": Grid(
        tables.second_reading,
        readings,
        lambda conn, ids: second_reading.take_back(conn, SecondReading(ids.mine, Judgement.REJECT, "ana", NOW), LATER),
        nothing,
    ),
    "one of a person after is not taken back": Grid(
        tables.second_reading,
        readings,
        lambda conn, ids: second_reading.take_back(conn, SecondReading(ids.mine, Judgement.REJECT, "cy", NOW), LATER),
        nothing,
    ),
    "a mute is taken back twice": Grid(
        tables.mute,
        lambda _: [{"kind": MentionKind.FIRM, "undone_at": NOW} for _ in THREE],
        lambda conn, _: [mute.undo_mute(conn, number, "eve", LATER) for number in range(9)],
        nothing,
    ),
    "an item is due again": Grid(
        tables.work,
        lambda ids: work_rows(ids, done_at=EARLIER),
        lambda conn, _: work.make_due(conn, Verb.FETCH, 2, LATER),
        having(verb=Verb.FETCH, item_id=2),
    ),
    "an item is given back": Grid(
        tables.work, lambda ids: work_rows(ids, lease="bo"), put_back_item("bo"), having(verb=Verb.FETCH, item_id=2)
    ),
    "an item of a claim before is not given back": Grid(
        tables.work, lambda ids: work_rows(ids, lease="bo"), put_back_item("ana"), nothing
    ),
    "an item of a claim after is not given back": Grid(
        tables.work, lambda ids: work_rows(ids, lease="bo"), put_back_item("cy"), nothing
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
        held,
        lambda conn, _: quarantine.release(conn, quarantine.Which(verb=Verb.POLL), LATER, "ana"),
        lambda row, _: row["quarantined_at"] is not None and row["verb"] == Verb.POLL,
    ),
    "what one fault set aside is tried again": Grid(
        tables.work,
        held,
        lambda conn, _: quarantine.release(conn, quarantine.Which(fault="bo"), LATER, "ana"),
        lambda row, _: row["quarantined_at"] is not None and row["fault"] == "bo",
    ),
    "what was set aside since is tried again": Grid(
        tables.work,
        held,
        lambda conn, _: quarantine.release(conn, quarantine.Which(since=NOW), LATER, "ana"),
        lambda row, _: row["quarantined_at"] is not None and row["quarantined_at"] >= NOW,
    ),
    "what other versions set aside is tried again": Grid(
        tables.work,
        held,
        lambda conn, _: quarantine.release_after_upgrade(conn, __version__, LATER),
        lambda row, _: row["quarantined_at"] is not None and row["set_aside_by"] != __version__,
    ),
    "what is dropped is no feed": Grid(
        tables.work,
        held,
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
        asides,
        lambda conn, ids: take_in(conn, [(ids.mine, EventKind.STATUS, Status.SIGNED)], ids.mine),
        lambda row, ids: own(kind="status", status="signed", chosen=ids.mine)(row, ids),
    ),
    "an account stands whatever was chosen over it": Grid(
        tables.aside,
        asides,
        lambda conn, ids: take_in(conn, [(ids.mine, EventKind.AUDIT, None)]),
        own(kind="audit"),
    ),
    "a candidate is compared anew": Grid(tables.pair, pairs, keep_pairs_anew, compared),
    "the pairs of a candidate are forgotten": Grid(
        tables.pair,
        pairs,
        lambda conn, ids: pair.forget_pairs(conn, [ids.mine]),
        lambda row, ids: row["candidate_id"] == ids.mine or row["target"] == f"candidate:{ids.mine}",
    ),
    "repeats are handed over": Grid(
        tables.story_article,
        repeating,
        lambda conn, ids: repeat.hand_over(conn, ids.tellings[1], ids.tellings[0]),
        lambda row, ids: row["repeats"] == ids.tellings[1],
    ),
    "repeats move": Grid(
        tables.story_article,
        repeating,
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
}


@pytest.mark.parametrize("grid", GRIDS.values(), ids=GRIDS)
def test_of_a_grid_only_what_is_meant_changes(database: Database, grid: Grid) -> None:
    """Whether a row agrees in the other key, or its key stands before or after the one that is meant."""
    only_what_is_meant_changes(database, grid)
