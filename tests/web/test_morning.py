"""A morning at the desk by keys alone, in a real browser: decide, correct, undo, meet others, lose the session."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, BrowserContext, Page

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.projects.project import Firm, ProjectFacts
from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import MentionKind
from offing.model.review.candidate import CandidateState
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Role, Status
from offing.services.accounts.users import add_user
from offing.services.review.decisions import decide, show
from offing.store import tables
from web.conftest import PASSWORD, kenya
from web.test_browser import enter, watch

Open = Callable[[str], Page]


@pytest.fixture
def at_desk(browser: Browser, desk: Any) -> Any:
    """Opens a browser of its own for a person, logged in and at the first candidate."""
    contexts: list[BrowserContext] = []

    def open_page(name: str) -> Page:
        add_user(desk.database, name, UserRole.ANALYST, PASSWORD, Stamp(desk.now))
        contexts.append(browser.new_context(viewport={"width": 1280, "height": 850}))
        page = contexts[-1].new_page()
        enter(page, desk.url, name)
        return page

    yield open_page
    for context in contexts:
        context.close()


def fill(add_candidate: Any, count: int, **more: Any) -> None:
    """Candidates of falling score, each of a firm of its own."""
    for number in range(1, count + 1):
        facts = ProjectFacts(countries=("KEN",), firms=(Firm(f"Firm {number}", f"Firm {number}", Role.CONTRACTOR),))
        add_candidate(score=0.99 - number / 100, **{"facts": facts, "quotes": (), **more})


def at(page: Page, number: int) -> None:
    """Wait until the page of a candidate stands there and takes a decision."""
    page.locator(f'[data-candidate="{number}"]').wait_for()
    ready(page)


def ready(page: Page) -> None:
    """Wait until a page that follows a decision has stood there long enough to take another."""
    page.locator("main[data-ready]").wait_for(state="attached")


def sent(page: Page) -> None:
    """Wait until nothing is left to be sent."""
    page.wait_for_function("() => JSON.parse(localStorage.getItem('offing:outbox') ?? '[]').length === 0")


def leave(page: Page) -> None:
    """Leave a field that is typed in: the first Escape may close its list."""
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")


def states(desk: Any) -> dict[int, str]:
    """Where each candidate stands."""
    with desk.database.read() as conn:
        return {row.id: row.state for row in conn.execute(sa.select(tables.candidate.c.id, tables.candidate.c.state))}


@pytest.mark.slow
def test_twenty_decisions_by_keys(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Accept, reject with a reason, defer: one after the other without a mouse; then undo three times."""
    fill(add_candidate, 21)
    page = at_desk("ana")
    complaints = watch(page)
    for number in range(1, 21):
        at(page, number)
        page.keyboard.press("ard"[number % 3])
        if number % 3:
            page.keyboard.press(" pw"[number % 3])
    at(page, 21)
    sent(page)
    wanted = [CandidateState.ACCEPTED, CandidateState.REJECTED, CandidateState.DEFERRED]
    assert [states(desk)[number] for number in range(1, 21)] == [wanted[number % 3] for number in range(1, 21)]
    assert {made.reason for made in show(desk.database, 1).decisions} == {"no-project"}
    for number in (20, 19, 18):
        page.keyboard.press("u")
        at(page, number)
    assert [states(desk)[number] for number in (20, 19, 18)] == [CandidateState.OPEN] * 3
    assert states(desk)[17] == CandidateState.DEFERRED
    assert complaints == []


