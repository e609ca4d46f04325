"""Talk: comments on candidates and projects, and the people whom they call."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import httpx2
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, expect

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.accounts.sessions import make_token
from offing.services.accounts.users import disable_user
from offing.services.records.promote import promote_accepted
from offing.services.review.agreement import read_again
from offing.services.review.decisions import decide
from offing.store import tables
from web.conftest import AddCandidate, Desk
from web.test_browser import shoot, violations
from web.test_telephone import opened

SAID = "<b>The ministry</b> denies it,\n@analyst-2: see {{ page }} & ask."


@pytest.fixture
def bo(desk: Desk) -> httpx2.Client:
    """A client of the analyst who is called analyst-1."""
    return desk.as_(UserRole.ANALYST)


@pytest.fixture
def cy(desk: Desk, bo: httpx2.Client) -> httpx2.Client:
    """A client of another, who is called analyst-2."""
    return desk.as_(UserRole.ANALYST)


def send(desk: Desk, client: httpx2.Client, path: str, **fields: str) -> httpx2.Response:
    """Send a form with the visitor's token."""
    csrf = client.get("/session", headers={"Accept": "application/json"}).json()["csrf"]
    return client.post(path, data={"csrf": csrf, **fields}, headers=desk.same)


def comments(text: str) -> list[str]:
    """The comments on a page, without markup."""
    found = re.findall(r'<li id="comment-\d+".*?</li>', text, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", each.partition("<details")[0]).split()) for each in found]


def project(desk: Desk, number: int) -> str:
    """The id of the project that an accepted candidate makes."""
    decide(desk.database, Verdict(number, Judgement.ACCEPT, "cyrus"), desk.now)
    promote_accepted(desk.database, desk.now)
    with desk.database.read() as conn:
        return str(conn.execute(sa.select(tables.project.c.id)).scalars().first())


def test_a_comment_stands_escaped_with_name_and_time(
    desk: Desk, bo: httpx2.Client, add_candidate: AddCandidate
) -> None:
    """For everybody who reads: on the candidate, in its history and in the JSON API; as text, never as markup."""
    number = add_candidate()
    answer = send(desk, bo, f"/candidate/{number}/talk", **{"text": SAID, "in": "country=KEN"})
    assert answer.headers["location"] == f"/candidate/{number}?in=country%3DKEN#comment-1"
    viewer = desk.as_(UserRole.VIEWER)
    for path in (f"/candidate/{number}", f"/decisions?candidate={number}"):
        text = viewer.get(path).text
        assert "&lt;b&gt;The ministry&lt;/b&gt; denies it,\n@analyst-2: see {{ page }} &amp; ask." in text
        assert "analyst-1 4 Mar 2026, 07:30 UTC" in comments(text)[0]
        assert 'name="text"' not in text
    assert comments(viewer.get("/decisions").text) == []
    (plain,) = viewer.get(f"/api/v1/candidates/{number}").json()["comments"]
    assert (plain["by"], plain["text"], plain["at"]) == ("analyst-1", SAID, "2026-03-04T07:30:00Z")


def test_a_project_is_talked_about_too(desk: Desk, bo: httpx2.Client, add_candidate: AddCandidate) -> None:
    """On its page and in the JSON API."""
    record = project(desk, add_candidate())
    assert send(desk, bo, f"/projects/{record}/talk", text="Phase 2?").headers["location"].startswith("/projects/")
    viewer = desk.as_(UserRole.VIEWER)
    assert comments(viewer.get(f"/projects/{record}").text) == ["analyst-1 4 Mar 2026, 07:30 UTC Phase 2?"]
    assert viewer.get(f"/api/v1/projects/{record}").json()["comments"][0]["text"] == "Phase 2?"
    assert send(desk, bo, "/projects/off-1999-000001/talk", text="x").status_code == 404
    assert send(desk, bo, "/candidate/77/talk", text="x").status_code == 404


def test_who_only_reads_says_nothing(desk: Desk, bo: httpx2.Client, add_candidate: AddCandidate) -> None:
    """Viewers and ops read; forms need their token, and what is another's or too old is not changed."""
    number = add_candidate()
    path = f"/candidate/{number}/talk"
    for role in (UserRole.VIEWER, UserRole.OPS):
        assert send(desk, desk.as_(role), path, text="x").status_code == 403
    assert bo.post(path, data={"text": "x"}, headers=desk.same).status_code == 403
    send(desk, bo, path, text="first")
    other = desk.as_(UserRole.CURATOR)
    refused = send(desk, other, "/talk/1", text="mine now")
    assert (refused.status_code, "This comment is analyst-1&#39;s" in refused.text) == (422, True)
    assert send(desk, other, "/talk/1", delete="1").status_code == 422
    assert send(desk, bo, "/talk/9", text="x").status_code == 404
    for _ in range(3):
        desk.now += timedelta(hours=8)
        assert bo.get("/queue").status_code == 200
    late = send(desk, bo, "/talk/1", text="second")
    assert (late.status_code, "can be changed for 24 hours" in late.text, "second" in late.text) == (422, True, True)
    assert "Edit or delete" not in bo.get(f"/candidate/{number}").text


def test_what_was_changed_or_deleted_is_kept(desk: Desk, bo: httpx2.Client, add_candidate: AddCandidate) -> None:
    """With its time; the database itself lets nobody change a row."""
    number = add_candidate()
    send(desk, bo, f"/candidate/{number}/talk", text="It is a hospitla.")
    desk.now += timedelta(minutes=5)
    assert send(desk, bo, "/talk/1", text="It is a hospital.").headers["location"].endswith("#comment-1")
    text = bo.get(f"/candidate/{number}").text
    assert comments(text) == ["analyst-1 4 Mar 2026, 07:30 UTC, edited 4 Mar 2026, 07:35 UTC It is a hospital."]
    assert "It is a hospitla." in text
    send(desk, bo, "/talk/1", delete="1", text="")
    text = bo.get(f"/candidate/{number}").text
    assert "Deleted by the author" in comments(text)[0]
    assert "hospital" not in comments(text)[0]
    assert all(f"It is a {word}." in text for word in ("hospitla", "hospital"))
    (plain,) = bo.get(f"/api/v1/candidates/{number}").json()["comments"]
    assert (plain["text"], plain["deleted_at"]) == ("", "2026-03-04T07:35:00Z")
    assert send(desk, bo, "/talk/1", text="again").status_code == 422
    for statement in (sa.update(tables.comment).values(text="x"), sa.delete(tables.comment)):
        with pytest.raises(sa.exc.DatabaseError, match="appended only"), desk.database.write() as conn:
            conn.execute(statement)


@pytest.mark.parametrize(("text", "said"), [(" \n ", "A comment needs some words."), ("x" * 2001, "at most 2,000")])
def test_a_comment_that_cannot_be_taken_is_not_lost(
    desk: Desk, bo: httpx2.Client, add_candidate: AddCandidate, text: str, said: str
) -> None:
    """It comes back in its form, with the reason; the form sent from there is taken."""
    number = add_candidate()
    answer = send(desk, bo, f"/candidate/{number}/talk", text=text)
    assert (answer.status_code, said in answer.text) == (422, True)
    assert f'action="/candidate/{number}/talk"' in answer.text
    assert text.strip() in answer.text


def test_one_form_is_one_comment(desk: Desk, bo: httpx2.Client, add_candidate: AddCandidate) -> None:
    """However often it is sent; another page says the same again."""
    path = f"/candidate/{add_candidate()}/talk"
    for token in ("one", "one", "two"):
        assert send(desk, bo, path, text="Seen.", token=token).status_code == 303
    assert len(comments(bo.get(path.removesuffix("/talk")).text)) == 2


def test_who_is_called_finds_it_until_it_is_opened(
    desk: Desk, bo: httpx2.Client, cy: httpx2.Client, add_candidate: AddCandidate
) -> None:
    """In the queue with its number; by any opening of one, that one is gone. Nobody else is called, nor oneself."""
    first, second = add_candidate(), add_candidate()
    send(desk, bo, f"/candidate/{first}/talk", text="@Analyst-2, look. @analyst-1 @nobody a@analyst-2.example")
    send(desk, bo, f"/candidate/{second}/talk", text="(@analyst-2). And @analyst-2!")
    assert "Mentions" not in bo.get("/queue").text
    assert "Mentions (2)" in cy.get("/queue").text
    listed = cy.get("/mentions").text
    assert listed.index(f"on candidate {second}") < listed.index(f"on candidate {first}")
    assert cy.get(f"/candidate/{first}").status_code == 200  # fetched ahead, and not yet shown to anybody
    assert "Mentions (2)" in cy.get("/queue").text
    assert send(desk, cy, "/mentions/1/open").headers["location"] == f"/candidate/{first}#comment-1"
    assert "Mentions (1)" in cy.get("/queue").text
    assert send(desk, cy, "/mentions/opened", ids="2,x,1").json() == {"opened": 1}
    assert "Mentions" not in cy.get("/queue").text
    assert cy.get("/mentions").text.count("opened 4 Mar 2026") == 2
    assert "No mentions yet" in bo.get("/mentions").text
    assert send(desk, cy, "/mentions/9/open").status_code == 404


def test_a_call_follows_its_wording(
    desk: Desk, bo: httpx2.Client, cy: httpx2.Client, add_candidate: AddCandidate
) -> None:
    """Whoever is called by a later wording is called, whoever no longer is has nothing to open; deleted, nobody has."""
    number = add_candidate()
    send(desk, bo, f"/candidate/{number}/talk", text="Look, all.")
    send(desk, bo, "/talk/1", text="Look, @analyst-2.")
    assert "Mentions (1)" in cy.get("/queue").text
    send(desk, bo, "/talk/1", text="Look, @curator.")
    assert "Mentions" not in cy.get("/queue").text
    send(desk, bo, "/talk/1", text="Look, @analyst-2.")
    send(desk, bo, "/talk/1", delete="1")
    assert "Mentions" not in cy.get("/queue").text
    assert "Look" not in cy.get("/mentions").text


def test_names_are_completed(desk: Desk, bo: httpx2.Client, cy: httpx2.Client) -> None:
    """Those that begin so, then those that hold it; closed accounts are not offered, and strangers are told nothing."""
    viewer = desk.as_(UserRole.VIEWER)
    assert bo.get("/talk/people?q=ANA").json() == ["analyst-1", "analyst-2"]
    assert bo.get("/talk/people?q=-").json() == ["analyst-1", "analyst-2", "viewer-3"]
    disable_user(desk.database, "analyst-2", Stamp(desk.now))
    assert viewer.get("/talk/people?q=a").json() == ["analyst-1"]
    assert desk.client().get("/talk/people?q=a").status_code == 303


def test_a_second_reader_is_reported_nothing_by_talk(
    desk: Desk, bo: httpx2.Client, cy: httpx2.Client, add_candidate: AddCandidate
) -> None:
    """Until they have judged: not on the candidate, nor by its project, a mention or a program of theirs; then all."""
    state = desk.server.config.app.state
    state.place = replace(state.place, second_reading=1.0)
    number, other = add_candidate(), add_candidate()
    decide(desk.database, Verdict(other, Judgement.REJECT, "analyst-2"), desk.now)
    record = project(desk, number)
    send(desk, bo, f"/candidate/{number}/talk", text="@analyst-2 rightly accepted.")
    send(desk, bo, f"/projects/{record}/talk", text="@analyst-2 rightly accepted.")
    send(desk, cy, f"/candidate/{number}/talk", text="I wonder.")
    token = {"Authorization": f"Bearer {make_token(desk.database, 'analyst-2', Stamp(desk.now))}"}
    paths = (
        f"/candidate/{number}",
        f"/decisions?candidate={number}",
        f"/projects/{record}",
        "/mentions",
        "/queue",
        f"/api/v1/candidates/{number}",
        f"/api/v1/projects/{record}",
    )
    for path in paths:
        programs = ({}, token) if path.startswith("/api") else ({},)
        for headers in programs:
            client = desk.client() if headers else cy
            text = client.get(path, headers=headers).text
            assert not re.search(r"rightly|accepted|Mentions \(", text), (path, headers)
    blind = cy.get(f"/candidate/{number}").text
    assert "Comments are hidden until you have decided" in blind
    assert "I wonder." in blind
    assert "rightly accepted" in bo.get(f"/candidate/{number}").text
    read_again(desk.database, Verdict(number, Judgement.ACCEPT, "analyst-2"), desk.now, 1.0)
    for path in (f"/candidate/{number}", f"/projects/{record}", "/mentions", f"/api/v1/candidates/{number}"):
        assert "rightly accepted" in cy.get(path).text, path
    assert "Mentions (2)" in cy.get("/queue").text


def test_talk_in_the_browser(browser: Browser, desk: Desk, bo: httpx2.Client, add_candidate: AddCandidate) -> None:
    """A name is completed by keys, the comment stands, and whoever is called opens it by looking; axe finds nothing."""
    number = add_candidate()
    page = opened(browser, desk, {"width": 1280, "height": 850})
    page.goto(f"{desk.url}/candidate/{number}")
    box = page.locator("#comment")
    box.click()
    page.keyboard.type("Compare the two sums, @an")
    expect(page.locator("#offers-comment li")).to_have_text(["ana", "analyst-1"])
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        page.keyboard.press(key)
    expect(box).to_have_value("Compare the two sums, @analyst-1 ")
    page.keyboard.type("please.")
    assert violations(page) == []
    page.get_by_role("button", name="Comment", exact=True).click()
    expect(page.locator(".comments .words").first).to_have_text("Compare the two sums, @analyst-1 please.")
    shoot(page, "talk-1280")
    send(desk, bo, f"/candidate/{number}/talk", text="Done, @ana.")
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        page.goto(f"{desk.url}/queue")
        expect(page.get_by_role("link", name="Mentions (1)")).to_be_visible()
        shoot(page, f"mentioned-{width}")
    page.get_by_role("link", name="Mentions (1)").click()
    shoot(page, "mentions-390")
    assert violations(page) == []
    page.goto(f"{desk.url}/candidate/{number}")
    with page.expect_response("**/mentions/opened"):
        page.reload()
    page.wait_for_timeout(100)
    page.goto(f"{desk.url}/queue")
    expect(page.get_by_role("link", name=re.compile("Mentions"))).to_have_count(0)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
