"""The model of what texts mean as wholes: a site may have its own, or none, and a file that is none is an error."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from offing.config.files.layers import Layers
from offing.config.overlay import site_layers
from offing.config.weights.meaning import FILE, load_meaning, meaning_arrays
from offing.errors import ConfigError
from offing.model.values.vocabulary import Sector

PARTS = ("sector.values", "sector.weights", "sector.bias")


def test_what_ships_reads_every_sector() -> None:
    """And knows the mean of each language that is read."""
    meaning = load_meaning(Layers.of(None))
    assert meaning is not None
    assert set(meaning.sector.values) == set(Sector)
    assert {"", "ar", "en", "es", "fr", "pt", "ru", "zh"} == set(meaning.centres)
    shares = meaning.sector.of(np.stack([*meaning.centres.values()]))
    assert shares.shape == (len(meaning.centres), len(Sector))
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-5)


def test_a_model_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Within what sixteen bits hold, and under names that are read."""
    shipped = load_meaning(Layers.of(None))
    assert shipped is not None
    again = load_meaning(written(tmp_path, meaning_arrays(shipped)))
    assert again is not None
    assert again.sector.values == shipped.sector.values
    assert np.array_equal(again.sector.weights, shipped.sector.weights)
    assert np.array_equal(again.sector.bias, shipped.sector.bias)
    assert {language: row.tolist() for language, row in again.centres.items()} == {
        language: row.tolist() for language, row in shipped.centres.items()
    }


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("sector.values", "sectors.values", r"it has no 'sector\.values'"),
        ("sector.weights", "sector.weight", r"it has no 'sector\.weights'"),
        ("sector.bias", "sector.biases", r"it has no 'sector\.bias'"),
        ("centre.", "centre.en2", r"it has no 'centre\.'"),
        ("centre.fr", "center.fr", r"nothing reads its 'center\.fr'; did you mean 'centre\.'"),
    ],
)
def test_a_name_that_lacks_or_that_nothing_reads_is_an_error_when_it_is_loaded(
    was: str, becomes: str, said: str, tmp_path: Path
) -> None:
    """It would fail at the first article, or say nothing without a word."""
    arrays = {becomes if name == was else name: each for name, each in arrays_that_ship().items()}
    with pytest.raises(ConfigError, match=rf"meaning\.npz: is no model of meaning \({said}.*make train"):
        load_meaning(written(tmp_path, arrays))


@pytest.mark.parametrize("addition", ["weather.values", "status.weights", "sector.attention", "centre.eng"])
def test_what_nothing_reads_is_no_part_of_a_model(addition: str, tmp_path: Path) -> None:
    """All that is needed is there, and something beside it: as in a model of an earlier version."""
    with pytest.raises(ConfigError, match=f"nothing reads its '{addition}'.*make train"):
        load_meaning(written(tmp_path, {**arrays_that_ship(), addition: np.zeros(3)}))


def test_a_sector_that_there_is_not_is_an_error_when_it_is_loaded(tmp_path: Path) -> None:
    """News of a sector that nobody knows would be compared; of one that lacks, never."""
    arrays = arrays_that_ship()
    values = [str(value) for value in arrays["sector.values"]]
    odd = np.array([value.replace("energy", "enrgy") for value in values])
    with pytest.raises(ConfigError, match="'enrgy' is not a sector; did you mean 'energy'"):
        load_meaning(written(tmp_path / "odd", {**arrays, "sector.values": odd}))
    fewer = {name: arrays[name][1:] for name in PARTS}
    with pytest.raises(ConfigError, match=f"it has no sector '{values[0]}'"):
        load_meaning(written(tmp_path / "fewer", {**arrays, **fewer}))


@pytest.mark.parametrize("name", ["sector.weights", "sector.bias", "centre."])
def test_tables_of_other_sizes_are_an_error_when_they_are_loaded(name: str, tmp_path: Path) -> None:
    """Sizes follow from the sectors and from what is read."""
    arrays = arrays_that_ship()
    with pytest.raises(ConfigError, match=r"its sectors should have 17 rows of 38\d weights"):
        load_meaning(written(tmp_path, {**arrays, name: arrays[name][:-1]}))


def test_a_site_with_a_model_of_other_names_does_not_start(tmp_path: Path) -> None:
    """Every command that works by the config says so."""
    written(tmp_path, {name: each for name, each in arrays_that_ship().items() if name != "sector.bias"})
    with pytest.raises(ConfigError, match=r"it has no 'sector\.bias'"):
        site_layers(tmp_path)


def arrays_that_ship() -> dict[str, np.ndarray]:
    """The arrays of the model that ships."""
    (file,) = Layers.of(None).files(FILE)
    with np.load(file) as arrays:
        return dict(arrays)


def written(folder: Path, arrays: dict[str, np.ndarray]) -> Layers:
    """A layer with a model of some arrays."""
    (folder / "models").mkdir(parents=True, exist_ok=True)
    np.savez(folder / FILE, **arrays)
    return Layers((folder,))


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    """Then words decide alone which news is compared."""
    assert load_meaning(Layers((tmp_path,))) is None


@pytest.mark.parametrize("content", [b"noise", b"", b"PK\x03\x04 broken"], ids=["noise", "empty", "archive"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    """The error says which file, and how it is made."""
    (tmp_path / "models").mkdir()
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ConfigError, match=r"meaning\.npz: is no model of meaning .*make train"):
        load_meaning(Layers((tmp_path,)))


@pytest.mark.parametrize("damage", ["cut", "bytes within"])
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    """As after a copy that was broken off, or on a failing disk."""
    (file,) = Layers.of(None).files(FILE)
    content = file.read_bytes()
    half = len(content) // 2
    (tmp_path / "models").mkdir()
    (tmp_path / FILE).write_bytes(
        content[:half] if damage == "cut" else content[:half] + bytes(99) + content[half + 99 :]
    )
    with pytest.raises(ConfigError, match=r"meaning\.npz: is no model of meaning .*make train"):
        load_meaning(Layers((tmp_path,)))


def test_an_archive_of_other_arrays_is_no_model(tmp_path: Path) -> None:
    """It has no means of languages."""
    with pytest.raises(ConfigError, match="make train"):
        load_meaning(written(tmp_path, {"weights": np.zeros(3)}))


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    """A long-running service tells by the model that its next loading finds."""
    shipped = arrays_that_ship()
    for moment, mean in ((1_000_000_000, 0.0), (2_000_000_000, 1.0)):
        layers = written(tmp_path, {**shipped, "centre.en": np.full_like(shipped["centre.en"], mean)})
        os.utime(tmp_path / FILE, ns=(moment, moment))
        meaning = load_meaning(layers)
        assert meaning is not None
        assert meaning.centres["en"].mean() == mean
