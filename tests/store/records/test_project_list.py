"""Lists of records on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from factories.candidate import FACTS, NOW
from offing.model.projects.project import ProjectFacts
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import Sector, Status
from offing.store.database.engine import Database
from offing.store.records.project_list import ProjectFilter, ProjectOrder, by_country, count, ids_of, listed
from offing.store.tables import project


def _fill(conn: sa.Connection) -> None:
    told: list[ProjectFacts] = [
        FACTS,
        replace(FACTS, countries=("KEN", "UGA"), status=Status.COMPLETED, title="Câble 100 % à Kampala 华为"),
        replace(FACTS, countries=("CIV",), sector=Sector.ENERGY),
        replace(FACTS, countries=("CIV",)),
    ]
    for number, facts in enumerate(told, 1):
        row = {"id": f"off-2026-00000{number}", "year": 2026, "number": number, "facts": to_plain(facts)}
        gone = {"withdrawn": "not ours"} if number == 4 else {}
        conn.execute(sa.insert(project).values(**row, **gone, created_at=NOW, changed_at=NOW, version=1))


def test_records_are_narrowed_by_the_database(database: Database) -> None:
    """By country, sector, status and any words in any script; signs of patterns are plain characters."""
    asked = {
        (1, 2, 3): ProjectFilter(),
        (1, 2): ProjectFilter(country="KEN"),
        (3,): ProjectFilter(sector=Sector.ENERGY),
        (2,): ProjectFilter(status=Status.COMPLETED, country="UGA"),
    }
    with database.write() as conn:
        _fill(conn)
        for numbers, wanted in asked.items():
            assert tuple(int(each.id[-1]) for each in listed(conn, wanted, 9)) == numbers
            assert count(conn, wanted) == len(numbers)
        for text, number in {"华为": 1, "KAMPALA": 1, "CÂBLE": 1, "100 %": 1, "1_0": 0, "nairobi": 2, '"': 0}.items():
            assert count(conn, ProjectFilter(text=text)) == number, text


def test_pages_follow_each_other(database: Database) -> None:
    """A page begins after the last of the one before."""
    with database.write() as conn:
        _fill(conn)
        (first,) = listed(conn, ProjectFilter(), 1)
        assert [each.id[-1] for each in listed(conn, ProjectFilter(after=first.id), 9)] == ["2", "3"]


def test_records_come_in_the_order_asked_for(database: Database) -> None:
    """The newest or the last changed first, also from a page on; a place stands when its record is gone."""
    with database.write() as conn:
        _fill(conn)
        for number, hours in ((1, 1), (2, 3), (3, 2)):
            at = {"created_at": NOW + timedelta(hours=hours), "changed_at": NOW - timedelta(hours=hours)}
            conn.execute(project.update().where(project.c.number == number).values(at))
        orders = {ProjectOrder.NEWEST: "231", ProjectOrder.CHANGED: "132", ProjectOrder.ID: "123"}
        for order, numbers in orders.items():
            asked = ProjectFilter(order=order)
            assert "".join(each[-1] for each in ids_of(conn, asked, 9)) == numbers
            first, *rest = ids_of(conn, asked, 9)
            assert [each.id for each in listed(conn, replace(asked, after=first), 9)] == rest
        conn.execute(project.update().where(project.c.number == 2).values(withdrawn="not ours"))
        assert ids_of(conn, ProjectFilter(after="off-2026-000002"), 9) == ("off-2026-000003", "off-2026-000001")


def test_countries_are_counted_most_first(database: Database) -> None:
    """A record counts in each of its countries; what is gone counts nowhere."""
    with database.write() as conn:
        _fill(conn)
        assert by_country(conn) == {"KEN": 2, "CIV": 1, "UGA": 1}
