"""Feeds, names, lists of records and what is pruned: borders, joins and counts, one row on each side."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
import sqlalchemy as sa

from factories.candidate import FACTS, NOW, stored_article, stored_candidate, stored_row
from factories.crowd import NAMES, crowd
from offing.errors import Conflict
from offing.model.candidate import CandidateState
from offing.model.codec import to_plain
from offing.model.feed import Alarm, Exchange, FeedAlarm, FeedSpec, FeedState, FeedUpdate, PollOutcome
from offing.model.known import KnownProject
from offing.model.naming import ProjectName
from offing.model.pairing import Thing
from offing.model.project import ProjectRecord
from offing.model.vocabulary import Sector, Status, Verb
from offing.store import (
    credentials,
    feed,
    known,
    poll,
    project,
    project_list,
    project_name,
    prune,
    queue_line,
    sought,
    tables,
    tombstone,
    watch,
)
from offing.store.engine import Database
from offing.store.record_check import record_faults

SECOND, DAY, HALF_A_YEAR = timedelta(seconds=1), timedelta(days=1), timedelta(days=180)
EARLIER, LATER = NOW - SECOND, NOW + SECOND


def _feeds(conn: sa.Connection, **more: Any) -> list[int]:
    return [
        stored_row(conn, tables.feed, url=f"https://{name}.example/rss", url_key=f"{name}.example/rss", **more)
        for name in "abc"
    ]


def test_exchanges_of_half_a_year_are_kept_of_each_feed(database: Database) -> None:
    """Reckoned from the oldest of its own last forty; one of just that age stays."""
    with database.write() as conn:
        feeds = _feeds(conn)
        ages = (HALF_A_YEAR + SECOND, HALF_A_YEAR, timedelta(0))
        for each, age in product(feeds, ages):
            stored_row(conn, tables.poll, feed_id=each, at=NOW - age, outcome="ok")
        for number in range(38):
            stored_row(conn, tables.poll, feed_id=feeds[1], at=NOW + number * SECOND, outcome="ok")
        counts = sa.select(tables.poll.c.feed_id, sa.func.count()).group_by(tables.poll.c.feed_id)
        for each in feeds:
            poll.record_poll(conn, each, Exchange(NOW + DAY, PollOutcome.OK))
        assert dict(conn.execute(counts).all()) == {feeds[0]: 4, feeds[1]: 41, feeds[2]: 4}
        oldest = conn.execute(sa.select(sa.func.min(tables.poll.c.at)).where(tables.poll.c.feed_id == feeds[1]))
        assert oldest.scalar() == NOW - HALF_A_YEAR


def test_the_history_has_what_told_something(database: Database) -> None:
    """New entries or repeated ones, one of them is enough; of the rest the last forty; five hundred in all."""
    with database.write() as conn:
        feeds = _feeds(conn)
        for number, counts in enumerate(({"new_entries": 1}, {"repeated": 1}, {"missed": 1}, {})):
            plain = {"new_entries": 0, "repeated": 0, "missed": 0, **counts}
            stored_row(conn, tables.poll, feed_id=feeds[1], at=NOW - (9 - number) * DAY, outcome="ok", **plain)
        empty = {"new_entries": 0, "repeated": 0, "missed": 0}
        for each, number in product(feeds, range(40)):
            stored_row(conn, tables.poll, feed_id=each, at=NOW - number * SECOND, outcome="ok", **empty)
        found = poll.poll_history(conn, feeds[1], NOW)
        assert len(found) == 42
        assert [each.at for each in found[-2:]] == [NOW - 8 * DAY, NOW - 9 * DAY]
        rows = [{"feed_id": feeds[0], "at": NOW - DAY - number * SECOND} for number in range(501)]
        plain = {"outcome": "ok", "seconds": 0, "size": 0, "entries": 0, "dated": 0, "with_text": 0}
        conn.execute(sa.insert(tables.poll), [{**row, **plain, **empty, "new_entries": 1} for row in rows])
        assert len(poll.poll_history(conn, feeds[0], NOW)) == 500


POLLED = FeedUpdate(PollOutcome.OK, FeedState.HEALTHY, LATER, Exchange(LATER, PollOutcome.OK, 200, 0.25))


@pytest.mark.parametrize(("before", "told", "after"), [("", "New", "New"), ("Old", "New", "Old"), ("Old", "", "Old")])
def test_a_feed_keeps_its_title(database: Database, before: str, told: str, after: str) -> None:
    """It takes one where it has none."""
    with database.write() as conn:
        feeds = _feeds(conn, title=before)
        update = replace(POLLED, title=told, read_in_full=bool(told))
        feed.save_poll(conn, feeds[1], update, NOW)
        row = conn.execute(sa.select(tables.feed).where(tables.feed.c.id == feeds[1])).one()
        assert (row.title, row.last_poll_at, row.since_full) == (after, NOW, NOW if told else None)


def test_a_feed_moves_where_no_other_is(database: Database) -> None:
    """Its own turn goes along, those of others stay; onto another it does not move."""
    with database.write() as conn:
        feeds = _feeds(conn)
        for verb, each in product((Verb.FETCH, Verb.POLL, Verb.PROPOSE), feeds):
            stored_row(conn, tables.work, verb=verb, item_id=each, host="old", domain="old")
        feed.save_poll(conn, feeds[1], replace(POLLED, new_url="https://new.example/rss"), NOW)
        moved = conn.execute(sa.select(tables.work).where(tables.work.c.host != "old")).all()
        assert [(row.verb, row.item_id, row.host, row.domain) for row in moved] == [
            ("poll", feeds[1], "new.example", "new.example")
        ]
        kept = {row.id: row.url for row in conn.execute(sa.select(tables.feed))}
        assert kept[feeds[1]] == "https://new.example/rss"
        feed.save_poll(conn, feeds[0], replace(POLLED, new_url="https://new.example/rss"), NOW)
        row = conn.execute(sa.select(tables.feed).where(tables.feed.c.id == feeds[0])).one()
        assert (row.url, row.moved_to) == ("https://a.example/rss", "https://new.example/rss")
        assert row.cause.startswith("It has moved for good")
        feed.save_poll(conn, feeds[1], replace(POLLED, new_url="https://new.example/rss"), NOW)
        row = conn.execute(sa.select(tables.feed).where(tables.feed.c.id == feeds[1])).one()
        assert row.moved_to is None


def test_feeds_are_added_once(database: Database) -> None:
    """Each due at once at its host; one off the list comes back; how many that were is told."""
    specs = [FeedSpec(f"https://{name}.example/rss") for name in "abc"]
    with database.write() as conn:
        assert feed.add_feeds(conn, specs[:2], NOW, "ana") == 2
        assert feed.add_feeds(conn, specs, LATER, "ana") == 1
        due = conn.execute(sa.select(tables.work).order_by(tables.work.c.id)).all()
        assert [(row.host, row.due_at) for row in due] == [
            ("a.example", NOW),
            ("b.example", NOW),
            ("c.example", LATER),
        ]
        first = watch.find_feed(conn, specs[0].url)
        assert watch.remove_feed(conn, first, NOW, "ana")
        assert not watch.remove_feed(conn, first, NOW, "ana")
        assert feed.add_feeds(conn, specs, LATER, "ana") == 1
        assert watch.pause_feed(conn, first, NOW, "ana")
        assert not watch.pause_feed(conn, first, NOW, "ana")
        assert watch.resume_feed(conn, first, NOW)
        assert not watch.resume_feed(conn, first, NOW)


def test_an_alarm_stands_since_it_began(database: Database) -> None:
    """Another kind begins anew; without one nothing is odd."""
    with database.write() as conn:
        feeds = _feeds(conn)
        silent, flooding = (Alarm(kind, "Odd.", "Look.") for kind in (FeedAlarm.SILENT, FeedAlarm.FLOODING))
        for alarm, standing, at, since in (
            (silent, None, NOW, NOW),
            (silent, FeedAlarm.SILENT, LATER, NOW),
            (flooding, FeedAlarm.SILENT, LATER, LATER),
            (None, FeedAlarm.FLOODING, LATER, None),
        ):
            feed.save_alarm(conn, feeds[1], alarm, standing, at)
            found = feed.feed_status(conn, feeds[1])
            assert (found.alarm, found.alarm_since) == (alarm and alarm.kind, since)
            assert found.alarm_cause == ("Odd. Look." if alarm else "")


def test_credentials_are_looked_for_where_they_may_be(database: Database) -> None:
    """In addresses with a name or parameters; sentences, traces and tallies lose them, others stay."""
    secret, clean = "failed at https://ana:hunter2@a.example/x", "failed at https://a.example/x"
    with database.write() as conn:
        urls = ("https://a.example/?k=v", "https://b.example/x", "https://u:p@c.example/")
        feeds = [
            stored_row(conn, tables.feed, url=url, url_key=url, cause=said)
            for url, said in zip(urls, (secret, clean, "plain"), strict=True)
        ]
        assert [each.id for each in credentials.addresses(conn)] == [feeds[0], feeds[2]]
        assert "example" not in repr(credentials.addresses(conn))
        runs = [
            stored_row(conn, tables.run, pipeline="x", tally=tally)
            for tally in ({"a": clean}, {"a": secret}, {"a": clean}, None)
        ]
        work_id = stored_row(conn, tables.work, verb="poll", item_id=1, reason=secret, trace=secret)
        credentials.clean_words(conn)
        causes = dict(conn.execute(sa.select(tables.feed.c.id, tables.feed.c.cause)).all())
        assert "hunter2" not in causes[feeds[0]]
        assert (causes[feeds[1]], causes[feeds[2]]) == (clean, "plain")
        row = conn.execute(sa.select(tables.work).where(tables.work.c.id == work_id)).one()
        assert "hunter2" not in row.reason + row.trace
        tallies = dict(conn.execute(sa.select(tables.run.c.id, tables.run.c.tally)).all())
        assert "hunter2" not in str(tallies[runs[1]])
        assert [tallies[runs[place]] for place in (0, 2, 3)] == [{"a": clean}, {"a": clean}, None]
        for each in feeds:
            credentials.put_bare(conn, each, "https://same.example/rss")
        kept = {row.id: (row.url, row.url_key) for row in conn.execute(sa.select(tables.feed))}
        assert [kept[each][0] for each in feeds] == [
            "https://same.example/rss",
            f"https://same.example/rss#feed-{feeds[1]}",
            f"https://same.example/rss#feed-{feeds[2]}",
        ]
        assert len({key for _, key in kept.values()}) == 3


def _records(conn: sa.Connection) -> list[str]:
    """Records of three countries, sectors and statuses, each with two of its own; one merged, one withdrawn."""
    sectors, statuses = (
        (Sector.DATA_CENTRE_CLOUD, Sector.ENERGY, Sector.TRANSPORT),
        (
            Status.COMPLETED,
            Status.SIGNED,
            Status.UNDER_CONSTRUCTION,
        ),
    )
    names = []
    for number, (country, sector, status) in enumerate(product(("CIV", "KEN", "UGA"), sectors, statuses), 1):
        facts = to_plain(replace(FACTS, countries=(country, "ZMB"), sector=sector, status=status, title=f"T {number}"))
        names.append(f"off-2026-{number:06}")
        gone = {26: {"withdrawn": "no"}, 27: {"redirects_to": names[0]}}.get(number, {})
        stored_row(conn, tables.project, id=names[-1], year=2026, number=number, facts=facts, version=2, **gone)
    return names


def test_records_are_listed_by_each_of_their_values(database: Database) -> None:
    """A country among others, a sector, a status, words of any field; from one on, without some, live ones only."""
    ask = project_list.ProjectFilter
    with database.write() as conn:
        names = _records(conn)
        live = names[:25]
        rows = {row.id: row.facts for row in conn.execute(sa.select(tables.project))}

        def ids(asked: project_list.ProjectFilter, size: int = 99) -> list[str]:
            found = [each.id for each in project_list.listed(conn, asked, size)]
            assert size < 99 or asked.after or project_list.count(conn, asked) == len(found)
            return found

        assert ids(ask()) == live
        assert ids(ask(country="KEN")) == [each for each in live if "KEN" in rows[each]["countries"]]
        assert ids(ask(country="ZMB")) == live
        assert ids(ask(country="ZM")) == []
        for facts in rows.values():
            for name, value in (("sector", Sector(facts["sector"])), ("status", Status(facts["status"]))):
                wanted = ask(**{name: value})  # type: ignore[arg-type]
                assert ids(wanted) == [each for each in live if rows[each][name] == value]
        assert ids(ask(text="t 7")) == [names[6]]
        assert ids(ask(text="ken")) == [each for each in live if "KEN" in rows[each]["countries"]]
        assert ids(ask(after=names[20])) == names[21:25]
        assert ids(ask(after=names[20]), 2) == names[21:23]
        assert ids(ask(but=(names[0], names[2]))) == [names[1], *names[3:25]]
        assert project_list.by_country(conn) == {"ZMB": 25, "CIV": 9, "KEN": 9, "UGA": 7}
        assert list(project_list.by_country(conn)) == ["ZMB", "CIV", "KEN", "UGA"]
        assert project_list.by_country(conn, (names[0],))["CIV"] == 8


@pytest.mark.parametrize("version", [1, 3])
def test_a_record_is_written_as_it_was_read(database: Database, version: int) -> None:
    """One that changed meanwhile is not; the version that was read is the one that stands."""
    with database.write() as conn:
        names = _records(conn)
        read = ProjectRecord(names[1], FACTS, (), (), NOW, NOW, version)
        with pytest.raises(Conflict):
            project.redirect(conn, read, names[0], LATER)
        with pytest.raises(Conflict):
            project.save_projects(conn, [(read, read)])
        good = replace(read, version=2)
        project.save_projects(conn, [(good, replace(good, facts=replace(FACTS, title="New"), withdrawn="x"))])
        found = project.get_project(conn, names[1])
        assert found
        assert (found.facts.title, found.version, found.withdrawn) == ("New", 3, "x")
        assert {each.version for each in project.projects(conn, gone=True) if each.id != names[1]} == {2}
        assert [each.id for each in project.records_of(conn, [names[2], names[0], "x"])] == [names[0], names[2]]


def test_names_of_known_projects_are_kept_and_sought(database: Database) -> None:
    """Each with its stamp; of merged records at home, of withdrawn ones none; what was read is not read again."""
    rows = [KnownProject("aid", key, FACTS) for key in "abc"]
    with database.write() as conn:
        known.keep_known(conn, rows, NOW)
        names = _records(conn)
        stamps = project_name.unnamed_known(conn, 9, "r")
        assert list(stamps) == rows
        digests = conn.execute(sa.select(tables.known_project.c.digest).order_by(tables.known_project.c.id)).scalars()
        assert list(stamps.values()) == [f"{digest[:40]}:r" for digest in digests]
        assert list(project_name.unnamed_known(conn, 2, "r")) == rows[:2]
        things = {Thing.parse(f"known:aid:{row.key}"): stamp for row, stamp in stamps.items()}
        records = {Thing.parse(f"project:{each}"): "2:r" for each in (names[0], names[1], names[25], names[26])}
        told = [ProjectName(thing, f"{thing.key} works", ("KEN",), "") for thing in (*list(things)[:2], *records)]
        project_name.keep_names(conn, things | records, told)
        assert project_name.unnamed_known(conn, 9, "r") == {}
        assert list(project_name.unnamed_known(conn, 9, "s")) == rows
        assert set(project_name.unnamed_records(conn, "r")) == set(names[2:25])
        assert set(project_name.unnamed_records(conn, "s")) == set(names[:25])
        kept = {(str(each.target), each.name) for each in project_name.project_names(conn)}
        assert kept == {
            ("known:aid:a", "aid:a works"),
            ("known:aid:b", "aid:b works"),
            (f"project:{names[0]}", f"{names[0]} works"),
            (f"project:{names[0]}", f"{names[26]} works"),
            (f"project:{names[1]}", f"{names[1]} works"),
        }
        assert not project_name.read_otherwise(conn, "r")
        assert project_name.read_otherwise(conn, "s")
        assert project_name.read_otherwise(conn, "_")
        changed = replace(rows[1], year=2026)
        known.keep_known(conn, [changed], LATER)
        assert list(project_name.unnamed_known(conn, 9, "r")) == [changed]


def test_names_are_sought_below_a_number(database: Database) -> None:
    """From above the newest article on until there is none below; what is no name any more is forgotten."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in range(3)]
        thing = Thing.parse("known:aid:a")
        named = [ProjectName(thing, name, ("KEN",), "") for name in ("One", "Two", "Three")]
        project_name.keep_names(conn, {thing: "x"}, named)
        assert {below: {each.name for each in some} for below, some in sought.unsought(conn).items()} == {
            articles[-1] + 1: {"One", "Two", "Three"}
        }
        sought.keep_sought(conn, named[:1], 0)
        sought.keep_sought(conn, named[1:2], 2)
        sought.keep_sought(conn, named[1:2], 1)
        assert {below: {each.name for each in some} for below, some in sought.unsought(conn).items()} == {
            1: {"Two"},
            articles[-1] + 1: {"Three"},
        }
        project_name.keep_names(conn, {thing: "x"}, named[1:])
        sought.forget_sought(conn)
        left = conn.execute(sa.select(tables.name_sought.c.name)).scalars()
        assert list(left) == ["Two"]