def test_a_correction_with_a_new_quote(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Select words of the article, make them the quote of a field, accept: value and offsets are stored."""
    add_candidate(
        title="كينيا 🛰 توقع",
        paragraphs=("وقعت كينيا عقدا مع هواوي.", "The deal 🛰 covers Uganda as well."),
        facts=ProjectFacts(countries=("KEN",)),
        quotes=((FieldName.COUNTRIES, "KEN", "كينيا عقدا"),),
        mentions=((MentionKind.FIRM, "هواوي", "huawei", "Huawei"),),
        language="ar",
    )
    page = at_desk("ana")
    page.keyboard.press("f")
    assert page.locator("mark.on").count() == 1
    page.keyboard.press("e")
    page.keyboard.press("End")
    page.keyboard.type("; Ugan")
    page.locator(".offers li").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("[name='edit.countries']") == "KEN; Uganda"
    page.evaluate(SELECT, "Uganda")
    page.locator("[data-quote=countries]").click()
    page.locator("#field-firms summary").click()
    page.locator("#field-firms [data-offer]").click()
    page.keyboard.press("a")
    page.wait_for_url("**/queue")
    item = show(desk.database, 1)
    assert item.facts.countries == ("KEN", "UGA")
    assert [(firm.name, firm.id) for firm in item.facts.firms] == [("Huawei", "huawei")]
    assert item.candidate.facts.countries == ("KEN",), "the machine's value stays"
    proofs = {proof.field: proof for proof in item.decisions[-1].proofs}
    assert proofs[FieldName.COUNTRIES].text == "Uganda"
    assert proofs[FieldName.FIRMS].text == "وقعت كينيا عقدا مع هواوي."
    page.goto(f"{desk.url}/candidate/1")
    assert "corrected by ana" in page.inner_text("#field-countries")
    assert "Kenya (KEN)" in page.inner_text("#field-countries s")


SELECT = """(word) => {
  for (const block of document.querySelectorAll("[data-start]")) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.indexOf(word);
      if (at < 0) continue;
      const range = document.createRange();
      range.setStart(node, at);
      range.setEnd(node, at + word.length);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      return;
    }
  }
}"""


@pytest.mark.slow
def test_a_value_without_proof_is_not_taken(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """A new country without quote and reason is refused in words; what was typed stays, also over a reload."""
    fill(add_candidate, 2)
    page = at_desk("ana")
    page.locator("#field-countries summary").click()
    page.fill("[name='edit.countries']", "KEN; UGA")
    page.locator(".offers li").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    page.locator("[data-notice=refused-1]").wait_for()
    assert "has no proof yet" in page.inner_text("[data-notice=refused-1]")
    assert page.input_value("[name='edit.countries']") == "KEN; Uganda"
    page.reload()
    ready(page)
    assert page.input_value("[name='edit.countries']") == "KEN; Uganda"
    assert "was kept" in page.inner_text("#draft")
    page.fill("[name='because.countries']", "the minister says so")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    at(page, 2)
    assert show(desk.database, 1).decisions[0].reason == "countries: the minister says so"
    assert page.evaluate("Object.keys(localStorage).filter((k) => k.startsWith('offing:draft')).length") == 0


TYPE_AT_ONCE = """async () => {
  document.querySelector("#field-countries summary").click();
  const input = document.querySelector("[name='edit.countries']");
  input.focus();
  input.value = "KEN; UGA";
  await new Promise((done) => setTimeout(done, 50));
  return [input.selectionStart, input.selectionEnd];
}"""


@pytest.mark.slow
def test_who_types_at_once_is_not_disturbed(at_desk: Open, add_candidate: Any) -> None:
    """An editor that opens selects what stands in it, but not once somebody types there."""
    add_candidate()
    page = at_desk("ana")
    assert page.evaluate(TYPE_AT_ONCE) == [8, 8]


def test_no_value_is_lost_by_enter(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Enter breaks no line and empties nothing, Escape brings back what stood; what is taken out needs a reason."""
    add_candidate()
    page = at_desk("ana")
    page.locator("#field-amounts").focus()
    page.keyboard.press("e")
    page.keyboard.press("Enter")
    amounts = page.locator("[name='edit.amounts']")
    assert amounts.input_value() == "172500000 USD contract"
    page.keyboard.press("e")
    page.keyboard.type("5 EUR")
    page.keyboard.press("Escape")
    assert amounts.input_value() == "172500000 USD contract"
    assert not amounts.is_visible()
    page.keyboard.press("e")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    page.locator("[data-notice=refused-1]").wait_for()
    assert "taken out without a reason" in page.inner_text("[data-notice=refused-1]")
    assert states(desk)[1] == CandidateState.OPEN


