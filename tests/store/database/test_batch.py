"""Lists in parts that a statement can carry."""

from __future__ import annotations

import pytest

from offing.store.database.batch import BATCH, each_once, parts


@pytest.mark.parametrize(
    ("number", "sizes"),
    [
        (0, []),
        (1, [1]),
        (BATCH - 1, [BATCH - 1]),
        (BATCH, [BATCH]),
        (BATCH + 1, [BATCH, 1]),
        (2 * BATCH, [BATCH, BATCH]),
    ],
)
def test_a_list_is_given_in_parts(number: int, sizes: list[int]) -> None:
    """All of it in its order, however long; ids each once."""
    items = list(range(number, 0, -1))
    some = list(parts(iter(items)))
    assert [len(each) for each in some] == sizes
    assert [item for each in some for item in each] == items
    assert [item for each in each_once([*items, *items]) for item in each] == sorted(items)
    assert list(parts("abc", 2)) == [["a", "b"], ["c"]]
