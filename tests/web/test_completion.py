"""What a person typed stands: lists offer, and take nothing that nobody picked. In a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from offing.model.operation.user import UserRole
from offing.model.projects.project import Firm, Lender, ProjectFacts
from offing.model.reading.rules import Entity, EntityKind
from offing.model.values.vocabulary import Role
from offing.services.review.decisions import show
from offing.services.views.actors import Register
from suite import WHOLE, some
from web.test_browser import shoot

KNOWN = Register(
    {
        "cccc-international": Entity("cccc-international", "CCCC International", EntityKind.FIRM, "", "cccc"),
        "cccc": Entity("cccc", "China Communications Construction Company", EntityKind.FIRM),
        "icbc-asia": Entity("icbc-asia", "ICBC (Asia)", EntityKind.STATE_BANK),
        "icbc": Entity("icbc", "Industrial and Commercial Bank of China", EntityKind.STATE_BANK),
        "chec": Entity("chec", "China Harbour Engineering Company", EntityKind.FIRM),
        "huadian": Entity("huadian", "Huadian Science and Technology", EntityKind.FIRM),
    },
    aliases={"cccc": ("CCCC",), "icbc": ("ICBC",), "chec": ("CHEC",), "huadian": ("CHEC",)},
)
Edit = Callable[[str], Any]


@pytest.fixture
def page(browser: Browser, desk: Any, add_candidate: Any, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The page of a candidate of which only the title is known, beside a lexicon in which names begin alike."""
    state = desk.server.config.app.state
    state.place = replace(state.place, known=KNOWN)
    for number in range(2):
        add_candidate(facts=ProjectFacts(title="A port"), quotes=(), score=0.9 - number / 10)
    client = desk.as_(UserRole.ANALYST)
    settings = getattr(request, "param", {"viewport": {"width": 1280, "height": 850}})
    context = browser.new_context(**settings)
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "offing", "value": client.cookies["offing"], "url": desk.url}])
    made = context.new_page()
    made.goto(f"{desk.url}/candidate/1")
    yield made
    context.close()


@pytest.fixture
def edit(page: Page) -> Edit:
    """Opens the editor of a field, and returns its text."""

    def open_field(name: str) -> Any:
        page.locator(f"#field-{name} summary").first.click()
        text = page.locator(f"[name='edit.{name}']")
        text.focus()
        return text

    return open_field


def offered(page: Page, name: str) -> list[str]:
    """What the list of a field offers, once it does."""
    page.locator(f"#offers-{name} li").first.wait_for()
    return [each.inner_text() for each in page.locator(f"#offers-{name} li bdi").all()]


def accept(page: Page, name: str) -> None:
    """Say why, and accept."""
    page.fill(f"[name='because.{name}']", "the minister says so")
    page.keyboard.press("Enter")
    page.keyboard.press("a")


TYPED = (
    ("firms", "CCCC", "China Communications Construction Company"),
    ("countries", "Congo", "Congo - Brazzaville"),
    ("lenders", "ICBC", "Industrial and Commercial Bank of China"),
    ("countries", "Niger", "Niger"),
)


IN_TURN = list(zip(TYPED, ("Enter", "Tab"), strict=False))


@pytest.mark.parametrize(("case", "key"), list(product(TYPED, ("Enter", "Tab"))) if WHOLE else IN_TURN)
def test_enter_and_tab_keep_what_was_typed(page: Page, edit: Edit, key: str, case: tuple[str, str, str]) -> None:
    """Also where the list stands open; whoever is called so is offered first."""
    field, typed, first = case
    text = edit(field)
    page.keyboard.type(typed)
    assert offered(page, field)[0] == first
    page.keyboard.press(key)
    expect(text).to_have_value(typed)
    expect(page.locator(f"#offers-{field}")).to_be_hidden()
    expect(text).not_to_be_focused()


def test_what_was_typed_is_stored_as_who_is_called_so(page: Page, edit: Edit, desk: Any) -> None:
    """CCCC is the parent, not the first one whose name begins so."""
    edit("firms")
    page.keyboard.type("CCCC")
    offered(page, "firms")
    page.keyboard.press("Enter")
    accept(page, "firms")
    page.locator('[data-candidate="2"]').wait_for()
    (firm,) = show(desk.database, 1).facts.firms
    assert firm == Firm("China Communications Construction Company", "CCCC", Role.CONTRACTOR, "cccc")


ASKED = (
    ("countries", "Congo", "'Congo' may be Congo - Kinshasa (COD) or Congo - Brazzaville (COG): write which"),
    ("countries", "Korea", "'Korea' may be South Korea (KOR) or North Korea (PRK): write which"),
    (
        "firms",
        "CHEC",
        "may be China Harbour Engineering Company (chec) or Huadian Science and Technology (huadian): write the",
    ),
)


