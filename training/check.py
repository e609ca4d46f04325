"""Report which shipped weights are out of date (`make train-check`), without training anything.

    python -m training.check

A step is out of date if its data, command, seeds, code or a package version differs from its entry in `data.lock`, or
is not recorded there. The exit code is always 0: out-of-date weights still work.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from training.data.sets import SHARED, data_sets
from training.digests import of_file
from training.lock import Changes, Comparison, compare
from training.steps import STEPS, Step

_MOST = 6  # names listed per kind of change


def main() -> None:
    """Print a report of every step."""
    found = [compare(step) for step in STEPS]
    for each in found:
        print("\n".join(report_lines(each)))
    print("".join(f"SHA-256 differs from data/sets.toml: {name}\n" for name in mismatched_files()), end="")
    older = [each.step.name for each in found if not is_current(each)]
    print(f"{len(older)} of {len(found)} steps would run: {', '.join(older) or 'none'}")


def mismatched_files() -> list[str]:
    """Return the files outside the repository whose SHA-256 differs from `data/sets.toml`."""
    return [
        name
        for data in data_sets().values()
        for (name, path), expected in zip(data.paths().items(), data.sha256, strict=False)
        if of_file(path) != expected
    ]


def report_lines(found: Comparison) -> Iterator[str]:
    """Yield a line on whether a step is current, then one per kind of change."""
    recorded = found.recorded
    if recorded is None:
        yield f"{found.step.name}: has no entry in data.lock"
        return
    absent = _absent_sets(found.step)
    state = "up to date" if is_current(found) else f"{_age(found)}; known from: {recorded.known_from}"
    yield f"{found.step.name}: {state}"
    if absent:
        yield f"    not compared because {SHARED} is not set: {', '.join(absent)}"
    data = _comparable(found.inputs, absent)
    for name, changes in (("data", data), ("settings", found.settings), ("output", found.outputs)):
        if not changes.is_empty:
            yield f"    {name}: {describe(changes)}"
    if not recorded.code and not found.code.is_empty:
        yield "    code: not recorded"
    elif not found.code.is_empty:
        yield f"    code: {describe(found.code)}"


def is_current(found: Comparison) -> bool:
    """Return whether a step is up to date with those of its inputs that are present."""
    data = _comparable(found.inputs, _absent_sets(found.step))
    changes = (data, found.settings, found.code, found.outputs)
    return found.recorded is not None and all(each.is_empty for each in changes)


def describe(changes: Changes) -> str:
    """Return a description of changes with the first few names of each kind."""
    kinds = {
        "added": changes.added,
        "changed": changes.changed,
        "removed": changes.removed,
        "not recorded": changes.unknown,
    }
    return "; ".join(f"{len(names)} {kind} ({_shortened(names)})" for kind, names in kinds.items() if names)


def _age(found: Comparison) -> str:
    changes = _comparable(found.inputs, _absent_sets(found.step))
    if changes.added or changes.changed or changes.removed:
        return "older than its data"
    return (
        "older than its code"
        if found.recorded and found.recorded.code and not found.code.is_empty
        else "not known to be current"
    )


def _absent_sets(step: Step) -> list[str]:
    """Return the step's shared data sets that are not on this machine."""
    return [name for name in step.sets if data_sets()[name].is_shared and not data_sets()[name].paths()]


def _comparable(changes: Changes, absent: list[str]) -> Changes:
    """Return the changes without the files of absent sets."""
    away = {file for name in absent for file in data_sets()[name].files}
    removed = tuple(name for name in changes.removed if name not in away)
    return Changes(changes.added, changes.changed, removed, changes.unknown)


def _shortened(names: tuple[str, ...]) -> str:
    short = [PurePosixPath(name).stem if "/" in name and ":" not in name else name for name in names]
    return ", ".join(short[:_MOST]) + (f" and {len(short) - _MOST} more" if len(short) > _MOST else "")


if __name__ == "__main__":
    main()
