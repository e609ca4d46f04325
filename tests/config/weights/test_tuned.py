"""The tuned encoder: a site may have its own, or none, and a file that cannot be used is an error at once."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from offing.config.files.layers import Layers
from offing.config.overlay import site_layers
from offing.config.weights.scoring import load_scoring
from offing.config.weights.tuned import FILE, HEAD, LAYER, VALUES, load_tuned, tuned_of
from offing.errors import ConfigError
from offing.model.reading.tags import Tag
from offing.model.reading.tuned import Tuned
from offing.model.values.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status

Arrays = dict[str, np.ndarray]
TOLD = {
    "sector": Sector,
    "status": Status,
    "mode": Mode,
    "record_type": RecordType,
    "concerns": Concern,
    "roles": Role,
    "kinds": AmountKind,
    "tags": Tag,
}
REMEDY = r"reader\.npz: is no tuned encoder \(.*\): remove it and write it again with `make train-reader`"


@cache
def shipped() -> Tuned:
    """The encoder that ships."""
    found = load_tuned(Layers.of(None))
    assert found is not None
    return found


def arrays_that_ship(*, layers: bool = False) -> Arrays:
    """The arrays of the encoder that ships; without its layers, of which most of its size are, the package's serve."""
    (file,) = Layers.of(None).files(FILE)
    with np.load(file) as arrays:
        return {name: arrays[name] for name in arrays if layers or not name.startswith(LAYER)}


def written(folder: Path, arrays: Arrays) -> Layers:
    """A layer with an encoder of some arrays."""
    (folder / "models").mkdir(parents=True, exist_ok=True)
    np.savez(folder / FILE, **arrays)
    return Layers((folder,))


def refused(folder: Path, arrays: Arrays, said: str) -> None:
    """Hold a file of some arrays to be refused, by what it says, its name and what to do."""
    with pytest.raises(ConfigError, match=REMEDY) as error:
        load_tuned(written(folder, arrays))
    assert said in str(error.value)


def test_what_ships_tells_every_value_apart() -> None:
    """Each head knows the values of its field, and no other."""
    values = shipped().values
    assert {name: set(values[name]) for name in TOLD} == {name: set(map(str, kind)) for name, kind in TOLD.items()}
    assert all(len(values[name]) == len(set(values[name])) for name in TOLD)
    assert set(values["document"]) == {"relevant", "count"}
    assert set(values["project"]) == {"sector", "status", "mode", "record_type", "concerns"}
    assert set(values) == {*TOLD, "document", "project"}


def test_what_ships_has_a_row_for_each_value() -> None:
    """Heads are read as floats of 32 bits, whatever they were kept in."""
    found = shipped()
    assert {array.dtype for array in found.heads.values()} == {np.dtype(np.float32)}
    for name in found.values["project"]:
        assert len(found.heads[f"project.values.{name}.weight"]) == len(found.values[name])
    for name in ("roles", "kinds"):
        assert len(found.heads[f"{name}.2.weight"]) == len(found.values[name])
    assert len(found.heads["tags.weight"]) == 3 * len(Tag)
    assert len(found.heads["turns.2.weight"]) == 3
    assert len(found.heads["member.weight"]) == 4


def test_the_scoring_rules_have_the_encoder_and_change_with_it(tmp_path: Path) -> None:
    """What was proposed by another one is out of date."""
    rules = load_scoring(Layers.of(None))
    assert rules.tuned is shipped()
    arrays = arrays_that_ship()
    bias = f"{HEAD}tags.bias"
    written(tmp_path, {**arrays, bias: arrays[bias] + 1})
    assert load_scoring(Layers.of(tmp_path)).version != rules.version


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    """Then wordings decide alone."""
    assert load_tuned(Layers((tmp_path,))) is None


def test_the_file_of_the_site_goes_before_what_ships(tmp_path: Path) -> None:
    """As a whole: no head of one is read by the layers of another."""
    arrays = arrays_that_ship()
    bias = f"{HEAD}tags.bias"
    written(tmp_path, {**arrays, bias: np.full_like(arrays[bias], 7.0)})
    found = load_tuned(Layers.of(tmp_path))
    assert found is not None
    assert found.heads["tags.bias"].tolist() == [7.0] * len(arrays[bias])
    assert not np.array_equal(shipped().heads["tags.bias"], found.heads["tags.bias"])