@pytest.mark.parametrize("case", some(ASKED))
def test_a_name_that_two_have_is_asked_about(page: Page, edit: Edit, desk: Any, case: tuple[str, str, str]) -> None:
    """Both are offered, neither is taken, and the form says between which to choose."""
    field, typed, asked = case
    text = edit(field)
    page.keyboard.type(typed)
    assert len(offered(page, field)) == 2
    shoot(page, f"offers-{typed}")
    page.keyboard.press("Enter")
    accept(page, field)
    page.locator("[data-notice=refused-1]").wait_for()
    shoot(page, f"asked-{typed}")
    assert asked in page.inner_text("[data-notice=refused-1]")
    expect(text).to_have_value(typed)
    assert show(desk.database, 1).decisions == ()


@pytest.mark.parametrize("key", some(["Enter", "Tab"]))
def test_the_arrows_pick(page: Page, edit: Edit, key: str) -> None:
    """What the person went to is taken by Enter and by Tab."""
    text = edit("countries")
    page.keyboard.type("KEN; Congo")
    assert "Congo - Kinshasa" in offered(page, "countries")
    page.keyboard.press("ArrowUp")  # from nowhere up: the last one
    shoot(page, "picked")
    page.keyboard.press(key)
    expect(text).to_have_value("KEN; Congo - Kinshasa")
    expect(page.locator("#offers-countries")).to_be_hidden()


def test_a_click_picks(page: Page, edit: Edit) -> None:
    """And the field keeps the focus, so that one goes on typing."""
    text = edit("lenders")
    page.keyboard.type("ICBC")
    page.locator("#offers-lenders li", has_text="(Asia)").click()
    expect(text).to_have_value("ICBC (Asia)")
    page.keyboard.type("; x")
    expect(text).to_have_value("ICBC (Asia); x")


@pytest.mark.slow
@pytest.mark.parametrize("page", [{"has_touch": True, "viewport": {"width": 400, "height": 800}}], indirect=True)
def test_a_tap_picks(page: Page, edit: Edit) -> None:
    """On a telephone."""
    text = edit("lenders")
    page.keyboard.type("ICBC")
    page.locator("#offers-lenders li", has_text="(Asia)").tap()
    expect(text).to_have_value("ICBC (Asia)")


def test_a_list_that_comes_late_is_not_shown(page: Page, edit: Edit) -> None:
    """The answer to what was typed before it was changed is dropped; that of the present text stands."""
    held: list[Route] = []
    page.route("**/lists/countries?q=Antar*", lambda route: held.append(route))  # noqa: PLW0108 -- it takes a function only
    text = edit("countries")
    page.keyboard.type("Antar")
    page.keyboard.press("Control+a")
    page.keyboard.type("Niger")
    assert offered(page, "countries")[0] == "Niger"
    with page.expect_response("**/lists/countries?q=Antar*"):
        for route in held:
            route.continue_()
    assert offered(page, "countries")[0] == "Niger"
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(text).to_have_value("Niger")


@pytest.mark.slow
def test_a_list_of_another_text_is_gone_at_once(page: Page, edit: Edit) -> None:
    """While the answer for the new text is on its way, no key can take from the old list."""
    text = edit("countries")
    page.keyboard.type("Antar")
    assert offered(page, "countries") == ["Antarctica"]
    page.route("**/lists/countries?q=Niger*", lambda _: None)  # never answered
    page.keyboard.press("Control+a")
    page.keyboard.insert_text("Niger")
    expect(page.locator("#offers-countries")).to_be_hidden()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(text).to_have_value("Niger")


def test_what_is_pasted_stands(page: Page, edit: Edit) -> None:
    """As it is, with Enter behind it."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text = edit("firms")
    page.evaluate("navigator.clipboard.writeText('CCCC')")
    page.keyboard.press("Control+v")
    assert offered(page, "firms")[0] == "China Communications Construction Company"
    page.keyboard.press("Enter")
    expect(text).to_have_value("CCCC")


ENTER = """(more) => document.activeElement.dispatchEvent(
  new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, cancelable: true, ...more })
)"""


@pytest.mark.parametrize("more", some([{"isComposing": True}, {"keyCode": 229}]), ids=str)
def test_enter_of_an_input_method_is_its_own(page: Page, edit: Edit, more: dict[str, Any]) -> None:
    """It ends the composition: nothing is picked, and the field is not left."""
    text = edit("firms")
    session = page.context.new_cdp_session(page)
    page.keyboard.type("CCC")
    offered(page, "firms")
    page.keyboard.press("ArrowDown")
    assert page.evaluate(ENTER, more)
    expect(text).to_have_value("CCC")
    session.send("Input.imeSetComposition", {"text": "中国", "selectionStart": 2, "selectionEnd": 2})
    assert page.evaluate(ENTER, more)
    session.send("Input.insertText", {"text": "中国"})
    expect(text).to_have_value("CCC中国")
    expect(text).to_be_focused()


def test_a_lender_that_was_picked_is_that_one(page: Page, edit: Edit, desk: Any) -> None:
    """With its id, as the list named it."""
    edit("lenders")
    page.keyboard.type("ICBC")
    offered(page, "lenders")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    accept(page, "lenders")
    page.locator('[data-candidate="2"]').wait_for()
    name = "Industrial and Commercial Bank of China"
    assert show(desk.database, 1).facts.lenders == (Lender(name, name, "icbc"),)
