"""`offing evaluate --reader llm`: the built-in reader, the second one, and both joined, side by side."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from eval.conftest import TESTS
from offing.cli.articles.evaluate import evaluate as command
from offing.errors import UsageError
from offing.services.second_reader import answers
from second.chat_server import Chat, Sent, chat_server, completed

FEW = 6


@pytest.fixture
def chat() -> Iterator[Chat]:
    """A chat endpoint."""
    with chat_server() as found:
        yield found


@pytest.fixture
def few(tmp_path: Path) -> Path:
    """The first articles of the gold set."""
    lines = (TESTS / "data/gold_open.jsonl").read_text(encoding="utf-8").splitlines()[:FEW]
    path = tmp_path / "gold.jsonl"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def config(tmp_path: Path, chat: Chat, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A config folder with a second reader whose answers are kept in a folder of the test's own."""
    monkeypatch.setattr(answers, "_FOLDER", tmp_path / "kept")
    folder = tmp_path / "config"
    folder.mkdir()
    text = f'[reader]\non = true\nendpoint = "{chat.url}"\nmodel = "tiny"\nprivate = true\n'
    (folder / "reader.toml").write_text(text)
    return folder


def invoke(*arguments: object) -> Any:
    """The command's result."""
    return CliRunner().invoke(command, [str(each) for each in arguments])


def knowing(few: Path, *fields: str) -> Any:
    """A server that knows what annotators wrote of an article, of some fields."""
    rows = [json.loads(line) for line in few.read_text(encoding="utf-8").splitlines()]

    def answer(request: dict[str, Any]) -> Sent:
        text = request["messages"][1]["content"]
        row = next(row for row in rows if row["paragraphs"][0] in text)
        return completed({"projects": [_told(each, fields) for each in row["projects"]]})

    return answer


def _told(gold: dict[str, Any], fields: tuple[str, ...]) -> dict[str, Any]:
    """A project as annotated, each name its own quote."""
    told: dict[str, Any] = {}
    for name in fields:
        names = [each.get("as_written") or each["name"] for each in gold[name] or []]
        told[name] = [{"name": each, "quote": each} for each in names]
    return told


def figures(few: Path, config: Path) -> dict[str, Any]:
    """What the command gives as JSON."""
    done = invoke(few, "--reader", "llm", "--config", config, "--json")
    assert done.exit_code == 0, done.output
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_a_reader_that_knows_the_firms_is_seen_to(few: Path, config: Path, chat: Chat) -> None:
    """Its own figures stand beside ours; joined, nothing of ours is lost. The second time nothing is asked."""
    chat.answer = knowing(few, "firms", "lenders")
    found = figures(few, config)
    assert list(found) == ["built-in", "second", "both"]
    assert found["second"]["firms"]["recall"] > 0.5
    assert found["second"]["countries"]["recall"] in (0, None)
    for field in ("countries", "firms", "lenders", "amounts"):
        assert (found["both"][field]["recall"] or 0) >= (found["built-in"][field]["recall"] or 0)
    assert len(chat.asked) == FEW
    assert figures(few, config) == found
    assert len(chat.asked) == FEW


def test_a_reader_that_lies_adds_nothing(few: Path, config: Path, chat: Chat) -> None:
    """What does not stand in the text is dropped before anything is counted."""
    lie = {"countries": [{"value": "RUS", "quote": "nowhere"}], "firms": [{"name": "Nobody", "quote": "Nobody"}]}
    chat.says(lie)
    found = figures(few, config)
    assert found["both"] == found["built-in"]
    assert found["second"]["firms"]["recall"] == 0


def test_the_table_for_people(few: Path, config: Path, chat: Chat) -> None:
    """A column for each reader, and what it took."""
    chat.answer = knowing(few, "firms")
    done = invoke(few, "--reader", "llm", "--config", config)
    head, *lines = done.stdout.splitlines()
    assert head.endswith(f"{FEW} of {FEW} articles")
    assert lines[0].split() == ["built-in", "second", "both"]
    assert next(line for line in lines if line.strip().startswith("firms")).count(".") == 3
    assert f"{FEW} requests, 0 from the cache, {FEW * 150} tokens" in done.stderr


def test_what_has_no_answer_is_left_out_of_all_figures(few: Path, config: Path, chat: Chat) -> None:
    """And said, with exit code 1: readers are compared on the same articles only."""
    first = iter(range(FEW))
    chat.answer = lambda _: completed({"projects": []}) if next(first) else Sent(status=500)
    done = invoke(few, "--reader", "llm", "--config", config)
    assert done.exit_code == 1
    assert f"{FEW - 1} of {FEW} articles" in done.stdout
    assert "no answer for 1 article; the first: the server answered 500" in done.stderr


def test_without_a_reader_or_an_answer_the_error_is_clear(few: Path, config: Path, chat: Chat, tmp_path: Path) -> None:
    """What to do stands there; options that it does not go with are named."""
    empty = tmp_path / "none"
    empty.mkdir()
    assert "reader.toml in the config folder does that" in str(
        invoke(few, "--reader", "llm", "--config", empty).exception
    )
    chat.sends(Sent(status=401))
    done = invoke(few, "--reader", "llm", "--config", config)
    assert isinstance(done.exception, UsageError)
    assert "the second reader gave no answer: the server answered 401" in str(done.exception)
    assert len(chat.asked) == 1 or len(chat.asked) == 2  # as many as are asked side by side
    done = invoke(few, "--reader", "llm", "--by", "lang", "--config", config)
    assert "--reader cannot be combined with --by" in str(done.exception)
