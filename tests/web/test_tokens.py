"""Other ways in: a link that works once, and tokens of programs."""

from __future__ import annotations

import base64
import re
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from offing.model.operation.activity import ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.services.accounts.sessions import make_link, make_token, withdraw_token
from offing.services.accounts.users import add_user, disable_user, enable_user, reset_password
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.web.throttle import PER_ADDRESS

FAR = {"X-Forwarded-For": "203.0.113.9"}  # so that nobody is let in for being on this machine


def use(desk: Any, client: httpx2.Client, key: str) -> httpx2.Response:
    """Open a link and press its button."""
    form = client.get("/login/link", params={"key": key})
    fields = dict(re.findall(r'name="(csrf|key)" value="([^"]*)"', form.text))
    return client.post("/login/link", data={"key": key, **fields}, headers=desk.same)


@pytest.fixture
def ana(desk: Any) -> str:
    """An account that no password opens."""
    return add_user(desk.database, "ana", UserRole.ANALYST, None, Stamp(desk.now)).name


def test_a_link_logs_in_once(desk: Any, ana: str) -> None:
    """Looking at it uses nothing up, as messengers do; pressing the button does; the second time it says why not."""
    key = make_link(desk.database, ana, Stamp(desk.now, "root"))
    for _ in range(3):
        assert "Log in with this link" in desk.client().get("/login/link", params={"key": key}).text
    client = desk.client()
    entered = use(desk, client, key)
    assert (entered.status_code, entered.headers["location"]) == (303, "/queue")
    assert client.get("/queue").status_code == 200
    again = use(desk, desk.client(), key)
    assert again.status_code == 401
    assert "used already" in again.text
    with desk.database.read() as conn:
        done_by = list_activity(conn, ActivityFilter())
    assert sorted((done.action, done.by, done.about) for done in done_by) == [
        (ActivityKind.LOG_IN, "ana", "by link"),
        (ActivityKind.LOG_IN_FAILED, "", "by link"),
        (ActivityKind.USER_CHANGED, "", "ana added as analyst"),
        (ActivityKind.USER_CHANGED, "root", "link for ana made"),
    ]


def test_a_link_ends(desk: Any, ana: str) -> None:
    """After 15 minutes, when another is made, and with the account."""
    old = make_link(desk.database, ana, Stamp(desk.now))
    desk.now += timedelta(minutes=15)
    assert use(desk, desk.client(), old).status_code == 401
    first, second = (make_link(desk.database, ana, Stamp(desk.now)) for _ in range(2))
    assert use(desk, desk.client(), first).status_code == 401
    disable_user(desk.database, ana, Stamp(desk.now))
    enable_user(desk.database, ana, Stamp(desk.now))
    assert use(desk, desk.client(), second).status_code == 401


def test_guessing_links_is_slowed_down(desk: Any, ana: str) -> None:
    """Twenty tries from one address, then not even the right one works."""
    key = make_link(desk.database, ana, Stamp(desk.now))
    client = desk.client()
    for _ in range(PER_ADDRESS):
        assert use(desk, client, "wrong").status_code == 401
    slow = use(desk, client, key)
    assert (slow.status_code, "Too many tries" in slow.text) == (429, True)


def test_a_link_needs_the_form_of_its_own_page(desk: Any, ana: str) -> None:
    """Another site cannot log somebody in as somebody else."""
    key = make_link(desk.database, ana, Stamp(desk.now))
    client = desk.client()
    assert client.post("/login/link", data={"key": key}, headers=desk.same).status_code == 403
    client.get("/login/link", params={"key": key})
    assert client.post("/login/link", data={"key": key, "csrf": "x"}, headers=desk.same).status_code == 403
    assert use(desk, client, key).status_code == 303


def test_a_token_reads_as_a_program_and_nothing_else(desk: Any, ana: str) -> None:
    """As Bearer or as a password of Basic; pages, forms and other rights stay shut; a session's cookie is no token."""
    token = make_token(desk.database, ana, Stamp(desk.now))
    basic = base64.b64encode(f"ana:{token}".encode()).decode()
    client = desk.client()
    for sent in (f"Bearer {token}", f"bearer  {token}", f"Basic {basic}"):
        assert client.get("/metrics", headers={**FAR, "Authorization": sent}).status_code == 200
    headers = {**FAR, **desk.same, "Authorization": f"Bearer {token}"}
    assert client.get("/queue", headers=headers).status_code == 403
    assert client.post("/candidate/1/lease", headers=headers).status_code == 403
    assert client.get("/metrics", params={"token": token}, headers=FAR).status_code == 401
    client.cookies.set("offing", token)
    assert client.get("/queue").status_code == 303
    person = desk.as_(UserRole.ANALYST)
    stolen = {**FAR, "Authorization": f"Bearer {person.cookies['offing']}"}
    assert desk.client().get("/metrics", headers=stolen).status_code == 401


def test_what_is_no_token(desk: Any) -> None:
    """Whatever else stands in the header is answered by the question for a token."""
    for sent in ("", "Bearer", "Basic", "Basic ???", "Basic /w==", "Basic YTo=", "Digest x"):
        answer = desk.client().get("/metrics", headers={**FAR, "Authorization": sent})
        assert answer.status_code == 401, sent
        assert answer.headers["www-authenticate"].startswith("Basic realm=")


def test_a_token_ends(desk: Any, ana: str) -> None:
    """When it is withdrawn, replaced, or the account is reset or shut; never by age."""

    def works(token: str) -> bool:
        headers = {**FAR, "Authorization": f"Bearer {token}"}
        return bool(desk.client().get("/metrics", headers=headers).status_code == 200)

    stamp = Stamp(desk.now)
    first = make_token(desk.database, ana, stamp)
    desk.now += timedelta(days=400)
    assert works(first)
    second = make_token(desk.database, ana, stamp)
    assert (works(first), works(second)) == (False, True)
    assert withdraw_token(desk.database, ana, stamp)
    assert not withdraw_token(desk.database, ana, stamp)
    assert not works(second)
    for end in (
        lambda: disable_user(desk.database, ana, stamp),
        lambda: reset_password(desk.database, ana, "another harbour light", stamp),
    ):
        enable_user(desk.database, ana, stamp)
        token = make_token(desk.database, ana, stamp)
        assert works(token)
        end()
        assert not works(token)


def test_an_account_without_password_is_opened_by_none(desk: Any, ana: str) -> None:
    """Not even by the empty one."""
    assert desk.log_in(desk.client(), ana, "").status_code == 401
    assert desk.log_in(desk.client(), ana, "harbour light at noon").status_code == 401
