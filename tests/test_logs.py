"""Logs: one JSON object a line, whatever stands in it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from offing import logs
from offing.logs import get_logger, redact, set_up


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
