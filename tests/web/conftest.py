"""A web app on a real server with a queue, an account and a clock that the test holds."""

from __future__ import annotations

import asyncio
import hashlib
import itertools
import re
import shutil
import threading
import time
from asyncio import AbstractEventLoop
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import httpx2
import pytest
import sqlalchemy as sa
from argon2 import PasswordHasher
from playwright.sync_api import Browser, sync_playwright

from offing.model.operation.activity import Stamp
from offing.model.operation.user import UserRole
from offing.model.projects.project import Amount, Firm, ProjectFacts
from offing.model.reading.actor import ActorFact, FactKind
from offing.model.reading.evidence import Evidence, FieldName
from offing.model.reading.mention import DatePoint, DatePrecision, Mention, MentionKind
from offing.model.reading.rules import Entity, EntityKind
from offing.model.review.candidate import CandidateKind, CandidateState, Reason
from offing.model.sources.article import article_text
from offing.model.sources.feed import FeedSpec, FeedState, PollOutcome
from offing.model.values.codec import to_plain
from offing.model.values.vocabulary import AmountKind, Role, Sector, Speaker, Status
from offing.services.accounts import users
from offing.services.accounts.sessions import log_in_by_link, make_link
from offing.services.accounts.users import add_user
from offing.services.views.actors import register
from offing.store import tables
from offing.store.articles.article import save_mentions
from offing.store.candidates.index import reindex
from offing.store.database.engine import Database, open_database
from offing.store.feeds.feed import add_feeds
from offing.web.access import Place
from offing.web.serve import WebServer, make_server

KNOWN = register(
    {
        "huawei": Entity("huawei", "Huawei", EntityKind.FIRM, "", "holding"),
        "holding": Entity("holding", "Huawei <Holding>", EntityKind.FIRM),
    },
    [
        ActorFact(
            "huawei", FactKind.OWNER, "private", "Annual report", DatePoint(date(2023, 12, 31), DatePrecision.DAY)
        ),
        ActorFact(
            "holding", FactKind.MEASURE, "US <b>list</b>", "Register", DatePoint(date(2019, 1, 1), DatePrecision.YEAR)
        ),
    ],
)
PASSWORD = "harbour light at noon"
NOW = datetime(2026, 3, 4, 7, 30, tzinfo=UTC)
PARAGRAPHS = (
    "Kenya's ICT Authority signed a contract with Huawei worth $172.5 million on Monday, officials said.",
    "The data centre at Konza will be built within 18 months. Residents asked who will hold the data.",
)


@dataclass
class Desk:
    """A running web app and what stands behind it."""

    database: Database
    server: WebServer
    now: datetime = NOW
    clients: list[httpx2.Client] = field(default_factory=list)
    ticks: Callable[[], float] = field(default_factory=lambda: itertools.count().__next__)
    """What tells the age of a page: each time that it is asked a second later, unless a test wants otherwise."""

    @property
    def url(self) -> str:
        """Its address."""
        return self.server.address

    def client(self) -> httpx2.Client:
        """A client without log-in that follows nothing."""
        made = httpx2.Client(base_url=self.url, timeout=30, follow_redirects=False, trust_env=False, verify=False)
        self.clients.append(made)
        return made

    def log_in(self, client: httpx2.Client, name: str, password: str = PASSWORD, **more: str) -> httpx2.Response:
        """Send the log-in form as a browser would."""
        form = client.get("/login", params={"next": more.pop("next", "/queue")})
        fields = dict(re.findall(r'name="(csrf|next)" value="([^"]*)"', form.text))
        return client.post("/login", data={**fields, "name": name, "password": password, **more}, headers=self.same)

    def as_(self, role: UserRole) -> httpx2.Client:
        """A client logged in with a role, by a link: hashing passwords takes long."""
        client, stamp = self.client(), Stamp(self.now)
        name = add_user(self.database, f"{role}-{len(self.clients)}", role, None, stamp).name
        token = log_in_by_link(self.database, make_link(self.database, name, stamp), self.now)
        assert token
        client.cookies.set("offing", token, domain="127.0.0.1")
        return client

    @property
    def same(self) -> dict[str, str]:
        """What a browser says of a form that came from the site itself."""
        return {"Origin": self.url, "Sec-Fetch-Site": "same-origin"}


FLAGS = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]


