"""One keystroke, one decision: keys pressed twice or held, double clicks and taps, slow servers, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from offing.model.operation.user import UserRole
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.services.review.decisions import decide, show
from suite import some
from web.test_browser import shoot, watch
from web.test_morning import at, fill, ready, sent, states

Open = Callable[..., Page]
TWICE = 150  # ms between two presses that one hand makes by mistake
AGAIN = 33  # ms between the repeats of a held key
A = {"key": "a", "code": "KeyA", "windowsVirtualKeyCode": 65}


@pytest.fixture
def at_desk(browser: Browser, desk: Any) -> Iterator[Open]:
    """Opens a page for analyst-1, logged in, in a browser of its own."""
    client = desk.as_(UserRole.ANALYST)
    cookie = {"name": "offing", "value": client.cookies["offing"], "url": desk.url}
    contexts: list[BrowserContext] = []

    def open_page(path: str, **settings: Any) -> Page:
        contexts.append(browser.new_context(**{"viewport": {"width": 1280, "height": 850}, **settings}))
        contexts[-1].set_default_timeout(10_000)
        contexts[-1].add_cookies([cookie])
        page = contexts[-1].new_page()
        page.goto(desk.url + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


# Of so long an article the bar stands at the foot of the screen, in the same place on each page.
LONG = ("The data centre at Konza will be built within 18 months. " * 8,) * 9


REFUSED = re.compile("Too soon|still being sent|double click")  # by how quick server and hand were


def told(page: Page, words: str | re.Pattern[str]) -> None:
    """Wait until the line that screen readers read says something."""
    page.locator("#said[aria-live=polite]", has_text=words).wait_for()


def decided(desk: Any) -> list[int]:
    """The candidates that do not wait any more."""
    return [number for number, state in sorted(states(desk).items()) if state != CandidateState.OPEN]


def twice(page: Page, press: Callable[[], None], number: int, refusal: str | re.Pattern[str] = REFUSED) -> None:
    """Press as a hand does twice by mistake, the second time on the page of a candidate that the first led to.

    The clock of the page is held meanwhile: on a slow machine the moment would be over before the second press.
    """
    first = datetime.now(UTC)
    page.clock.set_fixed_time(first)
    press()
    page.locator(f'[data-candidate="{number}"]').wait_for()
    page.clock.set_fixed_time(first + timedelta(milliseconds=TWICE))
    press()
    told(page, refusal)
    at(page, number)
    page.clock.set_fixed_time(first + timedelta(seconds=1))


def hold(page: Page, key: dict[str, Any], seconds: float) -> Callable[[], None]:
    """Hold a key down as a keyboard does; returns what lets it go."""
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **key})
    page.wait_for_timeout(200)
    for _ in range(int(seconds * 1000 - 200) // AGAIN):
        session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "autoRepeat": True, **key})
        page.wait_for_timeout(AGAIN)
    return lambda: session.send("Input.dispatchKeyEvent", {"type": "keyUp", **key})


def test_a_key_pressed_twice_decides_once(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """The second press is refused in words; once the next candidate has stood there for a moment, one decides again."""
    fill(add_candidate, 4)
    page = at_desk("/candidate/1")
    complaints = watch(page)
    twice(page, lambda: page.keyboard.press("a"), 2, "Too soon")
    shoot(page, "too-soon")
    sent(page)
    assert decided(desk) == [1]
    page.keyboard.press("a")
    at(page, 3)
    sent(page)
    assert decided(desk) == [1, 2]
    assert complaints == []


def test_a_key_held_down_decides_once(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """For as long as it is held; let go and pressed again, it decides again."""
    fill(add_candidate, 9)
    page = at_desk("/candidate/1")
    let_go = hold(page, A, 0.9)
    told(page, "held down counts once")
    shoot(page, "held")
    let_go()
    ready(page)
    sent(page)
    assert decided(desk) == [1]
    page.keyboard.press("a")
    at(page, 3)
    sent(page)
    assert decided(desk) == [1, 2]


@pytest.mark.parametrize("repeats", some([False, True]), ids=lambda repeats: "flagged" if repeats else "not flagged")
@pytest.mark.slow
def test_a_key_held_over_a_change_of_page_decides_nothing(
    at_desk: Open, desk: Any, add_candidate: Any, repeats: bool
) -> None:
    """Also where the whole page is loaded anew and its repeats say nothing; let go, it decides."""
    fill(add_candidate, 3)
    page = at_desk("/candidate/1")
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **A})
    at(page, 2)
    page.goto(f"{desk.url}/candidate/2")
    for _ in range(600 // AGAIN):
        session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "autoRepeat": repeats, **A})
        page.wait_for_timeout(AGAIN)
    sent(page)
    assert decided(desk) == [1]
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **A})
    page.keyboard.press("a")
    at(page, 3)
    sent(page)
    assert decided(desk) == [1, 2]


@pytest.mark.slow
def test_a_key_that_was_let_go_between_two_pages_decides(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """The new page sees no key-up; a fresh press after a moment is one all the same."""
    fill(add_candidate, 2)
    page = at_desk("/decisions")
    page.keyboard.down("a")
    page.goto(f"{desk.url}/candidate/1")
    page.wait_for_timeout(500)
    page.context.new_cdp_session(page).send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **A})
    at(page, 2)
    sent(page)
    assert decided(desk) == [1]


@pytest.mark.slow
def test_the_key_that_decided_is_let_go_before_another_does(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Who still holds the key of the reason has not finished the decision."""
    fill(add_candidate, 3)
    page = at_desk("/candidate/1")
    page.keyboard.press("r")
    page.keyboard.down("p")
    at(page, 2)
    page.keyboard.down("p")  # still held, so that it repeats
    page.keyboard.press("a")
    told(page, "Release the key")
    page.keyboard.up("p")
    page.keyboard.press("a")
    at(page, 3)
    sent(page)
    assert decided(desk) == [1, 2]


