"""offing reader, and what run and doctor say of the second reader; keys show nowhere."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from site_runner import Shell, site_in

from offing.store.database.engine import open_database
from offing.store.tables import metadata
from second.chat_server import Chat, Sent, chat_server, completed
from second.said import project
from services.second_reader.desk import Desk

KEY = "sk-very-secret-key-of-ours"
SEEN = {
    "countries": [{"value": "KEN", "quote": "in Kenya"}],
    "firms": [{"name": "Huawei", "role": "contractor", "quote": "Huawei has signed a contract"}],
}


@pytest.fixture
def chat() -> Iterator[Chat]:
    """A chat endpoint."""
    with chat_server() as found:
        yield found


@pytest.fixture
def shell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sqlite_template: Path) -> Iterator[Shell]:
    """A shell in a new site."""
    with site_in(tmp_path, monkeypatch, sqlite_template) as found:
        yield found


def turn_on(shell: Shell, chat: Chat, further: str = "") -> None:
    """Let the site have a second reader."""
    text = f'[reader]\non = true\nendpoint = "{chat.url}"\nmodel = "tiny"\nprivate = true\n{further}'
    (shell.folder / "config" / "reader.toml").write_text(text)


def test_it_is_off_unless_it_is_turned_on(shell: Shell) -> None:
    """Said in one line; doctor has nothing against it."""
    assert "no second reader is turned on" in shell.refused("reader", "show")
    assert "  second reader: off\n" in shell.run("doctor").output


def test_a_slip_is_reported_with_its_line(shell: Shell, chat: Chat) -> None:
    """By config check as for every other file."""
    turn_on(shell, chat, "modle = 1\n")
    output = shell.run("config", "check").output
    assert "reader.toml:6" in output
    assert "did you mean 'model'" in output


def test_a_run_reads_and_says_what_that_took(shell: Shell, chat: Chat) -> None:
    """In the tally, for people and machines, and in what `offing reader show` says."""
    turn_on(shell, chat)
    database = open_database(f"sqlite:///{shell.folder / 'offing.db'}")
    Desk(database, chat.url).candidate(0.9)
    found = json.loads(shell.run("propose", "--json").stdout)["second_reader"]
    assert (found["model"], found["read"], found["spending"]["asked"]) == ("tiny", 1, 1)
    assert found["left"] == [499_850, None]
    assert "second reader" not in shell.run("propose").output.splitlines()[0]
    told = shell.call("reader", "show")
    assert "today: 1 request, 0 from the cache, 0 failed, 0 values discarded, 150 tokens, 0.0000 USD" in told
    assert "499,850 tokens left" in told
    assert "articles: 1 read, 0 waiting, 0 given up" in told
    database.close()


def test_the_card_shows_where_it_differs(shell: Shell, chat: Chat) -> None:
    """In the terminal and as JSON, each value with its quote; ours stays ours."""
    turn_on(shell, chat)
    database = open_database(f"sqlite:///{shell.folder / 'offing.db'}")
    Desk(database, chat.url).candidate(0.9)
    chat.says(project(status={"value": "approved", "quote": "the minister said"}))
    shell.call("propose")
    shown = " ".join(shell.call("queue", "show", "1").split())
    assert "second reader tiny" in shown
    assert "status: not signed, but approved “the minister said”" in shown
    found = shell.json("queue", "show", "1", "--json")
    (status,) = [each for each in found["second_reader"]["doubts"] if each["field"] == "status"]
    assert (status["ours"][0]["typed"], status["theirs"][0]["proof"]["text"]) == ("signed", "the minister said")
    assert found["status"] == "signed"
    database.close()


def test_trouble_is_one_line_and_the_run_ends_well(shell: Shell, chat: Chat) -> None:
    """Exit code 0: no work of ours failed; what was given up is asked about anew on request."""
    turn_on(shell, chat, "tries = 1\n")
    chat.sends(Sent(status=500))
    database = open_database(f"sqlite:///{shell.folder / 'offing.db'}")
    Desk(database, chat.url).candidate(0.9)
    done = shell.run("propose")
    assert done.exit_code == 0
    (line,) = [line for line in done.output.splitlines() if line.startswith("! second reader")]
    cause = "the server answered 500 (Internal Server Error)"
    assert (
        line
        == f"! second reader at 127.0.0.1: articles given up after 1 tries: 1; the last: {cause} (offing reader again)"
    )
    assert "given up by the second reader: 1:" in shell.run("doctor").output
    assert "1 article will be retried" in shell.call("reader", "again")
    database.close()


def test_check_asks_one_question(shell: Shell, chat: Chat) -> None:
    """Whether the answer can be used, what it took; what is wrong in words, and exit code 1."""
    turn_on(shell, chat)
    chat.says(SEEN)
    assert "works" in shell.call("reader", "check")
    for sent, said in (
        (completed("no"), "not a JSON object"),
        (Sent(status=401), "look at endpoint, model and key"),
        (completed({"projects": []}), "does not see"),
    ):
        chat.sends(sent)
        done = shell.run("reader", "check")
        assert (done.exit_code, said in done.output) == (1, True)


@pytest.mark.parametrize("source", ["environment", "credentials"])
def test_a_key_is_sent_and_shows_nowhere(
    shell: Shell, chat: Chat, source: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the environment or from the file that only its owner reads; never in output, log, tally or database."""
    turn_on(shell, chat, f'key = "{source}"\n')
    assert "has no key" in shell.refused("propose")
    assert "has no key" in shell.run("doctor").output
    if source == "environment":
        monkeypatch.setenv("OFFING_READER_KEY", KEY)
    else:
        kept = shell.folder / "config" / "credentials.toml"
        kept.write_text(f'[[keep]]\nhost = "{chat.place}"\nheader = "Authorization"\nvalue = "Bearer {KEY}"\n')
        kept.chmod(0o600)
    database = open_database(f"sqlite:///{shell.folder / 'offing.db'}")
    Desk(database, chat.url).candidate(0.9)
    chat.answer = lambda _: Sent(f"you sent {KEY}".encode(), status=403)
    shown = shell.run("propose", "--json").output + shell.run("doctor").output + shell.run("reader", "check").output
    assert chat.headers[0]["authorization"] == f"Bearer {KEY}"
    with database.read() as conn:
        stored = str([conn.execute(sa.select(table)).all() for table in metadata.tables.values()])
    log = (shell.folder / "offing.log").read_text()
    assert KEY not in shown + stored + log
    database.close()
