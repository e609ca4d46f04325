"""Loading `retention.toml`: nothing is deleted as it ships; a site changes one age and keeps the rest."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from offing.config import checks
from offing.config.files.layers import Layers
from offing.config.sites.retention import load_retention
from offing.errors import ConfigError
from offing.model.operation.retention import Archive, Prunable, Retention


def test_a_site_changes_one_age(tmp_path: Path) -> None:
    """And the budget; what ships keeps everything for good."""
    (tmp_path / "retention.toml").write_text("[days]\noutcomes = 90\n\n[pages]\nbudget_mb = 3\n")
    assert load_retention(Layers.of(tmp_path)) == Retention({Prunable.OUTCOMES: timedelta(days=90)}, 3_000_000)
    assert not load_retention(Layers.of(None))


@pytest.mark.parametrize(
    "line", ["outcomes = 89", "pages = 29", "work = 1", "runs = 400", "articles = -1", "polls = 36501", "entries = 1.5"]
)
def test_wrong_ages_are_named_with_their_line(tmp_path: Path, line: str) -> None:
    """What offing itself looks back on cannot go; an unknown kind is an error."""
    (tmp_path / "retention.toml").write_text(f"[days]\n{line}\n")
    with pytest.raises(ConfigError, match=r"retention\.toml:2"):
        load_retention(Layers.of(tmp_path))


def test_the_check_of_config_says_what_holds(tmp_path: Path) -> None:
    """Ages, budget and archive in one line."""
    assert checks.retention(Layers.of(None)) == "everything for good"
    rules = '[days]\npages = 30\n[pages]\nbudget_mb = 2000\n[archive]\nfolder = "kept"\nbudget_mb = 1\n'
    (tmp_path / "retention.toml").write_text(rules)
    assert checks.retention(Layers.of(tmp_path)) == "pages 30 days, contents of pages 2,000 MB, archive in kept"
    assert load_retention(Layers.of(tmp_path)).archive == Archive(Path("kept"), 1_000_000)