def test_articles_are_read_before_a_number(database: Database) -> None:
    """The newest first, at most so many: read, not withheld, of nothing that was decided in any way."""
    with database.write() as conn:
        states = {state: stored_candidate(conn, state=state) for state in CandidateState}
        chosen = sa.select(tables.candidate.c.id, tables.story_article.c.article_id).join(
            tables.story_article, tables.story_article.c.story_id == tables.candidate.c.story_id
        )
        of = dict(conn.execute(chosen).all())
        free = [stored_article(conn) for _ in range(4)]
        conn.execute(sa.update(tables.article).values(proposed_at=NOW))
        for number, values in ((free[0], {"proposed_at": None}), (free[1], {"withheld_at": NOW})):
            conn.execute(sa.update(tables.article).where(tables.article.c.id == number).values(**values))
        wanted = sorted([free[2], free[3], of[states[CandidateState.OPEN]], of[states[CandidateState.DEFERRED]]])[::-1]
        assert [each.id for each in sought.read_before(conn, free[3] + 1, 9)] == wanted
        assert [each.id for each in sought.read_before(conn, free[3], 9)] == wanted[1:]
        assert [each.id for each in sought.read_before(conn, free[3], 1)] == wanted[1:2]
        sought.read_again(conn, wanted[:2], LATER)
        sought.read_again(conn, wanted[:1], NOW)
        due = conn.execute(sa.select(tables.work.c.item_id, tables.work.c.due_at, tables.work.c.verb)).all()
        assert {(row.item_id, row.due_at) for row in due} == {(wanted[0], NOW), (wanted[1], LATER)}
        assert {row.verb for row in due} == {Verb.RECOGNIZE}


