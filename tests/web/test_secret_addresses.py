"""An article whose address carries a login and a key: what people and programs see of it has neither."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from click.testing import CliRunner

from offing.cli import group
from offing.cli.site import Site
from offing.model.operation.run import Stamp
from offing.model.operation.user import UserRole
from offing.model.reading.context import Context, ContextKind
from offing.model.review.decision import Judgement, Verdict
from offing.model.values.vocabulary import Verb
from offing.redaction import redact
from offing.services.records.promote import promote_accepted
from offing.services.review.decisions import decide
from offing.settings import Settings
from offing.store.candidates.context import save_context
from offing.store.runs.work import enqueue
from offing.store.tables import entry, work

PASSWORD, KEY = "hunter2-hunter2", "0123456789abcdef"
SECRETS = (PASSWORD, KEY)
MOST_PAGES = 50
ADDRESS = f"https://ana:{PASSWORD}@ledger.example/news/7?page=2&api_key={KEY}"


@pytest.fixture
def told(desk: Any, add_candidate: Any, feeds: None) -> Any:
    """Three candidates of such articles: a record, one that waits, one put off; a summit; one address in quarantine."""
    ids = [add_candidate(url=f"{ADDRESS}&n={number}") for number in range(3)]
    decide(desk.database, Verdict(ids[0], Judgement.ACCEPT, "cy"), desk.now)
    decide(desk.database, Verdict(ids[2], Judgement.DEFER, "cy"), desk.now)
    promote_accepted(desk.database, desk.now)
    with desk.database.write() as conn:
        save_context(conn, 2, Context(ContextKind.SUMMIT, (), ("KEN",), 0, 5, "Kenya"), Stamp(desk.now, "t"))
        conn.execute(sa.update(entry).values(added_by="cy"))
        enqueue(conn, Verb.FETCH, 2, desk.now)
        aside = {"quarantined_at": desk.now, "fault": "ValueError", "reason": "odd", "set_aside_by": "0"}
        conn.execute(sa.update(work).where(work.c.verb == Verb.FETCH).values(**aside))
    return desk


def pages_of(desk: Any) -> Iterator[tuple[str, str]]:
    """Pages, documents and feeds, as far as links lead, and what they say."""
    client = desk.as_(UserRole.ANALYST)
    ahead = ["/queue?view=waiting", f"/digest/{desk.now.date()}", "/queue.atom", "/problems.atom", "/projects", "/add"]
    ahead += ["/decisions", "/candidate/2/alike?q=Kenya", "/api/v1/candidates", "/api/v1/projects", "/api/v1/problems"]
    ahead += [f"/api/v1/candidates/{number}" for number in (1, 2, 3)]
    ahead += [f"/projects/{each['id']}" for each in client.get("/api/v1/projects").json()["items"]]
    seen: set[str] = set()
    while ahead and len(seen) < MOST_PAGES:
        path = ahead.pop(0)
        if path in seen or "/static" in path:
            continue
        seen.add(path)
        answer = client.get(path, follow_redirects=True)
        yield path, answer.text
        ahead += [each.replace("&amp;", "&") for each in re.findall(r'href="(/[^"#]*)', answer.text)]


def test_no_page_shows_what_an_address_carries(told: Any) -> None:
    """Pages, the interface of programs, feeds; the source stays a link, without what was hidden."""
    found = dict(pages_of(told))
    assert [path for path, text in found.items() if any(secret in text for secret in SECRETS)] == []
    assert {"/dashboard", "/sources"} <= set(found)
    assert any(path.startswith("/projects/off-") for path in found)
    assert 'href="https://ledger.example/news/7?page=2&amp;n=1"' in next(
        text for path, text in found.items() if path.startswith("/candidate/2") and "alike" not in path
    )


def test_what_a_person_adds_is_shown_without_it(told: Any) -> None:
    """The answer to the form, and the list of what was added."""
    client = told.as_(UserRole.ANALYST)
    page = client.get("/add").text
    csrf = re.findall(r'name="csrf" value="([^"]+)"', page)[0]
    typed = {"csrf": csrf, "urls": f"https://ledger.example/news/9?api_key={KEY}&n=9"}
    answer = client.post("/add/addresses", data=typed, headers=told.same)
    text = answer.text + client.get("/add").text
    assert "ledger.example" in text
    assert [secret for secret in SECRETS if secret in text] == []


COMMANDS = (
    *(("queue", "list"), ("queue", "show", "2"), ("queue", "show", "2", "--json"), ("queue", "list", "--json")),
    *(("projects", "list"), ("projects", "show", "off-2026-000001"), ("projects", "show", "off-2026-000001", "--full")),
    *(("projects", "show", "off-2026-000001", "--json"), ("stories", "show", "2"), ("stories", "show", "2", "--json")),
    *(("context", "list"), ("context", "list", "--json"), ("quarantine", "list"), ("quarantine", "list", "--json")),
    *(("quarantine", "show", "1"), ("explain", "2"), ("explain", "2", "--json"), ("drift",), ("feeds", "list")),
    *(("feeds", "show", "1"), ("feeds", "export"), ("projects", "match", "2"), ("add", f"{ADDRESS}&n=1")),
    ("stories", "list"),
)


ADDRESSED = 10  # of these commands show the address


@pytest.mark.slow
def test_no_command_and_no_file_has_it(told: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists, cards, JSON, sheets of either kind, a release, the log."""
    monkeypatch.chdir(tmp_path)
    log = tmp_path / "offing.log"
    settings = Settings(database=str(told.database.engine.url), log=str(log), user="ana")

    def run(*words: str) -> str:
        done = CliRunner().invoke(group, list(words), obj=Site(settings))
        assert "Usage:" not in done.output, done.output
        return done.output + (redact(str(done.exception)) if done.exception else "")  # as `main` tells it

    said = {words: run(*words) for words in COMMANDS}
    assert [words for words, text in said.items() if any(secret in text for secret in SECRETS)] == []
    assert sum("ledger.example/news/7" in text for text in said.values()) >= ADDRESSED
    for words in (("queue", "export", "q.csv"), ("queue", "export", "q.xlsx"), ("publish", "2026.1", "--out", "out")):
        run(*words)
    files = [path for path in tmp_path.rglob("*") if path.is_file() and not path.name.startswith("offing.db")]
    assert {"q.csv", "q.xlsx", "projects.csv"} <= {path.name for path in files}
    leaking = [path.name for path in files if any(secret.encode() in content(path) for secret in SECRETS)]
    assert leaking == []


def content(path: Path) -> bytes:
    """What a file holds; of a workbook, what its parts hold."""
    data = path.read_bytes()
    if path.suffix != ".xlsx":
        return data
    book = zipfile.ZipFile(io.BytesIO(data))
    return b"".join(book.read(name) for name in book.namelist())
