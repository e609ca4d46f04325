"""What leaves the browser: citations, permanent addresses, quotes of fields, and projects as files."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from lxml import html
from openpyxl import load_workbook
from playwright.sync_api import Browser

from offing.model.operation.activity import ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.model.review.decision import Judgement, Verdict
from offing.services.accounts.users import add_user
from offing.services.records.amending import Statement
from offing.services.records.lists import project_page
from offing.services.records.projects import merge
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from offing.store import tables
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.store.records.project_list import ProjectFilter, ProjectOrder
from web.conftest import NOW, AddCandidate, Desk, kenya
from web.desk.conftest import Seat, seat
from web.test_browser import shoot, violations, watch

__all__ = ["seat"]
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture
def recorded(desk: Desk, add_candidate: AddCandidate) -> list[str]:
    """Three records, a minute apart; their ids. The first was changed last."""
    found = []
    for minute, title in enumerate((FORMULA, "Second", "Third")):
        number = add_candidate(facts=replace(kenya(), title=title))
        decide(desk.database, Verdict(number, Judgement.ACCEPT, "ana"), NOW)
        found += [each.project_id for each in promote_accepted(desk.database, NOW + timedelta(minutes=minute))]
    with desk.database.write() as conn:
        this = tables.project.c.id == found[0]
        conn.execute(tables.project.update().where(this).values(changed_at=NOW + timedelta(hours=1)))
    return found


def ids_on(answer: httpx2.Response) -> list[str]:
    """The records of a list, in its order."""
    return [str(each.text) for each in html.fromstring(answer.text).xpath("//table[contains(@class,'listing')]//td[1]")]


def test_projects_are_newest_first_or_as_chosen(desk: Desk, recorded: list[str]) -> None:
    """The choice stays in the address of what narrows, downloads and goes on."""
    first, second, third = recorded
    client = desk.as_(UserRole.ANALYST)
    assert ids_on(client.get("/projects")) == [third, second, first]
    assert ids_on(client.get("/projects?order=changed")) == [first, third, second]
    page = client.get("/projects?order=id&country=KEN")
    assert ids_on(page) == [first, second, third]
    assert 'href="/projects/download.csv?country=KEN&amp;order=id"' in page.text
    assert ids_on(client.get("/projects?order=nonsense")) == [third, second, first]


@pytest.mark.parametrize("order", ProjectOrder)
def test_pages_have_every_record_once(desk: Desk, recorded: list[str], order: ProjectOrder) -> None:
    """One after the other, also where records were made in the same moment."""
    with desk.database.write() as conn:
        conn.execute(tables.project.update().values(created_at=NOW, changed_at=NOW))
    seen, asked = [], ProjectFilter(order=order)
    while asked:
        found = project_page(desk.database, asked, 1)
        seen += [each.id for each in found.records]
        asked = found.next
    assert seen == sorted(recorded)


def rows_of(kind: str, body: bytes) -> list[dict[str, Any]]:
    """The rows of a file, whatever its format."""
    if kind == "json":
        return list(json.loads(body))
    if kind == "csv":
        return list(csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline="")))
    names, *rows = list(load_workbook(io.BytesIO(body)).worksheets[0].iter_rows())
    assert {cell.data_type for row in rows for cell in row if cell.value is not None} == {"s"}
    return [{name.value: cell.value or "" for name, cell in zip(names, row, strict=True)} for row in rows]


@pytest.mark.parametrize("kind", ["csv", "xlsx", "json"])
def test_a_file_has_the_projects_of_the_page(desk: Desk, recorded: list[str], kind: str) -> None:
    """In its order, with quotes and sources; no cell is a formula; the activity log has it."""
    answer = desk.as_(UserRole.ANALYST).get(f"/projects/download.{kind}?order=id&text=cmd")
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    assert answer.headers["content-disposition"] == f'attachment; filename="projects-2026-03-04.{kind}"'
    (row,) = rows_of(kind, answer.content)
    assert row["id"] == recorded[0]
    if kind != "json":
        assert (row["countries"], row["candidates"], row["status"]) == ("KEN", "1", "signed")
        assert "signed a contract with Huawei" in row["quotes"]
        assert not row["title"].startswith("=") or kind == "xlsx"
    with desk.database.read() as conn:
        (log,) = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.EXPORT})))
    assert log.about == f"projects as {kind}: text=cmd&order=id"


def test_who_may_not_export_takes_nothing(desk: Desk, recorded: list[str]) -> None:
    """Neither button nor file; an unknown format is none."""
    viewer = desk.as_(UserRole.VIEWER)
    assert "/projects/download" not in viewer.get("/projects").text
    assert viewer.get("/projects/download.csv").status_code == 403
    assert desk.as_(UserRole.ANALYST).get("/projects/download.exe").status_code == 422


def test_a_field_has_its_quotes_on_the_page_of_a_project(desk: Desk, recorded: list[str]) -> None:
    """With outlet and candidate; where a person corrected the field, the machine's quote no longer proves it."""
    viewer = desk.as_(UserRole.VIEWER)
    page = html.fromstring(viewer.get(f"/projects/{recorded[1]}").text)
    quotes = {
        str(each.findtext("dt")): [str(q.text_content()) for q in each.iterfind(".//q")]
        for each in page.xpath("//dl[@class='known-fields']/div")
    }
    assert quotes["status"] == ["signed a contract with Huawei"]
    assert quotes["countries"] == ["Kenya's ICT Authority"]
    assert page.xpath("//details[@class='proofs']//a[@href='/candidate/2']")


