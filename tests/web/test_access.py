"""Who may open what, and from where forms may come."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from starlette.routing import Mount

from offing.model.operation.activity import Stamp
from offing.model.operation.user import MAY, Permission, UserRole
from offing.services.accounts.users import disable_user
from offing.store.database.engine import open_database
from offing.web.access import Needs, Place, declared, local_path, needs, open_to_all
from offing.web.app import create_app

PUBLIC = {(method, path) for method in ("GET", "POST") for path in ("/login", "/login/link")}
IDS = re.compile(r"\{\w+\}")


def routes(app: FastAPI) -> dict[tuple[str, str], tuple[Needs, ...]]:
    """All routes of an app, as the router has them, with what they declare; files that are served aside."""
    found = {}
    for context in iter_route_contexts(app.routes):
        route = context.original_route
        if not isinstance(route, Mount):
            found.update({(method, route.path): declared(route) for method in route.methods or ()})  # type: ignore[attr-defined]
    return found


APP = create_app(Place(open_database("sqlite://")))
ROUTES = routes(APP)
CLOSED = sorted(key for key, wanted in ROUTES.items() if all(each.permission for each in wanted))


def test_every_route_declares_who_may_open_it() -> None:
    """A route without a declared permission fails here; files are served from one folder only."""
    assert [key for key, wanted in ROUTES.items() if not wanted] == []
    assert {key for key, wanted in ROUTES.items() if open_to_all in wanted} == PUBLIC
    assert [route.path for route in APP.routes if isinstance(route, Mount)] == ["/static"]


def test_a_route_that_declares_nothing_is_refused(desk: Any) -> None:
    """Whoever forgets to say who may open a new page has shut it to everybody."""
    client = desk.as_(UserRole.OPS)
    app = desk.server.config.app
    app.get("/new")(lambda: "secret")
    answer = client.get("/new")
    app.router.routes.pop()
    assert client.get("/new").status_code == 404
    assert answer.status_code == 403
    assert "secret" not in answer.text


@pytest.mark.parametrize("role", list(UserRole))
def test_each_role_opens_what_the_table_grants_it(desk: Any, role: UserRole) -> None:
    """Every route × role: 403 exactly where the role lacks a permission that the route declares."""
    client = desk.as_(role)
    token = client.get("/queue").text.split('name="csrf" value="')[1].split('"')[0]
    for (method, path), wanted in sorted(ROUTES.items()):
        if path == "/logout" or open_to_all in wanted:
            continue
        headers = {**desk.same, "X-CSRF-Token": token}
        answer = client.request(method, IDS.sub("999", path), headers=headers)
        allowed = all(each.permission in MAY[role] for each in wanted)
        assert (answer.status_code != 403) is allowed, (method, path)
        assert answer.status_code < 500, (method, path)


@pytest.mark.parametrize(("method", "path"), [key for key in CLOSED if key[1] != "/metrics"])
def test_strangers_are_sent_to_the_log_in(desk: Any, method: str, path: str) -> None:
    """Without a log-in pages send there, forms and programs are told so, and nothing is shown."""
    answer = desk.client().request(method, IDS.sub("1", path), headers=desk.same)
    if method == "GET" and needs(Permission.MACHINE) not in ROUTES[method, path]:
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/login")
    else:
        assert answer.status_code == 401


def test_scripts_are_refused_in_their_own_language(desk: Any) -> None:
    """Who asks for JSON is told in JSON, so that an open page can say it without losing what was typed."""
    asks = {**desk.same, "Accept": "application/json"}
    ended = desk.client().post("/candidate/1/lease", headers=asks)
    assert (ended.status_code, ended.json()) == (401, {"error": "Your session has ended. Log in again."})
    viewer = desk.as_(UserRole.VIEWER)
    session = viewer.get("/session", headers=asks).json()
    assert (session["name"], session["role"], session["may"]) == ("viewer-2", "viewer", ["machine", "read"])
    refused = viewer.post("/candidate/1/lease", headers={**asks, "X-CSRF-Token": session["csrf"]})
    assert (refused.status_code, refused.json()) == (403, {"error": "Your account may not do that."})


def test_a_disabled_account_is_out_at_once(desk: Any) -> None:
    """A session of an account that is shut ends with it."""
    client = desk.as_(UserRole.ANALYST)
    assert client.get("/queue").status_code == 200
    disable_user(desk.database, "analyst-1", Stamp(desk.now))
    assert client.get("/queue").status_code == 303


def test_get_changes_nothing(desk: Any) -> None:
    """Only POST changes something; all other methods are for reading."""
    assert {method for method, _ in ROUTES} == {"GET", "POST"}
    client = desk.as_(UserRole.VIEWER)
    for method in ("GET", "HEAD", "PUT", "DELETE"):
        assert client.request(method, "/logout", headers=desk.same).status_code == 405
    assert client.get("/queue").status_code == 200


FOREIGN = [
    {},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://[evil"},
    {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
]


@pytest.mark.parametrize("headers", FOREIGN)
def test_forms_of_other_sites_are_refused(desk: Any, headers: dict[str, str]) -> None:
    """A form with the right token that comes from elsewhere, or from nowhere, changes nothing."""
    client = desk.as_(UserRole.VIEWER)
    token = client.get("/queue").text.split('name="csrf" value="')[1].split('"')[0]
    assert client.post("/logout", data={"csrf": token}, headers=headers).status_code == 403
    assert client.post("/login", data={"csrf": token}, headers=headers).status_code == 403
    assert client.get("/queue").status_code == 200


def test_a_form_needs_the_token_of_its_session(desk: Any) -> None:
    """No token, a wrong one, another session's and a body that is no form are all refused."""
    client, other = desk.as_(UserRole.VIEWER), desk.as_(UserRole.VIEWER)
    theirs = other.get("/queue").text.split('name="csrf" value="')[1].split('"')[0]
    for data in ({}, {"csrf": "x"}, {"csrf": "é"}, {"csrf": theirs}):
        assert client.post("/logout", data=data, headers=desk.same).status_code == 403
    plain = {**desk.same, "Content-Type": "text/plain"}
    assert client.post("/logout", content=f"csrf={theirs}", headers=plain).status_code == 403
    assert client.get("/queue").status_code == 200


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example", ""])
def test_foreign_hosts_are_refused(desk: Any, host: str) -> None:
    """Only names of this machine are answered (DNS rebinding), with all headers all the same."""
    answer = desk.client().get("/login", headers={"Host": host})
    assert answer.status_code == 400
    assert "default-src 'self'" in answer.headers["content-security-policy"]


