"""The findings of a check before a release: shown to all, signed off by those who may, taken away as a sheet."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx2
import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, expect

from offing.model.operation.activity import ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.model.projects.finding import Severity
from offing.model.review.decision import Judgement, Verdict
from offing.services.accounts.users import add_user
from offing.services.records.promote import promote_accepted
from offing.services.releases.checks import check, last_checked
from offing.services.releases.one_pass import Terms
from offing.services.releases.publish import publish
from offing.services.review.decisions import decide
from offing.store.accounts.activity import ActivityFilter, list_activity
from offing.web.pages import findings
from web.conftest import NOW, PASSWORD, AddCandidate, Desk, kenya
from web.test_browser import enter, shoot, violations, watch


@pytest.fixture
def records(desk: Desk, add_candidate: AddCandidate) -> list[str]:
    """One record that names nobody, a warning, and one without a country, an error."""
    for facts in (replace(kenya(), firms=(), lenders=()), replace(kenya(), countries=(), title="<b>Nowhere</b>")):
        decide(desk.database, Verdict(add_candidate(facts=facts), Judgement.ACCEPT, "ana", alone=True), NOW)
    return [each.project_id for each in promote_accepted(desk.database, NOW)]


@pytest.fixture
def dora(desk: Desk) -> httpx2.Client:
    """One of the dataset team."""
    client = desk.as_(UserRole.DATASET)
    client.headers.update(desk.same)
    return client


def _press(client: httpx2.Client, action: str, **more: Any) -> httpx2.Response:
    """Send a form of the page as a browser would."""
    text = client.get("/findings").text
    fields = {name: re.findall(rf'name="{name}" value="([^"]+)"', text)[0] for name in ("csrf", "token")}
    return client.post(f"/findings/{action}", data={**fields, **more})


def _key(desk: Desk, severity: Severity) -> str:
    found = last_checked(desk.database).findings
    return next(each.finding.key for each in found if each.finding.severity is severity)


def test_findings_are_checked_shown_and_signed_off(desk: Desk, records: list[str], dora: httpx2.Client) -> None:
    """Each with its rule, its record and what to do; a sign-off has an author, and stands in the activity log."""
    assert "Not checked yet" in dora.get("/findings").text
    assert _press(dora, "check").status_code == 303
    text = dora.get("/findings").text
    assert f'<a href="/projects/{records[0]}">' in text
    assert all(said in text for said in ("no party", "no country", "by <bdi>dataset-", "2 records checked"))
    assert f"offing projects correct {records[1]} countries --add COUNTRY" in text
    assert _press(dora, "sign-off", note="why").status_code == 409
    assert "Tick the warnings that may be published." in _press(dora, "sign-off", note="why").text
    key = _key(desk, Severity.WARNING)
    assert "Say why they may be published." in _press(dora, "sign-off", keys=key, note=" ").text
    assert (
        "is an error and cannot be signed off"
        in _press(dora, "sign-off", keys=_key(desk, Severity.ERROR), note="why").text
    )
    assert _press(dora, "sign-off", keys=key, note="<b>the state</b> itself").status_code == 303
    text = dora.get("/findings").text
    assert "signed off" in text
    assert "&lt;b&gt;the state&lt;/b&gt; itself" in text
    with desk.database.read() as conn:
        done = list_activity(conn, ActivityFilter(actions=frozenset({ActivityKind.SIGN_OFF})))
    assert [(each.by, key in each.about) for each in done] == [("dataset-1", True)]


def test_only_those_who_publish_check_and_sign_off(desk: Desk, records: list[str], dora: httpx2.Client) -> None:
    """Others see the page without its forms, and a forged one is refused; who is not logged in sees nothing."""
    check(desk.database, NOW, Terms("dora"))
    for role in (UserRole.CURATOR, UserRole.ANALYST, UserRole.VIEWER, UserRole.OPS):
        client = desk.as_(role)
        client.headers.update(desk.same)
        text = client.get("/findings").text
        assert records[0] in text
        assert not re.search(r'action="/findings/|name="keys"', text)
        csrf = re.findall(r'name="csrf" (?:value|content)="([^"]+)"', text)[0]
        for action in ("check", "sign-off"):
            form = {"csrf": csrf, "keys": _key(desk, Severity.WARNING), "note": "why"}
            assert client.post(f"/findings/{action}", data=form).status_code == 403
        assert ('href="/findings"' in text) is (role is UserRole.CURATOR), "it is in the head of those who correct"
    assert desk.client().get("/findings").status_code == 303
    assert not any(each.signed for each in last_checked(desk.database).findings)


def test_findings_are_narrowed_and_come_page_by_page(
    desk: Desk, records: list[str], dora: httpx2.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By rule, by severity, and to what blocks; the download has the same ones."""
    check(desk.database, NOW, Terms("dora"))
    assert records[1] not in dora.get("/findings?rule=no-party").text.partition("<tbody>")[2]
    assert records[0] not in dora.get("/findings?severity=error").text.partition("<tbody>")[2]
    assert "None like this" in dora.get("/findings?rule=year").text
    assert records[0] in dora.get("/findings?rule=nonsense").text
    number = len(last_checked(desk.database).findings)
    found = dora.get("/findings/download.json?severity=warning").json()
    assert {each["severity"] for each in found} == {"warning"}
    page = load_workbook(io.BytesIO(dora.get("/findings/download.xlsx").content))["findings"]
    assert page.max_row == number + 1
    assert dora.get("/findings/download.csv").text.count("\n") == number + 1
    assert desk.as_(UserRole.VIEWER).get("/findings/download.csv").status_code == 403
    monkeypatch.setattr(findings, "PAGE", 1)
    first = dora.get("/findings").text
    assert 'href="/findings?page=2" rel="next"' in first
    assert 'href="/findings?page=1" rel="prev"' in dora.get("/findings?page=2").text
    assert 'rel="next"' not in dora.get(f"/findings?page={number}").text


