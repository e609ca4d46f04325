"""Lists in parts: a statement carries only so many values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

BATCH = 500  # below the number of values that a statement may carry on either database
_T = TypeVar("_T")


def parts(items: Iterable[_T], size: int = BATCH) -> Iterator[list[_T]]:
    """Items in parts that one statement can carry, in their order; none of nothing."""
    left = iter(items)
    while part := list(islice(left, size)):
        yield part


def each_once(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Ids in such parts, sorted, each of them once."""
    return parts(sorted(set(ids)))
