"""The pages of confirmed projects."""

from __future__ import annotations

from dataclasses import replace

import pytest
from lxml import html

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Sector
from offing.services.accounts.users import add_user
from offing.services.records.amending import Statement
from offing.services.records.lists import project_page
from offing.services.records.projects import merge
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from offing.store.records.project_list import ProjectFilter
from offing.web.presentation.world_map import land, world_map
from web.conftest import NOW, AddCandidate, Desk, kenya


@pytest.fixture
def recorded(desk: Desk, add_candidate: AddCandidate) -> list[str]:
    """Three records; their ids."""
    for facts in (
        replace(kenya(), title="<script>One</script>"),
        replace(kenya(), countries=("UGA",), sector=Sector.ENERGY, title="Two"),
        replace(kenya(), countries=("KEN", "UGA"), title="Three"),
    ):
        number = add_candidate(facts=facts)
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "ana"), NOW)
    return [each.project_id for each in promote_accepted(desk.database, NOW)]


def test_projects_are_listed_with_a_map(desk: Desk, recorded: list[str]) -> None:
    """The table is narrowed by the address, the map leads to a country's projects, and the numbers stand beside it."""
    client = desk.as_(UserRole.VIEWER)
    text = client.get("/projects").text
    assert all(each in text for each in recorded)
    assert "<script>One" not in text
    assert 'href="/projects?country=KEN" aria-label="Kenya: 2"' in text
    narrowed = client.get("/projects?country=UGA&sector=energy&status=nonsense").text
    assert recorded[1] in narrowed
    assert recorded[0] not in narrowed
    assert "None like this" in client.get("/projects?text=nothing").text
    assert client.get("/projects/land.svg").headers["content-type"].startswith("image/svg+xml")


@pytest.mark.parametrize(
    ("words", "hits", "beside"),
    [
        ("hUaw", ["Huaw"], ""),  # in the line of each
        ("ict auth", ["ICT Auth"], "host side: ICT Authority"),
        ("<script>one", ["<script>One"], ""),
        ("$172.5", ["$172.5"], "amounts: $172.5 million"),
    ],
)
def test_hits_of_the_search_are_marked(
    desk: Desk, recorded: list[str], words: str, hits: list[str], beside: str
) -> None:
    """In the line of a record, as it is written there; where another field has the words, it stands below with them."""
    page = html.fromstring(desk.as_(UserRole.VIEWER).get("/projects", params={"text": words}).text)
    rows = page.xpath("//table[contains(@class, 'listing')]/tbody/tr")
    assert len(rows) == (1 if words.startswith("<") else 3)
    for row in rows:
        assert {mark.text_content() for mark in row.xpath(".//mark[@class='hit']")} == set(hits)
        assert " ".join("".join(row.xpath(".//p[@class='excerpt']//text()")).split()) == beside
    assert not page.xpath("//script[contains(., 'One')]")
    everything = html.fromstring(desk.as_(UserRole.VIEWER).get("/projects").text)
    assert everything.xpath("//mark | //p[@class='excerpt']") == []


def test_a_project_shows_its_life_line(desk: Desk, recorded: list[str]) -> None:
    """Fields, events with their quotes, and the candidates that it was made from."""
    text = desk.as_(UserRole.VIEWER).get(f"/projects/{recorded[0]}").text
    assert "signed a contract with Huawei" in text
    assert 'href="/candidate/1"' in text
    assert "&lt;script&gt;One" in text
    assert desk.as_(UserRole.VIEWER).get("/projects/off-1999-000001").status_code == 404


def test_a_merged_project_leads_to_what_it_became(desk: Desk, recorded: list[str]) -> None:
    """An id that was given once is never lost."""
    merge(desk.database, recorded[2], recorded[0], Statement("cy", NOW))
    answer = desk.as_(UserRole.VIEWER).get(f"/projects/{recorded[2]}")
    assert answer.headers["location"] == f"/projects/{recorded[0]}?was={recorded[2]}"
    text = desk.as_(UserRole.VIEWER).get(answer.headers["location"]).text
    assert "its id now leads here" in text
    assert f"once also {recorded[2]}" in text


def test_an_empty_list_says_what_to_do(desk: Desk) -> None:
    """Without records the way to them is shown."""
    assert "offing promote" in desk.as_(UserRole.VIEWER).get("/projects").text


def test_pages_of_projects(desk: Desk, recorded: list[str]) -> None:
    """A page says where the next begins."""
    first = project_page(desk.database, ProjectFilter(), 2)
    assert first.next == ProjectFilter(after=recorded[1])
    assert first.countries == {"KEN": 2, "UGA": 2}
    assert project_page(desk.database, first.next, 2).next is None


def test_the_map_draws_lands_and_knows_countries() -> None:
    """Thousands of dots; a disc for each country that is known, none for what is no country."""
    assert land().count("h0") > 2000
    drawn = world_map({"KEN": 4, "XXX": 1}, "/projects?country=")
    assert drawn.count("<circle") == 1
    assert "2 countries" in drawn


def test_each_value_leads_to_its_trace(desk: Desk, recorded: list[str]) -> None:
    """One click from a value to its quote, page, digest and feed; of a merged record, to where it went."""
    client = desk.as_(UserRole.VIEWER)
    shown = html.fromstring(client.get(f"/projects/{recorded[2]}").text)
    links = shown.xpath("//a[@class='traced']/@href")
    assert f"/projects/{recorded[2]}/trace/countries#value-2" in links
    for link in links:
        address, _, anchor = link.partition("#")
        found = html.fromstring(client.get(address).text)
        assert not anchor or found.xpath(f"//section[@id='{anchor}']"), link
    text = client.get(f"/projects/{recorded[2]}/trace/status").text
    assert all(each in text for each in ("signed a contract with Huawei", "SHA-256", "candidate 3"))
    add_user(desk.database, "cy", UserRole.DATASET, None, Stamp(NOW))
    merge(desk.database, recorded[2], recorded[0], Statement("cy", NOW))
    moved = client.get(f"/projects/{recorded[2]}/trace/status").headers["location"]
    assert moved == f"/projects/{recorded[0]}/trace/status"
    assert f"through {recorded[2]}" in client.get(moved).text
    missing = client.get(f"/projects/{recorded[0]}/trace/amount")
    assert missing.status_code == 404
    assert "did you mean amounts?" in missing.text
