"""A person's own account: password, time zone, and what they did."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from offing.model.operation.activity import ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.accounts.sessions import log_in, make_link, make_token
from offing.services.accounts.users import add_user
from offing.services.review.agreement import read_again
from offing.services.review.decisions import decide, undo
from offing.store.accounts.activity import ActivityFilter, list_activity
from web.conftest import PASSWORD, AddCandidate, Desk

NEW = "a lantern on the pier"


@pytest.fixture
def ana(desk: Desk) -> httpx2.Client:
    """A client of an analyst who logged in by her password."""
    add_user(desk.database, "ana", UserRole.ANALYST, PASSWORD, Stamp(desk.now))
    client = desk.client()
    assert desk.log_in(client, "ana").status_code == 303
    return client


def send(desk: Desk, client: httpx2.Client, path: str, **fields: str) -> httpx2.Response:
    """Send a form of the account's page."""
    csrf = re.search(r'name="csrf" value="([^"]+)"', client.get("/account").text)
    assert csrf
    return client.post(f"/account/{path}", data={"csrf": csrf[1], **fields}, headers=desk.same)


def test_the_name_in_the_bar_leads_to_the_account(desk: Desk, ana: httpx2.Client) -> None:
    """From every page; nobody else has a page there, and a form needs its token."""
    assert '<a href="/account"><bdi>ana</bdi></a>' in ana.get("/queue").text
    assert desk.client().get("/account").status_code == 303
    assert ana.post("/account/password", data={"old": PASSWORD}, headers=desk.same).status_code == 403


def test_a_new_password_ends_all_other_sessions(desk: Desk, ana: httpx2.Client) -> None:
    """This one goes on; links and the token of programs end, too, and from then on only the new password opens."""
    elsewhere = desk.client()
    desk.log_in(elsewhere, "ana")
    make_link(desk.database, "ana", Stamp(desk.now))
    token = {"Authorization": f"Bearer {make_token(desk.database, 'ana', Stamp(desk.now))}"}
    program = desk.client()
    assert program.get("/api/v1/queue", headers=token).status_code == 200
    answer = send(desk, ana, "password", old=PASSWORD, new=NEW, again=NEW)
    assert "Your password is changed; 3 other sessions, links and tokens ended." in answer.text
    assert ana.get("/queue").status_code == 200
    assert elsewhere.get("/queue").status_code == 303
    assert program.get("/api/v1/queue", headers=token).status_code == 401
    assert log_in(desk.database, "ana", PASSWORD, desk.now) is None
    assert log_in(desk.database, "ana", NEW, desk.now)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"old": "not this one at all"}, "The old password is not right"),
        ({"again": "a lantern on the quay"}, "typed in two ways"),
        ({"new": "short", "again": "short"}, "A password has 12 to 1024 characters"),
        ({"new": "aaaaaaaaaaaaaaaa", "again": "aaaaaaaaaaaaaaaa"}, "too easy to guess"),
    ],
)
def test_a_password_is_changed_by_the_rules_alone(
    desk: Desk, ana: httpx2.Client, fields: dict[str, str], said: str
) -> None:
    """The sentence says what is wrong; nothing is changed, and no password comes back in the page."""
    answer = send(desk, ana, "password", **{"old": PASSWORD, "new": NEW, "again": NEW, **fields})
    assert (answer.status_code, said in answer.text) == (422, True)
    assert not any(f'"{typed}"' in answer.text for typed in (PASSWORD, NEW, *fields.values()))
    assert log_in(desk.database, "ana", PASSWORD, desk.now)


def test_guesses_of_the_old_password_count_as_those_at_the_log_in(desk: Desk, ana: httpx2.Client) -> None:
    """After five the right one waits, here and there; the activity has them; an impossible new one is no guess."""
    for _ in range(6):
        assert send(desk, ana, "password", old=PASSWORD, new="short", again="short").status_code == 422
    for _ in range(5):
        assert send(desk, ana, "password", old="guessed", new=NEW, again=NEW).status_code == 422
        assert send(desk, ana, "password", old=PASSWORD, new="short", again="short").status_code == 422
    slow = send(desk, ana, "password", old=PASSWORD, new=NEW, again=NEW)
    assert (slow.status_code, "Too many tries. Wait 16 minutes." in slow.text) == (429, True)
    assert int(slow.headers["retry-after"]) <= 901
    assert desk.log_in(desk.client(), "ana").status_code == 429
    with desk.database.read() as conn:
        noted = list_activity(conn, ActivityFilter(by="ana", actions=frozenset({ActivityKind.LOG_IN_FAILED})))
    assert [each.about for each in noted] == ["old password"] * 5
    desk.now += timedelta(minutes=16)
    assert send(desk, ana, "password", old=PASSWORD, new=NEW, again=NEW).status_code == 200


