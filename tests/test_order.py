"""The order of tests: those that take minutes begin first, spread over the processes of a run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from thrift import longest_first


def item(name: str, minutes: float = 0) -> Any:
    """A test with what its marker says."""
    marker = SimpleNamespace(kwargs={"minutes": minutes} if minutes else {})
    return SimpleNamespace(name=name, get_closest_marker=lambda _: marker)


def test_each_process_begins_with_its_share_of_the_longest() -> None:
    """The pieces that processes are handed begin with the longest; all else stands as it stood, and nothing is lost."""
    items = [*map(item, "abcd"), item("five", 5), *map(item, "efgh"), item("two", 2), item("eight", 8), item("i")]
    longest_first(items, 3)
    names = [each.name for each in items]
    assert [names[:4], names[4:8], names[8:]] == [["eight", *"abc"], ["five", *"def"], ["two", *"ghi"]]
    longest_first(items, 1)
    assert [each.name for each in items] == ["eight", "five", "two", *"abcdefghi"]
