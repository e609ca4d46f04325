"""Runs the steps of the training in their order, those that are not current: `make train`, `make train STEP=rarity`.

    python -m training.dag [STEP …]       run these and what they read, or all; a run that was stopped goes on
    python -m training.dag list           the steps; further commands are those of doit (`info STEP`, `run --always`)

doit orders and runs the steps; whether one is current is said by `data.lock` (`training.lock`), which each step writes
when it has come to its end. Steps whose data or packages are not on this machine are left out and named at the end.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from doit.cmd_base import ModuleTaskLoader
from doit.doit_cmd import DoitMain

from training.data.sets import ROOT, SHARED, data_sets
from training.digests import of_output, of_packages
from training.lock import compared, record, state_of
from training.metrics import NOTES, keep
from training.steps import BY_NAME, STEPS, Step

_COMMANDS = frozenset({"run", "list", "info", "help"})


def main(asked: list[str]) -> int:
    """Run what is asked for; the exit code of doit, or 3 where a step that was named cannot run here."""
    missing = {step.name: lacks for step in STEPS if (lacks := lacking(step))}
    chosen = [word for word in asked if word in BY_NAME]
    kept = [word for word in asked if word not in missing]
    tasks = {f"task_{step.name}": _creator(step, missing) for step in STEPS if step.name not in missing}
    words = kept if kept and kept[0] in _COMMANDS else ["run", *kept]
    code = 0 if chosen and not set(chosen) - missing.keys() else _doit(tasks, words)
    if words[0] == "run":
        _print_left_out({name: lacks for name, lacks in missing.items() if name in chosen or not chosen})
    return code or (3 if missing.keys() & set(chosen) else 0)


def lacking(step: Step) -> list[str]:
    """Return the sets and packages that a step needs and this machine does not have."""
    sets = [name for name in step.sets if not data_sets()[name].paths()]
    return [*sets, *(name for name in step.packages if name not in of_packages(step.packages))]


def run(step: Step) -> bool:
    """Run a step as a process of its own, and note what it learned from and measured; False where it failed."""
    before, began = state_of(step), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes.json"
        done = subprocess.run(  # noqa: S603 - our own modules
            command_of(step), cwd=ROOT, env={**os.environ, NOTES: str(notes)}, check=False
        )
        found = notes.read_bytes() if notes.exists() else b"{}"
    unwritten = [output for output in step.outputs if of_output(output) is None]
    if done.returncode or unwritten:
        print(f"{step.name}: exit code {done.returncode}, not written: {', '.join(unwritten) or 'nothing'}")
        return False
    record(step, before)
    keep(step.name, _part(step, found, round(time.monotonic() - began, 1)))
    return True


def command_of(step: Step) -> list[str]:
    """Return the command of a step, with the files of its sets in place of their names."""
    files = {name: str(next(iter(data_sets()[name].paths().values()), "")) for name in step.sets}
    places = {**files, SHARED: os.environ.get(SHARED, "")}
    return [sys.executable, "-m", step.module, *(argument.format(**places) for argument in step.arguments)]


def _part(step: Step, notes: bytes, seconds: float) -> dict[str, Any]:
    day = datetime.now(UTC).date().isoformat()
    return {"day": day, "seconds": seconds, "seeds": list(step.seeds), "measured": json.loads(notes)}


def _creator(step: Step, missing: Iterable[str]) -> Any:
    """Return what doit asks for the task of a step."""

    def task() -> dict[str, Any]:
        before = [name for name in step.reads if name not in missing]
        return {
            "actions": [(run, (step,))],
            "task_dep": before,
            "uptodate": [lambda: compared(step).is_current],
            "doc": f"{step.what} ({step.takes})",
            "verbosity": 2,
        }

    return task


def _doit(tasks: dict[str, Any], words: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:  # what doit itself would remember stands in the lock
        settings = {"dep_file": f"{folder}/doit", "backend": "json", "sort": "definition"}
        return int(DoitMain(ModuleTaskLoader({**tasks, "DOIT_CONFIG": settings})).run(words))


def _print_left_out(missing: dict[str, list[str]]) -> None:
    """Say which steps were left out, and why."""
    for name, lacks in missing.items():
        print(f"left out: {name} needs {', '.join(lacks)} (data: {SHARED}=FOLDER; packages: the group `train`)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
