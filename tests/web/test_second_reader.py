"""What a second reader says stands beside the fields with its quote: as text, as a doubt, and never as the value."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from offing.model.operation.user import UserRole
from offing.model.projects.project import Amount, Firm, ProjectFacts
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.second_reader import Opinion, StoredOpinion
from offing.model.values.vocabulary import AmountKind, Role, Sector, Status
from offing.services.review.decisions import decide, show
from offing.services.second_reader.differences import second_lines, second_view
from offing.store import tables
from offing.store.candidates.second_reader import keep_opinion
from suite import some
from web.conftest import NOW, PARAGRAPHS

SIGNED = "signed a contract with Huawei worth $172.5 million on Monday"
BUILT = "will be built within 18 months"
THEIRS = ProjectFacts(
    countries=("KEN",),
    firms=(Firm("Huawei", "Huawei", Role.SUPPLIER, "huawei"),),
    amounts=(Amount(Decimal(172_500_000), "USD", AmountKind.CONTRACT, "$172.5 million"),),
    sector=Sector.DATA_CENTRE_CLOUD,
    status=Status.APPROVED,
    places=("Konza",),
)


def proof(article_id: int, text: str, field: FieldName, value: str, quote: str) -> Evidence:
    """A quote of the article."""
    start = text.index(quote)
    return Evidence(field, value, article_id, start, start + len(quote), quote)


def opine(desk: Any, number: int, facts: ProjectFacts | None = THEIRS) -> None:
    """Let the second reader have an opinion on a candidate; without facts it finds none."""
    with desk.database.write() as conn:
        joined = sa.select(tables.story_article.c.id, tables.story_article.c.article_id, tables.article.c.title)
        joined = joined.join(tables.article).join(
            tables.candidate, tables.candidate.c.story_id == tables.story_article.c.story_id
        )
        told = conn.execute(joined.where(tables.candidate.c.id == number)).one()
        text = "\n\n".join((told.title, *PARAGRAPHS))
        quotes = ((FieldName.FIRMS, "Huawei", SIGNED), (FieldName.STATUS, "approved", BUILT))
        proofs = [proof(told.article_id, text, *each) for each in (*quotes, (FieldName.PLACES, "Konza", "at Konza"))]
        opinion = Opinion(facts, tuple(proofs)) if facts else None
        keep_opinion(conn, StoredOpinion(told.id, told.article_id, "tiny <b>", opinion, facts is None, NOW))


def row(page: str, field: str) -> str:
    """The row of a field."""
    return page.partition(f'id="field-{field}"')[2].partition('id="field-')[0]


def test_a_difference_stands_beside_the_field(desk: Any, add_candidate: Any) -> None:
    """Ours stays the value; theirs stands below with its quote; where both agree, nothing does."""
    number = add_candidate()
    opine(desk, number)
    page = desk.as_(UserRole.ANALYST).get(f"/candidate/{number}").text
    status = row(page, "status")
    assert re.search(r'<p class="value"><bdi>signed</bdi>', status)
    assert "Second reader:</strong> <bdi>approved</bdi>, not <bdi>signed</bdi></p>" in status
    assert f'<q dir="auto">{BUILT}</q>' in status
    firms = row(page, "firms")
    assert "<bdi>Huawei, supplier</bdi>, not <bdi>Huawei, contractor</bdi></p>" in firms
    assert 'data-replace="Huawei:contractor" data-by="Huawei:supplier"' in firms
    places = row(page, "places")
    assert "no value" in places
    assert 'data-replace="" data-by="Konza"' in places
    assert "Second reader" not in row(page, "countries") + row(page, "amounts")
    assert "tiny &lt;b&gt;" in page
    assert "It agrees on countries, amounts, sector." in page
    assert show(desk.database, number).facts.status is Status.SIGNED


def test_a_line_of_the_queue_says_where_it_differs(desk: Any, add_candidate: Any) -> None:
    """By the names of the fields; nothing where both say the same, or nobody was asked."""
    number, other = add_candidate(), add_candidate(title="Kenya signs for a port")
    opine(desk, number)
    line = desk.as_(UserRole.ANALYST).get("/queue").text
    assert line.count("Second reader disagrees: ") == 1
    assert "Second reader disagrees: firms, places, status</span>" in line
    assert "data-open" in desk.as_(UserRole.ANALYST).get("/queue?doubt=second-reader").text
    opine(desk, other, None)
    assert "Second reader disagrees: no such project</span>" in desk.as_(UserRole.ANALYST).get("/queue").text


def test_one_that_finds_none_says_so(desk: Any, add_candidate: Any) -> None:
    """On the page and in the terminal; it is no doubt about any field."""
    number = add_candidate()
    opine(desk, number, None)
    page = desk.as_(UserRole.ANALYST).get(f"/candidate/{number}").text
    assert "It found no such project in the article." in page
    assert "Second reader:" not in page
    view = second_view(show(desk.database, number))
    assert view is not None
    assert list(second_lines(view)) == ["finds no such project in the article"]


def test_without_one_nothing_speaks_of_it(desk: Any, add_candidate: Any) -> None:
    """The page of a site that has none is as it was."""
    number = add_candidate()
    page = desk.as_(UserRole.ANALYST).get(f"/candidate/{number}").text
    assert "econd reader" not in page


def test_what_a_person_has_set_is_doubted_no_more(desk: Any, add_candidate: Any) -> None:
    """A field that was corrected, and all of what is decided."""
    number = add_candidate()
    opine(desk, number)
    item = show(desk.database, number)
    told = Verdict(number, Judgement.DEFER, "ana", "later", {"status": "completed"})
    deferred = replace(told, until=NOW.replace(year=2030))
    decide(desk.database, deferred, NOW)
    view = second_view(show(desk.database, number))
    assert view is not None
    assert [each.field for each in view.doubts] == ["firms", "places"]
    decide(desk.database, Verdict(number, Judgement.REJECT, "ana", "vague"), NOW)
    assert second_view(show(desk.database, number)) is None
    assert second_view(item) is not None


def test_what_only_other_articles_tell_is_not_contested(desk: Any, add_candidate: Any) -> None:
    """It has read one article of the story: what that one does not prove of ours, it cannot speak against."""
    number = add_candidate()
    opine(desk, number, replace(THEIRS, firms=(Firm("ZTE", "ZTE", Role.SUPPLIER),)))
    item = show(desk.database, number)
    other = replace(item.candidate.articles[0], article_id=999)
    own = item.candidate.evidence
    for proofs, contested in ((own, ["Huawei, contractor"]), (tuple(p for p in own if p.field != "firms"), [])):
        candidate = replace(item.candidate, articles=(*item.candidate.articles, other), evidence=proofs)
        view = second_view(replace(item, candidate=candidate))
        assert view is not None
        doubt = view.of(FieldName.FIRMS)
        assert [each.shown for each in doubt.ours] if doubt else contested == []


def test_lines_for_the_terminal(desk: Any, add_candidate: Any) -> None:
    """Agreement first, then each difference with the quote."""
    number = add_candidate()
    opine(desk, number)
    view = second_view(show(desk.database, number))
    assert view is not None
    assert list(second_lines(view)) == [
        "says the same: countries, amounts, sector",
        f"firms: not Huawei, contractor, but Huawei, supplier “{SIGNED}”",
        "places: Konza “at Konza”",
        f"status: not signed, but approved “{BUILT}”",
    ]


# ---------------------------------------------------------------- in a browser


@pytest.fixture
def page(browser: Browser, desk: Any) -> Iterator[Page]:
    """A page for an analyst."""
    client = desk.as_(UserRole.ANALYST)
    context = browser.new_context(viewport={"width": 1280, "height": 1000})
    context.set_default_timeout(10_000)
    context.add_cookies([{"name": "offing", "value": client.cookies["offing"], "url": desk.url}])
    yield context.new_page()
    context.close()


def test_its_value_is_taken_by_a_click_and_kept_by_a_decision(page: Page, desk: Any, add_candidate: Any) -> None:
    """With its quote as proof, in ours's place or beside it; before the decision nothing is changed."""
    number = add_candidate()
    opine(desk, number)
    page.goto(f"{desk.url}/candidate/{number}")
    page.locator("main[data-ready]").wait_for(state="attached")
    if folder := os.environ.get("OFFING_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / "second-reader.png", full_page=True)
    for field, value in (("firms", "Huawei:supplier"), ("status", "approved"), ("places", "Konza")):
        page.locator(f"#field-{field} .second button").click()
        assert page.input_value(f"[name='edit.{field}']") == value
    assert show(desk.database, number).facts.status is Status.SIGNED
    page.keyboard.press("a")
    page.wait_for_function("() => JSON.parse(localStorage.getItem('offing:outbox') ?? '[]').length === 0")
    item = show(desk.database, number)
    assert (item.facts.status, item.facts.places, item.facts.firms[0].role) == (
        Status.APPROVED,
        ("Konza",),
        Role.SUPPLIER,
    )
    assert {proof.text for proof in item.decisions[0].proofs} == {SIGNED, BUILT, "at Konza"}
    assert item.candidate.facts.status is Status.SIGNED


@pytest.mark.parametrize("scheme", some(["light", "dark"]))
def test_it_can_be_read_by_everybody(page: Page, desk: Any, add_candidate: Any, scheme: Any) -> None:
    """Contrast, names and structure by WCAG 2.2 AA, in either light."""
    number = add_candidate()
    opine(desk, number)
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{desk.url}/candidate/{number}")
    if folder := os.environ.get("OFFING_SCREENSHOTS"):
        page.screenshot(path=Path(folder) / f"second-reader-{scheme}.png", full_page=True)
    found = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert found.response["passes"]
    assert found.violations_count == 0, found.generate_report()
