"""Whatever is stored, nothing of it ever runs: a corpus of payloads in every field, on every page, feed and list."""

from __future__ import annotations

from decimal import Decimal
from typing import Any
from urllib.parse import quote

import feedparser
import httpx2
import pytest
import sqlalchemy as sa
from playwright.sync_api import Browser, Page

from offing.model.operation.activity import Activity, ActivityKind, Stamp
from offing.model.operation.user import UserRole
from offing.model.pairs.matching import Relation
from offing.model.projects.project import (
    Amount,
    EventDate,
    Firm,
    Lender,
    ProjectFacts,
    ReportedEvent,
    SizedBy,
    StatedConcern,
)
from offing.model.reading.evidence import FieldName
from offing.model.reading.mention import MentionKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.review.mute import Mute
from offing.model.review.queue import QueueFilter
from offing.model.sources.feed import FeedSpec, FeedState, PollOutcome
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import AmountKind, Concern, EventKind, Role, Verb
from offing.services.accounts.sessions import make_token
from offing.services.accounts.users import add_user
from offing.services.records.promote import promote_accepted
from offing.services.review.adding import Pasted, add_text
from offing.services.review.decisions import decide
from offing.services.review.queue import save
from offing.store import tables
from offing.store.accounts.activity import note
from offing.store.candidates.mute import add_mute
from offing.store.feeds.feed import add_feeds
from web.conftest import NOW, PASSWORD, AddCandidate, Desk
from web.test_access import IDS, ROUTES
from web.test_browser import enter, watch

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea></title></mark><svg onload=alert(1)>",
    "' autofocus onfocus='alert(1)",
    "javascript:alert(1)",
    "{{7*7}}{% raw %}${7*7}",
)
# What a page must not have, whatever it shows: scripts of others, handlers, addresses that run, frames.
INTRUDERS = """() => [...document.querySelectorAll("*")].filter((each) =>
  each.matches("main script, img[src='x'], svg[onload], iframe, object, embed, base") ||
  [...each.attributes].some((one) => /^on/i.test(one.name) ||
    (/^(href|src|action|formaction)$/i.test(one.name) && /^\\s*(javascript|data):/i.test(one.value)))
).map((each) => each.outerHTML)"""
# What answers programs and pictures, and what is left by its own test: links that log in.
NO_PAGES = {"/login", "/login/link", "/session", "/metrics", "/", "/projects/land.svg"}


def hostile_facts(payload: str) -> ProjectFacts:
    """A record with a payload wherever free text stands."""
    return ProjectFacts(
        title=payload,
        countries=(payload[:60],),
        firms=(Firm(payload, payload, Role.CONTRACTOR, payload),),
        lenders=(Lender(payload, payload, payload),),
        amounts=(Amount(Decimal(5), payload[:40], AmountKind.LOAN, payload, payload),),
        counterparts=(payload,),
        concerns=(StatedConcern(Concern.FAILURE, payload),),
        quantities=(SizedBy(Decimal(5), payload, payload),),
        places=(payload,),
        event_date=EventDate("2026-03", payload),
        events=(ReportedEvent(EventKind.AUDIT, payload),),
    )


@pytest.fixture
def planted(desk: Desk, add_candidate: AddCandidate) -> list[str]:
    """A site whose every text is a payload; the ids of its project records."""
    for payload in PAYLOADS:
        add_candidate(
            title=payload,
            paragraphs=(f"{payload} says {payload}.",),
            facts=hostile_facts(payload),
            quotes=tuple((field, payload, payload) for field in FieldName),
            mentions=((MentionKind.FIRM, payload, payload, payload + "x"), (MentionKind.COUNTRY, payload, payload, "")),
            url=payload,
            outlet=payload,
            language=payload[:10],
            reason=payload,
        )
    for number, payload in enumerate(PAYLOADS[:3], 1):
        verdicts = (
            Verdict(number, Judgement.ACCEPT, payload, payload, {"places": PAYLOADS[2]}),
            Verdict(number + 3, Judgement.REJECT, payload, payload),
        )
        for verdict in verdicts:
            decide(desk.database, verdict, desk.now)
    records = [each.project_id for each in promote_accepted(desk.database, desk.now)]
    for payload in PAYLOADS:
        add_candidate(title=payload, facts=hostile_facts(payload), paragraphs=(payload,), quotes=(), url=f"{payload}#2")
    decide(desk.database, Verdict(9, Judgement.DEFER, PAYLOADS[1], PAYLOADS[0], {"places": PAYLOADS[2]}), desk.now)
    _beside(desk)
    _sources(desk)
    return records


def _beside(desk: Desk) -> None:
    """What stands beside candidates: people, filters, mutes, a known project, activity, what was added."""
    add_user(desk.database, "ana", UserRole.CURATOR, PASSWORD, Stamp(desk.now))
    for number, payload in enumerate(PAYLOADS):
        save(desk.database, "ana", payload[:50], QueueFilter(text=payload), desk.now)
        add_text(
            desk.database,
            Pasted(f"It says {payload}", f"It says {payload}", f"https://a.example/{number}?{quote(payload)}"),
            "ana",
            NOW,
        )
        known = {"source": "aid", "key": str(number), "facts": to_plain(hostile_facts(payload)), "digest": "x"}
        pair = {"candidate_id": 7, "relation": Relation.SAME, "score": 0.91, "reasons": [payload], "at": NOW}
        with desk.database.write() as conn:
            add_mute(conn, Mute(MentionKind.FIRM, payload, payload, payload, payload), payload, NOW, payload)
            note(conn, Activity(NOW, ActivityKind.EXPORT, payload, payload, 1, payload))
            conn.execute(sa.insert(tables.known_project).values(**known, description=payload, imported_at=NOW))
            conn.execute(sa.insert(tables.pair).values(**pair, target=f"known:aid:{number}"))


