"""Says which shipped weights are older than what they are learned from (`make train-check`); trains nothing.

    python -m training.check

A step is not current where a file of its data, its command, seeds, code or the version of a package is not the one that
`data.lock` has, or where nobody knows. The exit code is 0 whatever is found: weights that are older still work.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from training.data.sets import SHARED, data_sets
from training.digests import of_file
from training.lock import Changes, Compared, compared
from training.steps import STEPS, Step

_MOST = 6  # names of one kind that are told


def main() -> None:
    """Print what each step says."""
    found = [compared(step) for step in STEPS]
    for each in found:
        print("\n".join(lines_of(each)))
    print("".join(f"not the file that data/sets.toml means: {name}\n" for name in strange()), end="")
    older = [each.step.name for each in found if not is_current(each)]
    print(f"{len(older)} of {len(found)} steps would run: {', '.join(older) or 'none'}")


def strange() -> list[str]:
    """Return the files outside the repository that have another SHA-256 than the table of sets says."""
    return [
        name
        for data in data_sets().values()
        for (name, path), meant in zip(data.paths().items(), data.sha256, strict=False)
        if of_file(path) != meant
    ]


def lines_of(found: Compared) -> Iterator[str]:
    """Yield one line that says whether a step is current, and one for each kind of change."""
    then = found.then
    if then is None:
        yield f"{found.step.name}: has not run since there is a lock"
        return
    absent = _absent(found.step)
    state = (
        "as its data, code and settings are" if is_current(found) else f"{_age(found)}; known from: {then.known_from}"
    )
    yield f"{found.step.name}: {state}"
    if absent:
        yield f"    not compared, since {SHARED} is not set: {', '.join(absent)}"
    data = _here(found.inputs, absent)
    for name, changes in (("data", data), ("settings", found.settings), ("output since", found.outputs)):
        if not changes.is_none:
            yield f"    {name}: {in_words(changes)}"
    if not then.code and not found.code.is_none:
        yield "    code: not recorded"
    elif not found.code.is_none:
        yield f"    code: {in_words(found.code)}"


def is_current(found: Compared) -> bool:
    """Return whether a step is as what it learns from, as far as that is here."""
    data = _here(found.inputs, _absent(found.step))
    changes = (data, found.settings, found.code, found.outputs)
    return found.then is not None and all(each.is_none for each in changes)


def in_words(changes: Changes) -> str:
    """Return changes in words, with the first names of each kind."""
    kinds = {"new": changes.new, "other": changes.other, "gone": changes.gone, "not recorded": changes.unknown}
    return "; ".join(f"{len(names)} {kind} ({_some(names)})" for kind, names in kinds.items() if names)


def _age(found: Compared) -> str:
    changes = _here(found.inputs, _absent(found.step))
    if changes.new or changes.other or changes.gone:
        return "older than its data"
    return (
        "older than its code"
        if found.then and found.then.code and not found.code.is_none
        else "not known to be current"
    )


def _absent(step: Step) -> list[str]:
    """Return the sets of a step that are no part of the repository, and not here."""
    return [name for name in step.sets if data_sets()[name].is_shared and not data_sets()[name].paths()]


def _here(changes: Changes, absent: list[str]) -> Changes:
    """Return changes without the files that are not here to be compared."""
    away = {file for name in absent for file in data_sets()[name].files}
    gone = tuple(name for name in changes.gone if name not in away)
    return Changes(changes.new, changes.other, gone, changes.unknown)


def _some(names: tuple[str, ...]) -> str:
    short = [PurePosixPath(name).stem if "/" in name and ":" not in name else name for name in names]
    return ", ".join(short[:_MOST]) + (f" and {len(short) - _MOST} more" if len(short) > _MOST else "")


if __name__ == "__main__":
    main()
