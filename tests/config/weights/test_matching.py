"""The loader of matching.toml."""

from __future__ import annotations

from pathlib import Path

import pytest

from offing.config.files.layers import Layers
from offing.config.weights.matching import load_counts, load_matching, load_news, load_recall
from offing.errors import ConfigError
from offing.model.pairs.matching import FEATURES, NEWS_FEATURES, RECALL_FEATURES


def site(tmp_path: Path, text: str) -> Layers:
    """A site whose matching.toml holds a text, over what ships."""
    (tmp_path / "matching.toml").write_text(text, encoding="utf-8")
    return Layers.of(tmp_path)


def test_what_ships_loads() -> None:
    """The shipped rules weigh every feature."""
    rules = load_matching(Layers.of(None))
    assert set(rules.weights) == set(FEATURES)
    assert 0 < rules.linked < rules.same < 1
    assert len(rules.version) == 12


def test_a_site_overlays_single_keys(tmp_path: Path) -> None:
    """A site changes one weight; the others stay."""
    rules = load_matching(site(tmp_path, "[weights]\nfirm = 3.0\n"))
    assert rules.weights["firm"] == 3.0
    assert rules.weights["title-spelling"] == load_matching(Layers.of(None)).weights["title-spelling"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[weights]\ncolour = 1\n", "weights.colour: is unknown"),
        ("[weights]\nfirm = -1\n", "weights.firm: speaks for a pair"),
        ("[weights]\nother-firm = 1\n", "weights.other-firm: speaks against a pair"),
        ("[cuts]\nsame = 2\n", "cuts.same"),
        ("[cuts]\nlinked = 0.9\n", "cuts.linked: is above"),
        ("[pair]\ncolour = 1\n", "is unknown"),
    ],
)
def test_a_mistake_is_named(tmp_path: Path, text: str, message: str) -> None:
    """The error names file and key."""
    with pytest.raises(ConfigError, match=r"matching\.toml") as error:
        load_matching(site(tmp_path, text))
    assert message in str(error.value)


def test_every_feature_has_a_weight(tmp_path: Path) -> None:
    """A file without a weight is refused."""
    shipped = next(Layers.of(None).files("matching.toml")).read_text(encoding="utf-8")
    (tmp_path / "matching.toml").write_text(shipped.replace("\nfirm = ", "\n# firm = "), encoding="utf-8")
    with pytest.raises(ConfigError, match=r"weights\.firm: is missing"):
        load_matching(Layers((tmp_path,)))


def test_news_has_a_weight_for_each_feature() -> None:
    """What ships for the matching of news loads, and knows what a common word and a rare one are worth."""
    layers = Layers.of(None)
    assert set(load_news(layers).weights) == set(NEWS_FEATURES)
    counts = load_counts(layers)
    assert counts.counts["project"] > counts.counts["backbone"]
    assert counts.number > max(counts.counts.values()) / 2


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[news.weights]\nother-firm = 1.0\n", "wrong sign"),
        ("[news.weights]\nmoon = 1.0\n", "is unknown"),
        ("[news]\nlinked = 0.9\n", "above news.same"),
    ],
)
def test_wrong_weights_of_news_are_refused(tmp_path: Path, text: str, said: str) -> None:
    """A weight of the wrong sign, of nothing, or cuts in the wrong order are told with the file."""
    with pytest.raises(ConfigError, match=said):
        load_news(site(tmp_path, text))


def test_a_table_of_words_that_is_none_is_refused(tmp_path: Path) -> None:
    """A line without a number is told with the file."""
    (tmp_path / "models").mkdir()
    (tmp_path / "models/rarity.tsv").write_text("12\nroad\tmany\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="not a table of words"):
        load_counts(Layers.of(tmp_path))


def test_recall_has_a_weight_for_each_feature() -> None:
    """What ships for recall loads."""
    rules = load_recall(Layers.of(None))
    assert set(rules.weights) == set(RECALL_FEATURES)
    assert 0 < rules.least < 1


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[recall.weights]\nother-donor = 1.0\n", "wrong sign"),
        ("[recall.weights]\nmoon = 1.0\n", "is unknown"),
        ("[recall]\nleast = 2\n", "recall.least"),
    ],
)
def test_a_mistake_in_recall_is_named(tmp_path: Path, text: str, said: str) -> None:
    """As one in the other tables is."""
    with pytest.raises(ConfigError, match=r"matching\.toml") as error:
        load_recall(site(tmp_path, text))
    assert said in str(error.value)
