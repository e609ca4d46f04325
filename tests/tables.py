"""Tests of many rows, walked as one where several processes share the tests.

What pytest and xdist do about a test costs more than most rows do: of ten thousand tests five thousand were rows of
tables, and telling them apart took a fortieth of all time. Every row is tried, whatever the others do, and each that
fails is named. Without `-n` each row is a test of its own, and can be asked for by that name.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Generator, Sequence
from typing import Any

import pytest

Row = tuple[str, dict[str, Any]]
_SHARED = ("session", "package", "module")  # scopes of what one row cannot leave otherwise for the next


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector) -> Generator[None, Any, Any]:
    """Walk the rows of a test as one where several processes share the tests."""
    made = yield
    return walked(made) if isinstance(made, list) and hasattr(collector.config, "workerinput") else made


def walked(items: Sequence[pytest.Item]) -> Sequence[pytest.Item]:
    """The tests of one function: one that walks all rows, where no row has something of its own but its values."""
    rows = [item for item in items if type(item) is pytest.Function and _is_plain(item)]
    if len(rows) < 2 or len(rows) < len(items):
        return items
    first = rows[0]
    own = [name for name in first._fixtureinfo.argnames if name not in first.callspec.params]
    walk = walk_of(first.obj, [(row.nodeid, row.callspec.params) for row in rows], own)
    return [pytest.Function.from_parent(first.parent, name=first.originalname, callobj=walk)]


def _is_plain(item: pytest.Function) -> bool:
    """Whether a test is a mere row: without marks of its own, and without fixtures made for it alone."""
    if not hasattr(item, "callspec") or item.cls is not None or "request" in item._fixtureinfo.argnames:
        return False
    if hasattr(item.obj, "is_hypothesis_test"):
        return False
    if any(mark.name != "parametrize" or "indirect" in mark.kwargs for mark in item.own_markers):
        return False
    tables = [mark.args[0] for mark in item.own_markers]
    values = {name.strip() for names in tables for name in (names.split(",") if isinstance(names, str) else names)}
    return values == set(item.callspec.params) and all(map(_is_shared, _fixtures(item, values)))


def _fixtures(item: pytest.Function, values: set[str]) -> list[Any]:
    known = item._fixtureinfo.name2fixturedefs
    return [known[name][-1] for name in item.fixturenames if name in known and name not in values]


def _is_shared(fixture: Any) -> bool:
    return fixture.scope in _SHARED


def walk_of(test: Callable[..., None], rows: Sequence[Row], fixtures: Sequence[str] = ()) -> Callable[..., None]:
    """A test that tries all rows of another.

    Args:
        test: the other.
        rows: the name of each, and its values.
        fixtures: what the test asks for beside them.
    """

    @functools.partial(functools.update_wrapper, wrapped=test, updated=())
    def walk(**shared: Any) -> None:
        failed: list[Exception] = []
        skipped: list[pytest.skip.Exception] = []
        for name, values in rows:
            try:
                test(**values, **shared)
            except pytest.skip.Exception as reason:
                skipped.append(reason)
            except (Exception, pytest.fail.Exception) as error:  # noqa: BLE001 -- raised below, with those of other rows
                error.add_note(f"in the row {name}")
                failed.append(error if isinstance(error, Exception) else AssertionError(str(error)))
        _tell(failed, skipped, len(rows))

    asked = [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in fixtures]
    walk.__signature__ = inspect.Signature(asked)  # type: ignore[attr-defined]  # what pytest reads of a function
    return walk


def _tell(failed: list[Exception], skipped: list[Any], total: int) -> None:
    if len(failed) == 1:
        raise failed[0]
    if failed:
        raise ExceptionGroup(f"{len(failed)} of {total} rows fail", failed)
    if len(skipped) == total:
        raise skipped[0]
