"""Logs: one JSON object a line, whatever stands in it."""

from __future__ import annotations

import json
import logging
import os
import re
from pathlib import Path

import pytest
import structlog

from odd_jobs import warn
from offing import logs
from offing.logs import LogFormat, LogLevel, get_logger, redact, set_up
from offing.services.running.workers import Workers


def test_lines_are_json_with_tracebacks_and_without_secrets(tmp_path: Path) -> None:
    """A line break in a title forges no line; a password in a URL is masked; a traceback is kept."""
    file = tmp_path / "offing.log"
    set_up(file)
    get_logger().info("seen", title="a\nb\x1b[31m", url="postgresql://user:secret@db/x")
    try:
        int("odd")
    except ValueError:
        get_logger().exception("crashed")
    set_up(None)
    first, second = (json.loads(line) for line in file.read_text().splitlines())
    assert first["title"] == "a b [31m"
    assert "secret" not in first["url"]
    assert "ValueError: invalid literal" in second["exception"]


def test_redact_keeps_the_rest() -> None:
    """Only the password goes."""
    assert redact("https://u:p@h.test/x") == "https://***@h.test/x"
    assert redact("plain") == "plain"


def test_log_to_stderr(capsys) -> None:
    """A dash sends lines to stderr."""
    set_up("-")
    get_logger().info("hello")
    set_up(None)
    assert json.loads(capsys.readouterr().err)["event"] == "hello"


def test_half_a_character_loses_no_line(tmp_path: Path) -> None:
    """What cannot be encoded is written out, in values and in tracebacks."""
    file = tmp_path / "offing.log"
    set_up(file)
    get_logger().error("crashed", title="\udfff", exc_info=ValueError("odd \ud800"))
    set_up(None)
    line = json.loads(file.read_text())
    assert line["title"] == "\\udfff"
    assert "odd \\ud800" in line["exception"]


def test_a_line_for_people_keeps_secrets_and_lines_apart(tmp_path: Path) -> None:
    """The console format is one line an event, without colours in a file, as careful as JSON."""
    file = tmp_path / "offing.log"
    set_up(file, LogFormat.CONSOLE)
    get_logger().info("seen", run=41, title="a\nb\x1b[31m", url="postgresql://user:secret@db/x")
    set_up(None, LogFormat.JSON)
    (line,) = file.read_text().splitlines()
    assert re.fullmatch(r"20\S+Z \[info *\] seen run=41 title='a b \[31m' url=postgresql://user:\*\*\*@db/x", line)


@pytest.mark.parametrize(("level", "written"), [("debug", 4), ("info", 3), ("warning", 2), ("error", 1)])
def test_what_is_less_important_is_left_out(tmp_path: Path, level: str, written: int) -> None:
    """Each level writes itself and what is more important."""
    file = tmp_path / "offing.log"
    set_up(file, level=LogLevel(level))
    for name in LogLevel:
        getattr(get_logger(), name)("seen")
    set_up(None, level=LogLevel.INFO)
    lines = [json.loads(line)["level"] for line in file.read_text().splitlines()]
    assert lines == list(LogLevel)[-written:]


def test_what_libraries_warn_of_is_a_line_of_the_log(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With their name, and not on stderr; what they merely mention is left out."""
    file = tmp_path / "offing.log"
    set_up(file)
    logging.getLogger("some.library").warning("odd %s", "page\nforged")
    logging.getLogger("some.library").info("chatter")
    set_up(None)
    line = json.loads(file.read_text())
    assert (line["event"], line["library"], line["said"], line["level"]) == (
        *("library", "some.library"),
        *("odd page forged", "warning"),
    )
    assert capfd.readouterr().err == ""


async def test_lines_of_workers_name_run_and_item(tmp_path: Path) -> None:
    """A worker process writes to the same file, in the same format, for the run and item that its job is for."""
    file = tmp_path / "offing.log"
    set_up(file, level=LogLevel.DEBUG)
    with Workers((), 1) as workers, structlog.contextvars.bound_contextvars(run=41, verb="extract", item=7):
        get_logger().info("ours")
        await workers.call(warn, "odd page", seconds=60)
    set_up(None, level=LogLevel.INFO)
    ours, library, worked = (json.loads(line) for line in file.read_text().splitlines())
    for line in (ours, library, worked):
        assert (line["run"], line["verb"], line["item"]) == (41, "extract", 7)
    assert (library["event"], library["said"], library["library"]) == ("library", "odd page", "some.library")
    assert (worked["event"], worked["job"], worked["level"]) == ("worked", "warn", "debug")
    assert library["worker"] == worked["worker"] != os.getpid()
    assert "worker" not in ours


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a file that is always full is Linux's")
def test_a_full_disk_stops_no_work(capfd: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """Lines that cannot be written are lost without a traceback on stderr, and why is told."""
    for target, why in (("/dev/full", "No space left"), (tmp_path / "none" / "offing.log", "No such file")):
        logs.set_up(target)
        logs.get_logger().info("lost")
        assert why in logs.lost()
    logs.set_up(None)
    assert logs.lost() == ""
    assert capfd.readouterr().err == ""
