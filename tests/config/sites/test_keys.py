"""The keys of review."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.keys import load_keys, shipped_keys
from offing.errors import ConfigError
from offing.model.review.keys import Action


def test_every_action_has_a_key() -> None:
    """What ships names a key for each, and reasons of a rejection."""
    keys = shipped_keys()
    assert {keys.of(action) for action in Action} == set(keys.actions.values())
    assert keys.reason("no-project") is not None
    assert keys.reason("nonsense") is None


def test_a_site_changes_a_key(tmp_path: Path) -> None:
    """One key of the site's file lies over the shipped one; a reason can be added."""
    text = '[actions]\naccept = "y"\n[reject_reasons.rumour]\nkey = "r"\ntext = "A rumour"\n'
    (tmp_path / "keys.toml").write_text(text, encoding="utf-8")
    keys = load_keys(Layers.of(tmp_path))
    assert keys.of("accept") == "y"
    assert keys.of("reject") == "r"
    assert [each.key for each in keys.reasons if each.name == "rumour"] == ["r"]


def test_the_former_name_of_the_table_is_refused(tmp_path: Path) -> None:
    """A site's file that still says `reasons` learns what to write, at the line."""
    text = '[reasons.rumour]\nkey = "r"\ntext = "A rumour"\n'
    (tmp_path / "keys.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=r"keys\.toml:1.*write \[reject_reasons\.NAME\]"):
        load_keys(Layers.of(tmp_path))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[actions]\naccept = "r"', "reject"),
        ('[actions]\naccept = "ctrl"', "no key"),
        ('[actions]\naccept = " "', "no key"),
        ('[actions]\nlaugh = "l"', "laugh"),
        ('[reject_reasons.rumour]\nkey = "p"\ntext = "x"', "already"),
    ],
)
def test_a_key_that_cannot_be_is_refused(tmp_path: Path, text: str, message: str) -> None:
    """Two things on one key, a key that is none, an action that is none: the error names file and key."""
    (tmp_path / "keys.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        load_keys(Layers.of(tmp_path))
