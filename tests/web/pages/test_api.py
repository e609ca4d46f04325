"""What programs read: JSON with a token, its OpenAPI document, Atom feeds."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import feedparser
import httpx2
import pytest

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.accounts.sessions import make_token
from offing.services.accounts.users import add_user
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from web.conftest import NOW, PASSWORD, AddCandidate, Desk, kenya

PATHS = (
    "/api/v1/queue",
    "/api/v1/projects",
    "/api/v1/problems",
    "/api/v1/openapi.json",
    "/queue.atom",
    "/problems.atom",
)


@pytest.fixture
def program(desk: Desk) -> httpx2.Client:
    """A client with a token."""
    add_user(desk.database, "reader", UserRole.VIEWER, PASSWORD, Stamp(NOW))
    client = desk.client()
    client.headers["Authorization"] = f"Bearer {make_token(desk.database, 'reader', Stamp(NOW))}"
    return client


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_read_without_a_token(desk: Desk, program: httpx2.Client, path: str) -> None:
    """A stranger is asked for a token, a program that has one is served."""
    assert desk.client().get(path).status_code == 401
    assert program.get(path).status_code == 200


def test_the_queue_comes_by_pages(program: httpx2.Client, add_candidate: AddCandidate) -> None:
    """Best first, with sums as numbers, and the query of the next page."""
    for score in (0.6, 0.9, 0.7):
        add_candidate(score=score)
    first = program.get("/api/v1/queue?view=waiting&size=2").json()
    assert [item["id"] for item in first["items"]] == [2, 3]
    assert first["total"] == 3
    assert first["items"][0]["amounts"][0]["value"] == 172_500_000
    rest = program.get(f"/api/v1/queue?{first['next']}").json()
    assert ([item["id"] for item in rest["items"]], rest["next"]) == ([1], None)


def test_a_filter_that_cannot_be_is_reported(program: httpx2.Client) -> None:
    """An unknown filter is an error with a sentence, not an empty answer."""
    answer = program.get("/api/v1/queue?colour=red", headers={"Accept": "application/json"})
    assert answer.status_code == 422
    assert "error" in answer.json()


def test_one_candidate_has_its_quotes(program: httpx2.Client, add_candidate: AddCandidate) -> None:
    """A candidate comes with evidence and articles; one that is not there is told."""
    number = add_candidate()
    found = program.get(f"/api/v1/candidates/{number}").json()
    assert {proof["field"] for proof in found["evidence"]} == {"countries", "firms", "amounts", "status", "sector"}
    assert program.get("/api/v1/candidates/99").status_code == 404


def test_projects_come_with_their_life_lines(desk: Desk, program: httpx2.Client, add_candidate: AddCandidate) -> None:
    """Confirmed projects by pages; a page says where the next begins."""
    for title in ("One", "Two"):
        number = add_candidate(facts=replace(kenya(), title=title))
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(desk.database, NOW)
    first = program.get("/api/v1/projects?size=1").json()
    (one,) = first["items"]
    assert (one["title"], one["life_line"][0]["status"]) == ("One", "signed")
    assert first["next"] == one["id"]
    rest = program.get(f"/api/v1/projects?after={first['next']}").json()
    assert ([item["title"] for item in rest["items"]], rest["next"]) == (["Two"], None)
    assert program.get(f"/api/v1/projects/{one['id']}").json() == {**one, "comments": []}
    assert program.get("/api/v1/projects/off-1999-000001").status_code == 404


def test_the_document_describes_what_is_answered(program: httpx2.Client) -> None:
    """The OpenAPI document names each path of the API and the shape of its answers."""
    document = program.get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.")
    assert set(document["paths"]) == {
        *("/api/v1/queue", "/api/v1/candidates/{candidate_id}", "/api/v1/problems"),
        *("/api/v1/projects", "/api/v1/projects/{project_id}"),
    }
    assert "life_line" in document["components"]["schemas"]["ProjectShape"]["properties"]


def test_the_queue_is_a_feed(program: httpx2.Client, add_candidate: AddCandidate) -> None:
    """A feed reader gets one entry for each candidate, with nothing of a page's markup at work."""
    add_candidate(title="<script>alert(1)</script>\x00 & more", facts=replace(kenya(), title="<b>Konza</b>"))
    parsed = feedparser.parse(program.get("/queue.atom").content)
    assert not parsed.bozo
    (entry,) = parsed.entries
    assert entry.id == "urn:offing:candidate:1"
    assert entry.title.startswith("Huawei → Kenya")
    assert entry.link.endswith("/candidate/1")
    assert "&lt;b&gt;Konza" in program.get("/queue.atom").text


def test_problems_are_a_feed_and_go_when_they_are_mended(desk: Desk, program: httpx2.Client, feeds: None) -> None:
    """A blocked feed is one entry with cause and next step; a day without a run is another."""
    parsed = feedparser.parse(program.get("/problems.atom").content)
    (entry,) = parsed.entries
    assert entry.title == "<i>Gazette</i> is blocked"
    assert "it answers 403" in entry.summary
    desk.now = NOW + timedelta(days=2)
    titles = [each["title"] for each in program.get("/api/v1/problems").json()]
    assert titles == ["No run for more than a day", "<i>Gazette</i> is blocked"]
