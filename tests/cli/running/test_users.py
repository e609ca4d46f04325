"""`offing users` and `offing web` as commands."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest
from site_runner import ended as offing

from offing.store.database.engine import Database

PASSWORD = "harbour light at noon"


@pytest.fixture
def site(sqlite_database: Database, tmp_path: Path) -> Path:
    """A folder with a database."""
    sqlite_database.close()
    return tmp_path


def test_an_account_is_made_listed_reset_and_shut(site: Path) -> None:
    """Its whole life; neither password nor hash is ever shown."""
    empty = offing(site, "users", "list")
    assert "offing users add" in empty.stdout
    added = offing(site, "users", "add", "Ana", "--role", "analyst", "--password-stdin", stdin=f"{PASSWORD}\n")
    assert (added.returncode, added.stderr) == (0, "")
    assert "created account ana with role analyst" in added.stdout
    reset = offing(site, "users", "reset", "ana", "--password-stdin", stdin="another harbour light\n")
    assert "new password" in reset.stdout
    assert offing(site, "users", "disable", "ana").returncode == 0
    listed = offing(site, "users", "list", "--json")
    (only,) = json.loads(listed.stdout)
    assert (only["name"], only["role"], only["disabled"]) == ("ana", "analyst", True)
    assert set(only) == {"name", "role", "disabled", "created_at", "token_used_at"}
    assert "disabled" in offing(site, "users", "list").stdout
    assert "can log in again" in offing(site, "users", "enable", "ana").stdout
    told = json.loads(offing(site, "users", "activity", "--json").stdout)
    assert [done["about"] for done in told] == ["ana enabled", "ana disabled", "ana reset", "ana added as analyst"]
    assert {done["action"] for done in told} == {"user-changed"}
    assert all(done["by"] for done in told)
    assert "ana added as analyst" in offing(site, "users", "activity", "--action", "user-changed").stdout


def test_links_and_tokens_are_shown_once(site: Path) -> None:
    """A link has the address asked for; a token stands alone on stdout, and the list tells that there is one."""
    offing(site, "users", "add", "ana", "--role", "viewer", "--no-password")
    link = offing(site, "users", "link", "ana", "--at", "https://queue.example.org/")
    assert re.fullmatch(r"https://queue\.example\.org/login/link\?key=[\w-]{43}\n", link.stdout)
    token = offing(site, "users", "token", "ana")
    assert re.fullmatch(r"[\w-]{43}\n", token.stdout)
    assert "not be shown again" in token.stderr
    assert "has a token" in offing(site, "users", "list").stdout
    for secret in (link.stdout.split("=")[1].strip(), token.stdout.strip()):
        assert secret not in (site / "offing.db").read_bytes().decode("latin-1")
    assert "revoked the token of ana" in offing(site, "users", "token", "ana", "--withdraw").stdout
    assert "has no token" in offing(site, "users", "token", "ana", "--withdraw").stdout


def test_agreement_and_activity_say_when_there_is_nothing(site: Path) -> None:
    """In words for people, with figures for programs."""
    assert "5% of decided candidates" in offing(site, "users", "agreement").stdout
    told = json.loads(offing(site, "users", "agreement", "--json").stdout)
    assert (told["pairs"], told["judgement"]["kappa"], told["differing"]) == (0, None, [])
    assert "no activity in the last 7 days" in offing(site, "users", "activity").stdout


@pytest.mark.parametrize(
    ("words", "stdin", "said"),
    [
        (("add", "ana", "--role", "analyst", "--password-stdin"), "short\n", "12 to 1024"),
        (("add", "ana", "--role", "analyst"), "", "--password-stdin"),
        (("add", "ana", "--role", "king", "--password-stdin"), PASSWORD, "curator"),
        (("add", "a b", "--role", "ops", "--password-stdin"), PASSWORD, "not a user name"),
        (("disable", "eve"), "", "offing users list"),
        (("enable", "eve"), "", "offing users list"),
        (("link", "eve"), "", "offing users list"),
        (("token", "eve"), "", "offing users list"),
        (("reset", "eve", "--password-stdin"), PASSWORD, "offing users list"),
    ],
)
def test_mistakes_are_one_clear_line(site: Path, words: tuple[str, ...], stdin: str, said: str) -> None:
    """Exit code 2, a sentence, no traceback."""
    answer = offing(site, "users", *words, stdin=stdin)
    assert answer.returncode == 2
    assert said in answer.stderr
    assert "Traceback" not in answer.stderr


@pytest.mark.parametrize("command", ["web", pytest.param("serve", marks=pytest.mark.slow)])
def test_the_web_app_serves_until_interrupted(site: Path, command: str) -> None:
    """It prints its address, warns of missing accounts, answers under its names only, and ends on an interrupt."""
    words = [sys.executable, "-u", "-m", "offing", command, "--port", "0", "--behind-proxy", "--name", "queue.test"]
    with subprocess.Popen(words, cwd=site, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        assert running.stdout
        found = re.search(r"http://127\.0\.0\.1:\d+", running.stdout.readline())
        assert found
        transport = httpx2.HTTPTransport(retries=5)
        with httpx2.Client(transport=transport, trust_env=False) as client:
            assert client.get(f"{found[0]}/healthz").json()["status"] == "ok"
            for name, status in (("queue.test", 200), ("another.test", 400)):
                assert client.get(f"{found[0]}/login", headers={"Host": name}).status_code == status
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=20)
    assert "no accounts yet" in errors
    assert "Traceback" not in errors


def test_a_taken_port_is_said(site: Path) -> None:
    """With what to do about it."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        answer = offing(site, "web", "--port", port)
    assert answer.returncode == 2
    assert "choose another --port" in answer.stderr
