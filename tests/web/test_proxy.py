"""A trusted proxy that logs people in: believed about who comes, and nobody else is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import httpx2
import pytest

from offing.model.operation.activity import ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.services.accounts.users import add_user, disable_user, reset_password
from offing.services.running.run_context import utc_now
from offing.settings import AuthProxy, read_settings
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.database.engine import Database
from offing.web.access import Place
from offing.web.serve import make_server

HEADER = "X-Remote-User"
Ask = Callable[..., httpx2.Response]


def proxy(address: str) -> AuthProxy | None:
    """What the environment says of a proxy at an address."""
    return read_settings({"OFFING_AUTH_PROXY": address, "OFFING_AUTH_HEADER": HEADER}).auth_proxy


@pytest.fixture
def ask(request: pytest.FixtureRequest, sqlite_database: Database) -> Iterator[Ask]:
    """A function that asks an app which trusts a proxy at the address of the parameter; we ask from 127.0.0.1."""
    add_user(sqlite_database, "ana", UserRole.ANALYST, None, Stamp(utc_now()))
    place = Place(sqlite_database, auth_proxy=proxy(getattr(request, "param", "127.0.0.1")))
    server = make_server(place, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    with httpx2.Client(base_url=server.address, trust_env=False) as client:

        def send(path: str, method: str = "GET", **options: object) -> httpx2.Response:
            return client.request(method, path, **options)  # type: ignore[arg-type]

        yield send
    server.should_exit = True
    thread.join(10)


def test_the_proxy_says_who_comes(ask: Ask, sqlite_database: Database) -> None:
    """The person is in without a form or cookie, their forms carry one token, and the log has one log-in."""
    headers = {HEADER: "ANA", "X-Forwarded-For": "203.0.113.9"}
    page = ask("/queue", headers=headers)
    assert (page.status_code, "set-cookie" in page.headers) == (200, False)
    assert "Log out" not in page.text
    asks = {**headers, "Accept": "application/json"}
    session = ask("/session", headers=asks).json()
    assert (session["name"], session["csrf"]) == ("ana", ask("/session", headers=asks).json()["csrf"])
    with sqlite_database.read() as conn:
        found = list_activity(conn, ActivityFilter(by="ana"))
    assert [(done.action, done.about, done.address) for done in found] == [
        (ActivityKind.LOG_IN, "by proxy", "203.0.113.9")
    ]


def test_forms_need_their_token_behind_the_proxy_too(ask: Ask) -> None:
    """The proxy vouches for the person, not for the page from which a form comes."""
    origin = str(ask("/login").url).rsplit("/", 1)[0]
    headers = {HEADER: "ana", "Origin": origin, "Sec-Fetch-Site": "same-origin", "Accept": "application/json"}
    csrf = ask("/session", headers=headers).json()["csrf"]
    assert ask("/candidate/1/lease", "POST", headers=headers).status_code == 403
    assert ask("/candidate/1/lease", "POST", headers={**headers, "X-CSRF-Token": csrf}).status_code == 404
    refused = ask("/logout", "POST", headers={**headers, "X-CSRF-Token": csrf})
    assert (refused.status_code, "log out there" in refused.text) == (403, True)


@pytest.mark.parametrize("ask", ["192.0.2.7", "10.0.0.0/8"], indirect=True)
def test_the_header_of_anybody_else_is_not_read(ask: Ask) -> None:
    """Nor does it help to claim that one comes through the proxy."""
    for forwarded in (
        {},
        {"X-Forwarded-For": "192.0.2.7"},
        {"X-Forwarded-For": "10.0.0.1", "Forwarded": "for=10.0.0.1"},
    ):
        answer = ask("/queue", headers={HEADER: "ana", **forwarded})
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")


def test_without_settings_no_header_is_read(sqlite_database: Database) -> None:
    """It is off unless it is asked for."""
    assert read_settings({}).auth_proxy is None
    assert Place(sqlite_database).auth_proxy is None


def test_whom_the_proxy_names_has_to_have_an_open_account(ask: Ask, sqlite_database: Database) -> None:
    """Strangers and shut accounts are told so; nobody, or an empty name, gets the log-in; two names are refused."""
    for name in ("eve", "an\xe4".encode("latin-1")):
        unknown = ask("/queue", headers={HEADER: name})
        assert (unknown.status_code, "no open account" in unknown.text) == (403, True)
    assert ask("/queue", headers={HEADER: ""}).status_code == 303
    assert ask("/queue").status_code == 303
    assert ask("/login", headers={HEADER: "eve"}).status_code == 200
    assert ask("/queue", headers=[(HEADER, "ana"), (HEADER, "eve")]).status_code == 403
    assert ask("/queue", headers={HEADER: "ana"}).status_code == 200
    disable_user(sqlite_database, "ana", Stamp(utc_now()))
    assert ask("/queue", headers={HEADER: "ana"}).status_code == 403


def test_a_reset_gives_forms_a_new_token(ask: Ask, sqlite_database: Database) -> None:
    """The session behind the proxy ends as any other; the next request begins another."""
    headers = {HEADER: "ana", "Accept": "application/json"}
    before = ask("/session", headers=headers).json()["csrf"]
    assert reset_password(sqlite_database, "ana", "another harbour light", Stamp(utc_now())) == 1
    assert ask("/session", headers=headers).json()["csrf"] != before


@pytest.mark.parametrize(
    ("address", "believed"),
    [("10.0.0.5", True), ("::ffff:10.0.0.5", True), ("10.0.0.6", False), ("::1", False), ("", False), ("x", False)],
)
def test_which_peer_is_the_proxy(address: str, believed: bool) -> None:
    """Its address in every spelling, and no other."""
    found = proxy("10.0.0.5, 2001:db8::/64")
    assert found
    assert found.is_at(address) is believed
