"""When a difference is a symptom."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.sentinel import load_sentinel
from offing.errors import ConfigError


def test_a_site_changes_one_threshold(tmp_path: Path) -> None:
    """The others stay as they ship."""
    (tmp_path / "sentinel.toml").write_text("[sentinel]\nexpected = 30\n")
    found, shipped = load_sentinel(Layers.of(tmp_path)), load_sentinel(Layers.of(None))
    assert (found.expected, found.thin) == (30, shipped.thin)


@pytest.mark.parametrize("line", ["thin = 1.5", "lost = 0.9", "articles = 1", "weeks = 2"])
def test_what_makes_no_sense_is_named_with_its_place(tmp_path: Path, line: str) -> None:
    """File and line."""
    (tmp_path / "sentinel.toml").write_text(f"[sentinel]\n{line}\n")
    with pytest.raises(ConfigError, match=r"sentinel\.toml:2"):
        load_sentinel(Layers.of(tmp_path))
