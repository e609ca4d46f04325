"""The server: behind a proxy with TLS, in a thread, and on addresses that do not work."""

from __future__ import annotations

import re
import threading
import time

import httpx2
import pytest
from starlette.requests import Request

from offing.errors import UsageError
from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.services.accounts.users import add_user
from offing.services.running.run_context import utc_now
from offing.store.database.engine import Database
from offing.web.access import Place, client_address
from offing.web.serve import is_loopback, make_server

PASSWORD = "harbour light at noon"


def test_behind_a_proxy_with_tls(sqlite_database: Database) -> None:
    """The cookie is `__Host-` and Secure, HSTS is sent, and a name of the proxy is answered."""
    add_user(sqlite_database, "ana", UserRole.ANALYST, PASSWORD, Stamp(utc_now()))
    server = make_server(Place(sqlite_database), "127.0.0.1", 0, names=("offing.example",), behind_proxy=True)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    headers = {"Host": "offing.example", "X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.9"}
    with httpx2.Client(base_url=server.address, headers=headers, trust_env=False) as client:
        form = client.get("/login")
        token = re.findall(r'name="csrf" value="([^"]+)"', form.text)[0]
        data = {"csrf": token, "name": "ana", "password": PASSWORD}
        sent = {"Origin": "https://offing.example", "Cookie": f"__Host-offing-form={token}"}
        answer = client.post("/login", data=data, headers=sent)
        metrics = client.get("/metrics")
    server.should_exit = True
    thread.join(10)
    cookie = next(c for c in answer.headers.get_list("set-cookie") if c.startswith("__Host-offing="))
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
    assert answer.headers["strict-transport-security"] == "max-age=31536000"
    assert metrics.status_code == 401
    assert not thread.is_alive()


@pytest.mark.parametrize("host", ["192.0.2.1", "no.such.host.invalid"])
def test_an_address_that_is_not_ours(sqlite_database: Database, host: str) -> None:
    """Said in one sentence before anything runs."""
    with pytest.raises(UsageError, match="cannot listen"):
        make_server(Place(sqlite_database), host, 0)


@pytest.mark.parametrize(
    ("host", "local"), [("127.0.0.1", True), ("::1", True), ("[::1]", True), ("localhost", True), ("0.0.0.0", False)]
)
def test_which_addresses_stay_on_this_machine(host: str, local: bool) -> None:
    """Loopback in all its spellings."""
    assert is_loopback(host) is local
    assert not is_loopback("offing.example")


@pytest.mark.parametrize(
    ("address", "counted"),
    [("203.0.113.9", "203.0.113.9"), ("2001:db8::1:2:3:4", "2001:db8::/64"), ("fe80::1%eth0", "fe80::/64"), ("x", "x")],
)
def test_who_is_slowed_down_together(address: str, counted: str) -> None:
    """One IPv4 address, or the IPv6 network that one customer has."""
    assert client_address(Request({"type": "http", "client": (address, 1)})) == counted
