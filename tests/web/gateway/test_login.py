"""Logging in and out, sessions and their ends."""

from __future__ import annotations

import time
import unicodedata
from datetime import timedelta
from statistics import median
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.services.accounts.sessions import log_in
from offing.services.accounts.users import add_user, reset_password
from offing.store import tables
from offing.store.database.engine import Database
from suite import WHOLE
from web.conftest import NOW

PASSWORD = "harbour light at noon"


def test_without_accounts_the_log_in_says_how_to_make_one(desk: Any) -> None:
    """The command stands on the page, and goes once there is an account."""
    command = "offing users add NAME --role analyst"
    assert command in desk.client().get("/login").text
    desk.as_(UserRole.VIEWER)
    assert command not in desk.client().get("/login").text


def test_a_log_in_goes_on_to_the_page_that_was_wanted(desk: Any) -> None:
    """The cookie is HttpOnly, Lax and new, and the database holds only its digest."""
    add_user(desk.database, "Ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    client = desk.client()
    client.cookies.set("offing", "planted")
    answer = desk.log_in(client, " aNa ", next="/sources")
    assert (answer.status_code, answer.headers["location"]) == (303, "/sources")
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("offing="))
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    token = cookie.split("=", 1)[1].split(";")[0]
    assert token != "planted"
    with desk.database.read() as conn:
        stored = conn.execute(sa.select(tables.session)).one()
        hashed = conn.execute(sa.select(tables.user.c.password_hash)).scalar_one()
    assert token not in str(stored)
    assert hashed.startswith("$argon2id$")
    assert client.get("/login").headers["location"] == "/queue"


def test_a_wrong_password_and_an_unknown_name_look_alike(desk: Any) -> None:
    """The same page but for the name that was typed, which stays in the form; the same status, no session."""
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    client = desk.client()
    wrong, unknown = desk.log_in(client, "ana", "no"), desk.log_in(client, "eve", "no")
    assert desk.log_in(client, "eve\0", "no").status_code == 401
    assert wrong.status_code == unknown.status_code == 401
    assert 'value="ana"' in wrong.text
    assert wrong.text.replace('value="ana"', "") == unknown.text.replace('value="eve"', "")
    assert client.get("/queue").status_code == 303


def test_unknown_names_take_as_long_as_known_ones(sqlite_database: Database) -> None:
    """Nobody learns from the clock which names exist: medians within 30 %, of hashes that cost what they should."""
    add_user(sqlite_database, "ana", UserRole.ANALYST, PASSWORD, Stamp(NOW))
    with sqlite_database.read() as conn:
        stored = conn.execute(sa.select(tables.user.c.password_hash)).scalar_one()
    assert stored.startswith("$argon2id$v=19$m=65536,t=3,p=4$")

    def seconds(name: str) -> float:
        start = time.process_time()
        assert log_in(sqlite_database, name, "wrong", NOW) is None
        return time.process_time() - start

    seconds("eve")
    pairs = [(seconds("ana"), seconds("eve")) for _ in range(7 if WHOLE else 5)]
    known, unknown = median(p[0] for p in pairs), median(p[1] for p in pairs)
    assert abs(known - unknown) < 0.3 * known


def test_logging_out_ends_the_session_itself(desk: Any) -> None:
    """A copy of the cookie is worth nothing afterwards."""
    client = desk.as_(UserRole.VIEWER)
    copy = dict(client.cookies)
    token = client.get("/queue").text.split('name="csrf" value="')[1].split('"')[0]
    assert client.post("/logout", data={"csrf": token}, headers=desk.same).headers["location"] == "/login"
    again = desk.client()
    again.cookies.update(copy)
    assert again.get("/queue").status_code == 303


def test_a_session_ends_after_twelve_idle_hours(desk: Any) -> None:
    """Use keeps it alive, rest does not."""
    client = desk.as_(UserRole.VIEWER)
    for _ in range(3):
        desk.now += timedelta(hours=11)
        assert client.get("/queue").status_code == 200
    desk.now += timedelta(hours=12)
    assert client.get("/queue").status_code == 303


def test_a_session_ends_after_seven_days_of_use(desk: Any) -> None:
    """However much it is used."""
    client = desk.as_(UserRole.VIEWER)
    for _ in range(16):
        desk.now += timedelta(hours=10)
        assert client.get("/queue").status_code == 200
    desk.now += timedelta(hours=10)
    assert client.get("/queue").status_code == 303


def test_a_new_password_ends_all_sessions(desk: Any) -> None:
    """Whoever knew the old one is out."""
    client = desk.as_(UserRole.VIEWER)
    assert reset_password(desk.database, "viewer-1", "another harbour light", Stamp(desk.now)) == 1
    assert client.get("/queue").status_code == 303
    assert desk.log_in(client, "viewer-1").status_code == 401


def test_guessing_is_slowed_down(desk: Any) -> None:
    """After five wrong tries even the right password waits; the answer says how long; later it works."""
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    client = desk.client()
    for _ in range(5):
        assert desk.log_in(client, "ana", "no").status_code == 401
    slow = desk.log_in(client, "ana")
    assert slow.status_code == 429
    assert int(slow.headers["retry-after"]) <= 901
    assert "Wait 16 minutes" in slow.text
    desk.now += timedelta(minutes=16)
    assert desk.log_in(client, "ana").status_code == 303


def test_forwarded_addresses_are_not_believed(desk: Any) -> None:
    """A client cannot escape the limit by claiming to be many."""
    client = desk.client()
    answers = []
    for number in range(6):
        client.headers["X-Forwarded-For"] = f"203.0.113.{number}"
        answers.append(desk.log_in(client, "ana", "no").status_code)
    assert answers == [401] * 5 + [429]


def test_roles_cannot_be_smuggled_into_the_form(desk: Any) -> None:
    """Fields that the form does not have are ignored."""
    add_user(desk.database, "vic", UserRole.VIEWER, PASSWORD, Stamp(desk.now))
    client = desk.client()
    assert desk.log_in(client, "vic", role="ops", user_id="1", disabled="0").status_code == 303
    assert "vic</bdi></a>, viewer" in client.get("/queue").text


def test_an_older_hash_is_renewed_for_the_same_password(sqlite_database: Any, desk: Any) -> None:
    """Typed in letters with marks of their own it opens the account before, at and after the renewal."""
    composed = "zażółć gęślą jaźń"
    apart = unicodedata.normalize("NFD", composed)
    add_user(sqlite_database, "ana", UserRole.ANALYST, composed, Stamp(desk.now))
    old = PasswordHasher(time_cost=1, memory_cost=1024).hash(composed)
    with sqlite_database.write() as conn:
        conn.execute(tables.user.update().values(password_hash=old))
    assert all(log_in(sqlite_database, "ana", typed, desk.now) for typed in (apart, apart, composed))
    with sqlite_database.read() as conn:
        assert conn.execute(sa.select(tables.user.c.password_hash)).scalar_one() != old


def test_a_restart_does_not_forget_what_was_guessed(desk: Any) -> None:
    """A new process refuses who had used up the tries, and still knows where a person is at home."""
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    client = desk.client()
    assert desk.log_in(client, "ana").status_code == 303
    failed = [desk.log_in(desk.client(), "ana", "wrong words at noon").status_code for _ in range(6)]
    assert failed == [401] * 5 + [429]
    desk.server.config.app.state.throttle = None  # as a new process begins
    assert desk.log_in(desk.client(), "ana").status_code == 429
    desk.now += timedelta(minutes=15)
    desk.server.config.app.state.throttle = None
    assert desk.log_in(desk.client(), "ana").status_code == 303
