"""Run the training steps that are out of date, in order: `make train`, `make train STEP=rarity`.

    python -m training.dag [STEP …]       run these steps and their dependencies, or all; resumes an interrupted run
    python -m training.dag list           list the steps; doit's other commands work too (`info STEP`, `run --always`)

doit orders and runs the steps. `data.lock` (`training.lock`) decides whether one is current; each step writes its entry
when it completes. Steps whose data or packages are missing on this machine are skipped and named at the end.
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
from training.lock import compare, record, state_of
from training.metrics import NOTES, save
from training.steps import BY_NAME, STEPS, Step

_COMMANDS = frozenset({"run", "list", "info", "help"})


def main(words: list[str]) -> int:
    """Run the requested steps; return doit's exit code, or 3 if a requested step cannot run on this machine."""
    missing = {step.name: needs for step in STEPS if (needs := missing_inputs(step))}
    chosen = [word for word in words if word in BY_NAME]
    runnable = [word for word in words if word not in missing]
    tasks = {f"task_{step.name}": _creator(step, missing) for step in STEPS if step.name not in missing}
    command = runnable if runnable and runnable[0] in _COMMANDS else ["run", *runnable]
    code = 0 if chosen and not set(chosen) - missing.keys() else _doit(tasks, command)
    if command[0] == "run":
        _print_skipped({name: needs for name, needs in missing.items() if name in chosen or not chosen})
    return code or (3 if missing.keys() & set(chosen) else 0)


def missing_inputs(step: Step) -> list[str]:
    """Return the data sets and packages that a step needs and this machine lacks."""
    sets = [name for name in step.sets if not data_sets()[name].paths()]
    return [*sets, *(name for name in step.packages if name not in of_packages(step.packages))]


def run(step: Step) -> bool:
    """Run a step in its own process and record its inputs and metrics; return False if it failed."""
    before, began = state_of(step), time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes.json"
        done = subprocess.run(  # noqa: S603 - runs only modules of this package
            command_of(step), cwd=ROOT, env={**os.environ, NOTES: str(notes)}, check=False
        )
        found = notes.read_bytes() if notes.exists() else b"{}"
    unwritten = [output for output in step.outputs if of_output(output) is None]
    if done.returncode or unwritten:
        print(f"{step.name}: exit code {done.returncode}, not written: {', '.join(unwritten) or 'nothing'}")
        return False
    record(step, before)
    save(step.name, _metrics_of(step, found, round(time.monotonic() - began, 1)))
    return True


def command_of(step: Step) -> list[str]:
    """Return a step's command line, with the files of its data sets filled in."""
    files = {name: str(next(iter(data_sets()[name].paths().values()), "")) for name in step.sets}
    places = {**files, SHARED: os.environ.get(SHARED, "")}
    return [sys.executable, "-m", step.module, *(argument.format(**places) for argument in step.arguments)]


def _metrics_of(step: Step, notes: bytes, seconds: float) -> dict[str, Any]:
    day = datetime.now(UTC).date().isoformat()
    return {"day": day, "seconds": seconds, "seeds": list(step.seeds), "measured": json.loads(notes)}


def _creator(step: Step, missing: Iterable[str]) -> Any:
    """Return the function that doit calls to create a step's task."""

    def task() -> dict[str, Any]:
        before = [name for name in step.reads if name not in missing]
        return {
            "actions": [(run, (step,))],
            "task_dep": before,
            "uptodate": [lambda: compare(step).is_current],
            "doc": f"{step.what} ({step.takes})",
            "verbosity": 2,
        }

    return task


def _doit(tasks: dict[str, Any], words: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:  # data.lock replaces doit's own state
        settings = {"dep_file": f"{folder}/doit", "backend": "json", "sort": "definition"}
        return int(DoitMain(ModuleTaskLoader({**tasks, "DOIT_CONFIG": settings})).run(words))


def _print_skipped(missing: dict[str, list[str]]) -> None:
    """Print which steps were skipped, and why."""
    for name, needs in missing.items():
        print(f"skipped: {name} needs {', '.join(needs)} (data: {SHARED}=FOLDER; packages: the group `train`)")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