def test_titles_of_what_updates_belong_to(database: Database) -> None:
    """A record, a project of a base, another candidate, by its own id; "" where there is none."""
    with database.write() as conn:
        ids = crowd(conn)
        for name, it in ids.items():
            for target, title in (
                (f"project:{it['project']}", f"{name} title"),
                (f"known:{name}:{name}", f"{name} title"),
                (f"known:{name}:x", ""),
                (f"candidate:{it['candidate']}", f"{name} title"),
                ("candidate:99", ""),
            ):
                chosen = sa.update(tables.candidate).where(tables.candidate.c.id == it["candidate"])
                conn.execute(chosen.values(update_of=target))
                pairs = sa.update(tables.pair).where(tables.pair.c.candidate_id == it["candidate"])
                conn.execute(pairs.values(target=target))
                lines = queue_line.stored_lines(conn, [each["candidate"] for each in ids.values()])
                line = lines[NAMES.index(name)]
                assert (line.target, line.agrees) == (title, (name,))
        assert queue_line.names_of(conn, "country", ["KEN"]) == {}  # type: ignore[arg-type]


def test_records_of_what_was_done_go_by_their_time(database: Database) -> None:
    """Those before it, at most so many of each at once; what is of that moment stays."""
    with database.write() as conn:
        feeds = _feeds(conn)
        run_id = stored_row(conn, tables.run, pipeline="x")
        for at, number in product((EARLIER, NOW, LATER), range(3)):
            stored_row(conn, tables.poll, feed_id=feeds[0], at=at, outcome="ok")
            row = {"run_id": run_id, "verb": "poll", "item_id": 1, "ending": "done"}
            stored_row(conn, tables.outcome, **row, at=at)
            stored_row(conn, tables.robots, origin=f"{at}{number}", until=at)
            stored_row(conn, tables.second_answer, digest=f"{at}{number}", model="m", prompt="p", at=at)
        old = {"polls": 3, "outcomes": 3, "second answers": 3, "robots.txt": 3}
        assert prune.records(conn, NOW) == old
        assert prune.prune_records(conn, NOW, 2) == {**dict.fromkeys(old, 2), "robots.txt": 3}
        assert prune.prune_records(conn, NOW) == {**dict.fromkeys(old, 1), "robots.txt": 0}
        assert prune.records(conn, NOW) == dict.fromkeys(old, 0)
        assert prune.records(conn, LATER + SECOND) == dict.fromkeys(old, 6)


