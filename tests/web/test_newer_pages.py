"""The pages beside the queue, for everybody: nothing for axe to find, no sideways scrolling on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.reading.mention import MentionKind
from offing.model.review.decision import Judgement, Verdict
from offing.services.accounts.users import add_user
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from web.conftest import NOW, PASSWORD
from web.test_browser import enter, shoot, violations, watch

PATHS = (
    *(
        "/projects",
        "/projects/{project}",
        "/projects/{project}/trace/firms",
        "/decisions",
        "/dashboard",
        "/digest/2026-03-04",
        "/add",
        "/mutes",
    ),
    *(
        "/mute?candidate=1&kind=firm&key=huawei",
        "/sources",
        "/findings",
        "/second",
        "/people",
        "/queue?view=decided",
        "/candidate/2",
    ),
)


@pytest.fixture
def recorded(desk: Any, add_candidate: Any, feeds: None) -> str:
    """One candidate that is accepted with corrections and one that waits; the record's id."""
    for _ in range(2):
        add_candidate(mentions=((MentionKind.FIRM, "Huawei", "huawei", "Huawei"),))
    edits = {"status": "completed", "firms": "Huawei:supplier; ZTE"}
    decide(desk.database, Verdict(2, Judgement.ACCEPT, "bo", "a remark", edits), NOW)
    return next(each.project_id for each in promote_accepted(desk.database, NOW))


@pytest.fixture
def reader(browser: Browser, desk: Any, recorded: str, look: tuple[Any, int]) -> Iterator[Page]:
    """A page of somebody who may see everything."""
    add_user(desk.database, "ana", UserRole.CURATOR, PASSWORD, Stamp(desk.now))
    scheme, width = look
    context = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 850})
    page = context.new_page()
    enter(page, desk.url)
    yield page
    context.close()


@pytest.mark.slow
@pytest.mark.parametrize("look", [("light", 400), ("dark", 1280)], ids=["telephone", "dark"])
def test_newer_pages_are_whole(reader: Page, desk: Any, recorded: str, look: tuple[Any, int]) -> None:
    """Each page answers, complains of nothing, and stays within the screen."""
    scheme, width = look
    complaints = watch(reader)
    faults: list[str] = []
    for path in PATHS:
        answer = reader.goto(desk.url + path.format(project=recorded))
        assert answer
        shoot(reader, f"{path.strip('/').partition('?')[0].replace('/', '-')}-{scheme}-{width}")
        wide = reader.evaluate("document.documentElement.scrollWidth")
        faults += [f"{path}: {answer.status}"] if answer.status != 200 else []
        faults += [f"{path}: {wide} wide"] if wide > width else []
        faults += [f"{path}: {each}" for each in violations(reader)]
    assert not faults, "\n".join(faults)
    assert complaints == []