def _sources(desk: Desk) -> None:
    """Feeds in trouble, and runs and items that failed."""
    specs = [FeedSpec(f"https://{n}.example/{quote(p)}", p, language=p[:10]) for n, p in enumerate(PAYLOADS)]
    with desk.database.write() as conn:
        add_feeds(conn, specs, NOW, PAYLOADS[0])
        for number, payload in enumerate(PAYLOADS):
            bad = {"state": FeedState.BLOCKED, "outcome": PollOutcome.BLOCKED, "cause": payload, "next_step": payload}
            conn.execute(tables.feed.update().where(tables.feed.c.id == number + 1).values(**bad))
            run = {"pipeline": payload[:40], "host": payload, "process": 1, "started_at": NOW, "ended_at": NOW}
            conn.execute(sa.insert(tables.run).values(**run, exit_code=1))
            work = {"verb": Verb.PROPOSE, "item_id": number + 1, "due_at": NOW, "quarantined_at": NOW}
            conn.execute(sa.insert(tables.work).values(**work, fault=payload[:40], reason=payload))


def addresses(records: list[str]) -> dict[str, list[str]]:
    """For each page of the app by its route, the addresses at which it shows what was planted."""
    told = quote(PAYLOADS[0])
    found = {
        "/queue": ["/queue", "/queue?view=all", "/queue?view=deferred", f"/queue?q={told}&view=all"],
        "/candidate/{candidate_id}": [f"/candidate/{number}" for number in range(1, 13)],
        "/projects": ["/projects", f"/projects?text={told}"],
        "/projects/{project_id}": [f"/projects/{each}" for each in records],
        "/projects/{project_id}/change": [f"/projects/{each}/change?what=withdraw&reason={told}" for each in records],
        "/queue/values/{facet}": [f"/queue/values/{each}?view=all" for each in ("firm", "lender", "source")],
        "/decisions": ["/decisions", f"/decisions?by={told}"],
        "/digest/{day}": [f"/digest/{NOW:%Y-%m-%d}"],
        "/people": ["/people", f"/people?by={told}"],
        "/mute": [f"/mute?candidate=7&kind=firm&key={quote(PAYLOADS[0])}"],
        "/candidates/{candidate_id}": ["/candidates/7"],
    }
    for method, path in ROUTES:
        if method == "GET" and path not in NO_PAGES and not _for_programs(path):
            found.setdefault(path, [path])
    return found


def _for_programs(path: str) -> bool:
    return path.startswith(("/api/", "/lists/")) or "/download." in path or path.endswith((".atom", "/alike"))


def test_nothing_stored_ever_runs(browser: Browser, desk: Desk, planted: list[str]) -> None:
    """Payloads in every field, quote, outlet, name, reason and decision: text on each page that the app has."""
    page = browser.new_context(viewport={"width": 1280, "height": 850}).new_page()
    complaints = watch(page)
    enter(page, desk.url)
    for all_of_them in addresses(planted).values():
        for address in all_of_them:
            answer = page.goto(desk.url + address)
            assert answer, address
            assert answer.status in (200, 404), address  # a firm that is not in any article cannot be muted
            assert page.evaluate(INTRUDERS) == [], address
    assert [each for each in complaints if "404" not in each] == []
    page.context.close()


def test_nothing_runs_in_menus_and_lists(browser: Browser, desk: Desk, planted: list[str]) -> None:
    """What scripts put into a page they put there as text: glosses, the picker, lists to complete from."""
    assert planted
    page = browser.new_context(viewport={"width": 1280, "height": 850}).new_page()
    complaints = watch(page)
    enter(page, desk.url)
    for number in range(7, 9):
        page.goto(f"{desk.url}/candidate/{number}")
        for key in ("f", "g", "s"):
            page.keyboard.press(key)
        page.fill("[data-search]", "says")
        page.locator(".hits li").first.wait_for()
        assert page.evaluate(INTRUDERS) == []
        page.keyboard.press("Escape")
        _complete(page, "holding")
        assert page.evaluate(INTRUDERS) == []
    assert complaints == []
    page.context.close()


def _complete(page: Page, typed: str) -> None:
    """Type into the field of firms until its list stands there."""
    page.locator("#field-firms summary").click()
    page.locator("[name='edit.firms']").fill(typed)
    page.locator("#field-firms .offers li").first.wait_for()


@pytest.fixture
def program(desk: Desk) -> httpx2.Client:
    """A client with a token."""
    client = desk.client()
    client.headers["Authorization"] = f"Bearer {make_token(desk.database, 'ana', Stamp(NOW))}"
    return client


def test_what_programs_get_is_no_page(desk: Desk, planted: list[str], program: Any) -> None:
    """JSON says that it is JSON and is not to be guessed at; feeds carry payloads as text."""
    paths = [path for method, path in ROUTES if method == "GET" and path.startswith("/api/")]
    for path in paths:
        answer = program.get(IDS.sub(planted[0] if "project" in path else "7", path))
        assert answer.status_code == 200, path
        assert answer.headers["content-type"].startswith("application/json"), path
        assert answer.headers["x-content-type-options"] == "nosniff"
    for path in ("/queue.atom", "/problems.atom"):
        answer = program.get(path)
        assert answer.headers["content-type"].startswith("application/atom+xml")
        assert b"<script" not in answer.content
        assert b"<svg" not in answer.content
        assert feedparser.parse(answer.content).bozo is False