def test_the_page_says_when_a_check_is_out_of_date(
    desk: Desk, records: list[str], dora: httpx2.Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Records changed since; nothing found; too many records for a browser; and which releases there are."""
    check(desk.database, NOW.replace(year=2025), Terms("dora"))
    assert "Records have changed since this check." in dora.get("/findings").text
    check(desk.database, NOW.replace(year=2027), Terms("dora"))
    assert "Records have changed" not in dora.get("/findings").text
    monkeypatch.setattr(findings, "MOST_HERE", 1)
    assert "2 records take too long to check here" in _press(dora, "check").text
    assert "Releases" not in dora.get("/findings").text


def test_the_releases_stand_below(desk: Desk, add_candidate: AddCandidate, dora: httpx2.Client, tmp_path: Path) -> None:
    """With who published them; a sound site has nothing to sign off."""
    decide(desk.database, Verdict(add_candidate(), Judgement.ACCEPT, "ana"), NOW)
    promote_accepted(desk.database, NOW)
    check(desk.database, NOW, Terms("dora"))
    assert "Nothing looks wrong" in dora.get("/findings").text
    publish(desk.database, "1.0", tmp_path / "release", NOW, Terms("dataset-1"))
    text = dora.get("/findings").text.partition('id="releases"')[2]
    assert '<th scope="row">1.0</th>' in text
    assert "<bdi>dataset-1</bdi>" in text


@pytest.mark.parametrize(("scheme", "width"), [("light", 400), ("dark", 1280)])
def test_warnings_are_signed_off_in_a_browser(
    browser: Browser, desk: Any, records: list[str], scheme: Any, width: int
) -> None:
    """Checked by the button, ticked, signed off with a reason; nothing for axe, nothing wider than the screen."""
    add_user(desk.database, "ana", UserRole.DATASET, PASSWORD, Stamp(desk.now))
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 850})
    page = context.new_page()
    complaints = watch(page)
    enter(page, desk.url)
    page.goto(f"{desk.url}/findings")
    page.get_by_role("button", name="Check now").click()
    expect(page.get_by_role("row").filter(has_text=records[1]).filter(has_text="no host country")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    shoot(page, f"findings-{scheme}-{width}")
    page.get_by_role("checkbox", name=re.compile("no party")).check()
    page.get_by_label("Why they may be published").fill("the state builds it")
    page.get_by_role("button", name="Sign off what is ticked").click()
    expect(page.get_by_text("the state builds it")).to_be_visible()
    assert violations(page) == []
    assert complaints == []