def test_an_account_without_password_has_none_to_change(desk: Desk) -> None:
    """The page says so in place of the form, and a form that is sent all the same changes nothing."""
    client = desk.as_(UserRole.VIEWER)
    assert 'name="old"' not in client.get("/account").text
    answer = send(desk, client, "password", old="", new=NEW, again=NEW)
    assert (answer.status_code, "This account has no password" in answer.text) == (422, True)
    assert log_in(desk.database, "viewer-0", NEW, desk.now) is None


def test_every_time_follows_the_chosen_zone(desk: Desk, ana: httpx2.Client, add_candidate: AddCandidate) -> None:
    """With the zone's name, from the next page on; what was stated as a day stays that day; others keep theirs."""
    number = add_candidate()
    decide(desk.database, Verdict(number, Judgement.REJECT, "cy"), desk.now.replace(hour=22, minute=5))
    other = desk.as_(UserRole.VIEWER)
    state = desk.server.config.app.state
    state.place = replace(state.place, zone="Africa/Nairobi")
    for zone, at in (
        ("", "5 Mar 2026, 01:05 EAT"),
        ("America/New_York", "4 Mar 2026, 17:05 EST"),
        ("Asia/Tashkent", "5 Mar 2026, 03:05 UTC+5"),
        ("Asia/Kathmandu", "5 Mar 2026, 03:50 UTC+5:45"),
    ):
        assert send(desk, ana, "zone", zone=zone).status_code == 303
        for path in (f"/candidate/{number}", "/decisions"):
            assert at in ana.get(path).text, (zone, path)
        assert '<span class="quiet">4 Mar 2026 · English' in ana.get(f"/candidate/{number}").text
    assert "5 Mar 2026, 01:05 EAT" in other.get("/decisions").text
    assert "<option selected>Asia/Kathmandu</option>" in ana.get("/account").text
    assert "Wednesday, 4 March 2026" in ana.get("/queue").text


@pytest.mark.parametrize("zone", ["Mars/Olympus", "../../etc/passwd", "/etc/localtime", "Africa", "x" * 90])
def test_a_zone_that_is_none_is_refused(desk: Desk, ana: httpx2.Client, zone: str) -> None:
    """With a sentence; the one before stays."""
    answer = send(desk, ana, "zone", zone=zone)
    assert (answer.status_code, "There is no time zone" in answer.text) == (422, True)
    assert ana.get("/decisions").status_code == 200


def test_own_figures(desk: Desk, ana: httpx2.Client, add_candidate: AddCandidate) -> None:
    """One's own decisions by day without those taken back, the middle time, and how far a second reader agreed."""
    ids = [add_candidate() for _ in range(5)]
    for place, number in enumerate(ids[:4]):
        decide(desk.database, Verdict(number, Judgement.REJECT, "ana"), desk.now + timedelta(seconds=20 * place))
    undo(desk.database, "ana", desk.now + timedelta(minutes=2), candidate_id=ids[3])
    decide(desk.database, Verdict(ids[4], Judgement.ACCEPT, "cy"), desk.now)
    desk.now += timedelta(hours=1)
    read_again(desk.database, Verdict(ids[0], Judgement.REJECT, "cy"), desk.now, 1.0)
    read_again(desk.database, Verdict(ids[4], Judgement.REJECT, "ana"), desk.now, 1.0)
    read_again(desk.database, Verdict(ids[1], Judgement.ACCEPT, "bo"), desk.now, 1.0)
    text = re.sub("<[^>]+>", "", ana.get("/account").text)
    assert "3 in 30 days" in text
    assert "20 s" in text
    assert "1 of 3 with the same verdict" in text
    nobody = re.sub("<[^>]+>", "", desk.as_(UserRole.VIEWER).get("/account").text)
    assert "0 in 30 days" in nobody
    assert "no second readings of your decisions yet" in nobody


def test_the_page_looks_well(browser: Any, desk: Desk, add_candidate: AddCandidate) -> None:
    """Nothing to scroll sideways, nothing for axe to find, wide and on a telephone; the zone is saved from there."""
    from web.test_browser import shoot, violations
    from web.test_telephone import opened

    page = opened(browser, desk, {"width": 390, "height": 844})
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{desk.url}/account")
        shoot(page, f"account-{width}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []
    page.get_by_label("Times are shown in").select_option("Africa/Nairobi")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/account#zone")
    assert "EAT" in page.locator(".dateline").inner_text()
