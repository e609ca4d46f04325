"""The outermost layer: headers on every answer, cookies, the size of what is sent."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
import structlog
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from offing.model.operation.user import UserRole
from offing.store.database.engine import Database
from offing.web.gateway.middleware import LARGER_BODIES, LARGEST_BODY, OuterMiddleware
from web.test_access import IDS, ROUTES

POLICY = {
    "default-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
}
HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}
INLINE = re.compile(r"<style|<script(?![^>]* src=)|\son\w+=|\sstyle=|javascript:", re.IGNORECASE)


def test_every_route_answers_with_all_headers_and_no_inline_code(desk: Any) -> None:
    """All that the app serves, whoever asks: pages, refusals, JSON, what is not there; only our files run."""
    for client in (desk.as_(UserRole.CURATOR), desk.client()):
        for method, path in [*sorted(ROUTES), ("GET", "/none"), ("PUT", "/queue"), ("GET", "/candidate/x")]:
            if path == "/logout":
                continue
            answer = client.request(method, IDS.sub("999", path), headers=desk.same)
            policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
            assert policy == POLICY, path
            assert HEADERS.items() <= dict(answer.headers).items(), path
            assert re.fullmatch(r"[0-9a-f]{12}", answer.headers["x-request-id"])
            assert "server" not in answer.headers
            assert "strict-transport-security" not in answer.headers, "only over TLS"
            if answer.headers.get("content-type", "").startswith("text/html"):
                assert not INLINE.search(answer.text), (path, INLINE.search(answer.text))


def test_cookies_are_for_this_site_alone(desk: Any) -> None:
    """HttpOnly, Lax, for all paths, without a domain; over plain HTTP no browser would take `__Host-`."""
    client = desk.client()
    cookies = [*client.get("/login").headers.get_list("set-cookie")]
    cookies += desk.log_in(client, "nobody").headers.get_list("set-cookie")
    cookies += desk.log_in(desk.as_(UserRole.VIEWER), "viewer-2").headers.get_list("set-cookie")
    assert cookies
    for cookie in cookies:
        words = [part.strip().lower() for part in cookie.split(";")[1:]]
        assert {"httponly", "samesite=lax", "path=/"} <= set(words)
        assert "secure" not in words
        assert not any(word.startswith("domain") for word in words)
        assert cookie.startswith("offing")


@pytest.mark.parametrize(("path", "most"), [("/login", LARGEST_BODY), *sorted(LARGER_BODIES.items())])
def test_bodies_have_a_limit(desk: Any, path: str, most: int) -> None:
    """Said with its length or sent in pieces: up to the limit of its path, and not beyond."""
    assert ("POST", path) in ROUTES
    client = desk.as_(UserRole.ANALYST)
    form = {**desk.same, "Content-Type": "application/x-www-form-urlencoded"}
    assert client.post(path, content=b"x=" + b"x" * (most - 2), headers=form).status_code == 403
    assert client.post(path, content=b"x=" + b"x" * (most - 1), headers=form).status_code == 413
    pieces = (b"x" * (most // 4) for _ in range(5))
    assert client.post(path, content=pieces, headers=form).status_code == 413


def test_a_long_article_can_be_pasted(desk: Any) -> None:
    """Two hundred thousand letters of Chinese, nine bytes each on their way, come through all layers."""
    client = desk.as_(UserRole.ANALYST)
    csrf = client.get("/session", headers={"Accept": "application/json"}).json()["csrf"]
    typed = {"csrf": csrf, "title": "x" * 501, "text": "港" * 200_000}
    answer = client.post("/add/text", data=typed, headers=desk.same)
    assert (answer.status_code, "at most 500 characters" in answer.text) == (422, True)


def test_who_leaves_half_way_is_no_fault() -> None:
    """A page that is closed while its form is sent is named in the log, without a trace, and nothing is answered."""
    answered: list[Message] = []

    async def read(scope: Scope, receive: Receive, send: Send) -> None:
        await Request(scope, receive, send).body()

    async def leave() -> Message:
        return {"type": "http.disconnect"}

    async def keep(message: Message) -> None:
        answered.append(message)

    scope: Scope = {"type": "http", "method": "POST", "path": "/login", "headers": [], "query_string": b""}
    with structlog.testing.capture_logs() as logs:
        asyncio.run(OuterMiddleware(read)(scope, leave, keep))
    assert answered == []
    assert [(entry["event"], entry["log_level"]) for entry in logs] == [("client_left", "info")]


def test_a_database_in_trouble_is_no_fault_of_ours(desk: Any, sqlite_database: Database) -> None:
    """Its file is no database any more: 503, without a path or a word of SQLite's."""
    viewer = desk.as_(UserRole.VIEWER)
    sqlite_database.close()
    file = Path(str(sqlite_database.engine.url.database))
    file.write_bytes(b"no database " * 4096)
    answer = viewer.get("/queue")
    assert answer.status_code == 503
    assert "in trouble" in answer.text
    assert "offing.db" not in answer.text
    assert "not a database" not in answer.text
    assert viewer.get("/readyz").status_code == 503
