"""Progress of long commands."""

import io
import sys

import pytest

from offing.cli.output.progress import pace, paced


class _Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def _told(monkeypatch: pytest.MonkeyPatch, stream: io.StringIO, seconds: list[float]) -> str:
    monkeypatch.setattr(sys, "stderr", stream)
    ticks = iter([0.0, *seconds])
    with paced("publishing", lambda: next(ticks)) as report:
        for done, _ in enumerate(seconds, 1):
            report(100 * done, 1000)
    return stream.getvalue()


def test_a_log_gets_one_line_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each with the rate and the time to go; nothing for a command that takes seconds."""
    told = _told(monkeypatch, io.StringIO(), [1, 59, 60, 61, 119, 121])
    assert told == (
        "publishing: 300 of 1,000 (30 %), 5/s, 2 min 20 s to go\n"
        "publishing: 600 of 1,000 (60 %), 5/s, 1 min 21 s to go\n"
    )
    assert _told(monkeypatch, io.StringIO(), [1, 2, 3]) == ""


def test_a_terminal_gets_one_line_that_is_drawn_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """And it is wiped at the end."""
    told = _told(monkeypatch, _Terminal(), [1, 2])
    assert "\n" not in told
    assert told.endswith("\r\x1b[K")
    assert "100 of 1,000 (10 %), 100/s, 9 s to go" in told


@pytest.mark.parametrize(
    ("done", "total", "seconds", "said"),
    [
        (0, 5, 1, "0 of 5 (0 %)"),
        (5, 5, 1, "5 of 5 (100 %), 5/s, 0 s to go"),
        (0, 0, 0, "0 of 0 (100 %)"),
        (1, 36_001, 1, "1 of 36,001 (0 %), 1/s, 10 h 00 min to go"),
    ],
)
def test_progress_in_words(done: int, total: int, seconds: float, said: str) -> None:
    """Without a rate there is no time to go."""
    assert pace(done, total, seconds) == said
