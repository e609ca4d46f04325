"""Assignments in the browser: from a candidate, for several, evenly, by rules; the queue of one's own day."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest
from playwright.sync_api import expect

from offing.model.operation.user import UserRole
from offing.model.review.queue import QueueFilter
from offing.services.review.assigning import add_rule, assign, standing_on
from web.desk.conftest import Seat
from web.test_browser import shoot, violations, watch
from web.test_morning import at, fill, ready, sent
from web.test_one_keystroke import decided


def whose(desk: Any) -> dict[int, str]:
    """Who is to judge each candidate."""
    return {number: each.person for number, each in sorted(standing_on(desk.database, range(1, 20)).items())}


def send(desk: Any, client: httpx2.Client, path: str, **fields: Any) -> httpx2.Response:
    """Send a form as a page without scripts would."""
    csrf = re.findall(r'name="csrf" content="([^"]*)"', client.get("/queue").text)[0]
    return client.post(path, data={"csrf": csrf, **fields}, headers=desk.same)


def test_by_keys_from_the_page_of_a_candidate(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """`p` and a number; the page says whose it is, and a decision on it is allowed all the same."""
    fill(add_candidate, 2)
    desk.as_(UserRole.ANALYST)
    page = seat("/candidate/1")
    complaints = watch(page)
    page.keyboard.press("p")
    page.keyboard.press("1")
    page.locator("#assigned").wait_for()
    assert page.inner_text("#assigned").startswith("Assigned to analyst-1 by analyst-2")
    assert "assigned to analyst-1" in page.locator("section", has=page.locator("#assignments")).inner_text().lower()
    shoot(page, "assigned")
    assert violations(page) == []
    at(page, 1)
    page.keyboard.press("a")
    at(page, 2)
    sent(page)
    assert (decided(desk), whose(desk), complaints) == ([1], {1: "analyst-1"}, [])


def test_by_keys_for_several_and_evenly(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """The ticked ones to one person; all of the filter in equal parts; the lines say whose they are."""
    fill(add_candidate, 4)
    desk.as_(UserRole.ANALYST)
    page = seat("/queue")
    for key in ("j", "x", "j", "x", "p"):
        page.keyboard.press(key)
    shoot(page, "assign-menu")
    page.keyboard.press("2")
    page.locator('[data-line="1"] .own').wait_for()
    assert whose(desk) == {1: "analyst-2", 2: "analyst-2"}
    ready(page)
    page.get_by_role("radio", name="in this filter").check()
    page.keyboard.press("p")
    page.get_by_role("button", name="Split evenly").click()
    page.locator('[data-line="1"]', has_text="for analyst-1").wait_for()
    assert whose(desk) == {1: "analyst-1", 2: "analyst-2", 3: "analyst-1", 4: "analyst-2"}
    shoot(page, "assigned-queue")
    assert violations(page) == []
    ready(page)
    page.locator('[data-line="1"] input').check()
    page.keyboard.press("a")
    assert "for analyst-1" in page.locator(".plan").inner_text()
    assert decided(desk) == []


def test_ones_own_day(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """Only what is assigned to me and waits, as many as my goal; the counter is mine; the way on stays in it."""
    fill(add_candidate, 5)
    desk.as_(UserRole.ANALYST)
    page = seat("/queue")
    assign(desk.database, [1, 3, 5], ["analyst-2"], "analyst-1", desk.now)
    page.locator(".goal summary").click()
    page.fill("[name=goal]", "2")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="My day").click()
    page.wait_for_url("**/queue?view=my-day")
    expect(page.locator(".own").first).to_contain_text("You: 0 of 2, 3 assigned to you")
    assert page.locator("[data-line]").count() == 2
    shoot(page, "my-day")
    page.keyboard.press("Enter")
    at(page, 1)
    page.keyboard.press("a")
    at(page, 3)
    page.keyboard.press("a")
    page.locator("form[data-queue]").wait_for()
    assert "You have reached your goal: 2 decided." in page.inner_text("main")
    assert decided(desk) == [1, 3]


def test_back_to_the_rules_by_a_key(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """On the page of a candidate that somebody assigned by hand; the history and the activity log say who did it."""
    fill(add_candidate, 1)
    desk.as_(UserRole.ANALYST)
    add_rule(desk.database, QueueFilter.parse("country=KEN"), "analyst-1", "analyst-1", desk.now)
    page = seat("/candidate/1")
    assert page.get_by_role("button", name="back to the rules").count() == 0
    page.keyboard.press("p")
    page.keyboard.press("0")
    page.locator("#assignments").wait_for()
    ready(page)
    assert whose(desk) == {1: ""}
    page.keyboard.press("p")
    shoot(page, "assign-menu-rules")
    page.keyboard.press("r")
    page.locator("#assigned").wait_for()
    assert page.inner_text("#assigned").startswith("Assigned to analyst-1 by rule 1")
    assert (
        "given back to the rules by analyst-2" in page.locator("section", has=page.locator("#assignments")).inner_text()
    )
    assert violations(page) == []
    log = desk.as_(UserRole.OPS).get("/people", params={"by": "analyst-2"}).text
    assert "from nobody back to the rules" in log


def test_rules_are_made_by_those_who_may(desk: Any, add_candidate: Any) -> None:
    """A curator adds and takes back; an analyst reads them; what cannot be a rule stays in the form with its reason."""
    fill(add_candidate, 2)
    curator, analyst = desk.as_(UserRole.CURATOR), desk.as_(UserRole.ANALYST)
    rule = {"country": "Kenya, Uganda", "person": "analyst-2"}
    assert send(desk, analyst, "/assignments/rules", **rule).status_code == 403
    refused = send(desk, curator, "/assignments/rules", **{**rule, "country": "Atlantis"})
    assert refused.status_code == 422
    assert 'value="Atlantis"' in refused.text
    assert send(desk, curator, "/assignments/rules", **rule).headers["location"] == "/assignments"
    assert whose(desk) == {1: "analyst-2", 2: "analyst-2"}
    seen = analyst.get("/assignments").text
    assert "country: Kenya, Uganda" in seen
    assert "by rule 1" in seen
    assert "Remove</button>" not in seen
    assert send(desk, curator, "/assignments/rules/1/end").status_code == 303
    assert send(desk, curator, "/assignments/rules/1/end").status_code == 303
    assert whose(desk) == {}


@pytest.mark.parametrize(
    "fields", [{"to": "nobody"}, {"id": "1"}, {"id": "1", "to": "to:stranger"}, {"id": "1", "to": "split"}], ids=str
)
def test_what_cannot_be_assigned_is_said(desk: Any, add_candidate: Any, fields: dict[str, str]) -> None:
    """Nothing chosen, nobody chosen, a stranger: the queue says why, and nothing changes."""
    fill(add_candidate, 1)
    answer = send(desk, desk.as_(UserRole.ANALYST), "/assign", **fields)
    assert (answer.status_code, whose(desk)) == (422, {})
    assert 'role="alert"' in answer.text


def test_who_only_reads_assigns_nothing(desk: Any, add_candidate: Any) -> None:
    """No menu, no goal, no way round them."""
    fill(add_candidate, 1)
    viewer = desk.as_(UserRole.VIEWER)
    for path in ("/queue", "/candidate/1", "/assignments"):
        assert '/assign"' not in viewer.get(path).text
        assert "My day" not in viewer.get(path).text
    assert send(desk, viewer, "/assign", id="1", to="nobody").status_code == 403
    assert send(desk, viewer, "/goal", goal="3").status_code == 403


def test_the_page_of_assignments_can_be_read(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """Rules, who has how many, the history: nothing for axe to find, nothing to complain of."""
    fill(add_candidate, 3)
    page = seat("/queue", role=UserRole.CURATOR)
    complaints = watch(page)
    assign(desk.database, [1, 2], ["curator-1"], "curator-1", desk.now)
    page.goto(f"{desk.url}/assignments")
    page.fill("#country", "Kenya")
    page.select_option("#person", "curator-1")
    page.get_by_role("button", name="Add the rule").click()
    expect(page.locator("tbody tr").first).to_contain_text("country: Kenya")
    shoot(page, "assignments")
    assert violations(page) == []
    assert complaints == []
