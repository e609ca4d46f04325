"""What each step last learned from (`data.lock`), and what of it has changed since.

An entry is written by a step that has run, or, once, from the history of the repository for what was trained before
there was a lock: the data as they stood in the commit that wrote the weights. Of such an entry nobody knows the code,
nor the files that were not in the repository.
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
    """What a step has learned from, or would learn from now, and what it has written; digests by name.

    `known_from` says how this is known: "run", or the commit whose tree it was read from.
    """

    known_from: str
    inputs: Mapping[str, str]
    settings: Mapping[str, str]
    outputs: Mapping[str, str | None]
    code: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Changes:
    """What differs between what a step learned from and what there is now, by name."""

    new: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @classmethod
    def between(cls, then: Mapping[str, Any], now: Mapping[str, Any]) -> Changes:
        """Return the changes from some digests to others."""
        both = then.keys() & now.keys()
        return cls(
            tuple(sorted(now.keys() - then.keys())),
            tuple(sorted(name for name in both if then[name] not in (now[name], _UNKNOWN))),
            tuple(sorted(then.keys() - now.keys())),
            tuple(sorted(name for name in both if then[name] == _UNKNOWN)),
        )

    @property
    def is_none(self) -> bool:
        """Whether everything is known to be the same."""
        return not (self.new or self.other or self.gone or self.unknown)


@dataclass(frozen=True)
class Compared:
    """A step beside its entry in the lock; `then` is None where it has none."""

    step: Step
    then: State | None
    now: State

    @cached_property
    def inputs(self) -> Changes:
        """What has changed of the data and of what other steps wrote."""
        return Changes.between(self.then.inputs if self.then else {}, self.now.inputs)

    @cached_property
    def settings(self) -> Changes:
        """What has changed of the command, the seeds and the versions of packages."""
        return Changes.between(self.then.settings if self.then else {}, self.now.settings)

    @cached_property
    def code(self) -> Changes:
        """Which modules have changed."""
        return Changes.between(self.then.code if self.then else {}, self.now.code)

    @cached_property
    def outputs(self) -> Changes:
        """Which outputs are not as the step wrote them."""
        return Changes.between(self.then.outputs if self.then else {}, self.now.outputs)

    @property
    def is_current(self) -> bool:
        """Whether running the step would change nothing."""
        every = (self.inputs, self.settings, self.code, self.outputs)
        return self.then is not None and all(each.is_none for each in every)


def state_of(step: Step) -> State:
    """Return what a step would learn from now."""
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


def compared(step: Step) -> Compared:
    """Return a step beside its entry."""
    return Compared(step, entries().get(step.name), state_of(step))


def entries() -> dict[str, State]:
    """Return the entries of the lock by step."""
    rows = json.loads(LOCK.read_text(encoding="utf-8")) if LOCK.exists() else {}
    return {name: State(**row) for name, row in rows.items()}


def record(step: Step, before: State) -> None:
    """Note what a step has learned from, `before` it ran, and what it has written."""
    written = {output: digests.of_output(output) for output in step.outputs}
    known = {**entries(), step.name: State("run", before.inputs, before.settings, written, before.code)}
    part = LOCK.with_suffix(".part")
    rows = {name: asdict(known[name]) for name in BY_NAME if name in known}
    part.write_text(json.dumps(rows, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(LOCK)