@pytest.mark.parametrize(
    "wanted",
    [
        "//h",
        "/\\h",
        "\\\\h",
        "https:h",
        "https://h/",
        "/%2f%2fh",
        "/%5ch",
        "/\th",
        "/\nh",
        "javascript:alert(1)",
        "",
        "h",
        "/\u2028h",
    ],
)
def test_log_in_goes_on_to_pages_of_ours_only(wanted: str) -> None:
    """Whatever could lead a browser elsewhere becomes the queue."""
    assert local_path(wanted) == "/queue"


@pytest.mark.parametrize("wanted", ["/candidates/12", "/queue?all=true&page=2"])
def test_log_in_goes_on_to_where_one_was(wanted: str) -> None:
    """A page of ours is kept."""
    assert local_path(wanted) == wanted


def test_metrics_are_for_this_machine_or_people(desk: Any, feeds: None) -> None:
    """A program here reads the figures; one behind a proxy needs a log-in or a token."""
    answer = desk.client().get("/metrics")
    assert 'offing_feeds{state="blocked"} 1.0' in answer.text
    assert "offing_run_last_ended_timestamp_seconds" in answer.text
    assert answer.headers["content-type"].startswith("text/plain")
    assert desk.client().get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 401
    viewer = desk.as_(UserRole.VIEWER)
    assert viewer.get("/metrics", headers={"X-Forwarded-For": "203.0.113.9"}).status_code == 200
