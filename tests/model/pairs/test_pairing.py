"""How items are named across tables."""

from __future__ import annotations

import pytest

from offing.model.pairs.pairing import Ref
from offing.model.values.numbers import HIGHEST_ID


@pytest.mark.parametrize(
    "written", ["candidate:12", "telling:0", f"telling:{HIGHEST_ID}", "project:off-2026-000001", "known:b:7"]
)
def test_a_thing_is_written_as_it_is_read(written: str) -> None:
    """Kind, colon, key; a key may have colons of its own."""
    assert str(Ref.parse(written)) == written


def test_a_number_has_one_way_to_be_written() -> None:
    """Zeros before it are no part of it."""
    assert Ref.parse("candidate:007") == Ref.parse("candidate:7")


@pytest.mark.parametrize(
    "written",
    [
        *("moon:1", "project:", "candidate:", "candidate:x", "candidate:-1", "candidate:١٢"),
        *(f"candidate:{HIGHEST_ID + 1}", f"telling:{'9' * 5000}", f"project:{'x' * 1001}"),
    ],
)
def test_what_no_row_can_be_called_names_nothing(written: str) -> None:
    """The message is short, whatever was written."""
    with pytest.raises(ValueError, match="names nothing") as caught:
        Ref.parse(written)
    assert len(str(caught.value)) < 200
    assert written[:80] in str(caught.value)
    assert written[:81] not in str(caught.value) or len(written) <= 80


def test_a_key_may_be_a_thousand_characters_long() -> None:
    """One more names nothing; so does a number that no row can have."""
    assert Ref.parse(f"known:{'x' * 1000}").key == "x" * 1000
    assert Ref.parse("project:1").key == "1"
    assert Ref.parse("project:007").key == "007"
