"""Inputs each step was last trained on (`data.lock`), and what has changed since.

A step writes its entry when it completes. Steps trained before the lock existed have an entry reconstructed from the
repository history: the data as of the commit that wrote the weights. Such an entry does not cover the code, nor files
outside the repository.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from training import digests
from training.steps import BY_NAME, Step

LOCK = Path(__file__).with_name("data.lock")
_UNKNOWN = "unknown"


@dataclass(frozen=True)
class State:
    """Digests, by name, of a step's inputs, settings, code and outputs.

    `known_from` is the origin of the entry: "run", or the commit it was reconstructed from.
    """

    known_from: str
    inputs: Mapping[str, str]
    settings: Mapping[str, str]
    outputs: Mapping[str, str | None]
    code: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """Names whose digest differs between two states of a step; `unknown` are those the earlier state lacks."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @classmethod
    def between(cls, recorded: Mapping[str, Any], current: Mapping[str, Any]) -> Changes:
        """Return the changes from the recorded digests to the current ones."""
        both = recorded.keys() & current.keys()
        return cls(
            tuple(sorted(current.keys() - recorded.keys())),
            tuple(sorted(name for name in both if recorded[name] not in (current[name], _UNKNOWN))),
            tuple(sorted(recorded.keys() - current.keys())),
            tuple(sorted(name for name in both if recorded[name] == _UNKNOWN)),
        )

    @property
    def is_empty(self) -> bool:
        """Whether everything is known to be unchanged."""
        return not (self.added or self.changed or self.removed or self.unknown)


@dataclass(frozen=True)
class Comparison:
    """A step's lock entry and its current state; `recorded` is None if the step has no entry."""

    step: Step
    recorded: State | None
    current: State

    @cached_property
    def inputs(self) -> Changes:
        """Changes in data sets and in outputs of the steps it reads."""
        return Changes.between(self.recorded.inputs if self.recorded else {}, self.current.inputs)

    @cached_property
    def settings(self) -> Changes:
        """Changes in the command, the seeds and package versions."""
        return Changes.between(self.recorded.settings if self.recorded else {}, self.current.settings)

    @cached_property
    def code(self) -> Changes:
        """Changes in modules."""
        return Changes.between(self.recorded.code if self.recorded else {}, self.current.code)

    @cached_property
    def outputs(self) -> Changes:
        """Outputs that were modified after the step wrote them."""
        return Changes.between(self.recorded.outputs if self.recorded else {}, self.current.outputs)

    @property
    def is_current(self) -> bool:
        """Whether running the step would change nothing."""
        every = (self.inputs, self.settings, self.code, self.outputs)
        return self.recorded is not None and all(each.is_empty for each in every)


def state_of(step: Step) -> State:
    """Return the current state of a step."""
    inputs = {name: digest for each in step.sets for name, digest in digests.of_set(each).items()}
    inputs |= {
        f"{name}: {output}": digests.of_output(output) or "none"
        for name in step.reads
        for output in BY_NAME[name].outputs
    }
    settings = {"command": " ".join((step.module, *step.arguments)), "seeds": ", ".join(map(str, step.seeds))}
    settings |= digests.of_packages(step.packages)
    outputs = {output: digests.of_output(output) for output in step.outputs}
    return State("run", inputs, settings, outputs, digests.of_code(step))


def compare(step: Step) -> Comparison:
    """Compare a step's current state with its lock entry."""
    return Comparison(step, entries().get(step.name), state_of(step))


def entries() -> dict[str, State]:
    """Return the lock entries by step name."""
    rows = json.loads(LOCK.read_text(encoding="utf-8")) if LOCK.exists() else {}
    return {name: State(**row) for name, row in rows.items()}


def record(step: Step, before: State) -> None:
    """Write the lock entry of a step that has completed.

    Args:
        step: the step that ran.
        before: its state when it started, so that inputs edited during the run count as changed.
    """
    written = {output: digests.of_output(output) for output in step.outputs}
    known = {**entries(), step.name: State("run", before.inputs, before.settings, written, before.code)}
    part = LOCK.with_suffix(".part")
    rows = {name: asdict(known[name]) for name in BY_NAME if name in known}
    part.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(LOCK)
