"""What a day can take."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.queue import load_queue
from offing.errors import ConfigError
from offing.model.review.queue import QueueRules


def test_what_ships_and_what_a_site_says(tmp_path: Path) -> None:
    """A site changes one number and keeps the other."""
    assert load_queue(Layers.of(None)) == QueueRules(40, 2)
    (tmp_path / "queue.toml").write_text("[day]\nbudget = 12\n")
    assert load_queue(Layers.of(tmp_path)) == QueueRules(12, 2)


def test_a_day_takes_at_least_one(tmp_path: Path) -> None:
    """A number that makes no sense is told with its place."""
    (tmp_path / "queue.toml").write_text("[day]\nbudget = 0\n")
    with pytest.raises(ConfigError, match=r"queue\.toml"):
        load_queue(Layers.of(tmp_path))
