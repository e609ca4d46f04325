"""Keys that land where they decide nothing: fields, menus, lists, dialogs; pasted text; a network that is slow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from offing.model.review.candidate import CandidateState
from offing.services.review.decisions import show
from web.desk.conftest import Seat
from web.test_morning import at, fill, sent, states
from web.test_one_keystroke import decided, told

COMMANDS = "asdurjkq"
FIELDS = {
    "remark": "[name=reason]",
    "select": "[name='edit.status']",
    "field": "[name='edit.counterparts']",
    "reason": "[name='because.countries']",
    "picker": "[data-search]",
    "day": "[name=until]",
}


def nothing_happened(page: Page, desk: Any) -> None:
    """The first candidate still stands there, nothing is on its way, nothing was decided."""
    page.wait_for_timeout(100)
    assert page.locator('[data-candidate="1"]').count() == 1
    assert page.evaluate("localStorage.getItem('offing:outbox') ?? '[]'") == "[]"
    assert decided(desk) == []


def test_keys_in_a_field_decide_nothing(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """Every key that decides elsewhere is a letter in a text field and a choice in a select menu."""
    fill(add_candidate, 2)
    page = seat("/candidate/1")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    for name, field in FIELDS.items():
        page.locator(field).focus()
        page.keyboard.type(COMMANDS)
        nothing_happened(page, desk)
        if name not in {"select", "day"}:
            assert page.input_value(field) == COMMANDS, name


def test_keys_beside_an_open_menu_decide_nothing(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """After `r` a slip to the key of another decision is no decision; the key of a reason is."""
    fill(add_candidate, 2)
    page = seat("/candidate/1")
    page.keyboard.press("r")
    for key in "ajkq":
        page.keyboard.press(key)
    nothing_happened(page, desk)
    page.keyboard.press("p")
    at(page, 2)
    sent(page)
    assert show(desk.database, 1).decisions[0].reason == "no-project"


def test_keys_under_the_card_decide_nothing(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """While a dialog is open no key reaches the page behind it."""
    fill(add_candidate, 2)
    page = seat("/candidate/1")
    page.keyboard.press("?")
    expect(page.locator("dialog#help")).to_be_visible()
    page.keyboard.type("asdurjkq123")
    nothing_happened(page, desk)
    page.keyboard.press("Escape")
    page.keyboard.press("a")
    at(page, 2)


def test_keys_at_a_list_of_completions_decide_nothing(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """Open, with an offer marked, closed by Escape or by a click on an offer: the letters are text."""
    fill(add_candidate, 2)
    page = seat("/candidate/1")
    page.locator("#field-countries summary").click()
    field = page.locator("[name='edit.countries']")
    for leave in ("", "ArrowDown", "Escape"):
        field.fill("Ken")
        page.locator(".offers li").first.wait_for()
        if leave:
            page.keyboard.press(leave)
        page.keyboard.type("ar")
        nothing_happened(page, desk)
        assert field.input_value() == "Kenar"
    field.fill("Keny")
    page.locator(".offers li").first.click()
    page.keyboard.type("ar")
    nothing_happened(page, desk)
    assert field.input_value() == "Kenyaar"


PASTE = """(text) => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  document.activeElement.dispatchEvent(event);
}"""


@pytest.mark.parametrize("where", ["body", "[name=reason]"], ids=["page", "field"])
def test_pasted_text_decides_nothing(seat: Seat, desk: Any, add_candidate: Any, where: str) -> None:
    """Text full of command letters, pasted into the page or into the remark, is text."""
    fill(add_candidate, 2)
    page = seat("/candidate/1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("(text) => navigator.clipboard.writeText(text)", "a r p d w u\na\n")
    page.locator(where).focus()
    page.keyboard.press("Control+v")
    page.evaluate(PASTE, "a r p d w u\na\n")
    nothing_happened(page, desk)


def keep_in(held: list[Route]) -> Callable[[Route], None]:
    """What holds a request back until the test lets it go on; Playwright takes no method of a list."""

    def keep(route: Route) -> None:
        held.append(route)

    return keep


def test_a_slow_answer_decides_once_and_on_what_is_seen(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """While the first decision is on its way for seconds the next is made; both arrive, once each and in order."""
    fill(add_candidate, 4)
    page = seat("/candidate/1")
    held: list[Route] = []
    page.route("**/decide", keep_in(held))
    page.keyboard.press("a")
    at(page, 2)
    page.keyboard.press("r")
    page.keyboard.press("p")
    at(page, 3)
    page.wait_for_timeout(300)
    assert (len(held), decided(desk)) == (1, [])  # the second waits for the first
    held[0].continue_()
    while len(held) < 2:
        page.wait_for_timeout(20)
    held[1].continue_()
    sent(page)
    assert {number: str(state) for number, state in states(desk).items() if number < 4} == {
        1: CandidateState.ACCEPTED,
        2: CandidateState.REJECTED,
        3: CandidateState.OPEN,
    }
    assert [len(show(desk.database, number).decisions) for number in (1, 2, 3)] == [1, 1, 0]


def test_keys_pressed_while_the_next_page_is_late_decide_once(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """The next page comes seconds late: until it stands there, further presses are refused in words."""
    fill(add_candidate, 3)
    page = seat("/queue")
    late: list[Route] = []
    page.route("**/candidate/2", keep_in(late))
    page.goto(f"{desk.url}/candidate/1")
    page.keyboard.press("a")
    for _ in range(4):
        page.keyboard.press("a")
        page.wait_for_timeout(100)
    told(page, "still being sent")
    late[0].continue_()
    at(page, 2)
    sent(page)
    assert decided(desk) == [1]
    assert len(show(desk.database, 1).decisions) == 1


@pytest.mark.slow
def test_a_double_tap_in_a_menu_decides_once(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """By finger on a reason of the menu: the second tap falls on the next candidate's page and decides nothing."""
    fill(add_candidate, 3)
    page = seat("/candidate/1", has_touch=True, viewport={"width": 1024, "height": 768})
    page.locator(".bar summary").first.tap()
    box = page.locator(".bar button[value='reject:no-project']").bounding_box()
    assert box
    for _ in range(2):
        page.touchscreen.tap(box["x"] + 9, box["y"] + 9)
    at(page, 2)
    sent(page)
    assert decided(desk) == [1]
    assert page.locator("details.menu[open]").count() == 0
