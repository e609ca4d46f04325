"""`records.toml`: how ids start, and what a promotion asks for."""

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.sites.records import load_promoter
from offing.errors import ConfigError
from offing.model.projects.promotion import BothSides, Promoter, PromotionRules


def test_what_ships_asks_for_nothing(tmp_path: Path) -> None:
    """A site changes one key, the others stay as shipped."""
    assert load_promoter(Layers.of(None), "ana") == Promoter("ana")
    (tmp_path / "records.toml").write_text('[promotion]\nsecond_pair = true\nboth_sides = "block"\n')
    rules = PromotionRules(second_pair=True, both_sides=BothSides.BLOCK)
    assert load_promoter(Layers.of(tmp_path), "ana") == Promoter("ana", "off", rules)


@pytest.mark.parametrize(
    "text", ['[ids]\nprefix = "Off"\n', '[promotion]\nboth_sides = "maybe"\n', "[promotion]\nx = 1\n"]
)
def test_a_rule_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    """With the file and the line."""
    (tmp_path / "records.toml").write_text(text)
    with pytest.raises(ConfigError, match=r"records.toml:2"):
        load_promoter(Layers.of(tmp_path), "ana")
