"""The queue beside a few lines of Python that say what it is to hold: filters, order, pages, neighbours and counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import NOW, stored_row
from offing.model.review.candidate import CandidateKind, CandidateState
from offing.model.review.queue import Facet, QueueFilter, QueuePosition, QueueView
from offing.model.text.search import Search, parse_search
from offing.store import tables
from offing.store.candidates.queue import QueueRequest, Stretch, around, day_budget, stretch
from offing.store.candidates.queue_count import count
from offing.store.candidates.search import keep_words
from offing.store.database.engine import Database

SECOND = timedelta(seconds=1)
S, K, V = CandidateState, CandidateKind, QueueView
TODAY = NOW.date().isoformat()
WORDS = ("port", "railway", "port of call")


@dataclass(frozen=True)
class Row:
    """A candidate as the queue sees it."""

    id: int
    state: S
    kind: K
    above: bool
    score: float
    due: int
    day: str
    merged: bool
    country: str
    person: str
    words: str

    @property
    def is_back(self) -> bool:
        """Whether it was put off until now or before."""
        return self.state is S.DEFERRED and self.due <= 0

    @property
    def waits(self) -> bool:
        """Whether it waits for a decision."""
        return (self.state is S.OPEN and self.above) or self.is_back


def _stored(conn: sa.Connection) -> list[Row]:
    """A candidate of each state, above the cut and below, with the rest by turns."""
    rows: list[Row] = []
    kept: dict[int, list[str]] = {}
    for number, (state, above, turn) in enumerate(product(S, (True, False), range(9))):
        kind, due, score = list(K)[turn % 3], turn % 3 - 1, (0.2, 0.5, 0.8)[(number + turn) % 3]
        day = (TODAY, "2026-03-04", "2026-03-06")[number % 3]
        merged, country, person = turn == 7, ("KEN", "UGA", "TZA")[number % 3], ("ann", "bo")[number % 2]
        values = {"kind": kind, "state": state, "above_cut": above, "score": score, "version": 1, "reasons": []}
        of = {"defer_until": NOW + due * SECOND, "audit_day": day, "merged_into": rows[0].id if merged else None}
        story_id = stored_row(conn, tables.story, first_at=NOW, last_at=NOW)
        made = stored_row(conn, tables.candidate, story_id=story_id, facts={}, **values, **of)
        for facet, value in ((Facet.COUNTRY, country), (Facet.PERSON, person), (Facet.STATUS, country.lower())):
            stored_row(conn, tables.candidate_facet, candidate_id=made, facet=facet, value=value)
        if made % 3 == 0:
            stored_row(conn, tables.assignment, candidate_id=made, person="Ann", by="bo", at=NOW)
        kept[made] = [WORDS[number % 3]]
        rows.append(Row(made, state, kind, above, score, due, day, merged, country, person, WORDS[number % 3]))
    keep_words(conn, kept)
    return rows


def _best(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (-row.score, row.id))


VIEWS: dict[V, Callable[[list[Row], int], list[Row]]] = {
    V.TODAY: lambda rows, left: [
        *_best(row for row in rows if row.waits)[:left],
        *(row for row in rows if row.state is S.OPEN and not row.above and row.day == TODAY),
    ],
    V.MY_DAY: lambda rows, _: _best(row for row in rows if row.waits and row.id % 3 == 0)[:5],
    V.WAITING: lambda rows, _: [row for row in rows if row.waits],
    V.DEFERRED: lambda rows, _: [row for row in rows if row.state is S.DEFERRED and row.due > 0],
    V.BELOW_CUT: lambda rows, _: [row for row in rows if row.state is S.OPEN and not row.above],
    V.DECIDED: lambda rows, _: [row for row in rows if row.state not in {S.OPEN, S.DEFERRED}],
    V.ALL: lambda rows, _: rows,
}
NOTHING = Search()
CHOICES: dict[str, tuple[dict[str, Any], Callable[[Row], bool]]] = {
    "all": ({}, lambda _: True),
    "a kind": ({"kind": (K.UPDATE,)}, lambda row: row.kind is K.UPDATE),
    "two kinds": ({"kind": (K.NEW, K.AUDIT)}, lambda row: row.kind is not K.UPDATE),
    "a country": ({"country": ("TZA",)}, lambda row: row.country == "TZA"),
    "countries": ({"country": ("TZA", "KEN")}, lambda row: row.country != "UGA"),
    "mine": ({"mine": True}, lambda row: row.person == "ann"),
    "assigned": ({"assigned": "me"}, lambda row: row.id % 3 == 0),
    "assigned by name": ({"assigned": "Ann"}, lambda row: row.id % 3 == 0),
    "nobody's": ({"assigned": "nobody"}, lambda row: row.id % 3 != 0),
    "deferred": ({"deferred": True}, lambda row: row.is_back),
    "words": ({"search": "port"}, lambda row: "port" in row.words),
    "a phrase": ({"search": '"port of"'}, lambda row: row.words == "port of call"),
    "but words": ({"search": "port -call"}, lambda row: row.words == "port"),
    "blind": ({"blind": True}, lambda row: row.id % 2 == 0),
    "all of it": (
        {"kind": (K.UPDATE, K.NEW), "country": ("KEN", "UGA"), "mine": True},
        lambda row: row.kind is not K.AUDIT and row.country != "TZA" and row.person == "ann",
    ),
}


def _asked(view: V, choice: dict[str, Any], rows: list[Row], **more: Any) -> QueueRequest:
    named = {name: value for name, value in choice.items() if name not in {"search", "blind"}}
    blind = frozenset(row.id for row in rows if row.id % 2) if choice.get("blind") else frozenset()
    search = parse_search(choice["search"]) if "search" in choice else NOTHING
    return QueueRequest(QueueFilter(view=view, **named, **more), search, "Ann", NOW, 3, blind, own_left=5)


@pytest.fixture
def rows(database: Database) -> list[Row]:
    """Ninety candidates."""
    with database.write() as conn:
        return _stored(conn)


@pytest.mark.parametrize("view", V)
def test_a_view_holds_what_it_says(database: Database, rows: list[Row], view: V) -> None:
    """With each choice that narrows it: the candidates in order, and how many there are of each kind and value."""
    standing = [row for row in rows if not row.merged]
    with database.read() as conn:
        for choice, keeps in CHOICES.values():
            asked = _asked(view, choice, rows, size=200)
            found = _best(row for row in VIEWS[view](standing, asked.left) if keeps(row))
            assert stretch(conn, asked) == Stretch(tuple(row.id for row in found))
            _same_counts(conn, asked, VIEWS[view](standing, asked.left), found)


def _same_counts(conn: sa.Connection, asked: QueueRequest, view: list[Row], found: list[Row]) -> None:
    """Of what is chosen by, what would be found without that choice is counted."""
    counts = count(conn, asked)
    for name, of in (("kind", lambda row: row.kind), (Facet.COUNTRY, lambda row: row.country)):
        chosen = bool(asked.filter.kind) if name == "kind" else name in asked.filter.facets
        among = [row for row in view if _without(asked, row, name)] if chosen else found
        expected = Counter(map(of, among))
        told = counts.kinds if name == "kind" else dict(counts.facets.get(Facet.COUNTRY, ()))
        assert told == expected
    assert dict(counts.facets.get(Facet.STATUS, ())) == Counter(row.country.lower() for row in found)
    listed = counts.facets.get(Facet.STATUS, [])
    assert listed == sorted(listed, key=lambda each: (-each[1], each[0]))
    assert Facet.PERSON not in counts.facets


def _without(asked: QueueRequest, row: Row, name: str) -> bool:
    """Whether a row is found by all but one choice."""
    wanted = asked.filter
    return all(
        (
            name == "kind" or not wanted.kind or row.kind in wanted.kind,
            all(name == facet or row.country in values for facet, values in wanted.facets.items()),
            not wanted.mine or row.person == "ann",
        )
    )


@pytest.mark.parametrize("size", [1, 2, 7])
@pytest.mark.parametrize("view", [V.WAITING, V.ALL])
def test_pages_lead_on_and_back(database: Database, rows: list[Row], view: V, size: int) -> None:
    """Each candidate stands on one page, in order; the same pages come the other way."""
    standing = _best(VIEWS[view]([row for row in rows if not row.merged], 3))
    with database.read() as conn:
        asked, pages = _asked(view, {}, rows, size=size), []
        for _ in standing:  # as many pages at most
            page = stretch(conn, asked)
            pages.append(page.ids)
            last = next(row for row in standing if row.id == page.ids[-1])
            assert bool(page.before) is (len(pages) > 1)
            if not page.after:
                break
            asked = replace(asked, filter=replace(asked.filter, after=QueuePosition(last.score, last.id)))
        assert [number for ids in pages for number in ids] == [row.id for row in standing]
        for ids, following in zip(pages[::-1][1:], pages[::-1], strict=False):
            first = next(row for row in standing if row.id == following[0])
            back = replace(asked, filter=replace(asked.filter, after=None, before=QueuePosition(first.score, first.id)))
            found = stretch(conn, back)
            assert (found.ids[-len(ids) :], bool(found.after)) == (ids[-len(found.ids) :], True)
            assert bool(found.before) is (len(found.ids) == size and found.ids[0] != standing[0].id)


def test_the_neighbours_of_a_candidate(database: Database, rows: list[Row]) -> None:
    """By its place, also where it stands in the queue no more; at the ends there is none."""
    standing = [row for row in rows if not row.merged]
    view = _best(VIEWS[V.WAITING](standing, 3))
    with database.read() as conn:
        asked = _asked(V.WAITING, {}, rows)
        for row in (view[0], view[1], view[-2], view[-1], *(each for each in standing if not each.waits)):
            place = (-row.score, row.id)
            before = [each.id for each in view if (-each.score, each.id) < place]
            after = [each.id for each in view if (-each.score, each.id) > place]
            found = around(conn, asked, row.id)
            assert found == (before[-1] if before else None, after[0] if after else None)
        assert around(conn, asked, 10_000) == (None, None)


def test_what_is_left_of_a_day(database: Database, rows: list[Row]) -> None:
    """The sample counts what stands in it; judged ones count once, of the audit none."""
    drawn = [row for row in rows if row.state is S.OPEN and not row.above and row.day == TODAY and not row.merged]
    with database.write() as conn:
        assert day_budget(conn, NOW, 9).audit_left == len(drawn)
        for row in rows[:6]:
            said = {"judgement": "reject", "by": "ann", "before": {}, "after": {}}
            stored_row(conn, tables.decision, candidate_id=row.id, at=NOW, **said)
        judged = sum(row.kind is not K.AUDIT for row in rows[:6])
        found = day_budget(conn, NOW, 9)
        assert (found.judged, found.left, found.size, found.day) == (judged, 9 - judged, 9, NOW.date())
        assert day_budget(conn, NOW, judged - 1).left == 0
