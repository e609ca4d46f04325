"""The model of meaning: a site may have its own, or none, and is told of a file that is none."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from offing.config.layers import Layers
from offing.config.meaning import FILE, attention_arrays, load_meaning
from offing.config.overlay import site_layers
from offing.errors import ConfigError
from offing.model.readings import READINGS
from offing.model.vocabulary import AmountKind, Concern, Mode, RecordType, Role, Sector, Status
from offing.propose.border_signs import SEVERAL
from offing.propose.doubt import READING
from offing.propose.hosts import COUNTERPARTS
from offing.propose.likely import named
from offing.propose.meaning import NO, NOTHING, YES
from offing.propose.money import AMOUNTS
from offing.propose.party_votes import FIRMS, LENDERS
from offing.propose.sites import PLACES
from offing.propose.sizes import QUANTITIES

CHOSEN = (FIRMS, LENDERS, COUNTERPARTS, AMOUNTS, QUANTITIES, PLACES)
VALUES = {
    "sector": set(Sector),
    "status": set(Status),
    "mode": set(Mode),
    "record_type": set(RecordType),
    named("role"): set(Role),
    named("kind"): set(AmountKind),
    "status_told": {*Status, NOTHING},
    "concern": {*Concern, NOTHING},
    **{key: {YES, NO} for field in CHOSEN for key in (field, named(field))},
    READING: {YES, NO},
    SEVERAL: {YES, NO},
}


def test_what_ships_reads_every_value() -> None:
    """Each reading knows the values of its field, and no other."""
    meaning = load_meaning(Layers.of(None))
    assert meaning is not None
    assert {name: set(reading.values) for name, reading in meaning.readings.items()} == VALUES
    assert {name: set(wanted.values) for name, wanted in READINGS.items()} == VALUES
    assert {"", "ar", "en", "es", "fr", "pt", "ru", "zh"} == set(meaning.centres)


def test_attention_is_paid_to_the_values_that_are_read() -> None:
    """For sector, status, mode, record type and relevance, from pieces whose mean is known in each language."""
    meaning = load_meaning(Layers.of(None))
    assert meaning is not None
    assert {name: set(each.values) for name, each in meaning.attentions.items()} == {
        name: VALUES[name] for name in ("sector", "status", "mode", "record_type", "relevant")
    }
    assert set(meaning.piece_centres) == set(meaning.centres)


def test_an_attention_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    """Within what sixteen bits hold; a file that was written before there was any has none."""
    shipped = load_meaning(Layers.of(None))
    assert shipped is not None
    kept = shipped.attentions["mode"]
    arrays = arrays_that_ship()
    pieces = {name: array for name, array in arrays.items() if name.startswith("pieces.")}
    plain = {name: array for name, array in arrays.items() if ".attention." not in name and name not in pieces}
    older = load_meaning(written(tmp_path / "older", plain))
    assert older is not None
    assert older.attentions == {}
    attended = {k: v for name, each in shipped.attentions.items() for k, v in attention_arrays(name, each).items()}
    again = load_meaning(written(tmp_path / "newer", {**plain, **pieces, **attended}))
    assert again is not None
    assert again.attentions["mode"].values == kept.values
    assert np.array_equal(again.attentions["mode"].queries, kept.queries)
    with pytest.raises(ConfigError, match=r"it has no 'pieces\.centre\.'"):
        load_meaning(written(tmp_path / "bare", {**plain, **attended}))
    other = attention_arrays("mode", replace(kept, values=tuple(reversed(kept.values))))
    with pytest.raises(ConfigError, match="other values of mode"):
        load_meaning(written(tmp_path / "other", {**plain, **pieces, **attended, **other}))


@pytest.mark.parametrize(
    ("was", "becomes", "said"),
    [
        ("status.values", "statuss.values", r"it has no 'status\.values'"),
        ("role_named.weights", "role_named.weight", r"it has no 'role_named\.weights'"),
        ("sector.attention.zones", "sector.attention.zone", r"it has no 'sector\.attention\.zones'"),
        ("centre.", "centre.en2", r"it has no 'centre\.'"),
        ("centre.fr", "center.fr", r"nothing reads its 'center\.fr'; did you mean 'centre\.'"),
    ],
)
def test_a_name_that_lacks_or_that_nothing_reads_is_an_error_when_it_is_loaded(
    was: str, becomes: str, said: str, tmp_path: Path
) -> None:
    """It would fail at the first article, or say nothing without a word."""
    arrays = arrays_that_ship()
    with pytest.raises(ConfigError, match=rf"meaning\.npz: is no model of meaning \({said}.*make train"):
        load_meaning(written(tmp_path, {becomes if name == was else name: each for name, each in arrays.items()}))


@pytest.mark.parametrize("addition", ["weather.values", "firm_named.weights", "status.attention.extra"])
def test_what_nothing_reads_is_no_part_of_a_model(addition: str, tmp_path: Path) -> None:
    """All that is needed is there, and something beside it."""
    with pytest.raises(ConfigError, match=f"nothing reads its '{addition}'"):
        load_meaning(written(tmp_path, {**arrays_that_ship(), addition: np.zeros(3)}))


def test_a_value_that_a_field_has_not_is_an_error_when_it_is_loaded(tmp_path: Path) -> None:
    """A status that nobody knows would be proposed; one that lacks, never."""
    arrays = arrays_that_ship()
    values = [str(value) for value in arrays["status.values"]]
    odd = np.array([value.replace("signed", "sined") for value in values])
    with pytest.raises(ConfigError, match="'sined' is no value of status; did you mean 'signed'"):
        load_meaning(written(tmp_path / "odd", {**arrays, "status.values": odd}))
    fewer = {f"status.{part}": arrays[f"status.{part}"][1:] for part in ("values", "weights", "bias")}
    with pytest.raises(ConfigError, match=f"status has no '{values[0]}'"):
        load_meaning(written(tmp_path / "fewer", {**arrays, **fewer}))


@pytest.mark.parametrize("part", ["weights", "bias"])
def test_tables_of_other_sizes_are_an_error_when_they_are_loaded(part: str, tmp_path: Path) -> None:
    """Sizes follow from the values and from what is read."""
    arrays = arrays_that_ship()
    with pytest.raises(ConfigError, match="mode should have 10 rows of 384 weights"):
        load_meaning(written(tmp_path, {**arrays, f"mode.{part}": arrays[f"mode.{part}"][:-1]}))


def test_a_site_with_a_model_of_other_names_does_not_start(tmp_path: Path) -> None:
    """Every command that works by the config says so."""
    arrays = arrays_that_ship()
    written(tmp_path, {name: each for name, each in arrays.items() if name != "several.bias"})
    with pytest.raises(ConfigError, match=r"it has no 'several\.bias'"):
        site_layers(tmp_path)


def arrays_that_ship() -> dict[str, np.ndarray]:
    """The arrays of the model that ships."""
    (file,) = Layers.of(None).files(FILE)
    return dict(np.load(file))


def written(folder: Path, arrays: dict[str, np.ndarray]) -> Layers:
    """A layer with a model of some arrays."""
    (folder / "models").mkdir(parents=True)
    np.savez(folder / FILE, **arrays)
    return Layers((folder,))


def test_without_a_file_there_is_none(tmp_path: Path) -> None:
    """Then wordings decide alone."""
    assert load_meaning(Layers((tmp_path,))) is None


@pytest.mark.parametrize("content", [b"noise", b"", b"PK\x03\x04 broken"], ids=["noise", "empty", "archive"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    """The error says which file, and how it is made."""
    (tmp_path / "models").mkdir()
    (tmp_path / FILE).write_bytes(content)
    with pytest.raises(ConfigError, match=r"meaning\.npz: is no model of meaning .*make train"):
        load_meaning(Layers((tmp_path,)))


def test_an_archive_of_other_arrays_is_no_model(tmp_path: Path) -> None:
    """It has no means of languages."""
    (tmp_path / "models").mkdir()
    np.savez(tmp_path / FILE, weights=np.zeros(3))
    with pytest.raises(ConfigError, match="make train"):
        load_meaning(Layers((tmp_path,)))


def test_a_file_that_changed_is_read_anew(tmp_path: Path) -> None:
    """A long-running service tells by the model that its next loading finds."""
    (tmp_path / "models").mkdir()
    (file,) = Layers.of(None).files(FILE)
    shipped = dict(np.load(file))
    for moment, mean in ((1_000_000_000, 0.0), (2_000_000_000, 1.0)):
        np.savez(tmp_path / FILE, **{**shipped, "centre.en": np.full_like(shipped["centre.en"], mean)})
        os.utime(tmp_path / FILE, ns=(moment, moment))
        meaning = load_meaning(Layers((tmp_path,)))
        assert meaning is not None
        assert meaning.centres["en"].mean() == mean


def test_a_model_of_an_earlier_version_is_to_be_trained_anew(tmp_path: Path) -> None:
    """Its readings are of other arrays, which would fail at the first article only."""
    (tmp_path / "models").mkdir()
    (file,) = Layers.of(None).files(FILE)
    np.savez(tmp_path / FILE, **dict(np.load(file)), examples=np.zeros((2, 384), np.int8))
    with pytest.raises(ConfigError, match=r"of an earlier version.*make train"):
        load_meaning(Layers((tmp_path,)))
