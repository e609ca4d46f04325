"""Without scripts: a click that meets a page which had only just come does nothing, and what was written stays."""

from __future__ import annotations

import re
from typing import Any

import httpx2
import pytest
from playwright.sync_api import Browser, Page

from offing.model.operation.user import UserRole
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.services.review.decisions import decide, show
from web.test_morning import fill, states

LEAST, ENOUGH = 0.39, 0.41  # seconds after which a page takes nothing yet, and takes what it is sent
TOO_SOON = "This page has only just opened"


class Held:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = 1_000.0

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def ticks(desk: Any) -> Held:
    """By which the web app tells the age of a page."""
    desk.ticks = Held()
    return desk.ticks  # type: ignore[no-any-return]


@pytest.fixture
def ana(desk: Any) -> httpx2.Client:
    """An analyst with a browser that knows no scripts."""
    client: httpx2.Client = desk.as_(UserRole.ANALYST)
    client.headers.update(desk.same)
    return client


def fields_of(text: str) -> dict[str, str]:
    """The hidden fields of a form, as they stand last on a page: those of what is decided."""
    return dict(re.findall(r'name="(csrf|in|version|token|items|judgement|reason)" value="([^"]*)"', text))


def test_a_decision_waits_until_its_page_can_have_been_seen(
    desk: Any, ana: httpx2.Client, ticks: Held, add_candidate: Any
) -> None:
    """Correction, remark and day stay in the page that says so, and it waits too; scripts know better themselves."""
    fill(add_candidate, 3)
    sent = {"edit.status": "completed", "reason": "by radio", "until": "2027-01-31", "judgement": "accept"}
    page = ana.get("/candidate/1").text
    ticks.now += LEAST
    refused = ana.post("/candidate/1/decide", data={**sent, **_decision(page)})
    assert (refused.status_code, TOO_SOON in refused.text) == (422, True)
    assert re.search(r'value="completed"[^>]* selected', refused.text)
    assert 'value="by radio"' in refused.text
    assert 'value="2027-01-31"' in refused.text
    assert states(desk)[1] == CandidateState.OPEN
    assert ana.post("/candidate/1/decide", data={**sent, **_decision(refused.text)}).status_code == 422
    ticks.now += ENOUGH
    taken = ana.post("/candidate/1/decide", data={**sent, **_decision(refused.text), "until": ""})
    assert taken.headers["location"].startswith("/candidate/2")
    assert show(desk.database, 1).decisions[0].reason == "by radio"
    sent |= {**_decision(ana.get("/candidate/2").text), "until": ""}
    assert ana.post("/candidate/2/decide", data=sent, headers={"Accept": "application/json"}).status_code == 200


def _decision(page: str) -> dict[str, str]:
    form = page[page.index('id="decision"') :]
    return dict(re.findall(r'name="(csrf|version|token)" value="([^"]*)"', form))


def test_undo_waits_too(desk: Any, ana: httpx2.Client, ticks: Held, add_candidate: Any) -> None:
    """Twice pressed without scripts it takes one decision back, from each page that has the button."""
    fill(add_candidate, 3)
    for number in (1, 2, 3):
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "analyst-1"), desk.now)
    page = ana.get("/candidate/1").text
    ticks.now += ENOUGH
    after = ana.post("/undo", data=_undo(page))
    assert after.headers["location"].startswith("/candidate/3")
    again = ana.post("/undo", data=_undo(ana.get(after.headers["location"]).text))
    assert (again.status_code, TOO_SOON in again.text) == (409, True)
    listed = ana.get("/decisions").text
    form = listed[listed.index('action="/decisions/undo"') :]
    hidden = dict(re.findall(r'name="(csrf|token|candidate_id|decision_id)" value="([^"]*)"', form.split("</form>")[0]))
    refused = ana.post("/decisions/undo", data=hidden)
    assert (refused.status_code, TOO_SOON in refused.text) == (409, True)
    assert [number for number, state in states(desk).items() if state == CandidateState.OPEN] == [3]
    ticks.now += ENOUGH
    assert ana.post("/decisions/undo", data=hidden).status_code == 303


def _undo(page: str) -> dict[str, str]:
    form = page[page.index('action="/undo"') :].split("</form>", maxsplit=1)[0]
    return dict(re.findall(r'name="(csrf|token)" value="([^"]*)"', form))


def test_a_batch_waits_until_it_can_have_been_looked_at(
    desk: Any, ana: httpx2.Client, ticks: Held, add_candidate: Any
) -> None:
    """The second click of two on its button decides nothing, and the batch stands there still."""
    fill(add_candidate, 3)
    csrf = fields_of(ana.get("/queue").text)["csrf"]
    chosen = {"csrf": csrf, "id": ["1", "2"], "judgement": "reject:vague", "reason": "no sum"}
    preview = ana.post("/bulk/preview", data=chosen).text
    ticks.now += LEAST
    refused = ana.post("/bulk", data=fields_of(preview))
    assert (refused.status_code, TOO_SOON in refused.text) == (422, True)
    assert set(states(desk).values()) == {CandidateState.OPEN}
    ticks.now += ENOUGH
    assert ana.post("/bulk", data=fields_of(refused.text)).status_code == 303
    assert states(desk) == {1: CandidateState.REJECTED, 2: CandidateState.REJECTED, 3: CandidateState.OPEN}
    assert "no sum" in show(desk.database, 1).decisions[0].reason


# Of so long an article the bar stands at the foot of the screen, in the same place on each page.
LONG = ("The data centre at Konza will be built within 18 months. " * 8,) * 9


@pytest.fixture
def plain(browser: Browser, desk: Any) -> Any:
    """A page of a browser without scripts, logged in."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 850})
    cookie = {"name": "offing", "value": desk.as_(UserRole.ANALYST).cookies["offing"], "url": desk.url}
    context.add_cookies([cookie])
    yield context.new_page()
    context.close()


def test_two_clicks_in_a_browser_without_scripts_decide_once(
    plain: Page, desk: Any, ticks: Held, add_candidate: Any
) -> None:
    """The second one falls on the button of the next candidate, which says that it did not count; later it does."""
    fill(add_candidate, 3, paragraphs=LONG, quotes=())
    plain.goto(f"{desk.url}/candidate/1")
    place = plain.locator(".bar button[value=accept]").bounding_box()
    assert place
    x, y = place["x"] + place["width"] / 2, place["y"] + place["height"] / 2
    ticks.now += ENOUGH
    plain.mouse.click(x, y)
    plain.locator('[data-candidate="2"]').wait_for()
    plain.mouse.click(x, y)
    plain.locator("#problem").wait_for()
    assert TOO_SOON in plain.inner_text("#problem")
    assert [number for number, state in states(desk).items() if state != CandidateState.OPEN] == [1]
    ticks.now += ENOUGH
    plain.mouse.click(x, y)
    plain.locator('[data-candidate="3"]').wait_for()
    assert [number for number, state in states(desk).items() if state != CandidateState.OPEN] == [1, 2]
