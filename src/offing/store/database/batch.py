"""Lists in parts: the number of values in one statement is limited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

BATCH = 500  # below the limit of values per statement on either database
_T = TypeVar("_T")


def parts(items: Iterable[_T], size: int = BATCH) -> Iterator[list[_T]]:
    """Yield items in parts that fit into one statement, in their order; no parts for no items."""
    left = iter(items)
    while part := list(islice(left, size)):
        yield part


def each_once(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Return unique ids, sorted, in such parts."""
    return parts(sorted(set(ids)))