def test_a_permanent_address_survives_merges(desk: Desk, recorded: list[str], add_candidate: AddCandidate) -> None:
    """Of candidates and projects: it leads to what stands for them now, in the same queue."""
    viewer = desk.as_(UserRole.VIEWER)
    candidate = html.fromstring(viewer.get("/candidate/1").text)
    assert candidate.xpath("string(//*[@id='permanent']/@href)") == f"{desk.url}/candidate/1"
    project = html.fromstring(viewer.get(f"/projects/{recorded[0]}").text)
    assert f"record {recorded[0]}, version" in project.xpath("string(//*[@id='citation']/@value)")
    add_candidate()
    with desk.database.write() as conn:
        this = tables.candidate.c.id == 4
        conn.execute(tables.candidate.update().where(this).values(merged_into=1))
    answer = viewer.get("/candidate/4?in=view%3Dall")
    assert (answer.status_code, answer.headers["location"]) == (303, "/candidate/1?in=view%3Dall&was=4")
    assert "Candidate 4 was merged into this one" in viewer.get(answer.headers["location"]).text
    assert "merged into this one" not in viewer.get("/candidate/1?was=<b>").text
    add_user(desk.database, "cy", UserRole.CURATOR, None, Stamp(NOW, "ops"))
    merge(desk.database, recorded[2], recorded[0], Statement("cy", NOW))
    assert viewer.get(f"/projects/{recorded[2]}").headers["location"].startswith(f"/projects/{recorded[0]}")


def test_a_citation_is_copied(seat: Seat, browser: Browser, desk: Desk, recorded: list[str]) -> None:
    """By one button, which says so; the pages stand on a telephone, too."""
    page = seat("/candidate/1")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    complaints = watch(page)
    page.locator(".cite summary").click()
    page.get_by_role("button", name="Copy citation").click()
    page.locator("#said", has_text="Copied.").wait_for()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.input_value("#citation")
    assert copied.endswith(f"{desk.url}/candidate/1 (accessed on 4 March 2026)")
    assert violations(page) == []
    for path in ("/candidate/1", f"/projects/{recorded[0]}", "/projects"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 850})
            page.goto(desk.url + path)
            page.evaluate("document.querySelectorAll('.cite, .proofs').forEach((each) => (each.open = true))")
            shoot(page, f"taken-{path.strip('/').partition('/')[0]}{len(path)}-{width}")
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert violations(page) == []
    assert complaints == []