@pytest.fixture(scope="session")
def chromium() -> Iterator[tuple[Browser, AbstractEventLoop]]:
    """Debian's Chromium, headless, for all tests of this process, and the loop of asyncio behind it."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium on this machine")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        loop = asyncio.get_running_loop()
        asyncio._set_running_loop(None)
        yield started, loop
        asyncio._set_running_loop(loop)
        started.close()


IN_THE_QUICK_SUITE = {"test_morning.py", "test_one_keystroke.py"}
"""Where a browser shows what an analyst does all day; in other modules its tests are slow ones."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count tests that need the browser as slow; starting it and drawing pages is most of their time."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()) and item.path.name not in IN_THE_QUICK_SUITE:
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def browser(chromium: tuple[Browser, AbstractEventLoop]) -> Iterator[Browser]:
    """The browser, with nothing open.

    Its loop counts as running in this thread as long as the browser is there, beside which no other test could run one.
    It turns only while the browser is asked something, though, so that it counts only in tests that have the browser.
    """
    started, loop = chromium
    asyncio._set_running_loop(loop)
    yield started
    for context in started.contexts:
        context.close()
    asyncio._set_running_loop(None)


@pytest.fixture(scope="module")
def server() -> Iterator[WebServer]:
    """A server of the web app with nothing to show yet; starting and stopping one takes as long as most tests."""
    nothing = open_database("sqlite://")
    made = make_server(Place(nothing), "127.0.0.1", 0)
    thread = threading.Thread(target=made.run, daemon=True)
    thread.start()
    while not made.started:
        assert thread.is_alive()
        time.sleep(0.01)
    yield made
    made.should_exit = True
    thread.join(10)
    assert not thread.is_alive()
    nothing.close()