def test_a_double_click_decides_once(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """However slow the second click is, as long as the browser takes both for one double click."""
    fill(add_candidate, 3, paragraphs=LONG)
    page = at_desk("/candidate/1")
    page.dblclick(".bar button[value=accept]", delay=20)
    at(page, 2)
    box = page.locator(".bar button[value=accept]").bounding_box()
    assert box
    spot = (box["x"] + 9, box["y"] + 9)
    page.mouse.click(*spot)
    at(page, 3)
    page.mouse.down(click_count=2)
    page.mouse.up(click_count=2)
    told(page, "counts once")
    sent(page)
    assert decided(desk) == [1, 2]


@pytest.mark.slow
def test_a_double_tap_decides_once(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """By finger on a tablet, where the bar stays in its place."""
    fill(add_candidate, 3, paragraphs=LONG)
    page = at_desk("/candidate/1", has_touch=True, viewport={"width": 1024, "height": 768})
    box = page.locator(".bar button[value=accept]").bounding_box()
    assert box
    twice(page, lambda: page.touchscreen.tap(box["x"] + 9, box["y"] + 9), 2)
    shoot(page, "double-tap")
    sent(page)
    assert decided(desk) == [1]


@pytest.mark.slow
def test_a_slow_server_is_asked_once(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """A correction waits for the answer: until it is there, nothing more is sent from its page."""
    fill(add_candidate, 3)
    page = at_desk("/candidate/1")
    asked: list[Route] = []

    def keep(route: Route) -> None:
        asked.append(route)

    page.route("**/decide", keep)
    page.locator("#field-status summary").click()
    page.select_option("[name='edit.status']", "agreed")
    accept = page.locator(".bar button[value=accept]")
    with page.expect_request("**/decide"):
        accept.click()
    page.keyboard.press("a")
    told(page, "still being sent")
    asked[0].continue_()
    at(page, 2)
    assert len(asked) == 1
    assert decided(desk) == [1]


def test_undo_pressed_twice_takes_back_one(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """What was decided before stays decided."""
    fill(add_candidate, 3)
    for number in (1, 2):
        decide(desk.database, Verdict(number, Judgement.REJECT, "analyst-1"), desk.now)
    page = at_desk("/candidate/3")
    twice(page, lambda: page.keyboard.press("u"), 2)
    assert decided(desk) == [1]
    page.keyboard.press("u")
    at(page, 1)
    assert decided(desk) == []


@pytest.mark.slow
def test_enter_held_on_a_button_does_no_batch(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """It opens the look at the batch and stops there, although the look takes Enter for "do it"."""
    fill(add_candidate, 3)
    page = at_desk("/queue")
    page.locator("[data-line] input").first.check()
    page.locator(".bar button[value=accept]").focus()
    enter = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13, "text": "\r"}
    session = page.context.new_cdp_session(page)
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **enter})
    page.locator("[data-bulk]").wait_for()
    for _ in range(600 // AGAIN):
        session.send("Input.dispatchKeyEvent", {"type": "keyDown", "autoRepeat": True, **enter})
        page.wait_for_timeout(AGAIN)
    told(page, "held down")
    shoot(page, "batch-held")
    assert decided(desk) == []
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **enter})
    page.keyboard.press("Enter")
    page.locator("form[data-queue]").wait_for()
    assert decided(desk) == [1]


@pytest.mark.slow
def test_a_batch_confirmed_twice_is_one(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """The second press of Enter falls on the queue, where it opens no candidate and decides nothing."""
    fill(add_candidate, 3)
    page = at_desk("/queue")
    page.locator("[data-line] input").first.check()
    page.keyboard.press("a")
    page.locator("[data-bulk]").wait_for()
    page.keyboard.press("a")
    page.keyboard.press("Enter")
    told(page, "Too soon")
    assert decided(desk) == []
    ready(page)
    page.get_by_role("button", name="Confirm").dblclick()
    page.locator("form[data-queue]").wait_for()
    expect(page.locator("[data-line]")).to_have_count(2)
    assert decided(desk) == [1]


@pytest.mark.slow
def test_a_held_key_goes_on_where_nothing_is_decided(at_desk: Open, add_candidate: Any) -> None:
    """Down the lines of the queue, as long as the key is held."""
    fill(add_candidate, 4)
    page = at_desk("/queue")
    for _ in range(3):
        page.keyboard.down("j")
    assert page.locator("[data-line]").nth(2).get_attribute("class") == "line at"


COMPOSE = """(key) => {
  for (const more of [{ isComposing: true }, { keyCode: 229 }]) {
    const made = new KeyboardEvent("keydown", { key, code: "KeyA", bubbles: true, cancelable: true, ...more });
    document.body.dispatchEvent(made);
  }
}"""


@pytest.mark.slow
def test_a_character_that_is_being_composed_decides_nothing(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Keys of an input method are its own; with it closed the same key decides."""
    fill(add_candidate, 2)
    page = at_desk("/candidate/1")
    page.evaluate(COMPOSE, "a")
    page.evaluate(COMPOSE, "u")
    assert page.locator('[data-candidate="1"]').count() == 1
    assert page.evaluate("localStorage.getItem('offing:outbox')") is None
    page.keyboard.press("a")
    at(page, 2)
    sent(page)
    assert decided(desk) == [1]
    assert len(show(desk.database, 1).decisions) == 1
