"""Pipelines: what ships loads; what is wrong is named with file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.sites.pipelines import choose, load_pipelines
from offing.errors import ConfigError, UnknownItem

GOOD = 'description = "d"\nsteps = ["poll"]\nschedule = "7 * * * *"\n'


def test_what_ships_loads() -> None:
    """The hourly pipeline moves what is due through the five machine steps; the daily one promotes, too."""
    pipelines = load_pipelines()
    assert pipelines["hourly"].steps == ("poll", "fetch", "extract", "recognize", "propose")
    assert pipelines["daily"].steps[-1] == "promote"
    with pytest.raises(UnknownItem, match="daily, hourly"):
        choose(pipelines, "weekly")


def test_a_site_replaces_and_adds(tmp_path: Path) -> None:
    """A site's own file replaces the one that ships under its name."""
    (tmp_path / "hourly.toml").write_text(GOOD)
    (tmp_path / "wires.toml").write_text(GOOD + 'groups = ["wires-global"]\n[limits]\nmax_minutes = 5\n')
    pipelines = load_pipelines(tmp_path)
    assert pipelines["hourly"].steps == ("poll",)
    assert (pipelines["wires"].groups, pipelines["wires"].max_minutes) == (("wires-global",), 5)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (GOOD + "colour = 1\n", r"x\.toml:4: colour: is unknown"),
        (GOOD.replace("poll", "pull"), r"x\.toml:2: steps: 'pull' is not a step"),
        (GOOD.replace('"poll"', '"fetch", "poll"'), r"x\.toml:2: steps: steps must be in the order"),
        (
            GOOD.replace("7 * * * *", "99 * * * *"),
            r"x\.toml:3: schedule: is not a cron schedule: bad minute; it has five",
        ),
        (GOOD.replace("7 * * * *", "7 * * * 8"), r"x\.toml:3: schedule: is not a cron schedule: bad day-of-week"),
        (GOOD.replace("7 * * * *", "7 * * *"), r"x\.toml:3: schedule: is not a cron schedule: 4 fields are not 5"),
        (GOOD.replace("7 * * * *", "0 7 * * * *"), r"x\.toml:3: schedule: is not a cron schedule: 6 fields are not 5"),
        (GOOD.replace("7 * * * *", "7 * * * 5L"), r"x\.toml:3: schedule: is not a cron schedule: 'l' is not a month"),
        (GOOD.replace("7 * * * *", "7 * * * 5#2"), r"x\.toml:3: schedule: is not a cron schedule: '#' has no meaning"),
        (GOOD.replace("7 * * * *", "7 1 30 2 *"), r"x\.toml:3: schedule: is not a cron schedule: bad day-of-month"),
        (GOOD.replace("7 * * * *", "7 1 * * 5-1"), r"x\.toml:3: schedule: is not a cron schedule: bad day-of-week"),
        (GOOD.replace("7 * * * *", "@often"), r"x\.toml:3: schedule: is not a cron schedule: 1 fields are not 5"),
        (GOOD + 'timezone = "Mars/Base"\n', r"x\.toml:4: timezone: 'Mars/Base' is not a time zone"),
        (GOOD + "[limits]\nconcurrency = 0\n", r"x\.toml:5: limits\.concurrency: "),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, content: str, message: str) -> None:
    """Unknown keys, steps, schedules and zones are errors with file, line and key."""
    (tmp_path / "x.toml").write_text(content)
    with pytest.raises(ConfigError, match=message):
        load_pipelines(tmp_path)