def test_what_is_pruned_is_the_old_alone(database: Database) -> None:
    """An entry of that moment stays, and one with a copy of it; the rest goes with all that is its own."""
    with database.write() as conn:
        numbers = [stored_candidate(conn, above_cut=False) for _ in range(5)]
        entries = list(conn.execute(sa.select(tables.entry.c.id).order_by(tables.entry.c.id)).scalars())
        for each, at in zip(entries, (EARLIER, NOW, EARLIER, EARLIER, EARLIER), strict=True):
            conn.execute(sa.update(tables.entry).where(tables.entry.c.id == each).values(seen_at=at))
        for number, (same, at) in enumerate(((2, NOW), (3, EARLIER))):
            key = f"copy{number}"
            stored_row(conn, tables.entry, entry_key=key, url_key=key, same_as=entries[same], seen_at=at)
        waiting = {"verb": Verb.FETCH, "item_id": entries[4]}
        stored_row(conn, tables.work, **waiting)
        for verb in (Verb.EXTRACT, Verb.RECOGNIZE, Verb.PROPOSE, Verb.FETCH):
            for item in (entries[0], entries[3]):
                stored_row(conn, tables.work, verb=verb, item_id=item, done_at=NOW)
        stored_row(conn, tables.work, verb=Verb.POLL, item_id=entries[3])
        knots = prune.prunable(conn, NOW)
        assert [each.entries for each in knots] == [(entries[0],), (entries[3],)]
        assert prune.size_of(conn, knots) == {"entries": 3, "pages": 2, "articles": 2, "stories": 2}
        counts = prune.prune_knots(conn, knots, NOW)
        assert {name: counts[name] for name in ("entries", "pages", "articles", "stories", "contents")} == {
            "entries": 3,
            "pages": 2,
            "articles": 2,
            "stories": 2,
            "contents": 2,
        }
        assert counts["candidates below the cut"] == 2
        left = list(conn.execute(sa.select(tables.candidate.c.id).order_by(tables.candidate.c.id)).scalars())
        assert left == [numbers[1], numbers[2], numbers[4]]
        works = conn.execute(sa.select(tables.work.c.verb, tables.work.c.item_id)).all()
        assert sorted(tuple(row) for row in works) == [("fetch", entries[4]), ("poll", entries[3])]
        buried = conn.execute(sa.select(tables.tombstone.c.entry_key)).scalars().all()
        assert len(buried) == 3
        assert "copy1" in buried
        assert [
            len(each) for each in prune.batches([prune.Knot(tuple(range(n)), ()) for n in (499, 1, 1, 600, 2)])
        ] == [
            2,
            1,
            1,
            1,
        ]
        tombstone.bury(conn, [entries[1]], NOW)
        assert len(conn.execute(sa.select(tables.tombstone)).all()) == 4


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, False),
        ({"one": "candidate:1"}, True),
        ({"one": "candidate:3"}, True),
        ({"other": "candidate:3"}, True),
        ({"other": "candidate:5"}, True),
        ({"bond": "different"}, True),
        ({"bond": "linked"}, True),
    ],
)
def test_what_is_taken_back_is_what_was_said(database: Database, values: dict[str, str], wrong: bool) -> None:
    """In both things and in what was said of them."""
    said = {"one": "candidate:2", "other": "candidate:4", "bond": "same"}
    with database.write() as conn:
        bond = {"bond": "linked"} if values.get("bond") == "different" else {}
        made = stored_row(conn, tables.pair_decision, **{**said, **bond})
        back = stored_row(conn, tables.pair_decision, **{**said, **values}, undoes=made)
        told = f"pair decision {back} takes back another one than it says"
        assert list(record_faults(conn)) == ([told] if wrong else [])
        again = stored_row(conn, tables.pair_decision, **{**said, **values}, undoes=back)
        assert f"pair decision {again} takes back another one than it says" in list(record_faults(conn))
        stored_row(conn, tables.decision, **_decided(conn, "accept"))
        for judgement in ("reject", "defer", "duplicate", "undo"):
            stored_row(conn, tables.decision, **_decided(conn, judgement))
        faults = [each for each in record_faults(conn) if "puts into a record" in each]
        assert len(faults) == 4


def _decided(conn: sa.Connection, judgement: str) -> dict[str, Any]:
    said = {"judgement": judgement, "by": "ana", "before": {}, "after": {}, "into": "known:aid:1"}
    return {"candidate_id": stored_candidate(conn), **said}