def misdrawn(add_candidate: Any) -> None:
    """A candidate of DJI of which the quote names Huawei, and another one."""
    facts = replace(kenya(), firms=(Firm("DJI", "DJI", Role.SUPPLIER, "dji"),))
    known = ((MentionKind.FIRM, "Huawei", "huawei", "Huawei"), (MentionKind.COUNTRY, "Kenya", "KEN", "Kenya"))
    quotes = ((FieldName.FIRMS, "DJI", "contract with Huawei"), (FieldName.COUNTRIES, "KEN", "Kenya's ICT Authority"))
    add_candidate(title="A contract at Konza", facts=facts, quotes=quotes, mentions=known)
    add_candidate(score=0.5)  # of its article nothing was recognised, so that nothing can be pointed at


@pytest.mark.slow
def test_what_a_pointer_names_is_replaced_by_one_key(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """The value goes, what the quote says comes in its role, the quote proves it; the queue showed the pointer."""
    misdrawn(add_candidate)
    page = at_desk("ana")
    page.goto(f"{desk.url}/queue")
    assert page.locator(".line .look").all_inner_texts() == ["Check firms: quote says 'Huawei'"]
    page.goto(f"{desk.url}/candidate/1")
    page.keyboard.press("=")
    assert page.input_value("[name='edit.firms']") == "Huawei:supplier"
    page.keyboard.press("a")
    at(page, 2)
    (firm,) = show(desk.database, 1).facts.firms
    assert (firm.name, firm.id, firm.role) == ("Huawei", "huawei", Role.SUPPLIER)
    assert show(desk.database, 1).decisions[0].proofs[0].text == "contract with Huawei"


@pytest.mark.slow
def test_a_pointer_can_be_wrong(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Who says so has it kept with the decision; nothing is pointed at any more."""
    misdrawn(add_candidate)
    page = at_desk("ana")
    page.get_by_label("Ignore this warning").check()
    page.keyboard.press("a")
    at(page, 2)
    sent(page)
    assert show(desk.database, 1).decisions[0].reason == "pointer wrong: firms DJI"
    page.goto(f"{desk.url}/candidate/1")
    assert page.locator(".doubt, .look").count() == 0


@pytest.mark.slow
def test_a_claim_that_is_refused_is_taken_back(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """The page goes on at once; where the server says no, nothing says any more that it was decided."""
    fill(add_candidate, 2)
    page = at_desk("ana")
    with desk.database.write() as conn:
        conn.execute(tables.candidate.update().where(tables.candidate.c.id == 1).values(version=7))
    page.keyboard.press("a")
    page.locator("[data-notice=refused-1]").wait_for()
    at(page, 2)
    page.wait_for_function("() => document.getElementById('said').textContent === 'Candidate 1 is not decided'")
    assert "accepted" not in page.inner_text("main")


@pytest.mark.slow
def test_correct_needs_one_click(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Buttons stay under the mouse while it is pressed, whatever row was open before."""
    long = "Kenya's ICT Authority signed a contract with Huawei worth $172.5 million on Monday, officials said."
    add_candidate(quotes=((FieldName.COUNTRIES, "KEN", long), (FieldName.FIRMS, "Huawei", long)))
    page = at_desk("ana")
    page.keyboard.press("f")
    box = page.locator("#field-firms summary", has_text="Correct").bounding_box()
    assert box
    page.mouse.move(box["x"] + 5, box["y"] + 3)
    page.mouse.down()
    page.wait_for_timeout(80)
    assert page.locator("#field-firms summary", has_text="Correct").bounding_box() == box
    page.mouse.up()
    page.locator("[name='edit.firms']").wait_for()
    assert page.locator(".field.on").get_attribute("id") == "field-firms"


def test_enter_in_a_field_decides_nothing(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """It leaves the field; with scripts off it is answered by the page."""
    fill(add_candidate, 1)
    page = at_desk("ana")
    page.fill("[name=reason]", "later")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") != "reason"
    page.wait_for_timeout(200)
    assert states(desk)[1] == CandidateState.OPEN
    page.keyboard.press("a")
    page.wait_for_url("**/queue")
    assert page.locator("[data-line]").count() == 0
    assert show(desk.database, 1).decisions[0].reason == "later"


def test_two_people_on_one_candidate(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Who comes second is told what the first one did and what was wanted here; what was typed is kept."""
    fill(add_candidate, 2)
    ana, ben = at_desk("ana"), at_desk("ben")
    ben.locator("#field-status summary").click()
    ben.select_option("[name='edit.status']", "agreed")
    with desk.database.write() as conn:
        conn.execute(tables.lease.delete())  # ben's page was open before leases were asked for
    ana.keyboard.press("r")
    ana.keyboard.press("v")
    at(ana, 2)
    sent(ana)
    ben.keyboard.press("Enter")
    ben.keyboard.press("a")
    ben.locator("[data-notice=refused-1]").wait_for()
    told = ben.inner_text("[data-notice=refused-1]")
    assert "There: ana rejected it" in told
    assert "Yours: candidate 1 accepted" in told
    ben.goto(f"{desk.url}/candidate/1")
    assert "rejected" in ben.inner_text(".bar")
    assert states(desk)[1] == CandidateState.REJECTED
    assert len(show(desk.database, 1).decisions) == 1


def test_a_session_that_ends_loses_nothing(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Decisions wait in the browser until the same person is back; corrections come back with their page."""
    fill(add_candidate, 3)
    page = at_desk("ana")
    at(page, 1)
    page.wait_for_timeout(300)  # the next page is fetched ahead
    with desk.database.write() as conn:
        conn.execute(tables.session.delete())
    page.keyboard.press("a")
    page.locator("[data-notice=outbox]").wait_for()
    assert "kept in this browser" in page.inner_text("[data-notice=outbox]")
    at(page, 2)
    page.locator("#field-status summary").click()
    page.select_option("[name='edit.status']", "agreed")
    assert states(desk)[1] == CandidateState.OPEN
    page.click("[data-notice=outbox] a")
    page.fill("[name=name]", "ana")
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    at(page, 2)
    sent(page)
    assert states(desk)[1] == CandidateState.ACCEPTED
    assert page.input_value("[name='edit.status']") == "agreed"
    page.keyboard.press("a")
    at(page, 3)
    assert show(desk.database, 2).facts.status is Status.AGREED


def test_another_person_sends_nothing_of_the_first(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """What waits in a browser goes out under the name of who decided it, or not at all."""
    fill(add_candidate, 2)
    page = at_desk("ben")
    item = {
        "by": "ana",
        "candidate": "1",
        "path": "/candidate/1/decide",
        "token": "t",
        "fields": [["judgement", "accept"]],
    }
    page.evaluate("(item) => localStorage.setItem('offing:outbox', JSON.stringify([item]))", item)
    page.reload()
    page.wait_for_timeout(300)
    assert states(desk)[1] == CandidateState.OPEN
    assert json.loads(page.evaluate("localStorage.getItem('offing:outbox')")) == [item]


def test_the_queue_by_keys(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Move, open, search, choose several, look, decide, and take it all back with one key."""
    fill(add_candidate, 4)
    page = at_desk("ana")
    page.goto(f"{desk.url}/queue")
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    at(page, 2)
    page.keyboard.press("q")
    page.locator("form[data-queue]").wait_for()
    for key in ("k", "x", "j", "j", "x", "r", "p"):
        page.keyboard.press(key)
    page.get_by_role("button", name=re.compile("Confirm")).wait_for()
    assert page.locator(".plan li").count() == 2
    ready(page)
    assert "no-project" in page.inner_text("main")
    page.keyboard.press("Enter")
    page.locator("form[data-queue]").wait_for()
    ready(page)
    assert [states(desk)[n] for n in (1, 2, 3, 4)] == ["rejected", "open", "rejected", "open"]
    page.keyboard.press("u")
    page.wait_for_function("() => document.querySelectorAll('[data-line]').length === 4")
    assert set(states(desk).values()) == {"open"}
    page.keyboard.press("/")
    page.keyboard.type("Nowhere")
    page.keyboard.press("Enter")
    page.wait_for_url("**/queue?*q=Nowhere*")
    assert "No candidates match" in page.inner_text("main")


@pytest.mark.slow
def test_another_candidate_is_found_as_the_same(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """The picker offers candidates of the same country and firm; one click makes the duplicate."""
    add_candidate()
    add_candidate(score=0.5)
    page = at_desk("ana")
    page.keyboard.press("s")
    page.get_by_role("button", name="Duplicate of 2").click()
    at(page, 2)
    sent(page)
    assert states(desk)[1] == CandidateState.DUPLICATE


@pytest.mark.slow
def test_known_words_stand_in_english(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """By key beside all words, by focus in the quotes of the field; offsets of a selection do not count them."""
    add_candidate(
        title="هواوي",
        paragraphs=("وقعت إثيوبيا عقدا مع هواوي.",),
        facts=ProjectFacts(countries=("ETH",)),
        quotes=((FieldName.COUNTRIES, "ETH", "وقعت إثيوبيا"),),
        mentions=((MentionKind.COUNTRY, "إثيوبيا", "ETH", "Ethiopia"), (MentionKind.FIRM, "هواوي", "huawei", "Huawei")),
        language="ar",
    )
    page = at_desk("ana")
    shown = page.locator(".gloss:visible")
    assert shown.count() == 0
    page.keyboard.press("f")
    assert shown.all_inner_texts() == ["Ethiopia, country"]
    page.keyboard.press("g")
    assert sorted(shown.all_inner_texts()) == ["Ethiopia, country", "Huawei, firm"]
    assert page.evaluate("getComputedStyle(document.querySelector('.text h2')).direction") == "rtl"
    page.evaluate(SELECT, "عقدا")
    page.locator("#field-firms summary").click()
    page.locator("[data-quote=firms]").click()
    place = page.locator("[name='proof.firms']").get_attribute("value")
    start = "هواوي\n\nوقعت إثيوبيا عقدا".index("عقدا")
    assert place == f"1:{start}:{start + 4}"


@pytest.mark.slow
def test_a_quote_and_its_field_find_each_other(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """A click on a mark leads to its fields one after the other; keys can be switched off."""
    add_candidate()
    page = at_desk("ana")
    page.locator("mark", has_text="signed a").first.click()
    assert page.locator(".field.on").get_attribute("id") == "field-status"
    page.locator("mark", has_text="contract with Huawei").last.click()
    assert page.locator(".field.on").count() == 1
    page.keyboard.press("?")
    page.locator("dialog input[type=checkbox]").uncheck()
    leave(page)
    page.keyboard.press("a")
    page.wait_for_timeout(200)
    assert states(desk)[1] == CandidateState.OPEN


@pytest.mark.slow
def test_what_is_taken_back_is_not_typed_again(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """Undo brings the corrections with quote and reason back into the form; accepting again is all that is left."""
    add_candidate()
    page = at_desk("ana")
    page.locator("#field-countries summary").click()
    page.fill("[name='edit.countries']", "Kenya; UGA")
    page.fill("[name='because.countries']", "said aloud")
    page.keyboard.press("Enter")
    page.keyboard.press("a")
    page.locator("form[data-queue]").wait_for()
    ready(page)
    page.keyboard.press("u")
    at(page, 1)
    assert page.input_value("[name='edit.countries']") == "KEN; UGA"
    page.keyboard.press("a")
    page.locator("form[data-queue]").wait_for()
    assert show(desk.database, 1).facts.countries == ("KEN", "UGA")
    assert show(desk.database, 1).decisions[-1].reason == "countries: said aloud"


@pytest.mark.slow
def test_undo_goes_on_past_what_others_decided_on(at_desk: Open, desk: Any, add_candidate: Any) -> None:
    """The first key says who stands in the way and how to go on; the second takes back what was done before."""
    fill(add_candidate, 3)
    page = at_desk("ana")
    for number, keys in ((1, "rp"), (2, "dw")):
        at(page, number)
        for key in keys:
            page.keyboard.press(key)
    at(page, 3)
    sent(page)
    decide(desk.database, Verdict(2, Judgement.ACCEPT, "ben"), desk.now)
    page.keyboard.press("u")
    page.locator("#said", has_text="accept by ben").wait_for()
    assert "Undo again" in page.locator("#said").inner_text()
    ready(page)
    page.keyboard.press("u")
    at(page, 1)
    assert (states(desk)[1], states(desk)[2]) == (CandidateState.OPEN, CandidateState.ACCEPTED)
