"""The model of meaning: a site may have its own, or none, and is told of a file that is none."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from offing.config.layers import Layers
from offing.config.meaning import FILE, attention_arrays, centre_arrays, load_meaning
from offing.errors import ConfigError
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
    reading = shipped.readings["mode"]
    plain = {
        "mode.values": np.array(reading.values),
        "mode.weights": reading.weights,
        "mode.bias": reading.bias,
        **centre_arrays({"": shipped.centres[""]}),
    }
    older = load_meaning(written(tmp_path / "older", plain))
    assert older is not None
    assert older.attentions == {}
    pieces = centre_arrays({"": shipped.piece_centres[""]}, pieces=True)
    again = load_meaning(written(tmp_path / "newer", {**plain, **attention_arrays("mode", kept), **pieces}))
    assert again is not None
    assert again.attentions["mode"].values == kept.values
    assert np.array_equal(again.attentions["mode"].queries, kept.queries)
    with pytest.raises(ConfigError, match="without their mean"):
        load_meaning(written(tmp_path / "bare", {**plain, **attention_arrays("mode", kept)}))
    other = replace(kept, values=tuple(reversed(kept.values)))
    with pytest.raises(ConfigError, match="other values of mode"):
        load_meaning(written(tmp_path / "other", {**plain, **attention_arrays("mode", other), **pieces}))


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
