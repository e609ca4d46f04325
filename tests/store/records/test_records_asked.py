"""Names and lists of records: borders, joins and counts, one row on each side."""

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
from offing.model.pairs.naming import ProjectName
from offing.model.pairs.pairing import Ref
from offing.model.projects.known import KnownProject
from offing.model.projects.project import ProjectRecord
from offing.model.review.candidate import CandidateState
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Sector, Status, Verb
from offing.store import tables
from offing.store.candidates import queue_line
from offing.store.database.engine import Database
from offing.store.records import known_project, name_searches, project, project_list, project_name
from offing.store.records.record_check import record_faults

SECOND = timedelta(seconds=1)
LATER = NOW + SECOND


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
        known_project.keep_known(conn, rows, NOW)
        names = _records(conn)
        stamps = project_name.unnamed_known(conn, 9, "r")
        assert list(stamps) == rows
        digests = conn.execute(sa.select(tables.known_project.c.digest).order_by(tables.known_project.c.id)).scalars()
        assert list(stamps.values()) == [f"{digest[:40]}:r" for digest in digests]
        assert list(project_name.unnamed_known(conn, 2, "r")) == rows[:2]
        refs = {Ref.parse(f"known:aid:{row.key}"): stamp for row, stamp in stamps.items()}
        records = {Ref.parse(f"project:{each}"): "2:r" for each in (names[0], names[1], names[25], names[26])}
        told = [ProjectName(ref, f"{ref.key} works", ("KEN",), "") for ref in (*list(refs)[:2], *records)]
        project_name.keep_names(conn, refs | records, told)
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
        known_project.keep_known(conn, [changed], LATER)
        assert list(project_name.unnamed_known(conn, 9, "r")) == [changed]


def test_names_are_sought_below_a_number(database: Database) -> None:
    """From above the newest article on until there is none below; what is no name any more is forgotten."""
    with database.write() as conn:
        articles = [stored_article(conn) for _ in range(3)]
        ref = Ref.parse("known:aid:a")
        named = [ProjectName(ref, name, ("KEN",), "") for name in ("One", "Two", "Three")]
        project_name.keep_names(conn, {ref: "x"}, named)
        assert {below: {each.name for each in some} for below, some in name_searches.unsought(conn).items()} == {
            articles[-1] + 1: {"One", "Two", "Three"}
        }
        name_searches.store_search_progress(conn, named[:1], 0)
        name_searches.store_search_progress(conn, named[1:2], 2)
        name_searches.store_search_progress(conn, named[1:2], 1)
        assert {below: {each.name for each in some} for below, some in name_searches.unsought(conn).items()} == {
            1: {"Two"},
            articles[-1] + 1: {"Three"},
        }
        project_name.keep_names(conn, {ref: "x"}, named[1:])
        name_searches.forget_search_progress(conn)
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
        assert [each.id for each in name_searches.read_before(conn, free[3] + 1, 9)] == wanted
        assert [each.id for each in name_searches.read_before(conn, free[3], 9)] == wanted[1:]
        assert [each.id for each in name_searches.read_before(conn, free[3], 1)] == wanted[1:2]
        name_searches.read_again(conn, wanted[:2], LATER)
        name_searches.read_again(conn, wanted[:1], NOW)
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
    """In both items and in what was said of them."""
    said = {"one": "candidate:2", "other": "candidate:4", "bond": "same"}
    with database.write() as conn:
        bond = {"bond": "linked"} if values.get("bond") == "different" else {}
        made = stored_row(conn, tables.pair_decision, **{**said, **bond})
        back = stored_row(conn, tables.pair_decision, **{**said, **values}, undoes=made)
        told = f"pair decision {back} undoes a different decision from the one it names"
        assert list(record_faults(conn)) == ([told] if wrong else [])
        again = stored_row(conn, tables.pair_decision, **{**said, **values}, undoes=back)
        assert f"pair decision {again} undoes a different decision from the one it names" in list(record_faults(conn))
        stored_row(conn, tables.decision, **_decided(conn, "accept"))
        for judgement in ("reject", "defer", "duplicate", "undo"):
            stored_row(conn, tables.decision, **_decided(conn, judgement))
        faults = [each for each in record_faults(conn) if "puts into a record" in each]
        assert len(faults) == 4


def _decided(conn: sa.Connection, judgement: str) -> dict[str, Any]:
    said = {"judgement": judgement, "by": "ana", "before": {}, "after": {}, "into": "known:aid:1"}
    return {"candidate_id": stored_candidate(conn), **said}