@pytest.fixture
def cheap_passwords(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Passwords hashed in no time: what a log-in does is the same, and argon2id is made to take long."""
    monkeypatch.setattr(users, "_hasher", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    users.nobodys_hash.cache_clear()
    yield
    users.nobodys_hash.cache_clear()


@pytest.fixture
def desk(sqlite_database: Database, server: WebServer, cheap_passwords: None) -> Iterator[Desk]:
    """A web app on an empty database."""
    made = Desk(sqlite_database, server)
    state = server.config.app.state
    state.place = Place(sqlite_database, lambda: made.now, KNOWN, ticks=lambda: made.ticks())  # noqa: PLW0108 -- later ones too
    state.throttle = None
    yield made
    for client in made.clients:
        client.close()


AddCandidate = Callable[..., int]


@pytest.fixture
def add_candidate(sqlite_database: Database) -> AddCandidate:
    """A function that stores a candidate with one article; its id."""

    def add(**values: object) -> int:
        with sqlite_database.write() as conn:
            return _add(conn, **values)

    return add


def _add(
    conn: sa.Connection,
    *,
    title: str = "Kenya signs for a data centre at Konza",
    paragraphs: tuple[str, ...] = PARAGRAPHS,
    quotes: tuple[tuple[FieldName, str, str], ...] | None = None,
    score: float = 0.93,
    facts: ProjectFacts | None = None,
    url: str = "",
    outlet: str = "The Nairobi Ledger",
    language: str = "en",
    kind: CandidateKind = CandidateKind.NEW,
    reason: str = "names a Chinese firm",
    mentions: tuple[tuple[MentionKind, str, str, str], ...] = (),
) -> int:
    number = int(conn.execute(sa.select(sa.func.count()).select_from(tables.candidate)).scalar_one()) + 1
    url = url or f"https://ledger.example/{number}"
    article_id = _add_article(conn, title, paragraphs, (url, outlet, language, number))
    story = tables.story.insert().values(first_at=NOW, last_at=NOW).returning(tables.story.c.id)
    story_id = conn.execute(story).scalar_one()
    facts = facts if facts is not None else kenya()
    plain = to_plain(facts)
    row = {"story_id": story_id, "article_id": article_id, "ordinal": 0, "facts": plain, "score": score}
    told = tables.story_article.insert().values(row).returning(tables.story_article.c.id)
    telling_id = conn.execute(told).scalar_one()
    reasons = (
        Reason("firm", 2.5, reason),
        Reason("signed", 1.25, "says that it was signed"),
        Reason("old", -0.5, "is short"),
    )
    candidate = {
        "story_id": story_id,
        "kind": kind,
        "state": CandidateState.OPEN,
        "facts": plain,
        "reasons": to_plain(reasons, tuple[Reason, ...]),
        "score": score,
        "above_cut": True,
        "created_at": NOW,
        "version": 1,
    }
    made: int = conn.execute(tables.candidate.insert().values(candidate).returning(tables.candidate.c.id)).scalar_one()
    text = article_text(title, paragraphs)
    for name, value, quote in KENYA_QUOTES if quotes is None else quotes:
        start = text.index(quote)
        found = Evidence(name, value, article_id, start, start + len(quote), quote, Speaker.HOST_OFFICIAL)
        conn.execute(tables.evidence.insert().values(**_evidence_row(found), candidate_id=made, telling_id=telling_id))
    known = (Mention(k, text.index(t), text.index(t) + len(t), t, key, name) for k, t, key, name in mentions)
    save_mentions(conn, article_id, tuple(known))
    reindex(conn, made)
    return made


KENYA_QUOTES = (
    (FieldName.COUNTRIES, "KEN", "Kenya's ICT Authority"),
    (FieldName.FIRMS, "Huawei", "contract with Huawei"),
    (FieldName.AMOUNTS, "172500000 USD", "$172.5 million"),
    (FieldName.STATUS, "signed", "signed a contract with Huawei"),
    (FieldName.SECTOR, "data-centre-cloud", "data centre at Konza will be built"),
)


def kenya() -> ProjectFacts:
    """The facts of the usual article."""
    return ProjectFacts(
        title="Data centre at Konza",
        countries=("KEN",),
        firms=(Firm("Huawei", "Huawei", Role.CONTRACTOR, "huawei"),),
        amounts=(Amount(Decimal(172_500_000), "USD", AmountKind.CONTRACT, "$172.5 million"),),
        sector=Sector.DATA_CENTRE_CLOUD,
        status=Status.SIGNED,
        counterparts=("ICT Authority",),
    )


def _evidence_row(found: Evidence) -> dict[str, object]:
    names = ("field", "value", "article_id", "start", "end", "speaker")
    return {**{name: getattr(found, name) for name in names}, "quote": found.text}


def _add_article(
    conn: sa.Connection, title: str, paragraphs: tuple[str, ...], source: tuple[str, str, str, int]
) -> int:
    url, outlet, language, number = source
    digest = hashlib.sha256(str(number).encode()).hexdigest()
    conn.execute(tables.body.insert().values(sha256=digest, packed=b""))
    entry = tables.entry.insert().values(entry_key=digest, url=url, url_key=f"key-{number}", seen_at=NOW)
    entry_id = conn.execute(entry.returning(tables.entry.c.id)).scalar_one()
    page = {
        "entry_id": entry_id,
        "url": url,
        "final_url": url,
        "final_url_key": f"key-{number}",
        "status": 200,
        "headers": {},
        "sha256": digest,
        "fetched_at": NOW,
    }
    page_id = conn.execute(tables.page.insert().values(page).returning(tables.page.c.id)).scalar_one()
    article = {
        "page_id": page_id,
        "url": url,
        "url_key": f"key-{number}",
        "title": title,
        "paragraphs": list(paragraphs),
        "language": language,
        "published": NOW - timedelta(hours=5),
        "outlet": outlet,
        "domain": "ledger.example",
        "cut": False,
        "text_hash": digest,
        "extracted_at": NOW,
    }
    made: int = conn.execute(tables.article.insert().values(article).returning(tables.article.c.id)).scalar_one()
    return made


@pytest.fixture
def feeds(sqlite_database: Database) -> None:
    """Two feeds, one of them in trouble, and a run that has ended."""
    specs = [
        FeedSpec("https://ledger.example/feed", "The Nairobi Ledger", country="KEN", language="en"),
        FeedSpec("https://gazette.example/feed", "<i>Gazette</i>", country="ETH"),
    ]
    bad = {
        "state": FeedState.BLOCKED,
        "outcome": PollOutcome.BLOCKED,
        "cause": "it answers 403",
        "next_step": "ask them",
    }
    with sqlite_database.write() as conn:
        add_feeds(conn, specs, NOW, "test")
        conn.execute(tables.feed.update().where(tables.feed.c.url.contains("gazette")).values(bad))
        conn.execute(tables.run.insert().values(pipeline="hourly", host="h", process=1, started_at=NOW, ended_at=NOW))
