"""What the queue is narrowed and sorted by: kinds, doubts, dates, sums, and all values of a facet."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser

from offing.model.operation.user import UserRole
from offing.model.projects.project import Amount, Firm
from offing.model.reading.mention import MentionKind
from offing.model.review.candidate import CandidateKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.queue import Facet, FacetCount
from offing.model.values.vocabulary import AmountKind, Role
from offing.services.review.decisions import decide
from offing.services.views.facet_values import found_values
from offing.store import tables
from web.conftest import KNOWN, NOW, AddCandidate, Desk, kenya

COUNTRIES = (
    "AGO",
    "BDI",
    "BEN",
    "BFA",
    "BWA",
    "CIV",
    "CMR",
    "COD",
    "DZA",
    "EGY",
    "ETH",
    "GAB",
    "GHA",
    "KEN",
    "MAR",
    "UGA",
)


def _sum(value: int, currency: str = "USD") -> tuple[Amount, ...]:
    return (Amount(Decimal(value), currency, AmountKind.CONTRACT, f"{value} {currency}"),)


@pytest.fixture
def three(desk: Desk, add_candidate: AddCandidate) -> None:
    """Three candidates: of 172, 5 and 40 million dollars, a day, ten days and no day old; the last is an update."""
    add_candidate(score=0.9, facts=replace(kenya(), title="One"))
    add_candidate(score=0.8, facts=replace(kenya(), title="Two", amounts=_sum(5_000_000)), quotes=())
    add_candidate(
        score=0.7, facts=replace(kenya(), title="Three", amounts=_sum(40_000_000)), quotes=(), kind=CandidateKind.UPDATE
    )
    with desk.database.write() as conn:
        for number, published in ((1, NOW - timedelta(days=1)), (2, NOW - timedelta(days=10)), (3, None)):
            conn.execute(sa.update(tables.article).where(tables.article.c.id == number).values(published=published))


def _ids(text: str) -> list[int]:
    return [int(each) for each in re.findall(r'href="/candidate/([0-9]+)[?"][^>]*data-open', text)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("sort=score", [1, 2, 3]),
        ("sort=date", [1, 2, 3]),
        ("sort=amount", [1, 3, 2]),
        ("sort=amount&usd_to=40m", [3, 2]),
        ("usd_from=5000000&usd_to=40000000", [2, 3]),
        ("from=2026-03-03", [1]),
        ("to=2026-02-22", [2]),
        ("from=2026-02-22&to=2026-03-03", [1, 2]),
        ("kind=update", [3]),
        ("kind=new&sort=amount", [1, 2]),
        ("doubt=any", []),
    ],
)
def test_the_queue_is_narrowed_and_sorted(desk: Desk, three: None, query: str, found: list[int]) -> None:
    """By what stands in the address; the page and the JSON API agree."""
    client = desk.as_(UserRole.ANALYST)
    assert sorted(_ids(client.get(f"/queue?view=waiting&{query}").text)) == sorted(found)  # in groups by kind
    items = client.get(f"/api/v1/queue?view=waiting&{query}").json()["items"]
    assert [each["id"] for each in items] == found


def test_pages_of_a_sorted_queue_lead_on_and_back(desk: Desk, three: None) -> None:
    """Each page begins where the one before ended, also among candidates without a date."""
    client = desk.as_(UserRole.VIEWER)
    for order, expected in (("amount", [1, 3, 2]), ("date", [1, 2, 3])):
        address, seen = f"/queue?view=waiting&sort={order}&size=1", []
        for _ in range(3):
            text = client.get(address).text
            seen += _ids(text)
            onward = re.search(r'rel="next" href="([^"]+)"', text)
            address = onward[1].replace("&amp;", "&") if onward else ""
        assert (seen, address) == (expected, "")
        back = re.search(r'rel="prev" href="([^"]+)"', text)
        assert back
        assert _ids(client.get(back[1].replace("&amp;", "&")).text) == [expected[1]]


def test_a_correction_counts_in_sums(desk: Desk, three: None) -> None:
    """A decision deletes what was measured; the next filter measures it again."""
    client = desk.as_(UserRole.VIEWER)
    assert _ids(client.get("/queue?view=all&usd_from=100m").text) == [1]
    decide(desk.database, Verdict(1, Judgement.ACCEPT, "ana", edits={"amounts": "1000 USD contract"}), NOW)
    assert _ids(client.get("/queue?view=all&usd_from=100m").text) == []
    assert _ids(client.get("/queue?view=decided&usd_to=2000").text) == [1]


def test_doubts_are_a_filter_until_somebody_decides(desk: Desk, add_candidate: AddCandidate) -> None:
    """A quote that does not state its value is found by its kind and by any; a decided candidate has no doubts."""
    laos = ((MentionKind.COUNTRY, "Kenya", "LAO", "Laos"),)
    number, other = add_candidate(mentions=laos), add_candidate(title="Kenya signs")
    client = desk.as_(UserRole.VIEWER)
    for doubt in ("any", "quote"):
        assert _ids(client.get(f"/queue?doubt={doubt}").text) == [number]
    assert _ids(client.get("/queue?doubt=second-reader").text) == []
    text = client.get("/queue").text
    assert re.search(r"doubt=quote[^>]*><bdi>quote says something else</bdi> <span class=\"count\">1<", text)
    decide(desk.database, Verdict(number, Judgement.REJECT, "ana", reason="no-project"), NOW)
    assert _ids(client.get("/queue?view=all&doubt=any").text) == []
    assert _ids(client.get("/queue?view=waiting").text) == [other]


@pytest.mark.parametrize("query", ["from=tomorrow", "usd_from=lots", "from=2026-03-05&to=2026-03-04", "doubt=x"])
def test_a_bound_that_cannot_be_read_is_said(desk: Desk, query: str) -> None:
    """Nothing is shown as if it had been narrowed."""
    answer = desk.as_(UserRole.VIEWER).get(f"/queue?{query}")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


@pytest.fixture
def many(desk: Desk, add_candidate: AddCandidate) -> None:
    """A candidate in each of sixteen countries, one of them twice."""
    for code in (*COUNTRIES, "KEN"):
        add_candidate(facts=replace(kenya(), countries=(code,)), quotes=())


def test_all_values_of_a_facet_are_a_page(desk: Desk, many: None) -> None:
    """The first ones stand in the queue, all of them on a page of links; it keeps the filter and needs no script."""
    client = desk.as_(UserRole.VIEWER)
    queue = client.get("/queue?view=waiting&sector=data-centre-cloud").text
    section = re.search(r'<section aria-label="country">.*?</section>', queue, re.DOTALL)
    assert section
    assert section[0].count("<li>") == 12
    onward = re.search(r'<a href="(/queue/values/country[^"]*)">all 16', section[0])
    assert onward
    text = client.get(onward[1].replace("&amp;", "&")).text
    assert all(f"country={code}" in text for code in COUNTRIES)
    assert text.count("sector=data-centre-cloud") >= 16
    assert client.get("/queue/values/person").status_code == 404
    assert client.get("/queue/values/country?view=x").status_code == 422


@pytest.mark.parametrize("typed", ["cote", "CÔTE D", "d'ivoire", "ivory", "科特迪瓦", "ساحل"])
def test_a_country_is_found_by_any_name(desk: Desk, many: None, typed: str) -> None:
    """Without accents and case, in any script."""
    client = desk.as_(UserRole.VIEWER)
    asked = urlencode({"view": "waiting", "find": typed})
    found = client.get(f"/queue/values/country?{asked}", headers={"Accept": "application/json"}).json()
    assert [each["href"] for each in found] == ["/queue?view=waiting&country=CIV"]


def test_a_firm_is_found_by_its_alias() -> None:
    """By the names that the lexicon knows, and by the name of one that no list has."""
    known = replace(KNOWN, aliases={"huawei": ("华为技术有限公司",)})
    values = (FacetCount("huawei", "Huawei", 2), FacetCount("société x", "Société X", 1))
    assert found_values(values, Facet.FIRM, "华为", known) == values[:1]
    assert found_values(values, Facet.FIRM, "societe", known) == values[1:]
    assert found_values(values, Facet.FIRM, "awei", known) == ()
    assert found_values(values, Facet.FIRM, " ", known) == values


def test_hundreds_of_firms_are_listed(desk: Desk, add_candidate: AddCandidate) -> None:
    """More than a statement of SQLite can ask about at once."""
    firms = tuple(Firm(f"Firm {number}", f"Firm {number}", Role.SUPPLIER) for number in range(600))
    add_candidate(facts=replace(kenya(), firms=firms), quotes=())
    text = desk.as_(UserRole.VIEWER).get("/queue/values/firm").text
    assert "600 values" in text
    assert "Firm 599" in text


@pytest.mark.slow
def test_all_values_open_beside_the_queue(desk: Desk, many: None, browser: Browser) -> None:
    """A click opens a field with the list; what is typed narrows it, Enter takes the first."""
    client = desk.as_(UserRole.ANALYST)
    context = browser.new_context(base_url=desk.url)
    context.add_cookies([{"name": "offing", "value": client.cookies["offing"], "url": desk.url}])
    page = context.new_page()
    page.goto("/queue?view=waiting")
    page.get_by_role("link", name="all 16").click()
    page.get_by_role("searchbox", name="Find: country").fill("cote")
    page.locator(".all-values li").filter(has_text="Ivoire").wait_for()
    page.keyboard.press("Enter")
    page.wait_for_url("**country=CIV*")
