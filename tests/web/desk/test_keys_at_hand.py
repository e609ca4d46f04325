"""Keys beside those that decide: the remark, the source, a quote, pages of the queue, the card, the way back."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from offing.config.sites.keys import shipped_keys
from offing.model.operation.user import UserRole
from offing.model.review.keys import Action
from offing.services.review.decisions import show
from web.desk.conftest import Seat
from web.test_morning import SELECT, at, fill, sent, states
from web.test_one_keystroke import decided, told


def test_another_reason_needs_a_remark(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """Refused in words, with the cursor in the remark; with one, `r` and `o` reject, and it is kept."""
    fill(add_candidate, 2)
    page = seat("/candidate/1")
    page.keyboard.press("r")
    page.keyboard.press("o")
    told(page, "needs a remark")
    expect(page.locator("[name=reason]")).to_be_focused()
    assert decided(desk) == []
    page.keyboard.type("advertising")
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    page.keyboard.press("o")
    at(page, 2)
    sent(page)
    assert show(desk.database, 1).decisions[0].reason == "other: advertising"


def test_another_reason_needs_a_remark_without_scripts(browser: Browser, desk: Any, add_candidate: Any) -> None:
    """The page comes back with the reason why, and opens at the remark."""
    fill(add_candidate, 2)
    client = desk.as_(UserRole.ANALYST)
    page = browser.new_context(java_script_enabled=False).new_page()
    page.context.add_cookies([{"name": "offing", "value": client.cookies["offing"], "url": desk.url}])
    page.goto(f"{desk.url}/candidate/1")
    page.locator(".bar summary").first.click()
    page.locator("button[value='reject:other']").click()
    assert "needs a remark" in page.inner_text("[role=alert]")
    assert page.locator("[name=reason][autofocus]").count() == 1
    assert decided(desk) == []
    page.fill("[name=reason]", "advertising")
    page.locator(".bar summary").first.click()
    page.locator("button[value='reject:other']").click()
    assert show(desk.database, 1).decisions[0].reason == "other: advertising"


def test_another_reason_needs_a_remark_for_several(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """In the queue as well: the remark stands in its bar and goes with each decision of the batch."""
    fill(add_candidate, 2)
    page = seat("/queue")
    for key in ("x", "r", "o"):
        page.keyboard.press(key)
    told(page, "needs a remark")
    page.keyboard.type("advertising")
    page.keyboard.press("Enter")
    page.keyboard.press("r")
    page.keyboard.press("o")
    page.locator("[data-bulk]").wait_for()
    assert "other: advertising" in page.inner_text("main")
    page.locator("main[data-ready]").wait_for(state="attached")
    page.keyboard.press("Enter")
    page.locator("form[data-queue]").wait_for()
    assert show(desk.database, 1).decisions[0].reason == "other: advertising"


def test_remark_and_quote_have_keys(seat: Seat, add_candidate: Any) -> None:
    """`m` leads to the remark; `c` makes the selected words the quote of the field that is looked at."""
    add_candidate()
    page = seat("/candidate/1")
    page.keyboard.press("m")
    page.keyboard.type("a b")
    assert page.input_value("[name=reason]") == "a b"
    page.keyboard.press("Enter")
    page.keyboard.press("c")
    told(page, "select the words")
    page.keyboard.press("f")
    page.evaluate(SELECT, "Residents asked")
    page.keyboard.press("c")
    told(page, "quoted: Residents asked")
    assert page.locator("[name='proof.countries']").count() == 1


def test_the_source_has_a_key(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """`v` opens the article where it was published, in a page of its own."""
    add_candidate(url=f"{desk.url}/healthz")
    page = seat("/candidate/1")
    with page.context.expect_page() as opened:
        page.keyboard.press("v")
    assert opened.value.url == f"{desk.url}/healthz"
    assert page.url.endswith("/candidate/1")


def test_pages_of_the_queue_have_keys(seat: Seat, add_candidate: Any) -> None:
    """`l` and `h` turn them, also through a filter."""
    fill(add_candidate, 5)
    page = seat("/queue?view=waiting&size=2")
    lines = "[...document.querySelectorAll('[data-line]')].map((each) => each.dataset.line)"
    for key, shown in (("l", ["3", "4"]), ("l", ["5"]), ("h", ["3", "4"])):
        page.keyboard.press(key)
        page.locator(f'[data-line="{shown[0]}"]').wait_for()
        assert page.evaluate(lines) == shown


@pytest.mark.parametrize(
    "path", ["/queue", "/sources", "/decisions", "/dashboard", "/add", "/second", "/candidate/999"]
)
def test_the_card_opens_on_every_page(seat: Seat, add_candidate: Any, path: str) -> None:
    """`?` shows it over the page, with every key of the configuration on it."""
    fill(add_candidate, 1)
    page = seat(path)
    page.keyboard.press("?")
    card = page.locator("dialog#help")
    expect(card).to_be_visible()
    shown = card.locator("kbd").all_inner_texts()
    keys = shipped_keys()
    assert {"↵" if keys.of(each) == "Enter" else keys.of(each) for each in Action} <= set(shown)
    page.keyboard.press("Escape")
    expect(card).not_to_be_visible()
    assert page.url.endswith(path)


IN_SIGHT = """[...document.querySelectorAll("[data-line]")]
  .find((each) => each.getBoundingClientRect().top > 300).dataset.line"""


@pytest.mark.parametrize("way", ["key", "back"])
def test_the_way_back_leads_to_the_same_line(seat: Seat, desk: Any, add_candidate: Any, way: str) -> None:
    """By `q` and by the browser: the same filter, the same line, scrolled as far."""
    fill(add_candidate, 40)
    page = seat("/queue?view=waiting&country=KEN")
    page.locator('[data-line="1"]').wait_for()
    page.evaluate("scrollTo({ top: 900, behavior: 'instant' })")
    top = page.evaluate("scrollY")
    line = page.evaluate(IN_SIGHT)
    page.locator(f'[data-line="{line}"] [data-open]').click()
    at(page, int(line))
    page.keyboard.press("q") if way == "key" else page.go_back()
    page.locator(f'.line.at[data-line="{line}"]').wait_for()
    assert page.url.partition("#")[0] == f"{desk.url}/queue?view=waiting&country=KEN"
    assert abs(page.evaluate("scrollY") - top) <= 2
    expect(page.locator(f'[data-line="{line}"] [data-open]')).to_be_focused()


def test_the_way_back_after_decisions_leads_to_the_next_line(seat: Seat, desk: Any, add_candidate: Any) -> None:
    """What was decided has left the queue: the cursor stands at the one where the work goes on."""
    fill(add_candidate, 6)
    page = seat("/queue")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    for number in (2, 3):
        at(page, number)
        page.keyboard.press("a")
    at(page, 4)
    sent(page)
    page.keyboard.press("q")
    page.locator('.line.at[data-line="4"]').wait_for()
    assert [number for number, state in states(desk).items() if state == "open"] == [1, 4, 5, 6]
