"""The loader of context.toml: what ships is whole, and a mistake is named with its file and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.files.wording_files import read_languages
from offing.config.lexicons.world import is_country
from offing.config.weights.context import load_context
from offing.config.weights.scoring import load_scoring
from offing.errors import ConfigError
from offing.model.reading.context import ContextKind

LANGUAGES = read_languages(Layers.of())


def test_what_ships_loads() -> None:
    """Every kind has wordings in each language, every region a name in each and members that are countries."""
    rules = load_scoring(Layers.of()).context
    for kind in ContextKind:
        assert {form.language for form in rules.wordings if form.key == kind} >= set(LANGUAGES)
    for region in rules.regions:
        named = {form.language for form in rules.names if form.key == region.id}
        assert "*" in named or named >= set(LANGUAGES), region.id
        assert all(map(is_country, region.members))
        assert "CHN" not in region.members
    assert {form.key for form in rules.names} == {region.id for region in rules.regions}


@pytest.mark.parametrize(
    ("region", "members"),
    [("african-union", 55), ("asean", 11), ("arab-league", 22), ("celac", 33), ("european-union", 27)],
)
def test_regions_have_all_their_members(region: str, members: int) -> None:
    """The numbers that the organisations state themselves."""
    (found,) = [each for each in load_context(Layers.of()).regions if each.id == region]
    assert len(found.members) == members


def test_a_site_adds_a_region(tmp_path: Path) -> None:
    """Key by key, over what ships."""
    text = '[regions.caricom]\nname = "CARICOM"\nmembers = ["JAM", "TTO"]\n"*" = ["CARICOM"]\n'
    (tmp_path / "context.toml").write_text(text, encoding="utf-8")
    ids = [region.id for region in load_context(Layers.of(tmp_path)).regions]
    assert "caricom" in ids
    assert "asean" in ids


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('other_matters = ["weather"]\n', r"context\.toml:1: other_matters: 'weather' is no reason"),
        ('[regions.asean]\nmembers = ["XXX"]\n', r"context\.toml:2: regions\.asean\.members.*'XXX' is not a country"),
        ("[zones]\nbody = 1\n", r"context\.toml:2: zones\.body: is unknown"),
    ],
)
def test_mistakes_are_named(tmp_path: Path, text: str, message: str) -> None:
    """With file, line and key."""
    (tmp_path / "context.toml").write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        load_scoring(Layers.of(tmp_path))