def test_an_encoder_is_loaded_once(tmp_path: Path) -> None:
    """One engine serves it: two are the same only where they are one object. A file that changed is read again."""
    layers = Layers.of(None)
    assert load_tuned(layers) is load_tuned(layers)
    arrays = arrays_that_ship()
    found = []
    for moment in (1_000_000_000, 2_000_000_000):
        site = written(tmp_path, {**arrays, f"{HEAD}tags.bias": arrays[f"{HEAD}tags.bias"] * (moment // 10**9)})
        os.utime(tmp_path / FILE, ns=(moment, moment))
        found.append(load_tuned(site))
    first, second = found
    assert first is not None
    assert second is not None
    assert first is not second
    assert first != second
    assert np.allclose(second.heads["tags.bias"], 2 * first.heads["tags.bias"], atol=1e-2)


@pytest.mark.parametrize("name", [*TOLD, "document", "project"])
def test_values_that_lack_are_an_error_when_it_is_loaded(name: str, tmp_path: Path) -> None:
    """It would fail at the first article."""
    arrays = {each: array for each, array in arrays_that_ship().items() if each != f"{VALUES}{name}"}
    refused(tmp_path, arrays, name)


@pytest.mark.parametrize("name", TOLD)
def test_a_value_that_there_is_not_is_an_error_when_it_is_loaded(name: str, tmp_path: Path) -> None:
    """It would be proposed and stored."""
    arrays = arrays_that_ship()
    values = [str(value) for value in arrays[f"{VALUES}{name}"]]
    other = np.array([f"{values[0]}x", *values[1:]])
    refused(tmp_path, {**arrays, f"{VALUES}{name}": other}, f"{values[0]}x' is not a value of {name}; did you mean ")


@pytest.mark.parametrize("name", TOLD)
def test_a_value_that_lacks_is_an_error_when_it_is_loaded(name: str, tmp_path: Path) -> None:
    """It would never be proposed."""
    arrays = arrays_that_ship()
    values = arrays[f"{VALUES}{name}"]
    refused(tmp_path, {**arrays, f"{VALUES}{name}": values[1:]}, f"{name} has no '{values[0]}'")


@pytest.mark.parametrize(
    ("group", "fields"), [("document", ["relevant"]), ("project", ["sector", "status", "weather"])]
)
def test_other_fields_are_an_error_when_it_is_loaded(group: str, fields: list[str], tmp_path: Path) -> None:
    """Whether a text reports a project, and each field of one, is asked for by name."""
    arrays = {**arrays_that_ship(), f"{VALUES}{group}": np.array(fields)}
    refused(tmp_path, arrays, f"its {group} has {', '.join(fields)} instead of ")


@pytest.mark.parametrize(
    "name",
    [
        *("tags.weight", "turns.0.bias", "roles.2.weight", "kinds.0.weight", "member.weight", "own.bias"),
        *("document.questions", "document.key.weight", "document.values.relevant.bias", "project.values.mode.weight"),
    ],
)
def test_an_array_of_a_head_that_lacks_is_an_error_when_it_is_loaded(name: str, tmp_path: Path) -> None:
    """It would fail at the first article, far from the file."""
    arrays = {each: array for each, array in arrays_that_ship().items() if each != f"{HEAD}{name}"}
    refused(tmp_path, arrays, name)


@pytest.mark.parametrize("name", ["tags.weight", "roles.2.bias", "document.values.count.weight", "project.questions"])
def test_an_array_of_another_size_is_an_error_when_it_is_loaded(name: str, tmp_path: Path) -> None:
    """Sizes follow from the values and from the encoder's states."""
    arrays = arrays_that_ship()
    refused(tmp_path, {**arrays, f"{HEAD}{name}": arrays[f"{HEAD}{name}"][:-1]}, name)


def test_a_value_that_stands_twice_is_an_error_when_it_is_loaded(tmp_path: Path) -> None:
    """Two columns for one value, or more values than columns."""
    arrays = arrays_that_ship()
    values = arrays[f"{VALUES}status"]
    refused(tmp_path, {**arrays, f"{VALUES}status": np.append(values, values[0])}, "status")


@pytest.mark.parametrize("addition", ["weather", "heads.tags.weight", f"{VALUES}weather", f"{HEAD}weather.weight"])
def test_what_nothing_reads_is_an_error_when_it_is_loaded(addition: str, tmp_path: Path) -> None:
    """A name that is misspelt would be left out without a word."""
    refused(tmp_path, {**arrays_that_ship(), addition: np.zeros(3)}, addition)


@pytest.mark.parametrize("part", ["qkv.weight", "oln.scale"])
def test_a_layer_without_a_part_is_an_error_when_it_is_loaded(part: str, tmp_path: Path) -> None:
    """The layers that a training changed are there whole: what lacks of one cannot be the package's."""
    every = arrays_that_ship(layers=True)
    arrays = {each: array for each, array in every.items() if each != f"{LAYER}l11.{part}"}
    refused(tmp_path, arrays, f"l11.{part}")


def test_a_site_with_an_encoder_of_other_values_does_not_start(tmp_path: Path) -> None:
    """Every command that works by the config says so."""
    arrays = arrays_that_ship()
    written(tmp_path, {**arrays, f"{VALUES}status": arrays[f"{VALUES}status"][1:]})
    with pytest.raises(ConfigError, match=REMEDY):
        site_layers(tmp_path)


def test_a_broken_site_file_is_no_reason_to_take_what_ships(tmp_path: Path) -> None:
    """A person put it there."""
    (tmp_path / "models").mkdir()
    (tmp_path / FILE).write_bytes(b"noise")
    with pytest.raises(ConfigError, match=REMEDY) as error:
        load_tuned(Layers.of(tmp_path))
    assert str(tmp_path) in str(error.value)


@pytest.mark.parametrize("content", [b"noise", b"", b"PK\x03\x04 broken"], ids=["noise", "empty", "archive"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    """The error says which file, and how it is made."""
    (tmp_path / "models").mkdir()
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ConfigError, match=REMEDY):
        load_tuned(Layers((tmp_path,)))


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
    with pytest.raises(ConfigError, match=REMEDY):
        load_tuned(Layers((tmp_path,)))


def test_a_single_array_or_objects_are_no_encoder(tmp_path: Path) -> None:
    """Nothing is unpickled."""
    (tmp_path / "models").mkdir()
    with (tmp_path / FILE).open("wb") as file:
        np.save(file, np.zeros(3))
    with pytest.raises(ConfigError, match=REMEDY):
        load_tuned(Layers((tmp_path,)))
    objects = np.array([{"status": 1}], object)
    refused(tmp_path / "objects", {f"{VALUES}status": objects}, "pickle")


def test_arrays_in_memory_are_held_to_the_same() -> None:
    """A training asks them before it writes."""
    arrays = arrays_that_ship()
    assert tuned_of(arrays).values == shipped().values
    with pytest.raises(ValueError, match="kinds has no"):
        tuned_of({**arrays, f"{VALUES}kinds": arrays[f"{VALUES}kinds"][1:]})
