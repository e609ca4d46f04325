"""Secrets in addresses, files and variables turn up in nothing that a site writes or says."""

from __future__ import annotations

import base64
import http.server
import string
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from offing import logs, redaction
from offing.cli import group
from offing.store.database.engine import open_database
from offing.store.database.migrate import upgrade
from poll.feeds import item, rss

FEED = rss(item(1), item(2)).encode()
# Marks that mean something in addresses, headers or TOML are the ones by which parts of a secret got out.
_MARKS = string.ascii_letters + string.digits + "@:/?#%&=+\\\"'-_.~!$"


@st.composite
def secrets(draw: DrawFn) -> str:
    """A secret of 12 characters or more, with a middle that no other text has."""
    around = st.text(st.sampled_from(_MARKS), min_size=3, max_size=8)
    return f"{draw(around)}{draw(st.integers(10**8, 10**9 - 1))}{draw(around)}"


class Handler(http.server.BaseHTTPRequestHandler):
    """Serves a feed to whoever has the login or the token, and 401 with the request line to others."""

    login = token = ""

    def do_GET(self) -> None:
        """One request."""
        may = self.headers.get("Authorization") == self.login or quote(self.token, safe="") in self.path
        body = FEED if may else f"<html>no: {self.path} {self.headers.get('Authorization')}</html>".encode()
        self.send_response(404 if "robots" in self.path else 200 if may else 401)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words: object) -> None:
        """Say nothing."""


@contextmanager
def publisher(password: str, token: str) -> Iterator[str]:
    """A publisher who lets in by name and password, or by token; its host and port."""
    login = "Basic " + base64.b64encode(f"ana:{password}".encode()).decode()
    handler = type("Own", (Handler,), {"login": login, "token": token})
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


class Told:
    """Everything that a site says and writes."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.said = folder, ""

    def call(self, *words: str) -> None:
        """A command, whatever comes of it, as `main` tells it."""
        from click.testing import CliRunner

        done = CliRunner().invoke(group, list(words))
        error = done.exception
        self.said += done.output + (redaction.redact(str(error)) if error and not isinstance(error, SystemExit) else "")

    def everything(self) -> bytes:
        """What was said, and all files but the one that keeps credentials."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.name != "credentials.toml")
        return self.said.encode() + b"".join(path.read_bytes() for path in files)


def forms(secret: str) -> list[bytes]:
    """What of a secret must not be found: its middle is in each form of it but base64."""
    middle = "".join(filter(str.isdigit, secret))
    core = next(middle[at : at + 9] for at in range(len(middle) - 8) if middle[at : at + 9] in secret)
    return [core.encode(), base64.b64encode(f"ana:{secret}".encode())]


@pytest.mark.slow
@settings(
    max_examples=3,
    phases=[Phase.explicit, Phase.generate],
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(secrets(), secrets(), secrets())
def test_no_secret_gets_out(tmp_path_factory: pytest.TempPathFactory, one: str, two: str, three: str) -> None:
    """Kept apart they let in, in an address they are refused, in one of before they are moved; no output has them."""
    folder = tmp_path_factory.mktemp("site")
    with pytest.MonkeyPatch.context() as patch, publisher(one, two) as host:
        patch.setattr(redaction, "_known", set())
        patch.chdir(folder)
        patch.setenv("OFFING_ALLOWED_HOSTS", host)
        patch.setenv("OFFING_HOST_DELAY", "0")
        told = Told(folder)
        told.call("init")
        for at, secret in enumerate((one, two, three)):
            told.call("feeds", "add", f"http://ana:{quote(secret, safe='')}@{host}/{at}")
            told.call("feeds", "add", f"http://{host}/{at}?token={quote(secret, safe='')}")
            told.call("feeds", "check", f"http://ana:{secret}@{host}/{at}")
            (folder / "list.opml").write_text("")
        assert "credentials.toml" in told.said
        put_as_before(
            folder, f"http://ana:{quote(one, safe='')}@{host}/a", f"http://{host}/b?token={quote(two, safe='')}"
        )
        for words in (("feeds", "list"), ("feeds", "list", "--json"), ("doctor",), ("feeds", "export")):
            told.call(*words)
        assert "carry credentials" in told.said
        told.call("db", "upgrade")
        for words in (("run", "--json"), ("run",), ("feeds", "list", "--problems"), ("feeds", "show", "1", "--json")):
            told.call(*words)
        patch.setenv("OFFING_DATABASE", f"postgresql://ana:{three}@127.0.0.1:9/x")
        told.call("feeds", "list")
        told.call("doctor")
        logs.set_up(None)
    assert '"entries": 2' in told.said, told.said
    everything = told.everything()
    found = [form for secret in (one, two, three) for form in forms(secret) if form in everything]
    assert found == [], told.said


def put_as_before(folder: Path, *urls: str) -> None:
    """Feeds as a version of before took them, with what a run told of them."""
    from datetime import UTC, datetime

    from offing.model.sources.feed import FeedSpec
    from offing.store.feeds.feed import add_feeds

    database = open_database(f"sqlite:///{folder / 'offing.db'}")
    upgrade(database)
    with database.write() as conn:
        add_feeds(conn, [FeedSpec(url, "") for url in urls], datetime(2026, 3, 1, tzinfo=UTC), "ana")
        conn.exec_driver_sql("UPDATE feed SET cause = 'no answer of ' || url")
    database.close()
